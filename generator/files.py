"""The disk: scan, read, write, delete. Nothing here knows what the files are about."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from stat import S_ISDIR, S_ISLNK, S_ISREG
from typing import NamedTuple

from generator.model import DatelineError

STATE = ".dateline"
"""Below the site's folder: the catalogue, the lock, staging. All of it can be thrown away."""

JOURNAL = ".dateline"
"""In the output folder: every path a build ever put there. It makes the folder Dateline's own."""

TAKEN_BACK = "/"
"""Begins a line of the journal that says that the path after it is Dateline's no more."""


SPARE_LINES = 1_000
"""So many lines of the journal may say nothing that holds any more, whatever its length."""


class Stat(NamedTuple):
    """What tells without reading that a file is the one it was. Times are nanoseconds since 1970."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int


def scan(folder: Path, paths: Iterable[str] = ("",)) -> dict[str, Stat]:
    """Find every file below a folder, whatever the order the file system lists them in.

    Hidden names are left out, and so are links that lead outside: what they hold is not the site's.

    Args:
        folder: the folder.
        paths: files and folders below it: nothing else is looked at. "" is all of it.

    Returns: paths relative to the folder, with `/` between their parts, in code point order.
    """
    return dict(sorted(walk(folder, paths)))


def walk(folder: Path, paths: Iterable[str] = ("",)) -> Iterator[tuple[str, Stat]]:
    """Find the same one by one, in any order."""
    for path in paths:
        target = folder / path
        if path and not _leads_there(folder, path):
            continue
        if not path or (target.is_dir() and not target.is_symlink()):
            yield from _walk(folder, str(target), f"{path}/" if path else "")
        elif target.is_file() and (not target.is_symlink() or is_inside(str(target), folder)):
            _check_name(str(target))
            yield path, _stat(target.stat())


def _walk(folder: Path, start: str, prefix: str) -> Iterator[tuple[str, Stat]]:
    waiting = [(start, prefix)]
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
            if not name.isascii():
                _check_name(f"{place}/{name}")
            if entry.is_file(follow_symlinks=False):
                yield prefix + name, _stat(entry.stat(follow_symlinks=False))
            elif entry.is_dir(follow_symlinks=False):
                waiting.append((entry.path, f"{prefix}{name}/"))
            elif is_inside(entry.path, folder) and entry.is_file():
                yield prefix + name, _stat(entry.stat())


def is_text(path: str) -> bool:
    """Tell whether a path is text (UTF-8): nothing else has an address, or a place in the catalogue."""
    return path.isascii() or not any("\udc80" <= character <= "\udcff" for character in path)


def _check_name(path: str) -> None:
    if not is_text(path):
        shown = os.fsencode(path).decode("utf-8", "backslashreplace")
        raise DatelineError(f"{shown}: the name of this file or folder is not UTF-8; rename it")


def _leads_there(folder: Path, path: str) -> bool:
    """Tell whether a scan of all comes to a path: through folders that are neither hidden nor links."""
    place = folder
    for part in path.split("/"):
        if part[:1] in {"", "."} or (place != folder and place.is_symlink()):
            return False
        place /= part
    return True


def missing(folder: Path, paths: Iterable[str]) -> list[str]:
    """Name those of some files below a folder that a scan of all would not find."""
    leads: dict[str, bool] = {}
    gone = []
    for path in paths:
        above = path.rpartition("/")[0]
        if above not in leads:
            leads[above] = not above or _leads_there(folder, f"{above}/_")
        try:
            mode = os.lstat(folder / path).st_mode if leads[above] else 0
        except (FileNotFoundError, NotADirectoryError):
            mode = 0
        if not (S_ISREG(mode) or (S_ISLNK(mode) and scan(folder, (path,)))):
            gone.append(path)
    return gone


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


def read(path: Path | str, most: int = -1) -> bytes | None:
    """Read a whole file, or its beginning: so many bytes of it; `None` where there is none."""
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - ten thousand times a build
            return file.read(most)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None


def names(folder: Path) -> list[str]:
    """Name what lies in a folder; nothing where there is none."""
    try:
        return [entry.name for entry in os.scandir(folder)]
    except (FileNotFoundError, NotADirectoryError):
        return []


def lines(path: Path) -> Iterator[bytes]:
    """Give the lines of a file one by one, without their ends; none where there is no file."""
    with suppress(FileNotFoundError), path.open("rb") as file:
        yield from (line.rstrip(b"\r\n") for line in file)


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
        owned = _owned(data[:whole].decode(errors="replace"))
        if data.count(b"\n") > 2 * len(owned) + SPARE_LINES:
            write_journal(output, owned)
        return owned
    foreign = next((path.name for path in output.iterdir() if not path.name.startswith(".")), None)
    if foreign is not None:
        raise DatelineError(
            f"{output.name}/ holds {foreign!r} and was not made by Dateline;"
            " empty it, or name another folder as [build] output"
        )
    return set()


def _owned(journal: str) -> set[str]:
    """Give the paths of a journal, without those that a later line takes back."""
    lines = journal.split("\n")
    if f"\n{TAKEN_BACK}" not in f"\n{journal}":
        return set(lines) - {""}
    owned: set[str] = set()
    for line in lines:
        if line.startswith(TAKEN_BACK):
            owned.discard(line.removeprefix(TAKEN_BACK))
        else:
            owned.add(line)
    return owned - {""}


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


def is_inside(path: Path | str, folder: Path) -> bool:
    """Tell whether what a path leads to lies in a folder."""
    try:
        return Path(path).resolve().is_relative_to(folder.resolve())
    except RuntimeError:  # a link that leads to itself
        return False
