"""The program rsync: found, looked at, run. Nothing goes through a shell."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from typing import IO

from generator.publishing.host import HostError
from generator.publishing.rsync.faults import RsyncError

LEAST = (3, 2, 0)
"""The oldest rsync that takes away links when it has sent what they lead to (its NEWS, 3.2.0)."""

MAKING_PATHS = (3, 2, 3)
"""The oldest that makes the folders above its destination (its NEWS, 3.2.3)."""

_QUOTING = (3, 2, 4)
"""The oldest that hands paths on so that the shell of the host leaves them as they are (its NEWS, 3.2.4)."""

SILENCE = 40
"""Seconds without a byte after which a transfer is given up: a lease can be renewed before it is lost."""

_CONNECTING = 15
"""Seconds to wait for a daemon's answer."""

_GUARD = """
import os, signal, subprocess, sys, threading
process = subprocess.Popen(sys.argv[2:])
signal.signal(signal.SIGINT, signal.SIG_IGN)
def watch():
    os.read(int(sys.argv[1]), 1)
    process.terminate()
threading.Thread(target=watch, daemon=True).start()
status = process.wait()
os._exit(status if status >= 0 else 128 - status)
"""
"""Runs a command, and ends it when the other end of a pipe is gone."""

_VERSION = re.compile(r"rsync +version v?(\d+)\.(\d+)\.(\d+)")
_ESCAPE = re.compile(rb"\\#([0-7]{3})")


class Program:
    """rsync as it is installed here.

    Args:
        name: what the host is called.
        options: what every call of it is given.
        daemon: it speaks to a daemon.

    Attributes:
        version: of this rsync.

    Raises:
        HostError: there is none, or it is too old.
    """

    def __init__(self, name: str, options: Sequence[str], *, daemon: bool) -> None:
        program = shutil.which("rsync")
        if program is None:
            raise HostError(f"{name}: rsync is not installed here; publishing there needs it, 3.2 or newer")
        self.version = _version(name, program)
        self._name = name
        self._stoppable = set[_Call]()
        self._daemon = daemon
        old = ["--protect-args"] if self.version < _QUOTING else []
        waiting = [f"--contimeout={_CONNECTING}"] if daemon else []
        self._command = [
            program,
            "-8",
            "--outbuf=L",
            "--no-motd",
            f"--timeout={SILENCE}",
            *waiting,
            *old,
            *options,
        ]

    def run(self, arguments: Sequence[str]) -> list[str]:
        """Run rsync to its end, and give what it printed, line by line. See `lines`."""
        return list(self.lines(arguments))

    def lines(
        self,
        arguments: Sequence[str],
        names: Sequence[str] = (),
        patterns: Sequence[str] = (),
        *,
        stoppable: bool = False,
    ) -> Iterator[str]:
        """Run rsync and give what it prints while it runs.

        Args:
            arguments: options and the places to copy from and to.
            names: what `--files-from=-` reads.
            patterns: what of the place is looked at; nothing else is (rsync(1), "Pattern matching rules").
            stoppable: `stop` ends it.

        Raises:
            RsyncError: it did not end well.
        """
        listed = ["--from0", "--files-from=-"] if names else []
        chosen = ["--from0", "--include-from=-", "--exclude=*"] if patterns else []
        with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as said:
            given.write(
                b"".join([*map(_listed, names), *(os.fsencode(pattern) + b"\0" for pattern in patterns)])
            )
            given.seek(0)
            call = _Call(
                [*self._command, *listed, *chosen, *arguments],
                given,
                said,
                guarded=stoppable,
                # a daemon's password is asked at the terminal, once for each call: better not at all
                detached=self._daemon,
            )
            if stoppable:
                self._stoppable.add(call)
            try:
                yield from map(_plain, call.printed())
                status = call.wait()
            finally:
                self._stoppable.discard(call)
                call.end()
            if status:
                said.seek(0)
                raise RsyncError(self._name, status, said.read().decode("utf-8", "replace"))

    def stop(self) -> None:
        """End what still runs and can be stopped."""
        for call in list(self._stoppable):
            call.end()


class _Call:
    """rsync while it runs.

    Args:
        command: what is run.
        given: what it reads.
        said: where its errors go.
        guarded: it ends when this process does, however that ends, so that nothing that it would still bring is
            mixed with what the next publisher brings. rsync itself does not mind that nobody reads what it prints.
        detached: it has no terminal.
    """

    def __init__(
        self, command: list[str], given: IO[bytes], said: IO[bytes], *, guarded: bool, detached: bool
    ) -> None:
        held: int | None = None
        self._leash: int | None = None
        if guarded:
            held, self._leash = os.pipe()
        guard = [sys.executable, "-I", "-S", "-c", _GUARD, str(held)] if guarded else []
        self._process = subprocess.Popen(  # noqa: S603 - as above
            [*guard, *command],
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=said,
            env=os.environ | {"LC_ALL": "C"},
            pass_fds=() if held is None else (held,),
            start_new_session=detached,
        )
        if held is not None:
            os.close(held)

    def printed(self) -> Iterator[bytes]:
        """Give what it prints, line by line."""
        assert self._process.stdout  # noqa: S101 - it is piped
        yield from self._process.stdout

    def wait(self) -> int:
        """Give the status it ends with."""
        return self._process.wait()

    def end(self) -> None:
        """See that it is no more. Its other end tidies up when the connection is gone."""
        if self._leash is not None:
            os.close(self._leash)
            self._leash = None
        elif self._process.poll() is None:
            self._process.terminate()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout:
            self._process.stdout.close()


def _version(name: str, program: str) -> tuple[int, ...]:
    printed = subprocess.run([program, "--version"], capture_output=True, check=False).stdout  # noqa: S603 - as above
    head = printed.decode("utf-8", "replace").partition("\n")[0]
    found = _VERSION.search(head)
    version = tuple(map(int, found.groups())) if found else (0,)
    if "openrsync" in head or version < LEAST:
        this = head.strip() or program
        raise HostError(
            f"{name}: the rsync installed here is too old ({this}); publishing there needs 3.2 or newer"
            " (on macOS: brew install rsync)"
        )
    return version


def is_remark(name: str) -> bool:
    """Tell whether `--files-from` takes a name for a remark, even with `--from0` (`read_line` in its io.c)."""
    return name.startswith(("#", ";"))


def _listed(name: str) -> bytes:
    return os.fsencode(f"./{name}" if is_remark(name) else name) + b"\0"


def _plain(line: bytes) -> str:
    r"""Give a line as it was before rsync wrote `\#ooo` for what is not printed (rsync(1), `--8-bit-output`)."""
    return os.fsdecode(_ESCAPE.sub(lambda found: bytes([int(found[1], 8)]), line.removesuffix(b"\n")))
