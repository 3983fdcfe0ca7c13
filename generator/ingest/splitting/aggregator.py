"""What belongs to an aggregator's page and to none of its stories: its furniture."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.ingest.rulebook.rule import Rule
from generator.ingest.rulebook.rules import Rules
from generator.ingest.splitting.headers import header_at
from generator.ingest.splitting.lines import Line, ends_sentence

_ENOUGH = 2  # the weight that makes furniture of a cluster
_STRAYS = 3  # short unknown lines that may stand between two clusters, such as hashtags without their mark
_LEADING = frozenset(
    {"hashtags", "comments", "no-comments"}
)  # headings under which the page's own lines stand
_SHORT = 60  # characters of such a line
_MOST_COMMENTS = 60  # lines that readers' comments may take
_MOST_HASHTAGS = 20  # lines of hashtags without their mark


@dataclass(frozen=True, slots=True)
class _Page:
    """A page's lines, and which of them may be furniture by which rule."""

    lines: Sequence[Line]
    rules: Rules
    found: Mapping[int, Rule]
    ids: Mapping[int, str]


def find_furniture(lines: Sequence[Line], rules: Rules) -> dict[int, str]:
    """Find the lines that belong to the page, with the rule each is an instance of.

    A cluster of lines counts if its rules, each once, weigh two together. The end of the page, or the header of a
    related story right after it, counts as one more.
    """
    found = {at: line.furniture for at, line in enumerate(lines) if line.furniture}
    page = _Page(lines, rules, found, {at: rule.id for at, rule in found.items()})
    clusters = list(_clusters(found))
    counted = (cluster for cluster in clusters if _counts(page, cluster))
    furniture = {at: page.ids[at] for cluster in counted for at in cluster}
    if not rules.drops("between-furniture"):
        return furniture
    pairs = list(pairwise(clusters))
    for before, after in (*reversed(pairs), *pairs):
        known = before[0] in furniture or after[0] in furniture
        sure = after[0] in furniture and page.ids[before[-1]] in _LEADING
        strays = range(before[-1] + 1, after[0])
        if known and _weight(page, (*before, *after)) > _ENOUGH - sure and _are_strays(page, strays):
            furniture |= dict.fromkeys(strays, "between-furniture")
            furniture |= {at: page.ids[at] for at in (*before, *after)}
    return furniture


def _are_strays(page: _Page, strays: range) -> bool:
    """Whether the lines between two clusters are the page's: few and short, hashtags, or readers' comments."""
    above, below = page.ids[strays.start - 1], page.ids[strays.stop]
    comments = above in ("comments", "no-comments") and below == "related"
    most = _MOST_HASHTAGS if above in ("hashtags", "hashtag") else _STRAYS
    if len(strays) > (_MOST_COMMENTS if comments else most):
        return False
    short = comments or all(_is_short(page.lines[at].text) for at in strays)
    headers = (header_at(page.lines, at, page.ids, page.rules, loose=True) for at in strays)
    return short and not any(header and (header.source or header.published) for header in headers)


def _clusters(rules: Mapping[int, Rule]) -> Iterator[list[int]]:
    cluster: list[int] = []
    for at in rules:
        if cluster and at > cluster[-1] + 1:
            yield cluster
            cluster = []
        cluster.append(at)
    if cluster:
        yield cluster


def _weight(page: _Page, cluster: Sequence[int]) -> int:
    return sum({page.ids[at]: page.found[at].weight for at in cluster}.values())


def _counts(page: _Page, cluster: Sequence[int]) -> bool:
    """Whether a cluster weighs enough; a single line inside a page never does."""
    closes = _closes(page, cluster)
    lone = len(cluster) == 1 and cluster[0] > 0 and not closes
    return not lone and _weight(page, cluster) + closes >= _ENOUGH


def _closes(page: _Page, cluster: Sequence[int]) -> bool:
    """Whether a cluster ends the page or stands right above a header; the page's first line may be a title."""
    after, inside = cluster[-1] + 1, cluster[0] > 0
    if after == len(page.lines):
        return inside
    return header_at(page.lines, after, page.ids if inside else {}, page.rules, loose=inside) is not None


def _is_short(text: str) -> bool:
    return len(text) <= _SHORT and not ends_sentence(text)
