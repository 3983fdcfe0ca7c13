"""One odd input never stops the rest: what once did, each by the smallest site that shows it."""

import re

import pytest
from conftest import NOW, Project

from generator import markdown, urls
from generator.config import Config, parse_config
from generator.frontmatter import parse_article, render_article
from generator.model import Article, DatelineError

FRONT = {
    "a value of a type it cannot have": {"mood": "!!bool perhaps"},
    "a moment that is none": {"mood": "!!timestamp soon"},
    "lists in lists": {"mood": "[" * 50_000 + "]" * 50_000},
    "a list for a key": {"mood": "x\n? [a, b]\n: c"},
    "a control character in an address": {"source": '{name: S, url: "https://s.example/\\x01"}'},
    "an address in broken brackets": {"image": "'http://[x/a.png'"},
    "a former address that is a file": {
        "aliases": "[/rss.xml, /404.html, /2025/06/index.html, /robots.txt/x]"
    },
    "a former address that is Dateline's own": {"aliases": "[/.dateline]"},
    "a former address too long for a name": {"aliases": f"[/{'x' * 300}]"},
}


@pytest.mark.parametrize("what", sorted(FRONT))
def test_odd_front_matter_is_an_issue_and_the_rest_is_built(project: Project, what: str) -> None:
    project.article("arts/2025-06-02/odd.md", "Odd", "2025-06-02", **FRONT[what])
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02")

    report = project.build()

    assert report.issues
    assert project.exists("2025/06/02/cup/index.html")
    assert project.build().written == ()


@pytest.mark.parametrize("date", ["0001-01-02", "9999-12-31"])
def test_the_ends_of_the_calendar_are_days_too(project: Project, date: str) -> None:
    for name in "ab":
        project.article(f"arts/x/{name}.md", name, date, tags="[x]")

    assert project.build(NOW).issues == ()


def test_a_title_that_no_feed_can_hold_does_not_stop_the_feeds(project: Project) -> None:
    project.article("arts/x/odd.md", '"\\x07"', "2025-06-02").build()

    assert project.exists("atom.xml")


def test_files_beside_an_article_stand_where_its_links_lead(project: Project) -> None:
    body = "![x](a%20b.png) [y](c.pdf#page=2) [z](./d.csv) [v](g.png?x=1) [own](index.html#top)"
    project.article("arts/2025-06-02/show.md", "Show", "2025-06-02", body, image="index.html")
    for name in ("a b.png", "c.pdf", "d.csv", "g.png", "index.html"):
        project.write(f"content/arts/2025-06-02/{name}", "mine")
    project.build()

    assert all(
        project.read(f"2025/06/02/show/{name}") == "mine" for name in ("a b.png", "c.pdf", "d.csv", "g.png")
    )
    assert "Show" in project.read("2025/06/02/show/index.html")


def test_a_link_to_itself_is_no_file(project: Project) -> None:
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02")
    (project.root / "content/a.md").symlink_to("b.md")
    (project.root / "content/b.md").symlink_to("a.md")

    assert project.build().issues == ()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("# c\n[topics]\nsport = 5", 3),
        ("# c\n[tags.aliases]\na = 5", 3),
        ("# c\n[publish.x]\na = 1", 2),
        ("# c\nsite = {titel = 1}", 2),
        ("[site]\nx.y = 1", 2),
        ('[site]\nbase_url = "http://[x/"', 2),
        ('[site]\nbase_url = "https://x.example/?a=b"', 2),
        ('[site]\ntitle = ""', 2),
        ('[site]\ntitle = "a\\u0001"', 2),
        ('[build]\noutput = "content"', 2),
    ],
)
def test_a_mistake_in_the_configuration_is_named_where_it_stands(text: str, line: int) -> None:
    with pytest.raises(DatelineError, match=f"^dateline.toml:{line}: "):
        parse_config(text)


@pytest.mark.parametrize("name", ["\u200fمحمد", "مح\u200bمد", "\ufeffمحمد\u200e"])
def test_characters_that_nobody_sees_make_no_other_term(name: str) -> None:
    assert urls.slug(name) == urls.slug("محمد")
    assert urls.slug("می\u200cخواهم") == "می\u200cخواهم"


def test_front_matter_has_a_line_per_field() -> None:
    text = render_article(Article("The cup", NOW))

    assert text == f"---\ntitle: The cup\ndate: {NOW.isoformat()}\n---\n"
    assert parse_article(text, "a.md", Config().zone).article == Article("The cup", NOW)


def test_only_what_a_page_really_uses_is_a_reference() -> None:
    assert markdown.references(markdown.render_markdown('Write `src="photo.png"`.')) == ()


def test_paragraphs_keep_words_apart_and_powers_in_place() -> None:
    assert markdown.paragraphs("<p>a<br>b 10<sup>6</sup></p>") == ("a b 106",)


def test_a_citation_is_a_web_address() -> None:
    html = markdown.render_markdown('<q cite="javascript:x">a</q> <q cite="https://a.example/">b</q>')

    assert re.findall('cite="(.*?)"', html) == ["https://a.example/"]
