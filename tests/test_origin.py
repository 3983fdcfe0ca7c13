"""Where Dateline was installed from, and what others who build the site install (PEP 610)."""

import json
from importlib import metadata
from typing import Any

import pytest

from generator import __version__, origin
from generator.origin import FROM_INDEX, Origin, parse_origin
from generator.records import Mismatch

WHEEL = f"./wheels/dateline-{__version__}-py3-none-any.whl"
GIT: dict[str, Any] = {"vcs_info": {"vcs": "git", "commit_id": "4f2a", "requested_revision": "main"}}


@pytest.mark.parametrize(
    ("url", "more", "requirement"),
    [
        ("https://git.example/pat/dateline.git", GIT, "git+https://git.example/pat/dateline.git@4f2a"),
        ("https://pat:secret@git.example/dateline", GIT, "git+https://git.example/dateline@4f2a"),
        ("https://token@git.example:8443/dateline", GIT, "git+https://git.example:8443/dateline@4f2a"),
        ("ssh://git@git.example/pat/dateline", GIT, "git+ssh://git@git.example/pat/dateline@4f2a"),
        ("ssh://git:secret@git.example/dateline", GIT, "git+ssh://git.example/dateline@4f2a"),
        (
            "https://git.example/tools",
            {**GIT, "subdirectory": "news/dateline"},
            "git+https://git.example/tools@4f2a#subdirectory=news/dateline",
        ),
        (
            "https://pat:secret@files.example/dateline.whl",
            {"archive_info": {"hash": "sha256=ab", "hashes": {"sha256": "ab"}}},
            "https://files.example/dateline.whl#sha256=ab",
        ),
        ("https://files.example/dateline.zip", {"archive_info": {}}, "https://files.example/dateline.zip"),
    ],
)
def test_what_others_can_fetch_is_required_from_there(
    url: str, more: dict[str, Any], requirement: str
) -> None:
    assert parse_origin(json.dumps({"url": url, **more})) == Origin(f"dateline @ {requirement}")


@pytest.mark.parametrize(
    ("url", "more", "source"),
    [
        ("file:///home/pat/dateline", {"dir_info": {}}, "/home/pat/dateline"),
        ("file:///home/pat/date%20line", {"dir_info": {"editable": True}}, "/home/pat/date line"),
        ("file:///tmp/dateline-1-py3-none-any.whl", {"archive_info": {}}, "/tmp/dateline-1-py3-none-any.whl"),  # noqa: S108
        ("file:///home/pat/dateline", GIT, "git+file:///home/pat/dateline@4f2a"),
        (
            "https://files.example/dateline.whl?until=noon",
            {"archive_info": {}},
            "https://files.example/dateline.whl?until=noon",
        ),
    ],
)
def test_of_what_only_this_machine_has_a_wheel_is_required(
    url: str, more: dict[str, Any], source: str
) -> None:
    assert parse_origin(json.dumps({"url": url, **more})) == Origin(WHEEL, source)


@pytest.mark.parametrize("text", ["", "{}", '{"url": 1}', '{"url": "https://a.example", "vcs_info": {}}'])
def test_what_is_no_direct_url_is_said(text: str) -> None:
    with pytest.raises(Mismatch):
        parse_origin(text)


class Installed:
    """A distribution, as far as it is looked at."""

    def __init__(self, text: str | None) -> None:
        self.text = text

    def read_text(self, name: str) -> str | None:
        assert name == "direct_url.json"
        return self.text


@pytest.mark.parametrize(
    ("text", "found"),
    [(None, FROM_INDEX), ('{"url": "file:///home/pat/d", "dir_info": {}}', Origin(WHEEL, "/home/pat/d"))],
)
def test_the_installed_distribution_says_it(
    text: str | None, found: Origin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(metadata, "distribution", lambda _: Installed(text))

    assert origin.read() == found


def test_one_that_is_not_installed_is_run_from_its_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "distribution", missing)

    found = origin.read()
    assert found.requirement == WHEEL
    assert origin.__file__ == f"{found.source}/generator/origin.py"
