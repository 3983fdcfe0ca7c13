"""Long lists of names in the order of an alphabet, parted by their first letters."""

import unicodedata
from collections.abc import Iterable

from generator import urls
from generator.page_views import Initial
from generator.views import Count

_TOO_MANY = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "YI ", "TANGUT", "EGYPTIAN", "CUNEIFORM")
"""Scripts, as Unicode's names of their characters begin, with more first letters than anyone would look through."""


def order(count: Count) -> tuple[str, str]:
    """Give what names are ordered by: their slug, in which case and Latin diacritics do not count."""
    return urls.slug(count.name), count.path


def group(ordered: Iterable[Count]) -> tuple[Initial, ...]:
    """Part names, which are in order, by their initials: digits first, then letters, then what begins with none."""
    found: dict[str, list[Count]] = {}
    for count in ordered:
        found.setdefault(initial(count.name), []).append(count)
    return tuple(Initial(letter, tuple(found[letter])) for letter in sorted(found, key=_rank))


def initial(name: str) -> str:
    """Give the letter a name is looked up under: one heading for all digits, "" for signs and some scripts."""
    if name[:1].isascii() and name[:1].isalpha():  # as most names: no slug has to be made of all of them
        return name[0].upper()
    first = urls.slug(name)[:1] if any(map(str.isalnum, name)) else ""
    if first.isdecimal():
        return "0–9"
    if not first.isalpha() or unicodedata.name(first, "CJK").startswith(_TOO_MANY):
        return ""
    return first.upper()


def _rank(letter: str) -> tuple[int, str]:
    return (0 if letter[:1] == "0" else 1 if letter else 2, letter)
