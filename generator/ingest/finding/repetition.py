"""Lines that several documents of one run have: a site's own words, not a story's."""

from collections import Counter
from collections.abc import Iterable

PAGES = 3
"""Documents in which a line has to stand."""

LONGEST = 200
"""Characters of a line that is counted."""

_PROSE = 80  # characters of a line that may be a story's paragraph


class Repetition:
    """Learns the lines of documents, each document once, and keeps a number per distinct line."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()
        self._stories: set[int] = set()

    def learn(self, document: str) -> None:
        """Take in one more document, unless two thirds of its paragraphs are known: it is a story seen before."""
        lines = {line.strip() for line in document.split("\n")}
        prose = {hash(line) for line in lines if len(line) > _PROSE}
        if not prose or 3 * len(prose & self._stories) < 2 * len(prose):
            self._seen.update(line for line in lines if 0 < len(line) <= LONGEST)
        self._stories |= prose

    def shared(self, document: str) -> frozenset[str]:
        """Give the lines of a document that stood in several."""
        lines: Iterable[str] = (line.strip() for line in document.split("\n"))
        return frozenset(line for line in lines if self._seen[line] >= PAGES)
