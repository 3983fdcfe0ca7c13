"""What may stand in a dateline: places, agencies, and what looks like them and is none.

The lists stand in `languages/<code>/dates.toml`, the names of most cities in English in `tags.toml`.
"""

import re
from collections.abc import Iterator
from functools import cache

from generator.ingest.dating.date_words import LANGUAGES, fold, language_table, phrases
from generator.ingest.tagging.lexicon import lexicon

_MOST_WORDS, _MOST_UNCASED = 8, 3  # of a place with its region and country; in a script without capitals
_MOST_CAPITALS, _FEWEST_LETTERS = 3, 5  # words of a place that is not known, and letters of its first part
_SHORTEST_REPORT = 60  # characters of what follows a town's name and a colon
_SHORT = 4  # letters of an agency's name whose case counts
_REACH = 400  # characters of the text in which a word in capitals may show what it is
_VOWELS = frozenset("aeiouyäöüáéíóúàèìòùâêîôûåøæœ")
_SPLIT = re.compile(r"\s?[/,&+]\s?|\s(?:and|und|et|y)\s")
_WORDS = re.compile(r"[^\W\d_]+(?:[.'’-][^\W\d_]+){0,4}\.?")
_MARK = re.compile(r"[a-z]{3}(?:[/-][a-z]{2,4})?")
_MOST_MARKED = 2
_STATION = re.compile(r"[A-Z][A-Z0-9/&-]{1,7}")
_OUTLET = re.compile(r"[^\W\d_][\w.&'’ /-]{0,28}[\w.]")


def is_agency(text: str) -> bool:
    """Whether a text is the name of a news agency, or of several with a slash or comma between them."""
    first = next(filter(None, _SPLIT.split(text)), "")
    return any(_agency_key(name) in _agencies() for name in (text, first))


def may_be_agency(text: str) -> bool:
    """Whether a text in brackets behind a place in capitals can name who reports: `Wire`, `KXYZ`, not a remark."""
    return bool(_OUTLET.fullmatch(text)) and (text[:1].isupper() or bool(_STATION.fullmatch(text)))


def is_known_place(text: str) -> bool:
    """Whether a text names a place from which news often comes, in any case; several may be joined by `/`."""
    parts = [part for part in re.split(r"\s?/\s?", fold(text).replace(".", "")) if part]
    return bool(parts) and text.strip() != "" and all(part in _places() for part in parts)


def reads_as_place(text: str, *, reported: bool = True) -> bool:
    """Whether a text can be a place where a date or an agency vouches for it: a few words, most with a capital.

    In scripts without capitals it has three words at most, and is a known place unless an agency has `reported`.
    """
    words = text.split()
    first = re.split(r"\s?[\[,]", text, maxsplit=1)[0]
    if len(text) < 2 or len(words) > _MOST_WORDS or any(map(str.isdigit, text)):  # noqa: PLR2004 - "I" is no place
        return False
    if is_known_place(first):
        return True
    if any(fold(word) in _listed("not_places") for word in _WORDS.findall(first)):
        return False
    if not _has_case(first):
        return reported and len(words) <= _MOST_UNCASED
    named = [word.strip("[(")[:1].isupper() or not _has_case(word) for word in words]
    return named[0] and 3 * sum(named) >= 2 * len(words)


def in_capitals(text: str) -> bool:
    """Whether a place is set as datelines set it: the first part in capitals, the rest not beginning small."""
    first, *others = (part.strip() for part in text.split(","))
    return first.isupper() and all(part[:1].isupper() for part in others) and reads_as_place(text)


def stands_alone(place: str, rest: str, *, dash: bool) -> bool:
    """Whether words before a dash or colon are a place although neither an agency nor a date says so.

    They stand in capitals (where the script has any), the text begins anew behind them, and either the place is
    known, or nothing speaks against a place: no word of headings and warnings, no acronym, none that the text uses
    as a word. Before a colon, where labels stand, a place that is not known has two words or more. A town that is
    known stands before a colon without capitals, too, as some papers have it (`Dubai: Police have …`), where a
    sentence follows.
    """
    first, *others = (part.strip() for part in place.split(","))
    if fold(first) in _listed("not_places") or rest[:1].islower():
        return False
    if not _has_case(first):
        return dash and is_known_place(place)
    if not in_capitals(place):
        return not dash and _is_town(place) and len(rest) >= _SHORTEST_REPORT and rest.rstrip().endswith(".")
    return is_known_place(first) or _unknown_place(first, others, rest, fewest=1 if dash else 2)


def is_signed(place: str, mark: str) -> bool:
    """Whether a place that is not in capitals, and the mark in brackets behind it, are an agency's, known or not.

    Such marks are three small letters (German agencies), or a short word in a script without capitals; the place is
    one word or two.
    """
    short = bool(_MARK.fullmatch(mark)) if _has_case(mark) else mark.isalpha() and len(mark) <= _SHORT
    return short and len(place.split()) <= _MOST_MARKED and reads_as_place(place)


def bylines() -> frozenset[str]:
    """Give the words that open a byline, as they are written."""
    return frozenset(word for code in LANGUAGES for word in phrases(language_table(code)["dateline"]["by"]))


def _is_town(text: str) -> bool:
    """Whether a text is a known place and no country: countries label what is said of them (`Ukraine: …`)."""
    return is_known_place(text) and text.istitle() and fold(text) not in _countries()


@cache
def _countries() -> frozenset[str]:
    return frozenset(map(fold, lexicon().peoples.values()))


def _unknown_place(first: str, others: list[str], rest: str, fewest: int) -> bool:
    words = _WORDS.findall(first)
    if not fewest <= len(words) <= _MOST_CAPITALS or any(map(str.isdigit, first)):
        return False
    if any(is_known_place(part) for part in others):
        return True
    used = set(_WORDS.findall(rest[:_REACH]))
    return (
        sum(map(str.isalpha, first)) >= _FEWEST_LETTERS
        and all(_VOWELS & set(word.lower()) for word in words)
        and first not in lexicon().exact
        and not all(fold(word) in lexicon().words["nameless"] for word in words)
        and not any(word in used or word.lower() in used for word in words)
    )


def _has_case(text: str) -> bool:
    return text.lower() != text.upper()


@cache
def _agencies() -> frozenset[str]:
    names = (name for code in LANGUAGES for name in phrases(language_table(code)["dateline"]["agencies"]))
    return frozenset(map(_agency_key, names))


def _agency_key(name: str) -> str:
    """Fold the name of an agency, but for short ones in letters that have a case: these may be words."""
    return name if len(name) <= _SHORT and _has_case(name) else fold(name)


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(_of_all_languages(name))


def _of_all_languages(name: str) -> Iterator[str]:
    for code in LANGUAGES:
        yield from map(fold, phrases(language_table(code)["dateline"][name]))


@cache
def _places() -> frozenset[str]:
    names = {*_of_all_languages("places"), *map(fold, lexicon().places)}
    return frozenset(name.replace(".", "") for name in names)
