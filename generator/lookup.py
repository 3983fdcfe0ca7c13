"""Questions to the catalogue about articles: who is published where, and what a page is made from."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from generator import keys, records, related
from generator.catalogue import Catalogue, decode, encode, span
from generator.inputs import Filed, Given, Listed, Settings
from generator.model import Issue, Key
from generator.pages import Input, Row
from generator.syndication import LIMIT
from generator.views import Card, Entry, Neighbour

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Rest:
    """What an article's row keeps beside its card and body."""

    source_url: str
    canonical: str
    draft: bool
    expires: datetime | None
    aliases: tuple[str, ...]
    attachments: tuple[str, ...]


def moment(when: datetime) -> int:
    """Count microseconds since 1970: exact, and sorts as time does."""
    return (when - _EPOCH) // timedelta(microseconds=1)


def published(catalogue: Catalogue, address: str) -> Filed | None:
    """Give the article that is published at an address."""
    return next(articles(catalogue, "address = ? AND live", address), None)


def held_back(catalogue: Catalogue) -> Iterator[Filed]:
    """Give the articles that are not published: drafts, future and expired ones, losers of an address."""
    return articles(catalogue, "NOT live ORDER BY file")


def claims(catalogue: Catalogue, now: datetime, content: str) -> Iterator[Issue]:
    """Report the articles that would be published if another file did not have their address."""
    for filed in held_back(catalogue):
        holder = None if filed.held_back(now) else published(catalogue, filed.card.path)
        if holder:
            message = (
                f"/{filed.card.path} belongs to {content}/{holder.file} already; this file is not published"
            )
            yield Issue(f"{content}/{filed.file}", 1, message)


def everything(catalogue: Catalogue, settings: Settings) -> set[Key]:
    """Give every key a page stands or should stand for."""
    found = {
        decode(key) for (key,) in catalogue.rows("SELECT key FROM members UNION SELECT key FROM outputs")
    }
    addresses = catalogue.rows("SELECT address FROM articles WHERE live")
    topics = {("topic", slug) for slug in settings.topics}
    return found | set(keys.FIXED) | topics | {("attachments", address) for (address,) in addresses}


def attachments(catalogue: Catalogue, address: str) -> Iterator[tuple[str, str, str]]:
    """Give the files beside a published article that it uses: name, content file, digest."""
    query = (
        "SELECT name, target, digest FROM articles JOIN attachments USING (file) JOIN files ON path = target"
        " WHERE address = ? AND live ORDER BY name"
    )
    yield from catalogue.rows(query, address)


def users(catalogue: Catalogue, target: str) -> Iterator[Key]:
    """Give the keys that a change to a file beside articles touches."""
    query = "SELECT DISTINCT address FROM attachments JOIN articles USING (file) WHERE target = ?"
    for (address,) in catalogue.rows(query, target):
        yield ("attachments", address)


def missing(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Give the relative names that articles use and no file has: content file, name."""
    yield from catalogue.rows(
        "SELECT file, name FROM attachments WHERE NOT EXISTS (SELECT 1 FROM files WHERE path = target)"
    )


def unused(catalogue: Catalogue) -> Iterator[str]:
    """Give the content files that are no articles and that no article uses."""
    query = (
        "SELECT path FROM files WHERE path NOT LIKE '%.md'"
        " AND NOT EXISTS (SELECT 1 FROM attachments WHERE target = path)"
    )
    yield from (path for (path,) in catalogue.rows(query))


def give(catalogue: Catalogue, key: Key, row: Row, settings: Settings) -> Given:
    """Fetch what a row of the page table declares for a key, and nothing else."""
    given = Given(key)
    limit = settings.feed_limit if row.members == LIMIT else row.members
    if Input.MEMBERS in row.inputs:
        term = keys.parent(key) or key
        entries = tuple(_members(catalogue, key, limit, bodies=Input.BODY in row.inputs))
        given = replace(
            given,
            name=name(catalogue, encode(term)),
            total=total(catalogue, encode(key)),
            above=total(catalogue, encode(term)),
            cards=tuple(entry.card for entry in entries),
            entries=entries if Input.BODY in row.inputs else (),
            taken=key[0] == "redirect" and published(catalogue, key[1]) is not None,
        )
    if Input.NEIGHBOURS in row.inputs:
        given = replace(
            given,
            previous=_neighbour(catalogue, key, before=True),
            next=_neighbour(catalogue, key, before=False),
        )
    if Input.RELATED in row.inputs and given.cards:
        given = replace(given, related=tuple(_related(catalogue, given.cards[0])))
    if Input.TERMS in row.inputs:
        given = replace(given, terms=tuple(_listed(catalogue, key)))
    return given


def articles(catalogue: Catalogue, where: str, *values: str) -> Iterator[Filed]:
    """Give the articles that a condition on their table holds for."""
    for file, card, body, rest in catalogue.rows(
        f"SELECT file, card, body, rest FROM articles WHERE {where}",  # noqa: S608 - our own conditions
        *values,
    ).fetchall():
        more = records.decode(rest, Rest)
        entry = Entry(records.decode(card, Card), body, more.source_url, more.canonical)
        yield Filed(file, entry, more.draft, more.expires, more.aliases, more.attachments)


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


def _members(catalogue: Catalogue, key: Key, limit: int, *, bodies: bool) -> Iterator[Entry]:
    columns = "card, body, rest" if bodies else "card"
    found = catalogue.rows(
        f"SELECT {columns} FROM members CROSS JOIN articles USING (address)"  # noqa: S608 - columns of ours
        " WHERE key = ? AND live ORDER BY members.moment DESC, address LIMIT ?",
        encode(key),
        limit,
    )
    for card, *rest in found:
        if not rest:
            yield Entry(records.decode(card, Card))
            continue
        more = records.decode(rest[1], Rest)
        yield Entry(records.decode(card, Card), rest[0], more.source_url, more.canonical)


def _neighbour(catalogue: Catalogue, key: Key, *, before: bool) -> Neighbour | None:
    found = nearest(catalogue, key, before=before)
    return Neighbour(found[1], keys.path(found)) if found else None


def _listed(catalogue: Catalogue, key: Key) -> Iterator[Listed]:
    for beginning in keys.lists(key):
        found = catalogue.rows(
            "SELECT key, total FROM totals WHERE key BETWEEN ? AND ? ORDER BY key", *span(beginning)
        )
        for text, total in found.fetchall():
            yield Listed(decode(text), name(catalogue, text), total)


def _related(catalogue: Catalogue, card: Card) -> Iterator[Card]:
    low, high = (moment(when) for when in related.earlier(card))
    tags = [encode(("tag", tag.slug)) for tag in card.tags]
    candidates = catalogue.rows(
        "SELECT address, moment, count(*) AS shared FROM members"  # noqa: S608 - only question marks
        f" WHERE key IN ({','.join('?' * len(tags))}) AND moment BETWEEN ? AND ?"
        " AND (moment, address) < (?, ?) GROUP BY address ORDER BY shared DESC, moment DESC, address LIMIT ?",
        *tags,
        low,
        high,
        high,
        card.path,
        related.MOST,
    )
    for address, *_ in candidates.fetchall():
        earlier = published(catalogue, address)
        if earlier:
            yield earlier.card
