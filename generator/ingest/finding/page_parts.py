"""What each line of a captured page is to its story: head, teaser, body, or nothing, and then by which rule."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.ingest.finding.density import Unit
from generator.ingest.finding.prose import SHORT
from generator.ingest.finding.segment import Segment
from generator.ingest.rulebook.rules import Rules
from generator.ingest.splitting.head import Head, read_head_line
from generator.ingest.splitting.lines import names_source

_OPENING = 8  # units at the start of a story among which its head may stand
_MOST_LEADS = 2  # paragraphs above the head that are the story's teaser
_NEAR = 4  # units above the headline and below the story where a date may stand
_STRING = 3  # headlines in a row, near the head of a story, that are those of others
_SHOUTED = 8  # words of a line in capitals from which it is a link to another story
_COPIES_WITHIN = 2  # units within which the headline of another story stands a second time, on its picture
_NAME = re.compile(
    r"(?:[^\W\d_a-z][^\W\d_]*[.]?(?:['’-][^\W\d_]+)? ){1,2}[^\W\d_a-z][^\W\d_]+(?:['’-][^\W\d_]+)?"
)
_SAME_START = 20  # characters of the headline with which the page's title begins
_AFTER_TITLE = re.compile(r".{3,250}(?:\s[|–—:·»-]\s|\s?[|｜]\s?)(?P<site>[^|｜]{2,60})", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Parts:
    """The units of a page by what they are: of the story's head, teasers above it, its body; rules for the rest."""

    head: tuple[int, ...]
    leads: tuple[int, ...]
    body: tuple[int, ...]
    dropped: dict[int, str]


def parts_of(units: Sequence[Unit], segment: Segment, rules: Rules) -> Parts:
    """Sort the units of a page, given where its story stands; what a rule that is off would drop is body."""
    title = segment.headline
    start, end = _trimmed(units, segment, rules)
    dropped = _inside(units, start, end, rules)
    for at in _strings(units, start, min(segment.core, end)):
        dropped.setdefault(at, "page-head")
    body = tuple(at for at in range(start, end) if at not in dropped)
    between = range(title + 1, start)
    leads = tuple(at for at in between if units[at].measure.is_prose and not units[at].is_furniture)
    leads = leads if len(leads) <= _MOST_LEADS else ()
    head = [at for at in between if at not in leads and _is_head(units[at], rules)]
    head += [at for at in between if at + 1 < len(units) and units[at + 1].dated and is_name(units[at])]
    head += [at for at in range(max(0, title - _NEAR), title) if units[at].dated]
    if not any(units[at].dated for at in head):
        head += [at for at in range(end, min(end + _NEAR, len(units))) if units[at].dated][:1]
    if title > 0 and site_of(units[0], units[title]):
        head.append(0)
    told = {title, *head, *leads, *body}
    for at in range(len(units)):
        if at not in told:
            place = "page-below" if at >= end else "page-head" if at > title else "page-above"
            dropped.setdefault(at, _rule(units[at], place))
    kept = [at for at, rule in dropped.items() if not rules.drops(rule)]
    dropped = {at: rule for at, rule in dropped.items() if rules.drops(rule)}
    return Parts(tuple(sorted(set(head))), leads, tuple(sorted({*body, *kept})), dropped)


def _rule(unit: Unit, place: str) -> str:
    return unit.furniture.id if unit.furniture and unit.is_furniture else place


def _trimmed(units: Sequence[Unit], segment: Segment, rules: Rules) -> tuple[int, int]:
    """Where the story's text starts and ends in its segment: without head lines, stray lines and furniture."""
    start, end = segment.start, segment.end
    heads = [at for at in range(start, min(end, start + _OPENING)) if _is_head(units[at], rules)]
    if heads and sum(unit.measure.is_prose for unit in units[start : heads[-1]]) <= _MOST_LEADS:
        start = heads[-1] + 1
    while start < end and units[start].weight < 0 and not units[start].measure.sentence:
        start += 1
    while end < len(units) and units[end].is_item and not units[end].furniture:
        end += 1
    while end > start and _is_stray(units[end - 1]):
        end -= 1
    return start, end


def _is_stray(unit: Unit) -> bool:
    """Whether a unit at a story's end belongs to what follows."""
    light = unit.weight <= 0 and not unit.measure.sentence and not unit.is_item
    return light or unit.furniture is not None


def _is_head(unit: Unit, rules: Rules) -> bool:
    """Whether a unit gives a time, a byline or a source."""
    return unit.dated or (
        len(unit.lines) == 1
        and not unit.is_furniture
        and read_head_line(Head(), unit.lines[0], rules) is not None
    )


def _inside(units: Sequence[Unit], start: int, end: int, rules: Rules) -> dict[int, str]:
    """What stands inside a story and is none of it, with the rule of each."""
    found: dict[int, str] = {}
    for at in range(start, end):
        unit = units[at]
        rule = _rule(unit, _structural(units, at, start))
        if rule and rules.drops(rule):
            found[at] = rule
    return found


def _structural(units: Sequence[Unit], at: int, start: int) -> str:
    """The rule by which a unit inside a story is none of it, whatever its words; "" if it is."""
    unit = units[at]
    if unit.dated or unit.repeated:
        return "page-date" if unit.dated else "page-repeated"
    if _is_card(units, at) or (at > start and _is_card(units, at - 1)):
        return "page-teaser"
    if unit.listed:
        return "page-list"
    shouted = unit.measure.words >= _SHOUTED and not unit.measure.sentence and unit.text.isupper()
    return "page-capitals" if shouted else ""


def is_name(unit: Unit) -> bool:
    """Return whether a unit is somebody's name and nothing else."""
    return not unit.is_furniture and _NAME.fullmatch(unit.text) is not None


def _strings(units: Sequence[Unit], start: int, end: int) -> Iterator[int]:
    """The units that are headlines or names, several in a row."""
    run: list[int] = []
    for at in range(start, end + 1):
        if at < end and not units[at].measure.sentence and not units[at].is_item:
            run.append(at)
            continue
        yield from run if len(run) >= _STRING else ()
        run = []


def _is_card(units: Sequence[Unit], at: int) -> bool:
    """Whether a unit is the headline of another story, which stands there twice; a teaser follows it."""
    unit = units[at]
    near = (*units[max(0, at - _COPIES_WITHIN) : at], *units[at + 1 : at + 1 + _COPIES_WITHIN])
    headline = unit.measure.words >= SHORT and not unit.measure.is_prose
    return headline and any(other.text == unit.text for other in near)


def site_of(first: Unit, headline: Unit) -> str:
    """Return the site's name, where the first line is the headline and the name, or ""."""
    found = _AFTER_TITLE.fullmatch(first.text)
    named = (
        found and first.text.startswith(headline.text[:_SAME_START]) and names_source(found["site"].strip())
    )
    return found["site"].strip() if found and named else ""
