"""Words and phrases with weights, from `languages/*/weights.toml`: how much they are a page's own or a story's."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from generator.model import DatelineError

# The empty alternative spares most words the loop over what is joined to them.
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+(?:['-][^\W\d_]+){0,3}|)|©|\d[\d.,:]{0,20}")
Table = Mapping[str, Sequence[str]]
Keys = dict[str, tuple[str, ...]]

UNKNOWN, PAST, NAME = -1.2, -2.0, -0.2
"""What words weigh that no table has: any, one that may tell, and a name."""

_NAMED = ("reader", "calls", "follows")  # what is in a table beside weights
_KEY = 1.9  # from which weight on a word alone is worth a closer look
_LONG = 5  # characters of a word that tells a phrase of common words


class Token(NamedTuple):
    """A word of a text: as the lexicon spells it, where it is, and whether it begins with a capital."""

    word: str
    start: int
    end: int
    risen: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The weighted words of a language.

    Attributes:
        weights: what phrases, as their words, weigh; positive for a page's own.
        longest: the number of words of the longest phrase that begins with a word.
        keys: the words one of which most of what a page says has, each with the phrases that it is for.
        plain: the same for phrases of words that stories have, too.
        reader: words that speak to the reader, or of those who make the page.
        calls: the verbs with which pages ask something of their readers.
        follows: the words that follow such a verb.
    """

    weights: Mapping[tuple[str, ...], float]
    longest: Mapping[str, int]
    keys: Mapping[str, tuple[str, ...]]
    plain: Mapping[str, tuple[str, ...]]
    reader: frozenset[str]
    calls: frozenset[str]
    follows: frozenset[str]

    def phrases(self, tokens: Sequence[Token]) -> Iterator[tuple[int, int, float | None]]:
        """Part a text into its longest known phrases and single words, each with its weight, None if unknown."""
        at = 0
        while at < len(tokens):
            size, weight = self._longest(tokens, at)
            yield at, at + size, weight
            at += size

    def _longest(self, tokens: Sequence[Token], at: int) -> tuple[int, float | None]:
        most = self.longest.get(tokens[at].word)
        words = tuple([token.word for token in tokens[at : at + most]]) if most else ()
        for size in range(len(words), 0, -1):
            weight = self.weights.get(words[:size])
            if weight is not None:
                return size, weight
        return 1, None

    def speaks(self, said: "Said") -> bool:
        """Tell whether a text has one of the phrases that are a page's own."""
        return any(True for _ in self.own(said))

    def own(self, said: "Said") -> Iterator[str]:
        """Give those phrases, each with a space before and behind it."""
        for keys in (self.keys, self.plain):
            for word in keys.keys() & said.words:
                yield from (phrase for phrase in keys[word] if phrase in said.spelled)


class Said(NamedTuple):
    """A text as a lexicon spells it: its words with a space before and behind each, and all of them."""

    spelled: str
    words: frozenset[str]


def tokens_of(text: str) -> list[Token]:
    """Part a text into words and figures."""
    plain = text.replace("’", "'")
    return [
        Token(found[0].lower(), found.start(), found.end(), found[0][0].isupper())
        for found in _WORD.finditer(plain)
    ]


def said_in(text: str) -> Said:
    """Spell a text as a lexicon does."""
    words = _WORD.findall(text.replace("’", "'").lower())
    return Said(f" {' '.join(words)} ", frozenset(words))


def words_of(text: str) -> frozenset[str]:
    """Give the words of a text as a lexicon spells them."""
    return said_in(text).words


def lexicons(files: Iterable[tuple[str, Mapping[str, Any]]], own: str) -> dict[str, Lexicon]:
    """Make the lexicons of the languages that have weights, with the site's own in each, whose file is `own`."""
    tables: dict[str, list[Table]] = {}
    for code, file in files:
        if "weights" in file:
            tables.setdefault(code, []).append(file["weights"])
    added = tables.pop(own, [])
    return {code: lexicon([*found, *added]) for code, found in tables.items()}


def lexicon(tables: Sequence[Table]) -> Lexicon:
    """Make a lexicon of tables of phrases by their weights; what a later one says of a phrase holds.

    Raises:
        DatelineError: a weight is no number.
    """
    rows = [(name, phrase) for table in tables for name, phrases in table.items() for phrase in phrases]
    named = {name: frozenset(phrase for key, phrase in rows if key == name) for name in _NAMED}
    weights = {_spelled(phrase): _number(name) for name, phrase in rows if name not in _NAMED}
    weights.pop((), None)
    longest: dict[str, int] = {}
    for words in weights:
        longest[words[0]] = max(longest.get(words[0], 1), len(words))
    keys, plain = _keys(weights)
    return Lexicon(weights, longest, keys, plain, **named)


def _number(name: str) -> float:
    try:
        return float(name)
    except ValueError:
        raise DatelineError(
            f"{name!r} in `weights` is neither a number nor one of {', '.join(_NAMED)}"
        ) from None


def _spelled(phrase: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(phrase.replace("’", "'").lower()))


def _keys(weights: Mapping[tuple[str, ...], float]) -> tuple[Keys, Keys]:
    """The phrases that weigh something, each by the longest of its words that a story has least of all.

    Behind them are those that have no such word, by the longest of theirs.
    """
    keys: Keys = {}
    plain: Keys = {}
    for words, weight in weights.items():
        if weight >= _KEY:
            rare = [word for word in words if (word,) not in weights or weights[word,] >= _KEY]
            telling = rare or [word for word in words if weights[word,] > 0 and len(word) >= _LONG]
            word = min(telling or words, key=lambda word: (-len(word), word))
            into = keys if telling else plain
            into[word] = (*into.get(word, ()), f" {' '.join(words)} ")
    return keys, plain
