"""The topic of a news article, by weighted words and phrases that a person can read and extend.

`languages/<code>/topics.toml` holds the terms of a language; the English one says how terms are written. A topic's
score is the sum over its terms of `weight * log2(1 + seen)`, where `seen` adds up the places of a term: 2 in the
title; in the text 1.5 at its start, falling towards 1, and less the longer the text is. At each place the longest
term wins and uses up its words.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import compress, count

from generator.ingest.classifying import terms
from generator.ingest.classifying.remnants import without_dateline, without_remnants
from generator.ingest.classifying.terms import Lexicon, Voices, Way

_FALLBACK = "society"
_TITLE_PLACE = 2.0
_EARLY = 60  # tokens into the text, where the bonus for an early place has halved
_LONG = 120  # tokens: in a text of three times this length a place counts half
_DOUBT = 6.0  # the score at which an unrivalled topic has a confidence of one half

UNSURE = 0.12
"""A verdict with less confidence is a guess: of 3,259 headlines with a line of text, labelled by hand and noisily,
the fifth that fell below it was right for 46 in 100, the others for 71; from 0.5 on for 86."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A topic and what decided for it.

    Attributes:
        topic: slug of the taxonomy.
        confidence: 0 to 1, the margin over the second topic against the winner's score, where a thin score tells
            against it: `(first - second) / (first + 6)`.
        reasons: the terms found for the topic, as `topics.toml` has them, and what each added to its score,
            heaviest first.
    """

    topic: str
    confidence: float
    reasons: tuple[tuple[str, float], ...]


def classify(
    title: str,
    text: str,
    allowed: Collection[str] | None = None,
    *,
    language: str = terms.DEFAULT,
    own: terms.Terms | None = None,
) -> Verdict:
    """Find the topic of an article.

    Args:
        title: the headline, plain text.
        text: the body, plain text or light Markdown.
        allowed: the slugs to choose from; None for all that the terms know.
        language: code of the article's language; one without a `topics.toml` is read as English.
        own: a site's own terms, by topic (which may be the site's own, or "aside") and by level; they add to the
            language's, and where both weigh a term for a topic the site's level counts.

    Raises:
        KeyError: `own` has a level that is none of `terms.LEVELS`.

    Returns:
        the heaviest allowed topic, ties by slug. Where no term matches: `society`, or the first allowed slug where
        a site has no such topic, with confidence 0 and no reasons.
    """
    lexicon = terms.lexicon(terms.served(language), terms.freeze(own))
    gains = _gains(_seen(title, text, lexicon), lexicon)
    scores = {
        slug: sum(found.values()) for slug, found in gains.items() if allowed is None or slug in allowed
    }
    if not scores:
        return Verdict(min(allowed) if allowed and _FALLBACK not in allowed else _FALLBACK, 0.0, ())
    best, *others = sorted(scores, key=lambda slug: (-scores[slug], slug))
    margin = scores[best] - (scores[others[0]] if others else 0.0)
    reasons = sorted(gains[best].items(), key=lambda reason: (-reason[1], reason[0]))
    return Verdict(
        topic=best,
        confidence=round(margin / (scores[best] + _DOUBT), 3),
        reasons=tuple((term, round(gain, 2)) for term, gain in reasons),
    )


def _gains(seen: Mapping[tuple[str, str], float], lexicon: Lexicon) -> dict[str, dict[str, float]]:
    """Per topic, what each of its terms adds to its score."""
    gains: dict[str, dict[str, float]] = defaultdict(dict)
    for (slug, term), places in seen.items():
        gains[slug][lexicon.names[term]] = lexicon.terms[term][slug] * math.log2(1 + places)
    return gains


def _seen(title: str, text: str, lexicon: Lexicon) -> dict[tuple[str, str], float]:
    """Per topic and term that speaks for it, the sum of what its places count."""
    headline = lexicon.split(without_remnants(title))
    body = lexicon.split(without_dateline(without_remnants(text)))
    caseless = not any(token[0].isupper() for token in headline + body)
    seen: dict[tuple[str, str], float] = defaultdict(float)
    for _, found in _found(headline, lexicon, caseless=caseless):
        for voice in found:
            seen[voice] += _TITLE_PLACE
    damping = math.sqrt(1 + len(body) / _LONG)
    for index, found in _found(body, lexicon, caseless=caseless):
        place = (1 + 0.5 * _EARLY / (_EARLY + index)) / damping
        for voice in found:
            seen[voice] += place
    return seen


def _found(tokens: list[str], lexicon: Lexicon, *, caseless: bool) -> Iterator[tuple[int, Voices]]:
    """What speaks for topics, in its order, each with the number of the token it starts at.

    A text without any capital cannot show a name, so there every word may be one.
    """
    tokens = [token.capitalize() for token in tokens] if caseless else tokens
    free = 0
    ways = list(map(lexicon.begin.__getitem__, tokens))
    for index in compress(count(), ways):
        way = ways[index]
        if way and index >= free:
            found, length = _longest(way, tokens, index)
            free = index + length
            if found:
                yield index, lexicon.voices(found)


def _longest(begun: Way, tokens: list[str], start: int) -> tuple[tuple[str, ...], int]:
    """The longest terms that start at a token, the most exact first, and how many tokens they take up."""
    found: tuple[str, ...] = ()
    length, end = 1, start + 1
    way: Way | None = begun
    while way:
        if way.ended:
            found, length = way.ended, end - start
        way = way.onward[tokens[end]] if way.goes_on and end < len(tokens) else None
        end += 1
    return found, length
