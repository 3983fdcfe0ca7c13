"""`dateline check`: feeds as subscribers read them, lists of subscriptions, sitemaps against the pages."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from checking import checked, list_in_sitemap, newsroom, problems
from conftest import Project

from generator.checking import sitemaps
from generator.checking.feedshapes import parse_date
from generator.checking.readback import MOST, chosen, read_back
from generator.model import Severity

FILM = "https://news.example/2025/06/01/film/"
CUP = "content/sport/2025-06-02/cup.md"


@pytest.fixture
def built(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    return newsroom(project, tmp_path_factory.getbasetemp())


def found(project: Project, path: str) -> list[tuple[str, Severity]]:
    """Give what is wrong with one file, without what feedparser says of it."""
    issues = [issue for issue in checked(project).issues if issue.path == f"site/{path}"]
    return [(issue.message, issue.severity) for issue in issues if "(feedparser)" not in issue.message]


def change(project: Project, path: str, pattern: str, text: str) -> Project:
    """Replace what a pattern finds first in a file of the site."""
    before = project.read(path)
    after = re.sub(pattern, text, before, count=1, flags=re.DOTALL)
    assert after != before, f"{pattern} is not in {path}"
    return project.write(f"site/{path}", after)


@pytest.mark.parametrize(
    ("path", "pattern", "text", "message"),
    [
        ("rss.xml", r"<guid[^>]*>[^<]*</guid>", "", "an entry of this feed has no id"),
        ("atom.xml", r"(<entry>.*?)<id>[^<]*</id>", r"\1", "an entry of this feed has no id"),
        ("rss.xml", r"(<item>\s*)<title>[^<]*</title>", r"\1", "an entry of this feed has no title"),
        ("atom.xml", r"(<entry>.*?)<title>[^<]*</title>", r"\1", "an entry of this feed has no title"),
        ("rss.xml", r"(<item>.*?)<link>[^<]*</link>", r"\1", "an entry of this feed has no link"),
        ("atom.xml", r"(<entry>.*?)<link [^>]*>", r"\1", "an entry of this feed has no link"),
        ("rss.xml", r"<pubDate>[^<]*</pubDate>", "", "an entry of this feed has no date"),
        ("rss.xml", r"<pubDate>[^<]*", "<pubDate>yesterday", "an entry of this feed has a date that is none"),
        (
            "atom.xml",
            r"<published>[^<]*",
            "<published>2025-06-02",
            "an entry of this feed has a date that is none",
        ),
        ("atom.xml", r"<title>[^<]*</title>", "", "this feed has no title"),
        (
            "rss.xml",
            r'href="https://news.example/rss.xml"',
            'href="https://news.example/atom.xml"',
            "this feed says that it is served at https://news.example/atom.xml, where it is not",
        ),
    ],
)
def test_what_a_feed_lacks_is_an_error(
    built: Project, path: str, pattern: str, text: str, message: str
) -> None:
    change(built, path, pattern, text)

    assert found(built, path) == [(message, Severity.ERROR)]


@pytest.mark.parametrize("path", ["rss.xml", "atom.xml"])
def test_an_id_belongs_to_one_entry(built: Project, path: str) -> None:
    first, second = re.findall("urn:uuid:[0-9a-f-]+", built.read(path))
    built.write(f"site/{path}", built.read(path).replace(second, first))

    message = "two entries of this feed have one id, so that readers take them for one"
    assert found(built, path) == [(message, Severity.ERROR)]


@pytest.mark.parametrize(
    ("pattern", "text", "message"),
    [
        (
            r"<published>[^<]*",
            "<published>2025-07-02T12:00:00Z",
            "an entry of this feed is dated in the future",
        ),
        (
            r"<entry>(.*?)<updated>[^<]*",
            r"<entry>\1<updated>2025-07-02T12:00:00Z",
            "an entry of this feed is dated in the future",
        ),
        (
            r"<published>[^<]*",
            "<published>2025-05-02T12:00:00Z",
            "the entries of this feed are not in the order of their dates, newest first",
        ),
        (r'<link href="[^"]*" rel="self"[^>]*>', "", "this feed does not say where it is served"),
    ],
)
def test_what_is_odd_about_a_feed_is_a_warning(built: Project, pattern: str, text: str, message: str) -> None:
    change(built, "atom.xml", pattern, text)

    assert found(built, "atom.xml") == [(message, Severity.WARNING)]


def test_a_feed_has_no_more_entries_than_the_configuration_says(built: Project) -> None:
    built.configure("[feeds]\nlimit = 1\n")

    messages = {issue.message for issue in checked(built).issues if issue.path == "site/rss.xml"}

    assert messages == {"this feed has more entries than [feeds] limit, 1"}


def test_unsafe_texts_in_feeds_are_told_with_the_article_they_are_of(built: Project) -> None:
    entry = r"(<entry>.*?/cup/.*?<summary)>"
    change(built, "sources/herald/atom.xml", entry, r'\1 type="html">&lt;script&gt;x&lt;/script&gt;')

    (issue,) = checked(built).issues

    assert issue.path == "site/sources/herald/atom.xml"
    assert issue.message == f"the text of an article holds a script ({CUP})"
    assert issue.severity is Severity.ERROR


def test_plain_texts_in_feeds_hold_no_html(project: Project) -> None:
    summary = '"<script>x</script> & <a href=javascript:x>"'
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02", summary=summary).build()

    assert problems(project) == []


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml", "feed.json"])
def test_addresses_in_texts_of_feeds_are_absolute(built: Project, name: str) -> None:
    texts = {
        "rss.xml": (r"(<item>.*?<description>)", r"\1&lt;a href='/2025/'&gt;x&lt;/a&gt; "),
        "atom.xml": (r"&lt;p&gt;", '&lt;p&gt;&lt;a href="/2025/"&gt;x&lt;/a&gt;'),
        "feed.json": (r"<p>", "<p><a href='/2025/'>x</a>"),
    }
    change(built, name, *texts[name])

    (issue,) = checked(built).issues

    assert issue.path == f"site/{name}"
    assert "an address that is not absolute, which feed readers cannot follow (content/" in issue.message
    assert issue.severity is Severity.WARNING


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (
            lambda feed: feed.update(version="1"),
            "the version of this JSON Feed is not https://jsonfeed.org/version/1.1",
        ),
        (lambda feed: feed.pop("title"), "this feed has no title"),
        (lambda feed: feed.pop("items"), "this JSON Feed has no list of items"),
        (lambda feed: feed.update(items=["x"]), "an item of this JSON Feed is no object"),
        (lambda feed: feed["items"][0].update(content_html=""), "an entry of this feed has no text"),
        (
            lambda feed: feed["items"][0].update(authors=[{}]),
            "the authors of an item of this JSON Feed are none",
        ),
        (
            lambda feed: feed["items"][0].update(authors="A"),
            "the authors of an item of this JSON Feed are none",
        ),
        (
            lambda feed: feed["items"][0].update(tags=[1]),
            "the tags of an item of this JSON Feed are no list of texts",
        ),
        (
            lambda feed: feed["items"][0].update(date_published="June"),
            "an entry of this feed has a date that is none",
        ),
    ],
)
def test_a_json_feed_keeps_to_its_rules(
    built: Project, edit: Callable[[dict[str, Any]], object], message: str
) -> None:
    feed = json.loads(built.read("feed.json"))
    edit(feed)
    built.write("site/feed.json", json.dumps(feed))

    assert found(built, "feed.json") == [(message, Severity.ERROR)]


def test_an_id_in_a_json_feed_is_text(built: Project) -> None:
    feed = json.loads(built.read("feed.json"))
    feed["items"][0]["id"] = 1
    built.write("site/feed.json", json.dumps(feed))

    messages = {message for message, _ in found(built, "feed.json")}

    assert messages == {
        "an item of this JSON Feed has an id that is no text",
        "an entry of this feed has no id",
    }


@pytest.mark.parametrize("text", ["[]", "1", "null", '"x"'])
def test_a_json_feed_is_an_object(built: Project, text: str) -> None:
    built.write("site/feed.json", text)

    assert found(built, "feed.json") == [("this file is no JSON Feed, which is an object", Severity.ERROR)]


@pytest.mark.parametrize(
    ("pattern", "text", "message"),
    [
        (' version="2.0"', "", "this OPML does not say its version"),
        (r"<head>.*</head>", "", "this OPML lacks its head or its body"),
        (r' text="Sport"', "", "an outline of this OPML has no text"),
        (r' xmlUrl="[^"]*sport/atom.xml"', "", "a subscription in this OPML has no xmlUrl"),
        (r"sport/atom.xml", "arts/atom.xml", "this OPML has one feed twice"),
    ],
)
def test_a_list_of_subscriptions_keeps_to_its_rules(
    built: Project, pattern: str, text: str, message: str
) -> None:
    change(built, "subscriptions.opml", pattern, text)

    assert [said for said, _ in found(built, "subscriptions.opml")] == [message]


@pytest.mark.parametrize(
    ("date", "year"),
    [
        ("Mon, 02 Jun 2025 08:00:00 +0000", 2025),
        ("2025-06-02T08:00:00+02:00", 2025),
        ("2025-06-02T08:00:00Z", 2025),
        ("2025-06-02T08:00:00", None),
        ("Mon, 99 Jun 2025", None),
        ("", None),
    ],
)
def test_a_date_of_a_feed_has_a_zone(date: str, year: int | None) -> None:
    moment = parse_date(date)

    assert (moment.year if moment else None) == year


# As a subscriber's program reads them


def test_a_feed_reader_reads_some_feeds_of_every_kind() -> None:
    kinds = ("languages", "sources", "tags", "topics")
    paths = [
        f"{kind}/{number}/{name}"
        for kind in kinds
        for number in range(40)
        for name in ("rss.xml", "atom.xml")
    ]
    paths += ["rss.xml", "atom.xml", "feed.json", "sitemap.xml", "index.html"]

    read = chosen(dict.fromkeys(paths, 1000))

    assert len(read) == MOST
    assert {"rss.xml", "atom.xml"} < read
    assert {f"{kind}/0/{name}" for kind in kinds for name in ("rss.xml", "atom.xml")} < read


def test_of_large_feeds_a_feed_reader_reads_only_the_sites_own() -> None:
    paths = ["rss.xml", "atom.xml", "topics/arts/atom.xml", "topics/sport/atom.xml"]

    assert chosen(dict.fromkeys(paths, 10_000_000)) == {"rss.xml", "atom.xml"}


def test_what_a_feed_reader_stumbles_over_is_told() -> None:
    feed = b"<rss version='2.0'><channel><item><title>x</title><link>/x</link></item></channel></rss>"

    messages = [seen.fault.message for seen in read_back(feed, "rss.xml", 2)]

    assert messages == [
        "a feed reader (feedparser) finds 1 entries in this feed, which has 2",
        "a feed reader (feedparser) finds no id in an entry of this feed",
        "a feed reader (feedparser) finds no date in an entry of this feed",
    ]
    (damaged, *_) = read_back(b"<rss><channel>&nope;", "rss.xml", 0)
    assert damaged.fault.message.startswith("a feed reader (feedparser) takes this feed for damaged: ")


def test_a_check_reads_feeds_back(built: Project) -> None:
    change(built, "topics/sport/atom.xml", r"(<entry>.*?)<id>[^<]*</id>", r"\1<id> </id>")

    messages = [issue.message for issue in checked(built).issues if issue.path.endswith("sport/atom.xml")]

    assert any("(feedparser) finds no id" in message for message in messages)


# Sitemaps


def test_a_page_stands_in_one_sitemap(built: Project) -> None:
    change(built, "sitemap-pages.xml", r"\s*<url><loc>[^<]*/topics/arts/</loc></url>", "")
    list_in_sitemap(built, "2025/06/01/film/")

    first, second = problems(built)

    assert first.startswith(
        "site/2025/06/01/film/index.html:1: stands in more than one sitemap, or in one twice: "
    )
    assert first.endswith("sitemap-pages.xml (content/arts/2025-06-01/film.md)")
    assert second == "site/topics/arts/index.html:1: stands in no sitemap"


def test_a_news_sitemap_repeats_what_others_have(built: Project) -> None:
    assert FILM in built.read("news-sitemap.xml")
    assert FILM in built.read("2025/06/sitemap.xml")
    assert problems(built) == []


def test_an_article_whose_original_is_elsewhere_needs_no_sitemap(project: Project) -> None:
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02", canonical="https://port.example/cup")
    project.build()
    change(project, "2025/06/sitemap.xml", r"\s*<url><loc>[^<]*/cup/</loc>.*?</url>", "")

    assert problems(project) == []


def test_every_sitemap_has_a_name_somewhere(built: Project) -> None:
    change(built, "sitemap.xml", r"\s*<sitemap><loc>[^<]*/2025/06/sitemap.xml</loc>.*?</sitemap>", "")
    change(built, "robots.txt", r"Sitemap: [^\n]*news-sitemap.xml\n", "")

    message = "neither an index of sitemaps nor robots.txt names this sitemap"
    assert found(built, "2025/06/sitemap.xml") == [(message, Severity.ERROR)]
    assert found(built, "news-sitemap.xml") == [(message, Severity.ERROR)]


def test_a_sitemap_lists_no_other_site(built: Project) -> None:
    change(built, "sitemap-pages.xml", "</urlset>", "<url><loc>https://other.example/</loc></url></urlset>")

    assert found(built, "sitemap-pages.xml") == [("lists a page of another site", Severity.ERROR)]


@pytest.mark.parametrize(
    ("limit", "path", "message"),
    [
        ("MOST", "sitemap-pages.xml", r"has more entries than a sitemap may have, 1: \d+"),
        ("LARGEST", "2025/06/sitemap.xml", r"has more bytes than a sitemap may have, 1: \d+"),
        ("MOST_NEWS", "news-sitemap.xml", r"has more articles than a sitemap may have, 1: 2"),
    ],
)
def test_a_sitemap_has_limits(
    built: Project, monkeypatch: pytest.MonkeyPatch, limit: str, path: str, message: str
) -> None:
    monkeypatch.setattr(sitemaps, limit, 1)

    ((said, severity),) = found(built, path)

    assert re.fullmatch(message, said)
    assert severity is Severity.ERROR


def test_the_limits_are_those_of_the_protocol() -> None:
    assert (sitemaps.MOST, sitemaps.LARGEST, sitemaps.MOST_NEWS) == (50_000, 50 * 1024 * 1024, 1_000)
