"""What kind of input some bytes are, by what they hold; a name only helps where that leaves a doubt."""

import re
from enum import StrEnum

from generator.ingest.decoding import SAMPLE, encoding_of, is_binary, refused


class Kind(StrEnum):
    """The kinds of inputs there are readers for."""

    TEXT = "text"
    WEBPAGE = "webpage"
    FEED = "feed"
    JSON = "json"
    JSON_LINES = "json lines"
    JSON_FEED = "json feed"
    MARKDOWN = "markdown"
    ZIP = "zip"
    GZIP = "gzip"


_PROLOGUE = re.compile(r"(?:\s++|<\?[^>]*+>|<!--(?:[^-]++|-(?!->))*+(?:-->)?)*+")
_DOCTYPE = re.compile(r"<!doctype\s++(?P<root>[a-z:]++)[^>\[]*+(?:\[[^\]]*+\]\s*+)?>?", re.IGNORECASE)
_ROOT = re.compile(r"<(?P<name>[a-z][\w.:-]*+)", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_FEEDS = frozenset({"rss", "feed", "rdf:rdf", "atom:feed", "channel", "rdf"})
_LISTS = {"opml": "a list of feeds (OPML)", "urlset": "a sitemap", "sitemapindex": "a list of sitemaps"}
_PAGE_ROOTS = frozenset(
    {
        *(
            "html",
            "head",
            "body",
            "title",
            "meta",
            "link",
            "script",
            "style",
            "base",
            "article",
            "aside",
            "main",
        ),
        *(
            "section",
            "header",
            "footer",
            "nav",
            "div",
            "p",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "ul",
            "ol",
            "li",
        ),
        *("table", "thead", "tbody", "tr", "td", "blockquote", "figure", "pre", "center", "form", "dl", "hr"),
    }
)
_INLINE = frozenset(
    {"a", "abbr", "b", "br", "em", "font", "i", "img", "small", "span", "strong", "u", "iframe", "time"}
)
_FEW_TAGS = 3  # that text may hold and still be text
_ELEMENT_AT_START = re.compile(
    r"^\s{0,99}<(?P<name>html|rss|feed|rdf:RDF|!doctype html)\b", re.IGNORECASE | re.MULTILINE
)
_REACH = 8192  # characters in which markup begins, where other text stands before it
_DENSE = 0.1  # share of tags in characters from which on a text is markup
_OBJECT = re.compile(r"\{\s*(?:\"|\}\s*\Z)")
_ARRAY = re.compile(r"\[\s*(?:\{\s*[\"}]|\[|\]\s*\Z|\"(?:[^\"\\]|\\.)*+\"\s*[,\]])")
_LINED = re.compile(r"\{[^\n]*[^\s\[{:,][ \t\r]*\n\s*\{\s*\"")
_FEED_VERSION = re.compile(
    r"\"version\"\s*:\s*\"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version", re.IGNORECASE
)
_FRONT = re.compile(r"---[ \t]*\n")
_FRONT_END = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_FRONT_KEY = re.compile(r"^(?:title|date)[ \t]*:", re.MULTILINE)
_OFFICE = (b"[Content_Types].xml", b"mimetype", b"_rels/.rels", b"META-INF/", b"word/")
_NAMED = {b"%PDF-": "a PDF file", b"WARC/": "a web archive (WARC)", b"{\\rtf": "an RTF file"}


def sniff(data: bytes, name: str = "") -> Kind:
    """Tell what kind of input some bytes are.

    Args:
        data: the input, or its first 64 KiB.
        name: how to name it in the refusal; its ending decides between one JSON object and JSON Lines of one line.

    Raises:
        Refused: nothing but white space, or a kind no reader takes, with a sentence that says which.
    """
    data = data[:SAMPLE]
    if data.startswith(b"\x1f\x8b"):
        return Kind.GZIP
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        if data[30:].startswith(_OFFICE):
            raise refused(
                name, "an office document or a book: only text, pages, feeds and records can be read"
            )
        return Kind.ZIP
    for opening, what in _NAMED.items():
        if data.lstrip().startswith(opening):
            raise refused(name, f"{what}: only text, pages, feeds and records can be read")
    encoding = encoding_of(data)
    text = data.decode(encoding or "utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    if is_binary(b"" if encoding else data, text):
        raise refused(name, "binary data: only text can be read")
    start = text.lstrip("\ufeff \t\n\x0b\x0c\u00a0")
    if not start.strip():
        raise refused(name, "empty")
    return _json(start, name) or _markup(start, name) or _front_matter(start) or Kind.TEXT


def _json(text: str, name: str) -> Kind | None:
    ending = name.lower().removesuffix(".gz").rpartition(".")[2]
    if _ARRAY.match(text):
        return Kind.JSON
    if not _OBJECT.match(text):
        return Kind.JSON if ending == "json" and text.startswith(("{", "[")) else None
    if _LINED.match(text) or ending in {"jsonl", "ndjson", "jsonlines"}:
        return Kind.JSON_LINES
    return Kind.JSON_FEED if _FEED_VERSION.search(text) else Kind.JSON


def _markup(text: str, name: str) -> Kind | None:
    """Tell a page, a fragment of one, and a feed from text that mentions tags."""
    begins = _PROLOGUE.match(text)
    at = begins.end() if begins else 0
    if doctype := _DOCTYPE.match(text, at):
        if doctype["root"].lower() == "html":
            return Kind.WEBPAGE
        begins = _PROLOGUE.match(text, doctype.end())
        at = begins.end() if begins else at
    root = _ROOT.match(text, at)
    if root is None:
        return _late_markup(text)
    element = root["name"].lower()
    if element in _FEEDS:
        return Kind.FEED
    if element in _PAGE_ROOTS:
        return Kind.WEBPAGE
    if element in _LISTS:
        raise refused(name, f"{_LISTS[element]}: it leads to news, and holds none")
    if element not in _INLINE and (at or text.startswith("<?xml") or len(_TAG.findall(text)) > _FEW_TAGS):
        raise refused(name, f"XML of a kind that has no reader (<{root['name']}>)")
    return Kind.WEBPAGE if len(_TAG.findall(text)) > _FEW_TAGS else None


def _late_markup(text: str) -> Kind | None:
    """Find a page or a feed that begins behind other text: a warning of the server, headers of the answer."""
    found = _ELEMENT_AT_START.search(text[:_REACH])
    if found is None:
        return None
    tags = _TAG.findall(text, found.start())
    if len(tags) <= _FEW_TAGS or sum(map(len, tags)) < _DENSE * (len(text) - found.start()):
        return None
    return Kind.FEED if found["name"].lower() in _FEEDS else Kind.WEBPAGE


def _front_matter(text: str) -> Kind | None:
    opening = _FRONT.match(text)
    closing = _FRONT_END.search(text, opening.end()) if opening else None
    if opening is None or closing is None:
        return None
    return Kind.MARKDOWN if _FRONT_KEY.search(text, opening.end(), closing.start()) else None
