"""One SQLite file that can be thrown away: opened and sealed, read, changed in transactions."""

import os
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from generator import files, fingerprint, interrupts, seal
from generator.schema import SCHEMA

CACHE_KIB = 6_144
"""How much of the file each process keeps in memory; the system keeps the rest, once for all of them."""

PAGE_BYTES = 16_384
"""Of the file: an article's body in one piece, and a quarter of the system calls of SQLite's own default."""

Damaged = sqlite3.DatabaseError
"""The file cannot be read: throw it away and make all of it again."""

Misused = sqlite3.ProgrammingError
"""It is read in a way that nobody may, which no new file would change."""

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_REFUSED = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
_PRIMARY = 0xFF  # of SQLite's codes, whose other bits say more (sqlite.org/rescode.html)

_VERSION = int(fingerprint.digest(SCHEMA.encode())[:7], 16)


def is_busy(error: Damaged) -> bool:
    """Tell whether another program has the file locked."""
    return _code(error) in _BUSY


def is_refused(error: Damaged) -> bool:
    """Tell whether the file may not be opened or written."""
    return _code(error) in _REFUSED


def _code(error: Damaged) -> int:
    return int(getattr(error, "sqlite_errorcode", 0)) & _PRIMARY


class Database:
    """An open file with the tables of `schema`. Made anew where there is none, or one of another version.

    Args:
        path: the SQLite file.
        guest: another process has it open and looks after it.
        patient: no commit waits until the log is moved into the file: `tidy` and closing do that. Only for who
            commits a few times; the log of thousands would outgrow the disk.

    Raises:
        Damaged: it is no such file.
    """

    def __init__(self, path: Path, *, guest: bool = False, patient: bool = False) -> None:
        self.path = path
        self._guest = guest
        self._patient = patient
        self._on_disk = True
        if not guest:
            seal.check(path)
        self._connect()

    def _connect(self) -> None:
        self._connection = sqlite3.connect(self.path, isolation_level=None)
        try:
            self._set_up()
        except Damaged:
            self._connection.close()
            raise
        self._opened = self._inode()

    def _set_up(self) -> None:
        self._set("journal_mode = WAL", "synchronous = NORMAL")
        if self._patient:
            self.run("PRAGMA wal_autocheckpoint = 0")
        (found,) = self.row("PRAGMA user_version") or (0,)
        if found != _VERSION:
            seal.take_off(self.path)
            for table in self._tables():
                self.run(f'DROP TABLE "{table}"')
            self._make_tables()

    def _set(self, *settings: str) -> None:
        """Set an open file up: its form, what one needs of it in memory, and how it is changed."""
        for setting in (f"page_size = {PAGE_BYTES}", f"cache_size = -{CACHE_KIB}", *settings):
            self.run(f"PRAGMA {setting}")

    def _tables(self) -> list[str]:
        found = self.rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        return [table for (table,) in found.fetchall()]

    def _make_tables(self) -> None:
        self._connection.executescript(f"BEGIN; {SCHEMA} PRAGMA user_version = {_VERSION}; COMMIT;")

    def close(self) -> None:
        """Close the file, sealed."""
        self._connection.close()
        if not self._guest:
            self._settle()
            seal.set_on(self.path)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit everything done inside, or nothing of it. What is changed otherwise breaks no seal first."""
        self.run("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._roll_back()
            raise
        if self._connection.total_changes:
            self._settle()
            seal.take_off(self.path)
        self.run("COMMIT")

    @contextmanager
    def refounding(self, emptied: Collection[str]) -> Iterator[None]:
        """As `transaction`, with some tables empty at its beginning: for who fills them with all there is.

        It happens in a new file, which takes this one's place when all is done: so nothing has to be written to a
        log first, lest it has to be undone. Until the new file is safe on the disk, its seal says that it is not.
        Those tables have no indexes yet.
        """
        new = seal.successor(self.path)
        seal.discard(new)
        self._connection.close()
        try:
            self._connection = sqlite3.connect(new, isolation_level=None)
            indexes = self._copy(emptied)
            self.run("BEGIN")
            yield
            for statement in indexes:
                self.run(statement)
            self.run("COMMIT")
            self.run("PRAGMA journal_mode = WAL")
        except BaseException:
            self._connection.close()
            seal.discard(new)
            self._connect()
            raise
        self._connection.close()
        seal.succeed(self.path)
        self._on_disk = False
        self._connect()

    def _copy(self, emptied: Collection[str]) -> list[str]:
        """Make the tables in a new file, and copy the rows of those that shall not be empty.

        Returns: what makes the indexes of the empty ones, which takes less time once their rows are there.
        """
        self._set("journal_mode = OFF", "synchronous = OFF")
        self._make_tables()
        self.run("ATTACH ? AS old", os.fsencode(self.path))  # whatever its folder is called
        for table in self._tables():
            if table not in emptied:
                self.run(f"INSERT INTO {table} SELECT * FROM old.{table}")  # noqa: S608 - our own tables
        self.run("DETACH old")
        found = self.rows(
            "SELECT name, tbl_name, sql FROM sqlite_schema WHERE type = 'index' AND sql NOTNULL"
        )
        indexes = {name: statement for name, table, statement in found.fetchall() if table in emptied}
        for name in indexes:
            self.run(f"DROP INDEX {name}")
        return list(indexes.values())

    def _settle(self) -> None:
        """Wait until a new file is on the disk, where that was not done yet."""
        if not self._on_disk:
            files.sync(self.path)
            seal.take_off(self.path)
            self._on_disk = True

    def is_in_place(self) -> bool:
        """Tell whether the open file is still the one at its path."""
        return self._inode() == self._opened

    def version(self) -> tuple[int, int]:
        """Give what is another value once somebody else changes the file, or puts another in its place."""
        (changes,) = self.row("PRAGMA data_version") or (0,)
        return self._inode(), changes

    def _inode(self) -> int:
        look = files.stat(self.path)
        return look.inode if look else 0

    def tidy(self) -> None:
        """Do what need not be waited for: move what was committed from the log into the file."""
        self._settle()
        # Without room, say, it can wait until closing, and nothing is damaged.
        with suppress(sqlite3.OperationalError):
            self.run("PRAGMA wal_checkpoint(PASSIVE)")

    def _roll_back(self) -> None:
        # SQLite does so itself where the disk is full, and to do it again would hide that.
        if self._connection.in_transaction:
            self.run("ROLLBACK")

    @contextmanager
    def closed(self) -> Iterator[None]:
        """Close the file for a while: a connection must not be carried into a forked process (sqlite.org/faq)."""
        try:
            with interrupts.later():
                self.close()
            yield
        finally:
            with interrupts.later():
                self._connect()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """See one state of the catalogue throughout; without it SQLite locks and unlocks at every question."""
        self.run("BEGIN")
        try:
            yield
        finally:
            self._roll_back()

    @contextmanager
    def rehearsing(self) -> Iterator[None]:
        """Take everything back that is done inside; none of it is committed, so that no seal is broken."""
        self.run("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            self._roll_back()

    def run(self, statement: str, *values: Any) -> None:  # noqa: ANN401 - whatever SQLite stores
        """Carry out one statement."""
        self._connection.execute(statement, values)

    def run_many(self, statement: str, values: Iterable[tuple[Any, ...]]) -> None:
        """Carry out one statement for each tuple of values."""
        self._connection.executemany(statement, values)

    def row(self, query: str, *values: Any) -> tuple[Any, ...] | None:  # noqa: ANN401 - the same
        """Fetch the first row of a query."""
        found: tuple[Any, ...] | None = self._connection.execute(query, values).fetchone()
        return found

    def rows(self, query: str, *values: Any) -> sqlite3.Cursor:  # noqa: ANN401 - the same
        """Fetch the rows of a query, one by one."""
        return self._connection.execute(query, values)
