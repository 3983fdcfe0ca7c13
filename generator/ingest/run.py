"""The ingest: raw inputs to Markdown files by topic and date, everything accounted for, nobody overwritten."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from generator import files, fingerprint, frontmatter, locks
from generator.catalogue import NAME, RACY_NS, Catalogue
from generator.config import Config
from generator.database import Damaged, Misused
from generator.ingest import dates, decoding, formats
from generator.ingest.describe import Description, describe, story_id
from generator.ingest.duplicates import contradict, same_story, sketch
from generator.ingest.places import Places
from generator.ledger import Filed, Ledger
from generator.model import Article, Issue, RawStory
from generator.report import Ingested, IngestReport, Left
from generator.warm import Warm, discard, opened
from generator.workspace import Progress

TIDYING = 256
"""Inputs after which what was committed is moved into the catalogue."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to ingest.

    Attributes:
        now: the capture time of inputs that tell none.
        captured: the capture time of all inputs, whatever they tell.
        again: write stories whose files were removed, too.
        dry_run: say what would be done, and write nothing.
        changed: leave out the seeds that look as they did when they were last ingested.
    """

    now: datetime
    captured: datetime | None = None
    again: bool = False
    dry_run: bool = False
    changed: bool = False


@dataclass(slots=True)
class _Run:
    """One ingest under way: what it works with, and what it has to report so far."""

    root: Path
    config: Config
    options: Options
    catalogue: Catalogue
    ledger: Ledger
    places: Places
    articles: list[Ingested] = field(default_factory=list)
    dropped: list[Left] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    @property
    def content(self) -> Path:
        return self.root / self.config.build.content


def ingest(  # noqa: PLR0913, PLR0917 - what a run works on, how, and who hears of it
    root: Path,
    config: Config,
    inputs: Sequence[tuple[Path, str]],
    options: Options,
    progress: Progress,
    tell: Callable[[str], None],
    warm: Warm | None = None,
) -> IngestReport:
    """Turn raw inputs into content files.

    Args:
        root: the site's folder.
        config: its configuration.
        inputs: files, and folders whose files are read in the order of their names; each with the name to report.
        options: how to ingest.
        progress: is told how far the ingest is.
        tell: is called with a sentence when it has to wait for another run.
        warm: keeps a catalogue open for the next run.

    Returns:
        Every story with what became of it, everything that was dropped, and every problem: one bad input never
        stops the rest.
    """
    path, work = root / files.STATE / NAME, partial(_ingest, root, config, inputs, options, progress)
    with locks.lock(root, "dateline ingest", tell):
        try:
            with opened(path, warm) as catalogue:
                return work(catalogue)
        except Misused:
            raise
        except Damaged:
            discard(path, warm)
        with opened(path, warm) as catalogue:
            return work(catalogue)


def _ingest(
    root: Path,
    config: Config,
    inputs: Sequence[tuple[Path, str]],
    options: Options,
    progress: Progress,
    catalogue: Catalogue,
) -> IngestReport:
    ledger = Ledger(root / config.build.content, config.build.content, catalogue)
    places = Places(root / config.build.content, config.zone, catalogue)
    run = _Run(root, config, options, catalogue, ledger, places, issues=list(ledger.issues))
    found = list(_expand(run, inputs))
    for number, (path, name) in enumerate(found):
        progress("ingesting", number, len(found))
        _ingest_seed(run, path, name)
        if number % TIDYING == 0:
            catalogue.tidy()
    return IngestReport(tuple(run.articles), tuple(run.dropped), tuple(run.issues))


def _expand(run: _Run, inputs: Sequence[tuple[Path, str]]) -> Iterator[tuple[Path, str]]:
    known = run.catalogue.seeds(RACY_NS) if run.options.changed else {}
    for path, name in inputs:
        if path.is_dir():
            below = (found for found in files.scan(path).items() if not is_notes(found[0]))
            for found, look in below:
                if not known or known.get(_seed(run, path / found)) != look:
                    yield path / found, f"{name.rstrip('/')}/{found}"
        elif path.exists():
            yield path, name
        else:
            run.issues.append(Issue(name, 1, "there is no such file or folder"))


def _seed(run: _Run, path: Path) -> str:
    """Name an input as the catalogue does, "" where it is not among the site's seeds."""
    for seeds in (run.root / run.config.ingest.seeds, (run.root / run.config.ingest.seeds).resolve()):
        if path.is_relative_to(seeds):
            return path.relative_to(seeds).as_posix()
    return ""


def is_notes(name: str) -> bool:
    """Tell whether a file among the seeds is about them: a `README`."""
    return name.rpartition("/")[2].lower() in {"readme.md", "readme.txt", "readme"}


def _ingest_seed(run: _Run, path: Path, name: str) -> None:
    """Ingest an input; how it looked before it was read is remembered of the site's seeds."""
    seed, read_ns, look = _seed(run, path), time.time_ns(), files.stat(path)
    _ingest_file(run, path, name)
    if seed and look and not run.options.dry_run:
        with run.catalogue.transaction():
            run.catalogue.set_seed(seed, look, read_ns)


def _ingest_file(run: _Run, path: Path, name: str) -> None:
    try:
        data = files.read(path) or b""
        text, issues = decoding.decode(data, name)
    except decoding.Refused as refused:
        run.issues.append(refused.issue)
        return
    except OSError as error:
        run.issues.append(Issue(name, 1, f"cannot be read: {error.strerror}"))
        return
    reading = formats.read_text(text, name)
    run.issues += (
        *issues,
        *(Issue(name, issue.line, issue.message, issue.severity) for issue in reading.issues),
    )
    run.dropped += (Left(name, part.block.line, part.block.text, part.rule) for part in reading.dropped)
    captured = run.options.captured or dates.capture_from_name(path.name, run.config.zone) or run.options.now
    for story in reading.stories:
        _ingest_story(run, story, name, captured)


def _ingest_story(run: _Run, story: RawStory, name: str, captured: datetime) -> None:
    known = run.ledger.find(story_id(story))
    made = describe(story, name, known.captured if known else captured, run.config)
    run.issues += made.issues
    run.dropped += (Left(name, part.block.line, part.block.text, part.rule) for part in made.dropped)
    signature = sketch(made.text)
    if known:
        path, status = _meet_again(run, made, known, name, signature)
    else:
        path, status = _meet(run, made, captured, name, signature)
    article = made.article
    run.articles.append(
        Ingested(
            input=name,
            path=f"{run.config.build.content}/{path}",
            title=article.title,
            source=article.source.name if article.source else None,
            date=article.date,
            date_from=article.date_from,
            topic=article.topic,
            tags=article.tags,
            status=status,
            reasons=made.verdict.reasons,
        )
    )


def _meet_again(
    run: _Run, made: Description, known: Filed, name: str, signature: frozenset[int]
) -> tuple[str, str]:
    """Leave a story that was filed before as it is, wherever a person may have put it."""
    path = run.places.find(known)
    if path is None:
        if not run.options.again:
            return known.path, "retracted"
        return _file(run, made, known.captured, name, signature, known.path)
    if not run.options.dry_run:
        run.ledger.see(known.id, name)
    data = files.read(run.content / path) or b""
    return path, "unchanged" if fingerprint.digest(data) == known.digest else "edited"


def _meet(
    run: _Run, made: Description, captured: datetime, name: str, signature: frozenset[int]
) -> tuple[str, str]:
    """File a story that was never seen, unless it is another telling of one that was."""
    twin, path = _twin(run, made, signature)
    if twin is None:
        return _file(run, made, captured, name, signature, "")
    longer = len(made.text.split()) > twin.words
    if path and longer and _untouched(run, path, twin):
        return _replace(run, made, twin, path, name, signature)
    if not run.options.dry_run:
        run.ledger.see(twin.id, name)
    blocks = (made.story.title, *made.story.body)
    run.dropped += (Left(name, block.line, block.text, "duplicate") for block in blocks)
    return path or twin.path, "duplicate"


def _twin(run: _Run, made: Description, signature: frozenset[int]) -> tuple[Filed | None, str | None]:
    """Find the filed story that this one tells again, and its file; one with other figures is no such story."""
    for filed in run.ledger.similar(signature):
        if same_story(filed.sketch, signature):
            path = run.places.find(filed)
            if not path or not contradict(made.text, _text_of(run, path)):
                return filed, path
    return None, None


def _text_of(run: _Run, path: str) -> str:
    text = (files.read(run.content / path) or b"").decode(errors="replace")
    article = frontmatter.parse_article(text, path, run.config.zone).article
    return f"{article.title}\n{article.body}" if article else text


def _replace(
    run: _Run, made: Description, twin: Filed, path: str, name: str, signature: frozenset[int]
) -> tuple[str, str]:
    """Put a longer telling where the shorter one stands, under its id and its date of first capture."""
    data = _render(made.article, id_=twin.id)
    if not run.options.dry_run:
        files.write(run.content / path, data)
        words = len(made.text.split())
        run.ledger.file(
            Filed(
                twin.id, twin.captured, path, fingerprint.digest(data), words, name, signature | twin.sketch
            )
        )
        run.ledger.see(made.article.id, name)
    return path, "written"


def _file(
    run: _Run, made: Description, captured: datetime, name: str, signature: frozenset[int], path: str
) -> tuple[str, str]:
    """Write an article to its place, or to `path`, and enter it in the ledger."""
    article = made.article
    data = _render(article)
    path = run.places.take(article, path)
    if not run.options.dry_run:
        # The file comes first: a kill in between leaves a file that the next run knows by its id, never a story
        # that the ledger takes for retracted.
        files.write_new(run.content / path, data)
        words = len(made.text.split())
        run.ledger.file(Filed(article.id, captured, path, fingerprint.digest(data), words, name, signature))
    return path, "written"


def _render(article: Article, id_: str = "") -> bytes:
    return frontmatter.render_article(replace(article, id=id_ or article.id)).encode()


def _untouched(run: _Run, path: str, filed: Filed) -> bool:
    return fingerprint.digest(files.read(run.content / path) or b"") == filed.digest
