"""What kind of input some bytes are, whatever they are called."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ingest.decoding import Refused
from generator.ingest.kinds import Kind, sniff

CORPUS = Path(__file__).parent / "corpus"
STORY = "Harbour bridge opens\nThe bridge opened at nine in the morning.\n"
PAGE = "<html><head><title>Bridge</title></head><body><p>It is open.</p></body></html>"
RSS = "<rss version='2.0'><channel><title>News</title></channel></rss>"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (STORY, Kind.TEXT),
        ("[Updated] " + STORY, Kind.TEXT),
        ("[2025] " + STORY, Kind.TEXT),
        ('["We are open," she said]\n' + STORY, Kind.TEXT),
        ("{Opinion} " + STORY, Kind.TEXT),
        ("<3 for " + STORY, Kind.TEXT),
        ("< 5% of " + STORY, Kind.TEXT),
        ("<b>New</b> " + STORY, Kind.TEXT),
        ("<jane@ellery.example> wrote:\n" + STORY, Kind.TEXT),
        (
            "How to write a page\nBegin with <html>, then <head> and <body>; a <p> holds a paragraph.\n"
            + STORY,
            Kind.TEXT,
        ),
        ("What feeds are\n<rss> is the first element of a feed.\n" + STORY * 9, Kind.TEXT),
        ("---\n" + STORY, Kind.TEXT),
        ("---\nTitle\n---\n" + STORY, Kind.TEXT),
        ("---\ntopic: sport\n---\n" + STORY, Kind.TEXT),
        ("# Heading\n\n" + STORY, Kind.TEXT),
        ("---\ntitle: Bridge\n---\n" + STORY, Kind.MARKDOWN),
        ("---\ntopic: sport\ndate: 2025-06-02\n...\n" + STORY, Kind.MARKDOWN),
        ("<!DOCTYPE html>\n<p>It is open.", Kind.WEBPAGE),
        ("\n <HTML lang=en><BODY>", Kind.WEBPAGE),
        ("<!-- saved from a site -->\n<!-- again --> <!doctype html>" + PAGE, Kind.WEBPAGE),
        (
            "<?xml version='1.0'?><!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN' 'x.dtd'>" + PAGE,
            Kind.WEBPAGE,
        ),
        ("<p>It is open.", Kind.WEBPAGE),
        ("<div class=story>It is open.</div>", Kind.WEBPAGE),
        ("<table><tr><td>1</td></tr></table>", Kind.WEBPAGE),
        ("<a href=x>One</a> <a href=y>Two</a>", Kind.WEBPAGE),
        ("HTTP/1.1 200 OK\nContent-Type: text/html\n\n" + PAGE, Kind.WEBPAGE),
        ("Warning: something in line 3\n" + PAGE, Kind.WEBPAGE),
        (RSS, Kind.FEED),
        ("\n\n" + RSS, Kind.FEED),
        ("<?xml version='1.0'?>\n<?xml-stylesheet href='x.css'?>\n<!-- c -->" + RSS, Kind.FEED),
        ("<!DOCTYPE rss [<!ENTITY a 'b'>]>" + RSS, Kind.FEED),
        ("<feed xmlns='http://www.w3.org/2005/Atom'></feed>", Kind.FEED),
        ("<rdf:RDF xmlns:rdf='x'></rdf:RDF>", Kind.FEED),
        ("Notice: something in line 3\n" + RSS, Kind.FEED),
        ('{"title": "Bridge"}', Kind.JSON),
        ('{\n  "title": "Bridge"\n}\n', Kind.JSON),
        ('[\n  {"title": "Bridge"}]', Kind.JSON),
        ("{}", Kind.JSON),
        ("[]", Kind.JSON),
        ('{"articles": [\n{"title": "Bridge"}]}', Kind.JSON),
        ('{"title": "Bridge"}\n{"title": "Ferry"}\n', Kind.JSON_LINES),
        ('{"title": "cut of\n{"title": "Ferry"}\n', Kind.JSON_LINES),
        ('{"version": "https://jsonfeed.org/version/1", "items": []}', Kind.JSON_FEED),
        ('{"version": "https:\\/\\/jsonfeed.org\\/version\\/1.1", "items": []}', Kind.JSON_FEED),
    ],
)
def test_content_tells_the_kind(text: str, kind: Kind) -> None:
    assert sniff(text.encode()) is kind
    assert sniff(b"\xef\xbb\xbf" + text.encode()) is kind
    assert sniff(text.replace("\n", "\r\n").encode("utf-16")) is kind


def test_a_name_decides_only_where_content_leaves_a_doubt() -> None:
    line = b'{"title": "Bridge"}\n'

    assert sniff(line, "a.jsonl") is Kind.JSON_LINES
    assert sniff(line, "a.jsonl.gz") is Kind.JSON_LINES
    assert sniff(line, "a.html") is Kind.JSON
    assert sniff(STORY.encode(), "a.xml") is Kind.TEXT
    assert sniff(PAGE.encode(), "a.json") is Kind.WEBPAGE


def test_compressed_files_are_known_by_their_first_bytes() -> None:
    assert sniff(b"\x1f\x8b\x08\x00") is Kind.GZIP
    assert sniff(b"PK\x03\x04" + bytes(26) + b"news/a.txt") is Kind.ZIP
    assert sniff(b"PK\x05\x06" + bytes(18)) is Kind.ZIP


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n\t", "empty"),
        (b"%PDF-1.7\nHarbour", "a PDF file"),
        (b"{\\rtf1 Harbour}", "an RTF file"),
        (b"WARC/1.0\r\nWARC-Type: response", "a web archive"),
        (b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml", "an office document"),
        (b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/epub+zip", "an office document or a book"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary data"),
        (b"Harbour\x00bridge opens in the morning", "binary data"),
        (bytes(range(1, 32)) * 4, "binary data"),
        (b"<?xml version='1.0'?><opml version='2.0'><body/></opml>", "a list of feeds (OPML)"),
        (b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'></urlset>", "a sitemap"),
        (b"<sitemapindex></sitemapindex>", "a list of sitemaps"),
        (b"<?xml version='1.0'?><svg></svg>", "XML of a kind that has no reader (<svg>)"),
        (b"<nitf><head/><body><p>x</p></body></nitf>", "XML of a kind that has no reader (<nitf>)"),
    ],
)
def test_what_no_reader_takes_is_refused_with_a_sentence(data: bytes, why: str) -> None:
    with pytest.raises(Refused) as refused:
        sniff(data, "seeds/a.bin")

    assert (refused.value.issue.path, refused.value.issue.line) == ("seeds/a.bin", 1)
    assert refused.value.issue.message.startswith(why)


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.txt")), ids=lambda path: path.stem)
def test_scraped_text_is_text(path: Path) -> None:
    assert sniff(path.read_bytes().partition(b"#|\n")[2], path.name) is Kind.TEXT


@given(st.binary(max_size=100) | st.text(alphabet="<>!-?[]{}\"' \nhtmlrss:/", max_size=80).map(str.encode))
def test_any_bytes_have_a_kind_or_a_reason(data: bytes) -> None:
    with suppress(Refused):
        assert sniff(data) in Kind
