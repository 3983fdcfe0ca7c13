"""The entries of RSS and Atom feeds, written directly: what feedgen writes of the same values, many times faster.

A feed for every tag of a large site holds tens of thousands of entries. Tests hold this against feedgen.
"""

from collections.abc import Callable, Iterator
from email.utils import format_datetime
from functools import lru_cache
from html import escape

from generator import markdown, urls
from generator.text import attribute_value, element_bytes, element_text
from generator.views import Entry, Term

Write = Callable[[Entry, str], bytes]
"""Writes an entry; the text is the site's address."""

MOST, MOST_FULL = 4096, 256
"""Entries without bodies and with them kept at a time in each format: four megabytes, and one or two."""


def atom_entry(entry: Entry, base_url: str) -> bytes:
    """Write an entry of an Atom feed (RFC 4287, section 4.1.2).

    Args:
        entry: what to say.
        base_url: the site's address, ending in a slash.
    """
    return _kept(_atom_entry, entry, base_url)


def rss_item(entry: Entry, base_url: str) -> bytes:
    """Write an item of an RSS 2.0 feed, its body as `content:encoded`, its writers as `dc:creator`.

    Args:
        entry: what to say.
        base_url: the site's address, ending in a slash.
    """
    return _kept(_rss_item, entry, base_url)


_entries: dict[tuple[Write, bool], dict[tuple[str, ...], bytes]] = {}
"""What was written last, by what stands for it: an entry is in the feeds of all its tags, its body in three."""


def _kept(write: Write, entry: Entry, base_url: str) -> bytes:
    """Write an entry, or give what was written for it before."""
    full = bool(entry.content)
    if not entry.card.stamp or (full and not entry.stamp):
        return write(entry, base_url)
    kept = _entries.setdefault((write, full), {})
    brief = entry.card.stamp, entry.stamp, entry.source_url, base_url
    if brief not in kept:
        if len(kept) >= (MOST_FULL if full else MOST):
            kept.clear()
        kept[brief] = write(entry, base_url)
    return kept[brief]


def _rss_item(entry: Entry, base_url: str) -> bytes:
    card, address = entry.card, urls.link(base_url, entry.card.path)
    # What stands in an item's description is taken for HTML (RSS Advisory Board, "RSS Best Practices Profile").
    summary = element_text(escape(card.summary or card.title, quote=False))
    name = b"content:encoded" if summary else b"description"
    content = (
        b"      <%b>%b</%b>\n" % (name, _content(entry.content, address), name) if entry.content else b""
    )
    title = element_text(card.title) or element_text(card.path)
    head = f"    <item>\n      <title>{title}</title>\n      <link>{element_text(address)}</link>\n"
    described = f"      <description>{summary}</description>\n" if summary else ""
    rest = f"{''.join(_rss_lines(entry))}    </item>\n"
    return b"".join((head.encode(), described.encode(), content, rest.encode()))


def _atom_entry(entry: Entry, base_url: str) -> bytes:
    address = urls.link(base_url, entry.card.path)
    content = entry.content and b'    <content type="html">%b</content>\n' % _content(entry.content, address)
    head = f"  <entry>\n{''.join(_atom_lines_before(entry))}".encode()
    return b"".join(
        (head, content or b"", f"{''.join(_atom_lines_after(entry, address))}  </entry>\n".encode())
    )


def _atom_lines_before(entry: Entry) -> Iterator[str]:
    card = entry.card
    title = element_text(card.title) or element_text(card.path)
    yield f"    <id>{element_text(card.id)}</id>\n    <title>{title}</title>\n"
    yield f"    <updated>{(card.updated or card.date).isoformat()}</updated>\n"
    for name in writers(entry):
        yield f"    <author>\n      <name>{element_text(name)}</name>\n    </author>\n"


def _atom_lines_after(entry: Entry, address: str) -> Iterator[str]:
    card, summary = entry.card, element_text(entry.card.summary or entry.card.title)
    yield f'    <link href="{attribute_value(address)}"/>\n'
    yield f"    <summary>{summary}</summary>\n" if summary else "    <summary/>\n"
    yield from map(_atom_category, (card.topic, *card.tags))
    yield f"    <published>{card.date.isoformat()}</published>\n"
    if card.source and entry.source_url:
        yield f"    <source>\n      <title>{element_text(card.source.name)}</title>\n"
        yield f'      <link href="{attribute_value(entry.source_url)}"/>\n    </source>\n'


def _rss_lines(entry: Entry) -> Iterator[str]:
    card = entry.card
    yield f'      <guid isPermaLink="false">{element_text(card.id)}</guid>\n'
    yield from map(_rss_category, (card.topic, *card.tags))
    yield f"      <pubDate>{format_datetime(card.date)}</pubDate>\n"
    if card.source and entry.source_url:
        yield f'      <source url="{attribute_value(entry.source_url)}">{element_text(card.source.name)}</source>\n'
    for name in writers(entry):
        yield f"      <dc:creator>{element_text(name)}</dc:creator>\n"


@lru_cache(maxsize=4096)
def _atom_category(term: Term) -> str:
    return f'    <category term="{attribute_value(term.slug)}" label="{attribute_value(term.name)}"/>\n'


@lru_cache(maxsize=4096)
def _rss_category(term: Term) -> str:
    return f"      <category>{element_text(term.name)}</category>\n"


def writers(entry: Entry) -> tuple[str, ...]:
    """Name who wrote an article: its authors, else its source."""
    card = entry.card
    return card.authors or ((card.source.name,) if card.source else ())


@lru_cache(maxsize=256)
def absolute(content: str, address: str) -> str:
    """Make the addresses in a body absolute; one body stands in up to nine feeds."""
    return markdown.absolutise(content, address)


@lru_cache(maxsize=256)
def _content(content: str, address: str) -> bytes:
    return element_bytes(absolute(content, address))
