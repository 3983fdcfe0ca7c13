"""Feeds as subscribers read them: RSS 2.0, Atom 1.0 (RFC 4287), JSON Feed 1.1, and OPML 2.0 of them all.

feedgen writes the frame of RSS and Atom, once for each site, with marks where a feed's own values go. It reads
the clock wherever a date is missing, so every date is set here; entries come newest first, their ids are
permanent, their content has absolute addresses only.
"""

import re
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import lru_cache
from typing import Any

from feedgen.feed import FeedGenerator

from generator import entries, records, urls
from generator.feed_views import FeedView, Subscription, SubscriptionsView
from generator.text import attribute_value, element_text, xml_text
from generator.views import Entry, Site

JSON_FEED = "https://jsonfeed.org/version/1.1"


def render_rss(view: FeedView) -> bytes:
    """Write a feed as RSS 2.0."""
    written = b"".join([entries.rss_item(entry, view.site.base_url) for entry in view.entries])
    return _filled_in(view, "rss.xml", format_datetime(view.updated), written)


def render_atom(view: FeedView) -> bytes:
    """Write a feed as Atom 1.0, bodies as escaped HTML."""
    written = b"".join([entries.atom_entry(entry, view.site.base_url) for entry in view.entries])
    return _filled_in(view, "atom.xml", view.updated.isoformat(), written)


def render_json(view: FeedView) -> bytes:
    """Write a feed as JSON Feed 1.1."""
    site = view.site
    feed = {
        "version": JSON_FEED,
        "title": view.title,
        "home_page_url": urls.link(site.base_url, view.home),
        "feed_url": urls.link(site.base_url, f"{view.folder}feed.json"),
        "description": site.description,
        "language": site.language,
        "items": [_json_item(entry, site.base_url) for entry in view.entries],
    }
    return records.encode_readable(_filled(feed)) + b"\n"


def render_opml(view: SubscriptionsView) -> bytes:
    """Write the list of a site's feeds as OPML 2.0, for a feed reader to import."""
    groups = "".join(
        f'    <outline text="{attribute_value(name)}">\n'
        f"{''.join(_outline(feed, view.site.base_url) for feed in feeds)}    </outline>\n"
        for name, feeds in view.groups
    )
    title = element_text(view.site.title)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n'
        f"  <head>\n    <title>{title}</title>\n  </head>\n  <body>\n{groups}  </body>\n</opml>\n"
    ).encode()


def _outline(feed: Subscription, base: str) -> str:
    name, address, home = feed.title, urls.link(base, feed.feed), urls.link(base, feed.home)
    return (
        f'      <outline type="rss" text="{attribute_value(name)}" title="{attribute_value(name)}"'
        f' xmlUrl="{attribute_value(address)}" htmlUrl="{attribute_value(home)}"/>\n'
    )


def _filled_in(view: FeedView, name: str, updated: str, written: bytes) -> bytes:
    """Put a feed's own values and its entries into the frame of its format."""
    site = view.site
    values = {
        _ID: element_text(view.id),
        _TITLE: element_text(view.title),
        _SELF: attribute_value(urls.link(site.base_url, view.folder + name)),
        _HOME: attribute_value(urls.link(site.base_url, view.home)),
        _UPDATED: updated,
        _ABOUT: element_text(xml_text(site.description) or view.title),
        _PUBLISHER: element_text(site.title),
    }
    before, after = (
        "".join([values.get(part, part) for part in parts]).encode() for parts in _frame(site, name)
    )
    return b"".join((before, written, after))


_TITLE, _ID, _SELF, _HOME, _UPDATED, _ABOUT, _PUBLISHER = MARKS = (
    *("=title-of-the-feed=", "=id-of-the-feed=", "=address-of-the-feed=", "=address-of-the-page="),
    *("=date-of-the-feed=", "=what-the-feed-is-about=", "=publisher-of-the-feed="),
)
_MARK = re.compile(f"({'|'.join(MARKS)})")
_SOME_TIME = datetime(1000, 1, 1, tzinfo=UTC)


@lru_cache(maxsize=16)
def _frame(site: Site, name: str) -> tuple[list[str], list[str]]:
    """Have feedgen write a feed of marks; give what comes before its entries and after, parted at the marks."""
    feed = FeedGenerator()
    if name == "rss.xml":
        feed.load_extension("dc", atom=False, rss=True)
    feed.id(_ID)
    feed.title(_TITLE)
    feed.description(_ABOUT)
    feed.subtitle(_ABOUT)
    # feedgen takes the last alternate for the RSS channel's own link, so the page comes after the feed.
    feed.link(href=_SELF, rel="self", type=TYPES[name])
    feed.link(href=_HOME, rel="alternate", type="text/html")
    feed.language(site.language)
    feed.author(name=_PUBLISHER)
    feed.generator("Dateline")
    feed.updated(_SOME_TIME)
    feed.lastBuildDate(_SOME_TIME)
    written = (feed.rss_str if name == "rss.xml" else feed.atom_str)(pretty=True)
    whole = written if isinstance(written, str) else written.decode()
    for date in (format_datetime(_SOME_TIME), _SOME_TIME.isoformat()):
        whole = whole.replace(date, _UPDATED)
    before, end, after = whole.rpartition("  </channel>" if name == "rss.xml" else "</feed>")
    return _MARK.split(before), _MARK.split(f"{end}{after}")


TYPES = {"rss.xml": "application/rss+xml", "atom.xml": "application/atom+xml"}


def _json_item(entry: Entry, base_url: str) -> dict[str, Any]:
    card = entry.card
    address = urls.link(base_url, card.path)
    content = {"content_html": entries.absolute(entry.content, address)} if entry.content else {}
    item = {
        "id": card.id,
        "url": address,
        "external_url": entry.source_url,
        "title": card.title,
        **(content or {"content_text": card.summary or card.title}),
        "summary": card.summary,
        "image": urls.absolute(base_url, card.image),
        "date_published": card.date.isoformat(),
        "date_modified": card.updated.isoformat() if card.updated else "",
        "authors": [{"name": name} for name in entries.writers(entry)],
        "tags": [term.name for term in (card.topic, *card.tags)],
        "language": card.language,
    }
    return _filled(item)


def _filled(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value or name == "items"}
