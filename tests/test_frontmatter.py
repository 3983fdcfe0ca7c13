"""Content files: what is written reads back as it was, and what is wrong is named with its line."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.frontmatter import Parsed, parse_article, render_article
from generator.model import Article, DateFrom, Severity, Source

PLUS_ONE = timezone(timedelta(hours=1))
HARD = (
    *(
        "No",
        "null",
        "~",
        "2025",
        "1e3",
        "1:30",
        "a: b",
        "- x",
        "#c",
        "x #c",
        "'q",
        '"q"',
        "[a",
        "{a",
        "---",
        "...",
    ),
    *(
        "<<",
        "=",
        "!x",
        "&a",
        "*a",
        "%a",
        "@a",
        "`a",
        "? x",
        "| x",
        "> x",
        "true",
        "0x1F",
        "2025-06-02",
        "\ufeffx",
    ),
    *("a\0b", "\x07", "\\", "a, b", "السلام", "e\u0301", "😀", "\ufffe", "\x7f"),
)


def on_one_line(text: str) -> str:
    """White space as a front matter's text holds it: single, inside, plain."""
    return " ".join(text.split())


texts = st.text(st.characters(codec="utf-8"), max_size=20).map(on_one_line) | st.sampled_from(HARD)
words = texts.filter(bool)
lists = st.lists(words, max_size=3, unique=True).map(tuple)
zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=zones)  # noqa: DTZ001 - drawn with zones
scalars = texts | st.integers() | st.floats(allow_nan=False) | st.booleans() | st.none()
extras = st.dictionaries(
    words.map(lambda name: f"my {name}"),
    st.recursive(
        scalars, lambda x: st.lists(x, max_size=3) | st.dictionaries(words, x, max_size=2), max_leaves=4
    ),
    max_size=3,
)
bodies = st.text(st.characters(codec="utf-8", exclude_characters="\r") | st.sampled_from("\n\n -.#"))
articles = st.builds(
    Article,
    title=words,
    date=moments,
    body=bodies.map(lambda body: body.strip("\n").rstrip()),
    date_from=st.none() | st.sampled_from(DateFrom),
    id=texts,
    topic=texts,
    tags=lists,
    source=st.none() | st.builds(Source, words, texts),
    authors=lists,
    language=st.sampled_from(("", "de", "no", "pt-BR", "zh-Hant-TW")),
    summary=texts,
    updated=st.none() | moments,
    draft=st.booleans(),
    expires=st.none() | moments,
    aliases=lists,
    canonical=texts,
    image=texts,
    translations=st.dictionaries(
        st.sampled_from(("de", "no", "pt-BR", "zh-Hant-TW")),
        st.sampled_from(("/a/", "/ä é/".replace(" ", ""))),
    ).map(lambda found: tuple(found.items())),
    extra=extras,
)


@settings(deadline=None, max_examples=300)
@given(articles)
def test_what_is_written_reads_back_as_it_was(article: Article) -> None:
    parsed = parse_article(render_article(article), "a.md", UTC)

    assert parsed.article == article
    assert all(issue.severity is Severity.WARNING for issue in parsed.issues)
    assert len(parsed.issues) == len(article.extra)


@settings(deadline=None)
@given(articles)
def test_writing_again_changes_no_byte(article: Article) -> None:
    text = render_article(article)

    parsed = parse_article(text, "a.md", UTC).article

    assert parsed is not None
    assert render_article(parsed) == text


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8") | st.sampled_from("\n:-[]{}'\"#&*!|>%@`, "), max_size=60))
def test_any_front_matter_gives_an_article_or_an_error_on_one_of_its_lines(head: str) -> None:
    text = f"---\n{head}\n---\nBody\n"

    parsed = parse_article(text, "a.md", UTC)

    errors = [issue for issue in parsed.issues if issue.severity is Severity.ERROR]
    assert parsed.article is not None or errors
    assert all(1 <= issue.line <= text.count("\n") + 1 for issue in parsed.issues)


def read(head: str, body: str = "Body.") -> Parsed:
    return parse_article(f"---\ntitle: T\ndate: 2025-06-02\n{head}\n---\n\n{body}\n", "a.md", PLUS_ONE)


def value(head: str, name: str) -> object:
    parsed = read(head)
    assert parsed.issues == ()
    return getattr(parsed.article, name)


@pytest.mark.parametrize(
    ("head", "name", "expected"),
    [
        ("tags: [1, No, ~, a, a, '']", "tags", ("1", "No", "a")),
        ("tags: one, two,,", "tags", ("one", "two")),
        ("tags: null", "tags", ()),
        ("topic: 2025", "topic", "2025"),
        ("language: no", "language", "no"),
        ("summary: |\n  Two\n  lines.", "summary", "Two lines."),
        ("source: The Courier", "source", Source("The Courier")),
        ("source: {name: 7, url: https://c.example}", "source", Source("7", "https://c.example")),
        ("source:", "source", None),
        ("draft: Yes", "draft", True),
        ("draft:", "draft", False),
        ("date_from: page", "date_from", DateFrom.PAGE),
        ("updated: 2025-06-03", "updated", datetime(2025, 6, 3, tzinfo=PLUS_ONE)),
        ("updated: 2025-06-03 14:10 +0200", "updated", datetime(2025, 6, 3, 12, 10, tzinfo=UTC)),
        ("updated: 2025-06-03T14:10:00Z", "updated", datetime(2025, 6, 3, 14, 10, tzinfo=UTC)),
        ("expires:", "expires", None),
        (
            "translations: {de: /a/, no: https://x.example/b, pt-BR: /c/}",
            "translations",
            (("de", "/a/"), ("no", "https://x.example/b"), ("pt-BR", "/c/")),
        ),
        ("translations:\n  de: /2025/06/02/bruecke/", "translations", (("de", "/2025/06/02/bruecke/"),)),
        ("translations:", "translations", ()),
    ],
)
def test_a_value_has_the_type_of_its_field(head: str, name: str, expected: object) -> None:
    assert value(head, name) == expected


@pytest.mark.parametrize("title", ["2025", "No", "1.0", "2025-06-02", "'Quoted: twice'", "true"])
def test_a_title_is_text_whatever_it_looks_like(title: str) -> None:
    parsed = parse_article(f"---\ntitle: {title}\ndate: 2025-06-02\n---\n", "a.md", UTC)

    assert parsed.article is not None
    assert parsed.article.title == title.strip("'")


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "the file is empty"),
        ("Text.", 1, "no front matter"),
        ("--- x\ntitle: T\n---\n", 1, "no front matter"),
        ("---\ntitle: T\n", 1, "never ends"),
        ("---\n---\n", 2, "holds no keys"),
        ("---\n- a\n---\n", 2, "holds no keys"),
        ("---\ndate: 2025-06-02\n---\n", 1, "no `title`"),
        ("---\ntitle: ''\ndate: 2025-06-02\n---\n", 1, "no `title`"),
        ("---\ntitle: T\n---\n", 1, "no `date`"),
        ("---\ntitle: T\n\ndate: 2025-02-30\n---\n", 4, "`date` is no date: '2025-02-30'"),
        ("---\ntitle: T\ndate: soon\n---\n", 3, "`date` is no date: 'soon'"),
        ("---\ntitle: T\ndate: 0001-01-01T00:00+14:00\n---\n", 3, "out of range"),
        ("---\ntitle: [T]\ndate: 2025-06-02\n---\n", 2, "`title` must be text"),
        ("---\ntitle: T\ndate: 2025-06-02\ndraft: perhaps\n---\n", 4, "`draft` must be true or false"),
        ("---\ntitle: T\ndate: 2025-06-02\nexpires: never\n---\n", 4, "`expires` is no date"),
        ("---\ntitle: A: b\ndate: 2025-06-02\n---\n", 2, "a text with a colon in it needs quotes around it"),
        ("---\ntitle: 'a\x01'\ndate: 2025-06-02\n---\n", 2, "broken front matter"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(text: str, line: int, message: str) -> None:
    parsed = parse_article(text, "a.md", UTC)

    assert parsed.article is None
    assert [(issue.path, issue.line, issue.severity) for issue in parsed.issues] == [
        ("a.md", line, Severity.ERROR)
    ]
    assert message in parsed.issues[0].message


@pytest.mark.parametrize(
    ("head", "message"),
    [
        ("tags: {a: b}", "`tags` must be a list"),
        ("tags: [[a]]", "`tags` must be text"),
        ("source: []", "`source` must be a name"),
        ("source: {url: x}", "`source` needs a `name`"),
        ("source: {name: A, id: 3}", "`source` needs a `name`"),
        (
            "date_from: guess",
            "`date_from` must be one of page, relative, address, text, capture, not 'guess'",
        ),
        ("updated: 2025-13-01", "`updated` is no date"),
        ("language: English", "`language` is no language: 'English'; write a tag such as `de` or `pt-BR`"),
        ("language: de_AT", "`language` is no language: 'de_AT'"),
        ("translations: German", "`translations` must be a table"),
        ("translations: {de: [a]}", "`translations` must be text"),
        ("translations: {German words: /a/}", "`translations` names a language 'German words'"),
        ("translations: {de: bruecke/}", "`translations` needs a path such as"),
        ("translations: {de: //x.example/}", "`translations` needs a path such as"),
        ("translations: {de: 'javascript:x'}", "`translations` needs a path such as"),
        ("title: U", "`title` stands twice; the first one counts"),
        ("mine: !!int x", "`mine` cannot be read"),
        ("mine: !!python/name:os.system ''", "`mine` cannot be read"),
    ],
)
def test_a_field_that_cannot_be_used_is_named_and_the_rest_is_kept(head: str, message: str) -> None:
    parsed = read(head)

    assert parsed.article == Article("T", datetime(2025, 6, 2, tzinfo=PLUS_ONE), "Body.")
    assert [(issue.line, issue.severity) for issue in parsed.issues] == [(4, Severity.ERROR)]
    assert parsed.issues[0].message.startswith(message)


def test_unknown_keys_are_kept_in_their_order() -> None:
    parsed = read("zebra: No\nmood: [1, 2.5, true, ~]\nday: 2025-06-02")

    assert parsed.article is not None
    assert list(parsed.article.extra.items()) == [
        ("zebra", "No"),
        ("mood", [1, 2.5, True, None]),
        ("day", "2025-06-02"),
    ]
    assert [(issue.line, issue.severity) for issue in parsed.issues] == [
        (4, Severity.WARNING),
        (5, Severity.WARNING),
        (6, Severity.WARNING),
    ]


def test_a_rule_in_the_body_does_not_end_it() -> None:
    parsed = read("", "One.\n\n---\n\ntitle: no key\n---\n\nTwo.")

    assert parsed.article is not None
    assert parsed.article.body == "One.\n\n---\n\ntitle: no key\n---\n\nTwo."
