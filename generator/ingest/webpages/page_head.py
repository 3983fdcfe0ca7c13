"""The raw material of a page's metadata: meta tags, links, scripts of JSON-LD, microdata, times."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import urljoin, urlsplit

from generator.ingest.webpages.visible import Element

_LONGEST_NAME = 320  # characters of a name in microdata that are read
_ITEMS = frozenset({"headline", "datepublished", "datemodified", "author", "datecreated"})


@dataclass(slots=True)
class Head:
    """The raw material, gathered in one way through the tree; names in lower case.

    Attributes:
        tree: the page.
        meta: the contents of each meta tag and item of microdata, those of the head first.
        links: the addresses of each relation.
        scripts: the texts of JSON-LD scripts.
        base: what relative addresses are relative to, "" where that is not said.
        title: the title of the window.
        times: of publication, from `time` elements.
    """

    tree: Element
    meta: dict[str, list[str]]
    links: dict[str, list[str]]
    scripts: list[str]
    base: str = ""
    title: str = ""
    times: tuple[str, ...] = ()

    def all(self, names: Iterable[str]) -> Iterator[str]:
        """Give what any of the names says, in the names' order."""
        return (value for name in names for value in self.meta.get(name, ()))

    def first(self, names: Iterable[str]) -> str:
        """Give the first of these, or ""."""
        return next(self.all(names), "")

    def address(self, value: str) -> str:
        """Make an address absolute; "" where it is none of the web."""
        try:
            whole = urljoin(self.base, value.strip()).partition("#")[0]
            parts = urlsplit(whole)
        except ValueError:
            return ""
        return (
            whole
            if parts.scheme in {"http", "https"} and parts.hostname and not re.search(r"\s", whole)
            else ""
        )


def read_head(tree: Element) -> Head:
    """Gather what a parsed page says of itself."""
    head = Head(tree, defaultdict(list), defaultdict(list), [])
    for element in tree.iter("meta", "link", "script", "base", "title"):
        if element.tag == "meta":
            name = element.get("property") or element.get("name") or element.get("itemprop") or ""
            name = name or element.get("http-equiv") or ""
            if name and (value := (element.get("content") or "").strip()):
                head.meta[name.lower().strip()].append(value)
        elif element.tag == "link":
            for relation in (element.get("rel") or "").lower().split():
                head.links[relation].append(element.get("href") or "")
        elif element.tag == "script" and "ld+json" in (element.get("type") or "").lower():
            head.scripts.append(element.text or "")
        elif element.tag == "title" and not head.title:
            head.title = plain(element.text or "")
        elif element.tag == "base" and not head.base:
            head.base = (element.get("href") or "").strip()
    head.base = head.address(head.base) or head.address(head.first(("og:url",)))
    _add_microdata(head)
    return head


def _add_microdata(head: Head) -> None:
    """Add what stands in `itemprop` and `time` elements, after what the head says."""
    for element in head.tree.iterfind(".//*[@itemprop]"):
        if element.tag in {"meta", "link"}:
            continue
        name = element.get("itemprop").lower().strip()
        if name in _ITEMS:
            value = element.get("datetime") or element.get("content") or _author_name(element)
            head.meta[name].append(plain(value))
    times = [element for element in head.tree.iter("time") if element.get("datetime")]
    head.times = tuple(
        [element.get("datetime") for element in times if element.get("pubdate") is not None]
        + [element.get("datetime") for element in times if _is_published(element)]
    )


def _author_name(element: Element) -> str:
    named = element.find(".//*[@itemprop='name']")
    return "".join((element if named is None else named).itertext())[:_LONGEST_NAME]


def _is_published(element: Element) -> bool:
    words = f"{element.get('class') or ''} {element.get('itemprop') or ''}".lower()
    return "publish" in words or "entry-date" in words


def plain(text: str) -> str:
    """Give a value without stray space, and without the entities that some systems escape twice."""
    return " ".join(unescape(text).split())
