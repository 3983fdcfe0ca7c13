"""Feeds as subscribers read them: RSS 2.0, Atom 1.0 (RFC 4287), JSON Feed 1.1, and OPML 2.0 of them all.

feedgen writes RSS and Atom, but for their entries. It reads the clock wherever a date is missing, so every date is
set here; entries come newest first, their ids are permanent, their content has absolute addresses only.
"""

from collections.abc import Iterable
from itertools import repeat
from typing import Any

from feedgen.feed import FeedGenerator

from generator import entries, records, urls
from generator.text import attribute_value, element_text, xml_text
from generator.views import Entry, FeedView, Subscription, SubscriptionsView

JSON_FEED = "https://jsonfeed.org/version/1.1"


def render_rss(view: FeedView) -> bytes:
    """Write a feed as RSS 2.0."""
    head = _generator(view, "rss.xml").rss_str(pretty=True)
    return _filled_in(head, b"  </channel>", map(entries.rss_item, view.entries, repeat(view.site.base_url)))


def render_atom(view: FeedView) -> bytes:
    """Write a feed as Atom 1.0, bodies as escaped HTML."""
    head = _generator(view, "atom.xml").atom_str(pretty=True)
    return _filled_in(head, b"</feed>", map(entries.atom_entry, view.entries, repeat(view.site.base_url)))


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
    return records.encode_readable(_filled(feed)).encode() + b"\n"


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


def _generator(view: FeedView, name: str) -> FeedGenerator:
    site = view.site
    feed = FeedGenerator()
    if name == "rss.xml":
        feed.load_extension("dc", atom=False, rss=True)
    feed.id(view.id)
    feed.title(xml_text(view.title))
    feed.description(xml_text(site.description or view.title))
    feed.subtitle(xml_text(site.description or view.title))
    # feedgen takes the last alternate for the RSS channel's own link, so the page comes after the feed.
    feed.link(href=urls.link(site.base_url, view.folder + name), rel="self", type=_TYPES[name])
    feed.link(href=urls.link(site.base_url, view.home), rel="alternate", type="text/html")
    feed.language(site.language)
    feed.author(name=xml_text(site.title))
    feed.generator("Dateline")
    feed.updated(view.updated)
    feed.lastBuildDate(view.updated)
    return feed


_TYPES = {"rss.xml": "application/rss+xml", "atom.xml": "application/atom+xml"}


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


def _filled_in(head: bytes | str, end: bytes, written: Iterable[str]) -> bytes:
    """Put entries into a feed without any, before the mark that ends it."""
    whole = head.encode() if isinstance(head, str) else head
    before, mark, after = whole.rpartition(end)
    return b"".join((before, "".join(written).encode(), mark, after))
