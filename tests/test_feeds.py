"""Feeds as subscribers read them: each one valid, complete, newest first, with addresses that exist."""

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import feedparser
import pytest
from conftest import Project

from generator.pages import is_feed

BASE = "https://news.example/digest/"
FRONT = {"summary": "'S & <s>'", "tags": "[Port Ellery, C++, 北京]", "authors": "[Ann Ellery, 'Ärzte & Co']"}
FRONT |= {
    "source": "{name: The Courier, url: 'https://courier.example/a?b=1&c=2'}",
    "updated": "2025-06-03T10:00:00Z",
}
BODY = "See [data](data.csv), ![photo](<photo é.png>), [root](/about), [out](https://o.example/?a=1&b=2)"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project(tmp_path_factory.mktemp("feeds") / "site")
    config = '[site]\ntitle = "A & B <News>"\ndescription = "D & <d>"\nlanguage = "en-GB"\n'
    config += 'timezone = "Europe/Vienna"\n'
    project.write("dateline.toml", f'{config}base_url = "{BASE}"\n[feeds]\nlimit = 4\n')
    project.article(
        "arts/2025-06-02/show.md",
        '"]]> & <b>Bold</b>"',
        "2025-06-02T10:00:00+02:00",
        f"{BODY} ]]> \x07&amp; x",
        **FRONT,
    )
    project.write("content/arts/2025-06-02/data.csv", "a").write("content/arts/2025-06-02/photo é.png", "p")
    project.article("conflict/2025-06-04/salam.md", "'السلام عليكم'", "2025-06-04", "نص", language="ar")
    project.article(
        "sport/2025-06-03/empty.md", "Empty", "2025-06-03", "", source="The Courier", tags="[C++]"
    )
    for day in (1, 2, 3):
        project.article(
            f"sport/2025-05-0{day}/cup.md", f"Cup {day}", f"2025-05-0{day}T10:00:00Z", tags="[Cup]"
        )
    assert project.build().issues == ()
    return project


def xml_feeds(site: Project) -> list[str]:
    return [path for path in site.site() if path.endswith(("rss.xml", "atom.xml"))]


def json_feeds(site: Project) -> list[str]:
    return [path for path in site.site() if path.endswith("feed.json")]


def parsed(site: Project, path: str) -> Any:  # noqa: ANN401 - feedparser has no types
    found = feedparser.parse(
        (site.root / "site" / path).read_bytes(), sanitize_html=False, resolve_relative_uris=False
    )
    assert not found.bozo, path
    return found


def exists(site: Project, address: str) -> bool:
    path = unquote(address.removeprefix(BASE))
    return address.startswith(BASE) and site.exists(
        f"{path}index.html" if path.endswith("/") or not path else path
    )


def test_there_is_a_feed_of_each_kind_wherever_there_should_be(site: Project) -> None:
    topics = [f"topics/{slug}/" for slug in ("arts", "conflict", "sport")]
    languages = [f"languages/{code}/" for code in ("ar", "en")]
    folders = ["", *topics, "sources/the-courier/", *languages]
    tags = [f"tags/{slug}/" for slug in ("port-ellery", "c-plus-plus", "北京", "cup")]

    assert all(is_feed(path) for path in (*xml_feeds(site), *json_feeds(site)))
    assert set(json_feeds(site)) == {f"{folder}feed.json" for folder in folders}
    assert set(xml_feeds(site)) == {
        *(f"{folder}{name}" for folder in folders for name in ("rss.xml", "atom.xml")),
        *(f"{tag}atom.xml" for tag in tags),
    }


def test_every_feed_is_valid_and_says_what_and_where_it_is(site: Project) -> None:
    for path in xml_feeds(site):
        feed = parsed(site, path).feed
        links = {link.rel: link.href for link in feed.links}

        assert "A & B <News>" in feed.title, path
        assert unquote(links["self"]) == f"{BASE}{path}"
        assert unquote(links["alternate"]) == f"{BASE}{path.rpartition('/')[0]}/".replace(
            "digest//", "digest/"
        )
        assert exists(site, links["alternate"]), path
        assert feed.get("language", "en-GB") == "en-GB"
        assert unquote(feed.link) == unquote(links["alternate"])


def test_every_feed_is_newest_first_within_its_limit_and_dated_by_its_articles(site: Project) -> None:
    for path in xml_feeds(site):
        found = parsed(site, path)
        dates = [entry.published_parsed for entry in found.entries]
        changes = dates if path.endswith("rss.xml") else [entry.updated_parsed for entry in found.entries]

        assert dates == sorted(dates, reverse=True), path
        assert 1 <= len(dates) <= 4, path
        assert found.feed.updated_parsed >= max(changes), path
        assert found.feed.updated_parsed.tm_year == 2025, path


def test_every_entry_has_a_permanent_id_of_its_own_and_an_address_that_exists(site: Project) -> None:
    ids: dict[str, set[str]] = {}
    for path in xml_feeds(site):
        for entry in parsed(site, path).entries:
            ids.setdefault(entry.link, set()).add(entry.id)
            assert exists(site, entry.link)
    for path in json_feeds(site):
        for item in json.loads(site.read(path))["items"]:
            ids.setdefault(item["url"], set()).add(item["id"])

    assert len(ids) == 6
    assert all(len(found) == 1 for found in ids.values())
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", found) for one in ids.values() for found in one)
    assert len(set.union(*ids.values())) == 6


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml"])
def test_an_entry_holds_what_its_article_says(site: Project, name: str) -> None:
    entry = next(entry for entry in parsed(site, name).entries if entry.link.endswith("/show/"))

    assert entry.title == "]]> & <b>Bold</b>"
    assert (
        unescape(entry.summary) if name == "rss.xml" else entry.summary
    ) == "S & <s>"  # that of RSS is HTML
    assert entry.published_parsed[:6] == (2025, 6, 2, 8, 0, 0)
    assert [author.name for author in entry.authors] == ["Ann Ellery", "Ärzte & Co"]
    names = [tag.label or tag.term for tag in entry.tags]
    assert names == ["Arts", "Port Ellery", "C++", "北京"]
    assert entry.source.title == "The Courier"
    assert entry.source.get("href", entry.source.get("link")) == "https://courier.example/a?b=1&c=2"


def test_an_atom_entry_knows_its_last_change(site: Project) -> None:
    entry = next(entry for entry in parsed(site, "atom.xml").entries if entry.link.endswith("/show/"))

    assert entry.updated_parsed[:6] == (2025, 6, 3, 10, 0, 0)
    assert [tag.term for tag in entry.tags] == ["arts", "port-ellery", "c-plus-plus", "北京"]


def contents(site: Project) -> Iterator[str]:
    for path in ("rss.xml", "atom.xml", "topics/arts/atom.xml", "sources/the-courier/rss.xml"):
        yield (
            next(entry for entry in parsed(site, path).entries if entry.link.endswith("/show/"))
            .content[0]
            .value
        )
    yield next(item for item in json.loads(site.read("feed.json"))["items"] if "show" in item["url"])[
        "content_html"
    ]


def test_content_is_whole_safe_and_has_absolute_addresses_only(site: Project) -> None:
    folder = f"{BASE}2025/06/02/show/"
    for content in contents(site):
        assert re.findall(r'(?:href|src)="(.*?)"', content) == [
            f"{folder}data.csv",
            f"{folder}photo%20%C3%A9.png",
            "https://news.example/about",
            "https://o.example/?a=1&amp;b=2",
        ]
        assert "]]&gt;" in content
        assert exists(site, f"{folder}photo%20%C3%A9.png")


def test_a_tags_feed_has_summaries_only(site: Project) -> None:
    for entry in parsed(site, "tags/c-plus-plus/atom.xml").entries:
        assert "content" not in entry
        assert entry.summary


def test_other_scripts_come_through(site: Project) -> None:
    titles = {parsed(site, path).entries[0].title for path in ("rss.xml", "topics/conflict/atom.xml")}

    assert titles == {"السلام عليكم"}


def test_json_feeds_keep_to_version_one_point_one(site: Project) -> None:
    for path in json_feeds(site):
        feed = json.loads(site.read(path))

        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert feed["feed_url"] == f"{BASE}{path}"
        assert exists(site, feed["home_page_url"])
        assert (feed["language"], feed["description"]) == ("en-GB", "D & <d>")
        assert 1 <= len(feed["items"]) <= 4
        for item in feed["items"]:
            assert isinstance(item["id"], str)
            assert ("content_html" in item) != ("content_text" in item)
            assert "" not in item.values()
            assert all(
                author.keys() <= {"name", "url", "avatar"} and author for author in item.get("authors", ())
            )
        dates = [item["date_published"] for item in feed["items"]]
        assert dates == sorted(dates, reverse=True)


def test_a_json_item_holds_what_its_article_says(site: Project) -> None:
    item = next(item for item in json.loads(site.read("feed.json"))["items"] if "show" in item["url"])

    assert {name: value for name, value in item.items() if name not in {"id", "content_html"}} == {
        "url": f"{BASE}2025/06/02/show/",
        "external_url": "https://courier.example/a?b=1&c=2",
        "title": "]]> & <b>Bold</b>",
        "summary": "S & <s>",
        "date_published": "2025-06-02T10:00:00+02:00",
        "date_modified": "2025-06-03T12:00:00+02:00",
        "authors": [{"name": "Ann Ellery"}, {"name": "Ärzte & Co"}],
        "tags": ["Arts", "Port Ellery", "C++", "北京"],
    }


def test_the_list_of_feeds_holds_each_once_and_all_exist(site: Project) -> None:
    root = ET.fromstring(site.read("subscriptions.opml"))  # noqa: S314 - our own file
    outlines = list(root.iterfind("body/outline/outline"))
    listed = [unquote(outline.attrib["xmlUrl"].removeprefix(BASE)) for outline in outlines]

    assert (root.tag, root.attrib["version"], root.findtext("head/title")) == ("opml", "2.0", "A & B <News>")
    assert sorted(listed) == sorted(path for path in xml_feeds(site) if path.endswith("atom.xml"))
    assert all(exists(site, outline.attrib["htmlUrl"]) for outline in outlines)
    assert {outline.attrib["type"] for outline in outlines} == {"rss"}
    assert all(outline.attrib["text"] == outline.attrib["title"] != "" for outline in outlines)


def test_every_feed_a_page_announces_exists(site: Project) -> None:
    pages = [path for path in site.site() if path.endswith(".html")]
    found = {
        path: re.findall(r'<link rel="alternate" type="[^"]*"[^>]*href="([^"]*)"', site.read(path))
        for path in pages
    }
    bare = {path for path, feeds in found.items() if not feeds}

    assert {
        feed for feeds in found.values() for feed in feeds if not exists(site, f"https://news.example{feed}")
    } == set()
    assert {"index.html", "topics/arts/index.html", "2025/06/02/show/index.html"}.isdisjoint(bare)


def test_a_site_without_articles_has_valid_empty_feeds(tmp_path: Path) -> None:
    site = Project(tmp_path / "empty")
    site.build()

    assert [parsed(site, path).entries for path in xml_feeds(site)] == [[], []]
    assert json.loads(site.read("feed.json"))["items"] == []


HUBS = ["https://hub.example/?a=1&b=2", "https://other.example/"]
NAMED = f"[feeds]\nhubs = {json.dumps([*HUBS, HUBS[0]])}"


def test_every_feed_names_the_hubs_beside_its_own_address(project: Project) -> None:
    project.configure(NAMED).article("arts/2025-06-02/show.md", "Show", "2025-06-02", tags="[Cup]").build()

    for path in xml_feeds(project):
        feed = parsed(project, path).feed
        assert [link.href for link in feed.links if link.rel == "hub"] == HUBS, path
        assert [link.href for link in feed.links if link.rel == "self"] == [f"https://news.example/{path}"]
        assert feed.link.startswith("https://news.example/")
    for path in json_feeds(project):
        named = [{"type": "WebSub", "url": hub} for hub in HUBS]
        assert json.loads(project.read(path))["hubs"] == named, path


def test_other_hubs_make_other_feeds_and_nothing_else(project: Project) -> None:
    project.article("arts/2025-06-02/show.md", "Show", "2025-06-02", tags="[Cup]").build()
    before = project.site()
    named = project.configure(NAMED).build().written
    feeds = {*xml_feeds(project), *json_feeds(project)}
    without = project.write(
        "dateline.toml", (project.root / "dateline.toml").read_text().replace(NAMED, "")
    ).build()

    assert set(named) == set(without.written) == feeds == {path for path in before if is_feed(path)}
    assert project.site() == before
    assert all(b"hub" not in before[path] for path in feeds)


@pytest.mark.parametrize(
    "path",
    [
        *("topics/sport/index.html", "topics/rss.xml", "topics/sport/2025/06/atom.xml", "topics//atom.xml"),
        *("tags/cup/rss.xml", "2025/06/rss.xml", "assets/atom.xml", "sitemap.xml", "subscriptions.opml"),
    ],
)
def test_what_is_called_like_a_feed_elsewhere_is_none(path: str) -> None:
    assert not is_feed(path)


def test_feeds_of_summaries_hold_no_bodies(project: Project) -> None:
    project.write("dateline.toml", '[site]\nbase_url = "https://n.example/"\n[feeds]\nfull = false\n')
    project.article("arts/2025-06-02/show.md", "Show", "2025-06-02", "Secret body.", summary="Short.").build()

    assert all("Secret" not in project.read(path) for path in (*xml_feeds(project), *json_feeds(project)))
    assert json.loads(project.read("feed.json"))["items"][0]["content_text"] == "Short."
