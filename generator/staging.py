"""Staging: files are written aside first, and moved to their places when all of them are ready."""

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from generator.files import STATE
from generator.urls import INDEX

STAGING = ".dateline-staging-"
"""How the names of staging folders begin."""


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
        self._output = output

    def move_in(self) -> list[str]:
        """Move every staged file to its place; a reader sees the old file or the new one, never a part.

        Returns: those that cannot be: a folder that is not empty stands there, or a file where a folder must be.
        """
        refused = [
            path
            for entry in list(os.scandir(self.folder))
            for path in _move(entry, self._output / entry.name)
        ]
        return [os.path.relpath(path, self.folder) for path in refused]

    def close(self) -> None:
        """Remove whatever is still staged."""
        shutil.rmtree(self.folder, ignore_errors=True)


def stage(folder: Path, path: str, data: bytes) -> tuple[int, int]:
    """Write a file below a staging folder.

    Returns: its size and the time it was written, which it keeps when it is moved.

    Raises:
        OSError: the name is too long, or a file stands where a folder must be, or the other way round.
    """
    target = f"{folder}/{path}"
    place, _, name = path.rpartition("/")
    if name == INDEX and place:  # mostly the first file of its folder
        _make_folders(folder, place)
    try:
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o666)
    except FileNotFoundError:
        _make_folders(folder, place)
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o666)
    try:
        written = os.write(handle, data)
        while written < len(data):
            written += os.write(handle, data[written:])
        look = os.fstat(handle)
    finally:
        os.close(handle)
    return look.st_size, look.st_mtime_ns


def _make_folders(folder: Path, path: str) -> None:
    if not path:  # never the staging folder itself: where it is gone, its build is over
        raise FileNotFoundError(errno.ENOENT, "there is no staging folder any more", str(folder))
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
    place = Path(staged.path)
    try:
        place.rename(target)
    except OSError as error:
        if staged.is_dir(follow_symlinks=False):  # the folder stands already, or a file in its place
            for entry in list(os.scandir(staged.path)):
                yield from _move(entry, target / entry.name)
        elif error.errno not in {errno.EISDIR, errno.ENOTDIR}:
            raise
        elif not _move_to_empty(place, target):
            yield staged.path


def _move_to_empty(place: Path, target: Path) -> bool:
    """Move a file to where a folder stands, if nothing is in that."""
    with suppress(OSError):
        target.rmdir()
        place.rename(target)
        return True
    return False
