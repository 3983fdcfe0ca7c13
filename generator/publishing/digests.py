"""Digests of the built files, remembered by how each looked when it was read, so that few are read again."""

import hashlib
import time
from collections.abc import Mapping
from pathlib import Path

from generator import files, records, writing
from generator.catalogue import RACY_NS
from generator.files import Stat
from generator.records import Value

NAME = "digests"
"""In the state folder; it can be thrown away."""


class Known(Value, frozen=True):
    """How a file looked just before it was read, when that was (nanoseconds since 1970), and the digest it had."""

    look: Stat
    read_ns: int
    digest: str


def digest_of(path: Path) -> str:
    """Give the SHA-256 of a file (FIPS 180-4) in hex.

    Raises:
        FileNotFoundError: it is gone.
    """
    with path.open("rb", buffering=0) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digests_of(state: Path, output: Path, looks: Mapping[str, Stat]) -> dict[str, str]:
    """Give the digest of every file.

    A file that was changed so shortly before its last reading that a later change could hide is read again.

    Args:
        state: the folder of what is remembered from run to run.
        output: the folder the files are in.
        looks: how each looks now.
    """
    known = _recall(state / NAME)
    current = {path: _known(known.get(path), output / path, look) for path, look in looks.items()}
    if current != known:
        writing.write(state / NAME, records.pack(current))
    return {path: one.digest for path, one in current.items()}


def _known(known: Known | None, path: Path, look: Stat) -> Known:
    if known and known.look == look and look.mtime_ns + RACY_NS < known.read_ns:
        return known
    read_ns = time.time_ns()
    return Known(look, read_ns, digest_of(path))


def _recall(path: Path) -> dict[str, Known]:
    data = files.read(path)
    try:
        return records.unpack(data, dict[str, Known]) if data else {}
    except records.Mismatch:
        return {}
