"""Whether a page may say a text at all: what is looked at before anything is weighed (see `scales.py`)."""

from dataclasses import dataclass
from typing import NamedTuple

from generator.ingest.cleaning.linked import Guards
from generator.ingest.rulebook.weights import Lexicon, Said, said_in

_MOST_BEFORE = 4  # words that are not known before the first of a page's
_MARKS = frozenset("@|:»")


@dataclass(frozen=True, slots=True)
class Scale:
    """What weighs the sentences of a story.

    Attributes:
        lexicon: a language's words.
        about: the words that the story is about: of a page's they weigh nothing.
        source: the words of its source's name.
        guards: what tells where a sentence begins.
        personal: whether the story itself speaks to its reader.
    """

    lexicon: Lexicon
    about: frozenset[str]
    source: frozenset[str]
    guards: Guards
    personal: bool = False


class Own(NamedTuple):
    """What a block has of a page: its phrases, its words to the reader, and a word of each to look for first."""

    phrases: tuple[str, ...]
    reader: frozenset[str]
    hints: tuple[str, ...]


def may_speak(text: str, words: Said, scale: Scale) -> bool:
    """Tell whether a page could say some of a text: words of a page's, to its reader, or behind a mark.

    `words` are the text's.
    """
    return not _MARKS.isdisjoint(text) or _speaks(words, scale)


def _speaks(words: Said, scale: Scale) -> bool:
    to_reader = not scale.personal and not scale.lexicon.reader.isdisjoint(words.words)
    return to_reader or scale.lexicon.speaks(words)


def own_of(words: Said, scale: Scale) -> Own:
    """Find what a page says with in a block; `words` are the block's."""
    phrases = tuple(scale.lexicon.own(words))
    reader = frozenset[str]() if scale.personal else scale.lexicon.reader & words.words
    return Own(phrases, reader, (*(max(phrase.split(), key=len) for phrase in phrases), *reader))


def begins(text: str, scale: Scale, own: Own) -> bool:
    """Whether a sentence speaks as a page before it has too many words of a story's for that to outweigh them."""
    small = text.lower().replace("’", "'")
    if not any(hint in small for hint in own.hints):
        return False
    said = said_in(text)
    openers = {phrase.split(maxsplit=1)[0] for phrase in own.phrases if phrase in said.spelled}
    openers |= own.reader & said.words
    unknown = 0
    for word in said.spelled.split() if openers else ():
        if word in openers:
            return True
        unknown += word not in scale.lexicon.longest
        if unknown > _MOST_BEFORE:
            return False
    return False
