"""What is published, held still: the next build may replace files while a publish goes on."""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

NAME = "publishing-snapshot"
"""In the state folder, as long as a publish goes on."""


class Snapshot:
    """A folder with the files of a site at their paths, as they were when they were taken.

    Args:
        folder: where it is; nothing is there yet.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def place(self, path: str) -> Path:
        """Give the place of a file here."""
        return self._folder / path

    def take(self, output: Path, paths: Iterable[str]) -> None:
        """Take files of the output folder. A build replaces files and never writes into one, so a link will do."""
        for path in paths:
            target = self._make_room(path)
            try:
                os.link(output / path, target)
            except OSError:  # another file system, or one without links
                shutil.copyfile(output / path, target)

    def add(self, path: str, data: bytes) -> None:
        """Add a file that the output folder does not have."""
        self._make_room(path).write_bytes(data)

    def _make_room(self, path: str) -> Path:
        target = self.place(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        return target


@contextmanager
def snapshot(state: Path) -> Iterator[Snapshot]:
    """Make a snapshot to fill, and take it away in the end; one publish of a site goes on at a time.

    Args:
        state: the folder of what is remembered from run to run.
    """
    folder = state / NAME
    shutil.rmtree(folder, ignore_errors=True)  # what one that was killed left
    folder.mkdir(parents=True)
    try:
        yield Snapshot(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
