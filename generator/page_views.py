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
    Mention,
    Neighbour,
    Section,
    Site,
    Term,
    Translation,
)


class Year(Value, frozen=True):
    """A year of an archive.

    Attributes:
        year: `2025`.
        months: those that have stories, newest first.
    """

    year: str
    months: tuple[Count, ...]


class Initial(Value, frozen=True):
    """The names that begin alike.

    Attributes:
        initial: a letter, one heading for all digits, or "" for what begins with neither.
        terms: the names.
    """

    initial: str
    terms: tuple[Count, ...]


class FrontView(Value, frozen=True):
    """The front page: the newest edition.

    Attributes:
        edition: the day of the newest story, none on a site without articles.
        lead: the story that leads, none on a site without articles.
        following: other stories about what the lead is about.
        sections: the topics by importance, each with its first stories.
        briefs: the newest of the stories that stand nowhere else on the page.
        archive: the year to look back on, none on a site without articles.
        languages: those of the site, where not all its articles are in its own.
    """

    site: Site
    head: Head
    edition: Neighbour | None
    lead: Card | None
    following: tuple[Card, ...]
    sections: tuple[Section, ...]
    briefs: tuple[Card, ...]
    archive: Neighbour | None
    languages: tuple[Term, ...] = ()


class ArticleView(Value, frozen=True):
    """An article.

    Attributes:
        card: as listings show it.
        body: its text.
        day: the day whose digest it stands in.
        related: earlier articles that share its tags, those that share most first.
        words: how many the body has.
        source_url: the address where it was published first, "" where that is not known.
        canonical: the address of the original, "" where it is its own.
        translations: the same story in other languages.
        language: the one it is in, which has a listing, where that is not the site's.
    """

    site: Site
    head: Head
    card: Card
    body: Body
    day: Neighbour
    related: tuple[Mention, ...]
    words: int = 0
    source_url: str = ""
    canonical: str = ""
    translations: tuple[Translation, ...] = ()
    language: Term | None = None


class StandaloneView(Value, frozen=True):
    """A page that stands by itself.

    Attributes:
        card: what its file says of it; it has neither a date nor a topic of its own.
        body: its text.
    """

    site: Site
    head: Head
    card: Card
    body: Body


class DayView(Value, frozen=True):
    """A day's digest: every story, grouped by topic.

    Attributes:
        day: `2025-06-02`.
        total: how many articles it has.
        sections: its topics with all their stories, the most important topic first.
        month: the month it is in.
        previous: the day before that has articles.
        next: the day after that has articles.
    """

    site: Site
    head: Head
    day: str
    total: int
    sections: tuple[Section, ...]
    month: Neighbour
    previous: Neighbour | None
    next: Neighbour | None


class PeriodView(Value, frozen=True):
    """A month or a year.

    Attributes:
        kind: `month` or `year`.
        name: `2025-06` or `2025`.
        total: how many articles it has.
        parts: its days or months that have articles.
        days: its newest stories, grouped by day.
        above: the year a month is in; none for a year.
        previous: the month or year before that has articles.
        next: the month or year after that has articles.
    """

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
    """A topic, a tag, a source or a language.

    Attributes:
        kind: `topic`, `tag`, `source` or `language`.
        term: the one it is.
        total: how many articles it has.
        days: its newest stories, grouped by day.
        archive: its years, newest first; a tag that fits on its page has none.
        others: of a language, the site's other ones.
    """

    site: Site
    head: Head
    kind: str
    term: Term
    total: int
    days: tuple[Day, ...]
    archive: tuple[Year, ...]
    others: tuple[Term, ...] = ()


class ArchiveView(Value, frozen=True):
    """One month of a topic, a tag, a source or a language.

    Attributes:
        kind: `topic`, `tag`, `source` or `language`.
        term: the one it is.
        term_path: of its page.
        month: `2025-06`.
        total: how many articles the month has.
        days: all of them, grouped by day.
    """

    site: Site
    head: Head
    kind: str
    term: Term
    term_path: str
    month: str
    total: int
    days: tuple[Day, ...]


class IndexView(Value, frozen=True):
    """All topics, tags, sources or languages, with how many articles each has.

    Attributes:
        kind: `topic`, `tag`, `source` or `language`.
        total: how many of them there are.
        listed: how many of them the page names: of thousands, those with the most stories.
        terms: all of these, topics in the order of the taxonomy, others by name; none where there are many.
        most: of many, those that are covered most.
        initials: where there are many, all of these by their initials.
    """

    site: Site
    head: Head
    kind: str
    total: int
    listed: int
    terms: tuple[Count, ...]
    most: tuple[Count, ...]
    initials: tuple[Initial, ...]


class Trend(Value, frozen=True):
    """A topic's coverage, from the oldest day and month of the page to the newest.

    Attributes:
        topic: the one it is.
        days: how many stories it had on each day.
        months: how many it had in each month.
        total: how many it had on all these days.
        recent: how many it had in the newer half of them.
        before: how many it had in the half before that.
    """

    topic: Term
    days: tuple[int, ...]
    months: tuple[int, ...]
    total: int
    recent: int
    before: int


class TrendsView(Value, frozen=True):
    """How coverage moved.

    Attributes:
        days: up to the newest story's, oldest first and without gaps, each with its stories; none without articles.
        months: in the same way.
        topics: those with any stories then, the one with the most on these days first.
        peak: the most stories that a topic had on one of the days.
        half: how many days are half of them.
    """

    site: Site
    head: Head
    days: tuple[Count, ...]
    months: tuple[Count, ...]
    topics: tuple[Trend, ...]
    peak: int
    half: int


class NotFoundView(Value, frozen=True):
    """The page for addresses that lead nowhere."""

    site: Site
    head: Head


class SearchView(Value, frozen=True):
    """The page that searches, where the site has one: a script does so, which asks the index.

    Attributes:
        topics: the topics of the site, to name those that stories were found in.
    """

    site: Site
    head: Head
    topics: tuple[Term, ...]


class RedirectView(Value, frozen=True):
    """A page at a former address of an article.

    Attributes:
        target: the path of the present one.
    """

    site: Site
    head: Head
    target: str
