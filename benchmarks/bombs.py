"""What inputs that are made to harm cost an ingest: `bombs.py [WORD...] [--size MB] [--write]`.

Each goes into a site of its own with an honest story after it, and to an ingest of its own.
"""

import argparse
import json
import multiprocessing
import os
import platform
import signal
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import packed_bombs
import text_bombs

ATTACKS = text_bombs.ATTACKS | packed_bombs.ATTACKS
PAGE = Path(__file__).with_name("BOMBS.md")
MEGABYTE = 1 << 20
PATIENCE = 600
"""Seconds after which an ingest counts as one that hangs."""

SITE = '[site]\ntitle = "T"\nbase_url = "https://news.example/"\n'
HONEST = "Ferry returns to Carrow Sound\n\nThe ferry sailed again on Monday, the harbour office said. It is full.\n"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an attack.

    Attributes:
        name: what it is called.
        size: bytes of the input.
        seconds: of processor time, of the ingest and its workers.
        memory: the most bytes that one of them had.
        said: the first message, or what became of the ingest.
        harmless: it ended by itself, and the honest story was filed.
    """

    name: str
    size: int
    seconds: float
    memory: int
    said: str
    harmless: bool


def attack(name: str, size: int) -> Outcome:
    """Have an input of about so many bytes ingested."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "seeds").mkdir()
        (root / "dateline.toml").write_text(SITE)
        seed = root / "seeds" / ATTACKS[name][0]
        maker = multiprocessing.Process(target=_write, args=(seed, name, size))
        maker.start()
        maker.join()
        (root / "seeds" / "honest.txt").write_text(HONEST)
        written = seed.stat().st_size
        status, seconds, memory = _ingest(root)
        printed = (root / "out").read_text(errors="replace")
    if status not in (0, 1):
        return Outcome(
            name, written, seconds, memory, f"ended with {status}: {printed[-60:]}", harmless=False
        )
    report = json.loads(printed)
    filed = [article["input"] for article in report["articles"] if article["status"] == "written"]
    said = [issue["message"] for issue in report["issues"]] or [f"{len(filed) - 1} filed"]
    return Outcome(name, written, seconds, memory, said[0], "seeds/honest.txt" in filed)


def _write(seed: Path, name: str, size: int) -> None:
    """Make an input, in a process of its own, for the same reason as `main` gives."""
    seed.write_bytes(ATTACKS[name][1](size))


def _ingest(root: Path) -> tuple[int, float, int]:
    """Ingest a site's seeds, and give the status, the processor time and the memory that it took."""
    command = [sys.executable, "-m", "generator", "ingest", "--json", "--root", str(root)]
    with (root / "out").open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, start_new_session=True)
    patience = threading.Timer(PATIENCE, os.killpg, (process.pid, signal.SIGKILL))
    patience.start()
    _, status, used = os.wait4(process.pid, 0)
    patience.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024


def row(one: Outcome) -> str:
    """Give a line of the table."""
    mark = "" if one.harmless else "**harmed** "
    said = one.said[:100].replace("|", "\\|")
    return (
        f"| {one.name} | {one.size / MEGABYTE:.1f} | {one.seconds:.1f} | {one.memory >> 20} | {mark}{said} |"
    )


def say(*lines: str) -> None:
    """Print lines at once."""
    sys.stdout.write("\n".join((*lines, "")))
    sys.stdout.flush()


HEAD = (
    "| attack | MB | seconds | memory, MB | first message, or stories filed of it |",
    "|---|---:|---:|---:|---|",
)


def main() -> None:
    """Attack, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("words", nargs="*", help="attacks whose names have one of these")
    parser.add_argument("--size", type=float, default=1, help="of an input, in megabytes")
    parser.add_argument("--write", action="store_true", help=f"the table goes to {PAGE.name}, too")
    given = parser.parse_args()
    lines = list(HEAD)
    say(*lines)
    chosen = [name for name in ATTACKS if not given.words or any(word in name for word in given.words)]
    # Each from a process of its own: what that once took, the system counts as taken by its children.
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), max_tasks_per_child=1) as apart:
        for name in chosen:
            lines.append(row(apart.submit(attack, name, int(given.size * MEGABYTE)).result()))
            say(lines[-1])
    if given.write:
        machine = f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}"
        PAGE.write_text("\n".join((f"# Bombs\n\n{__doc__}\n{machine}.\n", *lines, "")))


if __name__ == "__main__":
    main()
