"""A month in weeks, as a calendar shows it."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from generator.calendars import weeks
from generator.views import Count


def test_june_2025_begins_on_a_sunday() -> None:
    monday, sunday = (
        [[day.number for day in week] for week in weeks("2025-06", (), first)] for first in (0, 6)
    )

    assert (monday[0], monday[-1]) == ([0, 0, 0, 0, 0, 0, 1], [30, 0, 0, 0, 0, 0, 0])
    assert (sunday[0], sunday[-1]) == ([1, 2, 3, 4, 5, 6, 7], [29, 30, 0, 0, 0, 0, 0])


def test_days_with_stories_are_known() -> None:
    second = Count("2025-06-02", "2025/06/02/", 3)

    assert [day for week in weeks("2025-06", [second], 0) for day in week if day.found] == [(2, second)]


@given(st.dates(), st.integers(0, 6))
def test_every_day_is_there_once_under_its_weekday(day: date, first: int) -> None:
    found = [
        (square.number, place)
        for week in weeks(day.isoformat()[:7], (), first)
        for place, square in enumerate(week)
        if square.number
    ]

    assert [number for number, _ in found] == list(range(1, len(found) + 1))
    assert all((first + place) % 7 == day.replace(day=number).weekday() for number, place in found)
    assert day.day in dict(found)
