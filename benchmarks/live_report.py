"""What was found of previews at one number of articles, as tables in Markdown."""

from collections.abc import Iterator
from statistics import median

from live import CONNECTIONS, SAVES, STREAMS
from results import Live, Load, Size, late
from tables import NONE, ratio, span, table
from targets import MEGABYTE
from tools import DATELINE, SERVERS, Tool

_SAVES = ("live preview", "edits", "median, ms", "95th, ms", "from–to, ms", "`hugo server` takes")
_COSTS = ("server", "start to first page, s", "from–to", "memory, MB", "idle, % of a processor")
_LOADS = (f"{CONNECTIONS} connections ask", "requests a second", "median, ms", "99th, ms")


def render_live(size: Size) -> Iterator[str]:
    """Write a table of edits, one of starts, memory and idleness, and one of the servers under load."""
    lives = [(tool, size.live[tool.name]) for tool in SERVERS if tool.name in size.live]
    yield table(_SAVES, _saves(size, lives))
    yield table(_COSTS, [*(_cost(tool, live) for tool, live in lives), *_absent(size)])
    yield table(_LOADS, (row for tool, live in lives for row in _loads(tool, live)))


def _saves(size: Size, lives: list[tuple[Tool, Live]]) -> Iterator[tuple[str, ...]]:
    for save in SAVES:
        for tool, live in lives:
            times = ratio(size.sooner(save.name, tool.name, "hugo"), " ×")
            yield (f"{_label(tool)}, {save.label}", *_milliseconds(live.saves[save.name]), times)
    for tool, live in lives:
        if live.reloads:
            label = f"{_label(tool)}, body saved to the last of {STREAMS} open pages told"
            yield (label, *_milliseconds(live.reloads), NONE)


def _milliseconds(seconds: list[float]) -> tuple[str, ...]:
    each = [one * 1000 for one in seconds]
    return f"{len(each)}", f"{median(each):,.0f}", f"{late(each, 95):,.0f}", span(each, 0)


def _cost(tool: Tool, live: Live) -> tuple[str, ...]:
    return (
        _label(tool),
        f"{median(live.starts):.2f}",
        span(live.starts, 2),
        f"{live.memory / MEGABYTE:,.0f}",
        f"{live.idle * 100:.2f}",
    )


def _absent(size: Size) -> Iterator[tuple[str, ...]]:
    for tool in SERVERS:
        if f"{tool.name} preview" in size.absent:
            yield (f"{tool.label}: {size.absent[f'{tool.name} preview']}", *[NONE] * 4)


def _loads(tool: Tool, live: Live) -> Iterator[tuple[str, ...]]:
    for page, load in live.loads.items():
        yield (f"{_label(tool)}, {page}", *_load(load))
    for page, load in live.streaming.items():
        yield (f"{_label(tool)}, {page}, {STREAMS} pages open", *_load(load))


def _load(load: Load) -> tuple[str, ...]:
    return f"{load.rate:,.0f}", f"{load.median * 1000:.2f}", f"{load.late * 1000:.2f}"


def _label(tool: Tool) -> str:
    return f"**{tool.label}**" if tool is DATELINE else tool.label


LIVE_NOTES = """\
*Live preview* is `dateline serve` and `hugo server`, each at its defaults, on the same articles. Hugo's default
makes only those pages anew that were asked for lately; with `--disableFastRender` it makes all that an edit
changes, as Dateline does. The time from saving begins just before the file is opened and ends when a client that
asks over and over has got the new text; *95th*: so many milliseconds are enough for 95 of 100 edits. *Memory*: the
most that was held during the edits and after, under load too (sum of PSS). *Idle*: after the edits, while nothing
happens. A client in Python asks for pages under load; it cannot take more than some thousand a second, whatever the
server can give."""
