"""Reports for programs: what `--json` prints, documented field by field in `docs/reference.md`."""

from typing import Any

from generator.report import BuildReport, IngestReport, Outcome


def ingest(report: IngestReport) -> dict[str, Any]:
    """Give what became of every story, what was dropped and what is wrong."""
    names = ("input", "path", "title", "source", "date", "date_from", "topic", "tags", "status")
    return {
        "articles": [{name: getattr(article, name) for name in names} for article in report.articles],
        "dropped": report.dropped,
        "issues": report.issues,
    }


def build(report: BuildReport) -> dict[str, Any]:
    """Give what was done to the output folder, what is held back and what is wrong."""
    names = ("written", "kept", "deleted", "held_back", "issues", "seconds", "explanation")
    return {name: getattr(report, name) for name in names}


def outcome(found: Outcome) -> dict[str, Any]:
    """Give what came of a turn of watching."""
    return {
        "cause": found.cause,
        "ingested": ingest(found.ingested) if found.ingested else None,
        "built": build(found.built) if found.built else None,
        "failure": found.failure,
    }
