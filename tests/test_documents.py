"""Whatever an input is packed in, its documents come out one by one, each under its name, and damage is told."""

import gzip
import io
import json
import os
import sys
import zipfile
from pathlib import Path

import pytest

from generator.ingest import documents as opening
from generator.ingest import unpacking
from generator.ingest.documents import STDIN, documents
from generator.ingest.formats import Document
from generator.ingest.kinds import Kind
from generator.model import Issue

TEXT = b"Ferry returns\n\nThe ferry sailed again on Monday. Hundreds came to see it.\n"
PAGE = b"<!doctype html><html><body><h1>Ferry returns</h1><p>It sailed again.</p></body></html>"
RECORDS = b'{"title": "One", "text": "First."}\n{"title": "Two", "text": "Second."}\n'


def zipped(**members: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return data.getvalue()


def told(tmp_path: Path, data: bytes, name: str) -> list[tuple[str, int, Kind, bytes] | str]:
    path = tmp_path / name
    path.write_bytes(data)
    return list(map(shown, documents(path, f"seeds/{name}")))


def shown(part: Document | Issue) -> tuple[str, int, Kind, bytes] | str:
    return str(part) if isinstance(part, Issue) else (part.name, part.line, part.kind, part.data)


def test_a_file_is_one_document_known_by_its_content(tmp_path: Path) -> None:
    assert told(tmp_path, TEXT, "ferry.txt") == [("seeds/ferry.txt", 1, Kind.TEXT, TEXT)]
    assert told(tmp_path, PAGE, "ferry.txt") == [("seeds/ferry.txt", 1, Kind.WEBPAGE, PAGE)]


def test_every_record_is_a_document_with_its_line(tmp_path: Path) -> None:
    one, two = RECORDS.splitlines()

    assert told(tmp_path, RECORDS, "a.jsonl") == [
        ("seeds/a.jsonl", 1, Kind.JSON, one),
        ("seeds/a.jsonl", 2, Kind.JSON, two),
    ]


def test_what_is_compressed_is_read_as_what_it_holds(tmp_path: Path) -> None:
    assert told(tmp_path, gzip.compress(TEXT, mtime=0), "ferry.txt.gz") == [
        ("seeds/ferry.txt", 1, Kind.TEXT, TEXT)
    ]
    assert len(told(tmp_path, gzip.compress(RECORDS, mtime=0), "a.jsonl.gz")) == 2


def test_an_archive_gives_its_members_in_the_order_of_their_names_and_what_they_hold(tmp_path: Path) -> None:
    data = zipped(
        **{
            "b.html": PAGE,
            "a__news.jsonl.gz": gzip.compress(RECORDS, mtime=0),
            "__MACOSX/._b.html": b"x",
            ".DS_Store": b"x",
        }
    )

    assert [part[:3] for part in told(tmp_path, data, "all.zip")] == [
        ("seeds/all.zip/a/news.jsonl", 1, Kind.JSON),
        ("seeds/all.zip/a/news.jsonl", 2, Kind.JSON),
        ("seeds/all.zip/b.html", 1, Kind.WEBPAGE),
    ]


def test_archives_in_archives_end_somewhere(tmp_path: Path) -> None:
    data = TEXT
    for _ in range(3):
        data = zipped(inner=data)

    assert told(tmp_path, data, "all.zip") == [
        "seeds/all.zip/inner/inner:1: too many archives in one another: unpack it first"
    ]


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.95])
def test_of_what_is_cut_short_the_beginning_is_read_and_the_rest_told(tmp_path: Path, cut: float) -> None:
    lines = "".join(f"{json.dumps({'title': f'Story {n}', 'text': hash(n) * 7919})}\n" for n in range(20_000))
    data = gzip.compress(lines.encode(), mtime=0)

    *found, last = told(tmp_path, data[: int(cut * len(data))], "a.jsonl.gz")

    assert 0 < len(found) < 20_000
    assert isinstance(last, str)
    assert last.startswith("seeds/a.jsonl.gz:1: damaged: ")


def test_a_damaged_archive_is_told(tmp_path: Path) -> None:
    data = zipped(a=TEXT * 100)

    assert told(tmp_path, data[:-30], "a.zip")[0].startswith("seeds/a.zip:1: damaged: ")  # type: ignore[union-attr]


def test_a_damaged_member_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    data = bytearray(zipped(a=TEXT * 100, b=PAGE))
    data[40:60] = bytes(20)

    first, second = told(tmp_path, bytes(data), "a.zip")

    assert isinstance(first, str)
    assert first.startswith("seeds/a.zip/a:1: cannot be unpacked: ")
    assert second == ("seeds/a.zip/b", 1, Kind.WEBPAGE, PAGE)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_damage_is_told_however_a_member_is_packed(tmp_path: Path, method: int) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as archive:
        archive.writestr("a", TEXT * 100)
        archive.writestr("b", PAGE)
    damaged = bytearray(data.getvalue())
    damaged[45:50] = bytes(5)

    first, second = told(tmp_path, bytes(damaged), "a.zip")

    assert isinstance(first, str)
    assert first.startswith("seeds/a.zip/a:1: cannot be unpacked: ")
    assert second == ("seeds/a.zip/b", 1, Kind.WEBPAGE, PAGE)


@pytest.mark.parametrize(("place", "value"), [(6, 200), (9, 8)])
def test_an_archive_whose_list_is_damaged_is_told(tmp_path: Path, place: int, value: int) -> None:
    data = bytearray(zipped(a=TEXT))
    entry = data.rfind(b"PK\x01\x02")
    data[entry + place] = value  # a version that nobody has, or a name that should be UTF-8 and is not
    data[entry + 46] = 0xFF

    assert told(tmp_path, bytes(data), "a.zip")[0].startswith("seeds/a.zip:1: damaged: ")  # type: ignore[union-attr]


def test_members_that_lead_out_of_an_archive_are_read_like_any_other(tmp_path: Path) -> None:
    found = told(tmp_path, zipped(**{"../../a": TEXT, "/b": TEXT, ".git/c": TEXT}), "a.zip")

    assert [part[0] for part in found] == ["seeds/a.zip/../../a", "seeds/a.zip//b"]


def test_an_archive_in_another_is_unpacked_once(tmp_path: Path) -> None:
    inner = zipped(**{f"{number:03}": TEXT for number in range(300, 0, -1)})

    assert len(told(tmp_path, zipped(inner=inner), "all.zip")) == 300


def test_an_archive_in_another_that_would_fill_the_disk_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "LARGEST_ARCHIVE", 1 << 20)
    inner = zipped(a=os.urandom(2 << 20))

    assert told(tmp_path, zipped(inner=inner, other=TEXT), "all.zip") == [
        "seeds/all.zip/inner:1: an archive of more than 1 MB in another or in a pipe: unpack it first",
        ("seeds/all.zip/other", 1, Kind.TEXT, TEXT),
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_pipe_that_nobody_writes_to_is_empty(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    assert list(documents(tmp_path / "pipe", "pipe")) == [Issue("pipe", 1, "empty")]


@pytest.mark.skipif(not os.path.exists("/dev/fd"), reason="there are no names for open files")  # noqa: PTH110
@pytest.mark.parametrize("data", [TEXT, gzip.compress(TEXT, mtime=0), zipped(a=TEXT)])
def test_a_pipe_is_read_to_its_end(data: bytes) -> None:
    reading, writing = os.pipe()
    os.write(writing, data)
    os.close(writing)
    (found,) = documents(Path(f"/dev/fd/{reading}"), "pipe")
    os.close(reading)

    assert isinstance(found, Document)
    assert found.data == TEXT


def test_standard_input_that_is_closed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)

    assert list(documents(STDIN, "stdin")) == [Issue("stdin", 1, "cannot be read: standard input is closed")]


def test_what_no_reader_reads_is_told(tmp_path: Path) -> None:
    (said,) = told(tmp_path, b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a.pdf")

    assert isinstance(said, str)
    assert said.startswith("seeds/a.pdf:1: ")


def test_a_file_that_is_too_large_for_an_article_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "LARGEST", 1 << 20)

    assert told(tmp_path, TEXT * 20_000, "a.txt") == ["seeds/a.txt:1: larger than 1 MB"]


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    assert list(documents(tmp_path / "none.txt", "none.txt")) == [
        Issue("none.txt", 1, "cannot be read: No such file or directory")
    ]


@pytest.mark.parametrize("data", [TEXT, gzip.compress(TEXT, mtime=0), zipped(a=TEXT)])
def test_standard_input_is_read_like_a_file(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))

    (found,) = documents(STDIN, "stdin")

    assert isinstance(found, Document)
    assert (found.name, found.data) in {("stdin", TEXT), ("stdin/a", TEXT)}
