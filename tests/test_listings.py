"""The views of HTML pages: what each holds, and that a page without anything to show is none."""

import re
from itertools import pairwise

import pytest
from conftest import Project
from hypothesis import given
from hypothesis import strategies as st
from samples import SETTINGS, card, terms
from samples import given as gave

from generator import importance, initials, keys, listings, urls
from generator.inputs import Listed
from generator.model import Key
from generator.page_views import Year
from generator.views import Card, Count, Entry, Mention, Neighbour, Term

cards = st.lists(
    st.builds(
        card,
        st.sampled_from("abcdef"),
        st.datetimes().map(lambda moment: moment.replace(fold=0).isoformat() + "+00:00"),
        topic=st.sampled_from((Term("Sport", "sport"), Term("Arts", "arts"), Term("Odd", "odd"))),
        tags=st.sampled_from((terms(), terms("rail"), terms("rail", "port"))),
        has_body=st.booleans(),
    ),
    max_size=8,
    unique_by=lambda made: made.path,
).map(lambda found: tuple(sorted(found, key=lambda made: made.date, reverse=True)))


@pytest.mark.parametrize(
    "key",
    [
        ("article", "2025/06/02/cup/"),
        ("day", "2025-06-02"),
        ("month", "2025-06"),
        ("year", "2025"),
        ("topic", "odd"),
        ("tag", "sport"),
        ("source", "wire"),
        ("tag-month", "rail", "2025-06"),
        ("redirect", "old/"),
    ],
)
def test_a_key_without_members_has_no_page(key: Key) -> None:
    views = {
        "article": listings.view_article,
        "day": listings.view_day,
        "month": listings.view_period,
        "year": listings.view_period,
        "tag-month": listings.view_archive,
        "redirect": listings.view_redirect,
    }

    assert views.get(key[0], listings.view_term)(gave(key), SETTINGS) is None


def index(kind: str, *listed: Listed) -> tuple[Count, ...]:
    view = listings.view_index(gave((kind,), terms=listed), SETTINGS)
    assert view is not None
    return view.terms


@given(st.lists(st.text(min_size=1), max_size=20, unique_by=urls.slug), st.sampled_from(("tag", "source")))
def test_names_are_in_the_order_in_which_they_are_looked_up(names: list[str], kind: str) -> None:
    listed = index(keys.TERMS[kind], *(Listed((kind, urls.slug(name)), name, 1) for name in names))

    assert sorted(listed, key=initials.order) == list(listed)


def test_a_site_without_articles_has_a_front_page_indexes_and_its_topics() -> None:
    front = listings.view_front(gave(("front",)), SETTINGS)
    topic = listings.view_term(gave(("topic", "sport")), SETTINGS)

    assert (front.lead, front.sections, front.briefs) == (None, (), ())
    assert (front.edition, front.archive) == (None, None)
    assert topic is not None
    assert (topic.total, topic.days, topic.head.feeds) == (0, (), ())
    assert len(index("topics")) == 18
    assert index("tags") == ()
    assert listings.view_not_found(gave(("not-found",)), SETTINGS).head.path == "404.html"


@given(cards)
def test_the_front_page_leads_with_the_newest_day_and_shows_no_story_twice(found: tuple[Card, ...]) -> None:
    front = listings.view_front(gave(("front",), *found), SETTINGS)
    shown = [shown for section in front.sections for shown in section.cards]
    first = (*front.following, *((front.lead,) if front.lead else ()))
    paths = [each.path for each in (*first, *shown, *front.briefs)]

    assert len(set(paths)) == len(paths)
    assert set(paths) <= {each.path for each in found}
    room = importance.BRIEFS if front.following else importance.FEW_BRIEFS
    assert len(paths) == len(found) or len(front.briefs) == room
    assert (front.lead is None) == (not found)
    assert not front.lead or front.lead.date.date() == found[0].date.date()


def test_a_crowded_front_page_shows_the_best_of_each_topic_and_names_what_is_new_besides() -> None:
    found = [card(f"rail-{number}", tags=terms("rail")) for number in range(11)]
    found += [card(f"play-{number}", topic=Term("Arts", "arts")) for number in range(2)]
    found += [card("older", "2025-05-01T10:00+00:00")]

    front = listings.view_front(gave(("front",), *found), SETTINGS)

    assert front.lead == found[0]
    assert front.following == tuple(found[1:4])
    assert [(section.topic.slug, len(section.cards), section.more) for section in front.sections] == [
        ("sport", 6, 2),
        ("arts", 2, 0),
    ]
    assert [brief.title for brief in front.briefs] == ["Rail-10", "Older"]


@given(cards)
def test_a_days_sections_hold_all_its_stories_and_keep_their_order(found: tuple[Card, ...]) -> None:
    day = listings.view_day(gave(("day", "2025-06-02"), *found), SETTINGS)
    sections = day.sections if day else ()

    assert len({section.topic for section in sections}) == len(sections)
    assert all(one.date >= other.date for section in sections for one, other in pairwise(section.cards))
    assert sum(len(section.cards) for section in sections) == len(found)


@given(cards)
def test_a_terms_cards_are_grouped_by_day(found: tuple[Card, ...]) -> None:
    view = listings.view_term(gave(("topic", "sport"), *found), SETTINGS)

    assert view is not None
    assert [shown for day in view.days for shown in day.cards] == list(found)
    assert [day.day for day in view.days] == sorted({day.day for day in view.days}, reverse=True)
    assert all(shown.date.date().isoformat() == day.day for day in view.days for shown in day.cards)


def test_a_tag_has_archives_only_once_it_outgrows_its_page() -> None:
    months = (Listed(("tag-month", "rail", "2025-06"), "", 51),)

    few = listings.view_term(gave(("tag", "rail"), card(), total=50, terms=months), SETTINGS)
    many = listings.view_term(gave(("tag", "rail"), card(), total=51, terms=months), SETTINGS)
    key = ("tag-month", "rail", "2025-06")

    assert few is not None
    assert few.archive == ()
    assert many is not None
    assert many.archive == (Year("2025", (Count("2025-06", "tags/rail/2025/06/", 51),)),)
    assert listings.view_archive(gave(key, card(), above=50), SETTINGS) is None
    assert listings.view_archive(gave(key, card(), above=51), SETTINGS) is not None
    assert listings.has_archive("topic", 1)


def test_an_archive_leads_back_to_its_term() -> None:
    view = listings.view_archive(gave(("topic-month", "sport", "2025-06"), card(), above=1), SETTINGS)

    assert view is not None
    assert (view.term, view.term_path, view.month, view.total) == (
        Term("Sport", "sport"),
        "topics/sport/",
        "2025-06",
        1,
    )


def test_an_article_shows_what_it_was_given() -> None:
    entry = Entry(card(), "<p>Body.</p>", "https://c.example/a", "https://c.example/b")
    related = (Mention("Play", "2025/06/01/play/", card().date),)

    view = listings.view_article(
        gave(("article", entry.card.path), entries=(entry,), related=related), SETTINGS
    )

    assert view is not None
    assert (view.card, view.body.html, view.source_url, view.canonical) == (
        entry.card,
        *[getattr(entry, name) for name in ("content", "source_url", "canonical")],
    )
    assert view.day == Neighbour("2025-06-02", "2025/06/02/")
    assert view.related == related


def test_a_month_knows_its_year_and_its_neighbours() -> None:
    before = Neighbour("2025-05", "2025/05/")
    days = (Listed(("day", "2025-06-02"), "", 3),)

    month = listings.view_period(gave(("month", "2025-06"), card(), previous=before, terms=days), SETTINGS)
    year = listings.view_period(gave(("year", "2025"), card()), SETTINGS)

    assert month is not None
    assert (month.above, month.previous, month.next) == (Neighbour("2025", "2025/"), before, None)
    assert [(part.name, part.path, part.total) for part in month.parts] == [("2025-06-02", "2025/06/02/", 3)]
    assert year is not None
    assert year.above is None


def test_terms_are_listed_by_name_and_topics_as_the_taxonomy_has_them() -> None:
    tags = tuple(Listed(("tag", name.lower()), name, 1) for name in ("b", "C", "A"))
    topics = (Listed(("topic", "odd"), "Odd", 2), Listed(("topic", "sport"), "sport", 3))

    by_name = index("tags", *tags)
    by_taxonomy = index("topics", *topics)

    assert [count.name for count in by_name] == ["A", "b", "C"]
    assert [count.path for count in by_taxonomy] == [
        *(keys.path(("topic", slug)) for slug in SETTINGS.topics),
        "topics/odd/",
    ]
    assert {count.name: count.total for count in by_taxonomy} | {"Sport": 3, "Odd": 2, "Arts": 0} == {
        count.name: count.total for count in by_taxonomy
    }


def test_of_thousands_of_names_an_index_lists_those_with_the_most_stories(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listings, "LISTED", 2)
    for day, tags in ((2, "[Rail, Port]"), (3, "[Rail, Ferry]"), (4, "[Port]")):
        project.article(
            f"sport/2025-06-0{day}/a.md", "A", f"2025-06-0{day}", tags=tags, source=f"Paper {day}"
        )
    project.build(workers=1)
    tags, sources = project.read("tags/index.html"), project.read("sources/index.html")
    project.remove("content/sport/2025-06-02/a.md").build(workers=1)

    assert re.findall(r'<a href="/tags/(\w+)/"', tags) == ["port", "rail"]
    assert re.findall(r'<a href="/sources/([\w-]+)/"', sources) == ["paper-2", "paper-3"]
    assert "3 tags" in tags
    assert "Listed are the 2 with the most stories." in tags
    assert re.findall(r'<a href="/tags/(\w+)/"', project.read("tags/index.html")) == ["ferry", "port"]
    assert "Listed are" not in project.read("sources/index.html")
    assert "Listed are" not in project.read("topics/index.html")


ENGLISH, GERMAN = Listed(("language", "en"), "", 3), Listed(("language", "de"), "", 2)


@pytest.mark.parametrize(
    ("languages", "expected"),
    [((), ()), ((ENGLISH,), ()), ((GERMAN, ENGLISH), ("DE", "EN")), ((GERMAN,), ("DE",))],
)
def test_languages_are_spoken_of_where_there_is_one_that_is_not_the_sites(
    languages: tuple[Listed, ...], expected: tuple[str, ...]
) -> None:
    front = listings.view_front(gave(("front",), card(), terms=languages), SETTINGS)
    listed = listings.view_index(gave(("languages",), terms=languages), SETTINGS)

    assert tuple(language.name for language in front.languages) == expected
    assert tuple(count.name for count in (listed.terms if listed else ())) == expected
    assert (listed is None) == (not expected)


def test_the_page_of_a_language_names_the_others() -> None:
    view = listings.view_term(gave(("language", "de"), card(), peers=(GERMAN, ENGLISH)), SETTINGS)

    assert view is not None
    assert (view.term, view.others) == (Term("DE", "de"), (Term("EN", "en"),))


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("", None), ("en-GB", None), ("de", Term("DE", "de")), ("pt-BR", Term("PT", "pt"))],
)
def test_an_article_names_its_language_where_it_is_not_the_sites(tag: str, expected: Term | None) -> None:
    entry = Entry(card(language=tag))

    view = listings.view_article(gave(("article", entry.card.path), entries=(entry,)), SETTINGS)

    assert view is not None
    assert view.language == expected


def test_a_redirect_leads_to_the_present_address_unless_it_is_taken() -> None:
    view = listings.view_redirect(gave(("redirect", "old/"), card()), SETTINGS)

    assert view is not None
    assert view.target == "2025/06/02/cup/"
    assert listings.view_redirect(gave(("redirect", "old/"), card(), taken=True), SETTINGS) is None
