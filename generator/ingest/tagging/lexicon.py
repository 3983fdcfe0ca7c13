"""The words by which names and subjects are known: `tags.toml`, read once."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from generator.ingest.languages import read_table

Phrase = tuple[str, ...]
Starts = Mapping[str, tuple[tuple[Phrase, str], ...]]
"""By first word: the phrases that begin so, longest first, each with what it stands for."""

_NOT_ITSELF = "-"  # among a subject's variants: the subject's own word is too common to count


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What `tags.toml` says, ready to look up; words and keys are folded as `fold` does.

    Attributes:
        words: the lists of single words, by name; "ordinary", "nameless" and "never_names" are made of others.
        exact: spellings in which the case counts ("US") to the name they stand for.
        known: folded names, whole or aliases, to their right spelling.
        places: the right spellings of countries, regions and cities.
        surnames: family names that mean one person where no first name is given.
        peoples: adjectives and people's names ("Ukrainian") to their country.
        subjects: what stands for a subject in any case.
        cased: what stands for one only in the case it is written in.
        subject_names: folded, the capitalised words that are short for a subject ("COVID"), and so no other tag.
        instead: for a subject, those it makes needless.
    """

    words: Mapping[str, frozenset[str]]
    exact: Mapping[str, str]
    known: Mapping[str, str]
    places: frozenset[str]
    surnames: Mapping[str, str]
    peoples: Mapping[str, str]
    subjects: Starts
    cased: Starts
    subject_names: frozenset[str]
    instead: Mapping[str, frozenset[str]]


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Reduce a name to what its spellings share: no case, no diacritics, no dots, straight apostrophes.

    Names are remembered; for a whole text there is `fold_text`.
    """
    return fold_text(text)


def fold_text(text: str) -> str:
    """Reduce a text as `fold` does a name."""
    if not text.isascii():
        plain = unicodedata.normalize("NFKD", text.replace("’", "'"))
        text = "".join(c for c in plain if not unicodedata.combining(c))
    return text.casefold().replace(".", "")


@cache
def lexicon() -> Lexicon:
    """Read `tags.toml` from the package, once."""
    table = read_table("en", "tags")
    countries, aliases = table["countries"], table["aliases"]
    places = [*countries, *_phrases(table["places"]["names"])]
    pairs = [(name, name) for name in [*aliases, *places, *_phrases(table["whole"]["names"])]]
    pairs += [(variant, name) for name, variants in aliases.items() for variant in _phrases(variants)]
    plain, cased = _subjects(table["subjects"])
    return Lexicon(
        words=_words(table["words"]),
        exact={spelling: name for spelling, name in pairs if _is_cased(spelling)},
        known={fold(spelling): name for spelling, name in pairs if not _is_cased(spelling)},
        places=frozenset(places),
        surnames={fold(name): person for name, person in table["surnames"].items()},
        peoples={fold(people): name for name, peoples in countries.items() for people in _phrases(peoples)},
        subjects=plain,
        cased=cased,
        subject_names=frozenset(
            fold(" ".join(phrase))
            for starts in cased.values()
            for phrase, subject in starts
            if fold(subject) != fold(" ".join(phrase)) and fold(subject).startswith(fold(" ".join(phrase)))
        ),
        instead={subject: frozenset(_phrases(others)) for subject, others in table["instead"].items()},
    )


@lru_cache(maxsize=1 << 15)
def spelled(words: Phrase) -> str:
    """The right spelling of a name the lexicon knows, "" for all others."""
    text = " ".join(words)
    table = lexicon()
    return table.exact.get(text) or table.known.get(fold(text), "")


def spellings(name: str) -> tuple[str, ...]:
    """Every way in which the lexicon spells a name, its right spelling first; none if it does not know it."""
    right = spelled(tuple(name.split()))
    return (right, *_variants().get(right, ())) if right else ()


@cache
def _variants() -> dict[str, list[str]]:
    table = lexicon()
    variants: dict[str, list[str]] = {}
    for spelling, name in (*table.exact.items(), *table.known.items()):
        variants.setdefault(name, []).append(spelling)
    return variants


def _words(table: Mapping[str, str]) -> dict[str, frozenset[str]]:
    words = {name: frozenset(fold(word) for word in text.split()) for name, text in table.items()}
    words["ordinary"] = words["generic"] | words["roles"] | words["role_modifiers"]
    words["nameless"] = words["ordinary"].union(
        *(words[name] for name in ("openers", "days", "months", "particles"))
    )
    words["never_names"] = words["openers"] - words["given"]
    words["and_ends"] |= words["fields"]
    return words


def _is_cased(spelling: str) -> bool:
    return len(spelling) < 4 or spelling.isupper()  # noqa: PLR2004 - "Fed", "LA": as words they mean something else


def _phrases(text: str) -> list[str]:
    return [" ".join(phrase.split()) for phrase in text.split(",") if phrase.strip()]


def _subjects(table: Mapping[str, str]) -> tuple[Starts, Starts]:
    plain: dict[str, dict[Phrase, str]] = {}
    cased: dict[str, dict[Phrase, str]] = {}
    for subject, variants in table.items():
        listed = [subject, *_phrases(variants)]
        for variant in listed[2:] if _NOT_ITSELF in listed else listed:
            for form in _numbers(variant):
                phrase = tuple(form.replace("-", " ").replace(".", "").split())
                starts = plain if form.islower() else cased
                starts.setdefault(phrase[0], {})[phrase] = subject
    return _longest_first(plain), _longest_first(cased)


def _longest_first(starts: Mapping[str, Mapping[Phrase, str]]) -> Starts:
    return {
        word: tuple(sorted(found.items(), key=lambda pair: -len(pair[0]))) for word, found in starts.items()
    }


def _numbers(phrase: str) -> Iterator[str]:
    """The phrase as it stands and in the plural of its last word."""
    yield phrase
    if phrase.endswith(("s", "x", "ch", "sh")):
        yield f"{phrase}es"
    elif phrase.endswith("y") and phrase[-2:-1] not in "aeiou":
        yield f"{phrase[:-1]}ies"
    else:
        yield f"{phrase}s"
