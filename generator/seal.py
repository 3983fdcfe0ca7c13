"""The catalogue's seal: how its file looked when it was closed. What is not as it was left is thrown away.

The seal is broken before the first change of a run. One that was killed leaves a catalogue without a seal, which
SQLite brings back to its last commit.
"""

import os
import time
from contextlib import suppress
from pathlib import Path

from generator import files


def check(path: Path) -> None:
    """Throw away a sealed catalogue that is not as it was left, and whatever others left beside one that is."""
    seal = files.read(_seal(path))
    if seal is None:
        return
    if not seal.endswith(b"\n"):  # a kill cut it short
        take_off(path)
    elif seal != _look(path):
        discard(path)
    else:  # it is complete: what is beside it is not its own
        for other in _beside(path):
            other.unlink(missing_ok=True)


def set_on(path: Path) -> None:
    """Seal a catalogue that was closed, unless it still is sealed, or others have it open.

    It is given a time that no other state of it has, and that it does not keep when it is written to.
    """
    if any(other.exists() for other in (_seal(path), *_beside(path))):
        return
    with suppress(OSError):  # without a seal it is looked at as after a kill
        now = time.time_ns()
        os.utime(path, ns=(now, now))
        _seal(path).write_bytes(_look(path))


def take_off(path: Path) -> None:
    """Break the seal: the catalogue is about to change."""
    _seal(path).unlink(missing_ok=True)


def successor(path: Path) -> Path:
    """Name the file that may take a catalogue's place."""
    return Path(f"{path}-new")


def succeed(path: Path) -> None:
    """Put its successor in a catalogue's place, sealed so that nobody trusts it until the seal is off."""
    _seal(path).write_bytes(b"-\n")
    for log in _logs(
        path
    ):  # one is there if somebody else has the old file open, and would pass for the new one's
        log.unlink(missing_ok=True)
    successor(path).replace(path)


def discard(path: Path) -> None:
    """Throw a catalogue away, with the files beside it."""
    for leftover in (path, *_beside(path), _seal(path)):
        leftover.unlink(missing_ok=True)


def _look(path: Path) -> bytes:
    look = files.stat(path)
    return f"{look.size} {look.mtime_ns}\n".encode() if look else b""


def _seal(path: Path) -> Path:
    return Path(f"{path}-seal")


def _logs(path: Path) -> list[Path]:
    return [Path(f"{path}-{what}") for what in ("wal", "shm", "journal")]


def _beside(path: Path) -> list[Path]:
    return [*_logs(path), successor(path)]
