"""One story out of the lines it stands on: title, head (source, time, byline), paragraphs."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator.ingest.head import Head, label_of, take_foot, take_head
from generator.ingest.lines import Line, has_story, is_title, part_of, span
from generator.ingest.rules import Rules
from generator.ingest.wrapping import paragraphs, title_size, wrap_width
from generator.model import Block, Dropped, Issue, RawStory, Severity

Found = RawStory | Dropped | Issue

_LONGEST_UNDER = 300  # characters of a title where an aggregator's header stands above it
_SHOWN = 60  # characters of a title in a message
_HASHES = re.compile(r"#{1,6}\s+")


def read_story(document: str, lines: Sequence[Line], head: Head, rules: Rules) -> Iterator[Found]:
    """Read one story from its lines, `head` being what stood above them.

    Yields the story, or an issue and everything dropped: a title alone is no story, nor is a text without a title.
    """
    yield from (Dropped(line.block, line.single) for line in lines if line.single)
    lines = [line for line in lines if not line.single]
    if not head.above:
        head, lines = take_head(head, lines, rules)
    if not lines and not head.blocks:
        return
    width = wrap_width(lines)
    size = title_size(lines, width)
    if head.above and not size and len(lines) > 1 and len(lines[0].block.text) <= _LONGEST_UNDER:
        size = 1
    if not size:
        yield from _refuse("no-title", head, lines)
        return
    title, mark, head = _title(span(document, lines[:size]), head, rules)
    yield from (Dropped(block, "heading-mark") for block in mark)
    head, rest = take_head(head, lines[size:], rules, title=lines[0].plain if size == 1 else "\n")
    head, rest = take_foot(head, rest, rules)
    if not has_story(rest) and rules.drops("title-only"):
        yield from _refuse("title-only", head, rest, title)
        return
    blocks = tuple(sorted(head.blocks, key=lambda block: block.start))
    body = tuple(paragraphs(document, rest, width))
    yield RawStory(title, body, blocks, head.source, head.published, head.published_line)


def opens_with_title(lines: Sequence[Line], rules: Rules) -> bool:
    """Whether lines begin as a story does, head lines aside: with a title that does not end as a sentence."""
    _, rest = take_head(Head(), lines, rules)
    text = rest[0].block.text if rest else ""
    return bool(rest) and is_title(text) and not re.search(r"[.;,:][\"'”’]?\Z", text)


def _refuse(rule: str, head: Head, rest: Sequence[Line], title: Block | None = None) -> Iterator[Found]:
    """Drop all there is of a story that is none, and say so once."""
    blocks = [*head.blocks, *([title] if title else []), *(line.block for line in rest)]
    yield from (Dropped(block, rule) for block in blocks)
    first = title or (rest[0].block if rest else blocks[0])
    shown = " ".join(first.text.split())
    shown = shown if len(shown) <= _SHOWN else shown[:_SHOWN].rstrip() + "…"
    if title:
        yield Issue("", first.line, f"a title without a story: {shown}", Severity.WARNING)
    else:
        yield Issue("", first.line, f"no title above the text: {shown}")


def _title(block: Block, head: Head, rules: Rules) -> tuple[Block, tuple[Block, ...], Head]:
    """The title itself, heading marks to drop, and the head with a `Title:` label."""
    kind, value = label_of(block.text, rules)
    if kind == "title" and value:
        cut = len(block.text) - len(value)
        label, title = part_of(block, 0, cut), part_of(block, cut, len(block.text))
        return title or block, (), replace(head, blocks=(*head.blocks, label)) if label else head
    if marks := _HASHES.match(block.text):
        mark, title = part_of(block, 0, marks.end()), part_of(block, marks.end(), len(block.text))
        return (title, (mark,), head) if mark and title else (block, (), head)
    return block, (), head
