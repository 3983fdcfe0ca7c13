"""What a line of a web page is when seen alone: furniture by the rules of some language, or perhaps text.

The rules are the `[[page]]` tables of `languages/<code>/rules.toml`. Those of all languages hold on every page.
"""

from dataclasses import dataclass
from enum import StrEnum

from generator.ingest.rulebook.rules import Rules, fold
from generator.ingest.splitting.lines import Line

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


def furniture_of(line: Line, rules: Rules) -> Furniture | None:
    """Return the first rule that a whole line is an instance of; None for a line that could be a story's."""
    if line.single:
        return Furniture(line.single, Role.INSIDE)
    text = line.plain or fold(line.block.text[:_OPENING])
    found = rules.page.find(text) if line.plain else rules.page.find_opening(text)
    return Furniture(found.id, Role(found.role)) if found else None
