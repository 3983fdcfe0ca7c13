"""A month as a calendar shows it: weeks of seven days, beginning with the day that a language begins them with."""

from calendar import Calendar
from collections.abc import Iterable
from typing import NamedTuple

from generator.views import Count


class Square(NamedTuple):
    """A day in a calendar: its number, 0 for a day of another month, and what is found on it."""

    number: int
    found: Count | None = None


def weeks(month: str, counts: Iterable[Count], first: int) -> list[list[Square]]:
    """Give the weeks of a month, each as the squares of seven days.

    Args:
        month: `2025-06`, of the proleptic Gregorian calendar (ISO 8601).
        counts: those of its days that have stories, by name: `2025-06-02`.
        first: the day that weeks begin with, 0 for Monday to 6 for Sunday.
    """
    year, number = map(int, month.split("-"))
    known = {count.name: count for count in counts}
    return [
        [Square(day, known.get(f"{month}-{day:02}")) for day in week]
        for week in Calendar(first).monthdayscalendar(year, number)
    ]
