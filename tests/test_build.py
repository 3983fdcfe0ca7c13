"""The build as its users meet it: what is written, kept, deleted, held back, refused and reported."""

import gc
import multiprocessing
import multiprocessing.synchronize
import os
import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from conftest import NOW, Project, quiet

from generator import entries, fragments, giving, locks, lookup, making
from generator.build import build, read_config
from generator.catalogue import Catalogue
from generator.giving import Giver
from generator.model import DatelineError, Key, Severity
from generator.report import BuildReport
from generator.theme import read_theme
from generator.workspace import Options, Site


def errors(report: BuildReport) -> list[str]:
    return [str(issue) for issue in report.issues if issue.severity is Severity.ERROR]


def test_a_title_and_a_date_are_enough(project: Project) -> None:
    report = project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02").build()

    assert report.issues == ()
    assert "The cup" in project.read("2025/06/02/cup/index.html")
    assert "The cup" in project.read("topics/sport/index.html")


def news(project: Project) -> Project:
    for day in range(1, 8):
        head = {"tags": f"[Cup, Rail {day % 3}, Mayor]", "source": "The Courier", "topic": "sport"}
        project.article(
            f"sport/2025-06-0{day}/cup.md", f"Cup {day}", f"2025-06-0{day}T10:00:00Z", "Text.", **head
        )
    return project


def test_a_site_is_the_same_however_little_is_kept_in_memory(
    project: Project, another: Callable[[], Project], monkeypatch: pytest.MonkeyPatch
) -> None:
    news(project).build()
    for module, most in ((entries, 2), (fragments, 2), (giving, 3)):
        monkeypatch.setattr(module, "MOST", most)
    for module in (making, lookup):
        monkeypatch.setattr(module, "AT_ONCE", 2)
    small = news(another())
    small.build()

    assert small.site() == project.site()


@pytest.mark.parametrize(
    "key",
    [("article", "2025/06/07/cup/"), ("day", "2025-06-07"), ("tag", "cup"), ("source", "the-courier")],
    ids=lambda key: key[0],
)
def test_a_page_leaves_nothing_behind_for_the_garbage_collector(project: Project, key: Key) -> None:
    news(project).build()
    site = Site(project.root, read_config(project.root), read_theme(project.root, "templates"))
    with closing(Catalogue(site.catalogue, guest=True)) as catalogue:
        pages = list(making.plan(site, catalogue, Giver(catalogue, site.settings), key))
    templates = making.load_theme(site)
    made = [templates.render(page) for page in pages]  # what is loaded once is loaded now
    gc.collect()
    gc.disable()
    try:
        made += [templates.render(page) for page in pages]

        assert gc.collect() == 0
    finally:
        gc.enable()
    assert len(made) == 2 * len(pages) > 0


def test_an_edit_of_a_story_of_the_nineteenth_century_is_as_good_as_a_clean_build(
    project: Project, another: Callable[[], Project]
) -> None:
    def tell(site: Project, title: str) -> Project:
        zone = 'timezone = "Europe/Berlin"'  # whose clocks then were 53 minutes and 28 seconds before Greenwich's
        site.write("dateline.toml", f'[site]\ntitle = "Test"\nbase_url = "https://news.example/"\n{zone}\n')
        for day in (1, 2):
            site.article(
                f"sport/1890-01-0{day}/cup.md", title, f"1890-01-0{day}T10:00:00Z", tags="[Cup, Rail]"
            )
        return site

    tell(project, "The cup").build()
    tell(project, "The race").build()
    project.remove("content/sport/1890-01-02/cup.md").build()
    clean = tell(another(), "The race").remove("content/sport/1890-01-02/cup.md")
    clean.build()

    assert project.site() == clean.site()


def test_another_time_zone_moves_every_time_there_is(
    project: Project, another: Callable[[], Project]
) -> None:
    def moved(site: Project) -> Project:
        text = (site.root / "dateline.toml").read_text()
        return site.write("dateline.toml", f'{text}timezone = "Europe/Berlin"\n')

    news(project).build()
    moved(project).build()
    clean = moved(news(another()))
    clean.build()

    assert project.site() == clean.site()


def test_an_executor_of_threads_makes_the_same_site(project: Project, another: Callable[[], Project]) -> None:
    news(project).build()
    other = news(another())
    with ThreadPoolExecutor(2) as pool:
        build(other.root, Options(NOW), quiet, quiet, pool)

    assert other.site() == project.site()
    assert {path.name for path in (other.root / ".dateline").glob("catalogue*")} == {
        "catalogue.sqlite",
        "catalogue.sqlite-seal",
    }


@pytest.mark.parametrize("workers", [1, 2])
def test_a_filter_that_does_not_exist_is_named_with_its_line(project: Project, workers: int) -> None:
    news(project).write("templates/day.html", "\n{{ page | nosuch }}")

    with pytest.raises(DatelineError, match=r"^templates/day.html:2: No filter named 'nosuch'"):
        project.build(workers=workers)


def test_a_second_build_writes_nothing(project: Project) -> None:
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02", tags="[Cup]").build()
    before = project.times()

    report = project.build()

    assert (report.written, report.deleted) == ((), ())
    assert project.times() == before


def test_an_edit_of_the_body_touches_only_pages_that_show_it(project: Project) -> None:
    front = {"tags": "[Cup]", "summary": "Short.", "source": "The Courier"}
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02", "Before.", **front)
    project.article("arts/2025-06-03/play.md", "The play", "2025-06-03").build()
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02", "Behind.", **front)

    report = project.build()

    feeds = {f"{folder}{name}" for folder in ("", "topics/sport/", "sources/the-courier/") for name in FEEDS}
    assert set(report.written) == {"2025/06/02/cup/index.html", *feeds}


FEEDS = ("rss.xml", "atom.xml", "feed.json")


def test_what_is_gone_from_the_content_is_gone_from_the_site(project: Project) -> None:
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02", tags="[Cup]").build()

    report = project.remove("content/sport/2025-06-02/cup.md").build()

    assert "2025/06/02/cup/index.html" in report.deleted
    assert not project.exists("2025")
    assert not project.exists("tags/cup")


def test_refiling_keeps_the_address_and_the_entry_id(project: Project) -> None:
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02").build()
    before = project.read("atom.xml")

    project.move("content/sport/2025-06-02/cup.md", "content/arts/2025-06-02/cup.md").build()

    assert project.exists("2025/06/02/cup/index.html")
    assert entry_id(before) == entry_id(project.read("atom.xml"))


def entry_id(feed: str) -> str:
    return feed.partition("<entry>")[2].partition("<id>")[2].partition("</id>")[0]


def test_entry_ids_survive_retitling_and_another_host(project: Project) -> None:
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02").build()
    before = project.read("atom.xml")

    project.article("sport/2025-06-02/cup.md", "The cup is ours", "2025-06-02")
    project.write("dateline.toml", '[site]\nbase_url = "https://elsewhere.example/"\n').build()

    assert entry_id(before) == entry_id(project.read("atom.xml"))


def test_drafts_future_and_expired_articles_are_held_back_and_said_why(project: Project) -> None:
    project.article("sport/2025-06-02/draft.md", "Draft", "2025-06-02", draft="true")
    project.article("sport/2025-07-02/future.md", "Future", "2025-07-02")
    project.article("sport/2025-06-02/expired.md", "Expired", "2025-06-02", expires="2025-06-30")

    report = project.build()

    assert {(held.path.rpartition("/")[2], held.why, held.until) for held in report.held_back} == {
        ("draft.md", "draft", None),
        ("future.md", "future", datetime(2025, 7, 2, tzinfo=UTC)),
        ("expired.md", "expired", None),
    }
    assert not any(project.exists(f"2025/0{rest}") for rest in ("6/02/draft", "6/02/expired", "7/02/future"))


def test_an_article_falls_due(project: Project) -> None:
    project.article("sport/2025-07-02/future.md", "Future", "2025-07-02").build()

    report = project.build(datetime(2025, 7, 2, tzinfo=UTC))

    assert "2025/07/02/future/index.html" in report.written
    assert report.held_back == ()


def test_two_files_that_claim_one_address(project: Project) -> None:
    project.article("sport/2025-06-02/cup.md", "Second", "2025-06-02")
    project.article("arts/2025-06-02/cup.md", "First", "2025-06-02")

    report = project.build()

    assert errors(report) == [
        (
            "content/sport/2025-06-02/cup.md:1: /2025/06/02/cup/ belongs to"
            " content/arts/2025-06-02/cup.md already; this file is not published"
        )
    ]
    assert "First" in project.read("2025/06/02/cup/index.html")
    assert errors(project.build()) == errors(report)

    freed = project.remove("content/arts/2025-06-02/cup.md").build()

    assert errors(freed) == []
    assert "Second" in project.read("2025/06/02/cup/index.html")


BROKEN = {
    "empty.md": (b"", 1),
    "spaces.md": (b" \n\n", 1),
    "binary.md": (b"\x89PNG\x00\x00\x01", 1),
    "plain.md": (b"Just text.\n", 1),
    "untitled.md": (b"---\ndate: 2025-06-02\n---\n\nBody.\n", 1),
    "undated.md": (b"---\ntitle: A\n---\n\nBody.\n", 1),
    "unclosed.md": (b"---\ntitle: A\n", 1),
    "yaml.md": (b"---\ntitle: [A\ndate: 2025-06-02\n---\n", 3),
    "impossible.md": (b"---\ntitle: A\ndate: 2025-02-31\n---\n", 3),
    "draft.md": (b"---\ntitle: A\ndate: 2025-02-28\ndraft: perhaps\n---\n", 4),
}


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_a_broken_file_is_named_with_its_line_and_all_the_rest_is_built(project: Project, name: str) -> None:
    data, line = BROKEN[name]
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02")
    project.write(f"content/sport/2025-06-02/{name}", data)

    for _ in range(2):  # the second build knows as well as the first
        report = project.build()

        assert [error.partition(": ")[0] for error in errors(report)] == [
            f"content/sport/2025-06-02/{name}:{line}"
        ]
    assert project.exists("2025/06/02/cup/index.html")
    assert not project.exists(f"2025/06/02/{name.removesuffix('.md')}/index.html")


def test_a_file_that_is_not_utf8_is_read_as_far_as_it_goes(project: Project) -> None:
    text = "---\ntitle: Caf\xe9\ndate: 2025-06-02\n---\n\nOpen.\n".encode("cp1252")

    report = project.write("content/arts/2025-06-02/cafe.md", text).build()

    assert [error.partition(": ")[0] for error in errors(report)] == ["content/arts/2025-06-02/cafe.md:2"]
    assert "Café" in project.read("2025/06/02/cafe/index.html")


def test_files_beside_an_article_are_published_beside_its_page(project: Project) -> None:
    body = "![A photo](photo.png) and ![gone](gone.png)"
    project.article("arts/2025-06-02/show.md", "Show", "2025-06-02", body)
    project.write("content/arts/2025-06-02/photo.png", b"png")
    project.write("content/arts/2025-06-02/left.csv", b"csv")

    report = project.build()

    assert (project.root / "site/2025/06/02/show/photo.png").read_bytes() == b"png"
    assert [str(issue) for issue in report.issues] == [
        "content/arts/2025-06-02/left.csv:1: no article beside this file uses it; it is not published",
        "content/arts/2025-06-02/show.md:1: 'gone.png' is not beside this file",
    ]


def test_a_former_address_leads_to_the_present_one(project: Project) -> None:
    project.article("arts/2025-06-02/show.md", "Show", "2025-06-02", aliases="[/2024/old/]").build()

    assert "/2025/06/02/show/" in project.read("2024/old/index.html")


def test_a_warning_that_many_files_share_is_said_once(project: Project) -> None:
    for name in "abc":
        project.article(f"sport/2025-06-02/{name}.md", name, "2025-06-02", mood="fine")

    report = project.build()

    assert [str(issue) for issue in report.issues] == [
        "content/sport/2025-06-02/a.md:4: unknown front matter key `mood`; it is kept"
    ]


def test_a_folder_that_is_not_ours_is_refused(project: Project) -> None:
    project.write("site/index.html", "mine")

    with pytest.raises(DatelineError, match="was not made by Dateline"):
        project.build()

    assert project.read("index.html") == "mine"


def test_dot_files_in_the_output_folder_do_not_matter(project: Project) -> None:
    project.write("site/.gitignore", "*").build()

    assert (project.root / "site/.gitignore").read_text() == "*"


def test_a_foreign_file_is_never_touched(project: Project) -> None:
    project.build()
    project.write("site/2025/06/02/cup/index.html", "mine").write("site/CNAME", "news.example")

    report = project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02").build()

    assert [error.partition(": ")[0] for error in errors(report)] == ["site/2025/06/02/cup/index.html:1"]
    assert project.read("2025/06/02/cup/index.html") == "mine"
    assert project.remove("site/2025/06/02/cup/index.html").build().issues == ()
    assert "The cup" in project.read("2025/06/02/cup/index.html")
    assert project.read("CNAME") == "news.example"


def test_without_its_catalogue_a_build_still_knows_its_own_files(project: Project) -> None:
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02").build()
    project.write("site/CNAME", "news.example").remove("content/sport/2025-06-02/cup.md")
    for leftover in (project.root / ".dateline").glob("catalogue*"):
        leftover.unlink()

    report = project.build()

    assert "2025/06/02/cup/index.html" in report.deleted
    assert project.read("CNAME") == "news.example"


@pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\x00" + bytes(200)])
def test_a_damaged_catalogue_means_a_clean_build(project: Project, damage: bytes) -> None:
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02").build()
    before = project.site()
    for leftover in (project.root / ".dateline").glob("catalogue*"):
        leftover.unlink()

    project.write(".dateline/catalogue.sqlite", damage).build()

    assert project.site() == before


def test_a_broken_template_leaves_the_site_as_it_was(project: Project) -> None:
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02").build()
    before = project.site()
    project.write("templates/day.html", "fine\n{{ page.nothing }}\n")

    with pytest.raises(DatelineError, match=r"^templates/day.html:2: .*nothing"):
        project.build()

    assert project.site() == before
    assert project.remove("templates/day.html").build().written == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("one\n{% if %}", r"^templates/day.html:2: "),
        ("{% extends 'absent.html' %}", r"^templates/day.html:1: there is no template called `absent.html`$"),
        ("{{ 1 / 0 }}", r"^templates/day.html:1: .*zero"),
    ],
)
def test_a_template_error_names_file_and_line(project: Project, text: str, message: str) -> None:
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02").write("templates/day.html", text)

    with pytest.raises(DatelineError, match=message):
        project.build()


def test_a_tampered_output_of_the_same_look_is_found_by_verify(project: Project) -> None:
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02").build()
    page = project.root / "site/2025/06/02/cup/index.html"
    look, text = page.stat(), page.read_text()
    page.write_text(text.replace("The cup", "The cub"))
    os.utime(page, ns=(look.st_atime_ns, look.st_mtime_ns))

    assert project.build().written == ()
    assert project.build(verify=True).written == ("2025/06/02/cup/index.html",)
    assert page.read_text() == text


def hold_the_lock(root: Path, held: multiprocessing.synchronize.Event) -> None:
    with locks.lock(root, "dateline build", quiet):
        held.set()
        time.sleep(60)


def test_a_second_build_says_who_holds_the_lock_and_takes_it_from_the_dead(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    spawn = multiprocessing.get_context("spawn")
    held = spawn.Event()
    holder = spawn.Process(target=hold_the_lock, args=(project.root, held))
    holder.start()
    assert held.wait(30)
    monkeypatch.setattr(locks, "LOCK_SECONDS", 0.1)
    said: list[str] = []

    with pytest.raises(DatelineError, match=f"dateline build, process {holder.pid}"):
        build(project.root, Options(NOW), quiet, said.append)
    holder.kill()
    holder.join()

    assert said == [f"waiting for dateline build, process {holder.pid}"]
    assert project.build().issues == ()


def test_a_content_folder_that_is_not_there_deletes_nothing(project: Project) -> None:
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02").build()
    before = project.site()
    project.write("dateline.toml", '[build]\ncontent = "contents"\n')

    with pytest.raises(DatelineError, match="contents/ is not there"):
        project.build()

    assert project.site() == before


def test_a_tag_has_archives_once_it_outgrows_its_page(project: Project) -> None:
    for number in range(51):
        project.article(f"sport/2025-06-02/s{number}.md", f"S {number}", "2025-06-02", tags="[Cup]")
    project.build()

    assert project.read("tags/cup/2025/06/index.html").count("/2025/06/02/s") >= 51

    project.remove("content/sport/2025-06-02/s7.md").build()

    assert not project.exists("tags/cup/2025")


def test_a_term_is_called_what_most_articles_call_it_in_its_old_archives_too(project: Project) -> None:
    project.article("sport/2025-05-02/a.md", "A", "2025-05-02", source="Evening post")
    project.article("sport/2025-06-02/b.md", "B", "2025-06-02", source="Evening Post")
    project.article("sport/2025-06-02/c.md", "C", "2025-06-02", source="Evening Post").build()
    archive = "sources/evening-post/2025/05/index.html"

    assert "Evening Post" in heading(project.read(archive))

    for name in "de":
        project.article(f"sport/2025-06-03/{name}.md", name, "2025-06-03", source="Evening post")
    report = project.build()

    assert archive in report.written
    assert "Evening post" in heading(project.read(archive))


def heading(page: str) -> str:
    return page.partition("<title>")[2].partition("</title>")[0]


def test_pages_work_below_a_path(project: Project) -> None:
    project.write("dateline.toml", '[site]\nbase_url = "https://news.example/digest"\n')
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02").build()

    front = project.read("index.html")

    assert 'href="/digest/2025/06/02/cup/"' in front
    assert 'href="/digest/assets/style.css"' in front


def test_the_clock_is_in_no_output(project: Project, another: Callable[[], Project]) -> None:
    one = project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02")
    other = another().article("sport/2025-06-02/cup.md", "The cup", "2025-06-02")

    one.build(datetime(2025, 7, 1, tzinfo=UTC))
    other.build(datetime(2031, 1, 1, tzinfo=UTC))

    assert one.site() == other.site()


def test_an_article_taken_in_since_is_held_back_when_the_clock_goes_back(project: Project) -> None:
    project.article("sport/a/cup.md", "The cup", "2025-06-01").build(NOW)
    project.article("sport/b/late.md", "Late", (NOW + timedelta(hours=1)).isoformat())
    project.build(NOW + timedelta(hours=2))
    there = project.exists("2025/07/01/late/index.html")
    project.build(NOW + timedelta(minutes=30))

    assert there
    assert not project.exists("2025/07/01/late/index.html")


def test_earlier_coverage_is_the_same_however_many_articles_are_asked_for(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(7)
    for number in range(90):
        day = f"2025-0{chance.randint(1, 6)}-{chance.randint(1, 28):02}"
        tags = f"[{', '.join(chance.sample(('Rail', 'Cup', 'Film', 'Port', 'Vote'), chance.randint(0, 4)))}]"
        project.article(
            f"sport/{day}/{number}.md", f"N{number}", f"{day}T{chance.choice((8, 9)):02}:00:00Z", tags=tags
        )
    monkeypatch.setattr(giving, "FEW", 0)
    project.build()
    all_at_once = project.site()
    monkeypatch.setattr(giving, "FEW", 1000)

    assert project.build(clean=True).issues == ()
    assert project.site() == all_at_once


def test_a_story_of_another_year_says_so_where_the_year_does_not_go_without_saying(project: Project) -> None:
    project.article("arts/2024-06-02/film.md", "The film", "2024-06-02T10:00:00Z")
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02T10:00:00Z")
    project.article("sport/2025-05-30/heat.md", "The heat", "2025-05-30T10:00:00Z").build()

    front = project.read("index.html")

    assert ">June 2, 2024</time>" in front
    assert ">May 30</time>" in front
