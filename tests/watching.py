"""A running `dateline watch` or `serve`, and patience with it: for tests that change files and see what comes."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, TypeVar

T = TypeVar("T")

PATIENCE = 120.0
"""Seconds after which what should happen at once is said not to."""

SETTLED = 0.8
"""Seconds without news after which none is expected."""

MAIN = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # who started the tests may have it ignored
from generator.cli import main
sys.argv[0] = "dateline"
main()
"""


_CLOCK = """
import datetime, pathlib
from generator import clock, watch
CLOCK = pathlib.Path({!r})
watch.LONGEST_NAP = 0.1
clock.now = lambda: datetime.datetime.fromisoformat(CLOCK.read_text())
"""


class Clock:
    """A clock that a test sets, and a watch goes by.

    Args:
        file: where it is kept.
        moment: what it shows, in UTC.

    Attributes:
        before: Python to run first in the process that goes by it; `CLOCK` is the file there.
    """

    def __init__(self, file: Path, moment: str) -> None:
        self.before = _CLOCK.format(str(file))
        self._file = file
        self.set(moment)

    def set(self, moment: str) -> None:
        """Have it show another moment."""
        coming = self._file.with_suffix(".new")
        coming.write_text(f"{moment}+00:00")
        coming.replace(self._file)


class Watched:
    """A process that watches a site.

    Args:
        root: the site's folder.
        command: `watch` or `serve`, with its options.
        before: Python to run in that process first.
        within: a command that runs others, to run it with.
    """

    def __init__(self, root: Path, *command: str, before: str = "", within: Sequence[str] = ()) -> None:
        program = [*within, sys.executable, "-c", f"{before}\n{MAIN}", *command]
        program += ["--root", str(root), "--json"]
        self.process = subprocess.Popen(
            program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
        )
        self.outcomes: list[dict[str, Any]] = []
        self.said: list[str] = []
        self._inbox: SimpleQueue[dict[str, Any]] = SimpleQueue()
        self._threads = [Thread(target=self._read), Thread(target=self._listen)]
        for thread in self._threads:
            thread.start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._inbox.put(json.loads(line))

    def _listen(self) -> None:
        assert self.process.stderr
        self.said.extend(self.process.stderr)

    def next(self, seconds: float = PATIENCE) -> dict[str, Any]:
        """Wait for the next turn that had an outcome."""
        found = self._inbox.get(timeout=seconds)
        self.outcomes.append(found)
        return found

    def until(self, wanted: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
        """Wait for a turn that something holds for."""
        deadline = time.monotonic() + PATIENCE
        while True:
            found = self.next(max(deadline - time.monotonic(), 0.001))
            if wanted(found):
                return found

    def until_written(self, path: str) -> dict[str, Any]:
        """Wait until a page is written."""
        return self.until(lambda found: found["built"] and path in found["built"]["written"])

    def until_failed(self) -> str:
        """Wait for a failure, and give its sentence."""
        failure: str = self.until(lambda found: found["failure"])["failure"]
        return failure

    def settle(self) -> list[dict[str, Any]]:
        """Wait until nothing happens any more; give what happened."""
        before = len(self.outcomes)
        while True:
            try:
                self.next(SETTLED)
            except Empty:
                return self.outcomes[before:]

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """End it, and give its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        try:
            status = self.process.wait(PATIENCE)
        finally:
            if self.process.poll() is None:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
        for thread in self._threads:
            thread.join(PATIENCE)
            assert not thread.is_alive()
        assert self.process.stdout
        assert self.process.stderr
        self.process.stdout.close()
        self.process.stderr.close()
        return status


@contextmanager
def watching(root: Path, *options: str, before: str = "", within: Sequence[str] = ()) -> Iterator[Watched]:
    """Watch a site; what the first turns brought is heard when this begins."""
    watched = Watched(root, "watch", *options, before=before, within=within)
    try:
        watched.until(lambda found: found["built"] or found["failure"])
        yield watched
    finally:
        watched.stop()


def eventually(look: Callable[[], T], seconds: float = PATIENCE) -> T:
    """Look again and again until there is something to see, or nothing raises that there may be."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            found = look()
        except (OSError, AssertionError):
            if time.monotonic() > deadline:
                raise
        else:
            if found or time.monotonic() > deadline:
                assert found
                return found
        time.sleep(0.01)
