"""The ingest: raw inputs to Markdown files by topic and date, everything accounted for, nobody overwritten."""

import tomllib
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from generator import files, locks, room
from generator.catalogue import NAME, Catalogue
from generator.config import Config
from generator.database import Damaged, Misused
from generator.ingest import classifier
from generator.ingest.admission import Admission
from generator.ingest.apart import read_apart
from generator.ingest.batches import Batch, Input, batches, effort, find_inputs
from generator.ingest.folder import Folder
from generator.ingest.formats import Document
from generator.ingest.guide import Guide
from generator.ingest.places import Places
from generator.ingest.rulebook import ownfiles
from generator.ingest.site_tags import SiteTags
from generator.ingest.work import Read, read_all
from generator.ledger import UNFINISHED, Ledger
from generator.model import DatelineError, Issue
from generator.report import Finding
from generator.toml_lines import NO_TOML, impossible
from generator.warm import Warm, discard, opened
from generator.workers import Crew
from generator.workspace import Progress

TIDYING = 64
"""Batches after which what was committed is moved into the catalogue."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to ingest.

    Attributes:
        now: the capture time of inputs that tell none.
        captured: the capture time of all inputs, whatever they tell.
        again: write stories whose files were removed, too.
        dry_run: say what would be done, and leave the site as it is.
        changed: leave out the seeds that look as they did when they were last ingested.
        keep: the ids of rules that drop nothing this time.
        workers: how many processes; 0 for as many as there are processors, once there is enough to do.
    """

    now: datetime
    captured: datetime | None = None
    again: bool = False
    dry_run: bool = False
    changed: bool = False
    keep: tuple[str, ...] = ()
    workers: int = 0


@dataclass(slots=True)
class _Run:
    """One ingest under way."""

    root: Path
    config: Config
    options: Options
    guide: Guide
    hear: Callable[[Finding], None]
    progress: Progress


def ingest(  # noqa: PLR0913, PLR0917 - what a run works on, how, and who hears of it
    root: Path,
    config: Config,
    inputs: Sequence[tuple[Path, str]],
    options: Options,
    hear: Callable[[Finding], None],
    progress: Progress,
    tell: Callable[[str], None],
    warm: Warm | None = None,
) -> None:
    """Turn raw inputs into content files.

    Args:
        root: the site's folder.
        config: its configuration.
        inputs: files, `documents.STDIN`, and folders whose files are read in the order of their names; each with
            the name to report.
        options: how to ingest.
        hear: is told every story with what became of it, everything that was dropped, and every problem, as soon
            as they are known: one bad input never stops the rest.
        progress: is told how far the ingest is.
        tell: is called with a sentence when it has to wait for another run.
        warm: keeps a catalogue open for the next run.

    Raises:
        DatelineError: another run holds the site's lock; its own rules, terms or classifier cannot be used.
    """
    run = _Run(root, config, options, _guide(root, config, options), hear, progress)
    path = root / files.STATE / NAME
    with room.wanted("new articles, the ledger", "ingest"), locks.lock(root, "dateline ingest", tell):
        try:
            _attempt(run, inputs, path, warm)
        except Misused:
            raise
        except Damaged:
            discard(path, warm)
            _attempt(run, inputs, path, warm)


def _guide(root: Path, config: Config, options: Options) -> Guide:
    guide = Guide(
        root=str(root),
        config=config,
        now=options.now.replace(microsecond=0),
        captured=options.captured,
        own_rules=_tables(root, config.ingest.rules),
        own_terms=_tables(root, config.ingest.terms),
        keep=frozenset((*config.ingest.keep, *options.keep)),
    )
    ownfiles.check_rules(guide.own_rules, config.ingest.rules)
    ownfiles.check_terms(guide.own_terms, config.ingest.terms)
    _ = guide.rules  # what is wrong with them is said before anything is read
    if config.ingest.classifier:
        classifier.load(config.ingest.classifier, guide.root)
    return guide


def _tables(root: Path, name: str) -> dict[str, Any]:
    """Read a file of tables that the configuration names.

    Raises:
        DatelineError: there is none, or it is no TOML.
    """
    data = files.read(root / name) if name else b""
    if data is None:
        raise DatelineError(f"{name}: there is no such file; dateline.toml names it under [ingest]")
    try:
        return tomllib.loads(data.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DatelineError(f"{name}: {error}") from None
    except NO_TOML as error:
        raise DatelineError(f"{name}: {impossible(error)}") from None


def _attempt(run: _Run, inputs: Sequence[tuple[Path, str]], path: Path, warm: Warm | None) -> None:
    """Hire workers if there is enough to do, while the catalogue is not open, and ingest."""
    crew = Crew(run.options.workers)
    try:
        with opened(path, warm) as catalogue:
            found = list(find_inputs(run.root, run.config, inputs, catalogue, changed=run.options.changed))
            if crew.wants(sum(effort(one) for one in found)):
                with catalogue.closed():
                    crew.hire()
            _ingest(run, found, catalogue, crew)
    finally:
        crew.dismiss()


def _ingest(run: _Run, found: Sequence[Input | Issue], catalogue: Catalogue, crew: Crew) -> None:
    content = run.root / run.config.build.content
    ledger = Ledger(content, run.config.build.content, catalogue, mend=not run.options.dry_run)
    site_tags = SiteTags(catalogue, run.config.aliases)
    for issue in ledger.issues:
        run.hear(issue)
    unfinished = catalogue.recall(UNFINISHED, 1) or not ledger.found
    with ExitStack() as stack:
        apart = None
        if run.options.dry_run:
            apart = Path(stack.enter_context(TemporaryDirectory(prefix="dateline-")))
            stack.enter_context(ledger.rehearsing())
        folder = Folder(content, apart)
        if not apart:
            folder.clear()
        places = Places(folder, run.config.zone, catalogue, unfinished=unfinished)
        admission = Admission(
            folder, run.config, ledger, places, site_tags, run.hear, again=run.options.again
        )
        _admit_all(run, found, admission, ledger, catalogue, crew)
        if found and not run.options.dry_run and places.all_known(ledger):
            _note(catalogue, 0)


def _admit_all(
    run: _Run,
    found: Sequence[Input | Issue],
    admission: Admission,
    ledger: Ledger,
    catalogue: Catalogue,
    crew: Crew,
) -> None:
    waiting: deque[Batch] = deque()
    lasting = not run.options.dry_run
    if found and lasting:
        _note(catalogue, 1)
    work = crew.map(
        partial(read_all, run.guide, expendable=crew.own),
        _handed_out(run, found, waiting),
        instead=partial(read_apart, run.guide),
    )
    for number, results in enumerate(work, start=1):
        with ledger.entering():
            _settle(run, admission, catalogue, waiting.popleft(), iter(results))
        if lasting and number % TIDYING == 0:
            catalogue.tidy()


def _note(catalogue: Catalogue, unfinished: int) -> None:
    with catalogue.transaction():
        catalogue.note(UNFINISHED, unfinished)


def _handed_out(run: _Run, found: Sequence[Input | Issue], waiting: deque[Batch]) -> Iterator[list[Document]]:
    """Give the documents of each batch; the whole batch waits for what comes of them."""
    for batch in batches(found, run.progress):
        waiting.append(batch)
        yield [part for part in batch if isinstance(part, Document)]


def _settle(
    run: _Run, admission: Admission, catalogue: Catalogue, batch: Batch, results: Iterator[Read]
) -> None:
    """Admit what was read of a batch, in its order.

    How a seed looked before it was read is remembered after it, but for one of which a story was not filed.
    """
    filed = True
    for part in batch:
        if isinstance(part, Issue):
            run.hear(part)
        elif isinstance(part, Document):
            filed = _admit(run, admission, next(results)) and filed
        else:
            if part.seed and part.look and filed and not run.options.dry_run:
                catalogue.set_seed(part.seed, part.look, part.read_ns)
            filed = True


def _admit(run: _Run, admission: Admission, read: Read) -> bool:
    for issue in read.issues:
        run.hear(issue)
    for left in read.left:
        run.hear(left)
    filed = [admission.admit(made, read.name) for made in read.made]
    return all(filed)
