"""A look at all files that are no pages: feeds, sitemaps, stylesheets, robots.txt, pictures; and at all paths."""

from typing import Any

from generator.checking import documents, pictures, readback
from generator.checking.faults import Fault, shown
from generator.checking.feedrules import Rules
from generator.checking.feedshapes import shape_xml
from generator.checking.identities import clashes
from generator.checking.references import Reference, Unreadable, Use
from generator.checking.sitemaps import Sitemaps
from generator.checking.survey import Survey, leads
from generator.checking.targets import OUTSIDE, Target
from generator.checking.weights import Scales
from generator.model import Severity

_CLASH = Fault("is one with another path where case or the form of Unicode does not count", Severity.WARNING)
_FOREIGN = Fault("lists a page of another site", Severity.ERROR)


class Others:
    """Reads the files of a site that are no pages, after its pages.

    Args:
        survey: knows the pages, and takes in what is found.
        rules: judge feeds.
    """

    def __init__(self, survey: Survey, rules: Rules) -> None:
        self._survey = survey
        self._rules = rules
        self._sitemaps = Sitemaps(survey.faults)
        self._scales = Scales(survey.faults, survey.size_of)
        self._read_back: frozenset[str] = frozenset()

    def run(self) -> None:
        """Read every one."""
        survey = self._survey
        paths = sorted(survey.found.keys() - survey.pages)
        self._read_back = readback.chosen({path: survey.size_of(path) for path in paths})
        for path in paths:
            kind = pictures.kind_of(path)
            try:
                if kind:
                    self._look_at(path, kind)
                else:
                    self._read(path)
            except Unreadable as unreadable:
                survey.add_unreadable(unreadable, path)
        self._sitemaps.compare(survey.standing, survey.pages)
        for path, other in clashes(survey.found):
            survey.faults.add(_CLASH, path, detail=f": {other}")

    def _look_at(self, path: str, kind: str) -> None:
        """Look at a picture."""
        fault = pictures.judge(kind, self._survey.read(path, pictures.needed(kind)))
        if fault:
            self._survey.faults.add(fault, path)
        self._scales.weigh_picture(path)

    def _read(self, path: str) -> None:
        read = documents.reader(path)
        if read is None:
            return
        data = self._survey.read(path)
        document = read(data)
        if document.value is not None:
            self._judge(path, data, document.value)
        for seen in document.faults:
            self._survey.faults.add_aside(seen.fault, path, seen.line, self._page(seen.about))
        self._survey.links += len(document.references)
        base = self._survey.map.address(path)
        for reference in document.references:
            self._follow(reference, path, base)

    def _judge(self, path: str, data: bytes, value: Any) -> None:  # noqa: ANN401 - of lxml or JSON
        survey = self._survey
        for seen in self._rules.judge(value, survey.map.address(path)):
            survey.faults.add(seen.fault, path, seen.line)
        if not isinstance(value, dict):
            self._sitemaps.open(path, value, len(data))
            feed = shape_xml(value) if path in self._read_back else None
            for seen in readback.read_back(data, path, len(feed.entries)) if feed else ():
                survey.faults.add(seen.fault, path, seen.line)

    def _follow(self, reference: Reference, path: str, base: str) -> None:
        """Follow an address. Feeds repeat what stands on pages, and so do their faults."""
        survey, use = self._survey, reference.use
        if path.endswith(".css"):
            survey.judge_encryption(reference, path)
        if reference.address in survey.ways_out and use is not Use.LISTED:
            return
        if reference.address in survey.settled and use not in {Use.LISTED, Use.INDEXED}:
            return
        target = survey.map.find(reference.address, base)
        if target.fault:
            survey.faults.add_aside(leads(target, use), path, reference.line)
            return
        if use is Use.LISTED:
            self._list(target, path, reference.line)
        elif use is Use.INDEXED:
            self._sitemaps.name(target.file)
        if target is OUTSIDE:
            survey.leave(reference, base, path)
        else:
            survey.settle(reference.address, target)

    def _list(self, target: Target, path: str, line: int) -> None:
        """Take in that a sitemap lists a page."""
        survey = self._survey
        if not target.file:
            survey.faults.add(_FOREIGN, path, line)
            return
        self._sitemaps.list(path, target.file)
        if target.file in survey.unlisted:
            fault = Fault(f"lists {shown(target.address)}, which is no page to find", Severity.ERROR)
            survey.faults.add(fault, path, line)

    def _page(self, address: str) -> str:
        """Give the page that a feed's entry is about."""
        survey = self._survey
        file = survey.map.find(address, survey.base_url).file if address else ""
        return file if file in survey.pages else ""
