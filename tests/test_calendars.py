"""A month in weeks, as a calendar shows it."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from generator.calendars import weeks


def test_june_2025_begins_on_a_sunday() -> None:
    assert weeks("2025-06", 0)[0] == ("", "", "", "", "", "", "2025-06-01")
    assert weeks("2025-06", 6)[0] == tuple(f"2025-06-0{day}" for day in range(1, 8))
    assert weeks("2025-06", 6)[-1] == ("2025-06-29", "2025-06-30", "", "", "", "", "")


@given(st.dates(), st.integers(0, 6))
def test_every_day_is_there_once_under_its_weekday(day: date, first: int) -> None:
    month = day.isoformat()[:7]
    found = [(name, place) for week in weeks(month, first) for place, name in enumerate(week) if name]

    assert [name for name, _ in found] == [f"{month}-{number:02}" for number in range(1, len(found) + 1)]
    assert all((first + place) % 7 == date.fromisoformat(name).weekday() for name, place in found)
    assert day.isoformat() in dict(found)
    assert all(len(week) == 7 for week in weeks(month, first))
