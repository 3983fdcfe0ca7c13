"""The work on documents that any process can do: read them, and describe the stories in them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from generator import frontmatter
from generator.ingest import adapters, classifier, decoding
from generator.ingest.dating import dates
from generator.ingest.describe import Description, adopt, describe
from generator.ingest.formats import Document
from generator.ingest.guide import Guide
from generator.ingest.kinds import Kind
from generator.model import DatelineError, Dropped, Issue, RawStory
from generator.records import changed
from generator.report import Left


@dataclass(frozen=True, slots=True)
class Read:
    """What came of a document: its stories, described, what was dropped, what is wrong. All in document order."""

    name: str
    made: tuple[Description, ...] = ()
    left: tuple[Left, ...] = ()
    issues: tuple[Issue, ...] = ()


def read_all(guide: Guide, documents: Sequence[Document]) -> list[Read]:
    """Read documents; one that breaks its reader is an issue, and the others go on."""
    return [_read(guide, document) for document in documents]


def _read(guide: Guide, document: Document) -> Read:
    try:
        reading = adapters.read(document, guide)
        described = [_describe(guide, document, story) for story in reading.stories]
        described += [adopt(article, document.name, guide.now, guide) for article in reading.articles]
    except decoding.Refused as refused:
        return Read(document.name, issues=(refused.issue,))
    except DatelineError:
        raise  # the site's own classifier, which the site has to mend
    except Exception as error:  # noqa: BLE001 - whatever a reader with a fault in it raises
        # Ours to mend; meanwhile the other ten thousand documents are no worse for it.
        said = f"not read: its reader failed with {type(error).__name__}: {error}; please report this"
        return Read(document.name, issues=(Issue(document.name, document.line, said),))
    dropped = (*reading.dropped, *(part for one in described for part in one.dropped))
    issues = (*reading.issues, *(_placed(document, issue) for one in described for issue in one.issues))
    return Read(document.name, tuple(described), tuple(_left(document, part) for part in dropped), issues)


def _describe(guide: Guide, document: Document, story: RawStory) -> Description:
    made = describe(story, document.name, _captured(guide, document.name, story), guide)
    article = made.article
    if guide.config.ingest.classifier:
        article = replace(article, topic=classifier.choose(guide, article))
    return replace(made, article=article, data=frontmatter.render_article(article).encode())


def _captured(guide: Guide, name: str, story: RawStory) -> datetime:
    """When an input was taken: as it was told, as its name or its format says, else now."""
    if guide.captured:
        return guide.captured
    return dates.capture_from_name(name, guide.zone) or _told(story, guide) or guide.now


def _told(story: RawStory, guide: Guide) -> datetime | None:
    try:
        found = dates.parse_when(story.facts.captured, guide.now) if story.facts.captured else None
    except ValueError:
        return None
    return found[0] if found else None


def _left(document: Document, part: Dropped) -> Left:
    return Left(document.name, _line(document, part.block.line), part.block.text, part.rule)


def _placed(document: Document, issue: Issue) -> Issue:
    return changed(issue, line=_line(document, issue.line))


def _line(document: Document, line: int) -> int:
    """Give the line of the input that a line of what is seen of it stands on: a record's is where that begins."""
    return document.line if document.kind in (Kind.JSON, Kind.JSON_LINES) else line
