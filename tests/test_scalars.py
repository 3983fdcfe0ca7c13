"""Front matter read without YAML: what YAML reads, line by line, or nothing at all."""

import string
from datetime import UTC, datetime
from itertools import product

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.frontmatter import render_article
from generator.model import Article, DateFrom, Source
from generator.scalars import Value, read_plain

KNOWN = frozenset(
    {
        *("title", "date", "date_from", "id", "topic", "tags", "source", "authors", "language", "summary"),
        *("updated", "draft", "expires", "aliases", "canonical", "image", "translations"),
    }
)
ODD = (
    "\0\a\t\n\r\x1b\x7f\x80\x85\x9f\xa0\xad\u200b\u200d\u2028\u2029"
    "\ud800\udfff\ue000\ufdd0\ufeff\ufffd\ufffe\uffff😀\U0010ffff"
)
NASTY = string.punctuation + " a1é" + ODD
TRAPS = (
    *("null", "~", "Null", "nULL", "''", '""', "<<", "=", "---", "...", "--- a", "- a", "-a", "? a"),
    *("a: b", "a:", "a :b", "a#", "a #b", "'a''b'", "'a'b", '"a"b', '"a\\n"', "'a", "[a]", "[a"),
    *("{name: a}", "{", "&a b", "*a", "!!str a", "!a", "> ", "@a", "`a", "%a", "a, b", "a,b"),
    *("c.d://a/?b#c", "c:d", "true", "1e3", "[a: b]", "['a':b]", "[[a]]", "[a,]", "[,]", "[a,,b]"),
    *("{name: a, name: b}", "\n  ", "\n- ", "\n# ", "\ntitle: ", "\n  - ", ": ", " #", "\n\n"),
)


def held(node: yaml.Node) -> str | None:
    if not isinstance(node, yaml.ScalarNode):
        return None
    return "" if node.tag.endswith(":null") else str(node.value)


def value(node: yaml.Node) -> Value:
    if isinstance(node, yaml.SequenceNode):
        return tuple(held(entry) for entry in node.value)
    if isinstance(node, yaml.MappingNode):
        names = [str(key.value) for key, _ in node.value]
        assert len(set(names)) == len(names), "a table with a key twice is left to YAML"
        return dict(zip(names, (held(entry) for _, entry in node.value), strict=True))
    return str(held(node))


def read_by_yaml(head: str) -> list[tuple[str | None, tuple[int, Value]]]:
    """Read the long way; a key that stands twice stands twice in the list."""
    node = yaml.compose(head, Loader=yaml.CSafeLoader)
    assert isinstance(node, yaml.MappingNode)
    return [(held(key), (key.start_mark.line, value(entry))) for key, entry in node.value]


def disagreement(head: str) -> str:
    """Say what is read otherwise than YAML reads it: nothing where it is read alike or left to YAML."""
    fields = read_plain(head, KNOWN)
    if fields is None:
        return ""
    try:
        expected = read_by_yaml(head)
    except (yaml.YAMLError, UnicodeEncodeError) as error:
        return f"{head!r}: {fields} for {error}"
    return "" if list(fields.items()) == expected else f"{head!r}: {fields} for {expected}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title: Two cups", "Two cups"),
        ("title:   Two  cups   ", "Two  cups"),
        (
            'title: it\'s "so", [a] & 50% ? c.d://e/?a#b - c:d \\n',
            'it\'s "so", [a] & 50% ? c.d://e/?a#b - c:d \\n',
        ),
        ("title: 2025-06-02T14:10:00+00:00", "2025-06-02T14:10:00+00:00"),
        ("title: 'It''s: so #2 \\ \"x\"' ", 'It\'s: so #2 \\ "x"'),
        ('title: "It\'s: so #2"', "It's: so #2"),
        ("title: ' a '", " a "),
        ("title: ''", ""),
        ("title: ''''", "'"),
        ("title: 'null'", "null"),
        ("title: 東京 😀 a\u200db\u00a0c", "東京 😀 a\u200db\u00a0c"),
        ("title:", ""),
        ("title: ~ ", ""),
        ("title: null", ""),
        ("title: Null", ""),
        ("title: NULL", ""),
        ("title: nULL", "nULL"),
        ("title: No", "No"),
        ("tags: []", ()),
        ("tags: [a, b c,d , 'e, ''f''', \"g]\", null]", ("a", "b c", "d", "e, 'f'", "g]", "")),
        ('tags: [it\'s "so", R&D, c:d#e]', ('it\'s "so"', "R&D", "c:d#e")),
        ("tags:\n- a\n# none\n\n- 'b: c'\n", ("a", "b: c")),
        ("tags:\n  - a\n  -   b", ("a", "b")),
        ("source: {}", {}),
        ("source: {name: The Courier, url: c.d://e/f}", {"name": "The Courier", "url": "c.d://e/f"}),
        ("source: {name: 'A, B: {C}', url: ~}", {"name": "A, B: {C}", "url": ""}),
    ],
)
def test_simple_forms_are_read_as_yaml_reads_them(text: str, expected: Value) -> None:
    fields = read_plain(text, KNOWN)

    assert fields == {text.partition(":")[0]: (0, expected)}
    assert disagreement(text) == ""


def test_fields_keep_their_order_and_their_lines() -> None:
    fields = read_plain("# By hand\n\ntopic: sport\ntags:\n- a\n\ntitle: The cup\n# The end\n", KNOWN)

    assert list((fields or {}).items()) == [
        ("topic", (2, "sport")),
        ("tags", (3, ("a",))),
        ("title", (6, "The cup")),
    ]


@pytest.mark.parametrize(
    "head",
    [
        "",
        "\n",
        "# a\n",
        "title",
        "- title: a",
        "{title: a}",
        "? title\n: a",
        "...\ntitle: a",
        "%YAML 1.1",
        "mood: a",
        "title: a\ntitle: b",
        "'title': a",
        "title : a",
        "title:a",
        " title: a",
        "<<: {title: a}",
        "title: a: b",
        "title: a:",
        "title: a #b",
        "title: - a",
        "title: &a b",
        "title: *a",
        "title: !!str a",
        "title: |\n  a",
        "title: >\n  a",
        "title: a\n  b",
        "title:\n  a",
        "title: 'a\n  b'",
        "title: 'a' b",
        "title: 'a'b'",
        "title: 'a",
        "title: '",
        'title: "a\\n"',
        'title: "a"b"',
        "title: %a",
        "title: `a`",
        "title: a\tb",
        "title:\ta",
        "title: a\x85date: b",
        "title: a\u2028date: b",
        "title: \ufeffa",
        "title: a\0",
        "title: \ud800",
        "title: \uffff",
        "title: a\rdate: b",
        "\ufefftitle: a",
        "tags: [a",
        "tags: [a]b",
        "tags: [a] #b",
        "tags: [a: b]",
        "tags: [[a]]",
        "tags: [{a: b}]",
        "tags: [a,,b]",
        "tags: [,]",
        "tags: ['a'b]",
        "tags: [- a]",
        "tags: [a #b]",
        "tags: [a?]",
        "tags: [a}]",
        "tags: [a:]",
        "tags: a\n- b",
        "tags: []\n- b",
        "tags:\n- a\n  - b",
        "tags:\n  - a\n- b",
        "tags:\n- a: b",
        "tags:\n-a",
        "tags:\n- - a",
        "tags:\n-\n- a",
        "tags:\n- a\n  b",
        "- a\ntags: b",
        "tags:\n- [a]",
        "tags:\n- *a",
        "source: {name}",
        "source: {name: a, name: b}",
        "source: {a: {b: c}}",
        "source: {'name': a}",
        "source: {name: a]",
        "source: {name:a}",
        "source: {<<: a}",
        "source: {name: a: b}",
        "source:\n  name: a",
    ],
)
def test_what_is_not_certain_is_left_to_yaml(head: str) -> None:
    assert read_plain(head, KNOWN) is None


@pytest.mark.parametrize(
    "form",
    [
        *("title: {}\ndate: b", "title: '{}'", 'title: "{}"'),
        *("tags: [{}]", "tags: [a,{}, b]", "tags: ['{}', \"a{}\"]"),
        *("source: {{name: {}}}", "source: {{name: {}, url: a}}", "source: {{{}: a}}", "source: {{name{}a}}"),
        *("tags:\n- {}\n- b", "tags:\n  - a\n  - {}\ntitle: b", "tags:\n  - a\n {} - b"),
        *("title{}a", "{}title: a", "title: a\n{}\ndate: b", "title:\n{}\ndate: b", "{}"),
    ],
)
def test_no_character_and_no_pair_of_marks_is_misread(form: str) -> None:
    marks = [*NASTY, *map(chr, range(256)), *map("".join, product(string.punctuation + " a\n", repeat=2))]
    heads = [
        form.format(*[place.format(mark)] * 2) for mark in marks for place in ("{}", "{}a", "a{}", "a{}b")
    ]

    assert [wrong for head in heads if (wrong := disagreement(head))] == []


plain = st.sampled_from(("The cup", "2025-06-02T14:10:00+00:00", "it's 50% & a c.d://e/?f#g", "null", "東京"))
quoted = st.builds(
    "{0}{1}{0}".format, st.sampled_from("'\""), st.sampled_from(("", "a", "a, b: [c] #d", " "))
)
words = plain.map(lambda text: text.replace("?", "")) | quoted
flows = st.lists(words, max_size=3).map(lambda parts: f"[{', '.join(parts)}]")
tables = st.builds("{{name: {}, url: {}}}".format, words, words)
blocks = st.builds("\n{0}- {1}\n{0}- {2}".format, st.sampled_from(("", "  ")), words, words)
fields = st.builds("{}: {}".format, st.sampled_from(sorted(KNOWN)), plain | quoted | flows | tables | blocks)
between = st.sampled_from(("\n", "\n", "\n", "\n\n", "\n# a\n"))
marks = st.sampled_from(TRAPS) | st.text(NASTY, max_size=3) | st.text(st.characters(codec=None), max_size=2)


def spoil(lines: list[str], joint: str, spoils: list[tuple[int, str]]) -> str:
    """Join lines, and put each mark somewhere between their characters."""
    head = joint.join(lines)
    for place, mark in spoils:
        at = place % (len(head) + 1)
        head = head[:at] + mark + head[at:]
    return head


heads = st.builds(
    spoil,
    st.lists(fields, min_size=1, max_size=3, unique_by=lambda line: line.partition(":")[0]),
    between,
    st.lists(st.tuples(st.integers(0, 999), marks), max_size=2),
)


@settings(max_examples=1000)
@given(heads)
def test_whatever_is_read_is_what_yaml_reads(head: str) -> None:
    assert disagreement(head) == ""


letters = st.characters(codec="utf-8", max_codepoint=0xD7FF, categories=["L", "Nd"])
prose = st.text(
    letters | st.sampled_from(" ,.'\"‘’“”–—:;!?()[]{}#&%$€£/\\@*+=<>|~`^_-"), min_size=1, max_size=40
)
phrases = st.builds("{}{}".format, letters | st.sampled_from("'\"‘“([{#@&*%$£!|>`,"), prose).map(
    lambda text: " ".join(text.split())
)
stories = st.builds(
    Article,
    title=phrases,
    date=st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - drawn with zones
    date_from=st.none() | st.sampled_from(DateFrom),
    id=st.text("0123456789abcdef", max_size=16),
    topic=phrases,
    tags=st.lists(phrases, max_size=5).map(tuple),
    source=st.none()
    | st.builds(Source, phrases, st.just("") | phrases.map("https://courier.example/{}".format)),
    authors=st.lists(phrases, max_size=2).map(tuple),
    language=st.sampled_from(("", "en", "no")),
    summary=phrases,
    draft=st.booleans(),
)


@settings(max_examples=200)
@given(stories)
def test_what_ingest_writes_needs_no_yaml(article: Article) -> None:
    head = render_article(article).removeprefix("---\n").removesuffix("---\n")

    fields = read_plain(head, KNOWN)

    assert fields is not None
    assert list(fields.items()) == read_by_yaml(head)
