"""The words of which times are made, in every language ingest knows, and texts as sequences of such words.

The tables stand in `languages/<code>/dates.toml`. All languages are read at once: a page may mix them, and what a
word means is decided by its neighbours (see `date_shapes`), so that `mar` may be a month and a day of the week.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import Any

from generator.ingest.languages import read_table

LANGUAGES = ("en", "de", "fr", "es", "ar", "ja")

_TOKEN = re.compile(r"\d+|[\u2e80-\u9fff\uf900-\ufaff]|[^\W\d_]+|\S")
_NUMBER = re.compile(r"\d+")
_MOST_TOKENS = 40  # in any wording of a time
_MOST_NUMBERS = 9  # of these: a day, a time of day with its fraction, and an offset with minutes
_SILENT = frozenset(",،、()[]'’‘´`")  # they never change what a time means
_SIGNS = {
    "-": "dash", "–": "dash", "—": "dash", "−": "dash", "‐": "dash", "‑": "dash", "/": "slash", ".": "dot",
    ":": "colon", "+": "plus", "|": "bar", "·": "bar", "•": "bar", "∙": "bar", "t": "t",
}  # fmt: skip
_DIGITS = {1: "number", 2: "number", 4: "year", 6: "six", 8: "eight"}
_LONGEST_COUNT, _LONGEST_NUMBER = 4, 9  # digits
_UNKNOWN = range(2, 6)  # letters of a time zone that is not known here
_LISTS = (
    "weekdays",
    "now",
    "before",
    "after",
    "about",
    "and",
    "at",
    "of",
    "ordinals",
    "am",
    "pm",
    "sure",
    "one",
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or a sign; `means` maps the kinds of thing it may be to its value as that kind."""

    means: Mapping[str, Any]


@dataclass(slots=True)
class _Table:
    """What is known of words: phrases of folded tokens, by their text, and how long those get by first token."""

    entries: dict[str, dict[str, Any]] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)

    def add(self, listed: str, kind: str, value: object = True) -> None:  # noqa: FBT002 - a value like any other
        for phrase in phrases(listed):
            words = list(_words(fold(phrase)))
            if words:
                self.entries.setdefault(" ".join(words), {}).setdefault(kind, value)
                self.longest[words[0]] = max(self.longest.get(words[0], 0), len(words))

    def look(self, words: Sequence[str], at: int) -> tuple[Mapping[str, Any] | None, int]:
        """Look up the longest phrase that begins at a word, or a number: what it means, how many words it has."""
        for size in range(min(self.longest.get(words[at], 0), len(words) - at), 0, -1):
            means = self.entries.get(" ".join(words[at : at + size]))
            if means and ("now" not in means or size == len(words)):
                return means, size
        number = words[at].isdigit() and len(words[at]) <= _LONGEST_NUMBER
        return _number(words[at]) if number else None, 1


def fold(text: str) -> str:
    """Reduce a text to what spellings of a time share: no case, accents, vowel signs, width or invisible marks."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if unicodedata.category(c) not in {"Mn", "Cf"}).casefold()


def phrases(listed: str) -> list[str]:
    """Split a list of a TOML file: entries separated by commas, white space within them made one space."""
    return [phrase for phrase in (" ".join(part.split()) for part in listed.split(",")) if phrase]


@cache
def language_table(code: str) -> Mapping[str, Any]:
    """Read what is known of times in a language, from its `dates.toml`."""
    return read_table(code, "dates")


def read_tokens(text: str) -> list[Token] | None:
    """Read a text as words of times; None as soon as one is met that never stands in a time.

    One unknown word of two to five letters after the first is let through as kind `unknown`: a time zone.
    """
    folded = fold(text)
    first = next(_words(folded), "")
    if not first.isdigit() and first not in _table().longest:
        return None  # as it is with nearly every line
    if len(_NUMBER.findall(folded)) > _MOST_NUMBERS:
        return None  # as it is with tables
    words = list(islice(_words(folded), _MOST_TOKENS + 1))
    tokens: list[Token] = []
    at = unknown = 0
    while at < len(words) <= _MOST_TOKENS:
        means, size = _table().look(words, at)
        if means is None:
            if unknown or not tokens or len(words[at]) not in _UNKNOWN or not words[at].isalpha():
                return None
            means, unknown = {"unknown": True}, 1
        tokens.append(Token(means))
        at += size
    return tokens if at == len(words) else None


def month_number(name: str) -> int:
    """Return the number of a month by its name in any language, 0 for all other words."""
    return int(_table().entries.get(" ".join(_words(fold(name))), {}).get("month", 0))


def kinds() -> Iterator[frozenset[str]]:
    """Give every set of kinds that a token can have."""
    yield from {frozenset(means) for means in _table().entries.values()}
    yield from {frozenset(_number("0" * size)) for size in range(1, _LONGEST_NUMBER + 1)}
    yield frozenset({"unknown"})


def _words(folded: str) -> Iterator[str]:
    """Give the words, numbers and signs of a text; a full stop counts after a number only."""
    before = ""
    for match in _TOKEN.finditer(folded):
        word = match[0]
        if word not in _SILENT and not (word == "." and not before.isdigit()):
            yield word
        before = word


def _number(word: str) -> dict[str, Any]:
    value = int(word)
    means: dict[str, Any] = {"digits": value}
    if len(word) <= _LONGEST_COUNT:
        means["count"] = value
    if len(word) in _DIGITS:
        means[_DIGITS[len(word)]] = True
    return means


@cache
def _table() -> _Table:
    table = _Table()
    for sign, kind in _SIGNS.items():
        table.entries[sign], table.longest[sign] = {kind: True}, 1
    for code in LANGUAGES:
        _read_language(table, language_table(code))
    return table


def _read_language(table: _Table, words: Mapping[str, Any]) -> None:
    for number, names in enumerate(words["months"], 1):
        table.add(names, "month", number)
    for kind in _LISTS:
        table.add(
            words.get(kind, ""), {"am": "half", "pm": "half", "weekdays": "weekday"}.get(kind, kind), kind
        )
    for mark, listed in words.get("marks", {}).items():
        table.add(listed, f"{mark}_mark")
    for unit, listed in words.get("units", {}).items():
        table.add(listed, "unit", unit)
        table.add(",".join(f"{name}(s)" for name in phrases(listed)), "unit", unit)
    for kind, name in (("days", "day"), ("counts", "few"), ("eras", "era")):
        for value, listed in words.get(kind, {}).items():
            table.add(listed, name, int(value))
    for span, listed in words.get("spans", {}).items():
        count, _, unit = span.partition(" ")
        table.add(listed, "span", (int(count), unit.removesuffix("s")))
    for zone, listed in words.get("zones", {}).items():
        table.add(listed, "zone", zone)
