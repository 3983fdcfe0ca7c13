"""The lines around a page's headline: times, bylines, sources, in more shapes than an article by itself has."""

import re
from collections.abc import Sequence
from dataclasses import replace

from generator.ingest.rulebook.rules import Rules
from generator.ingest.splitting.head import Head, read_head_line
from generator.ingest.splitting.lines import Line, when_of

_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LONGEST = 14  # words of a line that gives a time and little else
_MOST_BESIDE = 6  # of them words that are no time
_EDGES = " |·•,;:–—-()"


def dates(line: Line, rules: Rules) -> bool:
    """Whether a line gives a time and little else."""
    return bool(date_of(line, rules))


def date_of(line: Line, rules: Rules) -> str:
    """Return the time that a line gives beside a name or a label, as it words it, or ""."""
    text = line.block.text
    if not line.plain or not _DIGIT.search(text) or len(text.split()) > _LONGEST:
        return ""
    among = _date_among(text.split()) if _YEAR.search(text) else ""
    head = read_head_line(Head(), line, rules) if not among else None
    if (
        head
        and when_of(head.published)
        and (_DIGIT.search(head.published) or len(head.published) == len(text))
    ):
        return head.published
    return among


def read_around(head: Head, lines: Sequence[Line], rules: Rules) -> Head:
    """Read what the lines above and below a headline say; the others change nothing."""
    for line in lines:
        more = read_head_line(head, line, rules) or head
        if (when := date_of(line, rules)) and not head.published:
            more = replace(more, published=when, published_line=line.block.line)
        head = more
    return head


def _date_among(words: Sequence[str]) -> str:
    """The longest run of words that is a time, if few words stand beside it."""
    for length in range(len(words), max(0, len(words) - _MOST_BESIDE - 1), -1):
        for start in range(len(words) - length + 1):
            text = " ".join(words[start : start + length]).strip(_EDGES)
            if _YEAR.search(text) and when_of(text):
                return text
    return ""
