"""Builds one corpus with Dateline and the installed peers in turn, and writes what it took: `make bench`."""

import argparse
import os
import platform
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Collection
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from chart import render_chart
from edits import EDITS, RESTING, Edit
from live import Preview, plan
from measure import Cost, Failed, peak_memory, put_aside, run
from report import render_report
from results import Results, Size, Timed, parse_json, render_json
from targets import TEN
from tools import (
    ALONE,
    DATELINE,
    HERE,
    HUGO,
    LOCAL,
    OUTPUT,
    SERVERS,
    TOOLS,
    WHOLE,
    Tool,
    find,
    kinds,
    lay_out,
    supports,
    version,
)

PARTS = ("builds", "live")
"""What can be measured, each alone or after the other: `--parts`."""


def main(arguments: list[str]) -> None:
    """Run the command line; the tables go to standard output, progress to standard error."""
    given = _parser().parse_args(arguments)
    # What was started is ended, and what was written is cleared up, if this is told to end.
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    programs = {tool.name: find(tool, [*given.bin, *LOCAL]) for tool in (*TOOLS, WHOLE)}
    if not programs[DATELINE.name]:
        sys.exit(
            "bench: no `dateline` beside this Python; run it with the environment that `make site` makes"
        )
    if not supports(programs[DATELINE.name], "--workers"):
        programs[ALONE.name] = ""
    wanted = TOOLS if "builds" in given.parts else (DATELINE, HUGO)
    tools = [tool for tool in wanted if given.only is None or tool.form in {"dateline", *given.only}]
    versions = {tool.name: version(tool, programs[tool.name]) for tool in tools if programs[tool.name]}
    results = Results(_machine(), versions)
    if given.write:
        _keep(results)
    with _place(given.keep) as work:
        for count in given.sizes:
            bench = _Bench(programs, Path(work).resolve() / f"{count}", count, given.end)
            bench.size = results.sizes[count] = _without(given.parts, results.sizes.get(count, Size()))
            _measure(bench, tools, given)
            if given.write:
                _write(results)
        # Before clearing up, which takes minutes after a hundred thousand articles.
        sys.stdout.write(render_report(results))
        sys.stdout.flush()


def _measure(bench: "_Bench", tools: list[Tool], given: argparse.Namespace) -> None:
    if "builds" in given.parts:
        bench.prepare(tools)
        bench.full_builds(given.runs)
        bench.small_builds(given.runs)
    if "live" in given.parts:
        forms = {tool.form for tool in tools}
        bench.previews([tool for tool in SERVERS if tool.form in forms], given.idle)


def _without(parts: Collection[str], size: Size) -> Size:
    """Give what was found at a size, without the parts that are to be measured now."""
    if "builds" in parts:
        size = Size(live=size.live)
    return replace(size, live={}) if "live" in parts else size


def _keep(results: Results) -> None:
    """Keep the sizes that a run of the same day measured with the same tools on such a machine."""
    earlier = parse_json((HERE / "results.json").read_bytes())
    alike = all(
        earlier.machine.get(name) == results.machine[name]
        for name in ("date", "processors", "system", "Python")
    )
    if alike and all(earlier.versions.get(name) == found for name, found in results.versions.items()):
        results.versions = earlier.versions
        results.sizes |= earlier.sizes


def _write(results: Results) -> None:
    (HERE / "RESULTS.md").write_text(render_report(results), encoding="utf-8")
    if any(size.builds for size in results.sizes.values()):
        (HERE / "results.svg").write_text(render_chart(results), encoding="utf-8")
    (HERE / "results.json").write_bytes(render_json(results))


class _Bench:
    """The benchmark at one size: the sites to build, and what it took so far."""

    def __init__(self, programs: dict[str, str], work: Path, count: int, end: date) -> None:
        self.programs = programs
        self.work = work
        self.count = count
        self.end = end
        self.tools: list[Tool] = []
        self.size = Size()

    def prepare(self, tools: list[Tool]) -> None:
        """Lay out every tool's site and build it once: it warms the disk's cache and shows the memory it takes."""
        for tool in tools:
            try:
                self._try(tool)
            except Failed as failed:
                if tool is DATELINE:
                    raise
                _say(f"{tool.label} failed and is left out\n{failed}")
                self.size.absent[tool.name] = "failed"

    def full_builds(self, runs: int) -> None:
        """Build everything anew, the tools in turn, and copy Dateline's site in the same turn."""
        self.size.builds["cp"] = Timed()
        for turn in range(runs):
            for tool in self.tools:
                self._cold(tool)
                cost = run(self._command(tool), self._folder(tool))
                self.size.builds[tool.name].add(cost)
                self._tell(f"run {turn + 1}, {tool.label}", cost.wall)
            copy = self.work / "copy"
            cost = run(["cp", "-r", str(self._folder(DATELINE) / OUTPUT), str(copy)], self.work)
            self.size.builds["cp"].add(cost)
            self._tell(f"run {turn + 1}, cp -r", cost.wall)
            put_aside(copy, into=self.work / "aside")

    def small_builds(self, runs: int) -> None:
        """Change a thing and build again, each kind of change several times."""
        run(self._command(DATELINE), self._folder(DATELINE))
        for edit in EDITS:
            # The first build with a template of the site's own is not the one after an edit of it.
            if edit.name == "template":
                self._small_build(edit, runs)
            timed = self.size.edits[edit.name] = Timed()
            for number in range(runs):
                time.sleep(RESTING)
                timed.add(self._small_build(edit, number))
                self._tell(f"{edit.label}, run {number + 1}", timed.walls[-1])

    def previews(self, tools: list[Tool], idle: float) -> None:
        """Measure the servers that watch, one after another, each of them idle for so many seconds."""
        for tool in tools:
            if not self.programs[tool.name]:
                self.size.absent[f"{tool.name} preview"] = "not installed"
                continue
            try:
                self.size.live[tool.name] = self._preview(tool).measure(idle)
                self.size.absent.pop(f"{tool.name} preview", None)
            except Failed as failed:
                if tool is DATELINE:
                    raise
                _say(f"the preview of {tool.label} failed and is left out\n{failed}")
                self.size.absent[f"{tool.name} preview"] = "failed"

    def _preview(self, tool: Tool) -> Preview:
        """Bring a tool's site up to date, with the theme as it is installed, for its preview to be measured."""
        folder = self._folder(tool)
        if tool not in self.tools and tool is not WHOLE:
            lay_out(tool, folder, self.count, self.end)
        if tool is DATELINE:
            shutil.rmtree(folder / "templates", ignore_errors=True)
            run(self._command(tool), folder)
        command = [self.programs[tool.name], *tool.serving]
        return Preview(
            tool,
            command,
            folder,
            plan(tool, self.count),
            lambda what, seconds: self._tell(f"{tool.label}, {what}", seconds),
        )

    def _try(self, tool: Tool) -> None:
        if not self.programs[tool.name]:
            known = self.programs[DATELINE.name] and tool is ALONE
            self.size.absent[tool.name] = "not an option of this version" if known else "not installed"
        elif tool.slow and self.count > TEN:
            self.size.absent[tool.name] = "too slow to be run"
        else:
            if tool is not ALONE:
                lay_out(tool, self._folder(tool), self.count, self.end)
            self._cold(tool)
            timed = Timed(memory=peak_memory(self._command(tool), self._folder(tool)))
            self.size.builds[tool.name] = timed
            self.size.kinds[tool.name] = kinds(self._folder(tool) / OUTPUT)
            self.tools.append(tool)
            _say(f"{self.count:,}: {tool.label} is ready, {sum(self.size.kinds[tool.name].values()):,} files")

    def _small_build(self, edit: Edit, number: int) -> Cost:
        folder = self._folder(DATELINE)
        changed = edit.change(folder, number) if edit.change else None
        cost = run(self._command(DATELINE), folder)
        if changed and changed[1] not in changed[0].read_text(encoding="utf-8"):
            raise Failed(f"{edit.label}: the change does not show in {changed[0].name}")
        return cost

    def _command(self, tool: Tool) -> list[str]:
        return [self.programs[tool.name], *tool.arguments]

    def _folder(self, tool: Tool) -> Path:
        return self.work / (tool.form if tool in {ALONE, WHOLE} else tool.name)

    def _cold(self, tool: Tool) -> None:
        left = (self._folder(tool) / name for name in (OUTPUT, *tool.state))
        put_aside(*left, into=self.work / "aside")

    def _tell(self, what: str, seconds: float) -> None:
        _say(f"{self.count:,}: {what}: {seconds:.3f} s")


def _place(keep: Path | None) -> AbstractContextManager[str]:
    return nullcontext(str(keep)) if keep else tempfile.TemporaryDirectory(prefix="dateline-bench-")


def _machine() -> dict[str, str]:
    processors = len(os.sched_getaffinity(0))
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "processors": str(processors),
        "system": f"{platform.system()} {platform.machine()}",
        "Python": platform.python_version(),
        "load at the start": f"{os.getloadavg()[0]:.1f}",
    }


def _say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--sizes", type=_sizes, default=(1_000, 10_000), help="default: 1000,10000")
    parser.add_argument("--runs", type=int, default=5, help="of every build; default: 5")
    parser.add_argument("--parts", type=_parts, default=PARTS, help="what to measure; default: builds,live")
    parser.add_argument(
        "--idle", type=float, default=60.0, help="seconds to watch an idle server; default: 60"
    )
    parser.add_argument(
        "--only", type=lambda text: text.split(","), help="peers to run: hugo,pelican,eleventy"
    )
    parser.add_argument("--bin", type=Path, action="append", default=[], help="a folder to look for peers in")
    parser.add_argument(
        "--end", type=date.fromisoformat, default=datetime.now(UTC).date(), help="default: today"
    )
    parser.add_argument("--keep", type=Path, help="work in this folder and leave it")
    parser.add_argument(
        "--write", action="store_true", help="write RESULTS.md, results.svg and results.json here"
    )
    return parser


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(sorted(int(part.replace("_", "")) for part in text.split(",")))


def _parts(text: str) -> tuple[str, ...]:
    parts = tuple(text.split(","))
    if not set(parts) <= set(PARTS):
        raise argparse.ArgumentTypeError(f"choose from {', '.join(PARTS)}")
    return parts


if __name__ == "__main__":
    main(sys.argv[1:])
