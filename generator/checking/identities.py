"""What pages are called and where they say they are: two may not be taken for one.

Of a page nothing is kept but a digest of its title, and its canonical address where that is not its own.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import NamedTuple

from generator.checking.faults import Fault, Faults
from generator.checking.references import Sheet
from generator.checking.targets import Target
from generator.model import Severity

_TITLES = Fault(
    "has the title of another page, so that nobody can tell them apart in a list", Severity.WARNING
)
_ORIGINALS = Fault("names the same original as another page", Severity.WARNING)


class _Claim(NamedTuple):
    """A page that says that its address is that of another file of the site."""

    path: str
    line: int
    file: str
    address: str


class Identities:
    """Takes in page after page, and tells which could be taken for another."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._titles: dict[bytes, str] = {}
        self._originals: dict[bytes, str] = {}
        self._claims: list[_Claim] = []

    def add(self, path: str, sheet: Sheet, canonical: Target | None) -> bool:
        """Take in a page that is to be indexed.

        Args:
            path: its file.
            sheet: what it holds.
            canonical: where the address leads that it says is its own; `None` where it names none.

        Returns: whether it stands for itself, and not for what stands elsewhere.
        """
        line = sheet.canonical.line if sheet.canonical else 1
        if canonical and canonical.file and canonical.file != path:
            self._claims.append(_Claim(path, line, canonical.file, canonical.address))
            return False
        if canonical and not canonical.file and not canonical.fault and sheet.canonical:
            self._add_once(self._originals, sheet.canonical.address, _ORIGINALS, path, line)
            return False
        if sheet.title:
            self._add_once(self._titles, sheet.title, _TITLES, path, sheet.title_line)
        return True

    def _add_once(self, known: dict[bytes, str], text: str, fault: Fault, path: str, line: int) -> None:
        first = known.setdefault(blake2b(text.encode(), digest_size=12).digest(), path)
        if first != path:
            self._faults.add(fault, path, line, f": {first}")

    def judge_claims(self, moved: Iterable[str], unlisted: Iterable[str]) -> None:
        """Tell of the pages that say they are another one, once all pages are known.

        Args:
            moved: the pages that only send readers elsewhere.
            unlisted: these and all others that ask not to be indexed.
        """
        for claim in self._claims:
            what = "which is another page"
            if claim.file in moved:
                what = "which only leads elsewhere"
            elif claim.file in unlisted:
                what = "which asks not to be indexed"
            fault = Fault(f"says that its own address (canonical) is {claim.address}, {what}", Severity.ERROR)
            self._faults.add(fault, claim.path, claim.line)


def clashes(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Find paths that are one where case or the form of Unicode does not count (macOS, Windows, some hosts).

    Args:
        paths: of files, in an order that decides which is the first.

    Yields: a path, and the one that it would take the place of; a folder's ends in a slash.
    """
    files: dict[str, str] = {}
    folders: dict[str, str] = {}
    for path in paths:
        key = _folded(path)
        first = files.setdefault(key, path)
        if first != path:
            yield path, first
        if "/" in path:
            folders.setdefault(key.rpartition("/")[0], f"{path.rpartition('/')[0]}/")
    yield from ((files[key], folders[key]) for key in files if key in folders)


def _folded(path: str) -> str:
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", path).casefold())
