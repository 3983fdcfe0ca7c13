"""The ingest as its users meet it: nothing lost, nobody overwritten, everything accounted for."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from conftest import NOW, Project, tree
from killing_ingests import FERRY as STORY

from generator import frontmatter, prose
from generator.model import Article, Issue
from generator.report import IngestReport

REPOSITORY = Path(__file__).parents[1]
REAL = REPOSITORY.parent / "shared" / "seeds"


def articles(project: Project) -> Mapping[str, Article]:
    found = {}
    for path, data in project.content().items():
        parsed = frontmatter.parse_article(data.decode(), path, UTC)
        assert parsed.article is not None
        found[path] = parsed.article
    return found


def statuses(report: IngestReport) -> list[str]:
    return [article.status for article in report.articles]


@pytest.fixture
def ferry(project: Project) -> Project:
    project.write("seeds/2025-06-02-0800-ferry.txt", STORY).ingest()
    return project


def test_a_story_is_filed_by_topic_and_day(ferry: Project) -> None:
    ((path, article),) = articles(ferry).items()

    assert path == f"{article.topic}/2025-06-02/ferry-returns-to-carrow-sound-after-two-years.md"
    assert article.title == "Ferry returns to Carrow Sound after two years"
    assert article.date == datetime(2025, 6, 2, 8, tzinfo=UTC)
    assert article.date_from == "capture"
    assert 3 <= len(article.tags) <= 8
    assert 0 < len(article.summary) <= 300


def test_ingesting_again_at_any_time_changes_no_byte(ferry: Project) -> None:
    before = tree(ferry.root / "content"), (ferry.root / "content/.ledger.jsonl").read_bytes()

    report = ferry.ingest(now=NOW + timedelta(days=400))

    assert statuses(report) == ["unchanged"]
    assert before == (tree(ferry.root / "content"), (ferry.root / "content/.ledger.jsonl").read_bytes())


def test_what_a_person_edited_stays(ferry: Project) -> None:
    ((path, _),) = articles(ferry).items()
    text = ferry.content()[path].decode().replace("Hundreds", "Thousands")
    ferry.write(f"content/{path}", text)

    report = ferry.ingest()

    assert statuses(report) == ["edited"]
    assert ferry.content()[path].decode() == text


def test_what_a_person_removed_stays_away_until_asked_for(ferry: Project) -> None:
    ((path, article),) = articles(ferry).items()
    ferry.remove(f"content/{path}")

    assert statuses(ferry.ingest()) == ["retracted"]
    assert ferry.content() == {}

    assert statuses(ferry.ingest(again=True, now=NOW)) == ["written"]
    assert articles(ferry) == {path: article}


def test_what_a_person_moved_is_found_by_its_id(ferry: Project) -> None:
    ((path, article),) = articles(ferry).items()
    ferry.move(f"content/{path}", "content/arts/2025-06-02/the-ferry.md")

    report = ferry.ingest()

    assert [(made.status, made.path) for made in report.articles] == [
        ("unchanged", "content/arts/2025-06-02/the-ferry.md")
    ]
    assert articles(ferry) == {"arts/2025-06-02/the-ferry.md": article}


def test_the_ledger_alone_carries_the_memory(ferry: Project) -> None:
    ((path, _),) = articles(ferry).items()
    ferry.remove(f"content/{path}")
    for leftover in (ferry.root / ".dateline").glob("catalogue*"):
        leftover.unlink()

    assert statuses(ferry.ingest()) == ["retracted"]


def test_a_file_whose_ledger_entry_was_lost_is_adopted(ferry: Project) -> None:
    before = ferry.content()
    ferry.remove("content/.ledger.jsonl")

    report = ferry.ingest()

    assert statuses(report) == ["written"]
    assert ferry.content() == before
    assert statuses(ferry.ingest()) == ["unchanged"]


def test_a_damaged_ledger_line_is_reported_and_the_rest_counts(ferry: Project) -> None:
    ledger = ferry.root / "content/.ledger.jsonl"
    ledger.write_text(f"<<<<<<< ours\n{ledger.read_text()}")

    report = ferry.ingest()

    assert statuses(report) == ["unchanged"]
    assert [f"{issue.path}:{issue.line}" for issue in report.issues] == ["content/.ledger.jsonl:1"]


def test_the_same_story_cut_short_is_a_sighting(ferry: Project) -> None:
    before = ferry.content()
    ferry.write("seeds/2025-06-03-cut.txt", STORY.partition("The ferry will make")[0])

    report = ferry.ingest()

    assert statuses(report) == ["unchanged", "duplicate"]
    assert report.articles[0].path == report.articles[1].path
    assert ferry.content() == before


def test_everything_a_duplicate_says_is_in_the_report(ferry: Project) -> None:
    again = STORY.replace(
        "two years after a storm wrecked its landing stage", "two years after the great storm"
    )

    report = ferry.write("seeds/2025-06-03-again.txt", again).ingest()

    assert statuses(report) == ["unchanged", "duplicate"]
    said = " ".join(left.text for left in report.dropped if left.rule == "duplicate")
    assert " ".join(said.split()) == " ".join(again.split())


def test_an_update_with_other_figures_is_another_story(ferry: Project) -> None:
    update = STORY.replace("2031", "2034")
    ferry.write("seeds/2025-06-03-update.txt", update)

    assert statuses(ferry.ingest()) == ["unchanged", "written"]
    assert any("2034" in article.body for article in articles(ferry).values())


def test_a_longer_telling_replaces_an_unedited_shorter_one_in_place(project: Project) -> None:
    project.write("seeds/2025-06-02-cut.txt", STORY.partition("The ferry will make")[0]).ingest()
    ((path, short),) = articles(project).items()
    project.write("seeds/2025-06-03-whole.txt", STORY)

    assert statuses(project.ingest()) == ["unchanged", "written"]

    ((same_path, longer),) = articles(project).items()
    assert (same_path, longer.id) == (path, short.id)
    assert "six crossings a day" in longer.body
    assert set(statuses(project.ingest())) <= {"unchanged", "duplicate"}


def test_a_longer_telling_leaves_an_edited_one_alone(project: Project) -> None:
    project.write("seeds/2025-06-02-cut.txt", STORY.partition("The ferry will make")[0]).ingest()
    ((path, _),) = articles(project).items()
    edited = project.content()[path] + b"\nOurs.\n"
    project.write(f"content/{path}", edited).write("seeds/2025-06-03-whole.txt", STORY)

    report = project.ingest()

    assert statuses(report) == ["edited", "duplicate"]
    assert project.content()[path] == edited


OTHER = """Ferry returns to Carrow Sound after two years

Nobody in the old harbour of Brackmere remembers a summer without herring boats, and this one is no exception.
The fleet of nine left on Tuesday with a new skipper at its head.

Rosalind Oake took the helm from her uncle, who had led the boats out for three decades. She said the catch would
be smaller than last year's, because the quota for herring was cut by a fifth in the spring.
"""


def test_two_stories_with_one_title_on_one_day_both_survive(ferry: Project) -> None:
    report = ferry.write("seeds/2025-06-02-0900-other.txt", OTHER).ingest()

    assert statuses(report) == ["unchanged", "written"]
    assert sorted((path.rpartition("/")[2] for path in articles(ferry)), key=len) == [
        "ferry-returns-to-carrow-sound-after-two-years.md",
        "ferry-returns-to-carrow-sound-after-two-years-2.md",
    ]
    assert ferry.build().issues == ()


def test_a_hand_written_article_keeps_its_name(project: Project) -> None:
    name = "ferry-returns-to-carrow-sound-after-two-years"
    project.article(f"misc/2025-06-02/{name}.md", "Mine", "2025-06-02").build()
    mine = project.content()[f"misc/2025-06-02/{name}.md"]

    project.write("seeds/2025-06-02-0800-ferry.txt", STORY).ingest()

    assert project.content()[f"misc/2025-06-02/{name}.md"] == mine
    assert project.build().issues == () or all("taxonomy" in str(issue) for issue in project.build().issues)


def test_a_dry_run_writes_nothing(project: Project) -> None:
    report = project.write("seeds/2025-06-02-ferry.txt", STORY).ingest(dry_run=True)

    assert statuses(report) == ["written"]
    assert list((project.root / "content").iterdir()) == []


def everything(project: Project) -> dict[str, bytes]:
    """Read all files of a site, hidden ones too, but for what can be made again."""
    paths = (path for path in project.root.rglob("*") if path.is_file() and ".dateline" not in path.parts)
    return {str(path): path.read_bytes() for path in paths}


def test_a_dry_run_says_what_a_real_run_would_and_changes_nothing(project: Project) -> None:
    for seed in (REPOSITORY / "seeds").iterdir():
        project.write(f"seeds/a/{seed.name}", seed.read_bytes())
        project.write(f"seeds/b/again-{seed.name}", seed.read_bytes())
    title, first, *rest = STORY.split("\n\n")
    project.write("seeds/c/2025-06-02-short.txt", "\n\n".join([title, first, *rest[:-1]]) + "\n")
    project.write("seeds/c/2025-06-02-whole.txt", STORY)
    project.write("seeds/d/2025-06-02-other.txt", OTHER)
    before = everything(project)

    rehearsed = project.ingest(dry_run=True)

    assert everything(project) == before
    assert {"written", "duplicate", "unchanged"} <= {*statuses(rehearsed)}
    assert rehearsed == project.ingest()
    project.write("seeds/e/2025-06-03-late.txt", f"{STORY}\nThe harbour office will sell them from Friday.\n")
    before = everything(project)
    rehearsed = project.ingest(dry_run=True)
    assert everything(project) == before
    assert rehearsed == project.ingest()


def test_one_bad_input_never_stops_the_rest(project: Project) -> None:
    project.write("seeds/a-empty.txt", b"").write("seeds/b-binary.txt", b"\x00\x01\x02" * 50)
    project.write("seeds/c-untitled.txt", f"{'A long paragraph without any title at all. ' * 9}\n")
    project.write("seeds/d-latin.txt", STORY.replace("Tilda", "Tilde \xe9").encode("cp1252"))
    project.write("seeds/2025-06-02-whole.txt", OTHER)

    report = project.ingest()

    assert sorted({issue.path for issue in report.issues}) == [
        "seeds/a-empty.txt",
        "seeds/b-binary.txt",
        "seeds/c-untitled.txt",
        "seeds/d-latin.txt",
    ]
    assert statuses(report) == ["written", "written"]


def test_an_impossible_date_is_reported_and_not_invented(project: Project) -> None:
    title, _, body = STORY.partition("\n\n")
    report = project.write("seeds/2025-06-02-ferry.txt", f"{title}\nDate: 2025-02-31\n\n{body}").ingest()

    assert [f"{issue.path}:{issue.line}" for issue in report.issues] == ["seeds/2025-06-02-ferry.txt:2"]
    assert [(made.status, made.date_from) for made in report.articles] == [("written", "capture")]


def test_an_impossible_date_in_the_text_is_reported_and_the_next_one_counts(project: Project) -> None:
    title, _, body = STORY.partition("\n\n")
    text = f"{title}\n\nMARLOW, 31 June 2025 - The ferry is back.\n\n{body}\nMARLOW, 1 June 2025 - That was all.\n"
    report = project.write("seeds/2025-06-02-ferry.txt", text).ingest()

    assert [str(issue) for issue in report.issues] == [
        "seeds/2025-06-02-ferry.txt:3: impossible date in the text: 31 June 2025 is no date in the calendar"
    ]
    (made,) = report.articles
    assert (made.date_from, made.date.date().isoformat()) == ("text", "2025-06-01")


@pytest.mark.parametrize(
    ("name", "document", "line"),
    [
        ("a.xml", "<rss>\n<item>\n<title>Swans return</title>\n<description>{}</description></item></rss>", 2),
        ("a.jsonl", '\n\n{{"title": "Swans return", "text": "{}"}}\n', 3),
        ("a.html", "<html><body>\n\n<h1>Swans return</h1><p>{}</p></body></html>", 1),
    ],
)  # fmt: skip
def test_the_line_of_an_impossible_date_is_one_of_the_file(
    project: Project, name: str, document: str, line: int
) -> None:
    told = "Eleven swans came back to the weir at Marlow, the harbour office said. " * 9
    report = project.write(f"seeds/{name}", document.format(f"MARLOW, 31 June 2025 - {told}")).ingest()

    assert [(issue.line, issue.message[:26]) for issue in report.issues] == [
        (line, "impossible date in the tex")
    ]


def test_a_missing_input_is_named(project: Project) -> None:
    report = project.ingest("nowhere.txt")

    assert [str(issue) for issue in report.issues] == ["nowhere.txt:1: there is no such file or folder"]


def dateline(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "generator.cli", *arguments]
    environment = {"PYTHONPATH": str(REPOSITORY), "PATH": "/usr/bin:/bin"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.skipif(not REAL.is_dir(), reason="the real scraped page is not here (../shared/seeds)")
def test_the_real_page_gives_its_four_stories_and_none_of_its_furniture(project: Project) -> None:
    (page,) = sorted(REAL.glob("000_*.txt"))
    project.write("seeds/page.txt", page.read_bytes())

    result = dateline(project.root, "ingest", "--json", "--captured", "2025-07-24T06:00:00+00:00")

    assert result.returncode == 0, result.stderr
    report = json.loads(result.stdout)
    assert [(made["title"], made["source"], made["date"]) for made in report["articles"]] == [
        ("Russia and Ukraine agree on prisoner swap and handover of bodies", None, "2025-07-24T06:00:00Z"),
        (
            "Trump signs three executive orders targeting ‘woke’ AI models",
            "The Guardian",
            "2025-07-24T05:51:00Z",
        ),
        (
            "North Korea's military is being transformed on the battlefields of Ukraine – so why is Seoul silent?",
            "The Guardian",
            "2025-07-24T05:51:00Z",
        ),
        (
            "Labor lifts ban on US beef, saying new measures ‘effectively’ manage biosecurity risks",
            "The Guardian",
            "2025-07-24T05:51:00Z",
        ),
    ]
    topics = [made["topic"] for made in report["articles"]]
    assert topics[0] == topics[2] == "conflict"
    assert topics[1] in {"technology", "politics"}
    assert topics[3] in {"economy", "politics"}
    assert all(3 <= len(made["tags"]) <= 8 for made in report["articles"])

    project.build(now=datetime(2025, 7, 25, tzinfo=UTC))
    everything = b"".join([*project.content().values(), *project.site().values()]).decode(errors="replace")
    for junk in (
        "Sign up",
        "newsletter",
        "Hashtags",
        "Daily8",
        "Try Our AI",
        "No comments",
        "Related Articles",
    ):
        assert junk not in everything


@pytest.mark.skipif(not REAL.is_dir(), reason="the real scraped page is not here (../shared/seeds)")
def test_every_word_of_the_real_page_is_in_an_article_or_in_the_report(project: Project) -> None:
    (page,) = sorted(REAL.glob("000_*.txt"))
    report = project.write("seeds/page.txt", page.read_bytes()).ingest()
    told = "\n".join(
        f"{article.title}\n{article.source.name if article.source else ''}\n{article.body}"
        for article in articles(project).values()
    )
    told += "\n".join(left.text for left in report.dropped)

    def words(text: str) -> set[str]:
        letters = "".join(letter if letter.isalnum() else " " for letter in text)
        return set(letters.split())

    assert words(page.read_text()) - words(told) <= {"9", "minutes", "ago"}


def test_the_seeds_of_the_repository_are_the_demo_site(another: Callable[[], Project]) -> None:
    project = another()
    for seed in sorted((REPOSITORY / "seeds").glob("*.txt")):
        project.write(f"seeds/{seed.name}", seed.read_bytes())
    report = project.ingest()
    found = articles(project)

    assert len(list((REPOSITORY / "seeds").glob("*.txt"))) >= 12
    assert report.issues == ()
    assert statuses(report).count("duplicate") == 1
    assert len(found) == 45
    assert len({article.topic for article in found.values()}) >= 14
    assert len({path.split("/")[1] for path in found}) >= 20
    assert all(3 <= len(article.tags) <= 8 for article in found.values())
    assert all(0 < len(article.summary) <= 300 for article in found.values())
    assert {path: (REPOSITORY / "content" / path).read_bytes() for path in found} == project.content()


def test_a_name_that_is_no_text_stops_nothing(project: Project) -> None:
    folder = os.fsencode(project.root / "seeds")
    project.write("seeds/ferry.txt", STORY)
    with open(os.path.join(folder, b"b\xff.txt"), "wb") as file:  # noqa: PTH118, PTH123 - bytes
        file.write(b"Mill burns down\n\nThe mill of Lower Brenn burned down on Monday. Nobody was hurt.\n")

    report = project.ingest()

    assert [made.input for made in report.articles] == ["seeds/b\ufffd.txt", "seeds/ferry.txt"]
    assert statuses(project.ingest()) == ["unchanged", "unchanged"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_cannot_be_read_is_told(project: Project) -> None:
    project.write("seeds/ferry.txt", STORY).write("seeds/closed/a.txt", STORY)
    (project.root / "seeds/closed").chmod(0)

    report = project.ingest()
    (project.root / "seeds/closed").chmod(0o700)

    assert statuses(report) == ["written"]
    assert [str(issue) for issue in report.issues] == ["seeds/closed:1: cannot be read: Permission denied"]


def test_what_a_site_made_itself_is_no_raw_news(ferry: Project) -> None:
    ferry.article("sport/2025-06-02/mine.md", "Written by hand", "2025-06-02").build()
    before = ferry.content()

    report = ferry.ingest(".")

    assert {made.input for made in report.articles} == {"./seeds/2025-06-02-0800-ferry.txt"}
    assert ferry.content() == before
    assert [issue.path for issue in ferry.ingest("content/sport", "site/index.html").issues] == [
        "content/sport",
        "site/index.html",
    ]


def test_a_name_cannot_steer_a_terminal_or_make_up_a_line() -> None:
    issue = Issue("seeds/a\n\x1b[2Jb.txt", 1, "empty")

    assert list(prose.issues([issue])) == ["seeds/a\ufffd\ufffd[2Jb.txt:1: empty"]
