"""Inputs that would take all the time or all the memory: refused with a message, and the others are read."""

import gzip
import io
import os
import signal
import struct
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest
from conftest import NOW, Project, quiet

from generator.build import read_config
from generator.ingest import attributes, bounds, documents, run, unpacking, work
from generator.ingest.describe import Description, describe
from generator.ingest.formats import Document
from generator.model import RawStory
from generator.report import Collector, IngestReport

SENTENCE = "The harbour bridge reopened on Monday after repairs, the council said. "
TEXT = f"Harbour bridge reopens\n\n{SENTENCE * 4}\n"
FERRY = "Ferry returns to Carrow Sound\n\nThe ferry sailed again on Monday, two years after a storm. It is full.\n"

slow = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="there are no interval timers")


def messages(report: IngestReport) -> list[str]:
    return [str(issue) for issue in report.issues]


def titles(report: IngestReport) -> list[str]:
    return [article.title for article in report.articles]


def item(title: str, text: str = SENTENCE * 4) -> str:
    return f"<item><title>{title}</title><description>{text}</description></item>"


def feed(*items: str) -> str:
    return f'<rss version="2.0"><channel><title>Courier</title>{"".join(items)}</channel></rss>'


# ------------------------------------------------------------------------------------------------------------- time


def have_one_never_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the description of one story never end."""

    def never_end(story: RawStory, *how: object) -> Description:
        while story.title.text == "Endless":
            pass
        return describe(story, *how)  # type: ignore[arg-type]

    monkeypatch.setattr(work, "describe", never_end)
    monkeypatch.setattr(work, "LONGEST", 1.0)


@slow
def test_what_takes_too_long_is_refused_as_a_whole_and_the_others_are_filed(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write("seeds/a.xml", feed(item("Mayor of Carrow steps down")))
    project.write("seeds/b.txt", f"A harbour bridge reopens\n\n{SENTENCE * 4}\n")
    project.ingest()  # what readers need is loaded
    have_one_never_end(monkeypatch)
    project.write("seeds/a.xml", feed(item("Harbour bridge reopens"), item("Endless")))
    project.write("seeds/b.txt", FERRY)
    report = project.ingest()

    assert titles(report) == ["Ferry returns to Carrow Sound"]
    assert messages(report) == [
        "seeds/a.xml:1: not read: it takes more than 1.0 seconds; take out what is no news, or part it"
    ]
    assert messages(project.ingest()) == messages(report)  # it is there still, and told of again


def ingest_by_two(project: Project) -> IngestReport:
    heard = Collector()
    options = run.Options(now=NOW, workers=2)
    inputs = [(project.root / "seeds", "seeds")]
    run.ingest(project.root, read_config(project.root), inputs, options, heard.hear, quiet, quiet)
    return heard.report


@pytest.mark.skipif(os.name == "nt", reason="there are no signals that end a process")
def test_what_ends_its_process_is_found_and_refused_and_all_else_is_filed(project: Project) -> None:
    project.write(
        "deadly.py",
        "import os, signal\n"
        "def choose(article):\n"
        "    if 'Deadly' in article.title:\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n",
    )
    project.configure('[ingest]\nclassifier = "deadly:choose"')
    for number in range(80):
        title = "Deadly story of the harbour" if number == 41 else f"Bridge number {number} reopens"
        project.write(f"seeds/{number:02}.txt", f"{title}\n\nIn town {number} {SENTENCE}{SENTENCE}\n")
    report = ingest_by_two(project)

    (said,) = messages(report)
    assert said.startswith("seeds/41.txt:1: not read: it ends the process that reads it, by time or memory; ")
    assert len(project.content()) == len({article.input for article in report.articles}) == 79


# ------------------------------------------------------------------------------------------------------------- size


def told(path: Path, data: bytes) -> list[str]:
    """Give the names of the documents in a file, and what is wrong with it."""
    path.write_bytes(data)
    return [
        part.name if isinstance(part, Document) else str(part)
        for part in documents.documents(path, path.name)
    ]


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def overlapping(plain: bytes, count: int) -> bytes:
    """Give an archive whose members all are one and the same data."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = packer.compress(plain) + packer.flush()
    sizes = (zlib.crc32(plain), len(data), len(plain), 1)
    first = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 8, 0, 33, *sizes, 0) + b"a"
    each = struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 8, 0, 33, *sizes, 0, 0, 0, 0, 0, 0) + b"a"
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(each) * count, len(first) + len(data), 0)
    return first + data + each * count + end


@pytest.fixture
def thrifty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let little be unpacked."""
    monkeypatch.setattr(unpacking, "FREE", 1 << 20)
    monkeypatch.setattr(unpacking, "MOST_TIMES", 4)


FULL = "more than 1 MB are packed here: the rest is not read; unpack it first"
LETTERS = b"A title here\n\n" + b"a " * 200_000
BOMBS: dict[str, tuple[bytes, list[str]]] = {
    "letters": (gzip.compress(LETTERS * 10), [f"bomb:1: {FULL}"]),
    "a long record": (gzip.compress(b'{"title": "' + b"a" * (2 << 20) + b'"}\n'), [f"bomb:1: {FULL}"]),
    "a long member": (
        zipped({"a": TEXT.encode(), "b": LETTERS * 10, "c": b"x"}),
        ["bomb/a", f"bomb/b:1: {FULL}"],
    ),
    "many members": (
        zipped({f"{number}": LETTERS for number in range(9)}),
        ["bomb/0", "bomb/1", f"bomb/2:1: {FULL}"],
    ),
    "members that overlap": (overlapping(LETTERS, 5_000), ["bomb/a", "bomb/a", f"bomb/a:1: {FULL}"]),
    "an archive in an archive": (
        zipped({"a": zipped({"x": LETTERS, "y": LETTERS * 10})}),
        ["bomb/a/x", f"bomb/a/y:1: {FULL}"],
    ),
    "a long archive in an archive": (
        zipped({"a": zipped({"x": b"a" * (2 << 20)}, zipfile.ZIP_STORED)}),
        [f"bomb/a:1: {FULL}"],
    ),
    "an archive in a compressed file": (gzip.compress(zipped({"x": LETTERS * 10})), [f"bomb/x:1: {FULL}"]),
}


@pytest.mark.usefixtures("thrifty")
@pytest.mark.parametrize("name", BOMBS)
def test_of_what_unpacks_to_far_more_no_more_is_read_than_may_be(tmp_path: Path, name: str) -> None:
    data, expected = BOMBS[name]

    assert told(tmp_path / "bomb", data) == expected


@pytest.mark.usefixtures("thrifty")
def test_what_is_large_itself_may_unpack_to_so_many_times_more(tmp_path: Path) -> None:
    data = zipped({"a": os.urandom(1 << 20), "b": LETTERS * 4, "c": LETTERS * 4})

    assert told(tmp_path / "a.zip", data) == [
        "a.zip/a:1: binary data: only text can be read",
        "a.zip/b",
        "a.zip/c",
    ]


@pytest.mark.parametrize(("method", "size"), [(zipfile.ZIP_BZIP2, 64 << 20), (zipfile.ZIP_LZMA, 4 << 20)])
def test_a_member_is_unpacked_bit_by_bit_however_it_is_packed(
    tmp_path: Path, method: int, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "LARGEST", 1 << 20)
    data = zipped({"a": b"A title\n" + b"a" * size, "b": TEXT.encode()}, method)
    tracemalloc.start()
    try:
        found = told(tmp_path / "a.zip", data)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert found == ["a.zip/a:1: larger than 1 MB", "a.zip/b"]
    assert most < 24 << 20


def test_an_archive_of_too_many_files_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MOST_MEMBERS", 9)
    data = zipped({f"{number}": TEXT.encode() for number in range(10)})

    assert told(tmp_path / "a.zip", data) == ["a.zip:1: an archive of more than 9 files: part it"]
    assert told(tmp_path / "b.zip", zipped({"a.zip": data, "b": TEXT.encode()})) == [
        "b.zip/a.zip:1: an archive of more than 9 files: part it",
        "b.zip/b",
    ]


def test_an_archive_with_too_long_a_list_of_files_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "LARGEST_LIST", 1 << 20)
    count = (1 << 20) // 46 + 1
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count & 0xFFFF, count & 0xFFFF, 46 * count, 30, 0)
    data = b"PK\3\4" + bytes(26) + (b"PK\1\2" + bytes(42)) * count + end

    said = "a.zip:1: an archive whose list of members is larger than 1 MB: part it"
    assert told(tmp_path / "a.zip", data) == [said]
    assert told(tmp_path / "b.zip", gzip.compress(data)) == [said.replace("a.zip", "b.zip")]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.txt", b"a" * (1 << 20), "larger than 0 MB"),
        ("a.html", b"<!doctype html>" + b"a" * (1 << 20), "larger than 0 MB"),
        ("a.xml", b"<rss>" + b"a" * (1 << 20), "larger than 0 MB"),
    ],
)
def test_what_is_too_large_for_its_kind_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, data: bytes, said: str
) -> None:
    monkeypatch.setattr(documents, "LARGEST", 1 << 19)
    monkeypatch.setattr(documents, "LARGEST_FEED", 1 << 19)

    assert told(tmp_path / name, data) == [f"{name}:1: {said}"]


# ----------------------------------------------------------------------------------------------------------- bounds


def test_a_page_with_too_many_tags_is_refused(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.ingest.adapters.MOST_TAGS", 50)
    project.write("seeds/a.html", f"<!doctype html><h1>Bridge</h1><p>{SENTENCE * 4}</p>{'<p>a' * 50}")

    assert messages(project.ingest()) == ["seeds/a.html:1: a page of more than 50 tags"]


def test_a_text_with_too_many_lines_is_refused(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.ingest.formats.MOST_LINES", 50)
    project.write("seeds/a.txt", TEXT + "a\n" * 50)

    assert messages(project.ingest()) == ["seeds/a.txt:1: a text of more than 50 lines: part it"]


def test_a_story_without_a_measure_is_dropped_and_the_others_are_filed(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "LONGEST_STORY", 1000)
    endless = SENTENCE * 99
    report = project.write(
        "seeds/a.xml",
        feed(item("Harbour bridge reopens"), item("Long story", endless), item("Long title " * 99)),
    ).ingest()

    assert titles(report) == ["Harbour bridge reopens"]
    assert messages(report) == [
        "seeds/a.xml:1: not filed: a story of more than 1,000 characters; part it",
        "seeds/a.xml:1: not filed: a title of more than 1,000 characters",
    ]
    left = [part.text for part in report.dropped if part.rule == "too-long"]
    assert endless.strip() in left
    assert ("Long title " * 99).strip() in left


def test_what_is_said_of_a_story_has_a_measure_and_is_told(project: Project) -> None:
    people = ", ".join(f'{{"name": "Nina Torvald {chr(65 + number % 26)}{number}"}}' for number in range(99))
    project.write(
        "seeds/a.json",
        f'{{"title": "Harbour bridge reopens", "text": "{SENTENCE * 4}", "authors": [{people}],'
        f' "url": "https://a.example/{"a" * 5000}", "source": "{"Courier " * 99}"}}',
    )
    report = project.ingest()
    (data,) = project.content().values()

    assert len(report.articles) == 1
    assert [issue.message for issue in report.issues] == [
        "not all authors are named: more than 50, or more than 300 characters",
        "an address of more than 4,000 characters is left out",
        "a publisher's name of more than 300 characters is left out",
    ]
    assert len(data) < 3_000


# ----------------------------------------------------------------------------------------------------------- markup


def test_elements_lose_attributes_only_where_they_have_too_many() -> None:
    few, many = (" ".join(f"a{number}='<b>'" for number in range(count)) for count in (900, 1100))
    html = f"<p {few}>One</p> <p {many}>Two</p><br {many}/>"

    assert attributes.thinned(html) == f"<p {few}>One</p> <p>Two</p><br>"


@pytest.mark.parametrize(
    "unit",
    [
        "<a b=",
        "<a b='",
        '<a b="',
        "<a/b=<a",
        "<",
        "<a ",
        "a=",
        "<a =",
        "<a b='\"",
        "<a b=c",
        "< a",
        "<a\n=\n'",
    ],
)
def test_no_markup_is_gone_through_more_than_once(unit: str) -> None:
    """Each takes a moment; by the square it would be hours."""
    html = unit * 100_000

    assert len(attributes.thinned(html)) <= len(html)


def test_a_story_of_nothing_but_tags_keeps_its_text(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.ingest.feeds.htmltext.MOST_TAGS", 50)
    tagged = "".join(f"<b>{word}</b> " for word in (SENTENCE * 9).split())
    project.write(
        "seeds/a.json", f'{{"title": "Harbour bridge reopens", "text": "<p>{tagged}</p>"}}'
    ).ingest()
    (data,) = project.content().values()

    assert data.decode().rpartition("---")[2].count("reopened") == 9
