"""Links on the way: what is written to a folder that is a link in truth stands elsewhere."""

import os
from pathlib import Path
from stat import S_ISDIR, S_ISLNK

from generator.model import DatelineError


class Way:
    """Knows which folders below a folder are links, or lie behind one; each is looked at once.

    Args:
        folder: may be a link itself, which is its owner's wish.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._links = {"": ""}

    def link(self, path: str) -> str:
        """Name the first folder on the way to a path that is a link, "" where none is."""
        return self._link(path.rpartition("/")[0])

    def _link(self, place: str) -> str:
        known = self._links.get(place)
        if known is None:
            known = self._link(place.rpartition("/")[0])
            if not known and S_ISLNK(mode(f"{self._folder}/{place}")):
                known = place
            self._links[place] = known
        return known


def obstacle(folder: Path, path: str) -> str:
    """Name a link or a file that stands where a folder has to be on the way to a path, "" where none does."""
    places = [path[:end] for end, character in enumerate(path) if character == "/"]
    return next((place for place in places if not _is_free(mode(f"{folder}/{place}"))), "")


def kind(path: Path) -> str:
    """Call what stands at such a place by its kind."""
    return "a link" if path.is_symlink() else "a file"


def _is_free(found: int) -> bool:
    return not found or S_ISDIR(found)


def check_output(output: Path, journal: str) -> None:
    """See that the output folder is one, or can be made, and that its journal is not kept elsewhere.

    Raises:
        DatelineError: it is not so.
    """
    if not output.exists() and output.is_symlink():
        raise DatelineError(
            f"{output.name} is a link that leads nowhere; make the folder it names, or remove it"
        )
    if output.exists() and not output.is_dir():
        raise DatelineError(f"{output.name} is a file; the site needs a folder of that name")
    if (output / journal).is_symlink():
        raise DatelineError(f"{output.name}/{journal} is a link; put the file it leads to in its place")


def mode(path: str) -> int:
    """Tell what kind of thing stands at a path itself (inode(7)); 0 where nothing does, or nothing can."""
    try:
        return os.lstat(path).st_mode
    except (OSError, ValueError):
        return 0


def is_inside(path: Path | str, folder: Path) -> bool:
    """Tell whether what a path leads to lies in a folder."""
    try:
        return Path(path).resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # a link that leads to itself, or to no name at all
        return False
