"""Bytes to text, and what no reader takes."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ingest.decoding import Refused, decode
from generator.ingest.formats import read_text
from generator.model import Issue, Severity

STORY = "Harbour bridge opens\nThe bridge opened at nine in the morning.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_read_with_and_without_a_byte_order_mark(encoding: str) -> None:
    text = "Hafenbrücke – “offen”\n北京\n"

    assert decode(text.encode(encoding), "a.txt") == (text, ())


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028", "\u2029"])
def test_line_ends_become_newlines(end: str) -> None:
    assert decode(f"one{end}two{end}".encode(), "a.txt") == ("one\ntwo\n", ())


def test_bytes_that_are_no_utf8_are_read_one_by_one_and_reported_once() -> None:
    text, issues = decode(
        "Brücke\r\n\r\n".encode() + b"\x93caf\xe9\x94 \x81 and Br\xfccke\r\n", "seeds/a.txt"
    )

    assert text == "Brücke\n\n“café” \ufffd and Brücke\n"
    assert issues == (
        Issue("seeds/a.txt", 3, "not UTF-8: byte 0x93, and all others like it, read as Windows-1252"),
    )


def test_damaged_utf16_is_read_and_reported() -> None:
    text, issues = decode("Hafen\nstadt".encode("utf-16") + b"\x00", "a.txt")

    assert text == "Hafen\nstadt\ufffd"
    assert issues == (Issue("a.txt", 2, "damaged UTF-16: what could not be decoded became U+FFFD"),)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (b"\xef\xbb\xbf\n", "empty"),
        ("\u00a0\u2028".encode(), "empty"),
        (b"Harbour\x00bridge", "binary data: only text can be read"),
        (b"%PDF-1.7\nHarbour", "binary data: only text can be read"),
        (b"\x89PNG\r\n\x1a\n", "binary data: only text can be read"),
        (b"\x1f\x8b\x08 harbour", "binary data: only text can be read"),
        (bytes(range(1, 32)) * 4, "binary data: only text can be read"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(data: bytes, why: str) -> None:
    with pytest.raises(Refused) as refused:
        decode(data, "seeds/a.bin")

    assert refused.value.issue == Issue("seeds/a.bin", 1, why)


@pytest.mark.parametrize(
    "start", ["[Updated] ", "<3 for ", "{Opinion} ", "<p>", '{"a": 1}', "<?xml version='1.0'?>"]
)
def test_any_text_is_decoded_whatever_its_kind(start: str) -> None:
    assert decode((start + STORY).encode(), "a.txt") == (start + STORY, ())


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_known_by_its_zeros(encoding: str) -> None:
    assert decode(STORY.encode(encoding), "a.txt") == (STORY, ())


@given(st.binary(max_size=200))
def test_any_bytes_give_text_or_one_reason(data: bytes) -> None:
    with suppress(Refused):
        text, issues = decode(data, "a.txt")

        assert text.strip()
        assert "\r" not in text
        assert len(issues) <= 1


def test_issues_of_a_document_name_its_path_and_line() -> None:
    reading = read_text("\nFire at the old customs house\n", "seeds/a.txt")

    assert reading.issues == (
        Issue("seeds/a.txt", 2, "a title without a story: Fire at the old customs house"),
    )


def test_a_title_alone_beside_a_story_is_a_warning() -> None:
    reading = read_text(f"Fire at the old customs house\n\n---\n\n{STORY}", "a.txt")

    assert [story.title.text for story in reading.stories] == ["Harbour bridge opens"]
    assert [issue.severity for issue in reading.issues] == [Severity.WARNING]


def test_a_text_without_a_title_is_an_error_beside_a_story_too() -> None:
    paragraph = (
        "The bridge opened at nine in the morning. Two hundred people walked across it in the first hour."
    )
    reading = read_text(f"{STORY}\n---\n\n{paragraph}\n\n---\n\n{STORY}", "a.txt")

    assert len(reading.stories) == 2
    assert [(issue.line, issue.severity) for issue in reading.issues] == [(6, Severity.ERROR)]
