"""Fingerprints: equal where everything is equal, different where anything that makes the bytes differs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import SETTINGS, card, filed, terms
from samples import given as gave

from generator import fingerprint, listings, records, shelf, syndication
from generator.model import Page
from generator.records import changed
from generator.views import Card, Entry, Term

texts = st.text(st.characters(codec="utf-8"), max_size=6)
PAGE = Page(("day", "2025-06-02"), "2025/06/02/index.html", "day.html", {"a": 1, "b": ["x"]})
SAME = fingerprint.fingerprint(PAGE, "closure", "engine")


@given(st.binary())
def test_a_digest_is_32_hexadecimal_digits(data: bytes) -> None:
    digest = fingerprint.digest(data)

    assert len(digest) == 32
    assert digest == bytes.fromhex(digest).hex()


def test_a_digest_never_changes() -> None:
    assert fingerprint.digest(b"") == "cae66941d9efbd404e4d88758ea67670"


def test_the_order_of_a_views_keys_does_not_matter() -> None:
    page = changed(PAGE, view={"b": ["x"], "a": 1})

    assert fingerprint.fingerprint(page, "closure", "engine") == SAME


@pytest.mark.parametrize(
    ("page", "closure", "engine"),
    [
        (changed(PAGE, view={"a": 2, "b": ["x"]}), "closure", "engine"),
        (changed(PAGE, path="2025/06/03/index.html"), "closure", "engine"),
        (changed(PAGE, template="front.html"), "closure", "engine"),
        (PAGE, "another", "engine"),
        (PAGE, "closure", "another"),
        (PAGE, "engine", "closure"),
    ],
)
def test_anything_that_decides_the_bytes_changes_it(page: Page, closure: str, engine: str) -> None:
    assert fingerprint.fingerprint(page, closure, engine) != SAME


@given(st.tuples(texts, texts, texts, texts), st.tuples(texts, texts, texts, texts))
def test_nothing_can_slip_from_one_ingredient_into_the_next(
    one: tuple[str, ...], other: tuple[str, ...]
) -> None:
    prints = {
        (path, template, closure, engine): fingerprint.fingerprint(
            Page(("front",), path, template, None), closure, engine
        )
        for path, template, closure, engine in (one, other)
    }

    assert len(set(prints.values())) == len(prints)


@given(texts, texts)
def test_the_border_of_two_ingredients_counts(left: str, right: str) -> None:
    joined = fingerprint.fingerprint(PAGE, left + right, "")

    assert (joined == fingerprint.fingerprint(PAGE, left, right)) == (right == "")


def test_views_of_the_page_table_are_digested_by_value() -> None:
    views = [listings.view_front(gave(("front",), card(), card("play")), SETTINGS) for _ in range(2)]
    prints = {fingerprint.fingerprint(changed(PAGE, view=view), "", "") for view in views}
    other = listings.view_front(gave(("front",), card(), card("plan")), SETTINGS)

    assert len(prints) == 1
    assert fingerprint.fingerprint(changed(PAGE, view=other), "", "") not in prints


def test_a_story_in_a_list_is_told_from_others_by_its_stamp_or_by_all_it_holds() -> None:
    def shown(*cards: Card) -> fingerprint.Fingerprint:
        view = listings.view_day(gave(("day", "2025-06-02"), *cards), SETTINGS)
        return fingerprint.fingerprint(changed(PAGE, view=view), "", "")

    stories = [
        card(),
        card(title="Other"),
        card(stamp="a"),
        card(title="Other", stamp="b"),
        card("play"),
    ]

    assert len({shown(story) for story in stories}) == len(stories)
    assert shown(card(stamp="a")) == shown(card(stamp="a"))


def test_every_field_of_a_story_counts_for_its_stamp() -> None:
    other = card("play", tags=terms("rail"), summary="S", source=Term("Courier", "courier"), has_body=True)
    changes = [
        {name: getattr(other, name)} for name in ("id", "title", "tags", "summary", "source", "has_body")
    ]
    stories = [filed(), *(filed(**change) for change in changes)]
    stamps = {records.decode(shelf.shelve(story).card, Card).stamp for story in stories}

    assert len(stamps) == len(stories)
    assert "" not in stamps


def test_a_body_is_told_from_others_by_its_stamp_or_by_all_it_holds() -> None:
    def shown(*entries: Entry) -> set[str]:
        feeds = [syndication.view_feed(gave(("front",), entries=(entry,)), SETTINGS) for entry in entries]
        pages = [
            listings.view_article(gave(("article", ""), entries=(entry,)), SETTINGS) for entry in entries
        ]
        views = [changed(PAGE, view=view) for view in (*feeds, *pages)]
        return {fingerprint.fingerprint(view, "", "").whole for view in views}

    bodies = [Entry(card(), "<p>One.</p>", stamp="1"), Entry(card(), "<p>Two.</p>", stamp="2"), Entry(card())]

    assert len(shown(*bodies, Entry(card(), "<p>One.</p>"))) == 2 * (len(bodies) + 1)
    assert shown(bodies[0]) == shown(Entry(card(), "", stamp="1"))
