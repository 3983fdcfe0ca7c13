"""Ctrl-C at any moment: not in the midst of a fork, and never for nothing."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

AGAIN = 0.01
"""Seconds after which an interrupt that got lost comes again: whoever lost it is done by then."""


def keep() -> None:
    """Let an interrupt come again that Python could only report, not raise, so that it got lost.

    That happens to whatever is raised in callbacks of weak references, which every import has, in finalisers and
    beside forks (`sys.unraisablehook`). Where there are no interval timers such an interrupt stays lost.
    """
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.default_int_handler)
        sys.unraisablehook = _come_again


def _come_again(lost: "sys.UnraisableHookArgs") -> None:
    if issubclass(lost.exc_type, KeyboardInterrupt):
        signal.setitimer(signal.ITIMER_REAL, AGAIN)
    else:
        sys.__unraisablehook__(lost)


@contextmanager
def later() -> Iterator[None]:
    """Hold back interrupts, where the system can: in the midst of a fork one ends in a copy of what runs here."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
