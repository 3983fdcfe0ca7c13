"""A catalogue that stays open from build to build, while others build, too."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from conftest import NOW, Project, quiet

from generator import files, seal
from generator.build import build
from generator.catalogue import NAME, Catalogue
from generator.report import BuildReport
from generator.warm import Warm
from generator.workspace import Options

CUP = "sport/2025-06-02/cup.md"
PAGE = "2025/06/02/cup/index.html"


@pytest.fixture
def warm(project: Project) -> Iterator[Warm]:
    (project.root / files.STATE).mkdir()
    with closing(Warm(state(project))) as warm:
        project.article(CUP, "The cup", "2025-06-02T10:00:00Z")
        build_warm(project, warm)
        yield warm


def state(project: Project) -> Path:
    return project.root / files.STATE / NAME


def build_warm(project: Project, warm: Warm, *paths: str) -> BuildReport:
    return build(project.root, Options(NOW, paths=paths), quiet, quiet, warm=warm)


def test_a_build_looks_only_at_what_it_is_told(project: Project, warm: Warm) -> None:
    project.article(CUP, "Another cup", "2025-06-02T10:00:00Z")

    assert build_warm(project, warm).written == ()
    assert PAGE in build_warm(project, warm, CUP).written
    assert "Another cup" in project.read(PAGE)


def test_the_first_build_looks_at_everything(project: Project) -> None:
    project.article(CUP, "The cup", "2025-06-02T10:00:00Z").build()
    project.article(CUP, "Another cup", "2025-06-02T10:00:00Z")

    with closing(Warm(state(project))) as warm:
        assert PAGE in build_warm(project, warm).written


def test_after_somebody_else_built_everything_is_looked_at(project: Project, warm: Warm) -> None:
    project.article("arts/2025-06-03/film.md", "Film", "2025-06-03T10:00:00Z").build()
    project.article(CUP, "Another cup", "2025-06-02T10:00:00Z")

    assert PAGE in build_warm(project, warm).written
    project.article(CUP, "A third cup", "2025-06-02T10:00:00Z")
    assert build_warm(project, warm).written == ()


def test_after_somebody_else_built_all_anew_the_new_catalogue_is_taken(project: Project, warm: Warm) -> None:
    project.article(CUP, "Another cup", "2025-06-02T10:00:00Z").build(clean=True)
    project.article(CUP, "A third cup", "2025-06-02T10:00:00Z")

    assert PAGE in build_warm(project, warm).written
    warm.close()
    assert project.build().written == ()


def test_others_never_take_it_for_sealed(project: Project, warm: Warm) -> None:
    build_warm(project, warm)
    for number in range(3):
        project.article(CUP, f"Cup {number}", "2025-06-02T10:00:00Z")
        assert PAGE in build_warm(project, warm, CUP).written
        assert project.build(verify=True).written == ()
        build_warm(project, warm)


def test_it_is_sealed_when_it_is_closed(project: Project, warm: Warm) -> None:
    assert not Path(f"{state(project)}-seal").exists()
    warm.close()
    assert Path(f"{state(project)}-seal").exists()
    assert warm.catalogue is None
    warm.close()


def test_an_output_folder_that_is_gone_is_made_anew(project: Project, warm: Warm) -> None:
    before = project.site()
    project.move("site", "elsewhere")

    build_warm(project, warm)

    assert project.site() == before


def test_a_damaged_catalogue_is_made_anew(project: Project, warm: Warm) -> None:
    before = project.site()
    warm.close()
    state(project).write_bytes(b"no catalogue at all" * 1000)
    seal.take_off(state(project))

    build_warm(project, warm)

    assert project.site() == before
    project.article(CUP, "Another cup", "2025-06-02T10:00:00Z")
    assert PAGE in build_warm(project, warm, CUP).written


def test_what_is_deleted_is_taken_back_from_the_journal(project: Project, warm: Warm) -> None:
    project.remove(f"content/{CUP}")

    assert PAGE in build_warm(project, warm, CUP).deleted
    assert PAGE not in files.read_journal(project.root / "site")
    project.write(f"site/{PAGE}", "mine")
    warm.close()
    project.build()
    assert project.read(PAGE) == "mine"


def test_a_folder_that_is_moved_is_looked_at_as_a_whole(project: Project, warm: Warm) -> None:
    project.article("sport/2025-06-02/walk.md", "A walk", "2025-06-02T11:00:00Z")
    build_warm(project, warm, "sport/2025-06-02/walk.md")
    project.move("content/sport", "content/arts")

    report = build_warm(project, warm, "sport", "arts")

    assert {PAGE, "2025/06/02/walk/index.html", "topics/arts/index.html"} <= set(report.written)
    assert "Arts" in project.read(PAGE)


def test_a_changed_configuration_is_heeded_whatever_is_told(project: Project, warm: Warm) -> None:
    project.write("dateline.toml", '[site]\ntitle = "Other"\nbase_url = "https://news.example/"\n')

    assert PAGE in build_warm(project, warm).written
    assert "Other" in project.read(PAGE)


def test_tidying_loses_nothing(project: Project, warm: Warm) -> None:
    project.article(CUP, "Another cup", "2025-06-02T10:00:00Z")
    build_warm(project, warm, CUP)
    warm.tidy()

    with Catalogue(state(project), guest=True).reading():
        assert PAGE in Catalogue(state(project), guest=True)
