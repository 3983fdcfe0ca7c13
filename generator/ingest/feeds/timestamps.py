"""Times as machines write them: ISO 8601, RFC 2822, Unix time; all to ISO 8601, with the zone they name."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_NUMBER = re.compile(r"-?\d{1,17}(?:\.\d{1,9})?")
_COMPACT = re.compile(r"(?P<date>(?:19|20)\d{6})(?P<time>\d{6})?")
_FRACTION = re.compile(r"(?<=:\d\d)[.,]\d{1,9}")
_TO_ZONE = re.compile(r"(?<=\d) (?=[+-]\d\d:?\d\d\Z|Z\Z)")
_UTC = re.compile(r"(?<=\d) ?(?:UTC|GMT)\Z")
_MAIL = re.compile(r"(?:[A-Za-z]{3,9},? )?\d{1,2}[ -][A-Za-z]{3,9}[ -]\d{2,4} \d{1,2}:\d{2}")
_LONGEST = 80  # characters of a time
_SECONDS = (1e8, 1e11)  # 1973 to 5138: smaller numbers are no times of news, larger ones count in thousandths


def iso_moment(value: object) -> str:
    """Give a time as ISO 8601.

    Args:
        value: a number of seconds, milliseconds, microseconds or nanoseconds since 1970, or text: such a number,
            ISO 8601 in any of its forms, RFC 2822 with a zone that is a number or known there.

    Returns:
        ISO 8601 with the zone the value names (Unix time: UTC), without one where it names none; text that is
        none of these as it is, its white space collapsed; "" for anything else, or too long for a time.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return ""
    if not isinstance(value, str):
        return _from_number(float(value)) if abs(value) < 1e20 else ""  # noqa: PLR2004 - beyond any clock
    text = " ".join(value.split())
    if len(text) > _LONGEST:
        return ""
    if match := _COMPACT.fullmatch(text):
        text = match["date"] + ("T" + match["time"] if match["time"] else "")
    elif _NUMBER.fullmatch(text):
        return _from_number(float(text)) or text
    return _from_iso(text) or _from_mail(text) or text


def _from_number(number: float) -> str:
    least, most = _SECONDS
    while number >= most:
        number /= 1000
    if number < least:
        return ""
    return datetime.fromtimestamp(int(number), UTC).isoformat()


def _from_iso(text: str) -> str:
    plain = _UTC.sub("Z", _TO_ZONE.sub("", _FRACTION.sub("", text)))
    try:
        moment = datetime.fromisoformat(plain)
    except ValueError:
        return ""
    has_time = len(plain) > len("2025-06-02")
    return moment.isoformat() if has_time else moment.date().isoformat()


def _from_mail(text: str) -> str:
    """Read RFC 2822; a zone it does not know (`CEST`) leaves the text as it is."""
    if not _MAIL.match(text):
        return ""
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return ""
    return moment.isoformat() if moment.tzinfo else ""
