"""The topic of an English news article, by weighted words and phrases that a person can read and extend.

`topics.toml`, beside this module, holds the terms and says how they are written. A topic's score is the sum over
its terms of `weight * log2(1 + seen)`, where `seen` adds up the places of a term: 3 in the title; in the text 1.5
at its start, falling towards 1, and less the longer the text is. At each place the longest term wins and uses up
its words.
"""

import math
import re
import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

_FALLBACK = "society"
_ASIDE = "aside"
_TITLE_PLACE = 3.0
_EARLY = 60  # tokens into the text, where the bonus for an early place has halved
_LONG = 120  # tokens: in a text of three times this length a place counts half
_DOUBT = 6.0  # the score at which an unrivalled topic has a confidence of one half
_SHORTEST_PLURAL = 4  # letters
_LONGEST_WORD = 40  # letters; what is longer is no word, and its rest tells nothing

# A dotted abbreviation; a score or a range; a number; a word; a sign; a stop, which no phrase runs across. No text
# can be matched in two ways, so a hostile line costs no more than its length.
_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}"
    r"|(?<![\w-])\d{1,3}[-\u2013]\d{1,3}(?![\w-])"
    r"|\d+(?:[.,]\d+)*"
    r"|[^\W\d_][^\W_]*(?:['\u2019][^\W_]+)*"
    r"|[$£€¥%°]"
    r"|[.,;:!?()\n\u2014]"
)


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


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """What `topics.toml` says, under the form in which a text's words are looked up.

    Attributes:
        terms: per term its weight for each topic; none for a phrase that misleads.
        names: per term how the file has it.
        openings: the proper beginnings of phrases.
        words: the words of all terms.
    """

    terms: Mapping[str, Mapping[str, float]]
    names: Mapping[str, str]
    openings: frozenset[str]
    words: frozenset[str]


def classify(title: str, text: str, allowed: Collection[str] | None = None) -> Verdict:
    """Find the topic of an article in English.

    Args:
        title: the headline, plain text.
        text: the body, plain text or light Markdown.
        allowed: the slugs to choose from; None for all that `topics.toml` knows.

    Returns:
        the heaviest allowed topic, ties by slug. Where no term matches: `society`, or the first allowed slug where
        a site has no such topic, with confidence 0 and no reasons.
    """
    gains = _gains(_seen(title, text))
    scores = {
        slug: sum(terms.values()) for slug, terms in gains.items() if allowed is None or slug in allowed
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


def _gains(seen: Mapping[str, float]) -> dict[str, dict[str, float]]:
    """Per topic, what each of its terms adds to its score."""
    lexicon = _lexicon()
    gains: dict[str, dict[str, float]] = defaultdict(dict)
    for term, places in seen.items():
        factor = math.log2(1 + places)
        for slug, weight in lexicon.terms[term].items():
            gains[slug][lexicon.names[term]] = weight * factor
    return gains


def _seen(title: str, text: str) -> dict[str, float]:
    """Per term found, the sum of what its places count."""
    headline, body = _TOKEN.findall(title), _TOKEN.findall(text)
    caseless = not any(token[0].isupper() for token in headline + body)
    seen: dict[str, float] = defaultdict(float)
    for _, term in _found(headline, caseless=caseless):
        seen[term] += _TITLE_PLACE
    damping = math.sqrt(1 + len(body) / _LONG)
    for index, term in _found(body, caseless=caseless):
        seen[term] += (1 + 0.5 * _EARLY / (_EARLY + index)) / damping
    return seen


def _found(tokens: list[str], *, caseless: bool) -> Iterator[tuple[int, str]]:
    """The terms in their order, each with the number of the token it starts at.

    A text without any capital cannot show a name, so there every word may be one.
    """
    lexicon = _lexicon()
    cut = [token[:_LONGEST_WORD] for token in tokens]
    words = [_written(token.capitalize() if caseless else token) for token in cut]
    free = 0
    for index, candidates in enumerate(words):
        if candidates and index >= free:
            term, length = _longest(lexicon, words, index)
            free = index + length
            if term:
                yield index, term


def _longest(lexicon: _Lexicon, words: list[tuple[str, ...]], start: int) -> tuple[str, int]:
    """The longest term that starts at a token and how many tokens it takes up; "" and 1 where none does."""
    best, length = ("", 1), 1
    candidates = words[start]
    while candidates:
        term = next((candidate for candidate in candidates if candidate in lexicon.terms), "")
        best = (term, length) if term else best
        following = words[start + length] if start + length < len(words) else ()
        candidates = tuple(
            f"{one} {word}" for one in candidates if one in lexicon.openings for word in following
        )
        length += 1
    return best


@lru_cache(maxsize=1 << 15)
def _written(token: str) -> tuple[str, ...]:
    """The words of terms that stand for a token of a text, the most exact first."""
    words = _lexicon().words
    return tuple(dict.fromkeys(form for form in _forms(token) if form in words))


def _forms(token: str) -> Iterator[str]:
    if token[0].isdecimal():
        yield "#-#" if "-" in token or "\u2013" in token else "#"
        return
    whole = token.replace(".", "").replace("\u2019", "'").lower()
    plain = whole.removesuffix("'s")
    beginnings = (f"{plain[:end]}*" for end in range(len(plain), 1, -1))
    forms = (whole, plain, *_singulars(plain), *beginnings)
    if token[0].isupper():
        yield from map(str.capitalize, forms)
    yield from forms


def _singulars(word: str) -> Iterator[str]:
    """What `word` may be the plural of; a wrong guess does no harm unless a term says it."""
    if len(word) < _SHORTEST_PLURAL or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return
    yield word[:-1]
    if word.endswith("es"):
        yield word[:-2]
    if word.endswith("ies"):
        yield f"{word[:-3]}y"


@cache
def _lexicon() -> _Lexicon:
    tables = tomllib.loads(
        resources.files(__package__).joinpath("languages/en/topics.toml").read_text("utf-8")
    )
    levels = tables.pop("weights")
    terms: dict[str, dict[str, float]] = defaultdict(dict)
    names: dict[str, str] = {}
    for slug, table in tables.items():
        for level, written in table.items():
            for name in written:
                term = _term(name)
                names[term] = name
                terms[term].update({} if slug == _ASIDE else {slug: levels[level]})
    phrases = [term.split(" ") for term in terms]
    return _Lexicon(
        terms=dict(terms),
        names=names,
        openings=frozenset(" ".join(words[:end]) for words in phrases for end in range(1, len(words))),
        words=frozenset(word for words in phrases for word in words),
    )


def _term(name: str) -> str:
    """A term in the form in which texts are looked up: hyphens are spaces, a name has its one capital."""
    words = name.split() if "#-#" in name else name.replace("-", " ").split()
    return " ".join(word.capitalize() if word[0].isupper() else word.lower() for word in words)
