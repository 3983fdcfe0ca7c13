"""Texts as long as nobody writes: what reads them goes on in proportion to their length, or would take hours."""

from generator.ingest.cleaning.body import clean_body
from generator.ingest.rulebook.rules import load_rules
from generator.ingest.splitting.head import Head
from generator.ingest.splitting.titles import without_source
from generator.model import Block

MANY = 40_000


def test_a_sentence_of_forty_thousand_blocks_is_one_paragraph() -> None:
    blocks = [Block(4 * place, 2 * place + 1, "of") for place in range(MANY)]
    body = clean_body(blocks, load_rules())
    assert body.texts == (" ".join(["of"] * MANY),)


def test_a_title_that_no_source_could_end_is_left_alone() -> None:
    title = Block(0, 1, "a - " * MANY + "Harwell Gazette")
    assert without_source(title, Head(source="Harwell Gazette"))[0] == title
    short = Block(0, 1, "Port closes - Harwell Gazette")
    assert without_source(short, Head(source="Harwell Gazette"))[0].text == "Port closes"
