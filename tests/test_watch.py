"""Watching a site in a real process: every way to save is seen, nothing is built half-written, nothing loops."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from conftest import Project, tree
from watching import Clock, Watched, eventually, watching

from generator import filenames, files
from generator.catalogue import NAME
from generator.taxonomy import TAXONOMY

CUP = "content/sport/2025-06-02/cup.md"
PAGE = "2025/06/02/cup/index.html"
HANDFUL = 8
SEED = "The lighthouse keeper of Port Ellery retired after forty years.\n\nThe town gave her a boat.\n"


@pytest.fixture
def site(project: Project) -> Project:
    few = "".join(f"{topic.slug} = false\n" for topic in TAXONOMY if topic.slug not in {"sport", "arts"})
    project.write(
        "dateline.toml", f'[site]\ntitle = "T"\nbase_url = "https://news.example/"\n[topics]\n{few}'
    )
    for number in range(12):
        project.article(f"sport/2025-06-02/{number}.md", f"Cup {number}", "2025-06-02T10:00:00Z", tags="cup")
    return project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02T10:00:00Z", "They won.")


NO_ROUNDS = "from generator import rounds; rounds.SECONDS = 1e9"
"""What happens is seen by its events, not found later."""


@pytest.fixture
def watched(site: Project) -> Iterator[Watched]:
    with watching(site.root, before=NO_ROUNDS) as watched:
        watched.settle()
        yield watched


def text(title: str) -> str:
    return f"---\ntitle: {title}\ndate: 2025-06-02T10:00:00Z\n---\n\nThey won.\n"


def as_a_clean_build(site: Project) -> bool:
    """Tell whether the site is what a clean build elsewhere makes of its inputs."""
    elsewhere = Project(site.root.parent / f"clean-{time.monotonic_ns()}")
    for name in ("content", "templates", "dateline.toml"):
        if (site.root / name).is_dir():
            shutil.copytree(site.root / name, elsewhere.root / name, symlinks=True, dirs_exist_ok=True)
        elif (site.root / name).exists():
            shutil.copy(site.root / name, elsewhere.root / name)
    elsewhere.build(datetime.now(UTC))
    return site.site() == elsewhere.site()


def truncate_and_write(path: Path, data: str) -> None:
    path.write_text(data)


def rename_over(path: Path, data: str) -> None:
    other = path.with_name(f".{path.name}.swp")
    other.write_text(data)
    other.replace(path)


def rename_over_from_elsewhere(path: Path, data: str) -> None:
    other = path.parents[4] / "elsewhere.md"
    other.write_text(data)
    other.replace(path)


def backup_and_write(path: Path, data: str) -> None:
    path.rename(f"{path}~")
    path.write_text(data)
    Path(f"{path}~").unlink()


def delete_and_create(path: Path, data: str) -> None:
    path.unlink()
    path.write_text(data)


def link(path: Path, data: str) -> None:
    other = path.parents[4] / "elsewhere.md"
    other.write_text(data)
    path.unlink()
    path.hardlink_to(other)


def copy_with_its_time(path: Path, data: str) -> None:
    other = path.parents[4] / "elsewhere.md"
    other.write_text(data)
    os.utime(other, ns=(0, 10**18))
    shutil.copy2(other, path)


def rsync(path: Path, data: str) -> None:
    if not shutil.which("rsync"):
        pytest.skip("rsync is not installed")
    other = path.parents[4] / "other"
    shutil.copytree(path.parents[2], other)
    (other / path.relative_to(path.parents[2])).write_text(data)
    subprocess.run(["rsync", "-a", "--delete", f"{other}/", f"{path.parents[2]}/"], check=True)


def write_slowly(path: Path, data: str) -> None:
    with path.open("w") as file:
        for start in range(0, len(data), 20):
            file.write(data[start : start + 20])
            file.flush()
            time.sleep(0.12)


WAYS = (
    *(truncate_and_write, rename_over, rename_over_from_elsewhere, backup_and_write),
    *(delete_and_create, link, copy_with_its_time, rsync, write_slowly),
)


@pytest.mark.parametrize("save", WAYS, ids=lambda save: save.__name__)
def test_every_way_to_save_is_seen_and_makes_no_loop(
    site: Project, watched: Watched, save: Callable[[Path, str], None]
) -> None:
    save(site.root / CUP, text("Another cup"))

    watched.until_written(PAGE)
    for turn in watched.settle():  # that some way's second file is gone again may be told of later
        assert (turn["built"]["written"], turn["built"]["deleted"], turn["built"]["issues"]) == ([], [], [])
    assert watched.settle() == []
    assert "Another cup" in site.read(PAGE)
    eventually(lambda: as_a_clean_build(site))


def test_nothing_is_built_half_written(site: Project, watched: Watched) -> None:
    body = " ".join(f"Word {number}." for number in range(40))
    write_slowly(site.root / CUP, f"{text('Slow')}\n{body}")
    written = watched.until_written(PAGE)

    assert "Word 39." in site.read(PAGE)
    assert [turn for turn in watched.outcomes if turn["built"] and turn["built"]["written"]][1:] == [written]


def test_folders_and_files_made_at_once_are_seen(site: Project, watched: Watched) -> None:
    site.article("arts/2025-06-05/film.md", "Film", "2025-06-05T10:00:00Z")

    watched.until_written("2025/06/05/film/index.html")
    eventually(lambda: as_a_clean_build(site))


def test_a_folder_that_is_moved_out_and_in_again_takes_its_pages_with_it(
    site: Project, watched: Watched
) -> None:
    site.move("content/sport", "elsewhere")
    watched.until(lambda found: found["built"] and PAGE in found["built"]["deleted"])
    watched.settle()
    eventually(lambda: as_a_clean_build(site))

    site.move("elsewhere", "content/sport")
    watched.until_written(PAGE)
    assert watched.settle() == []
    eventually(lambda: as_a_clean_build(site))

    site.write(CUP, text("After the move"))
    watched.until_written(PAGE)


def test_a_burst_of_a_thousand_files_is_a_handful_of_builds(site: Project, watched: Watched) -> None:
    before = len(watched.outcomes)
    for number in range(1000):
        site.article(f"arts/2025-06-{number % 20 + 1:02}/{number}.md", f"N{number}", "2025-06-02T10:00:00Z")

    eventually(lambda: site.exists("2025/06/02/999/index.html"))
    watched.settle()
    eventually(lambda: as_a_clean_build(site))
    assert sum(turn["built"] is not None for turn in watched.outcomes[before:]) <= HANDFUL


def test_a_checkout_of_hundreds_of_files_is_a_handful_of_builds(site: Project) -> None:
    def git(*arguments: str) -> None:
        who = ["-c", "user.name=Ann", "-c", "user.email=ann@news.example", "-c", "init.defaultBranch=main"]
        subprocess.run(["git", "-C", str(site.root), *who, *arguments], check=True, capture_output=True)

    for number in range(300):
        site.article(f"arts/2025-06-03/{number}.md", f"N{number}", "2025-06-03T10:00:00Z", tags="art")
    git("init")
    git("add", "content")
    git("commit", "-m", "before")
    git("checkout", "-b", "later")
    for number in range(0, 300, 2):
        site.article(f"arts/2025-06-03/{number}.md", f"Later {number}", "2025-06-03T10:00:00Z", tags="art")
        site.remove(f"content/arts/2025-06-03/{number + 1}.md")
        site.article(f"arts/2025-06-04/{number}.md", f"Then {number}", "2025-06-04T10:00:00Z")
    git("add", "content")
    git("commit", "-m", "after")
    git("checkout", "main")
    with watching(site.root, before=NO_ROUNDS) as watched:
        watched.settle()
        before = len(watched.outcomes)
        git("checkout", "later")
        eventually(lambda: site.exists("2025/06/04/298/index.html"))
        watched.settle()

        eventually(lambda: as_a_clean_build(site))
        assert sum(turn["built"] is not None for turn in watched.outcomes[before:]) <= HANDFUL


def test_edits_while_it_builds_are_built_next(site: Project, watched: Watched) -> None:
    for number in range(250):
        site.article(f"arts/2025-06-03/{number}.md", f"N{number}", "2025-06-03T10:00:00Z")
    for turn in range(30):
        site.write(CUP, text(f"Cup, turn {turn}"))
        time.sleep(0.02)

    eventually(lambda: "Cup, turn 29" in site.read(PAGE))
    watched.settle()
    eventually(lambda: as_a_clean_build(site))


def test_a_story_is_out_when_its_moment_comes(site: Project, watched: Watched) -> None:
    soon = (datetime.now(UTC) + timedelta(seconds=3)).replace(microsecond=0)
    site.article("sport/2025-06-02/soon.md", "Soon", soon.isoformat())
    page = f"{soon:%Y/%m/%d}/soon/index.html"

    watched.until_written(page)
    assert datetime.now(UTC) >= soon
    later = (datetime.now(UTC) + timedelta(seconds=3)).replace(microsecond=0)
    site.article("sport/2025-06-02/soon.md", "Soon", soon.isoformat(), expires=later.isoformat())
    watched.until(lambda found: found["built"] and page in found["built"]["deleted"])
    assert datetime.now(UTC) >= later


def test_a_broken_template_leaves_the_site_and_a_mended_one_goes_on(site: Project, watched: Watched) -> None:
    before = site.site()
    site.write("templates/article.html", "{% if %}")
    assert watched.until_failed().startswith("templates/article.html:1: ")
    site.write(CUP, text("Meanwhile"))
    watched.until_failed()
    assert site.site() == before

    site.write("templates/article.html", "{{ page.card.title }}, mended")
    watched.until_written(PAGE)
    assert site.read(PAGE) == "Meanwhile, mended"
    eventually(lambda: as_a_clean_build(site))


def test_a_translation_that_is_saved_is_what_pages_say(site: Project, watched: Watched) -> None:
    site.write("templates/languages/en.po", 'msgid "Skip to the content"\nmsgstr "To the news"\n')

    watched.until_written(PAGE)
    assert "To the news" in site.read(PAGE)
    eventually(lambda: as_a_clean_build(site))


def test_a_broken_configuration_is_named_and_a_mended_one_is_heeded(site: Project, watched: Watched) -> None:
    good = (site.root / "dateline.toml").read_text()
    site.write("dateline.toml", good.replace('"T"', '"T'))
    assert watched.until_failed().startswith("dateline.toml:2: ")
    site.write("dateline.toml", good.replace('"T"', '"Other"'))

    watched.until_written(PAGE)
    assert "Other" in site.read(PAGE)


def test_another_content_folder_is_watched_from_then_on(site: Project, watched: Watched) -> None:
    good = (site.root / "dateline.toml").read_text()
    site.move("content", "news").write("dateline.toml", f'{good}\n[build]\ncontent = "news"\n')
    eventually(lambda: watched.settle() == [])
    site.write(CUP.replace("content", "news"), text("In the new folder"))

    watched.until_written(PAGE)
    assert "In the new folder" in site.read(PAGE)


def test_a_content_folder_that_comes_back_is_watched_again(site: Project, watched: Watched) -> None:
    site.move("content", "elsewhere")
    assert "content/ is not there" in watched.until_failed()
    assert site.exists(PAGE)
    site.move("elsewhere", "content")
    watched.settle()
    site.write(CUP, text("Back again"))

    watched.until_written(PAGE)
    eventually(lambda: as_a_clean_build(site))


def test_an_output_folder_that_is_deleted_comes_back_with_the_next_change(
    site: Project, watched: Watched
) -> None:
    shutil.rmtree(site.root / "site")
    site.write(CUP, text("Another cup"))

    eventually(lambda: site.exists("index.html"))
    watched.settle()
    eventually(lambda: as_a_clean_build(site))


def test_what_lies_in_the_output_or_is_hidden_starts_no_build(site: Project, watched: Watched) -> None:
    site.write("site/own.txt", "mine").write("content/.hidden.md", "x").write("content/.git/index", "x")
    site.write("notes.txt", "mine").write(".dateline/own", "mine")

    assert watched.settle() == []


def test_a_new_seed_is_a_story_on_the_front_page(site: Project, watched: Watched) -> None:
    site.write("seeds/2025-06-03-lighthouse.txt", SEED)

    watched.until(lambda found: found["ingested"])
    watched.until_written("index.html")
    assert "lighthouse keeper" in site.read("index.html")
    watched.settle()
    eventually(lambda: as_a_clean_build(site))


@pytest.mark.parametrize("held_open", [True, False])
def test_a_seed_is_ingested_when_it_is_whole(site: Project, watched: Watched, held_open: bool) -> None:  # noqa: FBT001 - drawn
    seed = site.root / "seeds/2025-06-03-lighthouse.txt"
    seed.parent.mkdir()
    with seed.open("w") as file:
        for line in SEED.splitlines(keepends=True):
            file.write(line)
            file.flush()
            time.sleep(0.8 if held_open else 0.2)
    found = watched.until(lambda found: found["ingested"])

    (story,) = found["ingested"]["articles"]
    assert "gave her a boat" in (site.root / story["path"]).read_text()


def test_a_download_is_a_seed_when_it_has_its_name(site: Project, watched: Watched) -> None:
    site.write("seeds/lighthouse.txt.part", SEED[:40])
    assert watched.settle() == []
    site.write("seeds/lighthouse.txt.part", SEED).move("seeds/lighthouse.txt.part", "seeds/lighthouse.txt")

    assert watched.until(lambda found: found["ingested"])["cause"] == ["seeds/lighthouse.txt"]


def test_a_deleted_story_stays_deleted_though_its_seed_is_there(site: Project, watched: Watched) -> None:
    site.write("seeds/2025-06-03-lighthouse.txt", SEED)
    (story,) = watched.until(lambda found: found["ingested"])["ingested"]["articles"]
    watched.until_written("index.html")
    watched.settle()
    site.remove(story["path"])
    watched.until(lambda found: found["built"] and found["built"]["deleted"])
    site.write("seeds/2025-06-03-lighthouse.txt", SEED)

    (again,) = watched.until(lambda found: found["ingested"])["ingested"]["articles"]
    assert again["status"] == "retracted"
    watched.settle()
    assert not (site.root / story["path"]).exists()
    assert "lighthouse keeper" not in site.read("index.html")


def test_seeds_that_came_meanwhile_are_ingested_at_the_start_and_once(site: Project) -> None:
    site.write("seeds/2025-06-03-lighthouse.txt", SEED)
    os.utime(site.root / "seeds/2025-06-03-lighthouse.txt", ns=(0, 10**18))
    site.ingest()
    time.sleep(2.1)  # the ingest was in the very second of the change, and would be done again
    site.ingest()
    site.write(
        "seeds/2025-06-04-harbour.txt",
        "The harbour of Port Ellery froze over.\n\nNo ship left the town on Tuesday, and none came.\n",
    )
    with watching(site.root) as watched:
        if not any(turn["ingested"] for turn in watched.outcomes):  # a slow start finds the seed at rest
            watched.until(lambda found: found["ingested"])
        watched.settle()
        inputs = [
            story["input"]
            for turn in watched.outcomes
            if turn["ingested"]
            for story in turn["ingested"]["articles"]
        ]

    assert inputs == ["seeds/2025-06-04-harbour.txt"]


def test_without_events_changes_are_looked_for(site: Project) -> None:
    with watching(site.root, "--poll") as watched:
        site.write(CUP, text("Another cup"))
        watched.until_written(PAGE)
        site.write("templates/article.html", "{{ page.card.title }}, mine")
        watched.until_written(PAGE)
        site.write("seeds/2025-06-03-lighthouse.txt", SEED)
        watched.until(lambda found: found["ingested"])
        site.remove(CUP)
        watched.until(lambda found: found["built"] and PAGE in found["built"]["deleted"])
        site.remove("site/index.html")
        watched.until_written("index.html")
        eventually(lambda: as_a_clean_build(site))


LIMITED = 'echo {number} > /proc/sys/user/max_inotify_{what} && exec "$@"'


def limited(what: str, number: int) -> list[str]:
    """Give what runs a command where the system watches so few things, if this system lets one do so."""
    command = ["unshare", "-Ur", "sh", "-c", LIMITED.format(what=what, number=number), "-"]
    if (
        not shutil.which("unshare")
        or subprocess.run([*command, "true"], capture_output=True, check=False).returncode
    ):
        pytest.skip("this system lets nobody set limits for a process")
    return command


@pytest.mark.parametrize(("what", "number"), [("watches", 1), ("watches", 3), ("instances", 0)])
def test_at_the_systems_limit_there_is_one_sentence_and_polling(
    site: Project, what: str, number: int
) -> None:
    with watching(site.root, within=limited(what, number)) as watched:
        site.write(CUP, text("Another cup"))
        watched.until_written(PAGE)
        site.write(CUP, text("A third cup"))
        watched.until_written(PAGE)
        assert watched.stop() == 0
        sentences = [line for line in watched.said if f"{what.removesuffix('es').removesuffix('s')}" in line]

    assert len(sentences) == 1
    assert "changes are looked for" in sentences[0]


def test_the_systems_limit_may_be_reached_later(site: Project) -> None:
    with watching(site.root, within=limited("watches", 12)) as watched:
        watched.settle()
        assert not watched.said
        for number in range(12):
            site.article(f"arts/2025-06-{number + 1:02}/{number}.md", "Film", "2025-06-03T10:00:00Z")
        eventually(lambda: site.exists("2025/06/03/11/index.html"))
        site.article("arts/2025-06-12/11.md", "Another film", "2025-06-03T10:00:00Z")
        watched.until_written("2025/06/03/11/index.html")
        eventually(lambda: as_a_clean_build(site))
        assert watched.stop() == 0

    assert sum("limit" in line for line in watched.said) == 1


def test_what_no_event_told_of_is_found(site: Project) -> None:
    before = "from generator import rounds; rounds.SECONDS = 0.2; rounds.SHARE = 0.5"
    deaf = "from generator.observe import _Handler; _Handler.dispatch = lambda *_: None"
    with watching(site.root, before=f"{before}\n{deaf}") as watched:
        site.write(CUP, text("Another cup"))
        watched.until_written(PAGE)
        site.write(f"site/{PAGE}", "tampered with")
        watched.until_written(PAGE)
        eventually(lambda: as_a_clean_build(site))


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly_when_it_is_asked_to(site: Project, how: signal.Signals) -> None:
    with watching(site.root) as watched:
        site.write(CUP, text("Another cup"))
        watched.until_written(PAGE)

        assert watched.stop(how) == 0
    assert watched.said[-1] == "dateline: stopped; the site is whole\n"
    assert "Traceback" not in "".join(watched.said)
    assert Path(f"{site.root / files.STATE / NAME}-seal").exists()
    assert not list((site.root / files.STATE).glob("*staging*"))
    assert site.build(datetime.now(UTC)).written == ()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("delay", [0.0, 0.05, 0.2, 0.5])
def test_stopped_in_the_midst_of_a_build_the_next_one_completes_it(
    site: Project, how: signal.Signals, delay: float
) -> None:
    with watching(site.root) as watched:
        for number in range(400):
            site.article(f"arts/2025-06-03/{number}.md", f"N{number}", "2025-06-03T10:00:00Z", tags="art")
        time.sleep(delay)

        assert watched.stop(how) == (-how if how is signal.SIGKILL else 0), watched.said
    assert how is signal.SIGKILL or "Traceback" not in "".join(watched.said)
    site.build(datetime.now(UTC))
    assert as_a_clean_build(site)


@pytest.mark.parametrize("how", [["watch"], ["serve", "--port", "0"], ["serve", "--port", "0", "--no-watch"]])
def test_one_process_watches_a_site_and_another_says_nothing_but_that(
    site: Project, watched: Watched, how: list[str]
) -> None:
    command = [sys.executable, "-m", "generator.cli", *how, "--root", str(site.root)]
    second = subprocess.run(command, capture_output=True, text=True, check=False)

    assert second.returncode == 2
    assert second.stderr == (
        f"dateline: process {watched.process.pid} watches this site already; stop that first\n"
    )


def test_others_may_ingest_and_build_meanwhile(site: Project, watched: Watched) -> None:
    site.write("seeds/2025-06-03-lighthouse.txt", SEED)
    site.ingest(now=datetime.now(UTC))
    site.build(datetime.now(UTC), clean=True)
    site.write(CUP, text("Another cup"))
    site.build(datetime.now(UTC))

    eventually(lambda: "Another cup" in site.read(PAGE))
    watched.settle()
    site.write(CUP, text("A third cup"))
    watched.until_written(PAGE)
    watched.settle()
    eventually(lambda: as_a_clean_build(site))
    assert tree(site.root / "site") == site.site()


def test_a_folder_without_a_site_is_refused(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "generator.cli", "watch", "--root", str(tmp_path)]
    refused = subprocess.run(command, capture_output=True, text=True, check=False)

    assert refused.returncode == 2
    assert "dateline init" in refused.stderr


def test_notes_among_the_seeds_are_no_stories(site: Project, watched: Watched) -> None:
    site.write("seeds/README.md", SEED).write("seeds/2025-06-03-lighthouse.txt", SEED)

    assert watched.until(lambda found: found["ingested"])["cause"] == ["seeds/2025-06-03-lighthouse.txt"]
    watched.settle()
    assert sum(bool(turn["ingested"]) for turn in watched.outcomes) == 1


@pytest.mark.parametrize("options", [(), ("--poll",)])
def test_content_that_is_no_content_any_more_is_gone(site: Project, options: tuple[str, ...]) -> None:
    site.write("content/arts/target.txt", text("By a link"))
    (site.root / "content/arts/film.md").symlink_to("target.txt")
    quick = "from generator import rounds; rounds.SECONDS = 0.2; rounds.SHARE = 0.5"
    with watching(site.root, *options, before=quick) as watched:
        watched.settle()
        assert site.exists("2025/06/02/film/index.html")
        site.remove("content/arts/target.txt").move("content/sport", "elsewhere")
        (site.root / "content/sport").symlink_to(site.root / "elsewhere")
        eventually(lambda: not site.exists(PAGE) and not site.exists("2025/06/02/film/index.html"))
        eventually(lambda: as_a_clean_build(site))


LATER = """
from generator import staging
first = staging.Staging.move_in
def move_in(self):
    CLOCK.write_text("2025-06-03T10:00:01+00:00")
    return first(self)
staging.Staging.move_in = move_in
"""


def test_a_moment_that_comes_while_it_builds_is_not_missed(site: Project, tmp_path: Path) -> None:
    clock = Clock(tmp_path / "clock", "2025-06-03T10:00:00")
    site.article("sport/2025-06-03/now.md", "Now", "2025-06-03T10:00:00Z")
    site.article("sport/2025-06-03/next.md", "Next", "2025-06-03T10:00:01Z")
    page = "2025/06/03/next/index.html"
    with watching(site.root, before=clock.before + LATER) as watched:
        (first,) = watched.outcomes
        assert "2025/06/03/now/index.html" in first["built"]["written"]
        assert page not in first["built"]["written"]
        watched.until_written(page)


def test_a_failure_does_not_go_round_in_circles(site: Project, watched: Watched) -> None:
    soon = (datetime.now(UTC) + timedelta(seconds=1)).replace(microsecond=0)
    site.write("templates/article.html", "{% if %}")
    watched.until_failed()
    site.article("sport/2025-06-02/soon.md", "Soon", soon.isoformat())
    watched.until_failed()
    time.sleep(2)
    assert len(watched.settle()) <= 1
    site.write("templates/article.html", "{{ page.card.title }}")
    watched.until_written(f"{soon:%Y/%m/%d}/soon/index.html")


def test_what_may_not_be_read_is_named_and_ends_nothing(site: Project, watched: Watched) -> None:
    name = b"content/sport/2025-06-02/caf\xe9.md"
    (site.root / os.fsdecode(name)).write_text(text("Cafe"))
    turn = watched.until(lambda found: found["built"] and found["built"]["issues"])
    assert [issue["message"] for issue in turn["built"]["issues"]] == [filenames.ILL_NAMED]
    (site.root / os.fsdecode(name)).rename(site.root / "content/sport/2025-06-02/cafe.md")
    watched.until_written("2025/06/02/cafe/index.html")
    (site.root / "dateline.toml").rename(site.root / "kept.toml")
    (site.root / "dateline.toml").symlink_to("dateline.toml")
    watched.until_failed()
    (site.root / "kept.toml").replace(site.root / "dateline.toml")
    site.write(CUP, text("Another cup"))
    watched.until_written(PAGE)


@pytest.mark.usefixtures("watched")
def test_folders_that_come_and_go_end_nothing(site: Project) -> None:
    for _ in range(40):
        for name in ("seeds", "templates"):
            (site.root / name).mkdir()
            time.sleep(0.003)
            (site.root / name).rmdir()
    site.write(CUP, text("Another cup"))

    eventually(lambda: "Another cup" in site.read(PAGE))
    site.write("templates/article.html", "{{ page.card.title }}, mine")
    eventually(lambda: site.read(PAGE) == "Another cup, mine")


def test_a_content_folder_that_is_a_link_may_lead_elsewhere(site: Project) -> None:
    site.move("content", "first")
    shutil.copytree(site.root / "first", site.root / "second")
    (site.root / "content").symlink_to("first")
    (site.root / "second" / CUP.removeprefix("content/")).write_text(text("In the second"))
    with watching(site.root) as watched:
        watched.settle()
        (site.root / "new").symlink_to("second")
        (site.root / "new").rename(site.root / "content")
        eventually(lambda: "In the second" in site.read(PAGE))
        (site.root / "second" / CUP.removeprefix("content/")).write_text(text("And an edit there"))
        eventually(lambda: "And an edit there" in site.read(PAGE))


def test_seeds_that_lie_elsewhere_are_ingested_once(site: Project) -> None:
    (site.root.parent / "drop").mkdir()
    (site.root / "seeds").symlink_to(site.root.parent / "drop")
    quick = "from generator import rounds; rounds.SECONDS = 0.2; rounds.SHARE = 0.5"
    with watching(site.root, before=quick) as watched:
        site.write("seeds/2025-06-03-lighthouse.txt", SEED)
        found = watched.until(lambda found: found["ingested"])
        assert found["cause"] == ["seeds/2025-06-03-lighthouse.txt"]
        time.sleep(2.5)
        assert sum(bool(turn["ingested"]) for turn in [*watched.outcomes, *watched.settle()]) == 1


def test_a_foreign_file_that_is_moved_away_leaves_its_place(site: Project) -> None:
    site.write("site/.dateline", "").write("site/2025/06/02/cup/index.html", "mine")
    quick = "from generator import rounds; rounds.SECONDS = 0.2; rounds.SHARE = 0.5"
    with watching(site.root, before=quick) as watched:
        assert site.read(PAGE) == "mine"
        site.move(f"site/{PAGE}", "kept.html")
        watched.until_written(PAGE)


def test_a_damaged_catalogue_is_made_anew(site: Project) -> None:
    site.build()
    catalogue = site.root / files.STATE / NAME
    catalogue.write_bytes(b"no catalogue" * 1000)
    Path(f"{catalogue}-seal").unlink()
    site.write("seeds/2025-06-03-lighthouse.txt", SEED)
    with watching(site.root) as watched:
        watched.settle()
        if not any(turn["ingested"] for turn in watched.outcomes):
            watched.until(lambda found: found["ingested"])
            watched.settle()
        eventually(lambda: as_a_clean_build(site))


def test_a_seed_that_is_being_written_at_the_start_is_waited_for(site: Project) -> None:
    seed = site.root / "seeds/2025-06-03-lighthouse.txt"
    seed.parent.mkdir()
    with seed.open("w") as file:
        file.write(SEED[:70])
        file.flush()
        time.sleep(1.2)
        with watching(site.root) as watched:
            assert watched.settle() == []
            file.write(SEED[70:])
            file.close()
            (story,) = watched.until(lambda found: found["ingested"])["ingested"]["articles"]

    assert "gave her a boat" in (site.root / story["path"]).read_text()


def test_a_second_signal_changes_nothing(site: Project) -> None:
    with watching(site.root) as watched:
        for number in range(400):
            site.article(f"arts/2025-06-03/{number}.md", f"N{number}", "2025-06-03T10:00:00Z")
        time.sleep(0.3)
        for _ in range(5):
            watched.process.send_signal(signal.SIGTERM)
            time.sleep(0.01)
        assert watched.stop() == 0

    assert "".join(watched.said) == "dateline: stopped; the site is whole\n"
