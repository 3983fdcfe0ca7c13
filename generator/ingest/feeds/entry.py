"""One entry of a feed or a record, its fields told apart, to a raw story and the account of its text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from generator.ingest.feeds.trailers import cut_trailers
from generator.ingest.feeds.transcript import Transcript
from generator.ingest.rulebook.rules import Rules, fold
from generator.ingest.splitting.lines import ends_sentence, part_of, tells
from generator.model import Block, Dropped, Facts, Issue, RawStory, Severity
from generator.text import clipped

Found = RawStory | Dropped | Issue

ASIDE = {"caption": "caption", "furniture": "feed-furniture"}
"""Kinds of paragraphs that are no part of a story, and the rule that drops each."""

_SHORT_KINDS = frozenset({"item", "heading"})
_LONGEST_ASIDE = 200  # characters
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


def read_entry(entry: Entry, sheet: Transcript, rules: Rules) -> Iterator[Found]:
    """Write an entry down and make a story of it.

    The document gets the title, the story's paragraphs, then the fields as `name: value`. Yields the story, or an
    issue and everything dropped where there is no title or not one sentence; and what was dropped beside it.
    """
    whole = sheet.add(entry.title)
    title, source = _without_source(whole, entry.source) if whole else (None, None)
    written = [sheet.add(text, kind) for kind, text in entry.paragraphs]
    blocks = [block for block in written if block]
    header = [block for name, value in entry.fields if (block := sheet.add_field(name, value))]
    yield from _left_out(entry, sheet)
    again = {block for block in blocks if title and _repeats(block.text, title.text, entry.source)}
    aside = {block: rule for block in blocks if block not in again and (rule := _aside(block, rules))}
    yield from (Dropped(block, rule) for block, rule in aside.items())
    story = [block for block in blocks if block not in again and block not in aside]
    body, trailers = cut_trailers(story, rules)
    yield from trailers
    header = sorted((*([source] if source else []), *again, *header), key=lambda block: block.start)
    if title and _has_story(body, rules):
        yield RawStory(
            title,
            tuple(body),
            tuple(header),
            entry.source,
            entry.published,
            entry.line if entry.published else 0,
            entry.facts,
            entry.line,
        )
    else:
        yield from _refused(entry, title, body, header)


def _without_source(title: Block, source: str) -> tuple[Block, Block | None]:
    """Part a title from its publisher's name behind a dash or a bar."""
    suffix = rf"\s{{1,3}}[-–—|·»:]\s{{1,3}}{re.escape(source)}\Z"
    found = re.search(suffix, title.text, re.IGNORECASE) if source and len(source) < len(title.text) else None
    headline = part_of(title, 0, found.start()) if found else None
    if found and headline:
        return headline, part_of(title, found.start(), len(title.text))
    return title, None


def _repeats(text: str, title: str, source: str) -> bool:
    """Tell whether a paragraph only says the title again, with or without the publisher's name."""
    return same(text, title) or (bool(source) and same(text, f"{title} {source}"))


def _aside(block: Block, rules: Rules) -> str:
    """Name the rule by which a paragraph is no part of the story, "" where it is."""
    if block.kind in ASIDE:
        return ASIDE[block.kind] if rules.drops(ASIDE[block.kind]) else ""
    found = rules.lines.find(fold(block.text)) if len(block.text) <= _LONGEST_ASIDE else None
    return found.id if found else ""


def _has_story(body: Sequence[Block], rules: Rules) -> bool:
    """Tell whether there is a sentence of story; a list of headlines is none, nor is the promise of one."""
    parts = (block.text for block in body if block.kind not in _SHORT_KINDS or ends_sentence(block.text))
    return any(tells(text) and not rules.stubs.find(fold(text[:_LONGEST_ASIDE])) for text in parts)


def same(one: str, other: str) -> bool:
    """Tell whether two texts read the same: white space and capitals aside."""
    return one.casefold().split() == other.casefold().split()


def shown(text: str) -> str:
    """Shorten a title for a message."""
    return clipped(" ".join(text.split()), _SHOWN)


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
