"""Progress, for people: a bar on a terminal, or a line now and then between other lines."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from generator.workspace import Progress

SECONDS = 3.0
"""Between two lines."""

FEW = 100
"""So few things are counted one by one: each takes long."""


def spoken(say: Callable[[str], None], clock: Callable[[], float] = time.monotonic) -> Progress:
    """Say every few seconds how far one is, once it takes that long.

    Args:
        say: is called with a sentence.
        clock: gives seconds.
    """
    last, now_doing, so_far = clock(), "", 0

    def report(what: str, done: int, total: int) -> None:
        nonlocal last, now_doing, so_far
        if what != now_doing or done <= so_far:
            last = clock()
        elif clock() - last >= SECONDS and done < total:
            last = clock()
            say(f"{what}: {done:,} of {total:,}")
        now_doing, so_far = what, done

    return report


@contextmanager
def shown(*, quiet: bool) -> Iterator[Progress]:
    """Show a bar on a terminal; elsewhere, and for programs, nothing."""
    if quiet or not (sys.stderr and sys.stderr.isatty()):
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


def _reporter(show: Callable[[str, int, int], None]) -> Progress:
    def report(what: str, done: int, total: int) -> None:
        if done % 16 == 0 or total < FEW:
            show(what, done, total)

    return report
