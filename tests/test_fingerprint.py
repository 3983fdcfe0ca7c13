"""Fingerprints: equal where everything is equal, different where anything that makes the bytes differs."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import SETTINGS, card
from samples import given as gave

from generator import fingerprint, listings
from generator.model import Page

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
    page = replace(PAGE, view={"b": ["x"], "a": 1})

    assert fingerprint.fingerprint(page, "closure", "engine") == SAME


@pytest.mark.parametrize(
    ("page", "closure", "engine"),
    [
        (replace(PAGE, view={"a": 2, "b": ["x"]}), "closure", "engine"),
        (replace(PAGE, path="2025/06/03/index.html"), "closure", "engine"),
        (replace(PAGE, template="front.html"), "closure", "engine"),
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
    prints = {fingerprint.fingerprint(replace(PAGE, view=view), "", "") for view in views}
    other = listings.view_front(gave(("front",), card(), card("plan")), SETTINGS)

    assert len(prints) == 1
    assert fingerprint.fingerprint(replace(PAGE, view=other), "", "") not in prints
