"""What a page is made from, as one digest: equal fingerprint means equal bytes."""

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from struct import pack
from typing import Any, NamedTuple
from zlib import crc32

from generator import records
from generator.model import Page

DIGEST_BYTES = 16
"""128 bits: no two of a billion pages collide by accident (birthday bound, 1e-21)."""


Ingredient = tuple[str, bytes]
"""A name, and the bytes of what it stands for."""


class Fingerprint(NamedTuple):
    """What a page is made from: one digest that decides, and a short checksum of each ingredient that explains."""

    whole: str
    made_of: str


def digest(data: bytes) -> str:
    """Digest bytes (BLAKE2b, RFC 7693) to 32 hexadecimal digits."""
    return hashlib.blake2b(data, digest_size=DIGEST_BYTES).hexdigest()


def ingredients(
    page: Page, closure: str, engine: str, shown: Iterable[Ingredient] | None = None
) -> Iterator[Ingredient]:
    """Name, one by one, everything that decides the bytes of a page.

    Args:
        page: its path, its template's name and its view.
        closure: the digest of the template and of all it extends, includes and imports.
        engine: the digest of the generator's own code and of its libraries' versions.
        shown: the ingredients of the view, where they are known.
    """
    yield "engine", engine.encode()
    yield "template", page.template.encode()
    yield "closure", closure.encode()
    yield "path", page.path.encode()
    yield from view_ingredients(page.view) if shown is None else shown


def view_ingredients(view: Any) -> Iterator[Ingredient]:  # noqa: ANN401 - any view
    """Name a view field by field. Pages that share one, such as a feed in three formats, share these."""
    named = _named(view.__class__)
    if not named:
        yield "view", records.encode(view)
    for field, name in named:
        yield name, records.encode(_brief(getattr(view, field)))


@cache
def _named(kind: type) -> tuple[tuple[str, str], ...]:
    return tuple((field, f"view.{field}") for field in records.fields(kind))


def _brief(value: Any) -> Any:  # noqa: ANN401 - a field of any view
    """Let values that can speak for much in brief do so: stories and their bodies are most of what pages show."""
    if isinstance(value, tuple) and value and hasattr(value[0], "brief"):
        return [one.brief() for one in value]
    return value.brief() if hasattr(value, "brief") else value


def fingerprint(
    page: Page, closure: str, engine: str, shown: Iterable[Ingredient] | None = None
) -> Fingerprint:
    """Digest a page's ingredients; see `ingredients` for what they are."""
    names, values = zip(*ingredients(page, closure, engine, shown), strict=True)
    count = len(values)
    lengths = pack(f">{count}Q", *map(len, values))
    checksums = pack(f">{count}L", *map(crc32, values)).hex(" ", 4)  # as `checksum` writes each
    return Fingerprint(digest(b"".join(("\n".join(names).encode(), b"\0", lengths, *values))), checksums)


def checksum(value: bytes) -> str:
    """Write the CRC-32 of bytes as eight hexadecimal digits: enough to tell that an ingredient changed."""
    return f"{crc32(value):08x}"
