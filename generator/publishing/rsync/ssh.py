"""The remote shell: `ssh` as its user has set it up, made fit for nobody to be there who could answer it."""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.publishing.host import HostError

CONNECTING = 15
"""Seconds to wait for a connection, where the user's configuration of ssh has no word on it."""

LINGERING = 60
"""Seconds that a shared connection is kept when nothing uses it: should we be killed, it does not stay."""

_PLAIN = re.compile(r"[\w./-]{1,80}", re.ASCII)
"""A path that neither rsync nor ssh reads otherwise, and short enough for a socket (unix(7): 108; macOS: 104)."""


@contextmanager
def remote_shell(host: str) -> Iterator[str]:
    """Give the command line of `ssh` for rsync's `--rsh`.

    Where nobody sits at a terminal it asks nothing. Unless the user has arranged that themselves, everything goes
    over one connection, so that there is one login, and one question for a password at most.

    Args:
        host: where to, as `user@host`.

    Raises:
        HostError: there is no ssh.
    """
    program = shutil.which("ssh")
    if program is None:
        raise HostError("ssh is not installed; rsync needs it to reach other machines")
    host = host.translate({ord("["): None, ord("]"): None})  # of an address of IPv6
    settings = _settings(program, host)
    options = [] if sys.stdin and sys.stdin.isatty() else ["BatchMode=yes"]
    if settings.get("connecttimeout", "none") == "none":
        options.append(f"ConnectTimeout={CONNECTING}")
    with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
        socket = Path(folder) / "ssh"
        sharing = "controlpath" not in settings and _PLAIN.fullmatch(str(socket)) is not None
        if sharing:
            options += ["ControlMaster=auto", f"ControlPath={socket}", f"ControlPersist={LINGERING}"]
        try:
            yield " ".join(["ssh", *(f"-o {option}" for option in options)])
        finally:
            if sharing and socket.exists():
                _ask(program, "-o", f"ControlPath={socket}", "-O", "exit", host)


def _settings(program: str, host: str) -> dict[str, str]:
    """Ask ssh what the user's configuration says of a host (ssh(1), `-G`); nothing where it cannot tell."""
    lines = (line.partition(" ") for line in _ask(program, "-G", host).splitlines())
    return {key: value for key, _, value in lines if value != "none" or key != "controlpath"}


def _ask(program: str, *arguments: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - what the configuration names, and no shell
            [program, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=CONNECTING,
            text=True,
            errors="replace",
            check=False,
        )
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout if done.returncode == 0 else ""
