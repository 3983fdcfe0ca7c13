"""Feeds as subscribers read them: RSS 2.0, Atom 1.0 (RFC 4287), JSON Feed 1.1, and OPML 2.0 of them all.

feedgen writes RSS and Atom. It reads the clock wherever a date is missing, so every date is set here; entries
come newest first, their ids are permanent, their content has absolute addresses only.
"""

from functools import lru_cache
from typing import Any
from xml.sax.saxutils import quoteattr

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

from generator import markdown, records, urls
from generator.text import xml_text
from generator.views import Entry, FeedView, Subscription, SubscriptionsView

JSON_FEED = "https://jsonfeed.org/version/1.1"


def render_rss(view: FeedView) -> bytes:
    """Write a feed as RSS 2.0, bodies in `content:encoded`, writers in `dc:creator`."""
    return _bytes(_generator(view, "rss.xml").rss_str(pretty=True))


def render_atom(view: FeedView) -> bytes:
    """Write a feed as Atom 1.0, bodies as escaped HTML."""
    return _bytes(_generator(view, "atom.xml").atom_str(pretty=True))


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
        f"    <outline text={_attribute(name)}>\n"
        f"{''.join(_outline(feed, view.site.base_url) for feed in feeds)}    </outline>\n"
        for name, feeds in view.groups
    )
    title = _attribute(view.site.title)[1:-1]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n'
        f"  <head>\n    <title>{title}</title>\n  </head>\n  <body>\n{groups}  </body>\n</opml>\n"
    ).encode()


def _outline(feed: Subscription, base: str) -> str:
    name, address, home = feed.title, urls.link(base, feed.feed), urls.link(base, feed.home)
    return (
        f'      <outline type="rss" text={_attribute(name)} title={_attribute(name)}'
        f" xmlUrl={_attribute(address)} htmlUrl={_attribute(home)}/>\n"
    )


def _generator(view: FeedView, name: str) -> FeedGenerator:
    site = view.site
    feed = FeedGenerator()
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
    for entry in view.entries:
        _add_entry(feed.add_entry(order="append"), entry, site.base_url)
    return feed


_TYPES = {"rss.xml": "application/rss+xml", "atom.xml": "application/atom+xml"}


def _add_entry(item: FeedEntry, entry: Entry, base_url: str) -> None:
    card = entry.card
    item.id(card.id)
    item.title(xml_text(card.title) or card.path)
    item.link(href=urls.link(base_url, card.path), rel="alternate", type="text/html")
    item.published(card.date)
    item.updated(card.updated or card.date)
    item.summary(xml_text(card.summary or card.title))
    if entry.content:
        item.content(xml_text(_absolute(entry.content, urls.link(base_url, card.path))), type="html")
    for term in (card.topic, *card.tags):
        item.category(term=term.slug, label=xml_text(term.name))
    for name in _writers(entry):
        item.author(name=xml_text(name))
        item.dc.dc_creator(xml_text(name))
    if entry.source_url and card.source:
        item.source(entry.source_url, xml_text(card.source.name))


def _json_item(entry: Entry, base_url: str) -> dict[str, Any]:
    card = entry.card
    address = urls.link(base_url, card.path)
    content = {"content_html": _absolute(entry.content, address)} if entry.content else {}
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
        "authors": [{"name": name} for name in _writers(entry)],
        "tags": [term.name for term in (card.topic, *card.tags)],
        "language": card.language,
    }
    return _filled(item)


def _writers(entry: Entry) -> tuple[str, ...]:
    card = entry.card
    return card.authors or ((card.source.name,) if card.source else ())


@lru_cache(maxsize=512)
def _absolute(content: str, address: str) -> str:
    # One body stands in up to nine feeds.
    return markdown.absolutise(content, address)


def _filled(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value or name == "items"}


def _attribute(text: str) -> str:
    return quoteattr(xml_text(text), {'"': "&quot;"})


def _bytes(document: bytes | str) -> bytes:
    return document if isinstance(document, bytes) else document.encode()
