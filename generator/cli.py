"""The command `dateline`: arguments in, exit status out. What it does stands in the use cases."""

import gc
import sys
from collections.abc import Collection, Iterable
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from generator import __version__, clock, interrupts, records
from generator.model import DatelineError, Issue, Severity
from generator.telling import hearer, say, tell_all, until_stopped

DONE, REFUSED, FAILED = 0, 1, 2
"""Exit status: done; done, but something was refused or failed; could not run."""

INTERRUPTED = 130
"""Exit status after Ctrl-C, as shells have it."""

app = typer.Typer(
    name="dateline",
    help="Raw news in, a static news digest out.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Root = Annotated[Path, typer.Option("--root", help="The site's folder.", file_okay=False)]
Strict = Annotated[bool, typer.Option("--strict", help="Count warnings as failures.")]
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON instead of prose.")]
Poll = Annotated[
    bool, typer.Option("--poll", help="Look for changes instead of waiting for events (network drives).")
]
Workers = Annotated[
    int, typer.Option(help="Processes to work with; 0: as many as there are processors.", min=0)
]
HERE = Path()


def main() -> None:
    """Run the command and exit with its status."""
    try:
        with interrupts.kept():
            app()
    except SystemExit as done:
        if done.code == INTERRUPTED:
            say("interrupted; nothing is lost, and the same command does the rest")
        raise
    except DatelineError as error:
        say(f"{error}")
        sys.exit(FAILED)
    except OSError as error:
        say(f"{error.filename or 'dateline'}: {error.strerror or error}")
        sys.exit(FAILED)
    finally:
        gc.freeze()  # or Python looks for rings among all there is, to free it a moment before the process ends


def _print_version(*, asked: bool) -> None:
    if asked:
        typer.echo(f"dateline {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    *,
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Raw news in, a static news digest out."""


@app.command()
def init(folder: Annotated[Path, typer.Argument(help="Where to make the site.")] = HERE) -> None:
    """Make a new site: configuration, folders, a first article."""
    from generator.init import init as make  # noqa: PLC0415 - `dateline --help` imports nothing heavy

    for path in make(folder, clock.now()):
        typer.echo(f"wrote {folder / path}")
    there = "" if folder == HERE else f" --root {folder}"
    typer.echo(f"\nNext: dateline serve{there}, which ingests, builds, and shows the site on every change")


@app.command()
def ingest(  # noqa: PLR0913 - a command has as many options as its users need
    paths: Annotated[list[Path] | None, typer.Argument(help="Raw news: files or folders.")] = None,
    *,
    root: Root = HERE,
    captured: Annotated[str, typer.Option(help="When the inputs were taken, such as 2025-06-02T08:00.")] = "",
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
    from generator import prose, structured  # noqa: PLC0415 - as above
    from generator.build import read_config  # noqa: PLC0415
    from generator.ingest import run  # noqa: PLC0415
    from generator.progress import shown  # noqa: PLC0415

    _collect_rarely()
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
        streamed = structured.Streamed(sys.stdout)
        run.ingest(root, config, inputs, options, streamed.hear, lambda *_: None, say)
        streamed.finish()
        raise typer.Exit(_status(streamed.severities, strict=strict))
    told = prose.Telling(explain=explain)
    with shown(quiet=False) as progress:
        run.ingest(root, config, inputs, options, told.hear, progress, say)
    _print(told.issues, told.lines())
    raise typer.Exit(_status({issue.severity for issue in told.issues}, strict=strict))


@app.command()
def build(  # noqa: PLR0913 - as above
    *,
    root: Root = HERE,
    clean: Annotated[
        bool, typer.Option("--clean", help="Forget the catalogue and make everything anew.")
    ] = False,
    workers: Workers = 0,
    verify: Annotated[bool, typer.Option("--verify", help="Read every input and output again.")] = False,
    now: Annotated[str, typer.Option(help="Build as of this time instead of the clock's.")] = "",
    explain: Annotated[str, typer.Option(help="Say why this page was written or kept.", metavar="PATH")] = "",
    strict: Strict = False,
    json: Json = False,
) -> None:
    """Turn the content into the site, writing only what a change touches."""
    from generator import build as builder  # noqa: PLC0415 - as above
    from generator import prose, structured  # noqa: PLC0415
    from generator.progress import shown  # noqa: PLC0415
    from generator.workspace import Options  # noqa: PLC0415

    _collect_rarely()
    config = builder.read_config(root)
    moment = clock.parse_moment(now, config.zone, "--now") if now else clock.now()
    with shown(quiet=json) as progress:
        report = builder.build(
            root,
            Options(moment, clean=clean, verify=verify, workers=workers, explain=explain),
            progress,
            say,
        )
    if json:
        typer.echo(records.encode_readable(structured.build(report)).decode())
    else:
        _print(report.issues, prose.build(report, root / config.build.output))
    raise typer.Exit(_status({issue.severity for issue in report.issues}, strict=strict))


@app.command()
def check(*, root: Root = HERE, strict: Strict = False, json: Json = False) -> None:
    """Look through the built site for broken links, missing files and pages that nothing links to."""
    from generator import check as checker  # noqa: PLC0415 - as above
    from generator import prose, structured  # noqa: PLC0415
    from generator.build import read_config  # noqa: PLC0415
    from generator.progress import shown  # noqa: PLC0415

    _collect_rarely()
    with shown(quiet=json) as progress:
        report = checker.check(root, read_config(root), progress, say)
    if json:
        typer.echo(records.encode_readable(structured.check(report)).decode())
    else:
        _print(report.issues, prose.check(report))
    raise typer.Exit(_status({issue.severity for issue in report.issues}, strict=strict))


@app.command()
def watch(*, root: Root = HERE, poll: Poll = False, workers: Workers = 0, json: Json = False) -> None:
    """Ingest and build on every change, until Ctrl-C."""
    with until_stopped():
        from generator.progress import spoken  # noqa: PLC0415 - as above
        from generator.watch import Options, Watch  # noqa: PLC0415

        _collect_rarely()
        Watch(
            root,
            Options(poll=poll, workers=workers),
            hearer(json=json),
            spoken(say),
            say,
        ).run()


@app.command()
def serve(  # noqa: PLR0913 - as above
    *,
    root: Root = HERE,
    host: Annotated[str, typer.Option(help="Where to serve; another one lets others in.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The next free one is taken.", min=0, max=65535)] = 8000,
    drafts: Annotated[
        bool,
        typer.Option("--drafts", help="Show drafts and what else is held back, in a preview of its own."),
    ] = False,
    no_watch: Annotated[bool, typer.Option("--no-watch", help="Build once, then only serve.")] = False,
    poll: Poll = False,
    workers: Workers = 0,
    json: Json = False,
) -> None:
    """Watch, and show the site in the browser: open pages follow every change."""
    with until_stopped():
        from generator.progress import spoken  # noqa: PLC0415 - as above
        from generator.serve import Announcer, Preview  # noqa: PLC0415
        from generator.urls import base_path  # noqa: PLC0415
        from generator.watch import Options, Watch  # noqa: PLC0415

        _collect_rarely()
        hearers = [hearer(json=json)]
        options = Options(poll=poll, drafts=drafts, workers=workers)
        watched = Watch(root, options, partial(tell_all, hearers), spoken(say), say)
        preview = Preview(watched.output, base_path(watched.base_url), host, port)
        hearers += [
            lambda _: preview.move(watched.output, base_path(watched.base_url)),
            Announcer(preview.tell),
        ]
        try:
            say(f"the site is at {preview.start()}")
            watched.stay() if no_watch else watched.run()
        finally:
            preview.stop()


def _collect_rarely() -> None:
    from generator.workers import RARELY  # noqa: PLC0415 - as above

    gc.set_threshold(*RARELY)


def _status(found: Collection[Severity], *, strict: bool) -> int:
    return REFUSED if Severity.ERROR in found or (strict and found) else DONE


def _print(issues: Iterable[Issue], lines: Iterable[str]) -> None:
    """Print a report in words: problems where problems go, then the rest."""
    from generator import prose  # noqa: PLC0415 - as above

    for line in prose.issues(issues):
        typer.echo(line, err=True)
    for line in lines:
        typer.echo(line)


if __name__ == "__main__":
    main()
