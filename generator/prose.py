"""Reports in words: lines for people to read. `docs/reference.md` has the same for programs."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.model import Issue, Severity
from generator.report import BuildReport, Explanation, Ingested, IngestReport, Outcome


def issues(found: Iterable[Issue]) -> Iterator[str]:
    """Tell every problem, each in a line that editors can jump from."""
    for issue in found:
        mark = "" if issue.severity is Severity.ERROR else "warning: "
        yield f"{issue.path}:{issue.line}: {mark}{issue.message}"


def ingest(report: IngestReport, *, explain: bool) -> Iterator[str]:
    """Tell what became of every story; `explain`: and what decided."""
    for article in report.articles:
        yield f"{article.status:<9}  {article.path}"
        if explain:
            yield from _reasons(article)
    counted = states(report)
    yield (
        f"{count(len(report.articles), 'article')}{f' ({counted})' if counted else ''},"
        f" {len(report.dropped)} dropped"
    )


def states(report: IngestReport) -> str:
    """Count the stories of a report by what became of them: `2 written, 1 unchanged`."""
    found = [article.status for article in report.articles]
    return ", ".join(f"{found.count(state)} {state}" for state in dict.fromkeys(found))


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
        yield f"{cause}{count(len(found.ingested.articles), 'article')} ({states(found.ingested)})"
    built = found.built
    if built:
        yield f"{cause}{len(built.written)} written, {len(built.deleted)} deleted in {built.seconds:.2f} s"


def count(number: int, noun: str) -> str:
    """Count things that are called so: `1 page`, `2 pages`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
