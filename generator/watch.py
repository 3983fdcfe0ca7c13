"""Ingest and build on every change: one process, one observer, and the ordinary ingest and build underneath.

An event names paths to look at; the look decides. What no event told of, the sweep finds.
"""

import math
import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from generator import build as builder
from generator import clock, interrupts, locks, lookup, sweep
from generator.catalogue import NAME, RACY_NS
from generator.changes import Changes
from generator.config import NAME as CONFIG
from generator.database import Damaged
from generator.indexing import Indexing
from generator.ingest import run as ingesting
from generator.ingest.batches import is_notes
from generator.model import DatelineError, Issue, Passing
from generator.observe import is_open
from generator.report import Collector, Outcome
from generator.rounds import Rounds
from generator.warm import Warm
from generator.workspace import Options as BuildOptions
from generator.workspace import Progress, output_folder, state_folder

LONGEST_NAP = 30.0
"""Seconds after which to look at the clock, whatever else: it may have been set, or the machine slept."""

RESTING_NS = 1_000_000_000
"""A seed that nobody touched for so many nanoseconds before the watch began, and nobody has open, is whole."""

AGAIN_SECONDS = 5.0
"""After a failure that may go away by itself, such as a full disk."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to watch.

    Attributes:
        poll: do without events, as on network drives.
        drafts: build the preview that has drafts, and leave the site itself alone.
        workers: as for a build.
    """

    poll: bool = False
    drafts: bool = False
    workers: int = 0


class Watch:
    """A site that is kept up to date.

    Args:
        root: the site's folder.
        options: how to watch.
        hear: is told what came of every turn, when the files are in place.
        progress: is told how far an ingest or a build is.
        say: is called with a sentence when something is to be known.

    Raises:
        DatelineError: there is no site here.
    """

    def __init__(
        self,
        root: Path,
        options: Options,
        hear: Callable[[Outcome], None],
        progress: Progress,
        say: Callable[[str], None],
    ) -> None:
        self._root = root.resolve()
        self._options = options
        self._hear = hear
        self._progress = progress
        self._say = say
        self._config = builder.read_config(root)
        state = state_folder(self._root, drafts=options.drafts)
        state.mkdir(parents=True, exist_ok=True)
        self._warm = Warm(state / NAME)
        self._wanted = True
        self._unbuilt: set[str] | None = None
        self._indexing = Indexing(self._root, drafts=options.drafts, say=say)
        self._issues: tuple[Issue, ...] | None = None
        self._failure = ""
        self._again = math.inf
        self._due: datetime | None = None
        self._built: datetime | None = None

    @property
    def output(self) -> Path:
        """The folder that is kept up to date."""
        return output_folder(self._root, self._config, drafts=self._options.drafts)

    @property
    def base_url(self) -> str:
        """Where the site will be served."""
        return self._config.site.base_url

    def run(self, begin: Callable[[], object] = lambda: None) -> None:
        """Ingest and build now and on every change, until interrupted.

        Args:
            begin: is called first, when it is certain that no other process watches.

        Raises:
            DatelineError: another process watches this site.
        """
        with self._begun(begin, poll=self._options.poll):
            while True:
                self._turn()
                self._changes.listen(self._patience())

    def stay(self, begin: Callable[[], object] = lambda: None) -> None:
        """Ingest and build once, and wait until interrupted; what it takes and raises is as above."""
        with self._begun(begin, poll=True):
            while self._wanted or self._changes.waiting:
                self._turn()
                self._changes.listen(LONGEST_NAP if self._changes.waiting else 0.0)
            if self._indexing.finish():
                self._build((), search=True)
            while True:
                time.sleep(LONGEST_NAP)

    @contextmanager
    def _begun(self, begin: Callable[[], object], *, poll: bool) -> Iterator[None]:
        """Ingest what came since the last time, with everything watched already."""
        with ExitStack() as stack:
            stack.enter_context(locks.watching(self._root))
            begin()
            self._changes = Changes(self._root, self._config, poll=poll, say=self._say)
            stack.callback(self._changes.stop)
            self._changes.adopt(self._config)
            self._rounds = Rounds(self._root, self._changes, self._warm, lambda: self.output)
            stack.callback(self._close)
            stack.callback(self._indexing.stop)
            self._ingest(self._seeds_at_rest())
            yield

    def _turn(self) -> None:
        seeds = self._changes.take_seeds()
        if seeds:
            self._ingest(seeds)
        paths = self._changes.take()
        if self._changes.anything:
            self._changes.anything, self._unbuilt, self._wanted = False, None, True
        if paths or self._wanted or self._changes.unplaced or self._is_due():
            self._build(paths)
        elif self._indexing.at <= time.monotonic():
            if self._indexing.step():
                self._build((), search=True)
        elif self._rounds.at <= time.monotonic():
            self._rounds.step()

    def _patience(self) -> float:
        """Give the seconds until there is something to do though nothing happens."""
        until = min(LONGEST_NAP, min(self._rounds.at, self._again, self._indexing.at) - time.monotonic())
        return min(until, (self._due - clock.now()).total_seconds()) if self._due else until

    def _is_due(self) -> bool:
        now = clock.now()
        passed = self._due is not None and now >= self._due
        set_back = self._built is not None and now < self._built  # what was out may not be due yet
        return passed or set_back or self._again <= time.monotonic()

    def _seeds_at_rest(self) -> tuple[str, ...]:
        """Name the seeds that came since the last ingest; those that may not be whole are watched first."""
        folder, rest = self._changes.seeds, time.time_ns() - RESTING_NS
        try:
            with locks.lock(self._root, "dateline watch", self._say), self._warm.opened() as catalogue:
                found = sweep.new_seeds(folder, catalogue, RACY_NS)
        except (DatelineError, OSError, Damaged):
            return (str(folder),)  # the ingest will say what is wrong
        new = {str(folder / path): look for path, look in found.items()}
        whole = {
            path
            for path, look in new.items()
            if max(look.mtime_ns, look.ctime_ns) < rest and not is_open(path)
        }
        for path in sorted(new.keys() - whole):
            self._changes.add(Path(path))
        return tuple(path for path in sorted(whole) if not is_notes(path))

    def _ingest(self, paths: tuple[str, ...]) -> None:
        """Ingest seeds."""
        if not paths:
            return
        cause = tuple(map(self._named, paths))
        inputs = [(Path(path), name) for path, name in zip(paths, cause, strict=True)]
        options = ingesting.Options(now=clock.now().astimezone(self._config.zone), changed=True)
        heard = Collector()
        try:
            ingesting.ingest(
                self._root, self._config, inputs, options, heard.hear, self._progress, self._say, self._warm
            )
        except (DatelineError, OSError) as error:
            self._fail(cause, error)
            return
        report = heard.report
        for article in report.articles:
            if article.status == "written":
                self._changes.add(self._root / article.path, whole=True)
        if report.issues or any(article.status != "unchanged" for article in report.articles):
            self._hear(Outcome(cause, ingested=report))

    def _build(self, paths: tuple[str, ...], *, search: bool = False) -> None:
        """Build, and look at these paths and at what earlier builds did not come to, or at everything."""
        self._indexing.stop()
        cause, now = tuple(map(self._named, paths)), clock.now()
        self._wanted = self._changes.unplaced = False
        self._again, self._due, self._built = math.inf, None, now
        if self._unbuilt is not None:
            below = self._changes.content
            self._unbuilt |= {
                str(Path(path).relative_to(below)) for path in paths if Path(path).is_relative_to(below)
            }
        try:
            if CONFIG in cause:
                self._reconfigure()
            few = None if self._unbuilt is None else tuple(sorted(self._unbuilt))
            given = self._options
            options = BuildOptions(now, workers=given.workers, paths=few, drafts=given.drafts, search=search)
            report = builder.build(self._root, options, self._progress, self._say, warm=self._warm)
        except (DatelineError, OSError) as error:
            if isinstance(error, OSError | Passing):
                self._unbuilt = None  # who knows how far it came
            self._fail(cause, error)
            return
        self._unbuilt, self._failure = set(), ""
        if report.written or report.deleted or report.issues != self._issues:
            self._hear(Outcome(cause, built=report))
        self._issues = report.issues
        self._tidy(now)
        if self._config.search.enabled and not search:
            self._indexing.consider(self._warm.catalogue)

    def _fail(self, cause: tuple[str, ...], error: Exception) -> None:
        """Tell what failed; it is tried again soon if it may go away by itself, else after the next change."""
        if isinstance(error, OSError | Passing):
            self._again = time.monotonic() + AGAIN_SECONDS
        self._issues, before, self._failure = None, self._failure, _sentence(error)
        if cause or before != self._failure:
            self._hear(Outcome(cause, failure=self._failure))

    def _reconfigure(self) -> None:
        """Go on with the configuration as it is now."""
        before, self._config = self._config, builder.read_config(self._root)
        if (before.build, before.ingest) != (self._config.build, self._config.ingest):
            self._changes.adopt(self._config)
            self._unbuilt = None

    def _tidy(self, now: datetime) -> None:
        """Do what nobody waits for, if nobody else is at work: `now` is when the last build began."""
        with (
            suppress(DatelineError, OSError, Damaged),
            locks.lock(self._root, "dateline watch", self._say, patience=0),
        ):
            self._warm.tidy()
        with suppress(Damaged):
            if self._warm.catalogue:
                self._due = lookup.next_moment(self._warm.catalogue, now)

    def _close(self) -> None:
        """Close the catalogue, unless somebody else is using it: then it stays as after a kill.

        It does not take long, and whoever wants it to end sooner asked for it already.
        """
        with (
            interrupts.later(),
            suppress(DatelineError, OSError, Damaged),
            locks.lock(self._root, "dateline watch", self._say, patience=1.0),
        ):
            self._warm.close()

    def _named(self, path: str) -> str:
        """Name a path as people know it, whatever links lead there; bytes that are no text as well as can be."""
        build, changes, place = self._config.build, self._changes, Path(path)
        for folder, name in (
            (changes.content, build.content),
            (changes.templates, build.templates),
            (changes.seeds, self._config.ingest.seeds),
            (self._root, ""),
        ):
            if place.is_relative_to(folder):
                path = (Path(name) / place.relative_to(folder)).as_posix()
                break
        return os.fsencode(path).decode("utf-8", "replace")


def _sentence(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename or 'dateline'}: {error.strerror}"
    return str(error)
