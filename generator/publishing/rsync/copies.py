"""Files that rsync brings to a place and back, and what it says of those that are there."""

import os
import re
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from generator.publishing.host import File, HostError
from generator.publishing.rsync.destination import Destination, Way
from generator.publishing.rsync.faults import RsyncError
from generator.publishing.rsync.program import MAKING_PATHS, Program, is_remark
from generator.publishing.rsync.sources import empty, linked

_ABSENT = re.compile(r"change_dir\S* .*failed: No such file or directory \(2\)")
"""What rsync says of a folder that is not there (`change_dir` in its main.c)."""

_LISTED = re.compile(
    r"(?P<kind>.)(?P<mode>[-rwxsStT]{9})\S? +[\d,.]+ \d{4}/\d\d/\d\d \d\d:\d\d:\d\d (?P<name>.+)", re.DOTALL
)
"""A line of `--list-only` (`list_file_entry` in its generator.c)."""

_SAME = re.compile(r"\.f[ .]{9} (?P<name>.+)", re.DOTALL)
"""A line of `--itemize-changes` of a file that is as it should be (rsync(1), `--itemize-changes`)."""

_DISABLED = re.compile(r"rrsync error: option -\w*K|option -K has been disabled")
"""What `rrsync` says where it keeps an account to a folder: links to folders are not to be followed there."""

_CLOSED = re.compile(r'rsync: (?:\[sender\] )?opendir ".*" failed: Permission denied \(13\)')
"""What rsync says of a folder that it may not read (`send_directory` in its flist.c)."""

_VANISHED = 24
"""rsync ends so where some of what it was to send is gone (rsync(1), "Exit values")."""

_WILDCARD = re.compile(r"[*?[]")
_WILD = re.compile(r"[*?[\\]")
"""What makes a pattern of a name, and what has a backslash before it then."""

_REMOVED = "sender removed "
_DELETED = "deleting "

_DELETING = ("--dirs", "--delete-missing-args", "--info=del")
"""Also given where nothing is deleted, so that a host that refuses it does so before anything is changed."""


class Copies:
    """A folder that rsync reaches.

    Args:
        name: what the host is called.
        destination: where it is.
        program: how rsync is called.

    Attributes:
        missing: it is not there.
    """

    def __init__(self, name: str, destination: Destination, program: Program) -> None:
        self._name = name
        self._address = destination.address
        self._program = program
        self._modes = "--chmod=D755,F644"
        self._compressing = [] if destination.way is Way.HERE else ["--compress"]
        self._following = ["--keep-dirlinks"]
        self.missing = False

    def look(self) -> None:
        """See whether the folder is there, and what its permissions are: those of new folders are made like them.

        Raises:
            RsyncError: it cannot be told.
        """
        try:
            printed = self._program.run(["--list-only", "--dirs", "--exclude=*", self._address])
        except RsyncError as error:
            if not _ABSENT.search(error.said):
                raise
            self.missing = True
            return
        mode = next((found["mode"] for found in map(_LISTED.fullmatch, printed) if found), "")
        if mode[4:5] == "w":  # a group works there together
            inherited = "2" if mode[5] in "sS" else "0"
            self._modes = f"--chmod=D{inherited}775,F664"

    def make(self) -> None:
        """Make the folder, and those above it where this rsync and the host's can."""
        with empty() as folder:
            making = ["--dirs", "--perms", self._modes, f"{folder}/", self._address]
            try:
                above = ["--mkpath"] if self._program.version >= MAKING_PATHS else []
                self._program.run([*above, *making])
            except RsyncError:  # the host's rsync may be older than this one
                self._program.run(making)
        self.missing = False

    def read(self, *names: str) -> dict[str, bytes]:
        """Read small files that lie in the folder itself; those that are not there are left out.

        The folder is read to its end, so that a file that is left out is not there.

        Raises:
            RsyncError: it cannot be told.
        """
        if self.missing:
            return {}
        chosen = [f"--include=/{name}" for name in names]
        with empty() as folder:
            self._program.run(["--dirs", "--links", *chosen, "--exclude=*", self._address, f"{folder}/"])
            return {path.name: _content(path) for path in folder.iterdir()}

    def write(self, small: Mapping[str, bytes], *, link: bool = False, fresh: bool = False) -> None:
        """Write small files into the folder itself.

        Args:
            small: what they hold, by name.
            link: make symbolic links whose targets are that.
            fresh: leave alone what is there already.
        """
        more = [*(["--links"] if link else []), *(["--ignore-existing"] if fresh else [])]
        with empty() as folder:
            for name, data in small.items():
                if link:
                    (folder / name).symlink_to(os.fsdecode(data))
                else:
                    (folder / name).write_bytes(data)
            for _ in self._push([*_DELETING, *more], folder, list(small)):
                pass

    def remove(self, *names: str) -> None:
        """Remove small files from the folder itself; they may be gone already."""
        for _ in self._deleted(names, stoppable=False):
            pass

    def send(self, files: Sequence[File]) -> Generator[str, None, None]:
        """Bring files there; gives the path of each when it is in its place.

        What is sent is a folder of links to the files. rsync takes a link away when the host has said that the
        file is in its place (`--remove-source-files`): that is how we know.

        Raises:
            RsyncError: some did not get there.
        """
        with linked(files) as folder:
            left = {file.path for file in files}
            sending = ["--copy-links", "--remove-source-files", "--info=remove"]
            failure: RsyncError | None = None
            try:
                for line in self._push(sending, folder, [file.path for file in files], stoppable=True):
                    path = line.removeprefix(_REMOVED)
                    if path in left and not os.path.lexists(folder / path):
                        left.remove(path)
                        yield path
            except RsyncError as error:
                failure = error
            arrived = sorted(path for path in left if not os.path.lexists(folder / path))
            yield from arrived
            left.difference_update(arrived)
        if left:  # else it failed in what does not matter, such as the permissions of somebody else's folder
            raise failure or HostError(f"{self._name}: {min(left)} did not get there")

    def delete(self, paths: Sequence[str]) -> Generator[str, None, None]:
        """Delete files, then folders that this leaves empty; gives the path of each file when it is gone."""
        left = dict.fromkeys(paths)
        for line in self._deleted(paths):
            if line in left:
                del left[line]
                yield line
        emptied = self._emptied(paths)
        while emptied:
            for _ in self._deleted(emptied):
                pass
            emptied = self._emptied(emptied)
        yield from left

    def _emptied(self, gone: Iterable[str]) -> list[str]:
        """Give the folders that something is gone from and that are empty now; a link to a folder is none."""
        folders = {_above(path) for path in gone} - {""}
        if not folders:
            return []
        patterns = [f"/{_literal(path)}/" for path in sorted(_with_those_above(folders))]
        patterns += [f"/{_literal(path)}/*" for path in sorted(folders)]
        printed = self._program.lines(["--list-only", "--recursive", self._address], patterns=patterns)
        looked = [found for found in map(_LISTED.fullmatch, printed) if found]
        filled = {_above(found["name"]) for found in looked}
        return sorted(
            found["name"] for found in looked if found["kind"] == "d" and found["name"] in folders - filled
        )

    def names(self) -> Iterator[str]:
        """Give the path of everything there but folders and what is hidden.

        Folders below that may not be read are somebody else's.
        """
        if self.missing:
            return
        arguments = ["--list-only", "--recursive", "--exclude=.*", "--no-human-readable", self._address]
        try:
            for found in map(_LISTED.fullmatch, self._program.lines(arguments)):
                if found and found["kind"] != "d":
                    name = found["name"]
                    yield name.partition(" -> ")[0] if found["kind"] == "l" else name
        except RsyncError as error:
            if any(not _CLOSED.match(line) for line in error.telling):
                raise

    def same(self, files: Sequence[File]) -> Iterator[str]:
        """Give the paths of the files that are at the host byte by byte as they are here: it compares checksums."""
        if not files:
            return
        with linked(files) as folder:
            asked = ["--copy-links", "--checksum", "--dry-run", "--itemize-changes", "--itemize-changes"]
            arguments = [*asked, f"{folder}/", self._address]
            for line in self._program.lines(arguments, [file.path for file in files]):
                found = _SAME.fullmatch(line)
                if found:
                    yield found["name"]

    def _deleted(self, paths: Sequence[str], *, stoppable: bool = True) -> Iterator[str]:
        """Delete files and empty folders, and give what rsync says that it deleted; folders end with `/`.

        A call that deletes brings nothing: with something that is here before it in their list, rsync 3.4 and
        Debian's 3.2.7 refuse what is not (RsyncProject/rsync, issue 910).
        """
        listed = [path for path in paths if not is_remark(path)]
        try:
            if listed:
                yield from self._deleted_below("", listed, stoppable=stoppable)
        except RsyncError as error:
            if "invalid path from sender" not in error.said:
                raise
            # the host's rsync is older than 3.2 and wants folders for its list: it is told of none
            for folder, inside in groupby(sorted(listed, key=_above), key=_above):
                names = [path.rpartition("/")[2] for path in inside]
                yield from self._deleted_below(f"{folder}/" if folder else "", names, stoppable=stoppable)
        for path in filter(is_remark, paths):
            above, slash, name = path.rpartition("/")
            with empty() as nothing:
                self._program.run([*_DELETING, f"{nothing}/{name}", f"{self._address}{above}{slash}"])
            yield path

    def _deleted_below(self, folder: str, names: Sequence[str], *, stoppable: bool) -> Iterator[str]:
        with empty() as nothing:
            for line in self._push(_DELETING, nothing, names, below=folder, stoppable=stoppable):
                yield f"{folder}{line.removeprefix(_DELETED)}"

    def _push(
        self,
        options: Sequence[str],
        folder: Path,
        names: Sequence[str],
        *,
        below: str = "",
        stoppable: bool = False,
    ) -> Iterator[str]:
        """Bring what lies in a folder to the host, and give what rsync prints."""
        writing = ["--perms", self._modes, "--ignore-times", *self._compressing, *options]
        arguments = [*writing, f"{folder}/", f"{self._address}{below}"]
        try:
            yield from self._program.lines([*self._following, *arguments], names, stoppable=stoppable)
        except RsyncError as error:
            if error.status == _VANISHED:  # what is to be deleted there does not lie here, nor do its folders
                return
            if not self._following or not _DISABLED.search(error.said):
                raise
            self._following = []
            yield from self._push(options, folder, names, below=below, stoppable=stoppable)


def _content(path: Path) -> bytes:
    return os.fsencode(path.readlink()) if path.is_symlink() else path.read_bytes()


def _above(path: str) -> str:
    return path.rpartition("/")[0]


def _with_those_above(folders: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for path in folders:
        above = path
        while above and above not in found:
            found.add(above)
            above = _above(above)
    return found


def _literal(path: str) -> str:
    """Write a path as a pattern that nothing else fits (rsync(1), "Pattern matching rules")."""
    return _WILD.sub(r"\\\g<0>", path) if _WILDCARD.search(path) else path
