"""Files for programs to what they refer to: feeds, sitemaps, subscriptions, stylesheets, robots.txt."""

import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from lxml import etree

from generator.checking.faults import Fault
from generator.checking.feedshapes import ATOM, link_of
from generator.checking.markup import read_fragment
from generator.checking.references import Reference, Seen, Unreadable, Use
from generator.checking.stylesheets import addresses_of
from generator.model import Severity

_ATTRIBUTES = ("href", "url", "src", "xmlUrl", "htmlUrl")
"""Attributes of Atom, RSS and OPML that hold an address."""

_ELEMENTS = frozenset({"loc", "link", "guid", "comments", "url"})
"""Elements of sitemaps and RSS whose text is an address."""

_PICTURES = frozenset({"logo", "icon", "thumbnail", "cover", "image"})
"""Elements of Atom, RSS and their extensions that are about a picture."""

_HTML = frozenset({"content", "description", "encoded", "summary"})
"""Elements of feeds whose text is HTML, in Atom where its type says so."""

_FIELDS = frozenset({"url", "home_page_url", "feed_url", "next_url"})
"""Fields of a JSON Feed (1.1) that hold an address, but for `external_url`."""

_SHOWN = frozenset({"icon", "favicon", "image", "banner_image", "avatar"})
"""Fields of a JSON Feed (1.1) that hold the address of a picture."""

_LISTING = {
    "{http://www.sitemaps.org/schemas/sitemap/0.9}url": Use.LISTED,
    "{http://www.sitemaps.org/schemas/sitemap/0.9}sitemap": Use.INDEXED,
}
"""The elements of sitemaps and their indexes that are about a page or a sitemap (sitemaps.org 0.9)."""

_SITEMAP = re.compile(r"^[^\S\n]*+sitemap\s*+:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_RELATIVE = Fault(
    "the text of an article holds an address that is not absolute, which feed readers cannot follow",
    Severity.WARNING,
)


class Document(NamedTuple):
    """A file that is no page.

    Attributes:
        references: what it refers to.
        faults: what is wrong with the HTML in it.
        value: what it is, parsed: an element of lxml, the object of a JSON Feed, `None` for anything else.
    """

    references: list[Reference]
    faults: list[Seen]
    value: Any = None


def reader(path: str) -> Callable[[bytes], Document] | None:
    """Give what reads a file, by its name; `None` where a file refers to nothing that can be followed.

    It raises `Unreadable` for a file that is not what its name says.
    """
    name = path.rpartition("/")[2]
    if name == "feed.json":
        return read_json_feed
    if name == "robots.txt":
        return read_robots
    return {"css": read_stylesheet, "xml": read_xml, "opml": read_xml}.get(name.rpartition(".")[2].lower())


def read_xml(data: bytes) -> Document:
    """Read a feed, a sitemap or a list of subscriptions."""
    root = parse_xml(data)
    document = Document([], [], root)
    for element in root.iter(etree.Element):
        _add_element(element, document)
    return document


def parse_xml(data: bytes) -> Any:  # noqa: ANN401 - lxml ships no types
    """Parse XML; nothing that it names is fetched or expanded."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(f"is no well-formed XML: {error.msg}", error.lineno or 1) from None


def _add_element(element: Any, document: Document) -> None:  # noqa: ANN401 - lxml ships no types
    if element.get("rel") == "hub":
        return  # it is there to be told something, not to be read (WebSub)
    line, text, name = element.sourceline, element.text or "", element.tag.rpartition("}")[2]
    for attribute in _ATTRIBUTES:
        address = element.get(attribute)
        if address is not None:
            document.references.append(Reference(address, line, _use(element, name)))
    if not text.strip():
        return
    if name in _PICTURES or (name in _ELEMENTS and element.get("isPermaLink") != "false"):
        document.references.append(Reference(text, line, _use(element, name)))
    elif name in _HTML and (not element.tag.startswith(ATOM) or element.get("type") == "html"):
        _add_html(text, line, document, lambda: link_of(element.getparent()))


def _use(element: Any, name: str) -> Use:  # noqa: ANN401 - as above
    parent = element.getparent()
    if name == "loc" and parent is not None and parent.tag in _LISTING:
        return _LISTING[parent.tag]
    kind = element.get("type", "") or element.get("medium", "")
    if kind.startswith("image") or name in _PICTURES:
        return Use.PORTRAIT
    inside = name == "url" and parent is not None and parent.tag == "image"  # of RSS
    return Use.PORTRAIT if inside else Use.NAME


def _add_html(html: str, line: int, document: Document, link: Callable[[], str]) -> None:
    """Take in what a feed gives as an article's text, which readers show far from the site's own pages.

    Args:
        html: the text.
        line: where it stands.
        document: takes it in.
        link: gives the address of the article.
    """
    fragment = read_fragment(html)
    document.references.extend([one._replace(line=line) for one in fragment.references])
    faults = [*fragment.faults]
    if any(is_relative(one.address) for one in fragment.references):
        faults.append(_RELATIVE)
    if faults:
        document.faults.extend([Seen(fault, line, link()) for fault in faults])


def is_relative(address: str) -> bool:
    """Tell an address that counts from the page it stands on; one within that page does not matter."""
    if address.startswith(("http://", "https://", "#", "mailto:")):
        return False
    try:
        return not urlsplit(address.strip()).scheme
    except ValueError:
        return False


def read_json_feed(data: bytes) -> Document:
    """Read a JSON Feed; everything in it is said to stand on its first line."""
    try:
        feed = json.loads(data)
    except RecursionError:
        raise Unreadable("is no JSON Feed: it is nested too deep to be read") from None
    except ValueError as error:
        raise Unreadable(f"is no JSON: {error}", getattr(error, "lineno", 1)) from None
    if not isinstance(feed, dict):
        raise Unreadable("is no JSON Feed, which is an object")
    document = Document([], [], feed)
    waiting: list[Any] = [feed]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            value.pop("hubs", None)  # as in XML
            waiting += [inner for inner in value.values() if isinstance(inner, dict | list)]
            document.references.extend(_of_object(value))
            _add_html(_text(value, "content_html"), 1, document, partial(_text, value, "url"))
    return document


def _of_object(value: dict[str, Any]) -> Iterator[Reference]:
    picture = _text(value, "mime_type").startswith("image/")  # of an attachment
    for name in value:
        if name in _SHOWN or name in _FIELDS:
            use = Use.PORTRAIT if picture or name in _SHOWN else Use.NAME
            if _text(value, name):
                yield Reference(_text(value, name), 1, use)


def _text(value: dict[str, Any], name: str) -> str:
    found = value.get(name)
    return found if isinstance(found, str) else ""


def read_stylesheet(data: bytes) -> Document:
    """Read a stylesheet."""
    css = data.decode("utf-8", "replace")
    found = addresses_of(css)
    return Document(
        [Reference(address, css.count("\n", 0, start) + 1, Use.PART) for address, start in found], []
    )


def read_robots(data: bytes) -> Document:
    """Read robots.txt (RFC 9309), which may name sitemaps."""
    text = data.decode("utf-8", "replace")
    found = [(match[1], text.count("\n", 0, match.start(1)) + 1) for match in _SITEMAP.finditer(text)]
    return Document([Reference(address, line, Use.INDEXED) for address, line in found], [])
