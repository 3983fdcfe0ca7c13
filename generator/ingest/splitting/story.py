"""One story out of the lines it stands on: title, head (source, time, byline), paragraphs."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator.ingest.rulebook.rules import Rules
from generator.ingest.splitting.bylines import byline_before
from generator.ingest.splitting.head import Head, take_foot, take_head, written
from generator.ingest.splitting.lines import Line, has_story, is_title, narrates, part_of, span, tells
from generator.ingest.splitting.titles import bare_title, prefix_alone, without_source
from generator.ingest.splitting.wrapping import Layout, layout_of, paragraphs, title_size
from generator.model import Block, Dropped, Facts, Issue, RawStory, Severity
from generator.text import clipped

Found = RawStory | Dropped | Issue

_LONGEST_UNDER = 400  # characters of a title where an aggregator's header stands above it
_LONGEST_LEADING = 300  # characters of a title at the top of an aggregator's page
_LONGEST_REST = 60  # characters of the line on which a broken title ends
_SHOWN = 60  # characters of a title in a message


def read_story(document: str, lines: Sequence[Line], head: Head, rules: Rules) -> Iterator[Found]:
    """Read one story from its lines, `head` being what stood above them.

    Yields the story, or an issue and everything dropped: a title alone is no story, nor is a text without a title.
    """
    yield from (Dropped(line.block, line.single) for line in lines if line.single)
    lines = [line for line in lines if not line.single]
    if not head.above:
        head, lines = take_head(head, lines, rules)
    if not lines and not head.blocks and not head.title:
        return
    if not head.title and len(lines) > 1 and prefix_alone(lines[0], rules):
        yield Dropped(lines[0].block, "title-prefix")
        lines = lines[1:]
    layout = layout_of([head.title, *lines] if head.title else lines, wrapped=not (head.above or head.lead))
    size = 0 if head.title else _title_size(head, lines, layout)
    if not size and not head.title:
        yield from _refuse("no-title", head, lines)
        return
    block = head.title.block if head.title else span(document, lines[:size])
    title, marks, head = bare_title(block, head, rules)
    yield from marks
    copied = head.title or (lines[0] if size == 1 else None)
    head, rest = take_head(head, lines[size:], rules, title=copied, below=True)
    head, rest = take_foot(head, rest, rules)
    if not has_story(rest, lead=head.lead) and rules.drops("title-only"):
        yield from _refuse("title-only", head, rest, title, block)
        return
    title, head = without_source(title, head)
    twice = _twice(rest) if rules.drops("doubled-line") else set()
    yield from (Dropped(rest[at].block, "doubled-line") for at in sorted(twice))
    rest = [line for at, line in enumerate(rest) if at not in twice]
    head, body = _without_byline(head, list(paragraphs(document, rest, layout)), rules)
    blocks = tuple(sorted(head.blocks, key=lambda block: block.start))
    facts = Facts(authors=head.authors)
    yield RawStory(title, tuple(body), blocks, head.source, head.published, head.published_line, facts)


def _twice(lines: Sequence[Line]) -> set[int]:
    """Lines of prose that say once more what the line before them said."""
    texts = [line.block.text for line in lines]
    return {at for at in range(1, len(texts)) if texts[at] == texts[at - 1] and narrates(texts[at])}


def _title_size(head: Head, lines: Sequence[Line], layout: Layout) -> int:
    """How many lines the title takes; under an aggregator's header the first is one whatever it says."""
    size = title_size(lines, layout)
    if head.lead and not size and len(lines) > 1 and len(lines[0].block.text) <= _LONGEST_LEADING:
        return 1
    if not head.above or len(lines) < 2:  # noqa: PLR2004 - a title and a story
        return size
    short = len(lines[0].block.text) <= _LONGEST_UNDER
    joined = (
        1 < size < len(lines) and len(lines[1].block.text) <= _LONGEST_REST and not tells(lines[1].block.text)
    )
    return size if joined or not short else 1


def _without_byline(head: Head, body: list[Block], rules: Rules) -> tuple[Head, list[Block]]:
    """Take a byline off the front of the first paragraph."""
    cut = byline_before(body[0].text, rules) if body else 0
    byline, rest = (
        (part_of(body[0], 0, cut), part_of(body[0], cut, len(body[0].text))) if cut else (None, None)
    )
    if not byline or not rest:
        return head, body
    return written(replace(head, blocks=(*head.blocks, byline)), byline.text, rules), [rest, *body[1:]]


def opens_with_title(lines: Sequence[Line], rules: Rules) -> bool:
    """Whether lines begin as a story does, head lines aside: with a title that does not end as a sentence."""
    _, rest = take_head(Head(), lines, rules)
    text = rest[0].block.text if rest else ""
    return bool(rest) and is_title(text) and not re.search(r"[.;,:][\"'”’]?\Z", text)


def _refuse(
    rule: str, head: Head, rest: Sequence[Line], title: Block | None = None, said: Block | None = None
) -> Iterator[Found]:
    """Drop all there is of a story that is none, and say so once, with the title as it was `said`."""
    title = title or (head.title.block if head.title else None)
    blocks = [*head.blocks, *([title] if title else []), *(line.block for line in rest)]
    yield from (Dropped(block, rule) for block in blocks)
    first = title or (rest[0].block if rest else blocks[0])
    shown = clipped(" ".join((said or first).text.split()), _SHOWN)
    if title:
        yield Issue("", first.line, f"a title without a story: {shown}", Severity.WARNING)
    else:
        yield Issue("", first.line, f"no title above the text: {shown}")
