"""What a built site must not hold, whatever it was made of: judged without the code that made it."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

Element = Any
"""An element as lxml has it, which ships no types."""

OURS = frozenset({"application/ld+json", "application/json"})
"""Types of scripts that are data."""

LOADING = frozenset(
    (
        "applet",
        "audio",
        "base",
        "embed",
        "frame",
        "frameset",
        "iframe",
        "link",
        "math",
        "meta",
        "object",
        "style",
    )
) | {"source", "svg", "template", "track", "video", "form", "input", "button", "select", "textarea"}
"""Elements that no text of an article may hold, beside scripts."""

ADDRESSES = ("href", "src", "action", "cite", "{http://www.w3.org/1999/xlink}href", "xlink:href")
_PARSER = etree.HTMLParser(encoding="utf-8", huge_tree=True)
_TEXTS = etree.XPath("//div[contains(concat(' ', @class, ' '), ' body ')]")
_DROPPED = dict.fromkeys(map(ord, "\t\n\r"))
_CONTROLS = "".join(map(chr, range(0x21)))
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_HTML = frozenset({"{http://purl.org/rss/1.0/modules/content/}encoded", "description"})
_ATOM = "{http://www.w3.org/2005/Atom}"


def page(data: bytes) -> Iterator[str]:
    """Say what is wrong with a page of the theme."""
    root = etree.fromstring(data, _PARSER)
    if root.xpath("count(//meta[@http-equiv='Content-Security-Policy'])") != 1:
        yield "has not one policy"
    for script in root.iter("script"):
        if script.get("type") in OURS:
            json.loads(script.text)
        elif not (script.get("src") or "").endswith("/assets/search.js") or script.text:
            yield f"a script: {etree.tostring(script)}"
    if len(root.xpath("//style")) > 1:
        yield "a style"
    yield from elements(root)
    for text in _TEXTS(root):
        yield from fragment(text)


def text(html: str) -> Iterator[str]:
    """Say what is wrong with the text of an article, as feeds hold it."""
    if not html.strip():
        return
    root = etree.fromstring(f"<!doctype html><body>{html}", _PARSER)
    yield from elements(root)
    yield from fragment(root)
    for address in root.xpath("//@href | //@src"):
        if not re.match("(?:https?|mailto|tel):", address, re.IGNORECASE):
            yield f"an address that is relative: {address!r}"


def fragment(root: Element) -> Iterator[str]:
    """Say which elements a text has that no text may have."""
    yield from (f"an element {element.tag}" for element in root.iter("script", *LOADING))


def elements(root: Element) -> Iterator[str]:
    """Say which elements can do something when they are shown, pointed at or followed."""
    for element in root.iter(etree.Element):
        for name, value in element.attrib.items():
            if name.startswith("on") or name in {
                "style",
                "srcdoc",
                "formaction",
                "ping",
                "target",
                "background",
            }:
                yield f"an attribute {name}={value!r} at {element.tag}"
            if name in ADDRESSES and not is_plain(value):
                yield f"an address {value!r} at {element.tag}"


def is_plain(address: str) -> bool:
    """Tell an address of the web or the site from one that is a script or a document (URL standard, 4.4)."""
    scheme = _SCHEME.match(address.lstrip(_CONTROLS).translate(_DROPPED))
    return not scheme or scheme[1].lower() in {"http", "https", "mailto", "tel"}


def feed(data: bytes) -> Iterator[str]:
    """Say what is wrong with a feed, a sitemap or a list of subscriptions."""
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    for node in root.iter():
        if not isinstance(node.tag, str):
            yield f"holds {etree.tostring(node)!r}"
            continue
        for name, value in node.attrib.items():
            if name in {"href", "url", "xmlUrl", "htmlUrl"} and not re.match("https?://", value):
                yield f"an address {value!r}"
        if node.tag in _HTML or (node.tag.startswith(_ATOM) and node.get("type") == "html"):
            yield from text(node.text or "")
        named = (node.text or "").strip() if node.tag.rpartition("}")[2] in {"link", "loc"} else ""
        if named and not named.startswith("https://news.example/"):
            yield f"an address {named!r}"


def json_feed(data: bytes) -> Iterator[str]:
    """Say what is wrong with a JSON Feed."""
    for item in json.loads(data)["items"]:
        yield from text(item.get("content_html", ""))
        for name in ("url", "external_url", "image"):
            if name in item and not re.match("https?://", item[name]):
                yield f"an address {item[name]!r}"


def site(files: Mapping[str, bytes]) -> Iterator[str]:
    """Say what is wrong with any file of a site."""
    for path, data in files.items():
        name = path.rpartition("/")[2]
        found: Iterator[str] = iter(())
        if path.startswith("pagefind/"):
            continue
        if name.endswith(".html"):
            found = page(data)
        elif name == "feed.json":
            found = json_feed(data)
        elif name.endswith((".xml", ".opml")):
            found = feed(data)
        yield from (f"{path}: {fault}" for fault in found)
