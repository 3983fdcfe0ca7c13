"""Questions to the catalogue about articles: which are published where, which a key holds. Of keys see `totals`."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from generator import keys, records, urls
from generator.catalogue import DAY, EPOCH, LAST, Catalogue, encode, moment, span
from generator.inputs import Filed, Settings
from generator.model import Issue, Key
from generator.records import Value
from generator.views import Card, Entry, Translation

T = TypeVar("T")

ALWAYS = 1 << 60
"""Microseconds: before and after every moment there is."""

AT_ONCE = 512
"""Rows that one question names; SQLite takes tens of thousands of values, not any number."""


class Rest(Value, frozen=True):
    """What an article's row keeps beside its card and body."""

    source_url: str
    canonical: str
    words: int
    draft: bool
    expires: datetime | None
    aliases: tuple[str, ...]
    attachments: tuple[str, ...]
    translations: tuple[Translation, ...] = ()
    language: str = ""


class Standing(Value, frozen=True):
    """An article in the catalogue: its number there, which lasts as long as its file, and the article."""

    id: int
    filed: Filed


def published(catalogue: Catalogue, address: str) -> Standing | None:
    """Give the article that is published at an address."""
    return next(articles(catalogue, "address = ? AND live", address), None)


def published_at(catalogue: Catalogue, addresses: Sequence[str]) -> dict[str, Standing]:
    """Give the articles that are published at some addresses, no more of them than `AT_ONCE`."""
    found = articles(catalogue, f"address IN ({_marks(addresses)}) AND live", *addresses)
    return {standing.filed.card.path: standing for standing in found}


def files_at(catalogue: Catalogue, addresses: Sequence[str]) -> dict[str, str]:
    """Give the content files of the articles that are published at some addresses."""
    found: dict[str, str] = {}
    for start in range(0, len(addresses), AT_ONCE):
        some = addresses[start : start + AT_ONCE]
        query = f"SELECT address, file FROM articles WHERE live AND address IN ({_marks(some)})"  # noqa: S608 - ours
        found |= dict(catalogue.rows(query, *some).fetchall())
    return found


def attached_at(catalogue: Catalogue, paths: Sequence[str]) -> dict[str, str]:
    """Give the content files of what is published beside articles at some paths."""
    found: dict[str, str] = {}
    for start in range(0, len(paths), AT_ONCE):
        some = paths[start : start + AT_ONCE]
        query = (
            "SELECT address || name, target FROM attachments JOIN articles USING (file)"  # noqa: S608 - ours
            f" WHERE live AND address || name IN ({_marks(some)})"
        )
        found |= dict(catalogue.rows(query, *some).fetchall())
    return found


def held_back(catalogue: Catalogue) -> Iterator[Filed]:
    """Give the articles that are not published: drafts, future and expired ones, losers of an address."""
    return (standing.filed for standing in articles(catalogue, "NOT live ORDER BY file"))


def claims(catalogue: Catalogue, now: datetime, content: str) -> Iterator[Issue]:
    """Report the articles that would be published if another file did not have their address."""
    due = f"NOT live AND NOT draft AND moment <= {moment(now)} AND ifnull(expires > {moment(now)}, 1)"
    for standing in articles(catalogue, f"{due} ORDER BY file"):
        filed = standing.filed
        holder = published(catalogue, filed.card.path)
        if holder:
            message = (
                f"/{filed.card.path} belongs to {content}/{holder.filed.file} already;"
                " this file is not published"
            )
            yield Issue(f"{content}/{filed.file}", 1, message)


def touch_everything(catalogue: Catalogue, settings: Settings) -> None:
    """Touch every key a page stands or should stand for."""
    bounds = [bound for kind in sorted(keys.COUNTED) for bound in span((kind, ""))]
    paged = " AND ".join(["key NOT BETWEEN ? AND ?"] * len(keys.COUNTED))
    held = f"SELECT key FROM totals WHERE {paged}"  # noqa: S608 - ours
    catalogue.run(f"INSERT OR IGNORE INTO touched {held} UNION SELECT key FROM outputs", *bounds)  # noqa: S608
    catalogue.touch([*keys.FIXED, keys.INDEX, *(("topic", slug) for slug in settings.topics)])
    live = catalogue.rows("SELECT address FROM articles WHERE live").fetchall()
    catalogue.touch(keys.own(address) for (address,) in live)
    query = "SELECT DISTINCT address FROM attachments JOIN articles USING (file) WHERE live"
    catalogue.touch([("attachments", address) for (address,) in catalogue.rows(query)])


def next_moment(catalogue: Catalogue, now: datetime) -> datetime | None:
    """Give the moment at which the next article appears or expires, `None` where none will."""
    queries = (
        "SELECT min(moment) FROM articles WHERE moment > ? AND NOT draft",
        "SELECT min(expires) FROM articles WHERE expires > ? AND NOT draft",
    )
    found = [row[0] for query in queries if (row := catalogue.row(query, moment(now)))]
    moments = [one for one in found if one is not None]
    return EPOCH + timedelta(microseconds=min(moments)) if moments else None


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


def using(catalogue: Catalogue, targets: Sequence[str]) -> set[str]:
    """Give the content files of articles that use some files beside them."""
    found: set[str] = set()
    for start in range(0, len(targets), AT_ONCE):
        some = targets[start : start + AT_ONCE]
        query = f"SELECT file FROM attachments WHERE target IN ({_marks(some)})"  # noqa: S608 - ours
        found.update(file for (file,) in catalogue.rows(query, *some))
    return found


def missing(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Give the relative names that articles use and no file has: content file, name."""
    yield from catalogue.rows(
        "SELECT file, name FROM attachments WHERE NOT EXISTS (SELECT 1 FROM files WHERE path = target)"
    )


def unused(catalogue: Catalogue) -> Iterator[str]:
    """Give the content files that are no articles and that no article uses."""
    query = (
        "SELECT path FROM files INDEXED BY files_beside WHERE substr(path, -3) <> '.md'"
        " AND NOT EXISTS (SELECT 1 FROM attachments WHERE target = path)"
    )
    yield from (path for (path,) in catalogue.rows(query))


def articles(catalogue: Catalogue, where: str, *values: str) -> Iterator[Standing]:
    """Give the articles that a condition on their table holds for."""
    query = (
        "SELECT id, file, card, body, rest, stamp FROM articles"  # noqa: S608 - our own conditions
        f" JOIN cards ON cards.article = id JOIN bodies ON bodies.article = id WHERE {where}"
    )
    for number, file, text, body, rest, stamp in catalogue.rows(query, *values).fetchall():
        more = records.decode(rest, Rest)
        entry = _entry(text, body, more, stamp)
        kept = (more.draft, more.expires, more.aliases, more.attachments, more.language)
        yield Standing(number, Filed(file, entry, *kept))


def _entry(card: bytes, body: bytes, more: Rest, stamp: str) -> Entry:
    return Entry(
        card=records.decode(card, Card),
        content=body.decode(),
        source_url=more.source_url,
        canonical=more.canonical,
        stamp=stamp,
        words=more.words,
        translations=more.translations,
    )


def members(catalogue: Catalogue, key: Key, limit: int) -> list[int]:
    """Give the newest articles of a key by number, newest first, then by address."""
    found = catalogue.rows(f"SELECT articles.id {_NEWEST}", *_bounds(key), limit)
    return [number for (number,) in found.fetchall()]


def cards(catalogue: Catalogue, numbers: Sequence[int], kind: type[T]) -> dict[int, T]:
    """Give the cards of some articles, or the part of them that a type has fields for, by the articles' numbers."""
    found: dict[int, T] = {}
    for start in range(0, len(numbers), AT_ONCE):
        some = numbers[start : start + AT_ONCE]
        query = f"SELECT article, card FROM cards WHERE article IN ({_marks(some)})"  # noqa: S608 - ours
        found |= {
            number: records.decode(text, kind) for number, text in catalogue.rows(query, *some).fetchall()
        }
    return found


def contents(catalogue: Catalogue, numbers: Sequence[int]) -> dict[int, str]:
    """Give the bodies of some articles, no more of them than `AT_ONCE`, by the articles' numbers."""
    query = f"SELECT article, body FROM bodies WHERE article IN ({_marks(numbers)})"  # noqa: S608 - ours
    return {number: body.decode() for number, body in catalogue.rows(query, *numbers).fetchall()}


def bodies(catalogue: Catalogue, key: Key, limit: int) -> Iterator[Entry]:
    """Give the newest articles of a key with their bodies, newest first, then by address."""
    kept = (("cards", "card"), ("cards", "rest"), ("bodies", "body"), ("bodies", "stamp"))
    query = f"SELECT {', '.join(_of(*one) for one in kept)} {_NEWEST}"
    for text, rest, body, stamp in catalogue.rows(query, *_bounds(key), limit).fetchall():
        more = records.decode(rest, Rest)
        yield _entry(text, body, more, stamp)


def between(catalogue: Catalogue, key: Key, low: int, high: int) -> Iterator[str]:
    """Give the addresses of a key's articles between two moments, both included."""
    found = catalogue.rows(
        "SELECT address FROM totals JOIN members ON members.key = totals.id"
        " JOIN articles ON articles.id = article"
        " WHERE totals.key = ? AND members.moment BETWEEN ? AND ?",
        encode(key),
        low,
        high,
    )
    return (address for (address,) in found.fetchall())


def carriers(catalogue: Catalogue, tag: str, low: int, high: int) -> Iterator[tuple[int, int]]:
    """Give the articles that carry an encoded tag between two moments, both included: number and moment."""
    query = (
        "SELECT article, moment FROM members WHERE key = (SELECT id FROM totals WHERE totals.key = ?)"
        " AND moment BETWEEN ? AND ?"
    )
    yield from catalogue.rows(query, tag, low, high)


def addresses(catalogue: Catalogue, numbers: Sequence[int]) -> dict[int, str]:
    """Give the addresses of some articles by their numbers."""
    found: dict[int, str] = {}
    for start in range(0, len(numbers), AT_ONCE):
        some = numbers[start : start + AT_ONCE]
        query = f"SELECT id, address FROM articles WHERE id IN ({_marks(some)})"  # noqa: S608 - ours
        found |= dict(catalogue.rows(query, *some).fetchall())
    return found


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _of(table: str, column: str) -> str:
    return f"(SELECT {column} FROM {table} WHERE article = articles.id)"  # noqa: S608 - our own tables


_NEWEST = (
    "FROM totals CROSS JOIN members ON members.key = totals.id CROSS JOIN articles ON articles.id = article"
    " WHERE totals.key = ? AND members.moment BETWEEN ? AND ? AND address BETWEEN ? AND ?"
    " ORDER BY members.moment DESC, address LIMIT ?"
)


def _bounds(key: Key) -> tuple[str, int, int, str, str]:
    """Give what `_NEWEST` asks for: members are kept for terms and the site, and what is dated is a part of those.

    The moments bound it roughly, in any time zone; the addresses, which begin with the day, exactly.
    """
    holder, period = keys.within(key)
    if not period:
        return encode(holder), -ALWAYS, ALWAYS, "", LAST
    first = moment(datetime.fromisoformat(f"{period}-01-01"[:10]).replace(tzinfo=UTC))
    start = urls.day_path(period)
    return encode(holder), first - DAY, first + (_LENGTHS[len(period)] + 1) * DAY, start, start + LAST


# Days of a year, month or day, by how its name is written.
_LENGTHS = {len("2025"): 366, len("2025-06"): 31, len("2025-06-02"): 1}
