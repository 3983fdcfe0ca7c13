"""A site's own templates and assets in place of the theme's: whole files, single blocks, and back again."""

from collections.abc import Callable, Mapping

import pytest
from conftest import Project

OVERRIDES: Mapping[str, tuple[str, str, str]] = {
    "a page": ("404.html", "<!doctype html><title>Own</title>", "404.html"),
    "a block of a page": (
        "article.html",
        '{% extends "default/article.html" %}{% block title %}Own{% endblock %}',
        "2025/06/02/cup/index.html",
    ),
    "a block of every page": (
        "base.html",
        '{% extends "default/base.html" %}{% block styles %}{{ super() }}<!-- Own -->{% endblock %}',
        "tags/index.html",
    ),
    "a file of macros": (
        "_navigation.html",
        '{% macro entry(path, name, here, current, class="") %}<li>Own{% endmacro %}',
        "index.html",
    ),
    "one macro of a file": (
        "_card.html",
        "{% macro tags(card) %}Own{% endmacro %}",
        "2025/06/02/cup/index.html",
    ),
    "what browsers may load": (
        "_policy.html",
        '{% macro policy(style="", scripts="") %}<!-- Own -->{% endmacro %}',
        "index.html",
    ),
    "an asset": ("assets/style.css", "/* Own */", "assets/style.css"),
    "an asset in a folder": ("assets/marks/own.svg", "<svg><!-- Own --></svg>", "assets/marks/own.svg"),
}


def news(project: Project) -> Project:
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02", tags="[Ellery]")
    return project.article("arts/2025-06-01/opera.md", "The opera", "2025-06-01", tags="[Ellery]")


@pytest.mark.parametrize("kind", sorted(OVERRIDES))
def test_what_a_site_has_of_its_own_takes_the_themes_place_until_it_is_gone(
    project: Project, another: Callable[[], Project], kind: str
) -> None:
    name, text, shown = OVERRIDES[kind]
    news(project).build()
    before = project.site()
    there = news(another()).write(f"templates/{name}", text)
    there.build()

    project.write(f"templates/{name}", text).build()
    assert "Own" in project.read(shown)
    assert project.site() == there.site()

    project.remove(f"templates/{name}").build()
    assert project.site() == before


def test_an_override_writes_the_pages_that_show_it_alone(project: Project) -> None:
    news(project).build()

    text = '{% extends "default/article.html" %}{% block title %}Own{% endblock %}'
    written = project.write("templates/article.html", text).build().written

    assert sorted(written) == ["2025/06/01/opera/index.html", "2025/06/02/cup/index.html"]


def test_an_asset_of_ones_own_makes_no_page_anew(project: Project) -> None:
    news(project).build()

    assert project.write("templates/assets/style.css", "/* Own */").build().written == ("assets/style.css",)


def test_the_original_is_reached_through_ones_own_frame(project: Project) -> None:
    """The theme's pages extend `base.html`, which may be the site's, which may extend the theme's."""
    news(project)
    project.write(
        "templates/base.html",
        '{% extends "default/base.html" %}{% block masthead %}<p>Frame</p>{{ super() }}{% endblock %}',
    )
    project.write(
        "templates/article.html",
        '{% extends "default/article.html" %}{% block content %}<p>Page</p>{{ super() }}{% endblock %}',
    )

    project.build()

    article = project.read("2025/06/02/cup/index.html")
    assert [article.count(text) for text in ("<p>Frame</p>", "<p>Page</p>", "<h1", "<title>The cup")] == [
        1,
        1,
        1,
        1,
    ]
    assert "<p>Frame</p>" in project.read("tags/index.html")


def test_templates_may_lie_in_another_folder(project: Project) -> None:
    news(project).configure('[build]\ntemplates = "theme/own"\n').write("theme/own/404.html", "Own").build()

    assert project.read("404.html") == "Own"
