"""What pages say of themselves to search engines: JSON-LD as schema.org words it, read back with extruct."""

import json
from typing import Any

import extruct
import pytest
from conftest import Project
from hypothesis import given
from hypothesis import strategies as st
from samples import SETTINGS, card
from samples import given as gave

from generator import linked_data, listings
from generator.records import changed
from generator.views import Entry

BASE = "https://news.example/"
ARTICLE = "2025/06/02/bridge/"
PATHS = (
    "",
    ARTICLE,
    "2025/06/02/",
    "2025/06/",
    "2025/",
    "topics/",
    "tags/",
    "sources/",
    "topics/disaster/",
    "topics/weather/",
    "tags/ferries/",
    "sources/the-courier/",
    "topics/disaster/2025/06/",
    "sources/the-courier/2025/06/",
)


@pytest.fixture
def site(project: Project) -> Project:
    project.configure('[topics]\nspace = "Space"\n')
    return project.article(
        "disaster/2025-06-02/bridge.md",
        '"Bridge </script><b>&amp;\u2028 reopens"',
        "2025-06-02T14:10:00+02:00",
        body="Cars are back on the bridge.",
        summary="'<i>Cars</i> are back.'",
        updated="2025-06-02T16:00:00Z",
        source="{name: The Courier, url: https://courier.example/bridge}",
        tags="[Port Ellery, Ferries]",
        language="de-AT",
        image="https://courier.example/bridge.jpg",
    )


def graph(project: Project, path: str) -> dict[str, dict[str, Any]]:
    """Read what a page says, each thing by its type."""
    address = BASE + path
    found = extruct.extract(project.read(f"{path}index.html"), base_url=address, syntaxes=["json-ld"])
    (document,) = found["json-ld"]
    assert document["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in document["@graph"]}


def test_an_article_says_what_it_is_and_what_it_is_based_on(site: Project) -> None:
    site.build()

    assert graph(site, ARTICLE)["NewsArticle"] == {
        "@type": "NewsArticle",
        "@id": f"{BASE}{ARTICLE}#article",
        "headline": "Bridge </script><b>&amp; reopens",
        "description": "<i>Cars</i> are back.",
        "url": BASE + ARTICLE,
        "mainEntityOfPage": BASE + ARTICLE,
        "datePublished": "2025-06-02T12:10:00+00:00",
        "dateModified": "2025-06-02T16:00:00+00:00",
        "inLanguage": "de-AT",
        "author": [
            {"@type": "Organization", "name": "The Courier", "url": f"{BASE}sources/the-courier/"},
        ],
        "publisher": {
            "@type": "Organization",
            "@id": f"{BASE}#publisher",
            "name": "Test",
            "url": BASE,
            "logo": {"@type": "ImageObject", "url": f"{BASE}assets/touch-icon.png"},
        },
        "isPartOf": {"@type": "WebSite", "@id": f"{BASE}#website", "name": "Test", "url": BASE},
        "isBasedOn": "https://courier.example/bridge",
        "image": {"@type": "ImageObject", "url": "https://courier.example/bridge.jpg"},
        "articleSection": "Disaster",
        "keywords": ["Port Ellery", "Ferries"],
        "wordCount": 6,
        "timeRequired": "PT1M",
    }


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ({"authors": "[Ada Marsh]", "source": "The Courier"}, [("Person", "Ada Marsh")]),
        ({"source": "The Courier"}, [("Organization", "The Courier")]),
        ({}, [("Organization", "Test")]),
    ],
)
def test_who_wrote_it_are_its_authors_or_its_source_or_the_site(
    project: Project, front: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    project.article("disaster/2025-06-02/bridge.md", "Bridge", "2025-06-02", **front).build()

    authors = graph(project, ARTICLE)["NewsArticle"]["author"]

    assert [(author["@type"], author["name"]) for author in authors] == expected


def test_the_front_page_is_the_site(site: Project) -> None:
    site.write(
        "dateline.toml", f'[site]\ntitle = "Test"\nbase_url = "{BASE}"\ndescription = "A & B"\n'
    ).build()

    things = graph(site, "")

    assert things.keys() == {"WebSite"}
    assert things["WebSite"]["name"] == "Test"
    assert things["WebSite"]["description"] == "A & B"
    assert "potentialAction" not in things["WebSite"]


def test_a_site_with_a_search_says_where_to_ask() -> None:
    site = changed(SETTINGS.site, base_url=BASE, search=True)
    view = listings.view_front(gave(("front",)), changed(SETTINGS, site=site))

    (found,) = json.loads(linked_data.linked_data(view, "Test", ""))["@graph"]

    assert found["potentialAction"]["target"]["urlTemplate"] == f"{BASE}search/?q={{search_term_string}}"
    assert found["potentialAction"]["query-input"] == "required name=search_term_string"


@pytest.mark.parametrize(
    ("path", "trail"),
    [
        ("2025/06/02/", ["Test", "2025", "June 2025", "Monday, June 2, 2025"]),
        ("2025/06/", ["Test", "2025", "June 2025"]),
        ("2025/", ["Test", "2025"]),
        ("topics/", ["Test", "Topics"]),
        ("topics/space/", ["Test", "Topics", "Space"]),
        ("tags/ferries/", ["Test", "Tags", "Ferries"]),
        ("sources/the-courier/2025/06/", ["Test", "Sources", "The Courier", "The Courier, June 2025"]),
        (ARTICLE, ["Test", "Disaster", "Bridge </script><b>&amp; reopens"]),
    ],
)
def test_breadcrumbs_lead_from_the_front_page_to_the_page(site: Project, path: str, trail: list[str]) -> None:
    site.build()

    steps = graph(site, path)["BreadcrumbList"]["itemListElement"]

    assert [step["name"] for step in steps] == trail
    assert [step["position"] for step in steps] == list(range(1, len(trail) + 1))
    assert steps[-1]["item"] == BASE + path
    assert all(site.exists(step["item"].removeprefix(BASE) + "index.html") for step in steps)


@pytest.mark.parametrize(
    "path",
    ["2025/06/02/", "2025/06/", "2025/", "topics/disaster/", "tags/ferries/", "sources/the-courier/2025/06/"],
)
def test_a_listing_names_its_stories(site: Project, path: str) -> None:
    for number in range(30):
        head = {"source": "The Courier", "tags": "[Ferries]"}
        site.article(f"disaster/2025-06-02/a{number:02}.md", "Ferry", "2025-06-02T10:00:00Z", **head)
    site.build()

    page = graph(site, path)["CollectionPage"]

    stories = page["mainEntity"]["itemListElement"]
    assert page["url"] == BASE + path
    assert page["mainEntity"]["numberOfItems"] == 31
    assert [story["position"] for story in stories] == list(range(1, linked_data.MOST + 1))
    assert [story["url"] for story in stories[:2]] == [BASE + ARTICLE, f"{BASE}2025/06/02/a00/"]


def test_an_article_names_its_translations(project: Project) -> None:
    others = "{de: /2025/06/02/bruecke/, fr: https://x.example/pont}"
    project.article("disaster/2025-06-02/bridge.md", "Bridge", "2025-06-02", translations=others).build()

    assert graph(project, ARTICLE)["NewsArticle"]["workTranslation"] == [
        {"@type": "NewsArticle", "inLanguage": "de", "url": f"{BASE}2025/06/02/bruecke/"},
        {"@type": "NewsArticle", "inLanguage": "fr", "url": "https://x.example/pont"},
    ]


def test_a_page_that_stands_by_itself_is_a_page_in_its_language(project: Project) -> None:
    project.write("content/about.md", "---\ntitle: À propos\nlanguage: fr\n---\n\nBonjour.\n").build()

    page = graph(project, "about/")["WebPage"]

    assert (page["name"], page["url"], page["inLanguage"]) == ("À propos", f"{BASE}about/", "fr")


def test_a_listing_by_language_stands_below_the_languages(project: Project) -> None:
    project.article("politics/2025-06-02/a.md", "A", "2025-06-02", language="fr")
    project.article("politics/2025-06-02/b.md", "B", "2025-06-02").build()

    steps = graph(project, "languages/fr/")["BreadcrumbList"]["itemListElement"]

    assert [step["item"] for step in steps] == [BASE, f"{BASE}languages/", f"{BASE}languages/fr/"]
    assert "CollectionPage" in graph(project, "languages/fr/")


@pytest.mark.parametrize("path", PATHS)
def test_every_page_says_something_in_one_element(site: Project, path: str) -> None:
    site.build()

    assert site.read(f"{path}index.html").count("<script") == 1
    assert graph(site, path)


@pytest.mark.parametrize("path", ["404.html", "old/index.html"])
def test_pages_that_are_no_place_to_go_to_say_nothing(site: Project, path: str) -> None:
    site.article("disaster/2025-06-02/a.md", "A", "2025-06-02", aliases="[/old/]").build()

    assert "<script" not in site.read(path)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_nothing_ends_the_element_and_every_text_comes_through(text: str) -> None:
    story = card(title=text)
    view = listings.view_article(gave(("article", story.path), story, entries=(Entry(story),)), SETTINGS)

    found = linked_data.linked_data(view, text, text, [(text, "topics/")])

    assert not set(found) & set("<>&\u2028\u2029")
    assert json.loads(found)["@graph"][0]["headline"] == text
    assert json.loads(found)["@graph"][1]["itemListElement"][1]["name"] == text
