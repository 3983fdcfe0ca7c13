"""A run of capitalised words, and what it is taken apart at: offices, dates, and what joins two names."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from generator.ingest.tagging.lexicon import Phrase, fold, lexicon, spelled
from generator.ingest.tagging.tokens import is_place


class Run(NamedTuple):
    """Capitalised words in a row.

    Attributes:
        words: as they stand, without possessive endings.
        sure: its capitals mean something: the run does not open a sentence, a quotation or what a colon announces.
        short: the acronym in brackets behind it, "" if there is none.
        number: the number behind it ("Euro 2020", "Destiny 2"), "" if there is none.
        one_of_many: "a" stands before it.
    """

    words: Phrase
    sure: bool = True
    short: str = ""
    number: str = ""
    one_of_many: bool = False


@lru_cache(maxsize=1 << 15)
def parts_of(run: Run, asks: bool) -> tuple[Run, ...]:  # noqa: FBT001 - a keyword costs more than what is looked up
    """Take a run apart at dates, offices and an "and" that joins two names; drop what only opens a sentence.

    Where the sentence asks, "Will" opens it; where it does not, Will is somebody.
    """
    if len(run.words) == 1:
        return (run,) if says_something(run.words[0], sure=run.sure) else ()
    if spelled(run.words):
        return (run,)
    table = lexicon().words
    openers = table["openers" if asks else "never_names"]
    opened = 0
    while not run.sure and opened < len(run.words) and fold(run.words[opened]) in openers:
        opened += 1
    run = _part(run, opened, len(run.words))
    return tuple(
        part
        for dated in _between(run, _dates(run.words))
        for joined in _between(dated, _joints(dated.words))
        for part in _without_office(joined)
    )


def says_something(word: str, *, sure: bool) -> bool:
    """Whether a word alone is more than an office, a day, a month or what opens a sentence."""
    words, folded = lexicon().words, fold(word)
    if spelled((word,)):
        return True
    if not sure and folded in words["openers"]:
        return False
    return not any(folded in words[name] for name in ("days", "months", "roles")) and word != "and"


def _part(run: Run, start: int, end: int) -> Run:
    short, number = (run.short, run.number) if end == len(run.words) else ("", "")
    one_of_many = run.one_of_many and start == 0
    return Run(run.words[start:end], run.sure or start > 0, short, number, one_of_many)


def _between(run: Run, cuts: Sequence[int]) -> Iterator[Run]:
    start = 0
    for cut in [*cuts, len(run.words)]:
        if cut > start:
            yield _part(run, start, cut)
        start = cut + 1


def _dates(words: Phrase) -> list[int]:
    """Where days and months stand; the "May" of a Theresa May is neither."""
    table = lexicon().words
    folded = [fold(word) for word in words]
    return [
        at
        for at, word in enumerate(folded)
        if word in table["days"]
        or (word in table["months"] and not (word == "may" and folded[at - 1] in table["given"]))
    ]


def _joints(words: Phrase) -> list[int]:
    if "and" not in words:
        return []
    table = lexicon().words
    at = words.index("and")
    folded = {fold(word) for word in words[:at]}
    listed = bool(folded & table["list_heads"] and folded & {"of", "for"})
    organised = at == 1 and fold(words[-1]) in table["and_ends"] and not is_place(words[0])
    return [] if listed or organised else [at for at, word in enumerate(words) if word == "and"]


def _without_office(run: Run) -> Iterator[Run]:
    """What stands before an office and what stands behind it: "Ford CEO Jim Farley" gives Ford and Jim Farley."""
    table, words = lexicon().words, run.words
    folded = [fold(word) for word in words]
    at = max((i for i, word in enumerate(folded) if word in table["roles"]), default=-1)
    if at < 0 or spelled(words) or _keeps_office(folded, at):
        yield run
        return
    if end := _office_start(words, folded, at):
        yield _part(run, 0, end)
    start = at + 1
    if folded[start : start + 1] == ["of"]:
        start += 2 if folded[start + 1 : start + 2] == ["the"] else 1
        place = next((n for n in range(len(words), start, -1) if spelled(words[start:n])), 0)
        if place:
            yield _part(run, start, place)
        start = place or start + (folded[start] in table["role_modifiers"])
    if start < len(words):
        yield _part(run, start, len(words))


def _office_start(words: Phrase, folded: Sequence[str], at: int) -> int:
    """Where the office begins that ends at `at`: behind a known name, else at its first word or modifier."""
    table = lexicon().words
    known = next((end for end in range(at, 0, -1) if spelled(words[:end])), 0)
    if known:
        return known
    start = next(i for i, word in enumerate(folded) if word in table["roles"])
    while start and folded[start - 1] in table["role_modifiers"]:
        start -= 1
    return start


def _keeps_office(folded: Sequence[str], at: int) -> bool:
    """An office that is part of the name: Justice Department, Duke of Sussex, Jamie Bishop."""
    table = lexicon().words
    if folded[at] in table["kept_offices"] and folded[at + 1 : at + 2] == ["of"]:
        return True
    if at == len(folded) - 1:
        return len(folded) == 2 and folded[0] in table["given"]  # noqa: PLR2004 - a first and a family name
    return folded[-1] in table["organisation_ends"]
