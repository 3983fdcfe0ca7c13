"""The limit on time: whatever takes too long ends, in Python, in a regular expression, and deep in C."""

import re
import signal
import sys
import threading
import time
from contextlib import suppress

import pytest

from generator.ingest import timelimit
from generator.ingest.timelimit import Overtime, within
from generator.pool import Pool

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="there are no interval timers")

SHORT = 0.02
"""Seconds."""


def be_busy(seconds: float) -> None:
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass


def test_what_takes_too_long_ends() -> None:
    with pytest.raises(Overtime), within(SHORT):
        be_busy(600)


def test_a_regular_expression_that_takes_too_long_ends() -> None:
    with pytest.raises(Overtime), within(SHORT):
        re.match(r"(?:a|a)+b", "a" * 60)


def test_who_catches_every_exception_does_not_go_on_with_half_a_result() -> None:
    with pytest.raises(Overtime), within(SHORT), suppress(Exception):
        be_busy(600)


def test_who_swallows_the_end_hears_of_it_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timelimit, "AGAIN", SHORT)
    with pytest.raises(Overtime), within(SHORT):
        swallow_one()


def swallow_one() -> None:
    with suppress(BaseException):  # as some libraries do
        be_busy(600)
    be_busy(600)


def test_what_other_threads_take_does_not_count() -> None:
    beside = threading.Thread(target=be_busy, args=(10 * SHORT,))
    with within(5 * SHORT):
        beside.start()
        beside.join()


def test_afterwards_nothing_is_left_of_it() -> None:
    before = signal.getsignal(signal.SIGPROF)
    with within(600):
        assert signal.getitimer(signal.ITIMER_PROF)[0] > 0
    with pytest.raises(KeyError), within(600):
        raise KeyError

    assert signal.getsignal(signal.SIGPROF) is before
    assert [signal.getitimer(one)[0] for one in (signal.ITIMER_PROF, signal.ITIMER_VIRTUAL)] == [0, 0]


def test_beside_the_main_thread_there_is_no_limit() -> None:
    ended: list[bool] = []

    def work() -> None:
        with within(SHORT):
            be_busy(5 * SHORT)
        ended.append(True)

    beside = threading.Thread(target=work)
    beside.start()
    beside.join()

    assert ended == [True]


def hang(_: int) -> int:
    timelimit.AGAIN = SHORT
    with within(SHORT, expendable=True):
        return sum(range(sys.maxsize))  # nothing is heard in there


def test_deep_in_c_it_ends_the_process_where_that_may_be() -> None:
    pool = Pool(1, fork=False)
    pool.start()
    try:
        (member,) = [member.process for member in pool._members]  # noqa: SLF001 - nobody else knows it
        assert list(pool.map(hang, [1], instead=lambda number: -number)) == [-1]
    finally:
        pool.close()

    assert member.exitcode == -signal.SIGVTALRM
