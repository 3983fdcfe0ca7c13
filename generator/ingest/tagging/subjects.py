"""The subjects of an English news text: those `tags.toml` lists, and the nouns that its title turns on."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, count, pairwise
from operator import attrgetter
from typing import NamedTuple

from generator.ingest.tagging.lexicon import Phrase, fold, lexicon
from generator.ingest.tagging.mentions import TITLE
from generator.ingest.wording.remembered import Remembered

_WORD = re.compile(
    r"[^\W_]+(?:['’&.][^\W_]+(?:['’&.][^\W_]+)*|)"
)  # the empty alternative spares most words a loop
_BEFORE_NOUNS = frozenset(
    {"the", "a", "an", "of", "this", "these", "his", "her", "their", "its", "our", "for", "with"}
)
_NO_NOUN = ("ing", "ed", "ly", "ous", "ful", "ive", "al", "ic", "est")
_LONGEST = 8  # words of a phrase that stands for a subject
_SHORTEST = 5  # letters of a noun that can be a tag
_OFTEN = 3  # times a noun of the title comes up in the text; once less in a short one

SHORT = 8
"""Paragraphs; in a text with fewer a subject is shown by fewer mentions."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a text is about: the tag, how often it comes up, and in which paragraphs (-1 is the title)."""

    text: str
    count: int
    paragraphs: frozenset[int]


class _Word(NamedTuple):
    """A word without possessive ending and dots, the same in small letters, the phrases that begin with each.

    `begins` says whether there are any.
    """

    text: str
    small: str
    cased: Sequence[tuple[Phrase, str]]
    plain: Sequence[tuple[Phrase, str]]
    begins: bool


def find_subjects(title: str, paragraphs: Sequence[str]) -> list[Subject]:
    """The subjects of the vocabulary that a text speaks of, in the order of first mention."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for number, text in enumerate([title, *paragraphs], TITLE):
        for subject in _subjects_in(text):
            places[subject].append(number)
    return [Subject(text, len(numbers), frozenset(numbers)) for text, numbers in places.items()]


def find_title_nouns(title: str, paragraphs: Sequence[str]) -> list[Subject]:
    """The nouns of a title that the text keeps coming back to, spelled as it mostly does.

    A word counts as a noun if it has no ending of other words and stands behind an article or the like, in a text
    that is not short twice. What stands for a subject of the vocabulary is left to that.
    """
    short = len(paragraphs) < SHORT
    words = [word for paragraph in paragraphs for word in _WORD.findall(paragraph)]
    nouns = Counter(word for before, word in pairwise(words) if before.casefold() in _BEFORE_NOUNS)
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for word in words:
        if word.islower():
            forms[_root(word)][word] += 1
    roots = dict.fromkeys(_root(word.casefold()) for word in _WORD.findall(title))
    return [
        Subject(forms[root].most_common(1)[0][0], forms[root].total(), frozenset({TITLE}))
        for root in roots
        if root in forms and forms[root].total() >= _OFTEN - short and _may_be_noun(root)
        if sum(nouns[form] for form in forms[root]) >= 2 - short
    ]


def _may_be_noun(word: str) -> bool:
    nameless = fold(word) in lexicon().words["nameless"] or fold(f"{word}s") in lexicon().words["nameless"]
    if any(phrase == (word,) for phrase, _ in lexicon().subjects.get(word, ())):
        return False
    return len(word) >= _SHORTEST and word.isalpha() and not word.endswith(_NO_NOUN) and not nameless


def _root(word: str) -> str:
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word if word.endswith("ss") else word.removesuffix("s")


def _subjects_in(text: str) -> Iterator[str]:
    """Every place where a text names a subject, the longest phrase at each."""
    words = list(map(_LOOKED_UP.__getitem__, _WORD.findall(text)))
    free = 0
    for at in compress(count(), map(_BEGINS, words)):
        if at < free:
            continue
        word, ahead = words[at], words[at : at + _LONGEST]
        length, subject = _longest(word.cased, [one.text for one in ahead]) if word.cased else (0, "")
        if not length and word.plain:
            length, subject = _longest(word.plain, [one.small for one in ahead])
        free = at + length
        if length and not _in_name(words, at, length):
            yield subject


def _looked_up(word: str) -> _Word:
    text = (word[:-2] if word.endswith(("'s", "’s")) else word).replace("’", "'").replace(".", "")
    small = text.casefold()
    cased, plain = lexicon().cased.get(text, ()), lexicon().subjects.get(small, ())
    return _Word(text, small, cased, plain, begins=bool(cased or plain))


_LOOKED_UP = Remembered(_looked_up, 1 << 15)
_BEGINS = attrgetter("begins")


def _longest(phrases: Sequence[tuple[Phrase, str]], words: Sequence[str]) -> tuple[int, str]:
    """The longest phrase that these words begin with, and its subject; 0 and "" if there is none."""
    for phrase, subject in phrases:
        if len(phrase) == 1 or tuple(words[: len(phrase)]) == phrase:
            return len(phrase), subject
    return 0, ""


def _in_name(words: Sequence[_Word], at: int, length: int) -> bool:
    """Whether a single word is part of a capitalised name: University of Elmford, Elmford Art Council."""
    if length > 1 or not words[at].text.istitle():
        return False
    around = [*words[max(0, at - 1) : at], *words[at + 1 : at + 2]]
    return any(word.text[:1].isupper() or word.text in ("of", "for") for word in around)
