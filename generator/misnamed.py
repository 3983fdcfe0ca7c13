"""Files of the content that are left out for their names: found, and reported as long as they are there."""

from collections.abc import Iterable
from pathlib import Path

from generator import filenames, files
from generator.catalogue import Catalogue
from generator.files import Stat
from generator.model import Issue
from generator.records import Value


class Scanned(Value, frozen=True):
    """The files of the content and how they look, and what is left out for its name, as it is shown."""

    files: dict[str, Stat]
    ill_named: list[str]


_NOTED = "misnamed"
"""Notes in the catalogue what was left out at the last look."""


def scan(content: Path, paths: Iterable[str]) -> Scanned:
    """Find the files of the content, or those at and below some paths."""
    ill_named: list[str] = []
    found = files.scan(content, paths, ill_named)
    return Scanned(found, sorted(map(filenames.escaped, ill_named)))


def noted(catalogue: Catalogue, looked_at: Iterable[str]) -> set[str]:
    """Give what was left out at the last look, but for what is at or below the paths that are looked at now."""
    above = tuple(f"{filenames.escaped(path)}/" for path in looked_at)
    return {path for path in catalogue.recall(_NOTED, [""]) if not f"{path}/".startswith(above)}


def note(catalogue: Catalogue, content: str, ill_named: list[str]) -> None:
    """Remember what is left out now, and what is wrong with it; `content` is how to name the folder."""
    for path in {*catalogue.recall(_NOTED, [""]), *ill_named} - {""}:
        issue = Issue(f"{content}/{path}", 1, filenames.ILL_NAMED)
        catalogue.set_issues(issue.path, [issue] if path in ill_named else [])
    catalogue.note(_NOTED, ill_named)
