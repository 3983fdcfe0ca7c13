"""Documents and what readers make of them; here also the reader of scraped text."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from generator.ingest.decoding import refused
from generator.ingest.kinds import Kind
from generator.ingest.rulebook.rules import Rules
from generator.ingest.splitting.lines import MOST_LINES
from generator.ingest.splitting.split import split
from generator.model import Article, Dropped, Issue, RawStory, Severity
from generator.records import changed


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader reads at once, as it was found: a page, a feed, a record.

    `name` is what to call it in issues, `line` the line of the input it begins on,
    `repeated` its lines that other documents of the run have, too.
    """

    name: str
    line: int
    kind: Kind
    data: bytes
    repeated: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reading:
    """What one document gave: stories, what was dropped and why, what is wrong with it, each in document order.

    `document` is the text that the blocks point into: all that can be seen of the input. `articles` are ready to
    file as they are, and hold all of a document that has some.
    """

    stories: tuple[RawStory, ...]
    dropped: tuple[Dropped, ...]
    issues: tuple[Issue, ...]
    document: str = ""
    articles: tuple[Article, ...] = ()


def reading_of(found: Iterable[RawStory | Dropped | Issue], document: str) -> Reading:
    """Sort what a reader found in a document into a reading, in document order."""
    items = list(found)
    stories = [item for item in items if isinstance(item, RawStory)]
    dropped = [item for item in items if isinstance(item, Dropped)]
    return Reading(
        tuple(sorted(stories, key=lambda story: story.title.start)),
        tuple(sorted(dropped, key=lambda part: part.block.start)),
        tuple(sorted(item for item in items if isinstance(item, Issue))),
        document,
    )


def read_text(
    document: str, path: str = "", rules: Rules | None = None, repeated: Collection[str] = ()
) -> Reading:
    """Read scraped text: find the stories in a document as `decoding.decode` gives it; `path` goes into the issues.

    A document without any story always has an issue, and then every issue is an error. The package's `rules` hold
    unless others are given.

    Raises:
        Refused: no text has so many lines.
    """
    if document.count("\n") > MOST_LINES:
        raise refused(path, f"a text of more than {MOST_LINES:,} lines: part it")
    reading = reading_of(split(document, rules, repeated), document)
    issues = tuple(changed(issue, path=path) for issue in reading.issues)
    if not reading.stories:
        issues = tuple(changed(issue, severity=Severity.ERROR) for issue in issues)
        issues = issues or (Issue(path, 1, "no story found: nothing but page furniture"),)
    return replace(reading, issues=issues)
