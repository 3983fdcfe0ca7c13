"""The search index while a site is watched: made when it is quiet, by a process of its own that any change stops.

    python -m generator.indexing FOLDER [drafts]

That process makes the parts that are missing and leaves them where the next build finds them; it changes neither
the site nor the catalogue. A part that was made stays made, so that one that is stopped again and again gets on.
"""

import math
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from generator import keys
from generator.build import read_config
from generator.catalogue import Catalogue
from generator.database import Damaged
from generator.model import DatelineError
from generator.theme import read_theme
from generator.workspace import Site

QUIET = 3.0
"""Seconds without a build after which it begins."""

PAUSE = 0.2
"""Seconds until it is looked at again."""

NICE = 10
"""How much it leaves processors to others (POSIX, `nice`)."""


class Indexing:
    """Makes an index aside.

    Args:
        root: the site's folder.
        drafts: it is that of the preview with drafts.
        say: is told why there is none.

    Attributes:
        at: when to take the next step, by the monotonic clock.
    """

    def __init__(self, root: Path, *, drafts: bool, say: Callable[[str], None]) -> None:
        self.at = math.inf
        self._command = [sys.executable, "-m", "generator.indexing", str(root), *["drafts"][: int(drafts)]]
        self._say = say
        self._process: subprocess.Popen[bytes] | None = None

    def consider(self, catalogue: Catalogue | None) -> None:
        """Begin when it has been quiet for a while, if the index is not what the catalogue's articles ask for."""
        with suppress(Damaged):
            if catalogue and catalogue.is_touched(keys.INDEX):
                self.stop()
                self.at = time.monotonic() + QUIET

    def finish(self) -> bool:
        """Do what was begun to its end, where nothing else is to be done; tell as `step` does."""
        while self.at < math.inf:
            time.sleep(max(self.at - time.monotonic(), 0.0))
            if self.step():
                return True
        return False

    def step(self) -> bool:
        """Begin, or see how far it is; tell whether all that is missing waits for a build."""
        self.at = time.monotonic() + PAUSE
        if self._process is None:
            pipe = subprocess.PIPE
            self._process = subprocess.Popen(  # noqa: S603 - ours; an interrupt is for who watches
                self._command, stdin=pipe, stderr=pipe, start_new_session=True
            )
            return False
        if self._process.poll() is None:
            return False
        said = self._process.stderr.read().decode("utf-8", "replace").strip() if self._process.stderr else ""
        failed = self._process.returncode != 0
        self.stop()
        if failed:
            self._say(f"the search index is as it was: {said.rpartition(chr(10))[2]}")
        return not failed

    def stop(self) -> None:
        """End it, at once."""
        self.at = math.inf
        process, self._process = self._process, None
        if process:
            process.kill()
            process.communicate()


def main() -> None:
    """Make the parts that are missing, in the process of its own."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.nice(NICE)
    root = Path(sys.argv[1])
    try:
        config = read_config(root)
        theme = read_theme(root, config.build.templates)
        _make(Site(root, config, theme, drafts="drafts" in sys.argv[2:]))
    except (DatelineError, Damaged, OSError) as error:
        sys.exit(str(error))


def _make(site: Site) -> None:
    from generator import searching  # noqa: PLC0415 - who watches a site without a search loads none of it

    while True:
        with closing(Catalogue(site.catalogue, guest=True)) as catalogue:
            work = searching.find_work(site, catalogue)
        if work is None:
            return
        searching.make_part(site, *work)


def _end_with_parent() -> None:
    """Wait until whoever started this process is gone, which its end of a pipe tells."""
    with suppress(OSError):
        os.read(0, 1)  # not as a file, which this thread would hold when the other one ends
    os._exit(1)


if __name__ == "__main__":
    main()
