"""Tags for an English article: the people, places and organisations it is about, and its subjects."""

import re
from collections.abc import Collection, Sequence

from generator.ingest.tagging.lexicon import fold, lexicon, spelled
from generator.ingest.tagging.mentions import TITLE
from generator.ingest.tagging.names import Name, find_names
from generator.ingest.tagging.ranking import (
    FEWEST,
    MENTIONED,
    Candidate,
    chosen,
    is_early,
    is_own,
    ranked,
    score,
)
from generator.ingest.tagging.subjects import SHORT, Subject, find_subjects, find_title_nouns

_WORD = re.compile(r"[^\W_]+(?:['’&.-][^\W_]+)*")
_SITE = re.compile(r"\s[|–—-]\s[^|–—]{0,40}\Z")  # the name of a site behind a page's title
_TRIED = 60  # names that are looked at, best first
_OFTEN = 4.0  # how often a name must come up if it is an outlet, and for an acronym nobody explains
_LONG = 20  # paragraphs, after which a subject must come up once more
_OF_PEOPLE = ("n", "an", "ian", "ish", "ese")  # endings that make a people of a place
_OF_PLACES = ("", "a", "e", "y", "ia", "any", "o")  # and those of the place they take away
_PLACE = 4  # letters of the shortest place that is recognised so
_SAMPLE = 5000  # characters that tell what has capitals


def find_english_tags(title: str, paragraphs: Sequence[str], source: str, most: int) -> list[str]:
    """Find the tags of an English article, best first, as `tags.find_tags` says."""
    names = _apart(ranked(_name_candidates(title, paragraphs, source))[:_TRIED])
    found = [_subject_candidate(one, len(paragraphs)) for one in find_subjects(title, paragraphs)]
    subjects = ranked(_needed(found))
    best = chosen([one for one in names if one.fit], [one for one in subjects if one.fit], most)
    if len(best) < FEWEST:
        nouns = [
            Candidate(one.text, 1.0, fit=False, spare=True) for one in find_title_nouns(title, paragraphs)
        ]
        spare = [one for one in [*subjects, *names, *nouns] if one.spare and one not in best]
        best += ranked(spare)[: FEWEST - len(best)]
    return [one.text for one in ranked(best)]


def find_certain_names(title: str, paragraphs: Sequence[str], source: str, most: int) -> list[str]:
    """Find the names that stand in a text of any language as English spells them, and those its capitals show.

    Where nouns have capitals, or nothing has, only well-known names are certain.
    """
    text = " ".join((title, *paragraphs))
    proper = not _has_capital_nouns(text)
    names = _apart(ranked(_name_candidates(title, paragraphs, source))[:_TRIED])
    certain = [one for one in names if one.plain and (proper or spelled((one.text,)))]
    return [one.text for one in certain if f" {one.text}" in f" {text}"][:most]


def _has_capital_nouns(text: str) -> bool:
    """Whether capitals are too many to mean names, as in German."""
    words = text[:_SAMPLE].split()
    return sum(word[0].isupper() for word in words) > 0.24 * len(words)


def _name_candidates(title: str, paragraphs: Sequence[str], source: str) -> list[Candidate]:
    headline = f" {' '.join(fold(word) for word in _WORD.findall(_SITE.sub('', title)))} "
    found = find_names(title, paragraphs)
    words = {word for name in found for form in name.forms for word in form.split()}
    return [
        _name_candidate(name, headline, len(paragraphs))
        for name in found
        if not _is_demonym(fold(name.text), words)
        and not is_own(name.text, source, known=name.known)
        and (name.known or fold(name.text) not in lexicon().subject_names)
    ]


def _name_candidate(name: Name, headline: str, length: int) -> Candidate:
    in_title = name.paragraphs != {TITLE} and any(f" {form} " in headline for form in name.forms)
    early = is_early(name.paragraphs, length)
    several = " " in name.text or name.known
    unsure = not name.known and ((name.text.isupper() and name.text.isalnum()) or _is_thing(name))
    shy = _is_outlet(name) or unsure
    fit = (
        in_title
        or name.weight > _OFTEN
        or (not shy and (name.weight >= MENTIONED or (early and several and name.weight >= 1)))
    )
    capitals = not any(word.islower() for word in name.text.split())
    rank = score(name.weight, len(name.paragraphs), in_title=in_title, early=early) + 0.5 * several - shy
    plain = name.known or (several and capitals and name.weight >= MENTIONED)
    return Candidate(
        name.text, rank, fit, spare=several and not shy and (name.known or name.weight >= 1), plain=plain
    )


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


def _is_thing(name: Name) -> bool:
    """Whether a name that comes up once ends with a word for things: "Premiere Edition", "Basic Activities"."""
    return name.weight < MENTIONED and fold(name.text.rsplit(maxsplit=1)[-1]) in lexicon().words["things"]


def _is_outlet(name: Name) -> bool:
    words, folded = lexicon().words, fold(name.text)
    return folded in words["outlets"] or (" " in folded and folded.split()[-1] in words["outlet_ends"])


def _apart(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Drop a name that stands inside another, or around one that is much more in the news.

    Known names stay, but for a place behind its club.
    """
    places = lexicon().places
    kept: list[tuple[str, Candidate]] = []  # each with its name between spaces, to find whole words in
    for one in candidates:
        name = f" {one.text} "
        around = [(other, longer) for other, longer in kept if name in other]
        inside = bool(around) and not spelled((one.text,))
        club = any(
            other.startswith(name) and other != name and _is_club(longer.text) for other, longer in around
        )
        if inside or club:
            continue
        parts = [part for other, part in kept if other in name and part.text not in places]
        if not any(part.score > one.score + 1 for part in parts):
            kept.append((name, one))
    return [one for _, one in kept]


def _is_club(name: str) -> bool:
    """Whether a name that begins with a place is its club's, which the place alone often stands for."""
    last = name.rsplit(maxsplit=1)[-1]
    return last.endswith("s") or fold(last) in lexicon().words["club_ends"]


def _subject_candidate(subject: Subject, length: int) -> Candidate:
    in_title, early = TITLE in subject.paragraphs, is_early(subject.paragraphs, length)
    wanted = (
        2 if in_title else (3 if early or length < SHORT else 5) + length // _LONG - (" " in subject.text)
    )
    fit = subject.count >= wanted
    rank = score(subject.count, len(subject.paragraphs), in_title=in_title, early=early)
    return Candidate(subject.text, rank, fit, spare=in_title or subject.count > 1)


def _needed(subjects: Sequence[Candidate]) -> list[Candidate]:
    """The subjects that no other makes needless: a wildfire is a fire."""
    needless = {other for one in subjects if one.fit for other in lexicon().instead.get(one.text, ())}
    return [one for one in subjects if one.text not in needless]
