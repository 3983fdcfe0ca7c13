"""The ledger: what every raw story became, in `content/.ledger.jsonl`, append-only and kept with the content.

The catalogue mirrors it, so that a question costs one row; when either changed behind the other's back, the
mirror is made again from the file.
"""

import os
import re
from array import array
from codecs import BOM_UTF8
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from generator import files, records
from generator.catalogue import Catalogue
from generator.model import DatelineError, Issue, Severity

NAME = ".ledger.jsonl"

UNFINISHED = "unfinished ingest"
"""Notes in the catalogue that there may be files of stories that no ledger tells of: an ingest is under way or was
stopped, or the ledger lost lines."""

MOST_ALIKE = 4
"""Stories that are given as the most alike to another."""

NEWEST = 8
"""Stories, the newest, that are looked at for each number of a sketch."""

_DIGITS = 8
_NUMBER = re.compile(f"[0-9a-f]{{{_DIGITS}}}")
_MOST_WORDS = 1 << 32
_COLUMNS = "id, path, digest, captured, words, sketch"


@dataclass(frozen=True, slots=True)
class Filed:
    """A story became a file: `path` below the content folder, `digest` of the bytes written, `words` its length."""

    id: str
    captured: datetime
    path: str
    digest: str
    words: int
    input: str
    sketch: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the file: a filing, or, without a path, a later sighting of the story in another input.

    `of` is the filed story that this one tells again, where it has an id of its own.
    """

    id: str
    input: str
    of: str = ""
    path: str = ""
    digest: str = ""
    captured: datetime | None = None
    words: int = 0
    sketch: str = ""


# What stands in everything, such as a publisher's closing words, tells nothing and would cost much: of each number
# only the newest stories count.
_SIMILAR = """
SELECT story FROM json_each(?) AS given CROSS JOIN sketches ON hash = given.value AND story >= ifnull(
    (SELECT story FROM sketches WHERE hash = given.value ORDER BY story DESC LIMIT 1 OFFSET ?), 0
) GROUP BY story HAVING count(*) >= ? ORDER BY count(*) DESC, story LIMIT ?
"""


class Ledger:
    """An open ledger.

    Args:
        content: the content folder it lies in.
        name: how to name that folder in issues.
        catalogue: mirrors it.
        mend: a last line that was cut short may be taken out of the file.

    Attributes:
        found: there is a file; without one, there may be stories that were filed all the same.
        issues: what is wrong with it.

    Raises:
        DatelineError: it is a link.
    """

    def __init__(self, content: Path, name: str, catalogue: Catalogue, *, mend: bool = True) -> None:
        self._path = content / NAME
        self._name = f"{name}/{NAME}"
        self._catalogue = catalogue
        self._new: list[_Line] = []
        self._rehearsed = False
        self.found = self._path.exists()
        self.issues: list[Issue] = []
        if self._path.is_symlink():  # one that leads elsewhere would have its lines written there
            raise DatelineError(f"{self._name} is a link; put the file it leads to in its place")
        self._mirror(mend=mend)

    @contextmanager
    def entering(self) -> Iterator[None]:
        """Write what is entered inside in one go at the end.

        A stop before that leaves files that no entry tells of; the next ingest knows them by their ids.
        """
        if self._rehearsed:
            yield
            return
        with self._catalogue.transaction():
            yield
            files.append(self._path, map(_render, self._new))
            self._new.clear()
            self._note_end()

    @contextmanager
    def rehearsing(self) -> Iterator[None]:
        """Forget what is entered inside at the end; until then it is known as if it had been written."""
        self._rehearsed = True
        try:
            with self._catalogue.rehearsing():
                yield
        finally:
            self._rehearsed = False

    def find(self, story: str) -> Filed | None:
        """Look a story up by its id, or by that of another telling; what it was filed from is not told."""
        query = f"SELECT {_COLUMNS} FROM stories WHERE id = ?"  # noqa: S608 - ours
        row = self._catalogue.row(query, story)
        told = None if row else self._catalogue.row("SELECT story FROM retellings WHERE id = ?", story)
        row = self._catalogue.row(query, *told) if told else row
        return _filed(row) if row else None

    def similar(self, sketch: Collection[int], least: int) -> Iterator[Filed]:
        """Give filed stories whose sketches share so many numbers with this one, the most alike first."""
        numbers = str(sorted(sketch))  # as JSON writes them, too
        found = self._catalogue.rows(_SIMILAR, numbers, NEWEST - 1, least, MOST_ALIKE).fetchall()
        for (story,) in found:
            row = self._catalogue.row(f"SELECT {_COLUMNS} FROM stories WHERE number = ?", story)  # noqa: S608 - ours
            if row:
                yield _filed(row)

    def file(self, filed: Filed) -> None:
        """Record that a story was filed; of several records of one story, the last counts."""
        line = _Line(
            id=filed.id,
            input=filed.input,
            path=filed.path,
            digest=filed.digest,
            captured=filed.captured,
            words=filed.words,
            sketch=render_sketch(filed.sketch),
        )
        self._enter(line, filed.sketch)

    def see(self, story: str, seen_in: str, of: str = "") -> None:
        """Record that a story was found again in another input; once for each.

        Args:
            story: its id; it may be another telling of a filed story.
            seen_in: the input.
            of: the id of that filed story, if it is another.
        """
        known = self._catalogue.row("SELECT 1 FROM sightings WHERE id = ? AND input = ?", story, seen_in)
        if not known:
            self._enter(_Line(story, seen_in, "" if of == story else of), ())

    def _enter(self, line: _Line, sketch: Collection[int]) -> None:
        if not self._rehearsed:
            self._new.append(line)
        self._take_in(line, sketch)

    def _mirror(self, *, mend: bool) -> None:
        """Bring the catalogue up to the file."""
        if mend:
            self._end_last_line()
        look = files.stat(self._path)
        if [look.size, look.mtime_ns] == self._catalogue.recall("ledger", [0]) if look else False:
            return
        with self._catalogue.transaction():
            before = {story for (story,) in self._catalogue.rows("SELECT id FROM stories")}
            for table in ("stories", "sightings", "sketches", "retellings"):
                self._catalogue.run(f"DELETE FROM {table}")  # noqa: S608 - names of our own
            for number, line in enumerate(files.lines(self._path), start=1):
                try:
                    entry = _read(line.removeprefix(BOM_UTF8))
                except records.Mismatch as mismatch:
                    message = f"no ledger entry: {mismatch}"
                    self.issues.append(Issue(self._name, number, message, Severity.WARNING))
                    continue
                self._take_in(entry, parse_sketch(entry.sketch))
                if entry.path:
                    before.discard(entry.id)
            if self.issues or before:
                self._catalogue.note(UNFINISHED, 1)
            self._note_end()

    def _end_last_line(self) -> None:
        """End the last line of the file; one that was cut short goes, as nobody can read it."""
        data = b"" if files.ends_a_line(self._path) else files.read(self._path) or b""
        if not data:
            return
        start = data.rfind(b"\n") + 1
        try:
            records.decode(data[start:], dict[str, Any])
        except records.Mismatch:
            os.truncate(self._path, start)
            message = (
                "a line that was cut short, taken out; the story is entered again when its input is read"
            )
            number = data.count(b"\n") + 1
            self.issues.append(Issue(self._name, number, message, Severity.WARNING))
        else:
            with self._path.open("ab") as file:
                file.write(b"\n")

    def _note_end(self) -> None:
        look = files.stat(self._path)
        self._catalogue.note("ledger", [look.size, look.mtime_ns] if look else [0])

    def _take_in(self, line: _Line, sketch: Collection[int]) -> None:
        catalogue = self._catalogue
        catalogue.run("INSERT OR IGNORE INTO sightings VALUES (?, ?)", line.id, line.input)
        if line.of:
            catalogue.run("INSERT OR REPLACE INTO retellings VALUES (?, ?)", line.id, line.of)
        if not line.path or line.captured is None:
            return
        known = catalogue.row("SELECT number FROM stories WHERE id = ?", line.id)
        (number,) = known or catalogue.row("SELECT ifnull(max(number), 0) + 1 FROM stories") or (1,)
        values = (line.path, line.digest, line.captured.isoformat(), line.words, array("I", sketch).tobytes())
        catalogue.run("INSERT OR REPLACE INTO stories VALUES (?, ?, ?, ?, ?, ?, ?)", line.id, *values, number)
        # A hash that a former telling had and this one has not stays: a sketch that is looked at tells all.
        catalogue.run_many("INSERT OR IGNORE INTO sketches VALUES (?, ?)", ((n, number) for n in sketch))


def _filed(row: tuple[Any, ...]) -> Filed:
    story, path, digest, captured, words, sketch = row
    return Filed(
        story, datetime.fromisoformat(captured), path, digest, words, "", frozenset(array("I", sketch))
    )


def render_sketch(sketch: Collection[int]) -> str:
    """Write a sketch as text: eight hexadecimal digits a number, in order."""
    return "".join(f"{number:08x}" for number in sorted(sketch))


def parse_sketch(text: str) -> frozenset[int]:
    """Read a sketch that `render_sketch` wrote; anything else in it is left out."""
    parts = (text[start : start + _DIGITS] for start in range(0, len(text), _DIGITS))
    return frozenset(int(part, 16) for part in parts if _NUMBER.fullmatch(part))


def _read(line: bytes) -> _Line:
    """Read a line.

    Raises:
        Mismatch: it is no entry, or has a number or a time that nothing can be filed by.
    """
    entry = records.decode(line, _Line)
    with suppress(OverflowError):
        if entry.captured:
            entry.captured.astimezone(UTC)
        if 0 <= entry.words <= _MOST_WORDS:
            return entry
    raise records.Mismatch("a number of words or a time that cannot be", ())


def _render(line: _Line) -> str:
    said = {name: getattr(line, name) for name in _Line.__slots__ if getattr(line, name)}
    return records.encode(said).decode()
