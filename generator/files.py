"""The disk: scan, read, write, delete. Nothing here knows what the files are about."""

import errno
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from stat import S_ISDIR, S_ISLNK, S_ISREG
from typing import NamedTuple

from generator import links
from generator.filenames import is_plain
from generator.model import DatelineError

STATE = ".dateline"
"""Below the site's folder: the catalogue, the lock, staging. All of it can be thrown away."""

JOURNAL = ".dateline"
"""In the output folder: every path a build ever put there, a line each. It makes the folder Dateline's own."""

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


def scan(folder: Path, paths: Iterable[str] = ("",), ill_named: list[str] | None = None) -> dict[str, Stat]:
    """Find every file below a folder, whatever the order the file system lists them in.

    Left out are hidden names, links that lead outside, for what they hold is not the site's, linked folders, what
    is no file, and what `is_plain` says no to.

    Args:
        folder: the folder.
        paths: files and folders below it: nothing else is looked at. "" is all of it.
        ill_named: takes the files and folders whose names are not plain.

    Returns: paths relative to the folder, with `/` between their parts, in code point order.
    """
    return dict(sorted(walk(folder, paths, ill_named)))


def walk(
    folder: Path, paths: Iterable[str] = ("",), ill_named: list[str] | None = None
) -> Iterator[tuple[str, Stat]]:
    """Find the same one by one, in any order."""
    odd = [] if ill_named is None else ill_named
    for path in paths:
        target = f"{folder}/{path}"
        mode = links.mode(target) if not path or _leads_there(folder, path) else 0
        if mode and not is_plain(path):
            odd.append(path)
        elif not path or S_ISDIR(mode):
            yield from _walk(folder, target if path else str(folder), f"{path}/" if path else "", odd)
        elif S_ISREG(mode) or (S_ISLNK(mode) and links.is_inside(target, folder) and os.path.isfile(target)):  # noqa: PTH113
            with suppress(FileNotFoundError):  # it went meanwhile
                yield path, _stat(os.stat(target))  # noqa: PTH116


def _walk(folder: Path, start: str, prefix: str, ill_named: list[str]) -> Iterator[tuple[str, Stat]]:
    waiting = [(start, prefix)]
    while waiting:
        place, prefix = waiting.pop()
        entries = _entries(place)
        if entries is None:
            ill_named.append(prefix.removesuffix("/"))
        for entry in entries or ():
            name = entry.name
            if name[0] == ".":
                continue
            if not (name.isascii() and name.isprintable()) and not is_plain(name):
                ill_named.append(prefix + name)
                continue
            try:
                if entry.is_file(follow_symlinks=False):
                    yield prefix + name, _stat(entry.stat(follow_symlinks=False))
                elif entry.is_dir(follow_symlinks=False):
                    waiting.append((entry.path, f"{prefix}{name}/"))
                elif links.is_inside(entry.path, folder) and os.path.isfile(entry.path):  # noqa: PTH113 - also of odd links
                    yield prefix + name, _stat(entry.stat())
            except FileNotFoundError:  # it went meanwhile
                continue


def _entries(place: str) -> "list[os.DirEntry[str]] | None":
    """Give what lies in a folder, nothing where there is none; `None` where its path is too long to look there."""
    try:
        return list(os.scandir(place))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        if error.errno != errno.ENAMETOOLONG:
            raise
        return None


def _leads_there(folder: Path, path: str) -> bool:
    """Tell whether a scan of all comes to a path: through folders that are neither hidden nor links."""
    place = ""
    for part in path.split("/"):
        if part[:1] in {"", "."} or (place and S_ISLNK(links.mode(f"{folder}{place}"))):
            return False
        place = f"{place}/{part}"
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
    except OSError as error:
        if error.errno != errno.ENAMETOOLONG:
            raise
        return False


def read(path: Path | str, most: int = -1) -> bytes | None:
    """Read a whole file, or so many bytes of it; `None` where there is none, or something else, such as a pipe."""
    try:
        with open(path, "rb", buffering=0, opener=_at_once) as file:
            return file.read(most) if S_ISREG(os.fstat(file.fileno()).st_mode) else None
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
    except OSError as error:
        error.filename = error.filename or os.fspath(path)  # a disk that fails does not say of which file
        raise


def _at_once(path: str, flags: int) -> int:
    """Open a file without waiting: a pipe would let one wait for who writes into it."""
    return os.open(path, flags | os.O_NONBLOCK)


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


def sync(path: Path) -> None:
    """Wait until all that was written to a file is on the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def ends_a_line(path: Path) -> bool:
    """Tell whether a file ends with the end of a line, or there is nothing in it to end."""
    with suppress(FileNotFoundError), path.open("rb") as file:
        if file.seek(0, os.SEEK_END):
            file.seek(-1, os.SEEK_END)
            return file.read(1) == b"\n"
    return True


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


def delete(folder: Path, paths: Iterable[str], *, follow: bool = False) -> None:
    """Delete files below a folder, and the folders that this leaves empty; behind links only to `follow` them."""
    parents: set[Path] = set()
    way = links.Way(folder)
    for path in paths:
        target = folder / path
        if S_ISDIR(links.mode(str(target))) or (not follow and way.link(path)):
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
    links.check_output(output, JOURNAL)
    output.mkdir(parents=True, exist_ok=True)
    (output / f"{JOURNAL}.new").unlink(missing_ok=True)
    data = read(output / JOURNAL)
    if data is not None:
        whole = data.rfind(b"\n") + 1
        if whole < len(data):
            # Nothing was moved yet to where the last line leads, or to wherever it seems to.
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
    owned: set[str] = set()
    if f"\n{TAKEN_BACK}" not in f"\n{journal}":
        owned.update(lines)
    else:
        for line in lines:
            if line.startswith(TAKEN_BACK):
                owned.discard(line.removeprefix(TAKEN_BACK))
            else:
                owned.add(line)
    if ".." in journal:  # no build writes a path that leads out, and nothing out there is deleted
        owned = {path for path in owned if ".." not in path.split("/")}
    return owned - {""}


def write_journal(output: Path, paths: Iterable[str]) -> None:
    """Replace the journal by the paths that stand now, in one step."""
    new = output / f"{JOURNAL}.new"
    new.write_bytes("".join(f"{path}\n" for path in sorted(paths)).encode())
    new.replace(output / JOURNAL)


def _stat(result: os.stat_result) -> Stat:
    return Stat(result.st_size, result.st_mtime_ns, result.st_ctime_ns, result.st_ino)
