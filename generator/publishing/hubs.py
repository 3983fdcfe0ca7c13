"""WebSub hubs: they are told after a publish which feeds changed, and tell those who subscribed to them.

How is up to hub and publisher (WebSub, W3C Recommendation of 23 January 2018, section 6). What hubs take is the
form of PubSubHubbub 0.3 (section 7.1), one for each feed: several in one are understood by some hubs only. Some
call the feed `hub.topic`, as subscribers do.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from http import HTTPStatus

from generator import pages, urls
from generator.config import NAME
from generator.model import DatelineError, Issue, Severity
from generator.text import clipped
from generator.unreachable import Failure, Unreachable
from generator.web import Answer, Web

SECONDS = 30.0
"""How long a hub is told at most, however many feeds there are."""

TRIES = 3
"""How often a hub is asked that fails or says it is busy."""

BREATH, LONGEST_BREATH = 1.0, 10.0
"""Seconds before the second try, and the most that a hub may ask for."""

_SHOWN = 100
"""Characters of a hub's own words that are shown."""


def changed_feeds(base_url: str, paths: Iterable[str]) -> tuple[str, ...]:
    """Give the addresses of the feeds among some files of the site, as feeds call themselves, the site's own first.

    Args:
        base_url: where the site is served.
        paths: of files that changed.
    """
    feeds = sorted(filter(pages.is_feed, paths), key=lambda path: (path.count("/"), path))
    return tuple(urls.link(f"{base_url.rstrip('/')}/", path) for path in feeds)


def tell(
    hubs: Iterable[str],
    feeds: Sequence[str],
    line: int = 1,
    web: Web | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> tuple[Issue, ...]:
    """Tell hubs which feeds changed. Whatever a hub does, this ends, and well.

    Args:
        hubs: their addresses; the owner chose them, so they may be anywhere.
        feeds: the addresses of the feeds.
        line: of the configuration that names the hubs, for what is wrong.
        web: sends requests.
        sleep: waits for so many seconds.

    Returns:
        A warning for each hub that was not told of all of them.
    """
    sender = web or Web(inner=True)
    issues = []
    for hub in dict.fromkeys(hubs) if feeds else ():
        told, why = _tell(hub, feeds, sender, sleep)
        if why:
            message = f"the hub {hub} was told of {told} of {len(feeds)} changed feeds: {why}"
            issues.append(Issue(NAME, line, message, Severity.WARNING))
    return tuple(issues)


def _tell(hub: str, feeds: Sequence[str], web: Web, sleep: Callable[[float], None]) -> tuple[int, str]:
    """Tell a hub of all feeds, and give of how many it was told, and why not of the others."""
    told, why, until = 0, "", time.monotonic() + SECONDS
    for feed in feeds:
        if time.monotonic() > until:
            return told, why or f"there was no time for more than {SECONDS:.0f} seconds"
        try:
            refused = _refusal(_persistently(hub, feed, web, sleep))
        except (Unreachable, DatelineError) as error:
            return told, str(error)
        told += not refused
        why = why or refused
    return told, why


def _persistently(hub: str, feed: str, web: Web, sleep: Callable[[float], None]) -> Answer:
    """Tell a hub of a feed, and again where it fails.

    Raises:
        Unreachable: it has failed often enough.
    """
    form = (("hub.mode", "publish"), ("hub.url", feed), ("hub.topic", feed))
    tries = 0
    while True:
        tries += 1
        breath = BREATH * tries
        try:
            answer = web.ask("POST", hub, form=form, most=4 * _SHOWN)
            if (
                answer.status < HTTPStatus.INTERNAL_SERVER_ERROR
                and answer.status != HTTPStatus.TOO_MANY_REQUESTS
            ):
                return answer
            trouble = Unreachable(Failure.BROKEN, _refusal(answer))
            breath = max(breath, answer.rest)
        except Unreachable as unreachable:
            trouble = unreachable
        if tries == TRIES or breath > LONGEST_BREATH:
            raise trouble
        sleep(breath)


def _refusal(answer: Answer) -> str:
    """Say in which words a hub refused, "" where it did not."""
    if answer.status < HTTPStatus.MULTIPLE_CHOICES:
        return ""
    if answer.location:
        return f"it leads on to {clipped(answer.location, _SHOWN)}; name that address in its place"
    words = " ".join(answer.body.decode(errors="replace").split())
    said = f" ({clipped(words, _SHOWN)})" if words and "<" not in words else ""
    return f"it answers {answer.words}{said}"
