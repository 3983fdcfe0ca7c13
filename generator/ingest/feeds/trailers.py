"""What feeds and records append to a story's text: the link to the rest of it, the blog it appeared on first."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from generator.ingest.languages import read_tables
from generator.ingest.rulebook.rules import Rules, load_rules
from generator.ingest.splitting.lines import part_of
from generator.model import Block, Dropped

CUT = "feed-cut"
"""The rule that drops the mark of a text cut short."""

_CUT = re.compile(
    r"(?:\[\s?(?:…|\.{3,4}|more|\+\d{1,7} chars)\s?\]|\((?:…|\.{3}|more…?|more\.{3})\))\Z", re.IGNORECASE
)
_DOTS = ("…", "...")
_ARROW = r"[\s\u00a0]{0,3}(?:→|»|›|>{1,2}|…|\.{3}|\[…\]|\(…\))?"
_BEFORE = r"(?:\A|(?<=[.!?…。！？؟\])»”\"])[\s\u00a0]{0,3})"
_LONGEST_CUT = 20  # characters
_REACH = 600  # characters from the end of a story in which a trailer begins
_MOST = 6  # trailers one after another


@dataclass(frozen=True, slots=True)
class _Trailer:
    """A pattern by the name of its rule."""

    rule: str
    pattern: re.Pattern[str]


def cut_trailers(blocks: Sequence[Block], rules: Rules) -> tuple[list[Block], list[Dropped]]:
    """Take trailers off the end of a story.

    Returns:
        What stays and what was dropped; put together they are the blocks, but for white space.
    """
    kept, dropped = list(blocks), []
    for _ in range(_MOST):
        found = _trailer(kept[-1], rules) if kept else None
        if not found:
            break
        at, rule = found
        last = kept.pop()
        if story := part_of(last, 0, at):
            kept.append(Block(story.start, story.line, story.text, last.kind))
        if trailer := part_of(last, at, len(last.text)):
            dropped.append(Dropped(trailer, rule))
    return kept, dropped


def strip_trailers(text: str) -> tuple[str, bool]:
    """Take trailers off the end of a short text; tell whether the text was cut short before them."""
    kept, dropped = cut_trailers([Block(0, 1, text)], load_rules())
    plain = kept[0].text if kept else ""
    return plain, plain.endswith(_DOTS) or any(part.rule == CUT for part in dropped)


def _trailer(block: Block, rules: Rules) -> tuple[int, str] | None:
    """Find where a trailer begins in a block's text, and its rule."""
    text = block.text
    start = max(0, len(text) - _REACH)
    for trailer in _trailers():
        found = trailer.pattern.search(text, start) if rules.drops(trailer.rule) else None
        if found:
            return found.start(), trailer.rule
    found = _CUT.search(text, max(0, len(text) - _LONGEST_CUT)) if rules.drops(CUT) else None
    return (found.start(), CUT) if found else None


@cache
def _trailers() -> tuple[_Trailer, ...]:
    found = (trailer for _, table in read_tables("records") for trailer in table["trailer"])
    return tuple(
        _Trailer(
            entry["id"],
            re.compile(_BEFORE + "(?:" + _spaced(entry["pattern"]) + ")" + _ARROW + r"\Z", re.IGNORECASE),
        )
        for entry in found
    )


def _spaced(pattern: str) -> str:
    return pattern.replace(" ", r"[\s\u00a0]{1,9}")
