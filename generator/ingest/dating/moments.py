"""Moments from wordings: what a distance, a day's name or a day of the calendar is, seen from a capture."""

import math
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from generator.ingest.dating.date_shapes import Ago, Clock, Day, Named, Wording

MONTHS = 12
_EARLIEST = 1600  # years before it are slips, not news
_DAY = timedelta(days=1)
_SPANS = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": _DAY,
    "week": timedelta(weeks=1),
}
_MONTHS_IN = {"month": 1, "year": MONTHS}
_YEARS_BACK = 9  # in any nine years there is a 29 February


def moment_of(wording: Wording, captured: datetime, text: str) -> datetime:
    """Place a wording in time.

    Args:
        wording: what the text says.
        captured: when the page was read, zone-aware: what distances count back from, and the zone of times that
            name none. A day without a time is that day's midnight; one without a year, or without year and month,
            is the latest such day up to the day after the capture.
        text: the wording as it stands, to name it in errors.

    Raises:
        ValueError: a date or a time that does not exist, in a sentence for people.
    """
    match wording:
        case Ago(spans):
            return _before(captured, spans, text)
        case Named(days, clock):
            day = _back(captured, days * _DAY)
            return datetime.combine(day.date(), _time(clock, captured, text)) if clock else day
        case Day():
            return _latest(wording, captured, text) if wording.year is None else _on(wording, captured, text)


def exists(year: int, month: int, day: int) -> bool:
    """Whether the calendar has a day."""
    return 1 <= month <= MONTHS and 1 <= day <= monthrange(year, month)[1]


def _before(captured: datetime, spans: tuple[tuple[int, str], ...], text: str) -> datetime:
    months = sum(count * _MONTHS_IN.get(unit, 0) for count, unit in spans)
    if captured.year - months // MONTHS <= _EARLIEST:
        raise ValueError(f"{text} is no time of news")
    if months:
        year, month = divmod(captured.year * MONTHS + captured.month - 1 - months, MONTHS)
        day = min(captured.day, monthrange(year, month + 1)[1])
        captured = captured.replace(year=year, month=month + 1, day=day)
    return _back(
        captured, sum((count * _SPANS[unit] for count, unit in spans if unit in _SPANS), timedelta())
    )


def _back(captured: datetime, span: timedelta) -> datetime:
    """Go back by what passes, not by what clocks show: a day is 24 hours also where clocks change."""
    return (captured.astimezone(UTC) - span).astimezone(captured.tzinfo)


def _on(day: Day, captured: datetime, text: str, year: int = 0) -> datetime:
    year, month, number = year or day.year or 0, day.month, day.day
    if day.either and month > MONTHS >= number:
        month, number = number, month
    if year < _EARLIEST or not exists(year, month, number):
        raise ValueError(f"{text} is no date in the calendar")
    clock = _time(day.clock, captured, text) if day.clock else time(tzinfo=captured.tzinfo)
    return datetime.combine(date(year, month, number), clock)


def _latest(day: Day, captured: datetime, text: str) -> datetime:
    first = captured.year * MONTHS + captured.month
    for month in range(first, first - _YEARS_BACK * MONTHS, -1):
        year, number = divmod(month, MONTHS)
        if day.month in {0, number + 1} and exists(year, number + 1, day.day):
            moment = _on(Day(year, number + 1, day.day, day.clock), captured, text)
            if moment <= captured + _DAY:
                return moment
    raise ValueError(f"{text} is no date in the calendar")


def _time(clock: Clock, captured: datetime, text: str) -> time:
    hour = clock.hour
    if clock.half:
        hour = hour % MONTHS + (12 if clock.half == "pm" else 0) if 1 <= hour <= 12 else 99  # noqa: PLR2004 - hours
    try:
        return time(hour, clock.minute, clock.second, tzinfo=_zone(clock, captured))
    except ValueError:
        raise ValueError(f"{text} is no time of day") from None


def _zone(clock: Clock, captured: datetime) -> tzinfo | None:
    if clock.offset:
        sign, hours, minutes = clock.offset
        return timezone(sign * timedelta(hours=hours, minutes=minutes))
    if not clock.zone:
        return captured.tzinfo
    try:
        hours_before = float(clock.zone)
    except ValueError:
        return ZoneInfo(clock.zone)
    return timezone(timedelta(hours=hours_before)) if hours_before and math.isfinite(hours_before) else UTC
