"""HTML to its visible text: every text node in document order, a line per block element.

What stands in the elements of `_UNSEEN` is no text of the page. All else counts as visible, whatever a style sheet
may hide: what is hidden cannot be told from markup alone, and nothing may go unaccounted for.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import dropwhile
from typing import Any, TypeAlias

from generator.ingest.attributes import thinned
from generator.ingest.elements import AS_LINES, BLOCKS, CELLS, CONTROLS, KINDS

Element: TypeAlias = Any
"""An element as lxml has it, which ships no types."""

_UNSEEN = frozenset({"head", "script", "style", "template", "noscript"})
_OF_HEADS = frozenset(
    {"base", "basefont", "link", "meta", "noscript", "object", "script", "style", "template", "title"}
)
_BOXES = BLOCKS | CELLS | CONTROLS
"""Elements that begin and end a line."""
_PICTURES = frozenset({"img", "picture", "amp-img", "figure", "video", "svg"})
_NO_PAGE = ("#", "mailto:", "tel:")  # how the addresses of links begin that lead to no other page
_PARTED = 2  # line breaks in a row that part paragraphs
_TOO_DEEP = re.compile(r"excessive depth", re.IGNORECASE)
_NESTING = re.compile(
    r"(?:</?(?!(?:script|style|template|noscript|head|title|p|br|h[1-6]|li|a)\b)[a-zA-Z][^<>]{0,5000}>\s{0,99})+"
)


@dataclass(frozen=True, slots=True)
class VisibleLine:
    """A line of the visible text.

    Attributes:
        start: the offset of its first character in the document.
        text: what stands on it, with white space collapsed as a browser does.
        element: the innermost element that holds all of it.
        kind: `heading`, `item` of a list, `quote`, or "".
        linked: how many of its characters, about, stand in links that lead away from the page.
        joined: whether only one `<br>` parts it from the line before, so that both are one paragraph.
        pictured: whether a picture stands between the line before and this one.
    """

    start: int
    text: str
    element: Element
    kind: str
    linked: int
    joined: bool
    pictured: bool


def parse_page(text: str) -> tuple[Element | None, bool]:
    """Parse a page, whatever it is worth.

    Returns:
        The tree, None where there is nothing in it, and whether it had to be flattened: elements that are nested
        deeper than the parser's limit (2,048) lose their structure, not their text.
    """
    text = thinned(text.replace("\0", ""))
    tree, deep = _parsed(text)
    if deep:
        tree, _ = _parsed(_NESTING.sub("<br><br>", text))
    return tree, deep


def _parsed(text: str) -> tuple[Element | None, bool]:
    from lxml import etree, html  # noqa: PLC0415

    parser = html.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False
    )
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        return None, False
    _end_head(tree)
    return tree, any(_TOO_DEEP.search(entry.message) for entry in parser.error_log)


def _end_head(tree: Element) -> None:
    """Move into the body what the parser left in the head, as it does where a page leaves out the tags of both.

    It knows no elements that are newer than HTML 4; a browser ends the head at the first that has no place there
    (HTML standard, "in head").
    """
    head = tree.find("head")
    strays = list(dropwhile(_belongs_in_head, head)) if head is not None else []
    if not strays:
        return
    body = tree.find("body")
    if body is None:
        body = tree.makeelement("body")
        tree.append(body)
    for place, stray in enumerate(strays):
        body.insert(place, stray)
    strays[-1].tail = f"{strays[-1].tail or ''}{body.text or ''}" or None
    body.text = None


def _belongs_in_head(element: Element) -> bool:
    return not isinstance(element.tag, str) or element.tag in _OF_HEADS


def walk(tree: Element) -> Iterator[tuple[str, Element]]:
    """Go through a tree in document order: `start` and `end` of each element."""
    from lxml import etree  # noqa: PLC0415

    return iter(etree.iterwalk(tree, events=("start", "end")))


def read_visible(tree: Element) -> tuple[str, list[VisibleLine]]:
    r"""Give the visible text of a page, lines joined by `\n`, and its lines."""
    walk = _Walk()
    walk.through(tree)
    return "\n".join(line.text for line in walk.found), walk.found


@dataclass(slots=True)
class _Walk:
    """One way through a tree, in document order, gathering text until a line ends."""

    found: list[VisibleLine] = field(default_factory=list)
    start: int = 0  # of the next line
    path: list[Element] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    element: Element | None = None  # the innermost that holds all parts
    holder: int = 0  # its depth
    reached: int = 0  # the least depth since the last part
    linked: int = 0
    links: list[Element] = field(default_factory=list)  # that are open
    breaks: int = _PARTED  # line breaks since the last line
    pictured: bool = False  # whether a picture stands before the line
    follows: bool = False  # whether one stands in it, so that it is before the next

    def through(self, tree: Element) -> None:
        from lxml import etree  # noqa: PLC0415

        events = etree.iterwalk(tree, events=("start", "end"))
        for event, element in events:
            if event == "end":
                self._end(element, element.tag)
            elif element.tag in _UNSEEN:
                events.skip_subtree()
                self.path.append(element)
            else:
                self._begin(element, element.tag)
        self._line(_PARTED)

    def _begin(self, element: Element, tag: str) -> None:
        if tag in _BOXES:
            self._line(_PARTED)
        elif tag == "br":
            self._line(1)
        if tag in _PICTURES:
            self.pictured, self.follows = self.pictured or not self.holder, bool(self.holder)
        self.path.append(element)
        if tag == "a" and not (element.get("href") or "#").startswith(_NO_PAGE):
            self.links.append(element)
        if text := element.text:
            self._text(text, tag)

    def _end(self, element: Element, tag: str) -> None:
        if tag in _BOXES:
            self._line(_PARTED)
        self.path.pop()
        if self.links and self.links[-1] is element:
            self.links.pop()
        depth = len(self.path)
        self.reached = min(self.reached, depth)
        if self.path and (text := element.tail):
            self._text(text, self.path[-1].tag)

    def _text(self, text: str, tag: str) -> None:
        first, *rest = text.split("\n") if tag in AS_LINES else (text,)
        self._part(first)
        for line in rest:
            self._line(1)
            self._part(line)

    def _part(self, text: str) -> None:
        self.parts.append(text)
        if bare := text.strip():
            depth = len(self.path)
            shared = min(self.holder, self.reached) if self.holder else depth
            if shared != self.holder:
                self.holder, self.element = shared, self.path[shared - 1]
            self.reached = depth
            self.linked += len(bare) if self.links else 0

    def _line(self, breaks: int) -> None:
        """End the line: one break parts lines, two part paragraphs."""
        text = " ".join("".join(self.parts).split()) if self.holder else ""
        self.parts.clear()
        if text:
            joined, linked = self.breaks < _PARTED, min(self.linked, len(text))
            line = VisibleLine(self.start, text, self.element, self._kind(), linked, joined, self.pictured)
            self.found.append(line)
            self.start += len(text) + 1
            self.breaks, self.pictured, self.follows = 0, self.follows, False
        self.breaks += breaks
        self.holder = self.linked = 0

    def _kind(self) -> str:
        return next((KINDS[element.tag] for element in reversed(self.path) if element.tag in KINDS), "")
