"""Staging: nothing shows until it is moved in, and then whole."""

from pathlib import Path

import pytest
from conftest import names, tree, write

from generator import files
from generator.staging import Staging, stage


@pytest.fixture
def staging(tmp_path: Path) -> Staging:
    (tmp_path / files.STATE).mkdir()
    (tmp_path / "site").mkdir()
    return Staging(tmp_path, tmp_path / "site")


def test_a_staged_file_is_nowhere_until_it_is_moved_in(tmp_path: Path, staging: Staging) -> None:
    size, mtime_ns = stage(staging.folder, "a/b/index.html", b"new")

    assert tree(tmp_path) == {}
    staging.move_in()
    assert files.unlike(tmp_path / "site", {"a/b/index.html": (size, mtime_ns)}) == []
    assert tree(tmp_path) == {"site/a/b/index.html": b"new"}


def test_moving_in_replaces_in_one_step_and_leaves_the_rest(tmp_path: Path, staging: Staging) -> None:
    write(tmp_path, "site/a/index.html", "site/a/mine", "site/a/b/mine")
    stage(staging.folder, "a/index.html", b"new")
    stage(staging.folder, "a/b/index.html", b"new")
    with (tmp_path / "site/a/index.html").open() as reader:
        staging.move_in()
        seen = reader.read()

    assert seen == "site/a/index.html"
    assert tree(tmp_path) == {
        "site/a/index.html": b"new",
        "site/a/mine": b"site/a/mine",
        "site/a/b/index.html": b"new",
        "site/a/b/mine": b"site/a/b/mine",
    }


@pytest.mark.parametrize("path", ["index.html", "a/b/index.html", "a/100%/a%2Fb%25.json", "a/" + 240 * "x"])
def test_what_stands_already_is_replaced_in_one_step(tmp_path: Path, staging: Staging, path: str) -> None:
    write(tmp_path, f"site/{path}", "site/a/mine")
    size, mtime_ns = stage(staging.folder, path, b"new", standing=True)
    with (tmp_path / "site" / path).open() as reader:
        assert staging.move_in() == []
        seen = reader.read()

    assert seen == f"site/{path}"
    assert tree(tmp_path) == {f"site/{path}": b"new", "site/a/mine": b"site/a/mine"}
    assert files.unlike(tmp_path / "site", {path: (size, mtime_ns)}) == []


@pytest.mark.parametrize("standing", [False, True])
def test_what_is_in_the_way_meanwhile_stays_unless_it_is_empty(
    tmp_path: Path,
    staging: Staging,
    standing: bool,  # noqa: FBT001
) -> None:
    write(tmp_path, "site/a/index.html/mine", "site/b")
    (tmp_path / "site/c/index.html").mkdir(parents=True)
    for path in ("a/index.html", "b/index.html", "c/index.html", "d/e/index.html"):
        stage(staging.folder, path, b"new", standing=standing)

    assert sorted(staging.move_in()) == ["a/index.html", "b/index.html"]
    assert tree(tmp_path / "site") == {
        "a/index.html/mine": b"site/a/index.html/mine",
        "b": b"site/b",
        "c/index.html": b"new",
        "d/e/index.html": b"new",
    }


def test_what_is_dropped_is_not_moved_in(tmp_path: Path, staging: Staging) -> None:
    for path in ("a/index.html", "b/index.html"):
        stage(staging.folder, path, b"new")
    staging.drop("a/index.html")
    staging.move_in()

    assert tree(tmp_path / "site") == {"b/index.html": b"new"}


def test_staging_begins_and_ends_empty(tmp_path: Path, staging: Staging) -> None:
    stage(staging.folder, "left", b"left")

    again = Staging(tmp_path, tmp_path / "site")

    assert tree(again.folder) == {}
    assert not staging.folder.exists()
    again.close()
    again.close()
    assert names(tmp_path / files.STATE) == []


def test_nothing_can_be_staged_once_staging_is_over(tmp_path: Path, staging: Staging) -> None:
    staging.close()

    with pytest.raises(FileNotFoundError):
        stage(staging.folder, "a/b/index.html", b"late")

    assert names(tmp_path / files.STATE) == []


@pytest.mark.parametrize("path", ["a", "a/b/c", "x" * 256])
def test_a_path_that_no_file_can_have_is_refused(staging: Staging, path: str) -> None:
    stage(staging.folder, "a/b", b"")

    with pytest.raises(OSError, match=r"Is a directory|Not a directory|too long"):
        stage(staging.folder, path, b"")
