"""Earlier coverage: what an article's page shows of the days before.

Most shared tags first, then newest, then by address; no statistics of the whole site, so that it stays local.
"""

from datetime import datetime, timedelta

from generator.views import Card

MOST = 5
"""How many earlier articles a page shows."""

WINDOW = timedelta(days=60)
"""How far back coverage counts as the same story."""


def earlier(card: Card) -> tuple[datetime, datetime]:
    """Give the span of time, both ends included, in which an article's earlier coverage lies."""
    return _shifted(card.date, -WINDOW), card.date


def later(card: Card) -> tuple[datetime, datetime]:
    """Give the span, both ends included, of the articles that may show this one as earlier coverage."""
    return card.date, _shifted(card.date, WINDOW)


def _shifted(moment: datetime, by: timedelta) -> datetime:
    try:
        return moment + by
    except OverflowError:  # before year 1 or after 9999 there is no coverage
        return moment
