"""The mixed way: the parser sees what is active only, and the result is what it makes of the whole text."""

from itertools import chain, product

import pytest
from constructs import FAR, LOCAL, PLAIN, TRACES
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import markdown
from generator.mixed import join_mixed, split_mixed

ARTICLE = """\
The harbour bridge at Port Ellery – closed since May – reopens on Monday.

"It took months", said Ada Quill of Lindmoor Rail; 3 < 5 [sic].

## What changes

Trains run [every ten minutes](https://lindmoor.example/?a=1&b=2) again.

Buses do not.

- *Monday*: the bridge
- Tuesday: the quay

> We will see.

The council meets in June.


It has 12 members,
one of them new.
"""
ACTIVE = """\
\ue000

## What changes

Trains run [every ten minutes](https://lindmoor.example/?a=1&b=2) again.

\ue000

- *Monday*: the bridge
- Tuesday: the quay

> We will see.

\ue000"""
HTML = (
    """\
<p>The harbour bridge at Port Ellery – closed since May – reopens on Monday.</p>
<p>"It took months", said Ada Quill of Lindmoor Rail; 3 &lt; 5 [sic].</p>""",
    "<p>Buses do not.</p>",
    "<p>The council meets in June.</p>\n<p>It has 12 members,\none of them new.</p>",
)
TOGETHER = (  # what only some neighbours show
    "Before.\n\n# a\n\nTerm.\n\n: b",
    "*a* &# b\n\nPlain;\n\n*c* &#65 d",
    "*a*\n\n[ref] said.\n\n[ref]: /b",
    "[^1]: a\n\nPlain [^1].\n\nPlain.",
    "*[Said] : T\n\nSaid.",
    "*[Said]\t: T\n\nSaid.",
    "[ref]\x02: /b\n\n[ref] said.",
    "*a*\n\nTerm.\n\n\r: b",
    "```\n\nPlain.\n\n```",
    "~~~\n\nPlain.\n\n~~~",
    "*a* <div>\n\nPlain.\n\n<div>\n\nPlain.",
    "1986\\. text\n\n![a [b `c`](d) e](f)",
    "Plain.\n\n    a\n\n\n\nPlain.\n\n    b\n\n\n\n    c",
    f"{'> ' * 40}a\n\nPlain.",
)


def mixed(text: str) -> str | None:
    active, plain = split_mixed(text)
    return join_mixed(markdown.convert(active), plain)


def expected(text: str) -> str | None:
    """Give the parser's result, or None where the text holds the sign that marks the places."""
    html = markdown.convert(text)
    return None if "<p>\ue000</p>" in html else html


def test_the_parser_sees_what_is_active_only() -> None:
    active, plain = split_mixed(ARTICLE)

    assert active == ACTIVE
    assert plain == HTML
    assert join_mixed(markdown.convert(active), plain) == markdown.convert(ARTICLE)


@pytest.mark.parametrize("block", LOCAL)
def test_around_local_markdown_plain_paragraphs_are_set_aside(block: str) -> None:
    assert split_mixed(f"Plain.\n\n{block}\n\nPlain.") == (
        f"\ue000\n\n{block}\n\n\ue000",
        ("<p>Plain.</p>", "<p>Plain.</p>"),
    )


@pytest.mark.parametrize("block", FAR)
def test_what_reaches_farther_leaves_all_of_the_text_to_the_parser(block: str) -> None:
    text = f"Plain.\n\n{block}\n\nPlain."

    assert split_mixed(text) == (text, ())


@pytest.mark.parametrize("block", TRACES)
def test_a_block_that_leaves_traces_in_the_parser_is_not_set_aside(block: str) -> None:
    assert split_mixed(f"Plain.\n\n{block}") == (f"\ue000\n\n{block}", ("<p>Plain.</p>",))


@pytest.mark.parametrize("text", ["", "\n\n", "# a", "# a\n\n- b\n\n\n\n> c\n"])
def test_without_plain_paragraphs_the_text_stays_as_it_is(text: str) -> None:
    assert split_mixed(text) == (text, ())


@pytest.mark.parametrize(
    "html", ["", "<p>\ue000</p>", "<p>\ue000</p><p>\ue000</p><p>\ue000</p>", "<p>\ue000 </p>" * 2]
)
def test_no_paragraph_is_lost_where_a_place_is(html: str) -> None:
    assert join_mixed(html, ("<p>a</p>", "<p>b</p>")) is None


@pytest.mark.parametrize("text", TOGETHER)
def test_neighbours_that_concern_each_other_are_the_parser_s(text: str) -> None:
    assert mixed(text) == expected(text)


def test_each_construct_among_plain_paragraphs_is_what_the_parser_makes_of_it() -> None:
    gaps = ("\n\n", "\n\n\n")
    after = ("    a", "- a", "1. a", "> a", ": a", "a | b\n- | -\n1 | 2", "# a")
    lone = (
        f"Plain.\n\n{block}{gap}Plain.{gap}{block}"
        for block, gap in product(chain(LOCAL, FAR, PLAIN, TRACES), gaps)
    )
    pairs = (f"{block}\n\nPlain.\n\nB.\n\n{next_}" for block, next_ in product(LOCAL, after))

    assert [text for text in chain(lone, pairs) if mixed(text) != expected(text)] == []


signs = (*"*_`[](!<&;#:-+|a\\", "&#", "1.", "    ", " ", "\n", "\n\n", "\t")
soup = st.lists(st.sampled_from(signs), max_size=12).map("".join)
local = st.sampled_from((*LOCAL, *TRACES)) | soup
wrapped = st.tuples(st.sampled_from((">", "> ", "- ", "1. ", "    ")), local).map(
    lambda pair: pair[0] + pair[1].replace("\n", f"\n{pair[0] if '>' in pair[0] else '    '}")
)
block = st.sampled_from(PLAIN) | local | wrapped
separator = st.sampled_from(("\n\n", "\n\n", "\n", "\n\n\n", "\n\n\n\n", "\n \n"))


def documents(blocks: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(st.tuples(blocks, separator).map("".join), max_size=8).map("".join)


@settings(max_examples=500)
@given(documents(block))
def test_the_mixed_way_gives_what_the_parser_gives(text: str) -> None:
    assert mixed(text) == expected(text)


@settings(max_examples=300)
@given(documents(block | st.sampled_from(FAR)))
def test_what_reaches_farther_changes_nothing(text: str) -> None:
    assert mixed(text) == expected(text)


@pytest.mark.parametrize(
    "sign", ["a\n\n", "*\n\n", "a\n\n*\n\n", "\n", "\n\n\n", "[", "] ", "& ", "< ", "\n  ", "a:\n"]
)
def test_a_long_text_comes_through(sign: str) -> None:
    text = sign * (300_000 // len(sign))
    active, plain = split_mixed(f"{text}\n\n*a*")

    assert active.endswith("*a*")
    assert join_mixed(active.replace("\ue000", "<p>\ue000</p>"), plain) is not None
