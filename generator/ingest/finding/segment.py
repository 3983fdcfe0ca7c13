"""Where the story stands on a captured page: its headline, and the stretch of units that is its text.

The stretch is the heaviest run of units (Kadane's maximum subarray) below the headline, in one pass. Furniture
inside a story costs little, and what it shuts off from the story counts for less: behind a long gap, below a line
that ends stories, among dates.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

from generator.ingest.finding.boilerplate import Role
from generator.ingest.finding.density import CLEARLY, Unit
from generator.ingest.rulebook.rules import Rules
from generator.ingest.splitting.head import Head, read_head_line
from generator.ingest.splitting.lines import is_title
from generator.ingest.summarising.leads import says_who_spoke_above

_ENOUGH = 3.0  # points of text above a line for it to be able to end or fade a story
_BELOW_END, _BELOW_REPLY = (
    0.35,
    0.7,
)  # what text counts below a line that ends stories, below one of a comment
_GAP = 4  # units without text from which text beyond them counts for less
_FADES, _LEAST = 0.9, 0.3  # by how much, for each unit of the gap, and at least
_FADES_DATED, _SMALL_GAP = (
    0.8,
    2,
)  # the same for a smaller gap with a date in it, as between teasers and comments
_RECOVERS = 1.2  # by how much text that goes on without a gap counts for more again
_MOST_OF_GAP = 4.0  # what a gap costs at most
_MOST_BETWEEN = 6  # lines of a list inside a story, and of what stands around it
_FAR = 0.04  # what each unit between the headline and the story costs

_WORD = re.compile(r"\w+")
_SITE = re.compile(r"\s[|–—:·»-]\s|\s?[|｜]\s?")
_SAME, _COVERS = (
    0.7,
    0.4,
)  # shares of its own and of the page title's words that a headline has in common with it
_FEWEST = 4  # words of a headline that only resembles the page's title
_SURELY, _PERHAPS = 1.3, 1.0  # how much more the text below counts for a headline that is the page's title
_SURE_SHARE, _SHARE = 0.4, 0.8  # share of the heaviest text on the page that must stand below such a headline
_MOST_TRIED = 20  # lines like the page's title below which a story is looked for
_REACH = 25  # units below a headline within which its story begins
_LONGEST = 300  # characters of a headline
_ABOVE = (12, 120)  # units above the text among which a headline without a page title is looked for
_OPENING, _LONG_WORD = 6, 4  # units of the text in which its words are looked for, and letters of such words
_TRAIL = re.compile(r"\s[>»›/]\s|https?://|[>»›]\Z")


@dataclass(frozen=True, slots=True)
class Segment:
    """The units `start` to `end` (not included) that hold a story.

    `headline` is its unit, -1 if there is none. What stands before `core` was shut off by furniture.
    """

    headline: int
    start: int
    end: int
    score: float = 0.0
    core: int = 0


def find_segment(units: Sequence[Unit], rules: Rules) -> Segment:
    """Find the story on a page, the emptiest of segments where there is none.

    A headline is known by the page's title, which mostly is the first line ("Headline - Site"). Of several, the one
    with the heaviest text below it counts; without one, a line above the heaviest text is taken.
    """
    found = _heaviest(units, rules)
    return replace(found, end=_resumed(units, found.end)) if found.score > 0 else found


def _heaviest(units: Sequence[Unit], rules: Rules) -> Segment:
    whole = _below(units, -1)
    weight = whole.score + _FAR * whole.start
    likely = []
    for at, sure in _headlines(units)[:_MOST_TRIED]:
        segment = _below(units, at)
        if segment.score > weight * (_SURE_SHARE if sure > _PERHAPS else _SHARE):
            likely.append((segment, sure if segment.start - at < _REACH else _PERHAPS))
    if not likely:
        headline = _by_place(units, whole.start, rules)
        found = Segment(headline, whole.start, whole.end, whole.score)
        return _from_headline(units, found) if headline >= 0 else found
    best, surest = max(likely, key=lambda one: (round(one[0].score * one[1], 3), one[0].headline))
    best = _from_headline(units, best)
    around = [
        segment
        for segment, sure in likely
        if sure >= surest and segment.start < best.start and segment.end >= best.end
    ]
    return around[0] if around else best


def _resumed(units: Sequence[Unit], end: int) -> int:
    """Where a story ends that a short list of others broke off: it goes on with who spoke above the list."""
    at = end
    while at < len(units) and at - end <= _MOST_BETWEEN and not units[at].measure.sentence:
        if units[at].is_role(Role.END) or units[at].is_role(Role.REPLY):
            return end
        at += 1
    if at in (end, len(units)) or not says_who_spoke_above(units[at].text):
        return end
    while at < len(units) and (units[at].weight > 0 or units[at].is_role(Role.INSIDE)):
        at += 1
    return _resumed(units, at)


def _from_headline(units: Sequence[Unit], segment: Segment) -> Segment:
    """Let a story start with the first paragraph below its headline, where furniture shut that off."""
    for at in range(segment.headline + 1, segment.start):
        unit = units[at]
        if unit.is_role(Role.END) or unit.is_role(Role.LIST):
            break
        if unit.measure.is_prose and unit.weight > CLEARLY and segment.start - at < _REACH:
            return replace(segment, start=at, core=segment.start)
    return segment


def _below(units: Sequence[Unit], headline: int) -> Segment:
    """The heaviest run of units below a headline; without one, a gap above a run does not count against it."""
    best = Segment(headline, headline + 1, headline + 1)
    walk = _Walk()
    run, start = 0.0, headline + 1
    for at in range(headline + 1, len(units)):
        if run <= 0:
            run, start = 0.0, at
            walk = walk if headline >= 0 else _Walk(below=walk.below)
        run += walk.step(units[at])
        score = run - _FAR * (start - headline - 1)
        if score > best.score:
            best = Segment(headline, start, at + 1, score)
    return best


@dataclass(slots=True)
class _Walk:
    """What a pass over units remembers: how much what comes next counts, and the gap it stands in."""

    text: float = 0.0
    trust: float = 1.0
    below: float = 1.0
    gap: int = 0
    dated: bool = False
    cost: float = 0.0

    def step(self, unit: Unit) -> float:
        """Take a unit in and say what it weighs here."""
        if self.text >= _ENOUGH and unit.is_role(Role.END):
            self.below *= _BELOW_END
        elif self.text >= _ENOUGH and unit.is_role(Role.REPLY):
            self.below *= _BELOW_REPLY
        return self._text(unit) if unit.weight > 0 else self._furniture(unit)

    def _furniture(self, unit: Unit) -> float:
        self.gap += 1
        self.dated = self.dated or unit.dated
        if unit.is_role(Role.END):
            return unit.weight
        weight = max(unit.weight, -_MOST_OF_GAP - self.cost)
        self.cost += weight
        return weight

    def _text(self, unit: Unit) -> float:
        if self.text >= _ENOUGH:
            if self.gap >= _GAP:
                self.trust *= max(_LEAST, _FADES**self.gap)
            elif self.gap < _SMALL_GAP:
                self.trust = min(1.0, self.trust * _RECOVERS)
            if self.gap >= _SMALL_GAP and self.dated:
                self.trust *= _FADES_DATED
        self.gap, self.dated, self.cost = 0, False, 0.0
        weight = unit.weight * self.trust * self.below
        self.text += weight
        return weight


def _headlines(units: Sequence[Unit]) -> list[tuple[int, float]]:
    """The units that repeat the page's title, wholly or nearly, and how sure that is."""
    first = units[0].text
    titles = [first, *(first[: mark.start()].strip() for mark in _SITE.finditer(first[:_LONGEST]))]
    words = set(_WORD.findall(first.casefold()))
    found = []
    for at, unit in enumerate(units[1:], 1):
        if unit.is_furniture or len(unit.text) > _LONGEST:
            continue
        if any(_repeats(unit.text, title) for title in titles):
            found.append((at, _SURELY))
        elif is_title(unit.text) and not (unit.measure.is_prose and unit.text.endswith(".")):
            own = _WORD.findall(unit.text.casefold())
            common = len(words.intersection(own))
            if len(own) >= _FEWEST and common >= max(_SAME * len(set(own)), _COVERS * len(words)):
                found.append((at, _PERHAPS))
    return found


_SHORTEST, _SHORTEST_WIDE, _SURE_LENGTH = 8, 4, 25  # characters; the second in scripts of many letters


def _repeats(text: str, title: str) -> bool:
    """Whether a text is a title, or one begins with the other and both are long."""
    if len(text) < (_SHORTEST if text.isascii() else _SHORTEST_WIDE):
        return False
    long = min(len(text), len(title)) > _SURE_LENGTH
    return text == title or (long and (text.startswith(title) or title.startswith(text)))


def _by_place(units: Sequence[Unit], start: int, rules: Rules) -> int:
    """The headline by its place alone, -1 where no line can be one.

    The first line of the page and those above the text are tried: rather one of several words, rather none of a
    list, the one whose words come back most in the text, the nearest.
    """
    text = " ".join(unit.text for unit in units[start : start + _OPENING]).casefold()
    for reach in _ABOVE:
        places = chain([0], range(max(1, start - reach), start))
        near = [at for at in places if at < start and _can_head(units[at], rules)]
        if near:
            return max(near, key=lambda at: (*_rank(units[at], text), at))
    return -1


def _rank(unit: Unit, text: str) -> tuple[bool, bool, int]:
    return unit.measure.words >= _FEWEST, not unit.listed, _echoes(unit.text, text)


def _echoes(title: str, text: str) -> int:
    """How many long words of a title stand in a text."""
    words: list[str] = _WORD.findall(title.casefold())
    return sum(word in text for word in set(words) if len(word) >= _LONG_WORD)


def _can_head(unit: Unit, rules: Rules) -> bool:
    return (
        not (unit.is_furniture or unit.dated or unit.is_item)
        and is_title(unit.text)
        and not unit.text.endswith(".")
        and any(map(str.isalpha, unit.text))
        and not _TRAIL.search(unit.text)
        and read_head_line(Head(), unit.lines[0], rules) is None
    )
