"""What the system says about files: which of them somebody writes."""

import subprocess
import sys
from pathlib import Path

import pytest

from generator.observe import is_open


@pytest.mark.skipif(sys.platform != "linux", reason="no other system says so")
def test_a_file_that_somebody_writes_is_told_from_one_that_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "a"
    with path.open("w") as file:
        file.write("half")
        assert is_open(str(path))
    assert not is_open(str(path))
    with path.open():
        assert not is_open(str(path))
    assert not is_open(str(tmp_path / "missing"))


@pytest.mark.skipif(sys.platform != "linux", reason="there are no leases")
def test_to_ask_whether_a_file_is_open_hinders_nobody(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("")
    writer = "import sys\nfor number in range(20000): open(sys.argv[1], 'a').close()"
    process = subprocess.Popen([sys.executable, "-c", writer, str(path)])
    while process.poll() is None:
        is_open(str(path))

    assert process.returncode == 0
