"""A page's head as those read it who show links to it: OpenGraph, Twitter cards, the description, icons."""

from html.parser import HTMLParser

import pytest
from conftest import Project
from markupsafe import Markup
from samples import png

from generator import page_head

BASE = "https://news.example/digest/"


class Head(HTMLParser):
    """Gathers the meta and link elements of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.meta: dict[str, list[str]] = {}
        self.links: dict[str, list[str]] = {}
        self.languages: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "meta" and "content" in found:
            name = found.get("property") or found.get("name") or ""
            self.meta.setdefault(name, []).append(found["content"])
        if tag == "link":
            self.links.setdefault(found["rel"], []).append(found["href"])
            if "hreflang" in found:
                self.languages.append((found["hreflang"], found["href"]))


def head(project: Project, path: str) -> Head:
    project.build()
    return Head(project.read(path))


@pytest.fixture
def site(project: Project) -> Project:
    project.write("dateline.toml", f'[site]\ntitle = "A & B"\nbase_url = "{BASE}"\nlanguage = "en-GB"\n')
    return project.article(
        "disaster/2025-06-02/bridge.md",
        "Bridge <reopens> & more",
        "2025-06-02T14:10:00Z",
        summary="Cars are back & well.",
        tags="[Port Ellery, Ferries]",
        authors="[Ada Marsh, Bo Lind]",
    )


def test_an_article_shows_itself_whole(site: Project) -> None:
    meta = head(site, "2025/06/02/bridge/index.html").meta

    assert {
        name: values for name, values in meta.items() if name.startswith(("og:", "article:", "twitter:"))
    } == {
        "og:type": ["article"],
        "og:title": ["Bridge <reopens> & more"],
        "og:description": ["Cars are back & well."],
        "og:url": [f"{BASE}2025/06/02/bridge/"],
        "og:site_name": ["A & B"],
        "og:locale": ["en_GB"],
        "og:image": [f"{BASE}assets/card.png"],
        "og:image:alt": ["A & B"],
        "twitter:card": ["summary"],
        "article:published_time": ["2025-06-02T14:10+00:00"],
        "article:section": ["Disaster"],
        "article:tag": ["Port Ellery", "Ferries"],
        "article:author": ["Ada Marsh", "Bo Lind"],
    }
    assert meta["description"] == ["Cars are back & well."]


def test_an_article_says_when_it_changed_and_in_which_language_it_is(site: Project) -> None:
    site.article("arts/2025-06-02/a.md", "A", "2025-06-02", updated="2025-06-03", language="de-AT")

    meta = head(site, "2025/06/02/a/index.html").meta

    assert meta["article:modified_time"] == ["2025-06-03T00:00+00:00"]
    assert meta["og:locale"] == ["de_AT"]


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        ("bridge 1.png", f"{BASE}2025/06/02/a/bridge%201.png"),
        ("/assets/a.png", f"{BASE}assets/a.png"),
        ("https://x.example/a.png", "https://x.example/a.png"),
    ],
)
def test_a_picture_of_its_own_is_shown_large(site: Project, image: str, expected: str) -> None:
    site.write("content/arts/2025-06-02/bridge 1.png", png(640, 480))
    site.article("arts/2025-06-02/a.md", "A", "2025-06-02", image=image)

    meta = head(site, "2025/06/02/a/index.html").meta

    assert meta["og:image"] == [expected]
    assert meta["twitter:card"] == ["summary_large_image"]


def test_an_article_leads_to_its_translations_and_names_itself_among_them(site: Project) -> None:
    others = "{de: /2025/06/02/brücke/, fr: https://x.example/pont, en-gb: /own/}"
    site.article("arts/2025-06-02/a.md", "A", "2025-06-02", translations=others)

    report = site.build()
    languages = head(site, "2025/06/02/a/index.html").languages

    assert languages == [
        ("en-GB", f"{BASE}2025/06/02/a/"),
        ("de", f"{BASE}2025/06/02/br%C3%BCcke/"),
        ("fr", "https://x.example/pont"),
    ]
    assert [str(issue) for issue in report.issues] == [
        "content/arts/2025-06-02/a.md:1: `translations` names 'en-GB', the article's own language; that is left out"
    ]
    assert head(site, "2025/06/02/bridge/index.html").languages == []


PAGES = {
    "index.html": "",
    "2025/06/02/index.html": "2025/06/02/",
    "2025/06/index.html": "2025/06/",
    "2025/index.html": "2025/",
    "topics/index.html": "topics/",
    "topics/disaster/index.html": "topics/disaster/",
    "topics/weather/index.html": "topics/weather/",
    "topics/disaster/2025/06/index.html": "topics/disaster/2025/06/",
    "tags/ferries/index.html": "tags/ferries/",
}


@pytest.mark.parametrize(("path", "address"), PAGES.items())
def test_every_page_has_an_address_a_description_and_a_picture(
    site: Project, path: str, address: str
) -> None:
    found = head(site, path)

    assert found.links["canonical"] == found.meta["og:url"] == [BASE + address]
    assert found.meta["og:type"] == ["website"]
    assert found.meta["description"] == found.meta["og:description"] != [""]
    assert found.meta["robots"] == ["max-image-preview:large"]
    assert site.exists(found.meta["og:image"][0].removeprefix(BASE))


def test_icons_are_files_of_the_theme(site: Project) -> None:
    links = head(site, "index.html").links

    for rel in ("icon", "apple-touch-icon"):
        (address,) = links[rel]
        assert site.exists(address.removeprefix("/digest/"))


def test_a_page_that_is_not_there_is_not_listed(site: Project) -> None:
    found = head(site, "404.html")

    assert found.meta["robots"] == ["noindex"]
    assert "canonical" not in found.links


@pytest.mark.parametrize(
    ("tag", "locale"),
    [
        ("en", ""),
        ("en-gb", "en_GB"),
        ("pt-BR", "pt_BR"),
        ("zh-Hant-TW", "zh_TW"),
        ("zh-Hant", ""),
        ("es-419", ""),
        ("de-DE-1996", "de_DE"),
    ],
)
def test_a_locale_is_a_language_with_its_region(tag: str, locale: str) -> None:
    assert page_head.locale(tag) == locale


def test_html_is_read_back_and_text_stays() -> None:
    assert page_head.plain(Markup("a &amp; b")) == "a & b"
    assert page_head.plain("a &amp; b") == "a &amp; b"
