"""`/trends/`: the numbers are right, whatever comes and goes, and the page stays small."""

import gzip
import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

import pytest
from conftest import Project
from samples import SETTINGS
from samples import given as gave

from generator import keys, trends
from generator.inputs import Listed
from generator.page_views import TrendsView

TRENDS = "trends/index.html"


def view(*counts: tuple[str, str, int]) -> TrendsView:
    """Make the page of stories by topic and day."""
    by_day = {("topic-day", topic, day): count for topic, day, count in counts}
    by_month: dict[tuple[str, ...], int] = {}
    for (_, topic, day), count in by_day.items():
        key = ("topic-month", topic, day[:7])
        by_month[key] = by_month.get(key, 0) + count
    topics = {("topic", topic): 1 for topic, _, _ in counts}
    listed = (Listed(key, "", count) for key, count in (topics | by_day | by_month).items())
    made = trends.view_trends(gave(keys.TRENDS, terms=tuple(listed)), SETTINGS)
    assert made is not None
    return made


def test_a_site_without_articles_has_no_trends() -> None:
    assert (view().days, view().months, view().topics, view().peak) == ((), (), (), 0)


def test_one_day_of_news_is_a_fortnight_with_one_bar() -> None:
    one = view(("sport", "2025-06-02", 3))

    assert [(day.name, day.path, day.total) for day in one.days[-2:]] == [
        ("2025-06-01", "2025/06/01/", 0),
        ("2025-06-02", "2025/06/02/", 3),
    ]
    assert len(one.days) == trends.FEWEST_DAYS
    assert [(month.name, month.total) for month in one.months] == [("2025-06", 3)]
    assert [(topic.topic.name, topic.total, topic.recent, topic.before) for topic in one.topics] == [
        ("Sport", 3, 3, 0)
    ]


def test_days_have_no_gaps_and_every_topic_a_number_for_each() -> None:
    shown = view(("sport", "2025-05-01", 1), ("arts", "2025-05-20", 2), ("sport", "2025-05-21", 5))

    assert [day.name for day in shown.days] == [f"2025-05-{day:02}" for day in range(1, 22)]
    assert [day.total for day in shown.days] == [1, *[0] * 18, 2, 5]
    assert [(topic.topic.slug, sum(topic.days), topic.recent, topic.before) for topic in shown.topics] == [
        ("sport", 6, 5, 0),
        ("arts", 2, 2, 0),
    ]
    assert (shown.peak, shown.half) == (5, 10)


def test_halves_are_equally_long() -> None:
    days = [(date(2025, 6, 1) - timedelta(days=back)).isoformat() for back in range(15)]

    (topic,) = view(*(("sport", day, 1) for day in days)).topics

    assert (topic.total, topic.recent, topic.before) == (15, 7, 7)


def test_topics_come_by_their_stories_of_these_days_then_of_these_months_then_by_slug() -> None:
    shown = view(
        ("arts", "2025-06-02", 1),
        ("sport", "2025-06-02", 1),
        ("sport", "2025-06-01", 1),
        ("crime", "2025-06-02", 1),
    )

    assert [topic.topic.slug for topic in shown.topics] == ["sport", "arts", "crime"]


@pytest.mark.parametrize(
    ("newest", "expected"),
    [
        ("2025-06-14", ("2025-04-20", "2023-07")),
        ("2025-01-01", ("2024-11-07", "2023-02")),
        ("2024-12-31", ("2024-11-06", "2023-01")),
        ("0001-01-03", ("0001-01-01", "0001-01")),
    ],
)
def test_eight_weeks_and_two_years_are_shown(newest: str, expected: tuple[str, str]) -> None:
    assert trends.earliest(newest) == expected


def rows(project: Project, caption: str) -> list[list[str]]:
    """Read a table of the page, its head first."""
    (table,) = re.findall(
        rf"<table>\s*<caption>{caption}</caption>(.*?)</table>", project.read(TRENDS), re.DOTALL
    )
    found = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
    return [re.findall(r"<t[hd][^>]*>(?:<a[^>]*>)?([^<]*)", row) for row in found]


@pytest.fixture
def site(project: Project) -> Project:
    project.article("sport/2025-06-02/cup.md", "Cup", "2025-06-02")
    project.article("sport/2025-06-02/final.md", "Final", "2025-06-02")
    project.article("arts/2025-05-30/play.md", "Play", "2025-05-30")
    project.article("odd/2022-01-01/old.md", "Old", "2022-01-01")
    return project


def test_the_tables_hold_the_numbers_newest_first(site: Project) -> None:
    site.build()

    by_day = rows(site, "Stories by day and topic")
    by_month = rows(site, "Stories by month and topic")

    assert by_day[0] == ["Day", "All", "Sport", "Arts"]
    assert by_day[1:5] == [
        ["June 2", "2", "2", "0"],
        ["June 1", "0", "0", "0"],
        ["May 31", "0", "0", "0"],
        ["May 30", "1", "0", "1"],
    ]
    assert by_month == [
        ["Month", "All", "Sport", "Arts"],
        ["June 2025", "2", "2", "0"],
        ["May 2025", "1", "0", "1"],
    ]


def test_topics_and_days_lead_to_their_pages_where_there_are_any(site: Project) -> None:
    site.build()
    page = site.read(TRENDS)

    assert '<a href="/topics/sport/">Sport</a>' in page
    assert '<a href="/2025/06/02/">June 2</a>' in page
    assert "/2025/06/01/" not in page
    assert "/topics/odd/" not in page


def test_every_chart_has_a_name(site: Project) -> None:
    site.build()
    named = re.findall(
        r'<svg [^>]*role="img" aria-labelledby="([^"]+)">\s*<title id="([^"]+)">([^<]+)</title>',
        site.read(TRENDS),
    )

    assert [(one, name) for one, other, name in named if one == other] == [
        ("all-days", "Stories a day of all topics"),
        ("topic-sport", "Stories a day: Sport"),
        ("topic-arts", "Stories a day: Arts"),
        ("all-months", "Stories a month of all topics"),
    ]


def test_an_empty_site_says_so(project: Project) -> None:
    project.build()

    assert "Nothing has been published here yet." in project.read(TRENDS)
    assert "<svg" not in project.read(TRENDS)


def test_trends_move_as_a_clean_build_has_them(site: Project, another: Callable[[], Project]) -> None:
    def clean() -> Mapping[str, bytes]:
        twin = another()
        for path, data in site.content().items():
            twin.write(f"content/{path}", data)
        twin.build()
        return twin.site()

    site.build()
    steps: list[Callable[[], object]] = [
        lambda: site.remove("content/sport/2025-06-02/cup.md"),
        lambda: site.article("sport/2025-06-02/final.md", "Final", "2025-06-20"),
        lambda: site.article("sport/2025-06-02/final.md", "Final", "2025-06-20", topic="Yachting"),
        lambda: site.article("sport/2025-06-02/final.md", "Final", "2025-06-20", topic="yachting"),
        lambda: site.article("odd/2022-01-01/old.md", "Old", "2024-01-01"),
        lambda: site.remove("content/odd/2022-01-01/old.md"),
        lambda: site.remove("content/sport/2025-06-02/final.md"),
        lambda: site.remove("content/arts/2025-05-30/play.md"),
    ]
    for step in steps:
        step()
        site.build()
        assert site.site() == clean()


def test_an_edit_that_moves_nothing_leaves_the_page_alone(site: Project) -> None:
    site.build()

    edited = site.article("sport/2025-06-02/cup.md", "Cup", "2025-06-02", "Other text.").build()
    old = site.article("odd/2022-01-02/older.md", "Older", "2022-01-02").build()

    assert TRENDS not in edited.written
    assert TRENDS not in old.written


def test_a_site_may_do_without(site: Project) -> None:
    site.configure('[theme]\nhide = ["trends"]\n').build()

    assert [
        path for path, data in site.site().items() if path.endswith(("ml", "/")) and b"trends/" in data
    ] == []
    assert not site.exists(TRENDS)


def test_a_page_of_many_topics_and_days_is_light(project: Project) -> None:
    topics = list(SETTINGS.topics)
    for day in range(56):
        when = (date(2025, 6, 14) - timedelta(days=day)).isoformat()
        for number, topic in enumerate(topics):
            for copy in range((day * 7 + number * 3) % 4):
                project.article(f"{topic}/{when}/{copy}.md", "News", when, f"Text {copy}.")
    project.build()

    assert len(topics) == 18
    assert len(gzip.compress(project.read(TRENDS).encode())) < 25_000


def test_huge_numbers_fit() -> None:
    shown = view(("sport", "2025-06-02", 10**12), ("arts", "2025-06-01", 1))

    assert (shown.peak, shown.days[-1].total) == (10**12, 10**12)
