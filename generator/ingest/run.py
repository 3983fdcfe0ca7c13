"""The ingest: raw inputs to Markdown files by topic and date, everything accounted for, nobody overwritten."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from generator import files, fingerprint, frontmatter, lookup, urls
from generator.catalogue import NAME, Catalogue
from generator.config import Config
from generator.ingest import dates, decoding, formats
from generator.ingest.describe import Description, describe, story_id
from generator.ingest.duplicates import contradict, same_story, sketch
from generator.ledger import Filed, Ledger
from generator.model import Article, Issue, RawStory
from generator.report import Ingested, IngestReport, Left
from generator.workspace import Progress

_ID = re.compile(r"^id: ['\"]?([0-9a-f]{16})['\"]?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Options:
    """How to ingest.

    Attributes:
        now: the capture time of inputs that tell none.
        captured: the capture time of all inputs, whatever they tell.
        again: write stories whose files were removed, too.
        dry_run: say what would be done, and write nothing.
    """

    now: datetime
    captured: datetime | None = None
    again: bool = False
    dry_run: bool = False


@dataclass(slots=True)
class _Run:
    """One ingest under way: what it works with, and what it has to report so far."""

    root: Path
    config: Config
    options: Options
    catalogue: Catalogue
    ledger: Ledger
    articles: list[Ingested] = field(default_factory=list)
    dropped: list[Left] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    moved: dict[str, str] | None = None
    planned: set[str] = field(default_factory=set)

    @property
    def content(self) -> Path:
        return self.root / self.config.build.content


def ingest(
    root: Path,
    config: Config,
    inputs: Sequence[tuple[Path, str]],
    options: Options,
    progress: Progress,
    tell: Callable[[str], None],
) -> IngestReport:
    """Turn raw inputs into content files.

    Args:
        root: the site's folder.
        config: its configuration.
        inputs: files, and folders whose files are read in the order of their names; each with the name to report.
        options: how to ingest.
        progress: is told how far the ingest is.
        tell: is called with a sentence when it has to wait for another run.

    Returns:
        Every story with what became of it, everything that was dropped, and every problem: one bad input never
        stops the rest.
    """
    with files.lock(root, "dateline ingest", tell):
        catalogue = Catalogue.open(root / files.STATE / NAME)
        try:
            ledger = Ledger(root / config.build.content, config.build.content, catalogue)
            run = _Run(root, config, options, catalogue, ledger, issues=list(ledger.issues))
            found = list(_expand(run, inputs))
            for number, (path, name) in enumerate(found):
                progress("ingesting", number, len(found))
                _ingest_file(run, path, name)
            return IngestReport(tuple(run.articles), tuple(run.dropped), tuple(run.issues))
        finally:
            catalogue.close()


def _expand(run: _Run, inputs: Sequence[tuple[Path, str]]) -> Iterator[tuple[Path, str]]:
    for path, name in inputs:
        if path.is_dir():
            below = (found for found in files.scan(path) if not _is_notes(found))
            yield from ((path / found, f"{name.rstrip('/')}/{found}") for found in below)
        elif path.exists():
            yield path, name
        else:
            run.issues.append(Issue(name, 1, "there is no such file or folder"))


def _is_notes(name: str) -> bool:
    return name.rpartition("/")[2].lower() in {"readme.md", "readme.txt", "readme"}


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
    path = _where(run, known)
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
            path = _where(run, filed)
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
    path = path or _free_path(run, article)
    run.planned.add(path)
    if not run.options.dry_run:
        # The file comes first: a kill in between leaves a file that the next run knows by its id, never a story
        # that the ledger takes for retracted.
        files.write_new(run.content / path, data)
        words = len(made.text.split())
        run.ledger.file(Filed(article.id, captured, path, fingerprint.digest(data), words, name, signature))
    return path, "written"


def _render(article: Article, id_: str = "") -> bytes:
    return frontmatter.render_article(replace(article, id=id_ or article.id)).encode()


def _free_path(run: _Run, article: Article) -> str:
    """Name an article's file so that no other article has its address, nor ever gets it by re-filing."""
    zone = run.config.zone
    day = article.date.astimezone(zone).date().isoformat()
    stem = urls.article_slug(article.title)
    number = 1
    while True:
        name = stem if number == 1 else f"{stem}-{number}"
        path = f"{article.topic}/{day}/{name}.md"
        if _is_free(run, article, path, urls.article_path(article.date, name, zone)):
            return path
        number += 1


def _is_free(run: _Run, article: Article, path: str, address: str) -> bool:
    _, day, name = path.split("/")
    taken = any(other.split("/")[1:] == [day, name] for other in run.planned)
    holders = [*run.content.glob(f"*/{day}/{name}")]
    if any(_id_of(holder) == article.id and holder == run.content / path for holder in holders):
        return True  # written by a run that was stopped before it could say so
    return not taken and not holders and lookup.published(run.catalogue, address) is None


def _where(run: _Run, filed: Filed) -> str | None:
    """Find the file of a filed story: where it was put, or wherever a person moved it to."""
    if (run.content / filed.path).exists():
        return filed.path
    if run.moved is None:
        run.moved = {
            found: path
            for path in files.scan(run.content)
            if path.endswith(".md") and (found := _id_of(run.content / path))
        }
    return run.moved.get(filed.id)


def _id_of(path: Path) -> str:
    head = (files.read(path) or b"")[:4000].decode(errors="replace")
    found = _ID.search(head)
    return found[1] if found else ""


def _untouched(run: _Run, path: str, filed: Filed) -> bool:
    return fingerprint.digest(files.read(run.content / path) or b"") == filed.digest
