"""Inputs to the documents in them: files, archives, compressed files, standard input.

A document is what a reader reads at once: a page, a feed, one record. However many an input holds, they come one by
one: what is held in memory is a document and a piece of the input.
"""

import gzip
import io
import shutil
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Protocol, cast

from generator.ingest.decoding import Refused
from generator.ingest.formats import Document
from generator.ingest.kinds import Kind, sniff
from generator.ingest.recordstream import split_records
from generator.model import Issue

STDIN = Path("-")
"""Stands for standard input."""

PIECE = 1 << 16
"""Bytes that are read at once; the first so many tell what an input is."""

LARGEST = 64 << 20
"""Bytes of the largest document: more is no article, nor a page of them."""

_DEEPEST = 2
"""Containers in one another that are opened: a compressed file in an archive."""

_IN_MEMORY = 16 << 20
"""Bytes of standard input from which on a temporary file keeps them."""


_DAMAGE = (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile)
"""What reading raises where compressed data is cut short or damaged."""


class _Stream(Protocol):
    """What can be looked into before it is read."""

    def peek(self, size: int, /) -> bytes: ...
    def read1(self, size: int, /) -> bytes: ...


def documents(path: Path, name: str) -> Iterator[Document | Issue]:
    """Give the documents in a file, and what is wrong with it.

    Args:
        path: the file, or `STDIN`.
        name: how to name it: a document's name is it, or goes on with `/` and the name of an archive's member.
    """
    try:
        with ExitStack() as stack:
            stream = stack.enter_context(_spooled() if path == STDIN else _opened(path))
            yield from _documents(stream, name)
    except Refused as refused:
        yield refused.issue
    except OSError as error:
        yield Issue(name, 1, f"cannot be read: {error.strerror or error}")


def _opened(path: Path) -> io.BufferedReader:
    return io.BufferedReader(io.FileIO(path), PIECE)


def _spooled() -> io.BufferedReader:
    """Take standard input in: archives are read from their end."""
    spool = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - it is closed with what reads it
    shutil.copyfileobj(sys.stdin.buffer, spool, PIECE)
    spool.seek(0)
    return io.BufferedReader(spool, PIECE)


def _documents(stream: _Stream, name: str, depth: int = 0) -> Iterator[Document | Issue]:
    kind = sniff(stream.peek(PIECE)[:PIECE], name)
    if kind in (Kind.ZIP, Kind.GZIP) and depth == _DEEPEST:
        yield Issue(name, 1, "too many archives in one another: unpack it first")
    elif kind is Kind.GZIP:
        yield from _unpacked(stream, name, depth + 1)
    elif kind is Kind.ZIP:
        yield from _members(stream, name, depth + 1)
    else:
        damage: list[Exception] = []
        pieces = _pieces(stream, damage)
        if kind in (Kind.JSON, Kind.JSON_LINES):
            yield from (Document(name, line, Kind.JSON, data) for line, data in split_records(pieces))
        else:
            yield _whole(pieces, name, kind)
        for error in damage:
            raise error


def _pieces(stream: _Stream, damage: list[Exception]) -> Iterator[bytes]:
    """Read a stream up to its end, or to what is damaged in it: that error is kept for who has read so far."""
    try:
        yield from iter(lambda: stream.read1(PIECE), b"")
    except _DAMAGE as error:
        damage.append(error)


def _whole(pieces: Iterator[bytes], name: str, kind: Kind) -> Document | Issue:
    data = bytearray()
    for piece in pieces:
        data += piece
        if len(data) > LARGEST:
            return Issue(name, 1, f"larger than {LARGEST >> 20} MB")
    return Document(name, 1, kind, bytes(data))


def _unpacked(stream: _Stream, name: str, depth: int) -> Iterator[Document | Issue]:
    try:
        with gzip.GzipFile(fileobj=_seekable(stream), mode="rb") as inner:
            yield from _documents(inner, name[:-3] if name.lower().endswith(".gz") else name, depth)
    except _DAMAGE as error:
        yield Issue(name, 1, f"damaged: {error}; what stands before the damage was read")


def _members(stream: _Stream, name: str, depth: int) -> Iterator[Document | Issue]:
    try:
        with zipfile.ZipFile(_seekable(stream)) as archive:
            for member in sorted(archive.infolist(), key=lambda info: info.filename):
                if not (member.is_dir() or _is_hidden(member.filename)):
                    yield from _member(archive, member, f"{name}/{member.filename}", depth)
    except zipfile.BadZipFile as error:
        yield Issue(name, 1, f"damaged: {error}")


def _member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, depth: int
) -> Iterator[Document | Issue]:
    try:
        with archive.open(member) as stream:
            yield from _documents(cast("zipfile.ZipExtFile", stream), name, depth)
    except Refused as refused:
        yield refused.issue
    except (*_DAMAGE, NotImplementedError, RuntimeError) as error:
        yield Issue(name, 1, f"cannot be unpacked: {error}")  # a RuntimeError asks for a password


def _seekable(stream: _Stream) -> IO[bytes]:
    return cast("IO[bytes]", stream)  # files, and what gzip and zipfile give, can all be sought in


def _is_hidden(name: str) -> bool:
    """Whether a member is what systems leave in archives for themselves."""
    return any(part.startswith(".") or part == "__MACOSX" for part in name.split("/"))
