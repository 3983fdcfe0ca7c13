"""What an extractor's opinion misses of a story: text in a twin of its container, paragraphs, headings, posts."""

from generator.ingest.splitting.lines import ends_sentence
from generator.ingest.webpages.page_markup import around, block_of, signature
from generator.ingest.webpages.visible import Element
from generator.ingest.webpages.weighing import Page, Weights

_SENTENCE = 40  # width of a line in the slot of the story's paragraphs that is one of them
_NEAR = 4  # elements up in which twins of a container have one parent


def add_missed(page: Page, weights: Weights) -> None:
    """Choose the lines that an opinion passed over though they are the story's."""
    prose = page.prose()
    if not prose:
        return
    near = {_near(page, number) for number in prose} | {_parent(page, number) for number in prose}
    for number in range(len(page.lines)):
        if number in page.chosen or not page.keys[number] or number == page.title:
            continue
        between = prose[0] < number < prose[-1]
        if _is_missed(page, weights, number, between=between, near=near):
            page.chosen.add(number)
    if _is_like_later_headings(page, weights, prose[0] - 1):
        page.chosen.add(prose[0] - 1)


def _parent(page: Page, number: int) -> Element | None:
    return block_of(page.lines[number].element).getparent()


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
    if signature(block) in weights.slots and (
        any(name for _, name in signature(block)) or block.getparent() in near
    ):
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
    """Whether a line is a heading above a paragraph or in the slot of others, or is called one among paragraphs."""
    line = page.lines[number]
    if line.kind == "heading" and weights.contains(line.element) and not line.linked:
        return signature(block_of(line.element)) in weights.headings or _heads_paragraph(page, number)
    called = any(name.rule == "page-heading" for name in page.roles.names(line.element))
    return called and not line.linked and line.element.getparent() is weights.container


def _is_like_later_headings(page: Page, weights: Weights, number: int) -> bool:
    """Whether the line above the first paragraph is a heading as others of the story are, and not its deck."""
    if number < 0 or number == page.title or page.lines[number].kind != "heading":
        return False
    slots = {
        signature(block_of(page.lines[n].element)) for n in page.chosen if page.lines[n].kind == "heading"
    }
    line = page.lines[number]
    alike = signature(block_of(line.element)) in slots and not line.linked and weights.contains(line.element)
    return alike and not page.furniture(number, weights)


def _heads_paragraph(page: Page, number: int) -> bool:
    """Whether a heading stands right above a paragraph of the story, in the same element."""
    if number + 1 not in page.chosen or not page.is_prose(number + 1):
        return False
    heading, paragraph = (block_of(page.lines[line].element) for line in (number, number + 1))
    return heading.getparent() is paragraph.getparent()
