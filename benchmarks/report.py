"""A benchmark's results as Markdown: a table of full builds per size, one of small builds, one of the targets."""

from collections.abc import Iterator

from edits import EDITS
from live_report import LIVE_NOTES, render_live
from results import Results, Size, Timed
from tables import NONE, ratio, span, table
from targets import MEGABYTE, Verdict, verdicts
from tools import DATELINE, TOOLS, Tool


def render_report(results: Results) -> str:
    """Write all tables, with the machine above and what the columns mean below."""
    machine = "; ".join(f"{name}: {value}" for name, value in results.machine.items())
    versions = ", ".join(
        f"{tool.label.partition(',')[0]} {results.versions[tool.name]}"
        for tool in TOOLS
        if tool.name in results.versions and tool.name not in {"dateline-1", "eleventy-js"}
    )
    parts = [f"# Benchmark\n\n{machine}.\n{versions}."]
    for count, size in sorted(results.sizes.items()):
        parts += [f"## {count:,} articles", *_size(size)]
    judged = list(verdicts(results))
    if judged:
        rows = (_verdict(verdict) for verdict in judged)
        parts += ["## Targets", table(("articles", "what", "wanted", "found", ""), rows)]
    if any(size.builds for size in results.sizes.values()):
        parts.append(_NOTES)
    if any(size.live for size in results.sizes.values()):
        parts.append(LIVE_NOTES)
    return "\n\n".join(parts) + "\n"


def _size(size: Size) -> Iterator[str]:
    if size.builds:
        yield from (_full_builds(size), _small_builds(size), _files(size))
    if size.live:
        yield from render_live(size)


def _verdict(verdict: Verdict) -> tuple[str, ...]:
    target = verdict.target
    return (
        f"{target.count:,}",
        target.what,
        f"at {'least' if target.least else 'most'} {_number(target.limit)}{_unit(target.unit)}"
        + (f", goal {_number(target.goal)}" if target.goal else ""),
        NONE if verdict.found is None else _number(verdict.found) + _unit(target.unit),
        verdict.word,
    )


def _full_builds(size: Size) -> str:
    heading = ("full build", "wall, s", "from–to", "Hugo takes", "of `cp -r`", "processor, s", "memory, MB")
    rows = [_full_build(tool, size) for tool in TOOLS if tool.name in size.builds or tool.name in size.absent]
    if "cp" in size.builds:
        copy = size.builds["cp"]
        rows.append(("`cp -r` of Dateline's site", *_seconds(copy), NONE, NONE, f"{copy.cpu:.2f}", NONE))
    return table(heading, rows)


def _full_build(tool: Tool, size: Size) -> tuple[str, ...]:
    if tool.name not in size.builds:
        return (f"{tool.label}: {size.absent[tool.name]}", *[NONE] * 6)
    timed = size.builds[tool.name]
    return (
        f"**{tool.label}**" if tool is DATELINE else tool.label,
        *_seconds(timed),
        ratio(size.times("hugo", tool.name), " ×"),
        ratio(size.times(tool.name, "cp"), " ×"),
        f"{timed.cpu:.2f}",
        f"{timed.memory / MEGABYTE:,.0f}",
    )


def _small_builds(size: Size) -> str:
    rows = [
        (
            edit.label,
            *_seconds(size.edits[edit.name]),
            _part(size.part(edit.name, "hugo")),
            _part(size.part(edit.name, "dateline")),
            f"{size.edits[edit.name].cpu:.2f}",
        )
        for edit in EDITS
        if edit.name in size.edits
    ]
    heading = ("Dateline, whole process", "wall, s", "from–to", "of Hugo's", "of its own", "processor, s")
    return table(heading, rows)


def _files(size: Size) -> str:
    kinds = sorted({kind for counts in size.kinds.values() for kind in counts})
    tools = [
        tool for tool in TOOLS if tool.name in size.kinds and tool.name not in {"dateline-1", "eleventy-js"}
    ]
    rows = [
        (tool.label.partition(",")[0], *(f"{size.kinds[tool.name].get(kind, 0):,}" for kind in kinds))
        for tool in tools
    ]
    return table(("files written", *kinds), rows)


def _seconds(timed: Timed) -> tuple[str, str]:
    return f"{timed.wall:.2f}", span(timed.walls, 2)


def _part(value: float | None) -> str:
    return NONE if value is None else f"1/{value:.1f}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) or value >= 100 else f"{value:.2f}"  # noqa: PLR2004 - digits that matter


def _unit(unit: str) -> str:
    return f" {unit}"


_NOTES = """\
Medians of cold builds into empty folders, the tools in turn. *Hugo takes*: how many times as long Hugo takes. *of
`cp -r`*: how many times as long as copying the site that Dateline built. *Memory*: the most that all processes of a
build held at one moment (sum of PSS), in a run of its own that was not timed; MB are millions of bytes. All tools
read the same articles and write the same kinds of pages from templates of the same weight: article, topic, tag,
front page, index of topics and of tags, a feed of the site and one per topic and tag. Dateline alone writes what
else is counted above: related coverage on every article, days, months, sources, archives by month, feeds in three
formats, sitemaps. A size may have been measured in a run of its own, with all its tools in turn.
`benchmarks/README.md` says how to run this."""
