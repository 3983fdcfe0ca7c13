"""How a store gives out the files of a site: as what type, to be kept how long, compressed or not. Pure."""

import gzip
import re

from generator.media_types import media_type

PAGES = "public, max-age=60, must-revalidate"
"""Pages, feeds and lists: a correction is seen within a minute."""

ASSETS = "public, max-age=3600"
"""Stylesheets, scripts, pictures, fonts: their names stay when they change."""

UNCHANGING = "public, max-age=31536000, immutable"
"""Files in a folder that is named by a digest of what is in it (RFC 8246)."""

OWN = "no-store"
"""What a publisher keeps beside the site: no reader needs it."""

_DIGESTED = re.compile(r"pagefind/[^/]+-[0-9a-f]{20}/.+")
_LEVEL = 9
_PAGE = re.compile(r".*\.(?:html?|json|opml|txt|xhtml|xml)|[^.]*")
_TEXT = re.compile(
    r"text/.*|image/svg\+xml|image/bmp|font/[ot]tf|application/(?:.*\+)?(?:json|xml|wasm|javascript)"
)
"""Types that get smaller when they are compressed; others are already, or are sent in pieces."""


def attributes(path: str) -> dict[str, str]:
    """Give the header fields that go with a file, by its path on the site (RFC 9110, 8.3; RFC 9111, 5.2)."""
    name = path.rpartition("/")[2]
    return {"Content-Type": media_type(name), "Cache-Control": _keeping(path, name)}


def _keeping(path: str, name: str) -> str:
    if _DIGESTED.fullmatch(path):
        return UNCHANGING
    return PAGES if _PAGE.fullmatch(name) else ASSETS


def shrinks(path: str) -> bool:
    """Tell whether a file is of a kind that is worth compressing."""
    return bool(_TEXT.fullmatch(media_type(path.rpartition("/")[2]).partition(";")[0]))


def compressed(data: bytes) -> bytes | None:
    """Compress with gzip (RFC 1952), the same bytes at any time; `None` where that makes nothing smaller."""
    smaller = gzip.compress(data, compresslevel=_LEVEL, mtime=0)
    return smaller if len(smaller) < len(data) else None
