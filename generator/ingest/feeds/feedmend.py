"""A feed's bytes to well-formed XML, as far as that can be had by careful repair: what was wrong is told."""

import codecs
import html
import re
from dataclasses import dataclass

from generator.ingest import decoding
from generator.model import Issue, Severity

_DECLARATION = re.compile(r"<\?xml[^>]{0,200}?\?>", re.IGNORECASE)
_ENCODING = re.compile(
    rb"""<\?xml[^>]{0,150}?encoding\s{0,9}=\s{0,9}["']([A-Za-z][\w.:-]{0,40})""", re.IGNORECASE
)
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*+(?:\[(?:[^\]\"']++|\"[^\"]*+\"|'[^']*+')*+\]\s*+)?>?", re.IGNORECASE)
_PARTS = re.compile(
    r"(?P<apart><!\[CDATA\[(?:[^\]]++|\](?!\]>))*+(?:\]\]>)?|<!--(?:[^-]++|-(?!->))*+(?:-->)?)"
    r"|(?P<bad>[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff])"
    r"|(?P<amp>&)(?P<entity>#\d{1,8};|#[xX][0-9a-fA-F]{1,7};|[A-Za-z][A-Za-z0-9]{0,31};)?"
    r"|<(?P<close>/)?(?P<name>[A-Za-z_][\w.:-]*+)(?P<rest>(?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+)(?P<end>>)?"
    r"|(?P<other><[!?][^<>]*+>?)|(?P<bare><)"
)
_IN_TAG = re.compile(r"&(#\d{1,8};|#[xX][0-9a-fA-F]{1,7};|[A-Za-z][A-Za-z0-9]{0,31};)?")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ATTRIBUTE = re.compile(r"(?:\A|\s)([A-Za-z_][\w.-]{0,40}):([A-Za-z_][\w.-]{0,40})\s{0,9}=")
_ROOT = re.compile(r"<(?:rss|feed|rdf:RDF|channel|[\w-]{1,20}:feed)\b", re.IGNORECASE)
_REACH = 64  # elements around one that a closing tag is looked for in
_XML_ENTITIES = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})
_WIDER = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252",
          "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "ks_c_5601-1987": "cp949", "euc-kr": "cp949",
          "iso-8859-9": "cp1254", "tis-620": "cp874", "big5": "big5hkscs"}  # fmt: skip
# Python has other codecs, too, some of which are no encodings of text, or take the square of its length.
_CHARSETS = re.compile(r"ascii|big5|cp|euc|gb|hz|iso|johab|koi8|kz|mac|ptcp|shift|tis|utf-(?:8|16|32)")
MOST_ATTRIBUTES = 200
"""Attributes of an element: beyond, feedparser takes the square of them."""

MOST_PREFIXES = 64
"""Prefixes that nobody declared: likewise."""

_NAMESPACES = {
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "media": "http://search.yahoo.com/mrss/",
    "atom": "http://www.w3.org/2005/Atom",
    "itunes": "http://www.itunes.com/DTDs/PodCast-1.0.dtd",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "georss": "http://www.georss.org/georss",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
}


def decode_feed(data: bytes, path: str) -> tuple[str, list[Issue]]:
    r"""Turn a feed's bytes into text with `\n` line ends, trusting the bytes more than the declaration.

    UTF-8 that is valid is UTF-8, whatever the declaration says; else the encoding declared counts, with the
    Windows superset that the web reads it as; where it does not fit either, bytes are read as `decoding.decode`
    reads them. Every such repair is a warning.

    Raises:
        Refused: nothing but white space, or binary data.
    """
    found = _ENCODING.search(data[:512])
    declared = found[1].decode().lower() if found else ""
    if not decoding.encoding_of(data) and declared not in {"", "utf-8", "utf8"}:
        if data.isascii() and b"\x1b" not in data:
            return decoding.decode(data, path)[0], []
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            decoded = _declared(data, declared)
            if decoded is not None:
                return decoding.decode(decoded.encode("utf-8", "replace"), path)[0], []
        else:
            said = f"declared as {declared.upper()}, but written in UTF-8"
            issue = Issue(path, 1, said, Severity.WARNING)
            return decoding.decode(text.encode(), path)[0], [issue]
    text, damage = decoding.decode(data, path)
    return text, [Issue(path, issue.line, issue.message, Severity.WARNING) for issue in damage]


def _declared(data: bytes, encoding: str) -> str | None:
    try:
        known = codecs.lookup(_WIDER.get(encoding, encoding))
        return data.decode(known.name) if _CHARSETS.match(known.name) else None
    except (LookupError, ValueError):  # unknown, no encoding of text, or not what the bytes are in
        return None


@dataclass(slots=True)
class Mended:
    """A feed as well-formed XML: its text without a declaration, the damage, the lines its entries begin on."""

    text: str
    issues: list[Issue]
    lines: list[int]


def mend(text: str, path: str) -> Mended:
    """Make a feed's text well-formed, and change nothing where it is.

    Declarations of document types go, and the entities they define with them. Bare `&` and entities of HTML become
    characters, prefixes nobody declared are declared, elements that are still open where another ends, or at the
    end, are closed. Lines stay where they are. Every kind of damage is one warning, at the line of the first.

    Raises:
        Refused: no feed has so many prefixes.
    """
    text = _DECLARATION.sub(_blank, text, count=1)
    mending = _Mending(path)
    text = _DOCTYPE.sub(mending.doctype, text, count=1)
    mended = _PARTS.sub(mending.part, text)
    root, missing = _ROOT.search(mended), mending.used - mending.declared - {"xml", "xmlns"}
    if len(missing) > MOST_PREFIXES:
        raise decoding.refused(path, f"a feed with more than {MOST_PREFIXES} prefixes that nobody declared")
    if root and missing:
        spaces = (f' xmlns:{name}="{_NAMESPACES.get(name, f"urn:{name}")}"' for name in sorted(missing))
        mending.note(mended, root.start(), f"prefixes nobody declared: {', '.join(sorted(missing))}")
        mended = mended[: root.end()] + "".join(spaces) + mended[root.end() :]
    if mending.open:
        mending.note(text, len(text), "cut off", "cut")
    closing = "".join(f"</{name}>" for name in reversed(mending.open))
    return Mended(mended + closing, mending.issues, mending.lines)


def _blank(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n")


class _Mending:
    """Mends one feed part by part, and remembers the first damage of each kind and the elements that are open."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.issues: list[Issue] = []
        self.told: set[str] = set()
        self.open: list[str] = []
        self.used: set[str] = set()
        self.declared: set[str] = set()
        self.lines: list[int] = []
        self.counted = (0, 1)

    def doctype(self, found: re.Match[str]) -> str:
        """Take a document type away."""
        if "<!ENTITY" in found[0].upper():
            self.note(found.string, found.start(), "entities that the feed itself declares are not read")
        return _blank(found)

    def part(self, found: re.Match[str]) -> str:
        """Mend a tag, a reference to an entity, or whatever else is marked up."""
        if found["name"] is not None:
            return self.tag(found)
        if found["amp"] is not None:
            return self.entity(found)
        if found["apart"] is not None:
            return self.apart(found)
        if found["other"] is not None:
            return _blank(found)
        what = "characters that XML does not allow" if found["bad"] else "bare <"
        self.note(found.string, found.start(), what)
        return "" if found["bad"] else "&lt;"

    def apart(self, found: re.Match[str]) -> str:
        """Mend a CDATA section or a comment."""
        whole = found[0]
        if _CONTROLS.search(whole):
            self.note(found.string, found.start(), "characters that XML does not allow")
            whole = _CONTROLS.sub("", whole)
        if whole.startswith("<!--"):
            return _blank(found)
        if whole.endswith("]]>"):
            return whole
        self.note(found.string, found.start(), "cut off", "cut")
        return whole + ("]>" if whole.endswith("]") else "]]>")

    def entity(self, found: re.Match[str]) -> str:
        """Turn an entity that is none of XML's into its character."""
        name = found["entity"] or ""
        if name in _XML_ENTITIES:
            return found[0]
        plain = html.unescape(found[0]) if name else found[0]
        if name.startswith("#") and plain not in {"", "\ufffd"} and not _CONTROLS.search(plain):
            return html.escape(plain)
        what = f"&{name} is no entity of XML" if name else "bare &"
        self.note(found.string, found.start(), what, "entity")
        return html.escape(_CONTROLS.sub("", plain))

    def tag(self, found: re.Match[str]) -> str:
        """Mend a tag, and close what is open inside the element it ends."""
        name, rest = found["name"], found["rest"]
        if found["end"] is None:
            at_end = found.end() == len(found.string)
            self.note(found.string, found.start(), "cut off" if at_end else "bare <", "cut" if at_end else "")
            return "" if at_end else html.escape(found[0])
        if found["close"]:
            return self.close(found, name)
        if rest.count("=") > MOST_ATTRIBUTES:
            self.note(found.string, found.start(), f"an element with more than {MOST_ATTRIBUTES} attributes")
            rest = "/" if rest.endswith("/") else ""
        if "&" in rest:
            rest = _IN_TAG.sub(_mend_in_tag, rest)
        self.note_prefixes(name, rest)
        if name.lower().rpartition(":")[2] in {"item", "entry"}:
            self.lines.append(self.line_of(found.string, found.start()))
        if not rest.endswith("/"):
            self.open.append(name)
        return f"<{name}{_CONTROLS.sub('', rest)}>"

    def close(self, found: re.Match[str], name: str) -> str:
        """End an element; a tag that ends none goes."""
        if name not in self.open[-_REACH:]:
            self.note(found.string, found.start(), f"</{name}> ends nothing", "nesting")
            return ""
        inside = []
        while (last := self.open.pop()) != name:
            inside.append(last)
        if inside:
            self.note(found.string, found.start(), f"<{inside[-1]}> is not closed", "nesting")
        return "".join(f"</{one}>" for one in (*inside, name))

    def note_prefixes(self, name: str, rest: str) -> None:
        """Remember which prefixes are used and which are declared."""
        if ":" in name:
            self.used.add(name.partition(":")[0])
        if ":" in rest:
            for prefix, local in _ATTRIBUTE.findall(rest):
                (self.declared if prefix == "xmlns" else self.used).add(
                    local if prefix == "xmlns" else prefix
                )

    def line_of(self, text: str, place: int) -> int:
        """Give the line of a place, for places in their order."""
        at, line = self.counted
        self.counted = place, line + text.count("\n", at, place)
        return self.counted[1]

    def note(self, text: str, place: int, what: str, kind: str = "") -> None:
        """Report a kind of damage once, at its first line."""
        if (kind or what) not in self.told:
            self.told.add(kind or what)
            line = text.count("\n", 0, place) + 1
            self.issues.append(Issue(self.path, line, f"damaged feed: {what}", Severity.WARNING))


def _mend_in_tag(found: re.Match[str]) -> str:
    name = found[1] or ""
    if name in _XML_ENTITIES:
        return found[0]
    return html.escape(_CONTROLS.sub("", html.unescape(found[0]) if name else found[0]))
