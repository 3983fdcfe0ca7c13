"""Where what an Arabic promotion begins with ends: before a sentence of the story, which the words show.

Headlines, names and notices are stretches of words behind a label; a sentence ends all of them. Where nothing shows
that one begins, there is no end, and nothing is cut.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from generator.ingest.cleaning.page_words import is_agency, kind_of
from generator.ingest.wording.arabic import (
    LIKELY,
    SURE,
    WEAK,
    Word,
    begins,
    has_no_subject,
    is_head,
    is_past,
    is_present,
    is_subject,
    is_told_of,
    is_verb,
)

_MOST_OF_HEADLINE, _MOST_OF_REST = 15, 20
_LONG_HEADLINE, _LATE_VERB = 9, 4  # words of what is more than a headline, where its verb comes so late
_MOST_OF_NAMES = 7  # words
_LONGEST_NAME = 2  # words
_UNMARKED, _MOST_TO_THAT = frozenset(["ان", "لكن", "ولكن"]), 6  # "perhaps it interests you that …"
_ASKS = frozenset(["هل", "كيف", "لماذا", "متي", "اين", "ما", "ماذا", "كم"])
_NOUNS = ("thing", "network")  # labels that may be what a sentence is about
_FEWEST_OF_SENTENCE = 5  # words behind a headline, where only a verb shows that one begins
FEWEST_LEFT = 3
"""Words of a sentence that goes on."""


def goes_on(words: Sequence[Word], label: int, at: int) -> bool:
    """Whether a sentence or another call begins with a word, behind a label that begins with another."""
    first, word = words[label].bare, words[at]
    if not word.bare[:1].isalpha():
        return word.plain[0] in '«"“('
    several = at > label + 1 or first.isascii()
    kind = kind_of(words[label])
    if (kind == "doubtful" or is_past(first)) and has_no_subject(words[at : at + 2]):
        return False
    if not first.isascii() and (not several or first.startswith("ال") or kind in _NOUNS):
        return _is_apart(words[at:])
    if begins(words[at:], 0, told=True) >= LIKELY:
        return words[at - 1].plain.endswith(")") or not _agree(words[label], words[at : at + 2])
    return kind_of(word) in ("call", "doubtful") or (several and is_subject(words[at:], 0))


def headline_end(words: Sequence[Word], at: int, limit: int, *, marked: bool, over: bool) -> int:
    """Where the headline ends that begins with a word, 0 where that cannot be told.

    `limit` is where its sentence, its line or the text ends, `over` whether one of them does; `marked` says that a
    mark stands before it, as a colon does.
    """
    heard = words[at:limit]
    if not marked and heard and _is_apart(heard) and not is_told_of(heard[:1]):
        return at
    if not marked and _UNMARKED & {word.bare for word in heard[:_MOST_TO_THAT]}:
        return 0
    told = False
    question = marked and heard and heard[-1].plain.endswith("؟") and heard[0].bare in _ASKS
    for n, word in enumerate(() if question else heard):
        if len(heard) - n >= FEWEST_LEFT and _ends_headline(heard, n, told=told, marked=marked):
            return at + n
        told = told or is_verb(word.bare)
    if not question and (subject := _subject(heard)):
        return at + subject
    if not marked and heard[-1].stops and is_subject(heard, 0):
        return at
    return limit if len(heard) <= _MOST_OF_HEADLINE and over else 0


def _ends_headline(words: Sequence[Word], n: int, *, told: bool, marked: bool) -> bool:
    """Whether a sentence begins with the nth word of a headline."""
    sure = begins(words, n, told=told)
    if sure == SURE:
        return n > 0 or not marked
    if marked and words[-1].stops and len(words) - n < _FEWEST_OF_SENTENCE:
        return False
    late = n > 1 or (n == 1 and (not words[0].bare.isalpha() or is_told_of(words[2:3])))
    return sure == LIKELY and (late or (n == 0 and not marked and not is_present(words[n].bare)))


def names_end(words: Sequence[Word], at: int, limit: int) -> int:
    """Where the names end that begin with a word: before a sentence, or after as many as names have."""
    heard = words[at:limit]
    if not heard:
        return at
    for n in range(1, len(heard)):
        if _ends_names(heard, n):
            return at + n
        if n >= _MOST_OF_NAMES and not _joined(heard, n):
            break
    if len(heard) < _MOST_OF_NAMES or (limit == len(words) and not heard[-1].stops):
        return limit
    item = size = _size_of_name(heard)
    while size < len(heard) and _joined(heard, size):
        size += item if heard[size].bare else 1
    return at + min(size, len(heard))


def _ends_names(words: Sequence[Word], n: int) -> bool:
    """Whether a sentence begins with the nth word behind a label of names."""
    if is_subject(words, n) and (n > 1 or _is_apart_from_name(words)):
        named = n > 1 and not words[n].bare.endswith("ه")
        return not (named and begins(words, n + 1, told=True) >= LIKELY)
    sure = begins(words, n, told=True)
    return sure == SURE or (sure == LIKELY and (n > 1 or is_past(words[1].bare) or is_told_of(words[2:3])))


def _is_apart_from_name(words: Sequence[Word]) -> bool:
    """Whether the second of some words begins a sentence, and is not the second part of a name."""
    somebody = is_told_of(words[1:2]) and (words[0].bare.startswith("ال") or words[1].bare.endswith("ه"))
    return somebody or words[2].pauses


def rest_end(words: Sequence[Word], at: int, limit: int) -> int:
    """Where a notice ends that goes on with a word: before a sentence, or at its own stop."""
    for n in range(at, limit):
        if limit - n >= FEWEST_LEFT and sentence(words[:limit], at, n):
            return n
    return limit if limit - at <= _MOST_OF_REST else at


def sentence(words: Sequence[Word], at: int, n: int) -> bool:
    """Whether a sentence of the story begins with the nth word, behind what a page says from another on."""
    own = kind_of(words[n]) != ""
    if kind_of(words[n + 1]) in ("call", "reader") or (own and kind_of(words[n + 1])):
        return False
    return begins(words[at:], n - at, told=True) >= LIKELY or (not own and is_subject(words, n))


def _subject(words: Sequence[Word]) -> int:
    """Where a sentence begins with its subject, in what has more than a headline has; 0 where none does."""
    if not words or not words[-1].stops:
        return 0
    for n, (one, other) in enumerate(pairwise(words)):
        if one.plain.endswith("،") and other.bare in ("وهو", "وهي", "الذي", "التي", "وهم"):
            return n - 1 if n > _LONGEST_NAME else 0
    sure = {n: begins(words, n, told=True) for n in range(1, len(words)) if is_verb(words[n].bare)}
    verbs = [n for n, one in sure.items() if one >= WEAK]
    start, verb = _start_of(words, verbs, sure) if verbs else (0, 0)
    return start if start > 1 and len(words) - verb >= FEWEST_LEFT else 0


def _start_of(words: Sequence[Word], verbs: Sequence[int], sure: Mapping[int, int]) -> tuple[int, int]:
    """Where a sentence with one of some verbs begins, and which that is."""
    first = verbs[0]
    late = len(words) >= _LONG_HEADLINE and first >= _LATE_VERB
    if sure[first] == LIKELY and first > 1 and (late or is_told_of(words[first + 1 : first + 2])):
        return first, first  # it comes before its subject
    known = late or (first > _LONGEST_NAME and is_told_of(words[first - 1 : first]))
    if not known and len(verbs) == 1:
        return 0, 0
    verb = first if known else verbs[1]
    return verb - 2 if is_head(words[verb - 2].bare) else verb - 1, verb


def _size_of_name(words: Sequence[Word]) -> int:
    """How many words the first of some names has, if it has as many as most."""
    letters = next((n for n, word in enumerate(words) if len(word.bare) != 1), len(words))
    alone = is_agency(words[0]) or "." in words[0].bare or words[0].pauses or not words[1].bare
    return letters or (1 if alone else 2)


def _joined(words: Sequence[Word], at: int) -> bool:
    """Whether a name goes on with another, behind a comma or a plus."""
    return words[at - 1].pauses or not words[at].bare


def _is_apart(words: Sequence[Word]) -> bool:
    """Whether a sentence begins that cannot go on with a noun before it: "and" it says, or who does what."""
    sure = begins(words, 0, told=True)
    joined = sure == SURE and (words[0].bare[0] in "وف" or not is_past(words[0].bare))
    return (
        joined
        or (sure >= WEAK and is_told_of(words[1:2]))
        or (is_subject(words, 0) and (is_told_of(words[:1]) or words[1].pauses))
    )


def _agree(label: Word, words: Sequence[Word]) -> bool:
    """Whether a verb may go with a label before it: "pictures show", but not "pictures The police seek"."""
    verb = words[0].bare
    picture = label.bare in ("صوره", "صور", "لقطات", "مقاطع") and (verb.startswith("ت") or verb.endswith("ت"))
    return picture and not is_told_of(words[1:2])
