"""HTML to what it refers to (the HTML standard's list of attributes that hold addresses), and what is wrong."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

from lxml import etree

from generator.checking import hazards
from generator.checking.faults import Fault
from generator.checking.linked import read_linked
from generator.checking.policies import policies
from generator.checking.references import Reference, Seen, Sheet, Unreadable, Use
from generator.checking.stylesheets import addresses_of
from generator.model import Severity

Element: TypeAlias = Any
"""An element as lxml has it, which ships no types."""

ADDRESSES: dict[str, tuple[tuple[str, Use], ...]] = {
    "a": (("href", Use.LINK), ("xlink:href", Use.LINK)),  # the second of SVG
    "area": (("href", Use.LINK),),
    "audio": (("src", Use.APART),),
    "button": (("formaction", Use.NAME),),
    "embed": (("src", Use.APART),),
    "form": (("action", Use.LINK),),
    "iframe": (("src", Use.APART),),
    "image": (("href", Use.PICTURE), ("xlink:href", Use.PICTURE)),  # of SVG
    "img": (("src", Use.PICTURE),),
    "input": (("src", Use.PICTURE), ("formaction", Use.NAME)),
    "link": (("href", Use.NAME),),
    "object": (("data", Use.APART),),
    "script": (("src", Use.SCRIPT),),
    "source": (("src", Use.APART),),
    "track": (("src", Use.APART),),
    "use": (("href", Use.PART), ("xlink:href", Use.PART)),  # of SVG
    "video": (("src", Use.APART), ("poster", Use.PICTURE)),
}
"""Attributes that hold an address, by element, and what it is for; `img` and `link` have others that tell more."""

CANDIDATES = {"img": "srcset", "source": "srcset", "link": "imagesrcset"}
"""Attributes that hold several addresses, by element."""

NAMED = frozenset({"og:url", "og:audio", "og:audio:url", "og:video", "og:video:url"})
SHOWN = frozenset({"og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src"})
"""Names and properties of `meta` elements whose content is an address, and those where it is that of a picture."""

_LINKS = {
    "stylesheet": Use.STYLE,
    "preload": Use.PART,
    "modulepreload": Use.PART,
    "icon": Use.PORTRAIT,
    "apple-touch-icon": Use.PORTRAIT,
    "image_src": Use.PORTRAIT,
}
"""What the address of a `link` is for, by a word of its `rel`."""

_TAGS = (*ADDRESSES, "meta", "base")
_IDS = etree.XPath("//@id", smart_strings=False)
_NAMES = etree.XPath("//a/@name", smart_strings=False)
_WITH_ID = etree.XPath("//*[@id]")
_STYLED = etree.XPath("//style | //*[@style]")
_BARE = etree.XPath("//img[not(@alt)]")
_CANONICAL = etree.XPath("/html/head/link[@rel='canonical'][@href]")
_LINKED = etree.XPath("//script[@type='application/ld+json']")
_CANDIDATE = re.compile(r"([^\s,]++(?:,++[^\s,]++)*+)(?:\s[^,]*+)?,?")
_REFRESH = re.compile(r"\s*[\d.]+\s*[;,]?\s*(?:url\s*=\s*)?[\"']?([^\"']*)", re.IGNORECASE)
_ACTIVE = re.compile(r"=|<script", re.IGNORECASE)
_PARSER = etree.HTMLParser(encoding="utf-8", huge_tree=True)
_SPEECHLESS = Fault(
    'a picture has no `alt`: what it shows, or alt="" where it is decoration', Severity.WARNING
)


class Fragment(NamedTuple):
    """What a piece of HTML refers to, and what is unsafe in it."""

    references: tuple[Reference, ...] = ()
    faults: tuple[Fault, ...] = ()


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
    root = _root(data)
    ids = _IDS(root)
    metas = [element for element in root.iter("meta") if element.get("content")]
    references, faults = [*_references(root), *(_styles(root) if b"url(" in data else ())], []
    for element in _LINKED(root):
        named, wrong = read_linked(element.text or "", element.sourceline)
        references += named
        faults += wrong
    faults += [Seen(_SPEECHLESS, element.sourceline) for element in _BARE(root)]
    title = root.find("head/title")
    return Sheet(
        references=references,
        base=next((element.get("href") for element in root.iter("base") if element.get("href")), ""),
        anchors=frozenset(ids).union(_NAMES(root)),
        faults=[
            *(_doubled(root) if len(set(ids)) < len(ids) else ()),
            *faults,
            *hazards.find_hazards(root, data),
            *_scripted(root, references),
        ],
        unlisted=any(
            element.get("name", "").lower() == "robots" and "noindex" in element.get("content").lower()
            for element in metas
        ),
        moved=any(_is_refresh(element) for element in metas),
        title=" ".join("".join(title.itertext()).split()) if title is not None else "",
        title_line=title.sourceline if title is not None else 1,
        canonical=next((Reference(link.get("href"), link.sourceline) for link in _CANONICAL(root)), None),
        policies=policies(root),
    )


def read_anchors(data: bytes) -> frozenset[str]:
    """Read nothing but the fragments that lead to something in a page; raises what `read_page` does."""
    root = _root(data)
    return frozenset(_IDS(root)).union(_NAMES(root))


@lru_cache(maxsize=256)
def read_fragment(html: str) -> Fragment:
    """Read a piece of HTML, as feeds hold it: three feeds in a row have the same pieces."""
    if not _ACTIVE.search(html):  # as most news
        return Fragment()
    data = html.encode(errors="replace")
    root = _parsed(data)
    if root is None:
        return Fragment()
    references = tuple(_references(root))
    unsafe = [seen.fault for seen in hazards.find_hazards(root, data, text=True)]
    unsafe += [seen.fault for seen in _scripted(root, references, text=True)]
    return Fragment(references, tuple(dict.fromkeys(unsafe)))


def _root(data: bytes) -> Element:
    root = _parsed(data)
    if root is None:
        raise Unreadable("is empty")
    for error in _PARSER.error_log:
        if error.type_name == "ERR_RESOURCE_LIMIT":
            raise Unreadable("is nested too deep to be read", error.line)
    return root


def _parsed(data: bytes) -> Element | None:
    try:
        return etree.fromstring(data, _PARSER)
    except etree.XMLSyntaxError:  # "Document is empty" is all there is to say of HTML
        return None


def _references(root: Element) -> Iterator[Reference]:
    for element in root.iter(*_TAGS):
        tag = element.tag
        for name, use in ADDRESSES.get(tag, ()):
            address = element.get(name)
            if address is not None:
                yield Reference(address, element.sourceline, _use(element, tag, use))
        if tag == "meta":
            yield from _meta(element)
        elif tag in CANDIDATES:
            for address in _CANDIDATE.findall(element.get(CANDIDATES[tag], "")):
                yield Reference(address, element.sourceline, Use.CHOICE)


def _use(element: Element, tag: str, use: Use) -> Use:
    """Tell what an address is for, where that depends on other attributes."""
    if tag == "img" and element.get("loading", "").lower() == "lazy":
        return Use.CHOICE
    if tag == "link":
        words = element.get("rel", "").lower().split()
        return next((_LINKS[word] for word in words if word in _LINKS), use)
    return use


def _scripted(
    root: Element, references: list[Reference] | tuple[Reference, ...], *, text: bool = False
) -> Iterator[Seen]:
    """Find the elements whose addresses are scripts, where there are any."""
    odd = [one for one in references if one.address[:1] not in hazards.ORDINARY]
    if not any(hazards.is_scripted(one.address, picture=one.use.picture) for one in odd):
        return
    for element in root.iter(*ADDRESSES):
        for name, use in ADDRESSES[element.tag]:
            address = element.get(name, "")
            if hazards.is_scripted(address, picture=use.picture):
                within = text or hazards.in_text(element)
                yield Seen(hazards.fault(hazards.scripted(address), within=within), element.sourceline)


def _meta(element: Element) -> Iterator[Reference]:
    content = element.get("content", "")
    if _is_refresh(element):
        match = _REFRESH.match(content)
        yield Reference(match[1] if match else "", element.sourceline, Use.LINK)
        return
    name = (element.get("property") or element.get("name", "")).lower()
    if name in SHOWN or name in NAMED:
        yield Reference(content, element.sourceline, Use.PORTRAIT if name in SHOWN else Use.NAME)


def _is_refresh(element: Element) -> bool:
    """Tell a page that sends its readers elsewhere from one that only loads itself again."""
    if element.get("http-equiv", "").lower() != "refresh":
        return False
    match = _REFRESH.match(element.get("content", ""))
    return bool(match and match[1])


def _styles(root: Element) -> Iterator[Reference]:
    for element in _STYLED(root):
        css = (element.text or "") if element.tag == "style" else element.get("style")
        yield from (Reference(address, element.sourceline, Use.PART) for address, _ in addresses_of(css))


def _doubled(root: Element) -> Iterator[Seen]:
    first: set[str] = set()
    second: dict[str, int] = {}
    for element in _WITH_ID(root):
        name = element.get("id")
        if name in first:
            second.setdefault(name, element.sourceline)
        first.add(name)
    for name, line in second.items():
        yield Seen(Fault(f"two elements have the id {name!r}", Severity.ERROR), line)
