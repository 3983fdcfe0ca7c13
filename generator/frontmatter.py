"""Markdown files with YAML front matter to articles and back: `parse_article(render_article(a))` is `a`.

Scalars are read as text and given their type by the field they stand in, so that a title may be `2025` or
`No`, and a date is wrong with a line number instead of a traceback.
"""

import re
from collections.abc import Iterator
from datetime import datetime, tzinfo
from types import MappingProxyType
from typing import Any

import yaml

from generator import scalars
from generator.fields import DECIDING, FIELDS, Wrong
from generator.model import Article, Issue, Severity
from generator.records import Value
from generator.scalars import read_plain

FENCE = "---"
DEEPEST = 50
"""How deep lists and tables may nest in front matter."""

_OPENING = re.compile(r"---[ \t]*\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)


class Parsed(Value, frozen=True):
    """What a file held: an article unless something made that impossible, and every problem on the way."""

    article: Article | None
    issues: tuple[Issue, ...]


class _Loader(yaml.CSafeLoader):
    """YAML's core schema for keys we do not know: `No` is a word, and dates stay as they are written."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own way to say it
        first: [
            (tag, pattern) for tag, pattern in resolvers if tag.rpartition(":")[2] in {"int", "float", "null"}
        ]
        for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }


_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile("^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)


class _Dumper(yaml.CSafeDumper):
    """Writes what it is told, in order."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ANN401, ARG002 - PyYAML's signature
        return True


def _represent_datetime(dumper: _Dumper, moment: datetime) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:timestamp", moment.isoformat())


def _represent_head(dumper: _Dumper, head: MappingProxyType[str, Any]) -> yaml.MappingNode:
    # A line per field; left to itself, YAML writes a mapping of nothing but scalars on one line.
    return dumper.represent_mapping("tag:yaml.org,2002:map", head, flow_style=False)


_Dumper.add_representer(datetime, _represent_datetime)
_Dumper.add_representer(MappingProxyType, _represent_head)


def parse_article(text: str, path: str, zone: tzinfo) -> Parsed:
    r"""Read one content file.

    Args:
        text: the whole file, line ends as `\n`.
        path: how to name it in issues.
        zone: the time zone of dates that name none.

    Returns:
        The article, `None` where title, date or the front matter itself is missing or broken, and the issues:
        errors for what could not be used, warnings for keys this version does not know.
    """
    if not text.strip():
        return _failed(path, 1, "the file is empty; an article needs front matter with `title` and `date`")
    opening = _OPENING.match(text)
    if opening is None:
        return _failed(path, 1, "no front matter; begin with `---`, `title:`, `date:`, `---`")
    closing = _CLOSING.search(text, opening.end())
    if closing is None:
        return _failed(path, 1, "the front matter begins here and never ends; close it with `---`")
    head = text[opening.end() : closing.start()]
    body = text[closing.end() :].strip("\n").rstrip()
    reader = _Reader(path, zone)
    problem = reader.read(head)
    return _failed(path, *problem) if problem else reader.result(body)


def _compose(head: str) -> yaml.MappingNode | tuple[int, str]:
    """Read front matter of any form; give the line and the problem where that cannot be done."""
    try:
        deep = _too_deep(head)
        node = None if deep else yaml.compose(head, Loader=_Loader)
    except yaml.YAMLError as error:
        return _yaml_problem(error)
    if isinstance(node, yaml.MappingNode):
        return node
    nothing = "the front matter holds no keys; it needs `title:` and `date:`"
    return (deep, "the front matter nests too deep to read") if deep else (2, nothing)


def _too_deep(head: str) -> int:
    """Give the line where YAML nests deeper than `DEEPEST`, else 0: the C reader would overflow the stack."""
    depth = 0
    for event in yaml.parse(head, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            return int(event.start_mark.line if event.start_mark else 0) + 2
    return 0


def render_article(article: Article) -> str:
    """Write an article as the text of a content file, fields in the order of `Article`, defaults left out."""
    fields: dict[str, Any] = {"title": article.title, "date": article.date}
    fields |= {name: value for name, value in _optional(article) if value}
    head = yaml.dump(
        MappingProxyType(fields | article.extra),
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=None,
        width=10_000,
    )
    return f"{FENCE}\n{head}{FENCE}\n\n{article.body}\n" if article.body else f"{FENCE}\n{head}{FENCE}\n"


def _optional(article: Article) -> Iterator[tuple[str, Any]]:
    source = article.source
    yield "date_from", article.date_from and str(article.date_from)
    yield "id", article.id
    yield "topic", article.topic
    yield "tags", list(article.tags)
    yield "source", source and ({"name": source.name, "url": source.url} if source.url else source.name)
    yield "authors", list(article.authors)
    yield "language", article.language
    yield "summary", article.summary
    yield "updated", article.updated
    yield "draft", article.draft
    yield "expires", article.expires
    yield "aliases", list(article.aliases)
    yield "canonical", article.canonical
    yield "image", article.image


def _failed(path: str, line: int, message: str) -> Parsed:
    return Parsed(None, (Issue(path, line, message),))


def _yaml_problem(error: yaml.YAMLError) -> tuple[int, str]:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error).partition("\n")[0]
    return (mark.line + 2 if mark else 2), f"broken front matter: {problem}"


class _Reader:
    """Reads the fields of one file and gathers what is wrong with them."""

    def __init__(self, path: str, zone: tzinfo) -> None:
        self.path = path
        self.zone = zone
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
        node = _compose(head)
        if isinstance(node, tuple):
            return node
        for key_node, value_node in node.value:
            self._read_node(key_node, value_node)
        return None

    def _read_node(self, key_node: yaml.Node, value_node: yaml.Node) -> None:
        line = key_node.start_mark.line + 2
        if not isinstance(key_node, yaml.ScalarNode):
            self._report(line, "a key must be a word; this one is a list or a table")
            return
        name = str(key_node.value)
        if name in self.found or name in self.extra:
            self._report(line, f"`{name}` stands twice; the first one counts")
        elif name in FIELDS:
            self._read_known(name, line, _value(value_node))
        else:
            self._read_unknown(name, line, value_node)

    def _read_known(self, name: str, line: int, value: scalars.Value) -> None:
        try:
            self.found[name] = FIELDS[name](value, self.zone)
        except Wrong as wrong:
            self._break(name, line, wrong)

    def _read_unknown(self, name: str, line: int, node: yaml.Node) -> None:
        try:
            self.extra[name] = _plain(node)
        except Wrong as wrong:
            self._break(name, line, wrong)
        else:
            self._report(line, f"unknown front matter key `{name}`; it is kept", Severity.WARNING)

    def result(self, body: str) -> Parsed:
        for name in ("title", "date"):
            if not self.found.get(name) and name not in self.broken:
                self._report(1, f"no `{name}` in the front matter")
        if not self.found.get("title") or not self.found.get("date") or self.broken & DECIDING:
            return Parsed(None, tuple(self.issues))
        return Parsed(Article(**self.found, body=body, extra=self.extra), tuple(self.issues))

    def _break(self, name: str, line: int, wrong: Wrong) -> None:
        self.broken.add(name)
        self._report(line, f"`{name}` {wrong}")

    def _report(self, line: int, message: str, severity: Severity = Severity.ERROR) -> None:
        self.issues.append(Issue(self.path, line, message, severity))


def _value(node: yaml.Node) -> scalars.Value:
    """Give what a field reads: text, or a list or table one level deep, so that no alias makes it endless."""
    text = _held(node)
    if text is not None:
        return text
    if isinstance(node, yaml.SequenceNode):
        return tuple(_held(entry) for entry in node.value)
    table: dict[str, str | None] = {}
    for key, entry in node.value:
        name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
        # Of a key that stands twice the last text counts, yet an entry that is no text stays wrong.
        table[name] = _held(entry) if table.get(name, "") is not None else None
    return table


def _held(node: yaml.Node) -> str | None:
    if not isinstance(node, yaml.ScalarNode):
        return None
    return "" if node.tag.endswith(":null") else str(node.value)


def _plain(node: yaml.Node) -> Any:  # noqa: ANN401 - whatever the owner wrote there
    loader = _Loader("")
    try:
        return loader.construct_object(node, deep=True)
    except (yaml.YAMLError, TypeError, ValueError, LookupError, AttributeError) as error:
        problem = " ".join(str(error).split())
        raise Wrong(f"cannot be read: {problem}") from None
    finally:
        loader.dispose()
