"""Texts that strangers wrote to hold a build up: they end as text, soon, with a message, and the others go on."""

import re
from datetime import UTC
from html import unescape

import pytest
from conftest import Project
from endless import BODIES

from generator import (
    documents,
    fields,
    frontmatter,
    html_nesting,
    image_sizes,
    markdown,
    metering,
    syndication,
)
from generator.html_nesting import check_html
from generator.ingest.summarising.summary import summarise
from generator.markdown_inline import MOST_ABBREVIATIONS
from generator.metering import DEEPEST, DEEPEST_HTML, TooMuch
from generator.model import Severity, Source

LENGTH = 60_000
"""Characters of a hostile text: at this length each would hold an uncounted parser up for minutes or for ever."""

HEAD = "title: T\ndate: 2025-06-02\n"


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a text take few steps, so that a test ends where its counting works."""
    monkeypatch.setattr(metering, "MOST_STEPS", 500_000)
    monkeypatch.setattr(metering, "STEPS_EACH", 1)


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize("name", BODIES)
def test_a_hostile_text_ends_as_html_or_as_it_is_written(name: str) -> None:
    text = BODIES[name](LENGTH)

    html, too_much = markdown.format_markdown(text)

    assert len(html) <= 10 * len(text)
    if too_much:
        assert markdown.plain_text(html).split() == text.split()
    else:
        assert markdown.sanitise(html) == html


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize(
    "name", ["links that do not end", "tags that do not end", "columns and rows", "one note in many places"]
)
def test_what_would_never_end_is_given_up(name: str) -> None:
    assert markdown.format_markdown(BODIES[name](LENGTH))[1] is not None


def test_quotes_and_lists_nest_as_deep_as_they_may_and_no_deeper() -> None:
    deepest = DEEPEST - 1  # the text itself is one

    assert markdown.convert("> " * deepest + "a").count("<blockquote>") == deepest
    with pytest.raises(TooMuch, match=f"deeper than {DEEPEST}"):
        markdown.convert("> " * (deepest + 1) + "a")
    with pytest.raises(TooMuch, match=f"deeper than {DEEPEST}"):
        markdown.convert("* " * 100 + "- a")
    with pytest.raises(TooMuch, match=f"deeper than {DEEPEST}"):
        markdown.convert("*a " * (DEEPEST + 1) + "a* " * (DEEPEST + 1))


def test_abbreviations_are_counted() -> None:
    explained = "\n".join(f"*[A{number}]: b" for number in range(MOST_ABBREVIATIONS))

    assert markdown.convert(f"{explained}\n\nA1").count("<abbr") == 1
    with pytest.raises(TooMuch, match="abbreviations"):
        markdown.convert(f"A1\n\n*[B]: c\n{explained}")


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * DEEPEST_HTML + "</div>" * DEEPEST_HTML,
        "<p>One <b>two</b> <a href='?a=b' title=\"it's\">three</a>.</p>" * 1000,
        "<ul>" + "<li>One" * 1000 + "</ul>",
        "<table>" + "<tr><td>One<td>Two" * 1000 + "</table>",
        "<dl>" + "<dt>One<dd>Two" * 1000 + "</dl>",
        "<!-- one --><br><img src=a.png/><hr/>" * 1000,
        "<blockquote>One</blockquote><script async src='a.js'></script>" * 1000,
        "<p>5 < 6 and < 7" * 1000,
    ],
)
def test_html_that_nests_well_may_be_long(html: str) -> None:
    check_html(html)


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * (DEEPEST_HTML + 1),
        "<div><object></div></object>" * DEEPEST_HTML,  # the end of an object's outside is none
        "<b title='</b>'>" * (DEEPEST_HTML + 1),
        "<b a=x=\" b='\" ></b '>" * (DEEPEST_HTML + 1),
        "<b><!-- </b> -->" * (DEEPEST_HTML + 1),
        "<b><textarea></b></textarea>" * (DEEPEST_HTML + 1),
        "<b><svg><![CDATA[</b>]]></svg>" * (DEEPEST_HTML + 1),
        "<b><p></b>" * (DEEPEST_HTML + 1),
    ],
)
def test_html_that_nests_deep_or_may_do_so_is_too_much(html: str) -> None:
    with pytest.raises(TooMuch, match=f"deeper than {DEEPEST_HTML}"):
        check_html(html)


def test_tags_that_are_opened_again_and_again_are_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    bold = "".join(f"<b title={number}>" for number in range(200))
    check_html(bold + "<p>x</p>" * 100)

    monkeypatch.setattr(html_nesting, "MOST_OPEN", 30_000)

    with pytest.raises(TooMuch):
        check_html(bold + "<p>x</p>" * 100)


def test_a_hostile_article_is_shown_as_it_is_written_and_the_others_go_on(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(metering, "MOST_STEPS", 100_000)
    project.article(
        "science/a.md", "Bad", "2025-06-02", "One.\n\nTwo <b>\n\n" + "[*a*](" * 3000 + "\n\nThree & four."
    )
    project.article("science/b.md", "Good", "2025-06-02", "*One.*").article(
        "science/c.md", "Deep", "2025-06-02", "> " * 9000
    )

    report = project.build()

    assert [(issue.path, issue.line, issue.severity) for issue in report.issues] == [
        ("content/science/a.md", 10, Severity.ERROR),
        ("content/science/c.md", 6, Severity.ERROR),
    ]
    assert all("as it is written" in issue.message for issue in report.issues)
    page = project.read("2025/06/02/a/index.html")
    assert "<p>Two &lt;b&gt;</p>" in page
    assert page.count("[*a*](") == 3000
    assert "<p>Three &amp; four.</p>" in page
    assert "<em>One.</em>" in project.read("2025/06/02/b/index.html")


def test_a_hostile_article_is_the_same_whoever_reads_it(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(metering, "MOST_STEPS", 100_000)
    project.article("science/a.md", "Bad", "2025-06-02", "[*a*](" * 3000).article(
        "science/b.md", "Good", "2025-06-02"
    )
    project.build()
    site = project.site()

    project.article("science/b.md", "Better", "2025-06-02").build()
    project.article("science/b.md", "Good", "2025-06-02").build(clean=True)

    assert project.site() == site


def test_a_file_that_is_too_large_is_not_read(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.article("science/a.md", "Small", "2025-06-02").article(
        "science/b.md", "Large", "2025-06-02", "a" * 2000
    )
    monkeypatch.setattr(documents, "LARGEST", 1024)

    for report in (project.build(), project.build()):
        assert [(issue.path, "not read" in issue.message) for issue in report.issues] == [
            ("content/science/b.md", True)
        ]
    assert project.exists("2025/06/02/a/index.html")
    assert not project.exists("2025/06/02/b/index.html")

    project.article("science/b.md", "Large", "2025-06-02", "a")

    assert not project.build().issues
    assert project.exists("2025/06/02/b/index.html")


def parsed(head: str) -> frontmatter.Parsed:
    return frontmatter.parse_article(f"---\n{head}---\n\nText.\n", "a.md", UTC)


@pytest.mark.parametrize("text", ["<div title='{}'>x</div>", "*a* <b>x</b> {}", "`a` {}"])
def test_ampersands_are_counted(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(html_nesting, "MOST_BEHIND", 100_000)
    many = text.format("&x &amp;" * 200)

    html, too_much = markdown.format_markdown(many)

    assert too_much is not None
    assert "&" in too_much.reason
    assert unescape(re.sub("</?p>|\n", "", html)) == many
    assert markdown.format_markdown(text.format("&x &amp; &lt;" + "&lt;" * 5000))[1] is None
    assert markdown.sanitise(f"<p title={'&' * 500}>") == f"<pre>&lt;p title={'&amp;' * 500}&gt;</pre>"


def test_front_matter_may_be_long_but_not_endless() -> None:
    room = frontmatter.LARGEST - len(HEAD) - len("x: \n")

    assert parsed(f"{HEAD}x: {'a' * room}\n").article
    (issue,) = parsed(f"{HEAD}x: {'a' * (room + 1)}\n").issues
    assert "262,144 characters" in issue.message


@pytest.mark.parametrize("form", ["[{}]", "{}"])
def test_an_article_has_a_limit_of_tags_and_keeps_the_first(form: str) -> None:
    names = [f"t{number}" for number in range(fields.MOST + 1)]

    few = parsed(f"{HEAD}tags: {form.format(', '.join(names[:-1]))}\n")
    many = parsed(f"{HEAD}tags: {form.format(', '.join(names))}\n")

    assert few.issues == ()
    assert many.article
    assert many.article.tags == tuple(names[:-1])
    assert [(issue.line, issue.message) for issue in many.issues] == [
        (4, "`tags` has 201 entries; the first 200 count, the others are left out")
    ]


@pytest.mark.parametrize(
    ("key", "longest"),
    [("title", fields.LONGEST), ("summary", fields.LONGEST_SUMMARY), ("source", fields.LONGEST)],
)
def test_a_text_that_is_too_long_is_cut(key: str, longest: int) -> None:
    rest = HEAD.replace("title: T\n", "") if key == "title" else HEAD
    whole, cut = (parsed(f"{rest}{key}: {'a' * length}\n") for length in (longest, longest + 1))

    assert whole.issues == ()
    assert cut.article
    found = getattr(cut.article, key)
    assert getattr(found, "name", found) == "a" * (longest - 1) + "…"
    assert "the rest is left out" in cut.issues[0].message


@pytest.mark.parametrize(
    ("line", "field", "left"),
    [
        ("image: data:image/png;base64,{}", "image", ""),
        ("canonical: https://a.example/{}", "canonical", ""),
        ("aliases: [one, {}]", "aliases", ("one",)),
        ("tags: [one, {}]", "tags", ("one",)),
        ("translations: {{de: /a/, fr: /{}}}", "translations", (("de", "/a/"),)),
    ],
)
def test_what_cannot_be_cut_is_left_out(line: str, field: str, left: object) -> None:
    found = parsed(f"{HEAD}{line.format('a' * (fields.LONGEST_ADDRESS + 1))}\n")

    assert found.article
    assert getattr(found.article, field) == left
    assert len(found.issues) == 1
    assert field in found.issues[0].message


def test_an_address_that_is_too_long_leaves_the_name_of_its_source() -> None:
    found = parsed(f"{HEAD}source: {{name: One, url: 'https://a.example/{'a' * 5000}'}}\n")

    assert found.article
    assert found.article.source == Source("One")
    assert "`url`" in found.issues[0].message


def test_messages_show_the_beginning_of_what_is_wrong() -> None:
    heads = (f"date: {'1' * 9000}", f"language: {'e' * 9000}", f"{'k' * 9000}: v", f"draft: {'x' * 9000}")

    for head in heads:
        for issue in parsed(f"title: T\n{head}\n").issues:
            assert len(issue.message) < 300


LAUGHS = "".join(f"k{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
MERGES = "".join(f"k{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}\n" for n in range(1, 60))
CHAIN = "".join(f"k{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 900))


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (f"k0: &a0 [a]\n{LAUGHS}", "stands for more than"),
        (f"k0: &a0 {{a: b}}\n{MERGES}", "stands for more than"),
        (f"k0: &a0 [a]\n{CHAIN}", "nests too deep"),
        ("k: &a [*a]\n", "nests too deep"),
        (f"k: {'9' * 5000}\n", "put quotes around it"),
        (f"k: 0x{'9' * 5000}\n", "put quotes around it"),
        (f"k: 1{':59' * 400}.5\n", "put quotes around it"),
        (f"k: 1{':59' * 120}\n", ""),
        (f"k: 1{':59' * 130}.5\n", ""),
        ("".join(f"k{n}:\n" for n in range(1001)), "more than 1,000 keys"),
        (f"k: {'[' * 200}{']' * 200}\n", "nests too deep"),
    ],
)
def test_yaml_that_grows_when_it_is_read_is_an_issue(values: str, message: str) -> None:
    found = parsed(f"{HEAD}{values}")

    assert any(message in issue.message for issue in found.issues)


def test_feeds_give_the_summary_of_a_body_that_is_too_long(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(syndication, "LARGEST_BODY", 100)
    project.article("science/a.md", "A", "2025-06-02", "Long story. " * 20, summary="Short.")
    project.article("science/b.md", "B", "2025-06-02", "A brief story.")

    project.build()

    for feed in ("rss.xml", "atom.xml", "feed.json"):
        assert "Long story. Long" not in project.read(feed)
        assert "Short." in project.read(feed)
        assert "A brief story." in project.read(feed)
    assert "Long story. Long" in project.read("2025/06/02/a/index.html")


@pytest.mark.parametrize("size", [0, image_sizes.LARGEST + 1, 2**31 - 1])
def test_a_picture_of_no_size_or_a_mad_one_has_none(project: Project, size: int) -> None:
    edge = size.to_bytes(4, "big")
    project.write(
        "content/a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + edge + edge + b"\x08\2\0\0\0" + b"\0" * 40
    )

    assert image_sizes.measure(project.root / "content", "a.png") is None


@pytest.mark.parametrize(
    ("name", "begin", "again"),
    [
        ("a.jpg", b"\xff\xd8\xff", b"\0"),
        ("b.jpg", b"\xff\xd8", b"\xff\xe1\0\2"),
        ("c.ppm", b"P6 ", b"1"),
        ("d.ppm", b"P6 #", b" "),
        ("e.tif", b"II*\0\x08\0\0\0\xff\xff", b"\1\0\3\0\1\0\0\0\1\0\0\0"),
        ("f.tif", b"II+\0\x08\0\0\0\x10\0\0\0\0\0\0\0" + b"\xff" * 8, b"\1\0\3\0" + b"\1\0\0\0" * 4),
        ("g.png", b"\x89PNG\r\n\x1a\n", b"\0\0\0\0aaaa\0\0\0\0"),
        ("h.svg", b"<svg ", b"<g width='"),
        ("i.avif", b"\0\0\0\x0cftypavif", b"\0\0\0\x08free"),
        ("j.jp2", b"\0\0\0\x0cjP  \r\n\x87\n", b"\0\0\0\x08free"),
    ],
)
def test_a_picture_without_end_is_read_for_a_while_only(
    project: Project, monkeypatch: pytest.MonkeyPatch, name: str, begin: bytes, again: bytes
) -> None:
    project.write(f"content/{name}", begin + again * 200_000)
    read: list[int] = []
    beginning = image_sizes._Beginning.read  # noqa: SLF001 - how often the file is asked

    def counted(self: image_sizes._Beginning, size: int = -1) -> bytes:
        read.append(size)
        return beginning(self, size)

    monkeypatch.setattr(image_sizes._Beginning, "read", counted)  # noqa: SLF001 - the same

    assert image_sizes.measure(project.root / "content", name) is None
    assert 0 < len(read) <= image_sizes.MOST_READS + 1


@pytest.mark.parametrize(
    "unit", ["a. ", "A b. ", "Mr. A.B. ", "“", "(A ", ".", "Abc Def, ", "中。", "1 ", "A"]
)
def test_a_summary_is_made_of_the_beginning_of_what_never_ends(unit: str) -> None:
    one, other = (unit * (times // len(unit)) for times in (50_000, 6_000_000))

    assert summarise((other,)) == summarise((one,))
