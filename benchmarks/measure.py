"""Runs one command and measures it: wall time, processor time of all its processes, and their peak memory together.

Linux only: `/proc` says what a process holds, and orphans are handed to this process to be counted.
"""

import ctypes
import os
import resource
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

INTERVAL = 0.05
"""Seconds between two looks at the memory."""

SELDOM = 0.25
"""The same for a run that is timed, too."""

_SET_CHILD_SUBREAPER = 36
"""`prctl(2)`: processes whose parent is gone become children of this one instead of the system's first."""


class Failed(Exception):
    """A command ended with an error; the message has its last words."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a run took: seconds, bytes that its processes held at one moment, and its exit status."""

    wall: float
    cpu: float
    memory: int
    status: int


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run took, in seconds: `wall` until its first process ended, `cpu` of all its processes."""

    wall: float
    cpu: float


def run(command: Sequence[str], folder: Path) -> Cost:
    """Run a command in a folder and time it; nothing else goes on meanwhile.

    Raises:
        Failed: its exit status was not 0.
    """
    # What earlier runs wrote must not be flushed at this one's expense.
    os.sync()
    before = _processor_time()
    with tempfile.TemporaryFile() as words:
        began = time.perf_counter()
        process = start(command, folder, words.fileno())
        status = process.wait()
        wall = time.perf_counter() - began
        _reap_orphans()
        words.seek(0)
        _check(command, status, words.read())
    return Cost(wall, _processor_time() - before)


def peak_memory(command: Sequence[str], folder: Path) -> int:
    """Run a command in a folder and give the most its processes held at one moment, in bytes.

    Memory they share is counted once: it is the sum of their proportional set sizes, looked at twenty times a
    second. Looking slows the run down, so such a run is not timed.

    Raises:
        Failed: its exit status was not 0.
    """
    with tempfile.TemporaryFile() as words:
        process = start(command, folder, words.fileno())
        with noting(lambda: sum(map(_held, _below(os.getpid()))), INTERVAL) as noted:
            status = process.wait()
        _reap_orphans()
        words.seek(0)
        _check(command, status, words.read())
    return max(noted, default=0)


def weigh(command: Sequence[str], folder: Path, said: int, words: int) -> Weighed:
    """Run a command in a folder, time it, and look at its memory now and then.

    Looking slows it down a little. For runs so large that nobody wants two of each.

    Args:
        command: what to run.
        folder: where.
        said: the open file that its output goes to.
        words: the one that all else it says goes to.
    """
    before, began = _processor_time(), time.perf_counter()
    process = start(command, folder, words, said)
    with noting(lambda: sum(map(_held, _below(os.getpid()))), SELDOM) as noted:
        status = process.wait()
    wall = time.perf_counter() - began
    _reap_orphans()
    return Weighed(wall, _processor_time() - before, max(noted, default=0), status)


@contextmanager
def noting(look: Callable[[], int], seconds: float) -> Iterator[list[int]]:
    """Look every so many seconds, in a thread of its own, as long as the block lasts; gives all that was seen."""
    noted: list[int] = []
    done = threading.Event()

    def watch() -> None:
        while not done.wait(seconds):
            noted.append(look())

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield noted
    finally:
        done.set()
        watcher.join()


def memory_of(pid: int) -> int:
    """Give what a process and all that it started hold now, in bytes: the sum of their proportional set sizes."""
    return sum(map(_held, {pid, *_below(pid)}))


def processor_time_of(pid: int) -> float:
    """Give the seconds of processor time that a process and all that it started have used, to a hundredth."""
    return sum(map(_used, {pid, *_below(pid)}))


def put_aside(*places: Path, into: Path) -> None:
    """Move files and folders out of the way, so that a run is a cold one; they are removed when all is done.

    Removing them now would not be fair to the next run: ext4 does not use an inode again for minutes, and searches
    for others meanwhile (`recently_deleted` in the kernel's `fs/ext4/ialloc.c`).
    """
    into.mkdir(parents=True, exist_ok=True)
    for place in places:
        if place.exists():
            place.rename(into / f"{time.time_ns()}")


def start(
    command: Sequence[str], folder: Path, words: int, said: int | None = None
) -> subprocess.Popen[bytes]:
    """Start a command in a folder; what it says goes to the open file `words`, its output to `said` if given."""
    ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    # A shell that forbids Python to keep bytecode would have it compile whatever was installed without any.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=words if said is None else said,
        stderr=words,
    )


def last_words(words: bytes) -> str:
    """Give the last lines of what a command said."""
    return "\n".join(words.decode(errors="replace").strip().splitlines()[-15:])


def _check(command: Sequence[str], status: int, words: bytes) -> None:
    if status:
        raise Failed(f"{Path(command[0]).name} ended with status {status}:\n{last_words(words)}")


def _reap_orphans() -> None:
    # Helper processes may end a moment after the one that started them; their time counts all the same.
    try:
        while True:
            os.waitpid(-1, 0)
    except ChildProcessError:
        return


def _processor_time() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _below(pid: int) -> set[int]:
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            children.setdefault(_parent(int(entry.name)), []).append(int(entry.name))
    found: set[int] = set()
    waiting = [pid]
    while waiting:
        below = children.get(waiting.pop(), [])
        found.update(below)
        waiting.extend(below)
    return found


def _parent(pid: int) -> int:
    return int(_stat(pid)[1])


def _used(pid: int) -> float:
    # The process itself, in user mode and in the system, and its children that have ended: proc(5).
    return sum(map(int, _stat(pid)[11:15])) / os.sysconf("SC_CLK_TCK")


def _stat(pid: int) -> list[str]:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:  # it has just ended
        return ["0"] * 15
    # The name, in parentheses, may hold spaces; the state, the parent and all else come after it.
    return stat.rpartition(")")[2].split()


def _held(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8").splitlines()
    except OSError:  # it has just ended, or is a zombie
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
