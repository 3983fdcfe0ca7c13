"""Three to eight tags for an English article: people, places and organisations it is about, and its subjects."""

import math
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from generator.ingest.lexicon import fold, lexicon, spelled
from generator.ingest.mentions import TITLE
from generator.ingest.names import Name, find_names
from generator.ingest.subjects import Subject, find_subjects, find_title_nouns

_WORD = re.compile(r"[^\W_]+(?:['’&.-][^\W_]+)*")
_SITE = re.compile(r"\s[|–—-]\s[^|–—]{0,40}\Z")  # the name of a site behind a page's title
_ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "is",
        "that",
        "for",
        "with",
        "was",
        "it",
        "at",
        "by",
        "from",
        "are",
        "has",
        "have",
        "said",
    ]
)
_FEWEST = 3
_NAMES, _SUBJECTS = 6, 4  # at most so many of each, as long as there are enough of the other
_TRIED = 60  # names that are looked at, best first
_MENTIONED = 2.0  # how often a name must come up to be a tag where nothing else speaks for it
_OFTEN = 4.0  # the same for an outlet, and for an acronym nobody explains
_SHORT = 8  # paragraphs, in which fewer mentions make a subject
_LONG = 20  # paragraphs, after which a subject must come up once more
_OF_PEOPLE = ("n", "an", "ian", "ish", "ese")  # endings that make a people of a place
_OF_PLACES = ("", "a", "e", "y", "ia", "any", "o")  # and those of the place they take away
_PLACE = 4  # letters of the shortest place that is recognised so
_SAMPLE = 5000  # characters that tell the language


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A tag: what speaks for it, whether that is enough, and whether it is where there is little else.

    `plain` says that it needs no knowledge of the language.
    """

    text: str
    score: float
    fit: bool
    spare: bool
    plain: bool = False


def find_tags(title: str, paragraphs: Sequence[str], source: str = "", *, most: int = 8) -> tuple[str, ...]:
    """Find the tags of an article, best first: at most `most`, at least three where the text gives any.

    Names of people, places and organisations stand in their fullest form, subjects in lower case, both as
    `tags.toml` spells them if it does. Tags rank by how often, how early and in how many paragraphs they are
    mentioned, and by whether the title does. The source's own name is no tag. A text in another language gets only
    the names that its capitals show beyond doubt; where nouns have capitals, or nothing has, only those well known.
    """
    names = _apart(_best(_name_candidates(title, paragraphs, source))[:_TRIED])
    if not _is_english(paragraphs or [title]):
        sure = [
            one for one in names if one.plain and (spelled((one.text,)) or not _has_capital_nouns(paragraphs))
        ]
        return tuple(one.text for one in sure[:most])
    found = [_subject_candidate(one, len(paragraphs)) for one in find_subjects(title, paragraphs)]
    subjects = _best(_needed(found))
    chosen = _chosen([one for one in names if one.fit], [one for one in subjects if one.fit], most)
    if len(chosen) < _FEWEST:
        nouns = [
            _Candidate(one.text, 1.0, fit=False, spare=True) for one in find_title_nouns(title, paragraphs)
        ]
        spare = [one for one in [*subjects, *names, *nouns] if one.spare and one not in chosen]
        chosen += _best(spare)[: _FEWEST - len(chosen)]
    return tuple(one.text for one in _best(chosen))


def _best(candidates: Iterable[_Candidate]) -> list[_Candidate]:
    return sorted(candidates, key=lambda one: -one.score)


def _chosen(names: Sequence[_Candidate], subjects: Sequence[_Candidate], most: int) -> list[_Candidate]:
    few = max(_SUBJECTS, most - len(names))
    some = max(_NAMES, most - min(len(subjects), few))
    return _best({one.text.casefold(): one for one in (*subjects[:few], *names[:some])}.values())[:most]


def _is_english(paragraphs: Sequence[str]) -> bool:
    words = " ".join(paragraphs)[:_SAMPLE].casefold().split()
    latin = sum(word.isascii() for word in words) > 0.8 * len(words)
    return latin and sum(word in _ENGLISH for word in words) > 0.1 * len(words)


def _has_capital_nouns(paragraphs: Sequence[str]) -> bool:
    """Whether capitals are too many to mean names, as in German."""
    words = " ".join(paragraphs)[:_SAMPLE].split()
    return sum(word[0].isupper() for word in words) > 0.24 * len(words)


def _name_candidates(title: str, paragraphs: Sequence[str], source: str) -> list[_Candidate]:
    headline = f" {' '.join(fold(word) for word in _WORD.findall(_SITE.sub('', title)))} "
    own = _squeezed(source)
    found = find_names(title, paragraphs)
    words = {word for name in found for form in name.forms for word in form.split()}
    return [
        _name_candidate(name, headline, len(paragraphs))
        for name in found
        if not _is_demonym(fold(name.text), words)
        and not (own and _is_own(name, own))
        and (name.known or fold(name.text) not in lexicon().subject_names)
    ]


def _is_own(name: Name, source: str) -> bool:
    """Whether a name is the source's, or a part of it that is no place: "Ellery" of The Ellery Courier is one."""
    text = _squeezed(name.text)
    return text == source or (text in source and not name.known)


def _squeezed(name: str) -> str:
    return fold(name).removeprefix("the ").replace(" ", "").removesuffix("com").removeprefix("the")


def _name_candidate(name: Name, headline: str, length: int) -> _Candidate:
    in_title = name.paragraphs != {TITLE} and any(f" {form} " in headline for form in name.forms)
    early = _is_early(name.paragraphs, length)
    several = " " in name.text or name.known
    shy = _is_outlet(name) or (name.text.isupper() and name.text.isalnum() and not name.known)
    fit = in_title or name.weight > _OFTEN or (not shy and (name.weight >= _MENTIONED or (early and several)))
    capitals = not any(word.islower() for word in name.text.split())
    score = _score(name.weight, len(name.paragraphs), in_title=in_title, early=early) + 0.5 * several - shy
    plain = name.known or (several and capitals and name.weight >= _MENTIONED)
    return _Candidate(name.text, score, fit, spare=several and not shy, plain=plain)


def _is_demonym(name: str, words: Collection[str]) -> bool:
    """Whether a name is a people's, made from a place that the text names: `Ketrovan` where Ketrova stands.

    A number may stand before it, as in "Twenty-four Ketrovan".
    """
    *before, last = name.split()
    if len(before) > 1 or any("-" not in word for word in before):
        return False
    places = {
        last[: -len(ending)] + vowel for ending in _OF_PEOPLE if last.endswith(ending) for vowel in _OF_PLACES
    }
    return any(place in words for place in places if len(place) >= _PLACE and place != last)


def _is_outlet(name: Name) -> bool:
    words, folded = lexicon().words, fold(name.text)
    return folded in words["outlets"] or (" " in folded and folded.split()[-1] in words["outlet_ends"])


def _is_early(paragraphs: Collection[int], length: int) -> bool:
    return any(0 <= at <= length // 5 for at in paragraphs)


def _score(weight: float, spread: int, *, in_title: bool, early: bool) -> float:
    return 1.2 * math.log2(1 + weight) + 1.5 * in_title + 0.8 * early + 0.3 * min(spread, 4)


def _apart(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """Drop a name that stands inside another, or around one that is much more in the news; known names stay."""
    places = lexicon().places
    kept: list[_Candidate] = []
    for one in candidates:
        inside = not spelled((one.text,)) and any(f" {one.text} " in f" {other.text} " for other in kept)
        parts = [other for other in kept if f" {other.text} " in f" {one.text} " and other.text not in places]
        if not inside and not any(other.score > one.score + 1 for other in parts):
            kept.append(one)
    return kept


def _subject_candidate(subject: Subject, length: int) -> _Candidate:
    in_title, early = TITLE in subject.paragraphs, _is_early(subject.paragraphs, length)
    wanted = (
        2 if in_title else (3 if early or length < _SHORT else 5) + length // _LONG - (" " in subject.text)
    )
    fit = subject.count >= wanted
    score = _score(subject.count, len(subject.paragraphs), in_title=in_title, early=early)
    return _Candidate(subject.text, score, fit, spare=in_title or subject.count > 1)


def _needed(subjects: Sequence[_Candidate]) -> list[_Candidate]:
    """The subjects that no other makes needless: a wildfire is a fire."""
    needless = {other for one in subjects if one.fit for other in lexicon().instead.get(one.text, ())}
    return [one for one in subjects if one.text not in needless]
