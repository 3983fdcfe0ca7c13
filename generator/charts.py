"""Numbers to the geometry of small bar charts: path data of SVG, which a template puts into its own markup.

A chart is `STEP` wide for each number and `HEIGHT` high, in units that a `viewBox` scales. It holds no text: what
is written beside it keeps its size on every screen.
"""

from collections.abc import Sequence

STEP = 10
"""The width of a number's place; its bar leaves a gap on both sides."""

BAR = 8
HEIGHT = 100
LOWEST = 2
"""The height of the lowest bar, so that a single story among thousands is seen."""

_NICE = (1, 2, 5)
"""What divides a scale into numbers that people like, times a power of ten."""


def bars(counts: Sequence[int], top: int) -> str:
    """Draw numbers as bars that stand on the lower edge.

    Args:
        counts: from 0 on, in the order of the chart from left to right.
        top: the number that is as high as the chart; no bar is higher.

    Returns:
        The path data of all bars (SVG 2, 9.3), "" where all are 0.
    """
    return "".join(
        f"M{STEP * place + (STEP - BAR) // 2} {HEIGHT}v-{height}h{BAR}v{height}z"
        for place, count in enumerate(counts)
        if count and (height := _height(count, top))
    )


def scale(peak: int) -> tuple[int, ...]:
    """Give the marks of a scale from 0 to a number at least as high as the peak: some steps of a round number."""
    if peak <= 1:
        return (0, 1)
    power = 1
    while True:
        for nice in _NICE:
            step = nice * power
            if 3 * step >= peak:
                return tuple(range(0, -(-peak // step) * step + 1, step))
        power *= 10


def rules(marks: Sequence[int]) -> str:
    """Draw a line across a chart that is one unit wide at every mark of a scale but the lowest, as path data."""
    top = marks[-1]
    return "".join(f"M0 {_tenths(HEIGHT * 10 - HEIGHT * 10 * mark // top)}h1" for mark in marks[1:])


def _height(count: int, top: int) -> str:
    return _tenths(min(max(HEIGHT * 10 * count // max(top, 1), LOWEST * 10), HEIGHT * 10))


def _tenths(number: int) -> str:
    whole, tenth = divmod(number, 10)
    return f"{whole}.{tenth}" if tenth else str(whole)
