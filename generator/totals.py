"""Questions to the catalogue about keys: which there are, what they are called, how many articles each holds."""

from collections.abc import Iterator

from generator import keys, trends
from generator.catalogue import Catalogue, decode, encode, span
from generator.inputs import Listed
from generator.model import Key


def total(catalogue: Catalogue, key: str) -> int:
    """Count the articles of an encoded key."""
    found = catalogue.row("SELECT total FROM totals WHERE key = ?", key)
    return found[0] if found else 0


def name(catalogue: Catalogue, key: str) -> str:
    """Give the commonest spelling of an encoded term; of equally common ones, the first by code point."""
    found = catalogue.row("SELECT name FROM names WHERE key = ? ORDER BY uses DESC, name LIMIT 1", key)
    return found[0] if found else ""


def nearest(catalogue: Catalogue, key: Key, *, before: bool) -> Key | None:
    """Give the key of the same kind just before or after, among those that hold articles."""
    low, high = span((key[0], ""))
    here = encode(key)
    query = (
        "SELECT max(key) FROM totals WHERE key > ? AND key < ?"
        if before
        else "SELECT min(key) FROM totals WHERE key > ? AND key < ?"
    )
    (found,) = catalogue.row(query, *((low, here) if before else (here, high))) or (None,)
    return decode(found) if found else None


def listed(catalogue: Catalogue, key: Key) -> Iterator[Listed]:
    """Give the keys that a key's page lists, with their names and totals."""
    if key == keys.TRENDS:
        yield from _recent(catalogue)
        return
    for beginning in keys.lists(key):
        yield from beginning_with(catalogue, beginning)


def _recent(catalogue: Catalogue) -> Iterator[Listed]:
    """Give the topics, and of each the days and months that `/trends/` shows: the newest, up to the newest article.

    Each is a stretch of the table of totals, so that the years before cost nothing.
    """
    found = catalogue.row("SELECT max(key) FROM totals WHERE key BETWEEN ? AND ?", *span(("day", "")))
    if found is None or found[0] is None:
        return
    day, month = trends.earliest(decode(found[0])[1])
    for topic in beginning_with(catalogue, ("topic", "")):
        yield topic
        for kind, first in (("topic-day", day), ("topic-month", month)):
            low, high = encode((kind, topic.key[1], first)), span((kind, topic.key[1], ""))[1]
            totals = catalogue.rows("SELECT key, total FROM totals WHERE key BETWEEN ? AND ?", low, high)
            yield from (Listed(decode(text), "", total) for text, total in totals.fetchall())


def beginning_with(catalogue: Catalogue, beginning: Key) -> Iterator[Listed]:
    """Give the keys that begin as one does, its last part cut anywhere, with their names and totals."""
    found = catalogue.rows(
        "SELECT key, total FROM totals WHERE key BETWEEN ? AND ? ORDER BY key", *span(beginning)
    )
    for text, total in found.fetchall():
        yield Listed(decode(text), name(catalogue, text), total)
