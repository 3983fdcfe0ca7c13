"""One entry of a feed or a record, its fields told apart, to a raw story and the account of its text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from generator.ingest.lines import tells
from generator.ingest.trailers import cut_trailers
from generator.ingest.transcript import Transcript
from generator.model import Block, Dropped, Facts, Issue, RawStory, Severity

Found = RawStory | Dropped | Issue

ASIDE = {"caption": "caption", "furniture": "feed-furniture"}
"""Kinds of paragraphs that are no part of a story, and the rule that drops each."""

_SHOWN = 60  # characters of a title in a message


@dataclass(slots=True)
class Entry:
    """What an entry says.

    Attributes:
        path, line: where it stands, for issues.
        title: in one line, "" where it has none.
        paragraphs: the story, each with its kind.
        fields: everything else that says something of the story: name and value, for its header.
        dropped: fields that say nothing of it: rule, name, value.
        source, published, facts: as in `RawStory`.
    """

    path: str
    line: int
    title: str = ""
    paragraphs: Sequence[tuple[str, str]] = ()
    fields: list[tuple[str, str]] = field(default_factory=list)
    dropped: list[tuple[str, str, str]] = field(default_factory=list)
    source: str = ""
    published: str = ""
    facts: Facts = field(default_factory=Facts)


def read_entry(entry: Entry, sheet: Transcript) -> Iterator[Found]:
    """Write an entry down and make a story of it.

    The document gets the title, the story's paragraphs, then the fields as `name: value`. Yields the story, or an
    issue and everything dropped where there is no title or not one sentence; and what was dropped beside it.
    """
    title = sheet.add(entry.title)
    written = [sheet.add(text, kind) for kind, text in entry.paragraphs]
    blocks = [block for block in written if block]
    header = [block for name, value in entry.fields if (block := sheet.add_field(name, value))]
    yield from _left_out(entry, sheet)
    again = {block for block in blocks if title and same(block.text, title.text)}
    aside = {block for block in blocks if block.kind in ASIDE} - again
    yield from (Dropped(block, ASIDE[block.kind]) for block in aside)
    body, trailers = cut_trailers([block for block in blocks if block not in again | aside])
    yield from (Dropped(block.block, block.rule) for block in trailers)
    header = sorted((*again, *header), key=lambda block: block.start)
    if title and any(tells(block.text) for block in body):
        yield RawStory(
            title,
            tuple(body),
            tuple(header),
            entry.source,
            entry.published,
            entry.line if entry.published else 0,
            entry.facts,
        )
    else:
        yield from _refused(entry, title, body, header)


def same(one: str, other: str) -> bool:
    """Tell whether two texts read the same: white space and capitals aside."""
    return one.casefold().split() == other.casefold().split()


def shown(text: str) -> str:
    """Shorten a title for a message."""
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else text[:_SHOWN].rstrip() + "…"


def _left_out(entry: Entry, sheet: Transcript) -> Iterator[Dropped]:
    for rule, name, value in entry.dropped:
        if block := sheet.add_field(name, value):
            yield Dropped(block, rule)


def _refused(
    entry: Entry, title: Block | None, body: Sequence[Block], header: Sequence[Block]
) -> Iterator[Found]:
    """Drop all there is of an entry that is no story, and say so once."""
    rule = "title-only" if title else "no-title"
    yield from (Dropped(block, rule) for block in (*([title] if title else []), *body, *header))
    if title:
        message = f"a title without a story: {shown(title.text)}"
        yield Issue(entry.path, entry.line, message, Severity.WARNING)
    elif body:
        yield Issue(entry.path, entry.line, f"no title above the text: {shown(body[0].text)}")
    else:
        yield Issue(entry.path, entry.line, "neither a title nor a text")
