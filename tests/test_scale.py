"""Sites and inputs of more than a digest ever has, in small: what `benchmarks/scale.py` tries at full size."""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "benchmarks" / "scale.py"


@pytest.mark.parametrize("case", ["names", "day", "large", "inputs", "same", "odd"])
def test_it_is_right_however_much_there_is(case: str, tmp_path: Path) -> None:
    command = [sys.executable, f"{SCRIPT}", case, "--small", "--keep", f"{tmp_path}"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)

    assert result.returncode == 0, f"{result.stdout}{result.stderr}"
    assert result.stdout.count("\n| ") > len(["the head", "one command", "another"])


def test_a_preview_lets_go_of_every_page_and_each_hears_of_every_change() -> None:
    script = SCRIPT.with_name("endurance.py")
    command = [sys.executable, f"{script}", "--seconds", "15", "--pages", "200", "--articles", "40"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (result.returncode, result.stderr) == (0, "")
