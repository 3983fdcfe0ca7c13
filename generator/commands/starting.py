"""Commands that begin something: a site, an article."""

import shlex
from json import dumps
from pathlib import Path
from typing import Annotated

import typer

from generator import clock
from generator.commands.options import HERE, Root
from generator.model import UNDATED, DatelineError
from generator.telling import say


def _services() -> list[str]:
    """Name what `--ci` may be, for the shell to complete."""
    from generator.init import NO_SERVICE, SERVICES  # noqa: PLC0415 - `dateline --help` imports nothing heavy

    return [*SERVICES, NO_SERVICE]


def init(
    folder: Annotated[Path, typer.Argument(help="Where to make the site.", file_okay=False)] = HERE,
    *,
    ci: Annotated[
        list[str] | None,
        typer.Option(
            help="Whose files to build and publish it with: github, gitlab, netlify, or none; may be given several"
            " times. A new site has GitHub's; a site that is there gets what it lacks.",
            metavar="SERVICE",
            autocompletion=_services,
        ),
    ] = None,
) -> None:
    """Make a new site: configuration, folders, first articles, and what is needed to publish it."""
    from generator import origin  # noqa: PLC0415 - as above
    from generator.init import init as make  # noqa: PLC0415

    made = make(folder, clock.now(), tuple(ci or ()), origin.read())
    for path in made.written:
        typer.echo(f"wrote {folder / path}")
    for path in made.kept:
        typer.echo(f"kept  {folder / path}, which was there already")
    for sentence in made.advice:
        say(sentence)
    there = "" if folder == HERE else f" --root {shlex.quote(str(folder))}"
    typer.echo(f"\nNext: dateline serve{there}, which ingests, builds, and shows the site on every change")
    if made.guides:
        typer.echo(
            f"To publish it: say in {folder / 'dateline.toml'} where it will be (base_url), then read the first"
            f" lines of {', '.join(str(folder / path) for path in made.guides)}"
        )


def new(
    title: Annotated[list[str], typer.Argument(help="Its title; the file's name comes from it.")],
    *,
    root: Root = HERE,
    topic: Annotated[
        str,
        typer.Option(
            help="A topic of the site. Default: what the words of the title speak for.", metavar="TOPIC"
        ),
    ] = "",
    date: Annotated[
        str,
        typer.Option(help="A day or a time, such as 2025-06-02T08:00. Default: now.", metavar="WHEN"),
    ] = "",
    draft: Annotated[
        bool, typer.Option("--draft", help="Hold it back until `draft` is taken out of the file.")
    ] = False,
    page: Annotated[
        bool,
        typer.Option("--page", help="A page that stands by itself, such as /about/, without date and topic."),
    ] = False,
) -> None:
    """Start an article, and print the path of its file."""
    from generator.build import read_config  # noqa: PLC0415 - as above
    from generator.new import Options  # noqa: PLC0415
    from generator.new import new as begin  # noqa: PLC0415

    if page and (topic or date):
        raise DatelineError("--page: a page that stands by itself has neither topic nor date")
    config = read_config(root)
    now = clock.now().astimezone(config.zone).replace(second=0, microsecond=0)
    moment = clock.parse_moment(date, config.zone, "--date") if date else now
    options = Options(UNDATED if page else moment, topic, draft=draft)
    named = " ".join(title)
    path = begin(root, config, named, options, say)
    typer.echo(root / path)
    if page and Path(path).stem not in config.pages:
        say(_linked(root, Path(path).stem, named))


def _linked(root: Path, slug: str, title: str) -> str:
    """Say how a link to a page that stands by itself comes on all pages; JSON's strings are TOML's, too."""
    key = slug if slug.isascii() else dumps(slug, ensure_ascii=False)
    label = dumps(" ".join(title.split()), ensure_ascii=False)
    return f"to have every page lead to it, enter below [pages] in {root / 'dateline.toml'}: {key} = {label}"
