"""Reports for programs: what `--json` prints, documented field by field in `docs/reference/json.md`."""

import io
import shutil
import tempfile
from typing import Any, TextIO

from generator import records
from generator.model import Issue, Severity
from generator.report import (
    BuildReport,
    CheckReport,
    Finding,
    Ingested,
    IngestReport,
    Left,
    Outcome,
    PublishReport,
)

_IN_MEMORY = 1 << 20
"""Bytes of what waits to be written that memory holds, before a temporary file takes it."""


_ARTICLE = ("input", "path", "title", "source", "date", "date_from", "topic", "confidence", "tags", "status")


class Streamed:
    """Writes what an ingest tells as one JSON object while it goes on, however much it is.

    Articles are written as they come; what was dropped and what is wrong waits in temporary files for its turn.

    Args:
        out: takes the text.
    """

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._begun = False
        self._waiting = {
            kind: tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - they last as long as this
            for kind in (Left, Issue)
        }
        self.severities: set[Severity] = set()

    def hear(self, finding: Finding) -> None:
        """Write a finding, or let it wait."""
        if isinstance(finding, Ingested):
            self._out.write(",\n" if self._begun else '{"articles": [\n')
            self._begun = True
            self._out.write(records.encode_plain(_article(finding)).decode())
            return
        if isinstance(finding, Issue):
            self.severities.add(finding.severity)
        file = self._waiting[type(finding)]
        file.write((b",\n" if file.tell() else b"") + records.encode_plain(finding))

    def finish(self) -> None:
        """Write what waits, and the end."""
        self._out.write("" if self._begun else '{"articles": [')
        for name, file in zip(("dropped", "issues"), self._waiting.values(), strict=True):
            self._out.write(f'\n],\n"{name}": [\n')
            file.seek(0)
            shutil.copyfileobj(io.TextIOWrapper(file, "utf-8"), self._out)
        self._out.write("\n]}\n")
        self._out.flush()


def ingest(report: IngestReport) -> dict[str, Any]:
    """Give what became of every story, what was dropped and what is wrong."""
    articles = [_article(article) for article in report.articles]
    return {"articles": articles, "dropped": report.dropped, "issues": report.issues}


def _article(found: Ingested) -> dict[str, Any]:
    return {name: getattr(found, name) for name in _ARTICLE}


def build(report: BuildReport) -> dict[str, Any]:
    """Give what was done to the output folder, what is held back and what is wrong."""
    names = ("written", "kept", "deleted", "held_back", "issues", "seconds", "explanation")
    return {name: getattr(report, name) for name in names}


def check(report: CheckReport) -> dict[str, Any]:
    """Give how much was looked at, and what is wrong."""
    names = ("pages", "links", "outside", "external", "issues", "seconds")
    return {name: getattr(report, name) for name in names}


def publish(report: PublishReport) -> dict[str, Any]:
    """Give what was done at a host, or would be, and what is wrong."""
    return {name: getattr(report, name) for name in records.fields(PublishReport)}


def outcome(found: Outcome) -> dict[str, Any]:
    """Give what came of a turn of watching."""
    return {
        "cause": found.cause,
        "ingested": ingest(found.ingested) if found.ingested else None,
        "built": build(found.built) if found.built else None,
        "failure": found.failure,
    }
