"""A folder as a host: on this machine, or mounted here."""

import shutil
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from generator import files, hosts, locks
from generator.publishing.apart import check_apart
from generator.publishing.digests import digest_of
from generator.publishing.host import LOCK, File, HostError
from generator.publishing.manifest import UNKNOWN

STAGED = ".dateline-staged"
"""In the folder: a file on its way, or what a publisher that was killed left of it."""


@contextmanager
def opened(
    target: hosts.Folder, root: Path, _tell: Callable[[str], None], *, looking: bool = False
) -> Iterator["Place"]:
    """Open a folder to publish to. See `host`.

    Raises:
        Passing: somebody else publishes there.
    """
    folder = root / Path(target.path).expanduser()
    place = Place(folder, target.path)
    with _told(place.name):
        check_apart(folder, root)
        if folder.exists() and not folder.is_dir():
            raise HostError(f"{place.name}: is a file; name a folder")
        if looking:
            yield place
            return
        folder.mkdir(parents=True, exist_ok=True)
        busy = f"{place.name}: another publisher is at work there; try again when it is done"
        with locks.file_lock(folder / LOCK, busy):
            (folder / STAGED).unlink(missing_ok=True)
            yield place


class Place:
    """A folder as a `Host`. A file is written beside the others and takes its place in one step.

    Args:
        folder: where it is.
        name: what messages call it.
    """

    form = ""
    exclusive = False
    extras: Mapping[str, bytes] = MappingProxyType({})

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self._folder = folder

    def check(self) -> None:
        """See `Host`: the system keeps the lock as long as this process lives."""

    def read(self, name: str) -> bytes | None:
        """See `Host`."""
        with _told(self.name):
            return files.read(self._folder / name)

    def write(self, name: str, data: bytes) -> None:
        """See `Host`. What was moved in before is on the disk when this is, on file systems that keep an order."""
        with _told(self.name):
            staged = self._folder / STAGED
            staged.write_bytes(data)
            files.sync(staged)
            staged.replace(self._folder / name)

    def remove(self, name: str) -> None:
        """See `Host`."""
        with _told(self.name):
            (self._folder / name).unlink(missing_ok=True)

    def listing(self, wanted: Mapping[str, File]) -> dict[str, str]:
        """See `Host`. Files of another size are not read; what links hide counts where it would be replaced."""
        with _told(self.name):
            found = {path: self._digest(path, look.size, wanted) for path, look in files.walk(self._folder)}
            hidden = (path for path in wanted.keys() - found if files.is_there(f"{self._folder}/{path}"))
            return found | {path: self._linked(path, wanted[path]) for path in hidden}

    def _digest(self, path: str, size: int, wanted: Mapping[str, File]) -> str:
        file = wanted.get(path)
        return digest_of(self._folder / path) if file and file.size == size else UNKNOWN

    def _linked(self, path: str, file: File) -> str:
        target = self._folder / path
        return UNKNOWN if target.is_symlink() else self._digest(path, target.stat().st_size, {path: file})

    def upload(self, files: Sequence[File]) -> Generator[str, None, None]:
        """See `Host`."""
        staged = self._folder / STAGED
        for file in files:
            target = self._folder / file.path
            with _told(self.name):
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file.source, staged)
                staged.replace(target)
            yield file.path

    def delete(self, paths: Sequence[str]) -> Generator[str, None, None]:
        """See `Host`."""
        for path in paths:
            with _told(self.name):
                files.delete(
                    self._folder, [path], follow=True
                )  # links there are its owner's, and used by uploads
            yield path

    def finish(self, summary: str) -> None:
        """See `Host`: everything is seen already."""


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Tell what the system says as what the host says."""
    try:
        yield
    except OSError as error:
        where = "" if error.filename in {None, name} else f" ({error.filename})"
        raise HostError(f"{name}: {error.strerror or error}{where}") from error
