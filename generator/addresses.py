"""From a request to a file below a folder: which, of what type, whether the client has it, which part it wants."""

import os
import re
from collections.abc import Iterable, Mapping
from datetime import UTC
from email.utils import formatdate, parsedate_to_datetime
from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path
from stat import S_ISLNK, S_ISREG
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from generator.media_types import media_type
from generator.urls import INDEX

WELL_KNOWN = ".well-known"
"""The one name with a leading point that a site may serve, at its top (RFC 8615)."""

LONGEST = 255
"""Bytes in the name of a file, on nearly every file system."""

_EMBEDDED = re.compile("(?:audio|font|image|video)/.*|text/(?:javascript|vtt)|application/wasm")
_NEVER = re.compile(r"[/\\\x00-\x1f\x7f-\x9f]")
"""What no name in an address may hold once it is decoded: separators and control characters."""

_LAST_SECOND = 253_402_300_799  # of the year 9999, after which HTTP has no dates
_TAG = re.compile(r'"[!#-~\x80-\xff]*"')
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^\s:\[\]@/]+?)\.?(?::[0-9]*)?")
_RANGE = re.compile(r"bytes=[ \t]*([0-9]{0,18})-([0-9]{0,18})[ \t]*", re.IGNORECASE)


class Found(NamedTuple):
    """What an address leads to below the folder: a file, a folder or something else; `path` holds no links."""

    path: str
    look: os.stat_result


class Validators(NamedTuple):
    """What tells one state of a file from another: its entity tag, quoted, and its time in seconds since 1970."""

    tag: str
    time: int
    date: str


class Folder:
    """A folder that is served.

    Args:
        output: need not exist yet. Links on the way to it are followed once, here.
    """

    def __init__(self, output: Path) -> None:
        self._root = os.path.realpath(output)

    def find(self, names: tuple[str, ...]) -> Found | None:
        """Find what stands below the folder, in whatever order it is written there meanwhile.

        Args:
            names: as `parse_address` gives them; a last `""` is the index of its folder.

        Returns:
            `None` where there is nothing, where a name is hidden, and where a link leads outside or to what is
            hidden. What is there may be of any kind: nothing is opened.
        """
        wanted = names if names[-1] else (*names[:-1], INDEX)
        if _hidden(wanted):
            return None
        try:
            return self._walk(wanted)
        except (OSError, ValueError):  # not there, not allowed, too long, or no name for this file system
            return None

    def _walk(self, names: tuple[str, ...]) -> Found | None:
        place = self._root
        look = None
        for name in names:
            place = f"{place}/{name}"
            look = os.lstat(place)
            if S_ISLNK(look.st_mode):
                return self._follow(names)
        return Found(place, look) if look else None

    def _follow(self, names: tuple[str, ...]) -> Found | None:
        real = os.path.realpath("/".join((self._root, *names)), strict=True)
        start = f"{self._root.rstrip('/')}/"
        if not real.startswith(start) or _hidden(real.removeprefix(start).split("/")):
            return None
        return Found(real, os.lstat(real))


def parse_address(path: bytes) -> tuple[str, ...] | None:
    """Split the path of an address (RFC 3986, section 3.3) into its names, each percent-decoded once, as UTF-8.

    Returns:
        The names, the last one `""` where the address ends with a slash. `None` for what is no address of a
        file: relative, with an empty name inside, not UTF-8, with a separator or a control character in a name.
    """
    if not path.startswith(b"/"):
        return None
    try:
        names = tuple([unquote_to_bytes(name).decode() for name in path[1:].split(b"/")])
    except UnicodeDecodeError:
        return None
    if "" in names[:-1] or any(_NEVER.search(name) or len(name.encode()) > LONGEST for name in names):
        return None
    return names


def open_file(found: Found | None) -> tuple[int, os.stat_result]:
    """Open a file for reading, never a link, a device or a pipe, and without waiting.

    Returns: the handle, for its caller to close, and what it is now the handle of.

    Raises:
        OSError: there is no such file, or it may not be read.
    """
    if found is None or not S_ISREG(found.look.st_mode):
        raise FileNotFoundError
    handle = os.open(found.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    look = os.fstat(handle)
    if S_ISREG(look.st_mode):
        return handle, look
    os.close(handle)  # something else stands there since it was found
    raise FileNotFoundError


def read_file(found: Found | None) -> bytes:
    """Read a whole file.

    Raises:
        OSError: as for `open_file`.
    """
    handle, look = open_file(found)
    try:
        return read_open(handle, range(look.st_size))
    finally:
        os.close(handle)


def read_open(handle: int, span: range) -> bytes:
    """Read some bytes of an open file: those at the positions given, fewer where it ends before."""
    data = os.pread(handle, len(span), span.start)
    while data and len(data) < len(span):  # the system gives at most 2 GB at a time
        more = os.pread(handle, len(span) - len(data), span.start + len(data))
        if not more:
            break
        data += more
    return data


def version(look: os.stat_result) -> str:
    """Name the state of a file: another size or time is another state."""
    return f"{look.st_size:x}-{look.st_mtime_ns:x}"


def validators(look: os.stat_result, form: str) -> Validators:
    """Give what tells the state of a file from another; `form` tells what it is served as."""
    time = min(max(int(look.st_mtime), 0), _LAST_SECOND)
    return Validators(f'"{version(look)}{form}"', time, formatdate(time, usegmt=True))


def is_embedded(path: str) -> bool:
    """Tell whether pages may embed a file, other than as a stylesheet: an image, a font, a script, a film."""
    kind = media_type(path.rpartition("/")[2])
    return bool(_EMBEDDED.fullmatch(kind.removesuffix("; charset=utf-8")))


def is_known(headers: Mapping[str, str], state: Validators) -> bool:
    """Tell whether a client that asks on a condition has this state already (RFC 9110, section 13.2.2)."""
    tags = headers.get("if-none-match")
    if tags is not None:  # compared weakly: `W/` counts for nothing
        return tags.strip() == "*" or state.tag in _TAG.findall(tags)
    try:
        since = parsedate_to_datetime(headers.get("if-modified-since", ""))
    except (ValueError, OverflowError):
        return False
    return state.time <= (since if since.tzinfo else since.replace(tzinfo=UTC)).timestamp()


def part(headers: Mapping[str, str], state: Validators, size: int) -> range | None:
    """Tell which bytes a client asks for (RFC 9110, section 14).

    Args:
        headers: of a GET request, their names in lower case.
        state: of the file now; If-Range must name it.
        size: of what is served, in bytes.

    Returns:
        The positions; an empty range where none of them exists. `None` for all of it, also where several
        ranges are wanted or the field makes no sense: section 14.2 lets a server ignore it.
    """
    asked = _RANGE.fullmatch(headers.get("range", ""))
    if not asked or headers.get("if-range", state.tag) not in {state.tag, state.date}:
        return None
    first, last = asked.groups()
    if first:
        if last and int(last) < int(first):
            return None
        return range(int(first), min(int(last) + 1, size) if last else size)
    if not last or (int(last) and not size):
        return None
    return range(max(size - int(last), 0), size)


@lru_cache(maxsize=64)
def is_ours(host: str, own: str) -> bool:
    """Tell whether a Host field (RFC 9110, section 7.2) names this server: a number, localhost, or its own name.

    Any other name may be somebody's who made it lead here, so that pages of theirs can read the site.
    """
    match = _HOST.fullmatch(host.lower())
    name = match[1] if match else ""
    if name in {own, "localhost"} or name.endswith(".localhost"):
        return bool(name)
    try:
        return bool(ip_address(name.strip("[]")))
    except ValueError:
        return False


def _hidden(names: Iterable[str]) -> bool:
    return any(name.startswith(".") and (place or name != WELL_KNOWN) for place, name in enumerate(names))
