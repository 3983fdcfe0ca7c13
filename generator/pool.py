"""Who does jobs elsewhere: processes of our own, which end when told to or with their parent, or an executor.

For the former `concurrent.futures.ProcessPoolExecutor` will not do: an interrupt may leave a lock of its threads
locked for ever, a process that is killed while it hands over a large result leaves it waiting, and who has threads
cannot fork. A `Pool` has a pipe to each process, and neither threads nor locks.
"""

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor
from contextlib import contextmanager
from itertools import islice
from multiprocessing import resource_tracker
from multiprocessing.connection import wait
from typing import Generic, TypeVar

from generator import interrupts
from generator.members import Member, Numbered, Outcome

Job = TypeVar("Job")
Result = TypeVar("Result")

AHEAD = 4
"""Jobs handed out per process whose results nobody took yet: enough that none waits, few enough not to pile up."""

AT_ONCE = 2
"""Jobs that one process has: the next is there when it is done with one, however busy its parent is."""


class Pool:
    """Processes that do jobs, once they are started.

    Args:
        size: how many; there are fewer where the system has no room for them.
        fork: whether they begin as copies of this process, which has no other threads then, or anew.
    """

    def __init__(self, size: int, *, fork: bool) -> None:
        self._size = size
        self._context = multiprocessing.get_context("fork") if fork else multiprocessing.get_context("spawn")
        self._members: list[Member] = []

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
                    self._members.append(Member(self._context))
            except OSError:
                if not self._members:
                    raise
                self._end(self._members[(len(self._members) + 1) // 2 :])  # whoever works needs room too

    def map(
        self,
        work: Callable[[Job], Result],
        jobs: Iterable[Job],
        meanwhile: Iterable[object] = (),
        instead: Callable[[Job], Result] | None = None,
    ) -> Iterator[Result]:
        """Do jobs and give their results in order; who does not take them all can only `close` the pool.

        Args:
            work: does a job; it travels, as do the job and what it gives or raises.
            jobs: are taken one by one, a few more than are done at a time.
            meanwhile: is gone through here, step by step, while there are no results.
            instead: gives here what becomes of a job in the midst of which its process ended; another process
                takes that one's place.

        Raises:
            BrokenExecutor: a process ended before its job was done, and nobody does it `instead`.
            RuntimeError: the pool is not started, or other jobs were not done to the end.
        """
        if not self._members or any(member.jobs for member in self._members):
            raise RuntimeError("the pool is not started, or is at other jobs")
        tasks, steps = _Tasks(work, jobs, instead), iter(meanwhile)
        finished: dict[int, Outcome] = {}
        taken = 0
        while True:
            tasks.most = AHEAD * len(self._members) + taken
            finished.update(self._give(tasks))
            if taken in finished:
                result, error = finished.pop(taken)
                if error:
                    raise error
                taken += 1
                yield result
                finished.update(self._take(tasks, 0))
            elif taken < tasks.given:
                finished.update(self._await(tasks, steps))
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

    def _end(self, members: Sequence[Member]) -> None:
        for member in members:
            member.process.kill()
        for member in members:
            member.process.join()
            member.channel.close()
        self._members = [member for member in self._members if member not in members]

    def _give(self, tasks: "_Tasks[Job, Result]") -> list[tuple[int, Outcome]]:
        """Hand out jobs to all who have room, first to those who have none; give what became of lost ones."""
        done: list[tuple[int, Outcome]] = []
        for load in range(AT_ONCE):
            for member in [member for member in self._members if member.takes_at(load)]:
                with self._missed(member, tasks, done):
                    upcoming = tasks.next()
                    if upcoming:
                        member.give(tasks.work, *upcoming)
                    elif load:
                        member.put_off()
        return done

    def _await(self, tasks: "_Tasks[Job, Result]", steps: Iterator[object]) -> list[tuple[int, Outcome]]:
        """Go on with what is done meanwhile until somebody is done with a job."""
        for _ in steps:
            done = self._take(tasks, 0)
            if done:
                return done
        return self._take(tasks, None)

    def _take(self, tasks: "_Tasks[Job, Result]", timeout: float | None) -> list[tuple[int, Outcome]]:
        """Wait for results, no longer than allowed, and give them with the numbers of their jobs."""
        at_work = [member for member in self._members if member.jobs]
        ready = wait([member.channel for member in at_work], timeout) if at_work else ()
        done: list[tuple[int, Outcome]] = []
        for member in at_work:
            if member.channel in ready:
                with self._missed(member, tasks, done):
                    done.append(member.take())
        return done

    @contextmanager
    def _missed(
        self, member: Member, tasks: "_Tasks[Job, Result]", done: list[tuple[int, Outcome]]
    ) -> Iterator[None]:
        """Where a process turns out to have ended, put another in its place and say what became of its jobs."""
        try:
            yield
        except BrokenExecutor:
            if not tasks.instead:
                raise
            lost = list(member.jobs)
            self._replace(member)
            tasks.again.extend(lost[1:])  # those it had not begun
            number, job = lost[0]
            done.append((number, (tasks.instead(job), None)))

    def _replace(self, member: Member) -> None:
        """Start a process in the place of one that ended: anew, as this one may have opened a catalogue meanwhile.

        Raises:
            BrokenExecutor: there is no room for it, and no other is left.
        """
        resource_tracker.ensure_running()
        with interrupts.later():
            self._end([member])
            try:
                self._members.append(Member(multiprocessing.get_context("spawn")))
            except OSError:
                if not self._members:
                    raise BrokenExecutor("there is no room for another worker process") from None


class _Tasks(Generic[Job, Result]):
    """The jobs of one `Pool.map`.

    Attributes:
        work, instead: as there.
        again: jobs that were handed out, and never begun.
        given: how many of all were handed out.
        most: how many may be.
    """

    def __init__(
        self, work: Callable[[Job], Result], jobs: Iterable[Job], instead: Callable[[Job], Result] | None
    ) -> None:
        self.work = work
        self.instead = instead
        self.again: deque[Numbered] = deque()
        self.given = self.most = 0
        self._left = enumerate(jobs)

    def next(self) -> Numbered | None:
        """Take the next job to hand out, and its number; `None` where there is none, or enough are out."""
        if self.again:
            return self.again.popleft()
        upcoming = next(self._left, None) if self.given < self.most else None
        self.given += upcoming is not None
        return upcoming


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
        """Do jobs and give their results in order, as `Pool.map` does; the first results wait for `meanwhile`.

        What becomes of processes that end is the executor's affair.
        """
        left = iter(jobs)
        waiting = deque(self._executor.submit(work, job) for job in islice(left, AHEAD * self._size))
        for _ in meanwhile:
            pass
        for job in left:
            waiting.append(self._executor.submit(work, job))
            yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
