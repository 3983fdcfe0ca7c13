"""The names under which crawlers, scrapers and news services write a story's fields, and what they wrap them in."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any
from urllib.parse import urlsplit

from generator import records

_TABLE = tomllib.loads(resources.files(__package__).joinpath("records.toml").read_text("utf-8"))

NAMES: dict[str, tuple[str, ...]] = {role: tuple(names) for role, names in _TABLE["names"].items()}
"""By role, the names in the order in which they are asked; each in lower case, words parted by low lines."""

WRAPPERS = frozenset(_TABLE["nesting"]["wrappers"])
"""Fields that may hold the record itself, or more fields of it."""

UNSURE_LISTS = frozenset(_TABLE["nesting"]["unsure_lists"])
"""Fields that may hold a list of records, or the parts of one."""

LISTS = UNSURE_LISTS | frozenset(_TABLE["nesting"]["lists"])
"""Fields that may hold a list of records."""

_NOTHING = frozenset({"", "none", "null", "nan", "nat", "n/a", "undefined", "[]", "{}", "<na>"})
_INNER = (
    *(
        "rendered",
        "main",
        "original",
        "value",
        "name",
        "full",
        "text",
        "#text",
        "$oid",
        "$date",
        "$numberlong",
    ),
    *("url", "@id", "href", "src", "label", "title", "term", "content", "_", "$"),
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SIGNS = re.compile(r"[\s:.@-]+")
_ADDRESS = re.compile(r"https?://[^\s/]+(?:/\S*)?", re.IGNORECASE)
_LIST = re.compile(r"\[\s*'[^'\n]*+'(?:,\s*'[^'\n]*+')*+\s*\]")  # of Python, written as text
_QUOTED = re.compile(r"'([^'\n]+)'")
_DEPTH = 3  # wrappers inside one another


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a record: its name as it stands there, and its value."""

    name: str
    value: Any


def fields_of(record: Mapping[str, Any], depth: int = _DEPTH) -> dict[str, Field]:
    """Give a record's fields that say something, by their plain names (`datePublished`: `date_published`).

    The fields of what wraps the story come after its own, named `wrapper.field` where that name is taken.
    """
    found: dict[str, Field] = {}
    inner: list[tuple[str, Mapping[str, Any]]] = []
    for name, value in record.items():
        plain = plain_name(name)
        if isinstance(value, Mapping) and plain in WRAPPERS and depth and _is_wrapped(value):
            inner.append((name, value))
        elif not _is_nothing(value):
            found[plain if plain not in found else name] = Field(name, value)
    for name, value in inner:
        own = fields_of(value, depth - 1)
        more = {key: entry for key, entry in own.items() if key not in found}
        taken = {f"{name}.{key}": entry for key, entry in own.items() if key in found}
        found |= more | taken
    return found


def plain_name(name: str) -> str:
    """Spell a field's name the one way the table does."""
    return _SIGNS.sub("_", _CAMEL.sub("_", name)).casefold()


def texts_of(value: Any) -> Iterator[str]:  # noqa: ANN401 - whatever JSON holds
    """Give the texts in a value: itself, its elements, or what a table is called (`rendered`, `name`, `url`)."""
    if isinstance(value, str):
        if not _is_nothing(value):
            yield from _QUOTED.findall(value) if _LIST.fullmatch(value.strip()) else [value]
    elif isinstance(value, bool):
        return
    elif isinstance(value, int | float):
        yield str(value)
    elif isinstance(value, Mapping):
        named = {name.casefold(): inner for name, inner in value.items()}
        chosen = next((named[name] for name in _INNER if not _is_nothing(named.get(name))), None)
        if chosen is not None and not isinstance(chosen, Mapping | list):
            yield from texts_of(chosen)
    elif isinstance(value, list):
        for inner in value:
            if not isinstance(inner, list):
                yield from texts_of(inner)


def addresses_of(value: Any) -> Iterator[str]:  # noqa: ANN401 - as above
    """Give the absolute web addresses in a value, wherever they stand in it."""
    if isinstance(value, str):
        if is_address(value.strip()):
            yield value.strip()
    elif isinstance(value, Mapping):
        for name in ("url", "@id", "href", "src", "content_url", "contentUrl", "link", "rendered"):
            if isinstance(value.get(name), str):
                yield from addresses_of(value[name])
    elif isinstance(value, list):
        for inner in value:
            if not isinstance(inner, list):
                yield from addresses_of(inner)


def is_address(text: str) -> bool:
    """Tell whether a text is an absolute web address, and one that can be taken apart."""
    try:
        return _ADDRESS.fullmatch(text) is not None and bool(urlsplit(text).hostname)
    except ValueError:
        return False


def worded(value: Any) -> str:  # noqa: ANN401 - as above
    """Word any value in one text: text as it is, lists of texts in their order, everything else as JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(inner, str) for inner in value):
        return ", ".join(value)
    return records.encode(value).decode("utf-8", "replace")


def _is_nothing(value: Any) -> bool:  # noqa: ANN401 - as above
    if isinstance(value, str):
        return value.strip().casefold() in _NOTHING
    return value is None or value in ([], {}) or value != value  # noqa: PLR0124 - NaN is what does not equal itself


def _is_wrapped(value: Mapping[str, Any]) -> bool:
    """Tell whether a table holds a story's fields rather than the parts of one field."""
    names = {plain_name(name) for name in value}
    return bool(names & _TELLING) or any(isinstance(value.get(name), Mapping) for name in WRAPPERS)


_TELLING = frozenset(
    {
        *NAMES["title"][:8],
        *NAMES["text"][:14],
        *NAMES["published"],
        *NAMES["teaser"],
        "content",
        "body",
        "byline",
    }
)
