"""What is too heavy: for search engines, and for readers on the way."""

from collections.abc import Callable, Iterable

from generator.checking.faults import Fault, Faults
from generator.checking.pictures import LARGEST
from generator.model import Severity

PAGE = 2_000_000
"""Bytes of HTML: Googlebot reads no more than the first 2 MB of a page (Google Search Central, "Googlebot")."""

WHOLE = 5_000 * 1024
"""Bytes of a page and of what browsers fetch at once: Lighthouse calls more enormous (`total-byte-weight`)."""

_LONG = Fault("this page is larger than the 2 MB that search engines read of one", Severity.WARNING)
_HEAVY = Fault("this page and the site's files that it loads at once are more than 5 MB", Severity.WARNING)
_LARGE = Fault("this picture is larger than 1 MB", Severity.WARNING)


class Scales:
    """Weighs pages and pictures.

    Args:
        faults: hears what is too heavy.
        size_of: gives the bytes of a file of the site.
    """

    def __init__(self, faults: Faults, size_of: Callable[[str], int]) -> None:
        self._faults = faults
        self._size_of = size_of

    def weigh_page(self, path: str, size: int, loaded: Iterable[str]) -> None:
        """Weigh a page.

        Args:
            path: its file.
            size: its bytes.
            loaded: the files of the site that browsers fetch with it.
        """
        if size > PAGE:
            self._faults.add(_LONG, path, detail=f": {said(size)}")
        whole = size + sum(map(self._size_of, loaded))
        if whole > WHOLE:
            self._faults.add(_HEAVY, path, detail=f": {said(whole)}")

    def weigh_picture(self, path: str) -> None:
        """Weigh a picture."""
        size = self._size_of(path)
        if size > LARGEST:
            self._faults.add(_LARGE, path, detail=f": {said(size)}")


def said(size: int) -> str:
    """Say a number of bytes in megabytes."""
    return f"{size / 1_000_000:.1f} MB"
