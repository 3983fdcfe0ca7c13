"""The disk: scan, read, stage, replace, delete, lock. Nothing here knows what the files are about."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import S_ISDIR
from typing import NamedTuple

from filelock import FileLock, Timeout

from generator.model import DatelineError

STATE = ".dateline"
"""Below the site's folder: the catalogue, the lock, staging. All of it can be thrown away."""

JOURNAL = ".dateline"
"""In the output folder: every path a build ever put there. It makes the folder Dateline's own."""

LOCK_SECONDS = 60.0
"""How long to wait for another run to end before saying who it is."""


class Stat(NamedTuple):
    """What tells without reading that a file is the one it was. Times are nanoseconds since 1970."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int


def scan(folder: Path) -> dict[str, Stat]:
    """Find every file below a folder, whatever the order the file system lists them in.

    Hidden names are left out, and so are links that lead outside: what they hold is not the site's.

    Returns: paths relative to the folder, with `/` between their parts, in code point order.
    """
    found: dict[str, Stat] = {}
    waiting = [(str(folder), "")]
    while waiting:
        place, prefix = waiting.pop()
        try:
            entries = list(os.scandir(place))
        except (FileNotFoundError, NotADirectoryError):
            continue
        for entry in entries:
            name = entry.name
            if name[0] == ".":
                continue
            if entry.is_file(follow_symlinks=False):
                found[prefix + name] = _stat(entry.stat(follow_symlinks=False))
            elif entry.is_dir(follow_symlinks=False):
                waiting.append((entry.path, f"{prefix}{name}/"))
            elif _inside(entry.path, folder) and entry.is_file():
                found[prefix + name] = _stat(entry.stat())
    return dict(sorted(found.items()))


def unlike(folder: Path, looks: Mapping[str, tuple[int, int]]) -> list[str]:
    """Find the files below a folder that are missing, or of another size or time than they were left with."""
    start = f"{folder}/"
    return [path for path, look in looks.items() if _look(start + path) != look]


def _look(path: str) -> tuple[int, int] | None:
    try:
        found = os.lstat(path)
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def stat(path: Path) -> Stat | None:
    """Look at one file; `None` where there is none."""
    try:
        return _stat(path.stat())
    except (FileNotFoundError, NotADirectoryError):
        return None


def is_there(path: str) -> bool:
    """Tell whether a file stands at a path, be it a link; a folder is none."""
    try:
        return not S_ISDIR(os.lstat(path).st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False


def read(path: Path | str) -> bytes | None:
    """Read a whole file; `None` where there is none."""
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - ten thousand times a build
            return file.read()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None


def write_new(path: Path, data: bytes) -> bool:
    """Write a file that must not exist yet, whole or not at all; `False` where it exists already."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name[:40]}.{os.getpid()}")
    temporary.write_bytes(data)
    try:
        os.link(temporary, path)
    except FileExistsError:
        return False
    finally:
        temporary.unlink()
    return True


def write(path: Path, data: bytes) -> None:
    """Write a file or replace it; who reads meanwhile sees the whole old or the whole new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name[:40]}.{os.getpid()}")
    temporary.write_bytes(data)
    temporary.replace(path)


def sync(path: Path) -> None:
    """Wait until all that was written to a file is on the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def append(path: Path, lines: Iterable[str]) -> None:
    """Add lines to a text file in one write. A last line that a crash cut short is ended first."""
    text = "".join(f"{line}\n" for line in lines)
    if not text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab+") as file:
        if file.tell():
            file.seek(-1, os.SEEK_END)
            text = text if file.read(1) == b"\n" else f"\n{text}"
        file.write(text.encode())


@contextmanager
def lock(root: Path, what: str, tell: Callable[[str], None]) -> Iterator[None]:
    """Hold a site's lock, so that one run at a time changes it. The system frees it when its holder dies.

    Args:
        root: the site's folder.
        what: what the holder does, for others to read.
        tell: is called with a sentence when there is somebody to wait for.

    Raises:
        DatelineError: another run still held it after `LOCK_SECONDS`.
    """
    state = root / STATE
    state.mkdir(parents=True, exist_ok=True)
    holder = state / "holder"
    held = FileLock(state / "lock", timeout=LOCK_SECONDS)
    try:
        held.acquire(timeout=0)
    except Timeout:
        tell(f"waiting for {_holder(holder)}")
        try:
            held.acquire()
        except Timeout:
            raise DatelineError(
                f"{_holder(holder)} still works on this site; try again when it is done"
            ) from None
    try:
        holder.write_text(f"{what}, process {os.getpid()}")
        yield
    finally:
        held.release()


def delete(folder: Path, paths: Iterable[str]) -> None:
    """Delete files below a folder, and the folders that this leaves empty."""
    parents: set[Path] = set()
    for path in paths:
        target = folder / path
        if target.is_dir() and not target.is_symlink():
            continue  # not the file it was
        with suppress(NotADirectoryError):
            target.unlink(missing_ok=True)
        parents.update(parent for parent in target.parents if folder in parent.parents)
    for parent in sorted(parents, key=lambda place: len(place.parts), reverse=True):
        try:
            parent.rmdir()
        except OSError:  # something else lives there, or it is gone already
            continue


def read_journal(output: Path) -> set[str]:
    """Read which files in the output folder are Dateline's own. What a crash left half written there is removed.

    Raises:
        DatelineError: the folder holds files and no journal: it is somebody else's.
    """
    if output.exists() and not output.is_dir():
        raise DatelineError(f"{output.name} is a file; the site needs a folder of that name")
    output.mkdir(parents=True, exist_ok=True)
    (output / f"{JOURNAL}.new").unlink(missing_ok=True)
    data = read(output / JOURNAL)
    if data is not None:
        whole = data.rfind(b"\n") + 1
        if whole < len(
            data
        ):  # nothing was moved yet to where the last line leads, or to wherever it seems to
            os.truncate(output / JOURNAL, whole)
        return set(data[:whole].decode(errors="replace").split("\n")) - {""}
    foreign = next((path.name for path in output.iterdir() if not path.name.startswith(".")), None)
    if foreign is not None:
        raise DatelineError(
            f"{output.name}/ holds {foreign!r} and was not made by Dateline;"
            " empty it, or name another folder as [build] output"
        )
    return set()


def is_bare(output: Path) -> bool:
    """Tell whether nothing but the journal stands in the output folder."""
    return {path.name for path in output.iterdir()} <= {JOURNAL}


def write_journal(output: Path, paths: Iterable[str]) -> None:
    """Replace the journal by the paths that stand now, in one step."""
    new = output / f"{JOURNAL}.new"
    new.write_bytes("".join(f"{path}\n" for path in sorted(paths)).encode())
    new.replace(output / JOURNAL)


def _stat(result: os.stat_result) -> Stat:
    return Stat(result.st_size, result.st_mtime_ns, result.st_ctime_ns, result.st_ino)


def _inside(path: str, folder: Path) -> bool:
    try:
        return Path(path).resolve().is_relative_to(folder.resolve())
    except RuntimeError:  # a link that leads to itself
        return False


def _holder(path: Path) -> str:
    return path.read_text(errors="replace") if path.exists() else "another run"
