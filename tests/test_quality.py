"""What ingest makes of dirty input is never worse than it was: `make quality`, with what data there is."""

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[1] / "benchmarks" / "quality.py"


def test_no_score_is_below_its_floor() -> None:
    result = subprocess.run([sys.executable, SCRIPT], capture_output=True, text=True, check=False)

    assert (result.returncode, result.stderr) == (0, ""), result.stdout
    assert "corpus.leakage" in result.stdout
