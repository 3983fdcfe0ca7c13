"""Places that rsync reaches, for tests: by a remote shell that stays on this machine, at a daemon on loopback."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from processes import await_end

MISSING = shutil.which("rsync") is None and not os.environ.get("CI")
"""There is no rsync to try with; in a run for a release that is a failure."""

_SHELL = """#!/bin/sh
# Goes nowhere: what rsync would run on the other machine it runs here. `before` and `run` are what a test wants.
while :; do case "$1" in -o|-l) shift 2 ;; -*) shift ;; *) shift; break ;; esac; done
echo . >> "$0.calls"
calls=$(wc -l < "$0.calls")
run() { eval "$1"; }
[ -f "$0.fault" ] && . "$0.fault"
run "$*"
"""


_LINE = """
import os, selectors, signal, subprocess, sys
there, back = int(sys.argv[1]), int(sys.argv[2])
over, living = os.pipe()
process = subprocess.Popen(
    ["sh", "-c", sys.argv[3]], stdin=subprocess.PIPE, stdout=subprocess.PIPE, pass_fds=[living]
)
os.close(living)
signal.signal(signal.SIGUSR1, signal.SIG_IGN)  # rsync sends it to who is its line when that breaks
ways = selectors.DefaultSelector()
ways.register(0, selectors.EVENT_READ, process.stdin.fileno())
ways.register(process.stdout.fileno(), selectors.EVENT_READ, 1)
left = {process.stdin.fileno(): there, 1: back}
while True:
    for key, _ in ways.select():
        data = os.read(key.fileobj, min(left[key.data], 65536))
        try:
            os.write(key.data, data)
        except BrokenPipeError:
            data = b""
        left[key.data] -= len(data)
        if not data or not left[key.data]:
            for end in (0, 1, 2, process.stdin.fileno(), process.stdout.fileno()):
                os.close(end)
            os.read(over, 1)  # ends when all have that were begun there
            os._exit(0)
"""
"""A line to another machine that breaks after so many bytes there or back; it ends with what runs over there."""


class RemoteShell:
    """A program for `RSYNC_RSH` that runs commands on this machine, and fails as a test says.

    Args:
        folder: where it is put.
    """

    def __init__(self, folder: Path) -> None:
        self.program = folder / "remote-shell"
        self.program.write_text(_SHELL)
        self.program.chmod(0o755)
        self._calls = folder / "remote-shell.calls"
        self._fault = folder / "remote-shell.fault"
        self._broken = folder / "remote-shell.broken"

    @property
    def calls(self) -> int:
        """How often it was called."""
        return len(self._calls.read_text().splitlines()) if self._calls.exists() else 0

    def fails(self, fault: str) -> None:
        """Have it fail from now on: lines of shell that see `$calls`, and may define `run`."""
        self._calls.unlink(missing_ok=True)
        self._fault.write_text(fault)

    def breaks(self, there: int = 0, back: int = 0) -> None:
        """Have the line break after so many bytes to the other machine, or from there."""
        line = self.program.with_suffix(".py")
        line.write_text(_LINE)
        most = 1 << 40
        there, back = (limit or most for limit in (there, back))
        self._broken.unlink(missing_ok=True)
        noted = f"echo $$ >> {self._broken}"
        self.fails(f'run() {{ {noted}; exec {sys.executable} -E -S {line} {there} {back} "$1"; }}')

    def await_break(self) -> None:
        """Wait until what ran on the other side of a line that broke has ended, too."""
        await_end(self._broken)

    def works(self) -> None:
        """Have it work again."""
        self._fault.unlink(missing_ok=True)


def _answers(process: "subprocess.Popen[bytes]", port: int) -> bool:
    """Tell whether a daemon begins to answer at a port, as long as it runs."""
    for _ in range(200):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5) as line:
            if line.recv(8) == b"@RSYNCD:":
                return True
        time.sleep(0.05)
        if process.poll() is not None:
            break
    return False


@contextmanager
def daemon(folder: Path, modules: str) -> Iterator[str]:
    """Run an rsync daemon, and give its address.

    Args:
        folder: where its files are.
        modules: of its configuration (rsyncd.conf(5)).
    """
    config = folder / "rsyncd.conf"
    head = "use chroot = no\nreverse lookup = no\n"
    head += f"uid = {os.getuid()}\ngid = {os.getgid()}\nlog file = {folder}/rsyncd.log\n"
    config.write_text(head + modules)
    command = ["rsync", "--daemon", "--no-detach", f"--config={config}", "--address=127.0.0.1"]
    process, port = _started(command)
    with process:
        try:
            yield f"127.0.0.1:{port}"
        finally:
            process.terminate()


def _started(command: Sequence[str]) -> "tuple[subprocess.Popen[bytes], int]":
    """Start a daemon at a port that is free; somebody else may be quicker to take it."""
    for _ in range(10):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        process = subprocess.Popen([*command, f"--port={port}"], stdin=subprocess.DEVNULL)
        if _answers(process, port):
            return process, port
        process.kill()
        process.wait()
    raise AssertionError("the daemon did not start")
