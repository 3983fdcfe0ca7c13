"""What changed among a site's inputs and is ripe to be looked at: from events where there are any."""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue

from generator import files
from generator.config import NAME as CONFIG
from generator.config import Config
from generator.ingest.batches import UNFINISHED, is_notes
from generator.model import DatelineError
from generator.observe import Change, Observer, is_open
from generator.ripening import Pace, Ripening

SOON = Pace(quick=0.01, calm=0.5, quiet=0.04, longest=0.5, still=0.3, open=3.0)
"""For content, templates and the configuration: a person waits."""

CAREFUL = Pace(quick=0.0, calm=0.0, quiet=0.0, longest=0.0, still=0.5, open=60.0)
"""For seeds: what is ingested is filed for good."""


class Changes:
    """The inputs of a site that changed, as full paths, until they are taken.

    Args:
        root: the site's folder.
        config: its configuration.
        poll: do without events.
        say: is told, once, that there are none though they were wanted.

    Attributes:
        anything: more may have changed than there are paths for.
        unplaced: something is still to be built, though nothing changed.
        output, content, seeds, templates: the site's folders.
    """

    def __init__(self, root: Path, config: Config, *, poll: bool, say: Callable[[str], None]) -> None:
        self.anything = False
        self.unplaced = False
        self._root = root
        self._say = say
        self._inbox: SimpleQueue[Change] = SimpleQueue()
        self._site_paths = Ripening(SOON, _look, is_open)
        self._seed_paths = Ripening(CAREFUL, _look, is_open)
        self._observer: Observer | None = None
        self._name(config)
        if not poll:
            self._attempt(self._observe)

    @property
    def polling(self) -> bool:
        """Whether there are no events."""
        return self._observer is None

    @property
    def waiting(self) -> bool:
        """Whether anything changed that is not ripe, or was not taken."""
        return bool(self._site_paths or self._seed_paths)

    def adopt(self, config: Config) -> None:
        """Go on with another configuration."""
        self._name(config)
        self._follow()

    def listen(self, seconds: float) -> None:
        """Wait so long for something to happen or to become ripe, and take note of all that happened."""
        moments = [
            moment for moment in (self._site_paths.next(), self._seed_paths.next()) if moment is not None
        ]
        seconds = min([seconds, *(moment - time.monotonic() for moment in moments)])
        with suppress(Empty):
            self._note(self._inbox.get(timeout=max(seconds, 0.0)))
            while True:
                self._note(self._inbox.get_nowait())

    def add(self, path: Path, *, whole: bool = False) -> None:
        """Take note of a path that changed."""
        self._note(Change(str(path), whole))

    def take(self) -> tuple[str, ...]:
        """Give the content files and folders, templates and the configuration that are ripe, once."""
        return self._site_paths.take(time.monotonic())

    def take_seeds(self) -> tuple[str, ...]:
        """Give the seeds that are ripe and still there, once."""
        return tuple(path for path in self._seed_paths.take(time.monotonic()) if _look(path) is not None)

    def check_folders(self) -> None:
        """Notice folders that were put in the place of others, where no event may have told of it."""
        places = self._places
        self._name(self._config)
        if places != self._places:
            self._follow(*self._folders)
            self.anything = True

    def stop(self) -> None:
        """Stop watching."""
        observer, self._observer = self._observer, None
        if observer:
            observer.stop()

    def _name(self, config: Config) -> None:
        self._config = config
        names = (config.ingest.seeds, config.build.content, config.build.templates)
        self.output = (self._root / config.build.output).resolve()
        self.seeds, self.content, self.templates = ((self._root / name).resolve() for name in names)
        self._folders = (self.seeds, self.content, self.templates)
        self._named = {self._root / name for name in names}
        self._places = [(folder, _place(folder)) for folder in self._folders]

    def _observe(self) -> None:
        self._observer = Observer(self._inbox, self._root / files.STATE / "room")

    def _follow(self, *again: Path) -> None:
        """Have all folders watched that are there now."""
        folders = {self._root: False} | dict.fromkeys(self._folders, True)
        if self._observer:
            self._attempt(partial(self._observer.follow, folders, again))

    def _attempt(self, observe: Callable[[], object]) -> None:
        """Do something that needs room in the system; where that cannot be, go on without events."""
        try:
            observe()
        except (OSError, RuntimeError) as error:  # the latter: no more threads
            self.stop()
            self.anything = True
            self._say(
                f"{getattr(error, 'strerror', None) or error}, so changes are looked for every second or so"
            )

    def _note(self, change: Change) -> None:
        path = Path(change.path)
        if not change.path:
            self.anything = True
        elif path in self._named or path in self._folders:
            self._name(self._config)
            self._follow(*self._folders)
            self.anything = True
            self._add_seeds(self.seeds)
        elif change.folder and not change.whole:
            self._follow()  # what is in it has changes of its own
        elif self._is_input(path):
            self._add(change, path)

    def _is_input(self, path: Path) -> bool:
        """Tell whether a path is an input: no output, nothing of our own, nothing hidden."""
        if path.parent == self._root:
            return path.name == CONFIG
        if path.is_relative_to(self.output):
            return False
        folder = next((folder for folder in self._folders if path.is_relative_to(folder)), None)
        return folder is not None and not any(part[0] == "." for part in path.relative_to(folder).parts)

    def _add(self, change: Change, path: Path) -> None:
        now = time.monotonic()
        if path.is_relative_to(self.seeds):
            if change.folder:
                self._add_seeds(path)
            elif not (path.name.endswith(UNFINISHED) or is_notes(path.name)):
                self._seed_paths.add_begun(change.path, now, closed=change.whole)
        elif change.whole:
            self._site_paths.add_whole(change.path, now, gone=not os.path.lexists(path))
        else:
            self._site_paths.add_begun(change.path, now)

    def _add_seeds(self, folder: Path) -> None:
        """Take note of the seeds in a folder that came as a whole, each for itself: some may not be whole yet."""
        with suppress(OSError, DatelineError):
            ill_named: list[str] = []  # a seed may be called whatever it likes
            for path in (*files.scan(folder, ill_named=ill_named), *ill_named):
                self._note(Change(str(folder / path), whole=False))


def _place(folder: Path) -> object:
    """Tell which folder stands at a path now."""
    try:
        found = folder.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _look(path: str) -> object:
    try:
        return files.stat(Path(path))
    except OSError:
        return None
