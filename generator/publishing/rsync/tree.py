"""A folder that rsync reaches as a host: over ssh, at an rsync daemon, or on this machine."""

import os
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import MappingProxyType

from generator import hosts
from generator.publishing.apart import check_apart
from generator.publishing.host import File
from generator.publishing.lease import Lease, leased
from generator.publishing.manifest import UNKNOWN
from generator.publishing.redaction import redact
from generator.publishing.rsync.copies import Copies
from generator.publishing.rsync.destination import Destination, Way, parse_destination
from generator.publishing.rsync.notes import Notes
from generator.publishing.rsync.program import Program
from generator.publishing.rsync.ssh import remote_shell


@contextmanager
def opened(
    target: hosts.Rsync, root: Path, tell: Callable[[str], None], *, looking: bool = False
) -> Iterator["Tree"]:
    """Open a folder to publish to. See `host`.

    Raises:
        Passing: somebody else publishes there.
        HostError: there is no rsync here or there, or the folder cannot be reached.
    """
    destination = parse_destination(target.destination, root)
    name = redact(target.destination)
    if destination.way is Way.HERE:
        check_apart(Path(destination.address), root)
    with ExitStack() as stack:
        program = stack.enter_context(_program(name, destination))
        copies = Copies(name, destination, program)
        copies.look()
        if looking:
            yield Tree(name, copies, program)
            return
        if copies.missing:
            copies.make()
        lease = stack.enter_context(leased(Notes(name, copies), tell))
        stack.callback(program.stop)
        yield Tree(name, copies, program, lease)


@contextmanager
def _program(name: str, destination: Destination) -> Iterator[Program]:
    with ExitStack() as stack:
        options = []
        if destination.way is Way.SHELL and not os.environ.get("RSYNC_RSH"):
            options.append(f"--rsh={stack.enter_context(remote_shell(destination.host))}")
        yield Program(name, options, daemon=destination.way is Way.DAEMON)


class Tree:
    """A folder that rsync reaches, as a `Host`.

    A file's time at the host is that of its arrival there, so that what a web server says of it
    (`Last-Modified`) never goes back, whichever machine built the site.

    Args:
        name: what messages call it.
        copies: how files get there.
        program: the rsync that brings them.
        lease: the right to change it; `None` for who is only looking.
    """

    form = ""
    exclusive = False
    extras: Mapping[str, bytes] = MappingProxyType({})

    def __init__(self, name: str, copies: Copies, program: Program, lease: Lease | None = None) -> None:
        self.name = name
        self._copies = copies
        self._program = program
        self._lease = lease

    def check(self) -> None:
        """See `Host`."""
        if self._lease:
            try:
                self._lease.check()
            except BaseException:
                self._program.stop()
                raise

    def read(self, name: str) -> bytes | None:
        """See `Host`."""
        return self._copies.read(name).get(name)

    def write(self, name: str, data: bytes) -> None:
        """See `Host`."""
        self._copies.write({name: data})

    def remove(self, name: str) -> None:
        """See `Host`."""
        self._copies.remove(name)

    def listing(self, wanted: Mapping[str, File]) -> dict[str, str]:
        """See `Host`. The host computes checksums of the files that are wanted."""
        found = dict.fromkeys(self._copies.names(), UNKNOWN)
        same = self._copies.same([file for path, file in wanted.items() if path in found])
        return found | {path: wanted[path].digest for path in same}

    def upload(self, files: Sequence[File]) -> Generator[str, None, None]:
        """See `Host`."""
        return self._copies.send(files)

    def delete(self, paths: Sequence[str]) -> Generator[str, None, None]:
        """See `Host`."""
        return self._copies.delete(paths)

    def finish(self, summary: str) -> None:
        """See `Host`: everything is seen already."""
