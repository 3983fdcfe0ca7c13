"""What Dateline has promised itself, and whether a benchmark's results keep it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median

from results import Live, Results, Size

ONE, TEN, HUNDRED = 1_000, 10_000, 100_000
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Target:
    """One line of the promise; `least` tells whether a greater number is better, `goal` is the hope beyond it."""

    count: int
    what: str
    measure: Callable[[Results], float | None]
    limit: float
    unit: str = "×"
    least: bool = False
    goal: float | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """A target and what became of it; `found` is `None` where a tool or a size was not run."""

    target: Target
    found: float | None

    @property
    def word(self) -> str:
        """`goal met`, `met`, `missed` or `not run`."""
        if self.found is None:
            return "not run"
        target = self.target
        if not _reaches(target, self.found, target.limit):
            return "**missed**"
        return "goal met" if target.goal and _reaches(target, self.found, target.goal) else "met"


def verdicts(results: Results) -> Iterator[Verdict]:
    """Judge every target whose number of articles was run."""
    for target in TARGETS:
        if target.count in results.sizes:
            yield Verdict(target, target.measure(results))


def _reaches(target: Target, found: float, limit: float) -> bool:
    return found >= limit if target.least else found <= limit


def _full(count: int, one: str, other: str) -> Callable[[Results], float | None]:
    return lambda results: results.sizes[count].times(one, other)


def _part(count: int, edit: str) -> Callable[[Results], float | None]:
    return lambda results: results.sizes[count].part(edit, "hugo")


def _seconds(count: int, edit: str) -> Callable[[Results], float | None]:
    def measure(results: Results) -> float | None:
        found = results.sizes[count].edits.get(edit)
        return found.wall if found else None

    return measure


def _memory(count: int) -> Callable[[Results], float | None]:
    def measure(results: Results) -> float | None:
        found = results.sizes[count].builds.get("dateline")
        return found.memory / MEGABYTE if found else None

    return measure


def _live(count: int, measure: Callable[[Live], float]) -> Callable[[Results], float | None]:
    def found(results: Results) -> float | None:
        live = results.sizes[count].live.get("dateline")
        return measure(live) if live else None

    return found


def _latency_growth(results: Results) -> float | None:
    lives = [results.sizes.get(count, Size()).live.get("dateline") for count in (ONE, HUNDRED)]
    if lives[0] is None or lives[1] is None:
        return None
    return median(lives[1].saves["body"]) / median(lives[0].saves["body"])


def _growth(results: Results) -> float | None:
    sizes = [results.sizes.get(count, Size()).builds.get("dateline") for count in (TEN, HUNDRED)]
    if sizes[0] is None or sizes[1] is None:
        return None
    return (sizes[1].wall / HUNDRED) / (sizes[0].wall / TEN)


TARGETS = (
    Target(
        TEN, "full build, times faster than Hugo", _full(TEN, "hugo", "dateline"), 1.5, least=True, goal=2
    ),
    Target(TEN, "full build, times faster than Pelican", _full(TEN, "pelican", "dateline"), 9, least=True),
    Target(TEN, "full build, times faster than Eleventy", _full(TEN, "eleventy", "dateline"), 9, least=True),
    Target(TEN, "full build, times as long as `cp -r` of its output", _full(TEN, "dateline", "cp"), 6),
    Target(
        TEN, "nothing changed, times faster than Hugo's build", _part(TEN, "nothing"), 25, least=True, goal=40
    ),
    Target(TEN, "one title edited, times faster than Hugo's build", _part(TEN, "title"), 15, least=True),
    Target(TEN, "peak memory of all processes", _memory(TEN), 250, "MB"),
    Target(
        TEN,
        "body saved to its page served, times sooner than `hugo server`",
        lambda results: results.sizes[TEN].sooner("body", "dateline", "hugo"),
        30,
        least=True,
        goal=50,
    ),
    Target(
        TEN,
        "start of a preview of an up-to-date site to its first page",
        _live(TEN, lambda live: median(live.starts)),
        1,
        "s",
    ),
    Target(
        HUNDRED, "full build, times faster than Hugo", _full(HUNDRED, "hugo", "dateline"), 1.5, least=True
    ),
    Target(
        HUNDRED, "full build, times as long as `cp -r` of its output", _full(HUNDRED, "dateline", "cp"), 6
    ),
    Target(HUNDRED, "nothing changed", _seconds(HUNDRED, "nothing"), 2.5, "s"),
    Target(HUNDRED, "one title edited", _seconds(HUNDRED, "title"), 3, "s"),
    Target(HUNDRED, "peak memory of all processes", _memory(HUNDRED), 350, "MB"),
    Target(HUNDRED, "cost per article, against 10,000 articles", _growth, 1.25),
    Target(HUNDRED, "body saved to its page served, against 1,000 articles", _latency_growth, 1.5),
    Target(HUNDRED, "memory of a preview", _live(HUNDRED, lambda live: live.memory / MEGABYTE), 250, "MB"),
    Target(HUNDRED, "idle preview, of one processor", _live(HUNDRED, lambda live: live.idle * 100), 2, "%"),
)
