"""The law: whatever happens to a site, its incremental build has the bytes of a clean build elsewhere.

`SOAK=1` tries thousands of histories that nobody has tried before, `SOAK=500` as many as it says.
"""

import os
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, settings
from stories import Articles, Looks, Mishaps, Times

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
