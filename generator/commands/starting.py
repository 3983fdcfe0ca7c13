"""Commands that begin something: a site."""

from pathlib import Path
from typing import Annotated

import typer

from generator import clock
from generator.commands.options import HERE


def init(folder: Annotated[Path, typer.Argument(help="Where to make the site.")] = HERE) -> None:
    """Make a new site: configuration, folders, a first article."""
    from generator.init import init as make  # noqa: PLC0415 - `dateline --help` imports nothing heavy

    for path in make(folder, clock.now()):
        typer.echo(f"wrote {folder / path}")
    there = "" if folder == HERE else f" --root {folder}"
    typer.echo(f"\nNext: dateline serve{there}, which ingests, builds, and shows the site on every change")
