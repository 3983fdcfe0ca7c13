"""Lines that several documents of one run have: a site's own words, not a story's."""

from collections import Counter

PAGES = 3
"""Documents in which a line has to stand."""

LONGEST = 200
"""Characters of a line that is counted."""

MOST = 200_000
"""Distinct lines that are counted: thousands of documents have told by then what a site says everywhere."""

_PROSE = 80  # characters of a line that may be a story's paragraph


class Repetition:
    """Learns the lines of documents, each document once, and keeps a number for each distinct line."""

    def __init__(self) -> None:
        self._seen: Counter[int] = Counter()
        self._stories: set[int] = set()

    @property
    def learned(self) -> bool:
        """Whether it knows any line."""
        return bool(self._seen)

    def learn(self, document: str) -> None:
        """Take in one more document, unless two thirds of its paragraphs are known: it is a story seen before."""
        if max(len(self._seen), len(self._stories)) > MOST:
            return
        lines = {line.strip() for line in document.split("\n")}
        prose = {hash(line) for line in lines if len(line) > _PROSE}
        if not prose or 3 * len(prose & self._stories) < 2 * len(prose):
            self._seen.update(hash(line) for line in lines if 0 < len(line) <= LONGEST)
        self._stories |= prose

    def shared(self, document: str) -> frozenset[str]:
        """Give the lines of a document that stood in several."""
        lines = (line.strip() for line in document.split("\n"))
        return frozenset(line for line in lines if self._seen[hash(line)] >= PAGES)
