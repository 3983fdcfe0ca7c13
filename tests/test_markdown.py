"""Markdown to HTML: what people write is formatted, what could harm a reader is gone, addresses become absolute."""

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import markdown
from generator.metering import TooMuch

HOSTILE = (
    *(
        "<![",
        "<!--",
        "-->",
        "<?",
        "<script>",
        "</script>",
        "<style>",
        "<svg onload=x>",
        "<math><mtext>",
        "<td",
        "</b",
    ),
    *(
        "<a href='javascript:x'>",
        "[x](javascript:alert(1))",
        "[x](JaVa&#9;script:x)",
        "<img src=x onerror=y>",
        "<h1>",
        "</h1>",
        "<h1>",
        "</h1>",
    ),
    *(
        "[a]: data:text/html,x",
        "[a]",
        "![",
        "](",
        "```",
        "\n",
        "\n\n",
        "    ",
        "> ",
        "- ",
        "1. ",
        "**",
        "_",
        "`",
    ),
    *(
        "[^1]",
        "[^1]: n",
        "*[A]: b",
        "A",
        "| a | b |",
        "|-|-|",
        "&",
        "&#0;",
        "&lt;script&gt;",
        "\x02",
        "\x03",
        "\x00",
    ),
    *(
        "\x02wzxhzdk:0\x03",
        "klzzwxh:0",
        "<noscript><p title='</noscript><img src=x onerror=y>'>",
        "=== ",
        '"',
        "'",
    ),
)
pieces = st.sampled_from(HOSTILE) | st.text(st.characters(codec="utf-8"), max_size=3)
texts = st.lists(pieces, max_size=20).map("".join)


class Reader(HTMLParser):
    """Lists the elements and attributes of a page as a browser would find them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


@settings(deadline=None, max_examples=300)
@given(texts)
def test_nothing_harmful_survives(text: str) -> None:
    page = Reader(markdown.render_markdown(text))

    assert page.elements.isdisjoint(
        (
            "script",
            "style",
            "svg",
            "math",
            "iframe",
            "object",
            "embed",
            "form",
            "input",
            "link",
            "meta",
            "base",
            "h1",
        )
    )
    assert not any(name.startswith("on") or name == "style" for name, _ in page.attributes)
    assert not any(
        re.match(r"\s*(?:javascript|data|vbscript):", value, re.IGNORECASE)
        for name, value in page.attributes
        if name in {"href", "src", "cite"}
    )


@settings(deadline=None, max_examples=200)
@given(texts)
def test_cleaning_what_is_clean_changes_nothing_and_no_text_leaks_into_the_next(text: str) -> None:
    html = markdown.render_markdown(text)

    assert markdown.sanitise(html) == html
    assert markdown.render_markdown(text) == html


@settings(deadline=None, max_examples=200)
@given(texts)
def test_absolute_addresses_stay_absolute_wherever_they_are_read(text: str) -> None:
    html = markdown.absolutise(markdown.render_markdown(text), "https://n.example/2025/")

    assert markdown.absolutise(html, "https://other.example/") == html
    assert all(
        re.match("https?:|mailto:|tel:", value, re.IGNORECASE)
        for name, value in Reader(html).attributes
        if name in {"href", "src"}
    )


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*a* **b** `c`", "<p><em>a</em> <strong>b</strong> <code>c</code></p>"),
        ("# One\n\nTwo\n===\n\n## Three", "<h2>One</h2>\n<h2>Two</h2>\n<h3>Three</h3>"),
        ("#### Four\n\n# One", "<h2>Four</h2>\n<h2>One</h2>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("```python\nx < 1\n```", '<pre><code class="language-python">x &lt; 1\n</code></pre>'),
        ("```c++\nx\n```", '<pre><code class="language-c++">x\n</code></pre>'),
        ('![a](p.png "t")', '<p><img alt="a" src="p.png" title="t"></p>'),
        (
            "<https://a.example/?b=1&c=2>",
            '<p><a href="https://a.example/?b=1&amp;c=2">https://a.example/?b=1&amp;c=2</a></p>',
        ),
        ("AT&T &copy; 1 < 2", "<p>AT&amp;T © 1 &lt; 2</p>"),
        ("T\n: d", "<dl>\n<dt>T</dt>\n<dd>d</dd>\n</dl>"),
        ("UN\n\n*[UN]: United Nations", '<p><abbr title="United Nations">UN</abbr></p>'),
        ("<script>alert(1)</script>", ""),
        ("", ""),
    ],
)
def test_markdown_is_formatted(text: str, html: str) -> None:
    assert markdown.render_markdown(text) == html


def test_tables_keep_their_alignment_without_styles() -> None:
    html = markdown.render_markdown("|a|b|\n|:-|-:|\n|1|2|")

    assert re.findall(r"<t[hd] class=.*?>", html) == [
        '<th class="start">',
        '<th class="end">',
        '<td class="start">',
        '<td class="end">',
    ]
    assert "style" not in html


@settings(deadline=None)
@given(st.lists(st.integers(1, 6), max_size=8))
def test_headings_begin_below_the_title_and_skip_no_level(levels: list[int]) -> None:
    html = markdown.render_markdown("\n\n".join(f"{'#' * level} Head" for level in levels))
    found = [int(level) for level in re.findall(r"<h(\d)>", html)]

    assert len(found) == len(levels)
    assert all(2 <= level <= above + 1 for above, level in pairwise((1, *found)))


def test_footnotes_lead_there_and_back_and_stay_in_their_text() -> None:
    first = markdown.render_markdown("One[^1]\n\n[^1]: Note.")
    second = markdown.render_markdown("Two[^1]")

    assert 'href="#fn:1"' in first
    assert 'id="fn:1"' in first
    assert 'href="#fnref:1"' in first
    assert "Note" not in second


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("[x](a.csv)", 'href="https://n.example/d/2025/a.csv"'),
        ("![x](<a b.png>)", 'src="https://n.example/d/2025/a%20b.png"'),
        ("[x](../up/)", 'href="https://n.example/d/up/"'),
        ("[x](/root)", 'href="https://n.example/root"'),
        ("[x](//o.example/y)", 'href="https://o.example/y"'),
        ("[x](?q=1&r=2)", 'href="https://n.example/d/2025/?q=1&amp;r=2"'),
        ("[x](#here)", 'href="https://n.example/d/2025/#here"'),
        ("[x](mailto:a@b.example)", 'href="mailto:a@b.example"'),
        ("[x](http://o.example/a%20b)", 'href="http://o.example/a%20b"'),
    ],
)
def test_addresses_become_absolute_as_a_browser_would_read_them(text: str, address: str) -> None:
    html = markdown.absolutise(markdown.render_markdown(text), "https://n.example/d/2025/")

    assert address in html


def test_references_are_the_relative_names_each_once() -> None:
    beside = "![a](a.png) [a](a.png) [b](<b c.pdf>) [u](../up.png) [e](a&b.png)"
    elsewhere = "[x](https://o.example/x) [r](/r) [f](#f) [q](?q) [m](mailto:a@b.c) [o](//o.example/x)"

    html = markdown.render_markdown(f"{beside} {elsewhere}")

    assert markdown.references(html) == ("a.png", "b c.pdf", "../up.png", "a&b.png")


def test_paragraphs_are_plain_text() -> None:
    html = markdown.render_markdown(
        "*One*\ntwo & [three](x) <b>4</b> 1 < 2.[^1]\n\n- a\n\n![x](y.png)\n\nLast.\n\n[^1]: N."
    )

    assert markdown.paragraphs(html)[:2] == ("One two & three 4 1 < 2.", "Last.")


@pytest.mark.parametrize(
    "hostile", ["*", "<", "&", "`", "|", "_a", "\\", "[a]: ", "<!--", "word ", " ", "\n", "- ", ":   a\n"]
)
def test_a_long_hostile_text_comes_through(hostile: str) -> None:
    text = hostile * (20_000 // len(hostile))

    assert markdown.sanitise(markdown.render_markdown(text)) == markdown.render_markdown(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("One two\nthree.\n\nFour", 4),
        ("# Head\n\n- a *b*c\n- d", 4),
        ("a<br>b", 2),
        ("Two  words \nand two.", 4),
        ("Two words[^1]\n\n[^1]: Note.", 3),
        ("R&D &amp; AT&T", 3),
    ],
)
def test_words_are_counted_as_readers_see_them(text: str, words: int) -> None:
    assert markdown.count_words(markdown.render_markdown(text).encode()) == words


def test_a_text_too_deep_to_parse_leaves_nothing_behind() -> None:
    with pytest.raises(TooMuch):
        markdown.convert("- " * 2000 + "a")

    assert markdown.convert("One.\n\nTwo.") == "<p>One.</p>\n<p>Two.</p>"
