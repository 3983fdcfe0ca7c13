"""A fragment of HTML, as feeds and records hold it, to paragraphs of plain text."""

import re
from dataclasses import dataclass, field
from typing import Any

from generator.ingest.attributes import MOST_TAGS, thinned
from generator.ingest.elements import AS_LINES, BLOCKS, CELLS, KINDS

_UNSEEN = frozenset(
    {
        *(
            "applet",
            "audio",
            "button",
            "canvas",
            "embed",
            "frame",
            "frameset",
            "head",
            "iframe",
            "input",
            "link",
            "map",
        ),
        *("meta", "noembed", "noframes", "noscript", "object", "option", "script", "select", "style", "svg"),
        *("template", "textarea", "title", "video"),
    }
)
_KINDS = {**KINDS, "dd": "item", "figcaption": "caption", "nav": "furniture", "footer": "furniture"}
_FURNITURE = re.compile(
    r"(?:^|\s)(?:feedflare|sharedaddy|sd-sharing|jp-relatedposts|addtoany\w{0,20}|addthis\w{0,20}|heateor\w{0,20}"
    r"|related-posts|yarpp\w{0,20}|mc4wp\w{0,20}|swp_\w{0,20}|wp-block-buttons?|post-views)(?:\s|-|$)",
    re.IGNORECASE,
)
_CAPTION = re.compile(r"(?:^|\s)wp-caption-text(?:\s|$)", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\n\r\f]+")
_TAG = re.compile(
    r"</?(?:a|abbr|article|b|blockquote|br|center|cite|code|div|em|figure|figcaption|font|h[1-6]|hr|i|iframe|img"
    r"|li|ol|p|pre|q|script|section|small|span|strong|style|sub|sup|table|tbody|td|th|tr|u|ul)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
_ANY_TAG = re.compile(r"(?:<[^<>]*+>?\s*+)++")
_BLOCK_TAG = re.compile(
    r"<(?:article|blockquote|br|center|div|figure|h[1-6]|hr|li|ol|p|pre|section|table|ul)\b", re.IGNORECASE
)
_TINY = re.compile(r"\s*[0-3](?:px)?\s*\Z")
_TRACKER = re.compile(
    r"pixel|/b\.gif|beacon|doubleclick|feedburner|feedsportal|stats\.wp|/count|tracking|analytics",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Fragment:
    """What a fragment shows: its paragraphs, each with its kind, and the address of its first picture, or "".

    A kind is "", or one of `heading`, `item`, `quote`, as `Block` has them, or `caption` (of a picture) or
    `furniture` (share buttons, links to other stories), which are no part of a story.
    """

    paragraphs: tuple[tuple[str, str], ...]
    image: str = ""


def looks_like_html(text: str) -> bool:
    """Tell whether a text is HTML: it has a block element or a line break, or two tags of any known kind."""
    if "<" not in text:
        return False
    first = _TAG.search(text)
    return first is not None and (bool(_BLOCK_TAG.search(text)) or bool(_TAG.search(text, first.end())))


def paragraphs(html: str) -> list[tuple[str, str]]:
    """Give the paragraphs of a fragment as (kind, text): `read_fragment` without the picture."""
    return list(read_fragment(html).paragraphs)


def read_fragment(html: str) -> Fragment:
    """Read a fragment of HTML, however broken.

    Block elements part paragraphs, so does an empty line made with `<br>`; scripts, styles, frames and what is
    hidden are not seen. White space is collapsed; where there is no block element at all, line ends count.
    """
    if not _BLOCK_TAG.search(html):
        html = html.replace("\r\n", "\n").replace("\n", "<br>")
    if html.count("<") > MOST_TAGS:
        html = _ANY_TAG.sub("<br>", html)
    from lxml import etree  # noqa: PLC0415 - only inputs with markup need it

    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    data = f"<div>{thinned(html)}</div>".replace("\0", "").encode("utf-8", "replace")
    root = etree.fromstring(data, parser)
    return _Walk().walk(etree.iterwalk(root, events=("start", "end"))) if root is not None else Fragment(())


@dataclass(slots=True)
class _Walk:
    """One way through a tree: the paragraph being gathered, and the kinds of the elements around it."""

    pieces: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    done: list[tuple[str, str]] = field(default_factory=list)
    image: str = ""
    verbatim: int = 0

    def walk(self, events: Any) -> Fragment:  # noqa: ANN401 - lxml ships no types
        for event, element in events:
            if event == "start":
                if _is_unseen(element):
                    events.skip_subtree()
                else:
                    self.enter(element)
            else:
                if not _is_unseen(element):
                    self.leave(element)
                self.text(element.tail)
        self.flush()
        return Fragment(tuple(self.done), self.image)

    def enter(self, element: Any) -> None:  # noqa: ANN401 - as above
        tag = element.tag
        if tag in BLOCKS:
            self.flush()
        if kind := _kind(element):
            self.kinds.append(kind)
        if tag == "br":
            self.pieces.append("\n")
        elif tag in CELLS:
            self.pieces.append(" ")
        elif tag == "img" and not self.image:
            self.image = _picture(element)
        self.verbatim += tag in AS_LINES
        self.text(element.text)

    def leave(self, element: Any) -> None:  # noqa: ANN401 - as above
        if element.tag in BLOCKS:
            self.flush()
        if _kind(element):
            self.kinds.pop()
        self.verbatim -= element.tag in AS_LINES

    def text(self, text: str | None) -> None:
        if text:
            self.pieces.append(text if self.verbatim else _SPACE.sub(" ", text))

    def flush(self) -> None:
        kind = next(
            (kind for kind in ("furniture", "caption") if kind in self.kinds), "".join(self.kinds[-1:])
        )
        for lines in _parted("".join(self.pieces)):
            self.done.append((kind, lines))
        self.pieces.clear()


def _parted(text: str) -> list[str]:
    """Part text at its empty lines; other line ends stay in it."""
    groups: list[list[str]] = [[]]
    for line in text.split("\n"):
        if plain := line.strip():
            groups[-1].append(plain)
        elif groups[-1]:
            groups.append([])
    return ["\n".join(group) for group in groups if group]


def _kind(element: Any) -> str:  # noqa: ANN401 - as above
    classes = element.get("class") or ""
    if classes and element.tag in BLOCKS:
        if _FURNITURE.search(classes):
            return "furniture"
        if _CAPTION.search(classes):
            return "caption"
    return _KINDS.get(element.tag, "")


def _is_unseen(element: Any) -> bool:  # noqa: ANN401 - as above
    style = element.get("style")
    return (
        element.tag in _UNSEEN or element.get("hidden") is not None or bool(style and _HIDDEN.search(style))
    )


def _picture(element: Any) -> str:  # noqa: ANN401 - as above
    """Give the address of a picture that is one to look at, "" for a tracking pixel."""
    if any(_TINY.match(element.get(side) or "x") for side in ("width", "height")):
        return ""
    address = (element.get("src") or "").strip()
    if not address or address.startswith("data:"):
        address = (element.get("data-src") or element.get("data-lazy-src") or "").strip()
    return "" if address.startswith("data:") or _TRACKER.search(address) else address
