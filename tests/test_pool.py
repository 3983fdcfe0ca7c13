"""The pool: jobs done by other processes, whatever they give, however they end."""

import gc
import os
import signal
import sys
import time
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from multiprocessing.context import ForkProcess
from pathlib import Path

import pytest

from generator import interrupts
from generator.pool import AHEAD, Pool
from generator.workers import Crew

LARGE = 3_000_000
"""Bytes that no pipe and no socket holds."""

STARTS = [pytest.param(False, id="spawned")]
if sys.platform == "linux":
    STARTS.append(pytest.param(True, id="forked"))


@pytest.fixture(params=STARTS)
def two(request: pytest.FixtureRequest) -> Iterator[Pool]:
    opened = Pool(2, fork=request.param)
    opened.start()
    yield opened
    opened.close()


def grow(length: int) -> bytes:
    return bytes(length)


def wait_for(file: Path, number: int) -> int:
    while number == 0 and not file.exists():
        time.sleep(0.001)
    return number


def touch(folder: Path, number: int) -> int:
    (folder / str(number)).touch()
    return number


def meet_at(folder: Path, number: int) -> int:
    (folder / str(number)).touch()
    while len(list(folder.iterdir())) < 2:
        time.sleep(0.001)
    return number


def fail_at(bad: int, number: int) -> int:
    if number == bad:
        raise ValueError(f"{number} is bad")
    return number


def end_at(bad: int, number: int) -> int:
    if number == bad:
        os._exit(0)
    return number


def end(_: int) -> str:
    os._exit(0)


def say_who(_: int) -> int:
    return os.getpid()


@pytest.mark.parametrize("count", [0, 1, 2, 3, 50])
def test_results_come_in_the_order_of_their_jobs(two: Pool, count: int) -> None:
    assert list(two.map(str, range(count))) == [str(number) for number in range(count)]
    assert list(two.map(str, range(count))) == [str(number) for number in range(count)]


def test_a_slow_job_holds_up_neither_others_nor_their_order(two: Pool, tmp_path: Path) -> None:
    def jobs() -> Iterator[int]:
        yield from range(5)
        (tmp_path / "others").touch()  # asked for the sixth: the other process is done with some

    assert list(two.map(partial(wait_for, tmp_path / "others"), jobs())) == list(range(5))


def test_no_more_jobs_are_taken_than_a_few_ahead_of_the_results(two: Pool) -> None:
    taken = []

    def jobs() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    results = two.map(str, jobs())
    for number in range(100):
        assert next(results) == str(number)
        assert len(taken) <= number + 2 * AHEAD


def test_large_jobs_and_large_results_do_not_wait_for_each_other(two: Pool) -> None:
    lengths = list(two.map(len, (bytes(LARGE) for _ in range(12))))
    results = list(two.map(grow, [LARGE] * 12))
    both = list(two.map(bytes.upper, (b"a" * LARGE for _ in range(12))))

    assert lengths == [LARGE] * 12
    assert {len(result) for result in results} == {LARGE}
    assert set(both) == {b"A" * LARGE}


def test_what_a_job_raises_comes_in_its_place_and_says_where(two: Pool) -> None:
    results = two.map(partial(fail_at, 3), range(50))

    assert [next(results), next(results), next(results)] == [0, 1, 2]
    with pytest.raises(ValueError, match="3 is bad") as caught:
        next(results)
    assert "in fail_at" in caught.value.__notes__[0]


def test_a_process_that_ends_is_missed(two: Pool) -> None:
    with pytest.raises(BrokenExecutor):
        list(two.map(partial(end_at, 3), range(50)))


def test_a_job_that_ends_its_process_is_done_instead_and_those_behind_it_are_done(two: Pool) -> None:
    results = list(two.map(partial(end_at, 3), range(50), instead=lambda number: -number))

    assert results == [0, 1, 2, -3, *range(4, 50)]
    assert list(two.map(str, range(9))) == [str(number) for number in range(9)]


def test_jobs_that_all_end_their_processes_are_all_done_instead(two: Pool) -> None:
    assert list(two.map(end, range(2), instead=str)) == ["0", "1"]


def test_a_process_that_nobody_can_replace_is_missed_when_it_was_the_last(
    two: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def start(_: object) -> None:
        raise BlockingIOError("no more processes")

    monkeypatch.setattr(get_context("spawn").Process, "start", start)
    results = two.map(partial(end_at, 0), range(50), instead=lambda number: -number)
    assert list(results) == list(range(50))
    assert len(two._members) == 1  # noqa: SLF001 - the other one did the rest

    with pytest.raises(BrokenExecutor, match="no room"):
        list(two.map(end, range(2), instead=str))


def test_a_process_that_is_killed_while_it_hands_over_a_result_is_missed(two: Pool) -> None:
    (worker, *_) = two.map(say_who, range(2))

    def kill() -> Iterator[None]:
        for member in two._members:  # noqa: SLF001 - until both have begun to hand over more than a pipe holds
            assert member.channel.poll(60)
        os.kill(worker, signal.SIGKILL)
        yield

    with pytest.raises(BrokenExecutor):
        list(two.map(grow, [LARGE] * 4, kill()))


def test_meanwhile_results_are_taken_between_two_steps(two: Pool, tmp_path: Path) -> None:
    steps: list[int] = []

    def meanwhile() -> Iterator[None]:
        while not (tmp_path / "60").exists():  # far more jobs than are handed out before results are taken
            yield
            steps.append(len(steps))
        yield
        steps.append(-1)

    assert list(two.map(partial(touch, tmp_path), range(61), meanwhile())) == list(range(61))
    assert steps[-1] == -1


def test_what_is_done_meanwhile_is_done_even_if_there_are_no_jobs(two: Pool) -> None:
    done: list[int] = []
    list(two.map(str, [], map(done.append, [1, 2])))

    assert done == [1, 2]


def test_closing_ends_them_in_the_midst_of_their_jobs(two: Pool, tmp_path: Path) -> None:
    def meanwhile() -> Iterator[None]:
        yield
        raise KeyError("enough")

    workers = [member.process for member in two._members]  # noqa: SLF001 - nobody else knows them
    with pytest.raises(KeyError):
        list(two.map(partial(wait_for, tmp_path / "never"), [0, 0, 0], meanwhile()))
    two.close()

    assert [worker.exitcode for worker in workers] == [-signal.SIGKILL] * 2


def test_as_many_work_as_there_are_jobs_for(two: Pool, tmp_path: Path) -> None:
    assert list(two.map(partial(meet_at, tmp_path), [1, 2])) == [1, 2]


def test_a_pool_at_other_jobs_takes_none(two: Pool) -> None:
    results = two.map(str, range(30))

    assert next(results) == "0"
    with pytest.raises(RuntimeError, match="other jobs"):
        next(two.map(str, range(30)))
    two.close()
    with pytest.raises(RuntimeError, match="not started"):
        next(two.map(str, range(30)))


def give_what_cannot_travel(what: str) -> object:
    if what == "result":
        return lambda: what
    if what == "error":
        raise Odd(what, lambda: what)
    raise Odd(what, 1)


class Odd(Exception):
    """An error that cannot be unpacked: it asks for more than it is made from."""

    def __init__(self, what: str, why: object) -> None:
        super().__init__(what)
        self.why = why


@pytest.mark.parametrize(
    ("what", "said"),
    [("result", "pickle"), ("error", "Odd: error"), ("odd error", "Odd: odd error")],
)
def test_what_cannot_travel_says_what_it_was(two: Pool, what: str, said: str) -> None:
    with pytest.raises((RuntimeError, AttributeError), match=said) as caught:
        list(two.map(give_what_cannot_travel, [what]))
    assert "give_what_cannot_travel" in str(caught.value)


def test_there_are_as_many_as_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    room = iter([True] * 5)
    start = get_context("spawn").Process.start

    def started(process: object) -> None:
        if not next(room, False):
            raise BlockingIOError("no more processes")
        start(process)  # type: ignore[arg-type]

    monkeypatch.setattr(get_context("spawn").Process, "start", started)
    few = Pool(9, fork=False)
    few.start()
    try:
        assert len(few._members) == 3  # noqa: SLF001 - half of those that could be started
        assert list(few.map(str, range(20))) == [str(number) for number in range(20)]
    finally:
        few.close()
    with pytest.raises(BlockingIOError):
        few.start()


@pytest.mark.skipif(sys.platform != "linux", reason="forks")
def test_who_is_interrupted_while_they_start_ends_them(monkeypatch: pytest.MonkeyPatch) -> None:
    start = get_context("fork").Process.start
    workers = []

    def started(process: ForkProcess) -> None:
        start(process)
        workers.append(process)
        os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(get_context("fork").Process, "start", started)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    crew = Crew(2)
    with pytest.raises(KeyboardInterrupt):
        crew.hire()
    crew.dismiss()

    assert [worker.exitcode for worker in workers] == [-signal.SIGKILL] * 2
    assert gc.get_freeze_count() == 0


def test_an_interrupt_just_before_closing_does_not_keep_it_from_closing(
    two: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def interrupted() -> Iterator[None]:
        raise KeyboardInterrupt
        yield

    workers = [member.process for member in two._members]  # noqa: SLF001 - nobody else knows them
    monkeypatch.setattr(interrupts, "later", interrupted)
    with pytest.raises(KeyboardInterrupt):
        two.close()

    assert [worker.exitcode for worker in workers] == [-signal.SIGKILL] * 2
