"""The ledger: what every raw story became, in `content/.ledger.jsonl`, append-only and kept with the content.

The catalogue mirrors it, so that a question costs one row; when either changed behind the other's back, the
mirror is made again from the file.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from generator import files, records
from generator.catalogue import Catalogue
from generator.model import Issue, Severity

NAME = ".ledger.jsonl"
_DIGITS = 8


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
    """A line of the file: a filing, or, without a path, a later sighting of the story in another input."""

    id: str
    input: str
    path: str = ""
    digest: str = ""
    captured: datetime | None = None
    words: int = 0
    sketch: str = ""


class Ledger:
    """An open ledger.

    Args:
        content: the content folder it lies in.
        name: how to name that folder in issues.
        catalogue: mirrors it.
    """

    def __init__(self, content: Path, name: str, catalogue: Catalogue) -> None:
        self._path = content / NAME
        self._name = f"{name}/{NAME}"
        self._catalogue = catalogue
        self.issues: list[Issue] = []
        self._mirror()

    def find(self, story: str) -> Filed | None:
        """Look a story up by its id; what it was filed from is not told."""
        row = self._catalogue.row("SELECT path, digest, captured, words FROM stories WHERE id = ?", story)
        if row is None:
            return None
        path, digest, captured, words = row
        return Filed(story, datetime.fromisoformat(captured), path, digest, words, "", self._sketch(story))

    def similar(self, sketch: Collection[int]) -> Iterator[Filed]:
        """Give filed stories whose sketch shares something with this one, the most alike first."""
        self._catalogue.run("CREATE TEMP TABLE IF NOT EXISTS wanted (hash INTEGER PRIMARY KEY)")
        self._catalogue.run("DELETE FROM wanted")
        self._catalogue.run_many("INSERT INTO wanted VALUES (?)", ((number,) for number in sketch))
        found = self._catalogue.rows(
            "SELECT id, count(*) AS shared FROM wanted CROSS JOIN sketches USING (hash)"
            " GROUP BY id ORDER BY shared DESC, id LIMIT 10"
        )
        for story, _ in found.fetchall():
            filed = self.find(story)
            if filed:
                yield filed

    def file(self, filed: Filed) -> None:
        """Record that a story was filed; of several records of one story, the last counts."""
        self._append(
            _Line(
                id=filed.id,
                input=filed.input,
                path=filed.path,
                digest=filed.digest,
                captured=filed.captured,
                words=filed.words,
                sketch=render_sketch(filed.sketch),
            )
        )

    def see(self, story: str, seen_in: str) -> None:
        """Record that a filed story was found again in another input; once for each."""
        known = self._catalogue.row("SELECT 1 FROM sightings WHERE id = ? AND input = ?", story, seen_in)
        if not known:
            self._append(_Line(story, seen_in))

    def _sketch(self, story: str) -> frozenset[int]:
        return frozenset(n for (n,) in self._catalogue.rows("SELECT hash FROM sketches WHERE id = ?", story))

    def _append(self, line: _Line) -> None:
        files.append(self._path, [_render(line)])
        with self._catalogue.transaction():
            self._take_in(line)
            self._note_end()

    def _mirror(self) -> None:
        """Bring the catalogue up to the file."""
        look = files.stat(self._path)
        if [look.size, look.mtime_ns] == self._catalogue.recall("ledger", [0]) if look else False:
            return
        data = files.read(self._path) or b""
        with self._catalogue.transaction():
            for table in ("stories", "sightings", "sketches"):
                self._catalogue.run(f"DELETE FROM {table}")  # noqa: S608 - names of our own
            for number, text in enumerate(data.decode(errors="replace").splitlines(), start=1):
                try:
                    self._take_in(records.decode(text, _Line))
                except records.Mismatch as mismatch:
                    message = f"no ledger entry: {mismatch}"
                    self.issues.append(Issue(self._name, number, message, Severity.WARNING))
            self._note_end()

    def _note_end(self) -> None:
        look = files.stat(self._path)
        self._catalogue.note("ledger", [look.size, look.mtime_ns] if look else [0])

    def _take_in(self, line: _Line) -> None:
        catalogue = self._catalogue
        catalogue.run("INSERT OR IGNORE INTO sightings VALUES (?, ?)", line.id, line.input)
        if not line.path or line.captured is None:
            return
        values = (line.id, line.path, line.digest, line.captured.isoformat(), line.words)
        catalogue.run("INSERT OR REPLACE INTO stories VALUES (?, ?, ?, ?, ?)", *values)
        catalogue.run("DELETE FROM sketches WHERE id = ?", line.id)
        numbers = ((number, line.id) for number in parse_sketch(line.sketch))
        catalogue.run_many("INSERT OR IGNORE INTO sketches VALUES (?, ?)", numbers)


def render_sketch(sketch: Collection[int]) -> str:
    """Write a sketch as text: eight hexadecimal digits a number, in order."""
    return "".join(f"{number:08x}" for number in sorted(sketch))


def parse_sketch(text: str) -> frozenset[int]:
    """Read a sketch that `render_sketch` wrote; anything else in it is left out."""
    parts = (text[start : start + _DIGITS] for start in range(0, len(text), _DIGITS))
    return frozenset(
        int(part, 16) for part in parts if len(part) == _DIGITS and part.isalnum() and part.isascii()
    )


def _render(line: _Line) -> str:
    said = {name: getattr(line, name) for name in _Line.__slots__ if getattr(line, name)}
    return records.encode(said).decode()
