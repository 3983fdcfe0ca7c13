"""Frames of feeds: made once, kept for later builds, made again where what was kept is of no use."""

from pathlib import Path

import pytest
from samples import SETTINGS

from generator import frames
from generator.frames import Frame, Frames
from generator.records import changed
from generator.views import Site

SITE = SETTINGS.site


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Record the files whose frames are made."""
    names: list[str] = []
    make = frames._make

    def counted(site: Site, name: str, hubs: tuple[str, ...] = ()) -> Frame:
        names.append(name)
        return make(site, name, hubs)

    monkeypatch.setattr(frames, "_make", counted)
    return names


def test_a_frame_is_made_once_for_all_builds(tmp_path: Path, made: list[str]) -> None:
    Frames(tmp_path).prepare(SITE)
    later = Frames(tmp_path)

    assert [later.find(SITE, name) for name in made] == [Frames().find(SITE, name) for name in frames.TYPES]
    assert made == [*frames.TYPES, *frames.TYPES]  # once kept, once for comparison


def test_another_site_has_another_frame(tmp_path: Path) -> None:
    Frames(tmp_path).prepare(SITE)
    other = changed(SITE, language="pt")

    assert (
        Frames(tmp_path).find(other, "rss.xml")
        == Frames().find(other, "rss.xml")
        != Frames(tmp_path).find(SITE, "rss.xml")
    )


def test_what_is_cut_short_is_made_again(tmp_path: Path, made: list[str]) -> None:
    Frames(tmp_path).prepare(SITE)
    for file in tmp_path.iterdir():
        file.write_bytes(file.read_bytes()[:-20])
    del made[:]

    assert Frames(tmp_path).find(SITE, "atom.xml") == Frames().find(SITE, "atom.xml")
    Frames(tmp_path).find(SITE, "atom.xml")
    assert made == ["atom.xml", "atom.xml"]  # once mended, once for comparison


def test_where_nothing_can_be_kept_frames_are_made_all_the_same(tmp_path: Path) -> None:
    assert Frames(tmp_path / "none").find(SITE, "rss.xml") == Frames().find(SITE, "rss.xml")


def test_other_hubs_have_another_frame(tmp_path: Path) -> None:
    Frames(tmp_path).prepare(SITE)
    Frames(tmp_path).prepare(SITE, ("https://hub.example/",))

    for name in frames.TYPES:
        with_hub = Frames(tmp_path).find(SITE, name, ("https://hub.example/",))
        assert with_hub == Frames().find(SITE, name, ("https://hub.example/",))
        assert with_hub != Frames(tmp_path).find(SITE, name) == Frames().find(SITE, name)
