"""Commands that make articles of raw news and a site of articles: `ingest`, `build`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from generator import clock, filenames
from generator.commands.options import (
    HERE,
    Json,
    Root,
    Strict,
    Workers,
    collect_rarely,
    end,
    show,
    status,
    written_in_utf_8,
)
from generator.telling import say


def ingest(  # noqa: PLR0913 - a command has as many options as its users need
    paths: Annotated[list[Path] | None, typer.Argument(help="Raw news: files or folders.")] = None,
    *,
    root: Root = HERE,
    captured: Annotated[
        str, typer.Option(help="When the inputs were taken, such as 2025-06-02T08:00.", metavar="WHEN")
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be done, and write nothing.")
    ] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Say what decided each topic.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Bring removed articles back.")] = False,
    keep: Annotated[
        list[str] | None, typer.Option(help="A rule, as reports name it, that drops nothing.", metavar="RULE")
    ] = None,
    workers: Workers = 0,
    strict: Strict = False,
    json: Json = False,
) -> None:
    """Turn raw news into Markdown articles by topic and date (default: the site's seeds; - is standard input)."""
    from generator import prose, structured  # noqa: PLC0415 - `dateline --help` imports nothing heavy
    from generator.build import read_config  # noqa: PLC0415
    from generator.ingest import run  # noqa: PLC0415
    from generator.progress import shown  # noqa: PLC0415

    collect_rarely()
    config = read_config(root)
    options = run.Options(
        now=clock.now().astimezone(config.zone),
        captured=clock.parse_moment(captured, config.zone, "--captured") if captured else None,
        again=again,
        dry_run=dry_run,
        keep=tuple(keep or ()),
        workers=workers,
    )
    seeds = config.ingest.seeds
    inputs = [(path, str(path)) for path in paths] if paths else [(root / seeds, seeds)]
    if json:
        written_in_utf_8()
        streamed = structured.Streamed(sys.stdout)
        run.ingest(root, config, inputs, options, streamed.hear, lambda *_: None, say)
        streamed.finish()
        raise typer.Exit(status(streamed.severities, strict=strict))
    told = prose.Telling(explain=explain)
    with shown(quiet=False) as progress:
        run.ingest(root, config, inputs, options, told.hear, progress, say)
    show(told.issues, told.lines())
    raise typer.Exit(status({issue.severity for issue in told.issues}, strict=strict))


def build(  # noqa: PLR0913 - as above
    *,
    root: Root = HERE,
    clean: Annotated[
        bool, typer.Option("--clean", help="Forget the catalogue and make everything anew.")
    ] = False,
    workers: Workers = 0,
    verify: Annotated[bool, typer.Option("--verify", help="Read every input and output again.")] = False,
    now: Annotated[
        str, typer.Option(help="Build as of this time instead of the clock's.", metavar="WHEN")
    ] = "",
    explain: Annotated[str, typer.Option(help="Say why this page was written or kept.", metavar="PATH")] = "",
    strict: Strict = False,
    json: Json = False,
) -> None:
    """Turn the content into the site, writing only what a change touches."""
    from generator import build as builder  # noqa: PLC0415 - as above
    from generator import prose, structured  # noqa: PLC0415
    from generator.progress import shown  # noqa: PLC0415
    from generator.workspace import Options  # noqa: PLC0415

    collect_rarely()
    config = builder.read_config(root)
    moment = clock.parse_moment(now, config.zone, "--now") if now else clock.now()
    with shown(quiet=json) as progress:
        report = builder.build(
            root,
            Options(moment, clean=clean, verify=verify, workers=workers, explain=filenames.as_text(explain)),
            progress,
            say,
        )
    lines = prose.build(report, root / config.build.output)
    end(report.issues, structured.build(report), lines, json=json, strict=strict)
