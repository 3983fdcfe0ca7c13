"""What views are made of: stories as pages and feeds show them, and the names, days and counts around them.

Dates are zone-aware, in the site's time zone. A `path` is relative to the site's root; the filter `url` turns it
into an address.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from generator.model import DateFrom
from generator.records import Value


class Term(Value, frozen=True):
    """A topic, tag, source or language, or a page that stands by itself.

    Attributes:
        name: as shown.
        slug: as addresses have it.
    """

    name: str
    slug: str


class Shows(Value, frozen=True):
    """Which parts of pages the site shows: all that `[theme] hide` does not name.

    Attributes:
        briefs: the short reports on the front page.
        related: an article's earlier coverage.
        reading_time: how long an article takes to read.
        trends: the way to the page of trends.
    """

    briefs: bool = True
    related: bool = True
    reading_time: bool = True
    trends: bool = True


class Site(Value, frozen=True):
    """What every page may show; all of it from the configuration.

    Attributes:
        title: the name of the site.
        description: one line about it, "" for none.
        language: the language tag (BCP 47) of the site, and of every article that names none.
        base_url: the address of the front page, with a slash at its end.
        base_path: the path of that address; the filter `url` puts it before others.
        timezone: the name of the zone that dates are in: equal moments look alike only within one.
        navigation: the topics in the masthead, in order.
        style: CSS that the configuration adds to the stylesheet, "" for none.
        shows: which parts of pages the site shows.
        search: whether there is a page at `search/`.
        pages: the standalone pages that every page leads to, in order; the address of each is its slug.
    """

    title: str
    description: str
    language: str
    base_url: str
    base_path: str
    timezone: str
    navigation: tuple[Term, ...]
    style: str = ""
    shows: Shows = Shows()
    search: bool = False
    pages: tuple[Term, ...] = ()


class FeedLink(Value, frozen=True):
    """A feed a page announces.

    Attributes:
        title: what it is of.
        path: where it stands.
        type: its media type, such as `application/atom+xml`.
    """

    title: str
    path: str
    type: str


class Head(Value, frozen=True):
    """What stands in a page's head.

    Attributes:
        title: of the page, without the site's.
        path: its canonical address, "" for the front page.
        description: a sentence or two about it, "" where the template makes one.
        feeds: those that follow it.
    """

    title: str
    path: str
    description: str = ""
    feeds: tuple[FeedLink, ...] = ()


class Card(Value, frozen=True):
    """An article as listings show it.

    Attributes:
        id: its permanent entry id, a `urn:uuid` (RFC 9562).
        title: plain text.
        path: of its page.
        date: when it was published; a time of midnight says that only the day is known.
        topic: the one it is filed under.
        summary: plain text, "" for none.
        source: where it was published first.
        tags: what it is about.
        date_from: how sure the date is: where it came from; none where a person wrote it.
        updated: when it was changed last, as far as that is known.
        language: its language tag (BCP 47), "" where it is the site's.
        has_body: there is more of it than a summary.
        image: an address or a path, "" for none.
        image_width, image_height: its size in pixels, 0 where that is not known.
        authors: their names.
        held: in a preview, why the site itself does not show it: `draft`, `future` or `expired`; "" elsewhere.
        stamp: a digest of all the rest, for `{% cache %}`; "" where nobody has made one.
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
    has_body: bool = False
    image: str = ""
    image_width: int = 0
    image_height: int = 0
    authors: tuple[str, ...] = ()
    held: str = ""
    stamp: str = ""


class Translation(Value, frozen=True):
    """The same story in another language.

    Attributes:
        language: the language's tag (BCP 47).
        path: its path on the site, or its address.
    """

    language: str
    path: str


class Mention(Value, frozen=True):
    """An article as the page of a later one names it: the part of its card that such a page shows.

    Attributes:
        title: plain text.
        path: of its page.
        date: when it was published.
        source: where it was published first.
        date_from: how sure the date is, as in a card.
        language: its language tag, "" where it is the site's.
    """

    title: str
    path: str
    date: datetime
    source: Term | None = None
    date_from: DateFrom | None = None
    language: str = ""


class Body(Value, frozen=True):
    """An article's body, which `{{ page.body }}` prints as it is; a condition asks whether there is any.

    Attributes:
        html: safe HTML, "" for none; `page.body | safe_html` makes text of it for other filters.
        stamp: a digest of it, "" where nobody has made one.
    """

    html: str
    stamp: str = ""

    def __html__(self) -> str:
        """Give what markupsafe need not escape."""
        return self.html

    def __str__(self) -> str:
        """Give the HTML."""
        return self.html

    def __bool__(self) -> bool:
        """Tell whether there is anything to show."""
        return bool(self.html)

    def brief(self) -> str:
        """Give what tells this body from any other."""
        return self.stamp or self.html


class Section(Value, frozen=True):
    """A topic and its stories.

    Attributes:
        topic: what they are about.
        cards: the stories, in the order of the page.
        more: how many are left out for want of room.
    """

    topic: Term
    cards: tuple[Card, ...]
    more: int = 0

    def brief(self) -> tuple[Any, ...]:
        """Give what tells this section from any other, without spelling its stories out."""
        return self.topic, _brief(self.cards), self.more


class Day(Value, frozen=True):
    """A day and its stories.

    Attributes:
        day: `2025-06-02`.
        path: of the day's digest.
        cards: the stories, newest first.
    """

    day: str
    path: str
    cards: tuple[Card, ...]

    def brief(self) -> tuple[Any, ...]:
        """Give what tells this day from any other, without spelling its stories out."""
        return self.day, self.path, _brief(self.cards)


class Count(Value, frozen=True):
    """What another page lists by name: a term, a day or a month.

    Attributes:
        name: a term's name, or `2025-06-02`, or `2025-06`.
        path: of its page.
        total: how many articles it holds.
    """

    name: str
    path: str
    total: int


class Neighbour(Value, frozen=True):
    """A day, month or year that a page leads to.

    Attributes:
        name: `2025-06-02`, `2025-06` or `2025`.
        path: of its page.
    """

    name: str
    path: str


class Entry(Value, frozen=True):
    """An article with its body.

    Attributes:
        card: as listings show it.
        content: its body, safe HTML, "" in a feed of summaries.
        source_url: the address where it was published first, "" where that is not known.
        canonical: the address of the original, "" where it is its own.
        stamp: a digest of the body, "" where nobody has made one.
        words: how many the body has.
        translations: the same story in other languages.
    """

    card: Card
    content: str = ""
    source_url: str = ""
    canonical: str = ""
    stamp: str = ""
    words: int = 0
    translations: tuple[Translation, ...] = ()

    def brief(self) -> tuple[Any, ...]:
        """Give what tells this entry from any other, without spelling story and body out."""
        return self.card.stamp or self.card, self.stamp or self.content, self.source_url, self.canonical


def _brief(cards: Sequence[Card]) -> list[str | Card]:
    return [card.stamp or card for card in cards]
