"""What may be unpacked of an input: archives and compressed files that hold far more than they should are told."""

import bz2
import copy
import io
import os
import stat
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from typing import IO, Protocol, cast

from generator.ingest.decoding import Refused, refused

PIECE = 1 << 16
"""Bytes that are read at once; the first so many tell what an input is."""

LARGEST_ARCHIVE = 1 << 30
"""Bytes of the largest archive that is opened where it cannot be read from its end: more would fill the disk."""

LARGEST_UNPACKED = 4 << 30
"""Bytes that one input may unpack to, what is in archives in it included."""

MOST_TIMES = 100
"""So many times its own size an input may unpack to, if that is more than `FREE`: news packs ten times at best."""

FREE = 64 << 20
"""Bytes that any input may unpack to."""

LARGEST_LIST = 16 << 20
"""Bytes of an archive's list of members, which is read at once."""

_IN_MEMORY = 16 << 20
"""Bytes of an archive in another from which on a temporary file keeps them."""

_SIP = 4096  # bytes of a member that are unpacked at once where zipfile does not limit what comes of them


class Stream(Protocol):
    """What can be looked into before it is read."""

    def peek(self, size: int, /) -> bytes:
        """Give some of what comes next, and leave it there."""
        ...

    def read1(self, size: int, /) -> bytes:
        """Give what comes next, at most so much."""
        ...


class Exhausted(Refused):
    """An input that unpacks to more than it may: nothing more of it is read."""


class Allowance:
    """How much more may be unpacked of one input.

    Args:
        size: bytes of the input, 0 where nobody knows.
    """

    def __init__(self, size: int) -> None:
        self._all = min(LARGEST_UNPACKED, max(FREE, MOST_TIMES * size)) if size else LARGEST_UNPACKED
        self._left = self._all

    def spend(self, size: int, name: str) -> None:
        """Take so many bytes off it.

        Raises:
            Exhausted: that many are not left.
        """
        self._left -= size
        if self._left < 0:
            said = f"more than {self._all >> 20} MB are packed here: the rest is not read; unpack it first"
            raise Exhausted(refused(name, said).issue)


def size_of(stream: io.BufferedReader) -> int:
    """Give the size of a file, 0 for what is none."""
    try:
        found = os.fstat(stream.fileno())
    except OSError:
        return 0
    return found.st_size if stat.S_ISREG(found.st_mode) else 0


def with_its_end(stream: Stream, name: str, stack: ExitStack, allowance: Allowance) -> IO[bytes]:
    """Give an archive as what can be read from its end; what is compressed would be unpacked again each time.

    Raises:
        Refused: it is too large for that.
    """
    if isinstance(stream, io.BufferedReader) and stream.seekable():
        return cast("IO[bytes]", _Listing(stream, name))
    spool = stack.enter_context(tempfile.SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115 - it is closed so
    for piece in iter(lambda: stream.read1(PIECE), b""):
        allowance.spend(len(piece), name)
        spool.write(piece)
        if spool.tell() > LARGEST_ARCHIVE:
            said = (
                f"an archive of more than {LARGEST_ARCHIVE >> 20} MB in another or in a pipe: unpack it first"
            )
            raise refused(name, said)
    spool.seek(0)
    return cast("IO[bytes]", _Listing(spool, name))


class _Listing:
    """An archive as zipfile reads it, which reads the list of members at once, however long it is."""

    def __init__(self, file: io.BufferedReader | tempfile.SpooledTemporaryFile[bytes], name: str) -> None:
        self._file = file
        self._name = name
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1) -> bytes:
        if size > LARGEST_LIST:
            raise refused(
                self._name,
                f"an archive whose list of members is larger than {LARGEST_LIST >> 20} MB: part it",
            )
        return self._file.read(size)


def opened(archive: zipfile.ZipFile, member: zipfile.ZipInfo, stack: ExitStack) -> Stream:
    """Open a member of an archive, so that little of it is unpacked at once, however it is packed."""
    if member.compress_type == zipfile.ZIP_BZIP2:
        packed = stack.enter_context(archive.open(_as_packed(member)))
        return cast("Stream", stack.enter_context(bz2.BZ2File(packed)))
    stream = cast("zipfile.ZipExtFile", stack.enter_context(archive.open(member)))
    if member.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return stream
    return io.BufferedReader(_Sips(stream), PIECE)


def _as_packed(member: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """Describe a member as it lies in the archive: zipfile unpacks what forty bytes hold at once, up to 46 MB."""
    packed = copy.copy(member)
    packed.compress_type, packed.file_size = zipfile.ZIP_STORED, member.compress_size
    del packed.CRC  # that of what is packed; bzip2 has its own
    return packed


class _Sips(io.RawIOBase):
    """A member of an archive, of which little is unpacked at once."""

    def __init__(self, stream: zipfile.ZipExtFile) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override] # what a BufferedReader gives it
        filled = 0
        for piece in self._pieces(len(buffer)):
            buffer[filled : filled + len(piece)] = piece
            filled += len(piece)
        return filled

    def _pieces(self, size: int) -> Iterator[bytes]:
        while size > 0 and (piece := self._stream.read1(min(size, _SIP))):
            size -= len(piece)
            yield piece
