"""The catalogue: what is noted is recalled, what fails leaves nothing, and what is damaged is made anew."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import catalogue, seal
from generator.catalogue import Catalogue
from generator.database import Damaged
from generator.files import Stat
from generator.model import Issue, Key, Severity, Written
from generator.pending import Pending
from generator.warm import discard
from generator.warm import opened as opening

parts = st.text(st.characters(codec="utf-8", exclude_characters="\U0010ffff"), max_size=6)
parts |= st.sampled_from(
    ('"', "\\", '"]', '","', "a", "ab", "a b", "a-b", "北京", "\x00", "\n", "😀", "\uffff")
)
every_key: st.SearchStrategy[Key] = st.lists(parts, min_size=1, max_size=3).map(tuple)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Catalogue]:
    made = Catalogue(tmp_path / catalogue.NAME)
    yield made
    made.close()


@given(every_key, every_key)
def test_a_key_survives_as_text_of_its_own(one: Key, other: Key) -> None:
    assert catalogue.decode(catalogue.encode(one)) == one
    assert (catalogue.encode(one) == catalogue.encode(other)) == (one == other)


@given(every_key, every_key)
def test_a_span_holds_the_keys_that_begin_so_and_no_others(beginning: Key, key: Key) -> None:
    low, high = catalogue.span(beginning)
    begins = key[: len(beginning) - 1] == beginning[:-1] and key[len(beginning) - 1 :][:1] != ()
    begins = begins and key[len(beginning) - 1].startswith(beginning[-1])

    assert (low <= catalogue.encode(key) < high) == begins


@given(every_key, parts, parts)
def test_a_span_holds_every_key_that_goes_on(beginning: Key, more: str, last: str) -> None:
    low, high = catalogue.span(beginning)

    for key in (
        beginning,
        (*beginning[:-1], beginning[-1] + more),
        (*beginning[:-1], beginning[-1] + more, last),
    ):
        assert low <= catalogue.encode(key) < high


def test_a_span_asks_the_database_the_same(opened: Catalogue) -> None:
    keys: list[Key] = [
        ("tag", "a"),
        ("tag", "a\U0001f600"),
        ("tag", 'a"'),
        ("tag-month", "a", "2025-06"),
        ("tag", "b"),
    ]
    opened.touch(keys)

    found = opened.rows("SELECT key FROM touched WHERE key BETWEEN ? AND ?", *catalogue.span(("tag", "a")))

    assert {catalogue.decode(key) for (key,) in found} == {
        ("tag", "a"),
        ("tag", "a\U0001f600"),
        ("tag", 'a"'),
    }


def test_keys_are_touched_once(opened: Catalogue) -> None:
    opened.touch([("tag", "a"), ("front",), ("tag", "a")])
    opened.touch([("front",)])

    assert sorted(opened.touched()) == [("front",), ("tag", "a")]


def test_what_is_noted_is_recalled(opened: Catalogue) -> None:
    opened.note("a", {"x": [1]})
    opened.note("a", {"x": [2]})

    assert opened.recall("a", {}) == {"x": [2]}
    assert opened.recall("b", "default") == "default"


def test_the_issues_of_a_file_replace_its_former_ones(opened: Catalogue) -> None:
    opened.set_issues("b", [Issue("b", 2, "two"), Issue("b", 1, "one", Severity.WARNING)])
    opened.set_issues("a", [Issue("a", 1, "first")])
    opened.set_issues("b", [Issue("b", 3, "three", Severity.WARNING)])

    assert opened.issues() == [Issue("a", 1, "first"), Issue("b", 3, "three", Severity.WARNING)]


def test_files_are_remembered_as_they_looked(opened: Catalogue) -> None:
    look, racy = Stat(1, 2**62, 3, 2**63 - 1), Stat(1, 2, 3, 4)
    opened.set_files([("é\n.md", Stat(0, 0, 0, 0), 0, "old"), ("b", racy, 8, ""), ("c", racy, 9, "")])
    opened.set_files([("é\n.md", look, 2**62 + 6, "digest")])

    assert opened.files(5) == {"é\n.md": look, "b": (None, 2, 3, 4), "c": racy}


def test_outputs_are_remembered_by_key_and_forgotten_by_path(opened: Catalogue) -> None:
    one = Written("a/index.html", ("tag", 'a"'), "term.html", "f", "x y", 1, 2)
    two = Written("rss.xml", ("front",), "feed.rss", "g", "", 3, 4)
    pending = Pending(opened)
    pending.add([one], [two], {})
    pending.remember()

    assert list(opened.outputs([("tag", 'a"')])) == [one]
    assert opened.looks() == {one.path: (1, 2), two.path: (3, 4)}
    opened.forget_outputs([one.path, "never/was"])
    assert list(opened.outputs([("tag", 'a"')])) == []
    assert list(opened.outputs([("front",)])) == [two]


def test_a_catalogue_can_be_closed_for_a_while(opened: Catalogue) -> None:
    opened.note("a", 1)

    with opened.closed(), pytest.raises(sqlite3.ProgrammingError, match="closed"):
        opened.recall("a", 0)

    assert opened.recall("a", 0) == 1


def interrupted(opened: Catalogue) -> None:
    with opened.transaction():
        opened.touch([("front",)])
        opened.note("a", 1)
        raise KeyboardInterrupt


def test_a_transaction_happens_whole_or_not_at_all(opened: Catalogue) -> None:
    with pytest.raises(KeyboardInterrupt):
        interrupted(opened)

    assert (opened.touched(), opened.recall("a", 0)) == ([], 0)
    with opened.transaction():
        opened.touch([("front",)])
    assert opened.touched() == [("front",)]


def test_a_catalogue_keeps_what_it_knows(opened: Catalogue) -> None:
    opened.note("a", "kept")
    opened.close()

    again = Catalogue(opened.path)

    assert again.recall("a", "") == "kept"
    again.close()


def test_a_catalogue_of_another_version_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / catalogue.NAME
    connection = sqlite3.connect(path)
    connection.executescript('CREATE TABLE "odd name" (x); CREATE TABLE files (y); PRAGMA user_version = 7;')
    connection.close()

    made = Catalogue(path)

    assert made.files(0) == {}
    assert made.row("SELECT count(*) FROM sqlite_schema WHERE name = 'odd name'") == (0,)
    made.close()


@pytest.mark.parametrize(
    "damage", [b"no database, but long enough to look like one" * 20, b"SQLite format 3\0" + bytes(200)]
)
def test_a_damaged_catalogue_is_refused_or_thrown_away(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / catalogue.NAME
    path.write_bytes(damage)

    with pytest.raises(Damaged):
        Catalogue(path)

    discard(path, None)
    with opening(path, None) as made:
        assert made.touched() == []


def test_a_discarded_catalogue_leaves_nothing(opened: Catalogue) -> None:
    opened.note("a", 1)
    opened.close()

    seal.discard(opened.path)
    seal.discard(opened.path)

    assert list(opened.path.parent.iterdir()) == []


@pytest.mark.parametrize("patient", [True, False])
def test_only_a_patient_catalogue_lets_its_log_grow_until_it_is_tidied(tmp_path: Path, patient: bool) -> None:  # noqa: FBT001 - a parameter
    opened = Catalogue(tmp_path / catalogue.NAME, patient=patient)
    log = tmp_path / f"{catalogue.NAME}-wal"
    for number in range(40):
        with opened.transaction():
            opened.note("much", f"{number}" * 1_000_000)

    assert (log.stat().st_size > 60_000_000) == patient
    opened.tidy()
    opened.close()
    assert not log.exists()


def test_what_went_wrong_in_a_transaction_is_told_even_where_it_is_over(tmp_path: Path) -> None:
    opened = Catalogue(tmp_path / catalogue.NAME)

    def fail() -> None:
        with opened.transaction():
            opened.run("ROLLBACK")  # as SQLite does by itself where the disk is full
            raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        fail()
    opened.close()


ONE: Key = ("topic", "sport")
OTHER: Key = ("topic", "culture")
FILLED = frozenset(("touched",))


def refound(opened: Catalogue) -> None:
    """Have a catalogue that holds a note and a touched key found anew, but for the note."""
    with opened.transaction():
        opened.note("a", "kept")
        opened.touch([ONE])
    with opened.refounding(FILLED):
        assert opened.touched() == []
        opened.touch([OTHER])


def found_after_a_kill(opened: Catalogue, at: Path) -> tuple[str, list[Key]]:
    """Tell what would be found had the process been killed just now."""
    at.mkdir()
    for file in opened.path.parent.glob(f"{catalogue.NAME}*"):
        shutil.copy2(file, at)
    again = Catalogue(at / catalogue.NAME)
    found = again.recall("a", ""), again.touched()
    again.close()
    return found


def test_refounding_keeps_all_tables_but_those_that_are_filled_anew(opened: Catalogue) -> None:
    refound(opened)

    assert (opened.recall("a", ""), opened.touched()) == ("kept", [OTHER])
    with closing(Catalogue(opened.path, guest=True)) as guest:
        assert guest.touched() == [OTHER]
    opened.close()
    with closing(Catalogue(opened.path)) as again:
        assert (again.recall("a", ""), again.touched()) == ("kept", [OTHER])


def test_refounding_that_fails_changes_nothing_and_leaves_nothing(opened: Catalogue) -> None:
    refound(opened)

    def fail() -> None:
        with opened.refounding(FILLED):
            opened.touch([ONE])
            raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        fail()
    assert (opened.recall("a", ""), opened.touched()) == ("kept", [OTHER])
    assert not seal.successor(opened.path).exists()


def test_a_kill_while_refounding_leaves_the_catalogue_of_before(opened: Catalogue, tmp_path: Path) -> None:
    refound(opened)
    opened.tidy()

    with opened.refounding(FILLED):
        opened.touch([ONE])
        assert found_after_a_kill(opened, tmp_path / "there") == ("kept", [OTHER])


@pytest.mark.parametrize("settle", ["nothing", "tidy", "commit"])
def test_a_new_file_is_trusted_once_it_is_on_the_disk(opened: Catalogue, tmp_path: Path, settle: str) -> None:
    refound(opened)
    if settle == "tidy":
        opened.tidy()
    elif settle == "commit":
        with opened.transaction():
            opened.touch([OTHER])
            opened.note("b", "more")

    found = found_after_a_kill(opened, tmp_path / "there")

    assert found == (("", []) if settle == "nothing" else ("kept", [OTHER]))


def test_whoever_else_has_the_old_file_open_leaves_no_log_to_the_new_one(opened: Catalogue) -> None:
    with closing(sqlite3.connect(opened.path)) as other:
        assert other.execute("SELECT count(*) FROM touched").fetchone() == (0,)
        refound(opened)  # its log stays, since the other may want to read it
        assert (opened.recall("a", ""), opened.touched()) == ("kept", [OTHER])
        opened.close()
        with closing(Catalogue(opened.path)) as again:
            assert (again.recall("a", ""), again.touched()) == ("kept", [OTHER])
            assert again.row("PRAGMA integrity_check") == ("ok",)
