"""Which reader reads which kind of document: to add a format is to add a row."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from generator.ingest import decoding
from generator.ingest.attributes import MOST_TAGS
from generator.ingest.formats import Document, Reading, read_text
from generator.ingest.guide import Guide
from generator.ingest.kinds import Kind

Reader = Callable[[Document, Guide], Reading]


def read(document: Document, guide: Guide) -> Reading:
    """Read a document by the reader of its kind.

    Raises:
        Refused: it is no such document, or empty.
    """
    return READERS[document.kind](document, guide)


def _text(document: Document, guide: Guide) -> Reading:
    return _decoded(document, lambda text: read_text(text, document.name, guide.rules, document.repeated))


def _markdown(document: Document, guide: Guide) -> Reading:
    from generator.ingest import markdownfile  # noqa: PLC0415 - as above

    return _decoded(document, lambda text: markdownfile.read_markdown(text, document.name, guide.zone))


def _decoded(document: Document, reader: Callable[[str], Reading]) -> Reading:
    """Have a reader of text read a document; what is wrong with its encoding comes first."""
    text, issues = decoding.decode(document.data, document.name)
    reading = reader(text)
    return replace(reading, issues=(*issues, *reading.issues))


def _feed(document: Document, guide: Guide) -> Reading:
    from generator.ingest.feeds import feedfile  # noqa: PLC0415 - each reader loads where its first document comes

    return feedfile.read_feed(document.data, document.name, guide.rules)


def _json_feed(document: Document, guide: Guide) -> Reading:
    from generator.ingest.feeds import jsonfeed  # noqa: PLC0415 - as above

    return jsonfeed.read_json_feed(document.data, document.name, guide.rules)


def _record(document: Document, guide: Guide) -> Reading:
    from generator.ingest.records import record  # noqa: PLC0415 - as above

    return record.parse_record(document.data, document.name, document.line, guide.rules)


def _webpage(document: Document, guide: Guide) -> Reading:
    from generator.ingest.webpages.webpage import read_webpage  # noqa: PLC0415 - as above

    if document.data.count(b"<") > MOST_TAGS:
        raise decoding.refused(document.name, f"a page of more than {MOST_TAGS:,} tags")
    return read_webpage(document.data, document.name, guide.rules)


READERS: Mapping[Kind, Reader] = {
    Kind.TEXT: _text,
    Kind.MARKDOWN: _markdown,
    Kind.WEBPAGE: _webpage,
    Kind.FEED: _feed,
    Kind.JSON_FEED: _json_feed,
    Kind.JSON: _record,
    Kind.JSON_LINES: _record,
}
