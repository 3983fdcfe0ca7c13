"""Telling whether two texts are one story: sketches find those alike, a comparison word by word decides.

A sketch is a sample of a text's hashed word shingles (Broder, "On the resemblance and containment of documents",
1997): all of its beginning, which is what is left of a story that was cut short, and of the rest those whose hash a
fixed number divides. Sketches lie in the catalogue, where one question finds the few texts worth comparing.
"""

import re
import zlib
from collections.abc import Collection, Sequence

SHINGLE = 4
"""Words in a row: enough that stories on one event share few of them but for quotations."""

OPENING = 24
"""Shingles at the beginning of a text that are all kept."""

SAMPLE = 8
"""Of the rest, one in this many."""

ENOUGH = 4
"""Shared shingles below this number say nothing: two short texts may share a name and a date."""

ALIKE = 0.35
"""The share of the smaller sketch in the other from which two texts of a size are worth comparing."""

PART = 0.5
"""The same where one is much smaller: chance alone finds most words of a short text in a long one, in order."""

MUCH = 0.6
"""The size of the smaller sketch against the other's below which it is much smaller."""

SAME = 0.75
"""The share of the shorter text's words that the longer one has, in its order, from which they are one story."""

LONGEST = 4_000
"""Words of a text that are compared."""

# Scripts without spaces between words, from Thai to Han.
_UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")  # where there are none, each character is a word
_SPACELESS = re.compile(rf"[{_UNSPACED}]")
_SPACED_WORD = re.compile(r"\w+")
_FIGURE = re.compile(r"\d\d*(?:[.,]\d+)*")


def words_of(text: str) -> tuple[str, ...]:
    """Give the words by which a text is compared: case, punctuation and white space do not matter."""
    spaced = text.isascii() or not _SPACELESS.search(text)
    return tuple((_SPACED_WORD if spaced else _WORD).findall(text.casefold()))


def sketch(words: Sequence[str]) -> frozenset[int]:
    """Sketch a text as unsigned 32-bit numbers."""
    encoded = " ".join(words).encode(errors="surrogatepass").split(b" ")
    shingles = map(b" ".join, zip(*(encoded[start:] for start in range(SHINGLE)), strict=False))
    hashes = list(map(zlib.crc32, shingles))
    return frozenset(hashes[:OPENING]).union([n for n in hashes[OPENING:] if n % SAMPLE == 0])


def alike(one: Collection[int], other: Collection[int]) -> bool:
    """Tell whether two sketches share enough for their texts to be compared, in all or in their samples."""
    return _overlap(set(one), set(other)) or _overlap(_sampled(one), _sampled(other))


def _sampled(sketch: Collection[int]) -> set[int]:
    """The part of a sketch that does not depend on where its text begins."""
    return {number for number in sketch if number % SAMPLE == 0}


def _overlap(one: set[int], other: set[int]) -> bool:
    shared, (small, large) = len(one & other), sorted((len(one), len(other)))
    return shared >= ENOUGH and shared >= (PART if small < MUCH * large else ALIKE) * small


def same_story(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether two texts, each its words, are one story: lightly reworded, or one of them cut short.

    What counts is the longest common subsequence of their words, by rapidfuzz.
    """
    from rapidfuzz.distance import LCSseq  # noqa: PLC0415 - few stories have a text like theirs

    short, long = sorted((one[:LONGEST], other[:LONGEST]), key=len)
    return bool(short) and LCSseq.similarity(short, long) >= SAME * len(short)


def figures(text: str) -> frozenset[str]:
    """Give the numbers in a text as they are written."""
    return frozenset(_FIGURE.findall(text))


def contradict(one: Collection[str], other: Collection[str]) -> bool:
    """Tell whether each text has figures the other lacks: an update, or another day's table, is another story.

    A text cut short lacks figures, too, but adds none.
    """
    return bool(set(one) - set(other)) and bool(set(other) - set(one))
