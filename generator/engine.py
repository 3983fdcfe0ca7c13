"""The digest of what turns views into bytes: the generator's own code and the libraries it renders with."""

import hashlib
import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path

LIBRARIES = ("feedgen", "jinja2", "lxml", "markdown", "msgspec", "nh3", "python-slugify", "pyyaml")
"""Whose new version may change a page."""


@cache
def engine() -> str:
    """Digest the package's files, the libraries' versions and Python's own."""
    package = Path(__file__).parent
    hasher = hashlib.blake2b(digest_size=16)
    for file in sorted((*package.rglob("*.py"), *package.rglob("*.toml"))):
        data = file.read_bytes()
        hasher.update(f"{file.relative_to(package).as_posix()} {len(data)}\n".encode())
        hasher.update(data)
    for library in LIBRARIES:
        hasher.update(f"{library} {version(library)}\n".encode())
    hasher.update(sys.version.encode())
    return hasher.hexdigest()
