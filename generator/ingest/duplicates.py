"""Telling whether two texts are one story: a sketch of each, and how much of the shorter is in the longer.

A sketch is the sample of a text's hashed word shingles whose hash a fixed number divides (Broder, "On the
resemblance and containment of documents", 1997). Sketches of any two texts compare without the texts.
"""

import hashlib
import re
from collections.abc import Collection

SHINGLE = 4
"""Words in a row: enough that stories on one event share few of them but for quotations."""

SAMPLE = 4
"""One shingle in this many is kept."""

ENOUGH = 4
"""Shared shingles below this number say nothing: two short texts may share a name and a date."""

SAME = 0.6
"""The share of the shorter text in the longer one from which they are one story."""

_WORD = re.compile(r"\w+")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


def sketch(text: str) -> frozenset[int]:
    """Sketch a text as unsigned 32-bit numbers; case, punctuation and white space do not matter."""
    words = _WORD.findall(text.casefold())
    shingles = {" ".join(words[start : start + SHINGLE]) for start in range(len(words) - SHINGLE + 1)}
    return frozenset(number for number in map(_hash, shingles) if number % SAMPLE == 0)


def same_story(one: Collection[int], other: Collection[int]) -> bool:
    """Tell whether two sketches are of one story: lightly reworded, or one of them cut short."""
    shared = len(set(one) & set(other))
    return shared >= ENOUGH and shared >= SAME * min(len(one), len(other))


def contradict(one: str, other: str) -> bool:
    """Tell whether each text has figures the other lacks: an update, or another day's table, is another story.

    A text cut short lacks figures, too, but adds none.
    """
    figures, others = set(_FIGURE.findall(one)), set(_FIGURE.findall(other))
    return bool(figures - others) and bool(others - figures)


def _hash(shingle: str) -> int:
    return int.from_bytes(hashlib.blake2b(shingle.encode(errors="surrogatepass"), digest_size=4).digest())
