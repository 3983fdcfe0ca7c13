"""The content folder as an ingest sees it and writes to it; in a rehearsal, one with another folder before it."""

from pathlib import Path

from generator import files, links, writing

STAGED = ".dateline-staged"
"""In the content folder: a file on its way, or what an ingest that was killed left of it."""


class Blocked(Exception):
    """A story's file cannot stand at its path: a link or a file stands where a folder has to be, at `place`."""

    def __init__(self, place: str, what: str) -> None:
        super().__init__(f"{place} is {what}")
        self.place = place
        self.what = what


class Folder:
    """The files of a content folder.

    Args:
        content: the folder.
        apart: where files are written instead, and found first: a rehearsal leaves the content as it is.
    """

    def __init__(self, content: Path, apart: Path | None = None) -> None:
        self.content = content
        self._written = apart or content
        self._staged = self._written / STAGED
        self._places = (apart, content) if apart else (content,)

    def clear(self) -> None:
        """Take away what an ingest that was killed left."""
        self._staged.unlink(missing_ok=True)

    def read(self, path: str) -> bytes:
        """Read a file, b"" where there is none."""
        found = (files.read(place / path) for place in self._places)
        return next((data for data in found if data is not None), b"")

    def holds(self, path: str) -> bool:
        """Tell whether a file stands at a path, be it a link."""
        return any(files.is_there(f"{place}/{path}") for place in self._places)

    def folders(self) -> set[str]:
        """Name what lies at the top of the content, but for what is hidden."""
        return {name for name in files.names(self.content) if not name.startswith(".")}

    def add(self, path: str, data: bytes) -> bool:
        """Write a file that does not exist yet; one that does is left alone, and `False` tells so.

        Raises:
            Blocked: a link or a file stands where a folder has to be.
        """
        self._check(path)
        return writing.write_new(self._written / path, data, self._staged)

    def replace(self, path: str, data: bytes) -> None:
        """Write a file in place of another.

        Raises:
            Blocked: as for `add`.
        """
        self._check(path)
        writing.write(self._written / path, data, self._staged)

    def _check(self, path: str) -> None:
        """See that a path leads nowhere else: behind a link to a folder no build would find the story."""
        place = links.obstacle(self.content, path)
        if place:
            raise Blocked(place, links.kind(self.content / place))
