"""What templates see: one frozen type per kind of page, each holding exactly what that page shows.

Every view has `site`, what all pages show; every HTML page's view has `head`. Dates are zone-aware, in the
site's time zone. A `path` is relative to the site's root; the filter `url` turns it into an address.
"""

from dataclasses import dataclass, field
from datetime import datetime

from generator.model import DateFrom


@dataclass(frozen=True, slots=True)
class Term:
    """A topic, tag or source: its name as shown, and its slug."""

    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class Site:
    """What every page may show; all of it from the configuration."""

    title: str
    description: str
    language: str
    base_url: str
    base_path: str
    navigation: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed a page announces."""

    title: str
    path: str
    type: str


@dataclass(frozen=True, slots=True)
class Head:
    """What stands in a page's head: `path` is its canonical address."""

    title: str
    path: str
    description: str = ""
    feeds: tuple[FeedLink, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """An article as listings show it.

    `id` is its permanent entry id (a `urn:uuid`, RFC 9562) and `words` the length of its body. `image` is an
    address or a path, "" for none. `date_from` tells how sure the date is, `None` where a person wrote it.
    """

    id: str
    title: str
    path: str
    date: datetime
    topic: Term
    summary: str = ""
    source: Term | None = None
    tags: tuple[Term, ...] = ()
    date_from: DateFrom | None = None
    updated: datetime | None = None
    language: str = ""
    words: int = 0
    image: str = ""
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A topic and its stories, in the order of the page."""

    topic: Term
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """A day (`2025-06-02`), its path, and its stories, newest first."""

    day: str
    path: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """A key that other pages list: its name, its path and how many articles it holds."""

    name: str
    path: str
    total: int


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The day, month or year before or after: `name` is `2025-06-02`, `2025-06` or `2025`."""

    name: str
    path: str


@dataclass(frozen=True, slots=True)
class FrontView:
    """`/`: the newest edition. `lead` is `None` on a site without articles; `edition` is its day."""

    site: Site
    head: Head
    edition: Neighbour | None
    lead: Card | None
    sections: tuple[Section, ...]
    archive: Neighbour | None


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article. `body` is safe HTML; `source_url` and `canonical` are addresses or ""."""

    site: Site
    head: Head
    card: Card
    body: str
    day: Neighbour
    related: tuple[Card, ...]
    source_url: str = ""
    canonical: str = ""


@dataclass(frozen=True, slots=True)
class DayView:
    """A day's digest, grouped by topic."""

    site: Site
    head: Head
    day: str
    total: int
    sections: tuple[Section, ...]
    month: Neighbour
    previous: Neighbour | None
    next: Neighbour | None


@dataclass(frozen=True, slots=True)
class PeriodView:
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


@dataclass(frozen=True, slots=True)
class TermView:
    """A topic, a tag or a source (`kind`): its newest stories grouped by day, and its archive by month."""

    site: Site
    head: Head
    kind: str
    term: Term
    total: int
    days: tuple[Day, ...]
    archive: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class ArchiveView:
    """One month (`2025-06`) of a topic, a tag or a source: all its stories, grouped by day."""

    site: Site
    head: Head
    kind: str
    term: Term
    term_path: str
    month: str
    total: int
    days: tuple[Day, ...]


@dataclass(frozen=True, slots=True)
class IndexView:
    """All topics, tags or sources (`kind`), by name, with their counts."""

    site: Site
    head: Head
    kind: str
    terms: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class NotFoundView:
    """`/404.html`."""

    site: Site
    head: Head


@dataclass(frozen=True, slots=True)
class RedirectView:
    """A page at a former address: `target` is the path of the present one."""

    site: Site
    head: Head
    target: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An article with its body, safe HTML, or "" in a feed of summaries."""

    card: Card
    content: str = ""
    source_url: str = ""
    canonical: str = ""


@dataclass(frozen=True, slots=True)
class FeedView:
    """A feed: `id` is permanent, `home` the path of the page it follows, `folder` where its files stand."""

    site: Site
    id: str
    title: str
    home: str
    folder: str
    updated: datetime
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed in the list of all feeds (OPML)."""

    title: str
    feed: str
    home: str


@dataclass(frozen=True, slots=True)
class SubscriptionsView:
    """`/subscriptions.opml`: every feed of the site, grouped under a name."""

    site: Site
    groups: tuple[tuple[str, tuple[Subscription, ...]], ...]


@dataclass(frozen=True, slots=True)
class Location:
    """An address in a sitemap and the time its page last changed, where that is known."""

    path: str
    changed: datetime | None = None


@dataclass(frozen=True, slots=True)
class SitemapView:
    """A sitemap, or the index of them."""

    site: Site
    locations: tuple[Location, ...]


@dataclass(frozen=True, slots=True)
class NewsView:
    """`/news-sitemap.xml`: the articles of the last two days before the newest one."""

    site: Site
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class RobotsView:
    """`/robots.txt`."""

    site: Site
    sitemaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CopyView:
    """A file published as it is: `source` is relative to the site's folder or to the theme's."""

    source: str
    digest: str
    theme: bool = field(default=False)
