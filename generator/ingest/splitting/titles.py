"""A title without what stands around it: heading marks, labels, `BREAKING NEWS:`, the source's name at its end."""

import re
from dataclasses import replace

from generator.ingest.rulebook.rules import Rules, fold
from generator.ingest.splitting.head import Head, label_of
from generator.ingest.splitting.lines import Line, part_of, unseen_before
from generator.model import Block, Dropped

_HASHES = re.compile(r"#{1,6}\s+")
_JOINED = re.compile(r"(?<!\s)\s++[-–—|]\s+")
_LONGEST = 1000  # characters of what may be a title and a source
_PREFIXES = 3  # that may stand before one title
_JOINT = " \t\u00a0:|-–—.…"


def bare_title(block: Block, head: Head, rules: Rules) -> tuple[Block, tuple[Dropped, ...], Head]:
    """The title itself, what is dropped around it, and the head with a `Title:` label."""
    dropped: list[Dropped] = []
    kind, value = label_of(block.text, rules)
    if kind == "title" and value:
        cut = len(block.text) - len(value)
        label, block = part_of(block, 0, cut), part_of(block, cut, len(block.text)) or block
        head = replace(head, blocks=(*head.blocks, label)) if label else head
    if (marks := _HASHES.match(block.text)) and rules.drops("heading-mark"):
        block = _cut(block, marks.end(), "heading-mark", dropped)
    for _ in range(_PREFIXES):
        if not (end := _prefix_end(block.text, rules)):
            break
        block = _cut(block, end, "title-prefix", dropped)
    return block, tuple(dropped), head


def prefix_alone(line: Line, rules: Rules) -> bool:
    """Whether a line is only what may stand before a title."""
    bare = line.text.rstrip(_JOINT) + ":"
    return any(rule.pattern.fullmatch(bare) for rule in rules.prefixes)


def without_source(title: Block, head: Head) -> tuple[Block, Head]:
    """Take ` - Source` off a title's end, where the source is known to be that."""
    for found in _JOINED.finditer(title.text) if head.source and len(title.text) <= _LONGEST else ():
        if fold(title.text[found.end() :]) == fold(head.source):
            rest, ending = part_of(title, 0, found.start()), part_of(title, found.start(), len(title.text))
            return (rest, replace(head, blocks=(*head.blocks, ending))) if rest and ending else (title, head)
    return title, head


def _prefix_end(text: str, rules: Rules) -> int:
    start = unseen_before(text)
    for rule in rules.prefixes:
        found = rule.pattern.match(text, start)
        end = found.end() if found else 0
        while 0 < end < len(text) and text[end] in _JOINT:
            end += 1
        if end and end < len(text):
            return end
    return 0


def _cut(block: Block, end: int, rule: str, dropped: list[Dropped]) -> Block:
    """Drop the front of a block, unless nothing would be left."""
    front, rest = part_of(block, 0, end), part_of(block, end, len(block.text))
    if not front or not rest:
        return block
    dropped.append(Dropped(front, rule))
    return rest
