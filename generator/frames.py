"""The frames of RSS and Atom feeds: what feedgen writes around their entries, once for each site.

A frame has marks where a feed's own values go. feedgen takes longer to load than a feed to write, so frames are
kept for later builds. It reads the clock wherever a date is missing, so every date is set here.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from generator import fingerprint, records
from generator.records import Value
from generator.text import attribute_value
from generator.views import Site

TITLE, ID, SELF, HOME, UPDATED, ABOUT, PUBLISHER = MARKS = (
    *("=title-of-the-feed=", "=id-of-the-feed=", "=address-of-the-feed=", "=address-of-the-page="),
    *("=date-of-the-feed=", "=what-the-feed-is-about=", "=publisher-of-the-feed="),
)
TYPES = {"rss.xml": "application/rss+xml", "atom.xml": "application/atom+xml"}
"""The files that have frames, and what they are."""

_MARK = re.compile(f"({'|'.join(MARKS)})")
_SOME_TIME = datetime(1000, 1, 1, tzinfo=UTC)


class Frame(Value, frozen=True):
    """What comes before a feed's entries and after them, parted at the marks, which are parts themselves."""

    before: tuple[str, ...]
    after: tuple[str, ...]

    def around(self, entries: bytes, values: Mapping[str, str]) -> bytes:
        """Write a whole feed: its entries, and its own values in place of the marks."""
        before, after = (
            "".join([values.get(part, part) for part in parts]).encode()
            for parts in (self.before, self.after)
        )
        return b"".join((before, entries, after))


class Frames:
    """The frames of sites' feeds, each made once.

    Args:
        kept: a folder that keeps them for other processes too; it belongs to one version of the generator.
    """

    def __init__(self, kept: Path | None = None) -> None:
        self._kept = kept
        self._known: dict[tuple[Site, str, tuple[str, ...]], Frame] = {}

    def prepare(self, site: Site, hubs: tuple[str, ...] = ()) -> None:
        """Make all the frames of a site before they are needed."""
        for name in TYPES:
            self.find(site, name, hubs)

    def find(self, site: Site, name: str, hubs: tuple[str, ...] = ()) -> Frame:
        """Give the frame of a site's feeds of one format, which a file's name (see `TYPES`) tells.

        Args:
            site: what the feeds say of it.
            name: the file's name.
            hubs: the addresses of the WebSub hubs that they name.
        """
        if (site, name, hubs) not in self._known:
            self._known[site, name, hubs] = self._load(site, name, hubs)
        return self._known[site, name, hubs]

    def _load(self, site: Site, name: str, hubs: tuple[str, ...]) -> Frame:
        if self._kept is None:
            return _make(site, name, hubs)
        file = self._kept / f"{fingerprint.digest(records.encode((site, hubs)))}.{name}.json"
        # A file that is cut short, since its writer was stopped or still writes, is no JSON.
        with suppress(FileNotFoundError, records.Mismatch):
            return records.decode(file.read_bytes(), Frame)
        frame = _make(site, name, hubs)
        with suppress(OSError):  # without room, say, it is made again next time
            file.write_bytes(records.encode(frame))
        return frame


def _make(site: Site, name: str, hubs: tuple[str, ...] = ()) -> Frame:
    """Have feedgen write a feed of marks."""
    from feedgen.feed import FeedGenerator  # noqa: PLC0415 - as above

    feed = FeedGenerator()
    if name == "rss.xml":
        feed.load_extension("dc", atom=False, rss=True)
    feed.id(ID)
    feed.title(TITLE)
    feed.description(ABOUT)
    feed.subtitle(ABOUT)
    # feedgen takes the last link for the RSS channel's own, so the page comes after the feed and the hubs.
    feed.link(href=SELF, rel="self", type=TYPES[name])
    for hub in hubs:
        feed.link(href=hub, rel="hub")
    feed.link(href=HOME, rel="alternate", type="text/html")
    feed.language(site.language)
    feed.author(name=PUBLISHER)
    feed.generator("Dateline")
    feed.updated(_SOME_TIME)
    feed.lastBuildDate(_SOME_TIME)
    written = (feed.rss_str if name == "rss.xml" else feed.atom_str)(pretty=True)
    whole = written if isinstance(written, str) else written.decode()
    if name == "rss.xml":
        whole = _with_hubs(whole, hubs)
    for date in (format_datetime(_SOME_TIME), _SOME_TIME.isoformat()):
        whole = whole.replace(date, UPDATED)
    before, end, after = whole.rpartition("  </channel>" if name == "rss.xml" else "</feed>")
    return Frame(tuple(_MARK.split(before)), tuple(_MARK.split(f"{end}{after}")))


def _with_hubs(rss: str, hubs: tuple[str, ...]) -> str:
    """Let a channel name its hubs (WebSub, section 4) beside its own address, the only Atom link feedgen writes."""
    written = "".join(f'    <atom:link href="{attribute_value(hub)}" rel="hub"/>\n' for hub in hubs)
    before, own, after = rss.partition(f'    <atom:link href="{SELF}"')
    rest, end, after = after.partition("\n")
    return f"{before}{own}{rest}{end}{written}{after}"
