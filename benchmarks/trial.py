"""One site that is put to the test: runs commands on it, notes what they took, and compares what they made."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from corpus import render_dateline
from measure import Failed, last_words, weigh
from news import Story
from tools import DATELINE, OUTPUT, find
from trees import digest_of

SETTINGS = '[site]\ntitle = "The Benchmark Digest"\nbase_url = "https://digest.example/"\n'
NOW = datetime(2025, 7, 1, 12, tzinfo=UTC)
"""When everything is built, so that what is due does not depend on the day of a run; stories end before it."""

FAILED = 1
"""The exit status of a command that did all it could and found something wrong."""


@dataclass(frozen=True, slots=True)
class Row:
    """What one command took: seconds, bytes at one moment of all its processes; or only what was found."""

    case: str
    what: str
    wall: float
    processor: float
    memory: int
    found: str


@dataclass(frozen=True, slots=True)
class Size:
    """How much to try; `full`: time and memory count, and not correctness alone."""

    count: int
    full: bool


Tell = Callable[[Row], None]
"""Is given a row when there is something to tell."""


class Trial:
    """A site in a folder of its own.

    Args:
        case: how tables call it.
        folder: where it is made; need not exist.
        tell: is given a row when a command has ended.
        settings: of the site, besides its title and address.
    """

    def __init__(self, case: str, folder: Path, tell: Tell, settings: str = "") -> None:
        self.folder = folder
        self.site = folder / OUTPUT
        self._case = case
        self._tell = tell
        self._program = find(DATELINE, ())
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "dateline.toml").write_text(f"{SETTINGS}{settings}", encoding="utf-8")

    def write(self, stories: Iterable[Story]) -> int:
        """Write stories as articles, and give how many they were."""
        made: set[Path] = set()
        count = 0
        for path, text in map(render_dateline, stories):
            count += 1
            file = self.folder / path
            if file.parent not in made:
                file.parent.mkdir(parents=True, exist_ok=True)
                made.add(file.parent)
            file.write_text(text, encoding="utf-8")
        return count

    def build(self, what: str, *options: str) -> dict[str, Any]:
        """Build, and give the report; no file may be refused."""
        report = self.dateline(what, "build", "--now", NOW.isoformat(), *options, found=_built)
        self.holds(not _errors(report), f"the build said: {_errors(report)[:3]}")
        return report

    def ingest(self, what: str, *paths: str) -> dict[str, Any]:
        """Ingest what lies in `seeds/`, or some of it."""
        return self.dateline(what, "ingest", *paths, found=_ingested)

    def check(self, what: str = "check") -> dict[str, Any]:
        """Check the site; no error may be found."""
        report = self.dateline(what, "check", found=_checked)
        self.holds(not _errors(report), f"the check said: {_errors(report)[:3]}")
        return report

    def dateline(self, what: str, *command: str, found: Callable[[dict[str, Any]], str]) -> dict[str, Any]:
        """Run a command, note what it took and, in a few words, what it `found`; give its report.

        Raises:
            Failed: it could not do its work.
        """
        with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as words:
            cost = weigh([self._program, *command, "--json"], self.folder, said.fileno(), words.fileno())
            said.seek(0)
            words.seek(0)
            if cost.status not in {0, FAILED}:
                raise Failed(f"{self._case}, {what}: status {cost.status}:\n{last_words(words.read())}")
            report: dict[str, Any] = json.load(said)
        self._tell(Row(self._case, what, cost.wall, cost.cpu, cost.memory, found(report)))
        return report

    def note(self, what: str, found: str) -> None:
        """Note something that was found, and took nothing worth telling."""
        self._tell(Row(self._case, what, 0.0, 0.0, 0, found))

    def holds(self, condition: object, sentence: str) -> None:
        """Raise `Failed` with a sentence where something does not hold."""
        if not condition:
            raise Failed(f"{self._case}: {sentence}")

    def size(self, path: str) -> int:
        """Give the bytes of a file of the site."""
        return (self.site / path).stat().st_size

    def equals_clean(self) -> None:
        """Hold the site, which small builds have changed, against a clean build in its place."""
        small = digest_of(self.site)
        for name in (OUTPUT, ".dateline"):
            (self.folder / name).rename(self.folder / f".{name}-before")
        self.build("clean build to compare")
        self.holds(digest_of(self.site) == small, "small builds made another site than a clean one")
        self.note("small builds and a clean one", "the same bytes")


def valid(paths: Iterable[Path], vnu: Path) -> list[str]:
    """Give the errors that the Nu checker finds in some pages; none where it is not installed.

    That a text is not in Unicode's composed form is a warning of it, and an author's own business.
    """
    java = shutil.which("java")
    if not java or not vnu.exists():
        sys.stderr.write("scale: the Nu checker is not here\n")
        return []
    command = [java, "-jar", str(vnu), "--format", "json", *map(str, paths)]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stderr
    errors = (one for one in json.loads(said)["messages"] if one["type"] == "error")
    return [f"{one['url']}: {one['message']}" for one in errors]


def _errors(report: dict[str, Any]) -> list[str]:
    issues = (issue for issue in report["issues"] if issue["severity"] == "error")
    return [f"{issue['path']}:{issue['line']}: {issue['message']}" for issue in issues]


def _built(report: dict[str, Any]) -> str:
    return f"{len(report['written']):,} written, {len(report['deleted']):,} deleted"


def _ingested(report: dict[str, Any]) -> str:
    statuses = [article["status"] for article in report["articles"]]
    return ", ".join(f"{statuses.count(status):,} {status}" for status in sorted(set(statuses)))


def _checked(report: dict[str, Any]) -> str:
    said = len(report["issues"])
    return f"{report['pages']:,} pages, {report['links']:,} links, {said:,} remarks"
