"""Which visible lines of a page are its story: an extractor's opinion, corrected by the page's structure.

The opinion is right most of the time and wrong in kinds of ways. It stops where the story's text goes on in a twin
of its container, and passes over paragraphs and quoted posts among those it keeps; it keeps the headline, the deck,
links to other stories, captions, and other articles of the page. Each rule here mends one of these, for any page.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.ingest.rulebook.rules import Rules, fold, load_rules
from generator.ingest.splitting.bylines import is_byline
from generator.ingest.splitting.lines import ends_sentence, is_title
from generator.ingest.webpages.alignment import align, key
from generator.ingest.webpages.headline import find_headline
from generator.ingest.webpages.metadata import Metadata
from generator.ingest.webpages.page_markup import around, block_of, is_italic, signature
from generator.ingest.webpages.recovery import add_missed, is_post
from generator.ingest.webpages.teasers import find_teasers
from generator.ingest.webpages.visible import VisibleLine
from generator.ingest.webpages.weighing import Page, Weights, weigh

_LABEL, _CAPTION, _CREDIT, _DATE, _DECK = 30, 100, 160, 80, 60  # widths
_TWIN = 30  # letters of a line that does not stand twice in one story
_MOSTLY, _ALL = 0.6, 0.95  # shares of a line that stand in links
_ENOUGH = 200  # paragraphs by which a copy of the story is known
_AGREES = 0.5  # share of the opinion that the page's own wording of its text has to have
_MOST_EFFORT = 500_000_000  # letters that are compared with that wording
_DATED = re.compile(
    r"(?<!\d)\d{4}[-./年]\s?\d{1,2}[-./月]\s?\d{1,2}|(?<!\d)\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{1,2}:\d\d"
)
_COPYRIGHT = re.compile(r"[©ⓒ]|\(c\) ?\d{4}|\bcopyright\W{1,3}(?:\(c\)|\d{4})", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_LISTS = frozenset({"page-links", "page-tags", "page-related", "page-share"})
TEASER = "page-teaser"
"""The rule for paragraphs about other stories, each in a box with a link."""

_ABOUT = frozenset({"page-byline", "page-deck"})


@dataclass(frozen=True, slots=True)
class Extraction:
    """What each visible line is, by its number.

    Attributes:
        title: the line of the headline; None where no line could be it.
        header: lines that say something about the story: deck, byline, time.
        body: the lines of the story.
        size: how many letters these have.
        prose: how many of them stand in paragraphs.
        beside: how many letters stand in other paragraphs that nothing says are furniture, copies of it aside.
        rules: for every other line the rule that keeps it out of the story.
    """

    title: int | None
    header: tuple[int, ...]
    body: tuple[int, ...]
    size: int
    prose: int
    beside: int
    rules: Mapping[int, str]


def extract_story(
    lines: Sequence[VisibleLine], opinion: Iterable[str], metadata: Metadata, rules: Rules
) -> Extraction:
    """Find a page's story.

    Args:
        lines: the visible lines of the page.
        opinion: what an extractor takes for the story, line by line.
        metadata: what the page says of it; its wording of the headline, its own text and its address help.
        rules: those for single lines hold, and a rule that is switched off drops nothing.
    """
    page = Page(lines, metadata, rules)
    page.chosen = align(page.keys, map(key, opinion))
    _add_stated_text(page)
    first = next(iter(page.prose()), min(page.chosen, default=len(lines)))
    page.title = find_headline(lines, page.keys, metadata.titles, first)
    if page.title is None and not metadata.titles:
        page.title = _opening(page)
    add_missed(page, weigh(page))
    weights = weigh(page)
    _drop_furniture(page, weights)
    _drop_twins(page)
    _drop_teasers(page)
    _drop_before_story(page, weights)
    _drop_loose_ends(page)
    return _extraction(page, weights)


def paragraphs(lines: Sequence[VisibleLine]) -> list[str]:
    """Give the lines of a page that read like paragraphs: the opinion of somebody who knows nothing else."""
    page = Page(lines, Metadata(), load_rules())
    return [
        line.text for number, line in enumerate(lines) if page.is_prose(number) and ends_sentence(line.text)
    ]


def _opening(page: Page) -> int | None:
    """Give the story's first line as its headline, on a page that says nothing of one, if the line can be one."""
    kept = page.kept[:2]
    return kept[0] if len(kept) > 1 and is_title(page.lines[kept[0]].text) else None


def _add_stated_text(page: Page) -> None:
    """Add what the page's JSON-LD says its text is, where the two agree on most of it."""
    whole = key(page.metadata.text)
    if not whole or len(whole) * len(page.keys) > _MOST_EFFORT:
        return
    said = {number for number, line in enumerate(page.keys) if len(line) >= _TWIN and line in whole}
    if page.size(said & page.chosen) >= _AGREES * page.size(page.chosen):
        page.chosen |= {number for number in said if page.is_prose(number)}


# ---------------------------------------------------------------------------------------------- what is too much


def _drop_furniture(page: Page, weights: Weights) -> None:
    wordings = _wordings(page)
    for number in sorted(page.chosen):
        if page.keys[number] in wordings:
            page.drop(number, "page-headline")
        elif not is_post(page, number) and (rule := _furniture(page, weights, number)):
            page.drop(number, rule)


def _furniture(page: Page, weights: Weights, number: int) -> str:
    line = page.lines[number]
    if rule := page.furniture(number, weights):
        return rule
    if page.is_short(number) and (known := page.known.lines.find(fold(line.text))):
        return known.id
    if line.text == page.metadata.address:
        return "page-address"
    if page.widths[number] < _CREDIT and _COPYRIGHT.search(line.text):
        return "page-copyright"
    if _is_link(line):
        return "page-links"
    return "page-caption" if _is_caption(page, weights, number) else ""


def _is_link(line: VisibleLine) -> bool:
    """Whether a line is there to be followed: nearly all link, and no sentence of the story with links in it."""
    share = line.linked / len(line.text)
    if line.kind == "heading" or _ADDRESS.match(line.text):
        return False
    return share >= _ALL or (share >= _MOSTLY and not ends_sentence(line.text))


def _is_caption(page: Page, weights: Weights, number: int) -> bool:
    """Whether a line stands under a picture: set apart, or in a block with it that is no paragraph of the story."""
    line = page.lines[number]
    if not line.pictured or line.kind or page.widths[number] >= _CAPTION or not page.is_short(number):
        return False
    block = block_of(line.element)
    return is_italic(line.element) or (
        signature(block) not in weights.slots and block.find(".//img") is not None
    )


def _drop_twins(page: Page) -> None:
    """Drop what the story has already said: pages hold it twice, for print, for phones, for machines."""
    seen: set[str] = set()
    for number in page.kept:
        line = page.keys[number]
        if len(line) >= _TWIN and line in seen:
            page.drop(number, "page-twin")
        seen.add(line)


def _drop_teasers(page: Page) -> None:
    """Drop boxes about other stories; where there is nothing else, the page is one that lists stories."""
    kept = page.kept
    teasers = find_teasers(page.lines, kept, page.title)
    if any(page.is_prose(number) for number in kept if number not in teasers):
        for number in sorted(teasers):
            page.drop(number, TEASER)


def _drop_before_story(page: Page, weights: Weights) -> None:
    """Drop what stands before the first paragraph and is not of it: all above the headline, and the deck below."""
    first = next((number for number in page.prose() if not _in_header(page, weights, number)), 0)
    wordings = _wordings(page)
    top = max((number for number in range(first) if page.keys[number] in wordings), default=-1)
    for number in page.kept:
        if number >= first:
            break
        if number < top:
            page.drop(number, "page")
        elif _is_byline(page, number):
            page.drop(number, "page-byline")
        elif _in_header(page, weights, number) or _is_deck(page, number):
            page.drop(number, "page-deck")


def _in_header(page: Page, weights: Weights, number: int) -> bool:
    """Whether a line stands in the article's `header`, or is named a deck, where the story itself does not."""
    element = page.lines[number].element
    near = zip(range(2), around(element), strict=False)
    return any(outer.tag == "header" and not weights.holds_story(outer) for outer in around(element)) or any(
        name.rule == "page-deck" and not weights.holds_story(outer)
        for _, outer in near
        for name in page.roles.names(outer)
    )


def _is_byline(page: Page, number: int) -> bool:
    """Whether a line before the story says who wrote it, or when."""
    text = page.lines[number].text
    dated = page.widths[number] < _DATE and page.is_short(number) and _DATED.search(text) is not None
    return dated or is_byline(text, page.known)


def _is_deck(page: Page, number: int) -> bool:
    return page.lines[number].kind == "heading" and page.widths[number] > _DECK


def _wordings(page: Page) -> set[str]:
    """Give the keys of all wordings of the headline."""
    shown = {page.keys[page.title]} if page.title is not None else set()
    return shown | {key(wording) for wording in page.metadata.titles}


def _drop_loose_ends(page: Page) -> None:
    """Drop headings and labels over something that was dropped itself."""
    kept = page.kept
    for number in kept:
        line = page.lines[number]
        label = page.widths[number] <= _LABEL and not line.linked and not ends_sentence(line.text)
        if label and page.rules.get(number + 1) in _LISTS:
            page.drop(number, "page-label")
    while kept and (kept[-1] in page.rules or _announces(page, kept[-1])):
        page.drop(kept.pop(), "page-label")


def _announces(page: Page, number: int) -> bool:
    line = page.lines[number]
    return line.kind == "heading" or (page.widths[number] < _DECK and line.text.endswith((":", "：")))


# ----------------------------------------------------------------------------------------------------- the result


def _extraction(page: Page, weights: Weights) -> Extraction:
    body = page.kept
    if page.title in body:
        body.remove(page.title)
    rules: dict[int, str] = {}
    for number in range(len(page.lines)):
        if number != page.title:
            rules[number] = page.rules.get(number) or page.furniture(number, weights) or "page"
    first = body[0] if body else 0
    header = {
        n for n in range(first) if rules.get(n) in _ABOUT and (n in page.rules or n > (page.title or 0))
    }
    for number in (*body, *header):
        rules.pop(number, None)
    prose = [page.keys[number] for number in body if page.is_prose(number)]
    beside = {page.keys[number] for number, rule in rules.items() if rule == "page" and page.is_prose(number)}
    others = (line for line in beside if not any(part in line for part in prose[:_ENOUGH]))
    return Extraction(
        title=page.title,
        header=tuple(sorted(header)),
        body=tuple(body),
        size=page.size(body),
        prose=sum(map(len, prose)),
        beside=sum(map(len, others)),
        rules=rules,
    )
