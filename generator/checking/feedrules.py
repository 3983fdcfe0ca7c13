"""What a feed has to be for those who subscribe to it, in whatever format.

Sources: RFC 4287 (Atom), the RSS 2.0 specification and the RSS Advisory Board's profile of it, jsonfeed.org 1.1,
opml.org 2.0, and what the W3C's feed validator warns of.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from generator.checking.faults import Fault
from generator.checking.feedshapes import Entry, Feed, parse_date, shape_json, shape_xml
from generator.checking.references import Seen
from generator.model import Severity

JSON_VERSIONS = ("https://jsonfeed.org/version/1", "https://jsonfeed.org/version/1.1")

_SLACK = timedelta(minutes=1)
"""Clocks differ by so much."""

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING
_TWICE = Fault("two entries of this feed have one id, so that readers take them for one", _ERROR)
_FUTURE = Fault("an entry of this feed is dated in the future", _WARNING)
_DISORDER = Fault("the entries of this feed are not in the order of their dates, newest first", _WARNING)
_NO_DATE = Fault("an entry of this feed has a date that is none", _ERROR)


class Rules:
    """Judges feeds.

    Args:
        limit: entries that a feed has at most.
        now: later than this is the future.
    """

    def __init__(self, limit: int, now: datetime) -> None:
        self._limit = limit
        self._now = now + _SLACK

    def judge(self, value: Any, address: str) -> Iterator[Seen]:  # noqa: ANN401 - of lxml or JSON
        """Judge a document.

        Args:
            value: an element of lxml, or the object of a JSON Feed.
            address: where it is served, absolute.

        Yields: what is wrong; nothing for XML that is no feed and no list of them.
        """
        if isinstance(value, dict):
            yield from _judge_json(value)
            feed: Feed | None = shape_json(value)
        elif value.tag == "opml":
            yield from _judge_outlines(value)
            feed = None
        else:
            feed = shape_xml(value)
        if feed:
            yield from self._judge_feed(feed, address)

    def _judge_feed(self, feed: Feed, address: str) -> Iterator[Seen]:
        if not feed.title:
            yield Seen(Fault("this feed has no title", _ERROR))
        if not feed.self_address:
            yield Seen(Fault("this feed does not say where it is served", _WARNING))
        elif feed.self_address != address:
            message = f"this feed says that it is served at {feed.self_address}, where it is not"
            yield Seen(Fault(message, _ERROR))
        if len(feed.entries) > self._limit:
            yield Seen(Fault(f"this feed has more entries than [feeds] limit, {self._limit}", _WARNING))
        known: set[str] = set()
        before: datetime | None = None
        for entry in feed.entries:
            yield from _missing(entry)
            if entry.id and entry.id in known:
                yield Seen(_TWICE, entry.line)
            known.add(entry.id)
            date = parse_date(entry.date) if entry.date else None
            yield from self._judge_dates(entry, date)
            if date and before and date > before:
                yield Seen(_DISORDER, entry.line)
            before = date or before

    def _judge_dates(self, entry: Entry, date: datetime | None) -> Iterator[Seen]:
        updated = parse_date(entry.updated) if entry.updated else None
        if (entry.date and not date) or (entry.updated and not updated):
            yield Seen(_NO_DATE, entry.line)
        if any(one and one > self._now for one in (date, updated)):
            yield Seen(_FUTURE, entry.line)


def _missing(entry: Entry) -> Iterator[Seen]:
    needed = {
        "id": entry.id,
        "title": entry.title,
        "link": entry.link,
        "date": entry.date,
        "text": entry.has_text,
    }
    for name, found in needed.items():
        if not found:
            yield Seen(Fault(f"an entry of this feed has no {name}", _ERROR), entry.line)


def _judge_json(value: Mapping[str, Any]) -> Iterator[Seen]:
    """Judge what JSON Feed asks for beyond what all feeds have."""
    if value.get("version") not in JSON_VERSIONS:
        yield Seen(Fault(f"the version of this JSON Feed is not {JSON_VERSIONS[-1]}", _ERROR))
    items = value.get("items")
    if not isinstance(items, list):
        yield Seen(Fault("this JSON Feed has no list of items", _ERROR))
        return
    for item in items:
        if not isinstance(item, dict):
            yield Seen(Fault("an item of this JSON Feed is no object", _ERROR))
            continue
        if not isinstance(item.get("id", ""), str):
            yield Seen(Fault("an item of this JSON Feed has an id that is no text", _ERROR))
        yield from _judge_parts(item)


def _judge_parts(item: Mapping[str, Any]) -> Iterator[Seen]:
    parts = {"authors": ("name", "url", "avatar"), "attachments": ("url",)}
    for name, some in parts.items():
        found = item.get(name, [])
        whole = isinstance(found, list) and all(
            isinstance(one, dict) and any(one.get(field) for field in some) for one in found
        )
        if not whole:
            yield Seen(Fault(f"the {name} of an item of this JSON Feed are none", _ERROR))
    tags = item.get("tags", [])
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        yield Seen(Fault("the tags of an item of this JSON Feed are no list of texts", _ERROR))


def _judge_outlines(root: Any) -> Iterator[Seen]:  # noqa: ANN401 - lxml ships no types
    """Judge a list of subscriptions (OPML 2.0, "Subscription lists")."""
    if not root.get("version"):
        yield Seen(Fault("this OPML does not say its version", _ERROR))
    if root.find("head") is None or root.find("body") is None:
        yield Seen(Fault("this OPML lacks its head or its body", _ERROR))
    known: set[str] = set()
    for outline in root.iter("outline"):
        address = outline.get("xmlUrl", "")
        if not outline.get("text"):
            yield Seen(Fault("an outline of this OPML has no text", _ERROR), outline.sourceline)
        if outline.get("type") == "rss" and not address:
            yield Seen(Fault("a subscription in this OPML has no xmlUrl", _ERROR), outline.sourceline)
        if address and address in known:
            yield Seen(Fault("this OPML has one feed twice", _WARNING), outline.sourceline)
        known.add(address)
