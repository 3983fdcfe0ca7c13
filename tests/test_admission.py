"""What becomes of stories: updates, twins, the site's own tags, rules, terms and classifier, many processes."""

import gzip
import json
import subprocess
import sys
import tomllib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from conftest import NOW, Project, quiet, tree

from generator.build import read_config
from generator.ingest import run
from generator.ingest.rulebook import ownfiles
from generator.model import DatelineError
from generator.report import Collector, IngestReport

FEED = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>The Ellery Courier</title><id>urn:courier</id>
<updated>2025-06-02T14:00:00Z</updated>
<entry><id>urn:courier:1</id><title>Harbour bridge reopens</title><updated>2025-06-02T14:00:00Z</updated>
<link href="https://courier.example/bridge"/><content type="html">&lt;p&gt;{text}&lt;/p&gt;</content></entry></feed>
"""
SHORT = "The harbour bridge in Port Ellery reopened on Monday after repairs that took the whole spring."
LONG = f"{SHORT} Lorries may cross it again from July. The mayor thanked the divers who had found the crack."
STORY = (
    "Strike at the mill\n\n"
    "Workers at the paper mill of Lower Brenn walked out on Monday. They want to be paid for nights.\n"
)


def ingested(project: Project, **options: object) -> IngestReport:
    heard = Collector()
    how = run.Options(now=NOW, **options)  # type: ignore[arg-type]
    given = [(project.root / "seeds", "seeds")]
    run.ingest(project.root, read_config(project.root), given, how, heard.hear, quiet, quiet)
    return heard.report


def statuses(report: IngestReport) -> list[str]:
    return [article.status for article in report.articles]


def the_article(project: Project) -> str:
    (data,) = project.content().values()
    return data.decode()


def test_an_entry_that_has_grown_replaces_what_was_filed_of_it(project: Project) -> None:
    project.write("seeds/feed.xml", FEED.format(text=SHORT)).ingest()
    before = the_article(project)

    report = project.write("seeds/feed.xml", FEED.format(text=LONG)).ingest()

    assert statuses(report) == ["written"]
    assert "the divers who had found the crack" in the_article(project)
    assert before.split("id: ")[1][:16] == the_article(project).split("id: ")[1][:16]
    assert statuses(project.ingest()) == ["unchanged"]


def test_an_entry_that_has_shrunk_changes_nothing(project: Project) -> None:
    project.write("seeds/feed.xml", FEED.format(text=LONG)).ingest()
    before = the_article(project)

    report = project.write("seeds/feed.xml", FEED.format(text=SHORT)).ingest()

    assert statuses(report) == ["unchanged"]
    assert the_article(project) == before


def test_an_entry_that_has_grown_does_not_overwrite_a_person(project: Project) -> None:
    project.write("seeds/feed.xml", FEED.format(text=SHORT)).ingest()
    ((path, data),) = project.content().items()
    project.write(f"content/{path}", data.decode().replace("reopened", "opened again"))

    report = project.write("seeds/feed.xml", FEED.format(text=LONG)).ingest()

    assert statuses(report) == ["edited"]
    assert "opened again" in the_article(project)


def test_a_record_keeps_what_its_format_says(project: Project) -> None:
    record = {
        "title": "Harbour bridge reopens",
        "maintext": LONG,
        "url": "https://www.courier.example/2025/06/bridge?utm_source=x",
        "date_publish": "2025-06-02 14:10:00",
        "authors": ["Tilda Fenwick"],
        "image_url": "https://courier.example/bridge.jpg",
        "source_domain": "courier.example",
    }
    project.write("seeds/news.jsonl.gz", gzip.compress(json.dumps(record).encode())).ingest()
    text = the_article(project)

    assert "date: 2025-06-02T14:10:00+00:00" in text
    assert "date_from: page" in text
    assert "authors: [Tilda Fenwick]" in text
    assert "image: https://courier.example/bridge.jpg" in text
    assert "courier.example/2025/06/bridge" in text


def test_markdown_with_front_matter_is_filed_as_it_is(project: Project) -> None:
    text = "---\ntitle: A note\ndate: 2025-06-02\ntopic: health\n---\n\nWith *marks* and [a link](https://a.example/).\n"

    report = project.write("seeds/note.md", text).ingest()

    assert statuses(report) == ["written"]
    assert report.articles[0].path == "content/health/2025-06-02/a-note.md"
    assert "With *marks* and [a link](https://a.example/)." in the_article(project)
    assert statuses(project.ingest()) == ["unchanged"]


def test_markdown_without_a_date_is_refused_with_its_line(project: Project) -> None:
    report = project.write("seeds/note.md", "---\ntitle: A note\nsummary: short\n---\n\nText.\n").ingest()

    assert statuses(report) == []
    assert [issue.path for issue in report.issues] == ["seeds/note.md"]


def test_tags_are_spelled_as_the_site_spells_them(project: Project) -> None:
    project.article("politics/2025-06-01/a.md", "A", "2025-06-01", tags="[Olena Wolynskyy]").build()
    story = (
        "Talks go on\n\nOlena Wolynsky met the governors on Monday. Olena Wolynsky said that she had hope."
        " The governors thanked Olena Wolynsky for coming.\n"
    )

    report = project.write("seeds/talks.txt", story).ingest()

    assert "Olena Wolynskyy" in report.articles[0].tags
    assert "Olena Wolynsky" not in report.articles[0].tags


def test_a_rule_that_is_kept_drops_nothing(project: Project) -> None:
    page = f"{STORY}Copy link\n\nThe owner said no more than that the gates were open to all who wished to work.\n"
    project.write("seeds/mill.txt", page)
    dropped = ingested(project, dry_run=True).dropped
    kept: list[str] = []
    while dropped:
        assert dropped[0].rule not in kept
        kept.append(dropped[0].rule)
        dropped = ingested(project, dry_run=True, keep=tuple(kept)).dropped

    assert kept
    ingested(project, keep=tuple(kept))
    assert "Copy link" in the_article(project)


def test_a_rule_that_nobody_knows_is_refused_with_those_that_are_near(project: Project) -> None:
    with pytest.raises(DatelineError, match=r"no rule is called 'pagefoot'.*page-foot"):
        ingested(project.write("seeds/mill.txt", STORY), keep=("pagefoot",))


def test_a_sites_own_rules_hold_beside_the_others(project: Project) -> None:
    project.write("rules.toml", '[[line]]\nid = "own-slogan"\nphrases = ["News you can row with."]\n')
    project.configure('[ingest]\nrules = "rules.toml"\n')

    report = ingested(project.write("seeds/mill.txt", f"{STORY}News you can row with.\n"))

    assert [(left.rule, left.text) for left in report.dropped] == [("own-slogan", "News you can row with.")]
    assert "row with" not in the_article(project)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no toml", "rules.toml: "),
        ("line = 3", "rules.toml: `line`: expected"),
        ("[line]\nid = 'a'", "rules.toml: `line`: expected"),
        ("[[lines]]\nid = 'a'\nphrases = ['b']", "rules.toml: .*`lines`; did you mean `line`?"),
        ("[[line]]\nphrases = ['b']", "rules.toml: rule '?' in `line`: .*`id`"),
        ("[[line]]\nid = 3\nphrases = ['b']", "rules.toml: rule 3 in `line`: `id`: expected"),
        ("[[line]]\nid = 'a'", "rules.toml: rule 'a' in `line`: it has neither"),
        ("[[line]]\nid = 'a'\nphrases = 'b'", "rules.toml: rule 'a' in `line`: `phrases`: expected"),
        ("[[line]]\nid = 'a'\nphrases = [3]", "rules.toml: rule 'a' in `line`: `phrases`: expected"),
        ("[[line]]\nid = 'a'\nphrase = ['b']", "rules.toml: rule 'a' in `line`: .*did you mean `phrases`?"),
        ("[[line]]\nid = 'a'\npattern = '('", "rules.toml: rule 'a' of .* cannot be read: missing"),
        (
            "[[line]]\nid = 'a'\npattern = '{nobody} b'",
            "rules.toml: rule 'a' .* no words are called 'nobody'",
        ),
        ("[words]\na = '{a}'\n[[line]]\nid = 'b'\npattern = '{a}'", "rules.toml: rule 'b' .* in a ring"),
        ("[guard]\nspeaks = '('", "rules.toml.*cannot be read"),
        ("[labels]\ntitle = 3", "rules.toml: `labels`: expected"),
    ],
)
def test_own_rules_that_cannot_be_read_are_refused(project: Project, text: str, said: str) -> None:
    project.write("rules.toml", text).configure('[ingest]\nrules = "rules.toml"\n')

    with pytest.raises(DatelineError, match=said.replace("?", "[?]")):
        ingested(project.write("seeds/mill.txt", STORY))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sport = 3", "terms.toml: .*expected"),
        ("[sport]\nsure = 'ball'", "terms.toml: .*expected"),
        (
            "[sport]\nsurely = ['ball']",
            "terms.toml: `sport.surely` is no level of evidence; there are sure, ",
        ),
    ],
)
def test_own_terms_that_cannot_be_read_are_refused(project: Project, text: str, said: str) -> None:
    project.write("terms.toml", text).configure('[ingest]\nterms = "terms.toml"\n')

    with pytest.raises(DatelineError, match=said):
        ingested(project.write("seeds/mill.txt", STORY))


@pytest.mark.parametrize(
    ("name", "check"), [("rules", ownfiles.check_rules), ("topics", ownfiles.check_terms)]
)
def test_what_the_package_has_is_a_model_for_own_files(name: str, check: Callable[..., None]) -> None:
    found = list((Path(ownfiles.__file__).parents[1] / "languages").glob(f"*/{name}.toml"))

    assert found
    for file in found:
        check(tomllib.loads(file.read_text("utf-8")), file.name)


def test_a_file_of_rules_that_is_missing_is_refused(project: Project) -> None:
    project.configure('[ingest]\nrules = "rules.toml"\n')

    with pytest.raises(DatelineError, match=r"rules\.toml: there is no such file"):
        ingested(project.write("seeds/mill.txt", STORY))


def test_a_sites_own_terms_decide(project: Project) -> None:
    project.write("terms.toml", '[paper]\nsure = ["paper mill", "at the mill", "Lower Brenn"]\n')
    project.configure('[topics]\npaper = "Paper"\n\n[ingest]\nterms = "terms.toml"\n')

    report = ingested(project.write("seeds/mill.txt", STORY))

    assert report.articles[0].topic == "paper"
    assert "paper mill" in dict(report.articles[0].reasons)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_sites_own_classifier_chooses(project: Project, workers: int) -> None:
    project.write(
        "chooser.py", "def choose(article):\n    return 'labour' if 'mill' in article.title else None\n"
    )
    project.configure('[ingest]\nclassifier = "chooser:choose"\n')
    project.write("seeds/mill.txt", STORY).write(
        "seeds/sea.txt", "High tide\n\nThe sea came over the quay on Monday.\n"
    )

    report = ingested(project, workers=workers)

    assert report.issues == ()
    assert report.articles[0].topic == "labour"
    assert len(report.articles) == 2


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("def choose(article):\n    return 'gardening'\n", "gardening"),
        ("def choose(article):\n    raise ValueError('no idea')\n", "no idea"),
        ("choose = 3\n", "cannot be loaded"),
        ("import nothing_like_this\n", "nothing_like_this"),
        ("def choose(article):\n    raise SystemExit(0)\n", "failed: SystemExit"),
        ("raise SystemExit(0)\n", "cannot be loaded: SystemExit"),
    ],
)
def test_a_classifier_that_fails_is_told(project: Project, code: str, said: str) -> None:
    project.write("failing.py", code).configure('[ingest]\nclassifier = "failing:choose"\n')
    sys.modules.pop("failing", None)

    with pytest.raises(DatelineError, match=said):
        ingested(project.write("seeds/mill.txt", STORY))


def test_many_processes_file_what_one_does(another: Callable[[], Project]) -> None:
    trees = []
    for workers in (1, 2, 3):
        project = another()
        for number in range(60):
            text = f"Story {number} of the harbour\n\nBoat {number} came in on Monday. Nobody was on board of it.\n"
            project.write(f"seeds/2025-06-02-{number:04}.txt", text * (1 + number % 3))
        project.write("seeds/bad.txt", b"\x00\x01")
        report = ingested(project, workers=workers)
        ledger = (project.root / "content/.ledger.jsonl").read_text()
        trees.append((tree(project.root / "content"), ledger, report))

    assert trees[0] == trees[1] == trees[2]


def test_the_report_in_json_is_whole_however_long(project: Project) -> None:
    records = (
        {
            "title": f"Story {n} of the harbour",
            "text": f"Boat {n} came in on Monday. Nobody was on board.",
            "x": f"y{n}",
        }
        for n in range(600)
    )
    project.write("seeds/news.jsonl", "".join(f"{json.dumps(record)}\n" for record in records))

    command = [sys.executable, "-m", "generator.cli", "ingest", "--json"]
    result = subprocess.run(command, cwd=project.root, capture_output=True, text=True, check=False)
    report = json.loads(result.stdout)

    assert len(report["articles"]) == 600
    assert len(report["dropped"]) >= 600
    assert report["issues"] == []
    assert (
        len(list(Path(project.root / "content").rglob("*.md")))
        + sum(article["status"] == "duplicate" for article in report["articles"])
        == 600
    )


def test_lines_that_several_pages_of_a_run_have_are_no_storys(project: Project) -> None:
    slogan = (
        "The Skarrow Post has told the islands what happened on the mainland since the year of the flood."
    )
    menu = "The Skarrow Post\nMenu\nHome\nNews\nSport\nLog in\nSubscribe\n"
    for number, what in enumerate(("bridge", "ferry", "lighthouse", "market")):
        project.write(
            f"seeds/{what}.txt",
            f"{menu}The {what} reopens after repairs\nBy Nina Torvald\n{number + 1} June 2025\n"
            f"The {what} was opened again on Tuesday morning, {number + 2} months after a storm had closed it.\n"
            f"“It holds,” the mayor said when she had seen the {what} from the other side, and everybody laughed.\n"
            f"{slogan}\nNobody had thought that the {what} would ever be in use again, not even its builders.\n"
            "About us\nContact us\nPrivacy policy\n© 2025 The Skarrow Post\n",
        )

    report = ingested(project)

    assert statuses(report) == ["written"] * 4
    assert all(slogan.encode() not in data for data in project.content().values())
    assert sum(left.text == slogan and left.rule == "page-repeated" for left in report.dropped) == 4


def test_a_story_keeps_to_its_own_file_where_another_took_its_place(project: Project) -> None:
    project.write("seeds/feed.xml", FEED.format(text=SHORT)).ingest()
    ((path, _),) = project.content().items()
    moved = "content/arts/2025-06-02/moved.md"
    project.move(f"content/{path}", moved)
    other = "---\ntitle: Another\ndate: 2025-06-02\nid: 0123456789abcdef\n---\n\nGoats graze upon it now.\n"
    project.write(f"content/{path}", other)

    report = project.write("seeds/feed.xml", FEED.format(text=LONG)).ingest("seeds/feed.xml")

    assert [(made.status, made.path) for made in report.articles] == [("written", moved)]
    assert "the divers who had found the crack" in (project.root / moved).read_text()
    project.remove(moved)
    assert statuses(project.ingest("seeds/feed.xml")) == ["retracted"]
    assert project.content() == {path: other.encode()}


def test_a_removed_story_comes_again_beside_the_one_that_took_its_place(project: Project) -> None:
    project.write("seeds/feed.xml", FEED.format(text=SHORT)).ingest()
    ((path, data),) = project.content().items()
    other = "---\ntitle: Another\ndate: 2025-06-02\nid: 0123456789abcdef\n---\n\nGoats graze upon it now.\n"
    project.write(f"content/{path}", other)

    report = project.ingest(again=True)

    again = path.replace(".md", "-2.md")
    assert [(made.status, made.path) for made in report.articles] == [("written", f"content/{again}")]
    assert project.content() == {path: other.encode(), again: data}


def test_of_two_articles_with_one_id_the_second_is_told_of(project: Project) -> None:
    text = "---\ntitle: {0}\ndate: 2025-06-02\nid: post-1\n---\n\n{0} are seen in the harbour today.\n"
    project.write("seeds/a.md", text.format("Goats")).write("seeds/b.md", text.format("Herons"))

    for _ in range(2):
        report = project.ingest()
        assert [(left.input, left.text, left.rule) for left in report.dropped] == [
            ("seeds/b.md", "Herons", "duplicate"),
            ("seeds/b.md", "Herons are seen in the harbour today.", "duplicate"),
        ]
    assert len(project.content()) == 1


def test_another_telling_stays_one_when_a_person_has_rewritten_the_article(project: Project) -> None:
    project.write("seeds/a.txt", STORY).write("seeds/b.txt", f"{STORY}The gates are shut.\n").ingest()
    ((path, data),) = project.content().items()
    head = data.decode().partition("\n\n")[0]
    project.write(
        f"content/{path}", f"{head}\n\nNobody works at Lower Brenn, and the whole of this is new.\n"
    )

    assert statuses(project.ingest()) == ["edited", "duplicate"]
    assert len(project.content()) == 1
    (project.root / ".dateline/catalogue.sqlite").unlink()
    assert statuses(project.ingest()) == ["edited", "duplicate"]


def stopped(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ingest, and stop before the ledger hears of it."""
    with monkeypatch.context() as patch:
        patch.setattr("generator.files.append", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            project.ingest()


def test_an_ingest_that_was_stopped_is_made_up_for_on_another_day(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped(project.write("seeds/a.txt", STORY), monkeypatch)
    before = project.content()

    later = NOW + timedelta(days=2)

    assert statuses(project.ingest(now=later)) == ["written"]
    assert project.content() == before
    assert statuses(project.ingest(now=later)) == ["unchanged"]


def test_what_a_person_did_since_an_ingest_was_stopped_stays(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped(project.write("seeds/a.txt", STORY), monkeypatch)
    ((path, data),) = project.content().items()
    project.write(f"content/{path}", data.decode().replace("Monday", "Tuesday"))
    before = project.content()

    project.ingest(now=NOW + timedelta(days=2))

    assert project.content() == before
    assert statuses(project.ingest(now=NOW + timedelta(days=2))) == ["edited"]


def test_an_update_that_was_stopped_is_no_edit(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write("seeds/feed.xml", FEED.format(text=SHORT)).ingest()
    stopped(project.write("seeds/feed.xml", FEED.format(text=LONG)), monkeypatch)
    before = project.content()

    assert statuses(project.ingest()) == ["written"]
    assert project.content() == before
    assert statuses(project.ingest()) == ["unchanged"]


def test_many_stories_of_one_title_and_day_are_numbered(project: Project) -> None:
    said = ("Ships wait outside", "Goats graze inland", "Two bakers quarrel", "A comet was seen")
    records = [
        {
            "title": "In brief",
            "date": "2025-06-02",
            "url": f"https://a.example/{n}",
            "text": f"{text}. So it is said of them.",
        }
        for n, text in enumerate(said)
    ]
    project.write("seeds/a.jsonl", "".join(f"{json.dumps(one)}\n" for one in records[:2]))
    project.ingest()
    project.write("seeds/b.jsonl", "".join(f"{json.dumps(one)}\n" for one in records[2:]))

    names = [
        made.path.rpartition("/")[2] for made in project.ingest("seeds/b.jsonl", "seeds/a.jsonl").articles
    ]

    assert names == ["in-brief-3.md", "in-brief-4.md", "in-brief.md", "in-brief-2.md"]


@pytest.mark.parametrize("topic", ["..", "../../away", "/away", "a/b", ".hidden"])
def test_a_topic_leads_nowhere_but_to_a_folder_of_the_content(project: Project, topic: str) -> None:
    note = f"---\ntitle: A note\ndate: 2025-06-02\ntopic: '{topic}'\n---\n\nText.\n"

    report = project.write("seeds/note.md", note).ingest()

    (made,) = report.articles
    assert Path(made.path).parts[0::2] == ("content", "2025-06-02")
    assert len(project.content()) == 1
    assert not list(project.root.rglob(".hidden"))
    assert statuses(project.ingest()) == ["unchanged"]


def test_each_days_story_under_one_address_and_title_is_one(project: Project) -> None:
    said = (
        (
            "Ships waited outside the harbour for a pilot who had overslept. The council wants to hire a second one"
            " by the autumn, and the guild of skippers will pay half of what that costs."
        ),
        (
            "Goats broke into the orchard of the abbey and ate what the frost had left of the pears. Brother Anselm"
            " said that a fence would be built, once somebody had found out who owns the goats."
        ),
    )
    records = [
        {
            "title": "Morning briefing",
            "url": "https://a.example/briefing",
            "date": f"2025-06-0{day}",
            "text": text,
        }
        for day, text in enumerate(said, start=2)
    ]
    for day, record in enumerate(records):
        project.write(f"seeds/{day}.json", json.dumps(record))

    assert statuses(project.ingest()) == ["written", "written"]
    assert statuses(project.ingest()) == ["unchanged", "unchanged"]
    assert statuses(project.ingest("seeds/1.json", "seeds/0.json")) == ["unchanged", "unchanged"]
    assert len(project.content()) == 2


@pytest.mark.parametrize("times", [1, 9])
def test_a_stranger_cannot_take_the_place_of_a_story_to_come(
    project: Project, another: Callable[[], Project], times: int
) -> None:
    elsewhere = another().write("seeds/feed.xml", FEED.format(text=SHORT))
    elsewhere.ingest()
    taken = the_article(elsewhere).split("id: ")[1][:16]
    text = "Goats graze upon it now, and nobody knows why they do so.\n\n" * times
    project.write("seeds/a.md", f"---\ntitle: Goats\ndate: 2025-06-01\nid: {taken}\n---\n\n{text}").ingest()

    report = project.write("seeds/feed.xml", FEED.format(text=SHORT)).ingest()

    assert statuses(report) == ["unchanged", "written"]
    assert len(project.content()) == 2
