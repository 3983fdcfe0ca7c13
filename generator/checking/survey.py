"""What is known of a built site while it is looked through: its files, where addresses lead, what is wrong."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urldefrag, urljoin

from generator import files
from generator.checking import markup
from generator.checking.faults import Fault, Faults, Place, shown
from generator.checking.references import Reference, Unreadable, Use
from generator.checking.targets import Map, Target
from generator.files import Stat
from generator.model import Severity

NOT_FOUND = "404.html"
"""The page that servers give for what is not there: nothing has to lead to it."""


class Survey:
    """A site that is looked through.

    Args:
        output: the folder it stands in.
        found: all its files, with their looks.
        base_url: where it is served.

    Attributes:
        output, found, base_url: as above.
        pages: the HTML pages of the site.
        standing: those that are to be indexed, each at its own address.
        unlisted: those that are not to be indexed.
        moved: those that only send readers elsewhere.
        reached: those that a way leads to from the front page.
        map: tells where addresses lead.
        settled: addresses that mean the same everywhere and that nothing more has to be done about.
        outside: the addresses that lead to other sites, fragments aside, and where they stand.
        ways_out: the same, as files word them.
        links: how many addresses stand in the files that were read.
        faults: what was found wrong.
    """

    def __init__(self, output: Path, found: Mapping[str, Stat], base_url: str) -> None:
        self.output = output
        self.found = found
        self.base_url = base_url
        self.pages = {path for path in found if markup.is_page(path)}
        self.standing: set[str] = set()
        self.unlisted = {NOT_FOUND}
        self.moved: set[str] = set()
        self.reached: set[str] = set()
        self.map = Map(base_url, found)
        self.settled: set[str] = set()
        self.outside: dict[str, Place] = {}
        self.ways_out: dict[str, Place] = {}
        self.links = 0
        self.faults = Faults()

    def read(self, path: str, most: int = -1) -> bytes:
        """Read a file, or so many bytes of it; raises `Unreadable` where it is gone."""
        data = files.read(self.output / path, most)
        if data is None:
            raise Unreadable("is not there")
        return data

    def size_of(self, path: str) -> int:
        """Give the bytes of a file."""
        return self.found[path].size

    def add_unreadable(self, unreadable: Unreadable, path: str) -> None:
        """Take in that a file is not what its name says."""
        self.faults.add(Fault(f"this file {unreadable}", Severity.ERROR), path, unreadable.line)

    def judge_encryption(self, reference: Reference, path: str) -> None:
        """Tell of what a page of an encrypted site loads without encryption (W3C, "Mixed Content")."""
        address = reference.address
        if address.startswith("http:") and reference.use.loaded and self.base_url.startswith("https:"):
            host = address.removeprefix("http:").strip("/").partition("/")[0]
            refused = "which browsers may refuse on a site that has it"
            fault = Fault(f"loads from {host} without encryption (http:), {refused}", Severity.WARNING)
            self.faults.add(fault, path, reference.line)

    def settle(self, address: str, target: Target) -> None:
        """Remember an address that means the same everywhere and that nothing more has to be done about."""
        if target.file in self.pages and target.file not in self.reached:
            return
        if address.startswith(("/", "http:", "https:")):
            self.settled.add(address)

    def leave(self, reference: Reference, base: str, path: str) -> Place:
        """Remember where an address stands that leads to another site, or is none of the web."""
        address = urldefrag(urljoin(base, reference.address)).url
        place = Place(path, reference.line)
        if address.startswith(("http:", "https:")):
            place = self.outside.setdefault(address, place)
            if reference.address.startswith(("http:", "https:", "//")):
                self.ways_out[reference.address] = place
        return place


def leads(target: Target, use: Use) -> Fault:
    """Say that an address leads nowhere."""
    verb = "shows the picture" if use.picture else "leads to"
    return Fault(f"{verb} {shown(target.address)}, {target.fault}", target.severity)
