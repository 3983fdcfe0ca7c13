"""The search index: made by the build, of articles only, and the same however a site came to be what it is."""

import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from conftest import Project, tree
from law import stop_after
from watching import Watched, eventually, watching

from generator import build as builder
from generator import bundle, indexer, parts
from generator.model import DatelineError, Issue, Severity

SEARCH = "[search]\nenabled = true\n"
LIST = "pagefind/parts.json"


@pytest.fixture
def site(project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Give a site that searches, where two articles fill a part of its index."""
    monkeypatch.setattr(parts, "SIZE", 2)
    return furnish(project)


def furnish(project: Project) -> Project:
    project.configure(SEARCH)
    for day in range(1, 6):
        title, date = f"Harbour news of day {day}", f"2025-06-0{day}T10:00:00Z"
        text = f"Ships came in & the <b>pilot</b> waited.\n\n- Boat {day}\n- Barge\n"
        project.article(
            f"sport/2025-06-0{day}/news.md", title, date, text, source="Harbour Post", tags="[Sea]"
        )
    return project.article("arts/2025-06-03/film.md", "Le film", "2025-06-03T12:00:00Z", language="fr")


def listed(project: Project) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(project.read(LIST))["languages"]
    return found


def fragments(project: Project) -> list[dict[str, Any]]:
    """Give what the index holds of every article."""
    folder = project.root / "site/pagefind"
    found = (gzip.decompress(path.read_bytes()) for path in folder.rglob("*.pf_fragment"))
    return sorted((json.loads(data[len(bundle.MARK) :]) for data in found), key=lambda one: str(one["url"]))


def index(files: Iterable[str]) -> set[str]:
    return {path for path in files if path.startswith("pagefind/")}


def test_articles_are_found_and_nothing_else(site: Project) -> None:
    site.build()

    assert [found["url"] for found in fragments(site)] == [
        *("2025/06/01/news/", "2025/06/02/news/", "2025/06/03/film/", "2025/06/03/news/"),
        *("2025/06/04/news/", "2025/06/05/news/"),
    ]


def test_pages_that_stand_by_themselves_are_no_articles(site: Project) -> None:
    site.write("content/about.md", "---\ntitle: About\n---\n\nWho we are.\n").build()

    assert site.exists("about/index.html")
    assert len(fragments(site)) == 6


def test_what_is_found_is_text_with_what_is_known_of_it(site: Project) -> None:
    site.build()
    found = fragments(site)[0]

    assert found["content"].split() == [
        "Ships",
        "came",
        "in",
        "&",
        "the",
        "pilot",
        "waited.",
        "Boat",
        "1",
        "Barge",
    ]
    assert found["meta"] == {
        "title": "Harbour news of day 1",
        "topic": "Sport",
        "source": "Harbour Post",
        "tags": "Sea",
    }
    assert found["filters"] == {"topic": ["sport"], "source": ["Harbour Post"], "month": ["2025-06"]}


def test_an_article_without_a_body_is_found_by_its_summary(site: Project) -> None:
    site.article("sport/2025-06-06/short.md", "Short", "2025-06-06T10:00:00Z", "", summary="A short one.")
    site.build()

    assert fragments(site)[-1]["content"] == "A short one."


def test_every_language_has_parts_of_its_own_the_newest_first(site: Project) -> None:
    site.build()
    found = listed(site)

    assert {language: (len(one["parts"]), one["stories"]) for language, one in found.items()} == {
        "en": (2, 5),
        "fr": (1, 1),
    }
    newest = site.root / "site/pagefind" / found["en"]["parts"][0]
    assert len(list(newest.rglob("*.pf_fragment"))) == 3
    assert (newest / "wasm.en.pagefind").exists()


def test_a_language_without_stems_is_searched_as_well(site: Project) -> None:
    site.article("sport/2025-06-04/odd.md", "Qo", "2025-06-04T10:00:00Z", "nuqneH", language="tlh").build()
    (part,) = listed(site)["tlh"]["parts"]

    assert site.exists(f"pagefind/{part}/wasm.unknown.pagefind")


def test_nothing_is_made_where_nothing_changed(site: Project) -> None:
    site.build()
    before = site.times()
    report = site.build()

    assert (report.written, report.deleted, site.times()) == ((), (), before)


def test_pagefind_is_not_asked_where_only_a_template_changed(
    site: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.build()
    monkeypatch.setattr(indexer, "make_index", None)
    report = site.write("templates/404.html", "{% extends 'default/404.html' %}{# ours #}").build()

    assert (report.written, report.issues) == ((), ())


def test_an_edit_makes_its_part_anew_and_no_other(site: Project) -> None:
    site.build()
    before = site.times()
    site.article("sport/2025-06-03/news.md", "Other news", "2025-06-03T10:00:00Z", "New text.").build()
    after = site.times()
    kept = {path.split("/")[1] for path in index(site.site()) if before.get(path) == after[path]}
    new = {path.split("/")[1] for path in index(site.site()) if before.get(path) != after[path]}
    newest, oldest = listed(site)["en"]["parts"]

    assert fragments(site)[3]["meta"]["title"] == "Other news"
    assert (kept, new) == ({oldest, *listed(site)["fr"]["parts"]}, {newest, "parts.json"})


def test_a_part_is_made_of_whole_days(site: Project) -> None:
    for name in ("a", "b", "c"):
        site.article(f"sport/2025-06-01/{name}.md", name, "2025-06-01T12:00:00Z")
    site.build()
    oldest = site.root / "site/pagefind" / listed(site)["en"]["parts"][-1]

    assert len(list(oldest.rglob("*.pf_fragment"))) == 4


def test_a_deleted_article_is_found_no_more(site: Project) -> None:
    site.build()
    site.remove("content/sport/2025-06-02/news.md").build()

    assert "2025/06/02/news/" not in {found["url"] for found in fragments(site)}


def test_incremental_equals_clean(site: Project, another: Callable[[], Project]) -> None:
    site.build()
    site.remove("content/sport/2025-06-02/news.md").build()
    site.article("sport/2025-06-04/late.md", "Late", "2025-06-04T10:00:00Z", language="fr").build()
    site.article("sport/2025-06-01/early.md", "Early", "2025-06-01T09:00:00Z").build()
    clean = furnish(another()).remove("content/sport/2025-06-02/news.md")
    clean.article("sport/2025-06-04/late.md", "Late", "2025-06-04T10:00:00Z", language="fr")
    clean.article("sport/2025-06-01/early.md", "Early", "2025-06-01T09:00:00Z").build()

    assert site.site() == clean.site()
    site.build(clean=True)
    assert site.site() == clean.site()


def test_a_site_that_searches_no_more_has_no_index(site: Project) -> None:
    without = site.site()
    site.build()
    config = (site.root / "dateline.toml").read_text()
    report = site.write("dateline.toml", config.replace("true", "false")).build()
    without = site.site()

    assert index(without) == set()
    assert "search/index.html" in report.deleted
    assert b"search/" not in without["index.html"]
    site.write("dateline.toml", config).build()
    assert len(fragments(site)) == 6


def test_what_is_damaged_is_mended(site: Project) -> None:
    site.build()
    whole = site.site()
    for name in ("*.pf_meta", "parts.json"):
        next((site.root / "site/pagefind").rglob(name)).write_bytes(b"?")
    next((site.root / "site/pagefind").rglob("*.pf_fragment")).unlink()
    site.build()

    assert site.site() == whole


def test_without_its_catalogue_a_build_keeps_the_index_until_there_is_another(
    site: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.build()
    whole = site.site()
    with monkeypatch.context() as broken:
        broken.setattr(indexer, "make_index", fail)
        site.build(clean=True)

    assert site.site() == whole


def fail(*_: object) -> None:
    raise indexer.Failed("it is tired")


def test_what_stands_of_the_index_stays_datelines_own_while_others_are_in_the_way(
    site: Project, another: Callable[[], Project]
) -> None:
    """A page that cannot be placed has the journal written anew, before a new catalogue knows the index."""
    site.build()
    shutil.rmtree(site.root / "site/tags/sea")
    site.write("site/tags/sea", "somebody else's")
    site.build()
    (site.root / ".dateline/catalogue.sqlite").unlink()
    site.build()
    edit = ("sport/2025-06-03/news.md", "Other news", "2025-06-03T10:00:00Z", "New text.")
    site.article(*edit).build()
    clean = furnish(another()).article(*edit)
    clean.build()

    assert index(site.site()) == index(clean.site())
    assert site.read(LIST) == clean.read(LIST)


def test_a_failed_index_does_not_hold_up_the_site(site: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(indexer, "make_index", fail)
        report = site.build()

    assert report.issues == (
        Issue("dateline.toml", 1, "the search index is as it was: it is tired", Severity.ERROR),
    )
    assert site.exists("2025/06/01/news/index.html")
    assert site.build().issues == ()
    assert len(fragments(site)) == 6


def test_somebody_elses_file_is_left_alone(site: Project) -> None:
    site.write("site/.dateline", "").write("site/pagefind/parts.json", "theirs")
    report = site.build()

    assert site.read(LIST) == "theirs"
    assert [issue.path for issue in report.issues] == ["site/pagefind/parts.json"]


def test_without_pagefind_there_is_a_sentence_that_says_what_to_do(
    site: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pagefind", None)
    monkeypatch.setattr(builder, "_can_index", lambda: False)

    with pytest.raises(DatelineError, match=r"pip install 'dateline\[search\]'"):
        site.build()
    assert not (site.root / "site").exists()


def test_a_preview_finds_drafts_and_the_site_does_not(site: Project) -> None:
    site.article("sport/2025-06-04/draft.md", "A draft", "2025-06-04T10:00:00Z", draft="true")
    site.build(drafts=True)
    previewed = tree(site.root / ".dateline/drafts/site")
    site.build()

    assert len([path for path in previewed if path.endswith(".pf_fragment")]) == 7
    assert len(fragments(site)) == 6


def test_no_article_may_move_into_the_folder_of_the_index(site: Project) -> None:
    site.article("sport/2025-06-04/x.md", "X", "2025-06-04T10:00:00Z", aliases="[/pagefind/parts.json/]")
    report = site.build()

    assert [issue.path for issue in report.issues] == ["content/sport/2025-06-04/x.md"]


@pytest.mark.skipif(sys.platform != "linux", reason="forks")
def test_a_build_that_is_killed_anywhere_leaves_what_the_next_one_needs(
    site: Project, another: Callable[[], Project]
) -> None:
    site.build()
    before = site.site()
    site.article("sport/2025-06-03/news.md", "Other news", "2025-06-03T10:00:00Z", "New text.")
    site.remove("content/sport/2025-06-01/news.md")
    clean = furnish(another()).remove("content/sport/2025-06-01/news.md")
    clean.article("sport/2025-06-03/news.md", "Other news", "2025-06-03T10:00:00Z", "New text.").build()
    after, killed = 1, True
    while killed:
        killed = killed_build(site, after)
        assert searchable(site)
        after += 11

    assert after > 50
    assert site.site() == clean.site() != before


def killed_build(site: Project, after: int) -> bool:
    """Build in a process that is killed at its nth change to the disk; tell whether it was."""
    child = os.fork()
    if not child:
        with suppress(BaseException):
            stop_after(after)
            site.build(workers=1)
            os._exit(0)
        os._exit(1)
    _, status = os.waitpid(child, 0)
    assert status in {0, signal.SIGKILL}
    return status != 0


def searchable(site: Project) -> bool:
    """Tell whether every part that the list names is there to the last file."""
    folder = site.root / "site/pagefind"
    for language, found in listed(site).items():
        for part in found["parts"]:
            entry = json.loads((folder / part / "pagefind-entry.json").read_bytes())
            amount = entry["languages"][language]["page_count"]
            if len(list((folder / part / "fragment").iterdir())) != amount:
                return False
    return True


def test_what_pagefind_writes_in_any_order_is_written_in_one() -> None:
    one = ["topic", [["arts", [1, 300]], ["sport", [0, 70_000]]]]
    data, end = bundle.decode(bundle.encode(one), 0)

    assert (data, end) == (one, len(bundle.encode(one)))


@pytest.mark.parametrize(
    "data", [b"", b"\x9f\xff", b"\xf6", b"\x82\x01", gzip.compress(b"pagefind_dcd\x80", mtime=0)]
)
def test_another_form_of_its_files_is_an_error(data: bytes) -> None:
    with pytest.raises(bundle.Unlike):
        list(bundle.settled({"pagefind.x.pf_meta": data}, "en"))


def test_a_build_with_nothing_to_do_does_not_load_pagefind(site: Project) -> None:
    code = (
        "import sys; from generator import cli, intake; intake.RACY_NS = 0\n"
        "sys.argv = ['dateline', 'build']\n"
        "try: cli.main()\nfinally: print('loaded:', 'pagefind' in sys.modules, 'jinja2' in sys.modules)"
    )
    build = [sys.executable, "-c", code]
    first, second = (
        subprocess.run(build, cwd=site.root, capture_output=True, text=True, check=False).stdout
        for _ in range(2)
    )

    assert ("loaded: True True" in first, "loaded: False False" in second) == (True, True)


def test_while_it_is_watched_edits_come_first_and_the_index_when_it_is_quiet(
    project: Project, another: Callable[[], Project]
) -> None:
    site = furnish(project)
    with watching(site.root) as watched:
        built = [outcome["built"]["written"] for outcome in watched.outcomes if outcome["built"]]
        watched.until_written(LIST)
        site.article("sport/2025-06-03/news.md", "Other news", "2025-06-03T10:00:00Z", "New text.")
        edited = watched.until_written("2025/06/03/news/index.html")["built"]
        watched.until_written(LIST)
    clean = furnish(another()).article(
        "sport/2025-06-03/news.md", "Other news", "2025-06-03T10:00:00Z", "New text."
    )
    clean.build(now=datetime.now(UTC))

    assert [index(found) for found in (*built, edited["written"])] == [set()] * (len(built) + 1)
    assert site.site() == clean.site()


def test_an_index_that_cannot_be_made_is_told_once_and_holds_up_nothing(site: Project) -> None:
    broken = "import os; os.environ['PAGEFIND_BINARY_PATH'] = '/nowhere'"
    with watching(site.root, before=broken) as watched:
        eventually(lambda: [line for line in watched.said if "search index is as it was" in line])
        site.article("sport/2025-06-03/news.md", "Other news", "2025-06-03T10:00:00Z", "New text.")
        watched.until_written("2025/06/03/news/index.html")

    assert not site.exists(LIST)


def test_a_preview_that_does_not_watch_has_an_index_too(site: Project) -> None:
    served = Watched(site.root, "serve", "--no-watch", "--port", "0")
    try:
        served.until_written(LIST)
    finally:
        assert served.stop() == 0
