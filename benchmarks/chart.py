"""A benchmark's full and small builds at one size as an SVG bar chart, for light and for dark pages."""

from collections.abc import Iterator
from html import escape

from edits import EDITS
from results import Results, Size
from tools import DATELINE, TOOLS

WIDTH, LABELS, NUMBERS = 760, 240, 70
TOP, ROW, BAR = 64, 30, 18
PREFERRED = 10_000
"""The size to show: this one if it was run, since all tools run at it, else the largest."""

_STYLE = """\
svg { color-scheme: light dark; font: 14px system-ui, sans-serif }
text { fill: #1f2328 } .title { font-size: 16px; font-weight: 600 } .note { fill: #59636e; font-size: 12px }
.bar { fill: #9aa4af } .ours { fill: #b4321f } .name.ours { fill: #1f2328; font-weight: 600 }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3 } .note { fill: #9198a1 } .bar { fill: #656c76 } .ours { fill: #f0735e }
.name.ours { fill: #e6edf3 }
}"""


def render_chart(results: Results) -> str:
    """Draw the builds of one size, the quickest first, each bar as long as its median wall time."""
    built = [count for count, size in results.sizes.items() if size.builds]
    count = PREFERRED if PREFERRED in built else max(built)
    bars = sorted(_bars(results.sizes[count]), key=lambda bar: bar[1])
    longest = max(seconds for _, seconds, _ in bars)
    height = TOP + ROW * len(bars) + 14
    title = f"Building a site of {count:,} articles"
    said = "; ".join(f"{name}: {_number(seconds)} s" for name, seconds, _ in bars)
    rows = "\n".join(_row(number, bar, longest) for number, bar in enumerate(bars))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'height="{height}" role="img" aria-labelledby="title desc">\n'
        f'<title id="title">{title}</title>\n<desc id="desc">Wall time, less is better. {escape(said)}.</desc>\n'
        f"<style>\n{_STYLE}\n</style>\n"
        f'<text class="title" x="14" y="26">{title}</text>\n'
        f'<text class="note" x="14" y="46">seconds of wall time, median; less is better</text>\n'
        f"{rows}\n</svg>\n"
    )


def _bars(size: Size) -> Iterator[tuple[str, float, bool]]:
    for tool in TOOLS:
        if tool.name in size.builds and tool.name != "dateline-1":
            name = f"{tool.label}, everything" if tool is DATELINE else tool.label
            yield name, size.builds[tool.name].wall, tool is DATELINE
    for edit in EDITS:
        if edit.name in size.edits and edit.name != "template":
            yield f"Dateline, {edit.label}", size.edits[edit.name].wall, True
    if "cp" in size.builds:
        yield "cp -r of Dateline's site", size.builds["cp"].wall, False


def _row(number: int, bar: tuple[str, float, bool], longest: float) -> str:
    name, seconds, ours = bar
    top = TOP + ROW * number
    middle = top + BAR / 2 + 5
    length = max(1.0, seconds / longest * (WIDTH - LABELS - NUMBERS))
    mark = " ours" if ours else ""
    return (
        f'<text class="name{mark}" x="{LABELS - 10}" y="{middle:g}" text-anchor="end">{escape(name)}</text>'
        f'<rect class="bar{mark}" x="{LABELS}" y="{top}" width="{length:.1f}" height="{BAR}" rx="2"/>'
        f'<text x="{LABELS + length + 8:.1f}" y="{middle:g}">{_number(seconds)}</text>'
    )


def _number(seconds: float) -> str:
    return f"{seconds:.2f}" if seconds < 10 else f"{seconds:.1f}"  # noqa: PLR2004 - three digits are enough
