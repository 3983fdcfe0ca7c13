"""Many requests at a time, for a caller that takes their answers one after the other."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Iterator
from typing import Any, NamedTuple

MOST = 32
"""Requests at a time: stores answer each in some 50 ms, and many at once just as fast."""

HEAVIEST = 16 << 20
"""Bytes on their way at a time, unless one file is larger: on a slow line each has to arrive before it is late."""


class Job(NamedTuple):
    """A request: what is given when it is done, how many bytes it sends, and what does it."""

    path: str
    size: int
    run: Callable[[], Coroutine[Any, Any, None]]


def done(jobs: Iterable[Job], most: int = MOST, heaviest: int = HEAVIEST) -> Iterator[str]:
    """Do jobs, several at a time, and give the path of each when it is done.

    When one fails, or whoever takes the paths stops, those on their way are dropped.

    Raises:
        Exception: what a job raised; those that were done by then are given first.
    """
    flight = _Flight(jobs, most, heaviest)
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
