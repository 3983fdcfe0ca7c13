"""The values every other module speaks of: four moments of news, four frozen types.

Found is a `RawStory`, clean an `Article`, wanted a `Page`, done a `Written`. They are never mixed: a function
takes one and returns the next. What is wrong with an input is a value too, an `Issue`.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from generator.records import Value

Key = tuple[str, ...]
"""What a page is about: its kind, then what tells it from others, such as `("tag", "ukraine")`."""


UNDATED = datetime.min.replace(tzinfo=UTC)
"""The date of a page that is no news and has none: before any other."""


class Severity(StrEnum):
    """How bad an issue is: a warning is worth reading, an error means something was refused or damaged."""

    WARNING = "warning"
    ERROR = "error"


class Issue(Value, frozen=True, order=True):
    """A problem with an input, for a person to mend.

    `path` is as the person named it or relative to the site's folder; `line` counts from 1.
    """

    path: str
    line: int
    message: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """Render the way compilers do, so that editors can jump there."""
        return f"{self.path}:{self.line}: {self.message}"


class DatelineError(Exception):
    """What the owner has to mend before anything can run: a configuration, a template, a folder."""


class Passing(DatelineError):
    """The same, but it may go away by itself: another run that works on the site, a full disk, short memory."""


class DateFrom(StrEnum):
    """Where an article's date came from, best first."""

    PAGE = "page"
    RELATIVE = "relative"
    ADDRESS = "address"
    TEXT = "text"
    CAPTURE = "capture"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of an input's text, exactly as found.

    `start` is the offset of its first character in the decoded input, `line` the line it is on, from 1;
    `text` is `document[start : start + len(text)]`. `kind` is what the format says it is: `heading`, `item` of a
    list, `quote`; "" for a paragraph, and where the format says nothing.
    """

    start: int
    line: int
    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A stretch of an input that no article holds, and the rule that dropped it."""

    block: Block
    rule: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What a format says of a story beside its text, each as it words it; "" or () where it says nothing.

    Attributes:
        identity: by what the format knows the story for ever: an entry's id, a record's number, an address.
        address: where it was published first, absolute.
        source_address: its publisher's own page.
        authors: who wrote it.
        language: a BCP 47 tag.
        image: the address of the picture that goes with it, absolute.
        keywords: tags and categories it was given.
        summary: a short text that its publisher wrote about it.
        updated: when it was last changed.
        captured: when the input was made, where that says more than its name.
    """

    identity: str = ""
    address: str = ""
    source_address: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""
    image: str = ""
    keywords: tuple[str, ...] = ()
    summary: str = ""
    updated: str = ""
    captured: str = ""


@dataclass(frozen=True, slots=True)
class RawStory:
    """One story as the reader of an input found it.

    Attributes:
        title: the headline as it stands.
        body: the story's text, block by block, before cleaning.
        header: every other block that belongs to the story and says something about it: source, time, byline.
        source: the publisher's name, "" where the input gives none.
        published: the time as the input words it ("9 minutes ago", "02-06-2025"), "" where it gives none.
        published_line: the line `published` stands on, 0 where there is none.
        facts: what the format says beside the text.
        line: the line of the input that it begins on, where its blocks' lines are those of a text made of the
            input; 0 where they are the input's own.
    """

    title: Block
    body: tuple[Block, ...]
    header: tuple[Block, ...] = ()
    source: str = ""
    published: str = ""
    published_line: int = 0
    facts: Facts = Facts()
    line: int = 0


class Source(Value, frozen=True):
    """Where an article was published first."""

    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """One news article: exactly what one Markdown file under `content/` holds.

    `date`, `updated` and `expires` are zone-aware. `dateline` is where it was reported from. `body` is Markdown.
    `translations` are the same story in other languages: a tag (BCP 47), and a path on the site or an address.
    `extra` keeps front matter keys this version does not know, in their order.
    """

    title: str
    date: datetime
    body: str = ""
    date_from: DateFrom | None = None
    id: str = ""
    topic: str = ""
    tags: tuple[str, ...] = ()
    source: Source | None = None
    authors: tuple[str, ...] = ()
    dateline: str = ""
    language: str = ""
    summary: str = ""
    updated: datetime | None = None
    draft: bool = False
    expires: datetime | None = None
    aliases: tuple[str, ...] = ()
    canonical: str = ""
    image: str = ""
    translations: tuple[tuple[str, str], ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)


DEFAULT = "default/"
"""Prefix of a template of the theme that ships with Dateline, whatever the site overrides."""


class TemplateText(Value, frozen=True):
    """A template as its file holds it, and the path to name it by when it fails."""

    path: str
    text: str


class Language(Value, frozen=True):
    """A language as a site speaks it: its tag (BCP 47), and the PO files that translate; a later one goes first."""

    tag: str
    files: tuple[TemplateText, ...] = ()


class Page(Value, frozen=True):
    """One output file that should exist.

    `path` is relative to the output folder, with `/` between its parts. `template` names what turns the view
    into bytes. `view` holds every value the template may see, and nothing else.
    """

    key: Key
    path: str
    template: str
    view: Any


class Written(Value, frozen=True):
    """An output file as it was left: what it was made from, and how to see that it is still the same file.

    `made_of` tells the ingredients of the fingerprint apart, so that a change can be explained.
    """

    path: str
    key: Key
    template: str
    fingerprint: str
    made_of: str
    size: int
    mtime_ns: int
