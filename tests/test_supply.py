"""What the project is built and tested with: every package locked to files that are known by their digests."""

import json
import re
import runpy
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

REPOSITORY = Path(__file__).parents[1]
JUDGE = runpy.run_path(str(REPOSITORY / ".ci" / "advisories.py"))["judge"]


def locked() -> Mapping[str, tuple[Requirement, list[str]]]:
    """Give each locked package by its name: what is required, and the digests of its files."""
    text = re.sub(r" *\\\n +", " ", (REPOSITORY / "requirements-dev.txt").read_text())
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    parts = [line.split(" --hash=") for line in lines]
    return {canonicalize_name(Requirement(head).name): (Requirement(head), rest) for head, *rest in parts}


def wanted() -> Iterator[Requirement]:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())
    groups = (project["project"]["dependencies"], *project["project"]["optional-dependencies"].values())
    lines = (REPOSITORY / "requirements-dev.in").read_text().splitlines()
    asked = [line for line in lines if line and not line.startswith("#")]
    for line in (*project["build-system"]["requires"], *(one for group in groups for one in group), *asked):
        yield Requirement(line)


def test_every_package_is_locked_to_one_version_and_the_digests_of_its_files() -> None:
    assert len(locked()) > 100
    for name, (requirement, digests) in locked().items():
        assert re.fullmatch(r"==[\w.!+]+", str(requirement.specifier)), name
        assert requirement.url is None, name
        assert digests, name
        assert all(re.fullmatch("sha256:[0-9a-f]{64}", digest) for digest in digests), name


def test_the_lock_holds_what_is_wanted_in_a_version_that_is_allowed() -> None:
    lock = locked()
    for one in wanted():
        (version,) = lock[canonicalize_name(one.name)][0].specifier
        assert one.specifier.contains(version.version, prereleases=True), one


def test_the_package_itself_allows_ranges() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]

    assert [one for one in map(Requirement, project["dependencies"]) if "==" in str(one.specifier)] == []


def test_what_npm_installs_is_locked_by_its_digests_too() -> None:
    packages: dict[str, Any] = json.loads((REPOSITORY / "tests/web/package-lock.json").read_text())[
        "packages"
    ]
    found = {name: one for name, one in packages.items() if name}

    assert found
    assert [name for name, one in found.items() if not one["integrity"].startswith("sha512-")] == []


def test_an_audit_fails_where_something_is_known_and_only_there() -> None:
    sound = {"name": "one", "version": "1.0", "vulns": []}
    bad = {"name": "two", "version": "2.0", "vulns": [{"id": "X-1", "fix_versions": ["2.1"]}]}
    unasked = {"name": "three", "skip_reason": "nobody knows it"}

    assert JUDGE({"dependencies": [sound, unasked]}) == (
        0,
        "1 packages audited, 1 could not be: nothing is known against them.",
    )
    assert JUDGE({"dependencies": [sound, bad]}) == (1, "two 2.0: X-1, mended in 2.1\n2 packages audited")
    assert JUDGE({"dependencies": [unasked]})[0] == JUDGE(None)[0] == 0
