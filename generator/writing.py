"""Files that are written whole or not at all, whoever looks at them meanwhile."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}
"""What file systems say that have no links from one name to another."""


def write_new(path: Path, data: bytes, aside: Path | None = None) -> bool:
    """Write a file that must not exist yet, whole or not at all; `False` where it exists already.

    Args:
        path: the file.
        data: what is in it.
        aside: where it is written first; a kill may leave that. Else that is beside the file.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with _written(aside or _beside(path), data) as temporary:
        try:
            os.link(temporary, path)
        except FileExistsError:
            return False
        except OSError as error:
            if error.errno == errno.EXDEV and aside:
                return write_new(path, data)
            if error.errno not in NO_LINKS:
                raise
            if os.path.lexists(path):
                return False
            temporary.replace(path)
    return True


def write(path: Path, data: bytes, aside: Path | None = None) -> None:
    """Write a file or replace it; who reads meanwhile sees the whole old or the whole new one. As `write_new`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with _written(aside or _beside(path), data) as temporary:
        try:
            temporary.replace(path)
        except OSError as error:
            if error.errno != errno.EXDEV or not aside:
                raise
            write(path, data)


@contextmanager
def _written(temporary: Path, data: bytes) -> Iterator[Path]:
    """Write a file for a while. What a kill left there may be another name of a file that stands: it just goes."""
    temporary.unlink(missing_ok=True)
    try:
        temporary.write_bytes(data)
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name[:40]}.{os.getpid()}")
