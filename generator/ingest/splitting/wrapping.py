"""Lines to paragraphs: text that was wrapped at a width, sentences broken over lines, a title of several lines."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.ingest.splitting.lines import Line, ends_sentence, glued, is_title, span
from generator.model import Block

_SHORTEST_WRAPPED, _LONGEST_WRAPPED = 40, 110  # characters of a line in hard-wrapped text
_TITLE_LINES = 3  # lines over which a wrapped title may run
_ITEM = re.compile(r"(?:[-–—•·*]|\d{1,3}[.)])\s")
_GOES_ON = re.compile(r"['’]s\b|[,;.)](?!\.)")


@dataclass(frozen=True, slots=True)
class Layout:
    """How lines were broken: the `width` at which they were wrapped, 0 where each is a paragraph.

    `small` says that no line begins with a capital, so that a small letter does not show that a sentence goes on.
    """

    width: int
    small: bool


def layout_of(lines: Sequence[Line], *, wrapped: bool) -> Layout:
    """See how lines were broken; `wrapped` says that they may have been at a width."""
    return Layout(_wrap_width(lines) if wrapped else 0, not any(line.text[:1].isupper() for line in lines))


def title_size(lines: Sequence[Line], layout: Layout) -> int:
    """How many lines the title at the front takes, 0 where the front is no title."""
    if not lines:
        return 0
    size = 1
    while size < len(lines) and size <= _TITLE_LINES and _runs_on(lines[size - 1], lines[size], layout):
        size += 1
    joined = " ".join(line.block.text for line in lines[:size])
    first = lines[0].block.text
    if size == 1 or (size <= _TITLE_LINES and is_title(joined) and not joined.endswith(".")):
        return size if is_title(joined) else 0
    starts_low = lines[1].block.text[:1].islower()
    wrapped = _fills(lines[0], lines[1], layout.width)
    return 0 if wrapped and (starts_low or ends_sentence(joined)) else int(is_title(first))


def paragraphs(document: str, lines: Sequence[Line], layout: Layout) -> Iterator[Block]:
    """One block per paragraph, wrapped lines together."""
    group: list[Line] = []
    for line in lines:
        if group and not _runs_on(group[-1], line, layout):
            yield span(document, group)
            group = []
        group.append(line)
    if group:
        yield span(document, group)


def _wrap_width(lines: Sequence[Line]) -> int:
    """The width at which the lines were wrapped, 0 where each line is a paragraph."""
    width = max((len(line.block.text) for line in lines), default=0)
    breaks = [pair for pair in pairwise(lines) if _adjoin(*pair)]
    full = [one for one, other in breaks if _fills(one, other, width)]
    inside = sum(not ends_sentence(line.block.text) for line in full)
    enough = len(full) > 1 and 2 * len(full) >= len(breaks) and 2 * inside >= len(full)
    return width if _SHORTEST_WRAPPED <= width <= _LONGEST_WRAPPED and enough else 0


def _runs_on(one: Line, other: Line, layout: Layout) -> bool:
    """Whether a line goes on in the next: it was full, or the sentence is not over."""
    text = other.text or other.block.text
    if not _adjoin(one, other) or _ITEM.match(text) or other.when:
        return False
    small = text[0].islower() and not layout.small
    broken = not ends_sentence(one.block.text) and (small or _GOES_ON.match(text) is not None)
    if broken and glued(other.text)[0]:
        return False
    return broken or (layout.width > 0 and _fills(one, other, layout.width))


def _adjoin(one: Line, other: Line) -> bool:
    return other.block.line == one.block.line + 1


def _fills(one: Line, other: Line, width: int) -> bool:
    """Whether the next line's first word found no room on a line, so that nobody chose to break there."""
    return len(one.block.text) + 1 + len(other.block.text.split(maxsplit=1)[0]) > width
