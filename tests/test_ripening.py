"""When a change is looked at: what time it is, is told by the test."""

import pytest

from generator.ripening import Pace, Ripening

PACE = Pace(quick=0.01, calm=1.0, quiet=0.03, longest=0.5, still=0.3, open=2.0)


def closed(_path: str) -> bool:
    """Nobody writes anything."""
    return False


class Looks(dict[str, object]):
    """How paths look, as the test has it."""

    def __call__(self, path: str) -> object:
        return self.get(path)


def test_what_is_whole_waits_until_it_is_quiet() -> None:
    ripening = Ripening(PACE, Looks(), closed)
    ripening.add_whole("a", 10.0)
    ripening.add_whole("b", 10.02)

    assert ripening.next() == pytest.approx(10.05)
    assert ripening.take(10.04) == ()
    assert ripening.take(10.05) == ("a", "b")
    assert not ripening
    assert ripening.next() is None


def test_one_change_after_a_while_is_given_out_soon() -> None:
    ripening = Ripening(PACE, Looks(), closed)
    ripening.add_whole("a", 10.0)
    assert ripening.take(10.01) == ("a",)
    ripening.add_whole("a", 10.5)
    assert ripening.take(10.51) == ()
    assert ripening.take(10.53) == ("a",)
    ripening.add_whole("a", 11.5)
    assert ripening.take(11.51) == ("a",)


def test_what_is_gone_may_be_about_to_come_back() -> None:
    ripening = Ripening(PACE, Looks(), closed)
    ripening.add_whole("a", 10.0, gone=True)

    assert ripening.take(10.02) == ()
    assert ripening.take(10.03) == ("a",)


def test_a_burst_without_end_is_given_out_in_portions() -> None:
    ripening, given = Ripening(PACE, Looks(), closed), list[int]()
    for number in range(200):  # a change every hundredth of a second, for two seconds
        ripening.add_whole(f"{number:03}", number / 100)
        ripe = ripening.take(number / 100)
        given += [len(ripe)] if ripe else []

    assert given == [51, 51, 51]
    assert ripening.take(3.0) == tuple(f"{number:03}" for number in range(153, 200))


def test_what_was_begun_waits_until_it_is_still() -> None:
    looks = Looks(a=1)
    ripening = Ripening(PACE, looks, closed)
    ripening.add_begun("a", 10.0)
    looks["a"] = 2

    assert ripening.take(10.3) == ()  # it was written to, and nobody said so
    assert ripening.take(10.59) == ()
    assert ripening.take(10.6) == ("a",)


def test_who_writes_is_waited_for_longer_until_the_file_is_closed() -> None:
    ripening = Ripening(PACE, Looks(), lambda _: True)
    ripening.add_begun("a", 10.0)

    assert [ripening.take(when) for when in (10.3, 10.6, 11.9)] == [(), (), ()]
    ripening.add_whole("a", 11.95)
    assert ripening.take(11.98) == ("a",)


def test_who_never_closes_a_file_is_not_waited_for_for_ever() -> None:
    looks = Looks(a=1)
    ripening = Ripening(PACE, looks, lambda _: True)
    ripening.add_begun("a", 10.0)
    looks["a"] = 2

    assert [ripening.take(10.3 + number * 0.3) for number in range(8)] == [()] * 7 + [("a",)]


def test_what_is_whole_does_not_wait_for_what_was_begun() -> None:
    ripening = Ripening(PACE, Looks(), closed)
    ripening.add_begun("a", 10.0)
    ripening.add_whole("b", 10.0)

    assert ripening.take(10.03) == ("b",)
    assert ripening.next() == 10.3


def test_what_is_told_late_of_what_is_whole_does_not_count() -> None:
    ripening = Ripening(PACE, Looks(a=1), closed)
    ripening.add_whole("a", 10.0)
    ripening.add_begun("a", 10.0)

    assert ripening.take(10.01) == ("a",)


def test_what_is_whole_and_written_again_waits_again() -> None:
    looks = Looks(a=1)
    ripening = Ripening(PACE, looks, closed)
    ripening.add_whole("a", 10.0)
    looks["a"] = 2
    ripening.add_begun("a", 10.01)

    assert ripening.take(10.3) == ()
    ripening.add_whole("a", 11.0)
    assert ripening.take(11.03) == ("a",)


def test_what_is_gone_looks_like_nothing_and_is_given_out() -> None:
    looks = Looks(a=1)
    ripening = Ripening(PACE, looks, closed)
    ripening.add_begun("a", 10.0)
    del looks["a"]

    assert ripening.take(10.3) == ()
    assert ripening.take(10.6) == ("a",)


def test_who_only_repeats_what_is_known_holds_nothing_up() -> None:
    ripening = Ripening(PACE, Looks(a=1), closed)
    ripening.add_begun("a", 10.0)
    ripening.add_begun("a", 10.2)

    assert ripening.take(10.3) == ("a",)
