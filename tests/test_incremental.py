"""The law: whatever happens to a site, its incremental build has the bytes of a clean build elsewhere.

`SOAK=1` tries thousands of histories that nobody has tried before, `SOAK=500` as many as it says.
"""

import os
from typing import TYPE_CHECKING

from conftest import quiet
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule
from stories import Articles, Looks, Mishaps, Times

from generator import files
from generator.build import build
from generator.catalogue import NAME
from generator.report import BuildReport
from generator.warm import Warm
from generator.workspace import Options

if TYPE_CHECKING:
    from law import Law

SOAK = int(os.environ.get("SOAK") or 0)
STEPS = 20


class Editing(Articles, Times):
    """What people do to articles, and when."""


class Keeping(Articles, Mishaps):
    """The same while disks, builds and other people have their own ideas."""


class Everything(Articles, Times, Mishaps, Looks):
    """All that can happen, together."""


class Watched(Articles, Times, Looks):
    """Builds that are told what changed, with a catalogue that stays open, and others between them."""

    def __init__(self) -> None:
        super().__init__()
        self.warm = Warm(self.project.root / files.STATE / NAME)
        self.patches.callback(self.warm.close)
        self.seen: dict[str, object] = {}

    def build(self, *, verify: bool = False) -> BuildReport:
        content = self.project.root / "content"
        found: dict[str, object] = {
            path: (look, (content / path).read_bytes()) for path, look in files.scan(content).items()
        }
        changed = {path for path, _ in found.items() ^ self.seen.items()}
        # Whoever moves a folder says so of the folder alone.
        paths = {path.rpartition("/")[0] if len(path) % 3 == 0 and "/" in path else path for path in changed}
        options = Options(
            self.now, verify=verify, workers=self.workers, paths=None if verify else tuple(paths)
        )
        report = build(self.project.root, options, quiet, quiet, warm=self.warm)
        self.seen = found
        self.warm.tidy()
        return report

    def build_apart(self) -> BuildReport:
        return super().build()

    @rule(stops=st.lists(st.integers(1, 60), min_size=1, max_size=2))
    def have_the_next_builds_killed(self, stops: list[int]) -> None:
        self.stops += stops

    @rule()
    def have_somebody_else_build(self) -> None:
        self.build_apart()

    @rule()
    def have_workers_do_the_next_build(self) -> None:
        self.workers = 2


def case(law: "type[Law]", share: float) -> type:
    """Make a test of a law: its share of all histories."""
    histories = SOAK if SOAK > 1 else 3000 if SOAK else 200
    law.TestCase.settings = settings(
        max_examples=round(histories * share),
        stateful_step_count=STEPS,
        deadline=None,
        derandomize=not SOAK and settings().derandomize,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
    )
    return law.TestCase


TestEditing = case(Editing, 0.35)
TestKeeping = case(Keeping, 0.25)
TestEverything = case(Everything, 0.4)
TestWatched = case(Watched, 0.4)
