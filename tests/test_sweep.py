"""The slow look finds what no event told of, a piece at a time."""

from collections.abc import Iterable

import pytest
from conftest import Project

from generator import files, sweep
from generator.catalogue import NAME, Catalogue

NEVER = -(10**18)
"""As `racy`: files this young count as settled."""


@pytest.fixture
def built(project: Project) -> Project:
    for number in range(5):
        project.article(f"sport/2025-06-02/{number}.md", f"Cup {number}", "2025-06-02T10:00:00Z")
    project.article("arts/2025-06-03/film.md", "Film", "2025-06-03T10:00:00Z")
    project.build()
    return project


def content(project: Project) -> list[str]:
    return _flat(sweep.sweep_content(project.root / "content", _catalogue(project), NEVER))


def output(project: Project) -> list[str]:
    return _flat(sweep.sweep_output(project.root / "site", _catalogue(project)))


def _catalogue(project: Project) -> Catalogue:
    return Catalogue(project.root / files.STATE / NAME, guest=True)


def _flat(parts: Iterable[list[str]]) -> list[str]:
    return sorted(path for part in parts for path in part)


def test_nothing_changed_is_found_so(built: Project) -> None:
    assert content(built) == output(built) == []


@pytest.mark.parametrize("at_once", [1, 2, 1000])
def test_content_that_changed_came_or_went_is_found(
    built: Project, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweep, "AT_ONCE", at_once)
    built.article("sport/2025-06-02/1.md", "Another title", "2025-06-02T10:00:00Z")
    built.article("weather/2025-06-02/new.md", "New", "2025-06-02T10:00:00Z")
    built.write("content/weather/2025-06-02/.hidden.md", "nothing")
    built.remove("content/arts/2025-06-03/film.md")

    assert content(built) == [
        "arts/2025-06-03/film.md",
        "sport/2025-06-02/1.md",
        "weather/2025-06-02/new.md",
    ]


def test_what_was_read_in_the_second_it_changed_is_looked_at_again(built: Project) -> None:
    found = _flat(sweep.sweep_content(built.root / "content", _catalogue(built), 10**18))

    assert len(found) == 6


@pytest.mark.parametrize("at_once", [1, 1000])
def test_output_that_is_missing_or_touched_is_found(
    built: Project, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweep, "AT_ONCE", at_once)
    built.write("site/index.html", "mine").remove("site/robots.txt").write("site/own.txt", "mine")

    assert output(built) == ["index.html", "robots.txt"]


def test_an_output_folder_that_is_gone_is_found(built: Project) -> None:
    built.move("site", "elsewhere")

    assert files.JOURNAL in output(built)


def test_a_seed_may_be_called_whatever_can_be_remembered(built: Project) -> None:
    names = ("a\tb.html", "a\nb.html", "caf\udce9.html", "c.html")
    for name in names:
        built.write(f"seeds/{name}", "")
    (built.root / "seeds/d\te").mkdir()

    found = sweep.new_seeds(built.root / "seeds", _catalogue(built), NEVER)

    assert sorted(found) == ["a\tb.html", "a\nb.html", "c.html"]
