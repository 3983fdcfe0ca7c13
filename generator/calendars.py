"""A month as a calendar shows it: weeks of seven days, beginning with the day that a language begins them with."""

from calendar import Calendar
from functools import lru_cache


@lru_cache(maxsize=1024)
def weeks(month: str, first: int) -> tuple[tuple[str, ...], ...]:
    """Give the weeks of a month.

    Args:
        month: `2025-06`, of the proleptic Gregorian calendar (ISO 8601).
        first: the day that weeks begin with, 0 for Monday to 6 for Sunday.

    Returns: of each week its seven days, such as `2025-06-02`, "" for those of other months.
    """
    year, number = map(int, month.split("-"))
    return tuple(
        tuple(f"{month}-{day:02}" if day else "" for day in week)
        for week in Calendar(first).monthdayscalendar(year, number)
    )
