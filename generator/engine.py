"""The digest of what turns views into bytes: the generator's own code and the libraries it renders with."""

import hashlib
import sys
from functools import cache
from pathlib import Path

LIBRARIES = (
    "babel",
    "feedgen",
    "imagesize",
    "jinja2",
    "lxml",
    "markdown",
    "markupsafe",
    "msgspec",
    "nh3",
    "python-slugify",
    "pyyaml",
)
"""Whose new version may change a page."""

SEARCH = ("pagefind", "pagefind-bin", "pagefind-bin-extended")
"""The same of the search index; they need not be installed."""


@cache
def engine() -> str:
    """Digest the package's files, the libraries' versions and Python's own."""
    package = Path(__file__).parent
    hasher = hashlib.blake2b(digest_size=16)
    for file in sorted((*package.rglob("*.py"), *package.rglob("*.toml"))):
        data = file.read_bytes()
        hasher.update(f"{file.relative_to(package).as_posix()} {len(data)}\n".encode())
        hasher.update(data)
    for installed in _versions(sys.path):
        hasher.update(f"{installed}\n".encode())
    hasher.update(sys.version.encode())
    return hasher.hexdigest()


def _versions(folders: list[str]) -> list[str]:
    """Name the libraries with their versions, as their folders do (Recording installed projects, PyPA)."""
    names = {library.replace("-", "_") for library in (*LIBRARIES, *SEARCH)}
    found = {
        file.name.lower()
        for folder in folders
        for file in Path(folder or ".").glob("*.dist-info")
        if file.name.partition("-")[0].lower() in names
    }
    needed = {library.replace("-", "_") for library in LIBRARIES}
    if needed - {name.partition("-")[0] for name in found}:  # installed in some other way
        from importlib.metadata import version  # noqa: PLC0415 - takes longer to load than all of the above

        found |= {f"{library} {version(library)}" for library in LIBRARIES}
    return sorted(found)
