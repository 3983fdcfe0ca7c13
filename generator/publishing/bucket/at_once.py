"""Many requests at a time, for a caller that takes their answers one after the other."""

import asyncio
import sys
import threading
import time
import traceback
from collections.abc import Callable, Coroutine, Generator, Iterable
from typing import Any, NamedTuple, TypeVar

MOST = 32
"""Requests at a time: stores answer each in some 50 ms, and many at once just as fast."""

HEAVIEST = 16 << 20
"""Bytes on their way at a time, unless one file is larger: on a slow line each has to arrive before it is late."""


_PATIENCE = 1.0
"""Seconds for a thread of obstore to come back; it needs none but those that other programs take."""

Answer = TypeVar("Answer")


class Job(NamedTuple):
    """A request: what is given when it is done, how many bytes it sends, and what does it."""

    path: str
    size: int
    run: Callable[[], Coroutine[Any, Any, None]]


def answer(request: Coroutine[Any, Any, Answer]) -> Answer:
    """Wait for one request, in whatever thread; in the main one Ctrl-C ends that at once."""
    try:
        return asyncio.run(request)
    finally:
        _let_threads_return()


def done(jobs: Iterable[Job], most: int = MOST, heaviest: int = HEAVIEST) -> Generator[str, None, None]:
    """Do jobs, several at a time, and give the path of each when it is done.

    When one fails, or whoever takes the paths stops, those on their way are dropped.

    Raises:
        Exception: what a job raised; those that were done by then are given first.
    """
    flight = _Flight(jobs, most, heaviest)
    try:
        with asyncio.Runner() as runner:
            try:
                while ended := runner.run(flight.ended()):
                    for job, error in ended:
                        if not error:
                            yield job.path
                    for error in filter(None, (error for _, error in ended)):
                        raise error
            finally:
                runner.run(flight.drop())
    finally:
        _let_threads_return()


class _Flight:
    """Jobs that are on their way, and those that wait to be."""

    def __init__(self, jobs: Iterable[Job], most: int, heaviest: int) -> None:
        self._waiting = iter(jobs)
        self._next = next(self._waiting, None)
        self._most = most
        self._heaviest = heaviest
        self._running: dict[asyncio.Task[None], Job] = {}

    async def ended(self) -> list[tuple[Job, BaseException | None]]:
        """Wait until some are done or have failed; give none when there is nothing left to do."""
        while self._next and self._has_room(self._next):
            self._running[asyncio.create_task(self._next.run())] = self._next
            self._next = next(self._waiting, None)
        if not self._running:
            return []
        ended, _ = await asyncio.wait(self._running, return_when=asyncio.FIRST_COMPLETED)
        return [(self._running.pop(task), task.exception()) for task in ended]

    def _has_room(self, job: Job) -> bool:
        weight = sum(running.size for running in self._running.values())
        return not self._running or (len(self._running) < self._most and weight + job.size <= self._heaviest)

    async def drop(self) -> None:
        """Let go of those on their way."""
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        self._running.clear()


def _let_threads_return() -> None:
    """Wait until no other thread is giving an answer to a loop.

    Those of obstore do, and wait for Python's lock after that. If Python is ending meanwhile, up to 3.13 it ends
    them, which Rust answers by aborting the process.
    """
    late = time.monotonic() + _PATIENCE
    while _gives_answers() and time.monotonic() < late:
        time.sleep(0.001)


def _gives_answers() -> bool:
    frames = sys._current_frames()  # noqa: SLF001 - no other way to see threads that Python did not start
    del frames[threading.get_ident()]
    return any(
        frame.f_code.co_name == "call_soon_threadsafe"
        for top in frames.values()
        for frame, _ in traceback.walk_stack(top)
    )
