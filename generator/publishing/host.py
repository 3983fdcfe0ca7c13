"""What a publish asks of a host, whatever its kind.

Each kind is a module with a context manager `opened(target, root, tell, looking=False)` that gives such a `Host`:

- `target` is the table of the configuration, and paths in it count from `root`, the site's folder;
- `tell` is called with a sentence when there is somebody to wait for;
- whoever is only `looking` changes nothing, and keeps nobody else from publishing.
"""

from collections.abc import Generator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from generator.model import DatelineError

MANIFEST = ".dateline-manifest"
"""What stands at the host, file by file: see `manifest`."""

PENDING = ".dateline-pending"
"""What a publisher began to change there; it is gone when all of it is done."""

LOCK = ".dateline-lock"
"""Who publishes there: see `lease`."""

OWN = frozenset({MANIFEST, PENDING, LOCK})
"""Files at the host that are no part of the site, and are in no listing."""


class File(NamedTuple):
    """A file of the site: its path there, where its bytes lie meanwhile, their SHA-256 in hex, their number.

    While a host is looked at they lie in the output folder, and may be compared with what stands there; while it is
    changed they lie where no build changes them.
    """

    path: str
    source: Path
    digest: str
    size: int


class HostError(DatelineError):
    """The host does not do what it is asked for: no network, no right, no room. The message names it."""


class Host(Protocol):
    """A place that a site is published to. Its methods raise `HostError`, with a sentence that holds no secret.

    Paths are those of the site's files, `/` between their parts. What is written there is seen whole or not at
    all, whenever a reader comes and wherever the publisher is killed.

    Attributes:
        name: what messages call it, without a password.
        form: how it changes files on their way, "" if not at all; another form than the last means that every
            file goes there again.
        extras: files that this host needs beside the site's own, by path.
        exclusive: nothing but the site may stand there, so that its listing is always looked at.
    """

    name: str
    form: str
    exclusive: bool
    extras: Mapping[str, bytes]

    def check(self) -> None:
        """See that the host is still ours to change: nobody took over who took us for dead."""

    def read(self, name: str) -> bytes | None:
        """Read a small file; `None` where there is none."""

    def write(self, name: str, data: bytes) -> None:
        """Write a small file, or replace it."""

    def remove(self, name: str) -> None:
        """Remove a small file; it may be gone already."""

    def listing(self, wanted: Mapping[str, File]) -> dict[str, str]:
        """Look at what stands there.

        Args:
            wanted: the files of the site, by path.

        Returns: every file but `OWN`, by path, with its SHA-256, or `manifest.UNKNOWN` where that would cost a
            download; that of the wanted file where a checksum of another kind shows that it is the same.
        """

    def upload(self, files: Sequence[File]) -> Generator[str, None, None]:
        """Bring files there, in any order; gives each path when its file is in its place. Closed, it stops."""

    def delete(self, paths: Sequence[str]) -> Generator[str, None, None]:
        """Delete files, and folders that this empties; gives each path when its file is gone. Closed, it stops."""

    def finish(self, summary: str) -> None:
        """Show readers what was done, where the host does not do so at once: a branch moves in one step.

        Args:
            summary: what was done, in a line.
        """


class Shared(Protocol):
    """A host whose files others can change at the same time: what a `lease` is kept with."""

    name: str

    def create(self, name: str, data: bytes) -> bool:
        """Write a small file that is not there yet; `False` where it is. Of several that try, one may succeed."""

    def read(self, name: str) -> bytes | None:
        """Read a small file; `None` where there is none."""

    def replace(self, name: str, old: bytes, new: bytes) -> bool:
        """Replace a small file if it still holds the old bytes; `False` where it does not."""

    def remove(self, name: str) -> None:
        """Remove a small file; it may be gone already."""
