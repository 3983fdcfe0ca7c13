"""Feeds, records and archives that are made to harm an ingest, each of about a given size."""

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from text_bombs import PROSE, Attack, nested, numbered, repeated

_FEED = '<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>|</channel></rss>'
_TOLD = f"<title>A bridge</title><description>{PROSE * 4}</description>"
_ENTRY = _FEED.replace("|", f"<item>{_TOLD}|</item>")
_DESCRIBED = _FEED.replace("|", "<item><title>A bridge</title><description>|</description></item>")
_DTD = '<?xml version="1.0"?><!DOCTYPE rss [|]>' + _FEED.partition("?>")[2].replace(
    "|", f"<item>{_TOLD}</item>"
)
_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))

FEEDS: dict[str, tuple[str, str]] = {
    "billion laughs": ("<item><title>A &l11;</title><description>&l11;</description></item>",
                       _FEED.replace("?>", f'?><!DOCTYPE rss [<!ENTITY l0 "ha">{_LAUGHS}]>')),
    "quadratic entities": ("&a;", _DESCRIBED.replace("?>", f'?><!DOCTYPE rss [<!ENTITY a "{"x" * 99_999}">]>')),
    "entities from outside": ("&a;", _DESCRIBED.replace("?>", '?><!DOCTYPE rss [<!ENTITY a SYSTEM "/dev/zero">]>')),
    "parameter entities": ("%a;", _DTD.replace("|", '<!ENTITY % a "%a;%a;">|')),
    "a doctype without an end": ("<!ENTITY a 'b'>", f"<!DOCTYPE rss [|<rss><channel><item>{_TOLD}</item>"),
    "quotes in a doctype": ("'\"", _DTD),
    "empty entries": ("<item/>", _FEED),
    "entries without an end": ("<item><title>A</title>", _FEED),
    "one long entry": (PROSE, _DESCRIBED),
    "one long entry of HTML": (f"&lt;p&gt;{PROSE}&lt;/p&gt;", _DESCRIBED),
    "one long title": (PROSE, _ENTRY.replace("A bridge", "|", 1).replace("|</item>", "</item>")),
    "authors": ("<author>Nina Torvald</author>", _ENTRY),
    "one long author": ("Nina Torvald, ", _ENTRY.replace("|", "<author>|</author>")),
    "one long date": ("Mon, 12 May 2025 ", _ENTRY.replace("|", "<pubDate>|</pubDate>")),
    "one long address": ("http://a.example/", _ENTRY.replace("|", "<link>|</link>")),
    "unknown elements": ("<x:y>z</x:y>", _ENTRY),
    "opening tags": ("<x>", _FEED),
    "closing tags": ("</x>", _FEED),
    "CDATA without an end": ("<![CDATA[", _DESCRIBED),
    "ends of CDATA": ("]]>", _DESCRIBED.replace("|", "<![CDATA[|]]>")),
    "bare <": ("<", _FEED),
    "bare &": ("&", _DESCRIBED),
    "quotes without an end": ("<a b='", _FEED),
    "an encoding": ("x", _FEED.replace('"1.0"', '"1.0" encoding="|"', 1).replace("News</title>|", "News</title>")),
}  # fmt: skip

_RECORD = f'{{"title":"A bridge","text":"{PROSE * 4}",|}}'
_STORY = '{"title":"A bridge","text":"|"}'
RECORDS: dict[str, tuple[str, str]] = {
    "a number": ("9", _RECORD.replace("|", '"x":|')),
    "numbers beyond all": ("1e999999,", _RECORD.replace("|", '"x":[|1]')),
    "the same key": ('"a":1,', _RECORD.replace("|", '|"b":1')),
    "one long text": (PROSE, _STORY),
    "one long title": (PROSE, f'{{"text":"{PROSE * 4}","title":"|"}}'),
    "one long list as text": ("'a',", _RECORD.replace("|", '"tags":"[|\'b\']"')),
    "one long date": ("12 May 2025 ", _RECORD.replace("|", '"date":"|"')),
    "tags": ('"harbour",', _RECORD.replace("|", '"tags":[|"b"]')),
    "escaped HTML": ("&lt;div&gt;", _STORY.replace("|", "<p>|</p>")),
    "escapes of escapes": ("&amp;", _STORY.replace("|", "<p>|lt;p&gt;</p>")),
    "backslashes": ("\\\\", _STORY),
    "halves of characters": ("\\ud800", _STORY),
    "a text without an end": ("a", '{"title":"A bridge","text":"|'),
    "brackets without an end": ('[{"a":', "|"),
    "commas": (",", "[{}|]"),
    "empty records": ("{},", "[|{}]"),
}


def zipped(members: Iterator[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Pack files."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return kept.getvalue()


def nameless(size: int) -> bytes:
    """Make an archive that is nothing but a list of files without names."""
    count = size // 46
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count & 0xFFFF, count & 0xFFFF, 46 * count, 30, 0)
    return b"PK\3\4" + bytes(26) + (b"PK\1\2" + bytes(42)) * count + end


def overlapping(size: int) -> bytes:
    """Make an archive whose files all are one and the same data (Fifield, "A better zip bomb")."""
    plain, count = b"A title here\n\n" + b"a" * (4 << 20), min(60_000, size // 50)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = packer.compress(plain) + packer.flush()
    sizes = (zlib.crc32(plain), len(data), len(plain), 1)
    first = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 8, 0, 33, *sizes, 0) + b"a"
    each = struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 8, 0, 33, *sizes, 0, 0, 0, 0, 0, 0) + b"a"
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(each) * count, len(first) + len(data), 0)
    return first + data + each * count + end


_LINE = b'{"title": "A bridge", "text": "b"}\n'

ATTACKS: dict[str, tuple[str, Attack]] = {
    **{f"feed: {name}": ("a.xml", repeated(*parts)) for name, parts in FEEDS.items()},
    "feed: entries": (
        "a.xml",
        numbered(f"<item><title>Bridge {{0}}</title><description>{PROSE}{{0}}</description></item>", _FEED),
    ),
    "feed: categories": ("a.xml", numbered("<category>Harbour {}</category>", _ENTRY)),
    "feed: elements in elements": ("a.xml", nested("<x>", "</x>", _FEED)),
    "feed: entries in entries": ("a.xml", nested("<item><title>a</title>", "</item>", _FEED)),
    "feed: escaped HTML in HTML": ("a.xml", nested("&lt;div&gt;", "&lt;/div&gt;", _DESCRIBED)),
    "feed: prefixes": ("a.xml", numbered("<p{0}:x>y</p{0}:x>", _FEED)),
    "feed: namespaces": ("a.xml", numbered("<x xmlns:p{0}='u'/>", _FEED)),
    "feed: many attributes": ("a.xml", numbered(" a{}='b'", _FEED.replace("|", "<item|/>"))),
    "feed: in Punycode": (
        "a.xml",
        lambda size: b'<?xml version="1.0" encoding="punycode"?><rss>' + b"\xe9-xn--a." * (size // 8),
    ),
    "list of feeds: outlines": ("a.opml", repeated("<outline text='a'/>", "<opml><body>|</body></opml>")),
    "drawing: groups in groups": ("a.svg", nested("<g>", "</g>", "<svg>|</svg>")),
    **{f"record: {name}": ("a.json", repeated(*parts)) for name, parts in RECORDS.items()},
    "record: arrays in arrays": ("a.json", nested("[", "]")),
    "record: objects in objects": ("a.json", nested('{"a":', "}", inside="1")),
    "record: lists in each other": ("a.json", nested('{"articles":[', "]}", inside='{"title":"a"}')),
    "record: HTML in HTML": ("a.json", nested("<div>", "</div>", _STORY)),
    "record: keys": ("a.json", numbered('"k{}":1,', _RECORD.replace("|", '|"b":1'))),
    "record: different tags": ("a.json", numbered('"Harbour {}",', _RECORD.replace("|", '"tags":[|"b"]'))),
    "record: one long line among others": (
        "a.jsonl",
        lambda size: _LINE + b'{"title": "B", "text": "' + b"a " * (size // 2) + b'"}\n' + _LINE,
    ),
    "JSON Feed: items": (
        "a.json",
        repeated('{"id":"1"},', '{"version":"https://jsonfeed.org/version/1.1","items":[|{"id":"2"}]}'),
    ),
    "gzip: letters": ("a.gz", lambda size: gzip.compress(b"A title here\n\n" + b"a" * (size * 100))),
    "gzip: zeros": ("a.gz", lambda size: gzip.compress(bytes(size * 100))),
    "gzip: blanks behind a record": ("a.gz", lambda size: gzip.compress(_LINE + b" " * (size * 100))),
    "gzip: many members": ("a.gz", lambda size: gzip.compress(b"a") * (size // 21)),
    "zip: files": ("a.zip", lambda size: zipped((f"{n}", b"A") for n in range(size // 110))),
    "zip: files without names": ("a.zip", nameless),
    "zip: files that overlap": ("a.zip", overlapping),
    "zip: in a zip in a zip": (
        "a.zip",
        lambda size: zipped(iter([("a.zip", zipped(iter([("a.zip", nameless(size))])))])),
    ),
    "zip: a long zip in a zip": (
        "a.zip",
        lambda size: zipped(iter([("a.zip", zipped(iter([("a", b"a" * (size * 100))])))])),
    ),
    "zip: by bzip2": (
        "a.zip",
        lambda size: zipped(iter([("a", b"A " + b"a" * (size * 100))]), zipfile.ZIP_BZIP2),
    ),
}
"""By name, the file's name, and what makes its bytes."""
