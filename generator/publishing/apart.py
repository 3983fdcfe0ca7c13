"""A folder of this machine to publish to lies apart from what is published."""

from pathlib import Path

from generator import files
from generator.publishing.host import HostError


def check_apart(folder: Path, root: Path) -> None:
    """See that a folder neither holds the site's sources nor lies in what is built or built from.

    Args:
        folder: where the site is to be published.
        root: the site's folder.

    Raises:
        HostError: it does.
    """
    there, here = folder.resolve(), root.resolve()
    if here.is_relative_to(there):
        raise HostError(f"{folder}: holds the site's own folder; publish to one that is apart")
    around = (place for place in (there, *there.parents) if place.is_relative_to(here) and place != here)
    if any((place / files.JOURNAL).is_file() for place in around):
        raise HostError(
            f"{folder}: is the folder that the site is built to, or in it; publish to another one"
        )
