"""What files for programs are made from: feeds, sitemaps, files published as they are. See `views` for pages."""

from datetime import datetime

from generator.records import Value
from generator.views import Card, Entry, Site


class FeedView(Value, frozen=True):
    """A feed: `id` is permanent, `home` the path of the page it follows, `folder` where its files stand.

    `hubs` are the addresses of those who tell its subscribers of what is new (WebSub).
    """

    site: Site
    id: str
    title: str
    home: str
    folder: str
    updated: datetime
    entries: tuple[Entry, ...]
    hubs: tuple[str, ...] = ()


class Subscription(Value, frozen=True):
    """A feed in the list of all feeds (OPML)."""

    title: str
    feed: str
    home: str


class SubscriptionsView(Value, frozen=True):
    """`/subscriptions.opml`: every feed of the site, grouped under a name."""

    site: Site
    groups: tuple[tuple[str, tuple[Subscription, ...]], ...]


class Location(Value, frozen=True):
    """An address in a sitemap and the time its page last changed, where that is known."""

    path: str
    changed: datetime | None = None


class SitemapView(Value, frozen=True):
    """A sitemap, or the index of them."""

    site: Site
    locations: tuple[Location, ...]


class Parts(Value, frozen=True):
    """What is too much for one file: a view for each of several, named by `part_name`."""

    views: tuple[SitemapView, ...]


def part_name(name: str, number: int) -> str:
    """Name one of several files, counted from 1: `sitemap.xml`, `sitemap-2.xml`, `sitemap-3.xml`."""
    stem, point, ending = name.rpartition(".")
    return f"{stem}-{number}{point}{ending}" if number > 1 else name


class NewsView(Value, frozen=True):
    """`/news-sitemap.xml`: the articles of the last two days before the newest one."""

    site: Site
    cards: tuple[Card, ...]


class RobotsView(Value, frozen=True):
    """`/robots.txt`: `refused` names the crawlers that are turned away."""

    site: Site
    sitemaps: tuple[str, ...]
    refused: tuple[str, ...] = ()


class CopyView(Value, frozen=True):
    """A file published as it is: `source` is relative to the site's folder or to the theme's."""

    source: str
    digest: str
    theme: bool = False
