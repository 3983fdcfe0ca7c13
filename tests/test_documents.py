"""One content file: bytes in, an article and its problems out, whatever the bytes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.config import Config, parse_config
from generator.documents import Document, Source, read_documents
from generator.fingerprint import digest
from generator.model import Severity

HEAD = b"---\ntitle: The cup\ndate: 2025-06-02\n"
FILE = "sport/2025-06-02/cup.md"


def read(data: bytes, file: str = FILE, config: Config | None = None) -> Document:
    (document,) = read_documents([Source(data, file, f"content/{file}")], config or Config())
    return document


def test_a_file_becomes_an_article_with_safe_html() -> None:
    front = b"tags: [Cup]\nimage: cup.png\n---\n\n"
    body = b"They *won*. <script>x</script>\n\n![p](a.png) [d](b.csv) [u](../c.png)\n"

    document = read(HEAD + front + body)

    assert document.issues == ()
    assert document.filed is not None
    assert document.filed.entry.content.startswith("<p>They <em>won</em>.")
    assert "script" not in document.filed.entry.content
    assert set(document.filed.attachments) == {"cup.png", "a.png", "b.csv"}
    assert document.filed.card.path == "2025/06/02/cup/"


def test_the_stamp_of_a_body_is_a_digest_of_it() -> None:
    document = read(HEAD + "---\n\nÉ.\n".encode())

    assert document.filed is not None
    assert document.filed.entry.stamp == digest("<p>É.</p>".encode())


def test_line_ends_of_any_system_are_line_ends() -> None:
    text = HEAD + b"---\n\nOne.\n\nTwo.\n"

    assert read(text.replace(b"\n", b"\r\n")) == read(text)


@pytest.mark.parametrize("before", [0, 10, 49_000, 70_000])
def test_a_nul_anywhere_is_no_text(before: int) -> None:
    (issue,) = read(HEAD + f"---\n\n{'д' * before}\0".encode()).issues

    assert "binary data" in issue.message


def test_a_byte_order_mark_does_not_matter() -> None:
    assert read(b"\xef\xbb\xbf" + HEAD + b"---\n") == read(HEAD + b"---\n")


def test_what_is_wrong_in_the_front_matter_and_with_its_place_is_all_named() -> None:
    document = read(HEAD + b"aliases: ['/topics/']\nmood: fine\ndate_from: guess\n---\n", "odd/cup.md")

    assert document.filed is not None
    assert [(issue.path, issue.line, issue.severity) for issue in document.issues] == [
        ("content/odd/cup.md", 5, Severity.WARNING),
        ("content/odd/cup.md", 6, Severity.ERROR),
        ("content/odd/cup.md", 1, Severity.WARNING),
        ("content/odd/cup.md", 1, Severity.ERROR),
    ]


def test_a_file_that_is_no_article_gives_none() -> None:
    for data in (b"", b"\x89PNG\0\0\1\2", b"Just text.", b"---\ntitle: T\n---\n"):
        document = read(data)

        assert document.filed is None
        assert [issue.severity for issue in document.issues] == [Severity.ERROR]


def test_files_read_together_are_as_files_read_alone() -> None:
    several = [HEAD + b"---\n\nOne.\n", b"", HEAD + b"---\n\n[a]: b\n", HEAD + b"---\n\nA [a].\n"]

    together = read_documents([Source(data, FILE, f"content/{FILE}") for data in several], Config())

    assert together == [read(data) for data in several]


def test_dates_without_a_zone_are_the_sites() -> None:
    document = read(HEAD + b"---\n", config=parse_config('[site]\ntimezone = "Pacific/Auckland"\n'))

    assert document.filed is not None
    assert document.filed.card.date.isoformat() == "2025-06-02T00:00:00+12:00"


@settings(deadline=None)
@given(st.binary(max_size=60), st.booleans())
def test_any_bytes_are_an_article_or_an_error(data: bytes, in_body: bool) -> None:  # noqa: FBT001 - drawn
    document = read(HEAD + (b"---\n\n" if in_body else b"") + data)

    assert document.filed or any(issue.severity is Severity.ERROR for issue in document.issues)
