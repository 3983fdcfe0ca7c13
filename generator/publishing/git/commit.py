"""The next commit of a published branch, written to the private repository as one stream (git-fast-import).

Bytes go there as they are, every file is a plain one, and a stream that breaks off leaves no commit. One pack holds
them all, compressed against each other, where tens of thousands of files of their own would have to be read again.
"""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.publishing.git.copy import NEXT, Copy, Tip
from generator.publishing.git.program import Answer, words

NOBODY = ("-c", "user.name=Dateline", "-c", "user.email=dateline@localhost")
"""Who commits where git was not told who does: no address that could be somebody's."""

PIECE = 1 << 20
"""Bytes of a file that are read at once."""

PLAIN = b"100644"
FOLDER = b"040000"


class Commit:
    """A commit to be, which begins as what the branch holds.

    Args:
        copy: the private repository.
        tip: what the branch holds.
        process: git-fast-import in it.
    """

    def __init__(self, copy: Copy, tip: Tip, process: "subprocess.Popen[bytes]") -> None:
        self._copy = copy
        self._tip = tip
        self._process = process
        self._blobs: dict[str, int] = {}
        self._gone: set[str] = set()
        self._mark = 0
        self._send(b"feature done\n")

    def add_file(self, path: str, source: Path) -> None:
        """Add a file of this machine, or replace one."""
        with source.open("rb", buffering=0) as file:
            self._begin(path, os.fstat(file.fileno()).st_size)
            while piece := file.read(PIECE):
                self._send(piece)
        self._send(b"\n")

    def add(self, path: str, data: bytes) -> None:
        """Add a small file, or replace one."""
        self._begin(path, len(data))
        self._send(data + b"\n")

    def remove(self, path: str) -> None:
        """Remove a file."""
        self._gone.add(path)

    def end(self, message: str, *, history: bool) -> None:
        """Write the commit.

        Args:
            message: a line.
            history: it follows the one that the branch has; otherwise it has nothing before it.

        Raises:
            HostError: it cannot be written, for want of room for example.
        """
        self._send(b"".join(self._commit(message.encode(), history=history)))
        self._check(*self._process.communicate())

    def _commit(self, message: bytes, *, history: bool) -> Iterator[bytes]:
        yield b"commit %b\n" % NEXT.encode()
        yield b"author %b\n" % self._who("GIT_AUTHOR_IDENT")
        yield b"committer %b\n" % self._who("GIT_COMMITTER_IDENT")
        yield b"data %d\n%b\n" % (len(message) + 1, message + b"\n")
        if self._tip.commit and history:
            yield b"from %b\n" % self._tip.commit.encode()
        elif self._tip.commit:
            yield b'M %b %b ""\n' % (FOLDER, self._copy.tree(self._tip.commit).encode())
        yield from (b"D %b\n" % _quoted(path) for path in sorted(self._gone))
        yield from (b"M %b :%d %b\n" % (PLAIN, mark, _quoted(path)) for path, mark in self._blobs.items())
        yield b"\ndone\n"

    def _who(self, variable: str) -> bytes:
        """Give a name, an address and the time, as git was told them."""
        git = self._copy.git
        told = git.ask("var", variable)
        return (told if told.status == 0 else git.ask(*NOBODY, "var", variable)).out.strip()

    def _begin(self, path: str, size: int) -> None:
        self._mark += 1
        self._blobs[path] = self._mark
        self._send(b"blob\nmark :%d\ndata %d\n" % (self._mark, size))

    def _send(self, data: bytes) -> None:
        if self._process.stdin is None:
            return
        try:
            self._process.stdin.write(data)
        except BrokenPipeError:
            self._check(*self._process.communicate())

    def _check(self, _out: bytes, said: bytes) -> None:
        if self._process.returncode:
            answer = Answer(self._process.returncode, b"", words(said))
            raise self._copy.failed("the commit cannot be written", answer)


@contextmanager
def begun(copy: Copy, tip: Tip) -> Iterator[Commit]:
    """Begin a commit; one that is not ended leaves nothing."""
    with copy.git.running("fast-import", "--quiet", "--force", "--date-format=raw") as process:
        yield Commit(copy, tip, process)


def _quoted(path: str) -> bytes:
    """Write a path as git does that is not plain (git-fast-import, "filemodify")."""
    raw = path.encode(errors="surrogateescape")
    for character, escape in ((b"\\", b"\\\\"), (b'"', b'\\"'), (b"\n", b"\\n")):
        raw = raw.replace(character, escape)
    return b'"%b"' % raw
