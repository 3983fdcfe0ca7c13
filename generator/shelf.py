"""Articles into the catalogue: who becomes a member of what, and which keys that touches."""

import posixpath
from collections.abc import Iterator
from datetime import datetime

from generator import keys, listings, lookup, pages, records, related
from generator.catalogue import Catalogue, decode, encode, span
from generator.inputs import Filed
from generator.model import Key
from generator.views import Card


def store(
    catalogue: Catalogue, file: str, filed: Filed | None, now: datetime, *, silent: bool = False
) -> None:
    """Take in what a content file holds now, `None` where it holds no article, and touch what that changes.

    Args:
        catalogue: inside a transaction.
        file: the file's path below the content folder.
        filed: the article it holds.
        now: decides what is due.
        silent: touch nothing, since everything will be touched anyway.
    """
    found = catalogue.row("SELECT address FROM articles WHERE file = ?", file)
    addresses = {found[0]} if found else set()
    if filed:
        addresses.add(filed.card.path)
    before = {address: lookup.published(catalogue, address) for address in addresses}
    catalogue.run("DELETE FROM articles WHERE file = ?", file)
    catalogue.run("DELETE FROM attachments WHERE file = ?", file)
    if filed:
        _insert(catalogue, filed)
    for address, old in sorted(before.items()):
        _settle(catalogue, address, old, now, silent=silent)


def settle_due(catalogue: Catalogue, last: datetime, now: datetime) -> None:
    """Publish and take down the articles whose moment lies between the last build and this one."""
    low, high = sorted((lookup.moment(last), lookup.moment(now)))
    due = catalogue.rows(
        "SELECT address FROM articles WHERE moment BETWEEN ?1 AND ?2 UNION"
        " SELECT address FROM articles WHERE expires BETWEEN ?1 AND ?2",
        low,
        high,
    )
    for (address,) in due.fetchall():
        _settle(catalogue, address, lookup.published(catalogue, address), now)


def link_related(catalogue: Catalogue, address: str, others: tuple[Card, ...]) -> None:
    """Remember which articles a page shows as earlier coverage."""
    catalogue.run("DELETE FROM edges WHERE address = ?", address)
    catalogue.run_many("INSERT INTO edges VALUES (?, ?)", ((address, other.path) for other in others))


def _insert(catalogue: Catalogue, filed: Filed) -> None:
    entry = filed.entry
    rest = lookup.Rest(
        entry.source_url, entry.canonical, filed.draft, filed.expires, filed.aliases, filed.attachments
    )
    catalogue.run(
        "INSERT INTO articles VALUES (?, ?, ?, ?, 0, ?, ?, ?)",
        filed.file,
        filed.card.path,
        lookup.moment(filed.card.date),
        lookup.moment(filed.expires) if filed.expires else None,
        records.encode(filed.card).decode(),
        entry.content,
        records.encode(rest).decode(),
    )
    folder = posixpath.dirname(filed.file)
    targets = ((filed.file, name, posixpath.join(folder, name)) for name in filed.attachments)
    catalogue.run_many("INSERT INTO attachments VALUES (?, ?, ?)", targets)


def _settle(
    catalogue: Catalogue, address: str, old: Filed | None, now: datetime, *, silent: bool = False
) -> None:
    """Publish the article that an address belongs to at `now`: of those that are due, the first by path."""
    candidates = lookup.articles(catalogue, "address = ? ORDER BY file", address)
    new = next((filed for filed in candidates if not filed.held_back(now)), None)
    catalogue.run("UPDATE articles SET live = 0 WHERE address = ? AND live", address)
    if new:
        catalogue.run("UPDATE articles SET live = 1 WHERE file = ?", new.file)
    if old != new:
        _exchange(catalogue, old, new, silent=silent)


def _exchange(catalogue: Catalogue, old: Filed | None, new: Filed | None, *, silent: bool) -> None:
    """Put one published article in another's place."""
    listing = _listing_keys(old) | _listing_keys(new)
    before = {} if silent else {key: _state(catalogue, key) for key in listing}
    _join(catalogue, old, -1)
    _join(catalogue, new, +1)
    if silent:
        return
    touched = set(pages.touched(old, new)) | set(_related_touched(catalogue, old, new))
    for key in listing:
        touched |= set(_listing_touched(catalogue, key, before[key], _state(catalogue, key)))
    catalogue.touch(touched)


def _listing_keys(filed: Filed | None) -> set[Key]:
    return (
        {key for key in keys.keys(filed) if key[0] not in {"article", "redirect", "front"}}
        if filed
        else set()
    )


def _state(catalogue: Catalogue, key: Key) -> tuple[int, str]:
    text = encode(key)
    return lookup.total(catalogue, text), lookup.name(catalogue, text)


def _listing_touched(
    catalogue: Catalogue, key: Key, before: tuple[int, str], after: tuple[int, str]
) -> Iterator[Key]:
    """Give the keys that show another key's total, name, or that it exists at all."""
    if before == after:
        return
    yield from keys.listed_on(key)
    (had, old_name), (has, new_name) = before, after
    if key[0] in keys.DATED and bool(had) != bool(has):
        for earlier in (True, False):
            neighbour = lookup.nearest(catalogue, key, before=earlier)
            if neighbour:
                yield neighbour
    archives = listings.has_archive(key[0], had) != listings.has_archive(key[0], has)
    if key[0] in keys.TERMS and (old_name != new_name or archives):
        low, high = span((f"{key[0]}-month", key[1], ""))
        for (archive,) in catalogue.rows("SELECT key FROM totals WHERE key BETWEEN ? AND ?", low, high):
            yield decode(archive)


def _related_touched(catalogue: Catalogue, old: Filed | None, new: Filed | None) -> Iterator[Key]:
    """Give the articles that showed the old version as earlier coverage, or may show the new one."""
    for filed in (old, new):
        if filed and (old is None or new is None or old.card != new.card):
            path = filed.card.path
            for (address,) in catalogue.rows("SELECT address FROM edges WHERE related = ?", path):
                yield ("article", address)
    if new and (old is None or (old.card.tags, old.card.date) != (new.card.tags, new.card.date)):
        low, high = (lookup.moment(when) for when in related.later(new.card))
        for tag in new.card.tags:
            query = "SELECT address FROM members WHERE key = ? AND moment BETWEEN ? AND ?"
            for (address,) in catalogue.rows(query, encode(("tag", tag.slug)), low, high):
                yield ("article", address)


def _join(catalogue: Catalogue, filed: Filed | None, step: int) -> None:
    """Enter an article under all its keys (`step` 1), or take it out again (-1)."""
    if filed is None:
        return
    at = lookup.moment(filed.card.date)
    members = [(encode(key), at, filed.card.path) for key in keys.keys(filed)]
    if step > 0:
        catalogue.run_many("INSERT OR IGNORE INTO members VALUES (?, ?, ?)", members)
    else:
        catalogue.run_many("DELETE FROM members WHERE key = ? AND moment = ? AND address = ?", members)
        catalogue.run("DELETE FROM edges WHERE address = ?", filed.card.path)
    totals = [(encode(key), step) for key in sorted(_listing_keys(filed))]
    catalogue.run_many(
        "INSERT INTO totals VALUES (?1, ?2) ON CONFLICT DO UPDATE SET total = total + ?2", totals
    )
    catalogue.run_many("DELETE FROM totals WHERE key = ? AND total <= 0", ((key,) for key, _ in totals))
    names = [(encode((kind, slug)), name, step) for kind, slug, name in keys.terms(filed.card)]
    catalogue.run_many(
        "INSERT INTO names VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET uses = uses + ?3", names
    )
    catalogue.run_many("DELETE FROM names WHERE key = ? AND uses <= 0", ((key,) for key, _, _ in names))
