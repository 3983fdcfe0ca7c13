"""What belongs to an aggregator's page and to none of its stories: its furniture."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from generator.ingest.headers import header_at
from generator.ingest.lines import Line, ends_sentence
from generator.ingest.rules import Rule, Rules

_ENOUGH = 2  # the weight that makes furniture of a cluster
_STRAYS = 3  # short unknown lines that may stand between two clusters, such as hashtags without their mark
_LEADING = frozenset(
    {"hashtags", "comments", "no-comments"}
)  # headings under which the page's own lines stand
_SHORT = 60  # characters of such a line
_MOST_COMMENTS = 60  # lines that readers' comments may take
_MOST_HASHTAGS = 20  # lines of hashtags without their mark


def find_furniture(lines: Sequence[Line], rules: Rules) -> dict[int, str]:
    """Find the lines that belong to the page, with the rule each is an instance of.

    A cluster of lines counts if its rules, each once, weigh two together. The end of the page, or the header of a
    related story right after it, counts as one more.
    """
    found = {at: line.furniture for at, line in enumerate(lines) if line.furniture}
    ids = {at: rule.id for at, rule in found.items()}
    clusters = list(_clusters(found))
    furniture = {
        at: found[at].id for cluster in clusters if _counts(lines, found, cluster, rules) for at in cluster
    }
    if not rules.drops("between-furniture"):
        return furniture
    pairs = list(pairwise(clusters))
    for before, after in (*reversed(pairs), *pairs):
        strays = range(before[-1] + 1, after[0])
        known = before[0] in furniture or after[0] in furniture
        weight = _weight(found[at] for at in (*before, *after))
        sure = after[0] in furniture and ids[before[-1]] in _LEADING
        if known and weight > _ENOUGH - sure and _are_strays(lines, strays, ids, rules):
            furniture |= dict.fromkeys(strays, "between-furniture")
            furniture |= {at: ids[at] for at in (*before, *after)}
    return furniture


def _are_strays(lines: Sequence[Line], strays: range, ids: Mapping[int, str], rules: Rules) -> bool:
    """Whether the lines between two clusters are the page's: few and short, hashtags, or readers' comments."""
    above, below = ids[strays.start - 1], ids[strays.stop]
    if any(header_at(lines, at, ids, rules, loose=True) for at in strays):
        return False
    if above in ("comments", "no-comments") and below == "related":
        return len(strays) <= _MOST_COMMENTS
    most = _MOST_HASHTAGS if above in ("hashtags", "hashtag") else _STRAYS
    return len(strays) <= most and all(_is_short(lines[at].text) for at in strays)


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


def _counts(lines: Sequence[Line], found: Mapping[int, Rule], cluster: Sequence[int], rules: Rules) -> bool:
    """Whether a cluster weighs enough; a single line inside a page never does."""
    closes = _closes(lines, found, cluster, rules)
    lone = len(cluster) == 1 and cluster[0] > 0 and not closes
    return not lone and _weight(found[at] for at in cluster) + closes >= _ENOUGH


def _closes(lines: Sequence[Line], found: Mapping[int, Rule], cluster: Sequence[int], rules: Rules) -> bool:
    """Whether a cluster ends the page or stands right above a header; the page's first line may be a title."""
    after, inside = cluster[-1] + 1, cluster[0] > 0
    if after == len(lines):
        return inside
    ids = {at: rule.id for at, rule in found.items()} if inside else {}
    return header_at(lines, after, ids, rules, loose=inside) is not None


def _is_short(text: str) -> bool:
    return len(text) <= _SHORT and not ends_sentence(text)
