"""Where a story goes on inside what a rule took for a promotion, which has no full stop of its own.

A rule that ends at a full stop takes the next sentence of the story with a promotion that lacks one. That sentence
begins with a capital behind a word that leads to no name, and its words are a story's.
"""

import re
from collections.abc import Iterator, Sequence

from generator.ingest.cleaning.linked import Guards, begins_sentence, is_lead, opens_sentence
from generator.ingest.rulebook.weights import NAME, PAST, UNKNOWN, Lexicon, Token, tokens_of

_GAP = re.compile(r"(?<=[\w)])\s{1,3}(?=[\"“'‘]?[A-Z])")
_SHORTEST_PAST = 5  # characters of a past tense
_FEWEST = 5  # words of the sentence that goes on
_TELLS = -3.0  # what words weigh that a story tells


def story_inside(text: str, start: int, end: int, lexicon: Lexicon, guards: Guards) -> int:
    """Find where a story goes on in a stretch of a text that a rule took, 0 where it does not."""
    for gap in _GAP.finditer(text, start, end):
        at = gap.start()
        before = text[text.rfind(" ", start, at) + 1 : at]
        rest = tokens_of(text[gap.end() : end])
        if len(rest) < _FEWEST:
            return 0
        told = before.isalpha() and sum(_weights(tokens_of(before), lexicon)) <= PAST
        if told or is_lead(before.lower(), guards):
            continue
        named = before[:1].isupper() and not opens_sentence(text, gap.end(), guards)
        if not named and begins_sentence(text, at, guards) and sum(_weights(rest, lexicon)) <= _TELLS:
            return gap.end()
    return 0


def _weights(tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[float]:
    for first, _, weight in lexicon.phrases(tokens):
        word = tokens[first].word
        plain = NAME if tokens[first].risen else PAST if _may_tell(word) else UNKNOWN
        yield weight if weight is not None else 0.0 if word[0].isdigit() else plain


def _may_tell(word: str) -> bool:
    return word.endswith("ed") and len(word) >= _SHORTEST_PAST
