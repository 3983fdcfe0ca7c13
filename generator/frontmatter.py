"""Markdown files with YAML front matter to articles and back: `parse_article(render_article(a))` is `a`.

Scalars are read as text and given their type by the field they stand in, so that a title may be `2025` or
`No`, and a date is wrong with a line number instead of a traceback.
"""

import re
from collections.abc import Iterator
from datetime import tzinfo
from typing import TYPE_CHECKING, Any

from generator import scalars
from generator.fields import DECIDING, FIELDS, Wrong, fit
from generator.model import UNDATED, Article, Issue, Severity
from generator.records import Value
from generator.scalars import read_plain
from generator.spelling import nearest
from generator.text import clipped

if TYPE_CHECKING:
    from generator.yaml_head import Entry

FENCE = "---"

LARGEST = 256 * 1024
"""Characters of front matter."""

_LONG = 60
"""Characters of a key that a message shows."""

_OPENING = re.compile(r"---[ \t]*\n")
_CLOSING = re.compile(r"\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)")


class Parsed(Value, frozen=True):
    """What a file held: an article unless something made that impossible, and every problem on the way.

    `standalone` tells that it is no news but a page that stands by itself; its date is `UNDATED`.
    """

    article: Article | None
    issues: tuple[Issue, ...]
    standalone: bool = False


def parse_article(text: str, path: str, zone: tzinfo, *, dated: bool = True) -> Parsed:
    r"""Read one content file.

    Args:
        text: the whole file, line ends as `\n`.
        path: how to name it in issues.
        zone: the time zone of dates that name none.
        dated: only an article will do; a file without a date is else a page that stands by itself.

    Returns:
        The article, `None` where title, date or the front matter itself is missing or broken, and the issues:
        errors for what could not be used, warnings for keys this version does not know.
    """
    if not text.strip():
        return _failed(path, 1, "the file is empty; an article needs front matter with `title` and `date`")
    opening = _OPENING.match(text)
    if opening is None:
        return _failed(path, 1, "no front matter; begin with `---`, `title:`, `date:`, `---`")
    closing = _CLOSING.search(text, opening.end() - 1)
    if closing is None:
        return _failed(path, 1, "the front matter begins here and never ends; close it with `---`")
    head = text[opening.end() : closing.start() + 1]
    if len(head) > LARGEST:
        return _failed(
            path, 1, f"the front matter has more than {LARGEST:,} characters; move text into the body"
        )
    body = text[closing.end() :].strip("\n").rstrip()
    reader = _Reader(path, zone, dated=dated)
    problem = reader.read(head)
    return _failed(path, *problem) if problem else reader.result(body)


def render_article(article: Article) -> str:
    """Write an article as the text of a content file, fields in the order of `Article`, defaults left out.

    One whose date is `UNDATED` has none there: it is a page that stands by itself.
    """
    from generator import yaml_head  # noqa: PLC0415 - YAML takes longer to load than a file to build

    fields: dict[str, Any] = {"title": article.title}
    fields |= {} if article.date == UNDATED else {"date": article.date}
    fields |= {name: value for name, value in _optional(article) if value}
    head = yaml_head.dump(fields | article.extra)
    return f"{FENCE}\n{head}{FENCE}\n\n{article.body}\n" if article.body else f"{FENCE}\n{head}{FENCE}\n"


def _optional(article: Article) -> Iterator[tuple[str, Any]]:
    source = article.source
    yield "date_from", article.date_from and str(article.date_from)
    yield "id", article.id
    yield "topic", article.topic
    yield "tags", list(article.tags)
    yield "source", source and ({"name": source.name, "url": source.url} if source.url else source.name)
    yield "authors", list(article.authors)
    yield "dateline", article.dateline
    yield "language", article.language
    yield "summary", article.summary
    yield "updated", article.updated
    yield "draft", article.draft
    yield "expires", article.expires
    yield "aliases", list(article.aliases)
    yield "canonical", article.canonical
    yield "image", article.image
    yield "translations", dict(article.translations)


def _failed(path: str, line: int, message: str) -> Parsed:
    return Parsed(None, (Issue(path, line, message),))


class _Reader:
    """Reads the fields of one file and gathers what is wrong with them."""

    def __init__(self, path: str, zone: tzinfo, *, dated: bool) -> None:
        self.path = path
        self.zone = zone
        self.dated = dated
        self.found: dict[str, Any] = {}
        self.extra: dict[str, Any] = {}
        self.issues: list[Issue] = []
        self.broken: set[str] = set()

    def read(self, head: str) -> tuple[int, str] | None:
        """Read every field, simple front matter without YAML; give the line and problem that prevent it."""
        plain = read_plain(head, FIELDS)
        if plain is not None:
            for name, (line, value) in plain.items():
                self._read_known(name, line + 2, value)
            return None
        from generator import yaml_head  # noqa: PLC0415 - as above, and few files need it

        found = yaml_head.read_head(head)
        if isinstance(found, tuple):
            return found
        for entry in found:
            self._read_entry(entry)
        return None

    def _read_entry(self, entry: "Entry") -> None:
        line, name = entry.line, entry.name
        if name is None:
            self._report(line, "a key must be a word; this one is a list or a table")
        elif name in self.found or name in self.extra:
            self._report(line, f"`{clipped(name, _LONG)}` stands twice; the first one counts")
        elif name in FIELDS:
            self._read_known(name, line, entry.value())
        else:
            self._read_unknown(name, line, entry)

    def _read_known(self, name: str, line: int, value: scalars.Value) -> None:
        try:
            self.found[name], left_out = fit(name, FIELDS[name](value, self.zone))
        except Wrong as wrong:
            self._break(name, line, wrong)
        else:
            if left_out:
                self._report(line, f"`{name}` {left_out}")

    def _read_unknown(self, name: str, line: int, entry: "Entry") -> None:
        try:
            self.extra[name] = entry.plain()
        except Wrong as wrong:
            self._break(name, line, wrong)
        else:
            hint = nearest(name, FIELDS, likeness=0.75) if len(name) <= _LONG else ""
            message = f"unknown front matter key `{clipped(name, _LONG)}`; it is kept"
            self._report(line, f"{message}; {hint}" if hint else message, Severity.WARNING)

    def result(self, body: str) -> Parsed:
        standalone = not self.dated and not self.found.get("date") and "date" not in self.broken
        if standalone:
            self.found["date"] = UNDATED
        for name in ("title", "date"):
            if not self.found.get(name) and name not in self.broken:
                self._report(1, f"no `{name}` in the front matter")
        if not self.found.get("title") or not self.found.get("date") or self.broken & DECIDING:
            return Parsed(None, tuple(self.issues))
        return Parsed(Article(**self.found, body=body, extra=self.extra), tuple(self.issues), standalone)

    def _break(self, name: str, line: int, wrong: Wrong) -> None:
        self.broken.add(name)
        self._report(line, f"`{clipped(name, _LONG)}` {wrong}")

    def _report(self, line: int, message: str, severity: Severity = Severity.ERROR) -> None:
        self.issues.append(Issue(self.path, line, message, severity))
