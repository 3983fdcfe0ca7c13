"""Pages as programs read them by their classes (microformats2): entries and feeds, read back with mf2py."""

from typing import Any

import mf2py
import pytest
from conftest import Project
from samples import png

BASE = "https://news.example/"
ADDRESS = f"{BASE}2025/06/02/bridge/"


@pytest.fixture
def site(project: Project) -> Project:
    return project.article(
        "disaster/2025-06-02/bridge.md",
        "Bridge <reopens>",
        "2025-06-02T14:10:00Z",
        body="Cars are back on the *bridge*.",
        summary="Cars are back.",
        updated="2025-06-02T16:00:00Z",
        source="{name: The Courier, url: https://courier.example/bridge}",
        tags="[Port Ellery, Ferries]",
    )


def items(project: Project, path: str) -> list[dict[str, Any]]:
    project.build()
    found: list[dict[str, Any]] = mf2py.parse(project.read(path), url=f"{BASE}{path}")["items"]
    return found


def item(project: Project, path: str, kind: str) -> dict[str, Any]:
    (found,) = (item for item in items(project, path) if item["type"] == [kind])
    return found


def entry(project: Project) -> dict[str, Any]:
    properties: dict[str, Any] = item(project, "2025/06/02/bridge/index.html", "h-entry")["properties"]
    return properties


def test_an_article_is_an_entry(site: Project) -> None:
    properties = entry(site)

    assert properties["content"][0]["html"] == "<p>Cars are back on the <em>bridge</em>.</p>"
    assert {name: properties[name] for name in properties.keys() - {"content", "author"}} == {
        "name": ["Bridge <reopens>"],
        "url": [ADDRESS],
        "uid": [ADDRESS],
        "published": ["2025-06-02T14:10+0000"],
        "updated": ["2025-06-02T16:00+0000"],
        "summary": ["Cars are back."],
        "category": ["Disaster", "Port Ellery", "Ferries"],
        "repost-of": ["https://courier.example/bridge"],
    }


@pytest.mark.parametrize(
    ("front", "expected"),
    [({}, ["The Courier"]), ({"authors": "[Ada Marsh, Bo Lind]"}, ["Ada Marsh", "Bo Lind"])],
)
def test_its_authors_are_those_it_names_or_else_its_source(
    project: Project, front: dict[str, str], expected: list[str]
) -> None:
    project.article("politics/2025-06-02/bridge.md", "Bridge", "2025-06-02", source="The Courier", **front)

    assert [author["properties"]["name"][0] for author in entry(project)["author"]] == expected


def test_an_article_without_a_body_points_to_the_source_and_shows_its_picture(project: Project) -> None:
    project.write("content/politics/2025-06-02/bridge.png", png(640, 480))
    project.article(
        "politics/2025-06-02/bridge.md",
        "Bridge",
        "2025-06-02",
        body="",
        summary="Cars are back.",
        image="bridge.png",
        source="{name: The Courier, url: https://courier.example/bridge}",
    )

    properties = entry(project)

    assert "content" not in properties
    assert properties["summary"] == ["Cars are back."]
    assert properties["bookmark-of"] == ["https://courier.example/bridge"]
    assert properties["photo"][0]["value"] == f"{BASE}2025/06/02/bridge/bridge.png"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("", "Test"),
        ("2025/06/02/", "Monday, June 2, 2025"),
        ("2025/06/", "June 2025"),
        ("2025/", "2025"),
        ("topics/disaster/", "Disaster"),
        ("tags/ferries/", "Ferries"),
        ("sources/the-courier/", "The Courier"),
        ("sources/the-courier/2025/06/", "June 2025"),
    ],
)
def test_a_listing_is_a_feed_of_entries(site: Project, path: str, name: str) -> None:
    site.article(
        "disaster/2025-06-02/ferry.md",
        "Ferry",
        "2025-06-02T10:00:00Z",
        tags="[Ferries]",
        source="The Courier",
    )

    feed = item(site, f"{path}index.html", "h-feed")

    entries = [child["properties"] for child in feed["children"] if child["type"] == ["h-entry"]]
    assert feed["properties"]["name"] == [name]
    assert feed["properties"]["author"][0]["properties"] == {"name": ["Test"], "url": [BASE]}
    assert [(entry["name"], entry["url"]) for entry in entries] == [
        (["Bridge <reopens>"], [ADDRESS]),
        (["Ferry"], [f"{BASE}2025/06/02/ferry/"]),
    ]
    assert [entry["published"] for entry in entries] == [["2025-06-02T14:10+0000"], ["2025-06-02T10:00+0000"]]
    assert entries[0]["summary"] == ["Cars are back."]


def test_earlier_coverage_is_no_part_of_an_entry(site: Project) -> None:
    site.article("politics/2025-06-01/ferry.md", "Ferry", "2025-06-01", tags="[Ferries]")

    found = item(site, "2025/06/02/bridge/index.html", "h-entry")

    assert "Ferry" in site.read("2025/06/02/bridge/index.html")
    assert "children" not in found
