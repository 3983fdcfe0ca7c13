"""Keys: what pages are about, where an article shows up, and which keys a change touches. All of it pure."""

from collections.abc import Iterator

from generator import urls
from generator.inputs import Filed
from generator.model import Key

FRONT: Key = ("front",)
OWN = ("article", "page")
"""Kinds of the keys that hold one file alone, by its address: an article, and a page that stands by itself."""

DATED = ("day", "month", "year")
MAP = "sitemap"
"""The kind of a month's sitemap: what it shows of an article changes more rarely than what other pages do."""

NEWS: Key = ("news",)
"""The news sitemap: it shows many more articles than the front page, and nothing of their bodies."""

INDEX: Key = ("index",)
"""The search index: many files that are not pages, made of every article there is."""

INDEX_FOLDER = "pagefind/"
"""Where they lie; no other key has a file there."""

TRENDS: Key = ("trends",)
COUNTED = frozenset({"topic-day"})
"""Kinds of keys that have no page: how many articles they hold is all that other pages show of them."""

TERMS = {"topic": "topics", "tag": "tags", "source": "sources", "language": "languages"}
"""The taxonomies: a kind of term, and the kind of the page that lists them all, which is its folder too."""

INDEXES: tuple[Key, ...] = (
    ("topics",),
    ("tags",),
    ("sources",),
    ("languages",),
    TRENDS,
    ("subscriptions",),
    ("sitemaps",),
    ("sitemap-pages",),
)
FIXED: tuple[Key, ...] = (FRONT, NEWS, *INDEXES, ("not-found",), ("robots",), ("search",))
"""Keys that exist on every site, whatever it holds."""


def keys(article: Filed) -> Iterator[Key]:
    """Give every key an article is a member of: the one place that says where an article shows up."""
    card = article.card
    yield own(card.path)
    yield from (("redirect", alias) for alias in article.aliases)
    if article.standalone:
        return
    day = card.date.date().isoformat()
    month, year = day[:7], day[:4]
    yield from (FRONT, NEWS)
    yield from (("day", day), ("month", month), (MAP, month), ("year", year))
    for kind, slug, _ in (*terms(article), ("language", article.language, "")):
        yield (kind, slug)
        yield (f"{kind}-month", slug, month)
    yield ("topic-day", card.topic.slug, day)


def own(address: str) -> Key:
    """Give the key of the page at an address: an article's begins with its day, a standalone page's is one name."""
    return ("page" if address.count("/") == 1 else "article", address)


def terms(article: Filed) -> Iterator[tuple[str, str, str]]:
    """Give the terms an article spells out: kind, slug and the article's own spelling of the name."""
    card = article.card
    if article.standalone:
        return
    yield "topic", card.topic.slug, card.topic.name
    for tag in card.tags:
        yield "tag", tag.slug, tag.name
    if card.source:
        yield "source", card.source.slug, card.source.name


def path(key: Key) -> str:
    """Address a key's page: a path below the site's root that ends in a slash, or is empty for the front."""
    kind, *rest = key
    if kind in OWN or kind == "redirect":
        return rest[0]
    if kind in DATED or kind == MAP:
        return urls.day_path(rest[0])
    if kind in TERMS:
        return f"{TERMS[kind]}/{rest[0]}/"
    if kind.endswith("-month"):
        return path((kind.removesuffix("-month"), rest[0])) + urls.day_path(rest[1])
    return f"{kind}/" if kind in TERMS.values() or kind in {"search", "trends"} else ""


def parent(key: Key) -> Key | None:
    """Give the term an archive belongs to: `("tag", "rail")` for `("tag-month", "rail", "2025-06")`."""
    kind = key[0].removesuffix("-month")
    return (kind, key[1]) if kind != key[0] else None


def within(key: Key) -> tuple[Key, str]:
    """Give the key among whose members a key's own are those of a day, month or year, and which that is.

    `("tag-month", "rail", "2025-06")` holds what `("tag", "rail")` does of `2025-06`, a day what the front page
    does of that day. Any other key holds its own, whenever they are from: the period is "".
    """
    above = (key[0].removesuffix("-day"), key[1]) if key[0] in COUNTED else parent(key)
    if above:
        return above, key[-1]
    if key == NEWS:
        return FRONT, ""
    return (FRONT, key[1]) if key[0] in DATED or key[0] == MAP else (key, "")


def listed_on(key: Key) -> tuple[Key, ...]:
    """Give the keys whose pages show this key's name or count: the reverse of a `terms` input."""
    kind = key[0]
    if kind in COUNTED:
        return (TRENDS,)
    above = parent(key)
    if above:
        return (above, TRENDS) if kind == "topic-month" else (above,)
    if kind in TERMS:
        besides = {"language": (FRONT,), "topic": (TRENDS,)}.get(kind, ())
        return ((TERMS[kind],), ("subscriptions",), ("sitemap-pages",), *besides)
    if kind == "day":
        return (("month", key[1][:7]), (MAP, key[1][:7]))
    if kind == "month":
        return (("year", key[1][:4]), ("sitemaps",))
    return (("sitemap-pages",),) if kind in {"page", "year"} else ()


def lists(key: Key) -> tuple[Key, ...]:
    """Give what a `terms` input holds for a key: keys whose last part is the beginning of those it lists.

    Of what is counted by topic and day or month, `totals.listed` gives only the newest.
    """
    kind = key[0]
    if kind in TERMS:
        return ((f"{kind}-month", key[1], ""),)
    if kind in TERMS.values():
        return tuple((term, "") for term, plural in TERMS.items() if plural == kind)
    if kind in {"month", MAP}:
        return (("day", f"{key[1]}-"),)
    if kind == "year":
        return (("month", f"{key[1]}-"),)
    all_terms = tuple((term, "") for term in TERMS)
    return {
        "front": (("language", ""),),
        "trends": (("topic", ""), ("topic-day", ""), ("topic-month", "")),
        "subscriptions": all_terms,
        "sitemap-pages": (*all_terms, ("page", ""), ("year", "")),
        "sitemaps": (("month", ""),),
    }.get(kind, ())


def addresses_above(address: str) -> tuple[str, ...]:
    """Give the addresses in whose folder an address lies, its own first: those of articles and standalone pages."""
    parts = address.split("/")
    ends = (*range(len(parts) - 1, 3, -1), 1)
    return tuple(f"{'/'.join(parts[:end])}/" for end in ends)


def order(key: Key) -> tuple[str, ...]:
    """Sort keys so that pages of the same stories come one after the other: by month, then what has none."""
    dated = key[0] in DATED or key[0] == MAP or parent(key)
    return (key[-1][:7] if dated else "", *key)
