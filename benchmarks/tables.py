"""Tables in Markdown, and numbers as they stand in them."""

from collections.abc import Iterable, Sequence

NONE = "–"
"""What stands where there is no number."""


def table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table whose first column is of words and whose others are of numbers."""
    ruler = f"|---|{'---:|' * (len(heading) - 1)}"
    return "\n".join([f"| {' | '.join(heading)} |", ruler, *(f"| {' | '.join(row)} |" for row in rows)])


def ratio(value: float | None, unit: str) -> str:
    """Write how many times one thing is another."""
    return NONE if value is None else f"{value:.2f}{unit}"


def span(values: Sequence[float], digits: int) -> str:
    """Write the least and the greatest of some values."""
    return f"{min(values):,.{digits}f}–{max(values):,.{digits}f}"
