"""Names in German, French and Spanish sentences, by their capitals and what is around them.

French and Spanish give capitals to names only: two or more in a row are one. German gives them to every noun: there
a first name, or an office and two capitals, show a person. Single capitals and acronyms are given too, as what a
fuller name may be called by or, where they come up often, as names of their own.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.ingest.tagging.gazetteer import Gazetteer, Word
from generator.ingest.tagging.lexicon import fold

# What abstract nouns and plurals end in, and what places do that look like them.
_ABSTRACT = ("ung", "ungen", "heit", "keit", "schaft", "tion", "ismus", "tät", "en", "ern", "eln")
_TOWNS = ("hafen", "hausen", "kirchen", "ingen", "baden", "münden", "felden")
_OPENS = "\"'“‘«„¿¡([-–—•:"
_ALWAYS = frozenset({"van", "von", "der", "den", "ben", "bin", "ibn", "al", "el"})
_ACRONYM = range(3, 7)  # letters
_GIVEN = 3  # first names of one person
_LONGEST = 7  # words of a person's name
_PARTICLES = 3  # in a row: "de la", "de l'"
_MOST = 12  # words of a run
_FULLEST = 6  # words of a name
_SHORT = 2  # letters; so short a word may have capitals anywhere


class Span(NamedTuple):
    """Words from one place to another that may be a name; `sure` if no sentence or quotation begins with them."""

    text: str
    start: int
    end: int
    sure: bool


def find_spans(words: Sequence[Word], table: Gazetteer) -> Iterator[Span]:
    """Find what may be a name among the words of a sentence; none where nearly all of them have capitals."""
    if _is_heading(words):
        return
    german = table.language == "de"
    at = 0
    while at < len(words):
        if not words[at].text[:1].isupper():
            at += 1
            continue
        end = _german_end(words, at, table) if german else _run_end(words, at, table)
        if end > at:
            yield from [_span(words, at, end)] if german else _trimmed(words, at, end, table)
        at = max(end, at + 1)


def _is_heading(words: Sequence[Word]) -> bool:
    shouted = sum(word.text.isupper() and len(word.text) > _SHORT for word in words)
    long = [word for word in words if len(word.text) > 3]  # noqa: PLR2004 - headings spell "de" and "las" small
    capitals = sum(word.text[0].isupper() for word in long)
    return shouted > len(words) / 2 or (len(long) > _FULLEST and capitals > 0.8 * len(long))


def _run_end(words: Sequence[Word], start: int, table: Gazetteer) -> int:
    """Where a run of capitals ends, particles within it included."""
    end = start + 1
    while end < min(len(words), start + _MOST) and _joins(words, end):
        if words[end].text[:1].isupper():
            end += 1
            continue
        ahead = end
        while ahead - end < _PARTICLES and words[ahead].folded in table.words["particles"]:
            ahead += 1
        bridged = ahead > end and words[ahead].text[:1].isupper() and words[ahead].gap in (" ", "'", "’")
        if not bridged or not _may_bridge(words, start, end, table):
            break
        end = ahead + 1
    return end


def _joins(words: Sequence[Word], at: int) -> bool:
    initial = len(words[at - 1].text) == 1
    return words[at].gap == " " or (initial and words[at].gap == ". " and words[at].text[:1].isupper())


def _may_bridge(words: Sequence[Word], start: int, end: int, table: Gazetteer) -> bool:
    first = words[start].folded
    if words[end].folded in _ALWAYS or first in table.words["heads"]:
        return True
    return end == start + 1 and first in table.words["given"]


def _trimmed(words: Sequence[Word], start: int, end: int, table: Gazetteer) -> Iterator[Span]:
    """A run without offices, and without what only opens its sentence."""
    gap = words[start].gap
    opens = start == 0 or (gap[-1:] in tuple(_OPENS) and gap not in ("'", "’"))  # in "l'Europe" nothing opens
    nameless = table.words["generic"] | table.words["roles"]
    first = start
    while first < end and words[first].folded in nameless:
        first += 1
    last = end
    while last > first and words[last - 1].folded in table.words["generic"]:
        last -= 1
    short = last - first == 1 and len(words[first].text) <= _SHORT
    if first < last <= first + _FULLEST and not short:
        sure = not opens or first > start or words[first].folded in table.words["given"]
        yield _span(words, first, last, sure=sure)
        if not sure and last - first > 2 and words[first + 1].text[0].isupper():  # noqa: PLR2004 - and two more
            yield _span(words, first + 1, last)


def _german_end(words: Sequence[Word], start: int, table: Gazetteer) -> int:
    """Where the name of a person ends that begins here, or an acronym; `start` if neither does."""
    lists = table.words
    end = start
    while end - start < _GIVEN and _is_given(words, end, start, table):
        end += 1
    behind_office = (
        start > 0 and words[start].gap in (" ", ". ") and words[start - 1].folded in lists["roles"]
    )
    if (
        end == start
        and behind_office
        and _is_family(words, start, table)
        and _is_family(words, start + 1, table)
    ):
        end = start + 1 if not _is_family(words, start + 2, table) else start
    if end == start:
        single = behind_office and _is_family(words, start, table) and not _is_family(words, start + 1, table)
        return start + 1 if single or _is_acronym(words[start].text) else start
    while end - start < _LONGEST and words[end].folded in lists["particles"] and words[end].gap == " ":
        end += 1
    return end + 1 if _is_family(words, end, table) else start


def _is_given(words: Sequence[Word], at: int, start: int, table: Gazetteer) -> bool:
    if at >= len(words) - 1 or (at > start and words[at].gap != " "):
        return False
    word = words[at].folded.partition("-")[0]
    return word in table.words["given"] and word not in table.words["ambiguous"]


def _is_family(words: Sequence[Word], at: int, table: Gazetteer) -> bool:
    """Whether a word can be a family name that follows."""
    if at >= len(words) or not words[at].text[:1].isupper() or words[at].gap not in (" ", ". "):
        return False
    return words[at].folded not in table.words["generic"] and words[at].folded not in table.words["roles"]


def _is_acronym(text: str) -> bool:
    return text.isupper() and text.isalpha() and len(text) in _ACRONYM


def _span(words: Sequence[Word], start: int, end: int, *, sure: bool = True) -> Span:
    text = "".join((words[start].text, *(word.gap + word.text for word in words[start + 1 : end])))
    return Span(text, start, end, sure)


def find_places(sentences: Sequence[Sequence[Word]], table: Gazetteer) -> Iterator[tuple[int, Span]]:
    """Find the places of a German text that no list has, each with the number of its sentence.

    A place stands behind "in", "aus" or "nach" without an article. A noun that does so at least twice and never has
    an article, an adjective or a number before it is a place, but for those of `no_places` and abstract ones.
    """
    before: defaultdict[str, list[str]] = defaultdict(list)
    found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, words in enumerate(sentences):
        for at in range(1, len(words)):
            if words[at].text[:1].isupper() and words[at].text[1:].islower() and words[at].gap == " ":
                before[words[at].text].append(words[at - 1].folded)
                found[words[at].text].append((number, at))
    for text, behind in before.items():
        if _is_place(text, behind, table):
            yield from ((number, _span(sentences[number], at, at + 1)) for number, at in found[text])


def _is_place(text: str, behind: Sequence[str], table: Gazetteer) -> bool:
    lists, word = table.words, fold(text)
    if any(word in lists[name] for name in ("generic", "roles", "given", "no_places")):
        return False
    abstract = text.endswith(_ABSTRACT) and not text.endswith(_TOWNS)
    if abstract or not lists["place_cues"].issuperset(behind):
        return False
    return sum(one in ("in", "aus", "nach") for one in behind) >= 2 < len(behind)  # noqa: PLR2004 - no accident
