"""Pages that list stories and hold none: an author's, a section's, a search's."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.ingest.rulebook.rules import fold
from generator.ingest.splitting.headers import Header
from generator.ingest.splitting.lines import Line, glued, narrates
from generator.model import Dropped, Issue

_FEWEST, _FEWEST_OPENED, _FEWEST_UNTIMED = (
    3,
    2,
    5,
)  # entries that make a list, below the page's mark, without times
_LONGEST_TEASER = 250  # characters
_LONGEST_TITLE = 400  # characters of a line that may be one of two copies of a title
_START = 20  # characters in which two lines mostly differ
_MOST_ABOUT = 400  # characters of prose that a list may have, about its author, say
_TITLED = 0.7  # share of lines in a list that are titles


@dataclass(frozen=True, slots=True)
class Section:
    """Lines of a page that may be a story.

    Attributes:
        header: what opens them, if something does.
        above: the header's lines, but for the title.
        title: the title where the header's lines hold it.
        lines: all below the header.
        foot: whether they stand below the page's furniture without a header.
        lead: whether furniture that closes a lead follows.
    """

    header: Header | None
    above: tuple[Line, ...]
    title: Line | None
    lines: tuple[Line, ...]
    foot: bool = False
    lead: bool = False

    @property
    def body(self) -> tuple[Line, ...]:
        """The lines without the title."""
        return self.lines if self.title else self.lines[1:]


def is_index(sections: Sequence[Section], furniture: Mapping[int, str]) -> bool:
    """Whether a page only lists stories.

    That is: three times or more and less than half as many lines of prose; or below the page's mark hardly anything
    but titles, or times that stand below what they belong to, titles with a teaser at most.
    """
    lines = [line for one in sections for line in (*one.above, *one.lines)]
    opened = {"logo", "latest", "index"} & set(furniture.values())
    if "index" not in opened and _tells_on(lines):
        return False
    times = sum(bool(line.when or glued(line.text)[0]) for line in lines)
    if times >= (_FEWEST_OPENED if opened else _FEWEST):
        prose = _prose(lines)
        below = bool(opened) and _ends_timed(lines)
        few = 2 * len(prose) < times or (below and len(prose) <= times)
        return few and all(len(text) <= _LONGEST_TEASER for text in prose)
    if not opened or times or not lines:
        return False
    short = "index" in opened and all(len(line.block.text) <= _LONGEST_TITLE for line in lines)
    return short or all(_is_list(one.lines) for one in sections)


def index_page(sections: Sequence[Section]) -> Iterator[Dropped | Issue]:
    """Drop all lines of such a page, and say so once."""
    lines = [
        line for one in sections for line in (*one.above, *([one.title] if one.title else []), *one.lines)
    ]
    yield from (Dropped(line.block, "index-entry") for line in lines)
    yield Issue("", lines[0].block.line, "no story found: an index page that only lists stories")


def _ends_timed(lines: Sequence[Line]) -> bool:
    """Whether a page's last line is a time, so that times stand below what they belong to."""
    last = lines[-1]
    return bool(last.when or glued(last.text)[0])


def _tells_on(lines: Sequence[Line]) -> bool:
    """Whether a line of prose follows another, as in a story; a teaser stands alone."""
    sizes = (len(line.block.text) * told for line, told in zip(lines, _narrating(lines), strict=True))
    return any(one and other and one + other > _LONGEST_TEASER for one, other in pairwise(sizes))


def _is_list(lines: Sequence[Line]) -> bool:
    """Whether most of the lines are titles and little is prose."""
    prose = _prose(lines)
    titles = len(lines) - len(prose)
    return (
        titles >= _FEWEST_UNTIMED and titles >= _TITLED * len(lines) and sum(map(len, prose)) <= _MOST_ABOUT
    )


def _prose(lines: Sequence[Line]) -> list[str]:
    return [line.block.text for line, told in zip(lines, _narrating(lines), strict=True) if told]


def _narrating(lines: Sequence[Line]) -> Iterator[bool]:
    """Which lines narrate and are no titles, one by one: none that stands twice, none right below a time."""
    texts = [line.plain or line.block.text[:_LONGEST_TITLE] for line in lines]
    starts = [fold(text[: 2 * _START])[:_START] for text in texts]  # most tell two lines apart
    twins = {
        fold(one)
        for (one, other), (start, next_start) in zip(pairwise(texts), pairwise(starts), strict=True)
        if start == next_start and fold(one) == fold(other)
    }
    timed = False
    for line, text in zip(lines, texts, strict=True):
        yield not timed and narrates(line.block.text) and not (twins and fold(text) in twins)
        timed = bool(line.when or glued(line.text)[0])
