"""Keys: where an article shows up, how keys are addressed, and that two questions are each other's reverse."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import filed, terms

from generator import keys
from generator.inputs import Filed
from generator.model import Key
from generator.views import Term

slugs = st.sampled_from(("rail", "sport", "北京", "c-plus-plus", "2025", "a"))
months = st.dates().map(lambda day: day.isoformat()[:7])
every_key: st.SearchStrategy[Key] = st.one_of(
    st.sampled_from((*keys.FIXED, ("article", "2025/06/02/cup/"), ("page", "about/"), ("redirect", "old/"))),
    st.tuples(st.just("day"), st.dates().map(str)),
    st.tuples(st.sampled_from(("month", keys.MAP)), months),
    st.tuples(st.just("year"), months.map(lambda month: month[:4])),
    st.tuples(st.just("topic-day"), slugs, st.dates().map(str)),
    st.tuples(st.sampled_from(tuple(keys.TERMS)), slugs),
    st.tuples(st.sampled_from([f"{kind}-month" for kind in keys.TERMS]), slugs, months),
)
articles = st.builds(
    filed,
    moment=st.datetimes().map(lambda moment: moment.replace(fold=0).isoformat() + "+00:00"),
    tags=st.lists(slugs, max_size=3, unique=True).map(lambda names: terms(*names)),
    source=st.none() | slugs.map(lambda slug: Term(slug, slug)),
    aliases=st.lists(st.sampled_from(("old/", "2024/older/")), unique=True).map(tuple),
)


def holds(beginnings: tuple[Key, ...], key: Key) -> bool:
    """Tell whether a key is among those whose last part begins as one of these does."""
    return any(
        len(key) >= len(beginning)
        and key[: len(beginning) - 1] == beginning[:-1]
        and key[len(beginning) - 1].startswith(beginning[-1])
        for beginning in beginnings
    )


def test_an_article_is_a_member_of_these_keys() -> None:
    article = filed(tags=terms("rail"), source=Term("The Courier", "the-courier"), aliases=("old/",))

    assert set(keys.keys(article)) == {
        ("article", "2025/06/02/cup/"),
        ("redirect", "old/"),
        ("front",),
        ("news",),
        ("day", "2025-06-02"),
        ("month", "2025-06"),
        ("sitemap", "2025-06"),
        ("year", "2025"),
        ("topic", "sport"),
        ("topic-month", "sport", "2025-06"),
        ("topic-day", "sport", "2025-06-02"),
        ("tag", "rail"),
        ("tag-month", "rail", "2025-06"),
        ("source", "the-courier"),
        ("source-month", "the-courier", "2025-06"),
        ("language", "en"),
        ("language-month", "en", "2025-06"),
    }


def test_a_page_that_stands_by_itself_is_listed_nowhere_but_in_the_sitemap() -> None:
    page = filed(path="about/", aliases=("old/",))

    assert list(keys.keys(page)) == [("page", "about/"), ("redirect", "old/")]
    assert list(keys.terms(page)) == []
    assert keys.listed_on(("page", "about/")) == (("sitemap-pages",),)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("about/", ("about/",)),
        ("about/old/", ("about/",)),
        ("2025/06/02/cup/", ("2025/06/02/cup/", "2025/")),
        ("2025/06/02/cup/a/b/", ("2025/06/02/cup/a/b/", "2025/06/02/cup/a/", "2025/06/02/cup/", "2025/")),
    ],
)
def test_an_address_lies_in_the_folders_of_these(address: str, expected: tuple[str, ...]) -> None:
    assert keys.addresses_above(address) == expected


@given(articles)
def test_no_key_comes_twice_and_each_has_an_address_of_its_own(article: Filed) -> None:
    found = list(keys.keys(article))

    assert len(set(found)) == len(found)
    beside = {
        keys.MAP,
        "news",
        *keys.COUNTED,
    }  # their files lie beside the page of the month, and the front page
    pages = [keys.path(key) for key in found if key[0] not in beside]
    assert len(set(pages)) == len(pages)


@given(every_key, every_key)
def test_what_is_listed_on_a_page_is_what_the_page_lists(key: Key, page: Key) -> None:
    assert (page in keys.listed_on(key)) == holds(keys.lists(page), key)


@given(every_key)
def test_every_page_that_shows_a_key_lists_it(key: Key) -> None:
    assert all(holds(keys.lists(page), key) for page in keys.listed_on(key))


@given(articles)
def test_the_keys_of_an_article_are_listed_where_they_belong(article: Filed) -> None:
    found = set(keys.keys(article))
    pages = {page for key in found for page in keys.listed_on(key)}

    assert pages <= found | set(keys.INDEXES)
    assert {parent for key in found if (parent := keys.parent(key))} <= found


@pytest.mark.parametrize(
    ("key", "path"),
    [
        (("front",), ""),
        (("article", "2025/06/02/cup/"), "2025/06/02/cup/"),
        (("redirect", "old/"), "old/"),
        (("page", "about/"), "about/"),
        (("day", "2025-06-02"), "2025/06/02/"),
        (("month", "2025-06"), "2025/06/"),
        (("year", "2025"), "2025/"),
        (("topic", "sport"), "topics/sport/"),
        (("tag", "北京"), "tags/北京/"),
        (("source-month", "the-courier", "2025-06"), "sources/the-courier/2025/06/"),
        (("tags",), "tags/"),
        (("trends",), "trends/"),
        (("sitemaps",), ""),
        (("not-found",), ""),
    ],
)
def test_a_key_has_its_address(key: Key, path: str) -> None:
    assert keys.path(key) == path


@given(every_key)
def test_an_address_is_a_folder_below_the_root(key: Key) -> None:
    path = keys.path(key)

    assert path == "" or path.endswith("/")
    assert not path.startswith("/")


def test_an_archive_belongs_to_its_term() -> None:
    assert keys.parent(("tag-month", "rail", "2025-06")) == ("tag", "rail")
    assert keys.parent(("tag", "rail")) is None
    assert keys.parent(("month", "2025-06")) is None


def test_a_term_has_the_articles_own_spelling() -> None:
    article = filed(tags=(Term("Rail!", "rail"),), source=Term("Wire", "wire"))

    assert list(keys.terms(article)) == [
        ("topic", "sport", "Sport"),
        ("tag", "rail", "Rail!"),
        ("source", "wire", "Wire"),
    ]


@given(articles)
def test_what_is_dated_is_a_part_of_what_is_not(article: Filed) -> None:
    listed = [key for key in keys.keys(article) if key[0] != "article"]
    within = {key: keys.within(key) for key in listed}

    assert {holder for holder, _ in within.values()} <= set(listed)
    for key, (holder, period) in within.items():
        assert keys.within(holder) == (holder, "")
        assert (period == "") == (key in {holder, keys.NEWS})
        assert article.card.path.startswith(keys.path(("day", period)) if period else "")


@given(every_key, every_key)
def test_two_keys_that_hold_the_same_are_one_or_a_sitemap(one: Key, other: Key) -> None:
    same = {keys.MAP: "month", "news": "front"}
    one, other = ((same.get(key[0], key[0]), *key[1:]) for key in (one, other))

    assert (keys.within(one) == keys.within(other)) == (one == other)
