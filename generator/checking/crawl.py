"""A walk through the built site as readers take it: from the front page on, then what no way leads to.

Every page is read once and forgotten. What stays of it is whether it was read and whether it is one for search
engines; what stays of an address is that it leads somewhere.
"""

from collections import deque
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from functools import lru_cache
from pathlib import Path
from urllib.parse import urldefrag, urljoin

from generator import files
from generator.checking import documents, markup
from generator.checking.faults import Fault, Faults, Place, shown
from generator.checking.references import Reference, Sheet, Unreadable
from generator.checking.targets import OUTSIDE, Map, Target
from generator.model import Severity
from generator.urls import INDEX

NOT_FOUND = "404.html"
"""The page that servers give for what is not there: nothing has to lead to it."""

_ORPHAN = Fault("nothing links to this page", Severity.WARNING)
_ISLAND = Fault("no way leads to this page from the front page", Severity.WARNING)


class Crawl:
    """Reads a whole site.

    Args:
        output: the folder it stands in.
        paths: of all its files.
        base_url: where it is served.
        told: is called with the number of pages that were read so far.

    Attributes:
        pages: the HTML pages of the site.
        links: how many addresses stand in its files.
        outside: the addresses that lead to other sites, fragments aside, and where they stand.
        faults: what was found.
    """

    def __init__(
        self, output: Path, paths: AbstractSet[str], base_url: str, told: Callable[[int], None]
    ) -> None:
        self.pages = {path for path in paths if markup.is_page(path)}
        self.links = 0
        self.outside: dict[str, Place] = {}
        self.faults = Faults()
        self._output = output
        self._others = sorted(paths - self.pages)
        self._map = Map(base_url, paths)
        self._told = told
        self._read = 0
        self._waiting: deque[str] = deque()
        self._reached: set[str] = set()
        self._pointed_at: set[str] = set()
        self._settled: set[str] = set()
        self._ways_out: dict[str, Place] = {}
        self._unlisted = {NOT_FOUND}
        self._anchors = lru_cache(maxsize=1024)(self._read_anchors)

    def run(self) -> None:
        """Read everything."""
        self._go_to(INDEX)
        while self._waiting:
            self._read_page(self._waiting.popleft(), self._go_to)
        unreached = sorted(self.pages - self._reached)
        for path in unreached:
            self._read_page(path, self._pointed_at.add)
        for path in unreached:
            if path not in self._unlisted:
                self.faults.add(_ISLAND if path in self._pointed_at else _ORPHAN, path)
        for path in self._others:
            self._read_other(path)

    def _go_to(self, path: str) -> None:
        if path not in self._reached:
            self._reached.add(path)
            self._waiting.append(path)

    def _read_page(self, path: str, lead: Callable[[str], None]) -> None:
        """Read a page; `lead` is called with every other page that its links lead to."""
        self._read += 1
        self._told(self._read)
        try:
            sheet = markup.read_page(self._data(path))
        except Unreadable as unreadable:
            self._add_unreadable(unreadable, path)
            return
        if sheet.unlisted or sheet.moved:
            self._unlisted.add(path)
        for name, line in sheet.doubled:
            self.faults.add(Fault(f"two elements have the id {name!r}", Severity.ERROR), path, line)
        self.links += len(sheet.references)
        self._follow_all(sheet, path, lead)

    def _follow_all(self, sheet: Sheet, path: str, lead: Callable[[str], None]) -> None:
        base = urljoin(self._map.address(path), sheet.base)
        own = {f"#{name}" for name in sheet.anchors}
        for reference in sheet.references:
            address = reference.address
            if address in self._ways_out:
                self._ways_out[address].stands_on(path)
                continue
            if not sheet.base and (address in self._settled or address in own):
                continue
            target = self._map.find(address, base)
            if target.fragment and target.file in self.pages:
                target = self._within(target, sheet.anchors if target.file == path else None)
            if target.fault:
                self.faults.add(_leads(target), path, reference.line)
                continue
            if target is OUTSIDE:
                self._leave(reference, base, path).stands_on(path)
                continue
            if reference.leads and target.file in self.pages and target.file != path:
                lead(target.file)
            self._settle(address, target)

    def _within(self, target: Target, anchors: frozenset[str] | None) -> Target:
        """Look for the element that a fragment names (HTML standard, "find a potential indicated element")."""
        known = self._anchors(target.file) if anchors is None else anchors
        if target.fault or target.fragment in known or target.fragment.lower() == "top":
            return target
        return target._replace(fault="where nothing has that id")

    def _read_anchors(self, path: str) -> frozenset[str]:
        try:
            return markup.read_page(self._data(path)).anchors
        except Unreadable:  # which is told where the page itself is read
            return frozenset()

    def _settle(self, address: str, target: Target) -> None:
        """Remember an address that means the same everywhere and that nothing more has to be done about."""
        if target.file in self.pages and target.file not in self._reached:
            return
        if address.startswith(("/", "http:", "https:")):
            self._settled.add(address)

    def _leave(self, reference: Reference, base: str, path: str) -> Place:
        """Remember where an address stands that leads to another site, or is none of the web."""
        address = urldefrag(urljoin(base, reference.address)).url
        place = Place(path, reference.line)
        if address.startswith(("http:", "https:")):
            place = self.outside.setdefault(address, place)
            if reference.address.startswith(("http:", "https:", "//")):
                self._ways_out[reference.address] = place
        return place

    def _read_other(self, path: str) -> None:
        """Read a file that is no page. Feeds repeat what stands on pages, and so do their faults."""
        read = documents.reader(path)
        if read is None:
            return
        try:
            references = read(self._data(path))
        except Unreadable as unreadable:
            self._add_unreadable(unreadable, path)
            return
        base = self._map.address(path)
        self.links += len(references)
        for reference in references:
            if reference.address in self._ways_out:
                continue
            if reference.address in self._settled and not reference.listed:
                continue
            target = self._map.find(reference.address, base)
            if target.fault:
                self.faults.add_aside(_leads(target), path, reference.line)
            elif reference.listed and target.file in self._unlisted:
                fault = Fault(f"lists {shown(target.address)}, which is no page to find", Severity.ERROR)
                self.faults.add(fault, path, reference.line)
            elif target is OUTSIDE:
                self._leave(reference, base, path)
            else:
                self._settle(reference.address, target)

    def _data(self, path: str) -> bytes:
        data = files.read(self._output / path)
        if data is None:
            raise Unreadable("is not there")
        return data

    def _add_unreadable(self, unreadable: Unreadable, path: str) -> None:
        self.faults.add(Fault(f"this file {unreadable}", Severity.ERROR), path, unreadable.line)


def _leads(target: Target) -> Fault:
    return Fault(f"leads to {shown(target.address)}, {target.fault}", target.severity)
