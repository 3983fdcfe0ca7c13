"""Who does jobs elsewhere: processes of our own, which end when told to or with their parent, or an executor.

For the former `concurrent.futures.ProcessPoolExecutor` will not do: an interrupt may leave a lock of its threads
locked for ever, a process that is killed while it hands over a large result leaves it waiting, and who has threads
cannot fork. A `Pool` has a pipe to each process, and neither threads nor locks.
"""

import gc
import multiprocessing
import os
import pickle
import signal
import socket
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor
from contextlib import suppress
from itertools import islice
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkContext, SpawnContext
from typing import Any, TypeVar

from generator import interrupts

Job = TypeVar("Job")
Result = TypeVar("Result")
Outcome = tuple[Any, Exception | None]
"""What a job gives, or the error it raises."""

AHEAD = 4
"""Jobs handed out per process whose results nobody took yet: enough that none waits, few enough not to pile up."""

AT_ONCE = 2
"""Jobs that one process has: the next is there when it is done with one, however busy its parent is."""

_BETWEEN = 1 << 20  # bytes of results that nobody took yet


class Pool:
    """Processes that do jobs, once they are started.

    Args:
        size: how many; there are fewer where the system has no room for them.
        fork: whether they begin as copies of this process, which has no other threads then, or anew.
    """

    def __init__(self, size: int, *, fork: bool) -> None:
        self._size = size
        self._context = multiprocessing.get_context("fork") if fork else multiprocessing.get_context("spawn")
        self._members: list[_Member] = []

    def start(self) -> None:
        """Start the processes.

        Raises:
            OSError: there is no room for a single one.
        """
        if self._context.get_start_method() != "fork":
            # To start it lets interrupts through, also those held back here, which processes would then begin with.
            resource_tracker.ensure_running()
        with interrupts.later():
            try:
                while len(self._members) < self._size:
                    self._members.append(_Member(self._context))
            except OSError:
                if not self._members:
                    raise
                self._end(self._members[(len(self._members) + 1) // 2 :])  # whoever works needs room too

    def map(
        self, work: Callable[[Job], Result], jobs: Iterable[Job], meanwhile: Iterable[object] = ()
    ) -> Iterator[Result]:
        """Do jobs and give their results in order; who does not take them all can only `close` the pool.

        Args:
            work: does a job; it travels, as do the job and what it gives or raises.
            jobs: are taken one by one, a few more than are done at a time.
            meanwhile: is gone through here, step by step, while there are no results.

        Raises:
            BrokenExecutor: a process ended before its job was done.
            RuntimeError: the pool is not started, or other jobs were not done to the end.
        """
        if not self._members or any(member.jobs for member in self._members):
            raise RuntimeError("the pool is not started, or is at other jobs")
        left, steps = enumerate(jobs), iter(meanwhile)
        finished: dict[int, Outcome] = {}
        given = taken = 0
        while True:
            given += self._give(work, islice(left, AHEAD * len(self._members) + taken - given))
            if taken in finished:
                result, error = finished.pop(taken)
                if error:
                    raise error
                taken += 1
                yield result
                finished.update(self._take(0))
            elif taken < given:
                finished.update(self._await(steps))
            else:
                break
        for _ in steps:
            pass

    def close(self) -> None:
        """End all processes, in the midst of whatever they do; they are gone when this returns."""
        try:
            with interrupts.later():
                self._end(self._members)
        finally:  # where an interrupt came just before it was held back, they are all there still
            self._end(self._members)

    def _end(self, members: Sequence["_Member"]) -> None:
        for member in members:
            member.process.kill()
        for member in members:
            member.process.join()
            member.channel.close()
        self._members = [member for member in self._members if member not in members]

    def _give(self, work: Callable[[Job], Result], numbered: Iterator[tuple[int, Job]]) -> int:
        """Hand out jobs to all who have room, first to those who have none, and tell how many."""
        given = 0
        for load in range(AT_ONCE):
            for member in (member for member in self._members if member.takes_at(load)):
                upcoming = next(numbered, None)
                if upcoming:
                    member.give(work, *upcoming)
                    given += 1
                elif load:
                    member.put_off()
        return given

    def _await(self, steps: Iterator[object]) -> list[tuple[int, Outcome]]:
        """Go on with what is done meanwhile until somebody is done with a job."""
        for _ in steps:
            done = self._take(0)
            if done:
                return done
        return self._take(None)

    def _take(self, timeout: float | None) -> list[tuple[int, Outcome]]:
        """Wait for results, no longer than allowed, and give them with the numbers of their jobs."""
        at_work = [member for member in self._members if member.jobs]
        ready = wait([member.channel for member in at_work], timeout)
        return [member.take() for member in at_work if member.channel in ready]


class Elsewhere:
    """Somebody's executor, which does jobs as a pool would.

    Args:
        executor: does them.
        size: how many it can be thought to do at a time.
    """

    def __init__(self, executor: Executor, size: int) -> None:
        self._executor = executor
        self._size = size

    def map(
        self, work: Callable[[Job], Result], jobs: Iterable[Job], meanwhile: Iterable[object] = ()
    ) -> Iterator[Result]:
        """Do jobs and give their results in order, as `Pool.map` does; the first results wait for `meanwhile`."""
        left = iter(jobs)
        waiting = deque(self._executor.submit(work, job) for job in islice(left, AHEAD * self._size))
        for _ in meanwhile:
            pass
        for job in left:
            waiting.append(self._executor.submit(work, job))
            yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


class _Member:
    """A process of the pool, as its parent sees it.

    After each job it waits to hear of the next, or that there is none yet, and hands over the result only then.
    So neither side ever waits for the other to read while that waits for this one.
    """

    def __init__(self, context: ForkContext | SpawnContext) -> None:
        self.jobs = 0
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
        return self.jobs == load and not self._put_off

    def give(self, work: Callable[[Job], object], number: int, job: Job) -> None:
        self.jobs += 1
        self._send((work, number, job))

    def put_off(self) -> None:
        """Tell it that there is no further job until it has handed over all results."""
        self._put_off = True
        self._send(None)

    def take(self) -> tuple[int, Outcome]:
        self.jobs -= 1
        self._put_off = self._put_off and self.jobs > 0
        try:
            number, result, error = self.channel.recv()
        except (EOFError, OSError):
            raise _broken() from None
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
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it too, and ends this process
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
    """Do a job, and pack what `_Member.take` unpacks: whatever goes wrong is for whoever asked for it."""
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
