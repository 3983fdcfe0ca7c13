"""One story out of the lines it stands on: title, head (source, time, byline), paragraphs."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from generator.ingest.lines import (
    Line,
    ends_sentence,
    glued,
    has_story,
    is_rule,
    is_title,
    matching,
    names_source,
    part_of,
    seen,
    span,
    when_of,
)
from generator.ingest.rules import load_rules
from generator.model import Block, Dropped, Issue, RawStory, Severity

Found = RawStory | Dropped | Issue

_HEAD = 8  # lines that may stand between a title and its story
_LONGEST_LABELLED = 160  # characters of a `Label: value` line
_SHORTEST_WRAPPED, _LONGEST_WRAPPED = 40, 110  # characters of a line in hard-wrapped text
_TITLE_LINES = 3  # lines over which a wrapped title may run
_LONGEST_UNDER = 300  # characters of a title where an aggregator's header stands above it
_SHOWN = 60  # characters of a title in a message
_LABELLED = re.compile(
    r"(?P<label>[^\W\d_][^\W\d_ ]{0,24}(?: [^\W\d_]{1,12})?)\s?[:：]\s*(?P<value>.*)", re.DOTALL
)
_BYLINE = re.compile(
    r"(?:by|words by|written by|von|par|por)\s"
    r"(?:(?:[A-ZÀ-Þ][\w.'’-]{0,30}|and|in|for|of|the|our|at|de|van|von|staff|agencies|&|[|/]"
    r"|our \w{2,20}|correspondents?|reporters?|writers?|editor)(?:,?\s|,?\Z)){1,14}(?:(?<=, )[a-z][^.!?:;]{2,60})?",
)
_PIECES = re.compile(r"\s*[|·•]\s*|\s+[-–—]\s+")
_HASHES = re.compile(r"#{1,6}\s+")
_ITEM = re.compile(r"(?:[-–—•·*]|\d{1,3}[.)])\s")
_GOES_ON = re.compile(r"['’]s\b|[,;.)](?!\.)")


@dataclass(frozen=True, slots=True)
class Head:
    """What the lines around a title say of the story.

    `above` says that an aggregator's header stands above, so that the next line is the title whatever it says;
    `guessed` marks an update's time, which any other beats.
    """

    blocks: tuple[Block, ...] = ()
    source: str = ""
    published: str = ""
    published_line: int = 0
    guessed: bool = False
    above: bool = False


def read_story(document: str, lines: Sequence[Line], head: Head) -> Iterator[Found]:
    """Read one story from its lines, `head` being what stood above them.

    Yields the story, or an issue and everything dropped: a title alone is no story, nor is a text without a title.
    """
    junk = {line.block: rule.id for line in lines if (rule := matching(line, load_rules().lines))}
    junk |= {line.block: "rule-line" for line in lines if is_rule(line)}
    yield from (Dropped(block, rule) for block, rule in junk.items())
    lines = [line for line in lines if line.block not in junk]
    if not head.above:
        head, lines = _take_head(head, lines)
    if not lines and not head.blocks:
        return
    width = _wrap_width(lines)
    size = _title_size(lines, width)
    if head.above and not size and len(lines) > 1 and len(lines[0].block.text) <= _LONGEST_UNDER:
        size = 1
    if not size:
        yield from _refuse("no-title", head, lines)
        return
    title, mark, head = _title(span(document, lines[:size]), head)
    yield from (Dropped(block, "heading-mark") for block in mark)
    head, rest = _take_head(head, lines[size:], title=lines[0].plain if size == 1 else "\n")
    head, rest = _take_foot(head, rest)
    if not has_story([line.block.text for line in rest]):
        yield from _refuse("title-only", head, rest, title)
        return
    blocks = tuple(sorted(head.blocks, key=lambda block: block.start))
    body = tuple(_paragraphs(document, rest, width))
    yield RawStory(title, body, blocks, head.source, head.published, head.published_line)


def opens_with_title(lines: Sequence[Line]) -> bool:
    """Whether lines begin as a story does, head lines aside: with a title that does not end as a sentence."""
    _, rest = _take_head(Head(), lines)
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


def _take_head(head: Head, lines: Sequence[Line], title: str = "") -> tuple[Head, Sequence[Line]]:
    """Read head lines off the front; below a title also its copies and a bare source above a time."""
    for at, line in enumerate(lines[:_HEAD]):
        more = _read_head(head, line)
        if title and not more and line.plain == title:
            more = head
        elif title and not more and _is_source_above(line, lines[at + 1 : at + 2]):
            more = replace(head, source=head.source or seen(line.block.text))
        if more is None:
            return head, lines[at:]
        head = replace(more, blocks=(*more.blocks, line.block))
    return head, lines[_HEAD:]


def _is_source_above(line: Line, below: Sequence[Line]) -> bool:
    """Whether a line could name the source because the next gives a time."""
    return names_source(line.block.text) and any(
        (_read_head(Head(), one) or Head()).published for one in below
    )


def _take_foot(head: Head, lines: Sequence[Line]) -> tuple[Head, Sequence[Line]]:
    """Read bylines, `Source: …` and its like off the end."""
    for _ in range(_HEAD):
        text = lines[-1].block.text if len(lines) > 1 else ""
        if not _is_byline(text) and _label(text)[0] in ("", "title"):
            break
        more = _read_head(head, lines[-1]) or head
        head, lines = replace(more, blocks=(*more.blocks, lines[-1].block)), lines[:-1]
    return head, lines


def _read_head(head: Head, line: Line) -> Head | None:
    """What a line adds to the head; None where it is no head line."""
    text = line.block.text
    kind, value = _label(text)
    if kind == "source":
        return replace(head, source=head.source or value)
    if kind in ("date", "updated"):
        whens = [when for piece in _PIECES.split(value) if (when := _when(piece))]
        return _dated(head, "".join(whens[:1]) or value, line, guessed=kind == "updated")
    if kind in ("byline", "other") or _is_byline(text):
        return head
    if when := when_of(text):
        return _dated(head, when, line)
    return _read_pieces(head, line)


def _read_pieces(head: Head, line: Line) -> Head | None:
    """A line that holds a source or a byline and a time side by side."""
    text = line.block.text.strip("()")
    pieces = [piece for piece in _PIECES.split(text) if piece] if line.plain else []
    whens = [when for piece in pieces if (when := _when(piece))]
    names = [piece for piece in pieces if not _when(piece) and not _is_byline(piece)]
    if whens and all(map(names_source, names)):
        return replace(_dated(head, whens[0], line), source=head.source or "".join(names[:1]))
    name, when = glued(text)
    return replace(_dated(head, when, line), source=head.source or name) if name else None


def _when(piece: str) -> str:
    """The time a piece of a line gives, with or without its label."""
    kind, value = _label(piece)
    return when_of(value if kind in ("date", "updated") else piece)


def _is_byline(text: str) -> bool:
    return len(text) <= _LONGEST_LABELLED and _BYLINE.fullmatch(text[:1].lower() + text[1:]) is not None


def _dated(head: Head, when: str, line: Line, *, guessed: bool = False) -> Head:
    if head.published and (guessed or not head.guessed):
        return head
    return replace(head, published=when, published_line=line.block.line, guessed=guessed)


def _label(text: str) -> tuple[str, str]:
    """What a line labels and the value, or ("", "")."""
    if len(text) > _LONGEST_LABELLED:
        return "", ""
    labels = load_rules().labels
    if found := _LABELLED.fullmatch(text):
        kind = labels.get(" ".join(found["label"].casefold().split()), "")
        prose = kind != "title" and has_story([found["value"]]) and ends_sentence(found["value"])
        return (kind, found["value"]) if kind and not prose else ("", "")
    for label, kind in labels.items():
        if (
            kind in ("date", "updated")
            and text.casefold().startswith(label + " ")
            and when_of(text[len(label) + 1 :])
        ):
            return kind, when_of(text[len(label) + 1 :])
    return "", ""


def _title(block: Block, head: Head) -> tuple[Block, tuple[Block, ...], Head]:
    """The title itself, heading marks to drop, and the head with a `Title:` label."""
    kind, value = _label(block.text)
    if kind == "title" and value:
        cut = len(block.text) - len(value)
        label, title = part_of(block, 0, cut), part_of(block, cut, len(block.text))
        return title or block, (), replace(head, blocks=(*head.blocks, label)) if label else head
    if marks := _HASHES.match(block.text):
        mark, title = part_of(block, 0, marks.end()), part_of(block, marks.end(), len(block.text))
        return (title, (mark,), head) if mark and title else (block, (), head)
    return block, (), head


def _title_size(lines: Sequence[Line], width: int) -> int:
    """How many lines the title at the front takes, 0 where the front is no title."""
    if not lines:
        return 0
    size = 1
    while size < len(lines) and size <= _TITLE_LINES and _runs_on(lines[size - 1], lines[size], width):
        size += 1
    joined = " ".join(line.block.text for line in lines[:size])
    first = lines[0].block.text
    if size == 1 or (size <= _TITLE_LINES and is_title(joined) and not joined.endswith(".")):
        return size if is_title(joined) else 0
    starts_low = lines[1].block.text[:1].islower()
    wrapped = _fills(lines[0], lines[1], width)
    return 0 if wrapped and (starts_low or ends_sentence(joined)) else int(is_title(first))


def _paragraphs(document: str, lines: Sequence[Line], width: int) -> Iterator[Block]:
    """One block per paragraph, wrapped lines together."""
    group: list[Line] = []
    for line in lines:
        if group and not _runs_on(group[-1], line, width):
            yield span(document, group)
            group = []
        group.append(line)
    if group:
        yield span(document, group)


def _wrap_width(lines: Sequence[Line]) -> int:
    """The width at which the lines were wrapped, 0 where each line is a paragraph."""
    width = max((len(line.block.text) for line in lines), default=0)
    breaks = [pair for pair in pairwise(lines) if _adjoin(*pair)]
    full = [one for one, other in breaks if _fills(one, other, width)]
    inside = sum(not ends_sentence(line.block.text) for line in full)
    enough = len(full) > 1 and 2 * len(full) >= len(breaks) and 2 * inside >= len(full)
    return width if _SHORTEST_WRAPPED <= width <= _LONGEST_WRAPPED and enough else 0


def _runs_on(one: Line, other: Line, width: int) -> bool:
    """Whether a line goes on in the next: it was full, or the sentence is not over."""
    if not _adjoin(one, other) or _ITEM.match(other.block.text):
        return False
    text = other.block.text
    broken = not ends_sentence(one.block.text) and (text[0].islower() or _GOES_ON.match(text) is not None)
    return broken or (width > 0 and _fills(one, other, width))


def _adjoin(one: Line, other: Line) -> bool:
    return other.block.line == one.block.line + 1


def _fills(one: Line, other: Line, width: int) -> bool:
    """Whether the next line's first word found no room on a line, so that nobody chose to break there."""
    return len(one.block.text) + 1 + len(other.block.text.split(maxsplit=1)[0]) > width
