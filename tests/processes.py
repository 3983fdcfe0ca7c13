"""Processes that outlive who started them, for tests that wait until these have done what they will."""

import os
import time
from contextlib import suppress
from pathlib import Path

PATIENCE = 60.0


def await_end(pids: Path) -> None:
    """Wait until processes are no more that noted their numbers in a file, if there is one."""
    deadline = time.monotonic() + PATIENCE
    for pid in pids.read_text().split() if pids.exists() else ():
        while runs(int(pid)):
            assert time.monotonic() < deadline, f"process {pid} does not end"
            time.sleep(0.01)


def runs(pid: int) -> bool:
    """Tell whether there is such a process that has not ended."""
    with suppress(OSError):  # it is gone, or this system does not tell more
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"  # see proc(5)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
