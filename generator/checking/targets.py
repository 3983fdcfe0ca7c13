"""Where an address leads: to a file of the site, out of it, or nowhere (RFC 3986; white space as browsers do)."""

import re
from collections.abc import Container
from typing import NamedTuple
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

from generator.model import Severity
from generator.urls import INDEX, base_path, index

_PORTS = {"http": 80, "https": 443}
_ENDS = " \t\n\f\r"
_INSIDE = re.compile("[\t\n\r]")  # browsers drop these from addresses
_INVOLVED = re.compile(r"[?#\\\s]|(?<=/)[/.]")
"""What makes more of an address below the site's own than a path that can be taken as it is."""

_TEXT_FRAGMENT = ":~:"
"""What follows it is text to look for, no name of an element."""


class Target(NamedTuple):
    """Where an address leads.

    Attributes:
        file: the file of the site that answers, "" where the address leads out of it or nowhere.
        fragment: the name of something in that file, decoded, "" for all of it.
        address: the same address without its host, however it was worded; "" where it leads out of the site.
        fault: what is wrong, as the rest of a sentence about the address; "" where nothing is.
        severity: how bad that is.
    """

    file: str = ""
    fragment: str = ""
    address: str = ""
    fault: str = ""
    severity: Severity = Severity.ERROR


OUTSIDE = Target()
_SLASHLESS = "which is a folder and needs a slash at its end"


class Map:
    """Tells where addresses lead.

    Args:
        base_url: where the site is served.
        files: the paths of all files of the site.
    """

    def __init__(self, base_url: str, files: Container[str]) -> None:
        self._files = files
        self._below = base_path(base_url)
        self._origin = _origin(base_url)
        parts = urlsplit(base_url)
        self._home = f"{parts.scheme}://{parts.netloc}{self._below}"

    def address(self, file: str) -> str:
        """Give the absolute address of a file of the site."""
        folder = file.removesuffix(INDEX) if f"/{file}".endswith(f"/{INDEX}") else file
        return self._home + quote(folder)

    def find(self, address: str, base: str) -> Target:
        """Follow an address.

        Args:
            address: as a file words it.
            base: the absolute address that it counts from.
        """
        if base.startswith(self._home):
            for start in (self._below, self._home):
                if address.startswith(start) and not _INVOLVED.search(address, len(start)):
                    return self._file(address[len(start) :])
        wording = _INSIDE.sub("", address.strip(_ENDS))
        try:
            parts = urlsplit(urljoin(base, wording))
            foreign = parts.scheme not in _PORTS or _origin(parts.geturl()) != self._origin
        except ValueError:
            return Target(address=wording, fault="which is no address")
        if foreign:
            return OUTSIDE
        if f"{parts.path}/".startswith(self._below):
            return self._file(parts.path[len(self._below) :], parts.query, parts.fragment)
        named = wording.startswith("//") or urlsplit(wording).netloc
        fault = f"outside the site, which is served below {self._below}"
        return OUTSIDE if named else Target(address=parts.path, fault=fault)

    def _file(self, path: str, query: str = "", fragment: str = "") -> Target:
        """Find the file for a path below the site's own."""
        address = urlunsplit(("", "", self._below + path, query, fragment))
        try:
            name = unquote(path, errors="strict")
            called = unquote(fragment.partition(_TEXT_FRAGMENT)[0], errors="strict")
        except UnicodeDecodeError:
            return Target(address=address, fault="which is not UTF-8")
        if name.endswith("/") or not name:
            name = index(name)
        if name in self._files:
            return Target(name, called, address)
        if index(f"{name}/") in self._files:
            return Target(index(f"{name}/"), called, address, _SLASHLESS, Severity.WARNING)
        return Target(address=address, fault="which is not there")


def _origin(address: str) -> tuple[str | None, int | None]:
    """Give the host and port of an address. Which of http and https it says makes no other site of it."""
    parts = urlsplit(address)
    port = parts.port
    return parts.hostname, None if port == _PORTS.get(parts.scheme) else port
