"""What an extractor's opinion misses of a story: text in a twin of its container, paragraphs, headings, posts."""

from generator.ingest.lines import ends_sentence
from generator.ingest.page_markup import around, block_of, signature
from generator.ingest.visible import Element
from generator.ingest.weighing import Page, Weights

_SENTENCE = 40  # width of a line in the slot of the story's paragraphs that is one of them
_NEAR = 4  # elements up in which twins of a container have one parent


def add_missed(page: Page, weights: Weights) -> None:
    """Choose the lines that an opinion passed over though they are the story's."""
    prose = page.prose()
    if not prose:
        return
    near = {_near(page, number) for number in prose}
    for number in range(len(page.lines)):
        if number in page.chosen or not page.keys[number] or number == page.title:
            continue
        between = prose[0] < number < prose[-1]
        if _is_missed(page, weights, number, between=between, near=near):
            page.chosen.add(number)


def _near(page: Page, number: int) -> Element | None:
    block = block_of(page.lines[number].element)
    return next((outer for distance, outer in enumerate(around(block)) if distance == _NEAR), None)


def _is_missed(
    page: Page, weights: Weights, number: int, *, between: bool, near: set[Element | None]
) -> bool:
    """Whether a line that was passed over is the story's: a post it quotes, a paragraph, a heading in its midst."""
    line = page.lines[number]
    block = block_of(line.element)
    inside = weights.contains(line.element)
    if is_post(page, number) and inside:
        return True
    if line.linked * 2 > len(line.text) or not (inside or _near(page, number) in near - {None}):
        return False
    if signature(block) in weights.slots:
        missed = page.widths[number] >= _SENTENCE or (between and inside and ends_sentence(line.text))
    elif inside and between and not line.pictured and page.is_prose(number):
        missed = ends_sentence(line.text)
    else:
        missed = between and _is_heading(page, number, weights)
    return missed and not page.furniture(number, weights)


def is_post(page: Page, number: int) -> bool:
    """Whether a line is a post of a social network that the story quotes."""
    line = page.lines[number]
    near = zip(range(3), around(line.element), strict=False)
    return line.kind == "quote" and any(
        name.rule == "page-post" for _, outer in near for name in page.roles.names(outer)
    )


def _is_heading(page: Page, number: int, weights: Weights) -> bool:
    """Whether a line is a heading in the slot of others, or is called one and stands right among the paragraphs."""
    line = page.lines[number]
    if line.kind == "heading" and weights.contains(line.element) and not line.linked:
        return signature(block_of(line.element)) in weights.headings
    called = any(name.rule == "page-heading" for name in page.roles.names(line.element))
    return called and not line.linked and line.element.getparent() is weights.container
