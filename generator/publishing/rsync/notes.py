"""A lease at a place that rsync reaches: small files that are symbolic links, whose target is what they say.

rsync writes a file beside the old one and moves it there, whoever was quicker; a link that is not there yet it
makes with symlink(2), which fails where there is one already (`atomic_create` in its generator.c). So of several
that create a note, one succeeds, by the word of the host's file system. A daemon that changes links (`munge
symlinks`) changes them back for readers.
"""

import time

from generator.publishing.rsync.copies import Copies
from generator.publishing.rsync.faults import RsyncError

TURN = 60.0
"""Seconds after which whoever was about to replace a note is taken for dead: no call of rsync lasts so long."""

_GLANCE = 0.5
"""Seconds between two looks at whose turn it is."""


class Notes:
    """What a lease is kept with: see `host.Shared`.

    Args:
        name: what the host is called.
        copies: how its small files are read and written.
    """

    def __init__(self, name: str, copies: Copies) -> None:
        self.name = name
        self._copies = copies

    def create(self, name: str, data: bytes) -> bool:
        """See `Shared`."""
        self._link(name, data)
        return self.read(name) == data

    def read(self, name: str) -> bytes | None:
        """See `Shared`."""
        return self._copies.read(name).get(name)

    def replace(self, name: str, old: bytes, new: bytes) -> bool:
        """See `Shared`.

        Who replaces takes turns: a second note, which only one can create, says whose turn it is. They look whether
        the first still says what they want to replace, write it, and take the second away. Who was killed in their
        turn is waited for, for `TURN` seconds. What remains: two that have both waited for such a third one, and
        take the second note away in the same moment, may both write. They read back what they wrote, so both go on
        only if one reads before the other writes.
        """
        if not self._take_turn(name, old, new):
            return self.read(name) == new  # an earlier try that seemed to fail, and did not
        self._copies.write({name: new}, link=True)
        self._copies.remove(_turn(name))
        return self.read(name) == new

    def remove(self, name: str) -> None:
        """See `Shared`. With it goes what a renewal left that the network broke."""
        self._copies.remove(name, _turn(name))

    def _link(self, name: str, data: bytes) -> None:
        try:
            self._copies.write({name: data}, link=True, fresh=True)
        except RsyncError as error:
            if "File exists" not in error.said:  # somebody else was quicker
                raise

    def _take_turn(self, name: str, old: bytes, new: bytes) -> bool:
        """Wait for the turn to replace a note; `False`, and no turn, where it does not say what it said."""
        turn, since, seen = _turn(name), time.monotonic(), b""
        while True:
            self._link(turn, new)
            found = self._copies.read(name, turn)
            says, holder = found.get(name), found.get(turn, b"")
            if says == old and holder == new:
                return True
            if holder in {
                new,
                says,
            }:  # we are too late, or they are done and were stopped before they said so
                self._copies.remove(turn)
            if says != old:
                return False
            if holder != seen:
                since, seen = time.monotonic(), holder
            elif time.monotonic() - since > TURN:
                self._copies.remove(turn)
            time.sleep(_GLANCE)


def _turn(name: str) -> str:
    return f"{name}-turn"
