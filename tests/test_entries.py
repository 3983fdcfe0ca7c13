"""Entries are what feedgen writes of the same values, whatever the values are."""

from datetime import UTC, datetime, timedelta, timezone
from html import escape
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from hypothesis import given
from hypothesis import strategies as st
from samples import SETTINGS, card

from generator import entries, feeds, frames, urls
from generator.feed_views import FeedView
from generator.frames import Frames
from generator.records import changed
from generator.text import xml_text
from generator.views import Entry, Term

BASE = "https://news.example/a%20b/"
texts = st.text(st.sampled_from("ab <>&\"'\t\n\r]é北\x07\x85\u2028\ufffe😀;#"), max_size=6)
words = st.text(st.sampled_from("ab<&\"'é北\x07\n "), min_size=1, max_size=4).filter(xml_text)
zones = st.sampled_from(
    (UTC, timezone(timedelta(hours=-9, minutes=-30)), timezone(timedelta(hours=5, minutes=45)))
)
moments = st.datetimes(datetime(1000, 1, 1), datetime(9000, 1, 1), timezones=zones).map(  # noqa: DTZ001 - zones follow
    lambda moment: moment.replace(microsecond=0)
)
terms = st.builds(Term, words, words.map(urls.slug))
bodies = st.sampled_from(
    ("", '<p>One &amp; <a href="x y">two</a> ]]&gt;</p>', "<p>\x0b\r\n</p>", '<img src="/a?b&amp;c">')
)


@st.composite
def any_entry(draw: st.DrawFn) -> Entry:
    fields: dict[str, Any] = {
        "title": draw(texts),
        "summary": draw(texts),
        "source": draw(st.none() | terms),
        "topic": draw(terms),
        "tags": tuple(draw(st.lists(terms, max_size=2))),
        "authors": tuple(draw(st.lists(words, max_size=2))),
        "updated": draw(st.none() | moments),
        "date": draw(moments),
        "path": draw(st.sampled_from(("2025/06/02/a b/", "2025/06/02/北京/", "2025/06/02/a'b&c/"))),
    }
    address = draw(st.sampled_from(("", "https://courier.example/a?b=1&c='2'", "https://x.example/é")))
    return Entry(card(**fields), draw(bodies), address)


def by_feedgen(entry: Entry, *, rss: bool) -> str:
    feed = FeedGenerator()
    feed.load_extension("dc", atom=False, rss=True)
    feed.id("id")
    feed.title("Title")
    feed.description("Description")
    feed.updated(entry.card.date)
    feed.link(href="https://x.example/")
    describe(feed.add_entry(order="append"), entry, rss=rss)
    whole = (feed.rss_str if rss else feed.atom_str)(pretty=True)
    lines = (whole if isinstance(whole, str) else whole.decode()).split("\n")
    mark = "    <item>" if rss else "  <entry>"
    start, end = lines.index(mark), lines.index(mark.replace("<", "</"))
    return "\n".join((*lines[start : end + 1], ""))


def describe(item: FeedEntry, entry: Entry, *, rss: bool) -> None:
    found = entry.card
    address = urls.link(BASE, found.path)
    item.id(found.id)
    item.title(xml_text(found.title) or found.path)
    item.link(href=address, rel="alternate", type="text/html")
    item.published(found.date)
    item.updated(found.updated or found.date)
    summary = xml_text(found.summary or found.title)
    item.summary(escape(summary, quote=False) if rss else summary)  # a description of RSS is HTML
    if entry.content:
        item.content(xml_text(entries.absolute(entry.content, address)), type="html")
    for term in (found.topic, *found.tags):
        item.category(term=term.slug, label=xml_text(term.name))
    for name in entries.writers(entry):
        item.author(name=xml_text(name))
        item.dc.dc_creator(xml_text(name))
    if entry.source_url and found.source:
        item.source(entry.source_url, xml_text(found.source.name))


@given(any_entry())
def test_an_atom_entry_is_what_feedgen_writes(entry: Entry) -> None:
    assert entries.atom_entry(entry, BASE).decode() == by_feedgen(entry, rss=False)


@given(any_entry())
def test_an_rss_item_is_what_feedgen_writes(entry: Entry) -> None:
    assert entries.rss_item(entry, BASE).decode() == by_feedgen(entry, rss=True)


def frame_by_feedgen(view: FeedView, *, rss: bool) -> bytes:
    site, feed = view.site, FeedGenerator()
    if rss:
        feed.load_extension("dc", atom=False, rss=True)
    feed.id(xml_text(view.id))
    feed.title(xml_text(view.title))
    for describe_as in (feed.description, feed.subtitle):
        about = xml_text(site.description) or xml_text(view.title)
        describe_as(escape(about, quote=False) if rss else about)  # as of an item
    name = "rss.xml" if rss else "atom.xml"
    feed.link(href=urls.link(site.base_url, view.folder + name), rel="self", type=frames.TYPES[name])
    feed.link(href=urls.link(site.base_url, view.home), rel="alternate", type="text/html")
    feed.language(site.language)
    feed.author(name=xml_text(site.title))
    feed.generator("Dateline")
    for dated_by in (feed.updated, feed.lastBuildDate):
        dated_by(view.updated)
    written = (feed.rss_str if rss else feed.atom_str)(pretty=True)
    return written.encode() if isinstance(written, str) else bytes(written)


marks = st.sampled_from((*frames.MARKS, "1000-01-01T00:00:00+00:00"))


@given(words | marks, words | marks, texts | marks, moments)
def test_the_frame_is_what_feedgen_writes(title: str, name: str, description: str, updated: datetime) -> None:
    site = changed(SETTINGS.site, title=name, description=description, base_url=BASE)
    view = FeedView(site, f"{BASE}tags/a&b/", title, "tags/a'b/", "tags/a&b/", updated, ())

    assert feeds.render_rss(view, Frames()) == frame_by_feedgen(view, rss=True)
    assert feeds.render_atom(view, Frames()) == frame_by_feedgen(view, rss=False)


def test_entries_stand_in_their_feed_in_order() -> None:
    shown = tuple(Entry(card(name, title=f"{name} </feed> </channel>")) for name in ("one", "two", "three"))
    view = FeedView(SETTINGS.site, "id", "A </feed>", "", "", datetime(2025, 6, 2, tzinfo=UTC), shown)

    for document in (feeds.render_rss(view, Frames()).decode(), feeds.render_atom(view, Frames()).decode()):
        places = [document.index(f"{name} &lt;/feed&gt;") for name in ("one", "two", "three")]
        assert places == sorted(places)
        assert document.count("</feed>") + document.count("</channel>") == 1
