"""What went wrong, from what rsync and ssh say and the status rsync ends with (rsync(1), "Exit values")."""

import re

from generator.publishing.host import HostError
from generator.publishing.redaction import redact

LONGEST = 200
"""Characters of what a program said that are quoted."""

_SIGNS = (
    (
        r"Host key verification failed",
        "ssh does not know the host's key, or knows another one; log in by hand once and look at what ssh says",
    ),
    (
        r"Permission denied \([a-z]|Permission denied, please|Too many authentication failures|Load key .* denied",
        "ssh was not let in; it needs a key that the host accepts (and an agent, if the key has a passphrase)",
    ),
    (r"is your shell clean", "something other than rsync answers there"),
    (
        r"auth failed on module",
        "the daemon refuses user or password; RSYNC_PASSWORD of the environment has it",
    ),
    (r"Unknown module", "the daemon has no such module"),
    (r"@ERROR: access denied", "the daemon lets nobody in from here"),
    (r"@ERROR: chdir failed", "the module's folder does not exist"),
    (r"@ERROR: max connections", "the daemon has too many connections; try again later"),
    (r"module is read only", "the module is for reading only"),
    (r"configured to refuse --delete", "the daemon refuses to delete, which a publish has to"),
    (
        r"configured to refuse|rrsync error|disabled on this server",
        "the host is set up to refuse what a publish needs",
    ),
    (r"Could not resolve|getaddrinfo|ot known$", "there is no host of that name, or no network"),
    (r"Connection refused", "nobody answers there"),
    (r"No route to host|Network is unreachable|No address associated", "there is no way to that host"),
    (r"timed out|[Tt]imeout", "the host did not answer in time"),
    (r"No space left on device|Disk quota exceeded|File too large", "there is no room left"),
    (r"Read-only file system", "the place is for reading only"),
    (r"Permission denied \(13\)|Operation not permitted \(1\)", "the account there may not do that"),
    (
        r"unrecognized option|unknown option",
        "the rsync there is too old; 3.1 or newer does",
    ),
    (r"Failed to exec", "the remote shell is not installed here"),
    (r"command not found|not found$", "rsync is not installed there"),
)
"""What tells a fault, first things first, and the sentence for it."""

_STATUSES = {
    1: "the rsync there does not understand what it is asked; 3.1 or newer does",
    2: "the rsync there is too old; 3.1 or newer does",
    4: "the rsync there cannot do what it is asked; 3.1 or newer can",
    5: "the daemon refused",
    10: "the connection broke",
    11: "a file could not be read or written",
    12: "the connection broke",
    20: "rsync was stopped",
    23: "not everything could be done",
    30: "the host did not answer in time",
    35: "the host did not answer in time",
    126: "rsync could not be started there",
    127: "rsync is not installed there",
    255: "the connection failed",
}

_EMPTY = re.compile(
    r"rsync error: |rsync warning: |\s*$|@@@|rsync: \[?\w*\]? ?(?:read|write) error: (?:Broken|Conn)"
)
"""Begins what says nothing about the cause: the last line, and what follows from a connection that is gone."""


class RsyncError(HostError):
    """rsync failed.

    Args:
        name: what the host is called.
        status: what rsync ended with.
        said: what it and the remote shell printed as errors.
    """

    def __init__(self, name: str, status: int, said: str) -> None:
        self.status = status
        self.said = said
        self.telling = [line.strip() for line in said.splitlines() if not _EMPTY.match(line)]
        super().__init__(redact(f"{name}: {_sentence(status, self.telling)}"))


def _sentence(status: int, told: list[str]) -> str:
    for sign, sentence in _SIGNS:
        line = next((line for line in told if re.search(sign, line)), "")
        if line:
            return f"{sentence} ({line[:LONGEST]})"
    sentence = _STATUSES.get(status, f"rsync ended with {status}")
    return f"{sentence} ({told[0][:LONGEST]})" if told else sentence
