"""Mistakes in templates: each is named with the file and the line it is in, and with what was meant."""

import re
from collections.abc import Mapping

import pytest
from conftest import Project

from generator.model import DatelineError

EXTENDS = '{% extends "default/article.html" %}\n'

MISTAKES: dict[str, tuple[dict[str, str], str]] = {
    "a name that is not there": (
        {"article.html": "one\n\n{{ headline }}"},
        "article.html:3: `headline` is not defined; templates see `site`, `page` and what they set or import",
    ),
    "a misspelt name": (
        {"article.html": "\n{{ pge.title }}"},
        "article.html:2: `pge` is not defined; did you mean `page`?",
    ),
    "a name in a condition": (
        {"article.html": "\n{% if headline %}{% endif %}"},
        "article.html:2: `headline`",
    ),
    "a name in a loop": (
        {"article.html": "\n{% for x in page.cards %}{% endfor %}"},
        "article.html:2: `page.cards`",
    ),
    "a misspelt field of the page": (
        {"article.html": "\n{{ page.headd }}"},
        "article.html:2: `page.headd` is not there; did you mean `page.head`?",
    ),
    "a field of another page": (
        {"article.html": "\n\n{{ page.sections }}"},
        "article.html:3: `page.sections` is not there; there are: site, head, card, body",
    ),
    "a longer name for a field": (
        {"article.html": "{{ page.headline }}"},
        "article.html:1: `page.headline` is not there; did you mean `page.head`?",
    ),
    "a misspelt field of the site": (
        {"article.html": "{{ site.tittle }}"},
        "article.html:1: `site.tittle` is not there; did you mean `site.title`?",
    ),
    "a misspelt field further in": (
        {"article.html": "{{ page.card.titel }}"},
        "article.html:1: `Card` has no `titel`; did you mean `title`?",
    ),
    "a field of what is not there": (
        {"article.html": "\n{{ page.card.source.name }}"},
        "article.html:2: none has no `name`: what it is asked of is not there",
    ),
    "an element beyond a list": (
        {"article.html": "\n{{ page.related[7] }}"},
        "article.html:2: a list of 0 has no `7`",
    ),
    "a key of a mapping": (
        {"article.html": '{% set names = {"draft": 1} %}\n{{ names.drft }}'},
        "article.html:2: `dict` has no `drft`; did you mean `draft`?",
    ),
    "a filter": (
        {"article.html": "\n{{ page.card.date | longdate }}"},
        "article.html:2: No filter named 'longdate'. Did you mean `long_date`?",
    ),
    "a test": (
        {"article.html": "\n{{ 1 is od }}"},
        "article.html:2: No test named 'od'. Did you mean `odd`?",
    ),
    "a filter of what it cannot take": (
        {"article.html": "\n{{ page.card.title | long_date }}"},
        "article.html:2: Invalid isoformat string: 'The cup'",
    ),
    "an include": (
        {"article.html": '\n\n{% include "_crad.html" %}'},
        "article.html:3: there is no template called `_crad.html`; did you mean `_card.html`?",
    ),
    "an include by a name that is made": (
        {"article.html": '\n\n{% include "_c" ~ "rad.html" %}'},
        "article.html:3: there is no template called `_crad.html`; did you mean `_card.html`?",
    ),
    "an import": (
        {"article.html": '\n{% from "macros.html" import x %}'},
        "article.html:2: there is no template called `macros.html`",
    ),
    "an original that is not there": (
        {"article.html": '\n{% extends "default/artcle.html" %}'},
        "article.html:2: there is no template called `default/artcle.html`; did you mean `default/article.html`?",
    ),
    "a list of includes, none of which is there": (
        {"article.html": '\n{% include ["a.html", "b.html"] %}'},
        "article.html:2: ",
    ),
    "in a file that is included": (
        {"article.html": '{% include "_own.html" %}', "_own.html": "\n\n{{ page.headline }}"},
        "_own.html:3: `page.headline` is not there; did you mean `page.head`?",
    ),
    "in a macro of another file": (
        {
            "article.html": '\n{% from "_own.html" import facts %}\n{{ facts(page.card) }}',
            "_own.html": "{% macro facts(card) %}\n{{ card.titel }}\n{% endmacro %}",
        },
        "_own.html:2: `Card` has no `titel`; did you mean `title`?",
    ),
    "the page in a macro of another file": (
        {
            "article.html": '{% from "_own.html" import facts %}{{ facts() }}',
            "_own.html": "{% macro facts() %}\n\n{{ page.card.title }}\n{% endmacro %}",
        },
        "_own.html:3: `page` is not given here: macros that are imported without context see what they are called",
    ),
    "a macro that is not there": (
        {"article.html": '{% from "_card.html" import tgas %}\n\n{{ tgas(page.card) }}'},
        "article.html:3: the template '_card.html' (imported on line 1 in 'article.html') does not export",
    ),
    "in a fragment that is kept": (
        {"article.html": "\n{% cache page.card %}\n{{ page.headline }}\n{% endcache %}"},
        "article.html:3: `page.headline`",
    ),
    "in what a fragment is kept by": (
        {"article.html": "\n\n{% cache page.headline %}{% endcache %}"},
        "article.html:3: `page.headline`",
    ),
    "in a sentence to translate": (
        {"article.html": "\n{% trans %}\nBy {{ autor }}\n{% endtrans %}"},
        "article.html:2: `autor` is not defined",  # the line the sentence begins on
    ),
    "in what a sentence to translate is given": (
        {"article.html": "\n{% trans who=page.headline %}By {{ who }}{% endtrans %}"},
        "article.html:2: `page.headline`",
    ),
    "in a number that a sentence counts": (
        {"article.html": "\n{% trans n=page.size %}{{ n }} day{% pluralize %}{{ n }} days{% endtrans %}"},
        "article.html:2: `page.size` is not there",
    ),
    "in a block of one's own": (
        {"article.html": EXTENDS + "{% block content %}\n{{ super() }}\n{{ page.headline }}{% endblock %}"},
        "article.html:4: `page.headline`",
    ),
    "a number where a date is asked for": (
        {"article.html": "\n{{ page.words | long_date }}"},
        "article.html:2: AssertionError",
    ),
    "in the syntax": (
        {"article.html": EXTENDS + "\n{% block content %}"},
        "article.html:3: Unexpected end of template",
    ),
    "in the syntax of a file that is included": (
        {"article.html": '{% include "_own.html" %}', "_own.html": "\n{% for %}"},
        "_own.html:2: ",
    ),
}


def build(project: Project, templates: Mapping[str, str], prefix: str = "templates/") -> str:
    """Build a site with templates of its own; give what is said to be wrong."""
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02")
    for name, text in templates.items():
        project.write(f"templates/{name}", text)
    with pytest.raises(DatelineError) as caught:
        project.build()
    assert str(caught.value).startswith(prefix), str(caught.value)
    return str(caught.value).removeprefix(prefix)


@pytest.mark.parametrize("kind", sorted(MISTAKES))
def test_a_mistake_is_named_with_its_file_its_line_and_what_was_meant(project: Project, kind: str) -> None:
    templates, said = MISTAKES[kind]

    assert build(project, templates).startswith(said)
    assert not (project.root / "site" / "index.html").exists()


def test_a_mistake_is_named_alike_when_the_template_was_compiled_before(project: Project) -> None:
    templates = {"article.html": "\n{{ page.headd }}"}
    first = build(project, templates)

    assert build(project, templates) == first
    assert list((project.root / ".dateline" / "templates").rglob("*.cache"))


def test_a_mistake_says_which_page_was_being_made(project: Project) -> None:
    assert build(project, {"article.html": "{{ page.x }}"}).endswith(
        "(while rendering 2025/06/02/cup/index.html)"
    )


def test_a_macro_that_does_not_fit_is_named_where_the_theme_calls_it(project: Project) -> None:
    said = build(project, {"_navigation.html": "{% macro entry() %}{% endmacro %}"}, "default/")

    assert re.match(r"base\.html:\d+: macro 'entry' takes ", said)


def test_what_need_not_be_there_may_be_missing(project: Project) -> None:
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02")
    text = '{% include "_own.html" ignore missing %}{% include ["_own.html", "_other.html"] %}'
    project.write("templates/404.html", text).write("templates/_other.html", "other").build()
    assert project.read("404.html") == "other"

    project.write("templates/_own.html", "own").build()

    assert project.read("404.html") == "ownown"


def test_whether_a_name_is_defined_may_be_asked(project: Project) -> None:
    text = (
        '{{ page.nothing | default("none") }} {{ page.nothing is defined }} {{ nothing | default("none") }}'
    )

    project.write("templates/404.html", text).build()

    assert project.read("404.html") == "none False none"


def test_a_template_that_extends_itself_is_told_so(project: Project) -> None:
    said = build(project, {"article.html": "{% extends 'article.html' %}"})

    assert "extends, includes or calls itself" in said
