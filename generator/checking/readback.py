"""Feeds as a subscriber's program reads them: feedparser, which many of those are built on.

It takes a tenth of a second for a feed of whole articles, so that only some are read by it. What it would find in
the others is found by `feedrules`, which judges every feed.
"""

import io
import warnings
from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import Any

from generator.checking.faults import Fault
from generator.checking.references import Seen
from generator.model import Severity

MOST = 12
MOST_BYTES = 5_000_000
"""Feeds that are read, and bytes of them: two or three seconds, and some of every kind."""

NAMES = {"rss.xml": "application/rss+xml", "atom.xml": "application/atom+xml"}
"""The files that are feeds, and as what they are served."""

_PARTS = {
    "id": ("id",),
    "title": ("title",),
    "link": ("link",),
    "date": ("published_parsed", "updated_parsed"),
}
"""What an entry has to have, and what feedparser calls it."""


def chosen(sizes: Mapping[str, int]) -> frozenset[str]:
    """Choose which feeds are read: the site's own, then the first of each kind, the second, and so on.

    Args:
        sizes: the bytes of files of the site, by their paths.
    """
    ranked: list[tuple[int, str]] = []
    seen: dict[str, int] = {}
    for path in sorted(path for path in sizes if path.rpartition("/")[2] in NAMES):
        kind, name = path.partition("/")[0], path.rpartition("/")[2]
        rank = seen[kind + name] = seen.get(kind + name, -1) + 1
        ranked.append((rank if "/" in path else -1, path))
    first = [path for _, path in sorted(ranked)[:MOST]]
    read = accumulate(sizes[path] for path in first)
    return frozenset(
        path for path, whole in zip(first, read, strict=True) if whole <= MOST_BYTES or path in NAMES
    )


def read_back(data: bytes, path: str, entries: int) -> Iterator[Seen]:
    """Read a feed as a subscriber does.

    Args:
        data: the feed.
        path: its own, which tells as what it is served.
        entries: how many it holds.

    Yields: what such a program stumbles over.
    """
    import feedparser  # noqa: PLC0415 - slow to load, and a check may have no feed to read

    headers = {"content-type": f"{NAMES[path.rpartition('/')[2]]}; charset=utf-8"}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            parsed: Any = feedparser.parse(io.BytesIO(data), response_headers=headers)
    except Exception as error:  # noqa: BLE001 - it lets through whatever Python raises over odd input
        parsed = {"bozo": True, "bozo_exception": error}
    if parsed.get("bozo"):
        reason = " ".join(str(parsed.get("bozo_exception", "")).split())
        yield Seen(Fault(f"a feed reader (feedparser) takes this feed for damaged: {reason}", Severity.ERROR))
    found = parsed.get("entries", [])
    if len(found) != entries:
        message = f"a feed reader (feedparser) finds {len(found)} entries in this feed, which has {entries}"
        yield Seen(Fault(message, Severity.ERROR))
    for name, fields in _PARTS.items():
        if not all(any(dict.get(entry, field) for field in fields) for entry in found):
            message = f"a feed reader (feedparser) finds no {name} in an entry of this feed"
            yield Seen(Fault(message, Severity.ERROR))
