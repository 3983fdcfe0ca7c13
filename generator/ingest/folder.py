"""The content folder as an ingest sees it and writes to it; in a rehearsal, one with another folder before it."""

from pathlib import Path

from generator import files


class Folder:
    """The files of a content folder.

    Args:
        content: the folder.
        apart: where files are written instead, and found first: a rehearsal leaves the content as it is.
    """

    def __init__(self, content: Path, apart: Path | None = None) -> None:
        self.content = content
        self._written = apart or content
        self._places = (apart, content) if apart else (content,)

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

    def add(self, path: str, data: bytes) -> None:
        """Write a file that does not exist yet; one that does is left alone."""
        files.write_new(self._written / path, data)

    def replace(self, path: str, data: bytes) -> None:
        """Write a file in place of another."""
        files.write(self._written / path, data)
