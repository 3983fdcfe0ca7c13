"""One fixture, `project`: a site in an empty folder, told like a story: write, build, change, read."""

import importlib
import os
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

import generator
from generator.build import build, read_config
from generator.ingest import run
from generator.report import BuildReport, Collector, IngestReport
from generator.workspace import Options

if TYPE_CHECKING:
    from buckets import Buckets

# One answer however often a clone is tested; `EXPLORE=1 make test` tries something new every time.
hypothesis.settings.register_profile("repeat", derandomize=True, deadline=None, print_blob=True)
hypothesis.settings.register_profile("explore", deadline=None, print_blob=True)
hypothesis.settings.load_profile("explore" if os.environ.get("EXPLORE") else "repeat")

FORKING = ("test_incremental.py", "test_pool.py", "test_search.py", "test_torture.py", "test_workers.py")
"""What is tried of forked workers: they are forked as long as no test has left a thread, as servers do."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let several runs share the tests."""
    parser.addoption(
        "--claims", type=Path, help="a folder shared by runs: each file is tested by one of them"
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put those first; all else stays in its order."""
    items.sort(key=lambda item: item.path.name not in FORKING)


def pytest_collection_finish() -> None:
    """Load all of Dateline: Hypothesis tries the constants of what is loaded, and is to try the same always."""
    for module in pkgutil.walk_packages(generator.__path__, "generator."):
        importlib.import_module(module.name)


_claimed: dict[str, bool] = {}
"""Whether a file's tests are run here, where runs share them."""


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> bool | None:
    """Pass over the tests of files that another run claimed."""
    claims, name = item.config.getoption("--claims"), item.path.name
    if claims and name not in _claimed:
        try:
            (claims / name).mkdir()
        except FileExistsError:
            _claimed[name] = False
        else:
            _claimed[name] = True
    return None if _claimed.get(name, True) else True


NOW = datetime(2025, 7, 1, 12, tzinfo=UTC)


def quiet(*_: object) -> None:
    """Nobody listens."""


def write(folder: Path, *paths: str) -> None:
    """Write files that hold their own paths."""
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(path)


def names(folder: Path) -> list[str]:
    """Name what lies in a folder."""
    return sorted(path.name for path in folder.iterdir())


class Project:
    """A site's folder. What changes it returns it, so that a test reads as a story."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "content").mkdir(parents=True)
        self.write("dateline.toml", '[site]\ntitle = "Test"\nbase_url = "https://news.example/"\n')

    def write(self, path: str, text: str | bytes) -> "Project":
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())
        return self

    def configure(self, tables: str) -> "Project":
        """Add tables to the configuration."""
        return self.write("dateline.toml", f"{(self.root / 'dateline.toml').read_text()}\n{tables}")

    def article(self, path: str, title: str, date: str, body: str = "Text.", **front: str) -> "Project":
        fields: dict[str, str] = {"title": title, "date": date} | front
        head = "".join(f"{name}: {value}\n" for name, value in fields.items())
        return self.write(f"content/{path}", f"---\n{head}---\n\n{body}\n")

    def remove(self, path: str) -> "Project":
        (self.root / path).unlink()
        return self

    def move(self, path: str, target: str) -> "Project":
        (self.root / target).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).rename(self.root / target)
        return self

    def build(self, now: datetime = NOW, **options: Any) -> BuildReport:  # noqa: ANN401 - any option
        return build(self.root, Options(now, **options), quiet, quiet)

    def ingest(self, *inputs: str, now: datetime = NOW, **options: bool) -> IngestReport:
        given = [(self.root / name, name) for name in inputs or ("seeds",)]
        how = run.Options(now=now, **dict[str, Any](options))
        heard = Collector()
        run.ingest(self.root, read_config(self.root), given, how, heard.hear, quiet, quiet)
        return heard.report

    def read(self, path: str) -> str:
        return (self.root / "site" / path).read_text()

    def exists(self, path: str) -> bool:
        return (self.root / "site" / path).exists()

    def site(self) -> Mapping[str, bytes]:
        return tree(self.root / "site")

    def content(self) -> Mapping[str, bytes]:
        return tree(self.root / "content")

    def times(self) -> Mapping[str, int]:
        site = self.root / "site"
        return {path: (site / path).stat().st_mtime_ns for path in self.site()}


def tree(folder: Path) -> dict[str, bytes]:
    """Read every file below a folder but the hidden ones; one that goes while this looks is not there."""
    found: dict[str, bytes] = {}
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for path in (Path(place, name) for name in names if not name.startswith(".")):
            with suppress(FileNotFoundError, NotADirectoryError):
                if path.is_file():
                    found[str(path.relative_to(folder))] = path.read_bytes()
    return dict(sorted(found.items(), key=lambda item: item[0].split("/")))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / "project")


@pytest.fixture
def another(tmp_path: Path) -> Callable[[], Project]:
    """Make further projects, each in a folder of its own."""
    made: list[Project] = []

    def make() -> Project:
        made.append(Project(tmp_path / f"project-{len(made)}"))
        return made[-1]

    return make


@pytest.fixture(scope="session")
def server() -> Iterator["Buckets"]:
    """Run an S3 server for all tests that need one."""
    from buckets import running  # noqa: PLC0415 - it takes long to load

    with running() as buckets:
        yield buckets


@pytest.fixture
def buckets(server: "Buckets", monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> "Buckets":
    """Give that server without any bucket, and an environment that has the right to it, and nothing else."""
    for name in list(os.environ):
        if name.startswith(("AWS_", "AZURE_", "GOOGLE_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "the-key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "the-secret")
    monkeypatch.setenv("HOME", str(tmp_path))
    server.forget()
    return server
