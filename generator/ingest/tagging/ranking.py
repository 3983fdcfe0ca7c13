"""What makes a name or a subject a tag: how often, how early and how widely it comes up, and the title."""

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from generator.ingest.tagging.lexicon import fold

FEWEST = 3
"""Tags an article should have."""

MENTIONED = 2.0
"""How often a name must come up to be a tag where nothing else speaks for it."""

_NAMES, _SUBJECTS = 6, 4  # at most so many of each, as long as there are enough of the other


@dataclass(frozen=True, slots=True)
class Candidate:
    """A tag: what speaks for it, whether that is enough, and whether it is where there is little else.

    `plain` says that it needs no knowledge of the language.
    """

    text: str
    score: float
    fit: bool
    spare: bool
    plain: bool = False


def ranked(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The best first; equals stay in their order."""
    return sorted(candidates, key=lambda one: -one.score)


def chosen(names: Sequence[Candidate], subjects: Sequence[Candidate], most: int) -> list[Candidate]:
    """The best of both, names and subjects mixed, at most `most`."""
    few = max(_SUBJECTS, most - len(names))
    some = max(_NAMES, most - min(len(subjects), few))
    return ranked({one.text.casefold(): one for one in (*subjects[:few], *names[:some])}.values())[:most]


def score(weight: float, spread: int, *, in_title: bool, early: bool) -> float:
    """The rank of what is mentioned `weight` times in `spread` paragraphs."""
    return 1.2 * math.log2(1 + weight) + 1.5 * in_title + 0.8 * early + 0.3 * min(spread, 4)


def is_early(paragraphs: Collection[int], length: int) -> bool:
    """Whether one of the paragraphs, counted from 0, is in the first fifth of `length`."""
    return any(0 <= at <= length // 5 for at in paragraphs)


def is_own(name: str, source: str, *, known: bool) -> bool:
    """Whether a name is the source's, or the end of it, if that is not known: "Courier" of The Ellery Courier.

    The place that a paper has in its name is often in its news, too.
    """
    text, own = _squeezed(name), _squeezed(source)
    return bool(own) and (text == own or (own.endswith(text) and not known))


def _squeezed(name: str) -> str:
    return fold(name).removeprefix("the ").replace(" ", "").removesuffix("com").removeprefix("the")
