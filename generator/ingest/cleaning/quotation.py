"""Quotation marks: which of a text's marks are some, which way they face, and partners that do not match."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_MARKS = re.compile(r"[\"'“”‘’«»]")
_ELIDED = re.compile(r"\d|(?:n|em|til|tis|twas|cause|bout|cos|round)\b", re.IGNORECASE)
_REACH = 600  # characters either side in which the other end of a quotation is looked for
_FEW = 20  # marks ahead that decide what an ambiguous one is
_KINDS = (("'", "‘", "’"), ('"', "“", "”"))


@dataclass(frozen=True, slots=True)
class _Mark:
    """A quotation mark that is no apostrophe: where, which kind ("'" or '"'), and which way it faces."""

    at: int
    kind: str
    opens: bool
    curly: bool


def _quotation_marks(text: str, start: int, end: int) -> Iterator[_Mark]:
    for found in _MARKS.finditer(text, start, end):
        at, mark = found.start(), found[0]
        before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
        opened = (
            (not before or before.isspace() or before in "([{—–-“‘\"'«")
            and bool(after)
            and not after.isspace()
        )
        closed = bool(before) and not before.isspace() and before not in "([{“‘«" and not after.isalnum()
        kind = "'" if mark in "'‘’" else '"'
        if opened and not closed and mark not in "”’»" and not (mark == "'" and _ELIDED.match(text, at + 1)):
            yield _Mark(at, kind, opens=True, curly=mark not in "'\"")
        elif closed and mark not in "“‘«":
            yield _Mark(at, kind, opens=False, curly=mark not in "'\"")


def encloses(text: str, start: int, end: int) -> bool:
    """Whether a stretch of a text stands in a quotation: the next mark closes what was opened before."""
    ahead = next(_quotation_marks(text, end, min(len(text), end + _REACH)), None)
    if ahead is None or ahead.opens:
        return False
    behind = [
        mark for mark in _quotation_marks(text, max(0, start - _REACH), start) if mark.kind == ahead.kind
    ]
    return (bool(behind) and behind[-1].opens) or text[ahead.at - 1] in ",.!?…"


def paired(text: str) -> str:
    """Give a quotation with one curly and one straight mark its missing partner."""
    mixed = [kind for kind in _KINDS if kind[0] in text and (kind[1] in text or kind[2] in text)]
    if not mixed:
        return text
    chars = list(text)
    marks = list(_quotation_marks(text, 0, len(text)))
    for kind, opening, closing in mixed:
        ours = [mark for mark in marks if mark.kind == kind and text[mark.at] not in "«»"]
        opened: _Mark | None = None
        for place, mark in enumerate(ours):
            if mark.opens:
                opened = mark
            elif opened and not _stands_aside(text, opened, ours[place : place + _FEW]):
                if opened.curly != mark.curly and mark.at - opened.at <= _REACH:
                    at, curly = (mark.at, closing) if opened.curly else (opened.at, opening)
                    chars[at] = curly
                opened = None
    return "".join(chars)


def _stands_aside(text: str, opened: _Mark, marks: Sequence[_Mark]) -> bool:
    """Whether the first mark is a plural's apostrophe or the sign for inches, because the true end comes later."""
    first = marks[0]
    if first.curly == opened.curly or not (text[first.at - 1] in "sS" or text[first.at - 1].isdigit()):
        return False
    for mark in marks[1:]:
        if mark.opens:
            return False
        if mark.curly == opened.curly:
            return True
    return False
