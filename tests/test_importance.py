"""What matters on a page: coverage counted by tags, the order of sections, the lead and the briefs."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import card, terms

from generator import importance
from generator.views import Card, Term

NAMES = "abcdefgh"


def story(name: str, topic: str = "sport", tags: Sequence[str] = (), day: int = 9, **fields: object) -> Card:
    moment = f"2025-06-{day:02}T{20 - NAMES.index(name[0])}:00:00+00:00"
    return card(name, moment, topic=Term(topic.capitalize(), topic), tags=terms(*tags), **fields)


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ([], []),
        ([()], [0]),
        ([("rail",)], [0]),
        ([("rail",), ("rail",), ("port",)], [1, 1, 0]),
        ([("rail", "port"), ("rail", "port"), ("port",)], [2, 2, 2]),
        ([("rail",), ("rail", "port"), ("port",), ()], [1, 2, 1, 0]),
    ],
)
def test_a_storys_coverage_is_how_many_others_share_a_tag_with_it(
    tags: list[tuple[str, ...]], expected: list[int]
) -> None:
    cards = [story(NAMES[number], tags=one) for number, one in enumerate(tags)]

    assert list(importance.coverage(cards).values()) == expected


@given(st.lists(st.sets(st.sampled_from(("rail", "port", "sea", "snow"))), max_size=8))
def test_coverage_is_what_comparing_all_with_all_gives(tags: list[set[str]]) -> None:
    cards = [story(NAMES[number], tags=sorted(one)) for number, one in enumerate(tags)]
    compared = {
        one.path: sum(other is not one and not set(one.tags).isdisjoint(other.tags) for other in cards)
        for one in cards
    }

    assert importance.coverage(cards) == compared


RAIL, SNOW = ("rail",), ("snow",)


@pytest.mark.parametrize(
    ("what", "stories", "expected"),
    [
        ("nothing", [], []),
        (
            "the largest cluster",
            [story("a", "arts"), story("b", "arts"), story("c", "sport", RAIL), story("d", "sport", RAIL)],
            ["sport", "arts"],
        ),
        (
            "clusters across topics",
            [story("a", "arts", RAIL), story("b", "labour", SNOW), story("c", "sport", RAIL)],
            ["arts", "sport", "labour"],
        ),
        ("the number of stories", [story("a", "arts"), story("b"), story("c")], ["sport", "arts"]),
        ("the newest story", [story("a", "sport"), story("b", "arts")], ["sport", "arts"]),
        (
            "the slug",
            [story("a", "sport"), story("a-too", "arts"), story("a-three", "labour")],
            ["arts", "labour", "sport"],
        ),
    ],
)
def test_sections_are_ordered_by(what: str, stories: list[Card], expected: list[str]) -> None:
    sections = importance.order_sections(stories, importance.coverage(stories))

    assert ([section.topic.slug for section in sections], what) == (expected, what)
    assert sorted(shown.path for section in sections for shown in section.cards) == sorted(
        one.path for one in stories
    )


@pytest.mark.parametrize(
    ("what", "stories", "expected"),
    [
        ("nothing", [], None),
        ("the most covered", [story("a", tags=SNOW), story("b", tags=RAIL), story("c", tags=RAIL)], "B"),
        ("the newest of the most covered", [story("a"), story("b")], "A"),
        ("one with a text", [story("a"), story("b", has_body=True)], "B"),
        (
            "the newest day before any coverage",
            [story("a"), story("b", tags=RAIL, day=8), story("c", tags=RAIL, day=8)],
            "A",
        ),
    ],
)
def test_the_lead_is(what: str, stories: list[Card], expected: str | None) -> None:
    lead = importance.choose_lead(stories, importance.coverage(stories))

    assert (lead and lead.title, what) == (expected, what)


def test_a_section_is_led_by_the_most_covered_story_of_its_newest_day_and_goes_on_newest_first() -> None:
    stories = [
        story("a"),
        story("b", tags=RAIL),
        story("c", tags=RAIL),
        *(story(name, tags=RAIL, day=8) for name in "defgh"),
    ]

    (section,) = importance.front_sections(stories, importance.coverage(stories))

    assert ([each.title for each in section.cards], section.more) == (["B", "A", "C", "D", "E", "F"], 2)
    assert len(section.cards) == importance.MANY


def test_the_front_page_has_three_large_sections_and_six_small_ones() -> None:
    stories = [
        story(f"{name}{topic}", f"topic-{topic:02}", RAIL if topic == 3 else ())
        for topic in range(12)
        for name in NAMES[:7]
    ]

    sections = importance.front_sections(stories, importance.coverage(stories))

    assert [(section.topic.slug, len(section.cards), section.more) for section in sections] == [
        ("topic-03", 6, 1),
        ("topic-00", 6, 1),
        ("topic-01", 6, 1),
        *((f"topic-{topic:02}", 4, 3) for topic in (2, 4, 5, 6, 7, 8)),
    ]


def test_below_the_lead_stands_what_shares_most_tags_with_it() -> None:
    lead = story("a", tags=("rail", "snow", "port"))
    others = [
        story("b"),
        story("c", tags=("snow",)),
        story("d", tags=("rail", "port")),
        story("e", tags=("sea", "snow")),
        story("f", tags=("rail",)),
    ]

    assert [found.title for found in importance.choose_following(others, lead)] == ["D", "C", "E"]
    assert importance.choose_following(others[:1], lead) == ()
    assert importance.choose_following(others, story("a")) == ()


def test_briefs_are_the_newest_that_stand_nowhere_else() -> None:
    stories = [story("a"), story("b"), *(story(f"c{number}", day=6) for number in range(9))]

    briefs = importance.choose_briefs(stories, shown=stories[:1])

    assert [brief.title for brief in briefs] == ["B", *(f"C{number}" for number in range(8))]
    assert importance.choose_briefs(stories, shown=stories) == ()
