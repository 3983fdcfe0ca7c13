"""Runs the tests in several processes, each file of them in the one that comes to it first.

    python tests/side_by_side.py [ARGUMENT OF PYTEST…]

Unlike the workers of pytest-xdist these processes have no threads of their own, so that what they test can fork.
What the first says is seen at once, what the others say when they end. Exit status: 0 if every process succeeded.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

MOST = 4
"""Processes at most: tests have workers of their own."""


def main() -> int:
    """Start the processes, wait for all, print what they said, and give the exit status."""
    size = min(MOST, os.cpu_count() or 1)
    with tempfile.TemporaryDirectory(prefix="claims-") as claims:
        command = [sys.executable, "-m", "pytest", f"--claims={claims}", *sys.argv[1:]]
        said = [Path(claims, f"said-{number}") for number in range(1, size)]
        outputs = [None, *(path.open("wb") for path in said)]
        running = [subprocess.Popen(command, stdout=output, stderr=output) for output in outputs]
        statuses = [process.wait() for process in running]
        for path in said:
            sys.stdout.write(path.read_text(errors="replace"))
    return max(statuses, key=abs)


if __name__ == "__main__":
    sys.exit(main())
