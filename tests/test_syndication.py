"""The views of feeds, their list, sitemaps and robots.txt."""

from datetime import UTC, datetime

import pytest
from samples import SETTINGS, card
from samples import given as gave

from generator import listings, syndication
from generator.feed_views import Location, Parts, SitemapView
from generator.inputs import Listed
from generator.model import Key
from generator.pages import plan_pages
from generator.records import changed
from generator.views import Entry

NEW = card("new", "2025-06-04T10:00:00+00:00")
OLD = card("old", updated=datetime(2025, 6, 5, tzinfo=UTC))
ENTRIES = (Entry(NEW, "<p>New.</p>", "https://c.example/a"), Entry(OLD, "<p>Old.</p>"))


def test_a_feed_has_bodies_and_the_date_of_its_latest_change() -> None:
    feed = syndication.view_feed(gave(("front",), entries=ENTRIES), SETTINGS)

    assert feed is not None
    assert feed.entries == ENTRIES
    assert feed.updated == OLD.updated
    assert (feed.id, feed.title, feed.folder, feed.home) == ("http://127.0.0.1:8000/", "News digest", "", "")


def test_a_feed_of_summaries_has_no_bodies_but_its_sources() -> None:
    settings = changed(SETTINGS, full_feeds=False)

    feed = syndication.view_feed(gave(("source", "wire"), entries=ENTRIES, name="Wire"), settings)

    assert feed is not None
    assert [(entry.card, entry.content, entry.source_url) for entry in feed.entries] == [
        (NEW, "", "https://c.example/a"),
        (OLD, "", ""),
    ]


@pytest.mark.parametrize(
    ("key", "title", "folder"),
    [
        (("topic", "sport"), "Sport – News digest", "topics/sport/"),
        (("tag", "c-plus-plus"), "C++ – News digest", "tags/c-plus-plus/"),
        (("source", "wire"), "C++ – News digest", "sources/wire/"),
    ],
)
def test_a_terms_feed_is_named_after_it(key: Key, title: str, folder: str) -> None:
    feed = syndication.view_feed(gave(key, NEW, name="C++"), SETTINGS)

    assert feed is not None
    assert (feed.title, feed.folder, feed.home) == (title, folder, folder)
    assert feed.id == f"http://127.0.0.1:8000/{folder}"


def test_only_the_sites_own_feed_may_be_empty_and_then_no_clock_dates_it() -> None:
    feed = syndication.view_feed(gave(("front",)), SETTINGS)

    assert feed is not None
    assert feed.updated == datetime(1970, 1, 1, tzinfo=UTC)
    assert all(
        syndication.view_feed(gave((kind, "x")), SETTINGS) is None for kind in ("topic", "tag", "source")
    )


def test_subscriptions_are_grouped_and_empty_groups_left_out() -> None:
    terms = (Listed(("tag", "rail"), "Rail", 1), Listed(("topic", "sport"), "sport", 2))

    view = syndication.view_subscriptions(gave(("subscriptions",), terms=terms), SETTINGS)

    assert [(name, [(feed.title, feed.feed) for feed in feeds]) for name, feeds in view.groups] == [
        ("News digest", [("News digest", "atom.xml")]),
        ("Topics", [("Sport", "topics/sport/atom.xml")]),
        ("Tags", [("Rail", "tags/rail/atom.xml")]),
    ]


def test_of_thousands_of_feeds_those_with_the_most_stories_are_listed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terms = tuple(Listed((kind, f"t{n}"), f"t{n}", n % 5) for kind in ("tag", "source") for n in range(8))
    monkeypatch.setattr(listings, "LISTED", 3)

    view = syndication.view_subscriptions(gave(("subscriptions",), terms=terms), SETTINGS)

    assert [[feed.title for feed in feeds] for _, feeds in view.groups[1:]] == [["t2", "t3", "t4"]] * 2


def test_a_months_sitemap_holds_itself_its_days_and_its_articles() -> None:
    days = (Listed(("day", "2025-06-04"), "", 1),)

    view = syndication.view_month_sitemap(gave(("sitemap", "2025-06"), NEW, OLD, terms=days), SETTINGS)

    assert isinstance(view, SitemapView)
    assert view.locations == (
        Location("2025/06/"),
        Location("2025/06/04/"),
        Location("2025/06/04/new/", NEW.date),
        Location("2025/06/02/old/", OLD.updated),
    )
    assert syndication.view_month_sitemap(gave(("sitemap", "2025-06")), SETTINGS) is None


def test_the_sitemap_of_pages_names_each_once() -> None:
    terms = (
        Listed(("topic", "sport"), "Sport", 1),
        Listed(("tag", "rail"), "Rail", 1),
        Listed(("year", "2025"), "", 1),
    )

    view = syndication.view_pages_sitemap(gave(("sitemap-pages",), terms=terms), SETTINGS)
    paths = [location.path for location in view.locations]

    assert len(set(paths)) == len(paths)
    assert {
        "",
        "topics/",
        "tags/",
        "sources/",
        "topics/arts/",
        "topics/sport/",
        "tags/rail/",
        "2025/",
    } <= set(paths)


def test_a_month_with_too_many_articles_has_several_sitemaps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(syndication, "ARTICLES", 2)
    days = (Listed(("day", "2025-06-02"), "", 5),)
    cards = [card(f"a{number}") for number in range(5)]

    made = syndication.view_month_sitemap(gave(("sitemap", "2025-06"), *cards, terms=days), SETTINGS)
    index = syndication.view_sitemaps(
        gave(("sitemaps",), terms=(Listed(("month", "2025-06"), "", 5),)), SETTINGS
    )
    pages = list(plan_pages(("sitemap", "2025-06"), lambda key, _: gave(key, *cards, terms=days), SETTINGS))

    assert isinstance(made, Parts)
    assert [len(view.locations) for view in made.views] == [4, 2, 1]
    assert [page.path for page in pages] == [location.path for location in index.locations[1:]]
    assert [page.path for page in pages] == [
        "2025/06/sitemap.xml",
        "2025/06/sitemap-2.xml",
        "2025/06/sitemap-3.xml",
    ]


def test_of_too_many_terms_those_with_the_fewest_articles_are_in_no_sitemap(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terms = tuple(Listed(("tag", f"t{number}"), "", number) for number in range(10))
    standing = len(syndication.view_pages_sitemap(gave(("sitemap-pages",)), SETTINGS).locations)
    monkeypatch.setattr(syndication, "LOCATIONS", standing + 3)

    view = syndication.view_pages_sitemap(gave(("sitemap-pages",), terms=terms), SETTINGS)

    assert [location.path for location in view.locations[standing:]] == ["tags/t7/", "tags/t8/", "tags/t9/"]


def test_what_a_sitemap_of_a_month_holds_fits_into_one() -> None:
    assert syndication.ARTICLES + len(["month"]) + 31 <= syndication.LOCATIONS


def test_the_index_of_sitemaps_has_one_per_month() -> None:
    months = (Listed(("month", "2025-06"), "", 2), Listed(("month", "2024-12"), "", 1))

    view = syndication.view_sitemaps(gave(("sitemaps",), terms=months), SETTINGS)

    assert [location.path for location in view.locations] == [
        "sitemap-pages.xml",
        "2025/06/sitemap.xml",
        "2024/12/sitemap.xml",
    ]


def test_news_is_two_days_old_at_most_counted_from_the_newest() -> None:
    edge = card("edge", "2025-06-02T10:00:00+00:00")
    past = card("past", "2025-06-02T09:59:59+00:00")

    view = syndication.view_news(gave(("front",), NEW, edge, past), SETTINGS)

    assert view.cards == (NEW, edge)
    assert syndication.view_news(gave(("front",)), SETTINGS).cards == ()


def test_crawlers_of_models_are_turned_away_where_the_site_says_so() -> None:
    welcome, closed = (changed(SETTINGS, ai_crawlers=answer) for answer in (True, False))

    assert syndication.view_robots(gave(("robots",)), welcome).refused == ()
    assert {"GPTBot", "ClaudeBot", "Google-Extended", "CCBot"} <= set(
        syndication.view_robots(gave(("robots",)), closed).refused
    )


def test_robots_are_shown_both_sitemaps() -> None:
    assert syndication.view_robots(gave(("robots",)), SETTINGS).sitemaps == (
        "sitemap.xml",
        "news-sitemap.xml",
    )
