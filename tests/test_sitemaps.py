"""Sitemaps: every address in them exists, and every page that search engines may list is in one."""

import xml.etree.ElementTree as ET
from datetime import datetime
from urllib.parse import unquote

import pytest
from conftest import Project
from samples import SETTINGS, card

from generator import sitemaps
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
        path for path in pages if path.startswith(("topics/", "sources/", "tags/")) and path.count("/") > 2
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
        "en-GB",
        "2025-06-02T00:00:00+00:00",
        "<b>Show</b> & ]]>",
    ]


def test_robots_are_welcome_and_shown_the_sitemaps(site: Project) -> None:
    lines = site.read("robots.txt").splitlines()
    named = [line.removeprefix("Sitemap: ") for line in lines if line.startswith("Sitemap: ")]

    assert lines[:2] == ["User-agent: *", "Allow: /"]
    assert all(site.exists(below_base(address)) for address in named)
    assert len(named) == 2


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
