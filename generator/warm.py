"""A catalogue that stays open from build to build, though others may use it in between.

What they do then is noticed: by another file in its place, and by SQLite's count of what other connections
committed (sqlite.org/pragma.html, `data_version`).
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from pathlib import Path

from generator import seal
from generator.catalogue import Catalogue
from generator.database import Damaged


class Warm:
    """Keeps a catalogue open. The site's lock is held whenever one of these methods is called.

    One process at a time may keep a site's catalogue open: its closing takes away what SQLite has beside the file.

    Args:
        path: the catalogue's file.

    Attributes:
        alone: nobody else changed the catalogue since it was last asked for.
    """

    def __init__(self, path: Path) -> None:
        self.alone = False
        self._path = path
        self._catalogue: Catalogue | None = None
        self._left: object = None

    @property
    def catalogue(self) -> Catalogue | None:
        """The catalogue, while it is open: for questions whose answers need not be of one moment."""
        return self._catalogue

    @contextmanager
    def opened(self) -> Iterator[Catalogue]:
        """Give the catalogue, opened unless it is open already.

        Raises:
            Damaged: the file is no catalogue, here or in what is done with it; it is closed then.
        """
        catalogue = self._take()
        try:
            yield catalogue
        except Damaged:
            self.close()
            raise
        finally:
            if self._catalogue:
                # As long as it is open, what SQLite has beside the file is its own, whatever a seal says.
                seal.take_off(self._path)
                self._left = None
                with suppress(Damaged):  # it was in the midst of being closed
                    self._left = catalogue.version()

    def tidy(self) -> None:
        """Do what nobody should have to wait for: move what was committed into the file."""
        if self._catalogue and self._catalogue.is_in_place():
            self._catalogue.tidy()

    def close(self) -> None:
        """Close the catalogue, if it is open."""
        catalogue, self._catalogue, self.alone = self._catalogue, None, False
        if catalogue:
            catalogue.close()

    def _take(self) -> Catalogue:
        if self._catalogue and not self._catalogue.is_in_place():
            self.close()
        self.alone = self._catalogue is not None and self._catalogue.version() == self._left
        if self._catalogue is None:
            self._catalogue = Catalogue(self._path, patient=True)
        return self._catalogue


def opened(path: Path, warm: Warm | None) -> AbstractContextManager[Catalogue]:
    """Open the catalogue at a path for one run, or give the one that is kept open."""
    return warm.opened() if warm else closing(Catalogue(path, patient=True))


def discard(path: Path, warm: Warm | None) -> None:
    """Throw the catalogue at a path away, whoever has it open, as all of it can be made again."""
    if warm:
        warm.close()
    seal.discard(path)
