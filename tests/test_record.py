"""Records to stories: the corpus, the account of every character, streams, and damage of every kind."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from readings import CORPUS, assert_accounted, assert_as_expected, expectations

from generator import records
from generator.ingest.feeds.authors import read_authors
from generator.ingest.feeds.fieldtext import read_field
from generator.ingest.feeds.timestamps import iso_moment
from generator.ingest.kinds import Kind, sniff
from generator.ingest.records.record import LONGEST, parse_record, read_record
from generator.ingest.records.recordstream import records_of, split_records
from generator.ingest.rulebook.rules import load_rules

RECORDS = sorted((*CORPUS.glob("record-*.json"), *CORPUS.glob("record-*.jsonl")))
TEXT = "The bridge over the harbour opened again on Monday."


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_corpus_records_read_as_the_file_beside_them_says(path: Path) -> None:
    data = path.read_bytes()
    wanted = expectations(path.with_name(path.name + ".expect").read_text(encoding="utf-8"))

    assert sniff(data, path.name) is (Kind.JSON_LINES if path.suffix == ".jsonl" else Kind.JSON)
    assert wanted["description"]
    assert_as_expected([parse_record(part, path.name, line) for line, part in records_of(data)], wanted)


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2025-06-02", "2025-06-02"),
        ("2025-06-02 14:10:00", "2025-06-02T14:10:00"),
        ("2025-06-02T14:10:00.123Z", "2025-06-02T14:10:00+00:00"),
        ("2025-06-02 14:10:00 +0200", "2025-06-02T14:10:00+02:00"),
        ("2025-06-02 14:10:00 UTC", "2025-06-02T14:10:00+00:00"),
        ("20250602", "2025-06-02"),
        ("20250602141000", "2025-06-02T14:10:00"),
        ("Mon, 02 Jun 2025 14:10:00 GMT", "2025-06-02T14:10:00+00:00"),
        ("Mon, 02 Jun 2025 14:10:00 CEST", "Mon, 02 Jun 2025 14:10:00 CEST"),
        (1748873400, "2025-06-02T14:10:00+00:00"),
        ("1748873400", "2025-06-02T14:10:00+00:00"),
        (1748873400123, "2025-06-02T14:10:00+00:00"),
        (1748873400.5, "2025-06-02T14:10:00+00:00"),
        ("2 June 2025", "2 June 2025"),
        ("9 minutes ago", "9 minutes ago"),
        ("2025", "2025"),
        (7, ""),
        (10**30, ""),
        (True, ""),
        (None, ""),
    ],
)
def test_times_of_machines_become_iso(value: object, moment: str) -> None:
    assert iso_moment(value) == moment


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Jane Doe and Joe Bloggs", ("Jane Doe", "Joe Bloggs")),
        ("Jane Doe, Joe Bloggs & Ann Olsen", ("Jane Doe", "Joe Bloggs", "Ann Olsen")),
        ("Jane Doe; Joe Bloggs | Ann Olsen", ("Jane Doe", "Joe Bloggs", "Ann Olsen")),
        ("Doe, Jane", ("Jane Doe",)),
        ("Jane Doe, Staff Writer", ("Jane Doe",)),
        ("desk@ellery.example (Jane Doe)", ("Jane Doe",)),
        ("Jane Doe <jane@ellery.example>", ("Jane Doe",)),
        ("Jane Doe in Skarrow and Joe Bloggs", ("Jane Doe", "Joe Bloggs")),
        ("https://social.example/jane", ()),
        ("Von Grete Falk und Per Lind", ("Grete Falk", "Per Lind")),
        ("Par Luc Andé et Zoé Vidal", ("Luc Andé", "Zoé Vidal")),
        ("Andrea Anders", ("Andrea Anders",)),
        ("Byron Vonn", ("Byron Vonn",)),
        ("Ruby Falk", ("Ruby Falk",)),
        ("Posted by Jane Doe", ("Jane Doe",)),
        ("Text: Grete Falk", ("Grete Falk",)),
        ("Ana Ruiz y EFE", ("Ana Ruiz", "EFE")),
        ("Department of Health", ("Department of Health",)),
        ("ジョン・スミス、佐藤花子・鈴木一郎", ("ジョン・スミス", "佐藤花子", "鈴木一郎")),
        ("", ()),
    ],
)
def test_bylines_become_names(byline: str, names: tuple[str, ...]) -> None:
    assert read_authors([byline]) == names


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("One is here.\nTwo is there.", ["One is here.", "Two is there."]),
        ("One is\nhere.\n\nTwo.", ["One is\nhere.", "Two."]),
        ("One.\\n\\nTwo.", ["One.", "Two."]),
        (r"Open C:\new\north today.", [r"Open C:\new\north today."]),
        ("<p>One</p>\n<p>Two &amp; three</p>", ["One", "Two & three"]),
        ("One <b>bold</b> <i>word</i>.\n\nTwo.", ["One bold word.", "Two."]),
        ("&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;", ["One", "Two"]),
        ("R&amp;D at AT&T, 3 < 4 and 5 > 4", ["R&D at AT&T, 3 < 4 and 5 > 4"]),
        ("One<br><br>Two<br>goes on", ["One", "Two\ngoes on"]),
        ("<div>One<div>Two</div>three</div>", ["One", "Two", "three"]),
        ("<table><caption>One</caption><tr><td>Two</td><td>three</td></tr></table>", ["One", "Two three"]),
        ("<p>One</p><listing>two\n\nthree</listing>", ["One", "two", "three"]),
        ("<p hidden>No</p><p style='display:none'>No</p><p>Yes", ["Yes"]),
        ("", []),
    ],
)
def test_texts_of_any_make_become_paragraphs(text: str, paragraphs: list[str]) -> None:
    assert [part for _, part in read_field(text).paragraphs] == paragraphs


def test_issues_name_the_line_in_the_file_and_blocks_the_one_in_the_document() -> None:
    reading = read_record({"title": "Bridge", "text": TEXT, "date": "2025-06-31"}, "a.jsonl", 7)
    (story,) = reading.stories

    assert (story.published, story.published_line) == ("2025-06-31", 7)
    assert [block.line for block in story.body] == [2]
    assert parse_record(b'{"title": "x"', "a.jsonl", 7).issues[0].line == 7


def test_a_short_number_is_no_identity() -> None:
    fields = {"title": "Bridge", "text": TEXT, "id": 3}

    assert read_record(fields, "a", 1).stories[0].facts.identity == ""
    assert (
        read_record({**fields, "url": "https://e.example/3"}, "a", 1).stories[0].facts.identity
        == "https://e.example/3"
    )
    assert read_record({**fields, "id": 20250602141000}, "a", 1).stories[0].facts.identity == "20250602141000"


def test_the_text_is_the_longest_field_and_teasers_come_last() -> None:
    fields = {
        "title": "Bridge",
        "content": f"{TEXT} Buses follow on Tuesday morning.",
        "text": TEXT,
        "summary": "Short.",
    }
    (story,) = read_record(fields, "a", 1).stories

    assert [block.text for block in story.body] == [f"{TEXT} Buses follow on Tuesday morning."]
    assert story.facts.summary == "Short."


def test_a_teaser_is_the_story_where_there_is_no_other_text() -> None:
    (story,) = read_record({"title": "Bridge", "description": TEXT, "text": None}, "a", 1).stories

    assert [block.text for block in story.body] == [TEXT]
    assert story.facts.summary == ""


def test_bytes_that_are_no_utf8_are_read_and_reported() -> None:
    data = '{"title": "Brücke", "text": "Die Brücke über den Hafen ist wieder offen."}'.encode("cp1252")
    reading = parse_record(data, "a.json", 5)

    assert reading.stories[0].title.text == "Brücke"
    assert [issue.line for issue in reading.issues] == [5]


def test_a_record_longer_than_any_is_refused() -> None:
    (issue,) = parse_record(b'{"title": "' + b"x" * LONGEST, "a.json", 1).issues

    assert issue.message == "a record of more than 16 MB"


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ('{"a": 1}', [(1, '{"a": 1}')]),
        ('{"a": 1}\n\n{"b": "}{"}\n', [(1, '{"a": 1}'), (3, '{"b": "}{"}')]),
        ('[{"a": 1},\n {"b": [{"c": 2}]}]', [(1, '{"a": 1}'), (2, '{"b": [{"c": 2}]}')]),
        ('{\n"a": 1\n}\n{\n"b": 2\n}', [(1, '{\n"a": 1\n}'), (4, '{\n"b": 2\n}')]),
        ('[{"a": 1}, 7, "x"]', [(1, '{"a": 1}'), (1, '7, "x"')]),
        ('{"articles": [{"a": 1},\n{"b": 2}]}', [(1, '{"a": 1}'), (2, '{"b": 2}')]),
        ('{"n": 1, "items": [{"a": 1}], "m": 2}', [(1, '{"a": 1}'), (1, '{"n": 1, "items": [], "m": 2}')]),
        (
            '{"data": {"results": [{"a": 1}]}}\n{"data": {"results": [{"b": 1}]}}',
            [(1, '{"a": 1}'), (2, '{"b": 1}')],
        ),
        ('{"title": "T", "content": [{"text": "x"}]}', [(1, '{"title": "T", "content": [{"text": "x"}]}')]),
        ('{"a": "cut\n{"b": 1}\n{"c": 1}', [(1, '{"a": "cut'), (2, '{"b": 1}'), (3, '{"c": 1}')]),
        ('{"z": 1}\n{"a": ["x",\n{"b": 1}', [(1, '{"z": 1}'), (2, '{"a": ["x"'), (3, '{"b": 1}')]),
        ('{"a": 1},\n{"b": 1},', [(1, '{"a": 1}'), (2, '{"b": 1}')]),
        ('{"a": "line\nend"}', [(1, '{"a": "line\nend"}')]),
        ('{"a": "\\\\"}{"b": "\\""}', [(1, '{"a": "\\\\"}'), (1, '{"b": "\\""}')]),
        ("[]", []),
        ("", []),
    ],
)
def test_a_stream_gives_its_records_with_their_lines(data: str, found: list[tuple[int, str]]) -> None:
    for size in (1, 3, 7, 1000):
        chunks = (data.encode()[at : at + size] for at in range(0, len(data), size))

        assert [(line, part.decode()) for line, part in split_records(chunks)] == found


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_stream_may_be_in_any_unicode(encoding: str) -> None:
    data = '[{"a": "é"},\n{"b": "北"}]'.encode(encoding)

    assert [part.decode() for _, part in records_of(data)] == ['{"a": "é"}', '{"b": "北"}']


@pytest.mark.parametrize("shape", ["lines", "array", "object"])
def test_a_long_stream_is_held_record_by_record(shape: str) -> None:
    count, record = 3000, json.dumps({"title": "Bridge", "text": TEXT * 10}).encode()
    asked = 0

    def chunks() -> Iterator[bytes]:
        nonlocal asked
        yield {"lines": b"", "array": b"[", "object": b'{"ok": 1, "articles": ['}[shape]
        for _ in range(count):
            asked += 1
            yield record + (b"\n" if shape == "lines" else b",\n")

    given_before_the_end = 0
    for line, part in split_records(chunks()):
        if part == record:
            given_before_the_end += asked < count
            assert line == given_before_the_end or asked == count

    assert given_before_the_end > count // 2


def test_a_text_that_never_ends_does_not_fill_the_memory() -> None:
    chunks = (b'{"title": "' if at == 0 else b"x" * 2**20 for at in range(80))
    ((line, part),) = split_records(chunks)

    assert (line, len(part)) == (1, LONGEST + 1)


NAMES = st.sampled_from(
    [
        *(
            "title",
            "text",
            "maintext",
            "date",
            "url",
            "source",
            "authors",
            "tags",
            "image",
            "id",
            "article",
            "data",
        ),
        *(
            "_source",
            "content",
            "description",
            "name",
            "rendered",
            "language",
            "x",
            "",
            "articles",
            "timestamp",
            "$date",
        ),
    ]
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30)
JSON = st.recursive(
    SCALARS | st.sampled_from([TEXT, f"<p>{TEXT}", "https://e.example/a", "http://["]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=6),
    max_leaves=12,
)


@settings(max_examples=200)
@given(
    st.dictionaries(
        st.sampled_from(["title", "text", "date", "url", "source", "data", "tags", "q"]), JSON, max_size=6
    )
)
@example({"title": "A", "text": TEXT, "url": "http://[", "source": "http://[x", "image": "http://["})
@example({"title": "\u200b", "text": "\x00\x01"})
@example({"title": {"title": {"title": "x"}}, "text": [[[TEXT]]]})
def test_any_record_is_read_and_accounted_for(record: dict[str, Any]) -> None:
    reading = read_record(record, "a.json", 1)

    assert_accounted(reading)
    assert reading.stories or reading.issues or {part.rule for part in reading.dropped} == {"record-list"}


@settings(max_examples=150)
@given(st.sampled_from(RECORDS), st.data())
def test_mutated_files_are_read_and_accounted_for(path: Path, data: st.DataObject) -> None:
    file = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 5))):
        start = data.draw(st.integers(0, len(file) - 1))
        file[start : start + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=4))
    for line, part in records_of(bytes(file)):
        reading = parse_record(part, "a.json", line)

        assert_accounted(reading)
        assert records.encode([reading.document, *(story.facts.authors for story in reading.stories)])
        assert 1 <= line <= bytes(file).count(b"\n") + 1


@settings(max_examples=150)
@given(st.binary(max_size=60) | st.text(alphabet='{}[]",:\\ \nabt', max_size=60).map(str.encode))
def test_any_bytes_are_split_without_loss(data: bytes) -> None:
    parts = b"".join(part for _, part in records_of(data))
    small = list(split_records(data[at : at + 1] for at in range(len(data))))

    assert small == list(records_of(data))
    if not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")) and b"[" not in data:
        assert sorted(_seen(parts)) == sorted(_seen(data))


def _seen(data: bytes) -> bytes:
    return data.translate(None, b" \t\r\n,\x1e")


@pytest.mark.parametrize("joint", [" - ", " | ", " – ", " · "])
def test_a_publishers_name_behind_the_title_is_no_part_of_it(joint: str) -> None:
    reading = read_record(
        {"title": f"Bridge opens{joint}Quay News", "text": TEXT, "source": "Quay News"}, "a", 1
    )
    (story,) = reading.stories

    assert story.title.text == "Bridge opens"
    assert story.header[0].text == f"{joint.strip()} Quay News"
    assert_accounted(reading)


def test_lists_that_a_table_holds_as_text_are_lists() -> None:
    record = {"title": "Bridge", "text": TEXT, "authors": "['Jane Doe', 'Joe Bloggs']", "tags": "[]"}
    (story,) = read_record(record, "a", 1).stories

    assert (story.facts.authors, story.facts.keywords) == (("Jane Doe", "Joe Bloggs"), ())


def test_a_rule_that_is_switched_off_drops_nothing() -> None:
    record = {"title": "Bridge", "text": f"{TEXT}\nAdvertisement\n{TEXT} Read more"}
    (story,) = read_record(record, "a", 1, load_rules(without=["advert", "feed-more"])).stories

    assert [block.text for block in story.body] == [TEXT, "Advertisement", f"{TEXT} Read more"]


def test_a_title_that_only_ends_like_the_publishers_name_stays() -> None:
    (story,) = read_record(
        {"title": "All about Quay News", "text": TEXT, "source": "Quay News"}, "a", 1
    ).stories

    assert story.title.text == "All about Quay News"


def test_headlines_and_the_title_again_are_no_story() -> None:
    title = "Bridge over the harbour of Port Ellery opens again after nine long days"
    links = f"<a href='x'>{title}</a>&nbsp;&nbsp;<font>Quay News</font>"
    items = "".join(
        f"<li>{word} headline of ten words that does not end as a sentence</li>" for word in "abc"
    )

    assert read_record({"title": title, "text": links, "source": "Quay News"}, "a", 1).stories == ()
    assert read_record({"title": title, "text": f"<ul>{items}</ul>"}, "a", 1).stories == ()


def test_buttons_and_adverts_between_paragraphs_are_dropped() -> None:
    reading = read_record(
        {"title": "Bridge", "text": f"{TEXT}\nAdvertisement\nShare this article\n{TEXT}"}, "a", 1
    )

    assert [block.text for block in reading.stories[0].body] == [TEXT, TEXT]
    assert {part.rule for part in reading.dropped} == {"advert", "share"}
