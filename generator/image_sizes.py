"""How large pictures are, from the beginning of their files."""

from pathlib import Path
from typing import BinaryIO

from generator import files

LARGEST = 100_000
"""Pixels: what claims to be larger is damaged."""


MOST_READS = 2_000
"""Looks into a picture's file: a camera's picture takes some fifty, a damaged one may take one for each byte."""

MOST_BYTES = 4 * 1024 * 1024
"""Bytes read of it."""


class _Beginning:
    """A file that may be read for a while only."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._reads = MOST_READS
        self._bytes = MOST_BYTES

    def read(self, size: int = -1) -> bytes:
        self._reads -= 1
        self._bytes -= size if size >= 0 else MOST_BYTES
        if self._reads < 0 or self._bytes < 0:
            raise ValueError("this is no picture")
        return self._file.read(size)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)


def measure(content: Path, path: str) -> tuple[int, int] | None:
    """Give the width and height at which browsers show a picture, in pixels: turned as its camera says (EXIF).

    Args:
        content: the content folder.
        path: the picture's path below it; a file that a scan would not find is none.

    Returns: `None` where there is no picture, or none whose size its file tells.
    """
    if path.endswith(".md") or path not in files.scan(content, (path,)):
        return None
    import imagesize  # noqa: PLC0415 - most sites have no pictures of their own

    try:  # with an open file: given a name, the library would also fetch what begins with `http`
        with (content / path).open("rb") as file:
            width, height = map(
                round, imagesize.get(_Beginning(file))
            )  # of drawings (SVG) they are no whole numbers
    except Exception:  # noqa: BLE001 - what is damaged fails in whatever way
        return None
    return (width, height) if 0 < width <= LARGEST and 0 < height <= LARGEST else None
