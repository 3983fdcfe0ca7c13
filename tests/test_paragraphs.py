"""The direct way for plain news: what it renders is what the parser and the sanitiser make of the same text."""

from collections.abc import Sequence
from itertools import product
from string import ascii_letters, digits, punctuation

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import markdown
from generator.paragraphs import render_plain

NEWS = (
    "Port Ellery’s harbour bridge reopened – 12 days late – after “months of talks” (and a £3.5m bill).",
    "'No', it said: 40% of AT&T's high-speed lines #2 to #9 had failed, A = B; 5 > 3, 3 < 5, and/or {none}!",
    "@Lindmoor_Rail paid $200m ~ €180m; see https://lindmoor.example/a_b?c=d&e=f#g or mail x@y.example.",
    "[The mayor] had asked [her]: yes | no? 3 + 4 - 2 = 5, 3.5 percent, 1986.",
    "1986\\. A great year for M\\*A\\*S\\*H, \\_and\\_ for \\[others\\](they said) \\`all\\` \\- or \\#1.",
    "\\[Lead]: a bracket\n\\- and a dash\n\\# and a hash",
    "First paragraph, first line\nsecond line \nthird line.\n\n\n\nSecond paragraph.\n",
    "« L’été », dit-elle\u00a0: 50\u202f000 € de dégâts, d’après M. Œuvrard…",
    "Straße, Öl und „Brot“ kosten 3,5 % mehr – sagt die Behörde.",
    "Сборная Остмарка обыграла гостей 3:1, сообщает «Вестник».",
    "日本の架空の町で橋が再開した。「長かった」と町長は述べた。",
    "أعلنت البلدية اليوم، ١٢ يونيو، إعادة فتح الجسر.",
    "पुल सोमवार को फिर खुला।\n\nमहापौर ने धन्यवाद दिया।",
    "สะพานเปิดอีกครั้งแล้ว 🎉 👩🏽‍🚒",
    "",
    "\n\n",
)
INLINE = (
    *("*a*", "a * b", "_a_", "a _b", "a_ b", "__a", "a__b", "\\__a", "`a`", "a `", "\\`a`"),
    *("a\\\\b", "\\\\*a", "\\\\.", "C:\\dir", "a\\", "\\<b>"),
    *("<b>", "<!-- a", "</p>", "<?a", "<a:b>", "<\na@b.example>"),
    *("&copy;", "&#65;", "&\\#65;", "&amp;", "&#x41;", "&\u212a;", "[a](b)", "![a](b)", "a  \nb"),
    *("a\tb", "a\rb", "a\x0bb", "a\x0cb", "a\x00b", "\ud800", "a\udfff"),
    *("a\x02b\x03", "\x02klzzwxh:0000\x03"),
)
BLOCKS = (
    *("# a", "#a", "===", "---", "***", "- a", "+ a", "* a", "1. a", "١. a", "> a", ">a", "    a", " a"),
    *("\u00a0a", "\u2028a", "   ", "\u2003", "\ta", "[a]: b", "[a\\]: b", "[a\n]: b", "[^1]: b", "[^[1]: b"),
    *("*[A]: b", ": a", "|-|", "~~~"),
)
FRAGMENTS = (
    *("[a]", "[a", "](", "]:", "a_b", " \n", "  \n", "\n \n"),
    *("&amp", "&lt;b&gt;", "klzzwxh:0000", "1."),
)
ASCII = "".join(map(chr, range(128)))
UNLIKE = "".join(sign for sign in ASCII if sign not in ascii_letters + digits or sign in "aKx09")
INERT = "".join(sign for sign in punctuation if sign not in "\\*_`<&]")
PLACES = (
    "{}",
    "{}word",
    "word{}word",
    "word {} word",
    "word{}",
    "word\n{}word",
    "word{}\nword",
    "word\n\n{}word",
)


def reference(text: str) -> str:
    return markdown.convert(text)


def differing(texts: Sequence[str]) -> list[str]:
    """Which of these are rendered in another way than the parser's; one look at all together spares most."""
    together = "\n\n".join(texts)
    if render_plain(together) == reference(together):
        return []
    return [text for text in texts if render_plain(text) != reference(text)]


@pytest.mark.parametrize("text", NEWS)
def test_news_goes_the_direct_way(text: str) -> None:
    assert render_plain(text) == reference(text)


@pytest.mark.parametrize("text", INLINE + BLOCKS)
def test_what_may_be_markdown_is_left_to_the_parser(text: str) -> None:
    assert render_plain(text) is None
    assert render_plain(f"Before\n{text}\n\nAfter") is None


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One.\n\nTwo\nlines.", "<p>One.</p>\n<p>Two\nlines.</p>"),
        ("\n\nOne.\n\n\nTwo.\n\n", "<p>One.</p>\n<p>Two.</p>"),
        ("AT&T, \"a\" < 'b' > c\u00a0d", "<p>AT&amp;T, \"a\" &lt; 'b' &gt; c&nbsp;d</p>"),
        ("1986\\. A \\*lone\\* \\> star", "<p>1986. A *lone* &gt; star</p>"),
        ("", ""),
    ],
)
def test_paragraphs_become_html(text: str, html: str) -> None:
    assert render_plain(text) == html


@pytest.mark.parametrize("place", PLACES)
def test_no_one_or_two_signs_make_a_difference_anywhere(place: str) -> None:
    pairs = map("".join, product(UNLIKE, repeat=2))
    plain = [text for text in map(place.format, (*ASCII, *pairs)) if render_plain(text) is not None]

    assert [text for at in range(0, len(plain), 500) for text in differing(plain[at : at + 500])] == []


letters = st.sampled_from(ascii_letters + digits) | st.characters(codec="utf-8", categories=("L", "N"))
words = st.text(letters, min_size=1, max_size=3)
between = st.sampled_from((*INERT, *(f"\\{sign}" for sign in "*_`.#[]-"), *"’—\u00a0 ", ", ", " & ", ".\n\n"))
calm = st.lists(words | st.tuples(between, words).map("".join), max_size=8).map("".join).map("a{}".format)
signs = st.sampled_from((*ASCII, *(f"\\{sign}" for sign in punctuation), *"\u00a0\u2028\ufeff"))
odd = signs | st.characters(codec="utf-8") | st.sampled_from((*INLINE, *BLOCKS, *FRAGMENTS))
salted = st.tuples(calm, odd, calm).map("".join)
wild = st.lists(odd | words | st.sampled_from(("\n", "\n\n", " ")), max_size=10).map("".join)


@settings(max_examples=200)
@given(calm)
def test_words_and_quiet_signs_go_the_direct_way(text: str) -> None:
    assert render_plain(text) == reference(text)


@settings(max_examples=600)
@given(salted | wild)
def test_the_direct_way_gives_what_the_parser_gives(text: str) -> None:
    html = render_plain(text)

    assert html is None or html == reference(text)


@pytest.mark.parametrize(
    "sign", ["[a] ", "\n[", "\\*", "& ", "&a", "_a", "1", "> ", "< ", "a\n", "|", ": ", " "]
)
def test_a_long_text_of_one_sign_comes_through(sign: str) -> None:
    text = "a" + sign * (500_000 // len(sign))

    assert render_plain(f"{text}.\n\n`") is None
