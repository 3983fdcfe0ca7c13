"""A walk through the built site as readers take it: from the front page on, then what no way leads to.

Every page is read once and forgotten. What stays of it is whether it was read and whether it is one for search
engines; what stays of an address is that it leads somewhere.
"""

from collections import deque
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from generator.checking import markup
from generator.checking.faults import Fault
from generator.checking.identities import Identities
from generator.checking.policies import Policy, lets_load
from generator.checking.references import Reference, Sheet, Unreadable, Use
from generator.checking.survey import Survey, leads
from generator.checking.targets import OUTSIDE, Target
from generator.checking.weights import Scales
from generator.model import Severity
from generator.urls import INDEX

ORPHAN = Fault("nothing links to this page", Severity.WARNING)
_GOVERNED = {Use.SCRIPT: ("script-src-elem", "a script"), Use.STYLE: ("style-src-elem", "a stylesheet")}
"""What policies keep from being loaded: their directive, and what it is."""

_ISLAND = Fault("no way leads to this page from the front page", Severity.WARNING)


class Crawl:
    """Reads all pages of a site.

    Args:
        survey: takes in what is found.
        told: is called with the number of pages that were read so far.
    """

    def __init__(self, survey: Survey, told: Callable[[int], None]) -> None:
        self._survey = survey
        self._told = told
        self._identities = Identities(survey.faults)
        self._scales = Scales(survey.faults, survey.size_of)
        self._read = 0
        self._waiting: deque[str] = deque()
        self._pointed_at: set[str] = set()
        self._loads: dict[str, str] = {}
        self._anchors = lru_cache(maxsize=1024)(self._read_anchors)

    def run(self) -> None:
        """Read every page."""
        survey = self._survey
        self._go_to(INDEX)
        while self._waiting:
            self._read_page(self._waiting.popleft(), self._go_to)
        unreached = sorted(survey.pages - survey.reached)
        for path in unreached:
            self._read_page(path, self._pointed_at.add)
        for path in unreached:
            if path not in survey.unlisted:
                survey.faults.add(_ISLAND if path in self._pointed_at else ORPHAN, path)
        self._identities.judge_claims(survey.moved, survey.unlisted)

    def _go_to(self, path: str) -> None:
        if path not in self._survey.reached:
            self._survey.reached.add(path)
            self._waiting.append(path)

    def _read_page(self, path: str, lead: Callable[[str], None]) -> None:
        """Read a page; `lead` is called with every other page that its links lead to."""
        self._read += 1
        self._told(self._read)
        survey = self._survey
        try:
            data = survey.read(path)
            sheet = markup.read_page(data)
        except Unreadable as unreadable:
            survey.add_unreadable(unreadable, path)
            return
        for seen in sheet.faults:
            survey.faults.add(seen.fault, path, seen.line)
        survey.links += len(sheet.references)
        base = urljoin(survey.map.address(path), sheet.base)
        self._follow_all(sheet, path, base, lead)
        self._identify(sheet, path, base)
        self._scales.weigh_page(path, len(data), self._loaded(sheet, base))

    def _identify(self, sheet: Sheet, path: str, base: str) -> None:
        survey = self._survey
        if sheet.moved:
            survey.moved.add(path)
        if sheet.unlisted or sheet.moved:
            survey.unlisted.add(path)
            return
        canonical = survey.map.find(sheet.canonical.address, base) if sheet.canonical else None
        if path not in survey.unlisted and self._identities.add(path, sheet, canonical):
            survey.standing.add(path)

    def _follow_all(self, sheet: Sheet, path: str, base: str, lead: Callable[[str], None]) -> None:
        survey = self._survey
        own = {f"#{name}" for name in sheet.anchors}
        for reference in sheet.references:
            address = reference.address
            if address.startswith("http:"):
                survey.judge_encryption(reference, path)
            if reference.use in _GOVERNED:
                self._judge_foreign(reference, path, base, sheet.policies)
            if address in survey.ways_out:
                survey.ways_out[address].stands_on(path)
                continue
            if not sheet.base and (address in survey.settled or address in own):
                continue
            target = survey.map.find(address, base)
            if target.fragment and target.file in survey.pages:
                target = self._within(target, sheet.anchors if target.file == path else None)
            if target.fault:
                survey.faults.add(leads(target, reference.use), path, reference.line)
                continue
            if target is OUTSIDE:
                survey.leave(reference, base, path).stands_on(path)
                continue
            if reference.leads and target.file in survey.pages and target.file != path:
                lead(target.file)
            survey.settle(address, target)

    def _judge_foreign(self, reference: Reference, path: str, base: str, held: tuple[Policy, ...]) -> None:
        """Tell of a script of another host, which may do on the page whatever it likes from now on.

        What the page's own policy keeps from coming at all is told instead.
        """
        address = urljoin(base, reference.address)
        host = urlsplit(address).hostname
        if not host or host == urlsplit(self._survey.base_url).hostname:
            return
        directive, thing = _GOVERNED[reference.use]
        if not lets_load(held, directive, address):
            said = f"wants {thing} of another site, {host}, which the page's own policy lets nobody load"
        elif reference.use is Use.SCRIPT:
            said = f"runs a script of another site, {host}"
        else:
            return
        self._survey.faults.add(Fault(said, Severity.WARNING), path, reference.line)

    def _loaded(self, sheet: Sheet, base: str) -> set[str]:
        """Give the files of the site that browsers fetch with a page at once."""
        found: set[str] = set()
        for reference in [one for one in sheet.references if one.use.at_once]:
            address = urljoin(base, reference.address)
            if address not in self._loads:
                self._loads[address] = self._survey.map.find(address, base).file
            found.add(self._loads[address])
        return found - {""}

    def _within(self, target: Target, anchors: frozenset[str] | None) -> Target:
        """Look for the element that a fragment names (HTML standard, "find a potential indicated element")."""
        known = self._anchors(target.file) if anchors is None else anchors
        if target.fault or target.fragment in known or target.fragment.lower() == "top":
            return target
        return target._replace(fault="where nothing has that id")

    def _read_anchors(self, path: str) -> frozenset[str]:
        try:
            return markup.read_anchors(self._survey.read(path))
        except Unreadable:  # which is told where the page itself is read
            return frozenset()
