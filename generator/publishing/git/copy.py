"""A private repository with the tip of a published branch: the repository of the site itself is never touched.

It lies in the state folder, is kept from publish to publish, and can be thrown away. It is made anew when anything
did not end well, when it is damaged, and when what nobody needs any more has made it large.
"""

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator.model import Passing
from generator.publishing.git.program import PATIENCE, Answer, Program, Setting
from generator.publishing.git.surroundings import REMOTE, Place
from generator.publishing.host import HostError

FOLDER = "git"
"""In the state folder: a repository for each branch that is published to."""

BUSY = "at-work"
"""A file in it while it is used: a publish that fails or is killed leaves it there."""

ROOMY = 64 << 20
"""Bytes that it may always have."""

TIMES = 3
"""It may be so many times as large as the site."""

_TIP = "refs/dateline/tip"
_OURS = "refs/dateline/ours"
"""The commit that was pushed from here, so that all that the manifest in it says is true."""

NEXT = "refs/dateline/next"
"""The commit that is to be pushed."""

_ENTRY = re.compile(rb"(?P<mode>\d+) (?P<kind>\w+) (?P<id>[0-9a-f]+)\t(?P<path>.*)", re.DOTALL)

_REASON = re.compile(r"^!\t.*\t\[[^\]]*\] \((.*)\)$", re.MULTILINE)
"""Why a push was refused, in what it prints for programs (git-push, "OUTPUT")."""


class Damaged(Exception):
    """The private repository does not hold what it should."""


@dataclass(frozen=True, slots=True)
class Tip:
    """What a branch holds.

    Attributes:
        commit: its id, "" where there is no branch yet.
        blobs: the ids of its files, by path. Other entries, such as submodules, have "".
        ours: it was pushed from here.
    """

    commit: str
    blobs: dict[str, str]
    ours: bool


class Copy:
    """The private repository.

    Args:
        folder: where it is.
        place: where the published branch is.
        branch: its name.
        name: what messages call it.
    """

    def __init__(self, folder: Path, place: Place, branch: str, name: str) -> None:
        self.folder = folder
        self.name = name
        self.size = 0
        self._ref = f"refs/heads/{branch}"
        settings: tuple[Setting, ...] = (
            *place.settings,
            (f"remote.{REMOTE}.url", place.address),
            (f"remote.{REMOTE}.promisor", "true"),
            (f"remote.{REMOTE}.partialclonefilter", "blob:none"),
        )
        self.git = Program((f"--git-dir={folder}",), settings)

    def make(self, algorithm: str = "sha1") -> None:
        """Make it anew, with ids of a kind."""
        put_away(self.folder)
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        self._done(self.git.ask("init", "--quiet", "--bare", "--template=", f"--object-format={algorithm}"))
        (self.folder / BUSY).touch()

    def look(self) -> Tip:
        """See what the branch holds; what is not here yet of that is fetched, but for what its files hold.

        Raises:
            HostError: the branch cannot be read.
        """
        try:
            known = self._known()
        except Damaged:
            self.make()
            known = self._known()
        commit, algorithm = self.ask()
        if algorithm and algorithm != self.algorithm():
            self.make(algorithm)
        if not commit:
            return Tip("", {}, ours=False)
        return known if commit == known.commit else self._fetch()

    def ask(self) -> tuple[str, str]:
        """Ask the server for the branch's tip, "" where there is no branch, and the kind of its ids, "" if unknown.

        Raises:
            HostError: it does not tell.
        """
        answer = self.git.reach("ls-remote", REMOTE, "HEAD", self._ref, patience=PATIENCE)
        if answer.status:
            raise self.failed("cannot be read", answer)
        # Names may hold what Python takes for the end of a line.
        lines = answer.out.decode(errors="replace").strip("\n").split("\n")
        pairs = [(commit, ref) for commit, _, ref in (line.partition("\t") for line in lines) if commit]
        lengths = {len(commit) for commit, _ in pairs}
        algorithm = "" if not lengths else "sha256" if 64 in lengths else "sha1"  # noqa: PLR2004 - digits of SHA-256
        return next((commit for commit, ref in pairs if ref == self._ref), ""), algorithm

    def failed(self, what: str, answer: Answer) -> HostError:
        """Say that a command failed, in the words of git and the server."""
        return HostError(f"{self.name}: {what}: {answer.words or f'git ended with {answer.status}'}")

    def algorithm(self) -> str:
        """Name the hash function that ids are made with."""
        return self._done(self.git.ask("rev-parse", "--show-object-format")).decode().strip()

    def _known(self) -> Tip:
        listed = self.git.ask("for-each-ref", "--format=%(refname) %(objectname)", _TIP, _OURS)
        if listed.status:
            raise Damaged
        refs = dict(line.split() for line in listed.out.decode().splitlines())
        if _TIP not in refs:
            return Tip("", {}, ours=False)
        tree = self.git.ask("ls-tree", "-r", "-z", "--full-tree", refs[_TIP])
        if tree.status:
            raise Damaged
        return Tip(refs[_TIP], dict(_blobs(tree.out)), ours=refs.get(_OURS) == refs[_TIP])

    def _fetch(self) -> Tip:
        answer = self.git.reach(
            *("fetch", "--quiet", "--no-tags", "--depth=1", "--filter=blob:none", "--no-write-fetch-head"),
            *("--refmap=", REMOTE, f"+{self._ref}:{_TIP}"),
        )
        if answer.status:
            raise self.failed("cannot be read", answer)
        try:
            return self._known()
        except Damaged:
            raise HostError(
                f"{self.name}: the copy of it in {self.folder} is damaged; publish again"
            ) from None

    def read(self, blob: str) -> bytes:
        """Read a file by its id; it is fetched where it is not here.

        Raises:
            HostError: it cannot be.
        """
        answer = self.git.reach("cat-file", "blob", blob)
        if answer.status:
            raise self.failed("cannot be read", answer)
        return answer.out

    def push(self, tip: str, *, history: bool) -> None:
        """Let the branch have the next commit, if it is still what it was.

        Only of a commit before it, and of one that history was cut at where the push may lean on what is there
        (`--thin`), git takes into account what the server has of it (git-rev-list, `--objects-edge-aggressive`).

        Args:
            tip: the commit that it was at, "" if there was none.
            history: that is the one before it.

        Raises:
            Passing: somebody else changed it meanwhile.
            HostError: it cannot be changed.
        """
        commit = self._commit(NEXT)
        if self.tree(NEXT) == (self.tree(tip) if tip else ""):
            return
        if tip and not history:
            (self.folder / "shallow").write_text(f"{tip}\n")
        answer = self.git.reach(
            *("push", "--porcelain", "--no-verify", "--no-signed", "--no-thin" if history else "--thin"),
            f"--force-with-lease={self._ref}:{tip}",
            REMOTE,
            f"{commit}:{self._ref}",
        )
        if answer.status:
            self._explain(answer, tip, commit)
        self._done(self.git.ask("update-ref", _TIP, commit))
        self._done(self.git.ask("update-ref", _OURS, commit))

    def _explain(self, answer: Answer, tip: str, commit: str) -> None:
        """See what became of a push that failed: its answer may have been lost."""
        try:
            now, _ = self.ask()
        except HostError:
            raise self.failed("did not take what is published", answer) from None
        if now == commit:
            return
        if now != tip:
            raise Passing(f"{self.name}: somebody else published there meanwhile; publish again")
        reasons = _REASON.findall(answer.out.decode(errors="replace"))
        said = "; ".join(
            filter(None, (answer.words, *(each for each in reasons if each not in answer.words)))
        )
        raise self.failed("did not take what is published", answer._replace(words=said))

    def _commit(self, ref: str) -> str:
        return self._done(self.git.ask("rev-parse", "--verify", f"{ref}^{{commit}}")).decode().strip()

    def tree(self, ref: str) -> str:
        """Give the id of what a commit holds."""
        return self._done(self.git.ask("rev-parse", "--verify", f"{ref}^{{tree}}")).decode().strip()

    def _done(self, answer: Answer) -> bytes:
        if answer.status:
            raise self.failed(f"the copy in {self.folder} failed", answer)
        return answer.out


def blob_id(data: bytes, algorithm: str) -> str:
    """Give the id that git knows bytes by: the hash of "blob", their number, a zero byte, and them."""
    return hashlib.new(algorithm, b"blob %d\0%b" % (len(data), data), usedforsecurity=False).hexdigest()


@contextmanager
def copied(state: Path, place: Place, branch: str, name: str) -> Iterator[Copy]:
    """Open the private repository for a branch; one publish of a site goes on at a time.

    Args:
        state: the folder of what is remembered from run to run.
        place: where the branch is.
        branch: its name.
        name: what messages call it.
    """
    key = hashlib.sha256(f"{place.address}\n{branch}".encode(errors="surrogateescape")).hexdigest()[:16]
    copy = Copy(state / FOLDER / key, place, branch, name)
    if not copy.folder.is_dir() or (copy.folder / BUSY).exists():
        copy.make()
    (copy.folder / BUSY).touch()
    yield copy
    if _size(copy.folder) > max(ROOMY, TIMES * copy.size):
        put_away(copy.folder)
    else:
        (copy.folder / BUSY).unlink()


def put_away(folder: Path) -> None:
    """Remove a folder in which a process that was left over may still be writing: some of it may stay for later."""
    for left in folder.parent.glob(f"{folder.name}.away*"):
        shutil.rmtree(left, ignore_errors=True)
    if folder.exists():
        away = Path(tempfile.mkdtemp(prefix=f"{folder.name}.away", dir=folder.parent))
        folder.rename(away / folder.name)
        shutil.rmtree(away, ignore_errors=True)


def _size(folder: Path) -> int:
    return sum((Path(place) / name).stat().st_size for place, _, names in os.walk(folder) for name in names)


def _blobs(listed: bytes) -> Iterator[tuple[str, str]]:
    for line in listed.split(b"\0"):
        entry = _ENTRY.fullmatch(line)
        if entry:
            regular = entry["kind"] == b"blob" and entry["mode"] == b"100644"
            yield entry["path"].decode(errors="surrogateescape"), entry["id"].decode() if regular else ""
