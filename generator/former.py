"""Addresses that nothing of an article's own may have, and those that it had before: paths in the site."""

import re
from collections.abc import Sequence

from generator import filenames, keys
from generator.characters import shown

FILES = frozenset(
    ("index.html", "404.html", "atom.xml", "rss.xml", "feed.json", "subscriptions.opml", "robots.txt")
) | {"sitemap.xml", "sitemap-pages.xml", "news-sitemap.xml"}
"""Names the page table gives to files: no folder may be called so."""

LONGEST = 200
"""Bytes of one part of a former address: file systems allow a name 255."""

LONGEST_PATH = 1000
"""Bytes of a former address: buckets allow a name 1024."""

_FOLDERS = "|".join((*keys.TERMS.values(), "assets", "search", "trends", keys.INDEX_FOLDER.rstrip("/")))
_PAGES = re.compile(rf"(?:{_FOLDERS})/|(?:\d{{4}}/(?:\d\d/){{0,2}})?\Z")
"""Addresses of other pages than articles, and all below them that no article can have."""


def is_reserved(path: str) -> bool:
    """Tell whether an address belongs to a kind of page that is made of no single file."""
    return bool(_PAGES.match(path))


def read_aliases(aliases: Sequence[str], path: str) -> tuple[str, ...]:
    """Give former addresses as paths, without what is none, and without `path`, where the article stands now."""
    return tuple(alias for alias in map(read_alias, aliases) if alias and alias != path)


def read_alias(address: str) -> str:
    """Give a former address as a path: a folder, or a file where it names a page as one; "" for what is none."""
    path = address.strip().strip("/")
    parts = path.split("/")
    if (
        is_reserved(f"{path}/")
        or not filenames.is_plain(path)
        or len(path.encode()) > LONGEST_PATH
        or re.search(r"[?#\\]|:", path)
        or any(part in FILES or len(part.encode()) > LONGEST for part in parts)
        or any(_is_file(part) for part in parts[:-1])
        or any(part[:1] in {"", "."} for part in parts[parts[0] == ".well-known" :])
        or shown(path) != path
    ):
        return ""
    return path if _is_file(path) else f"{path}/"


def _is_file(path: str) -> bool:
    """Tell whether a former address is a file, behind which no other can lie."""
    return path.lower().endswith((".html", ".htm"))
