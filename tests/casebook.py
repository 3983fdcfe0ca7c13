"""The corpus: dirty inputs that say themselves what must become of them, and what of that is not so.

`corpus/README.md` says how such a file is written.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from generator.config import Config
from generator.ingest.adapters import read
from generator.ingest.describe import Description, describe
from generator.ingest.formats import Document, Reading
from generator.ingest.guide import Guide
from generator.ingest.kinds import sniff
from generator.model import Dropped

FOLDER = Path(__file__).parent / "corpus"
UNMET = Path(__file__).parent / "unmet"
"""Pages that nobody looks at who works on the rules; its README says why."""

NOW = datetime(2025, 7, 24, 6, tzinfo=UTC)
ABOUT_A_STORY = ("author", "dateline", "date", "language", "paragraphs", "begins", "ends")
ABOUT_ALL = ("story", "once", "gone", "dropped", "issue", "captured", "description")

_SPACE = re.compile(r"\s+")
_ESCAPED = re.compile(r"\\(?=[^\w\s])")


@dataclass(slots=True)
class Wanted:
    """A story that a case asks for: its title, source and time, and what else is said of it."""

    title: str
    source: str
    time: str
    more: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Case:
    """A file of the corpus: what it asks for, and the document below that."""

    path: Path
    said: dict[str, list[str]]
    stories: list[Wanted]
    document: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What ingest made of a case."""

    reading: Reading
    made: tuple[Description, ...]
    dropped: tuple[Dropped, ...]

    @property
    def text(self) -> str:
        """The cleaned text of all stories, paragraphs joined by a space."""
        return " ".join(f"{one.article.title} {body_of(one)}" for one in self.made)


def cases(folder: Path = FOLDER) -> list[Path]:
    """Name the files of the corpus, or of another folder of such files, that are plain text."""
    return sorted(folder.glob("*.txt"))


def read_case(path: Path) -> Case:
    """Read a file of the corpus.

    Raises:
        ValueError: its head says something that the corpus does not know.
    """
    head, _, document = path.read_text(encoding="utf-8").partition("#|\n")
    case = Case(path, {name: [] for name in ABOUT_ALL}, [], document)
    for line in head.splitlines():
        name, _, value = line.removeprefix("#| ").partition(": ")
        if name in ABOUT_A_STORY:
            case.stories[-1].more[name] = value.strip()
        elif name in ABOUT_ALL:
            case.said[name].append(value.strip())
        else:
            raise ValueError(f"{path.name}: {line}")
        if name == "story":
            title, source, time = (part.strip() for part in value.rsplit("|", 2))
            case.stories.append(Wanted(title, source, time))
    return case


def read_and_describe(case: Case) -> Outcome:
    """Read the document of a case as ingest does."""
    captured = datetime.fromisoformat((case.said["captured"] or [NOW.isoformat()])[0])
    guide = Guide(root=".", config=Config(), now=captured)
    data = case.document.encode()
    reading = read(Document(case.path.name, 1, sniff(data, case.path.name), data), guide)
    made = tuple(describe(story, case.path.name, captured, guide) for story in reading.stories)
    return Outcome(reading, made, (*reading.dropped, *(part for one in made for part in one.dropped)))


def body_of(made: Description) -> str:
    """Give the paragraphs of an article as plain text, joined by a space."""
    return _SPACE.sub(" ", _ESCAPED.sub("", made.article.body)).strip()


def failures(case: Case, outcome: Outcome) -> list[str]:
    """Say what is not as a case asks for; nothing, if all is."""
    return [*misread(case, outcome), *leaks(case, outcome), *losses(case, outcome), *_reported(case, outcome)]


def misread(case: Case, outcome: Outcome) -> Iterator[str]:
    """Stories that were not found, or were found and are none, or have something wrong about them."""
    told = zip(outcome.made, outcome.reading.stories, strict=True)
    found = [(one.article.title, story.source, story.published) for one, story in told]
    wanted = [(one.title, one.source, one.time) for one in case.stories]
    if len(found) != len(wanted):
        yield f"stories: {found} instead of {wanted}"
        return
    for have, want, made, story in zip(found, wanted, outcome.made, case.stories, strict=True):
        if any(part != asked for part, asked in zip(have, want, strict=True) if asked != "*"):
            yield f"story: {have} instead of {want}"
        yield from _misread(made, story)


def _misread(made: Description, story: Wanted) -> Iterator[str]:
    body, article = body_of(made), made.article
    found = {
        "author": "; ".join(article.authors).casefold(),
        "dateline": article.dateline,
        "date": article.date.astimezone(UTC).date().isoformat(),
        "language": article.language,
        "paragraphs": str(len(article.body.split("\n\n"))),
    }
    for name, said in story.more.items():
        asked = said.casefold() if name == "author" else said
        if name == "begins" and not body.startswith(asked):
            yield f"begins: {body[:80]!r} instead of {asked!r}"
        elif name == "ends" and not body.endswith(asked):
            yield f"ends: {body[-80:]!r} instead of {asked!r}"
        elif name in found and found[name] != asked:
            yield f"{name}: {found[name]!r} instead of {asked!r}"


def leaks(case: Case, outcome: Outcome) -> Iterator[str]:
    """Furniture and promotions that are in articles."""
    return (f"leaked: {phrase}" for phrase in case.said["gone"] if phrase in outcome.text)


def losses(case: Case, outcome: Outcome) -> Iterator[str]:
    """Sentences of stories that are in no article, or twice."""
    counts = ((phrase, outcome.text.count(phrase)) for phrase in case.said["once"])
    return (f"{count} times: {phrase}" for phrase, count in counts if count != 1)


def _reported(case: Case, outcome: Outcome) -> Iterator[str]:
    dropped = _SPACE.sub(" ", " ".join(part.block.text for part in outcome.dropped))
    yield from (f"not in the report: {phrase}" for phrase in case.said["dropped"] if phrase not in dropped)
    issues = [issue.message for issue in outcome.reading.issues]
    for want in case.said["issue"]:
        if not any(want in message for message in issues):
            yield f"issues: {issues} instead of {want!r}"


def unaccounted(reading: Reading) -> list[str]:
    """Give what is visible in a document and neither in a story nor in what was dropped, or is so twice."""
    told = [block for story in reading.stories for block in (story.title, *story.header, *story.body)]
    blocks = sorted([*told, *(part.block for part in reading.dropped)], key=lambda block: block.start)
    document, done, missing = reading.document, 0, []
    for block in blocks:
        if document[done : block.start].strip() or document[block.start :][: len(block.text)] != block.text:
            missing.append(document[done : block.start + len(block.text)])
        done = block.start + len(block.text)
    return [*missing, *([document[done:]] if document[done:].strip() else [])]


def report(found: Sequence[str]) -> str:
    """Give failures as the lines of a message."""
    return "\n".join(f"  {line}" for line in found)
