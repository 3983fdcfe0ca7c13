"""Worker processes: hired when there is enough to do, given one job at a time, gone when their parent is.

What they work on travels as values, so that any `concurrent.futures.Executor` can stand in for the local pool.
"""

import gc
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager, nullcontext, suppress
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from generator import records
from generator.model import DatelineError

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing.connection import Connection

Job = TypeVar("Job")
Result = TypeVar("Result")

WORTHWHILE = 300
"""From how many files or pages on a pool of workers saves more time than it takes to start."""

AHEAD = 4
"""Jobs handed out per worker at a time: enough that none waits, few enough that results do not pile up."""

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

    def __init__(self, workers: int = 0, executor: Executor | None = None) -> None:
        self._workers = workers or _processors()
        self._always = workers > 1
        self._executor = executor
        self._own: ProcessPoolExecutor | None = None
        self._bell: Connection | None = None
        self._busy = False
        self._often = gc.get_threshold()

    @property
    def hired(self) -> bool:
        """Whether jobs are done in other processes."""
        return self._executor is not None

    @property
    def own(self) -> bool:
        """Whether those are the crew's own, and end with the build."""
        return self._own is not None

    def wants(self, amount: int) -> bool:
        """Tell whether `hire` should be called before this many files or pages are worked on."""
        enough = amount >= WORTHWHILE or (self._always and amount > 0)
        return self._executor is None and self._workers > 1 and enough

    def hire(self) -> None:
        """Start the worker processes. No thread of this process may hold a lock, nor SQLite a connection.

        Forked workers begin with everything that is loaded here; where there are other threads a fork could
        copy a lock that nobody will open, so workers begin anew.
        """
        import multiprocessing  # noqa: PLC0415 - a build with nothing to do hires nobody
        from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

        fork = _can_fork()
        context = multiprocessing.get_context("fork" if fork else "spawn")
        gc.freeze()
        heard, self._bell = context.Pipe(duplex=False)
        self._own = ProcessPoolExecutor(self._workers, context, initializer=_begin, initargs=(heard,))
        self._executor = self._own
        gc.set_threshold(*RARELY)
        with _interrupts_later() if fork else nullcontext():
            self._own.submit(os.getpid).result()  # all of them start with the first job

    def map(
        self, work: Callable[[Job], Result], jobs: Iterable[Job], meanwhile: Callable[[], None] | None = None
    ) -> Iterator[Result]:
        """Do jobs and give their results in order.

        Args:
            work: does a job.
            jobs: are taken one by one, a few more than are done at a time.
            meanwhile: is done here while others are at the first jobs; not at all where there are no others.

        Raises:
            DatelineError: a worker process ended before its job was done.
        """
        if self._executor is None:
            yield from map(work, jobs)
            return
        waiting: deque[Future[Result]] = deque()
        self._busy = True  # until every result was taken: whoever does not come back for one is not waiting
        try:
            left = iter(jobs)
            waiting.extend(self._executor.submit(work, job) for job in islice(left, AHEAD * self._workers))
            if meanwhile:
                meanwhile()
            for job in left:
                waiting.append(self._executor.submit(work, job))
                yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
            self._busy = False
        except BrokenExecutor:
            raise DatelineError(
                "a worker process was stopped before its work was done (is memory short?);"
                " the site stands as it was; build again, perhaps with --workers 1"
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
        """Let the workers go at once: they are gone when this returns, what they were still doing is dropped."""
        if self._own and self._bell:
            if self._busy:
                self._bell.send_bytes(b"go")
            self._own.shutdown(wait=True, cancel_futures=True)
            self._bell.close()
            self._own = self._executor = None
            gc.unfreeze()
            gc.set_threshold(*self._often)


def _can_fork() -> bool:
    return sys.platform == "linux" and threading.active_count() == 1


def _copied(work: Callable[[], object]) -> tuple[BinaryIO, int] | None:
    """Start a copy of this process that does some work and ends.

    Returns: where its answer is read, and its number; `None` where the system has no room for it.
    """
    reading, writing = os.pipe()
    with _interrupts_later():
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


@contextmanager
def _interrupts_later() -> Iterator[None]:
    """Hold back Ctrl-C: in the midst of a fork it gets lost, or ends in a copy of what runs here."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _begin(bell: "Connection") -> None:
    """Make this process end when its parent rings, or ends, however that ends; leave interrupts to the parent."""
    import multiprocessing  # noqa: PLC0415 - a build with nothing to do has no workers

    gc.set_threshold(*RARELY)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent:
        threading.Thread(target=_end_at, args=(parent.sentinel, bell), daemon=True).start()


def _end_at(*signs: "int | Connection") -> None:
    from multiprocessing.connection import wait  # noqa: PLC0415 - as above

    wait(signs)  # nobody takes what was sent out of the pipe: every worker hears it
    os._exit(1)
