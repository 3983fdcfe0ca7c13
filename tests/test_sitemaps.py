"""Sitemaps: every address in them exists, and every page that search engines may list is in one."""

import re
import xml.etree.ElementTree as ET
from datetime import datetime
from urllib.parse import unquote
from urllib.robotparser import RobotFileParser

import pytest
from conftest import Project
from samples import SETTINGS, card

from generator import sitemaps, syndication
from generator.crawlers import AI_CRAWLERS
from generator.feed_views import Location, NewsView, RobotsView, SitemapView
from generator.sitemaps import NEWS, SITEMAP

BASE = "https://news.example/digest/"
NAMES = {"s": SITEMAP, "n": NEWS}


@pytest.fixture
def site(project: Project) -> Project:
    project.write("dateline.toml", f'[site]\ntitle = "A & B"\nbase_url = "{BASE}"\nlanguage = "en-GB"\n')
    project.article(
        "arts/2025-06-02/show.md", "'<b>Show</b> & ]]>'", "2025-06-02", tags="[北京, C++]", source="Wire & Co"
    )
    project.article("sport/2025-05-01/cup.md", "Cup", "2025-05-01", updated="2025-06-03", aliases="[/old/]")
    project.article("sport/2024-12-31/Ünï & co.md", "End", "2024-12-31T23:59:00Z", language="de")
    assert project.build().issues == ()
    return project


def xml(document: str | bytes) -> ET.Element:
    return ET.fromstring(document)  # noqa: S314 - our own


def locations(site: Project, path: str) -> list[str]:
    root = xml(site.read(path))
    return [found.text or "" for found in root.iterfind("*/s:loc", NAMES)]


def below_base(address: str) -> str:
    assert address.startswith(BASE)
    assert address.isascii()
    return unquote(address.removeprefix(BASE))


def every_sitemap(site: Project) -> list[str]:
    return [below_base(address) for address in locations(site, "sitemap.xml")]


def test_the_index_names_the_pages_and_every_month(site: Project) -> None:
    assert every_sitemap(site)[0] == "sitemap-pages.xml"
    assert set(every_sitemap(site)[1:]) == {
        f"{month}/sitemap.xml" for month in ("2025/06", "2025/05", "2024/12")
    }
    assert all(site.exists(path) for path in every_sitemap(site))


def test_every_address_in_a_sitemap_is_a_page(site: Project) -> None:
    listed = [below_base(address) for path in every_sitemap(site) for address in locations(site, path)]

    assert len(set(listed)) == len(listed)
    assert [path for path in listed if not site.exists(f"{path}index.html")] == []


def test_every_page_is_in_a_sitemap_but_archives_of_terms_and_redirects(site: Project) -> None:
    listed = {below_base(address) for path in every_sitemap(site) for address in locations(site, path)}
    pages = {path.removesuffix("index.html") for path in site.site() if path.endswith("index.html")}
    archives = {
        path
        for path in pages
        if path.startswith(("topics/", "sources/", "tags/", "languages/")) and path.count("/") > 2
    }

    assert pages - archives - listed == {"old/"}


def test_the_last_change_is_the_articles(site: Project) -> None:
    root = xml(site.read("2025/05/sitemap.xml"))
    changed = {url.findtext("s:loc", "", NAMES): url.findtext("s:lastmod", "", NAMES) for url in root}

    assert changed[f"{BASE}2025/05/01/cup/"] == "2025-06-03T00:00:00+00:00"
    assert changed[f"{BASE}2025/05/"] == ""


def test_the_news_sitemap_describes_the_newest_articles(site: Project) -> None:
    root = xml(site.read("news-sitemap.xml"))
    (news,) = [[child.text for child in url.iter() if (child.text or "").strip()] for url in root]

    assert news == [
        f"{BASE}2025/06/02/show/",
        "A & B",
        "en",
        "2025-06-02T00:00:00+00:00",
        "<b>Show</b> & ]]>",
    ]


def test_robots_are_welcome_and_shown_the_sitemaps(site: Project) -> None:
    lines = site.read("robots.txt").splitlines()
    named = [line.removeprefix("Sitemap: ") for line in lines if line.startswith("Sitemap: ")]

    assert lines[:2] == ["User-agent: *", "Allow: /"]
    assert all(site.exists(below_base(address)) for address in named)
    assert len(named) == 2


PRODUCT_TOKEN = re.compile("[A-Za-z_-]+")  # RFC 9309, section 2.2.1


def test_crawlers_of_models_have_a_group_of_their_own(site: Project) -> None:
    toml = (site.root / "dateline.toml").read_text()
    site.write("dateline.toml", toml + "ai_crawlers = false\n").build()

    refused, welcome, _ = site.read("robots.txt").split("\n\n")
    names = [line.removeprefix("User-agent: ") for line in refused.splitlines()[:-1]]

    assert refused.splitlines()[-1] == "Disallow: /"
    assert welcome == "User-agent: *\nAllow: /"
    assert all(PRODUCT_TOKEN.fullmatch(name) for name in names)
    assert tuple(names) == tuple(AI_CRAWLERS)
    for page, allowed in (("GPTBot", False), ("Googlebot", True)):
        parser = RobotFileParser()
        parser.parse(site.read("robots.txt").splitlines())
        assert parser.can_fetch(page, f"{BASE}2025/") is allowed


# The rules of the schemas of sitemaps.org 0.9 and of Google's news sitemaps, as far as ours use them.
W3C_DATETIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
LONGEST = 2048
LARGEST = 50 * 1024 * 1024


def check_sitemap(document: str, root: str, entry: str) -> None:
    tree = xml(document)
    assert tree.tag == f"{{{SITEMAP}}}{root}"
    assert len(document.encode()) <= LARGEST
    assert len(tree) <= syndication.LOCATIONS
    for found in tree:
        assert found.tag == f"{{{SITEMAP}}}{entry}"
        names = [child.tag for child in found]
        assert names[0] == f"{{{SITEMAP}}}loc"
        assert set(names[1:]) <= {f"{{{SITEMAP}}}lastmod", f"{{{NEWS}}}news"}
        address = found.findtext("s:loc", "", NAMES)
        assert address.startswith(BASE)
        assert len(address) <= LONGEST
        assert not set(address) & set(" <>\"'")
        for moment in (*found.iterfind("s:lastmod", NAMES), *found.iterfind(".//n:publication_date", NAMES)):
            assert W3C_DATETIME.fullmatch(moment.text or "")


def test_every_sitemap_keeps_to_the_schema(site: Project) -> None:
    check_sitemap(site.read("sitemap.xml"), "sitemapindex", "sitemap")
    for path in (*every_sitemap(site), "news-sitemap.xml"):
        check_sitemap(site.read(path), "urlset", "url")
    for news in xml(site.read("news-sitemap.xml")).iterfind("*/n:news", NAMES):
        assert [child.tag.partition("}")[2] for child in news] == ["publication", "publication_date", "title"]


def test_a_month_in_several_sitemaps_is_whole(site: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(syndication, "ARTICLES", 1)
    for name in ("a", "b"):
        site.article(f"sport/2025-06-02/{name}.md", name, "2025-06-02")
    site.build(clean=True)

    months = [path for path in every_sitemap(site) if path.startswith("2025/06/")]

    assert months == ["2025/06/sitemap.xml", "2025/06/sitemap-2.xml", "2025/06/sitemap-3.xml"]
    assert sorted(address for path in months for address in locations(site, path)) == [
        f"{BASE}2025/06/",
        f"{BASE}2025/06/02/",
        *(f"{BASE}2025/06/02/{name}/" for name in ("a", "b", "show")),
    ]


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en-GB", "en"),
        ("DE", "de"),
        ("zh", "zh-cn"),
        ("zh-Hans-SG", "zh-cn"),
        ("zh-TW", "zh-tw"),
        ("zh-Hant", "zh-tw"),
    ],
)
def test_news_names_languages_by_their_code(tag: str, expected: str) -> None:
    assert sitemaps.news_language(tag) == expected


def test_an_empty_sitemap_is_still_one() -> None:
    for render in (sitemaps.render_sitemap, sitemaps.render_index):
        assert list(xml(render(SitemapView(SETTINGS.site, ())))) == []
    assert list(xml(sitemaps.render_news(NewsView(SETTINGS.site, ())))) == []
    assert sitemaps.render_robots(RobotsView(SETTINGS.site, ())) == b"User-agent: *\nAllow: /\n\n"


def test_addresses_and_titles_are_escaped_and_cleaned() -> None:
    moment = datetime.fromisoformat("2025-06-02T10:00:00.5+02:00")

    pages = xml(sitemaps.render_sitemap(SitemapView(SETTINGS.site, (Location("a&b <é>/", moment),))))
    news = xml(sitemaps.render_news(NewsView(SETTINGS.site, (card(title="a\0b & <c>\ufffe"),))))

    assert pages.findtext("*/s:loc", "", NAMES) == "http://127.0.0.1:8000/a%26b%20%3C%C3%A9%3E/"
    assert pages.findtext("*/s:lastmod", "", NAMES) == "2025-06-02T10:00:00+02:00"
    assert news.findtext(".//n:title", "", NAMES) == "ab & <c>"
