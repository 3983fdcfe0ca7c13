"""A web page that was captured as text, every line of it: its story, and by which rule each other line is none.

Structure finds the story (`density`, `segment`), phrases (`boilerplate`) tell what may not stand inside it.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from generator.ingest.finding.boilerplate import Role, furniture_of
from generator.ingest.finding.density import Unit, read_units
from generator.ingest.finding.headtimes import read_around
from generator.ingest.finding.page_parts import Parts, is_name, parts_of, site_of
from generator.ingest.finding.prose import SHORT, measure
from generator.ingest.finding.segment import Segment, find_segment
from generator.ingest.rulebook.rules import Rules
from generator.ingest.splitting.aggregator import find_furniture
from generator.ingest.splitting.head import Head
from generator.ingest.splitting.headers import find_headers
from generator.ingest.splitting.lines import Line, ends_sentence, has_story, is_rule, span
from generator.ingest.splitting.story import Found
from generator.model import Dropped, Facts, Issue, RawStory

_FEWEST_LINES, _FEWEST_SHORT = 8, 4  # lines of a page, and those of them that are no sentences
_A_SHORT, _NARROW = 6, 80  # words and characters of such a line at most
_FEWEST_RULES, _FEWEST_MATCHES = 3, 4  # kinds of furniture, and pieces of it, that make a page a site's
_MENU, _FEWEST_BESIDE_MENU = 8, 2  # lines of a menu, and pieces of known furniture that must stand beside it
_MOST_ELSEWHERE = 2  # kinds of an aggregator's furniture that stand on other sites, too
_ONLY_THERE = frozenset({"logo", "background", "latest", "ai-features", "ai-explore"})
_NEVER_THERE = frozenset({"page-copyright", "page-legal", "page-cookies", "page-skip"})
_NO_SOURCE = re.compile(r"(?:by|posted|written|published|updated|last|\d)\b", re.IGNORECASE)


def is_webpage(lines: Sequence[Line], rules: Rules, repeated: Collection[str] = ()) -> bool:
    """Whether lines are a whole page of a site, rather than an article by itself.

    Such a page has short lines that are no sentences, and furniture of several kinds among them. `repeated` are
    lines that other pages of the site have, too.
    """
    short = [line for line in lines if _is_short(line)]
    digest = sum(map(is_rule, lines)) > 1
    if len(lines) < _FEWEST_LINES or len(short) < _FEWEST_SHORT or digest:
        return False
    furniture = find_furniture(lines, rules)
    if not _ONLY_THERE.isdisjoint(furniture.values()):  # what only an aggregator has is told soonest
        return False
    often = sum(line.block.text in repeated for line in lines) >= _FEWEST_MATCHES
    return (often or _has_furniture(lines, rules)) and not _is_aggregator(lines, furniture, rules)


def _has_furniture(lines: Sequence[Line], rules: Rules) -> bool:
    """Whether several kinds of furniture stand among lines, or some beside a menu."""
    kinds: set[str] = set()
    count = 0
    for line in lines:
        rule = furniture_of(line, rules)
        if rule and rule.role is not Role.FOOT:
            kinds.add(rule.id)
            count += 1
        if count >= _FEWEST_MATCHES and len(kinds) >= _FEWEST_RULES:
            return True
    return count >= _FEWEST_BESIDE_MENU and _longest_run(lines) >= _MENU


def _is_aggregator(lines: Sequence[Line], furniture: Mapping[int, str], rules: Rules) -> bool:
    """Whether lines are a page that `aggregator` reads: related stories under their headers, its own furniture."""
    found = find_headers(lines, furniture, rules)
    kinds, headers = len(set(furniture.values())), len(found)
    if any((rule := furniture_of(line, rules)) and rule.id in _NEVER_THERE for line in lines):
        return False
    return 0 in found or headers > 1 or kinds > _MOST_ELSEWHERE or (headers > 0 and kinds > 1)


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
    document: str, lines: Sequence[Line], rules: Rules, repeated: Collection[str] = ()
) -> Iterator[Found]:
    """Read the one story of a page from its lines; everything else is dropped, by the rule that it is furniture by.

    A page without a story, such as a front page, is an issue, and everything on it is dropped.
    """
    units = read_units(lines, repeated, rules)
    segment = find_segment(units, rules)
    if segment.headline < 0 and not rules.drops("index-entry"):
        segment = replace(segment, headline=0)
    parts = parts_of(units, segment, rules)
    told = segment.headline >= 0 and has_story([line for at in parts.body for line in units[at].lines])
    if not told and rules.drops("index-entry"):
        yield from _dropped(units, dict.fromkeys(range(len(units)), "index-entry"))
        yield Issue("", lines[0].block.line, "no story found: the page is an index or a front page")
        return
    yield _story(document, units, segment, parts, rules)
    yield from _dropped(units, parts.dropped)


def _story(document: str, units: Sequence[Unit], segment: Segment, parts: Parts, rules: Rules) -> RawStory:
    title = span(document, units[segment.headline].lines)
    near = [line for at in parts.head if at for line in units[at].lines]
    head = read_around(Head(), near, rules)
    blocks = [span(document, units[at].lines) for at in (*parts.head, *parts.leads)]
    names = tuple(units[at].text for at in parts.head if at and is_name(units[at]))
    site = site_of(units[0], units[segment.headline]) if segment.headline else ""
    return RawStory(
        title,
        tuple(span(document, units[at].lines) for at in parts.body),
        tuple(sorted(blocks, key=lambda block: block.start)),
        site or ("" if _NO_SOURCE.match(head.source) else head.source),
        head.published,
        head.published_line,
        Facts(authors=head.authors or names, summary=" ".join(units[at].text for at in parts.leads)),
    )


def _dropped(units: Sequence[Unit], rules: dict[int, str]) -> Iterator[Dropped]:
    for at, rule in sorted(rules.items()):
        found = units[at].furniture if units[at].is_furniture else None
        yield from (Dropped(line.block, found.id if found else rule) for line in units[at].lines)
