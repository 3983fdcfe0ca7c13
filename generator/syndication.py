"""The views of feeds, of the list of feeds, of sitemaps and of robots.txt."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from generator import keys, listings, urls
from generator.crawlers import AI_CRAWLERS
from generator.feed_views import (
    FeedView,
    Location,
    NewsView,
    Parts,
    RobotsView,
    SitemapView,
    Subscription,
    SubscriptionsView,
    part_name,
)
from generator.inputs import Given, Listed, Settings
from generator.model import Key
from generator.views import Entry

LIMIT = -1
"""As a number of members: as many as the configuration allows a feed."""

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""The date of a feed without entries: Atom wants one, and the clock would change every build."""

NEWS_WINDOW = timedelta(days=2)
"""What Google's news sitemaps may hold; counted from the newest article, not from the clock."""


LOCATIONS = 50_000
"""Addresses in a sitemap, at most (sitemaps.org, "Using Sitemap index files")."""

ARTICLES = 49_950
"""Articles in one sitemap of a month, which lists the month and its days too."""

LARGEST_BODY = 256 * 1024
"""Characters of a body that a feed holds; of a longer one it gives the summary, as it holds fifty of them."""


def view_feed(given: Given, settings: Settings) -> FeedView | None:
    """Make a feed: of a tag with summaries, of all else with bodies, if the configuration says so."""
    kind = given.key[0]
    entries = given.entries or tuple(Entry(card) for card in given.cards)
    if not entries and kind != "front":
        return None
    entries = tuple(map(_within, entries)) if settings.full_feeds else tuple(map(_brief, entries))
    folder = keys.path(given.key)
    site = settings.site
    name = settings.label(kind, given.key[1], given.name) if kind in keys.TERMS else ""
    return FeedView(
        site=site,
        id=urls.link(site.base_url, folder),
        title=f"{name} – {site.title}" if name else site.title,
        home=folder,
        folder=folder,
        updated=max((entry.card.updated or entry.card.date for entry in entries), default=NEVER),
        entries=entries,
        hubs=settings.hubs,
    )


def _within(entry: Entry) -> Entry:
    return entry if len(entry.content) <= LARGEST_BODY else _brief(entry)


def _brief(entry: Entry) -> Entry:
    return Entry(entry.card, source_url=entry.source_url)


def view_subscriptions(given: Given, settings: Settings) -> SubscriptionsView:
    """List the site's feeds: the whole site's, then each topic's, source's, language's and tag's.

    Of thousands of a kind these are those that the index of the kind names.
    """
    terms = settings.offered(given.terms)
    groups: dict[str, list[Subscription]] = {}
    for kind in ("topic", "source", "language", "tag"):
        of_kind = [term for term in terms if term.key[0] == kind]
        groups[kind] = [
            _subscription(term, settings) for term in listings.most_covered(of_kind, listings.LISTED)
        ]
    site = Subscription(settings.site.title, "atom.xml", "")
    listed = ((settings.names[keys.TERMS[kind]], tuple(feeds)) for kind, feeds in groups.items() if feeds)
    return SubscriptionsView(settings.site, ((settings.site.title, (site,)), *listed))


def _subscription(term: Listed, settings: Settings) -> Subscription:
    home = keys.path(term.key)
    return Subscription(settings.label(term.key[0], term.key[1], term.name), f"{home}atom.xml", home)


def view_month_sitemap(given: Given, settings: Settings) -> SitemapView | Parts | None:
    """List a month's articles, its days and itself; in several files where they are too many for one."""
    if not given.cards:
        return None
    pages = (("month", given.key[1]), *(term.key for term in given.terms))
    articles = [Location(card.path, card.updated or card.date) for card in given.cards]
    articles[:0] = [Location(keys.path(key)) for key in pages]
    first = len(pages) + ARTICLES
    ends = [0, *range(first, len(articles), ARTICLES), len(articles)]
    views = [SitemapView(settings.site, tuple(articles[start:end])) for start, end in pairwise(ends)]
    return views[0] if len(views) == 1 else Parts(tuple(views))


def view_pages_sitemap(given: Given, settings: Settings) -> SitemapView:
    """List the front page, the indexes and the trends, every term, every year and the standalone pages.

    Where these are more than a sitemap may hold, those with the fewest articles are left out; pages lead there.
    """
    terms = settings.offered(given.terms)
    kinds = {term.key[0] for term in terms} | {"topic", "tag", "source"}
    indexes: list[Key] = [(plural,) for kind, plural in keys.TERMS.items() if kind in kinds]
    topics: list[Key] = [("topic", slug) for slug in settings.topics]
    moves = [keys.TRENDS] if settings.site.shows.trends else []
    standing = [keys.FRONT, *indexes, *moves, *topics]
    terms = listings.most_covered(terms, LOCATIONS - len(standing))
    listed = dict.fromkeys([*standing, *(term.key for term in terms)])
    return SitemapView(settings.site, tuple(Location(keys.path(key)) for key in listed))


def view_sitemaps(given: Given, settings: Settings) -> SitemapView:
    """List the sitemaps: one of the standing pages, and one per month, or several of a month with many articles."""
    months = (
        Location(keys.path(term.key) + part_name("sitemap.xml", number))
        for term in given.terms
        for number in range(1, -(-term.total // ARTICLES) + 1)
    )
    return SitemapView(settings.site, (Location("sitemap-pages.xml"), *months))


def view_news(given: Given, settings: Settings) -> NewsView:
    """List the articles of the last two days before the newest one."""
    newest = given.cards[0].date if given.cards else NEVER
    return NewsView(settings.site, tuple(card for card in given.cards if newest - card.date <= NEWS_WINDOW))


def view_robots(_given: Given, settings: Settings) -> RobotsView:
    """Welcome crawlers, those of `crawlers` where the site wants them, and show them the sitemaps (RFC 9309)."""
    refused = () if settings.ai_crawlers else tuple(AI_CRAWLERS)
    return RobotsView(settings.site, ("sitemap.xml", "news-sitemap.xml"), refused)
