"""Publishing for tests: places to publish to, hosts that fail at a chosen moment, a reader who looks at them."""

import gzip
import shutil
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest
from conftest import Project, quiet, tree
from repositories import bare, commit, commits, git, held

from generator import publish as publisher
from generator.build import read_config
from generator.checking import documents, markup
from generator.checking.targets import Map
from generator.outstanding import outstanding
from generator.publishing.git.branch import NO_JEKYLL
from generator.publishing.host import OWN, File, Host, HostError
from generator.report import PublishReport
from generator.urls import INDEX

if TYPE_CHECKING:
    from buckets import Buckets, Stored

BASE = "https://news.example/"


class Place(Protocol):
    """Where tests publish to: what `[publish.web]` says of it, and what a reader finds there."""

    table: str
    stride: int
    """Only every so many moments of a publish are tried: of a host where all is seen at once, few differ."""

    def files(self) -> dict[str, bytes]:
        """Give every file that a reader can ask for, without what Dateline keeps there for itself."""

    def put(self, path: str, data: bytes) -> None:
        """Put a file there, as somebody else does."""

    def keep(self) -> Any:  # noqa: ANN401 - whatever it takes
        """Remember what stands there now."""

    def put_back(self, kept: Any) -> None:  # noqa: ANN401 - as it was kept
        """Make it as it was."""


class FolderPlace:
    """A folder beside the site's."""

    stride = 1

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.table = f'kind = "folder"\npath = "{folder}"'

    def files(self) -> dict[str, bytes]:
        return tree(self.folder)

    def put(self, path: str, data: bytes) -> None:
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_bytes(data)

    def keep(self) -> dict[str, bytes]:
        found = (path for path in self.folder.rglob("*") if path.is_file())
        return {str(path.relative_to(self.folder)): path.read_bytes() for path in found}

    def put_back(self, kept: Mapping[str, bytes]) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        for path, data in kept.items():
            self.put(path, data)


class RsyncPlace(FolderPlace):
    """The same, by rsync."""

    stride = 37

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.table = f'kind = "rsync"\ndestination = "{folder}"'


class BranchPlace:
    """A branch of a repository beside the site's folder."""

    stride = 7

    def __init__(self, repository: Path) -> None:
        self.repository = bare(repository)
        self.table = f'kind = "git"\nrepository = "{repository}"'

    def files(self) -> dict[str, bytes]:
        hidden = {NO_JEKYLL, *OWN}
        return {path: data for path, data in held(self.repository).items() if path not in hidden}

    def put(self, path: str, data: bytes) -> None:
        commit(self.repository, "gh-pages", {path: data})

    def keep(self) -> list[str]:
        return commits(self.repository)[:1]

    def put_back(self, kept: Sequence[str]) -> None:
        branch = "refs/heads/gh-pages"
        git(self.repository, "update-ref", *((branch, *kept) if kept else ("-d", branch)))


class BucketPlace:
    """A folder of a bucket that others use too."""

    stride = 3

    def __init__(self, buckets: "Buckets", name: str, more: str = "") -> None:
        buckets.make(name)
        self._buckets = buckets
        self._name = name
        place = f'url = "s3://{name}"\nprefix = "the news"\nendpoint = "{buckets.endpoint}"'
        self.table = f'kind = "bucket"\n{place}\n{more}'

    def files(self) -> dict[str, bytes]:
        found = self._buckets.stored(self._name).items()
        return {
            key.removeprefix("the news/"): gzip.decompress(data) if encoding == "gzip" else data
            for key, (data, encoding) in found
            if key.startswith("the news/")
        }

    def put(self, path: str, data: bytes) -> None:
        self._buckets.put(self._name, f"the news/{path}", data)

    def keep(self) -> Mapping[str, "Stored"]:
        return self._buckets.stored(self._name)

    def put_back(self, kept: Mapping[str, "Stored"]) -> None:
        self._buckets.put_back(self._name, kept)


def publish(project: Project, target: str = "", **options: Any) -> PublishReport:  # noqa: ANN401 - any option
    """Publish a site as the command does."""
    config = read_config(project.root)
    left = partial(outstanding, project.root, config)
    return publisher.publish(project.root, config, publisher.Options(target, **options), left, quiet, quiet)


class Killed(BaseException):
    """The publisher died: nothing that it does afterwards reaches the host."""


class Faulty:
    """A host that goes wrong at one of the moments that matter: before any file there changes.

    Args:
        host: a real one.
        moment: which; the host works until then.
        how: what is raised then, and at everything after it.
        once: it works again after that.
    """

    def __init__(
        self, host: Host, moment: float, how: Callable[[], BaseException], *, once: bool = False
    ) -> None:
        self._host = host
        self._left = moment
        self._how = how
        self._once = once
        self.passed = 0

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - what the real one has
        return getattr(self._host, name)

    def _go_on(self) -> None:
        self.passed += 1
        if self.passed == self._left + 1 or (self.passed > self._left and not self._once):
            raise self._how()

    def write(self, name: str, data: bytes) -> None:
        self._go_on()
        self._host.write(name, data)

    def remove(self, name: str) -> None:
        self._go_on()
        self._host.remove(name)

    def upload(self, files: Sequence[File]) -> Iterator[str]:
        for file in files:
            self._go_on()
            yield from self._host.upload([file])

    def delete(self, paths: Sequence[str]) -> Iterator[str]:
        for path in paths:
            self._go_on()
            yield from self._host.delete([path])

    def finish(self, summary: str) -> None:
        self._go_on()
        self._host.finish(summary)


@contextmanager
def failing(
    monkeypatch: pytest.MonkeyPatch, moment: float, how: Callable[[], BaseException], *, once: bool = False
) -> Iterator[None]:
    """Let every host that is opened inside fail at a moment."""
    real = publisher._opened  # noqa: SLF001 - the one place where hosts are opened

    def open_faulty(*arguments: Any, **options: Any) -> AbstractContextManager[Any]:  # noqa: ANN401 - as it comes
        @contextmanager
        def faulty() -> Iterator[Faulty]:
            with real(*arguments, **options) as host:
                yield Faulty(host, moment, how, once=once)

        return faulty()

    with monkeypatch.context() as patch:
        patch.setattr(publisher, "_opened", open_faulty)
        yield


def moments(
    project: Project,
    place: Place,
    monkeypatch: pytest.MonkeyPatch,
    how: Callable[[], BaseException],
    step: int = 1,
) -> Iterator[int]:
    """Publish a site over and over from what stands at a place now, stopped some moments later every time.

    Yields the number of the moment, while the place is as the publisher left it.
    """
    kept = place.keep()
    moment = 0
    while True:
        place.put_back(kept)
        try:
            with failing(monkeypatch, moment, how):
                publish(project)
        except (HostError, Killed):
            yield moment
            moment += step * place.stride
        else:
            return


def dead_links(files: Mapping[str, bytes], base_url: str = BASE) -> list[str]:
    """Follow every link from the front page on, and those of all feeds, and name those that lead nowhere."""
    there = Map(base_url, files)
    dead, seen, waiting = [], {INDEX}, deque([INDEX] if INDEX in files else [])
    while waiting:
        path = waiting.popleft()
        for reference in markup.read_page(files[path]).references:
            target = there.find(reference.address, there.address(path))
            if target.fault:
                dead.append(f"{path} -> {reference.address}")
            elif reference.leads and target.file.endswith(".html") and target.file not in seen:
                seen.add(target.file)
                waiting.append(target.file)
    for path, data in files.items():
        read = documents.reader(path)
        if read:
            named = read(data).references
            found = (there.find(reference.address, there.address(path)) for reference in named)
            dead += [f"{path} -> {target.address}" for target in found if target.fault]
    return dead


def torn(files: Mapping[str, bytes], *states: Mapping[str, bytes]) -> list[str]:
    """Name the files that are neither as one of some states has them nor absent."""
    return [path for path, data in files.items() if all(state.get(path) != data for state in states)]


def shown(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Give what is part of the site."""
    return {path: data for path, data in files.items() if path not in OWN}
