"""What a run did, as values: for people in words, for programs as JSON."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from generator.model import DateFrom, Issue, Key, Severity
from generator.records import Value


class HeldBack(Value, frozen=True):
    """An article that is not published: why (`draft`, `future`, `expired`), and until when if known."""

    path: str
    why: str
    until: datetime | None


class Ingredient(Value, frozen=True):
    """One thing a page is made from.

    Attributes:
        name: what it is; `view.x` is what the page shows as x.
        value: what it is now, in short.
        size: bytes of it that go into the fingerprint.
        changed: whether it is another than when the page was last made; `None` for a new page.
    """

    name: str
    value: str
    size: int
    changed: bool | None


class Explanation(Value, frozen=True):
    """Why a page was written or kept: in a sentence, and by what it is made from."""

    path: str
    verdict: str
    key: Key = ()
    template: str = ""
    ingredients: tuple[Ingredient, ...] = ()


class BuildReport(Value, frozen=True):
    """What a build did. Paths of pages are relative to the output folder, those of content to the site's."""

    written: tuple[str, ...]
    kept: int
    deleted: tuple[str, ...]
    held_back: tuple[HeldBack, ...]
    issues: tuple[Issue, ...]
    seconds: float
    explanation: Explanation | None = None


class ExternalReport(Value, frozen=True):
    """What a check did about links to other sites.

    Attributes:
        asked: how many addresses were asked.
        known: of how many more an earlier check knew what became of them.
        not_asked: how many were not asked, by why that was: `robots` (robots.txt turns programs away), `inner` (no
            part of the public internet), `later` (there was no time, or their host asked for rest).
        offline: no other site could be reached, so that nothing is said of any.
    """

    asked: int
    known: int
    not_asked: dict[str, int]
    offline: bool = False


class CheckReport(Value, frozen=True):
    """What a check found in the built site.

    Attributes:
        pages: how many HTML pages there are.
        links: how many addresses stand in them, in feeds, sitemaps and stylesheets.
        outside: how many different ones lead to other sites.
        external: what was done about those, `None` where they were not followed.
        issues: what is wrong; paths are relative to the site's folder.
        seconds: how long it took.
    """

    pages: int
    links: int
    outside: int
    issues: tuple[Issue, ...]
    seconds: float
    external: ExternalReport | None = None


class PublishReport(Value, frozen=True):
    """What a publish did, or would do.

    Attributes:
        target: the name of the table `[publish.NAME]`.
        place: where that is, without a password.
        uploaded: the paths that were uploaded, in the order they went.
        deleted: the paths that were deleted, in theirs.
        same: how many files were at the host as they should be.
        foreign: what is at the host and was not published by Dateline; it was left alone.
        size: bytes of what was uploaded, before any compression.
        dry_run: nothing was done.
        issues: what is wrong, though the site is published.
        seconds: how long it took.
    """

    target: str
    place: str
    uploaded: tuple[str, ...]
    deleted: tuple[str, ...]
    same: int
    foreign: tuple[str, ...]
    size: int
    dry_run: bool
    issues: tuple[Issue, ...]
    seconds: float


class Ingested(Value, frozen=True):
    """One story found in an input, and what became of it.

    `status` is `written`, `unchanged` (filed before, still as it was), `edited` (a person changed the file, so it
    stays), `retracted` (a person removed the file, so it stays away) or `duplicate` (of the story at `path`).
    `confidence` is how sure its topic is, from 0 to 1, and `reasons` are the terms that decided it.
    """

    input: str
    path: str
    title: str
    source: str | None
    date: datetime
    date_from: DateFrom | None
    topic: str
    tags: tuple[str, ...]
    status: str
    confidence: float = 1.0
    reasons: tuple[tuple[str, float], ...] = ()


class Left(Value, frozen=True):
    """A stretch of an input that is in no article: where it starts, its text, and the rule that dropped it."""

    input: str
    line: int
    text: str
    rule: str


Finding = Ingested | Left | Issue
"""What an ingest tells while it goes on: an article, a stretch that was dropped, a problem."""


class IngestReport(Value, frozen=True):
    """What an ingest did."""

    articles: tuple[Ingested, ...]
    dropped: tuple[Left, ...]
    issues: tuple[Issue, ...]


class Collector:
    """Hears what an ingest tells, and keeps all of it: for ingests of which that is not too much."""

    def __init__(self) -> None:
        self._found: dict[type, list[Any]] = {Ingested: [], Left: [], Issue: []}

    def hear(self, finding: Finding) -> None:
        """Keep a finding."""
        self._found[type(finding)].append(finding)

    @property
    def report(self) -> IngestReport:
        """Everything that was told so far."""
        return IngestReport(*(tuple(found) for found in self._found.values()))


class Outcome(Value, frozen=True):
    """What came of one turn of watching.

    Attributes:
        cause: paths that changed, relative to the site's folder; () where it was time, or the beginning.
        ingested: what was ingested.
        built: what was built.
        failure: why nothing was, `path:line: message` where a file is to blame; the site stands as it was.
    """

    cause: tuple[str, ...]
    ingested: IngestReport | None = None
    built: BuildReport | None = None
    failure: str = ""

    @property
    def issues(self) -> tuple[Issue, ...]:
        """What is wrong now with inputs."""
        return (self.ingested.issues if self.ingested else ()) + (self.built.issues if self.built else ())


def once_each(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """Sort issues and report a warning that many files share once, for the first of them."""
    told: set[str] = set()
    kept = []
    for issue in sorted(issues):
        if issue.severity is Severity.WARNING and issue.message in told:
            continue
        told.add(issue.message)
        kept.append(issue)
    return tuple(kept)
