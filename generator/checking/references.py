"""What a file of the site says about others: values that its readers give and the crawl follows."""

from enum import Enum
from typing import NamedTuple

from generator.checking.faults import Fault
from generator.checking.policies import Policy


class Use(Enum):
    """What an address is for.

    Attributes:
        loaded: browsers fetch it with the page.
        at_once: they do so whatever the reader does.
        picture: it is that of a picture.
    """

    LINK = "a way that readers can go", ""
    NAME = "it is only named", ""
    LISTED = "a page that a sitemap asks search engines to read", ""
    INDEXED = "a sitemap that an index of them names, or robots.txt", ""
    PART = "a file that a page is made of, such as a font", "loaded at once"
    STYLE = "a stylesheet", "loaded at once"
    SCRIPT = "a script that a page runs", "loaded at once"
    APART = "something that a page shows and that loads by itself: a frame, a film", "loaded"
    PICTURE = "a picture that a page shows", "loaded at once"
    CHOICE = "a picture that it may show: one of several sizes, or once it comes into view", "loaded"
    PORTRAIT = "a picture that stands for something and that others show", ""

    def __init__(self, about: str, when: str) -> None:
        self.loaded = when.startswith("loaded")
        self.at_once = when.endswith("at once")
        self.picture = "a picture" in about


class Reference(NamedTuple):
    """An address as a file words it, the line it stands on, from 1, and what it is for."""

    address: str
    line: int
    use: Use = Use.NAME

    @property
    def leads(self) -> bool:
        """Tell a way that readers can go from what is only fetched or named."""
        return self.use is Use.LINK


class Seen(NamedTuple):
    """A fault that a file shows by itself, and where; `about` is the address of the page whose text has it."""

    fault: Fault
    line: int = 1
    about: str = ""


class Sheet(NamedTuple):
    """What an HTML page refers to, and what can be referred to in it.

    Attributes:
        references: every address it has, in the order of the document.
        base: what relative addresses count from, where it is not the page itself; "" where it is.
        anchors: the fragments that lead to something in it.
        faults: what is wrong with it, wherever its addresses lead.
        unlisted: it asks not to be indexed.
        moved: it sends its readers elsewhere at once.
        title: what it is called, and `title_line` where that stands.
        canonical: the address that it says is its own, `None` where it says nothing of it.
        policies: what it tells browsers to run and to load.
    """

    references: list[Reference]
    base: str
    anchors: frozenset[str]
    faults: list[Seen]
    unlisted: bool
    moved: bool
    title: str
    title_line: int
    canonical: Reference | None
    policies: tuple[Policy, ...] = ()


class Unreadable(Exception):
    """A file is not what its name says. `line` is where that shows."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line
