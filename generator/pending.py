"""What a build is about to change in the output folder, kept beside the catalogue until it is done.

It stands in temporary tables: for a large site it would be most of what the process in charge has in memory.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.catalogue import Catalogue, decode, encode
from generator.model import Key, Written

TABLES = """
CREATE TEMP TABLE IF NOT EXISTS pending (
    path TEXT PRIMARY KEY, key TEXT NOT NULL, template TEXT NOT NULL, fingerprint TEXT NOT NULL,
    made_of TEXT NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, staged INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TEMP TABLE IF NOT EXISTS pending_links (article INTEGER, related INTEGER);
DELETE FROM pending;
DELETE FROM pending_links;
"""


class Pending:
    """The outputs of a build that will stand as they should, and the links of its articles.

    Args:
        catalogue: outside a transaction.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        with catalogue.transaction():
            for statement in TABLES.split(";"):
                catalogue.run(statement)

    def add(
        self, staged: Iterable[Written], same: Iterable[Written], links: Mapping[int, Sequence[int]]
    ) -> None:
        """Add outputs that wait in the staging folder, outputs that stand already, and articles' links."""
        with self._catalogue.transaction():
            for written, waits in ((staged, True), (same, False)):
                self._catalogue.run_many(
                    "INSERT OR REPLACE INTO pending VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        (
                            w.path,
                            encode(w.key),
                            w.template,
                            w.fingerprint,
                            w.made_of,
                            w.size,
                            w.mtime_ns,
                            waits,
                        )
                        for w in written
                    ),
                )
            self._catalogue.run_many(
                "INSERT INTO pending_links VALUES (?, ?)",
                ((article, related) for article, others in links.items() for related in (None, *others)),
            )

    def __contains__(self, path: str) -> bool:
        """Tell whether an output will stand at a path."""
        return self._catalogue.row("SELECT 1 FROM pending WHERE path = ?", path) is not None

    def staged(self) -> Iterator[str]:
        """Give the paths of what waits in the staging folder, in order."""
        found = self._catalogue.rows("SELECT path FROM pending WHERE staged ORDER BY path")
        return (path for (path,) in found)

    def drop(self, paths: Iterable[str]) -> set[Key]:
        """Take back outputs that cannot stand; give their keys."""
        found = [self._catalogue.row("SELECT key FROM pending WHERE path = ?", path) for path in paths]
        self._catalogue.run_many("DELETE FROM pending WHERE path = ?", ((path,) for path in paths))
        return {decode(row[0]) for row in found if row}

    def remember(self) -> None:
        """Enter all of it into the catalogue, inside a transaction."""
        run = self._catalogue.run
        run(
            "INSERT OR REPLACE INTO outputs"
            " SELECT path, key, template, fingerprint, made_of, size, mtime_ns FROM pending ORDER BY path"
        )
        run("DELETE FROM edges WHERE article IN (SELECT article FROM pending_links)")
        run(
            "INSERT INTO edges SELECT article, related FROM pending_links"
            " WHERE related IS NOT NULL ORDER BY article, related"
        )
