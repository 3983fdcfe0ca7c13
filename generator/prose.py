"""Reports in words: lines for people to read. `docs/reference/json.md` has the same for programs."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from generator.characters import printed
from generator.ingest.classifying.topics import UNSURE
from generator.model import Issue, Severity
from generator.report import (
    BuildReport,
    CheckReport,
    Explanation,
    ExternalReport,
    Finding,
    Ingested,
    Left,
    Outcome,
    PublishReport,
)
from generator.text import clipped

_SHOWN = 100
"""Characters of a dropped stretch that are shown."""


def issues(found: Iterable[Issue]) -> Iterator[str]:
    """Tell every problem, each in a line that editors can jump from."""
    for issue in found:
        mark = "" if issue.severity is Severity.ERROR else "warning: "
        yield _in_one_line(f"{issue.path}:{issue.line}: {mark}{issue.message}")


class Telling:
    """Hears what an ingest tells, and keeps the lines to print of it: of what was dropped no more than its number.

    Args:
        explain: tell also what decided on each article, and every stretch that was dropped.
    """

    def __init__(self, *, explain: bool) -> None:
        self.issues: list[Issue] = []
        self._explain = explain
        self._lines: list[str] = []
        self._states: Counter[str] = Counter()
        self._dropped = 0

    def hear(self, finding: Finding) -> None:
        """Take in a finding."""
        if isinstance(finding, Issue):
            self.issues.append(finding)
        elif isinstance(finding, Left):
            self._dropped += 1
            self._lines += [_dropped(finding)] if self._explain else []
        else:
            self._states[finding.status] += 1
            self._lines += _article(finding, explain=self._explain)

    def lines(self) -> Iterator[str]:
        """Tell what became of every story, and how many there were."""
        yield from self._lines
        counted = states(self._states)
        told = f" ({counted})" if counted else ""
        yield f"{count(self._states.total(), 'article')}{told}, {self._dropped} dropped"


def _article(article: Ingested, *, explain: bool) -> Iterator[str]:
    unsure = "" if article.confidence >= UNSURE or article.status != "written" else "  (unsure of its topic)"
    yield f"{article.status:<9}  {article.path}{unsure}"
    if explain:
        yield from _reasons(article)


def _dropped(left: Left) -> str:
    text = " ".join(left.text.split())
    return _in_one_line(f"dropped    {left.input}:{left.line}: {left.rule}: {clipped(text, _SHOWN)}")


def _in_one_line(text: str) -> str:
    """Give what stands in one line: names of files and of archives' members may hold the end of one."""
    return printed(text.replace("\n", "\ufffd"))


def states(counted: Mapping[str, int]) -> str:
    """Say how many stories became what: `2 written, 1 unchanged`."""
    return ", ".join(f"{number} {state}" for state, number in counted.items())


def _reasons(article: Ingested) -> Iterator[str]:
    reasons = ", ".join(f"{term} {weight:.1f}" for term, weight in article.reasons[:8]) or "nothing"
    yield f"           {article.topic}: {reasons}"
    yield f"           {article.date.isoformat()} from {article.date_from}; tags: {', '.join(article.tags)}"


def build(report: BuildReport, output: Path) -> Iterator[str]:
    """Tell what is held back, why a page was made if that was asked, and what was done to the output folder."""
    for held in report.held_back:
        until = f" until {held.until.isoformat()}" if held.until else ""
        yield f"held back  {held.path} ({held.why}{until})"
    if report.explanation:
        yield from _explanation(report.explanation)
    numbers = f"{len(report.written)} written, {report.kept} kept, {len(report.deleted)} deleted"
    yield f"{numbers} in {report.seconds:.2f} s; the site is in {output}"


def check(report: CheckReport) -> Iterator[str]:
    """Tell how much was looked at, and how many faults there are."""
    looked = f"{count(report.pages, 'page')}, {count(report.links, 'link')}"
    addresses = "address of another site" if report.outside == 1 else "addresses of other sites"
    outside = f"{report.outside:,} {addresses} ({_followed(report.external)})"
    warnings = sum(issue.severity is Severity.WARNING for issue in report.issues)
    faults = len(report.issues) - warnings
    found = count(faults, "problem") if faults else "no problems"
    more = f", {count(warnings, 'warning')}" if warnings else ""
    yield f"{looked}, {outside}: {found}{more}, in {report.seconds:.2f} s"


def publish(report: PublishReport) -> Iterator[str]:
    """Tell what was done at a host, in order; of a dry run, what would be."""
    if report.dry_run:
        yield from (f"upload  {path}" for path in report.uploaded)
        yield from (f"delete  {path}" for path in report.deleted)
    if report.foreign:
        others = f" and {len(report.foreign) - 1} more" if len(report.foreign) > 1 else ""
        left = _in_one_line(f"{report.foreign[0]}{others}")
        yield f"left alone, as Dateline did not publish it: {left}"
    would = "would be " if report.dry_run else ""
    numbers = f"{len(report.uploaded)} uploaded ({_amount(report.size)}), {len(report.deleted)} deleted"
    yield f"{would}{numbers}, {report.same} the same in {report.seconds:.2f} s; {report.target} is {report.place}"


def _amount(size: int) -> str:
    """Say how many bytes something takes, in the units of the SI."""
    for unit, bytes_ in (("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)):
        if size >= bytes_:
            return f"{size / bytes_:.1f} {unit}"
    return f"{size} bytes"


_UNASKED = {
    "robots": "turned away by robots.txt",
    "inner": "no part of the public internet",
    "later": "left for the next check",
}


def _followed(external: ExternalReport | None) -> str:
    """Say what was done about the addresses of other sites."""
    if external is None:
        return "not followed"
    if external.offline:
        return "none could be reached"
    known = [f"{external.known:,} known from an earlier check"] if external.known else []
    unasked = [f"{number:,} {_UNASKED[why]}" for why, number in external.not_asked.items() if number]
    return ", ".join([f"{external.asked:,} asked", *known, *unasked])


def _explanation(explained: Explanation) -> Iterator[str]:
    yield f"{explained.path}\n  {explained.verdict}"
    if explained.template:
        yield f"  a page of {' '.join(explained.key)}, made by {explained.template} from:"
    for ingredient in explained.ingredients:
        mark = {True: "changed", False: "", None: "new"}[ingredient.changed]
        yield f"  {mark:>7}  {ingredient.name}: {ingredient.value}"


def outcome(found: Outcome) -> Iterator[str]:
    """Tell what came of a turn of watching, if anything did, in a line."""
    cause = (
        f"{found.cause[0]}{f' and {len(found.cause) - 1} more' * (len(found.cause) > 1)}: "
        if found.cause
        else ""
    )
    if found.failure:
        yield f"{found.failure}\n          the site stays as it was"
    if found.ingested and found.ingested.articles:
        became = states(Counter(article.status for article in found.ingested.articles))
        yield f"{cause}{count(len(found.ingested.articles), 'article')} ({became})"
    built = found.built
    if built:
        yield f"{cause}{len(built.written)} written, {len(built.deleted)} deleted in {built.seconds:.2f} s"


def count(number: int, noun: str) -> str:
    """Count things that are called so: `1 page`, `2 pages`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
