"""One JSON record, as crawlers and scrapers write them, to a story."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from generator import records
from generator.ingest import decoding
from generator.ingest.feeds.entry import read_entry
from generator.ingest.feeds.transcript import Transcript
from generator.ingest.formats import Reading, reading_of
from generator.ingest.records import recordfields
from generator.ingest.records.recordfields import LISTS, NAMES, plain_name, worded
from generator.ingest.records.recordpage import page_of, read_page
from generator.ingest.records.recordreading import Reader
from generator.ingest.rulebook.rules import Rules, load_rules
from generator.model import Dropped, Issue, Severity

LONGEST = 16 << 20
"""Bytes of a record; a longer one is a file that went wrong."""

_HALF = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)  # of a character that takes two


def parse_record(data: bytes, path: str, line: int, rules: Rules | None = None) -> Reading:
    """Read a record from its bytes, as `recordstream` gives them.

    Args:
        data: one JSON value.
        path: the input, for issues.
        line: the line the record begins on there.
        rules: what drops anything; the package's unless others are given.

    Returns:
        As `read_record`; an issue, and the text dropped, where it is no JSON object.
    """
    record, issues, text = decode_record(data, path, line)
    if record is None:
        sheet = Transcript()
        block = sheet.add(text)
        return Reading((), (Dropped(block, "no-record"),) if block else (), issues, sheet.document)
    reading = read_record(record, path, line, rules)
    return replace(reading, issues=(*issues, *reading.issues)) if issues else reading


def decode_record(
    data: bytes, path: str, line: int
) -> tuple[Mapping[str, Any] | None, tuple[Issue, ...], str]:
    """Decode a record.

    JSON that only careless writers take for valid (`NaN`, control characters in texts) is read as they meant it;
    bytes that are no UTF-8 as Windows-1252, which is reported.

    Returns:
        The record, the issues, ""; None, an issue and the text where it is no JSON object.
    """
    if len(data) > LONGEST:
        return None, (Issue(path, line, f"a record of more than {LONGEST >> 20} MB"),), ""
    if not data.lstrip().startswith(b"{"):
        text = data.decode("utf-8", "replace")
        return None, (Issue(path, line, "not an object, so no record"),), text
    try:
        return records.decode(data, dict[str, Any]), (), ""
    except (records.Mismatch, RecursionError, UnicodeDecodeError):
        pass
    try:
        text, damage = decoding.decode(data, path)
    except decoding.Refused as refused:
        return None, (Issue(path, line, refused.issue.message),), ""
    try:
        record = json.loads(_HALF.sub(r"\\ufffd", text), strict=False)
    except (ValueError, RecursionError) as error:
        return None, (Issue(path, line, _reason(error)),), text
    return record, tuple(Issue(path, line, issue.message, Severity.WARNING) for issue in damage), ""


def read_record(record: Mapping[str, Any], path: str, line: int, rules: Rules | None = None) -> Reading:
    """Make a story of a record: its fields by the names that crawlers, scrapers and news services give them.

    Args:
        record: what was decoded from JSON.
        path: the input, for issues.
        line: the line the record begins on there.
        rules: what drops anything; the package's unless others are given.

    Returns:
        One story, with everything else the record says in its header, and fields that say nothing of a story
        dropped by the rule `record-field`; several where the text is a scraped page with related stories. Without
        a title or without one sentence: an issue, and all dropped. `document` is title, paragraphs, then
        `name: value` for each field.
    """
    fields = recordfields.fields_of(record)
    named = any(name in fields for role in ("title", "text", "teaser") for name in NAMES[role])
    if not fields or (not named and _holds_empty_list(record)):
        return _envelope(record, path, line)
    sheet = Transcript()
    entry, text = Reader(fields, path, line).read()
    rules = rules or load_rules()
    page = page_of(text, rules)
    found = list(read_page(entry, page, sheet, rules) if page else read_entry(entry, sheet, rules))
    return reading_of(found, sheet.document)


def _envelope(record: Mapping[str, Any], path: str, line: int) -> Reading:
    """Account for what stood around a list of records."""
    sheet = Transcript()
    blocks = [block for name, value in record.items() if (block := sheet.add_field(name, worded(value)))]
    issues = () if blocks else (Issue(path, line, "neither a title nor a text"),)
    return Reading((), tuple(Dropped(block, "record-list") for block in blocks), issues, sheet.document)


def _holds_empty_list(record: Mapping[str, Any], depth: int = 4) -> bool:
    """Tell whether records stood in an object: `recordstream` leaves their list empty."""
    return any(
        (value == [] and plain_name(name) in LISTS)
        or (isinstance(value, Mapping) and depth > 0 and _holds_empty_list(value, depth - 1))
        for name, value in record.items()
    )


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        what = error.msg.lower().removesuffix(" at").removesuffix(" starting")
        return f"invalid JSON: {what} at character {error.pos + 1}"
    return "invalid JSON: " + (
        "nested too deeply" if isinstance(error, RecursionError) else "a number that is too long"
    )
