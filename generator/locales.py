"""What a site's language calls things, and how it writes dates, times, numbers and lists.

Words are those of its translations; all else is as CLDR has it, the Unicode Common Locale Data Repository, which
Babel brings. Nothing here sees the locale of whoever builds.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from functools import cache, lru_cache
from typing import Literal, NamedTuple

import babel
from babel.core import get_global
from babel.dates import format_date, format_skeleton, format_time, get_day_names
from babel.lists import format_list
from babel.numbers import format_decimal

from generator import fingerprint, records
from generator.model import Language
from generator.translations import Translations, read_translations

RIGHT_TO_LEFT = frozenset(
    ("adlm", "arab", "aran", "armi", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa", "yezi")
)
"""Scripts that are written from right to left (ISO 15924)."""

MOST = 16_384
"""Days, months and numbers kept written out: listings show thousands, and Babel takes its time for each."""

_SCRIPT = 4
"""Letters of a subtag that names a script (BCP 47)."""


class Weekday(NamedTuple):
    """What a day of the week is called, in full and as short as a calendar has it."""

    name: str
    short: str


class Locale:
    """One language as a site speaks it.

    Args:
        language: its tag, and what translates into it. Where CLDR does not know it, dates are English.

    Attributes:
        tag: the language's tag (BCP 47).
        stamp: a digest of the language and of what translates into it.
        direction: how it is written.
        words: what it calls things.
        week_begins: the day its weeks begin with, 0 for Monday to 6 for Sunday.
    """

    def __init__(self, language: Language) -> None:
        self.tag = language.tag
        self.stamp = fingerprint.digest(records.encode(language))
        self.direction = direction(language.tag)
        self._known = _find(language.tag) or babel.Locale("en")
        self.week_begins = self._known.first_week_day
        self.words: Translations = read_translations(language.files, self._known)
        self._long_date = lru_cache(MOST)(self._write_long_date)
        self._short_date = lru_cache(MOST)(self._write_short_date)
        self._dated = lru_cache(MOST)(self._write_dated)
        self._clock = cache(self._write_clock)
        self.month_name = lru_cache(MOST)(self._write_month)
        self.number = lru_cache(MOST)(self._write_number)
        self.language_name = cache(self._name_language)

    def long_date(self, value: datetime | date | str) -> str:
        """Write a day out: `Monday, 2 June 2025`. Takes a date or its ISO text."""
        return self._long_date(value if type(value) is str else _day(value))

    def short_date(self, value: datetime | date | str) -> str:
        """Write a day without its year: `2 June`. Takes a date or its ISO text."""
        return self._short_date(value if type(value) is str else _day(value))

    def dated(self, value: datetime | date | str) -> str:
        """Write a day with its year: `2 June 2025`. Takes a date or its ISO text."""
        return self._dated(value if type(value) is str else _day(value))

    def clock(self, value: datetime) -> str:
        """Write a time of day: `14:10`, `2:10 PM`."""
        return self._clock(value.hour, value.minute)

    def weekdays(self) -> list[Weekday]:
        """Name the days of a week, beginning with the one that weeks begin with."""
        wide, short = (get_day_names(width, "stand-alone", self._known) for width in ("wide", "short"))
        return [
            Weekday(wide[day % 7], short[day % 7]) for day in range(self.week_begins, self.week_begins + 7)
        ]

    def listed(self, names: Sequence[str]) -> str:
        """Write names one after the other: `Ann Holt, Jette Marr and Ola Brenn`."""
        return format_list(names, locale=self._known)

    def languages(self) -> dict[str, str]:
        """Name every language that CLDR names, by its code, to begin a line with."""
        known: dict[str, str] = dict(self._known.languages)
        return {code: f"{name[:1].upper()}{name[1:]}" for code, name in known.items() if code.isalpha()}

    def _write_long_date(self, value: date | str) -> str:
        return format_date(_day(value), "full", self._known)

    def _write_short_date(self, value: date | str) -> str:
        return format_skeleton("MMMMd", _day(value), locale=self._known)

    def _write_dated(self, value: date | str) -> str:
        return format_skeleton("yMMMMd", _day(value), locale=self._known)

    def _write_month(self, name: str) -> str:
        """Write `2025-06` as `June 2025`, and `2025` as a year."""
        year, _, month = name.partition("-")
        day = date(int(year), int(month or 1), 1)
        return format_skeleton("yMMMM" if month else "y", day, locale=self._known)

    def _write_clock(self, hour: int, minute: int) -> str:
        written = format_time(time(hour, minute), "short", locale=self._known)
        return written.replace(" ", "\u00a0")  # no line ends between a time and its half of the day

    def _write_number(self, number: int) -> str:
        """Write a number: `12,345`."""
        return format_decimal(number, locale=self._known)

    def _name_language(self, tag: str) -> str:
        """Name another language: `German`; one that CLDR does not know goes by its tag."""
        found = _find(tag)
        return (found.get_display_name(self._known) if found else None) or tag


@lru_cache(maxsize=8)
def speak(language: Language) -> Locale:
    """Give the locale of a language; those of the last few are kept.

    Raises:
        DatelineError: as `read_translations`.
    """
    return Locale(language)


@cache
def direction(tag: str) -> Literal["ltr", "rtl"]:
    """Tell in which direction a language is written, by its tag (BCP 47); a script it names (`ku-Arab`) decides."""
    primary, *others = tag.casefold().replace("_", "-").split("-")
    script = next((part for part in others if len(part) == _SCRIPT and part.isalpha()), "")
    found = None if script else _find(tag)
    if found:
        return "rtl" if found.character_order == "right-to-left" else "ltr"
    likely = str(get_global("likely_subtags").get(primary, "")).casefold().split("_")
    return "rtl" if RIGHT_TO_LEFT.intersection([script] if script else likely) else "ltr"


def _find(tag: str) -> babel.Locale | None:
    """Find what CLDR knows of a language or, where it does not know all subtags, of the one without the last."""
    parts = tag.replace("_", "-").split("-")
    for end in range(len(parts), 0, -1):
        try:
            return babel.Locale.parse("_".join(parts[:end]))
        except (babel.UnknownLocaleError, ValueError):
            continue
    return None


def _day(value: datetime | date | str) -> date:
    if isinstance(value, str):
        return date.fromisoformat(value)
    return value.date() if isinstance(value, datetime) else value
