"""JSON Feed, versions 1.0 and 1.1 (jsonfeed.org), to stories."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from generator.ingest.feeds.authors import read_authors
from generator.ingest.feeds.entry import Entry, Found, read_entry
from generator.ingest.feeds.transcript import Transcript
from generator.ingest.formats import Reading, reading_of
from generator.ingest.records import recordfields
from generator.ingest.records.record import decode_record
from generator.ingest.records.recordfields import addresses_of, texts_of, worded
from generator.ingest.records.recordreading import Reader
from generator.ingest.records.recordstream import records_of
from generator.ingest.rulebook.rules import Rules, load_rules
from generator.model import Dropped


def read_json_feed(data: bytes, path: str, rules: Rules | None = None) -> Reading:
    """Read a JSON Feed: a story for every item that has a title and a text.

    Args:
        data: the file.
        path: how to name it in issues.
        rules: what drops anything; the package's unless others are given.

    Returns:
        The stories, with the feed's title as their source; what the feed says of itself is dropped by the rule
        `feed-head`; an issue for each item that is no story. `document` holds item after item, then the feed.
    """
    sheet = Transcript()
    items: list[tuple[int, Mapping[str, Any]]] = []
    found: list[Found] = []
    for line, part in records_of(data):
        item, issues, _ = decode_record(part, path, line)
        found += issues
        if item is None:
            block = sheet.add(part.decode("utf-8", "replace"))
            found += [Dropped(block, "no-record")] if block else []
        else:
            items.append((line, item))
    heads = [item for _, item in items if _is_head(item)]
    head = heads[0] if heads else {}
    for line, item in items:
        if not _is_head(item):
            found += read_entry(_entry(item, head, path, line), sheet, rules or load_rules())
    for one in heads:
        found += _account(one, sheet)
    return reading_of(found, sheet.document)


def _is_head(item: Mapping[str, Any]) -> bool:
    return "jsonfeed.org" in str(item.get("version", "")) or item.get("items") == []


def _entry(item: Mapping[str, Any], head: Mapping[str, Any], path: str, line: int) -> Entry:
    """Read an item; what it does not say of itself, the feed says of all."""
    entry, _ = Reader(recordfields.fields_of(item), path, line).read()
    facts = entry.facts
    people = [text for name in ("authors", "author") for text in texts_of(head.get(name))]
    entry.source = next(texts_of(head.get("title")), entry.source)
    entry.facts = replace(
        facts,
        source_address=next(addresses_of(head.get("home_page_url")), facts.source_address),
        language=facts.language or next(texts_of(head.get("language")), ""),
        authors=facts.authors or read_authors(people),
    )
    return entry


def _account(head: Mapping[str, Any], sheet: Transcript) -> Iterator[Dropped]:
    for name, value in head.items():
        if value not in (None, [], {}, "") and (block := sheet.add_field(name, worded(value))):
            yield Dropped(block, "feed-head")
