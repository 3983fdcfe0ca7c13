"""Tries sites and inputs far larger than any digest's, checks what comes of it and tells what it took.

    python benchmarks/scale.py [CASE...] [--small] [--write] [--keep DIR]

It fails where anything is wrong: a story is lost, an address is taken twice, a small build makes another site
than a clean one. `--small` tries much less, for correctness alone; `--write` writes SCALE.md, too.
"""

import argparse
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import endurance
import scale_inputs
import scale_sites
from measure import Failed
from tools import HERE
from trial import Row, Size, Tell

HEAD = "| case | what | wall, s | processor, s | memory, MB | found |\n|---|---|---:|---:|---:|---|\n"
NOTES = """# Scale

Sites and inputs far larger than any digest's: `scale.py --write`, {date}, {processors} processors, {system}, Python
{python}; load at the start: {load:.1f}. Each was checked: no story is lost, every address is there once, and after
small builds the site has the bytes of a clean one. *Processor* is the time of all processes, *memory* the most that
they held at one moment (sum of PSS, looked at four times a second); MB are millions of bytes.

"""


@dataclass(frozen=True, slots=True)
class Case:
    """Something to try, and how much of it: really, and where only correctness counts."""

    run: Callable[[Path, Size, Tell], None]
    full: int
    small: int


def preview(folder: Path, size: Size, tell: Tell) -> None:
    """Try a preview with 200 open pages while files change, for so many seconds."""
    seconds = size.count
    found = endurance.endure(folder / "site", seconds, 200, 300)
    case = f"preview, 200 pages open for {seconds:,} s"
    changes, told = sum(found.changes.values()), found.pages["told"]
    said = f"{changes:,} changes, {told:,} times a page was told to load again, none missed the last one"
    tell(
        Row(
            case,
            "while files change",
            seconds,
            found.processor,
            max(look.memory for look in found.looks),
            said,
        )
    )
    for what, look in (("before the first page", found.before), ("after the last one", found.after)):
        held = f"{look.descriptors} descriptors, {look.threads} threads"
        tell(Row(case, what, 0, 0, look.memory, held))
    tell(Row(case, "growth after the warm-up", 0, 0, 0, f"{found.growth:+.2f} MB a minute"))
    endurance.check(found)


CASES = {
    "many": Case(scale_sites.many, 100_000, 200),
    "names": Case(scale_sites.names, 50_000, 2_000),
    "day": Case(scale_sites.day, 20_000, 1_000),
    "large": Case(scale_sites.large, 5_000, 300),
    "inputs": Case(scale_inputs.inputs, 10_000, 60),
    "same": Case(scale_inputs.same, 20_000, 200),
    "odd": Case(scale_inputs.odd, 5_000, 350),
    "preview": Case(preview, 600, 15),
}


def main(arguments: list[str]) -> None:
    """Run the command line; the table goes to standard output."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("cases", nargs="*", choices=[[], *CASES], metavar="CASE", help=", ".join(CASES))
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--count", type=int, help="instead of what a case tries")
    parser.add_argument("--keep", type=Path, help="where the sites are left; default: they are removed")
    given = parser.parse_args(arguments)
    notes, table = _notes(), [HEAD]
    _print(HEAD)

    def tell(row: Row) -> None:
        table.append(_line(row))
        _print(table[-1])
        if given.write:
            (HERE / "SCALE.md").write_text(notes + "".join(table), encoding="utf-8")

    with nullcontext(given.keep.resolve()) if given.keep else tempfile.TemporaryDirectory() as work:
        failed = []
        for name in given.cases or CASES:
            case = CASES[name]
            size = Size(given.count or (case.small if given.small else case.full), full=not given.small)
            if not _succeeds(name, Path(work) / name, size, tell):
                failed.append(name)
            if not given.keep:  # a site has gigabytes
                shutil.rmtree(Path(work) / name, ignore_errors=True)
    if failed:
        sys.exit(f"scale: {', '.join(failed)} failed")


def _succeeds(name: str, folder: Path, size: Size, tell: Tell) -> bool:
    try:
        CASES[name].run(folder, size, tell)
    except Failed as error:
        tell(Row(name, "**failed**", 0, 0, 0, f"{error}".replace("\n", " ")))
        return False
    return True


def _line(row: Row) -> str:
    took = [f"{row.wall:.1f}", f"{row.processor:.1f}"] if row.processor else ["–", "–"]
    memory = f"{row.memory / 1_000_000:.0f}" if row.memory else "–"
    return f"| {row.case} | {row.what} | {took[0]} | {took[1]} | {memory} | {row.found} |\n"


def _notes() -> str:
    return NOTES.format(
        date=datetime.now(UTC).date(),
        processors=os.cpu_count(),
        system=f"{platform.system()} {platform.machine()}",
        python=platform.python_version(),
        load=os.getloadavg()[0],
    )


def _print(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
