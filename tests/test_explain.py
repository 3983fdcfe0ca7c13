"""What a build says about a page: why it was written or kept, and what it is made from."""

import pytest
from conftest import Project

from generator.report import Explanation

PAGE = "2025/06/02/cup/index.html"


@pytest.fixture
def site(project: Project) -> Project:
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02", tags="[Rail]", summary="S.")
    project.article("sport/2025-06-01/rail.md", "The rail", "2025-06-01", tags="[Rail]")
    project.build()
    return project


def told(project: Project, path: str = PAGE) -> Explanation:
    explanation = project.build(explain=path).explanation
    assert explanation is not None
    return explanation


def changed(explanation: Explanation) -> list[str]:
    return [ingredient.name for ingredient in explanation.ingredients if ingredient.changed]


def test_nobody_asked_nothing_said(site: Project) -> None:
    assert site.build().explanation is None


def test_a_page_far_from_any_change_is_kept(site: Project) -> None:
    site.article("arts/2025-06-05/show.md", "The show", "2025-06-05")

    assert told(site).verdict == "kept: nothing changed that it could be made from"


def test_a_page_looked_at_in_vain_is_kept(site: Project) -> None:
    site.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02", "Words.", tags="[Rail]", summary="S.")

    assert (
        told(site, "/").verdict
        == "kept: what changed nearby does not show on it, its fingerprint is the same"
    )
    assert told(site, "/").verdict == "kept: nothing changed that it could be made from"


def test_the_verdict_names_what_changed(site: Project) -> None:
    site.article(
        "sport/2025-06-02/cup.md", "The cup", "2025-06-02", "Longer text.", tags="[Rail]", summary="S."
    )
    explanation = told(site)

    assert explanation.verdict == "written: `view.body`, `view.words` changed"
    assert changed(explanation) == ["view.body", "view.words"]
    assert explanation.key == ("article", "2025/06/02/cup/")
    assert explanation.template == "article.html"


def test_a_change_elsewhere_shows_by_the_part_it_shows_in(site: Project) -> None:
    site.article("sport/2025-06-01/rail.md", "Renamed", "2025-06-01", tags="[Rail]")

    assert changed(told(site)) == ["view.related"]


def test_a_template_shows_as_the_closure(site: Project) -> None:
    site.write("templates/article.html", "{{ page.card.title }}")
    explanation = told(site)

    assert changed(explanation) == ["closure"]
    assert next(part.value for part in explanation.ingredients if part.name == "closure") == "article.html"


def test_a_new_page_has_nothing_to_be_compared_with(site: Project) -> None:
    site.article("arts/2025-06-05/show.md", "The show", "2025-06-05")
    explanation = told(site, "/2025/06/05/show/")

    assert explanation.verdict == "written: there was no such page before"
    assert {ingredient.changed for ingredient in explanation.ingredients} == {None}


def test_a_damaged_file_is_mended_and_said_so(site: Project) -> None:
    site.write(f"site/{PAGE}", "damaged")

    assert told(site).verdict == "written: its file was missing, or not as the last build left it"


def test_a_page_that_goes_is_deleted(site: Project) -> None:
    site.remove("content/sport/2025-06-02/cup.md")

    assert told(site).verdict == "deleted: nothing belongs there any more"


def test_a_mistyped_page_is_guessed(site: Project) -> None:
    assert told(site, "site/2025/06/02/cop/").verdict == f"no page stands there; did you mean `{PAGE}`?"


@pytest.mark.parametrize(
    "path", [PAGE, f"/{PAGE}", "2025/06/02/cup/", f"site/{PAGE}", "https://news.example/2025/06/02/cup/"]
)
def test_a_page_may_be_named_as_path_or_address(site: Project, path: str) -> None:
    assert told(site, path).path == PAGE


def test_what_is_explained_is_what_the_fingerprint_is_made_of(site: Project) -> None:
    names = [ingredient.name for ingredient in told(site).ingredients]

    assert names[:4] == ["engine", "template", "closure", "path"]
    assert {"view.site", "view.head", "view.card", "view.body", "view.related"} <= set(names)
