"""Whole web pages captured as text: told from articles, read to one story, and accounted for line by line."""

from collections.abc import Collection
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ingest.finding.boilerplate import Role, furniture_of
from generator.ingest.finding.mainbody import is_webpage, read_webpage_text
from generator.ingest.finding.prose import measure, weigh
from generator.ingest.finding.repetition import Repetition
from generator.ingest.rulebook.rules import load_rules
from generator.ingest.splitting.lines import Line, read_lines
from generator.model import Block, Dropped, Issue, RawStory, Severity

CORPUS = sorted((Path(__file__).parent / "corpus").glob("*.txt"))
SITES = [path for path in CORPUS if path.stem.startswith("site-")]
OTHERS = [path for path in CORPUS if not path.stem.startswith(("site-", "junk-"))]

RULES = load_rules()
TOP = "The Skarrow Post\nMenu\nHome\nNews\nSport\nLog in\nSubscribe\n"
FOOT = "About us\nContact us\nPrivacy policy\n© 2025 The Skarrow Post\n"
TITLE = "Harbour bridge reopens after repairs"
HEAD = f"{TITLE}\nBy Nina Torvald\n3 June 2025\n"
FIRST = "The harbour bridge was opened again on Tuesday morning, nine months after it was closed."
SECOND = (
    "Cars may use it at walking pace, and buses will follow when the last of the bolts have been changed."
)
THIRD = "“It holds,” the mayor said when she had reached the other side, and everybody laughed."
BODY = f"{FIRST}\n{SECOND}\n{THIRD}\n"


def document_of(path: Path) -> str:
    return path.read_text(encoding="utf-8").partition("#|\n")[2]


def lines_of(document: str) -> list[Line]:
    return read_lines(document, RULES)[0]


def read(document: str, repeated: Collection[str] = ()) -> tuple[list[RawStory], list[Dropped], list[Issue]]:
    found = list(read_webpage_text(document, lines_of(document), RULES, repeated))
    return (
        [one for one in found if isinstance(one, RawStory)],
        [one for one in found if isinstance(one, Dropped)],
        [one for one in found if isinstance(one, Issue)],
    )


def story_of(document: str) -> RawStory:
    (story,), _, issues = read(document)
    assert issues == []
    return story


def body_of(document: str) -> list[str]:
    return [block.text for block in story_of(document).body]


def rules_of(document: str) -> dict[str, str]:
    return {dropped.block.text: dropped.rule for dropped in read(document)[1]}


@pytest.mark.parametrize("path", SITES, ids=lambda path: path.stem)
def test_a_page_of_a_site_is_known_for_one(path: Path) -> None:
    assert is_webpage(lines_of(document_of(path)), RULES)


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.stem)
def test_articles_releases_digests_and_aggregators_are_no_pages_of_a_site(path: Path) -> None:
    assert not is_webpage(lines_of(document_of(path)), RULES)


def test_an_article_with_short_lines_and_a_stray_button_is_no_page_of_a_site() -> None:
    inside = "What now?\nShare\nA list:\nbread\nsalt\nwater\nflour\nyeast\n"
    article = f"{TITLE}\n\n{BODY}\n{inside}{SECOND}\nAdvertisement\n"

    assert not is_webpage(lines_of(article), RULES)


def test_blank_lines_between_the_lines_change_nothing() -> None:
    page = TOP + HEAD + BODY + FOOT

    assert body_of(page.replace("\n", "\n\n\n")) == body_of(page) == [FIRST, SECOND, THIRD]


def test_headline_site_and_time_are_read_from_around_the_story() -> None:
    story = story_of(f"{TITLE} | The Skarrow Post\n{TOP}{HEAD}{BODY}{FOOT}")

    assert (story.title.text, story.source, story.published) == (TITLE, "The Skarrow Post", "3 June 2025")
    assert story.published_line == 11


def test_a_time_above_the_headline_or_below_the_story_counts_where_none_is_beside_it() -> None:
    assert story_of(f"{TOP}4 June 2025\n{TITLE}\n{BODY}{FOOT}").published == "4 June 2025"
    assert story_of(f"{TOP}{TITLE}\n{BODY}Published 5 June 2025\n{FOOT}").published == "5 June 2025"


def test_a_teaser_above_the_byline_is_the_story_s_summary() -> None:
    teaser = "After nine months the shortest way across the harbour is open again, for cars at least."
    story = story_of(f"{TITLE} - Post\n{TOP}{TITLE}\n{teaser}\nBy Nina Torvald\n3 June 2025\n{BODY}{FOOT}")

    assert story.facts.summary == teaser
    assert teaser in [block.text for block in story.header]
    assert [block.text for block in story.body] == [FIRST, SECOND, THIRD]


def test_a_paragraph_that_links_broke_is_one_block() -> None:
    broken = (
        "The bridge was built by\nAnn Holt\n, who also built the\nlighthouse\nof Skarrow, which fell down."
    )
    body = body_of(f"{TOP}{HEAD}{FIRST}\n{broken}\n{THIRD}\n{FOOT}")

    assert body == [FIRST, broken, THIRD]


def test_sub_headings_short_quotations_and_lists_inside_a_story_stay() -> None:
    inside = "Nine bolts\n“It holds.”\n- bolts\n- rivets\n1) the north pier\n"
    body = body_of(f"{TOP}{HEAD}{FIRST}\n{inside}{SECOND}\n{THIRD}\n{FOOT}")

    assert body == [FIRST, *inside.splitlines(), SECOND, THIRD]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("ADVERTISEMENT", "advert"),
        ("Read more: Ferry to run again before winter", "page-other-story"),
        ("Sign up for our morning newsletter", "page-newsletter"),
        ("Photo: Jette Marr / Ostmark Wire", "page-photo"),
        ("The bridge seen from the north (Reuters)", "page-photo"),
        ("Share on WhatsApp", "share"),
        ("Lesen Sie auch: Fähre fährt wieder", "page-other-story"),
        ("La suite après la publicité", "page-advert"),
        ("Foto de archivo: EFE", "page-photo"),
        ("اقرأ أيضاً: عودة العبارة قبل الشتاء", "page-other-story"),
        ("【関連記事】渡し船、冬までに再開へ", "page-other-story"),
    ],
)
def test_furniture_between_paragraphs_goes_by_its_rule(line: str, rule: str) -> None:
    page = f"{TOP}{HEAD}{FIRST}\n{line}\n{SECOND}\n{THIRD}\n{FOOT}"

    assert body_of(page) == [FIRST, SECOND, THIRD]
    assert rules_of(page)[line] == rule


def test_a_list_of_other_stories_inside_a_story_goes_and_the_story_goes_on() -> None:
    listed = "Related stories\nFerry to run again before winter\nBakers strike over flour\n"
    page = f"{TOP}{HEAD}{FIRST}\n{listed}{SECOND}\n{THIRD}\n{FOOT}"

    assert body_of(page) == [FIRST, SECOND, THIRD]
    assert rules_of(page)["Bakers strike over flour"] == "page-list"


def test_a_headline_that_stands_twice_inside_a_story_takes_its_teaser_along() -> None:
    card = (
        "Ferry to run again before winter\n" * 2
        + "The boat has been in dry dock for two years, and now it has an engine.\n"
    )

    assert body_of(f"{TOP}{HEAD}{FIRST}\n{SECOND}\n{card}{THIRD}\n{FOOT}") == [FIRST, SECOND, THIRD]


def test_comments_below_a_story_go_however_long_they_are() -> None:
    comment = "{}\n3 June 2025 11:0{}\nI will believe it when I have crossed it, and not before.\nReply\n"
    comments = "Comments (9)\n" + "".join(comment.format(f"Gull{n}", n) for n in range(9))

    assert body_of(TOP + HEAD + BODY + comments + FOOT) == [FIRST, SECOND, THIRD]


def test_teasers_and_the_author_s_life_below_a_story_go() -> None:
    life = "Nina Torvald is a reporter for The Skarrow Post and has covered the harbour for nine years."
    teaser = "The boat has been in dry dock for two years, the board says."
    more = f"More from News\nFerry to run again\n2 June 2025\n{teaser}\n"

    assert body_of(TOP + HEAD + BODY + life + "\n" + more + FOOT) == [FIRST, SECOND, THIRD]


def test_a_front_page_is_an_issue_and_everything_on_it_is_dropped() -> None:
    page = TOP + "Ferry runs again\n2 hours ago\nBakers strike\nYesterday\nTram opens\n" + FOOT
    stories, dropped, issues = read(page)

    assert stories == []
    assert [issue.severity for issue in issues] == [Severity.ERROR]
    assert len(dropped) == len(page.splitlines())


@pytest.mark.parametrize(
    "said",
    [
        '"It held all night," she said.',
        "„Die Brücke hat die ganze Nacht gehalten“, sagte sie.",
        "«Le pont a tenu toute la nuit», explique-t-elle.",
        "“El puente aguantó toda la noche”, añadió ella.",
    ],
)
def test_a_story_goes_on_below_a_short_list_with_who_spoke_above_it(said: str) -> None:
    listed = "MOST READ IN NEWS\nYour weekend horoscope\nLotto numbers for Saturday\n"
    last = "The band of the port has asked her to come on Friday."

    told = body_of(f"{TOP}{HEAD}{FIRST}\n{SECOND}\n{listed}{said}\nAdvertisement\n{last}\n{FOOT}")
    beside = body_of(f"{TOP}{HEAD}{FIRST}\n{SECOND}\n{listed}Lotto has a new owner.\n{FOOT}")
    below = body_of(f"{TOP}{HEAD}{FIRST}\n{SECOND}\nComments\nTilda\n{said}\n{FOOT}")

    assert told == [FIRST, SECOND, said, last]
    assert beside == below == [FIRST, SECOND]


@pytest.mark.parametrize(
    ("line", "linked"),
    [
        ("« Older story", True),
        ("» Mehr aus Skarrow", True),
        ("»", True),
        ("«Le pont a tenu», explique-t-elle.", False),
        ("« Le pont a tenu toute la nuit.", False),
        ("»Sie hat gehalten«, sagte sie.", False),
    ],
)
def test_a_mark_that_quotes_is_an_arrow_where_it_stands_alone(line: str, *, linked: bool) -> None:
    (one,) = lines_of(line)

    assert (furniture_of(one, RULES) is not None) == linked


def test_what_a_line_is_depends_on_no_other_language() -> None:
    kinds = {
        "Kommentare (12)": Role.END,
        "Les plus lus": Role.LIST,
        "Publicidad": Role.INSIDE,
        "التعليقات": Role.END,
        "利用規約": Role.LINE,
        "Reply": Role.REPLY,
        FIRST: None,
    }

    assert {
        text: (found := furniture_of(line, RULES)) and found.role for text in kinds for line in lines_of(text)
    } == kinds


@pytest.mark.parametrize(
    ("prose", "headline"),
    [
        (FIRST, "Harbour Bridge Reopens After Long Repairs, Mayor Crosses First"),
        (
            "Der Hafen bekommt im Herbst einen neuen Kran, weil der alte seit dem Mai stillsteht.",
            "Neuer Kran für Hafen Ostmark",
        ),
        (
            "Le port aura une nouvelle grue à l'automne, parce que l'ancienne ne tourne plus depuis mai.",
            "Nouvelle grue au port d'Ostmark",
        ),
        (
            "El puerto tendrá una grúa nueva en otoño, porque la vieja no funciona desde mayo.",
            "Nueva grúa para el puerto de Ostmark",
        ),
        (
            "سيحصل الميناء على رافعة جديدة في الخريف لأن القديمة متوقفة عن العمل منذ شهر مايو.",
            "رافعة جديدة لميناء أوستمارك",
        ),
        (
            "港は秋に新しいクレーンを手に入れる。古いものは五月から止まったままだからだ。",
            "オストマルク港、新型クレーン導入",
        ),
    ],
)
def test_prose_weighs_for_a_story_and_headlines_against_it(prose: str, headline: str) -> None:
    assert weigh(measure(prose), known=True) > 0.8
    assert weigh(measure(headline), known=True) < 0


def test_lines_that_stand_on_several_pages_of_a_site_go() -> None:
    slogan = (
        "The Skarrow Post has told the islands what happened on the mainland since the year of the flood."
    )
    repetition = Repetition()
    for number in range(3):
        repetition.learn(
            f"{slogan}\nStory {number} is about {number} gulls that nobody had counted on the islands before the"
            " year of the great flood.\n"
        )
    page = f"{TOP}{HEAD}{FIRST}\n{SECOND}\n{slogan}\n{THIRD}\n{FOOT}"
    (story,), dropped, _ = read(page, repetition.shared(page))

    assert [block.text for block in story.body] == [FIRST, SECOND, THIRD]
    assert [one.rule for one in dropped if one.block.text == slogan] == ["page-repeated"]


def test_a_story_that_was_captured_again_does_not_become_furniture() -> None:
    repetition = Repetition()
    for _ in range(5):
        repetition.learn(TOP + HEAD + BODY + FOOT)

    assert repetition.shared(BODY) == frozenset()


LINES = st.sampled_from(
    [
        *(
            TITLE,
            f"{TITLE} | The Skarrow Post",
            FIRST,
            SECOND,
            THIRD,
            "By Nina Torvald",
            "3 June 2025",
            "2 hours ago",
        ),
        *(
            "Menu",
            "Home",
            "Share",
            "Facebook",
            "Related stories",
            "Most read",
            "1",
            "Comments (3)",
            "Reply",
            "Gull42",
        ),
        *(
            "Advertisement",
            "Photo: Jette Marr",
            "© 2025 The Skarrow Post",
            "Ann Holt",
            ", who said",
            "and so on.",
            "",
        ),
        *(
            "Read more: Ferry to run",
            "Ferry to run again before winter",
            "- a bolt",
            "関連記事",
            "التعليقات",
            "\u200b",
        ),
    ]
)


@given(st.lists(LINES | st.text(max_size=20), min_size=1, max_size=40).map("\n".join))
def test_every_line_of_a_page_is_told_or_dropped_once(page: str) -> None:
    lines = lines_of(page)
    if not lines:
        return
    stories, dropped, issues = read(page)
    told: list[Block] = [block for one in stories for block in (one.title, *one.header, *one.body)]
    blocks = sorted([*told, *(one.block for one in dropped)], key=lambda block: block.start)

    done = 0
    for block in blocks:
        assert block.start >= done
        assert page[block.start : block.start + len(block.text)] == block.text
        assert not any(done <= line.block.start < block.start for line in lines)
        done = block.start + len(block.text)
    assert not any(line.block.start >= done for line in lines)
    assert len(stories) + len(issues) == 1
