"""Scraped pages to stories: the corpus, the real page, and the account of every character."""

from pathlib import Path

import pytest
from casebook import FOLDER, cases, failures, read_and_describe, read_case, unaccounted
from hypothesis import given
from hypothesis import strategies as st

from generator.ingest.cleaning.clean import repair
from generator.ingest.cleaning.promotions import cut
from generator.ingest.decoding import decode
from generator.ingest.formats import Reading, read_text
from generator.ingest.rulebook.rules import Rules
from generator.model import Block, RawStory

OPEN = frozenset((FOLDER / "OPEN").read_text(encoding="utf-8").split())
CORPUS = [
    pytest.param(
        path, id=path.stem, marks=[pytest.mark.xfail(reason="open", strict=True)] * (path.stem in OPEN)
    )
    for path in cases()
]
REAL = Path(__file__).parents[2] / "shared" / "seeds"


def blocks_of(reading: Reading) -> list[Block]:
    told = [block for story in reading.stories for block in (story.title, *story.header, *story.body)]
    return sorted([*told, *(dropped.block for dropped in reading.dropped)], key=lambda block: block.start)


def text_of(story: RawStory) -> str:
    kept = [part.text for block in story.body for part in cut(block)[0]]
    return repair(" ".join([story.title.text, *kept]))


def assert_accounted(document: str, rules: Rules | None = None) -> Reading:
    """Every visible character is in exactly one block, and every block says truly where it stands."""
    reading = read_text(document, rules=rules)
    done = 0
    for block in blocks_of(reading):
        assert document[done : block.start].strip() == ""
        assert document[block.start : block.start + len(block.text)] == block.text == block.text.strip() != ""
        assert document.count("\n", 0, block.start) + 1 == block.line
        done = block.start + len(block.text)
    assert document[done:].strip() == ""
    return reading


@pytest.mark.parametrize("path", CORPUS)
def test_corpus_page_reads_as_its_head_says(path: Path) -> None:
    case = read_case(path)
    outcome = read_and_describe(case)

    assert failures(case, outcome) == []


@pytest.mark.parametrize("path", cases(), ids=lambda path: path.stem)
def test_every_character_of_a_corpus_page_is_accounted_for(path: Path) -> None:
    assert unaccounted(read_and_describe(read_case(path)).reading) == []


LINES = st.sampled_from(
    [
        *(
            "",
            "",
            " ",
            "\u200b",
            "\u00a0",
            "Hashtags",
            "#Skarrow #Ferry",
            "#",
            "Try Our AI Features",
            "Comments",
        ),
        *(
            "Explore what Quay9 AI can do for you:",
            "No comments yet...",
            "Related Articles",
            "logo",
            "Orange background",
        ),
        *(
            "Ostmark Daily",
            "- Ostmark Daily",
            "• Ostmark Daily",
            "5 minutes ago",
            "time6 minutes ago",
            "23-04-2025",
        ),
        *(
            "Ostmark Daily23-04-2025",
            "Ostmark Daily | 2 June 2025",
            "By Nina Torvald",
            "Source: Ostmark Daily",
        ),
        *(
            "Date: 2 June 2025",
            "Title: River gauge breaks",
            "Source:",
            "---",
            "===",
            "* * *",
            "___",
            "###",
            "ENDS",
            "- 30 -",
        ),
        *(
            "FOR IMMEDIATE RELEASE",
            "FOR IMMEDIATE RELEASE: 5 June 2025",
            "Media contact:",
            "Contact: Jette Marr",
        ),
        *(
            "press@trust.example",
            "About the Harbour Trust",
            "About Ostmark: a town.",
            "Notes to editors",
            "Advertisement",
        ),
        *(
            "River gauge breaks",
            "# River gauge breaks",
            "Bakers strike over flour: what now?",
            "More to follow…",
        ),
        *(
            "The gauge stopped at seven metres. The water did not.",
            "and that was enough, said the mayor.",
            "1. A list",
        ),
        "Flour has doubled in price, and three hundred bakers put down their aprons on Monday. " * 3,
        "It rained. Sign up: Ellery Breaking News email The mayor spoke. Get our free app",
        "a line of text that was wrapped at about this width and so goes on",
    ]
)
PAGES = st.lists(LINES | st.text(max_size=12), max_size=40).map("\n".join)


@given(PAGES)
def test_every_visible_character_is_told_or_dropped_once(page: str) -> None:
    assert_accounted(page.replace("\r", ""))


@given(
    st.sampled_from(cases()),
    st.lists(st.tuples(st.integers(0), st.sampled_from(["drop", "twin", "join"])), max_size=8),
)
def test_damaged_corpus_pages_are_accounted_for(path: Path, damage: list[tuple[int, str]]) -> None:
    lines = path.read_text(encoding="utf-8").split("\n")
    for place, kind in damage:
        at = place % len(lines)
        lines[at : at + 1] = {"drop": [""], "twin": [lines[at]] * 2, "join": [lines[at] + lines[at - 1]]}[
            kind
        ]

    assert_accounted("\n".join(lines))


@given(PAGES)
def test_what_gave_no_story_has_an_issue(page: str) -> None:
    reading = read_text(page, "page.txt")

    assert reading.stories or reading.issues
    assert {"page.txt"} >= {issue.path for issue in reading.issues}


def test_real_page_gives_its_four_stories_whole_but_for_three_promotions() -> None:
    pages = list(REAL.glob("000_*.txt"))
    if not pages:
        pytest.skip(f"no real page to read: {REAL} is not there")
    document, issues = decode(pages[0].read_bytes(), pages[0].name)
    reading = assert_accounted(document)
    cuts = [dropped for story in reading.stories for block in story.body for dropped in cut(block)[1]]

    assert () == issues == reading.issues
    assert [("", ""), *[("The Guardian", "9 minutes ago")] * 3] == [
        (s.source, s.published) for s in reading.stories
    ]
    assert [story.published_line for story in reading.stories] == [0, 23, 30, 37]
    assert [len(story.body) for story in reading.stories] == [10, 1, 1, 1]
    assert [story.title.text.split()[0] for story in reading.stories] == ["Russia", "Trump", "North", "Labor"]
    assert [len(dropped.block.text) for dropped in reading.dropped] == [8, 19, 38, 8, 18, 16]
    assert [dropped.rule for dropped in cuts] == ["newsletter-marked", "sign-up", "newsletter-marked"]
    assert [dropped.block.text.split()[0] for dropped in cuts] == ["Sign", "Sign", "Sign"]
    assert [dropped.block.text.split()[-1] for dropped in cuts] == ["promotion", "email", "promotion"]
    assert all(len(dropped.block.text) < 115 for dropped in cuts)
