"""What templates see: one frozen type per kind of page, each holding exactly what that page shows.

Every view has `site`, what all pages show, and `head`. See `views` for what they are made of, and `feed_views` for
files that programs read.
"""

from generator.records import Value
from generator.views import (
    Body,
    Card,
    Count,
    Day,
    Head,
    Initial,
    Mention,
    Neighbour,
    Section,
    Site,
    Term,
    Year,
)


class FrontView(Value, frozen=True):
    """`/`: the newest edition. `lead` is `None` on a site without articles; `edition` is its day.

    `following` are other stories about what the lead is about. `sections` are the topics by importance, each with
    its first stories; `briefs` are the newest of those that stand nowhere else on the page.
    """

    site: Site
    head: Head
    edition: Neighbour | None
    lead: Card | None
    following: tuple[Card, ...]
    sections: tuple[Section, ...]
    briefs: tuple[Card, ...]
    archive: Neighbour | None


class ArticleView(Value, frozen=True):
    """An article; `words` is the length of its body, `source_url` and `canonical` are addresses or ""."""

    site: Site
    head: Head
    card: Card
    body: Body
    day: Neighbour
    related: tuple[Mention, ...]
    words: int = 0
    source_url: str = ""
    canonical: str = ""


class DayView(Value, frozen=True):
    """A day's digest: every story, grouped by topic, the most important topic first."""

    site: Site
    head: Head
    day: str
    total: int
    sections: tuple[Section, ...]
    month: Neighbour
    previous: Neighbour | None
    next: Neighbour | None


class PeriodView(Value, frozen=True):
    """A month or a year (`kind`): its days or months with counts, and its newest stories grouped by day."""

    site: Site
    head: Head
    kind: str
    name: str
    total: int
    parts: tuple[Count, ...]
    days: tuple[Day, ...]
    above: Neighbour | None
    previous: Neighbour | None
    next: Neighbour | None


class TermView(Value, frozen=True):
    """A topic, a tag or a source (`kind`): its newest stories grouped by day, and its archive by month."""

    site: Site
    head: Head
    kind: str
    term: Term
    total: int
    days: tuple[Day, ...]
    archive: tuple[Year, ...]


class ArchiveView(Value, frozen=True):
    """One month (`2025-06`) of a topic, a tag or a source: all its stories, grouped by day."""

    site: Site
    head: Head
    kind: str
    term: Term
    term_path: str
    month: str
    total: int
    days: tuple[Day, ...]


class IndexView(Value, frozen=True):
    """All topics, tags or sources (`kind`) with their counts: as `terms`, or where there are many by `initials`.

    `most` are the most covered of many, `total` counts all.
    """

    site: Site
    head: Head
    kind: str
    total: int
    terms: tuple[Count, ...]
    most: tuple[Count, ...]
    initials: tuple[Initial, ...]


class NotFoundView(Value, frozen=True):
    """`/404.html`."""

    site: Site
    head: Head


class RedirectView(Value, frozen=True):
    """A page at a former address: `target` is the path of the present one."""

    site: Site
    head: Head
    target: str
