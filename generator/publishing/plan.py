"""The plan of a publish: what to upload in which order, what is the same, what to delete. Pure."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum

from generator.model import DatelineError
from generator.publishing.manifest import UNKNOWN
from generator.urls import INDEX

SPARED = 50
"""So many files may always be deleted: on a small site ten per cent is nothing."""

SHARE = 10
"""Per cent of the files at the host that may be deleted unless the owner allows more."""


class Stage(IntEnum):
    """When a file goes: what is linked to goes before what links to it.

    New pages go before the pages that are there already: nothing leads to them yet, whatever they lead to. Pages
    name their feeds, so new feeds go with them.
    """

    ASSETS = 1
    NEW_PAGES = 2
    NEW_FEEDS = 3
    ARTICLES = 4
    LISTINGS = 5
    FRONT = 6
    FEEDS = 7


_WHEN_NEW = {
    Stage.ARTICLES: Stage.NEW_PAGES,
    Stage.LISTINGS: Stage.NEW_PAGES,
    Stage.FEEDS: Stage.NEW_FEEDS,
}

_ARTICLE = re.compile(r"\d{4}/\d\d/\d\d/[^/]+/index\.html")
_LISTS = re.compile(r"(?:\d{4}|topics|tags|sources|languages|trends|search)/(?:.*/)?index\.html")
_FEED = re.compile(r".*\.(?:xml|opml)|(?:.*/)?feed\.json|robots\.txt")
_PARTS = "pagefind/parts.json"
"""The list of the parts of the search index: it names folders, as a listing does."""


def stage(path: str) -> Stage:
    """Tell when a changed file goes."""
    if path == INDEX:
        return Stage.FRONT
    if _FEED.fullmatch(path):
        return Stage.FEEDS
    if path == _PARTS or (_LISTS.fullmatch(path) and not is_article(path)):
        return Stage.LISTINGS
    return Stage.ARTICLES if path.endswith(".html") else Stage.ASSETS


def is_article(path: str) -> bool:
    """Tell whether a file is the page of an article."""
    return _ARTICLE.fullmatch(path) is not None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a publish does.

    Attributes:
        uploads: the paths of each stage, in the order they go.
        deletions: what is deleted, what links before what is linked to; in the end, but for what is in the way.
        same: what is at the host as it should be.
        foreign: what stands there, is not of the site, and was not published by Dateline: it is left alone.
        claimed: what stands there, was not published by Dateline, and would be replaced.
        clearing: what is deleted first, since it is in the way: a file that becomes a folder, or what lies in a
            folder that becomes a file.
    """

    uploads: tuple[tuple[Stage, tuple[str, ...]], ...]
    deletions: tuple[str, ...]
    same: frozenset[str]
    foreign: tuple[str, ...] = ()
    claimed: tuple[str, ...] = ()
    clearing: tuple[str, ...] = ()

    @property
    def to_upload(self) -> tuple[str, ...]:
        """Everything that is uploaded, in order."""
        return tuple(path for _, paths in self.uploads for path in paths)


def plan_publish(wanted: Mapping[str, str], published: Collection[str], standing: Mapping[str, str]) -> Plan:
    """Compare the site with what is at the host.

    Args:
        wanted: the digests of the site's files, by path.
        published: the paths of what Dateline published there, or was about to when it was stopped.
        standing: what stands there, by path: its digest, or `UNKNOWN`.
    """
    same = frozenset(path for path, digest in wanted.items() if standing.get(path) == digest)
    uploads: dict[Stage, list[str]] = {}
    for path in sorted(wanted.keys() - same):
        uploads.setdefault(_stage(path, new=path not in standing), []).append(path)
    others = standing.keys() - published
    deletions = tuple(sorted(set(published) - wanted.keys(), key=lambda path: (-stage(path), path)))
    return Plan(
        uploads=tuple((when, tuple(uploads[when])) for when in sorted(uploads)),
        deletions=deletions,
        same=same,
        foreign=tuple(sorted(others - wanted.keys())),
        claimed=tuple(sorted((others & wanted.keys()) - same)),
        clearing=tuple(_in_the_way(deletions, wanted)),
    )


def _in_the_way(paths: Iterable[str], wanted: Mapping[str, str]) -> Iterator[str]:
    folders = {above for path in wanted for above in _folders(path)}
    return (path for path in paths if path in folders or not wanted.keys().isdisjoint(_folders(path)))


def _folders(path: str) -> Iterator[str]:
    """Give the folders that a path lies in."""
    return (path[: slash.start()] for slash in re.finditer("/", path))


def _stage(path: str, *, new: bool) -> Stage:
    when = stage(path)
    return _WHEN_NEW.get(when, when) if new else when


def plan_pending(plan: Plan, wanted: Mapping[str, str]) -> dict[str, str]:
    """Give what is uncertain while a plan is carried out: each path, and the digest it will have if it stays."""
    return dict.fromkeys(plan.deletions, UNKNOWN) | {path: wanted[path] for path in plan.to_upload}


def settle(published: Mapping[str, str], pending: Mapping[str, str]) -> dict[str, str]:
    """Give what stands at a host, where a publisher was stopped who had written down what it was about to change.

    What was new is left out: the manifest is brought up to date before any page that readers know leads there.
    """
    uncertain = {path for path, digest in pending.items() if published.get(path) != digest}
    return {path: UNKNOWN if path in uncertain else digest for path, digest in published.items()}


def allowance(text: str, there: int) -> int:
    """Give how many files a publish may delete.

    Args:
        text: a number, or a percentage of the files at the host such as `20%`; "" for the usual.
        there: how many there are.

    Raises:
        DatelineError: the text is neither.
    """
    if not text:
        return max(SPARED, there * SHARE // 100)
    found = re.fullmatch(r"(\d{1,9})\s*(%?)", text.strip())
    if not found:
        raise DatelineError(f"--max-delete: {text!r} is neither a number nor a percentage such as 20%")
    return there * int(found[1]) // 100 if found[2] else int(found[1])
