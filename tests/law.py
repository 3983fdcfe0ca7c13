"""What the law is tried with: a site on a disk whose clock is ours, builds of every kind, a clean one elsewhere."""

import os
import shutil
import signal
import sys
import tempfile
import traceback
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import indexes
from conftest import Project, quiet
from hypothesis.stateful import RuleBasedStateMachine, invariant

from generator import files, listings, pages, parts, reconcile
from generator.build import build
from generator.catalogue import RACY_NS, Catalogue
from generator.files import Stat
from generator.model import Language, TemplateText
from generator.render import Templates
from generator.report import BuildReport
from generator.taxonomy import TAXONOMY
from generator.workspace import Options

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own is made there, in memory
HOME = MEMORY if os.access(MEMORY, os.W_OK) else None
"""Where the sites stand: in memory if the system has a place there."""

SECOND = 1_000_000_000
SHOWN = 3
"""How many articles a listing shows here, so that archives come and go."""

TABLE = tuple(
    replace(row, members=min(row.members, SHOWN) if row.members < 1000 else 1000) for row in pages.TABLE
)
FEW = "".join(
    f"{topic.slug} = false\n" for topic in TAXONOMY if topic.slug not in {"sport", "politics", "arts"}
)
SEARCH = "[search]\nenabled = true\n"
PADDING = 256
"""Articles are filled up to a multiple of this, so that most edits keep the size."""


class Disk:
    """Content files as a file system with a coarse clock shows them, at times of our choosing.

    All changes within one step of the clock leave the same stamp, and a file that is renamed keeps its own. What
    builds see are the real files; only the time of a change is told by this clock.
    """

    STEP = RACY_NS

    def __init__(self) -> None:
        self.ns = 1_740_000_000 * SECOND
        self._stamps: dict[int, int] = {}
        self._scan = files.scan

    def scan(
        self, folder: Path, paths: Iterable[str] = ("",), ill_named: list[str] | None = None
    ) -> dict[str, Stat]:
        """Stand in for `files.scan`."""
        stamps = self._stamps
        return {
            path: look._replace(ctime_ns=stamps.get(look.inode, look.ctime_ns))
            for path, look in self._scan(folder, paths, ill_named).items()
        }

    def write(self, path: Path, data: bytes, mtime_ns: int | None = None) -> None:
        """Write a file in place; it may pretend to be of another time, as `cp -p` and `touch -d` do."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        stamp = self.ns // self.STEP * self.STEP
        os.utime(path, ns=(stamp if mtime_ns is None else mtime_ns,) * 2)
        self._stamps[path.stat().st_ino] = stamp

    @staticmethod
    def overwrite_unseen(path: Path, data: bytes) -> None:
        """Change a file so that only reading it tells."""
        times = path.stat().st_mtime_ns
        path.write_bytes(data)
        os.utime(path, ns=(times, times))


class Law(RuleBasedStateMachine):
    """A site, and what holds for it after every build. What happens to it is told by the rules of its heirs."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="dateline-law-", dir=HOME))
        self.project = Project(self.folder / "site")
        self.disk = Disk()
        self.fields: dict[str, dict[str, str]] = {}
        self.foreign: dict[str, bytes] = {}
        self.now = datetime(2025, 2, 28, 12, tzinfo=UTC)
        self.base, self.zone, self.more = "https://news.example/", "UTC", ""
        self.language, self.search = "en", False
        self.unbuilt, self.workers = 0, 1
        self.stops: list[int] = []
        self.elsewhere = Elsewhere(self.project.root, self.folder / "elsewhere")
        self.patches = ExitStack()
        self.patches.enter_context(patch("generator.files.scan", self.disk.scan))
        clock = SimpleNamespace(time_ns=lambda: self.disk.ns)
        self.patches.enter_context(patch("generator.reading.time", clock))
        self.patches.enter_context(patch.object(listings, "NEWEST", SHOWN))
        self.patches.enter_context(patch.object(pages, "TABLE", TABLE))
        self.patches.enter_context(patch.object(parts, "SIZE", SHOWN))
        self.patches.enter_context(patch("generator.indexer.version", indexes.version))
        self.patches.enter_context(patch("generator.indexer.make_index", indexes.maker()))
        self.patches.enter_context(patch("generator.render._compiled", compiled))
        self.configure()

    def teardown(self) -> None:
        self.patches.close()
        shutil.rmtree(self.folder)

    def configure(self) -> None:
        site = f'[site]\ntitle = "Law"\nbase_url = "{self.base}"\n'
        site += f'timezone = "{self.zone}"\nlanguage = "{self.language}"\n'
        self.project.write("dateline.toml", f"{site}\n[topics]\n{FEW}{self.more}{SEARCH * self.search}")

    def change(self, path: str, **fields: str) -> None:
        """Change some fields of an article's file, if it still is where it was."""
        if path in self.fields:
            self.fields[path] |= fields
            self.disk.write(self.project.root / path, self.text(path))

    def text(self, path: str) -> bytes:
        fields = self.fields[path]
        head = "".join(f"{name}: {value}\n" for name, value in fields.items() if name != "body" and value)
        text = f"---\n{head}---\n\n{fields['body']}\n".encode()
        return text + b"\n" * (-len(text) % PADDING)

    def site(self) -> dict[str, bytes]:
        return tree(self.project.root / "site")

    def build(self, *, verify: bool = False) -> BuildReport:
        options = Options(self.now, verify=verify, workers=self.workers)
        return build(self.project.root, options, quiet, quiet)

    def build_apart(self) -> BuildReport:
        """Build as a process does that knows nothing of earlier builds."""
        return self.build()

    def build_and_be_stopped(self, after: int) -> None:
        """Build in a process of its own that is killed at its nth change to the disk."""
        child = os.fork()
        if not child:
            with suppress(BaseException):
                stop_after(after)
                self.build_apart()
                os._exit(0)
            traceback.print_exc()
            os._exit(1)
        _, status = os.waitpid(child, 0)

        assert status in {0, signal.SIGKILL}

    @invariant()
    def incremental_equals_clean(self) -> None:
        if self.unbuilt:
            self.unbuilt -= 1
            return
        for after in self.stops:
            self.build_and_be_stopped(after)
        self.build()
        self.workers, self.stops = 1, []
        actual = self.site()

        assert {path: actual.pop(path, b"") for path in self.foreign} == self.foreign
        assert self.unblocked(actual) == self.unblocked(self.elsewhere.site(self.now))
        self.nothing_to_do_does_nothing()

    def unblocked(self, site: Mapping[str, bytes]) -> Mapping[str, bytes]:
        """Leave out the pages whose place somebody else's file has taken."""
        if not self.foreign:
            return site
        taken = [f"{path}/" for path in self.foreign]
        return {
            path: data
            for path, data in site.items()
            if not any(f"{path}/".startswith(place) or place.startswith(f"{path}/") for place in taken)
        }

    def nothing_to_do_does_nothing(self) -> None:
        before = looks(self.project.root / "site")
        self.disk.ns += SECOND // 10
        with patch("generator.reconcile.make_plan", wraps=reconcile.make_plan) as planned:
            report = self.build()
        self.disk.ns += SECOND // 5

        assert (report.written, report.deleted) == ((), ())
        assert looks(self.project.root / "site") == before
        assert self.foreign or not planned.called


class Elsewhere:
    """A second site of the same inputs, built from nothing whenever they are other than they were."""

    def __init__(self, root: Path, folder: Path) -> None:
        self._folder = folder
        self._inputs: Any = None
        self._site: dict[str, bytes] = {}
        folder.mkdir()
        for name in ("content", "templates", "dateline.toml"):
            (folder / name).symlink_to(root / name)

    def site(self, now: datetime) -> dict[str, bytes]:
        inputs = now, tree(self._folder / "content"), tree(self._folder / "templates"), self._toml()
        if inputs != self._inputs:
            with patch("generator.render._compiled", compiled_for_clean):
                build(self._folder, Options(now, workers=1), quiet, quiet)
            self._inputs, self._site = inputs, tree(self._folder / "site")
            shutil.rmtree(self._folder / "site")
            shutil.rmtree(self._folder / ".dateline")
        return self._site

    def _toml(self) -> bytes:
        return (self._folder / "dateline.toml").read_bytes()


def compiled(
    sources: tuple[tuple[str, TemplateText], ...], language: Language, _kept: Path | None
) -> Templates:
    """Keep the templates of the sites the rules make."""
    return _templates(sources, language, "kept")


def compiled_for_clean(
    sources: tuple[tuple[str, TemplateText], ...], language: Language, _kept: Path | None
) -> Templates:
    """Keep other ones for clean builds: what one of them remembers by mistake, the others do not."""
    return _templates(sources, language, "clean")


@lru_cache(maxsize=128)
def _templates(sources: tuple[tuple[str, TemplateText], ...], language: Language, _use: str) -> Templates:
    return Templates(dict(sources), language)


def stop_after(changes: int) -> None:
    """Kill this process before the nth step that changes what is on disk: a file moved, deleted, a commit."""
    left = changes
    run, run_many = Catalogue.run, Catalogue.run_many

    def count() -> None:
        nonlocal left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(event: str, values: tuple[Any, ...]) -> None:
        if event in CHANGES or (event == "open" and str(values[0]).endswith("/site/.dateline")):
            count()

    def run_and_count(self: Catalogue, statement: str, *values: Any) -> None:  # noqa: ANN401 - whatever SQLite takes
        if statement == "COMMIT" or (statement.startswith(WRITES) and not in_transaction(self)):
            count()
        run(self, statement, *values)

    def run_many_and_count(self: Catalogue, statement: str, values: Any) -> None:  # noqa: ANN401 - the same
        if not in_transaction(self):
            count()
        run_many(self, statement, values)

    sys.addaudithook(watch)
    patch.multiple(Catalogue, run=run_and_count, run_many=run_many_and_count).start()


def in_transaction(catalogue: Catalogue) -> bool:
    found: bool = vars(catalogue)["_connection"].in_transaction
    return found


CHANGES = frozenset({"os.rename", "os.remove", "os.rmdir", "os.mkdir"})
WRITES = ("INSERT", "UPDATE", "DELETE")


def tree(folder: Path) -> dict[str, bytes]:
    """Read every file below a folder but the journal."""
    return {path: Path(entry.path).read_bytes() for path, entry in entries(str(folder))}


def looks(folder: Path) -> dict[str, tuple[int, int]]:
    """Tell which file is which, and when it was written last, without reading any."""
    found = ((path, entry.stat()) for path, entry in entries(str(folder)))
    return {path: (look.st_ino, look.st_mtime_ns) for path, look in found}


def entries(folder: str, prefix: str = "") -> Iterator[tuple[str, "os.DirEntry[str]"]]:
    with suppress(FileNotFoundError), os.scandir(folder) as found:
        for entry in found:
            if entry.is_dir():
                yield from entries(entry.path, f"{prefix}{entry.name}/")
            elif files.JOURNAL not in entry.name:
                yield prefix + entry.name, entry
