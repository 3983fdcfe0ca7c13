"""The direct way for simple Markdown: what it renders is what the parser and the sanitiser make of it."""

from collections.abc import Iterable
from itertools import product
from string import ascii_letters

import pytest
from constructs import FAR, LOCAL, PLAIN, TRACES
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import markdown
from generator.blocks import rank_headings, render_blocks

ARTICLE = """\
The harbour bridge at Port Ellery – closed since May – reopens on Monday.

## What changes

Trains run [every ten minutes](https://lindmoor.example/?a=1&b=2) again; 3 < 5 [sic].

- *Monday*: the bridge
- AT&T, **from Tuesday on**
- 1986\\. A great year


> "We will see", said Ada Quill
> of Lindmoor & Vale.

### The fares

1. £5
2. £6 > £5

The council meets in June.
"""
HTML = """\
<p>The harbour bridge at Port Ellery – closed since May – reopens on Monday.</p>
<h2>What changes</h2>
<p>Trains run <a href="https://lindmoor.example/?a=1&amp;b=2">every ten minutes</a> again; 3 &lt; 5 [sic].</p>
<ul>
<li><em>Monday</em>: the bridge</li>
<li>AT&amp;T, <strong>from Tuesday on</strong></li>
<li>1986. A great year</li>
</ul>
<blockquote>
<p>"We will see", said Ada Quill
of Lindmoor &amp; Vale.</p>
</blockquote>
<h3>The fares</h3>
<ol>
<li>£5</li>
<li>£6 &gt; £5</li>
</ol>
<p>The council meets in June.</p>"""

LINK = "[a](https://a.example)"
SIMPLE = (
    *("# Head", "[a](https://a.example/b#c)", "###### A *b* 3", f"## {LINK}, said", "- a", "- a\n- b c"),
    *("* a\n+ b\n- *c*", "- **a** b", "1. a", "1. a\n1. b\n12. c", "> a", "> a b\n> *c*", f"> {LINK}", LINK),
    *(f"a\n{LINK} [b]\nc", "*a* **b**"),
)
INLINE = (
    *("*a*", "**a b**", "(*a*)", "a*b*c", "*a*b*c*", "*a*, **b** *c*", "*a & b* \\*c\\*", "*a < b* a_b"),
    *('*"a"*', "[a](http://a.example)", "[a](https://b-1.a.example/b_c/~d?e=f&g=%20)"),
    *("[a & b!](https://a.example?b)", "[AT&T](https://a.example/&copy=1,2)", f"[b] {LINK}: c"),
    *(f"[b {LINK}] c", f"({LINK})", f"{LINK}(b)", f"*a*{LINK}*b*", f"{LINK}{LINK}", f"x_y {LINK} x_y"),
    *("[\u00e9\u00a0b](https://A.Example/)", "[a\\](https://a.example) *b*", "1) a", "1.a", "\\**a*"),
)
REFUSED = (
    *("#Head", "#", "# ", "#  a", "# a ", "# a #", "# a#b", "####### a", "# a\nb", "a\n# b", "# - a"),
    *("# 1. a", "-a", "-", "-  a", "- a ", "- a\nb", "a\n- b", "- a\n1. b", "- a\n  b", "- a\n    - b"),
    *("- # a", "- > a", "- - a", "- 1. a", "- : a", "- | a", "- a | b\n- | -", "- [a]: b", "- *[a]: b"),
    *("- ~~~", "- ---", "- a\n-", "- a\n\n- b", "* a\n\n\n+ b", "- a\n\n    b", "- `a`", "- a\n\n: b"),
    *("- ![a](b)", "- a\n---", "2. a", "01. a", "1. a\n- b", "1. a\n\n1. b", "1. a\n\n\n\n2. b"),
    *("1. a\n\u0662. b", "\u0661. a", ">a", ">", "> a\n>\n> b", "> a\nb", "a\n> b", "> a\n\n> b"),
    *("> a\n\n\n>b", "> > a", "> - a", "> a  \n> b", "> a\n> ---", "> a\n> : b", ">  a", "> a | b\n> - | -"),
    *("> [a]\n> : b", "*a", "a*", "* a*", "*a *", "*a**", "**a*", "***a***", "*a**b*", "*a\nb*", "*a_b*"),
    *("*\\*a*", "**a*b**", "****", f"*{LINK}*", "[*a*](https://a.example)", "_a_", "*`a`*", "*&amp;*"),
    *("*&#38;*", "*a<b>*", "\\\\*a*", "**", "[a](/b)", "[a](https://a.example 'T')"),
    *("[a](<https://a.example>)", "[a](mailto:a@b.example)", "[a]()", "[](https://a.example)"),
    *("[ a](https://a.example)", "[a\nb](https://a.example)", "[a [b]](https://a.example)", f"!{LINK}"),
    *(f"\\!{LINK}", f"\\{LINK}", f"{LINK}\n: b", "[a](https://a.example", "[a](https://a)"),
    *("[a](https://1.2.3.4)", "[a](https://a..example)", "[a](https://a-.example)"),
    *("[a](https://xn--a.example)", "[a](https://a_b.example)", "[a](https://a.example:99999)"),
    *("[a](https:/a.example)", "[a](https://a.example/(b))", '[a](https://a.example/"b")'),
    *("[a](https://a.example/&amp;)", "[a][b] *c", "[a](https://a.example/\\*)"),
    *("[a](https://a.example/\u00e9)", "[a](https://a.example/ b)", "[a]: https://b"),
    *("[a](https://a.example/&#38)", "[a](https://a.example/*b*)", "[a](https://u@a.example)"),
    *("[a](ftp://a.example)", "`a`", "~~~", "<b>", "&copy;", "a  \nb", "    a", "a\tb", "a\rb", "a\x00"),
    *("a\x01b", "\x02a\x03", "\ud800", "\x03", "*\ud800*", "**\ud800**", "[\ud800](https://a.example)"),
    *("- \ud800", "# \ud800"),
)
SEPARATORS = ("\n\n", "\n\n\n", "\n\n\n\n", "\n", "\n \n")
PLACES = (
    *("# {}", "# a{}b", "# a{}", "- {}", "- a{}\n- b", "- a\n- {}b", "1. {}", "1. a{}b", "1. a\n{}"),
    *("- a\n{}", "> {}", "> a{}\n> b", "> a\n> {}b", "a\n\n{}\n\nb", "*{}*", "**{}a**", "a{}*b*{}c"),
    *("**b**{}", "[{}](https://a.example)", "a{}[b](https://a.example){}", "[a](https://a{}.example)"),
    *("[a](https://a.example/{})", "{}\n\n- a\n\n{}b", "- a\n\n{}b", "1. a\n\n{}b", "> a\n\n{}b", "{}# a"),
    *("a{}- b", "a{}> b"),
)
SIGNS = (
    *"*_`[](){}!&<>#-+=.:;|~\\/\"'",
    *" \n\taK09é\x00\x03\u00a0\u2028\x85",
    *("\n\n", "**", "  ", "1.", "- ", "> ", "[a]", "](", "; "),
)


def differing(texts: Iterable[str]) -> list[str]:
    """Which of these are rendered directly, and in another way than the parser's."""
    direct = ((text, render_blocks(text)) for text in texts)
    return [text for text, html in direct if html is not None and html != markdown.convert(text)]


def test_an_ordinary_article_needs_no_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    assert markdown.convert(ARTICLE) == HTML

    monkeypatch.delattr(markdown, "convert")

    assert markdown.render_markdown(ARTICLE) == HTML


@pytest.mark.parametrize("text", ["", "\n\n", "a\n\nb", "\\*a\\*", *SIMPLE, *INLINE])
def test_simple_markdown_goes_the_direct_way(text: str) -> None:
    for document in (text, f"\nBefore\n\n{text}\n\n\nAfter\n", f"# a\n\n{text}\n\n## b"):
        assert render_blocks(document) == markdown.convert(document)


@pytest.mark.parametrize(
    "place", ["# {}", "# a {} b", "- {}", "- a\n- {} b", "1. a {}", "> {}", "> a\n> b {}"]
)
def test_blocks_hold_what_paragraphs_do(place: str) -> None:
    texts = [place.format(text) for text in INLINE]

    assert [render_blocks(text) for text in texts] == [markdown.convert(text) for text in texts]


@pytest.mark.parametrize("text", REFUSED)
def test_what_may_be_other_markdown_is_left_to_the_parser(text: str) -> None:
    assert render_blocks(text) is None
    assert render_blocks(f"Before\n\n{text}\n\nAfter") is None


def test_headings_are_ranked_over_the_whole_text() -> None:
    levels = product("123456", repeat=3)
    texts = ["\n\n- a\n\n".join(f"{'#' * int(level)} b" for level in some) for some in levels]

    assert [render_blocks(text) for text in texts] == [markdown.convert(text) for text in texts]


@pytest.mark.parametrize(
    ("levels", "ranks"),
    [
        ([], []),
        ([2, 2], [2, 2]),
        ([4, 6, 4], [2, 3, 2]),
        ([3, 1, 2, 3], [2, 2, 3, 4]),
        ([1, 2, 3, 4, 5, 6], [2, 3, 4, 5, 6, 6]),
    ],
)
def test_headings_are_shown_below_the_title_and_skip_no_level(levels: list[int], ranks: list[int]) -> None:
    assert list(rank_headings(levels)) == ranks


def test_neighbours_of_any_kind_are_what_the_parser_makes_of_them() -> None:
    blocks = (*SIMPLE, *LOCAL, *FAR, *PLAIN, *TRACES, *REFUSED)
    pairs = product(blocks, SEPARATORS, (*SIMPLE, *LOCAL, *FAR))

    assert differing(map("".join, pairs)) == []


def test_no_block_reaches_over_another() -> None:
    blocks = (*SIMPLE, "Plain.", "    a", ": a", "a\nb", "---", "- a\n\n    b", "[a]: /b", "*[a]: b", "```")
    triples = product(blocks, SEPARATORS[::3], blocks, SEPARATORS[:1], blocks)

    assert differing(map("".join, triples)) == []


@pytest.mark.parametrize("place", PLACES)
def test_no_one_or_two_signs_make_a_difference_anywhere(place: str) -> None:
    signs = (*SIGNS, *map("".join, product(SIGNS, repeat=2)))

    assert differing(place.replace("{}", sign) for sign in signs) == []


def test_no_signs_of_emphasis_and_links_are_paired_in_another_way() -> None:
    pieces = ("*", "**", "[", "]", LINK, "](https://a.example)", "a", "_", "\\", " ", "!")
    mixtures = (mixture for length in range(6) for mixture in product(pieces, repeat=length))

    assert differing(map("".join, mixtures)) == []


letters = st.sampled_from(ascii_letters) | st.characters(codec="utf-8", categories=("L", "N"))
word = st.text(letters, min_size=1, max_size=3)
phrase = st.lists(word, min_size=1, max_size=3).map(" ".join)
linked = st.builds(
    "[{}](https://{}.example/?{}&a=1)".format, phrase, st.sampled_from(("a", "b-c.d")), st.just("x")
)
stressed = st.builds("{0}{1}{0}".format, st.sampled_from(("*", "**")), phrase)
line = (
    st.lists(phrase | linked | stressed | st.sampled_from(("a & b", "–", "3 < 5", "5 > 3")), max_size=4)
    .map(" ".join)
    .map("a {}.".format)
)
lines = st.lists(line, min_size=1, max_size=3)
heading = st.builds("{} {}".format, st.integers(1, 6).map("#".__mul__), line)
bulleted = lines.map(lambda items: "\n".join(f"{'-*+'[len(item) % 3]} {item}" for item in items))
numbered = lines.map(
    lambda items: "\n".join(f"{number}. {item}" for number, item in enumerate(items, start=1))
)
quote = lines.map(lambda found: "\n".join(f"> {line}" for line in found))
gap = st.sampled_from(("\n\n", "\n\n\n"))
construct = st.tuples(heading | bulleted | numbered | quote, gap, lines.map("\n".join), gap).map("".join)
document = st.lists(construct, max_size=5).map("".join)
sign = st.sampled_from((*SIGNS, *LOCAL, *FAR, *TRACES, *REFUSED)) | st.characters(codec="utf-8")


@st.composite
def salted(draw: st.DrawFn) -> str:
    text = draw(document)
    start = draw(st.integers(0, len(text)))
    return text[:start] + draw(sign) + text[start + draw(st.integers(0, 3)) :]


block = st.sampled_from((*SIMPLE, *SIMPLE, *LOCAL, *FAR, *PLAIN, *REFUSED)) | heading | bulleted | quote
wild = st.lists(block | st.sampled_from((*SEPARATORS, *SIGNS)), max_size=8).map("".join)


@settings(max_examples=150)
@given(document)
def test_documents_of_simple_constructs_go_the_direct_way(text: str) -> None:
    assert render_blocks(text) == markdown.convert(text)


@settings(max_examples=400)
@given(salted() | wild)
def test_the_direct_way_gives_what_the_parser_gives(text: str) -> None:
    assert differing([text]) == []


@pytest.mark.parametrize(
    "sign",
    [
        *(
            "# a\n\n",
            "#",
            "- a\n",
            "- a\n\nb\n\n",
            "> a\n",
            "1. a\n",
            "\n",
            "- ",
            "*",
            "*a",
            "*a* ",
            "**a",
            "_a",
            "\\*",
        ),
        *(
            "[",
            "[a",
            "[a](",
            "[a](https://",
            "[a](https://a.",
            f"{LINK} ",
            "&a",
            "& ",
            "< ",
            "-",
            "a-",
            "1",
            " ",
            "](",
        ),
    ],
)
def test_a_long_text_of_one_sign_comes_through(sign: str) -> None:
    long = sign * (100_000 // len(sign))
    texts = (
        f"{before}{long}\n\n`"
        for before in ("", "a", "# a", "- a", "> a", "[a", "[a](https://a", "a\n\n- b\n\n")
    )

    assert [render_blocks(text) for text in texts] == [None] * 8


def test_a_long_text_goes_the_direct_way() -> None:
    html = render_blocks(f"{ARTICLE}\n" * 500)

    assert html == "\n".join([HTML] * 500)
