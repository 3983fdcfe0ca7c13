"""The work on documents that any process can do: read them, and describe the stories in them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from generator import frontmatter
from generator.ingest import adapters, bounds, classifier, decoding, fitness, timelimit
from generator.ingest.dating import dates
from generator.ingest.describe import Description, adopt, describe
from generator.ingest.formats import Document
from generator.ingest.guide import Guide
from generator.ingest.kinds import Kind
from generator.model import DatelineError, Dropped, Issue, RawStory
from generator.records import changed
from generator.report import Left

LONGEST = 30
"""Seconds of processor time that finding the stories of a document may take, and describing each of them."""


@dataclass(frozen=True, slots=True)
class Read:
    """What came of a document: its stories, described, what was dropped, what is wrong. All in document order."""

    name: str
    made: tuple[Description, ...] = ()
    left: tuple[Left, ...] = ()
    issues: tuple[Issue, ...] = ()


def read_all(guide: Guide, documents: Sequence[Document], *, expendable: bool = False) -> list[Read]:
    """Read documents; one that breaks its reader is an issue, and the others go on.

    Args:
        guide: how the site wants its news read.
        documents: what to read.
        expendable: this process may end in the midst of one that takes too long.
    """
    return [_read(guide, document, expendable=expendable) for document in documents]


def refused(document: Document, why: str) -> Read:
    """Give what becomes of a document that is not read."""
    return Read(document.name, issues=(Issue(document.name, document.line, f"not read: {why}"),))


def _read(guide: Guide, document: Document, *, expendable: bool) -> Read:
    limit = partial(timelimit.within, LONGEST, expendable=expendable)
    try:
        with limit():
            reading = bounds.bounded(adapters.read(document, guide), document.name)
        described = []
        for story in reading.stories:
            with limit():
                described.append(_describe(guide, document, story))
        described = [_filed(guide, made) for made in described]  # the site's own classifier may take its time
        for written in reading.articles:
            with limit():
                article, wrong = fitness.fitting(written, document.name, guide.config)
                reading = replace(reading, issues=(*reading.issues, *wrong))
                if article:
                    described.append(adopt(article, document.name, guide.captured or guide.now, guide))
    except decoding.Refused as error:
        return Read(document.name, issues=(error.issue,))
    except DatelineError:
        raise  # the site's own classifier, which the site has to mend
    except timelimit.Overtime:
        return refused(
            document, f"it takes more than {LONGEST} seconds; take out what is no news, or part it"
        )
    except Exception as error:  # noqa: BLE001 - whatever a reader with a fault in it raises
        # Ours to mend; meanwhile the other ten thousand documents are no worse for it.
        return refused(
            document, f"its reader failed with {type(error).__name__}: {error}; please report this"
        )
    dropped = (*reading.dropped, *(part for one in described for part in one.dropped))
    issues = (*reading.issues, *(_placed(document, issue) for one in described for issue in one.issues))
    left = tuple(_left(document, part) for part in dropped)
    return _without_too_large(document, Read(document.name, tuple(described), left, issues))


def _without_too_large(document: Document, read: Read) -> Read:
    """Leave out stories whose files no build would read; what they say is told."""
    sizes = {number: fitness.check_size(one, read.name) for number, one in enumerate(read.made)}
    large = {number: issue for number, issue in sizes.items() if issue}
    if not large:
        return read
    blocks = (block for number in large for block in read.made[number].blocks)
    return Read(
        read.name,
        tuple(one for number, one in enumerate(read.made) if number not in large),
        (
            *read.left,
            *(Left(read.name, _line(document, line), text, bounds.TOO_LONG) for line, text in blocks),
        ),
        (*read.issues, *(_placed(document, issue) for issue in large.values())),
    )


def _describe(guide: Guide, document: Document, story: RawStory) -> Description:
    return describe(story, document.name, _captured(guide, document.name, story), guide)


def _filed(guide: Guide, made: Description) -> Description:
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
