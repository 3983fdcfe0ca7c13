"""The system's news about files, in one stream: which path changed, and whether it is whole.

An event names a path to look at; the look decides. watchdog brings the events, by inotify on Linux.
"""

import errno
import logging
import os
import signal
import sys
import warnings
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from typing import NamedTuple

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers.api import BaseObserver, ObservedWatch

if sys.platform == "linux":
    import fcntl

COUNTED = (
    *(FileCreatedEvent, FileModifiedEvent, FileClosedEvent, FileMovedEvent, FileDeletedEvent),
    *(DirCreatedEvent, DirMovedEvent, DirDeletedEvent),
)
"""The events that tell of changes. Others tell of reading, which a build does itself."""


class Change(NamedTuple):
    """A path that changed.

    Attributes:
        path: in full; "" where anything may have changed, since events got lost.
        whole: it is complete, or gone; else it may still be being written.
        folder: it is one, or was.
    """

    path: str
    whole: bool
    folder: bool = False


def is_open(path: str) -> bool:
    """Tell whether another process may have a file open for writing; `False` where only Linux would know.

    A read lease is for files that nobody writes (fcntl(2), leases). It is given back at once; whoever opens the
    file in between waits for that, and the signal that would tell of it is one that is ignored.
    """
    if sys.platform != "linux":
        return False
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.fcntl(handle, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError as error:
        return error.errno in {errno.EAGAIN, errno.EACCES}  # the latter: it is somebody else's, so who knows
    finally:
        os.close(handle)
    return False


class Observer:
    """Watches folders until it is stopped.

    Args:
        inbox: gets every change.
        probe: an empty folder of our own, to see whether there is room for one more.

    Raises:
        OSError: the system's limit is reached, or whatever else keeps one from watching.
    """

    def __init__(self, inbox: "SimpleQueue[Change]", probe: Path) -> None:
        self._handler = _Handler(inbox)
        self._losses = _Losses(inbox)
        self._probe = probe
        self._watches: dict[Path, ObservedWatch] = {}
        self._observer = _new_observer()
        # It says so wherever a folder is moved away and back, and is right to do it.
        warnings.filterwarnings("ignore", "Callback with id", RuntimeWarning)
        logging.getLogger("watchdog").addHandler(self._losses)
        logging.getLogger("watchdog").propagate = False
        self._observer.start()

    def follow(self, folders: Mapping[Path, bool], again: Iterable[Path] = ()) -> None:
        """Watch these folders and no others.

        Args:
            folders: each with whether what is below its folders counts, too. Those that are not there are left out.
            again: those of them that were replaced meanwhile.

        Raises:
            OSError: as above.
        """
        for folder in [*(self._watches.keys() - folders.keys()), *(self._watches.keys() & set(again))]:
            self._observer.unschedule(self._watches.pop(folder))
        for folder in (folder for folder in folders if folder not in self._watches):
            with suppress(FileNotFoundError, NotADirectoryError):
                self._watches[folder] = self._observer.schedule(
                    self._handler, str(folder), recursive=folders[folder], event_filter=list(COUNTED)
                )
        self.check_room()

    def check_room(self) -> None:
        """See whether there is room for one more folder: of those further down nobody tells.

        Raises:
            OSError: there is not.
        """
        self._probe.mkdir(parents=True, exist_ok=True)
        self._observer.unschedule(self._observer.schedule(self._handler, str(self._probe)))

    def stop(self) -> None:
        """Stop watching."""
        self._observer.stop()
        self._observer.join()
        logging.getLogger("watchdog").removeHandler(self._losses)


def _new_observer() -> BaseObserver:
    if sys.platform == "linux":
        from watchdog.observers.inotify import InotifyObserver  # noqa: PLC0415 - there only
        from watchdog.observers.inotify_move_event_grouper import InotifyMoveEventGrouper  # noqa: PLC0415

        # Which two halves of a move belong together is of no use here, and to wait for the other half costs every
        # editor that saves by renaming up to half a second.
        InotifyMoveEventGrouper.delay = 0.0
        return InotifyObserver(generate_full_events=True)
    from watchdog.observers import Observer as SystemObserver  # noqa: PLC0415

    return SystemObserver()


class _Handler(FileSystemEventHandler):
    """Turns events into changes, in watchdog's thread."""

    def __init__(self, inbox: "SimpleQueue[Change]") -> None:
        self._inbox = inbox

    def dispatch(self, event: FileSystemEvent) -> None:
        """Take one event."""
        if not isinstance(event, COUNTED):
            return
        begun = isinstance(event, FileCreatedEvent | FileModifiedEvent | DirCreatedEvent)
        for path in (event.src_path, event.dest_path):
            if path:
                self._inbox.put(Change(os.fsdecode(path), not begun, event.is_directory))


class _Losses(logging.Handler):
    """Hears watchdog say that events were lost, which it tells nobody else."""

    def __init__(self, inbox: "SimpleQueue[Change]") -> None:
        super().__init__(logging.WARNING)
        self._inbox = inbox

    def emit(self, record: logging.LogRecord) -> None:  # noqa: ARG002 - whatever it says
        """Take one of its sentences."""
        self._inbox.put(Change("", whole=True))
