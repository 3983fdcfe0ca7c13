"""Files of any name, published to every kind of host: what a host cannot hold is refused before it is asked."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import Project
from odd_names import on_disk
from publishing import BASE, BucketPlace, FolderPlace, Place, publish, shown

from generator import filenames
from generator.model import DatelineError

if TYPE_CHECKING:
    from buckets import Buckets

KINDS = ("folder", "bucket")
"""Kinds of hosts; of the others, `test_rsync_host` and `test_git_host` try odd names."""


@pytest.fixture
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """One kind of host."""
    if request.param == "folder":
        return FolderPlace(tmp_path / "host")
    buckets: Buckets = request.getfixturevalue("buckets")
    return BucketPlace(buckets, "news")


def site(project: Project, place: Place) -> Project:
    """A built site of one article."""
    text = f'[site]\ntitle = "T"\nbase_url = "{BASE}"\n\n[publish.web]\n{place.table}\n'
    project.write("dateline.toml", text).article("sport/2025-06-02/cup.md", "The cup", "2025-06-02")
    project.build()
    return project


@pytest.mark.parametrize("place", KINDS, indirect=True)
def test_a_file_of_any_name_is_published_and_taken_away_again(project: Project, place: Place) -> None:
    site(project, place)
    odd = [name for name in on_disk().values() if filenames.is_plain(name)]
    for name in odd:
        project.write(f"templates/assets/{name}", f"1 {name}")
        project.write(f"site/own/{name}/{name}", f"2 {name}")
    project.build()

    publish(project)

    assert shown(place.files()) == project.site()
    assert publish(project).uploaded == ()
    for name in odd:
        project.remove(f"templates/assets/{name}").remove(f"site/own/{name}/{name}")
    project.build()
    publish(project, max_delete="100%")
    assert shown(place.files()) == project.site()


@pytest.mark.parametrize("name", ["a\tb.txt", "a\nb.txt", "a\x1b[2Jb.txt", "caf\udce9.txt", "a\u2028b.txt"])
@pytest.mark.parametrize("place", ["folder"], indirect=True)
def test_a_name_that_some_host_cannot_hold_is_refused_before_anything_goes_there(
    project: Project, place: Place, name: str
) -> None:
    site(project, place).write(f"site/own/{name}", "")

    with pytest.raises(DatelineError) as refused:
        publish(project)

    assert str(refused.value) == f"site/own/{filenames.escaped(name)}: {filenames.ILL_NAMED}"
    assert place.files() == {}


def test_what_lies_behind_a_link_is_missed_before_anything_goes_there(
    project: Project, tmp_path: Path
) -> None:
    host = FolderPlace(tmp_path / "host")
    site(project, host)
    (project.root / "site/2025").rename(tmp_path / "elsewhere")
    (project.root / "site/2025").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(
        DatelineError, match=r"^site/2025 is a link, and nothing behind it is published; put a folder"
    ):
        publish(project)
    assert host.files() == {}


def test_links_in_the_folder_of_a_host_are_its_owners(project: Project, tmp_path: Path) -> None:
    host = FolderPlace(tmp_path / "host")
    site(project, host)
    publish(project)
    (tmp_path / "host/2025").rename(tmp_path / "elsewhere")
    (tmp_path / "host/2025").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere/06/mine").write_text("")
    project.article("sport/2025-06-02/cup.md", "The cup is won", "2025-06-02").build()
    publish(project)
    assert "The cup is won" in (tmp_path / "elsewhere/06/02/cup/index.html").read_text()

    project.move("content/sport/2025-06-02/cup.md", "content/sport/cup.md")
    project.article("sport/cup.md", "The cup", "2024-06-02").build()
    publish(project, max_delete="100%")

    assert [path.name for path in (tmp_path / "elsewhere").rglob("*") if path.is_file()] == ["mine"]
