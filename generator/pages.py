"""The page table: every kind of page of a site, and what each may see. Adding a kind of page is adding a row.

A row *declares* its inputs; `plan_pages` hands a view nothing else. There are six kinds of input, and for
each something tells which keys a change touches: `keys.keys` for members, bodies and neighbours,
`keys.listed_on` for terms, the stored edges for related coverage; peers are of languages, and all of those
are touched when one appears or goes.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from generator import keys, listings, syndication, trends
from generator.feed_views import Parts, part_name
from generator.inputs import Filed, Given, Settings
from generator.model import Key, Page
from generator.records import changed

ALL = 1_000_000
"""As a number of members: no archive may leave one out."""


class Input(StrEnum):
    """What a page may be made from."""

    MEMBERS = "members"
    BODY = "body"
    NEIGHBOURS = "neighbours"
    RELATED = "related"
    TERMS = "terms"
    PEERS = "peers"


MEMBERS, BODY, NEIGHBOURS, RELATED, TERMS, PEERS = Input


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the page table.

    Attributes:
        kind: the kind of key it is for; a kind may have several rows.
        files: names below the key's own path, and the template of each.
        view: makes the page's value of what was given: `None` where there is no such page, `Parts` where it takes
            several files.
        members: how many of the key's articles it shows, newest first.
        inputs: what it is given besides its key.
    """

    kind: str
    files: tuple[tuple[str, str], ...]
    view: Callable[[Given, Settings], Any]
    members: int = 0
    inputs: frozenset[Input] = frozenset()


_FEEDS = (("rss.xml", "feed.rss"), ("atom.xml", "feed.atom"), ("feed.json", "feed.json"))
_ATOM = (("atom.xml", "feed.atom"),)


def _page(template: str) -> tuple[tuple[str, str], ...]:
    return (("index.html", template),)


TABLE: tuple[Row, ...] = (
    Row("front", _page("front.html"), listings.view_front, 60, frozenset({MEMBERS, TERMS})),
    Row("article", _page("article.html"), listings.view_article, 1, frozenset({MEMBERS, BODY, RELATED})),
    Row("page", _page("page.html"), listings.view_standalone, 1, frozenset({MEMBERS, BODY})),
    Row("day", _page("day.html"), listings.view_day, ALL, frozenset({MEMBERS, NEIGHBOURS})),
    Row("month", _page("period.html"), listings.view_period, 100, frozenset({MEMBERS, TERMS, NEIGHBOURS})),
    Row("year", _page("period.html"), listings.view_period, 30, frozenset({MEMBERS, TERMS, NEIGHBOURS})),
    *(
        Row(kind, _page("term.html"), listings.view_term, listings.NEWEST, frozenset({MEMBERS, TERMS}))
        for kind in ("topic", "tag", "source")
    ),
    Row(
        "language",
        _page("term.html"),
        listings.view_term,
        listings.NEWEST,
        frozenset({MEMBERS, TERMS, PEERS}),
    ),
    *(
        Row(f"{kind}-month", _page("archive.html"), listings.view_archive, ALL, frozenset({MEMBERS}))
        for kind in keys.TERMS
    ),
    *(
        Row(kind, _page("terms.html"), listings.view_index, 0, frozenset({TERMS}))
        for kind in keys.TERMS.values()
    ),
    Row("trends", _page("trends.html"), trends.view_trends, 0, frozenset({TERMS})),
    Row("not-found", (("404.html", "404.html"),), listings.view_not_found),
    Row("search", _page("search.html"), listings.view_search),
    Row("redirect", _page("redirect.html"), listings.view_redirect, 1, frozenset({MEMBERS})),
    *(
        Row(kind, _FEEDS, syndication.view_feed, syndication.LIMIT, frozenset({MEMBERS, BODY}))
        for kind in ("front", "topic", "source", "language")
    ),
    Row("tag", _ATOM, syndication.view_feed, syndication.LIMIT, frozenset({MEMBERS})),
    Row(
        "subscriptions",
        (("subscriptions.opml", "opml"),),
        syndication.view_subscriptions,
        0,
        frozenset({TERMS}),
    ),
    Row("news", (("news-sitemap.xml", "sitemap.news"),), syndication.view_news, 1000, frozenset({MEMBERS})),
    Row(
        keys.MAP,
        (("sitemap.xml", "sitemap"),),
        syndication.view_month_sitemap,
        ALL,
        frozenset({MEMBERS, TERMS}),
    ),
    Row(
        "sitemap-pages",
        (("sitemap-pages.xml", "sitemap"),),
        syndication.view_pages_sitemap,
        0,
        frozenset({TERMS}),
    ),
    Row("sitemaps", (("sitemap.xml", "sitemap.index"),), syndication.view_sitemaps, 0, frozenset({TERMS})),
    Row("robots", (("robots.txt", "robots"),), syndication.view_robots),
)

_FEED_NAMES = {
    name: frozenset(row.kind for row in TABLE if (name, template) in row.files) for name, template in _FEEDS
}
"""The names of feeds, and the kinds of keys that have one of that name."""

SHOWING_BODIES = frozenset(row.kind for row in TABLE if BODY in row.inputs)
"""Kinds of keys that a change to nothing but an article's body touches."""


def touched(old: Filed | None, new: Filed | None) -> frozenset[Key]:
    """Give the keys that show an article, before or after a change to it.

    A change to nothing but the body touches only the keys that show bodies. Pages that *list* one of these
    keys, or show the article as related coverage, are found by `keys.listed_on` and by the stored edges.
    """
    found = (key for article in (old, new) if article for key in keys.keys(article))
    shown = frozenset(key for key in found if key[0] not in keys.COUNTED)
    if old and new and _without_body(old) == _without_body(new):
        return frozenset(key for key in shown if key[0] in SHOWING_BODIES)
    if old and new and mapped(old) == mapped(new):
        shown = frozenset(key for key in shown if key[0] != keys.MAP)
    addresses = {article.card.path for article in (old, new) if article}
    return shown | {(kind, address) for address in addresses for kind in ("attachments", "redirect")}


def mapped(filed: Filed) -> tuple[object, ...]:
    """Give what a sitemap shows of an article."""
    return filed.card.path, filed.card.date, filed.card.updated


def _without_body(filed: Filed) -> Filed:
    return changed(filed, entry=changed(filed.entry, content="", stamp="", words=0))


def is_feed(path: str) -> bool:
    """Tell a feed of the site, its own or a term's, from every other file by its path."""
    folder, slash, name = path.rpartition("/")
    kinds = _FEED_NAMES.get(name, frozenset())
    if not slash:
        return keys.FRONT[0] in kinds
    index, _, slug = folder.partition("/")
    return bool(slug) and "/" not in slug and any(keys.TERMS.get(kind) == index for kind in kinds)


def html_templates() -> frozenset[str]:
    """Name the templates of the table that are files of a theme."""
    return frozenset(template for row in TABLE for _, template in row.files if template.endswith(".html"))


def rows(kind: str) -> tuple[Row, ...]:
    """Give the rows of one kind of key, none for a kind the table does not know."""
    return tuple(row for row in TABLE if row.kind == kind)


def plan_pages(key: Key, give: Callable[[Key, Row], Given], settings: Settings) -> Iterator[Page]:
    """Make the pages of a key.

    Args:
        key: what they are about.
        give: fetches the inputs a row declares, and only those.
        settings: what the configuration says to every page.

    Yields:
        One page per output file; none where the key has become empty.
    """
    for row in rows(key[0]):
        made = row.view(give(key, row), settings)
        views = made.views if isinstance(made, Parts) else () if made is None else (made,)
        for number, view in enumerate(views, start=1):
            for name, template in row.files:
                yield Page(key, _file(keys.path(key), part_name(name, number)), template, view)


def _file(address: str, name: str) -> str:
    """Name the file of a page: in the folder that its address names, or the file that it names itself."""
    return address if address and not address.endswith("/") else address + name
