"""The inputs of an ingest, and their documents in batches: so many that handing them to others costs little."""

import os
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from stat import S_ISLNK

from generator import filenames, files, links
from generator.catalogue import RACY_NS, Catalogue
from generator.config import Config
from generator.files import Stat
from generator.ingest.decoding import Refused
from generator.ingest.documents import STDIN, documents
from generator.ingest.finding.repetition import PAGES, Repetition
from generator.ingest.formats import Document
from generator.ingest.kinds import Kind, sniff
from generator.ingest.unpacking import PIECE
from generator.model import Issue, Severity
from generator.workspace import Progress

MOST, MOST_BYTES = 32, 1 << 16
"""Documents, and bytes of them, that make a batch: what comes of them fits what lies between two processes."""

EFFORT = 4096
"""Bytes of an input that take about as long as a file of a build."""

UNFINISHED = ("~", ".tmp", ".part", ".partial", ".crdownload", ".download")
"""Endings of names that downloads and editors give to what is not done. No seed is called so."""

_PAGE = 1 << 20
"""Bytes of the largest input that may be a page captured as text."""


@dataclass(frozen=True, slots=True)
class Input:
    """A file to read.

    Attributes:
        path: where it is.
        name: how to report it.
        seed: what it is called among the site's seeds, "" if it is none.
        look: how it looked before it was read, `read_ns` nanoseconds after 1970.
        read_ns: when it was looked at.
    """

    path: Path
    name: str
    seed: str = ""
    look: Stat | None = None
    read_ns: int = 0


Batch = list[Document | Issue | Input]
"""Documents and what is wrong with inputs, in order; an input follows its last document."""


def find_inputs(
    root: Path, config: Config, given: Sequence[tuple[Path, str]], catalogue: Catalogue, *, changed: bool
) -> Iterator[Input | Issue]:
    """Find the files to read: those given, and all below given folders but notes, in the order of their names.

    Args:
        root: the site's folder.
        config: its configuration.
        given: files, `STDIN` and folders, each with the name to report.
        catalogue: knows the seeds that were ingested.
        changed: leave out those that look as they did then.
    """
    known = catalogue.seeds(RACY_NS) if changed else {}
    seeds = [root / config.ingest.seeds, (root / config.ingest.seeds).resolve()]
    apart = {(root / name).resolve() for name in (config.build.content, config.build.output)}
    apart -= {seeds[1], *seeds[1].parents}
    for path, given_name in given:
        name = filenames.as_text(given_name)
        if path == STDIN:
            yield Input(path, "stdin")
        elif not os.path.exists(path):  # noqa: PTH110 - `Path.exists` raises where a name is too long
            yield Issue(name, 1, "there is no such file or folder")
        elif not apart.isdisjoint((path.resolve(), *path.resolve().parents)):
            yield Issue(name, 1, "part of the site's own content or output, so not read as raw news")
        elif path.is_dir():
            for one in _in_folder(path, name, apart, seeds):
                if isinstance(one, Issue) or not changed or known.get(one.seed) != one.look:
                    yield one
        else:
            yield _input(path, name, seeds)


def _in_folder(
    folder: Path, name: str, apart: Collection[Path], seeds: Sequence[Path]
) -> Iterator[Input | Issue]:
    """Give the files of a folder called so in reports, but for notes, and what is wrong with it, by their names."""
    for found, wrong in sorted(_below(folder, apart), key=lambda one: one[0]):
        named = f"{name.rstrip('/')}/{filenames.as_text(found)}"
        if wrong:
            yield Issue(named, 1, wrong)
        elif found.endswith(UNFINISHED):
            message = "left out, as its name says that it is not done; rename it when it is"
            yield Issue(named, 1, message, Severity.WARNING)
        elif not is_notes(found):
            yield _input(folder / found, named, seeds)


def _below(folder: Path, apart: Collection[Path]) -> Iterator[tuple[str, str]]:
    """Find the files of a folder that an ingest reads, and what is wrong with folders in it, in any order.

    Left out are hidden names, links that lead outside, what is no file, and the folders set `apart`.
    """
    failed: list[OSError] = []
    for place, folders, names in os.walk(folder, onerror=failed.append):
        here = Path(place)
        folders[:] = [name for name in folders if name[0] != "." and (here / name).resolve() not in apart]
        for name in names:
            path = here / name
            try:
                found = name[0] != "." and path.is_file() and _is_within(path, folder)
            except OSError as too_long:
                if not S_ISLNK(links.mode(str(path))):
                    failed.append(too_long)
                continue
            if found:
                yield path.relative_to(folder).as_posix(), ""
    for error in failed:
        yield Path(error.filename).relative_to(folder).as_posix(), f"cannot be read: {error.strerror}"


def _is_within(path: Path, folder: Path) -> bool:
    return not path.is_symlink() or links.is_inside(path, folder)


def is_notes(name: str) -> bool:
    """Tell whether a file among the seeds is about them: a `README`."""
    return name.rpartition("/")[2].lower() in {"readme.md", "readme.txt", "readme"}


def effort(found: Input | Issue) -> int:
    """Estimate what it takes to read an input, in files of a build."""
    return 1 + found.look.size // EFFORT if isinstance(found, Input) and found.look else 1


def batches(found: Sequence[Input | Issue], progress: Progress) -> Iterator[Batch]:
    """Read inputs, and give their documents in batches; `progress` is told how far the reading is."""
    repetition = _repetition([one for one in found if isinstance(one, Input)])
    batch: Batch = []
    count = size = 0
    for number, one in enumerate(found):
        progress("ingesting", number, len(found))
        for part in documents(one.path, one.name) if isinstance(one, Input) else [one]:
            batch.append(_with_repeated(part, repetition))
            if isinstance(part, Document):
                count, size = count + 1, size + len(part.data)
            if count >= MOST or size >= MOST_BYTES:
                yield batch
                batch, count, size = [], 0, 0
        if isinstance(one, Input):
            batch.append(one)
    if batch:
        yield batch


def _repetition(inputs: Sequence[Input]) -> Repetition:
    """Read what may be pages captured as text for the lines that several of them have."""
    repetition = Repetition()
    pages = [one for one in inputs if one.look and 0 < one.look.size <= _PAGE]
    for page in pages if len(pages) >= PAGES else ():
        with suppress(OSError, Refused):
            data = files.read(page.path, _PAGE) or b""  # never from a pipe, which is read once
            if sniff(data[:PIECE], page.name) is Kind.TEXT:
                repetition.learn(data.decode(errors="replace"))
    return repetition


def _with_repeated(part: Document | Issue, repetition: Repetition) -> Document | Issue:
    if repetition.learned and isinstance(part, Document) and part.kind is Kind.TEXT:
        return replace(part, repeated=repetition.shared(part.data.decode(errors="replace")))
    return part


def _input(path: Path, name: str, seeds: Sequence[Path]) -> Input:
    now = time.time_ns()
    seed = next((path.relative_to(one).as_posix() for one in seeds if path.is_relative_to(one)), "")
    return Input(path, name, seed if filenames.is_text(seed) else "", files.stat(path), now)
