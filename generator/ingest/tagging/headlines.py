"""Names in a headline that spells every word with a capital: "Ada Prowse Says Elmford Bridge Will Reopen".

There a capital proves nothing. A name is what the lexicon knows, what the text below has as a name, or what is very
likely a person's: a first name, and a word behind it that is no ordinary one.
"""

from collections.abc import Collection, Iterator, Sequence

from generator.ingest.tagging.lexicon import Phrase, fold, lexicon, spelled
from generator.ingest.tagging.tokens import Token

_LONGEST = 5  # words of a name
_VERBAL = (
    "ed",
    "ing",
    "s",
    "n't",
    "n’t",
)  # endings of words that a headline puts before a name: "Slams Tarrow"
_INITIAL = 2  # characters: "J."


def find_headline_names(
    tokens: Sequence[Token], names: Collection[str], small: Collection[str]
) -> Iterator[Phrase]:
    """Find the names in a headline's words.

    Args:
        tokens: the words of one sentence of the headline.
        names: the names of the text below it, folded.
        small: the words that this text spells small.
    """
    at = 0
    while at < len(tokens):
        row = _row(tokens, at)
        name = (
            _known(row, names)
            or _person(row, names, small)
            or (_fuller(row, names, small) if _opens(tokens, at) else ())
        )
        if name:
            yield name
        at += len(name) or 1


def _row(tokens: Sequence[Token], start: int) -> Phrase:
    """The capitalised words from a place on, as far as they can be one name."""
    end = start
    while end < min(len(tokens), start + _LONGEST) and tokens[end].capital:
        if end > start and not _in_row(tokens, end):
            break
        end += 1
    return tuple(
        token.word + "." * (after.gap == ". ")
        for token, after in zip(tokens[start:end], tokens[start + 1 : end + 1], strict=False)
    )


def _in_row(tokens: Sequence[Token], at: int) -> bool:
    """Whether nothing parts a word from the one before it."""
    before, gap = tokens[at - 1], tokens[at].gap
    return before.capital and not before.closed and (gap == " " or (gap == ". " and len(before.word) == 1))


def _opens(tokens: Sequence[Token], at: int) -> bool:
    return at == 0 or not _in_row(tokens, at) or fold(tokens[at - 1].word) in lexicon().words["openers"]


def _known(row: Phrase, names: Collection[str]) -> Phrase:
    """The longest name at the start of the row that the lexicon or the text has."""
    table = lexicon()
    for length in range(len(row), 0, -1):
        words = row[:length]
        key = fold(" ".join(words))
        if key in names and (length > 1 or key not in table.words["nameless"]):
            return words
        if length == 1 and (key in table.words["ambiguous"] or key in table.words["given"]):
            return ()
        if spelled(words) or (length == 1 and (key in table.surnames or key in table.peoples)):
            cased = length == 1 and words[0] in table.exact and not words[0].isupper()
            return () if cased else words
    return ()


def _person(row: Phrase, names: Collection[str], small: Collection[str]) -> Phrase:
    """A first name, initials and particles, and a family name."""
    words = lexicon().words
    if len(row) < 2 or fold(row[0]) not in words["given"]:  # noqa: PLR2004 - a first and a family name
        return ()
    end = 1
    while end < len(row) - 1 and (len(row[end]) <= _INITIAL or fold(row[end]) in words["particles"]):
        end += 1
    family = fold(row[end])
    if family not in names and (fold(row[0]) in words["ambiguous"] or not _is_family(family, small)):
        return ()
    return row[: end + 1]


def _is_family(word: str, small: Collection[str]) -> bool:
    table = lexicon()
    if word in table.words["nameless"] or word in table.words["headline_words"] or word in small:
        return False
    return (
        word not in table.subjects and word not in table.known and word not in table.words["headline_verbs"]
    )


def _fuller(row: Phrase, names: Collection[str], small: Collection[str]) -> Phrase:
    """Two words of which the text has only the second as a name: where "Keva Tarrow" stands above "Tarrow"."""
    if len(row) < 2 or fold(row[1]) not in names:  # noqa: PLR2004 - a first and a family name
        return ()
    table, first, family = lexicon(), fold(row[0]), fold(row[1])
    ordinary = first in table.words["nameless"] or first in small or first.endswith(_VERBAL)
    return () if ordinary or spelled(row[:1]) or first in table.peoples or spelled((family,)) else row[:2]
