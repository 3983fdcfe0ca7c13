"""Files for programs to what they refer to: feeds, sitemaps, subscriptions, stylesheets, robots.txt."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree

from generator.checking.markup import read_fragment
from generator.checking.references import Reference, Unreadable
from generator.checking.stylesheets import addresses_of

_ATTRIBUTES = ("href", "url", "src", "xmlUrl", "htmlUrl")
"""Attributes of Atom, RSS and OPML that hold an address."""

_ELEMENTS = frozenset({"loc", "link", "guid", "comments", "url"})
"""Elements of sitemaps and RSS whose text is an address."""

_HTML = frozenset({"content", "description", "encoded", "summary"})
"""Elements of feeds whose text may be HTML."""

_FIELDS = frozenset(
    {"url", "home_page_url", "feed_url", "next_url", "icon", "favicon", "image", "banner_image"}
)
"""Fields of a JSON Feed (1.1) that hold an address, but for `external_url`."""

_LISTED = "{http://www.sitemaps.org/schemas/sitemap/0.9}url"
"""The element of a sitemap that is about a page (sitemaps.org 0.9)."""

_SITEMAP = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


def reader(path: str) -> Callable[[bytes], list[Reference]] | None:
    """Give what reads a file, by its name; `None` where a file refers to nothing that can be followed.

    It raises `Unreadable` for a file that is not what its name says.
    """
    name = path.rpartition("/")[2]
    if name == "feed.json":
        return read_json_feed
    if name == "robots.txt":
        return read_robots
    return {"css": read_stylesheet, "xml": read_xml, "opml": read_xml}.get(name.rpartition(".")[2].lower())


def read_xml(data: bytes) -> list[Reference]:
    """Read a feed, a sitemap or a list of subscriptions."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(f"is no well-formed XML: {error.msg}", error.lineno or 1) from None
    return [reference for element in root.iter(etree.Element) for reference in _of_element(element)]


def _of_element(element: Any) -> Iterator[Reference]:  # noqa: ANN401 - lxml ships no types
    line, text = element.sourceline, element.text or ""
    if element.get("rel") == "hub":
        return  # it is there to be told something, not to be read (WebSub)
    for name in _ATTRIBUTES:
        address = element.get(name)
        if address is not None:
            yield Reference(address, line)
    if not text.strip():
        return
    name = element.tag.rpartition("}")[2]
    if name in _ELEMENTS and element.get("isPermaLink") != "false":
        parent = element.getparent()
        yield Reference(text, line, listed=name == "loc" and parent is not None and parent.tag == _LISTED)
    elif name in _HTML:
        yield from (Reference(address, line) for address in read_fragment(text))


def read_json_feed(data: bytes) -> list[Reference]:
    """Read a JSON Feed; everything in it is said to stand on its first line."""
    try:
        feed = json.loads(data)
    except ValueError as error:
        raise Unreadable(f"is no JSON: {error}", getattr(error, "lineno", 1)) from None
    found: list[Reference] = []
    waiting = [feed]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            value.pop("hubs", None)  # as in XML
            waiting += [inner for inner in value.values() if isinstance(inner, dict | list)]
            texts = {name: inner for name, inner in value.items() if isinstance(inner, str)}
            found += [Reference(texts[name], 1) for name in texts if name in _FIELDS]
            found += [Reference(address, 1) for address in read_fragment(texts.get("content_html", ""))]
    return found


def read_stylesheet(data: bytes) -> list[Reference]:
    """Read a stylesheet."""
    css = data.decode("utf-8", "replace")
    return [Reference(address, css.count("\n", 0, start) + 1) for address, start in addresses_of(css)]


def read_robots(data: bytes) -> list[Reference]:
    """Read robots.txt (RFC 9309), which may name sitemaps."""
    text = data.decode("utf-8", "replace")
    found = _SITEMAP.finditer(text)
    return [Reference(match[1], text.count("\n", 0, match.start(1)) + 1) for match in found]
