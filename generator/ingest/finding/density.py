"""The lines of a captured page as units, each with how much it speaks for being a story's."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from generator.ingest.finding.boilerplate import Furniture, Role, furniture_of
from generator.ingest.finding.headtimes import dates
from generator.ingest.finding.prose import SHORT, Measure, knows_language, measure, weigh
from generator.ingest.rulebook.rules import Rules
from generator.ingest.splitting.head import Head, read_head_line
from generator.ingest.splitting.lines import Line, ends_sentence, narrates

_GOES_ON = re.compile(r"['’]s\b|[,;.)](?!\.)")
_BULLET = re.compile(r"[-–—•·*]\s|\d{1,2}(?:[.):]|[aª] )|https?://")
_A_LINK = 6  # words of a name that was linked and so stands on a line of its own inside a sentence
_COST = {
    Role.LINE: -0.8,
    Role.REPLY: -0.8,
    Role.INSIDE: -0.1,
    Role.ASIDE: -0.5,
    Role.LIST: -3.0,
    Role.END: -6.0,
}
_DATED = _REPEATED = -1.0
_ITEM = -0.1  # an item of a list
_TWICE, _LISTED = -0.6, -0.8  # a line that stands twice on the page; a line under the heading of a list
CLEARLY = 0.8  # points from which a paragraph ends a list


@dataclass(frozen=True, slots=True)
class Unit:
    """A line, or the lines over which links broke a paragraph.

    Attributes:
        lines: the lines themselves, neighbours in the document.
        text: their text, joined with spaces.
        measure: what the text looks like.
        furniture: the rule that the line is an instance of, if any.
        dated: whether the line gives a time and little else.
        weight: how much it speaks for being a story's; negative where it speaks against it.
        repeated: whether it stands on other pages of the site, too.
        listed: whether it stands under the heading of a list of other stories.
    """

    lines: tuple[Line, ...]
    text: str
    measure: Measure
    furniture: Furniture | None
    dated: bool
    weight: float
    repeated: bool = False
    listed: bool = False

    def is_role(self, role: Role) -> bool:
        """Whether the unit is furniture of a role."""
        return self.furniture is not None and self.furniture.role is role

    @property
    def is_item(self) -> bool:
        """Whether the unit is an item of a list: a bullet, a number or an address opens it."""
        return _BULLET.match(self.text) is not None

    @property
    def is_furniture(self) -> bool:
        """Whether the unit is furniture wherever it stands."""
        return self.furniture is not None and self.furniture.role is not Role.FOOT


def read_units(lines: Sequence[Line], repeated: Collection[str], rules: Rules) -> list[Unit]:
    """Put broken lines together and weigh each unit by itself, by its copies, and by the list it may stand in."""
    groups = list(_groups(lines, rules))
    texts = [" ".join(line.block.text for line in group) for group in groups]
    measures = [measure(text) for text in texts]
    known = knows_language(measures)
    copies = Counter(texts)
    units: list[Unit] = []
    listed = False
    for group, text, one in zip(groups, texts, measures, strict=True):
        dated = len(group) == 1 and dates(group[0], rules)
        furniture = furniture_of(group[0], rules) if len(group) == 1 and not dated else None
        often = all(line.block.text in repeated for line in group)
        unit = Unit(tuple(group), text, one, furniture, dated, weigh(one, known=known), often)
        listed = in_list(unit, before=listed)
        weight = _weight(unit, listed=listed, twice=copies[text] > 1)
        units.append(replace(unit, weight=weight, listed=listed))
    return units


def in_list(unit: Unit, *, before: bool) -> bool:
    """Whether a unit stands in a list of other stories, given whether the one before it does."""
    if unit.is_furniture:
        return (
            unit.is_role(Role.LIST) or unit.is_role(Role.ASIDE) or (before and not unit.is_role(Role.INSIDE))
        )
    return before and not narrates(unit.text)


def _weight(unit: Unit, *, listed: bool, twice: bool) -> float:
    if unit.furniture and unit.is_furniture:
        return _COST[unit.furniture.role]
    if unit.dated or unit.repeated:
        return _DATED if unit.dated else _REPEATED
    if twice or listed:
        return min(unit.weight, _TWICE if twice else _LISTED)
    return max(unit.weight, _ITEM) if unit.is_item else unit.weight


def _groups(lines: Sequence[Line], rules: Rules) -> Iterator[list[Line]]:
    group: list[Line] = []
    for at, line in enumerate(lines):
        if group and not _goes_on(group, line, lines[at + 1 : at + 2], rules):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _goes_on(group: Sequence[Line], line: Line, after: Sequence[Line], rules: Rules) -> bool:
    """Whether a line goes on with the sentence of those before it, which a link broke off."""
    before, text = group[-1].block.text, line.block.text
    low = _opens_low(text)
    if not low and not (after and _opens_low(after[0].block.text)):
        return False
    if ends_sentence(before) or before.endswith(":") or furniture_of(line, rules):
        return False
    if len(group) == 1 and furniture_of(group[0], rules):
        return False
    long = len(group) > 1 or len(before.split()) >= SHORT
    if low:
        return (long or len(text.split()) >= SHORT) and read_head_line(Head(), line, rules) is None
    return long and len(text.split()) <= _A_LINK and not furniture_of(after[0], rules)


def _opens_low(text: str) -> bool:
    return text[0].islower() or _GOES_ON.match(text) is not None
