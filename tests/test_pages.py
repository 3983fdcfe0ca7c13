"""The page table: every kind is reached, no two rows write one file, and a change touches what shows it."""

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import SETTINGS, filed, terms
from samples import given as gave

from generator import keys, pages, render
from generator.inputs import Filed, Given
from generator.model import Key
from generator.pages import Input, Row
from generator.records import changed
from generator.views import Term

FULL = filed(tags=terms("rail"), source=Term("Wire", "wire"), aliases=("old/",))
EVERY_KEY = (*keys.keys(FULL), *keys.keys(filed(path="about/")), *keys.FIXED)
articles = st.none() | st.builds(
    filed,
    st.sampled_from(("cup", "play")),
    st.sampled_from(("<p>One.</p>", "<p>Two.</p>")),
    moment=st.sampled_from(("2025-06-02T10:00:00+00:00", "2024-12-31T23:00:00+00:00")),
    tags=st.sampled_from((terms(), terms("rail"), terms("rail", "port"))),
    source=st.sampled_from((None, Term("Wire", "wire"))),
    title=st.sampled_from(("One", "Two")),
    aliases=st.sampled_from(((), ("old/",))),
)


def test_every_kind_of_the_table_is_the_kind_of_a_key_and_the_other_way_round() -> None:
    kinds = {key[0] for key in EVERY_KEY} - keys.COUNTED

    assert {row.kind for row in pages.TABLE} == kinds


def test_no_two_rows_write_one_file() -> None:
    named = [(keys.path(key), key) for key in set(EVERY_KEY)]
    files = Counter(path + name for path, key in named for row in pages.rows(key[0]) for name, _ in row.files)

    assert {file for file, times in files.items() if times > 1} == set()


def test_every_template_can_be_rendered() -> None:
    templates = {template for row in pages.TABLE for _, template in row.files}

    assert templates == pages.html_templates() | {*render.RENDERERS, *render.FRAMED}


def test_a_row_that_shows_members_says_how_many() -> None:
    for row in pages.TABLE:
        assert (row.members != 0) == (Input.MEMBERS in row.inputs), row.kind
        assert Input.BODY not in row.inputs or Input.MEMBERS in row.inputs, row.kind


def test_rows_that_list_keys_have_keys_to_list() -> None:
    for row in pages.TABLE:
        key = next(key for key in EVERY_KEY if key[0] == row.kind)
        assert Input.TERMS not in row.inputs or keys.lists(key), row.kind


def test_an_unknown_kind_has_no_rows() -> None:
    assert pages.rows("attachments") == ()


@given(articles, articles)
def test_a_change_touches_the_keys_of_before_and_after(old: Filed | None, new: Filed | None) -> None:
    touched = pages.touched(old, new)
    shown = {key for article in (old, new) if article for key in keys.keys(article)}
    shown = {key for key in shown if key[0] not in keys.COUNTED}
    only_body = bool(old and new and changed(old, entry=changed(old.entry, content=new.entry.content)) == new)
    if old and new and pages.mapped(old) == pages.mapped(new):
        shown = {key for key in shown if key[0] != keys.MAP}

    assert touched & shown == (
        {key for key in shown if key[0] in pages.SHOWING_BODIES} if only_body else shown
    )
    assert all(
        ("redirect", article.card.path) in touched for article in (old, new) if article and not only_body
    )
    assert touched == pages.touched(new, old)


def test_nothing_touches_nothing() -> None:
    assert pages.touched(None, None) == frozenset()


def test_an_edit_of_the_body_touches_only_what_shows_bodies() -> None:
    edited = changed(FULL, entry=changed(FULL.entry, content="<p>Other.</p>"))

    assert pages.touched(FULL, edited) == {
        ("article", "2025/06/02/cup/"),
        ("front",),
        ("topic", "sport"),
        ("source", "wire"),
        ("language", "en"),
    }


def test_a_first_text_or_new_names_in_the_body_touch_everything_but_the_sitemap() -> None:
    for edited in (
        changed(FULL, attachments=("a.png",)),
        changed(FULL, entry=changed(FULL.entry, card=changed(FULL.card, has_body=True))),
    ):
        assert pages.touched(FULL, edited) >= set(keys.keys(FULL)) - {
            ("sitemap", "2025-06"),
            ("topic-day", "sport", "2025-06-02"),
        }


@pytest.mark.parametrize("what", ["date", "updated"])
def test_another_date_touches_the_sitemap(what: str) -> None:
    card = changed(FULL.card, **{what: FULL.card.date + timedelta(hours=1)})

    assert ("sitemap", "2025-06") in pages.touched(FULL, changed(FULL, entry=changed(FULL.entry, card=card)))


def give(key: Key, row: Row) -> Given:
    entries = (FULL.entry,) if Input.BODY in row.inputs else ()
    cards = (FULL.card,) if Input.MEMBERS in row.inputs else ()
    return gave(key, *cards, total=1, above=1, entries=entries)


def test_the_pages_of_a_key_are_its_rows_files() -> None:
    made = [page for key in keys.keys(FULL) for page in pages.plan_pages(key, give, SETTINGS)]
    paths = {page.path for page in made}

    assert len(paths) == len(made)
    assert {
        "2025/06/02/cup/index.html",
        "old/index.html",
        "index.html",
        "rss.xml",
        "tags/rail/atom.xml",
    } <= paths
    assert all(page.view.site == SETTINGS.site for page in made)


def test_a_view_is_given_what_its_row_declares() -> None:
    asked: list[tuple[str, int]] = []

    def listen(key: Key, row: Row) -> Given:
        asked.append((row.kind, row.members))
        return gave(key)

    list(pages.plan_pages(("front",), listen, SETTINGS))

    assert asked == [(row.kind, row.members) for row in pages.rows("front")]
