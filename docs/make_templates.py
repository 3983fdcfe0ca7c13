"""Writes the part of `templates.md` that says what templates see: from the page table and the types of views.

`python docs/make_templates.py` tells whether the part is up to date, `--write` brings it up to date. What a field
means is said once, at its type: in the section `Attributes:` of the docstring.
"""

import inspect
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import Enum
from pathlib import Path
from types import NoneType
from typing import Any, Literal, NamedTuple, get_args, get_origin, get_type_hints

from generator import keys, pages, records
from generator.model import Key
from generator.pages import Row
from generator.records import Value

DOCUMENT = Path(__file__).with_name("templates.md")
BEGIN = "<!-- From here on made by docs/make_templates.py: --write -->\n"
END = "<!-- Up to here. -->\n"

EVERYWHERE = ("site", "head")
"""Fields that every view has: they are said once, at their types."""

SAMPLES: dict[str, Key] = {
    "article": ("article", "YYYY/MM/DD/slug/"),
    "page": ("page", "slug/"),
    "redirect": ("redirect", "former/address/"),
    "day": ("day", "YYYY-MM-DD"),
    "month": ("month", "YYYY-MM"),
    "year": ("year", "YYYY"),
}
"""Keys that stand for all of their kind, where a slug and a month will not do."""

WORDS = {str: "text", int: "number", bool: "yes or no", datetime: "date and time", NoneType: "none"}


class Description(NamedTuple):
    """What a type's docstring says: of itself, and of each of its fields."""

    whole: str
    fields: dict[str, str]


def describe(kind: type) -> Description:
    """Read a docstring that lists its fields under `Attributes:`, one or several names to a text."""
    text = inspect.cleandoc(kind.__doc__ or "")
    whole, _, listed = text.partition("\nAttributes:\n")
    fields: dict[str, str] = {}
    for names, said in re.findall(r"^ {4}(\w[\w, ]*): (.*(?:\n {8}.*)*)", listed, re.MULTILINE):
        fields |= dict.fromkeys(names.split(", "), " ".join(said.split()).rstrip("."))
    return Description(" ".join(whole.split()), fields)


def meaning(kind: type, field: str) -> str:
    """Say what a field of a type means; one without a word of its own means what its type does."""
    said = describe(kind).fields.get(field, "")
    own = get_type_hints(kind)[field]
    if said or not _is_value(own):
        return said
    whole = describe(own).whole.partition(". ")[0].rstrip(".")
    return f"{whole[:1].lower()}{whole[1:]}"


def _is_value(kind: Any) -> bool:  # noqa: ANN401 - any annotation
    return isinstance(kind, type) and issubclass(kind, Value)


def in_words(kind: Any) -> str:  # noqa: ANN401 - any annotation
    """Say for people what a type holds; types of ours are links."""
    if _is_value(kind):
        return f"[{kind.__name__}](#{kind.__name__.lower()})"
    if get_origin(kind):
        return _composed(get_origin(kind), get_args(kind))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _choice(value.value for value in kind)
    return WORDS.get(kind) or f"`{kind.__name__}`"


def _composed(origin: Any, inner: tuple[Any, ...]) -> str:  # noqa: ANN401 - any annotation
    if origin is Literal:
        return _choice(inner)
    words = [in_words(one) for one in inner if one is not Ellipsis]
    if origin is tuple:
        return f"list of {words[0]}" if Ellipsis in inner else f"({', '.join(words)})"
    return f"{words[1]} by {words[0]}" if origin is dict else " or ".join(words)


def _choice(values: Iterable[object]) -> str:
    return " or ".join(f"`{value}`" for value in values)


def _within(kind: Any) -> Iterator[type]:  # noqa: ANN401 - any annotation
    """Give the types of ours that an annotation holds."""
    if _is_value(kind):
        yield kind
    for inner in get_args(kind):
        yield from _within(inner)


def shown() -> tuple[Row, ...]:
    """Give the rows of the page table that templates render."""
    return tuple(row for row in pages.TABLE if any(name.endswith(".html") for _, name in row.files))


def view_of(row: Row) -> type:
    """Give the type of a row's view, which is what the function says that makes it."""
    return next(_within(get_type_hints(row.view)["return"]))


def views() -> tuple[type, ...]:
    """Give the types of views that templates see, in the order of the page table."""
    return tuple(dict.fromkeys(map(view_of, shown())))


def parts() -> tuple[type, ...]:
    """Give the types that views are made of, those that are met first first."""
    found: dict[type, None] = {}
    waiting = list(views())
    for kind in waiting:
        new = [part for hint in get_type_hints(kind).values() for part in _within(hint)]
        waiting += [part for part in new if part not in waiting]
        found |= dict.fromkeys(part for part in new if part not in views())
    return tuple(found)


def address(row: Row, name: str) -> str:
    """Write the address of a row's file, with words for what differs from key to key."""
    usual = (row.kind, "slug", "YYYY-MM") if row.kind.endswith("-month") else (row.kind, "slug")
    place = keys.path(SAMPLES.get(row.kind) or ((row.kind,) if row.kind in fixed() else usual))
    return f"/{place}{name.removesuffix('index.html')}"


def fixed() -> frozenset[str]:
    """Name the kinds of which there is one page."""
    return frozenset(key[0] for key in keys.FIXED)


def _table(head: str, rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    names = head.split(" | ")
    yield f"| {head} |"
    yield f"|{'---|' * len(names)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"


def page_table() -> Iterator[str]:
    """Write the table of all pages that have a template."""
    yield from _table(
        "page | template | view | its feeds",
        (
            (f"`{address(row, name)}`", f"`{template}`", in_words(view_of(row)), _feeds(row.kind) or "–")
            for row in shown()
            for name, template in row.files
        ),
    )


def _feeds(kind: str) -> str:
    made = [file for row in pages.rows(kind) for file in row.files]
    return ", ".join(f"`{name}`" for name, template in made if template.startswith("feed."))


def _templates(kind: type) -> str:
    names = dict.fromkeys(name for row in shown() if view_of(row) is kind for _, name in row.files)
    return " and ".join(f"`{name}`" for name in names)


def section(kind: type) -> Iterator[str]:
    """Write what one type holds."""
    whole = describe(kind).whole
    yield from (f"#### {kind.__name__}", "", f"{_templates(kind)}: {whole}" if kind in views() else whole, "")
    fields = [name for name in records.fields(kind) if kind not in views() or name not in EVERYWHERE]
    if fields:
        hints = get_type_hints(kind)
        rows = ((f"`{name}`", in_words(hints[name]), meaning(kind, name)) for name in fields)
        yield from _table("field | holds | what", rows)
        yield ""


def generated() -> str:
    """Write the whole part."""
    lines = ["", *page_table(), ""]
    lines += ["### What `page` is", ""]
    lines += [
        f"Every view has `site` ({in_words(_hint('site'))}) and `head` ({in_words(_hint('head'))}), too.",
        "",
    ]
    lines += [line for kind in views() for line in section(kind)]
    lines += ["### What these are made of", ""]
    lines += [line for kind in parts() for line in section(kind)]
    return "\n".join(lines)


def _hint(field: str) -> Any:  # noqa: ANN401 - any annotation
    return get_type_hints(views()[0])[field]


def document(text: str) -> str:
    """Put the part that is made into the document."""
    before, _, rest = text.partition(BEGIN)
    return before + BEGIN + generated() + END + rest.partition(END)[2]


def main(arguments: list[str]) -> str | None:
    """Write the document, or say whether it is as it should be; gives what is wrong."""
    text = DOCUMENT.read_text()
    made = document(text)
    if "--write" in arguments:
        DOCUMENT.write_text(made)
        return None
    return None if made == text else f"{DOCUMENT.name} is out of date: run this with --write"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
