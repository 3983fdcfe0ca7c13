"""What goes wrong with disks, rights and files: one sentence, the right status, the site whole, then all well."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import faulting
import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks, and limits what processes may do")

REPOSITORY = Path(__file__).parents[1]
APART = ("unshare", "--mount")
"""Runs a command that mounts file systems where nobody else sees them."""

AT_LEAST = {"rights": 20, "limits": 14, "meanwhile": 20, "mounts": 7}
"""So many commands meet a fault."""


@pytest.fixture
def memory() -> Iterator[Path]:
    """Give a folder that anybody may come to, in memory where there is one."""
    place = "/dev/shm"  # noqa: S108 - the folder in it has a name of its own
    place = place if os.access(place, os.W_OK) else tempfile.gettempdir()
    with tempfile.TemporaryDirectory(prefix="dateline-faults-", dir=place) as folder:
        yield Path(folder)


def may_mount() -> bool:
    return (
        os.getuid() == 0
        and shutil.which(APART[0]) is not None
        and subprocess.run(
            [*APART, "mount", "-t", "tmpfs", "none", "/mnt"], check=False, stderr=-3
        ).returncode
        == 0
    )


@pytest.mark.parametrize("subject", faulting.SUBJECTS)
def test_a_fault_is_told_and_leaves_no_trace(memory: Path, subject: str) -> None:
    if subject == "mounts" and not may_mount():
        pytest.skip("this user may not mount file systems")
    before = APART if subject == "mounts" else ()
    command = [*before, sys.executable, faulting.__file__, str(memory), subject]
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY)}
    found = json.loads(subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE).stdout)

    assert found["wrong"] == []
    assert found["run"] >= AT_LEAST[subject]
