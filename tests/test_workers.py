"""The crew: jobs done here or by others, in order, with something to do meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from generator.workers import Crew


@pytest.mark.parametrize("count", [0, 1, 3, 50])
def test_results_come_in_the_order_of_their_jobs(count: int) -> None:
    with ThreadPoolExecutor(2) as pool:
        assert list(Crew(2, pool).map(str, range(count))) == [str(number) for number in range(count)]
    assert list(Crew(1).map(str, range(count))) == [str(number) for number in range(count)]


def test_what_is_done_meanwhile_is_done_once_and_while_others_work() -> None:
    begun = Event()
    done: list[str] = []

    def work(number: int) -> int:
        assert begun.wait(60)  # no job ends before what is done meanwhile has begun
        return number

    def meanwhile() -> None:
        begun.set()
        done.append("meanwhile")

    with ThreadPoolExecutor(2) as pool:
        assert list(Crew(2, pool).map(work, range(30), meanwhile)) == list(range(30))
    assert done == ["meanwhile"]


def test_who_works_alone_does_nothing_meanwhile() -> None:
    assert list(Crew(1).map(str, range(3), pytest.fail)) == ["0", "1", "2"]


def test_what_fails_meanwhile_is_told() -> None:
    def fail() -> None:
        raise ValueError("a template is broken")

    with ThreadPoolExecutor(2) as pool, pytest.raises(ValueError, match="broken"):
        list(Crew(2, pool).map(str, range(3), fail))
