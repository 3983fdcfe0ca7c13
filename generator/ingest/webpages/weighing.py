"""How a story lies in its page: which elements hold how much of it, and in which slots of the template."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from generator.ingest.rulebook.rules import Rules
from generator.ingest.splitting.lines import ends_sentence
from generator.ingest.webpages.alignment import key
from generator.ingest.webpages.metadata import Metadata
from generator.ingest.webpages.page_markup import Roles, Slot, around, block_of, signature
from generator.ingest.webpages.visible import Element, VisibleLine

PROSE = 80
"""Width of a line that is a paragraph by its length alone."""

_SHORT = 120  # width below which a line without an end may be no paragraph
_WIDE_LETTER = re.compile("[\u2e80-\U0010ffff]")
_WIDE = 1.5  # by how much a letter of the scripts that write words without spaces is worth more
_CONTAINS, _ARTICLE, _HOLDS, _SLOT, _SOME = 0.85, 0.5, 0.3, 0.25, 0.1  # shares of the story's letters


@dataclass(slots=True)
class Page:
    """The visible lines of a page while their roles are found; lines go by their numbers.

    Attributes:
        lines: all visible lines.
        metadata: what the page says of its story.
        keys: the `alignment.key` of each line.
        widths: the length of each line in letters as wide as Latin ones.
        known: the rules for single lines, and which rules are switched off.
        chosen: the lines that are taken for the story.
        rules: those of them that are not after all, and the rule that says so.
        title: the headline.
    """

    lines: Sequence[VisibleLine]
    metadata: Metadata
    known: Rules
    keys: list[str] = field(init=False)
    widths: list[float] = field(init=False)
    chosen: set[int] = field(default_factory=set)
    rules: dict[int, str] = field(default_factory=dict)
    title: int | None = None
    roles: Roles = field(default_factory=Roles)

    def __post_init__(self) -> None:
        """Measure the lines."""
        self.keys = [key(line.text) for line in self.lines]
        self.widths = [width(line.text) for line in self.lines]

    def drop(self, number: int, rule: str) -> None:
        """Take a line out of the story, unless it is out already or the rule is switched off."""
        if self.known.drops(rule):
            self.rules.setdefault(number, rule)

    @property
    def kept(self) -> list[int]:
        """The lines that are the story as far as is known."""
        return sorted(number for number in self.chosen if number not in self.rules)

    def prose(self) -> list[int]:
        """Those of them that are paragraphs of prose."""
        return [number for number in self.kept if self.is_prose(number)]

    def is_prose(self, number: int) -> bool:
        """Whether a line is a paragraph: long, no heading, and not mostly links."""
        line = self.lines[number]
        return self.widths[number] >= PROSE and line.kind != "heading" and line.linked * 2 < len(line.text)

    def is_short(self, number: int) -> bool:
        """Whether a line is neither a sentence nor a paragraph."""
        return self.widths[number] < _SHORT and not ends_sentence(self.lines[number].text)

    def size(self, numbers: Iterable[int]) -> int:
        """Count the letters of lines."""
        return sum(len(self.keys[number]) for number in numbers)

    def furniture(self, number: int, weights: "Weights") -> str:
        """Find the rule by which the markup makes a line furniture, or ""."""
        element = self.lines[number].element
        return weights.other_article(element) or self.roles.rule(
            element, weights.holds_story, short=self.is_short(number)
        )


@dataclass(slots=True)
class Weights:
    """Where the letters of a story stand.

    Attributes:
        held: how many of them each element holds.
        total: how many there are.
        container: the innermost element that holds nearly all of them.
        article: the `article` element of the headline, if it holds some of them, else that which holds most.
        slots: the signatures of the elements in which its paragraphs stand.
        headings: those of its headings.
    """

    held: Counter[Element]
    total: int
    container: Element | None
    article: Element | None
    slots: frozenset[Slot]
    headings: frozenset[Slot]

    def holds_story(self, element: Element) -> bool:
        """Whether an element holds so much of the story that it is none of its furniture."""
        return self.held[element] >= _HOLDS * self.total > 0

    def contains(self, element: Element) -> bool:
        """Whether an element lies in the container."""
        return any(outer is self.container for outer in around(element))

    def other_article(self, element: Element) -> str:
        """Name the rule for what lies in an `article` beside or inside the story's own, or ""."""
        own = next((outer for outer in around(element) if outer.tag == "article"), None)
        other = own is not None and self.article is not None and own is not self.article
        return "page-article" if other and not self.holds_story(own) else ""


def weigh(page: Page) -> Weights:
    """Find out how the kept lines of a page lie in it."""
    held: Counter[Element] = Counter()
    slots: Counter[Slot] = Counter()
    kept = page.kept
    for number in kept:
        size = len(page.keys[number])
        for outer in around(page.lines[number].element):
            held[outer] += size
        if page.widths[number] >= PROSE:
            slots[signature(block_of(page.lines[number].element))] += size
    total = page.size(kept)
    inner = {_innermost(page.lines[number].element, held, _CONTAINS * total) for number in kept} - {None}
    article = _article(page, held, total)
    return Weights(
        held,
        total,
        min(inner, key=lambda element: held[element], default=None),
        article,
        frozenset(slot for slot, size in slots.items() if size >= _SLOT * slots.total()),
        frozenset(
            signature(block_of(page.lines[n].element)) for n in kept if page.lines[n].kind == "heading"
        ),
    )


def _article(page: Page, held: Counter[Element], total: int) -> Element | None:
    above = around(page.lines[page.title].element) if page.title is not None else iter(())
    own = next((element for element in above if element.tag == "article"), None)
    if own is not None and held[own] >= _SOME * total:
        return own
    return next(
        (element for element in held if element.tag == "article" and held[element] >= _ARTICLE * total), None
    )


def _innermost(element: Element, held: Counter[Element], least: float) -> Element | None:
    return next((outer for outer in around(element) if held[outer] >= least), None)


def width(text: str) -> float:
    """Measure a text in letters as wide as Latin ones."""
    return len(text) if text.isascii() else len(text) + _WIDE * len(_WIDE_LETTER.findall(text))
