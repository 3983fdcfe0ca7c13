"""What a check finds: each fault where it shows, and those that many files share no oftener than people read."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from generator.characters import shown as presentable
from generator.model import Issue, Severity
from generator.text import clipped

NAMED = 10
"""Files that are named for one fault; of further ones only the number is told."""

SHOWN = 200
"""Characters of an address that are shown."""


def shown(address: str) -> str:
    """Show an address in a line."""
    return clipped(" ".join(address.split()), SHOWN)


class Fault(NamedTuple):
    """What is wrong, and how bad that is."""

    message: str
    severity: Severity


class Found(NamedTuple):
    """A fault where it shows.

    Attributes:
        more: files that have it too and are not named.
        detail: what else there is to say of it here, as the rest of the sentence.
        about: the page whose text has it, where that is not the file itself.
    """

    fault: Fault
    path: str
    line: int
    more: int = 0
    detail: str = ""
    about: str = ""

    def issue(self, folder: str, source: str = "") -> Issue:
        """Make an issue of it.

        Args:
            folder: what the path is relative to.
            source: the file that the page was made from, "" where nobody knows.
        """
        origin = f" ({source})" if source else ""
        also = (
            f"; {self.more} more {'file does' if self.more == 1 else 'files do'} the same"
            if self.more
            else ""
        )
        message = f"{self.fault.message}{self.detail}{origin}{also}"
        return Issue(f"{folder}/{self.path}", self.line, presentable(message), self.fault.severity)


@dataclass(slots=True)
class Place:
    """Where something stands: the first page and line, and how many more pages it stands on."""

    path: str
    line: int
    more: int = 0
    last: str = ""

    def stands_on(self, path: str) -> None:
        """Count a page; each is read once."""
        if path not in {self.path, self.last}:
            self.last = path
            self.more += 1

    def found(self, fault: Fault) -> Found:
        """Say what is wrong with what stands there."""
        return Found(fault, self.path, self.line, self.more)


class Faults:
    """Collects faults. However many there are, few are kept."""

    def __init__(self) -> None:
        self._places: dict[Fault, list[Found]] = {}
        self._asides: dict[Fault, Found] = {}
        self._last: dict[Fault, str] = {}

    def add(self, fault: Fault, path: str, line: int = 1, detail: str = "") -> None:
        """Take in a fault of a page. A page has the same fault once; details make no other fault of it."""
        if self._last.get(fault) == path:
            return
        self._last[fault] = path
        places = self._places.setdefault(fault, [])
        if len(places) < NAMED:
            places.append(Found(fault, path, line, detail=detail))
        else:
            places[-1] = places[-1]._replace(more=places[-1].more + 1)

    def add_aside(self, fault: Fault, path: str, line: int = 1, about: str = "") -> None:
        """Take in a fault of a file that repeats pages, as feeds do: it is told where no page has it."""
        self._asides.setdefault(fault, Found(fault, path, line, about=about))

    def __iter__(self) -> Iterator[Found]:
        """Give everything that was found, in no order."""
        for places in self._places.values():
            yield from places
        for fault, found in self._asides.items():
            if fault not in self._places:
                yield found
