"""What a press release says besides its news: the release marker, whom to contact, asides, who the sender is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.ingest.rulebook.rules import Rules
from generator.ingest.splitting.lines import Line, ends_sentence, part_of, when_of
from generator.model import Block, Dropped

_OPENING = 4  # lines in which a release marker stands
_REACHABLE = re.compile(r"@|\bwww\.|https?://|\+?\d(?:[ ()./-]{0,3}\d){5}")
_ABOUT = re.compile(
    r"(?:About|ABOUT)\s+(?:(?:the|our)\s+)?(?:[A-Z0-9À-Þ][^.:!?]{0,70}|us)(?P<inline>:\s.+|:)?", re.DOTALL
)
_SHORT = 80  # characters of a line of contact data
_FEW, _SOME = 4, 12  # words of such a line before and after the headline


@dataclass(frozen=True, slots=True)
class Release:
    """A chunk of lines without its release parts: what is left, what was dropped, dates in the markers' lines."""

    lines: tuple[Line, ...]
    dropped: tuple[Dropped, ...] = ()
    dates: tuple[Block, ...] = ()


def is_release(lines: Sequence[Line]) -> bool:
    """Whether lines open with a release marker."""
    return any("release-marker" in line.release for line in lines[:_OPENING])


def is_end_mark(line: Line) -> bool:
    """Whether a line closes a press release."""
    return "end-mark" in line.release


def read_release(lines: Sequence[Line], rules: Rules, *, ended: bool, below: bool = False) -> Release:
    """Take the release parts out of a chunk of lines; what is no release stays whole.

    `ended` says that an end mark follows the lines, `below` that they stand under one. A boilerplate paragraph
    (`About the Trust`) and a plain `Contact:` are taken for such only in a release: lines with a marker, an end
    mark, or a press contact.
    """
    sure = ended or below or is_release(lines) or any("contact" in line.release for line in lines)
    kept: list[Line] = []
    dropped: list[Dropped] = []
    dates: list[Block] = []
    rule = ""
    for line in lines:
        rule = _rule(line, rule, kept, below=below) if sure else ""
        rule = rule if rules.drops(rule.partition(" ")[0]) else ""
        if rule == "release-marker":
            marker, date = _marker(line.block)
            dates += [date] if date else []
            dropped.append(Dropped(marker, rule))
        elif rule:
            dropped.append(Dropped(line.block, rule.partition(" ")[0]))
        else:
            kept.append(line)
    return Release(tuple(kept), tuple(dropped), tuple(dates))


def drop_tail(lines: Sequence[Line], rules: Rules) -> tuple[Dropped, ...]:
    """Drop what stands below a release's end mark, each part by its rule."""
    release = read_release(lines, rules, ended=True, below=True)
    return (*release.dropped, *(Dropped(line.block, "after-end") for line in release.lines))


def _rule(line: Line, before: str, kept: Sequence[Line], *, below: bool) -> str:
    """The rule that drops a line of a release, given the rule that dropped the line before it; "" to keep it."""
    text = line.block.text
    if len(kept) < _OPENING and before in ("", "release-marker") and "release-marker" in line.release:
        return "release-marker"
    if before == "notes" or ((kept or below) and "notes" in line.release):
        return "notes"
    if line.release & {"contact", "contact-plain"}:
        return "contact" if ":" in line.plain.rstrip(":") else "contact bare"
    about = _ABOUT.fullmatch(text) if below or len(kept) > 1 else None
    if about and len(about["inline"] or "") > 1:
        return "boilerplate line"
    if before == "boilerplate" or (about and len(text) <= _SHORT and not ends_sentence(text)):
        return "boilerplate"
    return "contact" if before.startswith("contact") and _is_contact_data(line, before, kept) else ""


def _is_contact_data(line: Line, before: str, kept: Sequence[Line]) -> bool:
    text = line.block.text
    if len(text) <= 2 * _SHORT and _REACHABLE.search(text):
        return True
    words = len(text.split())
    near = line.gap == 0 or before == "contact bare"
    return near and len(text) <= _SHORT and not ends_sentence(text) and words <= (_SOME if kept else _FEW)


def _marker(block: Block) -> tuple[Block, Block | None]:
    """Split the marker's line before the date that may end it."""
    for found in re.finditer(r"[\s:–—|-]+", block.text):
        if when_of(block.text[found.end() :]):
            marker, date = part_of(block, 0, found.end()), part_of(block, found.end(), len(block.text))
            return marker or block, date
    return block, None
