"""Times as pages word them, read against the moment the page was captured.

`parse_when` reads what a header says: relative wording is `DateFrom.RELATIVE`, anything absolute `DateFrom.PAGE`.
`parse_address` reads what an address says, `capture_from_name` what a file's name says; what a story's text says is
read in `datelines`.

The library dateparser was tried on 180 wordings and names in the six languages: it takes four names in ten for
times ("Today", "May", "24 Heures"), one in seven even with its strict parsing, misses Arabic number forms and
Levantine months, and needs a millisecond for a line; hence words and shapes of our own.
"""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from generator.ingest.dating.date_shapes import Ago, Day, Named, read_wording
from generator.ingest.dating.date_words import month_number
from generator.ingest.dating.moments import exists, moment_of
from generator.model import DateFrom

_LONGEST = 80  # characters; no wording of a time is longer
_PLAUSIBLE = range(1995, 2100)  # years in which a page of the web may have been published or captured

_NAME_DATE = re.compile(
    r"(?<![0-9A-Za-z])(?P<year>\d{4})(?P<mark>[-_.]?)(?P<month>\d{2})(?P=mark)(?P<day>\d{2})"
    r"(?:[T_. -]?(?P<hour>\d{2})[-:_.h]?(?P<minute>\d{2})(?:[-:_.]?(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r"(?P<zone>Z|\+(?P<hours>[01]\d)[-:_.]?(?P<minutes>[0-5]\d))?)?(?![0-9A-Za-z])"
)
_ADDRESS_DATES = tuple(
    re.compile(shape)
    for shape in (
        r"/(?P<year>\d{4})/(?P<month>\d{1,2}|[^\W\d_]{3,9})/(?P<day>\d{1,2})(?=/|\Z|\.[a-z])",
        r"/(?P<year>\d{4})/(?P<month>\d{2})(?P<day>\d{2})(?=/|\Z)",
        r"/(?P<year>\d{4})-(?P<month>\d{2})/(?P<day>\d{2})(?=/|\Z)",
        r"(?<![0-9A-Za-z])(?P<year>\d{4})(?P<mark>[-_.])(?P<month>\d{2})(?P=mark)(?P<day>\d{2})(?![0-9A-Za-z])",
        r"(?<![0-9A-Za-z])(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?![0-9A-Za-z])",
    )
)
"""Best first: a day in folders, days with signs between their parts, eight digits."""

_LONGEST_ADDRESS = 2000


def reads_as_when(text: str) -> bool:
    """Whether `text` as a whole is worded as a time that `parse_when` knows, possible or not.

    What `parse_when` takes only because it is told that a text is a time is none here: `Now`, and the names of days
    that are words or newspapers, too (`Today`, `Hoy`, `Hier`).
    """
    wording = read_wording(_plain(text))
    return wording is not None and not (isinstance(wording, Ago | Named) and not wording.sure)


def parse_when(text: str, captured: datetime) -> tuple[datetime, DateFrom] | None:
    """Read a time as a page's header words it: `9 minutes ago`, `23-04-2025`, `Mon 2 Jun 2025 10.15 BST`.

    English, German, French, Spanish, Arabic and Japanese are read, with the digits of any script.

    Args:
        text: the wording and nothing else. Numbers with `-`, `.` or `/` are day, month, year unless the year is
            first; `06/13/2025` can only be month first and is read so. A day without a year needs a time of day.
        captured: when the page was read, zone-aware. Relative wording counts back from it, what names no zone
            (or one not known here) is in its zone, a day without a time is that day's midnight, a future moment
            becomes it.

    Returns:
        The moment, zone-aware, with RELATIVE or PAGE; None where `text` is no time.

    Raises:
        ValueError: a date or a time that does not exist, in a sentence for people.
    """
    plain = _plain(text)
    wording = read_wording(plain)
    if wording is None:
        return None
    moment = min(moment_of(wording, captured, plain), captured)
    return moment, DateFrom.PAGE if isinstance(wording, Day) else DateFrom.RELATIVE


def parse_address(address: str, zone: tzinfo) -> datetime | None:
    """Read the day in an article's address: `/2025/06/02/slug`, `/2025-06-02/`, `/2025/jun/02/`, `-20250602-`.

    Its host, query and fragment do not count, nor do digits inside a longer run of letters and digits, impossible
    dates and years the web has not seen. A year and a month without a day are no date.

    Returns:
        That day's midnight in `zone`, or None. It may lie in the future.
    """
    path = re.split(r"[?#]", address[:_LONGEST_ADDRESS], maxsplit=1)[0].partition("://")
    folders = f"/{path[2].partition('/')[2]}" if path[1] else f"/{path[0].lstrip('/')}"
    for shape in _ADDRESS_DATES:
        for match in shape.finditer(folders):
            year, day = int(match["year"]), int(match["day"])
            month = int(match["month"]) if match["month"].isdigit() else month_number(match["month"])
            if year in _PLAUSIBLE and exists(year, month, day):
                return datetime(year, month, day, tzinfo=zone)
    return None


def capture_from_name(name: str, zone: tzinfo) -> datetime | None:
    """Read the capture time in a file's name: `2025-06-03-0815-harbour.txt`, `20250603T081500Z.txt`.

    A time without `Z` or an offset (`+0200`) is in `zone`. A day without a time is its noon, so that `9 minutes
    ago` stays on that day and few of the day's own times are in the future. Digits inside a longer run of letters
    and digits are a hash, not a date: None, as for impossible dates and years the web has not seen.
    """
    for match in _NAME_DATE.finditer(name.replace("\\", "/").rpartition("/")[2]):
        year, month, day = (int(match[part]) for part in ("year", "month", "day"))
        if year not in _PLAUSIBLE or not exists(year, month, day):
            continue
        hour, minute, second = (int(match[part] or 0) for part in ("hour", "minute", "second"))
        if match["hour"] and (hour, minute, second) == (hour % 24, minute % 60, second % 60):
            return datetime(year, month, day, hour, minute, second, tzinfo=_zone(match) or zone)
        return datetime(year, month, day, 12, tzinfo=zone)
    return None


def _plain(text: str) -> str:
    return " ".join(text.split()).strip("| ").rstrip(".") if len(text) <= _LONGEST else ""


def _zone(match: re.Match[str]) -> tzinfo | None:
    if not match["zone"]:
        return None
    ahead = timedelta(hours=int(match["hours"] or 0), minutes=int(match["minutes"] or 0))
    return timezone(ahead) if ahead else UTC
