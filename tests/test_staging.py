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


def test_staging_begins_and_ends_empty(tmp_path: Path, staging: Staging) -> None:
    stage(staging.folder, "left", b"left")

    again = Staging(tmp_path, tmp_path / "site")

    assert list(again.folder.iterdir()) == []
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
