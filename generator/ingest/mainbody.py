"""A web page that was captured as text, every line of it: its story, and by which rule each other line is none.

Structure finds the story (`density`, `segment`), phrases (`boilerplate`) tell what may not stand inside it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.ingest.aggregator import find_furniture
from generator.ingest.boilerplate import Repeated, Role, furniture_of
from generator.ingest.density import Unit, read_units
from generator.ingest.head import Head, read_head_line
from generator.ingest.headers import find_headers
from generator.ingest.headtimes import read_around
from generator.ingest.lines import Line, ends_sentence, has_story, is_rule, names_source, span
from generator.ingest.prose import SHORT, measure
from generator.ingest.rules import Rules
from generator.ingest.segment import Segment, find_segment
from generator.ingest.story import Found
from generator.model import Dropped, Facts, Issue, RawStory

_FEWEST_LINES, _FEWEST_SHORT = 8, 4  # lines of a page, and those of them that are no sentences
_A_SHORT, _NARROW = 6, 80  # words and characters of such a line at most
_FEWEST_RULES, _FEWEST_MATCHES = 3, 4  # kinds of furniture, and pieces of it, that make a page a site's
_MENU, _FEWEST_BESIDE_MENU = 8, 2  # lines of a menu, and pieces of known furniture that must stand beside it
_MOST_ELSEWHERE = 2  # kinds of an aggregator's furniture that stand on other sites, too
_ONLY_THERE = frozenset({"logo", "background", "latest", "index", "ai-features", "ai-explore"})
_OPENING = 8  # units at the start of a story among which its head may stand
_MOST_LEADS = 2  # paragraphs above the head that are the story's teaser
_NEAR = 4  # units above the headline and below the story where a date may stand
_STRING = 3  # headlines in a row, near the head of a story, that are those of others
_SHOUTED = 8  # words of a line in capitals from which it is a link to another story
_COPIES_WITHIN = 2  # units within which the headline of another story stands a second time, on its picture
_NAME = re.compile(
    r"(?:[^\W\d_a-z][^\W\d_]*[.]?(?:['’-][^\W\d_]+)? ){1,2}[^\W\d_a-z][^\W\d_]+(?:['’-][^\W\d_]+)?"
)
_NO_SOURCE = re.compile(r"(?:by|posted|written|published|updated|last|\d)\b", re.IGNORECASE)
_SAME_START = 20  # characters of the headline with which the page's title begins
_AFTER_TITLE = re.compile(r".{3,250}(?:\s[|–—:·»-]\s|\s?[|｜]\s?)(?P<site>[^|｜]{2,60})", re.DOTALL)


def is_webpage(lines: Sequence[Line], rules: Rules, repeated: Repeated | None = None) -> bool:
    """Whether lines are a whole page of a site, rather than an article by itself.

    Such a page has short lines that are no sentences, and furniture of several kinds among them. `repeated` knows
    lines of other pages of the site.
    """
    short = [line for line in lines if _is_short(line)]
    digest = sum(map(is_rule, lines)) > 1
    if len(lines) < _FEWEST_LINES or len(short) < _FEWEST_SHORT or digest:
        return False
    if repeated and sum(map(repeated.often, lines)) >= _FEWEST_MATCHES:
        return True
    found = [rule.id for line in lines if (rule := furniture_of(line, rules)) and rule.role is not Role.FOOT]
    kinds = len(found) >= _FEWEST_MATCHES and len(set(found)) >= _FEWEST_RULES
    menu = len(found) >= _FEWEST_BESIDE_MENU and _longest_run(lines) >= _MENU
    return (kinds or menu) and not _is_aggregator(lines, rules)


def _is_aggregator(lines: Sequence[Line], rules: Rules) -> bool:
    """Whether lines are a page that `aggregator` reads: related stories under their headers, its own furniture."""
    furniture = find_furniture(lines, rules)
    kinds, headers = len(set(furniture.values())), len(find_headers(lines, furniture, rules))
    known = not _ONLY_THERE.isdisjoint(furniture.values())
    return known or headers > 1 or kinds > _MOST_ELSEWHERE or (headers > 0 and kinds > 1)


def _longest_run(lines: Sequence[Line]) -> int:
    """The most lines in a row that are a few words each and no sentence, as in a menu."""
    longest = run = 0
    for line in lines:
        run = run + 1 if _is_short(line) and measure(line.block.text).words < SHORT else 0
        longest = max(longest, run)
    return longest


def _is_short(line: Line) -> bool:
    text = line.block.text
    return len(text) <= _NARROW and not ends_sentence(text) and measure(text).words <= _A_SHORT


def read_webpage_text(
    document: str, lines: Sequence[Line], rules: Rules, repeated: Repeated | None = None
) -> Iterator[Found]:
    """Read the one story of a page from its lines; everything else is dropped, by the rule that it is furniture by.

    A page without a story, such as a front page, is an issue, and everything on it is dropped.
    """
    units = read_units(lines, repeated or Repeated(), rules)
    segment = find_segment(units, rules)
    parts = _parts(units, segment, rules)
    if segment.headline < 0 or not has_story([line for at in parts.body for line in units[at].lines]):
        yield from _dropped(units, dict.fromkeys(range(len(units)), "no-article"))
        yield Issue("", lines[0].block.line, "no story found: the page is an index or a front page")
        return
    yield _story(document, units, segment, parts, rules)
    yield from _dropped(units, parts.dropped)


@dataclass(frozen=True, slots=True)
class _Parts:
    """The units of a page by what they are: of the story's head, teasers above it, its body; rules for the rest."""

    head: tuple[int, ...]
    leads: tuple[int, ...]
    body: tuple[int, ...]
    dropped: dict[int, str]


def _parts(units: Sequence[Unit], segment: Segment, rules: Rules) -> _Parts:
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
    head += [at for at in between if at + 1 < len(units) and units[at + 1].dated and _is_name(units[at])]
    head += [at for at in range(max(0, title - _NEAR), title) if units[at].dated]
    if not any(units[at].dated for at in head):
        head += [at for at in range(end, min(end + _NEAR, len(units))) if units[at].dated][:1]
    if title > 0 and _site(units[0], units[title]):
        head.append(0)
    told = {title, *head, *leads, *body}
    for at in range(len(units)):
        if at not in told:
            place = "page-below" if at >= end else "page-head" if at > title else "page-above"
            dropped.setdefault(at, place)
    return _Parts(tuple(sorted(set(head))), leads, body, dropped)


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
        rule = _structural(units, at, start)
        if unit.furniture and unit.is_furniture:
            found[at] = unit.furniture.id
        elif rule and rules.drops(rule):
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


def _is_name(unit: Unit) -> bool:
    """Whether a unit is somebody's name and nothing else."""
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


def _story(document: str, units: Sequence[Unit], segment: Segment, parts: _Parts, rules: Rules) -> RawStory:
    title = span(document, units[segment.headline].lines)
    near = [line for at in parts.head if at for line in units[at].lines]
    head = read_around(Head(), near, rules)
    blocks = [span(document, units[at].lines) for at in (*parts.head, *parts.leads)]
    names = tuple(units[at].text for at in parts.head if at and _is_name(units[at]))
    site = _site(units[0], units[segment.headline]) if segment.headline else ""
    return RawStory(
        title,
        tuple(span(document, units[at].lines) for at in parts.body),
        tuple(sorted(blocks, key=lambda block: block.start)),
        site or ("" if _NO_SOURCE.match(head.source) else head.source),
        head.published,
        head.published_line,
        Facts(authors=head.authors or names, summary=" ".join(units[at].text for at in parts.leads)),
    )


def _site(first: Unit, headline: Unit) -> str:
    """The site's name, where the first line is the headline and the name."""
    found = _AFTER_TITLE.fullmatch(first.text)
    named = (
        found and first.text.startswith(headline.text[:_SAME_START]) and names_source(found["site"].strip())
    )
    return found["site"].strip() if found and named else ""


def _dropped(units: Sequence[Unit], rules: dict[int, str]) -> Iterator[Dropped]:
    for at, rule in sorted(rules.items()):
        found = units[at].furniture if units[at].is_furniture else None
        yield from (Dropped(line.block, found.id if found else rule) for line in units[at].lines)
