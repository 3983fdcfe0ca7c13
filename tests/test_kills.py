"""Processes that are killed in the midst of an ingest, a build, a watch or a publish, at any moment.

`TORTURE=all` kills them at every write and commit, and more often at random.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import killing
import killing_ingests
import killing_publishes
import killing_watches
import pytest
from rsyncing import MISSING

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks, and looks at processes in /proc")

ALL = os.environ.get("TORTURE") == "all"
TIMES = 10 if ALL else 1
REPOSITORY = Path(__file__).parents[1]

KILLS = {
    "ingests": (killing_ingests, ("1",), "--random", 115),
    "ingests with workers": (killing_ingests, ("2",), "--random", 20),
    "builds": (killing, ("an edit", "1"), "--random", 40),
    "builds with workers": (killing, ("from nothing", "2"), "--random", 20),
    "watches": (killing_watches, (), "", 25),
    "publishes to a folder": (killing_publishes, ("folder",), "", 85),
    "publishes to a branch": (killing_publishes, ("branch",), "", 12),
    "publishes by rsync": (killing_publishes, ("rsync",), "", 0 if MISSING else 6),
}
"""Programs, what they are told, and how often they have to kill at random moments."""

AT_LEAST = 300
"""Processes that are killed in all."""


@pytest.fixture(scope="module")
def memory() -> Iterator[Path]:
    """Give a folder in memory where there is one: none of this is about power cuts."""
    place = "/dev/shm"  # noqa: S108 - the folder in it has a name of its own
    place = place if os.access(place, os.W_OK) else tempfile.gettempdir()
    with tempfile.TemporaryDirectory(prefix="dateline-kills-", dir=place) as folder:
        yield Path(folder)


def start(folder: Path, program: Any, *told: str) -> "subprocess.Popen[bytes]":  # noqa: ANN401 - a module
    folder.mkdir()
    command = [sys.executable, program.__file__, str(folder), *told]
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, env=environment)


def outcome(process: "subprocess.Popen[bytes]") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(process.communicate()[0])
    return found


@pytest.fixture(scope="module")
def outcomes(memory: Path) -> dict[str, dict[str, Any]]:
    """Run all of them at once."""
    running = {}
    for name, (program, told, option, kills) in KILLS.items():
        if kills:
            given = (*told, *([option] if option else ()), str(TIMES * kills))
            running[name] = start(memory / name.replace(" ", "-"), program, *given)
    return {name: outcome(process) for name, process in running.items()}


@pytest.mark.parametrize("name", KILLS)
def test_whenever_it_is_killed_nothing_is_lost_and_the_next_one_converges(
    outcomes: dict[str, dict[str, Any]], name: str
) -> None:
    if not KILLS[name][-1]:
        pytest.skip("there is no rsync here to publish with")

    assert outcomes[name]["wrong"] == []
    assert outcomes[name]["killed"] >= TIMES * KILLS[name][-1]


def test_many_are_killed(outcomes: dict[str, dict[str, Any]]) -> None:
    assert sum(outcome["killed"] for outcome in outcomes.values()) >= AT_LEAST


@pytest.mark.parametrize("workers", [1, 2])
def test_whatever_write_an_ingest_is_killed_after_the_next_one_finishes_it(
    memory: Path, workers: int
) -> None:
    step = 1 if ALL else (8, 15)[workers - 1]
    found = outcome(start(memory / f"steps-{workers}", killing_ingests, str(workers), "--step", str(step)))

    assert found["wrong"] == []
    assert found["killed"] > 150 // step
