"""What a page is made from, as one digest: equal fingerprint means equal bytes."""

import hashlib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, NamedTuple
from zlib import crc32

from generator import records
from generator.model import Page

DIGEST_BYTES = 16
"""128 bits: no two of a billion pages collide by accident (birthday bound, 1e-21)."""


class Fingerprint(NamedTuple):
    """What a page is made from: one digest that decides, and a short checksum of each ingredient that explains."""

    whole: str
    made_of: str


def digest(data: bytes) -> str:
    """Digest bytes (BLAKE2b, RFC 7693) to 32 hexadecimal digits."""
    return hashlib.blake2b(data, digest_size=DIGEST_BYTES).hexdigest()


def ingredients(page: Page, closure: str, engine: str) -> Iterator[tuple[str, bytes]]:
    """Name, one by one, everything that decides the bytes of a page.

    Args:
        page: its path, its template's name and its view, which is named field by field.
        closure: the digest of the template and of all it extends, includes and imports.
        engine: the digest of the generator's own code and of its libraries' versions.
    """
    yield "engine", engine.encode()
    yield "template", page.template.encode()
    yield "closure", closure.encode()
    yield "path", page.path.encode()
    if not is_dataclass(page.view):
        yield "view", records.encode(page.view)
        return
    for name in _fields(page.view.__class__):
        yield f"view.{name}", records.encode(getattr(page.view, name))


def fingerprint(page: Page, closure: str, engine: str) -> Fingerprint:
    """Digest a page's ingredients; see `ingredients` for what they are."""
    hasher = hashlib.blake2b(digest_size=DIGEST_BYTES)
    checksums = []
    for name, value in ingredients(page, closure, engine):
        hasher.update(f"{name} {len(value)}\n".encode())
        hasher.update(value)
        checksums.append(checksum(value))
    return Fingerprint(hasher.hexdigest(), " ".join(checksums))


def checksum(value: bytes) -> str:
    """Write the CRC-32 of bytes as eight hexadecimal digits: enough to tell that an ingredient changed."""
    return f"{crc32(value):08x}"


@cache
def _fields(view: Any) -> tuple[str, ...]:  # noqa: ANN401 - the type of any view
    return tuple(field.name for field in fields(view))
