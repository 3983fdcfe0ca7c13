"""The words of a sentence, and which of them may be part of a name.

Only Latin script is read: elsewhere there are no capitals, or the endings of names change.
"""

import re
from collections.abc import Sequence
from itertools import chain, compress, count
from operator import add, attrgetter
from typing import NamedTuple

from generator.ingest.tagging.lexicon import fold, lexicon, spelled
from generator.ingest.wording.remembered import Remembered

# The empty alternative spares most words the loop over what is joined to them.
_TOKEN = re.compile(r"([^\W_]+(?:[.'’&-][^\W_]+(?:[.'’&-][^\W_]+)*|))")
_CAPITAL = attrgetter("capital")
_BEFORE_NAMES = frozenset(
    {"pro", "anti", "non", "ex", "post", "pre", "mid", "neo", "trans", "vice", "then", "un"}
)


class Token(NamedTuple):
    """A word, what stands before it, whether it may be part of a name, and whether a name must end with it."""

    word: str
    gap: str
    capital: bool = False
    closed: bool = False


def tokens_of(sentence: str) -> list[Token]:
    """The words of a sentence; a last empty one holds what follows them."""
    parts = _TOKEN.split(sentence)  # what stands before a word and the word, in turns
    words = map(add, parts[::2], parts[1::2])
    tokens = list(chain.from_iterable(map(_TOKENS.__getitem__, words)))
    tokens.append(Token("", parts[-1]))
    return tokens


def capitals_of(tokens: Sequence[Token]) -> list[int]:
    """Where the words stand that may be part of a name."""
    return list(compress(count(), map(_CAPITAL, tokens)))


def first_tokens(sentence: str) -> Sequence[Token]:
    """The first word of a sentence, in its parts where a hyphen takes it apart."""
    found = _TOKEN.search(sentence)
    return _TOKENS[sentence[: found.end()]] if found else ()


def _tokens(spaced: str) -> tuple[Token, ...]:
    """The tokens of a word and what stands before it, without its possessive ending and taken apart at hyphens."""
    gap, word, _ = _TOKEN.split(spaced)
    if word.isalpha() and word.islower():
        return (Token(word, gap),)
    closed = word[-2:] in ("'s", "’s") and fold(word[:-2]) not in lexicon().words["apostrophes"]
    if closed:
        word = word[:-2]
    if "-" in word:
        return tuple(_hyphened(word, gap, closed=closed))
    return (Token(word, gap, _is_capital(word) and gap[-1:] not in ("#", "@"), closed),)


_TOKENS = Remembered(_tokens, 1 << 16)


def _is_capital(word: str) -> bool:
    first = word[0]
    if not (word.isascii() or all(c < "ɐ" or "Ḁ" <= c < "ἀ" or c == "’" for c in word)):
        return False
    return (first.isupper() and word != "I") or (first.islower() and not word.islower() and "." not in word)


def _hyphened(word: str, gap: str, *, closed: bool) -> list[Token]:
    """Take "US-led", "pro-Russian" and "US-China" apart, and leave "Jean-Luc", "Jong-un" and "Covid-19" whole."""
    parts = word.split("-")
    head, last = parts[0], parts[-1]
    table = lexicon()
    if fold(head) in _BEFORE_NAMES and _is_capital(last) and head.islower():
        return [Token(last, "-", capital=True, closed=True)]
    if _is_capital(head) and last.islower() and (last in table.words["hyphen_ends"] or last.endswith("ed")):
        return [Token(head, gap, capital=len(head) > 1, closed=True)]
    if all(_is_capital(part) and is_place(part) for part in parts) and not spelled((word,)):
        return [Token(part, gap if part is head else "-", capital=True, closed=True) for part in parts]
    return [Token(word, gap, _is_capital(word) and len(head) > 1, closed)]


def is_place(word: str) -> bool:
    """Whether a word alone is a place, an adjective of one, or an acronym that stands for one."""
    return spelled((word,)) in lexicon().places or fold(word) in lexicon().peoples or word in lexicon().exact


def is_headline(tokens: Sequence[Token], *, stops: str = ".!?…") -> bool:
    """Whether nearly all longer words have capitals and none of `stops` follows: then capitals mean nothing."""
    if any(stop in tokens[-1].gap for stop in stops):
        return False
    long = [token for token in tokens if len(token.word) > 3]  # noqa: PLR2004 - headlines spell "of" and "the" small
    if len(long) < 3:  # noqa: PLR2004 - too few to tell
        return False
    return sum(token.capital for token in long) > 0.7 * len(long)
