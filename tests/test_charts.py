"""The geometry of bar charts: numbers in, path data out."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import charts


@pytest.mark.parametrize(
    ("counts", "top", "expected"),
    [
        ((), 10, ""),
        ((0, 0), 10, ""),
        ((0,), 0, ""),
        ((10,), 10, "M1 100v-100h8v100z"),
        ((5, 0, 1), 10, "M1 100v-50h8v50zM21 100v-10h8v10z"),
        ((1,), 3, "M1 100v-33.3h8v33.3z"),
        ((1,), 1_000_000, "M1 100v-2h8v2z"),
        ((20,), 10, "M1 100v-100h8v100z"),
        ((10**400,), 2 * 10**400, "M1 100v-50h8v50z"),
    ],
)
def test_numbers_become_bars(counts: tuple[int, ...], top: int, expected: str) -> None:
    assert charts.bars(counts, top) == expected


@pytest.mark.parametrize(
    ("peak", "expected"),
    [
        (0, (0, 1)),
        (1, (0, 1)),
        (2, (0, 1, 2)),
        (3, (0, 1, 2, 3)),
        (5, (0, 2, 4, 6)),
        (7, (0, 5, 10)),
        (16, (0, 10, 20)),
        (60, (0, 20, 40, 60)),
        (1_234_567, (0, 500_000, 1_000_000, 1_500_000)),
    ],
)
def test_a_scale_ends_at_a_round_number_above_its_peak(peak: int, expected: tuple[int, ...]) -> None:
    assert charts.scale(peak) == expected


@given(st.integers(0, 10**40))
def test_a_scale_has_few_even_marks_and_room_for_its_peak(peak: int) -> None:
    marks = charts.scale(peak)

    assert marks[0] == 0
    assert marks[-1] >= peak
    assert 2 <= len(marks) <= 4
    assert len({after - before for before, after in pairwise(marks)}) == 1


@given(st.lists(st.integers(0, 10**9), max_size=60), st.integers(1, 10**9))
def test_every_number_but_none_has_one_bar_within_the_chart(counts: list[int], top: int) -> None:
    drawn = re.findall(r"M(\d+) 100v-([\d.]+)h8v\2z", charts.bars(counts, top))

    assert [int(place) // charts.STEP for place, _ in drawn] == [
        place for place, count in enumerate(counts) if count
    ]
    assert all(charts.LOWEST <= float(height) <= charts.HEIGHT for _, height in drawn)


def test_lines_stand_at_the_marks() -> None:
    assert charts.rules((0, 1)) == "M0 0h1"
    assert charts.rules((0, 10, 20, 30)) == "M0 66.7h1M0 33.4h1M0 0h1"
