"""How much a line reads like prose: its length, its sentences, its share of words that carry grammar.

Shallow text features tell boilerplate from text in any language: Kohlschütter, Fankhauser and Nejdl, "Boilerplate
Detection using Shallow Text Features" (WSDM 2010); the density of stop words is Pomikálek's (jusText, 2011).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from generator.ingest.languages import read_tables
from generator.ingest.splitting.lines import ends_sentence

_WIDE = re.compile(
    "[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)  # letters of scripts without spaces, and Hangul
_MOST_WIDE = 0.4  # share of such letters from which they are counted instead of words
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_INNER_END = re.compile(r"[^\s.][^\s.][.!?…؟۔][\"'”’»)\]]* [\"'“‘«(„]?[^\W_a-z]|[。！？](?=.)")

SHORT, PARAGRAPH = 5, 12  # words below which a line is no paragraph, and from which it is one beyond doubt
_LONG = 60  # words beyond which length says nothing more
_WORDS_A_POINT = 12
_UNENDED = 14  # words by which a line must exceed a headline's before it needs no full stop to be prose
_UNKNOWN = 0.6  # the grammar of a text in a language that is not known here


@dataclass(frozen=True, slots=True)
class Language:
    """The words, or letters, of a language that carry grammar, and the share of them that prose has at least.

    `joined` are letters that carry it where longer words begin with them, as the Arabic "and" does.
    """

    words: frozenset[str]
    letters: frozenset[str]
    prose: float
    joined: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """What a text looks like.

    Attributes:
        words: its length in words; two letters count as one where the script has no spaces.
        sentence: whether a sentence ends in it.
        grammar: its share of words that carry grammar, against what prose has, from 0 to 1.
    """

    words: int
    sentence: bool
    grammar: float

    @property
    def is_prose(self) -> bool:
        """Whether it is a paragraph beyond doubt: long enough, with a sentence's end."""
        return self.sentence and self.words >= PARAGRAPH


def measure(text: str) -> Measure:
    """Measure one line or paragraph."""
    wide = 0 if text.isascii() else len(_WIDE.findall(text))
    words = len(text.split()) if wide < _MOST_WIDE * len(text) or not wide else wide // 2
    ends = ends_sentence(text)
    if words < SHORT:
        return Measure(words, ends, 0.0)
    return Measure(
        words, ends or (words >= PARAGRAPH and _INNER_END.search(text) is not None), _grammar(text)
    )


def knows_language(measures: Sequence[Measure]) -> bool:
    """Whether the paragraphs among the texts measured are in a language whose words are known here."""
    grammar = [one.grammar for one in measures if one.is_prose]
    return 2 * sum(grammar) > len(grammar)


def weigh(one: Measure, *, known: bool) -> float:
    """Say how much a line speaks for a story: from about -1 for a headline or a menu's entry to 5 for a paragraph.

    The weights are set by hand and few: a line starts at -0.75, a sentence's end gives 1, grammar up to 0.7, and
    the sum counts once for each twelve words. `known` says that the language is known, so that grammar counts.
    """
    if one.words < SHORT:
        return -0.3 if one.sentence else -0.6
    over = min(max((one.words - PARAGRAPH) / _UNENDED, 0.0), 1.0)
    whole = 1.0 if one.sentence else 0.6 * over
    quality = -0.75 + whole + 0.7 * (one.grammar if known else _UNKNOWN)
    return quality * min(one.words, _LONG) / _WORDS_A_POINT


def _grammar(text: str) -> float:
    words = _WORD.findall(text.casefold())
    return min(1.0, max(_share(text, words, language) / language.prose for language in load_languages()))


def _share(text: str, words: Sequence[str], language: Language) -> float:
    if language.letters:
        return 0.0 if text.isascii() else sum(map(text.count, language.letters)) / len(text)
    other = [word for word in words if word not in language.words]
    found = len(words) - len(other)
    if language.joined:
        found += sum(len(word) >= SHORT and word.startswith(language.joined) for word in other)
    return found / max(len(words), 1)


@cache
def load_languages() -> tuple[Language, ...]:
    """Read the words of every language from `languages/<code>/words.toml`."""
    tables = [table for _, table in read_tables("words")]
    return tuple(
        Language(
            frozenset(one.get("stop", "").split()),
            frozenset(one.get("letters", "").split()),
            one["prose"],
            tuple(one.get("joined", "").split()),
        )
        for one in tables
    )
