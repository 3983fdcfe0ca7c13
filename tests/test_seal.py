"""The seal: a catalogue is used as it was left, or not at all; one that a kill left open is used."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from conftest import NOW, Project

from generator import intake
from generator.catalogue import NAME, Catalogue
from generator.files import STATE


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """Make a catalogue that holds a note and was closed."""
    path = tmp_path / NAME
    note(path, "first")
    return path


def note(path: Path, what: str) -> None:
    made = Catalogue(path)
    with made.transaction():
        made.note("a", what)
    made.close()


def recall(path: Path) -> str:
    opened = Catalogue(path)
    found: str = opened.recall("a", "")
    opened.close()
    return found


def sealed(path: Path) -> bool:
    return Path(f"{path}-seal").exists()


def state(path: Path) -> dict[str, tuple[bytes, int, int]]:
    """Tell everything about the files of a catalogue."""
    found = path.parent.iterdir()
    return {
        file.name: (file.read_bytes(), file.stat().st_mtime_ns, file.stat().st_ino)
        for file in found
        if file.name.startswith(path.name)
    }


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    with path.open("r+b") as file:
        file.write(data)


OTHERS: dict[str, Callable[[Path], object]] = {
    "a flipped bit": flip,
    "a shorter file": lambda path: os.truncate(path, 16_384),
    "a longer file": lambda path: os.truncate(path, 1_000_000),
    "another file": lambda path: shutil.copyfile(path, path.with_name("b")).replace(path),
    "no file": Path.unlink,
    "another time": lambda path: os.utime(path, ns=(1, 1)),
}


@pytest.mark.parametrize("what", sorted(OTHERS))
def test_a_catalogue_that_is_not_as_it_was_left_is_thrown_away(closed: Path, what: str) -> None:
    OTHERS[what](closed)

    assert recall(closed) == ""
    note(closed, "second")
    assert recall(closed) == "second"


def test_an_older_copy_is_thrown_away(closed: Path) -> None:
    older = shutil.copy2(closed, closed.with_name("older"))
    note(closed, "later")
    shutil.copy2(older, closed)

    assert recall(closed) == ""


def test_a_copy_of_all_of_it_with_its_times_is_the_same_catalogue(closed: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(closed.parent, tmp_path / "copy") / NAME

    assert recall(copy) == "first"


@pytest.mark.parametrize("what", ["wal", "shm", "journal"])
def test_what_others_left_beside_it_goes(closed: Path, what: str) -> None:
    Path(f"{closed}-{what}").write_bytes(b"?" * 50_000)

    assert recall(closed) == "first"
    assert sorted(state(closed)) == [NAME, f"{NAME}-seal"]


def test_the_log_of_another_copy_is_not_taken_for_its_own(closed: Path) -> None:
    copy = shutil.copyfile(closed, closed.with_name("copy"))
    other = Catalogue(copy)
    with other.transaction():
        other.note("a", "second")
    shutil.copyfile(f"{copy}-wal", f"{closed}-wal")
    other.close()

    assert recall(closed) == "first"


def test_a_sealed_catalogue_has_a_time_of_its_own(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.seal.time", SimpleNamespace(time_ns=lambda: 1_234_567_891))
    note(closed, "second")

    assert closed.stat().st_mtime_ns // 1000 == 1_234_567
    assert recall(closed) == "second"


def test_reading_writes_nothing_and_neither_does_what_is_known(closed: Path) -> None:
    before = state(closed)
    again = recall(closed)
    note(closed, "first")

    assert again == "first"
    assert state(closed) == before


def test_the_seal_is_broken_before_the_first_change_is_committed(
    closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seals: list[tuple[str, bool]] = []
    run = Catalogue.run

    def look_and_run(self: Catalogue, statement: str, *values: str) -> None:
        seals.append((statement.partition(" ")[0], sealed(closed)))
        run(self, statement, *values)

    opened = Catalogue(closed)
    monkeypatch.setattr(Catalogue, "run", look_and_run)
    with opened.transaction():
        opened.note("a", "second")
    opened.close()

    assert seals == [("BEGIN", True), ("INSERT", True), ("COMMIT", False)]
    assert sealed(closed)


def test_a_catalogue_that_a_kill_left_open_keeps_what_was_committed(closed: Path, tmp_path: Path) -> None:
    opened = Catalogue(closed)
    with opened.transaction():
        opened.note("a", "second")
    left = shutil.copytree(closed.parent, tmp_path / "left") / NAME
    opened.close()

    assert recall(left) == "second"
    assert sealed(left)


@pytest.mark.parametrize("length", [0, 1, 10])
def test_a_seal_that_a_kill_cut_short_is_none(closed: Path, length: int) -> None:
    os.truncate(f"{closed}-seal", length)

    assert recall(closed) == "first"
    assert sealed(closed)


def test_a_catalogue_that_others_have_open_gets_no_seal(closed: Path) -> None:
    guest = Catalogue(closed, guest=True)
    guest.recall("a", "")
    note(closed, "second")
    alone = sealed(closed)
    guest.close()

    assert not alone
    assert recall(closed) == "second"


def test_a_build_with_nothing_to_do_leaves_the_catalogue_alone(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "RACY_NS", -(10**12))  # files this young would be read again
    project.article("sport/a/cup.md", "The cup", "2025-06-02").build()
    before = state(project.root / STATE / NAME)
    project.build(NOW.replace(minute=59))
    after = state(project.root / STATE / NAME)
    project.build(NOW.replace(minute=58), clean=True)

    assert after == before
    assert state(project.root / STATE / NAME) != before
