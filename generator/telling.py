"""What shells that stay say while they run: outcomes, each problem once as long as it is there, and goodbye."""

import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from generator import clock, records
from generator.characters import printed
from generator.model import Issue

if TYPE_CHECKING:
    from generator.report import Outcome


def say(sentence: str) -> None:
    """Say a sentence that is no result."""
    typer.echo(f"dateline: {printed(sentence)}", err=True)


@contextmanager
def until_stopped() -> Iterator[None]:
    """Let Ctrl-C and SIGTERM end what goes on inside, which is no failure; only the first of them counts."""

    def stop(_number: int, _frame: object) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except KeyboardInterrupt:
        say("stopped; the site is whole")


def tell_all(hearers: "Iterable[Callable[[Outcome], None]]", outcome: "Outcome") -> None:
    """Tell everyone who listens."""
    for hear in hearers:
        hear(outcome)


def hearer(*, json: bool) -> "Callable[[Outcome], None]":
    """Make what prints outcomes: a line each, and every issue once as long as it is there."""
    from generator import prose, structured  # noqa: PLC0415 - `dateline --help` imports nothing heavy

    told: dict[str, set[Issue]] = {}

    def hear(outcome: "Outcome") -> None:
        if json:
            typer.echo(records.encode(structured.outcome(outcome)))
            return
        kind = "built" if outcome.built else "ingested"
        new, told[kind] = set(outcome.issues) - told.get(kind, set()), set(outcome.issues)
        for line in prose.issues(sorted(new)):
            typer.echo(printed(line), err=True)
        for line in prose.outcome(outcome):
            typer.echo(f"{clock.now().astimezone():%H:%M:%S}  {printed(line)}", err=bool(outcome.failure))

    return hear
