"""What a line of a web page is when seen alone: furniture by the rules of some language, or perhaps text.

The rules are the `[[page]]` tables of `languages/<code>/rules.toml`. Those of all languages hold on every page.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from generator.ingest.lines import Line
from generator.ingest.prose import measure
from generator.ingest.rules import Rules, fold

_OPENING = 160  # characters of a long line that rules which open meet


class Role(StrEnum):
    """What a piece of furniture says of the lines around it, as `en/rules.toml` explains."""

    LINE = "line"
    LIST = "list"
    ASIDE = "aside"
    END = "end"
    REPLY = "reply"
    INSIDE = "inside"
    FOOT = "foot"


@dataclass(frozen=True, slots=True)
class Furniture:
    """A rule that a line is an instance of: its id, which the report names, and its role."""

    id: str
    role: Role


@dataclass(slots=True)
class Repeated:
    """The lines that stand in several documents of one source, and so are furniture; empty, it knows none.

    It takes each document's lines once, in any order, and keeps a number per distinct line.
    """

    seen: Counter[str] = field(default_factory=Counter)

    def learn(self, lines: Iterable[Line]) -> None:
        """Take in one more document, unless two thirds of its paragraphs are known: it is a story seen before."""
        texts = {line.block.text for line in lines}
        prose = [text for text in texts if measure(text).is_prose]
        if not prose or 3 * sum(text in self.seen for text in prose) < 2 * len(prose):
            self.seen.update(texts)

    def often(self, line: Line) -> bool:
        """Whether a line stood in two documents or more."""
        return self.seen[line.block.text] > 1


def furniture_of(line: Line, rules: Rules) -> Furniture | None:
    """Return the first rule that a whole line is an instance of; None for a line that could be a story's."""
    if line.single:
        return Furniture(line.single, Role.INSIDE)
    text = line.plain or fold(line.block.text[:_OPENING])
    found = rules.page.find(text) if line.plain else rules.page.find_opening(text)
    return Furniture(found.id, Role(found.role)) if found else None
