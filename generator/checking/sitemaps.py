"""Sitemaps against the site: what they may hold (sitemaps.org 0.9, Google News 0.9), and what they have to name."""

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from typing import Any

from generator import keys
from generator.checking.faults import Fault, Faults
from generator.model import Severity

MOST = 50_000
"""Addresses in a sitemap, or sitemaps in an index, at most."""

LARGEST = 52_428_800
"""Bytes of a sitemap, at most: 50 MB, uncompressed."""

MOST_NEWS = 1_000
"""Articles in a news sitemap, at most (Google Search Central, "News sitemaps")."""

_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}news"
_TERMS = "|".join(keys.TERMS.values())
_ARCHIVE = re.compile(rf"(?:{_TERMS})/[^/]+/\d{{4}}/\d\d/index\.html")
_TERM = re.compile(rf"(?:{_TERMS})/[^/]+/index\.html")

_TWICE = Fault("stands in more than one sitemap, or in one twice", Severity.WARNING)
_NOWHERE = Fault("stands in no sitemap", Severity.WARNING)
_UNNAMED = Fault("neither an index of sitemaps nor robots.txt names this sitemap", Severity.ERROR)


class Sitemaps:
    """Takes in all sitemaps, then compares them with the pages there are.

    Args:
        faults: hears what is wrong.
    """

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._sitemaps: set[str] = set()
        self._named: set[str] = set()
        self._listed: set[str] = set()
        self._news: set[str] = set()
        self._full = False

    def open(self, path: str, root: Any, size: int) -> None:  # noqa: ANN401 - lxml ships no types
        """Take in an XML file, if it is a sitemap or an index of them.

        Args:
            path: its own.
            root: its outermost element.
            size: its bytes.
        """
        if root.tag not in {f"{_SITEMAP}urlset", f"{_SITEMAP}sitemapindex"}:
            return
        self._sitemaps.add(path)
        entries, news = len(root), sum(1 for _ in root.iter(_NEWS))
        if news or path.endswith("news-sitemap.xml"):
            self._news.add(path)
        self._full = self._full or entries >= MOST
        limits = (("entries", entries, MOST), ("bytes", size, LARGEST), ("articles", news, MOST_NEWS))
        for what, number, most in limits:
            if number > most:
                fault = Fault(f"has more {what} than a sitemap may have, {most:,}", Severity.ERROR)
                self._faults.add(fault, path, detail=f": {number:,}")

    def name(self, file: str) -> None:
        """Take in that an index of sitemaps, or robots.txt, names a file."""
        self._named.add(file)

    def list(self, path: str, file: str) -> None:
        """Take in that a sitemap lists a page; news sitemaps repeat what others have."""
        if path in self._news:
            return
        if file in self._listed:
            self._faults.add(_TWICE, file, detail=f": {path}")
        self._listed.add(file)

    def compare(self, standing: Iterable[str], pages: AbstractSet[str]) -> None:
        """Tell which sitemaps nobody names, and which pages none names.

        The archives of a term by month are left out by design: what they list stands elsewhere. Where a sitemap is
        full, the terms with the fewest articles are, too.

        Args:
            standing: the pages that are to be indexed, at their own address.
            pages: all pages.
        """
        for path in sorted(self._sitemaps - self._named):
            self._faults.add(_UNNAMED, path)
        if not self._sitemaps:
            return
        for path in sorted(set(standing) & pages - self._listed):
            left_out = _ARCHIVE.fullmatch(path) or (self._full and _TERM.fullmatch(path))
            if not left_out:
                self._faults.add(_NOWHERE, path)
