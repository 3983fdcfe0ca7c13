"""Links and special files: nothing is read, written or deleted through one that leads out of a folder."""

import os
import shutil
import socket
from pathlib import Path

import pytest
from conftest import Project, tree

from generator import files
from generator.ingest import batches
from generator.ingest.finding.repetition import PAGES
from generator.links import Way, obstacle
from generator.model import DatelineError

SEED = (
    "<html><head><title>Harbour bridge reopens after repairs</title></head><body><article>"
    "<h1>Harbour bridge reopens after repairs</h1><p>The harbour bridge in Port Ellery reopened to cars on Monday"
    " after two weeks of repairs, the city council said.</p><p>Engineers replaced forty bolts and two"
    " girders, and the mayor crossed first.</p></article></body></html>"
)
LINK = "is a link, and nothing is written through it; remove it, and build again"


@pytest.fixture
def site(project: Project) -> Project:
    """A built site of two articles."""
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02")
    project.article("sport/2025-06-03/boat.md", "The boat", "2025-06-03").build()
    return project


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder beside the site, with files of somebody's."""
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "secret.md").write_text("---\ntitle: Secret\ndate: 2025-06-01\n---\nA secret.\n")
    (folder / "index.html").write_text("A precious page.")
    return folder


def swap(folder: Path, target: Path) -> None:
    """Put a link in the place of a folder."""
    shutil.rmtree(folder)
    folder.symlink_to(target)


@pytest.mark.parametrize("name", ["2025", "2025/06", "2025/06/02/cup", "topics"])
def test_nothing_is_written_where_a_folder_of_the_site_became_a_link(
    site: Project, outside: Path, name: str
) -> None:
    before = tree(outside)
    swap(site.root / "site" / name, outside)
    site.article("sport/2025-06-02/cup.md", "The cup is won", "2025-06-02")

    report = site.build()

    assert [(issue.path, issue.message) for issue in report.issues] == [(f"site/{name}", LINK)]
    assert "The cup is won" in site.read("index.html")
    assert tree(outside) == before
    assert site.build().issues == report.issues
    (site.root / "site" / name).unlink()
    assert site.build().issues == ()
    assert "The cup is won" in site.read("2025/06/02/cup/index.html")


def test_nothing_is_deleted_where_a_folder_of_the_site_became_a_link(site: Project, outside: Path) -> None:
    place = site.root / "site/2025"
    shutil.copytree(place, outside / "2025")
    swap(place, outside / "2025")
    before = tree(outside)

    site.remove("content/sport/2025-06-02/cup.md").build()
    site.remove("content/sport/2025-06-03/boat.md").build()

    assert tree(outside) == before
    assert place.is_symlink()


def test_nothing_is_deleted_that_a_journal_names_outside(site: Project, outside: Path) -> None:
    journal = site.root / "site" / files.JOURNAL
    with journal.open("a") as file:
        file.write(
            "../dateline.toml\n../../outside/index.html\ntopics/../../content/sport/2025-06-02/cup.md\n..\n"
        )
    before = tree(outside)
    (site.root / ".dateline/catalogue.sqlite").unlink()

    assert site.build().issues == ()
    assert (site.root / "dateline.toml").exists()
    assert len(site.content()) == 2
    assert tree(outside) == before


def test_a_file_of_the_site_that_became_a_link_is_replaced(site: Project, outside: Path) -> None:
    page = site.root / "site/index.html"
    page.unlink()
    page.symlink_to(outside / "index.html")

    assert site.build().written == ("index.html",)
    assert not page.is_symlink()
    assert (outside / "index.html").read_text() == "A precious page."


@pytest.mark.parametrize("standing", ["a pipe", "what never ends", "a link to the same text"])
def test_what_stands_in_a_page_s_place_is_not_read(site: Project, outside: Path, standing: str) -> None:
    page = site.root / "site/index.html"
    text = page.read_bytes()
    page.unlink()
    if standing == "a pipe":
        os.mkfifo(page)
    elif standing == "what never ends":
        page.symlink_to("/dev/zero")
    else:
        (outside / "index.html").write_bytes(text)
        page.symlink_to(outside / "index.html")

    assert site.build().written == ("index.html",)
    assert not page.is_symlink()
    assert page.read_bytes() == text


def test_a_pipe_in_the_place_of_a_filed_story_is_not_waited_for(project: Project) -> None:
    project.write("seeds/a.html", SEED).ingest()
    ((path, _),) = project.content().items()
    (project.root / "content" / path).unlink()
    os.mkfifo(project.root / "content" / path)

    assert [one.status for one in project.ingest().articles] == ["edited"]


def test_a_pipe_among_many_inputs_is_read_once(project: Project) -> None:
    reading, writing = os.pipe()
    os.write(writing, SEED.encode())
    os.close(writing)
    for number in range(PAGES):
        project.write(f"seeds/{number}.txt", f"Ferry {number} is late\n\nThe ferry {number} came late.\n")

    report = project.ingest("seeds", f"/dev/fd/{reading}")

    os.close(reading)
    assert "Harbour bridge reopens after repairs" in {article.title for article in report.articles}


def test_the_output_folder_may_be_a_link_of_its_owners(project: Project, outside: Path) -> None:
    (outside / "www").mkdir()
    (project.root / "site").symlink_to(outside / "www")
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02")

    assert project.build().issues == ()
    assert (outside / "www/2025/06/02/cup/index.html").exists()
    project.remove("content/sport/2025-06-02/cup.md").build()
    assert not (outside / "www/2025").exists()


def test_what_leads_nowhere_or_elsewhere_is_no_output_folder(project: Project, outside: Path) -> None:
    link = project.root / "site"
    link.symlink_to(outside / "gone")
    with pytest.raises(DatelineError, match=r"^site is a link that leads nowhere; make the folder it names"):
        project.build()
    link.unlink()
    link.symlink_to(outside)
    with pytest.raises(DatelineError, match="was not made by Dateline"):
        project.build()


def test_a_journal_that_is_a_link_is_refused(site: Project, outside: Path) -> None:
    journal = site.root / "site" / files.JOURNAL
    journal.rename(outside / "journal")
    journal.symlink_to(outside / "journal")
    before = tree(outside)
    site.article("sport/2025-06-04/new.md", "New", "2025-06-04")

    with pytest.raises(
        DatelineError, match=r"^site/\.dateline is a link; put the file it leads to in its place"
    ):
        site.build()
    assert tree(outside) == before


def special(folder: Path, name: str) -> None:
    """Put a pipe, a socket and links to what never ends or is not there into a folder."""
    os.mkfifo(folder / f"pipe{name}")
    (folder / f"to-the-pipe{name}").symlink_to(f"pipe{name}")
    (folder / f"zero{name}").symlink_to("/dev/zero")
    (folder / f"gone{name}").symlink_to("gone")
    (folder / f"round{name}").symlink_to(f"round{name}")
    (folder / f"below{name}").symlink_to(f"pipe{name}/below")
    (folder / f"long{name}").symlink_to("x" * 300)
    (folder / "loop").symlink_to(".")
    place = Path.cwd()
    os.chdir(folder)  # the name of a socket is short
    try:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(f"socket{name}")
    finally:
        os.chdir(place)


def test_of_content_only_files_are_read_and_links_that_stay_inside(site: Project, outside: Path) -> None:
    folder = site.root / "content/sport/2025-06-02"
    special(folder, ".md")
    (folder / "out.md").symlink_to(outside / "secret.md")
    (folder / "twice.md").symlink_to("out.md")
    (folder / "folder").symlink_to(outside)
    (folder / "inside.md").symlink_to("../2025-06-03/boat.md")
    (folder / "photo.png").symlink_to("/etc/passwd")
    site.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02", "![A photo](photo.png)")

    report = site.build()

    assert [issue.message for issue in report.issues] == ["'photo.png' is not beside this file"]
    assert site.exists("2025/06/03/inside/index.html")
    assert not any(b"A secret." in data or b"root:x:" in data for data in site.site().values())


def test_of_templates_and_assets_only_files_are_read_and_links_that_stay_inside(
    site: Project, outside: Path
) -> None:
    (site.root / "templates/assets").mkdir(parents=True)
    special(site.root / "templates", ".html")
    special(site.root / "templates/assets", ".css")
    (site.root / "templates/article.html").symlink_to(outside / "secret.md")
    (site.root / "templates/assets/out.css").symlink_to(outside / "secret.md")
    (site.root / "templates/assets/more").symlink_to(outside)

    assert site.build().issues == ()
    assert not any(b"A secret." in data for data in site.site().values())


def test_of_seeds_only_files_are_read_and_links_that_stay_inside(project: Project, outside: Path) -> None:
    project.write("seeds/a.html", SEED)
    special(project.root / "seeds", ".html")
    (outside / "story.html").write_text(SEED.replace("bridge", "ferry"))
    (project.root / "seeds/out.html").symlink_to(outside / "story.html")
    (project.root / "seeds/more").symlink_to(outside)
    (project.root / "seeds/inside.html").symlink_to("a.html")

    report = project.ingest()

    assert [(article.input, article.status) for article in report.articles] == [
        ("seeds/a.html", "written"),
        ("seeds/inside.html", "unchanged"),
    ]
    assert report.issues == ()


@pytest.mark.parametrize("depth", [2, 3])
@pytest.mark.parametrize("what", ["a link", "a file"])
@pytest.mark.parametrize("dry_run", [False, True])
def test_no_story_is_filed_where_a_link_or_a_file_stands_for_a_folder(
    project: Project, outside: Path, depth: int, what: str, *, dry_run: bool
) -> None:
    project.write("seeds/a.html", SEED).write(
        "seeds/b.txt", "Rain\n\nIt rained on Monday in Ostrigg, a lot.\n"
    )
    (article, other) = project.ingest(dry_run=True).articles
    place = Path(*Path(article.path).parts[:depth])
    (project.root / place).parent.mkdir(exist_ok=True)
    if what == "a link":
        (project.root / place).symlink_to(outside)
    else:
        project.write(str(place), "A file.")
    before = tree(outside)

    report = project.ingest(dry_run=dry_run)

    (issue,) = report.issues
    assert issue.path == "seeds/a.html"
    assert (
        issue.message
        == f"{article.title!r} is not filed: {place} is {what}; put a folder there, and ingest again"
    )
    assert [one.path for one in report.articles] == [other.path]
    assert tree(outside) == before
    (project.root / place).unlink()
    assert project.ingest(dry_run=dry_run).articles[0].status == "written"


def test_a_seed_whose_story_was_not_filed_is_new_the_next_time(
    project: Project, outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "RACY_NS", 0)
    project.write("seeds/a.html", SEED)
    (article,) = project.ingest(dry_run=True).articles
    topic = project.root.joinpath(*Path(article.path).parts[:2])
    topic.symlink_to(outside)
    project.ingest()
    topic.unlink()

    assert project.ingest(changed=True).articles[0].status == "written"
    assert project.ingest(changed=True).articles == ()


def test_a_ledger_that_is_a_link_is_refused(project: Project, outside: Path) -> None:
    project.write("seeds/a.html", SEED)
    (outside / "lines").write_text("")
    (project.root / "content/.ledger.jsonl").symlink_to(outside / "lines")

    with pytest.raises(DatelineError, match=r"^content/\.ledger\.jsonl is a link; put the file it leads to"):
        project.ingest()
    assert (outside / "lines").read_text() == ""


def test_a_longer_telling_replaces_a_link_and_not_what_it_leads_to(project: Project, outside: Path) -> None:
    project.write("seeds/a.html", SEED)
    (article,) = project.ingest().articles
    place = project.root / article.path
    place.rename(outside / "moved.md")
    place.symlink_to(outside / "moved.md")
    before = tree(outside)
    more = "<p>The bridge is the only way to the island, and four thousand people cross it every day.</p>"
    project.write("seeds/a.html", SEED.replace("</article>", f"{4 * more}</article>"))

    project.ingest()

    assert tree(outside) == before


def test_a_hard_link_is_a_file_like_any_other(site: Project, outside: Path) -> None:
    (site.root / "content/sport/2025-06-02/hard.md").hardlink_to(outside / "secret.md")

    assert site.build().issues == ()
    assert site.exists("2025/06/01/hard/index.html")


def test_the_way_to_a_path_is_looked_at_once(tmp_path: Path) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "a/l").symlink_to("b")
    (tmp_path / "f").write_text("")
    way = Way(tmp_path)

    def links(paths: list[str]) -> list[str]:
        return [way.link(path) for path in paths]

    paths = ["x", "a/x", "a/b/x", "a/l", "a/l/x", "a/l/y/z", "gone/x/y", "f/x"]
    assert links(paths) == ["", "", "", "", "a/l", "a/l", "", ""]
    (tmp_path / "a/l").unlink()
    assert links(paths) == ["", "", "", "", "a/l", "a/l", "", ""]
    (tmp_path / "a/l").symlink_to("b")
    assert [obstacle(tmp_path, path) for path in paths] == ["", "", "", "", "a/l", "a/l", "", "f"]
    assert obstacle(tmp_path, f"{300 * 'x'}/a\0/b") == ""
