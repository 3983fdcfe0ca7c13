"""Where the lines of an extracted text stand among the visible lines of its page.

An extractor gives its text without saying where it found it. Both come from the same text nodes, so that letters
and digits agree; white space, punctuation and the parting into lines do not, and are left out of the comparison.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

_SILENT = re.compile(r"[\W_]+")
_SHORTEST = 8  # letters of a text that is looked for inside lines
_END = 24  # letters at either end by which a text with something missing is found
_MOST_MISSING = 300  # letters
_MOST_EFFORT = 100_000_000  # letters that are searched in vain before the rest is given up


def key(text: str) -> str:
    """Give what two wordings of one line have in common: its letters and digits, as they stand."""
    return _SILENT.sub("", text)


def align(keys: Sequence[str], pieces: Iterable[str]) -> set[int]:
    """Find the lines that hold the pieces of an extracted text.

    Args:
        keys: the `key` of each visible line, in document order.
        pieces: the key of each line of the extracted text, in its order, which is mostly that of the document.

    Returns:
        The numbers of the lines found, each at least half covered. What is found nowhere is left out.
    """
    page = _Page(keys)
    for piece in pieces:
        page.find(piece)
    return page.found


@dataclass(slots=True)
class _Page:
    keys: Sequence[str]
    found: set[int] = field(default_factory=set)
    at: int = 0  # the line after the last one found
    effort: int = 0
    starts: list[int] = field(init=False)
    text: str = field(init=False)
    lines: dict[str, list[int]] = field(init=False)

    def __post_init__(self) -> None:
        self.starts = [0, *accumulate(map(len, self.keys))]
        self.text = "".join(self.keys)
        self.lines = defaultdict(list)
        for number, line in enumerate(self.keys):
            self.lines[line].append(number)

    def find(self, piece: str) -> None:
        whole = self.lines.get(piece, ())
        if whole:
            place = bisect_left(whole, self.at)
            if place < len(whole):
                self.at = whole[place] + 1
                self.found.add(whole[place])
            else:
                self.found.update([number for number in whole if number not in self.found][:1])
        elif len(piece) >= _SHORTEST and self.effort < _MOST_EFFORT:
            self._find_inside(piece)

    def _find_inside(self, piece: str) -> None:
        """Find a piece that is several lines, a part of one, or a line of which a part is missing."""
        ahead = self.starts[min(self.at, len(self.keys))]
        for start in (ahead, 0):
            if (begin := self.text.find(piece, start)) >= 0:
                self._take(begin, begin + len(piece), moves=start == ahead)
                return
            self.effort += len(self.text) - start
        for start in (ahead, 0):
            begin = self.text.find(piece[:_END], start)
            last = begin + 2 * len(piece) + _MOST_MISSING
            end = self.text.find(piece[-_END:], begin, last) if begin >= 0 else -1
            if end >= 0:
                self._take(begin, end + min(_END, len(piece)), moves=start == ahead)
                return

    def _take(self, begin: int, end: int, *, moves: bool) -> None:
        for number in self._lines_between(begin, end):
            self.found.add(number)
            self.at = number + 1 if moves else self.at

    def _lines_between(self, begin: int, end: int) -> Iterator[int]:
        """The lines of which at least half stands between two places of the text."""
        number = bisect_right(self.starts, begin) - 1
        while number < len(self.keys) and self.starts[number] < end:
            shared = min(end, self.starts[number + 1]) - max(begin, self.starts[number])
            if shared * 2 >= len(self.keys[number]) > 0:
                yield number
            number += 1
