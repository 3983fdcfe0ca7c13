"""How coverage moved: stories by topic and day, from the totals that the catalogue keeps. No geometry."""

from collections.abc import Sequence
from datetime import date, timedelta

from generator import keys
from generator.inputs import Given, Listed, Settings
from generator.listings import site_feeds
from generator.page_views import Trend, TrendsView
from generator.views import Count, Head, Term

DAYS = 56
"""How many days are shown at most: eight weeks, up to the day of the newest article."""

FEWEST_DAYS = 14
"""How many are shown at least, however young the site is."""

MONTHS = 24
"""How many months are shown at most."""


def earliest(newest: str) -> tuple[str, str]:
    """Name the first day and the first month that are shown where the newest article is of a day (`2025-06-02`)."""
    return _days_before(newest, DAYS - 1), _months_before(newest[:7], MONTHS - 1)


def view_trends(given: Given, settings: Settings) -> TrendsView | None:
    """Make the page of trends from the totals of topics, their days and months, where the site shows it."""
    if not settings.site.shows.trends:
        return None
    counted = {term.key: term.total for term in given.terms}
    days = _days([key[2] for key in counted if key[0] == "topic-day"])
    months = _months([key[2] for key in counted if key[0] == "topic-month"])
    topics = [_trend(term, counted, days, months, settings) for term in given.terms if term.key[0] == "topic"]
    shown = sorted(
        (topic for topic in topics if any(topic.months) or topic.total),
        key=lambda topic: (-topic.total, -sum(topic.months), topic.topic.slug),
    )
    return TrendsView(
        site=settings.site,
        head=Head(settings.names["trends"], keys.path(given.key), feeds=site_feeds(settings)),
        days=_totals("day", days, [topic.days for topic in shown]),
        months=_totals("month", months, [topic.months for topic in shown]),
        topics=tuple(shown),
        peak=max((count for topic in shown for count in topic.days), default=0),
        half=len(days) // 2,
    )


def _trend(
    topic: Listed,
    counted: dict[tuple[str, ...], int],
    days: Sequence[str],
    months: Sequence[str],
    settings: Settings,
) -> Trend:
    slug = topic.key[1]
    by_day = tuple(counted.get(("topic-day", slug, day), 0) for day in days)
    half = len(by_day) // 2
    return Trend(
        topic=Term(settings.label("topic", slug, topic.name), slug),
        days=by_day,
        months=tuple(counted.get(("topic-month", slug, month), 0) for month in months),
        total=sum(by_day),
        recent=sum(by_day[-half:]),
        before=sum(by_day[-2 * half : -half]),
    )


def _totals(kind: str, names: Sequence[str], counts: Sequence[Sequence[int]]) -> tuple[Count, ...]:
    totals = [sum(column) for column in zip(*counts, strict=True)] or [0] * len(names)
    return tuple(
        Count(name, keys.path((kind, name)), total) for name, total in zip(names, totals, strict=True)
    )


def _days(found: Sequence[str]) -> list[str]:
    """Name the days from the first that has stories to the last, without gaps; never too few for a chart."""
    if not found:
        return []
    last = max(found)
    first = min(*found, _days_before(last, FEWEST_DAYS - 1))
    number = (date.fromisoformat(last) - date.fromisoformat(first)).days
    return [_days_before(last, back) for back in range(number, -1, -1)]


def _months(found: Sequence[str]) -> list[str]:
    if not found:
        return []
    last, first = max(found), min(found)
    months = {_months_before(last, back) for back in range(MONTHS)}
    return sorted(month for month in months if month >= first)


def _days_before(day: str, number: int) -> str:
    moment = date.fromisoformat(day)
    return (moment - timedelta(days=min(number, moment.toordinal() - 1))).isoformat()


def _months_before(month: str, number: int) -> str:
    year, index = divmod(max(int(month[:4]) * 12 + int(month[5:]) - 1 - number, 12), 12)
    return f"{year:04}-{index + 1:02}"
