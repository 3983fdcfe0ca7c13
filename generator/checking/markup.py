"""HTML to what it refers to (the HTML standard's list of attributes that hold addresses)."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, TypeAlias

from lxml import etree

from generator.checking.references import Reference, Sheet, Unreadable
from generator.checking.stylesheets import addresses_of

Element: TypeAlias = Any
"""An element as lxml has it, which ships no types."""

LEADING = frozenset({"a", "area", "form"})
"""Elements that readers follow."""

ADDRESSES = {
    "a": ("href",),
    "area": ("href",),
    "audio": ("src",),
    "button": ("formaction",),
    "embed": ("src",),
    "form": ("action",),
    "iframe": ("src",),
    "image": ("href", "xlink:href"),  # of SVG
    "img": ("src",),
    "input": ("src", "formaction"),
    "link": ("href",),
    "object": ("data",),
    "script": ("src",),
    "source": ("src",),
    "track": ("src",),
    "use": ("href", "xlink:href"),  # of SVG
    "video": ("src", "poster"),
}
"""Attributes that hold an address, by element."""

CANDIDATES = {"img": "srcset", "source": "srcset", "link": "imagesrcset"}
"""Attributes that hold several addresses, by element."""

NAMED = frozenset({"og:url", "og:image", "og:image:url", "og:audio", "og:video", "twitter:image"})
"""Names and properties of `meta` elements whose content is an address."""

_TAGS = (*ADDRESSES, "meta", "base")
_IDS = etree.XPath("//@id", smart_strings=False)
_NAMES = etree.XPath("//a/@name", smart_strings=False)
_WITH_ID = etree.XPath("//*[@id]")
_STYLED = etree.XPath("//style | //*[@style]")
_CANDIDATE = re.compile(r"[\s,]*(\S*[^\s,])(?:\s[^,]*)?(?:,|$)")
_REFRESH = re.compile(r"\s*[\d.]+\s*[;,]?\s*(?:url\s*=\s*)?[\"']?([^\"']*)", re.IGNORECASE)
_PARSER = etree.HTMLParser(encoding="utf-8", huge_tree=True)


def is_page(path: str) -> bool:
    """Tell an HTML page by its name."""
    return path.endswith((".html", ".htm"))


def read_page(data: bytes) -> Sheet:
    """Read what a page refers to.

    Args:
        data: the page, UTF-8.

    Raises:
        Unreadable: there is nothing in it, or it is nested deeper than the parser goes (2,048 elements).
    """
    root = _parsed(data)
    if root is None:
        raise Unreadable("is empty")
    if len(_PARSER.error_log):
        _check_depth()
    ids = _IDS(root)
    metas = [element for element in root.iter("meta") if element.get("content")]
    return Sheet(
        references=[*_references(root), *(_styles(root) if b"url(" in data else ())],
        base=next((element.get("href") for element in root.iter("base") if element.get("href")), ""),
        anchors=frozenset(ids).union(_NAMES(root)),
        doubled=_doubled(root) if len(set(ids)) < len(ids) else [],
        unlisted=any(
            element.get("name", "").lower() == "robots" and "noindex" in element.get("content").lower()
            for element in metas
        ),
        moved=any(_is_refresh(element) for element in metas),
    )


@lru_cache(maxsize=256)
def read_fragment(html: str) -> tuple[str, ...]:
    """Give the addresses in a piece of HTML, as feeds hold it: three feeds in a row have the same pieces."""
    root = _parsed(html.encode(errors="replace")) if "=" in html else None
    return () if root is None else tuple(reference.address for reference in _references(root))


def _parsed(data: bytes) -> Element | None:
    try:
        return etree.fromstring(data, _PARSER)
    except etree.XMLSyntaxError:  # "Document is empty" is all there is to say of HTML
        return None


def _check_depth() -> None:
    for error in _PARSER.error_log:
        if error.type_name == "ERR_RESOURCE_LIMIT":
            raise Unreadable("is nested too deep to be read", error.line)


def _references(root: Element) -> Iterator[Reference]:
    for element in root.iter(*_TAGS):
        tag = element.tag
        for name in ADDRESSES.get(tag, ()):
            address = element.get(name)
            if address is not None:
                yield Reference(address, element.sourceline, tag in LEADING)
        if tag == "meta":
            yield from _meta(element)
        elif tag in CANDIDATES:
            for address in _CANDIDATE.findall(element.get(CANDIDATES[tag], "")):
                yield Reference(address, element.sourceline)


def _meta(element: Element) -> Iterator[Reference]:
    content = element.get("content", "")
    if _is_refresh(element):
        match = _REFRESH.match(content)
        yield Reference(match[1] if match else "", element.sourceline, leads=True)
    elif (element.get("property") or element.get("name", "")).lower() in NAMED:
        yield Reference(content, element.sourceline)


def _is_refresh(element: Element) -> bool:
    """Tell a page that sends its readers elsewhere from one that only loads itself again."""
    match = _REFRESH.match(element.get("content", ""))
    return element.get("http-equiv", "").lower() == "refresh" and bool(match and match[1])


def _styles(root: Element) -> Iterator[Reference]:
    for element in _STYLED(root):
        css = (element.text or "") if element.tag == "style" else element.get("style")
        yield from (Reference(address, element.sourceline) for address, _ in addresses_of(css))


def _doubled(root: Element) -> list[tuple[str, int]]:
    first: set[str] = set()
    second: dict[str, int] = {}
    for element in _WITH_ID(root):
        name = element.get("id")
        if name in first:
            second.setdefault(name, element.sourceline)
        first.add(name)
    return list(second.items())
