"""Digests of several languages: a listing and feeds for each, and nothing of it where there is one."""

from collections.abc import Callable, Mapping

import pytest
from conftest import Project

from generator.model import Severity

PAGES = (
    "languages/index.html",
    "languages/de/index.html",
    "languages/de/2025/06/index.html",
    "languages/de/atom.xml",
    "languages/de/rss.xml",
    "languages/de/feed.json",
    "languages/en/index.html",
    "languages/en/2025/06/index.html",
)


@pytest.fixture
def site(project: Project) -> Project:
    project.article("sport/2025-06-02/cup.md", "Ellery wins the cup", "2025-06-02")
    return project.article("arts/2025-06-01/play.md", "A play opens", "2025-06-01", language="en-GB")


def german(site: Project, title: str = "Die Brücke ist offen") -> Project:
    return site.article("arts/2025-06-03/bruecke.md", title, "2025-06-03", "Endlich.", language="de-AT")


def about_languages(site: Project) -> list[str]:
    return [path for path, data in site.site().items() if "languages/" in path or b"languages/" in data]


def test_with_one_language_no_page_speaks_of_languages(site: Project) -> None:
    site.build()

    assert about_languages(site) == []


def test_each_language_has_a_listing_an_archive_and_feeds_of_whole_articles(site: Project) -> None:
    german(site).build()

    assert [path for path in PAGES if not site.exists(path)] == []
    assert "Die Brücke ist offen" in site.read("languages/de/index.html")
    assert "Ellery wins the cup" not in site.read("languages/de/index.html")
    assert "Endlich." in site.read("languages/de/atom.xml")
    assert {"A play opens", "Ellery wins the cup"} <= set(
        site.read("languages/en/2025/06/index.html").replace("<", ">").split(">")
    )


def test_pages_that_know_of_languages_lead_to_them(site: Project) -> None:
    german(site).build()

    assert '"/languages/de/"' in site.read("2025/06/03/bruecke/index.html")
    assert "/languages/" not in site.read("2025/06/02/cup/index.html")
    assert '"/languages/"' in site.read("index.html")
    assert '"/languages/en/"' in site.read("languages/de/index.html")
    assert "/languages/de/atom.xml" in site.read("subscriptions.opml")
    assert "<loc>https://news.example/languages/</loc>" in site.read("sitemap-pages.xml")
    assert "<loc>https://news.example/languages/de/</loc>" in site.read("sitemap-pages.xml")


def test_a_digest_in_nothing_but_another_language_leads_nowhere_that_is_not_there(project: Project) -> None:
    german(project).build()

    assert project.exists("languages/de/index.html")
    assert not project.exists("languages/en/index.html")


def test_languages_come_and_go_as_a_clean_build_has_them(
    site: Project, another: Callable[[], Project]
) -> None:
    def clean() -> Mapping[str, bytes]:
        twin = another()
        for path, data in site.content().items():
            twin.write(f"content/{path}", data)
        twin.build()
        return twin.site()

    site.build()
    french = "politics/2025-05-01/vote.md"
    steps: list[Callable[[], object]] = [
        lambda: german(site),
        lambda: german(site, "Die Brücke ist wieder offen"),
        lambda: site.article(french, "Le vote", "2025-05-01", language="fr"),
        lambda: site.remove("content/arts/2025-06-03/bruecke.md"),
        lambda: site.article(french, "The vote", "2025-05-01"),
        lambda: site.article(french, "Le vote", "2025-05-01", language="fr", draft="true"),
        lambda: site.article(french, "Le vote", "2025-05-01", language="fr"),
    ]
    for step in steps:
        step()
        site.build()
        assert site.site() == clean()


def test_a_language_is_what_the_front_matter_says_if_that_is_a_tag(site: Project) -> None:
    """CLDR need not know it."""
    site.article("arts/2025-06-03/a.md", "A", "2025-06-03", language="qqq")
    site.article("arts/2025-06-03/b.md", "B", "2025-06-03", language="zh-Hant")
    (issue,) = site.article("arts/2025-06-03/c.md", "C", "2025-06-03", language="../x").build().issues

    assert issue.path == "content/arts/2025-06-03/c.md"
    assert issue.severity is Severity.ERROR
    assert [site.exists(f"languages/{code}/index.html") for code in ("qqq", "zh", "x")] == [True, True, False]
