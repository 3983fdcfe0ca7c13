"""Web pages to stories: what is kept, what is dropped and why, and the account of every visible character."""

import logging
from collections.abc import Iterable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.ingest.formats import Reading
from generator.ingest.rulebook.rules import load_rules
from generator.ingest.webpages import webpage
from generator.ingest.webpages.webpage import read_webpage
from generator.model import Block, Severity

TITLE = "Harbour bridge reopens in May"
FIRST = (
    "The council of Port Ellery met on Monday and said that the harbour bridge would reopen in May, after repairs"
    " that took far longer than planned."
)
SECOND = (
    "Engineers had found cracks in two of its nine pillars, and the harbour trust paid for the work with a loan"
    " from the regional bank."
)
THIRD = "“It is a good day,” said the mayor."
FOURTH = (
    "Traffic will be let over the bridge in one lane at first, and the ferries will go on until the autumn,"
    " the trust has promised."
)
STORY = "".join(f"<p>{text}</p>" for text in (FIRST, SECOND, THIRD, FOURTH))
HEAD = f"<meta charset=utf-8><title>{TITLE} - The Ellery Courier</title>"
DATED = f"{HEAD}<meta name=date content=2025-06-02>"


def page(body: str, head: str = HEAD, tag: str = "<html lang=en>") -> bytes:
    return f"<!doctype html>{tag}<head>{head}</head><body>{body}</body></html>".encode()


def blocks_of(reading: Reading) -> list[Block]:
    told = [block for story in reading.stories for block in (story.title, *story.header, *story.body)]
    return sorted([*told, *(dropped.block for dropped in reading.dropped)], key=lambda block: block.start)


def read(data: bytes) -> Reading:
    """Read a page and hold it to account: every visible character is in one block, which stands where it says."""
    reading = read_webpage(data, "page.html")
    document, done = reading.document, 0
    for block in blocks_of(reading):
        assert document[done : block.start].strip() == ""
        assert document[block.start : block.start + len(block.text)] == block.text == block.text.strip() != ""
        assert document.count("\n", 0, block.start) + 1 == block.line
        done = block.start + len(block.text)
    assert document[done:].strip() == ""
    assert bool(reading.stories) != any(issue.severity is Severity.ERROR for issue in reading.issues)
    return reading


def body_of(reading: Reading) -> list[str]:
    (story,) = reading.stories
    return [block.text for block in story.body]


def rule_of(reading: Reading, text: str) -> str:
    return next(dropped.rule for dropped in reading.dropped if text in dropped.block.text)


def texts(blocks: Iterable[Block]) -> list[str]:
    return [block.text for block in blocks]


def test_a_page_is_a_story_with_all_around_it_dropped() -> None:
    reading = read(
        page(
            f"""<header><a href="/">The Ellery Courier</a></header><nav><a href="/sport">Sport</a></nav>
            <article><h1>{TITLE}</h1><p class="byline">By Nina Torvald</p>
            <time class="published" datetime="2025-06-02T10:00:00Z">2 June 2025</time>{STORY}</article>
            <aside><h2>Most read</h2><a href="/b">Bakers strike over flour</a></aside>
            <form><label>Email</label><button>Send</button></form>
            <footer>Copyright The Ellery Courier</footer>"""
        )
    )
    (story,) = reading.stories

    assert (story.title.text, story.title.kind) == (TITLE, "heading")
    assert texts(story.header) == ["By Nina Torvald", "2 June 2025"]
    assert texts(story.body) == [FIRST, SECOND, THIRD, FOURTH]
    assert story.published == "2025-06-02T10:00:00Z"
    assert (story.facts.authors, story.facts.language) == (("Nina Torvald",), "en")
    assert rule_of(reading, "Sport") == "page-navigation"
    assert rule_of(reading, "Most read") == "page-aside"
    assert rule_of(reading, "Email") == "page-form"
    assert rule_of(reading, "Copyright") == "page-footer"
    assert reading.issues == ()


def test_facts_are_the_page_s_own() -> None:
    reading = read(
        page(
            f"<h1>{TITLE}</h1>{STORY}",
            f"""{HEAD}<link rel="canonical" href="https://courier.example/2025/bridge?a=1#top">
            <meta property="og:site_name" content="The Ellery Courier"><meta name="author" content="Nina Torvald">
            <meta property="og:image" content="https://courier.example/a.jpg">
            <meta name="keywords" content="bridge"><meta name="description" content="In May.">
            <meta property="article:modified_time" content="2025-06-03">""",
        )
    )
    (story,) = reading.stories

    assert story.source == "The Ellery Courier"
    assert story.facts.identity == story.facts.address == "https://courier.example/2025/bridge?a=1"
    assert (story.facts.image, story.facts.keywords) == ("https://courier.example/a.jpg", ("bridge",))
    assert (story.facts.summary, story.facts.updated) == ("In May.", "2025-06-03")


def test_a_paragraph_may_be_made_of_line_breaks() -> None:
    reading = read(page(f"<h1>{TITLE}</h1><div>{FIRST}<br><br>{SECOND}<br>{THIRD}<br><br>{FOURTH}</div>"))

    assert body_of(reading) == [FIRST, f"{SECOND}\n{THIRD}", FOURTH]


def test_blocks_say_what_they_are() -> None:
    reading = read(
        page(
            f"""<article><h1>{TITLE}</h1><p>{FIRST}</p><h2>What it cost</h2><p>{SECOND}</p>
            <ul><li>It reopens in May.<li>One lane at first.</ul><blockquote>{THIRD}</blockquote>
            <p>{FOURTH}</p></article>"""
        )
    )
    (story,) = reading.stories

    assert [block.kind for block in story.body] == ["", "heading", "", "item", "item", "quote", ""]


def test_a_row_of_a_table_is_one_block() -> None:
    rows = (("First pillar", "3 cracks"), ("Second", "5 cracks"))
    table = "".join(f"<tr><td>{one}</td><td>{other}</td></tr>" for one, other in rows)
    reading = read(
        page(
            f"<article><h1>{TITLE}</h1><p>{FIRST}</p><table>{table}</table><p>{SECOND}</p><p>{FOURTH}</p></article>"
        )
    )

    assert body_of(reading)[1:3] == ["First pillar\n3 cracks", "Second\n5 cracks"]


# ------------------------------------------------------------------------------------------ what extractors miss


def test_a_story_that_goes_on_in_a_twin_of_its_container_is_whole() -> None:
    def chunk(*paragraphs: str) -> str:
        inner = "".join(f"<p>{text}</p>" for text in paragraphs)
        return f'<div class="row"><div class="body">{inner}</div></div><div class="ad">Advertisement</div>'

    reading = read(page(f"<h1>{TITLE}</h1><div>{chunk(FIRST, SECOND, THIRD)}{chunk(FOURTH)}</div>"))

    assert body_of(reading) == [FIRST, SECOND, THIRD, FOURTH]


def test_a_post_that_the_story_quotes_is_told() -> None:
    post = '<blockquote class="twitter-tweet"><p>The bridge is open!</p>— Ellery (@ellery)</blockquote>'
    reading = read(
        page(
            f"<article><h1>{TITLE}</h1><p>{FIRST}</p><div>{post}</div><p>{SECOND}</p><p>{FOURTH}</p></article>"
        )
    )

    assert "The bridge is open!" in body_of(reading)


def test_headings_of_a_list_of_things_are_told_all() -> None:
    things = "".join(
        f"<h2>{n}. Thing number {n}</h2><p>{text}</p><ul><li><a href=/{n}>Source {n}</a></li></ul>"
        for n, text in enumerate((FIRST, SECOND, FOURTH))
    )
    reading = read(page(f"<h1>{TITLE}</h1>{things}", DATED))

    assert [text for text in body_of(reading) if "Thing" in text] == [
        "0. Thing number 0",
        "1. Thing number 1",
        "2. Thing number 2",
    ]


def test_a_table_for_the_layout_parts_no_paragraphs_and_joins_none() -> None:
    menu = "<td><a href=/1>News</a><br><a href=/2>Sport</a></td>"
    text = f"<b>{TITLE}</b><br><i>By Nina Torvald</i><br><br>{FIRST}<br><br>{SECOND}<br><br>{FOURTH}"
    reading = read(page(f"<table><tr>{menu}<td>{text}</td><td>Advertisement</td></tr></table>"))

    assert body_of(reading) == [FIRST, SECOND, FOURTH]
    assert texts(reading.stories[0].header) == ["By Nina Torvald"]
    assert reading.stories[0].facts.authors == ("Nina Torvald",)


def test_updates_of_a_live_page_keep_their_headings() -> None:
    updates = "".join(
        f"<article class=update><h2>Update at {hour}</h2><p>The storm took the roof of house number {hour} in the"
        f" lower town on Monday morning, the fire brigade said to reporters.</p></article>"
        for hour in (9, 10, 11)
    )
    reading = read(page(f"<main><h1>{TITLE}</h1>{updates}</main>"))

    assert [text for text in body_of(reading) if text.startswith("Update")] == [
        "Update at 9",
        "Update at 10",
        "Update at 11",
    ]


# ------------------------------------------------------------------------------------------ what extractors keep


@pytest.mark.parametrize(
    ("junk", "rule"),
    [
        ("<p>Read more: <a href='/b'>Bakers strike over flour in the lower town</a></p>", "page-links"),
        ("<p><a href='/b'>BAKERS STRIKE OVER FLOUR IN THE LOWER TOWN</a></p>", "page-links"),
        (
            "<div class='inline-related'><p>Bakers strike over flour in the lower town this week.</p></div>",
            "page-related",
        ),
        (
            "<div class='box-newsletter'><p>The best of the week in your letter box, each Friday.</p></div>",
            "page-newsletter",
        ),
        (
            "<figure><img src=a.png><figcaption>The bridge, seen from the quay.</figcaption></figure>",
            "page-caption",
        ),
        (
            "<div class=media><img src=a.png><br><span class=small>The bridge from the quay</span></div>",
            "page-caption",
        ),
        ("<p><img src=a.png></p><p><em>The bridge from the quay</em></p>", "page-caption"),
        ("<p class='photoCredit'>Photo by Jette Marr</p>", "page-caption"),
        (
            "<div class='share-bar'><p>Tell your friends about it all over town, and the town too.</p></div>",
            "page-share",
        ),
        ("<p>© 2025 The Ellery Courier</p>", "page-copyright"),
        (f"<h2>{TITLE}</h2>", "page-headline"),
        (f"<p>{SECOND}</p>", "page-twin"),
    ],
)
def test_what_is_no_story_is_dropped_with_its_rule(junk: str, rule: str) -> None:
    reading = read(
        page(
            f"<article><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p>{junk}<p>{THIRD}</p><p>{FOURTH}</p></article>"
        )
    )

    assert body_of(reading) == [FIRST, SECOND, THIRD, FOURTH]
    assert {dropped.rule for dropped in reading.dropped} == {rule}


def test_links_in_a_story_are_no_links_to_others() -> None:
    linked = f"<p><a href='/t'>{SECOND[:90]}</a>{SECOND[90:]}</p><h3><a href='/p'>The ferry</a></h3><p>{FOURTH}</p>"
    reading = read(page(f"<article><h1>{TITLE}</h1><p>{FIRST}</p>{linked}</article>"))

    assert body_of(reading) == [FIRST, SECOND, "The ferry", FOURTH]


def test_a_deck_is_said_about_the_story() -> None:
    deck = "After two years of repairs the town gets its only road to the islands back"
    reading = read(page(f"<article><h1>{TITLE}</h1><h2>{deck}</h2>{STORY}</article>"))

    assert texts(reading.stories[0].header) == [deck]
    assert body_of(reading) == [FIRST, SECOND, THIRD, FOURTH]


def test_a_list_of_other_stories_goes_with_its_heading() -> None:
    others = "<h3>You may also like</h3>" + "".join(
        f"<p><a href='/{n}'>Bakers strike over flour, part {n}</a></p>" for n in range(3)
    )
    reading = read(page(f"<article><h1>{TITLE}</h1>{STORY}{others}</article>"))

    assert body_of(reading) == [FIRST, SECOND, THIRD, FOURTH]


def test_another_article_on_the_page_is_not_the_story() -> None:
    other = (
        "<article><h1>Bakers strike over flour</h1><p>Flour has doubled in price, and the bakers put down their"
        " aprons on Monday, their guild said.</p></article>"
    )
    reading = read(page(f"<article><h1>{TITLE}</h1>{STORY}</article>{other}"))

    assert body_of(reading) == [FIRST, SECOND, THIRD, FOURTH]
    assert rule_of(reading, "Flour") == "page-article"


def test_boxes_about_other_stories_are_no_part_of_one() -> None:
    box = (
        "<div><a href='/b'>Bakers strike</a><p>Flour has doubled in price and the bakers are cross.</p></div>"
    )
    reading = read(page(f"<div><h1>{TITLE}</h1>{STORY}{box}{box.replace('akers', 'rewers')}</div>"))

    assert body_of(reading) == [FIRST, SECOND, THIRD, FOURTH]


def test_names_that_say_what_else_there_is_make_no_furniture() -> None:
    boxes = "".join(
        f"<div class='post has-caption category-social tag-newsletter'><p>{text}</p></div>"
        for text in (FIRST, SECOND, THIRD, FOURTH)
    )
    reading = read(page(f"<article><h1>{TITLE}</h1>{boxes}</article>"))

    assert body_of(reading) == [FIRST, SECOND, THIRD, FOURTH]


def test_the_article_of_the_headline_is_the_story_s(monkeypatch: pytest.MonkeyPatch) -> None:
    others = [f"Number {n} of the other stories says that {SECOND}" for n in range(5)]
    other = "".join(f"<article><p>{text}</p></article>" for text in others)
    data = page(
        f"<article><div><h1>{TITLE}</h1></div><p>{FIRST}</p></article><article>{other}</article>", DATED
    )
    monkeypatch.setattr(webpage, "_opinion", lambda *_, **__: [FIRST, *others])

    assert body_of(read(data)) == [FIRST]


@pytest.mark.parametrize("fast", [[THIRD], [], ["Sport", "Arts", "Home"]])
def test_a_poor_opinion_gives_way_to_a_richer_one(fast: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    whole = [FIRST, SECOND, THIRD, FOURTH]
    opinions = {True: fast, False: whole}
    menu = "<div><p>Sport</p><p>Arts</p><p>Home</p></div>"
    monkeypatch.setattr(webpage, "_opinion", lambda *_, fast: opinions[fast])

    assert body_of(read(page(f"{menu}<div><h1>{TITLE}</h1>{STORY}</div>"))) == whole


def test_what_the_page_itself_says_its_text_is_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webpage, "_opinion", lambda *_, **__: [FIRST, SECOND])
    said = f'{{"@type": "NewsArticle", "headline": "{TITLE}", "articleBody": "{FIRST} {SECOND} {FOURTH}"}}'
    script = f'<script type="application/ld+json">{said}</script>'
    body = f"<h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p><div><div><section class=x>{FOURTH}</section></div></div>"

    assert body_of(read(page(body, HEAD + script))) == [FIRST, SECOND, FOURTH]


def test_a_rule_that_is_switched_off_drops_nothing() -> None:
    link = "Read more: Bakers strike over flour in the lower town"
    data = page(
        f"<article><h1>{TITLE}</h1>{STORY.replace(f'<p>{THIRD}</p>', f'<p><a href=/b>{link}</a></p>')}</article>"
    )

    (story,) = read_webpage(data, rules=load_rules(without=("page-links",))).stories
    assert link in texts(story.body)
    assert link not in body_of(read(data))


# ------------------------------------------------------------------------------------------ pages without a story


def teasers(tag: str) -> str:
    return "".join(
        f"<{tag}><h2><a href='/{n}'>Headline number {n} about the harbour</a></h2><p>The teaser of story {n} says"
        f" that something happened in Port Ellery on Monday morning, at last.</p></{tag}>"
        for n in range(8)
    )


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "shows no text"),
        (b"<!doctype html><html></html>", "shows no text"),
        (page("<div id=root></div><noscript>This page needs JavaScript to run.</noscript>"), "shows no text"),
        (page(f"<h1>Sport</h1>{teasers('div')}", "<title>Sport</title>"), "only leads to stories"),
        (page(f"<h1>Sport</h1>{teasers('article')}", "<title>Sport</title>"), "only leads to stories"),
        (
            page(
                f"<h1>The Ellery Courier</h1>{teasers('section')}",
                "<title>The Ellery Courier</title><link rel=canonical href='https://courier.example/'>",
            ),
            "only leads to stories",
        ),
        (
            page(
                "<h1>Not found</h1><p>The page that you asked for could not be found.</p>",
                "<title>404</title>",
            ),
            "a short notice",
        ),
        (
            page(
                "<h1>Log in</h1><form><button>Log in</button></form><p>Did you forget your password?</p>",
                "<title>Log in</title>",
            ),
            "a short notice",
        ),
        (
            page(f"<h1>{TITLE}</h1><figure><img src=a.png><figcaption>{FIRST}</figcaption></figure>"),
            "nothing on the page reads like an article",
        ),
        (page(f"<h1>{TITLE}</h1><p>More to follow…</p>"), "nothing on the page reads like an article"),
    ],
)
def test_a_page_without_a_story_says_so(data: bytes, why: str) -> None:
    reading = read(data)

    assert reading.stories == ()
    (issue,) = reading.issues
    assert why in issue.message


def test_a_dated_note_is_a_story_however_short() -> None:
    note = "The ferry to the islands sails again on Monday."
    reading = read(page(f"<h1>{TITLE}</h1><p>{note}</p>", DATED))

    assert body_of(reading) == [note]


def test_a_home_page_given_as_address_makes_no_front_page_of_a_story() -> None:
    reading = read(
        page(f"<h1>{TITLE}</h1>{STORY}", f"{HEAD}<link rel=canonical href='https://courier.example/'>")
    )

    assert body_of(reading) == [FIRST, SECOND, THIRD, FOURTH]
    assert (reading.stories[0].facts.identity, reading.stories[0].source) == ("", "courier.example")


def test_the_beginning_of_a_story_for_subscribers_is_reported() -> None:
    said = '{"@type": "NewsArticle", "headline": "x", "isAccessibleForFree": "False"}'
    script = f'<script type="application/ld+json">{said}</script>'
    reading = read(
        page(f"<h1>{TITLE}</h1><p>{FIRST}</p><div class=paywall>Subscribe to read on.</div>", HEAD + script)
    )

    assert body_of(reading) == [FIRST]
    assert [issue.severity for issue in reading.issues] == [Severity.WARNING]


# ------------------------------------------------------------------------------------------ strange pages


def test_a_page_that_shows_no_headline_has_the_window_s() -> None:
    reading = read(page(STORY, f"<title>{TITLE}</title>"))

    assert reading.stories[0].title.text == TITLE
    assert reading.document.startswith(f"{TITLE}\n{FIRST}")
    assert body_of(reading) == [FIRST, SECOND, THIRD, FOURTH]


ARABIC = (
    "الجسر يفتح أبوابه",
    "قال مجلس المدينة يوم الاثنين إن الجسر سيفتح أبوابه في شهر مايو بعد إصلاحات استغرقت وقتا أطول مما كان مقررا.",
)
JAPANESE = (
    "港の橋、五月に再開",
    "市議会は月曜日、港の橋を五月に再開すると発表した。修理には予定より長い時間がかかったという。技術者は橋脚にひびを見つけた。",
)
GERMAN = (
    "Brücke öffnet im Mai",
    "Der Rat der Stadt hat am Montag mitgeteilt, dass die Brücke nach längeren Arbeiten im Mai öffnet, endlich.",
)


@pytest.mark.parametrize(
    ("language", "words", "encoding", "declared", "warned"),
    [
        ("ar", ARABIC, "utf-8", "utf-8", False),
        ("ar", ARABIC, "cp1256", "windows-1256", False),
        ("ar", ARABIC, "cp1256", "", True),
        ("ar", ARABIC, "utf-8", "windows-1256", False),
        ("ja", JAPANESE, "cp932", "Shift_JIS", False),
        ("ja", JAPANESE, "euc_jp", "EUC-JP", False),
        ("ja", JAPANESE, "iso2022_jp", "ISO-2022-JP", False),
        ("ja", JAPANESE, "cp932", "", True),
        ("de", GERMAN, "cp1252", "iso-8859-1", False),
        ("de", GERMAN, "cp1252", "utf-8", True),
        ("de", GERMAN, "cp1252", "no-such-charset", True),
        ("de", GERMAN, "utf-8-sig", "", False),
        ("de", GERMAN, "utf-16", "", False),
        ("de", GERMAN, "utf-16-le", "", False),
    ],
)
def test_any_encoding_is_read(
    language: str, words: tuple[str, str], encoding: str, declared: str, *, warned: bool
) -> None:
    title, text = words
    meta = f'<meta http-equiv="content-type" content="text/html; charset={declared}">' if declared else ""
    dated = "<meta name=date content=2025-06-02>"
    head = f"<head>{meta}{dated}<title>{title}</title></head>"
    data = f"<html lang={language}>{head}<body><h1>{title}</h1><p>{text}</p><p>{text[:-20]}</p></body></html>"
    reading = read(data.encode(encoding))

    assert reading.stories[0].title.text == title
    assert body_of(reading)[0] == text
    assert bool(reading.issues) == warned


def test_xhtml_is_html() -> None:
    data = (
        '<?xml version="1.0" encoding="iso-8859-1"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "x.dtd">'
        f'<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="de"><head><title>{GERMAN[0]}</title></head><body>'
        f"<h1>{GERMAN[0]}</h1><p>{GERMAN[1]}<br/></p><p/><p>{GERMAN[1][:-9]}</p></body></html>"
    )
    reading = read(data.encode("iso-8859-1"))

    assert reading.stories[0].title.text == GERMAN[0]
    assert reading.issues == ()


def test_frames_and_nul_bytes_and_depth_are_survived() -> None:
    assert not read(b"<frameset><frame src=a><noframes>No frames here.</noframes></frameset>").stories
    assert body_of(read(page(f"<h1>{TITLE}</h1>{STORY}").replace(b"Monday", b"Mon\0day")))[0] == FIRST
    deep = read(page(f"<h1>{TITLE}</h1>" + "<div>" * 5_000 + STORY))
    assert body_of(deep) == [FIRST, SECOND, THIRD, FOURTH]
    assert "nested too deeply" in deep.issues[0].message


def test_a_page_too_large_for_the_extractor_is_read_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webpage, "_MOST_ELEMENTS", 5)

    assert body_of(read(page(f"<h1>{TITLE}</h1><nav><p>{THIRD}</p></nav>{STORY}"))) == [
        FIRST,
        SECOND,
        THIRD,
        FOURTH,
    ]


def test_an_extractor_that_fails_costs_no_story(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr("trafilatura.bare_extraction", fail)

    assert body_of(read(page(f"<h1>{TITLE}</h1>{STORY}"))) == [FIRST, SECOND, THIRD, FOURTH]


def test_a_page_reads_the_same_whatever_was_read_before() -> None:
    data = page(f"<article><h1>{TITLE}</h1>{STORY}</article>")
    first = read(data)
    others = [
        page(f"<article><h1>Number {n}</h1>{STORY}<p>Number {n} is another page.</p></article>")
        for n in range(5)
    ]

    assert all(FOURTH in body_of(read(other)) for other in others)
    assert read(data) == first


def test_nothing_is_logged_or_printed(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        for data in (b"", b"<p>x", page(f"<h1>{TITLE}</h1>{STORY}"), page(teasers("div")), b"\xff\xfe\x00"):
            read(data)

    assert [record for record in caplog.records if not record.name.startswith("generator")] == []
    assert capfd.readouterr() == ("", "")


# ------------------------------------------------------------------------------------------ any page at all

WORDS = st.sampled_from(
    [
        FIRST,
        SECOND,
        THIRD,
        FOURTH,
        TITLE,
        "Read more",
        "By Nina Torvald",
        "© 2025",
        "2 June 2025",
        "x",
        "\u200b",
        "港の橋。",
        " ",
        "&amp;",
        "<",
        "Tags:",
    ]
)
OPENINGS = st.sampled_from(
    [
        *(
            "p",
            "div",
            "article",
            "section",
            "h1",
            "h2",
            "ul",
            "li",
            "table",
            "tr",
            "td",
            "blockquote",
            "nav",
            "aside",
        ),
        *(
            "span",
            "b",
            "em",
            "a href='/x'",
            "a href='#x'",
            "div class='related'",
            "p class=byline",
            "figure",
            "form",
        ),
        *(
            "br",
            "img src=a.png",
            "figcaption",
            "script",
            "header",
            "footer",
            "pre",
            "div class=comments",
            "noscript",
        ),
    ]
)
CLOSINGS = st.sampled_from(
    ["p", "div", "article", "ul", "li", "table", "a", "b", "script", "nav", "body", "html"]
)
PARTS = WORDS | OPENINGS.map("<{}>".format) | CLOSINGS.map("</{}>".format) | st.text(max_size=5)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(PARTS, max_size=40).map("".join),
    st.sampled_from([HEAD, "", "<title>x</title><meta name=date content=2025-06-02>"]),
)
def test_every_visible_character_of_any_page_is_told_or_dropped_once(body: str, head: str) -> None:
    read(page(body.replace("\ud800", ""), head))


@given(st.binary(max_size=60))
def test_any_bytes_are_accounted_for(data: bytes) -> None:
    read(data)
