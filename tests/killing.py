"""A program that has builds killed at every single write and commit, and looks at what the next build makes of it.

    python tests/killing.py FOLDER STORY WORKERS [--step N] [--rounds N] [--random N]

In FOLDER it makes a small site and forks one build after the other. The first is killed before its first event, the
next `--step` events later, until they end unharmed. An event is anything that changes the disk: a file opened for
writing (killed before and just after), written to (killed half way), renamed, removed, a folder made or removed, a
commit, lines added to the journal (cut short). Events in the build's process and in its workers count alike. With
`--random`, so many builds are killed at random moments instead. It prints JSON: how many builds were `killed`, and
what was `wrong` then.
"""

import gc
import json
import os
import random
import re
import select
import shutil
import signal
import sqlite3
import stat
import sys
import tempfile
import time
import traceback
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from itertools import count, cycle, repeat
from pathlib import Path
from typing import Any, NoReturn

from conftest import NOW, Project, quiet, tree

from generator import files
from generator.build import build
from generator.taxonomy import TAXONOMY
from generator.workspace import Options

Files = Mapping[str, bytes]
"""What files hold, by their paths."""

FEW = "".join(f"{topic.slug} = false\n" for topic in TAXONOMY if topic.slug != "sport")
CONFIG = f'[site]\ntitle = "Torture"\nbase_url = "https://news.example/"\n\n[topics]\n{FEW}'

HIDDEN: Files = {".nojekyll": b"", ".well-known/a.txt": b"theirs"}
"""Foreign files that an output folder may hold before the first build."""

FOREIGN: Files = {
    "CNAME": b"news.example",
    "2025/06/02/notes.txt": b"theirs",
    "2025/06/02/walk/map.svg": b"theirs",
}
"""Foreign files that came later."""

AT_MOST = 30.0
"""Seconds after which workers without a parent should be gone; it takes them a few thousandths of one."""

ENOUGH = 3
"""How much has to be wrong before there is no need to look further."""


def _article(title: str, day: str, more: str = "", body: str = "Text.") -> bytes:
    return f"---\ntitle: {title}\ndate: {day}\n{more}---\n\n{body}\n".encode()


FIRST: Files = {
    "content/sport/a/cup.md": _article("Cup", "2025-06-01", "aliases: [/old/]\n", "![A](a.png) [B](b.csv)"),
    "content/sport/a/a.png": b"1",
    "content/sport/a/b.csv": b"1",
    "content/sport/b/derby.md": _article("A derby", "2025-06-02", "tags: [Rail]\n"),
    "content/sport/b/walk.md": _article("A walk", "2025-06-02", "tags: [Rail]\n"),
    "content/sport/b/gone.md": _article("Gone", "2025-06-02", "aliases: [/sea/]\n"),
    "templates/assets/form": b"a file",
}
SECOND: Files = {
    "content/sport/a/cup.md": _article("Cup", "2025-06-01", "aliases: [/older/]\n", "![A](a.png) [C](c.csv)"),
    "content/sport/a/a.png": b"22",
    "content/sport/a/c.csv": b"1",
    "content/sport/b/derby.md": _article("A draw", "2025-06-02", "tags: [Rail]\n"),
    "content/sport/b/march.md": _article("A walk", "2025-06-02", "tags: [Rail]\n"),
    "content/sport/c/fresh.md": _article("Fresh", "2025-07-01", "aliases: [/2025/06/02/gone/]\n"),
    "templates/404.html": b"{% extends 'default/404.html' %}{# ours #}",
    "templates/assets/form/a.txt": b"now in a folder",
}


def put(folder: Path, version: Files) -> None:
    """Write files below a folder; one that is so already stays untouched."""
    for name, data in version.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_bytes() != data:
            path.write_bytes(data)


def turn(root: Path, old: Files, new: Files) -> None:
    """Make one version of a site's content and templates another."""
    for name in old.keys() - new.keys():
        (root / name).unlink()
        with suppress(OSError):  # other files are there
            (root / name).parent.rmdir()
    put(root, new)


def clean(version: Files) -> Files:
    """Give the site that a clean build makes of a version."""
    with tempfile.TemporaryDirectory() as folder:
        project = Project(Path(folder) / "clean").write("dateline.toml", CONFIG)
        put(project.root, version)
        project.build()
        return project.site()


_left: list[int] = []
"""In a doomed build and its workers: a pipe with a byte for each event that is left, and whom to kill then."""

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_CHANGES = {
    *("os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.utime"),
    "sqlite3.connect",
}
_write, _append, _connect = os.write, files.append, sqlite3.connect


def _over() -> bool:
    """Take one event off those that are left, and tell whether there was none."""
    return bool(_left) and not os.read(_left[0], 1)


def _kill() -> None:
    """Kill the build's process. Its workers, one of which this may be, go on for as long as they do."""
    _, process = _left
    _left.clear()
    if process in {os.getpid(), os.getppid()}:
        os.kill(process, signal.SIGKILL)


@contextmanager
def _uncounted() -> Iterator[None]:
    left = _left.copy()
    _left.clear()
    yield
    _left.extend(left)


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    """Count what the interpreter is about to do (docs.python.org/3/library/audit_events.html)."""
    if not _left:
        return
    if event == "open" and arguments[2] & _WRITING:
        _watch_opening(arguments[0], arguments[2])
    elif event in _CHANGES and _over():
        _kill()


def _watch_opening(path: str | Path, flags: int) -> None:
    if _over():
        _kill()
    elif _over():
        with _uncounted(), suppress(OSError):
            os.close(os.open(path, flags, 0o666))
        _kill()


def _connect_watched(*arguments: Any, **more: Any) -> sqlite3.Connection:  # noqa: ANN401 - as SQLite's own
    connection: sqlite3.Connection = _connect(*arguments, **more)
    if _left:
        connection.set_trace_callback(_statements())
    return connection


def _statements() -> Callable[[str], None]:
    """Count what SQLite is about to commit: transactions, and statements outside them."""
    inside = False

    def watch(statement: str) -> None:
        nonlocal inside
        word = re.split(r"\W", statement, maxsplit=1)[0]
        commits = word == "COMMIT" if inside else word not in {"BEGIN", "SELECT"}
        inside = word not in {"COMMIT", "ROLLBACK"} and (inside or word == "BEGIN")
        if commits and _over():
            _kill()

    return watch


def _write_half(handle: int, data: bytes) -> int:
    if not (_left and stat.S_ISREG(os.fstat(handle).st_mode) and _over()):
        return _write(handle, data)
    written = _write(handle, data[: len(data) // 2])
    _kill()
    return written


def _append_part(path: Path, lines: Iterable[str]) -> None:
    before = path.stat().st_size if path.exists() else 0
    _append(path, lines)
    added = path.stat().st_size - before if path.exists() else 0
    if not added:
        return
    for size in (1, added // 2, added - 1):
        if _over():
            with _uncounted():
                os.truncate(path, before + size)
            _kill()


WATCHED = (
    (os, "write", _write_half),
    (files, "append", _append_part),
    (sqlite3, "connect", _connect_watched),
)
"""What the interpreter does not tell of, or not of its middle: where it is, and what stands in for it."""


def doom(
    work: Callable[[], object], events: int | None, seconds: float | None, *, all_of_it: bool = False
) -> tuple[str, int, int]:
    """Have work done in a process group of its own, and kill its parent after so many events or seconds.

    Args:
        work: what is done; the process ends with it.
        events: how many of them it lives to see.
        seconds: how many of them it lives.
        all_of_it: kill the whole group, not its parent alone.

    Returns: how it ended, the group, and a pipe whose other end is closed when the last of its workers is gone.
    """
    left, filled = os.pipe()
    gone, alive = os.pipe()
    _write(filled, b"." * (events or 0))
    os.close(filled)
    child = os.fork()
    if child == 0:
        os.setsid()
        os.dup2(2, 1)  # whoever reads what this program prints waits for no worker
        os.close(gone)
        if events is not None:
            _left.extend((left, os.getpid()))
        do_and_exit(work)
    os.close(alive)
    os.close(left)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        if all_of_it:
            with suppress(ProcessLookupError):  # it had not become one yet
                os.killpg(child, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return {0: "unharmed", -signal.SIGKILL: "killed"}.get(status, f"ended with {status}"), child, gone


def do_and_exit(work: Callable[[], object]) -> NoReturn:
    """Do the work of a process that was forked for it, and end it: it never goes on as its parent."""
    try:
        work()
        os._exit(0)
    except BaseException:  # noqa: BLE001 - it is told, and the status says it
        traceback.print_exc()
        os._exit(1)


def await_end(group: int, gone: int) -> Iterator[str]:
    """Wait until all of a group is gone, and tell if it does not go."""
    if not select.select([gone], [], [], AT_MOST)[0]:
        os.killpg(group, signal.SIGKILL)
        yield "a worker outlived its parent"
    os.close(gone)


def freeze() -> None:
    """Let what every doomed process inherits be neither looked through nor copied for it."""
    gc.collect()
    gc.freeze()


def arm() -> None:
    """Count events from now on, in processes that are doomed."""
    freeze()
    sys.addaudithook(_watch)
    for module, name, watched in WATCHED:
        setattr(module, name, watched)


Fate = tuple[int | None, float | None]
"""After how many events or seconds a build is killed."""


class Moments:
    """Random moments to kill some work at, spread over what it takes.

    Args:
        wanted: how many times it is to be killed.
        work: what takes so long; it is done once, to see.

    Attributes:
        killed: how many times it was killed.
        tried: how many times that was tried.
    """

    def __init__(self, wanted: int, work: Callable[[], object]) -> None:
        self.killed = self.tried = 0
        self._wanted = wanted
        self._chance = random.Random(wanted)
        start = time.perf_counter()
        how, group, gone = doom(work, None, None)
        wrong = list(await_end(group, gone))
        if how != "unharmed" or wrong:
            raise RuntimeError(f"undisturbed, it {how}: {wrong}")
        self._length = time.perf_counter() - start
        self._seconds = 0.0

    def __str__(self) -> str:
        """Say how many seconds the last one lived."""
        return f"{self._seconds:.4f} seconds"

    @property
    def left(self) -> bool:
        """Whether to go on: it was killed too rarely, and it makes sense to try again."""
        return self.killed < self._wanted and self.tried < 3 * self._wanted + 40

    def fates(self) -> Iterator[Fate]:
        """Give fates as long as there are some left; `ended` is told how each ends."""
        while self.left:
            yield None, next(self)

    def __next__(self) -> float:
        """Give how many seconds the next one lives."""
        self._seconds = self._chance.uniform(0, self._length)
        return self._seconds

    def ended(self, how: str) -> None:
        """Take note of how one ended: where it was too quick, the others will be, too."""
        self.tried += 1
        self.killed += how == "killed"
        if how != "killed":
            self._length *= 0.95


def _parts(root: Path, *wholes: Files) -> Iterator[str]:
    """Name the files of a site that are not one of those they may be."""
    for path, data in tree(root / "site").items():
        if all(whole.get(path) != data for whole in wholes):
            yield f"{path} is neither the old nor the new one, but {data[:40]!r}"


def finish(root: Path, workers: int, expected: Files) -> Iterator[str]:
    """Build again, and once more, and tell what is not as it should be."""
    options = Options(NOW, workers=workers)
    try:
        build(root, options, quiet, quiet)
        stands = tree(root / "site")
        times = [(root / "site" / path).stat().st_mtime_ns for path in stands]
        report = build(root, options, quiet, quiet)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is wrong
        yield f"the next build failed: {error!r}"
        return
    different = {path for path in stands.keys() | expected.keys() if stands.get(path) != expected.get(path)}
    if different:
        yield f"not as a clean build leaves them: {sorted(different)}"
    if report.written or report.deleted:
        yield f"one more build wrote {report.written} and deleted {report.deleted}"
    if times != [(root / "site" / path).stat().st_mtime_ns for path in stands]:
        yield "one more build changed files"
    left = {path.name for path in (root / "site").glob(".*")} - {files.JOURNAL, ".nojekyll", ".well-known"}
    if left:
        yield f"left behind among the site's files: {sorted(left)}"


def _forget_all(root: Path) -> None:
    shutil.rmtree(root / "site")
    _forget(root)
    put(root / "site", HIDDEN)


def _forget(root: Path) -> None:
    shutil.rmtree(root / ".dateline")


def _keep(_root: Path) -> None:
    pass


STORIES: dict[str, Callable[[Path], None]] = {
    "from nothing": _forget_all,
    "without a catalogue": _forget,
    "an edit": _keep,
}
"""What happens to a site before the build that is killed, beside its content being another."""


@dataclass(frozen=True, slots=True)
class Case:
    """What is tortured: a site's folder, what happens to it before every build, how many workers it has."""

    root: Path
    story: str
    workers: int

    @property
    def theirs(self) -> Files:
        """The foreign files in the output folder."""
        return HIDDEN if self.story == "from nothing" else {**FOREIGN, **HIDDEN}


@dataclass(frozen=True, slots=True)
class Version:
    """Content and templates of a site, and the site that a clean build makes of them."""

    files: Files
    site: Files


WAYS = ((FIRST, SECOND, False), (SECOND, FIRST, True), (SECOND, FIRST, False), (FIRST, SECOND, True))
"""A round of builds: the content before, the content that is built, whether it is as before for the next build."""


def _build(case: Case) -> None:
    build(case.root, Options(NOW, workers=case.workers), quiet, quiet)


def torture(
    case: Case, fates: Iterable[Fate], rounds: int, heard: Callable[[str], None] | None = None
) -> tuple[int, list[str]]:
    """Kill builds of one version over the other until nothing is left to kill them at.

    Args:
        case: what is tortured.
        fates: when to kill a build.
        rounds: how many builds meet each fate; with 4 one in each of the ways there are.
        heard: is told how each ended.

    Returns: how many builds were killed, and what was wrong then.
    """
    sites = {id(version): clean(version) for version in (FIRST, SECOND)}
    ways = cycle(
        (Version(old, sites[id(old)]), Version(new, sites[id(new)]), back) for old, new, back in WAYS
    )
    turn(case.root, {}, FIRST)
    build(case.root, Options(NOW), quiet, quiet)
    put(case.root / "site", case.theirs)
    killed, unharmed, wrong = 0, 0, list[str]()
    for fate, (old, new, back) in zip((fate for fate in fates for _ in range(rounds)), ways, strict=False):
        how, found = _kill_once(case, fate, old, new, back=back)
        if heard:
            heard(how)
        killed += how == "killed"
        unharmed = 0 if how == "killed" else unharmed + 1
        wrong += [f"{fate}, {back=}: {what}" for what in found]
        if len(wrong) >= ENOUGH or (unharmed == len(WAYS) and fate[0] is not None):
            break
    return killed, wrong


def _kill_once(case: Case, fate: Fate, old: Version, new: Version, *, back: bool) -> tuple[str, list[str]]:
    root, site = case.root, case.root / "site"
    STORIES[case.story](root)
    before = tree(site)
    turn(root, old.files, new.files)
    how, group, gone = doom(partial(_build, case), *fate)
    wrong = [how] if how.startswith("ended") else []
    wrong += _parts(root, before, new.site)
    if back:
        turn(root, new.files, old.files)
    theirs = {path: data for path, data in case.theirs.items() if not path.startswith(".")}
    expected = {**(old if back else new).site, **theirs}
    wrong += finish(root, 1 if fate[1] is None else case.workers, expected)
    wrong += [f"{path} is gone" for path, data in case.theirs.items() if files.read(site / path) != data]
    return how, [*wrong, *await_end(group, gone)]


def main() -> None:
    """Do what the module says and print the outcome."""
    parser = ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("story", choices=STORIES)
    parser.add_argument("workers", type=int)
    parser.add_argument("--step", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=len(WAYS))
    parser.add_argument("--random", type=int)
    given = parser.parse_args()
    sys.dont_write_bytecode = True
    root = Project(given.folder / "torture").write("dateline.toml", CONFIG).root
    case = Case(root, given.story, given.workers)
    if given.random:
        freeze()
        moments = _moments(case, given.random)
        killed, wrong = torture(case, moments.fates(), 1, moments.ended)
    else:
        arm()
        killed, wrong = torture(case, zip(count(0, given.step), repeat(None)), given.rounds)
    json.dump({"killed": killed, "wrong": wrong}, sys.stdout)


def _moments(case: Case, times: int) -> Moments:
    """Spread moments over what a build takes that nobody stops."""
    turn(case.root, {}, FIRST)
    build(case.root, Options(NOW), quiet, quiet)
    _forget_all(case.root)
    return Moments(times, partial(_build, case))


if __name__ == "__main__":
    main()
