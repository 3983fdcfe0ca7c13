"""What views are made from: the inputs of one key, and the settings all pages share."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType

from generator import appearance, urls
from generator.config import Config
from generator.model import Key
from generator.records import Value
from generator.views import Card, Entry, Mention, Neighbour, Shows, Site, Term


class Filed(Value, frozen=True):
    """An article, or a page that stands by itself, as its file gave it and the site will show it.

    Attributes:
        file: its path below the content folder.
        entry: everything pages may show of it.
        draft: it is not to be published.
        expires: when it is to be taken down again.
        aliases: its former addresses, as paths.
        attachments: relative names its body uses, each perhaps a file beside it.
        language: the code of the language it is in, the site's where it names none: `de`, without a region.
    """

    file: str
    entry: Entry
    draft: bool = False
    expires: datetime | None = None
    aliases: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    language: str = ""

    @property
    def card(self) -> Card:
        """The article as listings show it."""
        return self.entry.card

    @property
    def standalone(self) -> bool:
        """Whether it is a page that stands by itself: `about/`. An article's address begins with its day."""
        return self.card.path.count("/") == 1

    def held_back(self, now: datetime) -> tuple[str, datetime | None] | None:
        """Say why the article is not published at `now` and until when, `None` where it is."""
        if self.card.held:
            return None  # it is shown with a mark
        if self.draft:
            return "draft", None
        if self.card.date > now:
            return "future", self.card.date
        return ("expired", None) if self.expires and self.expires <= now else None


class Listed(Value, frozen=True):
    """A key another page lists: its commonest name, and how many articles it holds."""

    key: Key
    name: str
    total: int


class Given(Value, frozen=True):
    """The inputs of one row for one key. What the row does not declare stays empty.

    Attributes:
        key: the key itself.
        name: the term's commonest name, "" for keys that are no terms.
        total: how many articles the key holds; `above`: how many the term holds, for a month's archive.
        cards: its members, newest first.
        entries: the same with bodies.
        previous, next: the nearest keys of its kind that exist.
        taken: an article stands at the address, so that no redirect may.
        related: earlier articles that share tags.
        terms: the keys it lists.
        peers: all keys of its kind, its own among them.
    """

    key: Key
    name: str = ""
    total: int = 0
    above: int = 0
    cards: tuple[Card, ...] = ()
    entries: tuple[Entry, ...] = ()
    previous: Neighbour | None = None
    next: Neighbour | None = None
    related: tuple[Mention, ...] = ()
    taken: bool = False
    terms: tuple[Listed, ...] = ()
    peers: tuple[Listed, ...] = ()


NAMES: Mapping[str, str] = {
    "topics": "Topics",
    "tags": "Tags",
    "sources": "Sources",
    "languages": "Languages",
    "trends": "Trends",
    "not-found": "Page not found",
    "search": "Search",
    "general": "General",
    "table": "Table",
    "to-the-text": "Back to the text",
}
"""What pages, groups, the topic of articles that name none and parts of bodies are called, in English."""


class Settings(Value, frozen=True):
    """What the configuration says to every page.

    Attributes:
        site: what pages show of it.
        topics: the taxonomy, slug to label.
        full_feeds: feeds hold whole articles.
        feed_limit: how many entries a feed has at most.
        sections: the topics whose stories the front page shows, all if there are none.
        names: those of `NAMES`, in the site's language.
        languages: what languages are called in the site's, by their codes.
        ai_crawlers: whether crawlers of language models are welcome.
        hubs: the WebSub hubs that feeds name.
    """

    site: Site
    topics: dict[str, str]
    full_feeds: bool
    feed_limit: int
    names: dict[str, str]
    languages: dict[str, str]
    sections: tuple[str, ...] = ()
    ai_crawlers: bool = True
    hubs: tuple[str, ...] = ()

    def label(self, kind: str, slug: str, name: str) -> str:
        """Name a term: a topic as the taxonomy says, a language as the site's does, any other as it is spelled."""
        if kind == "language":
            return self.languages.get(slug, slug.upper())
        return self.topics.get(slug, name) if kind == "topic" else name

    @property
    def language(self) -> str:
        """The code of the site's language: where all articles are in it, no page speaks of languages."""
        return urls.language_code(self.site.language)

    def offered(self, terms: Iterable[Listed]) -> tuple[Listed, ...]:
        """Leave the languages out where there is none but the site's."""
        found = tuple(terms)
        if any(term.key[0] == "language" and term.key[1] != self.language for term in found):
            return found
        return tuple(term for term in found if term.key[0] != "language")


def settings(
    config: Config, names: Mapping[str, str] = NAMES, languages: Mapping[str, str] = MappingProxyType({})
) -> Settings:
    """Derive what pages see from a configuration, and from what things are called in the site's language.

    Args:
        config: the site's configuration.
        names: what pages and groups are called.
        languages: what languages are called, by their codes.
    """
    topics = {topic.slug: topic.label for topic in config.taxonomy}
    base_url = config.site.base_url.rstrip("/") + "/"
    site = Site(
        title=config.site.title,
        description=config.site.description,
        language=config.site.language,
        base_url=base_url,
        base_path=urls.base_path(base_url),
        timezone=config.site.timezone,
        navigation=tuple(Term(topics[slug], slug) for slug in config.theme.navigation if slug in topics),
        pages=tuple(Term(label, slug) for slug, label in config.pages.items()),
        style=appearance.style(config.theme),
        shows=Shows(**{part.replace("-", "_"): False for part in config.theme.hide}),
        search=config.search.enabled,
    )
    sections = tuple(dict.fromkeys(config.theme.sections))
    return Settings(
        site=site,
        topics=topics,
        full_feeds=config.feeds.full,
        feed_limit=config.feeds.limit,
        names=dict(names),
        sections=sections,
        ai_crawlers=config.site.ai_crawlers,
        languages=dict(languages),
        hubs=tuple(dict.fromkeys(config.feeds.hubs)),
    )
