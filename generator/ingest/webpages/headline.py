"""Which visible line of a page is the story's headline."""

from collections.abc import Iterator, Sequence

from generator.ingest.webpages.alignment import key
from generator.ingest.webpages.page_markup import around
from generator.ingest.webpages.visible import VisibleLine

_SHORTEST_PART = 10  # letters of a headline that stands in a longer wording, such as one with the site's name
_LEAST_PART = 0.5  # of that wording
_MOST_MISSED = 0.5  # of the words of a top heading that no wording of the headline has
_NEAR = 3  # elements around a line in which `h1` counts as its own
_EXACT, _PART, _TOP, _HEADING, _BEFORE = 8, 6, 3, 1, 2
"""What speaks for a line: the page's own wording most, then a top heading, then its place before the story."""


def find_headline(
    lines: Sequence[VisibleLine], keys: Sequence[str], wordings: Sequence[str], first: int
) -> int | None:
    """Find the line that is the headline of a story.

    Args:
        lines: the page's visible lines.
        keys: the `alignment.key` of each.
        wordings: what the page's head says the headline is, perhaps with the site's name around it.
        first: the number of the story's first line.

    Returns:
        The number of the line, that nearest to the story's beginning where several are as good; None where no line
        is worded so and no top heading stands before the story.
    """
    wanted = [key(wording) for wording in wordings]
    words = {word.casefold() for wording in wordings for word in wording.split()}
    found = list(_candidates(lines, keys, wanted, words, first))
    return max(found)[2] if found else None


def _candidates(
    lines: Sequence[VisibleLine], keys: Sequence[str], wanted: list[str], words: set[str], first: int
) -> Iterator[tuple[int, int, int]]:
    """What speaks for each line that could be the headline, its distance from the story, and its number."""
    for number, line in enumerate(lines):
        told = _told(keys[number], wanted)
        top = line.kind == "heading" and not line.linked and _is_top(line)
        if not told and not (top and number < first):
            continue
        if not told and words and _missed(line.text, words) > _MOST_MISSED:
            continue
        score = told + _TOP * top + _HEADING * (line.kind == "heading") + _BEFORE * (number < first)
        yield score, -abs(first - number), number


def _told(line: str, wanted: list[str]) -> int:
    if line and line in wanted:
        return _EXACT
    part = len(line) >= _SHORTEST_PART and any(
        line in wording and len(line) >= _LEAST_PART * len(wording) for wording in wanted
    )
    return _PART if part else 0


def _missed(text: str, words: set[str]) -> float:
    own = text.casefold().split()
    return sum(word not in words for word in own) / len(own)


def _is_top(line: VisibleLine) -> bool:
    return any(outer.tag == "h1" for _, outer in zip(range(_NEAR), around(line.element), strict=False))
