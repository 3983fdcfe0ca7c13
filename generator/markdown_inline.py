"""What stands within lines of Markdown, and abbreviations, with the work counted that Python-Markdown does."""

import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import Any

from markdown import Markdown
from markdown.extensions.abbr import AbbrBlockprocessor, AbbrTreeprocessor
from markdown.extensions.footnotes import FootnoteInlineProcessor
from markdown.inlinepatterns import BacktickInlineProcessor, LinkInlineProcessor
from markdown.util import AtomicString

from generator.metering import BLOCK, COPIED, DEEPEST, MATCH, Meter, TooMuch

MOST_ABBREVIATIONS = 200
"""Abbreviations that a text may explain: each word of it is held against all of them."""


class Definitions(AbbrBlockprocessor):
    """Reads what abbreviations mean."""

    def run(self, parent: ET.Element, blocks: list[str]) -> bool:
        """Read one definition; `TooMuch` where there are too many."""
        block = blocks[0]
        found = bool(super().run(parent, blocks))
        if len(self.abbrs) > MOST_ABBREVIATIONS:
            raise TooMuch(f"explains more than {MOST_ABBREVIATIONS} abbreviations", block)
        return found


class Abbreviations(AbbrTreeprocessor):
    """Marks abbreviations, in one pass over a text and over the children of an element."""

    def __init__(self, md: Markdown, known: dict[str, str], meter: Meter) -> None:
        super().__init__(md, known)
        self._meter = meter

    def iter_element(self, el: ET.Element, parent: ET.Element | None = None) -> None:  # noqa: ARG002 - as inherited
        """Mark those in an element."""
        children: list[ET.Element] = []
        for child in el:
            self.iter_element(child, el)
            children.append(child)
            text, found = self._split(child.tail)
            if found:
                child.tail = text
                children += found
        text, found = self._split(el.text)
        if found:
            el.text = text
        if found or len(children) > len(el):
            el[:] = [*found, *children]

    def _split(self, text: str | None) -> tuple[str, list[ET.Element]]:
        """Give the text before the first abbreviation, and all of them, each with the text after it."""
        if not text or isinstance(text, AtomicString):
            return "", []
        assert self.RE is not None  # noqa: S101 - compiled by `run`
        matches = [match for match in self.RE.finditer(text) if self.abbrs[match[0]]]
        if not matches:
            return text, []
        for match in matches:
            self._meter.spend(BLOCK // 5 + len(self.abbrs[match[0]]), match[0])
        ends = [*(match.start() for match in matches[1:]), len(text)]
        found = [
            self.create_element(self.abbrs[match[0]], match[0], text[match.end() : end])
            for match, end in zip(matches, ends, strict=True)
        ]
        return text[: matches[0].start()], found


def count_matches(pattern: Any, meter: Meter) -> None:  # noqa: ANN401 - any inline pattern
    """Count what a pattern does with each place it matches."""
    handle = pattern.handleMatch
    looks_far = isinstance(pattern, BacktickInlineProcessor)
    notes = pattern.footnotes if isinstance(pattern, FootnoteInlineProcessor) else None

    def counted(match: Any, data: str) -> Any:  # noqa: ANN401 - what the pattern gives
        node, start, end = handle(match, data)
        steps = MATCH
        if node is not None:
            steps += len(data) // COPIED + _weight(node)
            if not isinstance(node, str) and len(node):
                _check_depth(node, data[match.start() : match.start() + 100])
        elif looks_far:
            steps += len(data) - match.start()
        if notes and node is not None:
            again = notes.found_refs.get(f"fnref{notes.get_separator()}{match[1]}", 0)
            steps += 2 * len(notes.footnotes) // 5 + MATCH * again
        meter.spend(steps, data[match.start() : match.start() + 100])
        return node, start, end

    pattern.handleMatch = counted
    if isinstance(pattern, LinkInlineProcessor):
        links: Any = pattern
        links.getText = _count_text(links.getText, meter)
        links.getLink = _count_link(links.getLink, meter)


def _check_depth(node: ET.Element, near: str) -> None:
    level, depth = list(node), 1
    while level:
        depth += 1
        if depth > DEEPEST:
            raise TooMuch(f"nests emphasis deeper than {DEEPEST}", near)
        level = [child for element in level for child in element]


def _weight(node: ET.Element | str) -> int:
    """Give what a new element costs later: its text is read again, its attributes are written."""
    if isinstance(node, str):
        return 0
    return len(node.text or "") + sum(map(len, node.attrib.values()))


def _count_text(get: Callable[[str, int], Any], meter: Meter) -> Callable[[str, int], Any]:
    def counted(data: str, index: int) -> Any:  # noqa: ANN401 - as that of the pattern
        found = get(data, index)
        meter.spend(2 * (found[1] - index), data[max(0, index - 1) : index + 100])
        return found

    return counted


def _count_link(get: Callable[[str, int], Any], meter: Meter) -> Callable[[str, int], Any]:
    def counted(data: str, index: int) -> Any:  # noqa: ANN401 - the same
        found = get(data, index)
        end = found[2]
        untitled = found[1] is None and ('"' in data[index : end + 1] or "'" in data[index : end + 1])
        meter.spend(3 * ((len(data) if untitled else end) - index), data[index : index + 100])
        return found

    return counted
