"""Inputs to the documents in them: files, archives, compressed files, standard input.

A document is what a reader reads at once: a page, a feed, one record. However many an input holds, they come one by
one: what is held in memory is a document and a piece of the input.
"""

import gzip
import io
import lzma
import os
import stat
import struct
import sys
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, cast

from generator.ingest import unpacking
from generator.ingest.decoding import Refused, refused
from generator.ingest.formats import Document
from generator.ingest.kinds import Kind, sniff
from generator.ingest.records.recordstream import split_records
from generator.ingest.unpacking import PIECE, Allowance, Exhausted, Stream, with_its_end
from generator.model import Issue

STDIN = Path("-")
"""Stands for standard input."""

LARGEST = 8 << 20
"""Bytes of the largest text or page: more is no article, nor a page of them."""

LARGEST_FEED = 32 << 20
"""Bytes of the largest feed."""

MOST_MEMBERS = 100_000
"""Files in an archive."""

DEEPEST = 2
"""Containers in one another that are opened: a compressed file in an archive."""

_DAMAGE = (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile, zipfile.BadZipFile)
"""What reading raises where compressed data is cut short or damaged."""

_NO_INDEX = (*_DAMAGE, NotImplementedError, OverflowError, ValueError, struct.error)
"""What opening an archive raises where its list of members is damaged."""


def documents(path: Path, name: str) -> Iterator[Document | Issue]:
    """Give the documents in a file, and what is wrong with it.

    Args:
        path: the file, or `STDIN`.
        name: how to name it: a document's name is it, or goes on with `/` and the name of an archive's member.
    """
    try:
        with ExitStack() as stack:
            stream = _stdin(stack) if path == STDIN else stack.enter_context(_opened(path))
            yield from _documents(stream, name, Allowance(unpacking.size_of(stream)))
    except Refused as error:
        yield error.issue
    except OSError as error:
        yield Issue(name, 1, f"cannot be read: {error.strerror or error}")


def _opened(path: Path) -> io.BufferedReader:
    file = io.FileIO(path, opener=_open_at_once)
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        os.set_blocking(file.fileno(), True)
    return io.BufferedReader(file, PIECE)


def _open_at_once(path: str, flags: int) -> int:
    """Open a file; a pipe that nobody writes to is empty, instead of something to wait for."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _stdin(stack: ExitStack) -> io.BufferedReader:
    if sys.stdin is None:
        raise OSError("standard input is closed")
    raw = cast("io.RawIOBase", sys.stdin.buffer)  # it reads like one
    stream: io.BufferedReader = io.BufferedReader(raw, PIECE)
    stack.callback(stream.detach)
    return stream


def _documents(stream: Stream, name: str, allowance: Allowance, depth: int = 0) -> Iterator[Document | Issue]:
    kind = sniff(stream.peek(PIECE)[:PIECE], name)
    if kind in (Kind.ZIP, Kind.GZIP) and depth == DEEPEST:
        yield Issue(name, 1, "too many archives in one another: unpack it first")
    elif kind is Kind.GZIP:
        yield from _unpacked(stream, name, allowance, depth + 1)
    elif kind is Kind.ZIP:
        yield from _members(stream, name, allowance, depth + 1)
    else:
        damage: list[Exception] = []
        pieces = _pieces(stream, damage)
        if depth:
            pieces = _spent(pieces, name, allowance)
        if kind in (Kind.JSON, Kind.JSON_LINES):
            yield from (Document(name, line, Kind.JSON, data) for line, data in split_records(pieces))
        else:
            yield _whole(pieces, name, kind)
        for error in damage:
            raise error


def _spent(pieces: Iterable[bytes], name: str, allowance: Allowance) -> Iterator[bytes]:
    for piece in pieces:
        allowance.spend(len(piece), name)
        yield piece


def _pieces(stream: Stream, damage: list[Exception]) -> Iterator[bytes]:
    """Read a stream up to its end, or to what is damaged in it: that error is kept for who has read so far."""
    try:
        yield from iter(lambda: stream.read1(PIECE), b"")
    except _DAMAGE as error:
        damage.append(error)


def _whole(pieces: Iterator[bytes], name: str, kind: Kind) -> Document | Issue:
    data = bytearray()
    largest = LARGEST_FEED if kind in (Kind.FEED, Kind.JSON_FEED) else LARGEST
    for piece in pieces:
        data += piece
        if len(data) > largest:
            return Issue(name, 1, f"larger than {largest >> 20} MB")
    return Document(name, 1, kind, bytes(data))


def _unpacked(stream: Stream, name: str, allowance: Allowance, depth: int) -> Iterator[Document | Issue]:
    try:
        with gzip.GzipFile(fileobj=_seekable(stream), mode="rb") as inner:
            yield from _documents(
                inner, name[:-3] if name.lower().endswith(".gz") else name, allowance, depth
            )
    except _DAMAGE as error:
        yield Issue(name, 1, f"damaged: {error}; what stands before the damage was read")


def _members(stream: Stream, name: str, allowance: Allowance, depth: int) -> Iterator[Document | Issue]:
    with ExitStack() as stack:
        try:
            archive = stack.enter_context(zipfile.ZipFile(with_its_end(stream, name, stack, allowance)))
        except _NO_INDEX as error:
            yield Issue(name, 1, f"damaged: {error}")
            return
        if len(archive.infolist()) > MOST_MEMBERS:
            raise refused(name, f"an archive of more than {MOST_MEMBERS:,} files: part it")
        members = sorted(archive.infolist(), key=lambda info: info.filename)
        files = [one for one in members if not (one.filename.endswith("/") or _is_hidden(one.filename))]
        for member in files:
            yield from _member(archive, member, f"{name}/{member.filename}", allowance, depth)
        if not files:
            yield Issue(name, 1, "an archive with nothing to read in it")


def _member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, allowance: Allowance, depth: int
) -> Iterator[Document | Issue]:
    try:
        with ExitStack() as stack:
            yield from _documents(unpacking.opened(archive, member, stack), name, allowance, depth)
    except Exhausted:
        raise
    except Refused as error:
        yield error.issue
    except (*_DAMAGE, NotImplementedError, OSError, RuntimeError) as error:
        yield Issue(name, 1, f"cannot be unpacked: {error}")  # a RuntimeError asks for a password


def _seekable(stream: Stream) -> IO[bytes]:
    return cast("IO[bytes]", stream)  # files, and what gzip and zipfile give, can all be sought in


def _is_hidden(name: str) -> bool:
    """Whether a member is what systems leave in archives for themselves."""
    parts = [part for part in name.split("/") if part not in {".", ".."}]
    return any(part.startswith(".") or part == "__MACOSX" for part in parts)
