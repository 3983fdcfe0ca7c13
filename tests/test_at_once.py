"""Many requests at a time: how many, how heavy, and what becomes of the others when one fails."""

import asyncio
import signal
from collections.abc import Callable, Coroutine

import pytest

from generator.publishing.bucket.at_once import Job, done


class Line:
    """Notes what is on its way, what is the most and the heaviest that was at a time, and what was dropped."""

    def __init__(self) -> None:
        self.now: dict[str, int] = {}
        self.most = self.heaviest = 0
        self.dropped: set[str] = set()

    def job(
        self, path: str, size: int = 1, ends: Callable[[], Coroutine[None, None, None]] | None = None
    ) -> Job:
        async def run() -> None:
            self.now[path] = size
            self.most = max(self.most, len(self.now))
            self.heaviest = max(self.heaviest, sum(self.now.values()))
            try:
                await (ends or self.soon)()
            except asyncio.CancelledError:
                self.dropped.add(path)
                raise
            finally:
                del self.now[path]

        return Job(path, size, run)

    async def soon(self) -> None:
        await asyncio.sleep(0.001)

    async def never(self) -> None:
        await asyncio.Event().wait()


def test_all_are_done_several_at_a_time() -> None:
    line = Line()

    paths = list(done([line.job(f"{number}") for number in range(50)], most=7))

    assert sorted(paths) == sorted(f"{number}" for number in range(50))
    assert (line.most, line.now, line.dropped) == (7, {}, set())


def test_nothing_to_do_is_done() -> None:
    assert list(done([])) == []


def test_heavy_ones_go_alone() -> None:
    line = Line()

    sizes = {"a": 60, "b": 60, "c": 500, "d": 10, "e": 10}
    assert set(done([line.job(path, size) for path, size in sizes.items()], heaviest=100)) == sizes.keys()

    assert line.heaviest == 500
    assert line.most == 2


def test_when_one_fails_those_that_are_done_are_given_and_the_others_dropped() -> None:
    line, told = Line(), asyncio.Event()

    async def tell() -> None:
        told.set()

    async def fail() -> None:
        await told.wait()
        await line.soon()  # "late" is done by then
        raise OSError("no")

    jobs = [
        line.job("quick"),
        line.job("bad", ends=fail),
        line.job("slow", ends=line.never),
        line.job("late", ends=tell),
    ]
    given: list[str] = []

    with pytest.raises(OSError, match="no"):
        given.extend(done(jobs, most=3))
    assert given == ["quick", "late"]

    taken = done([line.job("quick"), line.job("slow 2", ends=line.never)])
    assert next(taken) == "quick"
    taken.close()

    assert line.dropped == {"slow", "slow 2"}


def test_an_interrupt_drops_all() -> None:
    line = Line()

    async def interrupt() -> None:
        signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        list(done([line.job("slow", ends=line.never), line.job("stop", ends=interrupt)]))

    assert line.dropped == {"slow"}
