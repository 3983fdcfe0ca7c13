"""Aggregators' pages of any shape, made at random: each story with its own title, text, source and time."""

import pytest
from pages import Told, made
from test_split import assert_accounted

from generator.ingest.decoding import decode
from generator.ingest.formats import read_text
from generator.ingest.splitting.lines import seen
from generator.model import RawStory

PAGES_A_TEST = 40


def plain(text: str) -> str:
    return " ".join(seen(text).split())


def as_found(story: RawStory) -> tuple[object, ...]:
    body = tuple(plain(block.text) for block in story.body)
    authors = tuple(name.casefold() for name in story.facts.authors)
    return plain(story.title.text), body, plain(story.source), plain(story.published), authors


def as_told(told: Told) -> tuple[object, ...]:
    body = tuple(map(plain, told.body))
    return (
        plain(told.title),
        body,
        told.source,
        told.published,
        tuple(name.casefold() for name in told.authors),
    )


@pytest.mark.parametrize("first", range(0, 800, PAGES_A_TEST))
def test_every_story_of_a_page_is_found_with_its_boundaries_and_none_is_made_up(first: int) -> None:
    for seed in range(first, first + PAGES_A_TEST):
        page, told = made(seed)
        reading = read_text(page)

        assert [as_told(one) for one in told] == [as_found(story) for story in reading.stories], seed
        assert reading.stories or reading.issues


@pytest.mark.parametrize("seed", range(0, 400, 20))
def test_every_character_of_such_a_page_is_accounted_for(seed: int) -> None:
    assert_accounted(made(seed)[0])


@pytest.mark.parametrize("seed", range(0, 400, 20))
def test_line_ends_do_not_matter(seed: int) -> None:
    page, told = made(seed)
    text, _ = decode(page.replace("\n", "\r\n").encode(), "page.txt")

    assert [as_told(one) for one in told] == [as_found(story) for story in read_text(text).stories]
