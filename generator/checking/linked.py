"""JSON-LD of pages to the addresses it names (JSON-LD 1.1, in the words of schema.org)."""

import json
from collections.abc import Iterator
from typing import Any

from generator.checking.faults import Fault
from generator.checking.references import Reference, Seen, Use
from generator.model import Severity

_PICTURES = frozenset({"image", "logo", "photo", "thumbnail", "thumbnailUrl", "primaryImageOfPage"})
"""Properties that hold pictures: an address, an object with one, or a list of these."""

_ADDRESSES = frozenset({"url", "contentUrl", "mainEntityOfPage", "item"})
"""Properties that hold an address."""


def read_linked(text: str, line: int) -> tuple[list[Reference], list[Seen]]:
    """Read what one `script` element of JSON-LD names, and what is wrong with it.

    Args:
        text: what stands in the element.
        line: where that begins; all of it is said to stand there.
    """
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        return [], [Seen(Fault(f"its JSON-LD is no JSON: {error}", Severity.ERROR), line)]
    return [Reference(address, line, use) for address, use in _addresses(value)], []


def _addresses(whole: object) -> Iterator[tuple[str, Use]]:
    waiting: list[tuple[object, bool]] = [(whole, False)]
    while waiting:
        value, shown = waiting.pop()
        if isinstance(value, list):
            waiting += [(inner, shown) for inner in value]
        elif isinstance(value, dict):
            yield from _of_object(value, waiting, shown=shown or value.get("@type") == "ImageObject")
        elif shown and isinstance(value, str):
            yield value, Use.PORTRAIT


def _of_object(
    found: dict[str, Any], waiting: list[tuple[object, bool]], *, shown: bool
) -> Iterator[tuple[str, Use]]:
    for name, value in found.items():
        if name in _PICTURES:
            waiting.append((value, True))
        elif isinstance(value, list | dict):
            waiting.append((value, False))
        elif name in _ADDRESSES and isinstance(value, str):
            yield value, Use.PORTRAIT if shown else Use.NAME
