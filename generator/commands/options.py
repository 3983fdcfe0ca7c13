"""What commands share: options, exit statuses, how a report is printed."""

import gc
import io
import sys
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from generator import records
from generator.characters import printed
from generator.model import DatelineError, Issue, Severity

DONE, REFUSED, FAILED = 0, 1, 2
"""Exit status: done; done, but something was refused or failed; could not run."""

INTERRUPTED, UNHEARD = 130, 141
"""Exit status after Ctrl-C, and where whoever read the output went away, as shells have them."""

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


def collect_rarely() -> None:
    """Let Python look for cyclic garbage as rarely as workers do."""
    from generator.workers import RARELY  # noqa: PLC0415 - `dateline --help` imports nothing heavy

    gc.set_threshold(*RARELY)


def status(found: Collection[Severity], *, strict: bool) -> int:
    """Give the exit status for what was found."""
    return REFUSED if Severity.ERROR in found or (strict and found) else DONE


def written_in_utf_8() -> None:
    """Have what is printed as it comes be JSON (RFC 8259, section 8.1), whatever the terminal speaks."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")


def end(
    issues: Collection[Issue], value: dict[str, Any], lines: Iterable[str], *, json: bool, strict: bool
) -> NoReturn:
    """Print a report, as JSON or in words, and exit with the status for what is wrong."""
    if json:
        _print(records.encode_readable(value))
    else:
        show(issues, lines)
    raise typer.Exit(status({issue.severity for issue in issues}, strict=strict))


def show(issues: Iterable[Issue], lines: Iterable[str]) -> None:
    """Print a report in words: problems where problems go, then the rest."""
    from generator import prose  # noqa: PLC0415 - as above

    for line in prose.issues(issues):
        _print(printed(line), err=True)
    for line in lines:
        _print(printed(line))


def _print(text: str | bytes, *, err: bool = False) -> None:
    try:
        typer.echo(text, err=err)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise DatelineError(
            f"the report cannot be printed ({error.strerror}); what it tells of is done"
        ) from None
