"""What rsync sends: a folder of this machine, made for one call of it."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.publishing.host import File


@contextmanager
def empty() -> Iterator[Path]:
    """Make a folder with nothing in it, for as long as it is needed."""
    with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
        yield Path(folder)


@contextmanager
def linked(files: Iterable[File]) -> Iterator[Path]:
    """Make a folder of links to files, each at its path, for as long as it is needed."""
    with empty() as folder:
        made = {""}
        for file in files:
            parent = file.path.rpartition("/")[0]
            if parent not in made:
                made.add(parent)
                (folder / parent).mkdir(parents=True, exist_ok=True)
            (folder / file.path).symlink_to(file.source.absolute())
        yield folder
