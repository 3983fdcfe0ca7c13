"""How large pictures are, from the beginning of their files."""

from pathlib import Path

from generator import files

LARGEST = 100_000
"""Pixels: what claims to be larger is damaged."""


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
            width, height = map(round, imagesize.get(file))  # of drawings (SVG) they are no whole numbers
    except Exception:  # noqa: BLE001 - what is damaged fails in whatever way
        return None
    return (width, height) if 0 < width <= LARGEST and 0 < height <= LARGEST else None
