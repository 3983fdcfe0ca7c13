"""A limit on the processor time that something may take.

It counts what the thread itself takes: a busy machine, or a server beside it, makes nobody late. Timers are
signals, which Python hears between two steps of its own and within a regular expression. What hears nothing, deep
in C, is ended by the system, with the process around it, where that may be.
"""

import signal
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import FrameType

AGAIN = 1.0
"""Seconds after which it is raised again: whatever catches every exception may have swallowed it."""

DEADLY = 2
"""After so many times the limit the process itself ends, where that may be."""


class Overtime(BaseException):
    """The limit is reached. It is no `Exception`, as libraries catch those and go on with half a result."""


@contextmanager
def within(seconds: float, *, expendable: bool = False) -> Iterator[None]:
    """Limit the processor time of what is done inside.

    There is no limit beside the main thread, or where the system has no such timers.

    Args:
        seconds: the limit.
        expendable: this process may end, by a signal, where it is in the midst of something that hears none.

    Raises:
        Overtime: inside, wherever that is.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    until = time.thread_time() + seconds

    def hear(_number: int, _frame: FrameType | None) -> None:
        left = until - time.thread_time()  # other threads of this process let the timer run, too
        signal.setitimer(signal.ITIMER_PROF, left if left > 0 else AGAIN)
        if left <= 0:
            raise Overtime

    timers = {signal.ITIMER_PROF: seconds}
    if expendable:
        signal.signal(signal.SIGVTALRM, signal.SIG_DFL)
        timers[signal.ITIMER_VIRTUAL] = DEADLY * seconds + AGAIN
    before = signal.signal(signal.SIGPROF, hear)
    try:
        for timer, until_then in timers.items():
            signal.setitimer(timer, until_then)
        yield
    finally:
        try:
            _stop(timers)
        finally:  # where the limit was reached just before the timers were stopped
            _stop(timers)
            signal.signal(signal.SIGPROF, before)


def _stop(timers: Iterable[int]) -> None:
    for timer in timers:
        signal.setitimer(timer, 0)
