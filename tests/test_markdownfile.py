"""Markdown files among the inputs: checked, and otherwise left as they are."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from generator.ingest.markdownfile import read_markdown
from generator.model import Severity

BODY = "A *fine* [bridge](https://e.example/b?a=1&b=2).\n\n1. One\n2. Two\n\n> 1986\\. A year <b>here</b>"
HEAD = """title: Harbour bridge reopens
date: 2025-06-02 14:10
tags: [Port Ellery, Transport]
source: The Ellery Courier
"""


def test_an_article_is_given_as_it_stands() -> None:
    text = f"---\n{HEAD}---\n\n{BODY}\n"
    reading = read_markdown(text, "seeds/a.md", ZoneInfo("Europe/Berlin"))
    (article,) = reading.articles

    assert article.title == "Harbour bridge reopens"
    assert article.date == datetime(2025, 6, 2, 12, 10, tzinfo=UTC)
    assert article.tags == ("Port Ellery", "Transport")
    assert article.body == BODY
    assert (reading.stories, reading.dropped, reading.issues) == ((), (), ())
    assert reading.document == text


def test_unknown_keys_are_kept_and_a_warning() -> None:
    reading = read_markdown(f"---\n{HEAD}mood: calm\n---\n\n{BODY}\n", "seeds/a.md", UTC)

    assert reading.articles[0].extra == {"mood": "calm"}
    assert [(issue.line, issue.severity) for issue in reading.issues] == [(6, Severity.WARNING)]


def test_without_a_date_there_is_no_article_but_an_error_with_its_line() -> None:
    broken = read_markdown(f"---\ntitle: Bridge\ndate: soon\n---\n\n{BODY}\n", "seeds/a.md", UTC)
    missing = read_markdown(f"---\ntitle: Bridge\n---\n\n{BODY}\n", "seeds/a.md", UTC)

    assert broken.articles == missing.articles == ()
    assert [(issue.path, issue.line, issue.severity) for issue in broken.issues] == [
        ("seeds/a.md", 3, Severity.ERROR)
    ]
    assert [issue.severity for issue in missing.issues] == [Severity.ERROR]
