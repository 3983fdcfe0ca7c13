"""What a benchmark found, as values: medians, ratios, and their form in results.json."""

import json
from dataclasses import asdict, dataclass, field
from statistics import median, quantiles
from typing import Any

from measure import Cost


@dataclass(slots=True)
class Timed:
    """One thing that was run several times: seconds of every run, and its peak memory in bytes (0: not known)."""

    walls: list[float] = field(default_factory=list)
    cpus: list[float] = field(default_factory=list)
    memory: int = 0

    def add(self, cost: Cost) -> None:
        """Note one more run."""
        self.walls.append(round(cost.wall, 4))
        self.cpus.append(round(cost.cpu, 4))

    @property
    def wall(self) -> float:
        """The median of the wall times, in seconds."""
        return median(self.walls)

    @property
    def cpu(self) -> float:
        """The median of the processor times, in seconds."""
        return median(self.cpus)


@dataclass(frozen=True, slots=True)
class Load:
    """What a server gave while it was asked as fast as it answered.

    Attributes:
        rate: requests per second.
        median: of the seconds to an answer's last byte.
        late: seconds within which 99 of 100 answers came.
    """

    rate: float
    median: float
    late: float


@dataclass(slots=True)
class Live:
    """All that was found of one tool's preview at one number of articles.

    Attributes:
        saves: seconds of every edit from saving to the new text served, by the name of the kind of edit.
        starts: seconds of every start from the command to the front page served.
        memory: the most that was held during the edits and after, in bytes.
        idle: the share of one processor that is used while nothing happens.
        loads: under load, by the name of the page.
        streaming: the same with many event streams open.
        reloads: seconds of every edit from saving to heard of by the last of many open streams.
    """

    saves: dict[str, list[float]] = field(default_factory=dict)
    starts: list[float] = field(default_factory=list)
    memory: int = 0
    idle: float = 0.0
    loads: dict[str, Load] = field(default_factory=dict)
    streaming: dict[str, Load] = field(default_factory=dict)
    reloads: list[float] = field(default_factory=list)


@dataclass(slots=True)
class Size:
    """All that was found at one number of articles.

    Attributes:
        builds: full builds, by the tool's name, and `cp`, the copying of Dateline's site.
        edits: small builds of Dateline, by the edit's name.
        kinds: how many files of which kind each tool wrote.
        absent: why a tool was not run, by its name; why its preview was not, by its name and `preview`.
        live: previews, by the tool's name.
    """

    builds: dict[str, Timed] = field(default_factory=dict)
    edits: dict[str, Timed] = field(default_factory=dict)
    kinds: dict[str, dict[str, int]] = field(default_factory=dict)
    absent: dict[str, str] = field(default_factory=dict)
    live: dict[str, Live] = field(default_factory=dict)

    def times(self, one: str, other: str) -> float | None:
        """How many times as long the full build `one` takes as `other`, `None` if either was not run."""
        if one not in self.builds or other not in self.builds:
            return None
        return self.builds[one].wall / self.builds[other].wall

    def part(self, edit: str, other: str) -> float | None:
        """How many small builds fit into the time of the full build `other`, `None` if either was not run."""
        if edit not in self.edits or other not in self.builds:
            return None
        return self.builds[other].wall / self.edits[edit].wall

    def sooner(self, save: str, one: str, other: str) -> float | None:
        """How many times as long an edit takes to show with `other` as with `one`, `None` if either was not run."""
        if one not in self.live or other not in self.live:
            return None
        return median(self.live[other].saves[save]) / median(self.live[one].saves[save])


@dataclass(slots=True)
class Results:
    """A whole benchmark: the machine in words, the tools' versions, and a `Size` per number of articles."""

    machine: dict[str, str] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    sizes: dict[int, Size] = field(default_factory=dict)


def parse_json(data: bytes) -> Results:
    """Read results that `render_json` wrote."""
    found = json.loads(data)
    return Results(
        found["machine"], found["versions"], {int(n): _size(one) for n, one in found["sizes"].items()}
    )


def _size(found: dict[str, Any]) -> Size:
    builds, edits = (
        {name: Timed(**one) for name, one in found[what].items()} for what in ("builds", "edits")
    )
    live = {name: _live(one) for name, one in found.get("live", {}).items()}
    return Size(builds, edits, found["kinds"], found["absent"], live)


def _live(found: dict[str, Any]) -> Live:
    loads, streaming = (
        {page: Load(**one) for page, one in found[what].items()} for what in ("loads", "streaming")
    )
    return Live(**(found | {"loads": loads, "streaming": streaming}))


def render_json(results: Results) -> bytes:
    """Write results as JSON, every single run in it."""
    return json.dumps(asdict(results), indent=1, ensure_ascii=False).encode() + b"\n"


def late(values: list[float], share: int) -> float:
    """Give the value that so many of a hundred do not exceed."""
    return quantiles(values, n=100, method="inclusive")[share - 1] if len(values) > 1 else values[0]
