"""Articles into the catalogue: who becomes a member of what, and which keys that touches."""

import posixpath
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache

from generator import fingerprint, keys, listings, lookup, pages, records, related, totals
from generator.catalogue import Catalogue, decode, encode, moment, span
from generator.inputs import Filed
from generator.lookup import Standing
from generator.model import Key
from generator.records import Value, changed


@lru_cache(maxsize=8192)  # a site has few terms and months, and every article names some
def _encoded(key: Key) -> tuple[str, bool]:
    """Encode a key, and tell whether it has a list of its members."""
    return encode(key), keys.within(key)[0] == key


class Shelved(Value, frozen=True):
    """An article as the catalogue keeps it: plain text and numbers, cheap to hand from process to process.

    `held` tells that a preview shows it though it is held back. `keys` are those it is listed under, `holders`
    those of them that have a list of their members, and `names` the spellings of its terms, all with keys encoded.
    """

    file: str
    address: str
    moment: int
    expires: int | None
    draft: bool
    held: bool
    card: bytes
    rest: bytes
    body: bytes
    stamp: str
    attachments: tuple[str, ...]
    keys: tuple[str, ...]
    holders: tuple[str, ...]
    names: tuple[tuple[str, str], ...]

    def due(self, now: int) -> bool:
        """Tell whether it is to be published at a moment."""
        return self.held or self._is_due(now)

    def _is_due(self, now: int) -> bool:
        return not self.draft and self.moment <= now and (self.expires is None or self.expires > now)


def shelve(filed: Filed) -> Shelved:
    """Prepare an article for the catalogue."""
    entry, listed = filed.entry, tuple(map(_encoded, _memberships(filed)))
    card = changed(entry.card, stamp=fingerprint.digest(records.encode(entry.card)))
    rest = lookup.Rest(
        entry.source_url,
        entry.canonical,
        entry.words,
        filed.draft,
        filed.expires,
        filed.aliases,
        filed.attachments,
        entry.translations,
        filed.language,
    )
    return Shelved(
        file=filed.file,
        address=card.path,
        moment=moment(card.date),
        expires=moment(filed.expires) if filed.expires else None,
        draft=filed.draft,
        held=bool(card.held),
        card=records.encode(card),
        rest=records.encode(rest),
        body=entry.content.encode(),
        stamp=entry.stamp,
        attachments=filed.attachments,
        keys=tuple(text for text, _ in listed),
        holders=tuple(text for text, holds in listed if holds),
        names=tuple((_encoded((kind, slug))[0], name) for kind, slug, name in keys.terms(filed)),
    )


def refill(catalogue: Catalogue, batches: Iterator[Sequence[Shelved]], now: datetime) -> None:
    """Fill an emptied catalogue with every article there is, in the order of their files. Touches nothing.

    Args:
        catalogue: inside a transaction.
        batches: the articles, some at a time.
        now: decides what is due.
    """
    at = moment(now)
    taken: set[str] = set()
    numbers: dict[str, int] = {}
    counted: Counter[str] = Counter()
    names: Counter[tuple[str, str]] = Counter()
    number = 0
    for batch in batches:
        numbered = list(enumerate(batch, start=number + 1))
        number += len(numbered)
        live = set()
        for article, shelved in numbered:
            if shelved.address not in taken and shelved.due(at):
                taken.add(shelved.address)
                live.add(article)
                counted.update(shelved.keys)
                names.update(shelved.names)
        _insert_many(catalogue, numbered, live)
        members = (
            (numbers.setdefault(key, len(numbers) + 1), shelved.moment, article)
            for article, shelved in numbered
            if article in live
            for key in shelved.holders
        )
        catalogue.run_many("INSERT INTO members VALUES (?, ?, ?)", members)
    totalled = ((numbers.setdefault(key, len(numbers) + 1), key, total) for key, total in counted.items())
    catalogue.run_many("INSERT INTO totals VALUES (?, ?, ?)", totalled)
    catalogue.run_many(
        "INSERT INTO names VALUES (?, ?, ?)", ((key, name, uses) for (key, name), uses in names.items())
    )


def store(catalogue: Catalogue, file: str, shelved: Shelved | None, now: datetime) -> None:
    """Take in what a content file holds now, `None` where it holds no article, and touch what that changes.

    Args:
        catalogue: inside a transaction.
        file: the file's path below the content folder.
        shelved: the article it holds.
        now: decides what is due.
    """
    found = catalogue.row("SELECT id, address FROM articles WHERE file = ?", file)
    number, address = found or (None, None)
    addresses = {address, shelved and shelved.address} - {None}
    before = {address: lookup.published(catalogue, address) for address in addresses if address}
    catalogue.run("DELETE FROM attachments WHERE file = ?", file)
    if number:
        catalogue.run("DELETE FROM articles WHERE id = ?", number)
        catalogue.run("DELETE FROM cards WHERE article = ?", number)
        catalogue.run("DELETE FROM bodies WHERE article = ?", number)
    if shelved:
        if not number:
            (number,) = catalogue.row("SELECT coalesce(max(id), 0) + 1 FROM articles") or (1,)
        _insert_many(catalogue, [(number, shelved)], set())
    for address, old in sorted(before.items()):
        _settle(catalogue, address, old, now)


def settle(catalogue: Catalogue, address: str, now: datetime) -> None:
    """Publish or take down what stands at an address, as time has it."""
    _settle(catalogue, address, lookup.published(catalogue, address), now)


def _memberships(filed: Filed | None) -> Iterator[Key]:
    """Give the keys an article is listed under, each once; its own page needs no list."""
    if filed:
        yield from dict.fromkeys(key for key in keys.keys(filed) if key[0] != "article")


def _insert_many(catalogue: Catalogue, numbered: Sequence[tuple[int, Shelved]], live: set[int]) -> None:
    catalogue.run_many(
        "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?)",
        ((number, s.file, s.address, s.moment, s.expires, s.draft, number in live) for number, s in numbered),
    )
    catalogue.run_many(
        "INSERT INTO cards VALUES (?, ?, ?)", ((number, s.card, s.rest) for number, s in numbered)
    )
    catalogue.run_many(
        "INSERT INTO bodies VALUES (?, ?, ?)", ((number, s.body, s.stamp) for number, s in numbered)
    )
    targets = (
        (shelved.file, name, posixpath.join(posixpath.dirname(shelved.file), name))
        for _, shelved in numbered
        for name in shelved.attachments
    )
    catalogue.run_many("INSERT INTO attachments VALUES (?, ?, ?)", targets)


def _settle(catalogue: Catalogue, address: str, old: Standing | None, now: datetime) -> None:
    """Publish the article that an address belongs to at `now`: of those that are due, the first by path."""
    candidates = lookup.articles(catalogue, "address = ? ORDER BY file", address)
    new = next((standing for standing in candidates if not standing.filed.held_back(now)), None)
    catalogue.run("UPDATE articles SET live = 0 WHERE address = ? AND live", address)
    if new:
        catalogue.run("UPDATE articles SET live = 1 WHERE id = ?", new.id)
    if old != new:
        _exchange(catalogue, old, new)


def _exchange(catalogue: Catalogue, old: Standing | None, new: Standing | None) -> None:
    """Put one published article in another's place."""
    was, becomes = old.filed if old else None, new.filed if new else None
    listing = set(_listing_keys(was)) | set(_listing_keys(becomes))
    before = {key: _state(catalogue, key) for key in listing}
    _join(catalogue, old, -1)
    _join(catalogue, new, +1)
    touched = {keys.INDEX, *pages.touched(was, becomes)} | set(_related_touched(catalogue, old, new))
    for standing in (old, new):
        if standing and not (old and new):
            touched |= set(_redirects_below(catalogue, standing.filed.card.path))
    for key in listing:
        touched |= set(_listing_touched(catalogue, key, before[key], _state(catalogue, key)))
    catalogue.touch(touched)
    if old and (new is None or new.id != old.id):
        catalogue.run("DELETE FROM edges WHERE article = ?1 OR related = ?1", old.id)


def _listing_keys(filed: Filed | None) -> Iterator[Key]:
    return (key for key in _memberships(filed) if key[0] not in {"redirect", "front"})


def _state(catalogue: Catalogue, key: Key) -> tuple[int, str]:
    text = encode(key)
    return totals.total(catalogue, text), totals.name(catalogue, text) if key[0] in keys.TERMS else ""


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
            neighbour = totals.nearest(catalogue, key, before=earlier)
            if neighbour:
                yield neighbour
    if key[0] == "language" and bool(had) != bool(has):
        yield from _of_languages(catalogue)
    archives = listings.has_archive(key[0], had) != listings.has_archive(key[0], has)
    if key[0] in keys.TERMS and (old_name != new_name or archives):
        yield from _beginning_with(catalogue, (f"{key[0]}-month", key[1], ""))


def _redirects_below(catalogue: Catalogue, address: str) -> Iterator[Key]:
    """Give the redirects in an article's folder: they stand there only while the article does not."""
    return _beginning_with(catalogue, ("redirect", address))


def _of_languages(catalogue: Catalogue) -> Iterator[Key]:
    """Give the pages of all languages: each names the others, and none stands while there is but the site's own."""
    yield from _beginning_with(catalogue, ("language", ""))
    yield from _beginning_with(catalogue, ("language-month", ""))


def _beginning_with(catalogue: Catalogue, beginning: Key) -> Iterator[Key]:
    found = catalogue.rows("SELECT key FROM totals WHERE key BETWEEN ? AND ?", *span(beginning))
    return (decode(key) for (key,) in found.fetchall())


def _related_touched(catalogue: Catalogue, old: Standing | None, new: Standing | None) -> Iterator[Key]:
    """Give the articles that showed the old version as earlier coverage, or may show the new one."""
    was, becomes = old.filed.card if old else None, new.filed.card if new else None
    same = old is not None and new is not None and old.id == new.id
    for standing in (old, new):
        if standing and not (same and was == becomes):
            query = "SELECT address FROM edges JOIN articles ON articles.id = edges.article WHERE related = ?"
            for (address,) in catalogue.rows(query, standing.id):
                yield ("article", address)
    if becomes and (not same or was is None or (was.tags, was.date) != (becomes.tags, becomes.date)):
        low, high = moment(becomes.date), moment(related.latest(becomes))
        for tag in becomes.tags:
            for address in lookup.between(catalogue, ("tag", tag.slug), low, high):
                yield ("article", address)


def _join(catalogue: Catalogue, standing: Standing | None, step: int) -> None:
    """Enter an article under all its keys (`step` 1), or take it out again (-1)."""
    if standing is None:
        return
    at = moment(standing.filed.card.date)
    listed = tuple(map(_encoded, _memberships(standing.filed)))
    entered = [text for text, _ in listed]
    catalogue.run_many("INSERT OR IGNORE INTO totals (key, total) VALUES (?, 0)", ((key,) for key in entered))
    catalogue.run_many("UPDATE totals SET total = total + ? WHERE key = ?", ((step, key) for key in entered))
    change = (
        "INSERT OR IGNORE INTO members SELECT id, ?, ? FROM totals WHERE key = ?"
        if step > 0
        else "DELETE FROM members WHERE moment = ? AND article = ?"
        " AND key = (SELECT id FROM totals WHERE totals.key = ?)"
    )
    catalogue.run_many(change, ((at, standing.id, text) for text, holds in listed if holds))
    catalogue.run_many("DELETE FROM totals WHERE key = ? AND total <= 0", ((key,) for key in entered))
    names = [(encode((kind, slug)), name, step) for kind, slug, name in keys.terms(standing.filed)]
    catalogue.run_many(
        "INSERT INTO names VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET uses = uses + ?3", names
    )
    catalogue.run_many("DELETE FROM names WHERE key = ? AND uses <= 0", ((key,) for key, _, _ in names))
