"""Going round all that a build looks at, again and again, a step at a time: what no event told of is found so."""

import gc
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from generator import files, keys, sweep
from generator.catalogue import RACY_NS
from generator.changes import Changes
from generator.config import NAME as CONFIG
from generator.database import Damaged
from generator.model import DatelineError
from generator.warm import Warm

SECONDS, SHARE = 10.0, 0.01
"""From the beginning of one round to that of the next, at least; and how much of one processor's time it takes."""

POLLING_SECONDS, POLLING_SHARE = 0.5, 0.2
"""The same where there are no events."""


FAILURES = (DatelineError, Damaged, OSError)
"""What ends a round before its time: a build will say what is wrong, and the next round begins anew."""


class Rounds:
    """Looks for what changed, and notes it.

    Args:
        root: the site's folder.
        changes: takes note, and knows the folders.
        warm: has the catalogue that things are compared with; where it is closed there is nothing to compare.
        output: gives the output folder.

    Attributes:
        at: when to take the next step, by the monotonic clock.
    """

    def __init__(self, root: Path, changes: Changes, warm: Warm, output: Callable[[], Path]) -> None:
        self.at = 0.0
        self._root = root
        self._changes = changes
        self._warm = warm
        self._output = output
        self._looks = self._look_at_theme()
        self._round: Iterator[None] | None = None
        self._ends = 0.0

    def step(self) -> None:
        """Go one step further."""
        seconds, share = (POLLING_SECONDS, POLLING_SHARE) if self._changes.polling else (SECONDS, SHARE)
        spent = time.thread_time()
        if self._round is None:
            self._round, self._ends = self._go_round(), time.monotonic() + seconds
        try:
            next(self._round)
        except (StopIteration, *FAILURES):
            self._round = None
        self.at = time.monotonic() + (time.thread_time() - spent) / share
        if self._round is None:
            self.at = max(self.at, self._ends)

    def _go_round(self) -> Iterator[None]:
        catalogue, changes = self._warm.catalogue, self._changes
        if catalogue:
            for found in sweep.sweep_content(changes.content, catalogue, RACY_NS):
                self._add(changes.content, found)
                yield
            for found in sweep.sweep_output(self._output(), catalogue):
                changes.anything |= bool(found)
                yield
            self._add(changes.seeds, sweep.new_seeds(changes.seeds, catalogue, RACY_NS))
            # Pages whose place is somebody else's file are tried again.
            changes.unplaced = any(key != keys.INDEX for key in catalogue.touched())
        changes.check_folders()
        gc.collect()  # which hardly ever happens by itself, so that builds are not held up
        before, self._looks = self._looks, self._look_at_theme()
        self._add(self._root, sorted({path for path, _ in before ^ self._looks}))

    def _look_at_theme(self) -> set[tuple[str, object]]:
        """Tell how the templates and the configuration look."""
        folder = self._changes.templates
        try:
            found = {(str(folder / path), look) for path, look in files.scan(folder).items()}
            return {*found, (str(self._root / CONFIG), files.stat(self._root / CONFIG))}
        except (OSError, DatelineError):
            return set()

    def _add(self, folder: Path, paths: Iterable[str]) -> None:
        for path in paths:
            self._changes.add(folder / path)
