"""The package as its users get it: a wheel, installed in an environment that has never seen the repository."""

import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest
from trove_classifiers import classifiers

from generator import __version__
from generator.init import STARTER

REPOSITORY = Path(__file__).parents[1]
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]


def build(source: Path, target: Path, *kinds: str) -> None:
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(target), *kinds, str(source)]
    subprocess.run(command, check=True, capture_output=True)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build(REPOSITORY, folder, "--wheel")
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_the_package_the_data_and_the_theme(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    package = {str(path.relative_to(REPOSITORY)) for path in (REPOSITORY / "generator").rglob("*.py")}
    data = {
        str(path.relative_to(REPOSITORY))
        for pattern in ("*.toml", "*.js")
        for path in (REPOSITORY / "generator").rglob(pattern)
    }
    starter = {str(path.relative_to(REPOSITORY)) for path in STARTER.rglob("*") if path.is_file()}
    theme = {
        f"generator/{path.relative_to(REPOSITORY)}"
        for path in (REPOSITORY / "templates").rglob("*")
        if path.is_file()
    }

    assert package | data | starter | theme <= names
    assert {"generator/templates/base.html", "generator/templates/assets/style.css"} <= theme
    assert not any(
        name.split("/")[0] in {"tests", "seeds", "content", "site", "templates", "docs"} for name in names
    )


def test_what_is_given_as_source_builds_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    build(REPOSITORY, tmp_path, "--sdist")
    (archive,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(archive) as source:
        source.extractall(tmp_path, filter="data")
    folder = tmp_path / archive.name.removesuffix(".tar.gz")
    build(folder, tmp_path / "again", "--wheel")

    assert (tmp_path / "again" / wheel.name).read_bytes() == wheel.read_bytes()
    documents = {"README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "LICENSE"}
    assert documents <= {path.name for path in folder.iterdir()}


def test_its_version_has_one_source_and_the_changelog_begins_with_it() -> None:
    headings = re.findall(
        r"^## (\S+)(?: \(unreleased\)|, \d{4}-\d{2}-\d{2})$", _text("CHANGELOG.md"), re.MULTILINE
    )

    assert headings[0] == __version__
    assert headings == re.findall(r"^## (\S+)", _text("CHANGELOG.md"), re.MULTILINE)
    assert PROJECT["dynamic"] == ["version"]


def test_its_metadata_says_what_it_is() -> None:
    needed = {
        "name",
        "description",
        "readme",
        "license",
        "authors",
        "requires-python",
        "keywords",
        "classifiers",
    }

    assert needed <= set(PROJECT)
    assert set(PROJECT["classifiers"]) <= classifiers
    assert PROJECT["classifiers"] == sorted(PROJECT["classifiers"])


def _text(name: str) -> str:
    return (REPOSITORY / name).read_text()


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel as the README says, with pipx; give the folder that pipx puts commands into."""
    folder = tmp_path_factory.mktemp("pipx")
    environment = _outside() | {
        "PIPX_HOME": str(folder / "home"),
        "PIPX_BIN_DIR": str(folder / "bin"),
        "PIPX_MAN_DIR": str(folder / "man"),
    }
    install = [sys.executable, "-m", "pipx", "install", "--python", sys.executable, str(wheel)]
    done = subprocess.run(install, env=environment, capture_output=True, text=True, check=False)
    if done.returncode and not os.environ.get("CI"):
        pytest.skip(f"the dependencies cannot be installed here: {done.stderr.strip().splitlines()[-1]}")
    assert done.returncode == 0, done.stderr
    return folder / "bin"


def _outside() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


def test_the_installed_command_makes_a_site_elsewhere(installed: Path, tmp_path: Path) -> None:
    def run(*command: str) -> str:
        done = subprocess.run(
            command, cwd=tmp_path, env=_outside(), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def dateline(*arguments: str) -> str:
        return run(str(installed / "dateline"), *arguments)

    assert __version__ in dateline("--version")
    dateline("init", "news")
    assert (tmp_path / "news/.github/workflows/dateline.yml").exists()
    assert "1 written" in dateline("ingest", "--root", "news")
    assert "news/content/" in dateline("new", "Rovers lift the cup", "--root", "news")
    dateline("build", "--root", "news")
    dateline("check", "--root", "news")

    assert "Welcome to your digest" in (tmp_path / "news/site/index.html").read_text()
    assert (tmp_path / "news/site/assets/style.css").stat().st_size > 1000

    python = (installed / "dateline").resolve().with_name("python")
    assert run(str(python), "-m", "generator", "--version") == dateline("--version")
