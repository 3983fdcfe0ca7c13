"""Markdown files with YAML front matter to articles and back: `parse_article(render_article(a))` is `a`.

Scalars are read as text and given their type by the field they stand in, so that a title may be `2025` or
`No`, and a date is wrong with a line number instead of a traceback.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from types import MappingProxyType
from typing import Any

import yaml

from generator.model import Article, DateFrom, Issue, Severity, Source

FENCE = "---"
DEEPEST = 50
"""How deep lists and tables may nest in front matter."""

_OPENING = re.compile(r"---[ \t]*\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Parsed:
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
    try:
        deep = _too_deep(head)
        node = None if deep else yaml.compose(head, Loader=_Loader)
    except yaml.YAMLError as error:
        return _failed(path, *_yaml_problem(error))
    if not isinstance(node, yaml.MappingNode):
        nothing = "the front matter holds no keys; it needs `title:` and `date:`"
        return _failed(path, deep or 2, "the front matter nests too deep to read" if deep else nothing)
    return _Reader(path, zone).read(node, text[closing.end() :].strip("\n").rstrip())


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


class _Wrong(Exception):
    """A field's value cannot be used; the sentence says what it should be."""


class _Reader:
    """Reads the fields of one file and gathers what is wrong with them."""

    def __init__(self, path: str, zone: tzinfo) -> None:
        self.path = path
        self.zone = zone
        self.issues: list[Issue] = []
        self.broken: set[str] = set()

    def read(self, node: yaml.MappingNode, body: str) -> Parsed:
        found: dict[str, Any] = {}
        extra: dict[str, Any] = {}
        for key_node, value_node in node.value:
            self._read_field(key_node, value_node, found, extra)
        for name in ("title", "date"):
            if not found.get(name) and name not in self.broken:
                self._report(1, f"no `{name}` in the front matter")
        if not found.get("title") or not found.get("date") or self.broken & _DECIDING:
            return Parsed(None, tuple(self.issues))
        return Parsed(replace(Article(**found), body=body, extra=extra), tuple(self.issues))

    def _read_field(
        self, key_node: yaml.Node, value_node: yaml.Node, found: dict[str, Any], extra: dict[str, Any]
    ) -> None:
        line = key_node.start_mark.line + 2
        if not isinstance(key_node, yaml.ScalarNode):
            self._report(line, "a key must be a word; this one is a list or a table")
            return
        name = str(key_node.value)
        if name in found or name in extra:
            self._report(line, f"`{name}` stands twice; the first one counts")
            return
        try:
            if name in _FIELDS:
                found[name] = _FIELDS[name](value_node, self.zone)
            else:
                extra[name] = _plain(value_node)
                self._report(line, f"unknown front matter key `{name}`; it is kept", Severity.WARNING)
        except _Wrong as wrong:
            self.broken.add(name)
            self._report(line, f"`{name}` {wrong}")

    def _report(self, line: int, message: str, severity: Severity = Severity.ERROR) -> None:
        self.issues.append(Issue(self.path, line, message, severity))


def _text(node: yaml.Node, _zone: tzinfo) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise _Wrong("must be text")
    return "" if node.tag.endswith(":null") else " ".join(str(node.value).split())


def _texts(node: yaml.Node, zone: tzinfo) -> tuple[str, ...]:
    if isinstance(node, yaml.ScalarNode):
        parts = _text(node, zone).split(",")
    elif isinstance(node, yaml.SequenceNode):
        parts = [_text(item, zone) for item in node.value]
    else:
        raise _Wrong("must be a list, such as [one, two]")
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _moment(node: yaml.Node, zone: tzinfo) -> datetime | None:
    text = _text(node, zone)
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text.replace(" +", "+").replace(" Z", "Z"))
    except ValueError as error:
        reason = str(error) if "must be" in str(error) or "out of range" in str(error) else "not a date"
        raise _Wrong(
            f"is no date: {text!r} ({reason}); write 2025-06-02 or 2025-06-02T14:10:00+02:00"
        ) from None
    try:
        aware = moment if moment.tzinfo else moment.replace(tzinfo=zone)
        aware.astimezone(zone)
    except (OverflowError, ValueError):
        raise _Wrong(f"is out of range: {text!r}") from None
    return aware


def _yes_or_no(node: yaml.Node, zone: tzinfo) -> bool:
    word = _text(node, zone).lower()
    if word not in {"true", "yes", "on", "false", "no", "off", ""}:
        raise _Wrong(f"must be true or false, not {word!r}")
    return word in {"true", "yes", "on"}


def _source(node: yaml.Node, zone: tzinfo) -> Source | None:
    if isinstance(node, yaml.ScalarNode):
        name = _text(node, zone)
        return Source(name) if name else None
    if not isinstance(node, yaml.MappingNode):
        raise _Wrong("must be a name, or {name: …, url: …}")
    fields = {str(key.value): _text(value, zone) for key, value in node.value}
    if not fields.get("name") or fields.keys() - {"name", "url"}:
        raise _Wrong("needs a `name`, may have a `url`, and has nothing else")
    return Source(fields["name"], fields.get("url", ""))


def _date_from(node: yaml.Node, zone: tzinfo) -> DateFrom | None:
    word = _text(node, zone)
    if word and word not in set(DateFrom):
        raise _Wrong(f"must be one of {', '.join(DateFrom)}, not {word!r}")
    return DateFrom(word) if word else None


_FIELDS: dict[str, Callable[[yaml.Node, tzinfo], Any]] = {
    "title": _text,
    "date": _moment,
    "date_from": _date_from,
    "id": _text,
    "topic": _text,
    "tags": _texts,
    "source": _source,
    "authors": _texts,
    "language": _text,
    "summary": _text,
    "updated": _moment,
    "draft": _yes_or_no,
    "expires": _moment,
    "aliases": _texts,
    "canonical": _text,
    "image": _text,
}


_DECIDING = {"title", "date", "draft", "expires"}
"""Fields that decide whether and where an article is published: without them it is not."""


def _plain(node: yaml.Node) -> Any:  # noqa: ANN401 - whatever the owner wrote there
    loader = _Loader("")
    try:
        return loader.construct_object(node, deep=True)
    except (yaml.YAMLError, TypeError, ValueError, LookupError, AttributeError) as error:
        problem = " ".join(str(error).split())
        raise _Wrong(f"cannot be read: {problem}") from None
    finally:
        loader.dispose()
