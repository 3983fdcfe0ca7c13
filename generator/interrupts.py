"""Ctrl-C at any moment: not in the midst of a fork, and never for nothing."""

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

AGAIN = 0.01
"""Seconds after which an interrupt that got lost comes again: whoever lost it is done by then."""


@contextmanager
def kept() -> Iterator[None]:
    """Let an interrupt come again that Python could only report, not raise, so that it got lost.

    That happens to whatever is raised in callbacks of weak references, which every import has, in finalisers and
    beside forks (`sys.unraisablehook`). Where there are no interval timers such an interrupt stays lost.
    """
    if not hasattr(signal, "setitimer"):
        yield
        return
    before, sys.unraisablehook = sys.unraisablehook, _come_again
    try:
        yield
    finally:
        sys.unraisablehook = before
        if signal.getsignal(signal.SIGALRM) is signal.default_int_handler:
            signal.setitimer(signal.ITIMER_REAL, 0)


def _come_again(lost: "sys.UnraisableHookArgs") -> None:
    if issubclass(lost.exc_type, KeyboardInterrupt):
        signal.signal(signal.SIGALRM, signal.default_int_handler)
        signal.setitimer(signal.ITIMER_REAL, AGAIN)
    else:
        sys.__unraisablehook__(lost)


@contextmanager
def later() -> Iterator[None]:
    """Hold back interrupts, where the system can: in the midst of a fork one ends in a copy of what runs here.

    One that came just before may be raised instead of anything being done.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    came: list[int] = []
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    handlers = _put_off(came)
    try:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGALRM})
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        for late in came:
            signal.raise_signal(late)


def _put_off(came: list[int]) -> dict[signal.Signals, Callable[[int, FrameType | None], Any]]:
    """Have interrupts noted instead of raised: another thread may get what is blocked in this one."""
    if threading.current_thread() is not threading.main_thread():
        return {}  # Python raises them in the main thread only
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGALRM, getattr(signal, "SIGHUP", signal.SIGTERM))
    found = {number: signal.getsignal(number) for number in numbers}
    handlers = {number: handler for number, handler in found.items() if callable(handler)}
    for number in handlers:
        signal.signal(number, lambda number, _frame: came.append(number))
    return handlers
