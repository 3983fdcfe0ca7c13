"""`dateline.toml` to a typed `Config`; a mistake in it is an error that names line and nearest key."""

import posixpath
import re
import tomllib
from functools import cached_property, reduce
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from generator import appearance, hosts, records, urls
from generator.appearance import Theme
from generator.characters import shown
from generator.model import DatelineError
from generator.records import Record
from generator.spelling import nearest
from generator.taxonomy import TAXONOMY, Topic
from generator.text import LANGUAGE
from generator.toml_lines import NO_TOML, impossible, in_words, line_of

NAME = "dateline.toml"

_NEVER_IN_HUB = frozenset('#"<>\\^`{|}')
"""Characters that an address has to encode (RFC 3986), and what begins a fragment, which no server hears of."""

_NEVER_IN_BASE = _NEVER_IN_HUB | {"?"}
_PLAIN = "without control characters or directions left open"
_WITH_USER = re.compile(r"https?://[^/]*@", re.IGNORECASE)


class Site(Record, frozen=True):
    """`[site]`: what the site is, where it is served, and what it gives away.

    Attributes:
        title, description, base_url: what it is called, what it is about, and where it is.
        language: of the site, and of articles that name none (BCP 47).
        timezone: decides on which day an article stands.
        body: `full`, or `excerpt` to show a summary and a link in place of other people's texts.
        ai_crawlers: whether robots.txt welcomes those who train models or answer questions with what they read.
    """

    title: str = "News digest"
    base_url: str = "http://127.0.0.1:8000/"
    description: str = ""
    language: str = "en"
    timezone: str = "UTC"
    body: str = "full"
    ai_crawlers: bool = True


class Tags(Record, frozen=True):
    """`[tags]`: `aliases` maps spellings to the one the site uses."""

    aliases: dict[str, str] = {}


class Ingest(Record, frozen=True):
    """`[ingest]`: where raw news lies, and how it is read.

    Attributes:
        seeds: the folder of raw news.
        rules: a file of rules beside the built-in ones, "" for none.
        keep: the ids of rules that drop nothing here.
        terms: a file of terms that speak for topics, beside the built-in ones, "" for none.
        classifier: what decides on topics instead, as `module:function`; "" for the built-in scorer.
    """

    seeds: str = "seeds"
    rules: str = ""
    keep: tuple[str, ...] = ()
    terms: str = ""
    classifier: str = ""


class Build(Record, frozen=True):
    """`[build]`: the folders a build reads and writes, relative to the site's folder."""

    content: str = "content"
    templates: str = "templates"
    output: str = "site"


class Feeds(Record, frozen=True):
    """`[feeds]`: how the site is subscribed to.

    Attributes:
        full: feeds hold whole articles, otherwise summaries.
        limit: how many entries a feed has at most.
        hubs: the addresses of the WebSub hubs that tell subscribers of what is new.
    """

    full: bool = True
    limit: int = 50
    hubs: tuple[str, ...] = ()


class Search(Record, frozen=True):
    """`[search]`: `enabled` gives the site a page that searches its articles, and the index it needs."""

    enabled: bool = False


class Config(Record, frozen=True, dict=True):
    """A site's configuration, checked and complete. What is derived from it is derived once.

    `pages` are the standalone pages that every page leads to: what each link says, by the page's slug. `publish`
    names the places the site is published to; no page depends on them.
    """

    site: Site = Site()
    topics: dict[str, str | bool] = {}
    tags: Tags = Tags()
    ingest: Ingest = Ingest()
    build: Build = Build()
    feeds: Feeds = Feeds()
    theme: Theme = Theme()
    search: Search = Search()
    pages: dict[str, str] = {}
    publish: dict[str, hosts.Target] = {}

    @cached_property
    def zone(self) -> ZoneInfo:
        """The site's time zone."""
        return ZoneInfo(self.site.timezone)

    @cached_property
    def taxonomy(self) -> tuple[Topic, ...]:
        """The site's topics: the standard ones as `[topics]` renames and drops them, then its own."""
        standard = {topic.slug: topic for topic in TAXONOMY}
        labels = {topic.slug: topic.label for topic in TAXONOMY} | self.topics
        return tuple(
            Topic(slug, standard[slug].label if label is True else str(label), _code(slug, standard))
            for slug, label in labels.items()
            if label
        )

    @cached_property
    def aliases(self) -> dict[str, str]:
        """The slug of every spelling in `[tags] aliases`, and the name the site uses instead."""
        return {urls.slug(spelling): name for spelling, name in self.tags.aliases.items()}


def _code(slug: str, standard: dict[str, Topic]) -> str:
    return standard[slug].code if slug in standard else ""


def parse_config(text: str) -> Config:
    """Read the text of a `dateline.toml` (TOML 1.0).

    Raises:
        DatelineError: it is no TOML, or a key is unknown or has a wrong value; the message begins with
            `dateline.toml:line:`.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _toml_error(text, str(error)) from None
    except NO_TOML as error:
        raise DatelineError(f"{NAME}:1: {impossible(error)}") from None
    try:
        config = records.convert(tables, Config)
    except records.Mismatch as mismatch:
        raise _mismatch(text, tables, mismatch) from None
    _check(text, config)
    return config


def _check(text: str, config: Config) -> None:
    site = config.site
    try:
        ZoneInfo(site.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        message = f"must be such as Europe/Vienna; no time zone is called {site.timezone!r}"
        raise _error(text, ("site", "timezone"), message) from None
    if not urls.is_web(site.base_url) or set(site.base_url) & _NEVER_IN_BASE:
        raise _error(text, ("site", "base_url"), "must be an address such as https://example.org/digest/")
    if _WITH_USER.match(site.base_url):
        raise _error(text, ("site", "base_url"), "must not name a user or a password: all readers see it")
    for name, value in (
        ("title", site.title),
        ("description", site.description),
        ("language", site.language),
    ):
        if shown(value) != value or (name != "description" and not value.strip()):
            raise _error(text, ("site", name), f"must be text, {_PLAIN}")
    if not LANGUAGE.fullmatch(site.language):
        raise _error(text, ("site", "language"), "must be a language tag such as `en` or `pt-BR`")
    if site.body not in {"full", "excerpt"}:
        raise _error(text, ("site", "body"), 'must be "full" or "excerpt"')
    _check_feeds(text, config.feeds)
    _check_topics(text, config)
    _check_pages(text, config)
    _check_aliases(text, config)
    _check_folders(text, config)
    for where, message in hosts.mistakes(config.publish):
        raise _error(text, ("publish", *where), message)


def _check_feeds(text: str, feeds: Feeds) -> None:
    if not 1 <= feeds.limit <= 1000:  # noqa: PLR2004 - stated in the message
        raise _error(text, ("feeds", "limit"), "must be between 1 and 1000")
    for hub in feeds.hubs:
        if not urls.is_web(hub) or set(hub) & _NEVER_IN_HUB:
            message = f"names {hub!r}, which is no address such as https://hub.example/"
            raise _error(text, ("feeds", "hubs"), message)
        if _WITH_USER.match(hub):
            raise _error(text, ("feeds", "hubs"), "must not name a user or a password: all readers see it")


def _check_folders(text: str, config: Config) -> None:
    if config.build.output in {config.build.content, config.build.templates}:
        raise _error(text, ("build", "output"), "must be a folder of its own")
    for name in ("content", "templates", "output"):
        folder = getattr(config.build, name)
        if folder.startswith("/") or ".." in folder.split("/") or not folder.strip("./"):
            raise _error(text, ("build", name), "must be a folder below the site's own")
    paths = [("ingest", name, getattr(config.ingest, name)) for name in ("seeds", "rules", "terms")]
    paths += [("build", name, getattr(config.build, name)) for name in ("content", "templates", "output")]
    for table, name, path in paths:
        if shown(path) != path:
            raise _error(text, (table, name), f"must be a path {_PLAIN}")
    seeds = posixpath.normpath(config.ingest.seeds)
    for name in ("content", "output"):
        folder = posixpath.normpath(getattr(config.build, name))
        around = f"{folder}/".startswith(f"{seeds}/")
        if seeds == "." or around or f"{seeds}/".startswith(f"{folder}/"):
            raise _error(
                text, ("ingest", "seeds"), f"must lie apart from `build.{name}`, neither in it nor around it"
            )


def _check_topics(text: str, config: Config) -> None:
    known = [topic.slug for topic in TAXONOMY]
    for slug, label in config.topics.items():
        if urls.slug(slug) != slug:
            raise _error(text, ("topics", slug), f"is no slug; write {urls.slug(slug)!r}")
        if isinstance(label, str) and (shown(label) != label or not label.strip()):
            raise _error(text, ("topics", slug), f"must be text, {_PLAIN}, or false")
        if label is True and slug not in known:
            raise _error(text, ("topics", slug), 'is new; give it a label, such as "Space"')
        if label is False and slug not in known:
            hint = nearest(slug, known) or f"known here: {', '.join(known)}"
            raise _error(text, ("topics", slug), f"is no topic to drop; {hint}")
    topics = dict.fromkeys(topic.slug for topic in (*TAXONOMY, *config.taxonomy))
    for where, message in appearance.mistakes(config.theme, tuple(topics)):
        raise _error(text, ("theme", *where), message)


def _check_pages(text: str, config: Config) -> None:
    for slug, label in config.pages.items():
        if urls.article_slug(slug, urls.LONGEST_SLUG) != slug:
            raise _error(text, ("pages", slug), "is no slug: the name of the page's file in small letters")
        if shown(label) != label or not label.strip():
            raise _error(text, ("pages", slug), f"must be text, {_PLAIN}")


def _check_aliases(text: str, config: Config) -> None:
    for spelling, name in config.tags.aliases.items():
        if shown(name) != name:
            raise _error(text, ("tags", "aliases", spelling), f"must be text, {_PLAIN}")


def _toml_error(text: str, message: str) -> DatelineError:
    found = re.search(r"\(at line (\d+), column \d+\)", message)
    line = int(found[1]) if found else max(1, text.count("\n"))
    return DatelineError(f"{NAME}:{line}: {in_words(text, message.partition(' (at')[0])}")


def _offender(tables: dict[str, Any], where: tuple[str, ...]) -> tuple[str, ...]:
    """Name the key of the first wrong value in a table whose keys are the owner's: the mismatch does not say."""
    fitting = {("topics",): (str, bool), ("tags", "aliases"): (str,), ("pages",): (str,)}.get(where)
    found: Any = tables
    for name in where:
        found = found[name] if isinstance(found, dict) else None
    if not fitting or not isinstance(found, dict):
        return ()
    return next(((name,) for name, value in found.items() if not isinstance(value, fitting)), ())


def _mismatch(text: str, tables: dict[str, Any], mismatch: records.Mismatch) -> DatelineError:
    if mismatch.where[:1] == ("publish",) and isinstance(tables["publish"], dict):
        where, message = hosts.misfit(tables["publish"])
        return _error(text, ("publish", *where), message)
    unknown = re.search(r"unknown field `(.*)`", str(mismatch))
    if not unknown:
        where = (*mismatch.where, *_offender(tables, mismatch.where))
        return _error(text, where, str(mismatch)[:1].lower() + str(mismatch)[1:])
    names = records.fields(reduce(getattr, mismatch.where, Config()).__class__)
    homes = [] if mismatch.where else [name for name in names if unknown[1] in _keys_of(name)]
    near = f"it belongs below [{homes[0]}]" if homes else nearest(unknown[1], names)
    hint = near or f"known here: {', '.join(names)}"
    return _error(text, (*mismatch.where, unknown[1]), f"is not known; {hint}")


def _keys_of(table: str) -> tuple[str, ...]:
    return records.fields(getattr(Config(), table).__class__)


def _error(text: str, where: tuple[str, ...], message: str) -> DatelineError:
    return DatelineError(f"{NAME}:{line_of(text, where)}: `{'.'.join(where)}` {message}")
