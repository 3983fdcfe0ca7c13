"""The views of HTML pages: from a key's inputs to the value its template shows."""

from collections.abc import Iterable
from itertools import groupby

from generator import filing, importance, initials, keys, urls
from generator.inputs import Given, Listed, Settings
from generator.page_views import (
    ArchiveView,
    ArticleView,
    DayView,
    FrontView,
    IndexView,
    NotFoundView,
    PeriodView,
    RedirectView,
    SearchView,
    StandaloneView,
    TermView,
    Year,
)
from generator.views import Body, Card, Count, Day, FeedLink, Head, Neighbour, Term

NEWEST = 50
"""How many articles a topic, tag, source or language shows before its archive has the rest."""

FEW_TERMS = 60
"""How many names an index lists without parting them by their initials; topics are never parted."""

MOST = 24
"""How many of the most covered ones it names first where it does."""

LISTED = 5_000
"""How many tags or sources an index names, and the list of feeds: of more, those with the most stories."""

FEED_TYPES = (
    ("atom.xml", "application/atom+xml"),
    ("rss.xml", "application/rss+xml"),
    ("feed.json", "application/feed+json"),
)


def view_front(given: Given, settings: Settings) -> FrontView:
    """Make the front page: a lead of the newest day, then every topic with what is new in it, by importance."""
    covered = importance.coverage(given.cards)
    lead = importance.choose_lead(given.cards, covered)
    rest = [card for card in given.cards if card is not lead]
    following = importance.choose_following(rest, lead) if lead else ()
    taken = {card.path for card in following}
    sections = importance.front_sections([card for card in rest if card.path not in taken], covered)
    shown = (*following, *(card for section in sections for card in section.cards))
    newest = given.cards[0].date.date().isoformat() if given.cards else ""
    return FrontView(
        site=settings.site,
        head=Head(settings.site.title, "", settings.site.description, site_feeds(settings)),
        edition=_dated("day", newest) if newest else None,
        lead=lead,
        following=following,
        sections=sections,
        briefs=importance.choose_briefs(
            rest, shown, importance.BRIEFS if following else importance.FEW_BRIEFS
        ),
        archive=_dated("year", newest[:4]) if newest else None,
        languages=_languages(given.terms, settings),
    )


def view_article(given: Given, settings: Settings) -> ArticleView | None:
    """Make an article's page."""
    if not given.entries:
        return None
    entry = given.entries[0]
    card = entry.card
    return ArticleView(
        site=settings.site,
        head=Head(card.title, card.path, card.summary, site_feeds(settings)),
        card=card,
        body=Body(entry.content, entry.stamp),
        day=_dated("day", card.date.date().isoformat()),
        related=given.related,
        words=entry.words,
        source_url=entry.source_url,
        canonical=entry.canonical,
        translations=entry.translations,
        language=_foreign(card, settings),
    )


def view_standalone(given: Given, settings: Settings) -> StandaloneView | None:
    """Make a page that stands by itself."""
    if not given.entries:
        return None
    entry = given.entries[0]
    card = entry.card
    return StandaloneView(
        site=settings.site,
        head=Head(card.title, card.path, card.summary, site_feeds(settings)),
        card=card,
        body=Body(entry.content, entry.stamp),
    )


def view_day(given: Given, settings: Settings) -> DayView | None:
    """Make a day's digest, its topics by importance."""
    if not given.cards:
        return None
    day = given.key[1]
    return DayView(
        site=settings.site,
        head=Head(day, keys.path(given.key), feeds=site_feeds(settings)),
        day=day,
        total=given.total,
        sections=importance.order_sections(given.cards, importance.coverage(given.cards)),
        month=_dated("month", day[:7]),
        previous=given.previous,
        next=given.next,
    )


def view_period(given: Given, settings: Settings) -> PeriodView | None:
    """Make the page of a month or a year."""
    if not given.total:
        return None
    kind, name = given.key[0], given.key[1]
    return PeriodView(
        site=settings.site,
        head=Head(name, keys.path(given.key), feeds=site_feeds(settings)),
        kind=kind,
        name=name,
        total=given.total,
        parts=_counts(given.terms, settings),
        days=_days(given.cards),
        above=_dated("year", name[:4]) if kind == "month" else None,
        previous=given.previous,
        next=given.next,
    )


def view_term(given: Given, settings: Settings) -> TermView | None:
    """Make the page of a term. A topic of the taxonomy has one even while it is empty."""
    kind, slug = given.key[0], given.key[1]
    if not given.total and not (kind == "topic" and slug in settings.topics):
        return None
    term = Term(settings.label(kind, slug, given.name), slug)
    path = keys.path(given.key)
    return TermView(
        site=settings.site,
        head=Head(term.name, path, feeds=_feeds(path, term.name, kind) if given.total else ()),
        kind=kind,
        term=term,
        total=given.total,
        days=_days(given.cards),
        archive=_years(given.terms, settings) if has_archive(kind, given.total) else (),
        others=tuple(one for one in _languages(given.peers, settings) if one.slug != slug),
    )


def view_archive(given: Given, settings: Settings) -> ArchiveView | None:
    """Make one month of a term; a tag has archives once it outgrows its page."""
    kind, slug, month = given.key[0].removesuffix("-month"), given.key[1], given.key[2]
    if not given.cards or not has_archive(kind, given.above):
        return None
    term = Term(settings.label(kind, slug, given.name), slug)
    term_path = keys.path((kind, slug))
    return ArchiveView(
        site=settings.site,
        head=Head(f"{term.name}, {month}", keys.path(given.key), feeds=_feeds(term_path, term.name, kind)),
        kind=kind,
        term=term,
        term_path=term_path,
        month=month,
        total=given.total,
        days=_days(given.cards),
    )


def view_index(given: Given, settings: Settings) -> IndexView | None:
    """Make the list of all terms of a kind: topics also without articles, languages only if there are several."""
    kind = next(kind for kind, plural in keys.TERMS.items() if plural == given.key[0])
    listed = {term.key: term for term in settings.offered(given.terms)}
    if kind == "language" and not listed:
        return None
    if kind == "topic":
        configured = [Listed(("topic", slug), label, 0) for slug, label in settings.topics.items()]
        listed = {term.key: term for term in configured} | listed
    named = tuple(listed.values()) if kind == "topic" else most_covered(listed.values(), LISTED)
    counts = _counts(named, settings)
    many = kind != "topic" and len(counts) > FEW_TERMS
    if kind != "topic":
        counts = tuple(sorted(counts, key=initials.order if kind == "language" else _by_slug))
    return IndexView(
        site=settings.site,
        head=Head(settings.names[given.key[0]], keys.path(given.key), feeds=site_feeds(settings)),
        kind=kind,
        total=len(listed),
        listed=len(counts),
        terms=() if many else counts,
        most=tuple(sorted(counts, key=lambda count: -count.total)[:MOST]) if many else (),
        initials=initials.group(counts) if many else (),
    )


def most_covered(listed: Iterable[Listed], most: int) -> tuple[Listed, ...]:
    """Give so many of some keys, in their order: those with the most articles, of equals the first by name."""
    found = tuple(listed)
    best = {term.key for term in sorted(found, key=lambda term: (-term.total, term.key))[:most]}
    return tuple(term for term in found if term.key in best) if len(found) > most else found


def view_not_found(given: Given, settings: Settings) -> NotFoundView:
    """Make the page a host shows for an address that does not exist."""
    return NotFoundView(settings.site, Head(settings.names["not-found"], f"{keys.path(given.key)}404.html"))


def view_search(given: Given, settings: Settings) -> SearchView | None:
    """Make the page that searches, where the site has one."""
    if not settings.site.search:
        return None
    named = {filing.UNFILED: settings.names["general"]} | settings.topics
    topics = tuple(Term(label, slug) for slug, label in named.items())
    return SearchView(settings.site, Head(settings.names["search"], keys.path(given.key)), topics)


def view_redirect(given: Given, settings: Settings) -> RedirectView | None:
    """Make the page at an article's former address, unless another article stands there now."""
    if not given.cards or given.taken:
        return None
    card = given.cards[0]
    return RedirectView(settings.site, Head(card.title, card.path), card.path)


def _by_slug(count: Count) -> str:
    """Give what `initials.order` does for tags and sources, without making slugs that their addresses end in."""
    return count.path.removesuffix("/")


def _languages(listed: Iterable[Listed], settings: Settings) -> tuple[Term, ...]:
    terms = (
        Term(settings.label("language", term.key[1], ""), term.key[1]) for term in settings.offered(listed)
    )
    return tuple(sorted(terms, key=lambda term: (urls.slug(term.name), term.slug)))


def _foreign(card: Card, settings: Settings) -> Term | None:
    """Name an article's language where it is another than the site's."""
    code = urls.language_code(card.language) if card.language else settings.language
    return Term(settings.label("language", code, ""), code) if code != settings.language else None


def _days(cards: Iterable[Card]) -> tuple[Day, ...]:
    grouped = groupby(cards, key=lambda card: card.date.date().isoformat())
    return tuple(Day(day, urls.day_path(day), tuple(members)) for day, members in grouped)


def _counts(listed: Iterable[Listed], settings: Settings) -> tuple[Count, ...]:
    def name(term: Listed) -> str:
        return (
            settings.label(term.key[0], term.key[1], term.name) if term.key[0] in keys.TERMS else term.key[-1]
        )

    return tuple(Count(name(term), keys.path(term.key), term.total) for term in listed)


def _years(months: Iterable[Listed], settings: Settings) -> tuple[Year, ...]:
    counts = sorted(_counts(months, settings), key=lambda count: count.name, reverse=True)
    return tuple(
        Year(year, tuple(members)) for year, members in groupby(counts, key=lambda count: count.name[:4])
    )


def _dated(kind: str, name: str) -> Neighbour:
    return Neighbour(name, keys.path((kind, name)))


def _feeds(folder: str, title: str, kind: str = "") -> tuple[FeedLink, ...]:
    types = FEED_TYPES[:1] if kind == "tag" else FEED_TYPES
    return tuple(FeedLink(title, folder + name, type_) for name, type_ in types)


def site_feeds(settings: Settings) -> tuple[FeedLink, ...]:
    """Give the feeds of the whole site, which pages announce that have none of their own."""
    return _feeds("", settings.site.title)


def has_archive(kind: str, total: int) -> bool:
    """Tell whether a term has archives by month: a tag only once it outgrows its page."""
    return kind != "tag" or total > NEWEST
