"""Feeds as subscribers read them: RSS 2.0, Atom 1.0 (RFC 4287), JSON Feed 1.1, and OPML 2.0 of them all.

Entries come newest first, their ids are permanent, their content has absolute addresses only.
"""

from email.utils import format_datetime
from html import escape
from typing import Any

from generator import entries, records, urls
from generator.feed_views import FeedView, Subscription, SubscriptionsView
from generator.frames import ABOUT, HOME, ID, PUBLISHER, SELF, TITLE, UPDATED, Frames
from generator.text import attribute_value, element_text, xml_text
from generator.views import Entry

JSON_FEED = "https://jsonfeed.org/version/1.1"


def render_rss(view: FeedView, frames: Frames) -> bytes:
    """Write a feed as RSS 2.0."""
    written = b"".join([entries.rss_item(entry, view.site.base_url) for entry in view.entries])
    return _frame(view, "rss.xml", format_datetime(view.updated), written, frames)


def render_atom(view: FeedView, frames: Frames) -> bytes:
    """Write a feed as Atom 1.0, bodies as escaped HTML."""
    written = b"".join([entries.atom_entry(entry, view.site.base_url) for entry in view.entries])
    return _frame(view, "atom.xml", view.updated.isoformat(), written, frames)


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
        "hubs": [{"type": "WebSub", "url": hub} for hub in view.hubs],
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


def _frame(view: FeedView, name: str, updated: str, written: bytes, frames: Frames) -> bytes:
    """Put a feed's own values and its entries into the frame of its format."""
    site = view.site
    about = xml_text(site.description) or view.title
    if name == "rss.xml":  # where a description is taken for HTML, as in its items
        about = escape(about, quote=False)
    values = {
        ID: element_text(view.id),
        TITLE: element_text(view.title),
        SELF: attribute_value(urls.link(site.base_url, view.folder + name)),
        HOME: attribute_value(urls.link(site.base_url, view.home)),
        UPDATED: updated,
        ABOUT: element_text(about),
        PUBLISHER: element_text(site.title),
    }
    return frames.find(site, name, view.hubs).around(written, values)


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
