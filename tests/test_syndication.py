"""The views of feeds, their list, sitemaps and robots.txt."""

from datetime import UTC, datetime

import pytest
from samples import SETTINGS, card
from samples import given as gave

from generator import syndication
from generator.feed_views import Location
from generator.inputs import Listed
from generator.model import Key
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


def test_a_months_sitemap_holds_itself_its_days_and_its_articles() -> None:
    days = (Listed(("day", "2025-06-04"), "", 1),)

    view = syndication.view_month_sitemap(gave(("sitemap", "2025-06"), NEW, OLD, terms=days), SETTINGS)

    assert view is not None
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


def test_robots_are_shown_both_sitemaps() -> None:
    assert syndication.view_robots(gave(("robots",)), SETTINGS).sitemaps == (
        "sitemap.xml",
        "news-sitemap.xml",
    )
