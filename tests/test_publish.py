"""`dateline publish`: what goes where in which order, what is refused, what readers find wherever it is stopped."""

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Project
from publishing import (
    BASE,
    BranchPlace,
    BucketPlace,
    FolderPlace,
    Killed,
    Place,
    RsyncPlace,
    dead_links,
    failing,
    moments,
    publish,
    shown,
    torn,
)
from repositories import set_apart
from rsyncing import MISSING
from typer.testing import CliRunner

from generator import cli, locks
from generator.model import DatelineError, Passing
from generator.publishing import folder
from generator.publishing.host import LOCK, MANIFEST, PENDING, HostError

FEW = "".join(
    f"{topic} = false\n"
    for topic in [
        "arts",
        "conflict",
        "crime",
        "disaster",
        "economy",
        "education",
        "environment",
        "health",
        "human-interest",
        "labour",
        "lifestyle",
        "religion",
        "science",
        "technology",
        "society",
        "weather",
    ]
)


def configured(project: Project, place: Place) -> Project:
    text = f'[site]\ntitle = "T"\nbase_url = "{BASE}"\n\n[topics]\n{FEW}\n\n[publish.web]\n{place.table}\n'
    return project.write("dateline.toml", text)


def first(project: Project) -> Project:
    """Three stories of two topics."""
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02", "![](cup.png)", tags="[Cup, Rail]")
    project.write("content/sport/2025-06-02/cup.png", b"\x89PNG\r\n\x1a\n")
    project.article("sport/2025-06-01/walk.md", "A walk", "2025-06-01", tags="[Rail]")
    project.article("politics/2025-05-30/vote.md", "The vote", "2025-05-30", tags="[Vote]", source="Herald")
    project.build()
    return project


def second(project: Project) -> Project:
    """A new story with a new tag, one that is retitled, one that is gone with its tag, topic and source."""
    project.article("sport/2025-06-03/derby.md", "A derby", "2025-06-03", tags="[Rail, Derby]")
    project.article("sport/2025-06-02/cup.md", "The cup is won", "2025-06-02", "Text.", tags="[Cup, Rail]")
    project.remove("content/sport/2025-06-02/cup.png").remove("content/politics/2025-05-30/vote.md")
    project.build()
    return project


BY_RSYNC = pytest.param(
    "rsync", marks=pytest.mark.skipif(MISSING, reason="there is no rsync here to publish with")
)


@pytest.fixture(params=["folder", "branch", "bucket", BY_RSYNC])
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """Every kind of host that can be had here."""
    set_apart(tmp_path, monkeypatch)
    make: dict[str, Callable[[], Place]] = {
        "folder": lambda: FolderPlace(tmp_path / "public"),
        "branch": lambda: BranchPlace(tmp_path / "public.git"),
        "bucket": lambda: BucketPlace(request.getfixturevalue("buckets"), "digests"),
        "rsync": lambda: RsyncPlace(tmp_path / "public"),
    }
    return make[request.param]()


@pytest.fixture
def web(tmp_path: Path) -> FolderPlace:
    return FolderPlace(tmp_path / "public")


@pytest.fixture
def site(project: Project, place: Place) -> Project:
    return first(configured(project, place))


@pytest.fixture
def simple(project: Project, web: FolderPlace) -> Project:
    """The same, published to a folder."""
    first(configured(project, web))
    publish(project)
    return project


def test_what_is_published_is_the_site(site: Project, place: Place) -> None:
    report = publish(site)

    assert shown(place.files()) == site.site()
    assert set(report.uploaded) >= site.site().keys()
    assert (report.same, report.deleted, report.foreign, report.issues) == (0, (), (), ())


def test_only_what_differs_is_sent_and_what_is_gone_is_deleted(site: Project, place: Place) -> None:
    publish(site)
    before = site.site()
    after = second(site).site()

    report = publish(site, max_delete="100%")

    assert shown(place.files()) == after
    assert set(report.uploaded) == {path for path, data in after.items() if before.get(path) != data}
    assert set(report.deleted) == before.keys() - after.keys()
    assert publish(site).uploaded == ()


def test_stopped_at_any_moment_it_leaves_a_site_that_works(
    site: Project, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(site)
    before = shown(place.files())
    after = second(site).site()
    stopped = 0

    for moment in moments(site, place, monkeypatch, Killed):
        found = shown(place.files())
        assert dead_links(found) == [], f"moment {moment}"
        assert torn(found, before, after) == [], f"moment {moment}"

        publish(site, max_delete="100%")

        assert shown(place.files()) == after, f"moment {moment}"
        stopped += 1
    assert stopped > 0
    assert shown(place.files()) == after


def test_the_same_holds_where_the_host_fails_and_for_the_first_publish(
    site: Project, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    after = site.site()

    for moment in moments(site, place, monkeypatch, lambda: HostError("the host is gone"), step=3):
        found = shown(place.files())
        assert dead_links(found) == [] or "index.html" not in found, f"moment {moment}"
        assert torn(found, after) == [], f"moment {moment}"

    assert shown(place.files()) == after


def test_after_a_stop_the_site_may_be_another(
    site: Project, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(site)
    before = shown(place.files())
    after = second(site).site()
    stops = [(place.keep(), moment) for moment in moments(site, place, monkeypatch, Killed, step=9)]
    site.article("sport/2025-06-04/race.md", "A race", "2025-06-04", tags="[Derby, Sea]").build()
    third = site.site()

    for kept, moment in stops:
        place.put_back(kept)
        for later in moments(site, place, monkeypatch, Killed, step=13):
            found = shown(place.files())
            assert dead_links(found) == [], f"moments {moment}, {later}"
            assert torn(found, before, after, third) == [], f"moments {moment}, {later}"
        assert shown(place.files()) == third


def test_a_publish_that_failed_goes_on_where_it_was(
    simple: Project, web: FolderPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    second(simple)
    failure = failing(monkeypatch, 30, lambda: HostError("the host is gone for a moment"), once=True)
    with failure, pytest.raises(HostError):
        publish(simple, max_delete="100%")
    done = {path for path, data in simple.site().items() if web.files().get(path) == data}

    report = publish(simple, max_delete="100%")

    assert report.same == len(done)
    assert web.files() == simple.site()
    assert not (web.folder / PENDING).exists()


def test_a_dry_run_changes_nothing_and_says_everything(site: Project, place: Place) -> None:
    before = place.keep()

    report = publish(site, dry_run=True)

    assert place.keep() == before
    assert set(report.uploaded) >= site.site().keys()
    assert report.dry_run


def test_new_pages_go_first_and_feeds_last(simple: Project) -> None:
    second(simple)

    report = publish(simple, max_delete="100%")

    order = {path: number for number, path in enumerate(report.uploaded)}
    derby = "2025/06/03/derby/index.html"
    assert (
        order["tags/derby/index.html"] < order["2025/06/02/cup/index.html"] < order["topics/sport/index.html"]
    )
    assert order[derby] < order["2025/06/02/cup/index.html"]
    assert order["topics/sport/index.html"] < order["index.html"] < order["rss.xml"]
    assert report.deleted.index("topics/politics/rss.xml") < report.deleted.index("tags/vote/index.html")
    assert report.deleted.index("2025/05/30/vote/index.html") < report.deleted.index("2025/06/02/cup/cup.png")


def test_without_its_manifest_the_host_is_looked_at(simple: Project, web: FolderPlace) -> None:
    (web.folder / MANIFEST).unlink()

    report = publish(simple)

    assert report.uploaded == ()
    assert report.same == len(simple.site())
    assert (web.folder / MANIFEST).exists()


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"# dateline manifest 99 form=\n",
        b"# dateline manifest 1 form=\nrubbish\n",
        b"# dateline manifest 1 form=\n%064d  ../precious.txt\n" % 1,
    ],
)
def test_a_manifest_that_is_not_whole_counts_as_none(
    simple: Project, web: FolderPlace, damage: bytes
) -> None:
    (web.folder / MANIFEST).write_bytes(damage)

    assert publish(simple).same == len(simple.site())
    assert publish(simple).uploaded == ()


@pytest.mark.parametrize(
    "path", ["../precious.txt", "/precious.txt", "2025/../../precious.txt", ".git/config"]
)
def test_a_manifest_that_leads_elsewhere_deletes_nothing_there(
    simple: Project, web: FolderPlace, path: str
) -> None:
    path = f"{web.folder.parent}{path}" if path.startswith("/") else path
    precious = web.folder / path
    precious.parent.mkdir(exist_ok=True)
    precious.write_text("mine")
    with (web.folder / MANIFEST).open("a") as manifest:
        manifest.write(f"{1:064}  {path}\n")

    assert publish(simple).deleted == ()
    assert precious.read_text() == "mine"
    assert path not in (web.folder / MANIFEST).read_text()


def test_where_nobody_knows_what_was_being_changed_the_host_is_looked_at(
    simple: Project, web: FolderPlace
) -> None:
    (web.folder / PENDING).write_text("rubbish")
    (web.folder / "index.html").write_text("another")

    assert publish(simple).uploaded == ("index.html",)
    assert web.files() == simple.site()
    assert not (web.folder / PENDING).exists()


@pytest.mark.parametrize(
    ("old", "new"), [("maps", "maps/town.svg"), ("maps/town.svg", "maps"), ("maps/a/b/c.svg", "maps")]
)
def test_a_file_may_become_a_folder_and_a_folder_a_file(
    site: Project, place: Place, monkeypatch: pytest.MonkeyPatch, old: str, new: str
) -> None:
    site.write(f"templates/assets/{old}", "old").build()
    publish(site)
    shutil.rmtree(site.root / "templates")
    site.write(f"templates/assets/{new}", "new").build()
    after = site.site()

    for moment in moments(site, place, monkeypatch, Killed):
        assert dead_links(shown(place.files())) == [], f"moment {moment}"

    assert shown(place.files()) == after
    assert publish(site).uploaded == ()


def test_what_somebody_else_put_there_is_neither_replaced_nor_deleted(
    project: Project, web: FolderPlace
) -> None:
    first(configured(project, web))
    web.put_back({"index.html": b"mine", "shop/index.html": b"mine too"})

    with pytest.raises(DatelineError, match=r"holds index\.html, which Dateline did not publish"):
        publish(project)
    assert web.files() == {"index.html": b"mine", "shop/index.html": b"mine too"}

    report = publish(project, adopt=True)
    assert web.files() == {**project.site(), "shop/index.html": b"mine too"}
    assert (report.deleted, report.foreign) == ((), ("shop/index.html",))


def test_what_was_put_in_the_place_of_a_new_page_is_adopted_and_nothing_else(
    project: Project, web: FolderPlace
) -> None:
    first(configured(project, web))
    publish(project)
    project.article("sport/2025-06-03/boat.md", "The boat", "2025-06-03")
    project.build()
    for path in ("2025/06/03/boat/index.html", "shop/index.html"):
        (web.folder / path).parent.mkdir(parents=True)
        (web.folder / path).write_text("mine")

    with pytest.raises(DatelineError, match=r"holds 2025/06/03/boat/index\.html, which Dateline did not"):
        publish(project, verify=True)
    report = publish(project, verify=True, adopt=True)

    assert report.deleted == ()
    assert web.files() == {**project.site(), "shop/index.html": b"mine"}


def test_a_file_is_no_folder_to_publish_to(project: Project, web: FolderPlace) -> None:
    first(configured(project, web))
    web.folder.write_text("mine")

    with pytest.raises(HostError, match=r"is a file; name a folder$"):
        publish(project)


def test_what_somebody_else_put_there_since_is_not_replaced(site: Project, place: Place) -> None:
    publish(site)
    place.put("2025/06/03/derby/index.html", b"mine")
    place.put("shop/index.html", b"mine")
    before = place.keep()
    second(site)

    with pytest.raises(DatelineError, match=r"holds 2025/06/03/derby/index\.html.* did not publish"):
        publish(site, max_delete="100%")
    assert place.keep() == before

    publish(site, max_delete="100%", adopt=True)
    beside = {} if isinstance(place, BranchPlace) else {"shop/index.html": b"mine"}
    assert shown(place.files()) == {**site.site(), **beside}


def test_what_stands_behind_links_is_not_replaced(project: Project, web: FolderPlace, tmp_path: Path) -> None:
    first(configured(project, web))
    for path in ("front.html", "tags/rail/index.html"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("mine")
    web.folder.mkdir()
    for name, target in (("tags", "tags"), ("index.html", "front.html")):
        (web.folder / name).symlink_to(tmp_path / target)
        with pytest.raises(DatelineError, match="which Dateline did not publish"):
            publish(project)
        (web.folder / name).unlink()

    assert (tmp_path / "tags/rail/index.html").read_text() == "mine"


def test_the_same_site_is_known_with_or_without_the_last_slash(simple: Project) -> None:
    text = (simple.root / "dateline.toml").read_text()
    simple.write("dateline.toml", text.replace(BASE, BASE.rstrip("/"))).build()

    assert publish(simple).issues == ()


def test_another_site_is_not_replaced_unless_it_moved(simple: Project, web: FolderPlace) -> None:
    before = web.keep()
    text = (simple.root / "dateline.toml").read_text()
    simple.write("dateline.toml", text.replace(BASE, "https://other.example/digest/")).build()

    with pytest.raises(
        DatelineError, match=r"holds the site of https://news\.example, and this one is that of https://other"
    ):
        publish(simple)
    assert web.keep() == before

    publish(simple, adopt=True)
    assert web.files() == simple.site()
    assert publish(simple).uploaded == ()


def test_what_stands_beside_the_site_is_left_alone(project: Project, web: FolderPlace) -> None:
    first(configured(project, web))
    web.put_back({"shop/index.html": b"mine", ".htaccess": b"mine"})

    report = publish(project)
    publish(second(project), max_delete="100%")

    assert report.foreign == ("shop/index.html",)
    assert web.files() == {**project.site(), "shop/index.html": b"mine"}
    assert (web.folder / ".htaccess").read_bytes() == b"mine"


def test_verifying_mends_what_others_changed_at_the_host(simple: Project, web: FolderPlace) -> None:
    (web.folder / "index.html").write_text("broken")
    (web.folder / "rss.xml").unlink()

    assert publish(simple).uploaded == ()
    assert set(publish(simple, verify=True).uploaded) == {"index.html", "rss.xml"}
    assert web.files() == simple.site()


def test_too_many_deletions_stop_before_anything_is_touched(simple: Project, web: FolderPlace) -> None:
    for number in range(60):
        simple.article(f"sport/2025-06-02/{number}.md", f"Story {number}", "2025-06-02")
    simple.build()
    publish(simple)
    for number in range(60):
        simple.remove(f"content/sport/2025-06-02/{number}.md")
    simple.build()
    before = web.keep()

    with pytest.raises(DatelineError, match=r"60 of \d+ files would be deleted.*--max-delete 60") as refused:
        publish(simple)
    assert "50 may be" in str(refused.value)
    with pytest.raises(DatelineError, match="60 of"):
        publish(simple, max_delete="59")
    with pytest.raises(DatelineError, match="neither a number nor a percentage"):
        publish(simple, max_delete="many")
    assert web.keep() == before

    assert len(publish(simple, max_delete="60").deleted) == 60


def test_a_site_that_is_not_built_is_not_published(project: Project, web: FolderPlace) -> None:
    configured(project, web)

    with pytest.raises(DatelineError, match="holds no built site yet; `dateline build` makes it"):
        publish(project)


def test_an_empty_site_is_not_published(project: Project, web: FolderPlace) -> None:
    configured(project, web).build()

    with pytest.raises(DatelineError, match="holds no article; an empty site is not published"):
        publish(project)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda site: site.article("sport/2025-06-02/new.md", "New", "2025-06-02"), "new.md is newer than"),
        (lambda site: site.article("sport/2025-06-02/cup.md", "Other", "2025-06-02"), "cup.md is newer than"),
        (lambda site: site.remove("content/sport/2025-06-01/walk.md"), "walk.md was removed"),
        (lambda site: site.write("content/sport/2025-06-02/cup.png", b"1"), "cup.png is newer than"),
        (lambda site: site.configure("[feeds]\nlimit = 7\n"), "dateline.toml, a translation or Dateline"),
        (lambda site: site.write("templates/_card.html", "{#- another #}"), "its theme was changed"),
        (lambda site: site.write("templates/assets/style.css", "body {}"), "its theme was changed"),
        (lambda site: site.write("site/index.html", "broken"), "site/index.html is not as it was left"),
        (lambda site: site.remove("site/rss.xml"), "site/rss.xml is not as it was left"),
        (lambda site: site.remove(".dateline/catalogue.sqlite"), "nothing is known of how it was built"),
        (lambda site: site.write(".dateline/catalogue.sqlite", "rubbish"), "nothing is known of how it was"),
    ],
)
def test_a_site_that_is_not_what_a_build_would_make_is_not_published(
    simple: Project, web: FolderPlace, change: Callable[[Project], Project], why: str
) -> None:
    before = web.keep()
    change(simple)

    with pytest.raises(DatelineError, match=why):
        publish(simple)
    assert web.keep() == before

    simple.build()
    publish(simple, max_delete="100%")
    assert web.files() == simple.site()


def test_files_that_were_only_touched_are_as_they_were(simple: Project) -> None:
    for path in (simple.root / "content").rglob("*.md"):
        os.utime(path)

    assert publish(simple).uploaded == ()


def test_another_target_in_the_configuration_makes_no_page_anew(simple: Project) -> None:
    simple.configure('[publish.other]\nkind = "folder"\npath = "../other"\n')

    assert simple.build().written == ()
    assert len(publish(simple, "other").uploaded) == len(simple.site())


def test_a_preview_with_drafts_is_not_what_is_published(simple: Project, web: FolderPlace) -> None:
    simple.article("sport/2025-06-02/secret.md", "A secret", "2025-06-02", draft="true").build()
    simple.build(drafts=True)

    publish(simple)
    assert "2025/06/02/secret/index.html" not in web.files()

    text = (simple.root / "dateline.toml").read_text()
    simple.write("dateline.toml", f'{text}\n[build]\noutput = ".dateline/drafts/site"\n')
    with pytest.raises(DatelineError, match="not as a build would make it"):
        publish(simple)


def test_two_publishers_do_not_mix(simple: Project, web: FolderPlace, another: Callable[[], Project]) -> None:
    other = first(configured(another(), web))

    with (
        locks.file_lock(web.folder / LOCK, "busy"),
        pytest.raises(Passing, match="another publisher is at work"),
    ):
        publish(simple)
    with locks.publishing(simple.root), pytest.raises(Passing, match="publishes this site already"):
        publish(simple)
    assert publish(other).uploaded == ()


def test_a_build_may_go_on_while_a_site_is_published(
    simple: Project, web: FolderPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    after = second(simple).site()
    real = folder.Place.write

    def write(self: folder.Place, name: str, data: bytes) -> None:
        real(self, name, data)
        if name == PENDING:
            simple.article("sport/2025-06-05/late.md", "Late", "2025-06-05").build()

    monkeypatch.setattr(folder.Place, "write", write)
    publish(simple, max_delete="100%")

    assert web.files() == after
    assert simple.exists("2025/06/05/late/index.html")


@pytest.mark.parametrize(
    ("path", "why"),
    [
        (".", "holds the site's own folder"),
        ("..", "holds the site's own folder"),
        ("site/sub", "is built to"),
    ],
)
def test_a_folder_that_holds_the_sources_or_lies_in_the_site_is_refused(
    project: Project, web: FolderPlace, path: str, why: str
) -> None:
    web.table = f'kind = "folder"\npath = "{path}"'
    first(configured(project, web))

    with pytest.raises(HostError, match=why):
        publish(project)


@pytest.mark.parametrize(
    "path", ["content", "./content/sport", "templates/public", ".dateline", ".git/x", "seeds"]
)
@pytest.mark.parametrize("kind", ["folder", "rsync"])
def test_what_the_site_is_made_from_is_no_place_to_publish_to(
    simple: Project, web: FolderPlace, kind: str, path: str
) -> None:
    key = "path" if kind == "folder" else "destination"
    web.table = f'kind = "{kind}"\n{key} = "{path}"'
    before = simple.content()

    with pytest.raises(HostError, match="which the site is made from"):
        publish(configured(simple, web))
    assert simple.content() == before


def test_a_home_that_nobody_has_is_told(simple: Project, web: FolderPlace) -> None:
    for key in ('kind = "folder"\npath', 'kind = "rsync"\ndestination', 'kind = "git"\nrepository'):
        web.table = f'{key} = "~nobody-of-that-name/news"'
        with pytest.raises(HostError, match="has a home folder here"):
            publish(configured(simple, web))


def test_a_folder_that_cannot_be_written_is_told(project: Project, web: FolderPlace) -> None:
    first(configured(project, web))
    web.folder.write_text("a file")

    with pytest.raises(HostError, match="public: "):
        publish(project)


def test_a_full_disk_is_told_and_leaves_what_was_there(
    simple: Project, web: FolderPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = web.files()
    after = second(simple).site()
    copied: list[Path] = []

    def copyfile(source: Path, target: Path) -> None:
        copied.append(target)
        if len(copied) > 8:
            target.write_bytes(b"half")
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))
        target.write_bytes(source.read_bytes())

    with monkeypatch.context() as patch:
        patch.setattr("generator.publishing.folder.shutil.copyfile", copyfile)
        with pytest.raises(HostError, match="public: No space left on device"):
            publish(simple, max_delete="100%")
    found = web.files()
    assert torn(found, before, after) == []
    assert dead_links(found) == []

    publish(simple, max_delete="100%")
    assert web.files() == after


def test_which_target_is_meant(project: Project, web: FolderPlace) -> None:
    first(project)
    with pytest.raises(DatelineError, match="names no place to publish to; add one"):
        publish(project)

    configured(project, web).configure('[publish.test]\nkind = "folder"\npath = "../test"\n').build()
    with pytest.raises(DatelineError, match="name one of them: web, test"):
        publish(project)
    with pytest.raises(DatelineError, match=r"has no \[publish.wep\]; did you mean `web`"):
        publish(project, "wep")
    assert publish(project, "test").target == "test"


def test_the_command_prints_the_plan_and_what_was_done(
    simple: Project, web: FolderPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(simple.root)
    simple.article("sport/2025-06-03/derby.md", "A derby", "2025-06-03").build()

    dry = CliRunner().invoke(cli.app, ["publish", "--dry-run"])
    assert dry.exit_code == 0
    assert dry.stdout.splitlines()[0] == "upload  2025/06/03/derby/index.html"
    assert "would be" in dry.stdout.splitlines()[-1]

    done = CliRunner().invoke(cli.app, ["publish", "--json"])
    found = json.loads(done.stdout)
    assert (found["target"], found["place"], found["deleted"]) == ("web", str(web.folder), [])
    assert "2025/06/03/derby/index.html" in found["uploaded"]


def test_an_address_that_nobody_can_follow_is_a_warning(project: Project, web: FolderPlace) -> None:
    text = (configured(project, web).root / "dateline.toml").read_text()
    first(project.write("dateline.toml", text.replace(BASE, "http://127.0.0.1:8000/")))

    (issue,) = publish(project).issues
    project.write("dateline.toml", text).build()

    assert publish(project).issues == ()
    assert str(issue).startswith("dateline.toml:3: ")
    assert "where nobody else can go" in str(issue)


def test_a_publisher_that_is_killed_leaves_its_locks_to_the_next(simple: Project, web: FolderPlace) -> None:
    second(simple)
    program = (
        "import os, signal, sys\n"
        "from generator.publishing import folder\n"
        "real = folder.shutil.copyfile\n"
        "count = [0]\n"
        "def copy(*a):\n"
        "    count[0] += 1\n"
        "    if count[0] == 9: os.kill(os.getpid(), signal.SIGKILL)\n"
        "    real(*a)\n"
        "folder.shutil.copyfile = copy\n"
        "from generator.cli import main\n"
        f"sys.argv = ['dateline', 'publish', '--max-delete', '100%', '--root', {str(simple.root)!r}]\n"
        "main()\n"
    )
    killed = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True)
    assert killed.returncode == -9
    assert (web.folder / PENDING).exists()
    assert dead_links(web.files()) == []

    publish(simple, max_delete="100%")

    assert web.files() == simple.site()
    assert not (web.folder / PENDING).exists()
    assert not (web.folder / ".dateline-staged").exists()


def test_nothing_is_left_beside_the_site(simple: Project) -> None:
    assert not (simple.root / ".dateline/publishing-snapshot").exists()
