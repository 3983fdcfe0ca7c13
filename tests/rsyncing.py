"""Places that rsync reaches, for tests: by a remote shell that stays on this machine, at a daemon on loopback."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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
import os, selectors, subprocess, sys
there, back = int(sys.argv[1]), int(sys.argv[2])
process = subprocess.Popen(["sh", "-c", sys.argv[3]], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
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
            os._exit(0)
        left[key.data] -= len(data)
        if not data or not left[key.data]:
            os._exit(0)
"""
"""A line to another machine that breaks after so many bytes there or back."""


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
        self.fails(f'run() {{ {sys.executable} -E -S {line} {there} {back} "$1"; }}')

    def works(self) -> None:
        """Have it work again."""
        self._fault.unlink(missing_ok=True)


@contextmanager
def daemon(folder: Path, modules: str) -> Iterator[str]:
    """Run an rsync daemon, and give its address.

    Args:
        folder: where its files are.
        modules: of its configuration (rsyncd.conf(5)).
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = folder / "rsyncd.conf"
    head = "use chroot = no\nreverse lookup = no\n"
    head += f"uid = {os.getuid()}\ngid = {os.getgid()}\nlog file = {folder}/rsyncd.log\n"
    config.write_text(head + modules)
    command = [
        "rsync",
        "--daemon",
        "--no-detach",
        f"--config={config}",
        "--address=127.0.0.1",
        f"--port={port}",
    ]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL) as process:
        try:
            _await(port)
            yield f"127.0.0.1:{port}"
        finally:
            process.terminate()


def _await(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except ConnectionRefusedError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the daemon did not start")
