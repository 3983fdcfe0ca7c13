"""The repository that a site lies in, if any: its remotes, how they are reached, where the sources are."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.config import NAME as CONFIG
from generator.publishing.git.program import Program, Setting
from generator.publishing.host import HostError

REMOTE = "host"
"""What the branch's repository is called in the private one."""

_ADDRESS = re.compile(r"[^/]*:")
"""Of an address a colon comes before any slash (gitprotocol, "Git URLs"); of a path it does not."""

_PARTS = re.compile(
    r"(?:[\w+.-]+://)?(?:[^@/]*@)?(?P<host>[^/:@]+)(?::\d+(?=/))?(?::/*|/+)(?P<path>.*)", re.DOTALL
)
"""An address that is no path, which begins with a slash here."""

_CARRIED = re.compile(
    r"(?:http|credential|url|ssh|user|author|committer)\..+|core\.(?:sshcommand|gitproxy|askpass)", re.DOTALL
)
"""What says how to connect, and who does: actions/checkout leaves a token there (`http.<url>.extraHeader`)."""

_CARRIED_OF_REMOTE = frozenset({"proxy", "proxyauthmethod", "receivepack", "uploadpack"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a branch is.

    Attributes:
        address: of its repository, as git takes it: an address or a full path.
        settings: how it is reached.
        own: it is the repository that the site lies in, or one of its remotes.
    """

    address: str
    settings: tuple[Setting, ...]
    own: bool


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The repository that a site lies in; all is empty where it lies in none.

    Attributes:
        root: the site's folder.
        top: the folder of the work tree, `None` where there is none.
        prefix: the path of the site's folder in it, "" or ending in `/`.
        common: its git directory.
        remotes: the addresses of each remote, the one to publish to first.
        settings: its settings.
        words: why git cannot say more.
    """

    root: Path
    top: Path | None = None
    prefix: str = ""
    common: Path | None = None
    remotes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    settings: tuple[Setting, ...] = ()
    words: str = ""

    def find(self, repository: str) -> Place:
        """Tell where a repository is.

        Args:
            repository: its address, a path, or the name of a remote.

        Raises:
            HostError: it is none of them.
        """
        if _ADDRESS.match(repository):
            return self._place(repository)
        if repository in self.remotes:
            address = self.remotes[repository][0]
            return self._place(address, tuple(self._reaching(repository)), own=True)
        path = self.root / Path(repository).expanduser()
        if "/" in repository or repository in {".", ".."} or path.exists():
            return self._place(str(path.resolve()))
        raise HostError(f"{repository}: {self._lacking()}")

    def _place(self, address: str, settings: tuple[Setting, ...] = (), *, own: bool = False) -> Place:
        known = {_plain(each) for addresses in self.remotes.values() for each in addresses}
        known |= {_plain(str(folder)) for folder in (self.top, self.common) if folder}
        carried = [(key, value) for key, value in self.settings if _CARRIED.fullmatch(key)]
        return Place(address, (*carried, *settings), own or _plain(address) in known)

    def _reaching(self, remote: str) -> Iterator[Setting]:
        for key, value in self.settings:
            name = key.removeprefix(f"remote.{remote}.")
            if name in _CARRIED_OF_REMOTE:
                yield f"remote.{REMOTE}.{name}", value

    def _lacking(self) -> str:
        if self.words:
            return f"is to be a remote of the repository that the site lies in; git says: {self.words}"
        if self.common is None:
            return (
                "is neither an address nor a path, and the site lies in no repository whose remote it could be;"
                " give an address as `repository`, or begin with `git init`"
            )
        known = f"it has {', '.join(self.remotes)}" if self.remotes else "it has none"
        return f"is neither an address, nor a path, nor a remote of the site's repository ({known})"

    def check_apart(self, branch: str) -> None:
        """See that a branch of this repository is not one that the sources are on.

        Raises:
            HostError: it is.
        """
        git = Program(("-C", str(self.root)))
        if git.ask("symbolic-ref", "--quiet", "HEAD").out.strip() == f"refs/heads/{branch}".encode():
            raise HostError(
                f"branch {branch} is the one that the site's sources are on; publish to another one"
            )
        refs = git.ask(
            "for-each-ref", "--format=%(refname)", f"refs/heads/{branch}", f"refs/remotes/*/{branch}"
        )
        for ref in refs.out.decode(errors="replace").split():
            if git.ask("cat-file", "-e", f"{ref}:{self.prefix}{CONFIG}").status == 0:
                raise holds_sources(branch)


def holds_sources(branch: str) -> HostError:
    """Say that a branch must not be published to."""
    return HostError(f"branch {branch} holds the sources of a site ({CONFIG}); publish to another one")


def look_around(root: Path) -> Surroundings:
    """Find the repository that a site lies in."""
    git = Program(("-C", str(root)))
    found = git.ask(
        "rev-parse", "--path-format=absolute", "--git-common-dir", "--show-prefix", "--show-toplevel"
    )
    lines = found.out.decode(errors="surrogateescape").split("\n")
    if not lines[0]:
        return Surroundings(root, words=found.words if "ownership" in found.words else "")
    top = Path(lines[2]) if found.status == 0 else None
    everything = list(_settings(git.ask("config", "--null", "--show-scope", "--list").out))
    return Surroundings(
        root,
        top,
        lines[1],
        Path(lines[0]),
        _remotes(everything, top or Path(lines[0])),
        tuple((key, value) for scope, key, value in everything if scope in {"local", "worktree"}),
    )


def _settings(listed: bytes) -> Iterator[tuple[str, str, str]]:
    parts = listed.decode(errors="surrogateescape").split("\0")
    for scope, entry in zip(parts[::2], parts[1::2], strict=False):
        key, equals, value = entry.partition("\n")
        yield scope, key, value if equals else "true"


def _remotes(settings: list[tuple[str, str, str]], top: Path) -> dict[str, tuple[str, ...]]:
    """Give the addresses of each remote, those to push to first."""
    addresses: dict[str, dict[str, list[str]]] = defaultdict(lambda: {"pushurl": [], "url": []})
    for _, key, value in settings:
        found = re.fullmatch(r"remote\.(.+)\.(pushurl|url)", key, re.DOTALL)
        if found and value:
            full = value if _ADDRESS.match(value) else str((top / Path(value).expanduser()).resolve())
            addresses[found[1]][found[2]].append(full)
    return {name: (*lists["pushurl"], *lists["url"]) for name, lists in addresses.items()}


def _plain(address: str) -> str:
    """Give what all addresses of a repository have alike: by ssh or HTTP, with a user, a port, `.git` or not."""
    plain = address.removeprefix("file://")
    parts = _PARTS.fullmatch(plain)
    if parts:
        plain = f"{parts['host']}/{parts['path']}".lower()
    return plain.rstrip("/").removesuffix(".git").rstrip("/")
