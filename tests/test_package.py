"""The package as its users get it: a wheel, installed in an environment that has never seen the repository."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from generator import __version__

REPOSITORY = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    command.append(str(REPOSITORY))
    subprocess.run(command, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_the_package_the_data_and_the_theme(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    package = {str(path.relative_to(REPOSITORY)) for path in (REPOSITORY / "generator").rglob("*.py")}
    data = {
        str(path.relative_to(REPOSITORY))
        for pattern in ("*.toml", "*.js")
        for path in (REPOSITORY / "generator").rglob(pattern)
    }
    theme = {
        f"generator/{path.relative_to(REPOSITORY)}"
        for path in (REPOSITORY / "templates").rglob("*")
        if path.is_file()
    }

    assert package | data | theme <= names
    assert {"generator/templates/base.html", "generator/templates/assets/style.css"} <= theme
    assert not any(
        name.split("/")[0] in {"tests", "seeds", "content", "site", "templates", "docs"} for name in names
    )


def test_the_installed_command_makes_a_site_elsewhere(wheel: Path, tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "venv")], check=True)
    binaries = tmp_path / "venv" / "bin"
    install = [
        str(binaries / "python"),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        str(wheel),
    ]
    installed = subprocess.run(install, env=environment, capture_output=True, text=True, check=False)
    if installed.returncode and not os.environ.get("CI"):
        pytest.skip(f"the dependencies cannot be installed here: {installed.stderr.strip().splitlines()[-1]}")
    assert installed.returncode == 0, installed.stderr

    def dateline(*arguments: str) -> str:
        command = [str(binaries / "dateline"), *arguments]
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert __version__ in dateline("--version")
    dateline("init", "news")
    assert "1 written" in dateline("ingest", "--root", "news")
    dateline("build", "--root", "news")

    assert "Welcome to your digest" in (tmp_path / "news/site/index.html").read_text()
    assert (tmp_path / "news/site/assets/style.css").stat().st_size > 1000
