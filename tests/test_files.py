"""The disk: what is found, what is never overwritten, what is deleted and what is left alone."""

import os
from pathlib import Path

import pytest
from conftest import names, tree, write

from generator import files, writing


def test_a_scan_finds_every_file_in_code_point_order(tmp_path: Path) -> None:
    write(tmp_path, "b/a.md", "a.md", "Z.md", "b.md", "é.md", "b/c/d.md")

    assert list(files.scan(tmp_path)) == ["Z.md", "a.md", "b.md", "b/a.md", "b/c/d.md", "é.md"]


def test_a_scan_leaves_out_what_is_hidden_or_lies_outside(tmp_path: Path) -> None:
    folder = tmp_path / "content"
    write(tmp_path, "secret/a.md")
    write(folder, "a.md", ".hidden.md", ".git/config", "b/.b.md")
    (folder / "link.md").symlink_to(tmp_path / "secret/a.md")
    (folder / "linked").symlink_to(tmp_path / "secret")
    (folder / "gone.md").symlink_to(folder / "nowhere.md")
    (folder / "round").symlink_to(folder)
    (folder / "same.md").symlink_to("a.md")

    assert list(files.scan(folder)) == ["a.md", "same.md"]


def test_a_scan_of_nothing_finds_nothing(tmp_path: Path) -> None:
    write(tmp_path, "file")

    assert files.scan(tmp_path / "gone") == files.scan(tmp_path / "file") == {}


def test_what_a_scan_saw_is_what_a_look_sees(tmp_path: Path) -> None:
    write(tmp_path, "a.md")

    assert files.scan(tmp_path)["a.md"] == files.stat(tmp_path / "a.md")
    assert files.stat(tmp_path / "gone") is files.stat(tmp_path / "a.md/b") is None


def test_reading_what_is_not_there_gives_nothing(tmp_path: Path) -> None:
    write(tmp_path, "a.md")

    assert files.read(tmp_path / "a.md") == b"a.md"
    assert [files.read(tmp_path / name) for name in ("", "gone", "a.md/b")] == [None, None, None]


def test_a_new_file_is_never_written_over_another(tmp_path: Path) -> None:
    assert writing.write_new(tmp_path / "a/b.md", b"first")
    assert not writing.write_new(tmp_path / "a/b.md", b"second")
    assert tree(tmp_path) == {"a/b.md": b"first"}
    assert names(tmp_path / "a") == ["b.md"]


def test_a_new_file_does_not_follow_a_link_out(tmp_path: Path) -> None:
    (tmp_path / "link.md").symlink_to(tmp_path / "elsewhere.md")

    assert not writing.write_new(tmp_path / "link.md", b"new")
    assert not (tmp_path / "elsewhere.md").exists()


def test_writing_replaces_the_whole_file(tmp_path: Path) -> None:
    path = tmp_path / ("long name " * 20 + ".md")
    writing.write(path, b"first")
    with path.open("rb") as reader:
        writing.write(path, b"second")
        seen = reader.read()

    assert (seen, path.read_bytes()) == (b"first", b"second")
    assert len(names(tmp_path)) == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [(None, b"a\nb\n"), (b"", b"a\nb\n"), (b"old\n", b"old\na\nb\n"), (b"cut sho", b"cut sho\na\nb\n")],
)
def test_lines_are_added_and_a_cut_one_is_ended_first(
    tmp_path: Path, before: bytes | None, after: bytes
) -> None:
    path = tmp_path / "x/log"
    if before is not None:
        writing.write(path, before)

    files.append(path, ["a", "b"])

    assert path.read_bytes() == after


def test_adding_no_lines_changes_nothing(tmp_path: Path) -> None:
    files.append(tmp_path / "log", [])

    assert not (tmp_path / "log").exists()


def test_files_are_unlike_what_they_were_when_gone_resized_touched_or_no_files(tmp_path: Path) -> None:
    write(tmp_path, "same", "longer", "later", "folder/inside", "link")
    left = {
        name: (len(name), (tmp_path / name).lstat().st_mtime_ns)
        for name in ("same", "longer", "later", "link")
    }
    (tmp_path / "longer").write_text("longer than before")
    os.utime(tmp_path / "later", ns=(0, 0))
    (tmp_path / "link").unlink()
    (tmp_path / "link").symlink_to("same")

    assert files.unlike(tmp_path, {**left, "gone": (0, 0), "folder": (0, 0), "same/x": (0, 0)}) == [
        "longer",
        "later",
        "link",
        "gone",
        "folder",
        "same/x",
    ]


def test_deleting_prunes_empty_folders_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    write(folder, "a/b/c/1", "a/b/2", "a/mine", "d/e/3", "f/.hidden", "f/4")
    (folder / "empty").mkdir()

    files.delete(folder, ["a/b/c/1", "a/b/2", "d/e/3", "f/4", "never/was"])

    assert tree(folder) == {"a/mine": b"a/mine"}
    assert names(folder) == ["a", "empty", "f"]
    assert (folder / "f/.hidden").exists()


def test_deleting_everything_leaves_the_folder_itself(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    write(folder, "1", "a/2")

    files.delete(folder, ["1", "a/2"])

    assert names(folder) == []


def test_a_journal_comes_back_as_it_was_written(tmp_path: Path) -> None:
    files.write_journal(tmp_path, {"b/index.html", "a b.html", "北京/index.html"})

    assert files.read_journal(tmp_path) == {"b/index.html", "a b.html", "北京/index.html"}
    files.append(tmp_path / files.JOURNAL, ["c.html"])
    assert "c.html" in files.read_journal(tmp_path)


def test_a_line_of_the_journal_that_a_crash_cut_short_is_dropped(tmp_path: Path) -> None:
    journal = tmp_path / files.JOURNAL
    journal.write_text("a/index.html\nb/ind")
    write(tmp_path, f"{files.JOURNAL}.new")
    found = files.read_journal(tmp_path)
    files.append(journal, ["c.html"])

    assert found == {"a/index.html"}
    assert journal.read_text() == "a/index.html\nc.html\n"
    assert names(tmp_path) == [files.JOURNAL]


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_journal_is_replaced_in_one_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files.write_journal(tmp_path, ["a.html"])
    monkeypatch.setattr(Path, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        files.write_journal(tmp_path, ["b.html"])

    assert files.read_journal(tmp_path) == {"a.html"}


def test_an_empty_folder_may_become_ours(tmp_path: Path) -> None:
    write(tmp_path, ".gitignore")

    assert files.read_journal(tmp_path) == files.read_journal(tmp_path / "new/folder") == set()
