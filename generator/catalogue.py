"""The catalogue: what the last build read, knew and wrote.

Its tables answer the reverse questions that make an edit cheap. It never decides anything.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from sys import intern
from typing import Any

from generator import records
from generator.database import Database
from generator.files import Stat
from generator.model import Issue, Key, Severity, Written

NAME = "catalogue.sqlite"
LAST = "\U0010ffff"
"""Sorts after every character a key may go on with."""

RACY_NS = 2_000_000_000
"""A file written this many nanoseconds before it was read may have changed again within its clock's step."""

SETTLED = "ctime_ns < read_ns - ?1 AND (mtime_ns < read_ns - ?1 OR mtime_ns > read_ns)"
"""Whether a file that changed since it was read must look otherwise. A time that is to come was set by hand."""

DAY = 86_400_000_000
"""In microseconds, as moments are."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def moment(when: datetime) -> int:
    """Count microseconds since 1970: exact, and sorts as time does."""
    return (when - EPOCH) // timedelta(microseconds=1)


class Catalogue(Database):
    """An open catalogue: a file whose rows are what a site's last build knew."""

    def note(self, name: str, value: Any) -> None:  # noqa: ANN401 - any value of ours
        """Remember a value under a name; nothing is written where it is known already."""
        text = records.encode(value).decode()
        if not self.row("SELECT 1 FROM meta WHERE name = ? AND value = ?", name, text):
            self.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", name, text)

    def recall(self, name: str, default: Any) -> Any:  # noqa: ANN401 - as it was noted
        """Give back what was noted under a name."""
        found = self.row("SELECT value FROM meta WHERE name = ?", name)
        return records.decode(found[0], type(default)) if found else default

    def due(self, last: datetime, now: datetime) -> list[tuple[str, str]]:
        """Give the articles that appear or expire between two moments, both included: address and file."""
        query = (
            "SELECT address, file FROM articles WHERE moment BETWEEN ?1 AND ?2 UNION"
            " SELECT address, file FROM articles WHERE expires BETWEEN ?1 AND ?2"
        )
        return self.rows(query, *sorted((moment(last), moment(now)))).fetchall()

    def touch(self, keys: Iterable[Key]) -> None:
        """Mark keys whose pages have to be looked at."""
        self.run_many("INSERT OR IGNORE INTO touched VALUES (?)", ((encode(key),) for key in keys))

    def touched(self) -> list[Key]:
        """Give the marked keys, in order."""
        return [decode(key) for (key,) in self.rows("SELECT key FROM touched ORDER BY key")]

    def is_touched(self, key: Key) -> bool:
        """Tell whether a key is marked."""
        return self.row("SELECT 1 FROM touched WHERE key = ?", encode(key)) is not None

    def set_issues(self, path: str, issues: Iterable[Issue]) -> None:
        """Replace what is wrong with a file."""
        self.run("DELETE FROM issues WHERE path = ?", path)
        self.add_issues(issues)

    def add_issues(self, issues: Iterable[Issue]) -> None:
        """Remember what is wrong with some files."""
        self.run_many(
            "INSERT INTO issues VALUES (?, ?, ?, ?)",
            ((issue.path, issue.line, str(issue.severity), issue.message) for issue in issues),
        )

    def issues(self) -> list[Issue]:
        """Give everything that is wrong with the content, by path and line."""
        found = self.rows("SELECT path, line, message, severity FROM issues ORDER BY path, line, message")
        return [Issue(path, line, message, Severity(severity)) for path, line, message, severity in found]

    def seeds(self, racy: int) -> dict[str, tuple[int | None, ...]]:
        """Give every seed that was ingested, with its `Stat` then; as for `files`."""
        query = f"SELECT path, CASE WHEN {SETTLED} THEN size END, mtime_ns, ctime_ns, inode FROM seeds"  # noqa: S608
        return {row[0]: row[1:] for row in self.rows(query, racy)}

    def set_seed(self, path: str, look: Stat, read_ns: int) -> None:
        """Remember how a seed looked when it was ingested."""
        self.run("INSERT OR REPLACE INTO seeds VALUES (?, ?, ?, ?, ?, ?)", path, read_ns, *look)

    def files(self, racy: int, paths: Iterable[str] = ("",)) -> dict[str, tuple[int | None, ...]]:
        """Give every content file last read that is or lies below one of some paths, with its `Stat` then.

        What changed less than `racy` nanoseconds before it was read may have changed again within one step of the
        clock: its size is given as `None`, so that it looks like no file.
        """
        query = f"SELECT path, CASE WHEN {SETTLED} THEN size END, mtime_ns, ctime_ns, inode FROM files"  # noqa: S608
        found: dict[str, tuple[int | None, ...]] = {}
        for path in paths:
            where = " WHERE path = ?2 OR path BETWEEN ?2 || '/' AND ?2 || ?3" if path else ""
            values = (path, f"/{LAST}") if path else ()
            found |= {row[0]: row[1:] for row in self.rows(query + where, racy, *values)}
        return found

    def set_files(self, read: Iterable[tuple[str, Stat, int, str]]) -> None:
        """Remember how content files looked when their bytes were read: path, look, time, digest."""
        self.run_many(
            "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((path, digest, read_ns, *look) for path, look, read_ns, digest in read),
        )

    def output(self, path: str) -> Written | None:
        """Give one output file as it was left."""
        columns = "path, key, template, fingerprint, made_of, size, mtime_ns"
        found = self.row(f"SELECT {columns} FROM outputs WHERE path = ?", path)  # noqa: S608 - ours
        return Written(found[0], decode(found[1]), *found[2:]) if found else None

    def __contains__(self, path: object) -> bool:
        """Tell whether an output file was left at a path."""
        return self.row("SELECT 1 FROM outputs WHERE path = ?", path) is not None

    def outputs(self, keys: Sequence[Key]) -> Iterator[Written]:
        """Give the output files of some keys that stand."""
        columns = "key, path, template, fingerprint, made_of, size, mtime_ns"
        named = {encode(key): key for key in keys}
        query = f"SELECT {columns} FROM outputs WHERE key IN ({', '.join('?' * len(named))})"  # noqa: S608 - ours
        for key, path, *rest in self.rows(query, *named):
            yield Written(path, named[key], *rest)

    def holds_more_than_pages(self) -> bool:
        """Tell whether there are articles that are not published, or files beside articles."""
        questions = (
            "SELECT 1 FROM articles INDEXED BY articles_held WHERE NOT live LIMIT 1",
            "SELECT 1 FROM attachments LIMIT 1",
            "SELECT 1 FROM files INDEXED BY files_beside WHERE substr(path, -3) <> '.md' LIMIT 1",
        )
        return any(self.row(question) for question in questions)

    def vacant(self, addresses: Iterable[str]) -> list[str]:
        """Give those of some addresses at which nothing is published."""
        query = "SELECT 1 FROM articles WHERE address = ? AND live"
        return [address for address in addresses if not self.row(query, address)]

    def looks(self) -> dict[str, tuple[int, int]]:
        """Give the size and the time of every output file, as it was left."""
        found = self.rows("SELECT path, size, mtime_ns FROM outputs")
        return {path: (size, mtime_ns) for path, size, mtime_ns in found}

    def parts(self, table: str, size: int) -> Iterator[list[tuple[Any, ...]]]:
        """Give the rows of a table that has paths, some at a time; others may change it meanwhile."""
        last, query = "", f"SELECT * FROM {table} WHERE path > ? ORDER BY path LIMIT ?"  # noqa: S608 - ours
        while rows := self.rows(query, last, size).fetchall():
            last = rows[-1][0]
            yield rows

    def forget_outputs(self, paths: Iterable[str]) -> None:
        """Forget output files that are gone."""
        self.run_many("DELETE FROM outputs WHERE path = ?", ((path,) for path in paths))


def encode(key: Key) -> str:
    """Write a key as text. Keys of one kind sort together, and by what comes next in them."""
    return records.encode(key).decode()


def decode(text: str) -> Key:
    """Read a key that `encode` wrote."""
    parts: list[str] = records.decode(text, list[str])
    return (intern(parts[0]), *parts[1:])  # there are few kinds, and hundreds of thousands of keys


def span(beginning: Key) -> tuple[str, str]:
    """Give the bounds, low and high, of the keys that begin as this one does, its last part cut anywhere."""
    low = encode(beginning).removesuffix('"]')
    return low, low + LAST
