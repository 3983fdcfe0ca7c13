"""What a block of Markdown may cost its parser beyond what its length says, looked up before the parser reads it.

Python-Markdown looks for the end of whatever begins, and where there is none it does so again from the next
beginning. How far it looks is added up here in one pass, in steps of `metering`.
"""

import re
from bisect import bisect_right
from collections import Counter
from itertools import pairwise

_NOTE = re.compile(r"\[\^")
_NOTE_END = re.compile(r"\]")
_SHORT = re.compile(r"^[*]\[", re.MULTILINE)
_SHORT_END = re.compile(r"\\|\][ ]?:")
_REFERENCE = re.compile(r"^[ ]{0,3}\[[^\[\]\n]*+\n?[^\[\]\n]*+\]:[^\n]*+(?:\n[^\n]*+){0,2}", re.MULTILINE)
_QUOTING = re.compile(r"""["'()]""")
_RUN = re.compile(r"(?<![\s*_])(?:\*++|_++)(?![\s*_])")
_TAG = re.compile(r"<(?=[a-zA-Z/])")
_TAG_BEGUN = re.compile(
    r"""<\/?+[a-zA-Z][^\s"'<>@]*+(?:\s+[^\s"'=<>]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'=<>]++))?+)*+"""
)
_ITEM = re.compile(r"^[ ]{0,3}(?:\d++\.|[*+-])[ ]", re.MULTILINE)
_RULE = re.compile(r"[|:\- ]*+")
_FENCE = re.compile(r"^(~{3,}+|`{3,}+)(.*)$", re.MULTILINE)

SIGN = 40
"""Steps that a sign of emphasis takes: each is held against those before it."""

CELL = 250
"""Steps that a cell of a table takes."""

SQUARED = 500
"""Pairs of attributes that are held against each other in a step."""


def block_steps(block: str) -> int:
    """Give what a block costs its parser, more or less and rather more."""
    steps = len(block)
    if "[" in block:
        steps += _brackets(block)
    if "<" in block:
        steps += sum(_tag_length(block, match.start()) for match in _TAG.finditer(block)) // 2
    if "*" in block or "_" in block:
        lengths = Counter(len(run) % 3 for run in _RUN.findall(block))
        steps += lengths[1] * lengths[2] + SIGN * (block.count("*") + block.count("_"))
    if "\n" in block:
        steps += _lines(block)
    return steps


def attribute_steps(tag: str) -> int:
    """Give what the attributes of a tag of HTML cost nh3, which holds each against all before it."""
    many = tag.count("=") + tag.count("/") + len(tag.split())
    return many * many // SQUARED


def fence_steps(text: str) -> int:
    """Give what looking for fences (of three and more "`" or "~") in a text costs."""
    fences = [(match.start(), match[1], match[2]) for match in _FENCE.finditer(text)]
    closing: dict[str, list[int]] = {}
    for start, fence, rest in fences:
        if not rest.strip(" "):
            closing.setdefault(fence, []).append(start)
    steps = 0
    for start, fence, rest in fences:
        ends = closing.get(fence, [])
        place = bisect_right(ends, start)
        far = (ends[place] if place < len(ends) else len(text)) - start
        if place == len(ends) or "{" in rest:  # what is found and refused is looked for again
            steps += far // 2
        if "hl_lines" in rest:
            steps += (far // 30) ** 2
        steps += len(text) // 100  # which is copied
    return steps


def _brackets(block: str) -> int:
    noted = _far(block, _NOTE, _NOTE_END) // 4
    shortened = _far(block, _SHORT, _SHORT_END) // 2
    defined = sum(3 * len(found) * (1 + len(_QUOTING.findall(found))) for found in _REFERENCE.findall(block))
    return noted + shortened + defined // 10


def _far(block: str, begins: re.Pattern[str], ends: re.Pattern[str]) -> int:
    """Add up how far it is from each beginning to the next end."""
    places = [match.start() for match in ends.finditer(block)]
    places.append(len(block))
    total = place = 0
    for match in begins.finditer(block):
        while places[place] < match.end() and place < len(places) - 1:
            place += 1
        total += places[place] - match.start()
    return total


def _tag_length(block: str, start: int) -> int:
    match = _TAG_BEGUN.match(block, start)
    return match.end() - start if match else 1


def _lines(block: str) -> int:
    """Give what lists and tables cost: items are put together line by line, and all rows have all columns."""
    starts = [0, *(match.start() for match in _ITEM.finditer(block)), len(block)]
    steps = 0
    if len(starts) > 2:  # noqa: PLR2004 - it has items
        steps += sum((end - start) * block.count("\n", start, end) for start, end in pairwise(starts)) // 250
    lines = block.split("\n")
    if "|" in lines[0]:
        columns = lines[0].count("|") + 1
        is_table = _RULE.fullmatch(lines[1]) is not None
        steps += columns * len(lines) * CELL if is_table else 0
    if "`" in block and "|" in block:
        steps += sum(line.count("`") * (line.count("`") // 4 + line.count("|")) for line in lines)
    return steps
