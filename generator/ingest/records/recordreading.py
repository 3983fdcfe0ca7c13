"""The fields of one record to an entry: which of them says what, and which says nothing."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from generator.ingest.feeds.authors import read_authors
from generator.ingest.feeds.entry import ASIDE, Entry
from generator.ingest.feeds.fieldtext import read_field, read_line
from generator.ingest.feeds.htmltext import Fragment
from generator.ingest.feeds.timestamps import iso_moment
from generator.ingest.feeds.trailers import strip_trailers
from generator.ingest.records.recordfields import NAMES, Field, addresses_of, texts_of, worded
from generator.ingest.splitting.lines import tells
from generator.model import Facts

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_DOMAIN = re.compile(r"(?:https?://)?(?:[\w-]{1,63}\.)+[A-Za-z]{2,24}(?:[:/]\S*)?")
_UTC = ("_gmt", "_utc")
_CLOCK = re.compile(r"T\d\d:\d\d:\d\d\Z")  # without a zone
_COUNTED = re.compile(r"\d{1,7}(?:\.0)?")
_MUCH_LONGER = 1.2  # times the text of a field asked before


class Reader:
    """Reads the fields of one record, and remembers which of them were used, and which the story itself shows."""

    def __init__(self, fields: Mapping[str, Field], path: str, line: int) -> None:
        self.fields = fields
        self.used: set[str] = set()
        self.silent: set[str] = set()
        self.path = path
        self.line = line

    def read(self) -> tuple[Entry, str]:
        """Give the entry, and the text of its story as it stands."""
        title = self.first("title", read_line, silent=True)
        text, fragment = self.body()
        entry = Entry(self.path, self.line, title, fragment.paragraphs)
        entry.published = self.moment("published")
        entry.source = self.source()
        entry.facts = self.facts(fragment.image)
        for name, field in self.fields.items():
            if name in self.used:
                entry.fields.append((field.name, worded(field.value)))
            elif name not in self.silent:
                entry.dropped.append(("record-field", field.name, worded(field.value)))
        return entry, text

    def candidates(self, role: str) -> Iterator[tuple[str, Any]]:
        """Give the fields that can play a role, best first."""
        return (
            (name, self.fields[name].value)
            for name in NAMES[role]
            if name in self.fields and name not in self.silent
        )

    def first(self, role: str, read: Callable[[str], str], *, silent: bool = False) -> str:
        """Give what `read` makes of the first field of a role of which it makes anything.

        `silent` keeps the field out of the header, because the story shows it.
        """
        for name, value in self.candidates(role):
            if found := read(next(texts_of(value), "")):
                (self.silent if silent else self.used).add(name)
                return found
        return ""

    def moment(self, role: str) -> str:
        """Give the first time among the fields of a role; the names of some say that it is UTC's."""
        for name, value in self.candidates(role):
            if when := iso_moment(next(texts_of(value), "")):
                self.used.add(name)
                return when + "+00:00" if name.endswith(_UTC) and _CLOCK.search(when) else when
        return ""

    def body(self) -> tuple[str, Fragment]:
        """Choose the field that tells the story: its text as it stands, and read."""
        best, chosen, fragment = "", "", Fragment(())
        for role in ("text", "raw_text", "teaser"):
            size = 0.0
            for name, value in self.candidates(role):
                text = "\n\n".join(texts_of(value))
                found = read_field(text)
                length = sum(len(part) for kind, part in found.paragraphs if kind not in ASIDE)
                if length > size:
                    size = _MUCH_LONGER * length
                    best, chosen, fragment = name, text, found
            if any(tells(part) for _, part in fragment.paragraphs):
                break
        self.silent.add(best)
        return chosen, fragment

    def source(self) -> str:
        """Name the publisher: by a name if there is one, else by its domain."""
        name = self.first("source", lambda text: "" if _DOMAIN.fullmatch(text.strip()) else read_line(text))
        return name or self.first("source", _host) or self.first("address", _host)

    def facts(self, picture: str) -> Facts:
        """Gather what the record says beside its text; `picture` is one in the text."""
        address = self.address("address")
        address = address or self.address("source_address", path=True) or self.address("source", path=True)
        home = self.address("source_address") or self.address("source")
        return Facts(
            identity=self.first("identity", _identity) or address,
            address=address,
            source_address=home if home != address else "",
            authors=read_authors(self.every("authors")),
            language=self.first("language", language_of),
            image=self.address("image") or next(addresses_of(picture), ""),
            keywords=keywords_of(self.every("keywords")),
            summary=self.first("summary", summary_of),
            updated=self.moment("updated"),
            captured=self.moment("captured"),
        )

    def address(self, role: str, *, path: bool = False) -> str:
        """Give the first address in the fields of a role; with `path`, of a page below a site's own."""
        for name, value in self.candidates(role):
            for address in addresses_of(value):
                if not path or urlsplit(address).path.strip("/"):
                    self.used.add(name)
                    return address
        return ""

    def every(self, role: str) -> list[str]:
        """Give all texts of all fields of a role, but for numbers, which stand for names kept elsewhere."""
        found = []
        for name, value in self.candidates(role):
            found += [read_line(text) for text in texts_of(value) if not text.isdigit()]
            self.used.add(name)
        return found


def _identity(text: str) -> str:
    """Give what a record is known by; a short number counts records, and says nothing outside its file."""
    return "" if _COUNTED.fullmatch(text.strip()) else text.strip()


def summary_of(text: str) -> str:
    """Give a summary in one line, "" where it is cut short: that is the start of the text."""
    line, is_cut = strip_trailers(read_line(text))
    return "" if is_cut else line


def _host(address: str) -> str:
    """Give the domain in an address or a bare domain, without `www.`; "" for anything else."""
    address = address.strip()
    if not _DOMAIN.fullmatch(address):
        return ""
    try:
        host = urlsplit(address if "://" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def language_of(text: str) -> str:
    """Give a language as a BCP 47 tag, "" where the text is none."""
    return text.strip().replace("_", "-") if _LANGUAGE.fullmatch(text.strip()) else ""


def keywords_of(texts: Sequence[str]) -> tuple[str, ...]:
    """Give the keywords in texts that may hold several, each once."""
    pieces = (piece.strip(" #") for text in texts for piece in re.split(r"[;|]|,(?!\d)|[、،]", text))
    return tuple(dict.fromkeys(piece for piece in pieces if piece))
