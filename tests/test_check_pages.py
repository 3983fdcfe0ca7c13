"""`dateline check`: pictures, titles and addresses, unsafe HTML, what is too heavy."""

import json
import re

import pytest
from checking import checked, newsroom, page, problems
from conftest import Project
from showcase import DOT

from generator.checking.identities import clashes
from generator.checking.markup import read_fragment, read_page
from generator.checking.pictures import judge, kind_of
from generator.checking.weights import PAGE, WHOLE
from generator.model import Severity

CUP = "content/sport/2025-06-02/cup.md"
TEXT = '<div class="e-content">{}</div>'
"""The text of an article, as the theme's templates mark it."""


@pytest.fixture
def built(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    return newsroom(project, tmp_path_factory.getbasetemp())


# Pictures


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="/gone.png" alt="">',
        '<img src="/assets/card.png" srcset="/assets/card.png 1x, /gone.png 2x" alt="">',
        '<picture><source srcset="/gone.png"><img src="/assets/card.png" alt=""></picture>',
        '<video src="/assets/style.css" poster="/gone.png"></video>',
        '<meta property="og:image" content="https://news.example/gone.png">',
        '<meta name="twitter:image" content="/gone.png">',
        '<link rel="apple-touch-icon" href="/gone.png">',
        '<svg><image href="/gone.png"></image></svg>',
        '<script type="application/ld+json">{"image": "/gone.png"}</script>',
        '<script type="application/ld+json">{"image": [{"url": "/gone.png"}]}</script>',
        '<script type="application/ld+json">{"@graph": [{"publisher": {"logo": {"url": "/gone.png"}}}]}</script>',
        '<script type="application/ld+json">{"@type": "ImageObject", "contentUrl": "/gone.png"}</script>',
    ],
)
def test_whatever_shows_a_missing_picture_is_found(built: Project, markup: str) -> None:
    page(built, "a.html", markup)

    assert problems(built) == ["site/a.html:4: shows the picture /gone.png, which is not there"]


def test_a_picture_that_is_missing_in_several_ways_is_told_once(built: Project) -> None:
    page(built, "a.html", '<img src="/gone.png" alt="">', '<meta property="og:image" content="/gone.png">')

    assert len(problems(built)) == 1


def test_addresses_in_linked_data_lead_somewhere_and_it_is_json(built: Project) -> None:
    page(built, "a.html", '<script type="application/ld+json">{"url": "/gone/"}</script>')
    page(built, "b.html", '<script type="application/ld+json">{"url": /gone/}</script>')

    first, second = problems(built)

    assert first == "site/a.html:4: leads to /gone/, which is not there"
    assert second.startswith("site/b.html:4: its JSON-LD is no JSON: ")


def test_a_missing_picture_of_a_feed_is_one(built: Project) -> None:
    feed = built.read("atom.xml").replace("<entry>", "<logo>/gone.png</logo><entry>", 1)
    feed = feed.replace("<title>", '<link rel="enclosure" type="image/png" href="/no.png"/><title>', 1)
    built.write("site/atom.xml", feed)
    built.write(
        "site/feed.json", built.read("feed.json").replace('"title"', '"image": "/not.png",\n"title"', 1)
    )

    found = {(issue.path, issue.message) for issue in checked(built).issues}

    assert found == {
        ("site/atom.xml", "shows the picture /gone.png, which is not there"),
        ("site/atom.xml", "shows the picture /no.png, which is not there"),
        ("site/feed.json", "shows the picture /not.png, which is not there"),
    }


@pytest.mark.parametrize(
    ("name", "data", "message", "severity"),
    [
        ("quay.png", b"", "this picture is empty", Severity.ERROR),
        ("quay.png", b"<!doctype html>", "is called a picture of the kind PNG, and is none", Severity.ERROR),
        ("quay.jpg", DOT, "is called a picture of the kind JPEG, and is PNG", Severity.WARNING),
        ("quay.svg", b"<p>", "is called a picture of the kind SVG, and is none", Severity.ERROR),
    ],
)
def test_a_picture_that_is_none_is_told_with_its_file(
    project: Project, name: str, data: bytes, message: str, severity: Severity
) -> None:
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02", f"![Quay]({name})")
    project.write(f"content/sport/2025-06-02/{name}", data).build()

    (issue,) = checked(project).issues

    assert issue.path == f"site/2025/06/02/cup/{name}"
    assert issue.message == f"{message} (content/sport/2025-06-02/{name})"
    assert issue.severity is severity


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.PNG", DOT),
        ("a.jpeg", b"\xff\xd8\xff\xe0\0\x10JFIF"),
        ("a.gif", b"GIF89a"),
        ("a.webp", b"RIFF\0\0\0\0WEBPVP8 "),
        ("a.avif", b"\0\0\0\x1cftypavif\0\0\0\0"),
        ("a.ico", b"\0\0\1\0\1\0"),
        ("a.bmp", b"BM\0\0"),
        ("a.svg", b'\xef\xbb\xbf<?xml version="1.0"?><!-- x --><svg xmlns="http://www.w3.org/2000/svg"/>'),
    ],
)
def test_a_picture_is_known_by_its_beginning(name: str, data: bytes) -> None:
    assert judge(kind_of(name), data) is None


def test_a_picture_needs_words_or_says_that_it_is_decoration(built: Project) -> None:
    page(built, "a.html", '<img src="/assets/card.png">')
    page(built, "b.html", '<img src="/assets/card.png" alt=""><img src="/assets/card.png" alt="Card">')

    (issue,) = checked(built).issues

    assert (issue.path, issue.line, issue.severity) == ("site/a.html", 4, Severity.WARNING)
    assert issue.message.startswith("a picture has no `alt`")


# Titles and addresses


def test_two_pages_with_one_title_are_told_apart_by_nobody(project: Project) -> None:
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02")
    project.article("arts/2025-06-01/cup.md", "The  cup", "2025-06-01").build()

    (issue,) = checked(project).issues

    first, second = "2025/06/01/cup/index.html", "2025/06/02/cup/index.html"
    assert issue.severity is Severity.WARNING
    assert issue.path in {f"site/{first}", f"site/{second}"}
    assert "has the title of another page" in issue.message
    assert f": {second if issue.path.endswith(first) else first} (content/" in issue.message


def test_a_tag_may_be_called_like_a_topic_or_a_source(project: Project) -> None:
    for number in range(60):
        day = f"2025-{4 + number % 2:02}-{1 + number % 28:02}"
        front = {"tags": "[Sport, Herald]", "source": "Herald"}
        project.article(f"sport/{day}/cup-{number}.md", f"The cup {number}", day, **front)
    project.build()

    assert problems(project) == []


def test_pages_that_are_not_to_be_found_may_share_titles(built: Project) -> None:
    hidden = '<meta name="robots" content="noindex"><title>The film – Test</title>'
    built.write("site/a.html", f"<!doctype html><html><head>{hidden}</head><body></body></html>")

    assert problems(built) == []


@pytest.mark.parametrize(
    ("canonical", "what"),
    [
        ("/2025/06/02/cup/", "which is another page"),
        ("https://news.example/2025/06/02/cup/index.html", "which is another page"),
        ("/old/film/", "which only leads elsewhere"),
        ("/404.html", "which asks not to be indexed"),
    ],
)
def test_a_page_has_its_own_address_and_no_other(built: Project, canonical: str, what: str) -> None:
    page(built, "a.html", "", f'<link rel="canonical" href="{canonical}">')

    (issue,) = checked(built).issues

    assert issue.severity is Severity.ERROR
    assert issue.message.startswith("says that its own address (canonical) is /")
    assert issue.message.endswith(what)


def test_a_canonical_address_that_is_not_there_leads_nowhere(built: Project) -> None:
    page(built, "a.html", "", '<link rel="canonical" href="/gone/">')

    assert problems(built) == ["site/a.html:2: leads to /gone/, which is not there"]


def test_two_articles_of_one_original_are_told(project: Project) -> None:
    front = {"canonical": "https://port.example/cup"}
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02", **front)
    project.article("sport/2025-06-02/again.md", "The cup again", "2025-06-02", **front).build()

    (issue,) = checked(project).issues

    assert issue.severity is Severity.WARNING
    assert "names the same original as another page: 2025/06/02/" in issue.message


@pytest.mark.parametrize(
    ("paths", "found"),
    [
        (["A.html", "a.html"], [("a.html", "A.html")]),
        (["x/Quay.png", "x/quay.png"], [("x/quay.png", "x/Quay.png")]),
        (["caf\u00e9.html", "cafe\u0301.html"], [("cafe\u0301.html", "caf\u00e9.html")]),
        (["STRASSE/a", "straße/a"], [("straße/a", "STRASSE/a")]),
        (["Tags", "tags/index.html"], [("Tags", "tags/")]),
        (["Tags/a", "tags/b", "a", "b"], []),
    ],
)
def test_paths_that_some_systems_take_for_one(paths: list[str], found: list[tuple[str, str]]) -> None:
    assert [*clashes(paths)] == found


def test_files_that_differ_in_case_are_named(project: Project) -> None:
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02", "![One](quay.png) ![Two](Quay.png)")
    project.write("content/sport/2025-06-02/quay.png", DOT).write("content/sport/2025-06-02/Quay.png", DOT)
    project.build()

    (found,) = problems(project)

    assert re.match(
        r"site/2025/06/02/cup/quay.png:1: is one with another path where case .*cup/Quay.png", found
    )


# Unsafe HTML


@pytest.mark.parametrize(
    ("markup", "what"),
    [
        ("<script>alert(1)</script>", "a script"),
        ('<script src="/assets/search.js"></script>', "a script"),
        ('<p onclick="alert(1)">x</p>', "an event handler, `onclick`"),
        ('<img src="/assets/card.png" alt=""/ONERROR=alert(1)>', "an event handler, `onerror`"),
        ('<a href="javascript:alert(1)">x</a>', "an address that begins with `javascript:`"),
        ('<a href=" java\tscr&#105;pt:alert(1)">x</a>', "an address that begins with `javascript:`"),
        ('<svg><a xlink:href="javascript:x">x</a></svg>', "an address that begins with `javascript:`"),
        ('<a href="VBScript:x">x</a>', "an address that begins with `vbscript:`"),
        ('<a href="data:text/html,x">x</a>', "an address that begins with `data:`"),
        ('<a href="data:image/svg+xml,x">x</a>', "an address that begins with `data:`"),
        ('<iframe src="https://other.example/"></iframe>', "an element `iframe`"),
        ('<object data="/assets/card.png"></object>', "an element `object`"),
        ('<embed src="/assets/card.png">', "an element `embed`"),
        ('<base target="_top">', "an element `base`"),
        ('<meta http-equiv="refresh" content="0; url=/">', "a `meta` that sends readers elsewhere"),
    ],
)
def test_what_is_unsafe_in_the_text_of_an_article_is_an_error(
    project: Project, markup: str, what: str
) -> None:
    text = "<div class='body'>{{ page.card.summary | safe }}</div>"
    project.write(
        "templates/article.html",
        f"{{% extends 'default/article.html' %}}{{% block facts %}}{text}{{% endblock %}}",
    )
    summary = json.dumps(markup)
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02", summary=summary).build()

    found = [issue for issue in checked(project).issues if "the text of an article" in issue.message]

    assert [issue.message for issue in found] == [f"the text of an article holds {what} ({CUP})"]
    assert found[0].path == "site/2025/06/02/cup/index.html"
    assert found[0].severity is Severity.ERROR


@pytest.mark.parametrize(
    ("markup", "what"),
    [
        ("<script>alert(1)</script>", "holds a script that is written into the page"),
        ("<script type=module>alert(1)</script>", "holds a script that is written into the page"),
        ("<script type='text/javascript'>x</script>", "holds a script that is written into the page"),
        (
            '<script src="https://other.example/x.js"></script>',
            "runs a script of another site, other.example",
        ),
        ("<p onclick='x()'>x</p>", "holds an event handler, `onclick`"),
        ("<a href='javascript:x()'>x</a>", "holds an address that begins with `javascript:`"),
        (
            "<meta http-equiv=refresh content=60>",
            "holds a `meta` that takes the page away while it is read",
        ),
        (
            "<meta http-equiv=refresh content='5; url=/'>",
            "holds a `meta` that takes the page away while it is read",
        ),
        (
            "<img src=http://other.example/x.png alt=''>",
            "loads from other.example without encryption (http:), which browsers may refuse on a site that has it",
        ),
    ],
)
def test_what_a_template_brings_is_a_warning(built: Project, markup: str, what: str) -> None:
    page(built, "a.html", markup)
    page(built, "b.html", f"<p>x</p>\n{markup}")

    issues = [issue for issue in checked(built).issues if issue.path in {"site/a.html", "site/b.html"}]

    assert [(issue.message, issue.line) for issue in issues] == [(what, 4), (what, 5)]
    assert {issue.severity for issue in issues} == {Severity.WARNING}


@pytest.mark.parametrize(
    "markup",
    [
        "<script type='application/json'>{}</script>",
        "<script src='/assets/search.js'></script>",
        "<script src='https://news.example/assets/search.js'></script>",
        "<img src='data:image/png;base64,x' alt=''>",
        "<iframe src='https://other.example/'></iframe>",
        "<a href='http://other.example/'>x</a>",
        "<a href='mailto:a@news.example'>on = 1</a>",
        "<p title='onclick=x()' data-on='x'>x</p>",
        "<style>p { background: url(data:font/woff2,x) }</style>",
    ],
)
def test_what_is_harmless_is_not_told(built: Project, markup: str) -> None:
    built.write("site/assets/search.js", "")
    page(built, "a.html", markup)

    assert problems(built) == []


def governed(policy: str) -> str:
    return f'<meta http-equiv=Content-Security-Policy content="{policy}">'


@pytest.mark.parametrize(
    ("policy", "markup", "what"),
    [
        ("default-src 'self'", "<script>x</script>", "a script that is written into the page"),
        ("script-src 'self'", "<script type=module>x</script>", "a script that is written into the page"),
        (
            "script-src 'unsafe-inline' 'nonce-a'",
            "<script nonce=b>x</script>",
            "a script that is written into",
        ),
        ("script-src 'sha256-a'", "<script>x</script>", "a script that is written into the page"),
        ("default-src 'self'", "<style>p { color: red }</style>", "a style that is written into the page"),
        ("style-src 'self'", "<p style='color: red'>x</p>", "an attribute `style`"),
    ],
)
def test_what_the_policy_of_a_page_gives_no_effect_is_told(
    built: Project, policy: str, markup: str, what: str
) -> None:
    page(built, "a.html", markup, governed(policy))

    (issue,) = [issue for issue in checked(built).issues if issue.path == "site/a.html"]

    assert issue.message.startswith(f"holds {what}")
    assert issue.message.endswith(", which the page's own policy gives no effect")
    assert issue.severity is Severity.WARNING


@pytest.mark.parametrize(
    ("policy", "markup", "what"),
    [
        ("default-src 'self'", "<script src=https://other.example/x.js></script>", "a script"),
        ("script-src https://other.example/y/", "<script src=//other.example/x.js></script>", "a script"),
        ("script-src *.example", "<script src=https://other.test/x.js></script>", "a script"),
        ("default-src 'self'", "<link rel=stylesheet href=https://other.example/x.css>", "a stylesheet"),
    ],
)
def test_what_the_policy_of_a_page_keeps_away_is_told(
    built: Project, policy: str, markup: str, what: str
) -> None:
    page(built, "a.html", markup, governed(policy))

    (issue,) = [issue for issue in checked(built).issues if issue.path == "site/a.html"]

    assert issue.message.startswith(f"wants {what} of another site, other.")
    assert issue.message.endswith(", which the page's own policy lets nobody load")


@pytest.mark.parametrize(
    ("policy", "markup"),
    [
        ("style-src 'self' 'unsafe-inline'", "<style>p { color: red }</style><p style='color: red'>x</p>"),
        (
            "style-src 'sha256-ngewhhP73WDIbgwseeu52VAAJgKdGUsu1IUQQsAm8m4='",
            "<style>p { color: red }</style>",
        ),
        ("style-src https:", "<link rel=stylesheet href=https://other.example/x.css>"),
        ("style-src http://other.example:*", "<link rel=stylesheet href=https://other.example/x.css>"),
        ("style-src *.example", "<link rel=stylesheet href=https://other.example/x.css>"),
        ("style-src other.example/x.css", "<link rel=stylesheet href=https://other.example/x.css>"),
        ("style-src other.example/a/", "<link rel=stylesheet href=https://other.example/a/x.css>"),
        ("default-src *", "<link rel=stylesheet href=https://other.example/x.css>"),
        ("img-src 'none'", "<link rel=stylesheet href=https://other.example/x.css>"),
        ("default-src 'none'; style-src-elem *", "<link rel=stylesheet href=https://other.example/x.css>"),
        ("default-src 'self'; default-src 'none'", "<link rel=stylesheet href=/assets/style.css>"),
        ("default-src 'self'", "<script type=application/json>{}</script>"),
    ],
)
def test_what_the_policy_of_a_page_allows_is_not_told(built: Project, policy: str, markup: str) -> None:
    page(built, "a.html", markup, governed(policy))

    assert problems(built) == []


def test_a_script_that_a_policy_allows_is_told_as_any(built: Project) -> None:
    page(built, "a.html", "<script nonce=a>x</script>", governed("script-src 'nonce-a' other.example"))
    page(built, "b.html", "<script src=//other.example/x></script>", governed("script-src other.example"))

    found = [said.partition(": warning: ")[2] or said for said in problems(built)]

    assert [said.partition(": ")[2] for said in found] == [
        "holds a script that is written into the page",
        "runs a script of another site, other.example",
    ]


@pytest.mark.parametrize(
    "inside",
    [
        "<script>x</script>",
        "<g onclick='x()'/>",
        "<a xlink:href='javascript:x()' xmlns:xlink='http://www.w3.org/1999/xlink'/>",
        "<a><set attributeName='href' to=' javascript:x()'/></a>",
        "<a><animate attributeName='href' values='#a;javascript:x()'/></a>",
        "<foreignObject><iframe xmlns='http://www.w3.org/1999/xhtml' src='/'/></foreignObject>",
        "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>x</x:script>",
    ],
)
def test_a_drawing_beside_an_article_that_runs_a_script_is_named(project: Project, inside: str) -> None:
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02", "![A plan](plan.svg)")
    drawing = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>{}</svg>"
    project.write(
        "content/sport/2025-06-02/plan.svg", drawing.format("<image href='data:image/png;base64,x'/>")
    )
    project.build()
    assert problems(project) == []

    project.write("content/sport/2025-06-02/plan.svg", drawing.format(inside)).build()

    (found,) = problems(project)
    assert "plan.svg:1: is a drawing with a script, which runs for whoever opens it by itself" in found


def test_on_a_site_without_encryption_there_is_nothing_to_mix(project: Project) -> None:
    project.write("dateline.toml", '[site]\ntitle = "T"\nbase_url = "http://news.example/"\n')
    project.article(
        "sport/2025-06-02/cup.md", "The cup", "2025-06-02", "![x](http://other.example/x.png)"
    ).build()

    assert problems(project) == []


def test_a_stylesheet_loads_with_encryption_too(built: Project) -> None:
    built.write("site/assets/more.css", "p { background: url(http://other.example/x.png) }")

    (issue,) = checked(built).issues

    assert (issue.path, issue.severity) == ("site/assets/more.css", Severity.WARNING)
    assert issue.message.startswith("loads from other.example without encryption (http:)")


@pytest.mark.parametrize("markup", ["<script>x</script>", "<p\nonclick=x>", "<a href=javascript:x>"])
def test_fragments_of_feeds_are_texts_of_articles(markup: str) -> None:
    (fault,) = read_fragment(markup).faults

    assert fault.message.startswith("the text of an article holds ")
    assert fault.severity is Severity.ERROR


# What is too heavy


def test_a_page_that_search_engines_read_half_of_is_told_with_its_size(built: Project) -> None:
    page(built, "a.html", "x" * PAGE)
    page(built, "b.html", "x" * (PAGE - 1000))

    (issue,) = checked(built).issues

    assert issue.path == "site/a.html"
    assert issue.message == "this page is larger than the 2 MB that search engines read of one: 2.0 MB"
    assert issue.severity is Severity.WARNING


def test_a_page_is_weighed_with_what_it_loads_at_once(built: Project) -> None:
    built.write("site/assets/big.js", b"x" * (WHOLE // 2)).write("site/assets/more.js", b"x" * (WHOLE // 2))
    scripts = '<script src="/assets/big.js"></script><script src="more.js"></script>'
    page(built, "assets/a.html", scripts)
    page(built, "assets/b.html", '<script src="/assets/big.js"></script>' * 3)

    (found,) = problems(built)

    assert found.startswith("site/assets/a.html:1: this page and the site's files that it loads at once")
    assert found.endswith("more than 5 MB: 5.1 MB")


def test_a_picture_that_waits_for_its_reader_weighs_nothing_before() -> None:
    references = read_page(
        b'<p><img src=a.png alt=""><img src=b.png alt="" loading=lazy srcset="c.png 2x">'
    ).references

    assert [(one.address, one.use.at_once, one.use.loaded) for one in references] == [
        ("a.png", True, True),
        ("b.png", False, True),
        ("c.png", False, True),
    ]


def test_a_large_picture_is_told_with_its_size_and_file(project: Project) -> None:
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02", "![Quay](quay.png)")
    project.write("content/sport/2025-06-02/quay.png", DOT + bytes(1_230_000)).build()

    (found,) = problems(project)

    assert found.startswith("site/2025/06/02/cup/quay.png:1: this picture is larger than 1 MB: 1.2 MB")
    assert found.endswith(" (content/sport/2025-06-02/quay.png)")


def test_pages_that_stand_by_themselves_are_named_with_their_files(project: Project) -> None:
    project.write("content/about.md", "---\ntitle: About\n---\n\n[x](/gone/)\n").configure(
        '[pages]\nabout = "About"'
    )
    project.build()

    (found,) = problems(project)

    assert re.fullmatch(
        r"site/about/index\.html:\d+: leads to /gone/, which is not there \(content/about\.md\)", found
    )
