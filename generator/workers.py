"""Worker processes: hired when there is enough to do, gone when their parent is.

What they work on travels as values, so that any `concurrent.futures.Executor` can stand in for the local pool.
"""

import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from generator import interrupts, records
from generator.model import Passing

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from generator.pool import Elsewhere, Pool

Job = TypeVar("Job")
Result = TypeVar("Result")

WORTHWHILE = 300
"""From how many files or pages on a pool of workers saves more time than it takes to start."""

WORTH_A_COPY = 2_000
"""From how many files on another process looks at them sooner than this one would after what it does first."""

RARELY = (100_000, 20, 100)
"""When to look for cyclic garbage: pages leave none, unless a site's own templates do."""


class Crew:
    """Does jobs, in this process until it is worth hiring others.

    Args:
        workers: how many processes; 0 for as many as there are processors, once there is enough to do.
        executor: does all jobs instead of local processes.
    """

    def __init__(self, workers: int = 0, executor: "Executor | None" = None) -> None:
        self._workers = workers or _processors()
        self._always = workers > 1
        self._own: Pool | None = None
        self._others: Pool | Elsewhere | None = None
        self._often = gc.get_threshold()
        if executor:
            from generator import pool  # noqa: PLC0415 - a build with nothing to do hires nobody

            self._others = pool.Elsewhere(executor, self._workers)

    @property
    def hired(self) -> bool:
        """Whether jobs are done in other processes."""
        return self._others is not None

    @property
    def own(self) -> bool:
        """Whether those are the crew's own, and end with the build."""
        return self._own is not None

    def wants(self, amount: int) -> bool:
        """Tell whether `hire` should be called before this many files or pages are worked on."""
        enough = amount >= WORTHWHILE or (self._always and amount > 0)
        return not self.hired and self._workers > 1 and enough

    def hire(self) -> None:
        """Start the worker processes, or go on without where the system has no room for any.

        No thread of this process may hold a lock, nor SQLite a connection. Forked workers begin with everything
        that is loaded here; where there are other threads a fork could copy a lock that nobody will open, so
        workers begin anew.
        """
        from generator.pool import Pool  # noqa: PLC0415 - as above

        self._own = Pool(self._workers, fork=_can_fork())
        gc.freeze()
        gc.set_threshold(*RARELY)
        try:
            self._own.start()
        except OSError:
            self.dismiss()
            self._workers = 1
        else:
            self._others = self._own

    def map(
        self,
        work: Callable[[Job], Result],
        jobs: Iterable[Job],
        meanwhile: Iterable[object] = (),
        instead: Callable[[Job], Result] | None = None,
    ) -> Iterator[Result]:
        """Do jobs and give their results in order.

        Args:
            work: does a job.
            jobs: are taken one by one, a few more than are done at a time.
            meanwhile: is gone through here, step by step, while others are at work; not where there are no others.
            instead: gives what becomes of a job that ended a worker process of the crew's own.

        Raises:
            Passing: a worker process ended before its job was done, and nobody does it `instead`.
        """
        if not self._others:
            yield from map(work, jobs)
            return
        from concurrent.futures import BrokenExecutor  # noqa: PLC0415 - as above

        try:
            if self._own:
                yield from self._own.map(work, jobs, meanwhile, instead)
            else:
                yield from self._others.map(work, jobs, meanwhile)
        except BrokenExecutor:
            raise Passing(
                "a worker process was stopped before its work was done (is memory short?);"
                " nothing is lost; do the same again, perhaps with --workers 1"
            ) from None

    @contextmanager
    def beside(
        self, work: Callable[[], Result], kind: type[Result], amount: int | None = None
    ) -> Iterator[Callable[[], Result]]:
        """Have something done by a copy of this process, if that is worth it, else here when it is asked for.

        Args:
            work: looks at the disk; it changes nothing and uses nothing that is open here.
            kind: the type of what it gives.
            amount: how many files it looks at, where that is known.

        Yields:
            What waits for the result and gives it.
        """
        few = amount is not None and amount < WORTH_A_COPY
        copied = None if few or self._workers == 1 or not _can_fork() else _copied(work)
        if copied is None:
            yield work
            return
        answers, copy = copied
        try:
            yield lambda: _answer(answers, kind, work)
        finally:
            answers.close()
            # It may be about to say what nobody asks for any more, to workers that were forked meanwhile. It is
            # gone without being waited for where whoever started us has said that children are.
            with suppress(ProcessLookupError, ChildProcessError):
                os.kill(copy, signal.SIGKILL)
                os.waitpid(copy, 0)

    def dismiss(self) -> None:
        """Let the crew's own workers go at once: they are gone when this returns, whatever they were at."""
        if self._own:
            self._own.close()
            self._own = self._others = None
            gc.unfreeze()
            gc.set_threshold(*self._often)


def _can_fork() -> bool:
    return sys.platform == "linux" and threading.active_count() == 1


def _copied(work: Callable[[], object]) -> tuple[BinaryIO, int] | None:
    """Start a copy of this process that does some work and ends.

    Returns: where its answer is read, and its number; `None` where the system has no room for it.
    """
    reading, writing = os.pipe()
    with interrupts.later():
        try:
            copy = os.fork()
        except OSError:
            os.close(reading)
            os.close(writing)
            return None
        if not copy:
            try:
                os.close(reading)
                with open(writing, "wb") as answer:  # noqa: PTH123 - a pipe
                    answer.write(records.pack(work()))
            finally:
                os._exit(0)  # whatever else is open or under way belongs to the process this is a copy of
    os.close(writing)
    return open(reading, "rb"), copy  # noqa: PTH123 - the same


def _answer(answers: BinaryIO, kind: type[Result], work: Callable[[], Result]) -> Result:
    """Wait for a copy's answer; what it could not do, or not whole, is done here."""
    try:
        return records.unpack(answers.read(), kind)
    except records.Mismatch:
        return work()


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
