"""HTML to its visible text: where lines end, what is not seen, and how nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ingest.webpages.visible import VisibleLine, parse_page, read_visible

TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"], exclude_characters="<>&"), max_size=9)
TAGS = st.sampled_from(
    ["p", "div", "b", "a href='/x'", "span", "li", "ul", "td", "tr", "table", "h2", "article", "br", "img"]
)
PAGES = st.recursive(
    TEXTS,
    lambda inner: st.tuples(TAGS, st.lists(inner, max_size=4)).map(
        lambda node: f"<{node[0]}>{''.join(node[1])}</{node[0].partition(' ')[0]}>"
    ),
    max_leaves=30,
)


def seen(page: str) -> tuple[str, list[VisibleLine]]:
    tree, _ = parse_page(f"<html><body>{page}</body></html>")
    return read_visible(tree)


def test_a_block_element_is_a_line_and_an_inline_one_is_not() -> None:
    text, _ = seen(
        "<h1>Ferry sails</h1><p>The <b>fer</b>ry <a href='/x'>sailed</a>, at last.<div>Again.</div>"
    )

    assert text == "Ferry sails\nThe ferry sailed, at last.\nAgain."


@pytest.mark.parametrize("tag", ["script", "style", "template", "noscript"])
def test_what_is_no_text_of_the_page_is_not_seen(tag: str) -> None:
    text, _ = seen(f"<p>Before</p><{tag}>hidden()</{tag}> after.")

    assert text == "Before\nafter."


def test_the_head_is_not_seen() -> None:
    tree, _ = parse_page("<html><head><title>Window</title></head><body>Ferry sails</body></html>")

    assert read_visible(tree)[0] == "Ferry sails"


@pytest.mark.parametrize(
    "head", ["<title>Window</title><meta name=a content=b>", "<!doctype html><head><title>W</title>"]
)
@pytest.mark.parametrize("tag", ["article", "main", "header", "section", "time", "ferry-card"])
def test_a_head_that_nobody_ends_ends_where_text_begins(tag: str, head: str) -> None:
    text, _ = seen_whole(f"{head}<{tag}><p>Ferry</p></{tag}>sails<p>again</p><aside>today</aside>")

    assert text.split() == ["Ferry", "sails", "again", "today"]


def seen_whole(page: str) -> tuple[str, list[VisibleLine]]:
    tree, _ = parse_page(page)
    return read_visible(tree)


def test_one_break_parts_lines_and_two_part_paragraphs() -> None:
    text, lines = seen("<div>One<br>two<br><br>three<br> <br/>four</div>five")

    assert text == "One\ntwo\nthree\nfour\nfive"
    assert [line.joined for line in lines] == [False, True, False, False, False]


def test_white_space_is_collapsed_but_not_in_preformatted_text() -> None:
    text, _ = seen("<p>  The\n\tferry\u00a0 sails </p><pre>line one\nline two</pre>")

    assert text == "The ferry sails\nline one\nline two"


def test_a_line_knows_what_it_is() -> None:
    _, lines = seen("<h3>Head</h3><ul><li>item</ul><blockquote><p>said</blockquote><p>prose")

    assert [line.kind for line in lines] == ["heading", "item", "quote", ""]


def test_a_line_knows_its_links_and_pictures() -> None:
    _, lines = seen("<p><a href='/other'>Ferry</a> sails<p><a href='#note'>Note</a><img src='a.png'><p>below")

    assert [line.linked for line in lines] == [5, 0, 0]
    assert [line.pictured for line in lines] == [False, False, True]


def test_a_line_belongs_to_the_innermost_element_that_holds_all_of_it() -> None:
    _, lines = seen("<div><span>By</span></div><p><b>The</b> ferry</p><p><em>All <b>of</b> it</em></p>")

    assert [line.element.tag for line in lines] == ["span", "p", "em"]


@pytest.mark.parametrize("depth", [100, 3_000, 60_000])
def test_no_depth_loses_text(depth: int) -> None:
    tree, deep = parse_page("<div>" * depth + "<p>The ferry sails.</p>" + "</div>" * depth + "<p>Again.")

    assert read_visible(tree)[0] == "The ferry sails.\nAgain."
    assert deep == (depth > 2_000)


@pytest.mark.parametrize("nothing", ["", "  \n", "<!-- only a comment -->"])
def test_nothing_is_no_tree(nothing: str) -> None:
    assert parse_page(nothing) == (None, False)


def test_nul_bytes_hide_nothing() -> None:
    tree, _ = parse_page("<p>The\0 ferry</p><p>sails \ud800</p>")

    assert read_visible(tree)[0].startswith("The ferry\nsails")


@given(PAGES)
def test_every_letter_is_seen_once_in_order(page: str) -> None:
    tree, _ = parse_page(f"<html><body>{page}</body></html>")
    text, lines = read_visible(tree)

    assert tree is not None
    assert "".join(text.split()) == "".join("".join(tree.itertext()).split())
    assert all(text[line.start : line.start + len(line.text)] == line.text for line in lines)
    assert text == "\n".join(line.text for line in lines)
    assert all(0 <= line.linked <= len(line.text) for line in lines)
