"""How long a build works on the worst texts that it takes in: `python benchmarks/hostile_content.py [SIZE]`.

A table of processor times, slowest first. A text has SIZE megabytes, or as many as an article may have.
"""

import resource
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from endless import BODIES

from generator import markdown
from generator.documents import LARGEST

PATIENCE = 120
"""Seconds of processor time after which a text is given up."""


def measure(name: str, size: int) -> None:
    """Print how long one text takes, and what becomes of it."""
    resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE, PATIENCE))
    markdown.render_markdown("*a* <b>x</b> `a`\n\n- a\n- b")
    text = BODIES[name](size)
    began = time.process_time()
    html, too_much = markdown.format_markdown(text)
    took = time.process_time() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    became = f"as it is written: {too_much.reason}" if too_much else f"{len(html) / 1e6:.1f} MB of HTML"
    sys.stdout.write(f"{took:7.2f} s  {memory:5} MB  {name}: {became}\n")


def main() -> None:
    """Measure all of them, each in a process of its own."""
    size = int(float(sys.argv[1]) * 1e6) if len(sys.argv) > 1 else LARGEST - 1000
    rows = []
    for name in BODIES:
        command = [sys.executable, __file__, str(size / 1e6), name]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        rows.append(
            done.stdout if done.returncode == 0 else f"{PATIENCE:7} s and more: {name} {done.returncode}\n"
        )
        sys.stderr.write(rows[-1])
    sys.stdout.write("".join(sorted(rows, reverse=True)))


if __name__ == "__main__":
    if len(sys.argv) > 2:  # noqa: PLR2004 - a size and a name
        measure(sys.argv[2], int(float(sys.argv[1]) * 1e6))
    else:
        main()
