"""Feeds to stories: the corpus, the account of every character, and damage of every kind."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readings import CORPUS, assert_accounted, assert_as_expected, expectations

from generator.ingest.decoding import Refused
from generator.ingest.feeds.feedfile import read_feed
from generator.ingest.feeds.feedmend import mend
from generator.ingest.feeds.jsonfeed import read_json_feed
from generator.ingest.kinds import Kind, sniff
from generator.model import Severity

FEEDS = sorted(CORPUS.glob("feed-*.xml"))
JSON_FEEDS = sorted(CORPUS.glob("feed-*.json"))
ENCODINGS = {"feed-shift-jis": "shift_jis", "feed-utf-16": "utf-16"}


@pytest.mark.parametrize("path", FEEDS, ids=lambda path: path.stem)
def test_corpus_feed_reads_as_its_comment_says(path: Path) -> None:
    data = path.read_bytes()
    wanted = expectations(data.decode(ENCODINGS.get(path.stem, "utf-8"), "replace"))

    assert sniff(data, path.name) is Kind.FEED
    assert wanted["description"]
    assert_as_expected([read_feed(data, path.name)], wanted)


@pytest.mark.parametrize("path", JSON_FEEDS, ids=lambda path: path.stem)
def test_corpus_json_feed_reads_as_the_file_beside_it_says(path: Path) -> None:
    wanted = expectations(path.with_name(path.name + ".expect").read_text(encoding="utf-8"))

    assert sniff(path.read_bytes(), path.name) is Kind.JSON_FEED
    assert_as_expected([read_json_feed(path.read_bytes(), path.name)], wanted)


@pytest.mark.parametrize("path", FEEDS, ids=lambda path: path.stem)
def test_damage_is_a_warning_and_names_the_path(path: Path) -> None:
    damage = [
        issue for issue in read_feed(path.read_bytes(), "seeds/a.xml").issues if "title" not in issue.message
    ]

    assert {issue.severity for issue in damage if "damaged" in issue.message} <= {Severity.WARNING}
    assert {issue.path for issue in damage} <= {"seeds/a.xml"}


def test_a_sound_feed_is_not_touched_by_mending() -> None:
    text = (CORPUS / "feed-atom.xml").read_text(encoding="utf-8")
    feed = text[text.index("<feed") :]

    mended = mend(feed, "a.xml")

    assert mended.text == feed
    assert mended.issues == []
    assert mended.lines == [6, 17]


def test_a_bomb_of_entities_stays_small() -> None:
    reading = read_feed((CORPUS / "feed-bomb.xml").read_bytes(), "a.xml")

    assert len(reading.document) < 300


def test_a_feed_without_entries_is_an_error() -> None:
    reading = read_feed(b"<rss version='2.0'><channel><title>Empty</title></channel></rss>", "a.xml")

    assert [str(issue) for issue in reading.issues] == ["a.xml:1: a feed without entries"]
    assert reading.issues[0].severity is Severity.ERROR
    assert_accounted(reading)


def test_an_impossible_date_stays_as_the_feed_words_it() -> None:
    item = "<title>Swans return</title><description>Eleven swans came back to the weir.</description>"
    feed = f"<rss><channel><item>{item}<pubDate>31 June, maybe</pubDate></item></channel></rss>"
    (story,) = read_feed(feed.encode(), "a.xml").stories

    assert (story.published, story.published_line) == ("31 June, maybe", 1)


@pytest.mark.parametrize(
    "trailer",
    [
        "Read more",
        "Read more…",
        "Continue reading Swans return to the weir →",
        "(more…)",
        "[…]",
        "[...]",
        "The post Swans return first appeared on Weir Watch.",
        "Der Beitrag Schwäne kehren zurück erschien zuerst auf Wehrblick.",
        "L’article Les cygnes reviennent est apparu en premier sur Le Barrage.",
        "La entrada Vuelven los cisnes se publicó primero en La Presa.",
        "Seguir leyendo »",
        "Lire la suite",
    ],
)
def test_a_trailer_goes_and_the_story_stays(trailer: str) -> None:
    sentence = "Eleven swans came back to the weir on Friday."
    item = f"<title>Swans</title><description>{sentence} {trailer}</description>"
    feed = f"<rss><channel><item>{item}</item></channel></rss>"
    reading = read_feed(feed.encode(), "a.xml")

    assert [block.text for block in reading.stories[0].body] == [sentence]
    assert [part.block.text for part in reading.dropped] == [trailer]


@pytest.mark.parametrize(
    "sentence",
    [
        "He told them: read more books, and see what happens to you.",
        "More than thirty people came to see the swans.",
        "The post office closed when the storm came, and nobody knows why.",
        "Read more than one book before you judge, the teacher said.",
        "La entrada al museo es gratuita los lunes, dijo el director.",
    ],
)
def test_a_sentence_that_begins_like_a_trailer_stays(sentence: str) -> None:
    text = f"Eleven swans came back to the weir on Friday. {sentence}"
    feed = f"<rss><channel><item><title>Swans</title><description>{text}</description></item></channel></rss>"
    (story,) = read_feed(feed.encode(), "a.xml").stories

    assert [block.text for block in story.body] == [text]


PIECES = st.sampled_from(
    [
        *(
            "<rss>",
            "<channel>",
            "</channel>",
            "<item>",
            "</item>",
            "<title>",
            "</title>",
            "<description>",
            "<link>",
        ),
        *(
            "</description>",
            "<feed xmlns='http://www.w3.org/2005/Atom'>",
            "<entry>",
            "</entry>",
            "<content type='html'>",
        ),
        *(
            "<![CDATA[",
            "]]>",
            "]]",
            "<!--",
            "-->",
            "&",
            "&nbsp;",
            "&#0;",
            "&#1114112;",
            "&#xD800;",
            "<",
            ">",
            '"',
            "\0",
        ),
        *(
            "<!DOCTYPE x [",
            "<!ENTITY a 'b'>",
            "]>",
            "<?xml version='1.0'?>",
            "<media:content url='http://[x/'/>",
        ),
        *(
            "Eleven swans came back to the weir on Friday.",
            "<p>",
            "<br/>",
            "&lt;p&gt;",
            "<pubDate>",
            "</pubDate>",
        ),
        *("<guid>", "<link href='//x'/>", "<source url='http://['>", "<textarea>", "é", "\ud83d"),
    ]
)


@settings(max_examples=150)
@given(st.lists(PIECES, max_size=30))
def test_any_markup_is_read_and_accounted_for(pieces: list[str]) -> None:
    _read_and_account("".join(pieces).encode("utf-8", "surrogatepass"))


@settings(max_examples=100)
@given(st.sampled_from(FEEDS), st.data())
def test_mutated_feeds_are_read_and_accounted_for(path: Path, data: st.DataObject) -> None:
    feed = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(feed) - 1))
        length = data.draw(st.integers(0, 40))
        feed[start : start + length] = data.draw(st.binary(max_size=6))
    _read_and_account(bytes(feed))


def _read_and_account(feed: bytes) -> None:
    try:
        reading = read_feed(feed, "a.xml")
    except Refused:
        return
    assert_accounted(reading)
    assert reading.stories or reading.issues
