"""The shapes of times: which words, numbers and signs in a row are one, whatever the language.

Each token of a text becomes one character, which stands for all it may mean; a shape is a regular expression over
these characters. Shapes hold no unbounded repeat, and a text of more than 40 tokens has none of them.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from generator.ingest.dating.date_words import Token, kinds, read_tokens

_LONGEST = 80  # characters; no wording of a time is longer
_FIGURES = re.compile(
    r"[\d\s,()\[\]]+"
)  # without a word or a sign: no time, and whole pages may consist of them
_NOTE = re.compile(r"\s?\([^()]{2,40}\)\Z")  # behind a zone its name in full, or the time elsewhere

_CLOCK = (
    r"(?P<early>{half})?(?P<hour>{number})(?:(?:{colon|dot|hour_mark})(?P<minute>{number})"
    r"(?:(?:{colon|dot|minute_mark})(?P<second>{number})(?:{dot}?{digits})?)?(?:{minute_mark|second_mark})?)?"
    r"(?P<mark>{hour_mark})?(?P<half>{half})?"
)
_ZONE = (
    r"(?P<zone>{zone|unknown})?"
    r"(?:(?P<sign>{plus|dash})(?P<offset>{count})(?:{colon}(?P<offset_minute>{number}))?)?"
)
_ELSEWHERE = r"(?P<compact>{year})(?P<zone>{zone})(?:{year}{zone})?"  # 1909 GMT (0309 HKT)
_NAME = r"(?P<name>{month})(?:{slash}{month})?"
_DAY = r"(?P<day>{number})(?:{ordinals|dot})?"
_YEAR = r"(?P<year>{year})"
_DATES = (
    *(rf"{_YEAR}{{{mark}}}(?P<month>{{number}}){{{mark}}}(?P<day>{{number}})" for mark in ("dash", "slash", "dot")),
    *(rf"(?P<day>{{number}}){{{mark}}}(?P<month>{{number}}){{{mark}}}{_YEAR}" for mark in ("dash", "dot")),
    rf"(?P<day>{{number}})(?P<either>{{slash}})(?P<month>{{number}}){{slash}}{_YEAR}",
    rf"{_DAY}{{of}}?(?:{{dash|slash}})?{_NAME}{{of}}?(?:{{dash|slash}})?{_YEAR}",
    rf"{_NAME}{_DAY}{_YEAR}",
    rf"{_YEAR}{{dash}}?{_NAME}{{dash}}?{_DAY}",
    rf"{_YEAR}{{year_mark}}(?P<month>{{number}}){{month_mark}}(?P<day>{{number}}){{day_mark}}",
    r"(?P<era>{era})(?P<year>{number|few}){year_mark}(?P<month>{number}){month_mark}(?P<day>{number}){day_mark}",
)  # fmt: skip

_UNDATED = (
    rf"{_DAY}{{of}}?{_NAME}",
    rf"{_NAME}{_DAY}",
    r"(?P<month>{number}){month_mark}(?P<day>{number}){day_mark}",
    r"(?P<month>{number}){slash}(?P<day>{number})(?={weekday})",
    r"(?P<day>{number}){dot}(?P<month>{number}){dot}(?P<short>{number})",
    r"(?P<day>{number}){slash}(?P<month>{number}){slash}(?P<short>{number})",
    r"(?P<eight>{eight})",
)
"""Days that need a time of day to be sure: without a year, with two digits of one, without signs."""

_WORDED = (("half", "early"), ("zone",))
_LEAD = r"{of}?{weekday}?{of}?"
_JOINT = r"(?:{at|of|dash|bar|slash}){0,3}"
_QUANTITY = r"(?:{count|few}{unit}|{span}{one}?)"


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as worded: `half` is "am", "pm" or ""; `zone` hours before UTC, an area's name, or ""."""

    hour: int
    minute: int = 0
    second: int = 0
    half: str = ""
    zone: str = ""
    offset: tuple[int, int, int] | None = None
    """Sign, hours and minutes before UTC, where the text gives them."""


@dataclass(frozen=True, slots=True)
class Ago:
    """A distance back from the capture, as counts of units; empty: the capture itself."""

    spans: tuple[tuple[int, str], ...]
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Named:
    """A day by its name, `days` before the capture's; `sure`: a time even where it stands alone on a line."""

    days: int
    clock: Clock | None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar, perhaps with a time of day.

    `year` is None where the text gives none; `either` says that day and month may be the other way round.
    """

    year: int | None
    month: int
    day: int
    clock: Clock | None = None
    either: bool = False


Wording = Ago | Named | Day


@lru_cache(maxsize=1024)
def read_wording(text: str) -> Wording | None:
    """Read a text that is a time and nothing else, in any language; None for all other text."""
    found = None if _FIGURES.fullmatch(text) else _read(text, _days)
    if found is None and len(text) <= _LONGEST and (note := _NOTE.search(text)):
        bare = _read(text[: note.start()], _days)
        zoned = isinstance(bare, Day) and bare.clock and (bare.clock.zone or bare.clock.offset)
        return bare if zoned else None
    return found


@lru_cache(maxsize=1024)
def read_day(text: str) -> Day | None:
    """Read a day as datelines word it: as `read_wording`, but the year, or year and month, may be missing.

    A day of the month alone (`2日`) is a `Day` whose month is 0.
    """
    found = _read(text, _dateline_days)
    return found if isinstance(found, Day) else None


def _read(text: str, days: Callable[[str, Sequence[Token]], Iterator[Day]]) -> Wording | None:
    tokens = read_tokens(text) if len(text) <= _LONGEST else None
    if not tokens:
        return None
    row = "".join(_alphabet()[frozenset(token.means)] for token in tokens)
    return _ago(row, tokens) or _named(row, tokens) or next(days(row, tokens), None)


def _ago(row: str, tokens: Sequence[Token]) -> Ago | None:
    now, ago, quantity = _shapes()["ago"]
    if now.fullmatch(row):
        return Ago((), sure="sure" in tokens[0].means)
    match = ago.fullmatch(row)
    if match is None or (match["before"] is None) == (match["after"] is None):
        return None
    return Ago(tuple(_span(tokens[found.start() : found.end()]) for found in quantity.finditer(row)))


def _span(tokens: Sequence[Token]) -> tuple[int, str]:
    first = tokens[0].means
    if len(tokens) > 1 and "unit" in tokens[1].means:
        return int(first["count"] if "count" in first else first["few"]), str(tokens[1].means["unit"])
    count, unit = first["span"]
    return int(count), str(unit)


def _named(row: str, tokens: Sequence[Token]) -> Named | None:
    for shape in _shapes()["named"]:
        match = shape.fullmatch(row)
        clock = _clock(match, tokens) if match else None
        if match and (clock or not match["hour"]):
            means = tokens[match.start("name")].means
            return Named(means["day"], clock, clock is not None or "sure" in means)
    return None


def _days(row: str, tokens: Sequence[Token]) -> Iterator[Day]:
    """Give the ways to read a row as a day: alone, before its time of day, behind it, or around it."""
    if not _shapes()["day signs"][0].search(row):
        return
    around = _shapes()["around"][0].fullmatch(row)
    if around and (clock := _clock(around, tokens)):
        yield _day(around, tokens, clock)
    for names, bare in (("dated", True), ("undated", False)):
        for shape in _shapes()[names]:
            for match in shape.finditer(row):
                if match.span() == (0, len(row)) and bare:
                    yield _day(match, tokens, None)
                else:
                    yield from (_day(match, tokens, clock) for clock in _clocks(row, tokens, match))


def _clocks(row: str, tokens: Sequence[Token], date: re.Match[str]) -> Iterator[Clock]:
    """Give the time of day that is all there is beside a day."""
    if date.start() == 0:
        found = [shape.fullmatch(row, date.end()) for shape in _shapes()["clock behind"]]
    else:
        found = [shape.fullmatch(row, 0, date.start()) for shape in _shapes()["clock before"]]
    if date.start() == 0 or date.end() == len(row):
        yield from (clock for match in found if match and (clock := _clock(match, tokens)))


def _dateline_days(row: str, tokens: Sequence[Token]) -> Iterator[Day]:
    yield from _days(row, tokens)
    for shape in (*_shapes()["undated"], *_shapes()["day"]):
        match = shape.fullmatch(row)
        if match and "short" not in match.groupdict():
            yield _day(match, tokens, None)


def _day(match: re.Match[str], tokens: Sequence[Token], clock: Clock | None) -> Day:
    def value(part: str, *wanted: str) -> int:
        return _value(match, tokens, part, *wanted)

    if "eight" in match.groupdict():
        year, rest = divmod(value("eight"), 10000)
        return Day(year, *divmod(rest, 100), clock)
    year = 2000 + value("short") if "short" in match.groupdict() else value("year") + value("era", "era")
    month = value("name", "month") or value("month")
    dated = {"short", "year"} & match.groupdict().keys()
    return Day(year if dated else None, month, value("day"), clock, bool(value("either", "slash")))


def _clock(match: re.Match[str], tokens: Sequence[Token]) -> Clock | None:
    """Read a time of day; a bare number is none: that has minutes, a half of the day, or a mark."""
    parts = match.groupdict()

    def value(part: str, *wanted: str) -> int:
        return _value(match, tokens, part, *wanted)

    if parts.get("compact"):
        number = value("compact") * (1 if value("compact", "six") else 100)
        hour, minute, second = number // 10000, number // 100 % 100, number % 100
    elif any(map(parts.get, ("minute", "half", "early", "mark"))):
        hour, minute, second = value("hour"), value("minute"), value("second")
    else:
        return None
    half, zone = (
        next((tokens[match.start(part)].means for part in named if parts.get(part)), {}) for named in _WORDED
    )
    return Clock(hour, minute, second, half.get("half", ""), zone.get("zone", ""), _offset(match, tokens))


def _offset(match: re.Match[str], tokens: Sequence[Token]) -> tuple[int, int, int] | None:
    if not match.groupdict().get("sign"):
        return None
    hours, minutes = (_value(match, tokens, part) for part in ("offset", "offset_minute"))
    if not _value(match, tokens, "offset", "number"):  # hhmm, else hh
        hours, minutes = divmod(hours, 100)
    return (1 if _value(match, tokens, "sign", "plus") else -1, hours, minutes)


def _value(match: re.Match[str], tokens: Sequence[Token], part: str, *wanted: str) -> int:
    """Return what a part of a shape means as the first of the kinds wanted, or as a number; 0 if missing."""
    means = tokens[match.start(part)].means if match.groupdict().get(part) else {}
    return int(next((means[kind] for kind in wanted or ("digits", "few") if kind in means), 0))


@cache
def _alphabet() -> dict[frozenset[str], str]:
    return {found: chr(0xE000 + number) for number, found in enumerate(sorted(set(kinds()), key=sorted))}


@cache
def _shapes() -> dict[str, tuple[re.Pattern[str], ...]]:
    timed = f"{_CLOCK}{_ZONE}"
    distance = rf"{_QUANTITY}(?:{{and}}?{_QUANTITY}){{0,2}}"
    shapes: dict[str, Sequence[str]] = {
        "ago": (
            "{now}",
            rf"{{about}}?(?P<before>{{before}})?{{about}}?{distance}{{about}}?(?P<after>{{after}})?{{about}}?",
            _QUANTITY,
        ),
        "named": (rf"(?P<name>{{day}})(?:{_JOINT}{timed})?", rf"{timed}{_JOINT}(?P<name>{{day}})"),
        "dated": [rf"{_LEAD}{date}{{weekday}}?" for date in _DATES],
        "undated": [rf"{_LEAD}{date}{{weekday}}?" for date in _UNDATED],
        "day": ("(?P<day>{number}){day_mark}",),
        "day signs": (
            "{month|month_mark|eight}|{dash}.{dash}|{slash}.{slash}|{slash}.{weekday}|{dot}.{dot}",
        ),
        "around": (rf"{{weekday}}?{_NAME}{_DAY}{timed}{_YEAR}",),
        "clock behind": (
            rf"{_JOINT}{_ELSEWHERE}",
            rf"(?:{{t}}|{_JOINT}){timed}",
            rf"{{t}}(?P<compact>{{six|year}}){_ZONE}",
        ),
        "clock before": (f"{timed}{_JOINT}", f"{_ELSEWHERE}{_JOINT}"),
    }
    return {name: tuple(map(_compiled, listed)) for name, listed in shapes.items()}


def _compiled(shape: str) -> re.Pattern[str]:
    def characters(place: re.Match[str]) -> str:
        wanted = set(place[1].split("|"))
        found = "".join(char for known, char in _alphabet().items() if known & wanted)
        return f"[{found}]" if found else "(?!)"

    return re.compile(re.sub(r"\{([a-z_|]+)\}", characters, shape))
