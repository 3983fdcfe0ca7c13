"""What shells that stay say while they run: outcomes, each problem once as long as it is there, and goodbye."""

import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import typer

from generator import clock, records
from generator.characters import printed
from generator.model import Issue

if TYPE_CHECKING:
    from generator.report import Outcome


def say(sentence: str) -> None:
    """Say a sentence that is no result; where nobody can hear it, work goes on."""
    with suppress(OSError):
        typer.echo(f"dateline: {printed(sentence)}", err=True)


@contextmanager
def until_stopped() -> Iterator[None]:
    """Let Ctrl-C, SIGTERM and a terminal that is closed end what goes on inside, which is no failure.

    Only the first of them counts.
    """
    signals = [signal.SIGTERM]
    # Whoever runs us in the background, or by nohup, has said that these do not count.
    others = [signal.SIGINT, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else ())]
    signals += [number for number in others if signal.getsignal(number) is not signal.SIG_IGN]

    def stop(_number: int, _frame: object) -> None:
        for number in signals:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    for number in signals:
        signal.signal(number, stop)
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
    from generator.room import FULL  # noqa: PLC0415

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

    def hear_or_lose(outcome: "Outcome") -> None:
        try:
            hear(outcome)
        except OSError as error:
            if error.errno not in FULL:  # nobody listens any more, so there is nobody to watch for
                raise

    return hear_or_lose
