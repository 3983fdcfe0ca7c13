"""Starts a tool's server that watches a site, asks it for pages, and ends it whatever happens."""

import http.client
import os
import signal
import socket
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from subprocess import Popen, TimeoutExpired
from typing import IO

from measure import Failed, last_words, processor_time_of, start

HOST = "127.0.0.1"
FRONT = "/"

CONNECTING = 0.005
"""Seconds between two attempts to connect to a server that has just been started."""

STILL = 0.5
"""Seconds in which a server must do next to nothing to count as settled."""

NOTHING = 0.02
"""So much processor time, in seconds, is next to nothing: two ticks of the kernel's clock."""

ENDING = 30.0
"""Seconds that a server may take to end when it is told to."""


class Server:
    """A server that is running: its process, and one connection to it that is kept alive.

    Args:
        name: how errors call it.
        process: the server.
        port: where it listens.
        words: the file of what it says.
    """

    def __init__(self, name: str, process: Popen[bytes], port: int, words: IO[bytes]) -> None:
        self.pid = process.pid
        self.port = port
        self._name = name
        self._process = process
        self._words = words
        self._connection = http.client.HTTPConnection(HOST, port)

    def close(self) -> None:
        """Hang up, and kill the server if it is still there."""
        self._connection.close()
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()

    def ask(self, path: str, patience: float) -> bytes:
        """Give a page, connecting anew if the server has hung up and, for so many seconds, while it is not there.

        Raises:
            Failed: the server has ended, or did not give the page in time.
        """
        until = time.monotonic() + patience
        while True:
            try:
                page = self._request(path, until - time.monotonic())
            except (OSError, http.client.HTTPException):
                self._connection.close()
                page = None
            if page is not None:
                return page
            self.check()
            if time.monotonic() > until:
                raise self.failed(f"did not give {path} within {patience:g} s")
            time.sleep(CONNECTING)

    def settle(self, patience: float) -> None:
        """Wait until the server does next to nothing.

        Raises:
            Failed: it has ended, or still worked after so many seconds.
        """
        until = time.monotonic() + patience
        used = processor_time_of(self.pid)
        while True:
            time.sleep(STILL)
            self.check()
            before, used = used, processor_time_of(self.pid)
            if used - before <= NOTHING:
                return
            if time.monotonic() > until:
                raise self.failed(f"still worked after {patience:g} s")

    def check(self) -> None:
        """Raise `Failed` if the server has ended."""
        if self._process.poll() is not None:
            raise self.failed(f"ended by itself with status {self._process.returncode}")

    def end(self) -> None:
        """Tell the server to end, and wait until it has.

        Raises:
            Failed: it did not, or its exit status was not 0.
        """
        self.check()
        self._process.send_signal(signal.SIGTERM)
        try:
            status = self._process.wait(ENDING)
        except TimeoutExpired:
            raise self.failed(f"did not end within {ENDING:g} s") from None
        if status:
            raise self.failed(f"ended with status {status}")

    def failed(self, what: str) -> Failed:
        """Make an error of what the server did, with its last words."""
        self._words.seek(0)
        return Failed(f"{self._name} {what}:\n{last_words(self._words.read())}")

    def _request(self, path: str, seconds: float) -> bytes | None:
        """Ask once; `None`: there is an answer, but not the page."""
        self._connection.timeout = max(seconds, CONNECTING)
        self._connection.request("GET", path)
        answer = self._connection.getresponse()
        page = answer.read()
        return page if answer.status == http.client.OK else None


@contextmanager
def serving(command: Sequence[str], folder: Path) -> Iterator[Server]:
    """Run a server, `command` and a free port, in a folder as long as the block lasts, and end it properly.

    Raises:
        Failed: it ended by itself, or not when it was told to, or not with exit status 0.
    """
    # What was written before must not be flushed at the server's expense.
    os.sync()
    name, port = Path(command[0]).name, _free_port()
    with tempfile.TemporaryFile() as words:
        process = start([*command, str(port)], folder, words.fileno())
        with closing(Server(name, process, port, words)) as server:
            yield server
            server.end()


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as listener:
        port: int = listener.getsockname()[1]
        return port
