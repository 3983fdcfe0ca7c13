"""Locks on a site: one run at a time changes it, one process at a time watches it.

The system frees them when their holder dies.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout

from generator.files import STATE
from generator.model import DatelineError, Passing

LOCK_SECONDS = 60.0
"""How long to wait for another run to end before saying who it is."""


@contextmanager
def lock(root: Path, what: str, tell: Callable[[str], None], patience: float | None = None) -> Iterator[None]:
    """Hold a site's lock, so that one run at a time changes it.

    Args:
        root: the site's folder.
        what: what the holder does, for others to read.
        tell: is called with a sentence when there is somebody to wait for.
        patience: seconds to wait for them, `LOCK_SECONDS` if nothing is said.

    Raises:
        Passing: another run still held it then.
    """
    holder, held = _lock(root, "lock", "holder")
    try:
        held.acquire(timeout=0)
    except Timeout:
        if patience != 0:
            tell(f"waiting for {_holder(holder)}")
        try:
            held.acquire(timeout=LOCK_SECONDS if patience is None else patience)
        except Timeout:
            raise Passing(f"{_holder(holder)} still works on this site; try again when it is done") from None
    with _signed(held, holder, f"{what}, process {os.getpid()}"):
        yield


@contextmanager
def watching(root: Path) -> Iterator[None]:
    """Be the one process that watches a site.

    Raises:
        DatelineError: another one does.
    """
    with _alone(root, "watching", "watcher", DatelineError, "watches this site already; stop that first"):
        yield


@contextmanager
def publishing(root: Path) -> Iterator[None]:
    """Be the one process that publishes a site.

    Raises:
        Passing: another one does.
    """
    busy = "publishes this site already; try again when it is done"
    with _alone(root, "publishing", "publisher", Passing, busy):
        yield


@contextmanager
def file_lock(path: Path, busy: str) -> Iterator[None]:
    """Hold a lock that is a file; the system frees it when its holder dies, and the file stays.

    Raises:
        Passing: somebody else holds it; `busy` is what is said of that.
    """
    held = FileLock(path)
    try:
        held.acquire(timeout=0)
    except Timeout:
        raise Passing(busy) from None
    try:
        yield
    finally:
        held.release()


@contextmanager
def _alone(root: Path, name: str, holder: str, refusal: type[DatelineError], busy: str) -> Iterator[None]:
    """Hold a lock that is not waited for: whoever comes second is refused, in words that begin with the holder."""
    signature, held = _lock(root, name, holder)
    try:
        held.acquire(timeout=0)
    except Timeout:
        raise refusal(f"{_holder(signature)} {busy}") from None
    with _signed(held, signature, f"process {os.getpid()}"):
        yield


def _lock(root: Path, name: str, holder: str) -> tuple[Path, BaseFileLock]:
    """Give a lock of a site, and the file that says who holds it."""
    state = root / STATE
    state.mkdir(parents=True, exist_ok=True)
    return state / holder, FileLock(state / name)


@contextmanager
def _signed(held: BaseFileLock, holder: Path, who: str) -> Iterator[None]:
    """Free a lock in the end; meanwhile others can read who holds it."""
    try:
        holder.write_text(who)
        yield
    finally:
        held.release()


def _holder(path: Path) -> str:
    return path.read_text(errors="replace") if path.exists() else "another run"
