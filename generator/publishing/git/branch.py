"""A branch of a git repository as a host, as GitHub and Codeberg Pages serve one.

Readers see the old commit or the new one. It is pushed on the condition that the branch is still at the commit that
was looked at, so that of two publishers one is told to publish again; no lease is kept.
"""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from generator import hosts
from generator.config import NAME as CONFIG
from generator.filenames import escaped, is_text
from generator.files import STATE
from generator.publishing.git.commit import Commit, begun
from generator.publishing.git.copy import Copy, Tip, blob_id, copied
from generator.publishing.git.program import Program, check_version
from generator.publishing.git.surroundings import holds_sources, look_around
from generator.publishing.host import MANIFEST, OWN, File, HostError
from generator.publishing.manifest import UNKNOWN, parse_manifest
from generator.publishing.redaction import redact

NO_JEKYLL = ".nojekyll"
"""Tells GitHub to serve files as they are (docs.github.com, "About GitHub Pages and Jekyll")."""

DOMAIN = "CNAME"
"""Holds the domain, for GitHub (docs.github.com, "Troubleshooting custom domains")."""

DOMAINS = ".domains"
"""The same for Codeberg (docs.codeberg.org, "Using Custom Domain")."""


@contextmanager
def opened(
    target: hosts.Git,
    root: Path,
    _tell: Callable[[str], None],
    *,
    looking: bool = False,  # noqa: ARG001 - nothing is changed before the push
) -> Iterator["Branch"]:
    """Open a branch to publish to. See `host`; one publish of a site goes on at a time.

    Raises:
        HostError: the branch cannot be read, or must not be published to.
    """
    check_version()
    _check_name(target.branch)
    around = look_around(root)
    place = around.find(target.repository)
    if place.own:
        around.check_apart(target.branch)
    name = f"branch {target.branch} of {redact(place.address)}"
    with copied(root / STATE, place, target.branch, name) as copy:
        tip = copy.look()
        if not tip.blobs.keys().isdisjoint({CONFIG, f"{around.prefix}{CONFIG}"}):
            raise holds_sources(target.branch)
        with ExitStack() as stack:
            yield Branch(target, copy, tip, stack)


def _check_name(branch: str) -> None:
    answer = Program().ask("check-ref-format", "--branch", branch)
    if answer.out.decode(errors="replace").strip() != branch:
        raise HostError(f"{branch}: is no name that a branch can have")


class Branch:
    """A branch as a `Host`: what is to change is collected in a commit, which `finish` pushes.

    Args:
        target: which it is.
        copy: the private repository.
        tip: what it holds.
        stack: ends what is begun.
    """

    form = ""
    exclusive = True

    def __init__(self, target: hosts.Git, copy: Copy, tip: Tip, stack: ExitStack) -> None:
        self.name = copy.name
        self.extras: Mapping[str, bytes] = _extras(target.cname)
        self._target = target
        self._copy = copy
        self._tip = tip
        self._stack = stack
        self._begun: Commit | None = None
        self._small: dict[str, bytes | None] = {}

    def check(self) -> None:
        """See `Host`: the push tells."""

    def read(self, name: str) -> bytes | None:
        """See `Host`."""
        if name not in self._small:
            blob = self._tip.blobs.get(name)
            self._small[name] = self._copy.read(blob) if blob else None
        return self._small[name]

    def write(self, name: str, data: bytes) -> None:
        """See `Host`. Of the small files the branch gets the manifest: no publish is ever half done there."""
        self._small[name] = data

    def remove(self, name: str) -> None:
        """See `Host`."""
        self._small[name] = None

    def listing(self, wanted: Mapping[str, File]) -> dict[str, str]:
        """See `Host`. A file is the same if git gives it the same id, or if it was put there from here."""
        for path in self._tip.blobs:
            if not is_text(path):
                raise HostError(
                    f"{self.name}: holds {escaped(path)}, a name that is not UTF-8; remove it there"
                )
        self._copy.size = sum(file.size for file in wanted.values())
        manifest = parse_manifest(self.read(MANIFEST)) if self._tip.ours else None
        known = manifest.digests if manifest else {}
        algorithm = self._copy.algorithm()
        return {
            path: known[path] if path in known else self._digest(path, blob, wanted, algorithm)
            for path, blob in self._tip.blobs.items()
            if path not in OWN
        }

    def _digest(self, path: str, blob: str, wanted: Mapping[str, File], algorithm: str) -> str:
        file = wanted.get(path)
        if file is None or not blob:
            return UNKNOWN
        data = self.extras[path] if path in self.extras else file.source.read_bytes()
        return file.digest if self._is(data, path, blob, algorithm) else UNKNOWN

    def _is(self, data: bytes, path: str, blob: str, algorithm: str) -> bool:
        if blob_id(data, algorithm) == blob:
            return True
        return path == DOMAIN and self._copy.read(blob).strip().lower() == data.strip().lower()

    def upload(self, files: Sequence[File]) -> Generator[str, None, None]:
        """See `Host`."""
        for file in files:
            self._commit().add_file(file.path, file.source)
            yield file.path

    def delete(self, paths: Sequence[str]) -> Generator[str, None, None]:
        """See `Host`."""
        for path in paths:
            self._commit().remove(path)
            yield path

    def finish(self, summary: str) -> None:
        """See `Host`.

        Raises:
            Passing: somebody else published there meanwhile.
        """
        manifest = self._small.get(MANIFEST)
        if manifest is not None:
            self._commit().add(MANIFEST, manifest)
        self._commit().end(summary, history=self._target.history)
        self._copy.push(self._tip.commit, history=self._target.history)

    def _commit(self) -> Commit:
        if self._begun is None:
            self._begun = self._stack.enter_context(begun(self._copy, self._tip))
        return self._begun


def _extras(domain: str) -> dict[str, bytes]:
    line = f"{domain}\n".encode()
    return {NO_JEKYLL: b""} | ({DOMAIN: line, DOMAINS: line} if domain else {})
