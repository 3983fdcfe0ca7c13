"""The slow look: everything that no event told of, a little at a time, so that nobody has to wait for it.

Events get lost, and some file systems have none. This goes round all that a build looks at, and names what is not
as the catalogue remembers it. What becomes of that is the build's business.
"""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from generator import filenames, files
from generator.catalogue import Catalogue
from generator.files import Stat

AT_ONCE = 512
"""Files to a piece."""


def sweep_content(folder: Path, catalogue: Catalogue, racy: int) -> Iterator[list[str]]:
    """Look at the content once.

    Args:
        folder: the content folder.
        catalogue: what is remembered of it.
        racy: as for `Catalogue.files`.

    Yields:
        After every piece: paths below the content folder that changed, came or went.
    """
    found = files.walk(folder)
    while some := dict(islice(found, AT_ONCE)):
        known = catalogue.files(racy, some)
        yield sorted(path for path, look in some.items() if known.get(path) != look)
    for rows in catalogue.parts("files", AT_ONCE):
        yield files.missing(folder, [path for path, *_ in rows])


def new_seeds(folder: Path, catalogue: Catalogue, racy: int) -> dict[str, Stat]:
    """Give the files below the seeds folder that look otherwise than when they were last ingested."""
    known = catalogue.seeds(racy)
    ill_named: list[str] = []
    found = files.scan(folder, ill_named=ill_named)
    for path in filter(filenames.is_text, ill_named):  # a seed may be called whatever can be remembered
        look = files.stat(folder / path)
        found |= {path: look} if look and (folder / path).is_file() else {}
    return {path: look for path, look in found.items() if known.get(path) != look}


def sweep_output(folder: Path, catalogue: Catalogue) -> Iterator[list[str]]:
    """Look at the output once.

    Yields:
        After every piece: paths below the output folder that are missing, or not as they were left.
    """
    if not (folder / files.JOURNAL).exists():
        yield [files.JOURNAL]
    for rows in catalogue.parts("outputs", AT_ONCE):
        yield files.unlike(folder, {path: (size, time) for path, *_, size, time in rows})
