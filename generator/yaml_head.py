"""Front matter in all of YAML: what `scalars` does not read for itself. Loaded when a file needs it."""

import re
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

import yaml

from generator import scalars
from generator.fields import Wrong
from generator.text import clipped

DEEPEST = 50
"""How deep lists and tables may nest in front matter."""

MOST_KEYS = 1_000
"""Keys of front matter."""

MOST_VALUES = 10_000
"""What an unknown key may stand for, every alias in it written out."""

_LONGEST_NUMBER = 400
"""Digits of a number: more than Python's floating point numbers reach to."""


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


class Entry:
    """A key of front matter and what it stands for: `line` from 1 in the file, `name` None where it is no word."""

    def __init__(self, key: yaml.Node, value: yaml.Node) -> None:
        self.line = key.start_mark.line + 2
        self.name = str(key.value) if isinstance(key, yaml.ScalarNode) else None
        self._node = value

    def value(self) -> scalars.Value:
        """Give what a field reads."""
        return _value(self._node)

    def plain(self) -> Any:  # noqa: ANN401 - whatever the owner wrote there
        """Give what YAML's core schema makes of it.

        Raises:
            Wrong: it cannot make anything of it.
        """
        return _plain(self._node)


def read_head(head: str) -> "list[Entry] | tuple[int, str]":
    """Read front matter of any form; give the line and the problem where that cannot be done."""
    try:
        deep = _too_deep(head)
        node = None if deep else yaml.compose(head, Loader=_Loader)
    except yaml.YAMLError as error:
        return _problem(error)
    if isinstance(node, yaml.MappingNode):
        if len(node.value) > MOST_KEYS:
            return 2, f"the front matter has more than {MOST_KEYS:,} keys"
        return [Entry(key, value) for key, value in node.value]
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


def dump(fields: Mapping[str, Any]) -> str:
    """Write front matter, a line per field where that can be."""
    return str(
        yaml.dump(
            MappingProxyType(dict(fields)),
            Dumper=_Dumper,
            allow_unicode=True,
            sort_keys=False,
            default_flow_style=None,
            width=10_000,
        )
    )


_HINTS = {
    "mapping values are not allowed in this context": "; a text with a colon in it needs quotes around it"
}
"""What to do about what the reader of YAML says of the commonest mistake."""


def _problem(error: yaml.YAMLError) -> tuple[int, str]:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error).partition("\n")[0]
    hint = _HINTS.get(problem, "")
    return (mark.line + 2 if mark else 2), f"broken front matter: {problem}{hint}"


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
    _weigh(node, MOST_VALUES, 1)
    loader = _Loader("")
    try:
        return loader.construct_object(node, deep=True)
    except (yaml.YAMLError, TypeError, ValueError, LookupError, AttributeError, ArithmeticError) as error:
        raise Wrong(f"cannot be read: {clipped(' '.join(str(error).split()), 200)}") from None
    finally:
        loader.dispose()


def _weigh(node: yaml.Node, left: int, depth: int) -> int:
    """Count what a value stands for down from what it may, aliases written out; `Wrong` where it is too much."""
    left -= 1
    if isinstance(node, yaml.ScalarNode):
        left -= len(node.value) // 100
        if len(node.value) > _LONGEST_NUMBER and node.tag.endswith((":int", ":float")):
            raise Wrong(f"holds a number of more than {_LONGEST_NUMBER} digits; put quotes around it")
    else:
        for child in node.value:
            for part in child if isinstance(child, tuple) else (child,):
                left = _weigh(part, left, depth + 1) if depth < DEEPEST else -1
    if left < 0:
        raise Wrong(
            f"stands for more than {MOST_VALUES:,} values, or nests too deep; write less, without aliases"
        )
    return left
