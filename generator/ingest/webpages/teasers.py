"""Paragraphs about what a link beside them leads to: on pages that list stories, and in boxes between others."""

from collections import Counter
from collections.abc import Iterable, Sequence

from generator.ingest.splitting.lines import tells
from generator.ingest.webpages.page_markup import around, block_of
from generator.ingest.webpages.visible import Element, VisibleLine

_ALL_LINK = 0.8  # share of a line in links from which on it is there to be followed
_BESIDE = (-1, -2, 1)  # where a teaser's link stands: above, above with a time between, or below


def find_teasers(lines: Sequence[VisibleLine], body: Iterable[int], title: int | None) -> set[int]:
    """Find the lines of a body that stand alone in a box with a link; the box of the headline is none."""
    told = _telling(lines, body)
    links = _links(lines)
    own = set(around(lines[title].element)) if title is not None else set()
    boxes = Counter(_box(lines[number]) for number in told)
    return {
        number
        for number in told
        if boxes[_box(lines[number])] == 1 and _box(lines[number]) not in own and _leads(lines, links, number)
    }


def find_headed(lines: Sequence[VisibleLine], body: Iterable[int]) -> set[int]:
    """Find the lines of a body with a linked heading above them, in a box of their own or not."""
    heads = {number for number in _links(lines) if lines[number].kind == "heading"}
    return {number for number in _telling(lines, body) if not heads.isdisjoint((number - 1, number - 2))}


def _telling(lines: Sequence[VisibleLine], body: Iterable[int]) -> list[int]:
    return [number for number in body if lines[number].kind != "heading" and tells(lines[number].text)]


def _links(lines: Sequence[VisibleLine]) -> set[int]:
    return {
        number
        for number, line in enumerate(lines)
        if line.linked >= _ALL_LINK * len(line.text) and "://" not in line.text
    }


def _box(line: VisibleLine) -> Element | None:
    return block_of(line.element).getparent()


def _leads(lines: Sequence[VisibleLine], links: set[int], number: int) -> bool:
    beside = (number + step for step in _BESIDE if number + step in links)
    box = _box(lines[number])
    return any(outer is box for other in beside for outer in around(lines[other].element))
