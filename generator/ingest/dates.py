"""Times as pages word them, read against the moment the page was captured.

`parse_when` reads what a header says: relative wording is `DateFrom.RELATIVE`, anything absolute `DateFrom.PAGE`.
`parse_dateline` reads what the text says: `DateFrom.TEXT`.
"""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo
from itertools import product
from zoneinfo import ZoneInfo

from generator.model import DateFrom

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_OFFSETS = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "bst": 1, "west": 1, "cet": 1, "cest": 2, "sast": 2, "eet": 2,
    "eest": 3, "msk": 3, "gst": 4, "pkt": 5, "sgt": 8, "hkt": 8, "awst": 8, "jst": 9, "kst": 9, "acst": 9.5,
    "aest": 10, "acdt": 10.5, "aedt": 11, "nzst": 12, "nzdt": 13, "nst": -3.5, "ndt": -2.5, "ast": -4, "adt": -3,
    "edt": -4, "est": -5, "cdt": -5, "cst": -6, "mdt": -6, "mst": -7, "pdt": -7, "pst": -8, "akdt": -8, "akst": -9,
    "hst": -10,
}  # fmt: skip
_PLACES = {
    "et": "America/New_York",
    "ct": "America/Chicago",
    "mt": "America/Denver",
    "pt": "America/Los_Angeles",
}

_LONGEST = 80  # characters; no wording of a time is longer
_EARLIEST = 1600  # years before it are slips, not news
_CLOCK = (
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d{1,9})?)?)?"
    r"(?:\s?(?P<half>[ap])\.?m\b\.?)?(?:\s?(?P<zone>z|(?:utc|gmt)?\s?[+-]\d{1,2}(?::?\d{2})?|[a-z]{2,5})\b)?"
    r"(?:\s?\([a-z ]{2,40}\))?"
)
_MONTH = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s)?"
_DATES = (
    r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})",
    r"(?P<day>\d{1,2})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4})",
    rf"{_DAY}(?:\sof)?[\s-]{_MONTH},?[\s-](?P<year>\d{{4}})",
    rf"{_MONTH}\s{_DAY},?\s(?P<year>\d{{4}})",
)
_ABSOLUTE = tuple(
    re.compile(shape, re.IGNORECASE)
    for date in _DATES
    for shape in (
        rf"{_WEEKDAY}{date}(?:(?:,?\s(?:at\s)?|t|,|\s?[-–—|·•]\s?){_CLOCK})?",
        rf"{_CLOCK}(?:,?\s(?:on\s)?|\s?[-–—|·•]\s?){_WEEKDAY}{date}",
    )
)
_RELATIVE = re.compile(
    r"(?:about |around |almost |over |less than )?(?P<count>an?|one|a few|\d{1,4})\s?"
    r"(?P<unit>s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?|mo|mos|months?|y|yrs?|years?)"
    r"\.? ago",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"(?:(?P<now>just now|now|moments ago|seconds ago)|(?P<name>today|yesterday)(?:,?\s(?:at\s)?{_CLOCK})?)",
    re.IGNORECASE,
)
_SPANS = {
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}
_WORDS = {"a": 1, "an": 1, "one": 1, "a few": 3}

_DATELINE_END = re.compile(r"\s(?:--?|–|—)\s|:\s|\s?[–—]\s?|\s--?(?=\w)")
_DATELINE_DATES = tuple(
    re.compile(rf"(?:^|[\s(]){date}\)?\Z", re.IGNORECASE)
    for date in (*_DATES, rf"{_MONTH}\s{_DAY}", rf"{_DAY}\s{_MONTH}")
)
_AGENCY = re.compile(r"\s?(?:\([^()]{2,30}\)|/[^/]{2,30}/)\Z")
_MOST_PLACE_WORDS = 8
_DATELINE_REACH = 120  # characters in which a dateline ends

_NAME_DATE = re.compile(
    r"(?<![0-9A-Za-z])(?P<year>\d{4})(?P<mark>[-_.]?)(?P<month>\d{2})(?P=mark)(?P<day>\d{2})"
    r"(?:[T_. -]?(?P<hour>\d{2})[-:_.h]?(?P<minute>\d{2})(?:[-:_.]?(?P<second>\d{2}))?(?P<zone>Z)?)?(?![0-9A-Za-z])"
)
_PLAUSIBLE = range(1995, 2100)  # years in which a page of the web may have been captured


def reads_as_when(text: str) -> bool:
    """Whether `text` as a whole is worded as a time that `parse_when` knows, possible or not."""
    plain = _plain(text)
    return bool(_RELATIVE.fullmatch(plain) or _NAMED.fullmatch(plain)) or _absolute(plain) is not None


def parse_when(text: str, captured: datetime) -> tuple[datetime, DateFrom] | None:
    """Read a time as a page's header words it: `9 minutes ago`, `23-04-2025`, `Mon 2 Jun 2025 10.15 BST`.

    Args:
        text: the wording and nothing else. Numbers with `-`, `.` or `/` are day, month, year unless the year is
            first; `06/13/2025` can only be month first and is read so.
        captured: when the page was read, zone-aware. Relative wording counts back from it, what names no zone
            (or one not known here) is in its zone, a day without a time is that day's midnight, a future moment
            becomes it.

    Returns:
        The moment, zone-aware, with RELATIVE or PAGE; None where `text` is no time.

    Raises:
        ValueError: a date or a time that does not exist, in a sentence for people.
    """
    plain = _plain(text)
    if match := _RELATIVE.fullmatch(plain):
        return _ago(match, captured), DateFrom.RELATIVE
    if match := _NAMED.fullmatch(plain):
        return min(_named(match, captured), captured), DateFrom.RELATIVE
    match = _absolute(plain)
    return None if match is None else (min(_moment(match, captured), captured), DateFrom.PAGE)


def parse_dateline(paragraphs: Sequence[str], captured: datetime) -> tuple[datetime, DateFrom] | None:
    """Find the date a story's own text gives, alone in a paragraph or in a dateline.

    The first three paragraphs are looked at, and the last. A dateline opens with a place: `PORT ELLERY, 5 June
    2025 -`, `ELLERY, Ostmark, July 4 (Agency) -`; without a year it is the latest such day up to the day after
    `captured`. Dates in prose do not count.

    Returns:
        The moment and TEXT, or None.

    Raises:
        ValueError: the date does not exist, in a sentence for people.
    """
    for paragraph in (*paragraphs[:3], *paragraphs[3:][-1:]):
        plain = _plain(paragraph)
        match = _absolute(plain) or _dateline(paragraph[:_DATELINE_REACH])
        if match:
            moment = _moment(match, captured) if "year" in match.groupdict() else _latest(match, captured)
            return min(moment, captured), DateFrom.TEXT
    return None


def capture_from_name(name: str, zone: tzinfo) -> datetime | None:
    """Read the capture time in a file's name: `2025-06-03-0815-harbour.txt`, `20250603T081500Z.txt`.

    A time without `Z` is in `zone`. A day without a time is its noon, so that `9 minutes ago` stays on that day and
    few of the day's own times are in the future. Digits inside a longer run of letters and digits are a hash, not a
    date: None, as for impossible dates and years the web has not seen.
    """
    for match in _NAME_DATE.finditer(name.replace("\\", "/").rpartition("/")[2]):
        year, month, day = (int(match[part]) for part in ("year", "month", "day"))
        if year not in _PLAUSIBLE or not _exists(year, month, day):
            continue
        hour, minute, second = (int(match[part] or 0) for part in ("hour", "minute", "second"))
        if match["hour"] and (hour, minute, second) == (hour % 24, minute % 60, second % 60):
            return datetime(year, month, day, hour, minute, second, tzinfo=UTC if match["zone"] else zone)
        return datetime(year, month, day, 12, tzinfo=zone)
    return None


def _plain(text: str) -> str:
    return " ".join(text.split()).rstrip(".") if len(text) <= _LONGEST else ""


def _absolute(plain: str) -> re.Match[str] | None:
    for shape in _ABSOLUTE:
        match = shape.fullmatch(plain)
        if match and (match["hour"] is None or match["minute"] or match["half"]):
            return match
    return None


def _ago(match: re.Match[str], captured: datetime) -> datetime:
    word, unit = match["count"].lower(), match["unit"].lower()
    count = _WORDS[word] if word in _WORDS else int(word)
    if unit.startswith(("mo", "y")):
        months = count * (12 if unit.startswith("y") else 1)
        if captured.year - months // 12 <= _EARLIEST:
            raise ValueError(f"{match[0]} is no time of news")
        return _months_before(captured, months)
    return (captured.astimezone(UTC) - count * _SPANS[unit[0]]).astimezone(captured.tzinfo)


def _months_before(captured: datetime, months: int) -> datetime:
    year, month = divmod(captured.year * 12 + captured.month - 1 - months, 12)
    return captured.replace(year=year, month=month + 1, day=min(captured.day, monthrange(year, month + 1)[1]))


def _named(match: re.Match[str], captured: datetime) -> datetime:
    if match["now"]:
        return captured
    before = (captured.astimezone(UTC) - _SPANS["d"]).astimezone(captured.tzinfo)
    day = before if match["name"].lower() == "yesterday" else captured
    return day if match["hour"] is None else datetime.combine(day.date(), _clock(match, captured))


def _moment(match: re.Match[str], captured: datetime, year: int = 0) -> datetime:
    parts = match.groupdict()
    year = year or int(parts["year"])
    month = _MONTHS.index(parts["name"][:3].lower()) + 1 if parts.get("name") else int(parts["month"])
    day = int(parts["day"])
    if parts.get("mark") == "/" and month > len(_MONTHS) >= day:
        month, day = day, month
    if year < _EARLIEST or not _exists(year, month, day):
        raise ValueError(f"{match[0].strip(' ()')} is no date in the calendar")
    clock = _clock(match, captured) if parts.get("hour") else time(tzinfo=captured.tzinfo)
    return datetime(year, month, day, clock.hour, clock.minute, clock.second, tzinfo=clock.tzinfo)


def _clock(match: re.Match[str], captured: datetime) -> time:
    hour = int(match["hour"])
    if match["half"]:
        hour = hour % 12 + (12 if match["half"].lower() == "p" else 0) if 1 <= hour <= len(_MONTHS) else 99
    try:
        return time(
            hour, int(match["minute"] or 0), int(match["second"] or 0), tzinfo=_zone(match["zone"], captured)
        )
    except ValueError:
        raise ValueError(f"{match[0]} is no time of day") from None


def _zone(name: str | None, captured: datetime) -> tzinfo | None:
    plain = (name or "").lower().replace(" ", "")
    if plain in _PLACES:
        return ZoneInfo(_PLACES[plain])
    if plain in _OFFSETS:
        return timezone(timedelta(hours=_OFFSETS[plain])) if _OFFSETS[plain] else UTC
    sign, digits = plain.removeprefix("utc").removeprefix("gmt")[:1], re.sub(r"\D", "", plain)
    if sign not in ("+", "-"):
        return captured.tzinfo
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")  # noqa: PLR2004 - hhmm or hh
    return timezone((1 if sign == "+" else -1) * timedelta(hours=int(hours), minutes=int(minutes)))


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= len(_MONTHS) and 1 <= day <= monthrange(year, month)[1]


def _dateline(head: str) -> re.Match[str] | None:
    for end in _DATELINE_END.finditer(head):
        whole = head[: end.start()].strip()
        bare = _AGENCY.sub("", whole)
        for opening, date in product((whole, bare), _DATELINE_DATES):
            match = date.search(opening)
            place = opening[: match.start()].rstrip(" ,(") if match else ""
            if match and (_is_place(place) if place else bare != whole):
                return match
    return None


def _is_place(text: str) -> bool:
    words = text.split()
    named = sum(word[:1].isupper() for word in words)
    return 1 <= len(words) <= _MOST_PLACE_WORDS and words[0][:1].isupper() and 3 * named >= 2 * len(words)


def _latest(match: re.Match[str], captured: datetime) -> datetime:
    for moment in _in_years(match, captured):
        if moment <= captured + _SPANS["d"]:
            return moment
    raise ValueError(f"{match[0].strip(' ()')} is no date in the calendar")


def _in_years(match: re.Match[str], captured: datetime) -> Iterator[datetime]:
    for year in range(captured.year + 1, captured.year - 9, -1):
        day, month = int(match["day"]), _MONTHS.index(match["name"][:3].lower()) + 1
        if _exists(year, month, day):
            yield _moment(match, captured, year)
