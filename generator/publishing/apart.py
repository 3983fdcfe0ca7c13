"""A folder of this machine to publish to lies apart from what is published."""

from collections.abc import Iterable
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


def check_sources(text: str, root: Path, sources: Iterable[str]) -> None:
    """See that a place does not lie in what the site is made from.

    Args:
        text: a path as the configuration has it; an address of another machine is none of here.
        root: the site's folder, which it counts from.
        sources: the folders that the site is made from, counted from there.

    Raises:
        HostError: it does, or begins with `~` and a name that nobody has here.
    """
    try:
        there = (root / Path(text).expanduser()).resolve()
    except RuntimeError:
        raise HostError(f"{text}: nobody of that name has a home folder here") from None
    source = next((name for name in sources if there.is_relative_to((root / name).resolve())), "")
    if source:
        raise HostError(f"{text}: lies in {source}, which the site is made from; publish to another folder")
