"""Feeds of three formats to one shape: what a subscriber's program looks for in each of them.

RSS 2.0 (RSS Advisory Board), Atom 1.0 (RFC 4287), JSON Feed 1.1 (jsonfeed.org).
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple

ATOM = "{http://www.w3.org/2005/Atom}"


class Entry(NamedTuple):
    """An entry of a feed, as it words things: "" for what it does not have. `date` is when it was published."""

    line: int
    id: str
    title: str
    link: str
    date: str
    updated: str = ""
    has_text: bool = True


class Feed(NamedTuple):
    """A feed: its title, where it says it is served, and its entries in its own order."""

    title: str
    self_address: str
    entries: list[Entry]


def shape_xml(root: Any) -> Feed | None:  # noqa: ANN401 - lxml ships no types
    """Give the shape of an RSS or Atom feed; `None` for XML that is neither."""
    if root.tag == f"{ATOM}feed":
        found = [_atom_entry(entry) for entry in root.iterfind(f"{ATOM}entry")]
        return Feed(_text(root, f"{ATOM}title"), _atom_link(root, "self"), found)
    channel = root.find("channel") if root.tag == "rss" else None
    if channel is None:
        return None
    found = [_rss_entry(item) for item in channel.iterfind("item")]
    return Feed(_text(channel, "title"), _atom_link(channel, "self"), found)


def shape_json(value: Mapping[str, Any]) -> Feed:
    """Give the shape of a JSON Feed. What has another type than it should counts as missing."""
    items = value.get("items")
    found = [
        _json_entry(item) for item in (items if isinstance(items, list) else ()) if isinstance(item, dict)
    ]
    return Feed(_field(value, "title"), _field(value, "feed_url"), found)


def link_of(entry: Any) -> str:  # noqa: ANN401 - lxml ships no types
    """Give the address of what an entry of an RSS or Atom feed is about, "" where it names none."""
    return _atom_link(entry, "alternate") or _text(entry, "link")


def parse_date(text: str) -> datetime | None:
    """Read a date as feeds have it (RFC 3339, or RFC 2822 in RSS); `None` for anything else, or without a zone."""
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(text)
        except ValueError:
            continue
        return found if found.tzinfo else None
    return None


def _atom_entry(entry: Any) -> Entry:  # noqa: ANN401 - lxml ships no types
    updated = _text(entry, f"{ATOM}updated")
    texts = entry.find(f"{ATOM}content") is not None or entry.find(f"{ATOM}summary") is not None
    return Entry(
        entry.sourceline,
        _text(entry, f"{ATOM}id"),
        _text(entry, f"{ATOM}title"),
        _atom_link(entry, "alternate"),
        _text(entry, f"{ATOM}published") or updated,
        updated,
        texts,
    )


def _rss_entry(item: Any) -> Entry:  # noqa: ANN401 - as above
    names = ("guid", "title", "link", "pubDate")
    known, title, link, date = (_text(item, name) for name in names)
    return Entry(item.sourceline, known, title, link, date)


def _json_entry(item: Mapping[str, Any]) -> Entry:
    names = ("id", "title", "url", "date_published", "date_modified")
    texts = bool(_field(item, "content_html") or _field(item, "content_text"))
    known, title, link, date, updated = (_field(item, name) for name in names)
    return Entry(1, known, title, link, date, updated, texts)


def _text(parent: Any, name: str) -> str:  # noqa: ANN401 - as above
    return (parent.findtext(name) or "").strip()


def _field(value: Mapping[str, Any], name: str) -> str:
    found = value.get(name)
    return found.strip() if isinstance(found, str) else ""


def _atom_link(parent: Any, kind: str) -> str:  # noqa: ANN401 - as above
    links: Iterator[Any] = parent.iterfind(f"{ATOM}link")
    return next((link.get("href", "") for link in links if link.get("rel", "alternate") == kind), "")
