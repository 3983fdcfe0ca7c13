"""Ingest and build on every change: one process, one observer, and the ordinary ingest and build underneath.

An event names paths to look at; the look decides. What no event told of, the sweep finds.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from generator import build as builder
from generator import files, interrupts, locks, lookup, sweep
from generator.catalogue import NAME, RACY_NS
from generator.changes import Changes
from generator.config import NAME as CONFIG
from generator.database import Damaged
from generator.ingest import run as ingesting
from generator.model import DatelineError, Issue
from generator.report import Outcome
from generator.warm import Warm
from generator.workspace import DRAFTS
from generator.workspace import Options as BuildOptions

ROUND_SECONDS = 10.0
"""From the beginning of one sweep to that of the next, at least."""

SHARE = 0.01
"""How much of one processor's time sweeps take."""

POLLING_SECONDS, POLLING_SHARE = 0.5, 0.2
"""The same where there are no events."""

LONGEST_NAP = 30.0
"""Seconds after which to look at the clock, whatever else: it may have been set, or the machine slept."""

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
        say: is called with a sentence when something is to be known.

    Raises:
        DatelineError: there is no site here.
    """

    def __init__(
        self, root: Path, options: Options, hear: Callable[[Outcome], None], say: Callable[[str], None]
    ) -> None:
        self._root = root.resolve()
        self._options = options
        self._hear = hear
        self._say = say
        self._config = builder.read_config(root)
        self._state = self._root / files.STATE / DRAFTS if options.drafts else self._root / files.STATE
        self._state.mkdir(parents=True, exist_ok=True)
        self._warm = Warm(self._state / NAME)
        self._wanted = True
        self._unbuilt: set[str] | None = None
        self._issues: tuple[Issue, ...] | None = None
        self._moments = {"sweep": 0.0}
        self._due: datetime | None = None
        self._round: Iterator[None] | None = None
        self._looks: Mapping[str, object] = {}

    @property
    def output(self) -> Path:
        """The folder that is kept up to date."""
        name = self._config.build.output
        return self._state / name if self._options.drafts else self._root / name

    @property
    def base_url(self) -> str:
        """Where the site will be served."""
        return self._config.site.base_url

    def run(self) -> None:
        """Ingest and build now and on every change, until interrupted.

        Raises:
            DatelineError: another process watches this site.
        """
        with self._begun(poll=self._options.poll):
            while True:
                self._turn()
                self._changes.listen(self._patience())

    def stay(self) -> None:
        """Ingest and build once, and wait until interrupted.

        Raises:
            DatelineError: as above.
        """
        with self._begun(poll=True):
            self._turn()
            while True:
                time.sleep(LONGEST_NAP)

    @contextmanager
    def _begun(self, *, poll: bool) -> Iterator[None]:
        """Ingest what came since the last time, with everything watched already."""
        with ExitStack() as stack:
            stack.enter_context(locks.watching(self._root))
            self._changes = Changes(self._root, self._config, poll=poll, say=self._say)
            stack.callback(self._changes.stop)
            self._changes.adopt(self._config)
            self._looks = self._look_at_theme()
            stack.callback(self._close)
            self._ingest(())
            yield

    def _turn(self) -> None:
        seeds = self._changes.take_seeds()
        if seeds:
            self._ingest(seeds)
        paths = self._changes.take()
        if self._changes.anything:
            self._changes.anything, self._unbuilt, self._wanted = False, None, True
        if paths or self._wanted or self._is_due():
            self._build(paths)
        elif self._is_time("sweep"):
            self._sweep()

    def _patience(self) -> float:
        """Give the seconds until there is something to do though nothing happens."""
        until = min([LONGEST_NAP, *(moment - time.monotonic() for moment in self._moments.values())])
        return min(until, (self._due - _clock()).total_seconds()) if self._due else until

    def _is_time(self, what: str) -> bool:
        return self._moments.get(what, 0.0) <= time.monotonic()

    def _is_due(self) -> bool:
        again = "again" in self._moments and self._is_time("again")
        return again or (self._due is not None and _clock() >= self._due)

    def _ingest(self, paths: tuple[str, ...]) -> None:
        """Ingest these seeds, or at the beginning all that changed since they were ingested."""
        folder, name = self._changes.seeds, self._config.ingest.seeds
        inputs = [(Path(path), self._named(path)) for path in paths]
        if not paths and folder.is_dir():
            inputs = [(self._root / name, name)]
        options = ingesting.Options(now=_clock().astimezone(self._config.zone), changed=True)
        cause = tuple(map(self._named, paths))
        try:
            report = ingesting.ingest(
                self._root, self._config, inputs, options, _quiet, self._say, self._warm
            )
        except (DatelineError, OSError) as error:
            self._hear(Outcome(cause, failure=_sentence(error)))
            return
        for article in report.articles:
            if article.status == "written":
                self._changes.add(self._root / article.path, whole=True)
        if report.issues or any(article.status != "unchanged" for article in report.articles):
            self._hear(Outcome(cause, ingested=report))

    def _build(self, paths: tuple[str, ...]) -> None:
        """Build, and look at these paths and at what earlier builds did not come to, or at everything."""
        cause = tuple(map(self._named, paths))
        self._wanted = False
        self._moments.pop("again", None)
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
            options = BuildOptions(_clock(), workers=given.workers, paths=few, drafts=given.drafts)
            report = builder.build(self._root, options, _quiet, self._say, warm=self._warm)
        except (DatelineError, OSError) as error:
            if isinstance(error, OSError):
                self._unbuilt, self._moments["again"] = None, time.monotonic() + AGAIN_SECONDS
            self._issues = None
            self._hear(Outcome(cause, failure=_sentence(error)))
            return
        self._unbuilt = set()
        if report.written or report.deleted or report.issues != self._issues:
            self._hear(Outcome(cause, built=report))
        self._issues = report.issues
        self._tidy()

    def _reconfigure(self) -> None:
        """Go on with the configuration as it is now."""
        before, self._config = self._config, builder.read_config(self._root)
        if (before.build, before.ingest) != (self._config.build, self._config.ingest):
            self._changes.adopt(self._config)
            self._unbuilt = None

    def _tidy(self) -> None:
        """Do what nobody waits for."""
        with locks.lock(self._root, "dateline watch", self._say):
            self._warm.tidy()
        if self._warm.catalogue:
            self._due = lookup.next_moment(self._warm.catalogue, _clock())

    def _sweep(self) -> None:
        """Go one step further round, and set the time of the next."""
        seconds, share = (POLLING_SECONDS, POLLING_SHARE) if self._changes.polling else (ROUND_SECONDS, SHARE)
        began, spent = time.monotonic(), time.process_time()
        if self._round is None:
            self._round = self._go_round()
            self._moments["round"] = began + seconds
        try:
            next(self._round)
        except (StopIteration, Damaged):
            self._round = None
        pause = (time.process_time() - spent) / share
        self._moments["sweep"] = time.monotonic() + pause
        if self._round is None:
            self._moments["sweep"] = max(self._moments["sweep"], self._moments.pop("round"))

    def _go_round(self) -> Iterator[None]:
        """Look at everything that a build would look at, and note what is not as it was."""
        catalogue, changes = self._warm.catalogue, self._changes
        if catalogue:
            for found in sweep.sweep_content(changes.content, catalogue, RACY_NS):
                self._add_all(changes.content, found)
                yield
            for found in sweep.sweep_output(self.output, catalogue):
                changes.anything |= bool(found)
                yield
            known = catalogue.seeds(RACY_NS)
            seeds = files.scan(changes.seeds).items()
            self._add_all(changes.seeds, [path for path, look in seeds if known.get(path) != look])
        before, self._looks = self._looks, self._look_at_theme()
        differing = {path for path, look in before.items() ^ self._looks.items()}
        self._add_all(self._root, sorted(differing))

    def _look_at_theme(self) -> Mapping[str, object]:
        """Tell how the templates and the configuration look."""
        name = self._config.build.templates
        found: dict[str, object] = {
            f"{name}/{path}": look for path, look in files.scan(self._changes.templates).items()
        }
        return found | {CONFIG: files.stat(self._root / CONFIG)}

    def _add_all(self, folder: Path, paths: list[str]) -> None:
        for path in paths:
            self._changes.add(folder / path)

    def _close(self) -> None:
        """Close the catalogue, unless somebody else is using it: then it stays as after a kill.

        It does not take long, and whoever wants it to end sooner asked for it already.
        """
        with (
            interrupts.later(),
            suppress(DatelineError),
            locks.lock(self._root, "dateline watch", self._say, patience=1.0),
        ):
            self._warm.close()

    def _named(self, path: str) -> str:
        """Name a path as people know it."""
        place = Path(path)
        return place.relative_to(self._root).as_posix() if place.is_relative_to(self._root) else path


def _sentence(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename or 'dateline'}: {error.strerror}"
    return str(error)


def _quiet(_what: str, _done: int, _total: int) -> None:
    """Show no progress."""


def _clock() -> datetime:
    return datetime.now(UTC)
