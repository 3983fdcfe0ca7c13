"""RSS 0.9x, 1.0 and 2.0 and Atom files to stories."""

import io
import warnings
from calendar import timegm
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from generator.ingest.dating.dates import reads_as_when
from generator.ingest.feeds.authors import read_authors
from generator.ingest.feeds.entry import ASIDE, Entry, Found, read_entry
from generator.ingest.feeds.feedmend import decode_feed, mend
from generator.ingest.feeds.fieldtext import read_field, read_line
from generator.ingest.feeds.htmltext import Fragment
from generator.ingest.feeds.timestamps import iso_moment
from generator.ingest.feeds.transcript import Transcript
from generator.ingest.formats import Reading, reading_of
from generator.ingest.records.recordreading import keywords_of, language_of, summary_of
from generator.ingest.rulebook.rules import Rules, load_rules
from generator.model import Dropped, Facts, Issue

_SHORT_NUMBER = 9  # digits of an entry's id that may be any site's
_READ = frozenset(
    {
        *(
            "title",
            "title_detail",
            "summary",
            "summary_detail",
            "content",
            "links",
            "guidislink",
            "tags",
            "authors",
        ),
        *("author_detail", "published_parsed", "updated_parsed", "created_parsed", "source", "media_content"),
        *("media_thumbnail", "language"),
    }
)
_SAID = frozenset({"id", "link", "author", "published", "updated", "created"})
"""Fields of an entry that the story's header shows."""


def read_feed(data: bytes, path: str, rules: Rules | None = None) -> Reading:
    """Read a feed: a story for every entry that has a title and a text.

    Args:
        data: the file. Nothing it names is fetched.
        path: how to name it in issues.
        rules: what drops anything; the package's unless others are given.

    Returns:
        The stories, with the feed's title as their source where an entry names no other. The longest text of an
        entry is its body. What the feed says of itself is dropped by the rule `feed-head`, fields of entries that
        say nothing of a story by `feed-field`, a second text by `feed-summary`. Whatever is damaged is read as far
        as it goes, with a warning at its line. `document` holds the feed's head, then entry after entry: title,
        paragraphs, `name: value` for the rest.

    Raises:
        Refused: nothing but white space, or binary data.
    """
    text, issues = decode_feed(data, path)
    mended = mend(text, path)
    parsed = _parse(mended.text)
    entries, feed = [dict(entry) for entry in parsed.get("entries", [])], dict(parsed.get("feed", {}))
    lines = mended.lines if len(mended.lines) == len(entries) else [1] * len(entries)
    sheet = Transcript()
    found: list[Found] = [*issues, *mended.issues, *_head(feed, sheet)]
    for entry, line in zip(entries, lines, strict=True):
        found += read_entry(_Reader(entry, feed, path, line).read(), sheet, rules or load_rules())
    if not entries:
        found.append(Issue(path, 1, "a feed without entries"))
    return reading_of(found, sheet.document)


def _parse(text: str) -> Mapping[str, Any]:
    import feedparser  # noqa: PLC0415 - slow to load, and only feeds need it

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            parsed: Mapping[str, Any] = feedparser.parse(
                io.BytesIO(text.encode("utf-8", "replace")), resolve_relative_uris=False, sanitize_html=False
            )
    except Exception:  # noqa: BLE001 - its lenient parser lets through whatever Python raises over hostile input
        return {}
    return parsed


def _head(feed: Mapping[str, Any], sheet: Transcript) -> Iterator[Dropped]:
    """Account for what the feed says of itself."""
    for name in ("title", "subtitle", "link", "language", "rights", "author", "updated", "info", "generator"):
        value = feed.get(name)
        if isinstance(value, str) and (block := sheet.add_field(name, read_line(value))):
            yield Dropped(block, "feed-head")


class _Reader:
    """Reads one entry of a parsed feed."""

    def __init__(self, entry: Mapping[str, Any], feed: Mapping[str, Any], path: str, line: int) -> None:
        self.entry = entry
        self.feed = feed
        self.path = path
        self.line = line

    def read(self) -> Entry:
        """Give the entry, its texts told apart."""
        body, others = self.texts()
        teasers = [(text, summary_of(text)) for text in others if text]
        entry = Entry(self.path, self.line, read_line(self.text("title")), body.paragraphs)
        entry.source = read_line(self.source("title") or self.text("title", self.feed))
        entry.published = self.moment("published") or self.moment("created")
        entry.facts = self.facts(body.image, next(filter(None, (plain for _, plain in teasers)), ""))
        updated = entry.facts.updated
        entry.published = entry.published or updated
        for text, plain in teasers:
            if plain:
                entry.fields.append(("summary", text))
            else:
                entry.dropped.append(("feed-summary", "summary", text))
        entry.fields += self.fields(entry)
        entry.dropped += [("feed-field", name, value) for name, value in self.unknown()]
        return entry

    def text(self, name: str, holder: Mapping[str, Any] | None = None) -> str:
        value = (self.entry if holder is None else holder).get(name)
        return value if isinstance(value, str) else ""

    def source(self, name: str) -> str:
        source = self.entry.get("source")
        return self.text(name, source) if isinstance(source, dict) else ""

    def texts(self) -> tuple[Fragment, list[str]]:
        """Give the entry's longest text, read, and the others as lines."""
        values = [part.get("value") or "" for part in self.entry.get("content", []) if isinstance(part, dict)]
        values += [self.text("summary"), self.text("description")]
        read = [read_field(value) for value in dict.fromkeys(values) if value.strip()]
        if not read:
            return Fragment(()), []
        body = max(read, key=_length)
        lines = [
            " ".join(" ".join(part for _, part in one.paragraphs).split()) for one in read if one is not body
        ]
        image = body.image or next((one.image for one in read if one.image), "")
        return Fragment(body.paragraphs, image), lines

    def moment(self, name: str) -> str:
        """Give a time with its zone: as the feed words it where that is understood, else as feedparser has it."""
        worded = iso_moment(self.text(name))
        parsed = self.entry.get(f"{name}_parsed")
        if (
            worded[:4].isdigit()
            and worded[10:11] == "T"
            and (worded[-1] == "Z" or worded[-6:-5] in {"+", "-"})
        ):
            return worded
        if not parsed or not worded or reads_as_when(worded):
            return worded
        try:
            return datetime.fromtimestamp(timegm(parsed), UTC).isoformat()
        except (TypeError, ValueError, OverflowError, OSError):
            return worded

    def facts(self, picture: str, summary: str) -> Facts:
        link = self.address(self.text("link"))
        home = self.source("href") or self.source("link") or self.text("link", self.feed)
        return Facts(
            identity=self.identity(link),
            address=link,
            source_address=self.address(home),
            authors=read_authors(self.authors()),
            language=self.language(),
            image=self.address(self.image() or picture),
            keywords=keywords_of(self.terms()),
            summary=summary,
            updated=self.moment("updated"),
        )

    def identity(self, link: str) -> str:
        """Give the entry's id; a bare number is the feed's own, so that its address goes before it."""
        known = self.text("id").strip()
        if known.isdigit() and len(known) <= _SHORT_NUMBER:
            return f"{self.text('link', self.feed)}#{known}" if self.text("link", self.feed) else link
        return known or link

    def address(self, address: str) -> str:
        """Make an address absolute, "" where that cannot be."""
        bases = (
            self.text("base", self.entry.get("title_detail") or {}),
            self.text("link"),
            self.text("link", self.feed),
        )
        try:
            for base in filter(None, ("", *bases)) if address else ():
                whole = urljoin(base, address.strip())
                if urlsplit(whole).scheme in {"http", "https"} and urlsplit(whole).netloc:
                    return whole
            whole = address.strip()
            return whole if urlsplit(whole).scheme in {"http", "https"} and urlsplit(whole).netloc else ""
        except ValueError:
            return ""

    def authors(self) -> list[str]:
        people = [one for one in self.entry.get("authors", []) if isinstance(one, dict)]
        names = [name for one in people if (name := one.get("name") or one.get("email") or "")]
        return names if len(names) > 1 else [self.text("author") or "".join(names)]

    def language(self) -> str:
        details = [
            self.entry.get("title_detail"),
            *self.entry.get("content", []),
            self.entry.get("summary_detail"),
        ]
        said = [detail.get("language") for detail in details if isinstance(detail, dict)]
        known = (self.text("language"), *said, self.text("language", self.feed))
        return next((tag for one in known if one and (tag := language_of(one))), "")

    def image(self) -> str:
        """Give the picture that goes with the entry: of Media RSS, the largest, or an enclosure."""
        media = [one for one in self.entry.get("media_content", []) if _is_picture(one)]
        media.sort(key=_width, reverse=True)
        enclosures = [
            one for one in self.entry.get("links", []) if one.get("rel") == "enclosure" and _is_picture(one)
        ]
        thumbs = [one for one in self.entry.get("media_thumbnail", []) if isinstance(one, dict)]
        found = (one.get("url") or one.get("href") or "" for one in (*media, *enclosures, *thumbs))
        own = self.entry.get("image")
        return next(filter(None, found), "") or (self.text("href", own) if isinstance(own, dict) else "")

    def terms(self) -> list[str]:
        tags = [one for one in self.entry.get("tags", []) if isinstance(one, dict)]
        return [read_line(tag.get("label") or tag.get("term") or "") for tag in tags]

    def fields(self, entry: Entry) -> Iterator[tuple[str, str]]:
        """Give what else the feed says of the story, for its header."""
        for name in self.entry:
            if name in _SAID:
                yield name, self.text(name)
        yield "category", ", ".join(filter(None, self.terms()))
        yield "source", self.source("title")
        yield "image", entry.facts.image

    def unknown(self) -> Iterator[tuple[str, str]]:
        for name, value in self.entry.items():
            if name in _READ or name in _SAID or name.endswith(("_detail", "_parsed")):
                continue
            if isinstance(value, str):
                yield name, value
            elif isinstance(value, Sequence | Mapping):
                yield from _inner(name, value)


def _inner(name: str, value: Sequence[Any] | Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for part in [value] if isinstance(value, Mapping) else value:
        if isinstance(part, Mapping):
            yield from ((f"{name} {key}", text) for key, text in part.items() if isinstance(text, str))


def _length(fragment: Fragment) -> int:
    return sum(len(text) for kind, text in fragment.paragraphs if kind not in ASIDE)


def _is_picture(media: Mapping[str, Any]) -> bool:
    kind = str(media.get("medium") or media.get("type") or "")
    address = str(media.get("url") or media.get("href") or "")
    named = urlsplit_path(address).endswith((".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"))
    return bool(address) and (kind.startswith("image") or (not kind and named))


def urlsplit_path(address: str) -> str:
    """Give the path of an address, lower case."""
    try:
        return urlsplit(address).path.lower()
    except ValueError:
        return ""


def _width(media: Mapping[str, Any]) -> int:
    width = str(media.get("width") or "")
    return int(width) if width.isdigit() and len(width) < _SHORT_NUMBER else 0
