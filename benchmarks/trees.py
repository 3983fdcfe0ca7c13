"""Tells whether two built sites are the same, by a digest of every file's path and bytes."""

import os
from hashlib import blake2b
from pathlib import Path


def digest_of(folder: Path) -> str:
    """Digest all files below a folder but the hidden ones."""
    digest = blake2b(digest_size=16)
    for path in sorted(_files(folder)):
        digest.update(f"{path}\0".encode(errors="surrogateescape"))
        digest.update(blake2b((folder / path).read_bytes()).digest())
    return digest.hexdigest()


def _files(folder: Path) -> list[str]:
    found = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [os.path.relpath(f"{place}/{name}", folder) for name in names if not name.startswith(".")]
    return found
