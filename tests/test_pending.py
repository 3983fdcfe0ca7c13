"""What a build is about to change: it waits, it can be taken back, and it is remembered as a whole."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.catalogue import Catalogue
from generator.model import Key, Written
from generator.pending import Pending


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    opened = Catalogue(tmp_path / "catalogue.sqlite")
    yield opened
    opened.close()


def written(path: str, key: Key = ("front",), fingerprint: str = "f") -> Written:
    return Written(path, key, "front.html", fingerprint, "x y", 1, 2)


def edges(catalogue: Catalogue) -> list[tuple[int, int]]:
    return catalogue.rows("SELECT article, related FROM edges ORDER BY article, related").fetchall()


def test_what_waits_is_known_by_path_and_what_is_staged_comes_in_order(catalogue: Catalogue) -> None:
    pending = Pending(catalogue)
    pending.add([written("b"), written("a")], [written("c")], {})

    assert list(pending.staged()) == ["a", "b"]
    assert [path in pending for path in ("a", "c", "d")] == [True, True, False]
    assert catalogue.looks() == {}


def test_all_that_waits_is_remembered_in_place_of_what_was(catalogue: Catalogue) -> None:
    first = Pending(catalogue)
    first.add([written("a"), written("b")], [], {1: (2, 3), 2: (3,), 4: (1,)})
    first.remember()
    second = Pending(catalogue)
    second.add([written("a", fingerprint="g")], [], {1: (3,), 2: ()})
    second.remember()

    assert list(catalogue.outputs([("front",)])) == [written("a", fingerprint="g"), written("b")]
    assert edges(catalogue) == [(1, 3), (4, 1)]


def test_what_cannot_stand_is_taken_back_with_its_keys(catalogue: Catalogue) -> None:
    pending = Pending(catalogue)
    pending.add([written("a", ("tag", "rail")), written("b")], [], {})

    assert pending.drop(["a", "never/was"]) == {("tag", "rail")}
    assert list(pending.staged()) == ["b"]


def test_nothing_waits_that_a_build_before_left(catalogue: Catalogue) -> None:
    Pending(catalogue).add([written("a")], [], {1: (2,)})
    pending = Pending(catalogue)
    pending.remember()

    assert "a" not in pending
    assert (catalogue.looks(), edges(catalogue)) == ({}, [])
