"""Staging: files are written aside first, and moved to their places when all of them are ready."""

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from generator import links
from generator.files import STATE
from generator.urls import INDEX

STAGING = ".dateline-staging-"
"""How the names of staging folders begin."""

NEW = "new"
"""Below the staging folder: files in the folders they will have; a wholly new one is moved in one step."""

CHANGED = "changed"
"""Below the staging folder: files that stand already, named by their paths. They need no folders of their own."""

LONGEST = 255
"""Bytes in the name of a file, on nearly every file system."""


class Staging:
    """A folder of files on their way: written below it first, moved to their places when all of them are ready.

    Args:
        root: the site's folder.
        output: where the files will go; staging is on the same file system, so that a move is one step.
    """

    def __init__(self, root: Path, output: Path) -> None:
        state = root / STATE
        same = state.stat().st_dev == output.stat().st_dev
        place = state if same else output
        for leftover in place.glob(f"{STAGING}*"):
            shutil.rmtree(leftover, ignore_errors=True)
        # A name of its own: a worker that outlives a killed build by a moment never meets the next one's files.
        self.folder = Path(tempfile.mkdtemp(prefix=STAGING, dir=place))
        for name in (NEW, CHANGED):
            (self.folder / name).mkdir()
        self._output = output

    def drop(self, path: str) -> None:
        """Forget a staged file that is not to stand there after all."""
        (self.folder / NEW / path).unlink()

    def move_in(self) -> list[str]:
        """Move every staged file to its place; a reader sees the old file or the new one, never a part.

        Returns: those that cannot be: a folder that is not empty stands there, or a file or a link where a folder
            must be.
        """
        new, changed = self.folder / NEW, self.folder / CHANGED
        refused: list[str] = []
        for entry in list(os.scandir(new)):
            refused += (os.path.relpath(path, new) for path in _move(entry, self._output / entry.name))
        # Now that there is all they may link to; neighbours together, which are near each other on the disk.
        way = links.Way(self._output)
        for name in sorted(place.name for place in changed.iterdir()):
            path = _path(name)
            if way.link(path) or not _move_file(changed / name, self._output / path):
                refused.append(path)
        return refused

    def close(self) -> None:
        """Remove whatever is still staged."""
        shutil.rmtree(self.folder, ignore_errors=True)


def stage(folder: Path, path: str, data: bytes, *, standing: bool = False) -> tuple[int, int]:
    """Write a file below a staging folder.

    Args:
        folder: the staging folder.
        path: where the file will stand, below the output folder.
        data: what is in it.
        standing: tells that it stands already, and is Dateline's.

    Returns: its size and the time it was written, which it keeps when it is moved.

    Raises:
        OSError: the name is too long, or a file stands where a folder must be, or the other way round.
    """
    aside = _name(path) if standing else ""
    if aside and len(os.fsencode(aside)) <= LONGEST:
        handle = _create(f"{folder}/{CHANGED}/{aside}")
    else:
        handle = _create_new(f"{folder}/{NEW}", path)
    try:
        written = os.write(handle, data)
        while written < len(data):
            written += os.write(handle, data[written:])
        look = os.fstat(handle)
    finally:
        os.close(handle)
    return look.st_size, look.st_mtime_ns


def _name(path: str) -> str:
    """Name the file of a path as one that has no folders."""
    return path.replace("%", "%25").replace("/", "%2F")


def _path(name: str) -> str:
    return name.replace("%2F", "/").replace("%25", "%")


def _create_new(folder: str, path: str) -> int:
    place, _, name = path.rpartition("/")
    if name == INDEX and place:  # mostly the first file of its folder
        _make_folders(folder, place)
    try:
        return _create(f"{folder}/{path}")
    except FileNotFoundError:
        _make_folders(folder, place)
        return _create(f"{folder}/{path}")


def _create(target: str) -> int:
    return os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o666)


def _make_folders(folder: str, path: str) -> None:
    if not path:  # never the staging folder itself: where it is gone, its build is over
        raise FileNotFoundError(errno.ENOENT, "there is no staging folder any more", folder)
    place = f"{folder}/{path}"
    try:
        os.mkdir(place)  # noqa: PTH102 - ten thousand times a build, and a Path costs more than the call
    except FileNotFoundError:
        _make_folders(folder, path.rpartition("/")[0])
        _make_folders(folder, path)
    except FileExistsError:  # another process made it meanwhile
        if not Path(place).is_dir():
            raise


def _move(staged: "os.DirEntry[str]", target: Path) -> Iterator[str]:
    """Move a staged file, or a folder that is wholly new in one step, else what is in it; give what cannot be."""
    if not staged.is_dir(follow_symlinks=False):
        if not _move_file(Path(staged.path), target):
            yield staged.path
        return
    try:
        Path(staged.path).rename(target)
    except OSError:  # the folder stands already, or a file or a link in its place
        if target.is_symlink():
            yield from (str(path) for path in Path(staged.path).rglob("*") if path.is_file())
            return
        for entry in list(os.scandir(staged.path)):
            yield from _move(entry, target / entry.name)


def _move_file(place: Path, target: Path) -> bool:
    """Move a staged file, also to where an empty folder stands or none any more; tell whether that can be."""
    try:
        place.rename(target)
    except OSError as error:
        if error.errno not in {errno.EISDIR, errno.ENOTDIR, errno.ENOENT}:
            raise
        with suppress(OSError):
            if error.errno == errno.EISDIR:
                target.rmdir()
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
            place.rename(target)
            return True
        return False
    return True
