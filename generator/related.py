"""Earlier coverage: what an article's page shows of the days before.

Most shared tags first, then newest, then by address; no statistics of the whole site, so that it stays local.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from generator.views import Card

MOST = 5
"""How many earlier articles a page shows."""

WINDOW = timedelta(days=60)
"""How far back coverage counts as the same story."""


def earliest(card: Card) -> datetime:
    """Give the moment before which an article's earlier coverage is too old."""
    return _shifted(card.date, -WINDOW)


def latest(card: Card) -> datetime:
    """Give the moment after which no article shows this one as earlier coverage any more."""
    return _shifted(card.date, WINDOW)


def most_shared(tags: Sequence[int]) -> list[int]:
    """Choose the articles that carry most of some tags; of equally many, those that come last.

    A tag is the set of the articles that carry it, as the bits of an integer: bit n is the nth article. The
    integers are added up bit by bit, so that thousands of candidates cost a handful of operations.

    Returns:
        At most `MOST` positions, best first.
    """
    planes: list[int] = []  # the binary digits of every article's count, lowest first
    for carriers in tags:
        carry = carriers
        for place, plane in enumerate(planes):
            planes[place], carry = plane ^ carry, plane & carry
        if carry:
            planes.append(carry)
    found: list[int] = []
    for count in range(len(tags), 0, -1):
        if count >> len(planes):
            continue
        level = -1
        for place, plane in enumerate(planes):
            level &= plane if count >> place & 1 else ~plane
        while level and len(found) < MOST:
            last = level.bit_length() - 1
            found.append(last)
            level ^= 1 << last
    return found


def _shifted(moment: datetime, by: timedelta) -> datetime:
    try:
        return moment + by
    except OverflowError:  # before year 1 or after 9999 there is no coverage
        return moment
