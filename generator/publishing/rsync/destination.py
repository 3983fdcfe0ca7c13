"""Where rsync goes: what a destination says, and what stands for it on rsync's command line."""

import re
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from generator.publishing.host import HostError

_DAEMON = re.compile(r"rsync://(?P<authority>[^/]+)/+(?P<module>[^/].*)", re.IGNORECASE)
_HOST = r"(?:[^/:@]+@)?(?:\[[^\]/]+\]|[^/:@\[\]]+)"
_MODULE = re.compile(rf"{_HOST}::[^/:].*")
_SHELL = re.compile(rf"(?P<host>{_HOST}):(?P<path>.*)")


class Way(Enum):
    """How rsync reaches the files."""

    HERE = "on this machine"
    SHELL = "by a remote shell"
    DAEMON = "by an rsync daemon"


class Destination(NamedTuple):
    """Where rsync goes.

    Attributes:
        way: how it reaches that.
        address: the folder as rsync's argument; it ends with `/`.
        host: what the remote shell is told to go to, "" for the other ways.
    """

    way: Way
    address: str
    host: str = ""


def parse_destination(text: str, root: Path) -> Destination:
    """Read a destination as rsync does (rsync(1), "General").

    Args:
        text: `user@host:/path`, `host::module/path`, `rsync://host/module/path`, or a path of this machine.
        root: the folder that such a path counts from.

    Raises:
        HostError: the module of a daemon is missing.
    """
    if _DAEMON.fullmatch(text) or _MODULE.fullmatch(text):
        return Destination(Way.DAEMON, f"{text.rstrip('/')}/")
    if text.lower().startswith("rsync:") or re.fullmatch(rf"{_HOST}::.*", text):
        raise HostError(f"{text}: names no module; write rsync://host/module/path or host::module/path")
    found = _SHELL.fullmatch(text)
    if found:
        path = found["path"].rstrip("/") or found["path"][:1] or "."
        return Destination(Way.SHELL, f"{found['host']}:{path.rstrip('/')}/", found["host"])
    return Destination(Way.HERE, f"{(root / Path(text).expanduser()).resolve()}/".replace("//", "/"))
