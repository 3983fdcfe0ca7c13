"""What a page is made from, as one digest: equal fingerprint means equal bytes."""

import hashlib
from collections.abc import Iterator

from generator import records
from generator.model import Page

DIGEST_BYTES = 16
"""128 bits: no two of a billion pages collide by accident (birthday bound, 1e-21)."""


def digest(data: bytes) -> str:
    """Digest bytes (BLAKE2b, RFC 7693) to 32 hexadecimal digits."""
    return hashlib.blake2b(data, digest_size=DIGEST_BYTES).hexdigest()


def ingredients(page: Page, closure: str, engine: str) -> Iterator[tuple[str, bytes]]:
    """Name, one by one, everything that decides the bytes of a page.

    Args:
        page: its path, its template's name and its view.
        closure: the digest of the template and of all it extends, includes and imports.
        engine: the digest of the generator's own code and of its libraries' versions.
    """
    yield "engine", engine.encode()
    yield "template", page.template.encode()
    yield "closure", closure.encode()
    yield "path", page.path.encode()
    yield "view", records.encode(page.view)


def fingerprint(page: Page, closure: str, engine: str) -> str:
    """Digest a page's ingredients; see `ingredients` for what they are."""
    hasher = hashlib.blake2b(digest_size=DIGEST_BYTES)
    for name, value in ingredients(page, closure, engine):
        hasher.update(f"{name} {len(value)}\n".encode())
        hasher.update(value)
    return hasher.hexdigest()
