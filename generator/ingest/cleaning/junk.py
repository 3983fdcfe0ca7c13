"""Whole blocks of a body that are no part of the story: buttons, credits, notices, lists of links, repetitions.

Rules know what a block says; where it stands, and beside what, decides what rules alone cannot.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from generator.ingest.rulebook.rule import Rule
from generator.ingest.rulebook.rules import Rules, fold
from generator.ingest.splitting.lines import ends_sentence, narrates
from generator.model import Block, Dropped

_ANYWHERE = ("", "sentence")  # where a rule that says nothing of it holds
_LONGEST = 220  # characters of a block that a rule may know as a whole
_LONGEST_ITEM = 160  # characters of an item of a list of links
_FEWEST_REPEATED = 60  # characters of a paragraph that nobody writes twice
_OPENING = 3  # blocks in which the title may be repeated
_FEWEST_CAPITALS = 7  # words of a headline in capitals
_MOST_LINKED = 4  # blocks of a body to one such headline
_CALLS = "CLICK"  # with which a promotion in capitals begins that has a rule of its own
_MOST_CAPITALS = 24
_BULLET = re.compile(r"\A[-–—•·*▪►▶»›]\s{1,9}")
_QUOTED = "\"'“‘«„"
_FIGURE = re.compile(r"[+−–-]?[$€£¥]?\d[\d.,]{0,15}%?")
_CHANGE = re.compile(r"(?:\A|[\s(])[+−–-]\d{1,6}(?:[.,]\d{1,4})?\s?%?(?=[\s|)]|\Z)|\d[.,]?\d{0,3}\s?%")
_CLOSES_TICKER = re.compile(r"[.!?]\Z")
_MOST_OF_TICKER = 40  # words


def sift(blocks: Sequence[Block], rules: Rules, title: str = "") -> tuple[list[Block], list[Dropped]]:
    """Part the blocks of a body into those that are the story's and those that are not, each with its rule.

    `title` is the story's: a body that repeats it loses it. Where no block would be left, all stay.
    """
    plain = [fold(block.text) if len(block.text) <= _LONGEST else "" for block in blocks]
    known = [_rule(block.text, one, rules) for block, one in zip(blocks, plain, strict=True)]
    found: dict[int, str] = {}
    for at in range(len(blocks)):
        if at not in found:
            found |= _list(blocks, plain, known, at, rules)
    sure = {at: rule.id for at, rule in enumerate(known) if rule and rule.where in _ANYWHERE}
    found = sure | _tickers(blocks, rules) | _repeated(blocks, plain, fold(title), rules) | found
    found |= _in_capitals(blocks, found, rules)
    found |= _beside(known, found)
    found |= _at_edges(known, found)
    if len(found) == len(blocks):
        return list(blocks), []
    kept = [block for at, block in enumerate(blocks) if at not in found]
    return kept, [Dropped(blocks[at], id_) for at, id_ in sorted(found.items())]


def _rule(text: str, plain: str, rules: Rules) -> Rule | None:
    """The rule that a block as a whole, or each of its lines, is an instance of."""
    if not plain:
        return None
    found = rules.blocks.find(plain) or rules.lines.find(plain)
    if found or "\n" not in text:
        return found
    lines = [_line(fold(line), rules) for line in text.split("\n")]
    return lines[0] if all(lines) else None


def _line(plain: str, rules: Rules) -> Rule | None:
    return rules.blocks.find(plain) or rules.lines.find(plain) or rules.lists.find(plain)


def _list(
    blocks: Sequence[Block], plain: Sequence[str], known: Sequence[Rule | None], at: int, rules: Rules
) -> dict[int, str]:
    """The blocks of a list of links whose heading stands at a place, none where there is no heading."""
    heading = rules.lists.find(plain[at].rstrip(":").rstrip()) if plain[at] else None
    if heading is None or blocks[at].kind == "quote":
        return {}
    end = at + 1
    while end < len(blocks) and (_is_item(blocks[end]) or known[end]):
        end += 1
    closed = end == len(blocks)
    if end == at + 1 and not closed and heading.where != "alone":
        return {}
    return dict.fromkeys(range(at, end), heading.id)


def _is_item(block: Block) -> bool:
    """Whether a block can be an item of a list of links: a headline, no sentence and nothing that somebody says."""
    text = _BULLET.sub("", block.text)
    if text.endswith((":", ",")):  # it introduces something
        return False
    question = text.endswith(("?", "!", "؟")) and not narrates(text)
    return (
        len(text) <= _LONGEST_ITEM and text[:1] not in _QUOTED[:1] and (not ends_sentence(text) or question)
    )


def _beside(known: Sequence[Rule | None], found: Mapping[int, str]) -> dict[int, str]:
    """What is junk beside junk: next to a block that goes, or to one of another such rule."""
    open_ = {
        at: rule.id for at, rule in enumerate(known) if rule and rule.where == "beside" and at not in found
    }
    taken: dict[int, str] = {}
    for run in _runs(sorted(open_)):
        touches = {run[0] - 1, run[-1] + 1} & found.keys()
        if touches or len({open_[at] for at in run}) > 1:
            taken |= {at: open_[at] for at in run}
    return taken


def _runs(places: Sequence[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for at in places:
        if run and at > run[-1] + 1:
            yield run
            run = []
        run.append(at)
    if run:
        yield run


def _at_edges(known: Sequence[Rule | None], found: Mapping[int, str]) -> dict[int, str]:
    """What is junk only above the story or only below it, with nothing but junk between it and the edge."""
    taken: dict[int, str] = {}
    for edge, order in (("start", range(len(known))), ("end", range(len(known) - 1, -1, -1))):
        for at in order:
            rule = known[at]
            if at in found or at in taken:
                continue
            if not rule or rule.where != edge:
                break
            taken[at] = rule.id
    return taken


def _repeated(blocks: Sequence[Block], plain: Sequence[str], title: str, rules: Rules) -> dict[int, str]:
    """The title once more at the top, and paragraphs that stand there already."""
    found: dict[int, str] = {}
    if title and rules.drops("title-repeated"):
        found |= {at: "title-repeated" for at, one in enumerate(plain[:_OPENING]) if one == title}
    if rules.drops("repeated"):
        for at, (before, block) in enumerate(pairwise(blocks), 1):
            if len(block.text) >= _FEWEST_REPEATED and block.text == before.text:
                found[at] = "repeated"
    return found


def _in_capitals(blocks: Sequence[Block], gone: Mapping[int, str], rules: Rules) -> dict[int, str]:
    """Linked headlines in capitals, in a story that has small letters and no sub-headings in capitals."""
    shouted = [at for at, block in enumerate(blocks) if block.text.isupper() and at not in gone]
    shouted = [at for at in shouted if not blocks[at].text.startswith(_CALLS)]
    if not rules.drops("linked-capitals") or not 0 < _MOST_LINKED * len(shouted) <= len(blocks):
        return {}
    return {at: "linked-capitals" for at in shouted if all(map(_is_capitals, (blocks[at] for at in shouted)))}


def _is_capitals(block: Block) -> bool:
    text = block.text
    return (
        len(text) <= _LONGEST_ITEM
        and text.isupper()
        and not block.kind
        and text[0] not in _QUOTED
        and not text.endswith((".", ":"))
        and _FEWEST_CAPITALS <= sum(map(str.isalpha, text.split())) <= _MOST_CAPITALS
    )


def _tickers(blocks: Sequence[Block], rules: Rules) -> dict[int, str]:
    """Strips of prices: names, figures and changes, and no sentence."""
    if not rules.drops("ticker"):
        return {}
    return {at: "ticker" for at, block in enumerate(blocks) if _is_ticker(block.text)}


def _is_ticker(text: str) -> bool:
    words = text[:_LONGEST].split()
    if not 3 <= len(words) <= _MOST_OF_TICKER or _CLOSES_TICKER.search(text) or not _CHANGE.search(text):  # noqa: PLR2004 - a name, a price, a change
        return False
    figures = sum(1 for word in words if _FIGURE.fullmatch(word.strip("()|")))
    small = sum(word[:1].islower() for word in words)
    return 5 * figures >= 2 * len(words) and not small
