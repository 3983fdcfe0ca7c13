"""The command `dateline`: arguments in, exit status out. What it does stands in the use cases."""

import gc
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from generator import __version__, interrupts, records
from generator.model import DatelineError, Issue, Severity

if TYPE_CHECKING:
    from generator.report import BuildReport, Explanation, Ingested, IngestReport
    from generator.workspace import Progress

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
HERE = Path()


def main() -> None:
    """Run the command and exit with its status."""
    try:
        with interrupts.kept():
            app()
    except SystemExit as done:
        if done.code == INTERRUPTED:
            _say("interrupted; nothing is lost, and the same command does the rest")
        raise
    except DatelineError as error:
        _say(f"{error}")
        sys.exit(FAILED)
    except OSError as error:
        _say(f"{error.filename or 'dateline'}: {error.strerror or error}")
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

    for path in make(folder, _clock()):
        typer.echo(f"wrote {folder / path}")
    there = "" if folder == HERE else f" --root {folder}"
    typer.echo(f"\nNext: dateline ingest{there} && dateline build{there}")


@app.command()
def ingest(  # noqa: PLR0913 - a command has as many options as its users need
    paths: Annotated[list[Path] | None, typer.Argument(help="Raw news: files or folders.")] = None,
    *,
    root: Root = HERE,
    captured: Annotated[str, typer.Option(help="When the inputs were taken, such as 2025-06-02T08:00.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Say what decided each topic.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Bring removed articles back.")] = False,
    strict: Strict = False,
    json: Json = False,
) -> None:
    """Turn raw news into Markdown articles by topic and date (default: the site's seeds)."""
    from generator.build import read_config  # noqa: PLC0415 - as above
    from generator.ingest import run  # noqa: PLC0415

    config = read_config(root)
    options = run.Options(
        now=_clock().astimezone(config.zone),
        captured=_moment(captured, config.zone, "--captured") if captured else None,
        again=again,
        dry_run=dry_run,
    )
    seeds = config.ingest.seeds
    inputs = [(path, str(path)) for path in paths] if paths else [(root / seeds, seeds)]
    with _progress(quiet=json) as progress:
        report = run.ingest(root, config, inputs, options, progress, _say)
    if json:
        typer.echo(records.encode_readable(_ingest_json(report)).decode())
    else:
        _print_ingest(report, explain=explain)
    raise typer.Exit(_status(report.issues, strict=strict))


@app.command()
def build(  # noqa: PLR0913 - as above
    *,
    root: Root = HERE,
    clean: Annotated[
        bool, typer.Option("--clean", help="Forget the catalogue and make everything anew.")
    ] = False,
    workers: Annotated[
        int, typer.Option(help="Processes to work with; 0: as many as there are processors.", min=0)
    ] = 0,
    verify: Annotated[bool, typer.Option("--verify", help="Read every input and output again.")] = False,
    now: Annotated[str, typer.Option(help="Build as of this time instead of the clock's.")] = "",
    explain: Annotated[str, typer.Option(help="Say why this page was written or kept.", metavar="PATH")] = "",
    strict: Strict = False,
    json: Json = False,
) -> None:
    """Turn the content into the site, writing only what a change touches."""
    from generator import build as builder  # noqa: PLC0415 - as above
    from generator.workers import RARELY  # noqa: PLC0415
    from generator.workspace import Options  # noqa: PLC0415

    gc.set_threshold(*RARELY)
    config = builder.read_config(root)
    moment = _moment(now, config.zone, "--now") if now else _clock()
    with _progress(quiet=json) as progress:
        report = builder.build(
            root,
            Options(moment, clean=clean, verify=verify, workers=workers, explain=explain),
            progress,
            _say,
        )
    if json:
        typer.echo(records.encode_readable(_build_json(report)).decode())
    else:
        _print_build(report, root / config.build.output)
    raise typer.Exit(_status(report.issues, strict=strict))


def _clock() -> datetime:
    return datetime.now(UTC)


def _moment(text: str, zone: Any, option: str) -> datetime:  # noqa: ANN401 - any time zone
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise DatelineError(f"{option}: {text!r} is no time ({error}); write 2025-06-02T08:00") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _status(issues: Iterable[Issue], *, strict: bool) -> int:
    return REFUSED if any(strict or issue.severity is Severity.ERROR for issue in issues) else DONE


def _say(sentence: str) -> None:
    typer.echo(f"dateline: {sentence}", err=True)


def _print_issues(issues: Iterable[Issue]) -> None:
    for issue in issues:
        mark = "" if issue.severity is Severity.ERROR else "warning: "
        typer.echo(f"{issue.path}:{issue.line}: {mark}{issue.message}", err=True)


def _print_ingest(report: "IngestReport", *, explain: bool) -> None:
    for article in report.articles:
        typer.echo(f"{article.status:<9}  {article.path}")
        if explain:
            _print_reasons(article)
    _print_issues(report.issues)
    states = [article.status for article in report.articles]
    counted = ", ".join(f"{states.count(state)} {state}" for state in dict.fromkeys(states))
    typer.echo(
        f"{_count(len(states), 'article')}{f' ({counted})' if counted else ''}, {len(report.dropped)} dropped"
    )


def _print_reasons(article: "Ingested") -> None:
    reasons = ", ".join(f"{term} {weight:.1f}" for term, weight in article.reasons[:8]) or "nothing"
    typer.echo(f"           {article.topic}: {reasons}")
    typer.echo(
        f"           {article.date.isoformat()} from {article.date_from}; tags: {', '.join(article.tags)}"
    )


def _print_build(report: "BuildReport", output: Path) -> None:
    _print_issues(report.issues)
    for held in report.held_back:
        until = f" until {held.until.isoformat()}" if held.until else ""
        typer.echo(f"held back  {held.path} ({held.why}{until})")
    numbers = f"{len(report.written)} written, {report.kept} kept, {len(report.deleted)} deleted"
    if report.explanation:
        _print_explanation(report.explanation)
    typer.echo(f"{numbers} in {report.seconds:.2f} s; the site is in {output}")


def _print_explanation(explained: "Explanation") -> None:
    typer.echo(f"{explained.path}\n  {explained.verdict}")
    if explained.template:
        typer.echo(f"  a page of {' '.join(explained.key)}, made by {explained.template} from:")
    for ingredient in explained.ingredients:
        mark = {True: "changed", False: "", None: "new"}[ingredient.changed]
        typer.echo(f"  {mark:>7}  {ingredient.name}: {ingredient.value}")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _ingest_json(report: "IngestReport") -> dict[str, Any]:
    names = ("input", "path", "title", "source", "date", "date_from", "topic", "tags", "status")
    return {
        "articles": [{name: getattr(article, name) for name in names} for article in report.articles],
        "dropped": report.dropped,
        "issues": report.issues,
    }


def _build_json(report: "BuildReport") -> dict[str, Any]:
    names = ("written", "kept", "deleted", "held_back", "issues", "seconds", "explanation")
    return {name: getattr(report, name) for name in names}


@contextmanager
def _progress(*, quiet: bool) -> "Iterator[Progress]":
    """Show a bar on a terminal; elsewhere, and for programs, nothing."""
    if quiet or not sys.stderr.isatty():
        yield lambda _what, _done, _total: None
        return
    from rich.console import Console  # noqa: PLC0415 - only a terminal pays for it
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn  # noqa: PLC0415
    from rich.progress import Progress as Bar  # noqa: PLC0415

    columns = (TextColumn("{task.description:>9}"), BarColumn(), MofNCompleteColumn())
    # Without a thread of its own, so that workers can be forked.
    with Bar(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        task = bar.add_task("", total=None)
        yield _reporter(
            lambda what, done, total: bar.update(
                task, description=what, completed=done, total=total, refresh=True
            )
        )


def _reporter(show: "Callable[[str, int, int], None]") -> "Progress":
    def report(what: str, done: int, total: int) -> None:
        if done % 16 == 0:
            show(what, done, total)

    return report


if __name__ == "__main__":
    main()
