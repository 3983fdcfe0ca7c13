"""A process of a pool: as its parent sees it, and what it does there."""

import gc
import multiprocessing
import os
import pickle
import signal
import socket
import threading
import traceback
from collections import deque
from collections.abc import Callable
from concurrent.futures import BrokenExecutor
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkContext, SpawnContext
from typing import Any, TypeVar

Job = TypeVar("Job")
Outcome = tuple[Any, Exception | None]
"""What a job gives, or the error it raises."""

Numbered = tuple[int, Any]
"""A job, and the place of its result among all."""

_BETWEEN = 1 << 20  # bytes of results that nobody took yet


class Member:
    """A process of the pool, as its parent sees it.

    After each job it waits to hear of the next, or that there is none yet, and hands over the result only then.
    So neither side ever waits for the other to read while that waits for this one.

    Attributes:
        jobs: what it was given and has not handed over; it is at the first, or has not begun.
        channel: where its results come from.
        process: what the system knows of it.
    """

    def __init__(self, context: ForkContext | SpawnContext) -> None:
        self.jobs: deque[Numbered] = deque()
        self._put_off = False
        self.channel, theirs = context.Pipe()
        _widen(theirs)
        self.process = context.Process(target=_serve, args=(theirs, gc.get_threshold()), daemon=True)
        try:
            self.process.start()
        except OSError:
            self.channel.close()
            raise
        finally:
            theirs.close()  # or nobody would see that the process has ended

    def takes_at(self, load: int) -> bool:
        """Tell whether it has this many jobs and takes one more."""
        return len(self.jobs) == load and not self._put_off

    def give(self, work: Callable[[Job], object], number: int, job: Job) -> None:
        """Hand it a job.

        Raises:
            BrokenExecutor: it has ended.
        """
        self.jobs.append((number, job))
        self._send((work, number, job))

    def put_off(self) -> None:
        """Tell it that there is no further job until it has handed over all results.

        Raises:
            BrokenExecutor: it has ended.
        """
        self._put_off = True
        self._send(None)

    def take(self) -> tuple[int, Outcome]:
        """Take a result, and the place of its job.

        Raises:
            BrokenExecutor: it has ended.
        """
        try:
            number, result, error = self.channel.recv()
        except (EOFError, OSError):
            raise _broken() from None
        self.jobs.popleft()
        self._put_off = self._put_off and bool(self.jobs)
        return number, (result, error)

    def _send(self, message: object) -> None:
        try:
            self.channel.send(message)
        except OSError:
            raise _broken() from None


def _widen(channel: Connection) -> None:
    """Let as much lie between two processes as the system allows: one need not wait for the other to read."""
    with suppress(OSError), socket.socket(fileno=os.dup(channel.fileno())) as end:
        end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _BETWEEN)


def _broken() -> BrokenExecutor:
    return BrokenExecutor("a worker process ended before its job was done")


def _serve(channel: Connection, thresholds: tuple[int, int, int]) -> None:
    """Do jobs in a process of the pool, until it is ended."""
    for name in {"SIGINT", "SIGHUP"} & vars(
        signal
    ).keys():  # the parent hears them too, and ends this process
        signal.signal(getattr(signal, name), signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    gc.set_threshold(*thresholds)
    parent = multiprocessing.parent_process()
    if parent:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    with suppress(EOFError, OSError):  # the parent has ended, or is about to end this process
        _work_through(channel)


def _work_through(channel: Connection) -> None:
    upcoming = channel.recv()
    while True:
        answer = _do(*upcoming)
        upcoming = channel.recv()
        channel.send_bytes(answer)
        upcoming = upcoming or channel.recv()


def _do(work: Callable[[Job], object], number: int, job: Job) -> bytes:
    """Do a job, and pack what `Member.take` unpacks: whatever goes wrong is for whoever asked for it."""
    try:
        return pickle.dumps((number, work(job), None))
    except Exception as error:  # noqa: BLE001
        error.add_note(f"in a worker process:\n{traceback.format_exc()}")
        try:
            answer = pickle.dumps((number, None, error))
            pickle.loads(answer)  # noqa: S301 - not every error that can be packed can be unpacked
        except Exception:  # noqa: BLE001
            answer = pickle.dumps((number, None, RuntimeError("".join(traceback.format_exception(error)))))
        return answer


def _end_with(parent: int) -> None:
    wait([parent])
    os._exit(1)
