"""The crew: jobs done here or by others, in order, with something to do meanwhile."""

import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread

import pytest

from generator import pool, workers
from generator.workers import Crew


@pytest.mark.parametrize("count", [0, 1, 3, 50])
def test_results_come_in_the_order_of_their_jobs(count: int) -> None:
    with ThreadPoolExecutor(2) as threads:
        assert list(Crew(2, threads).map(str, range(count))) == [str(number) for number in range(count)]
    assert list(Crew(1).map(str, range(count))) == [str(number) for number in range(count)]


def test_what_is_done_meanwhile_is_done_once_and_while_others_work() -> None:
    begun = Event()
    done: list[str] = []

    def work(number: int) -> int:
        assert begun.wait(60)  # no job ends before what is done meanwhile has begun
        return number

    def meanwhile() -> Iterator[None]:
        begun.set()
        yield
        done.append("meanwhile")

    with ThreadPoolExecutor(2) as threads:
        assert list(Crew(2, threads).map(work, range(30), meanwhile())) == list(range(30))
    assert done == ["meanwhile"]


def test_who_works_alone_does_nothing_meanwhile() -> None:
    assert list(Crew(1).map(str, range(3), map(pytest.fail, ["done"]))) == ["0", "1", "2"]


def test_what_fails_meanwhile_is_told() -> None:
    def fail() -> Iterator[None]:
        yield
        raise ValueError("a template is broken")

    with ThreadPoolExecutor(2) as threads, pytest.raises(ValueError, match="broken"):
        list(Crew(2, threads).map(str, range(3), fail()))


def test_where_there_is_no_room_for_anyone_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: pool.Pool) -> None:
        raise BlockingIOError("no more processes")

    monkeypatch.setattr(pool.Pool, "start", fail)
    crew = Crew(2)
    crew.hire()

    assert not crew.hired
    assert not crew.wants(MANY)
    assert list(crew.map(str, range(3))) == ["0", "1", "2"]
    assert gc.get_freeze_count() == 0


MANY = workers.WORTH_A_COPY
forking = pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux only")


def who() -> list[str]:
    return [str(os.getpid())]


def asked(crew: Crew, work: Callable[[], list[str]], amount: int | None) -> list[str]:
    with crew.beside(work, list[str], amount) as answer:
        return answer()


@forking
@pytest.mark.parametrize("amount", [MANY, None])
def test_a_copy_of_the_process_does_what_is_worth_one(amount: int | None) -> None:
    assert asked(Crew(2), who, amount) != who()


def test_what_is_not_worth_a_copy_is_done_here() -> None:
    assert asked(Crew(2), who, MANY - 1) == who()
    assert asked(Crew(1), who, MANY) == who()


def test_no_copy_is_made_beside_a_thread_whose_locks_it_would_hold() -> None:
    end = Event()
    other = Thread(target=end.wait)
    other.start()
    try:
        assert asked(Crew(2), who, MANY) == who()
    finally:
        end.set()
        other.join()


@forking
def test_what_a_copy_fails_to_do_is_done_here() -> None:
    here = who()

    def work() -> list[str]:
        if who() != here:
            raise OSError("not there")
        return here

    assert asked(Crew(2), work, MANY) == here


@forking
def test_an_answer_that_is_cut_short_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    fork, copies, here = os.fork, [], who()

    def recorded() -> int:
        copies.append(fork())
        return copies[-1]

    def work() -> list[str]:
        return who() * 1_000_000  # more than a pipe holds: the copy has to wait until it is read

    monkeypatch.setattr(os, "fork", recorded)
    with Crew(2).beside(work, list[str], MANY) as answer:
        os.kill(copies[0], signal.SIGKILL)
        assert answer() == here * 1_000_000
    with pytest.raises(ProcessLookupError):
        os.kill(copies[0], 0)


@forking
def test_nobody_waits_for_an_answer_that_is_not_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe, pipes = os.pipe, []

    def recorded() -> tuple[int, int]:
        pipes.append(pipe())
        return pipes[-1]

    monkeypatch.setattr(os, "pipe", recorded)
    with Crew(2).beside(lambda: who() * 1_000_000, list[str], MANY):
        held = os.dup(pipes[0][0])  # as by a worker that is forked meanwhile
    os.close(held)


@forking
def test_a_copy_nobody_may_wait_for_answers_too() -> None:
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # as it may be inherited
    try:
        assert asked(Crew(2), who, MANY) != who()
    finally:
        signal.signal(signal.SIGCHLD, before)


@forking
def test_where_there_is_no_room_for_a_copy_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> int:
        raise BlockingIOError("no more processes")

    monkeypatch.setattr(os, "fork", fail)
    before = sorted(os.listdir("/proc/self/fd"))  # noqa: PTH208 - their names

    assert asked(Crew(2), who, MANY) == who()
    assert sorted(os.listdir("/proc/self/fd")) == before  # noqa: PTH208
