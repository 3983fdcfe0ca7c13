"""The shape of an aggregator's page: blocks of furniture, and the headers under which related stories stand."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.ingest.lines import (
    Line,
    bulleted,
    ends_sentence,
    glued,
    is_title,
    names_source,
    seen,
)
from generator.ingest.rules import Rule, Rules

_ENOUGH = 2  # the weight that makes furniture of a cluster
_STRAYS = 3  # short unknown lines that may stand between two clusters, such as hashtags without their mark
_SHORT = 60  # characters of such a line
_LONGEST = 100  # characters of a source that its bullet confirms


@dataclass(frozen=True, slots=True)
class Header:
    """The lines `start` to `end` (not included) that open a related story; its title is the line at `end`."""

    start: int
    end: int
    source: str
    published: str = ""
    published_line: int = 0


def find_furniture(lines: Sequence[Line], rules: Rules) -> dict[int, str]:
    """Find the lines that belong to the page, with the rule each is an instance of.

    A cluster of lines counts if its rules, each once, weigh two together. The end of the page, or the header of a
    related story right after it, counts as one more.
    """
    found = {at: line.furniture for at, line in enumerate(lines) if line.furniture}
    clusters = list(_clusters(found))
    furniture = {at: found[at].id for cluster in clusters if _counts(lines, found, cluster) for at in cluster}
    if not rules.drops("between-furniture"):
        return furniture
    for before, after in pairwise(clusters):
        strays = range(before[-1] + 1, after[0])
        known = before[0] in furniture or after[0] in furniture
        heavy = _weight(found[at] for at in (*before, *after)) > _ENOUGH
        if known and heavy and len(strays) <= _STRAYS and all(_is_stray(lines, at) for at in strays):
            furniture |= dict.fromkeys(strays, "between-furniture")
            furniture |= {at: found[at].id for at in (*before, *after)}
    return furniture


def find_headers(lines: Sequence[Line], furniture: dict[int, str]) -> dict[int, Header]:
    """Find the headers of related stories, by the line each starts on.

    A source, a time and `- source` make a header anywhere; below the first furniture or header one of the three may
    be missing. Copies of the title above the source belong to the header.
    """
    headers: dict[int, Header] = {}
    below = min(furniture, default=len(lines))
    at = floor = 0
    while at < len(lines):
        apart = lines[at].gap > 0 or at - 1 in furniture
        header = None if at in furniture else _header(lines, at, loose=at > below, apart=apart)
        if header:
            header = _with_copies(lines, header, floor)
            headers[header.start] = header
            floor = header.end + 1
            below = min(below, at)
        at = header.end if header else at + 1
    return headers


def _clusters(rules: Mapping[int, Rule]) -> Iterator[list[int]]:
    cluster: list[int] = []
    for at in rules:
        if cluster and at > cluster[-1] + 1:
            yield cluster
            cluster = []
        cluster.append(at)
    if cluster:
        yield cluster


def _weight(rules: Iterable[Rule]) -> int:
    return sum({rule.id: rule.weight for rule in rules}.values())


def _counts(lines: Sequence[Line], rules: Mapping[int, Rule], cluster: Sequence[int]) -> bool:
    """Whether a cluster weighs enough; a single line inside a page never does."""
    closes = _closes(lines, cluster)
    lone = len(cluster) == 1 and cluster[0] > 0 and not closes
    return not lone and _weight(rules[at] for at in cluster) + closes >= _ENOUGH


def _closes(lines: Sequence[Line], cluster: Sequence[int]) -> bool:
    """Whether a cluster ends the page or stands right above a header; the page's first line may be a title."""
    after, inside = cluster[-1] + 1, cluster[0] > 0
    return (inside and after == len(lines)) or _header(lines, after, loose=inside, apart=inside) is not None


def _is_stray(lines: Sequence[Line], at: int) -> bool:
    text = lines[at].block.text
    return len(text) <= _SHORT and not ends_sentence(text) and not _header(lines, at, loose=True, apart=True)


def _header(lines: Sequence[Line], at: int, *, loose: bool, apart: bool) -> Header | None:
    first, second, third, fourth = (*lines[at : at + 4], None, None, None, None)[:4]
    if first is None or second is None:
        return None
    source, when = seen(first.block.text), second.when
    if when and third and first.plain and not first.when:
        bullets = [bulleted(third), bulleted(fourth) if fourth else ""]
        twice = bool(bullets[0]) and _same(source, bullets[1])
        if (
            twice
            or _same(source, bullets[0])
            or (loose and names_source(source) and names_source(bullets[0]))
        ):
            return Header(at, at + 3 + twice, source, when, second.block.line)
        if loose and apart and names_source(source) and _heads(third):
            return Header(at, at + 2, source, when, second.block.line)
    return _short_header(first, second, at, loose=loose)


def _short_header(first: Line, second: Line, at: int, *, loose: bool) -> Header | None:
    """A header of two lines: source and bullet, source and time glued and bullet, time and bullet."""
    text, named = seen(first.block.text), bulleted(second)
    if not named:
        return None
    if names_source(text) and _same(text, named):
        return Header(at, at + 2, text)
    source, when = glued(text)
    if source and _same(source, named):
        return Header(at, at + 2, source, when, first.block.line)
    when = first.when
    return (
        Header(at, at + 2, named, when, first.block.line) if when and loose and names_source(named) else None
    )


def _same(one: str, other: str) -> bool:
    """Whether a bullet repeats a source, one perhaps shortened."""
    one, other = one.casefold(), other.casefold()
    return bool(other) and len(one) <= _LONGEST and (one.startswith(other) or other.startswith(one))


def _heads(line: Line) -> bool:
    return is_title(line.block.text) and not line.block.text.endswith(".") and not bulleted(line)


def _with_copies(lines: Sequence[Line], header: Header, floor: int) -> Header:
    start = header.start
    title = lines[header.end].plain if header.end < len(lines) else ""
    while title and start > floor and lines[start - 1].plain == title:
        start -= 1
    return Header(start, header.end, header.source, header.published, header.published_line)
