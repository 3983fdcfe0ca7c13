"""The inputs of an ingest, and their documents in batches: so many that handing them to others costs little."""

import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from generator import files
from generator.catalogue import RACY_NS, Catalogue
from generator.config import Config
from generator.files import Stat
from generator.ingest.decoding import Refused
from generator.ingest.documents import PIECE, STDIN, documents
from generator.ingest.formats import Document
from generator.ingest.kinds import Kind, sniff
from generator.ingest.repetition import PAGES, Repetition
from generator.model import Issue
from generator.workspace import Progress

MOST, MOST_BYTES = 32, 1 << 18
"""Documents, and bytes of them, that make a batch."""

_PAGE = 1 << 20
"""Bytes of the largest input that may be a page."""

EFFORT = 4096
"""Bytes of an input that take about as long as a file of a build."""


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
    for path, name in given:
        if path == STDIN:
            yield Input(path, "stdin")
        elif path.is_dir():
            for found in files.scan(path):
                one = _input(path / found, f"{name.rstrip('/')}/{found}", seeds)
                if not is_notes(found) and (not changed or known.get(one.seed) != one.look):
                    yield one
        elif path.exists():
            yield _input(path, name, seeds)
        else:
            yield Issue(name, 1, "there is no such file or folder")


def is_notes(name: str) -> bool:
    """Tell whether a file among the seeds is about them: a `README`."""
    return name.rpartition("/")[2].lower() in {"readme.md", "readme.txt", "readme"}


def effort(found: Input | Issue) -> int:
    """Estimate what it takes to read an input, in files of a build."""
    return 1 + found.look.size // EFFORT if isinstance(found, Input) and found.look else 1


def learn_repeated(found: Sequence[Input | Issue]) -> Repetition:
    """Read all inputs that are plain text for the lines that several of them have."""
    repetition = Repetition()
    files_ = [one for one in found if isinstance(one, Input) and one.look and one.look.size <= _PAGE]
    for one in files_ if len(files_) >= PAGES else ():
        with suppress(OSError, Refused), one.path.open("rb") as file:
            data = file.read()
            if sniff(data[:PIECE], one.name) is Kind.TEXT:
                repetition.learn(data.decode(errors="replace"))
    return repetition


def batches(found: Sequence[Input | Issue], progress: Progress) -> Iterator[Batch]:
    """Read inputs, and give their documents in batches; `progress` is told how far the reading is."""
    repetition = learn_repeated(found)
    batch: Batch = []
    count = size = 0
    for number, one in enumerate(found):
        progress("ingesting", number, len(found))
        for part in documents(one.path, one.name) if isinstance(one, Input) else [one]:
            if isinstance(part, Document) and part.kind is Kind.TEXT:
                part = replace(part, repeated=repetition.shared(part.data.decode(errors="replace")))  # noqa: PLW2901
            batch.append(part)
            if isinstance(part, Document):
                count, size = count + 1, size + len(part.data)
            if count >= MOST or size >= MOST_BYTES:
                yield batch
                batch, count, size = [], 0, 0
        if isinstance(one, Input):
            batch.append(one)
    if batch:
        yield batch


def _input(path: Path, name: str, seeds: Sequence[Path]) -> Input:
    now = time.time_ns()
    seed = next((path.relative_to(one).as_posix() for one in seeds if path.is_relative_to(one)), "")
    return Input(path, name, seed, files.stat(path), now)
