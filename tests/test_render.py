"""Templates to bytes: what is in a template's closure, and how a template's mistake is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape
from samples import SETTINGS, card
from samples import given as gave

from generator import environment, fragments, listings, render
from generator.model import DatelineError, Page, TemplateText
from generator.records import changed
from generator.render import Templates
from generator.views import Entry


def templates(**texts: str) -> Templates:
    """Make templates of texts; `base` stands for `base.html`."""
    return Templates(
        {f"{name}.html": TemplateText(f"templates/{name}.html", text) for name, text in texts.items()}
    )


def page(template: str = "page.html", *, title: str = "The cup") -> Page:
    view = listings.view_day(gave(("day", "2025-06-02"), card(title=title)), SETTINGS)
    return Page(("day", "2025-06-02"), "2025/06/02/index.html", template, view)


def shown(text: str, **others: str) -> str:
    return templates(page=text, **others).render(page(title="<b>&")).decode()


def test_a_template_sees_the_site_the_page_and_addresses() -> None:
    assert shown(
        "{{ site.title }}|{{ page.day }}|{{ 'tags/a b/'|url }}|{{ ''|url }}|{{ 'https://x.example/'|url }}"
    ) == ("News digest|2025-06-02|/tags/a%20b/|/|https://x.example/")


def test_text_is_escaped_unless_it_is_safe_html() -> None:
    title = "page.sections[0].cards[0].title"

    assert shown(f"{{{{ {title} }}}}") == "&lt;b&gt;&amp;"
    assert shown(f"{{{{ {title}|safe_html }}}}") == "<b>&"


class Html:
    def __html__(self) -> str:
        return "<i>"


@given(st.text() | st.text().map(Markup) | st.none() | st.integers() | st.builds(Html))
def test_what_is_printed_is_what_markupsafe_escapes(value: object) -> None:
    assert environment.printed(value) == escape(value)


def test_values_that_are_not_known_to_be_safe_stay_escaped_on_their_way() -> None:
    text = "{% macro twice(a) %}{{ a }}{{ a }}{% endmacro %}{% set b %}{{ twice('<&') }}{% endset %}{{ b ~ '<' }}"

    assert shown(text) == "&lt;&amp;&lt;&amp;&lt;"


def test_a_page_is_always_utf8() -> None:
    assert (
        templates(page="{{ page.sections[0].cards[0].title }}").render(page(title="北京 \ud800"))
        == "北京 ?".encode()
    )


CHAIN = {
    "page": "{% extends 'base.html' %}{% from 'parts.html' import part %}",
    "base": "{% include 'foot.html' %}",
    "parts": "{% macro part() %}{% endmacro %}",
    "foot": "foot",
    "other": "other",
}


@pytest.mark.parametrize("changed", ["page", "base", "parts", "foot"])
def test_the_closure_holds_what_a_template_extends_imports_and_includes(changed: str) -> None:
    before = templates(**CHAIN).closure("page.html")

    after = templates(**CHAIN | {changed: f"{CHAIN[changed]} "}).closure("page.html")

    assert before != after


def test_the_closure_holds_nothing_else() -> None:
    before = templates(**CHAIN).closure("page.html")

    assert templates(**CHAIN | {"other": "changed"}).closure("page.html") == before
    assert templates(**CHAIN).closure("page.html") == before
    assert templates(**CHAIN).closure("base.html") != before


def test_a_name_decided_while_rendering_counts_as_every_template() -> None:
    text = {"page": "{% include page.day ~ '.html' ignore missing %}", "other": "one"}

    assert templates(**text).closure("page.html") != templates(**text | {"other": "two"}).closure("page.html")


def test_templates_may_include_each_other() -> None:
    text = {"page": "{% if false %}{% include 'base.html' %}{% endif %}", "base": "{% include 'page.html' %}"}

    assert len(templates(**text).closure("page.html")) == 32


def test_a_template_that_is_no_file_is_its_own_closure() -> None:
    names = [*render.RENDERERS, *render.FRAMED]
    assert [templates().closure(name) for name in names] == names


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        (
            {"page": "one\n{{ page.nothing }}"},
            "templates/page.html:2: .*nothing.*while rendering 2025/06/02/index",
        ),
        ({"page": "\n\n{{ nothing }}"}, "templates/page.html:3: .*nothing"),
        ({"page": "\n{{ 1 / 0 }}"}, "templates/page.html:2: .*zero"),
        ({"page": "\n{% if %}"}, "templates/page.html:2: "),
        ({"page": "\n{{ page.day|nonsense }}"}, "templates/page.html:2: .*nonsense"),
        (
            {"page": "{% extends 'gone.html' %}"},
            "templates/page.html:1: there is no template called `gone.html`",
        ),
        ({"page": "{% include 'foot.html' %}", "foot": "\n\n{{ x }}"}, "templates/foot.html:3: .*x"),
        ({"page": "{% include 'foot.html' %}", "foot": "\n{% for %}"}, "templates/foot.html:2: "),
        ({}, "templates/page.html:1: there is no template"),
    ],
)
def test_a_mistake_is_named_with_file_and_line(texts: dict[str, str], message: str) -> None:
    with pytest.raises(DatelineError, match=f"^{message}"):
        templates(**texts).render(page())


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        ({}, "templates/page.html:1: there is no template"),
        (
            {"page": "{% include 'gone.html' %}"},
            "templates/page.html:1: there is no template called `gone.html`",
        ),
        ({"page": "\n{% if %}"}, "templates/page.html:2: "),
    ],
)
def test_a_closure_with_a_hole_is_a_mistake(texts: dict[str, str], message: str) -> None:
    with pytest.raises(DatelineError, match=f"^{message}"):
        templates(**texts).closure("page.html")


@pytest.mark.parametrize(
    "address", ["https://www.courier.example/a/b", "http://courier.example", "https://courier.example/"]
)
def test_an_address_is_known_by_its_host(address: str) -> None:
    assert environment.plain_url(address) == "courier.example"


CACHED = "{% cache page.day %}<i>{{ page.sections[0].cards[0].title }}{{ 'a'|url }}</i>{% endcache %}"


def test_a_fragment_is_rendered_once_for_each_of_its_values() -> None:
    drawn = templates(page=CACHED)

    assert drawn.render(page(title="One & all")) == b"<i>One &amp; all/a</i>"
    assert drawn.render(page(title="Two")) == b"<i>One &amp; all/a</i>"


def test_a_fragment_belongs_to_its_site() -> None:
    drawn = templates(page=CACHED)
    first = page()
    moved = changed(first, view=changed(first.view, site=changed(first.view.site, base_path="/digest/")))

    assert drawn.render(first) == b"<i>The cup/a</i>"
    assert drawn.render(moved) == b"<i>The cup/digest/a</i>"
    assert drawn.render(first) == b"<i>The cup/a</i>"


def test_fragments_of_equal_values_in_two_places_stay_apart() -> None:
    text = "{% cache page.day %}1{% endcache %}\n{% cache page.day %}2{% endcache %}\n"
    text += "{% cache page.day, 1 %}3{% endcache %}"

    assert shown(text) == "123"


def test_two_fragments_on_one_line_stay_apart() -> None:
    assert shown("{% cache page.day %}1{% endcache %}{% cache page.day %}2{% endcache %}") == "12"


def test_a_body_is_safe_wherever_it_goes() -> None:
    view = listings.view_article(
        gave(("article", ""), entries=(Entry(card(), "<p>A</p>", stamp="1"),)), SETTINGS
    )
    text = "{{ page.body }}{{ page.body|safe_html|replace('A', 'B') }}{% set b %}{{ page.body }}{% endset %}{{ b }}"

    assert templates(page=text).render(changed(page(), view=view)) == b"<p>A</p><p>B</p><p>A</p>"


@pytest.mark.parametrize(("most", "rendered"), [(5, "012340123"), (3, "012340173"), (2, "012345678")])
def test_fragments_are_kept_up_to_a_bound(monkeypatch: pytest.MonkeyPatch, most: int, rendered: str) -> None:
    monkeypatch.setattr(fragments, "MOST", most)
    text = "{% for number in range(9) %}{% cache number % 5 %}{{ number }}{% endcache %}{% endfor %}"

    assert shown(text) == rendered
