"""What a file of the site says about others: values that its readers give and the crawl follows."""

from typing import NamedTuple


class Reference(NamedTuple):
    """An address as a file words it, and the line it stands on, from 1.

    `leads` tells a way that readers can go, such as a link, from what is only fetched or named; `listed` is a page
    that a sitemap asks search engines to read.
    """

    address: str
    line: int
    leads: bool = False
    listed: bool = False


class Sheet(NamedTuple):
    """What an HTML page refers to, and what can be referred to in it.

    Attributes:
        references: every address it has, in the order of the document.
        base: what relative addresses count from, where it is not the page itself; "" where it is.
        anchors: the fragments that lead to something in it.
        doubled: ids that more than one element has, each with the line of the second.
        unlisted: it asks not to be indexed.
        moved: it sends its readers elsewhere at once.
    """

    references: list[Reference]
    base: str
    anchors: frozenset[str]
    doubled: list[tuple[str, int]]
    unlisted: bool
    moved: bool


class Unreadable(Exception):
    """A file is not what its name says. `line` is where that shows."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line
