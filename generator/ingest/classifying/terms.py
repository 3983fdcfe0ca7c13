"""The weighted terms by which topics are known: a language's `topics.toml` and a site's own, ready to look up."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial
from types import MappingProxyType

from generator.ingest.classifying import wordforms
from generator.ingest.classifying.wordforms import Words
from generator.ingest.languages import has_table, read_table
from generator.ingest.wording.remembered import Remembered

ASIDE = "aside"
"""The table of phrases that mislead; they speak for no topic."""

LEVELS: Mapping[str, float] = MappingProxyType({"sure": 4.0, "strong": 2.5, "fair": 1.3, "hint": 0.5})
"""The levels of evidence in every `topics.toml`, and what a term of each weighs."""

DEFAULT = "en"
"""The language whose terms serve where a language has none."""

_LONGEST_WORD = 40  # letters; what is longer is no word, and its rest tells nothing
_TOKENS = 1 << 15  # of which is remembered what they stand for
_NEXT_TOKENS = 1 << 11  # the same behind a word that terms go on from

Terms = Mapping[str, Mapping[str, Sequence[str]]]
"""By topic's slug, by level: terms as `topics.toml` writes them."""

Frozen = tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...]
"""`Terms` in a form that can be a key."""


Voices = tuple[tuple[str, str], ...]
"""The topics that a place in a text speaks for, each with the term by which it does."""


@dataclass(slots=True)
class Node:
    """Where one or more terms stand after some of their words.

    Attributes:
        term: the term that ends here; "" for none.
        following: by the next word, where terms go on.
    """

    term: str = ""
    following: dict[str, "Node"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """Where the terms stand that fit some words of a text, the most exact first.

    Attributes:
        ended: the terms that end here.
        goes_on: whether others do not.
        onward: by the next token of the text, where those stand that go on with a word it may stand for.
    """

    ended: tuple[str, ...]
    goes_on: bool
    onward: Mapping[str, "Way | None"]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Terms under the form in which a text's words are looked up.

    Attributes:
        terms: per term its weight for each topic; none for a phrase that misleads.
        names: per term how its file has it.
        begin: by a token of a text, where the terms stand that begin with a word it may stand for.
        voices: what the terms that fit a place, the most exact first, speak for: every topic by its most exact
            term; from a phrase on that misleads, nothing.
        split: a text to its tokens.
    """

    terms: Mapping[str, Mapping[str, float]]
    names: Mapping[str, str]
    begin: Mapping[str, Way | None]
    voices: Callable[[tuple[str, ...]], Voices]
    split: Callable[[str], list[str]]


def freeze(terms: Terms | None) -> Frozen:
    """Give a site's own terms the form that `lexicon` takes."""
    return tuple(
        (slug, tuple((level, tuple(listed)) for level, listed in table.items()))
        for slug, table in (terms or {}).items()
    )


@lru_cache(maxsize=256)
def served(language: str) -> str:
    """The language whose terms serve a language code ("de", "pt-BR"): its own, or else `DEFAULT`."""
    primary = language.partition("-")[0].lower()
    return primary if has_table(primary, "topics") else DEFAULT


def load(language: str) -> Terms:
    """Read the terms of a language that has some from the package."""
    return read_table(language, "topics")


@lru_cache(maxsize=32)
def lexicon(language: str, own: Frozen = ()) -> Lexicon:
    """Make the terms of a language that has some ready to look up, with a site's own added to them.

    Where both weigh a term for a topic, the site's weight counts; a phrase that the site sets aside speaks for
    nothing but what the site itself says it speaks for.
    """
    words = wordforms.words_of(language)
    fold = cache(words.fold)
    terms: dict[str, dict[str, float]] = defaultdict(dict)
    names: dict[str, str] = {}
    for tables in (load(language), {slug: dict(table) for slug, table in own}):
        for slug, level, name in _listed(tables):
            term = _term(name, fold)
            names[term] = name
            if slug == ASIDE:
                terms[term] = {}
            else:
                terms[term][slug] = LEVELS[level]
    return _indexed(dict(terms), names, words)


def _listed(tables: Terms) -> Iterator[tuple[str, str, str]]:
    """Topic, level and term of each, those set aside first: a topic may still claim them."""
    for slug in sorted(tables, key=lambda slug: slug != ASIDE):
        for level, listed in tables[slug].items():
            for name in listed:
                yield slug, level, name


def _term(name: str, fold: Callable[[str], str]) -> str:
    """A term in the form in which texts are looked up: hyphens are spaces, a name has its one capital."""
    parts = name.split() if "#-#" in name else name.replace("-", " ").split()
    return " ".join([fold(part).capitalize() if part[0].isupper() else fold(part) for part in parts])


def _indexed(terms: Mapping[str, Mapping[str, float]], names: Mapping[str, str], words: Words) -> Lexicon:
    root = Node()
    known: set[str] = set()
    for term in terms:
        node = root
        for word in term.split(" "):
            known.add(word)
            node = node.following.setdefault(word, Node())
        node.term = term
    written = lru_cache(maxsize=_TOKENS)(partial(_written, words=words, known=known))
    return Lexicon(
        terms=terms,
        names=names,
        begin=_onward([root], written, _TOKENS),
        voices=lru_cache(maxsize=_TOKENS)(partial(_voices, terms=terms)),
        split=words.split,
    )


def _written(token: str, words: Words, known: Collection[str]) -> tuple[str, ...]:
    forms = wordforms.forms(token[:_LONGEST_WORD], words)
    return tuple(dict.fromkeys(form for form in forms if form in known))


def _onward(
    nodes: Sequence[Node], written: Callable[[str], tuple[str, ...]], most: int = _NEXT_TOKENS
) -> Mapping[str, Way | None]:
    """By the next token, where the terms stand that go on from some places; made when it is asked for."""

    def step(token: str) -> Way | None:
        words = written(token)
        ahead = [node.following[word] for node in nodes for word in words if word in node.following]
        ended = tuple([node.term for node in ahead if node.term])
        goes_on = any(node.following for node in ahead)
        return Way(ended, goes_on, _onward(ahead, written) if goes_on else {}) if ahead else None

    return Remembered(step, most)


def _voices(found: tuple[str, ...], terms: Mapping[str, Mapping[str, float]]) -> Voices:
    voices: dict[str, str] = {}
    for term in found:
        if not terms[term]:
            break
        for slug in terms[term]:
            voices.setdefault(slug, term)
    return tuple(voices.items())
