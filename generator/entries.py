"""The entries of RSS and Atom feeds, written directly: what feedgen writes of the same values, many times faster.

A feed for every tag of a large site holds tens of thousands of entries. Tests hold this against feedgen.
"""

from collections.abc import Iterator
from email.utils import format_datetime
from functools import lru_cache

from generator import markdown, urls
from generator.text import attribute_value, element_bytes, element_text
from generator.views import Entry, Term

MOST = 4096
"""Entries without bodies kept at a time, four megabytes of them."""


def atom_entry(entry: Entry, base_url: str) -> bytes:
    """Write an entry of an Atom feed (RFC 4287, section 4.1.2).

    Args:
        entry: what to say.
        base_url: the site's address, ending in a slash.
    """
    if not entry.card.stamp or entry.content:
        return _atom_entry(entry, base_url)
    brief = entry.card.stamp, entry.source_url, base_url
    if brief not in _brief_entries:
        if len(_brief_entries) >= MOST:
            _brief_entries.clear()
        _brief_entries[brief] = _atom_entry(entry, base_url)
    return _brief_entries[brief]


def rss_item(entry: Entry, base_url: str) -> bytes:
    """Write an item of an RSS 2.0 feed, its body as `content:encoded`, its writers as `dc:creator`.

    Args:
        entry: what to say.
        base_url: the site's address, ending in a slash.
    """
    card, address = entry.card, urls.link(base_url, entry.card.path)
    summary = element_text(card.summary or card.title)
    name = b"content:encoded" if summary else b"description"
    content = (
        b"      <%b>%b</%b>\n" % (name, _content(entry.content, address), name) if entry.content else b""
    )
    title = element_text(card.title) or element_text(card.path)
    head = f"    <item>\n      <title>{title}</title>\n      <link>{element_text(address)}</link>\n"
    described = f"      <description>{summary}</description>\n" if summary else ""
    rest = f"{''.join(_rss_lines(entry))}    </item>\n"
    return b"".join((head.encode(), described.encode(), content, rest.encode()))


_brief_entries: dict[tuple[str, str, str], bytes] = {}
"""Entries without bodies, which stand in the feed of every tag of an article, by what stands for them."""


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
