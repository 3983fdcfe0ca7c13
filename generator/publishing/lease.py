"""One publisher at a time: a small file at the host says who it is, and is renewed as long as they live.

Nobody's clock is compared with anybody else's. Who finds a lease watches it: one that is not renewed for `PATIENCE`
seconds has no holder any more and is taken over. One that a dead process of the same machine left is taken at once.
"""

import hashlib
import os
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from platform import node

from generator import records
from generator.model import Passing
from generator.publishing.host import LOCK, HostError, Shared
from generator.records import Value

RENEWAL = 15.0
"""Seconds between two renewals."""

PATIENCE = 90.0
"""Seconds without a renewal after which a holder is taken for dead: several may fail before."""

GLANCE = 5.0
"""Seconds between two looks at somebody else's lease."""


_LIVE: set[str] = set()
"""The secrets of the leases that this process holds."""


class Claim(Value, frozen=True):
    """Who holds a lease: a machine with its boot and its space of processes, a process, a secret, a count."""

    machine: str
    process: int
    token: str
    renewals: int = 0


class Lease:
    """The right to change a host, as long as it is renewed.

    Args:
        host: where the lease is kept.
        claim: who holds it.
    """

    def __init__(self, host: Shared, claim: Claim) -> None:
        self._host = host
        self._claim = claim
        self._renewed = time.monotonic()
        self._over = threading.Event()
        self._lost = ""
        self._renewing = threading.Thread(target=self._renew, name="lease", daemon=True)
        self._renewing.start()

    def check(self) -> None:
        """See that the host is still ours to change.

        Raises:
            HostError: somebody else took it over, or it was not renewed for too long.
        """
        late = time.monotonic() - self._renewed > PATIENCE / 2
        if self._lost or late:
            raise HostError(
                self._lost or f"{self._host.name}: could not be reached for {PATIENCE / 2:.0f} seconds"
            )

    def end(self) -> None:
        """Stop renewing, and give the host free if it is still ours."""
        self._over.set()
        self._renewing.join()
        with suppress(HostError):  # the next publisher will see that nobody renews it
            if not self._lost and self._standing():
                self._host.remove(LOCK)

    def _renew(self) -> None:
        while not self._over.wait(RENEWAL):
            try:
                if not self._renewed_once():
                    self._lost = (
                        f"{self._host.name}: another publisher took over; nothing more is changed from here"
                    )
                    return
            except HostError:
                continue  # the next try may reach it; `check` tells when it is too late

    def _renewed_once(self) -> bool:
        renewed = records.changed(self._claim, renewals=self._claim.renewals + 1)
        if self._host.replace(LOCK, records.encode(self._claim), records.encode(renewed)):
            self._claim, self._renewed = renewed, time.monotonic()
            return True
        standing = self._standing()  # a renewal may have got there, and its answer not here
        self._claim = standing or self._claim
        return standing is not None

    def _standing(self) -> Claim | None:
        """Give the claim that stands at the host, if it is ours."""
        claim = _claim(self._host.read(LOCK) or b"")
        return claim if claim and claim.token == self._claim.token else None


@contextmanager
def leased(host: Shared, tell: Callable[[str], None], patience: float = PATIENCE) -> Iterator[Lease]:
    """Hold a host's lease.

    Args:
        host: the host.
        tell: is called with a sentence when there is somebody to wait for.
        patience: seconds without a renewal after which a holder is taken for dead.

    Raises:
        Passing: somebody else publishes there.
        HostError: the host cannot be reached.
    """
    claim = Claim(_machine(), os.getpid(), secrets.token_hex(8))
    _LIVE.add(claim.token)
    try:
        _take(host, claim, tell, patience)
        lease = Lease(host, claim)
        try:
            yield lease
        finally:
            lease.end()
    finally:
        _LIVE.discard(claim.token)


def _take(host: Shared, claim: Claim, tell: Callable[[str], None], patience: float) -> None:
    seen: bytes | None = None
    since = time.monotonic()
    while not host.create(LOCK, records.encode(claim)):
        held = host.read(LOCK)  # nothing if it was given free just now; an empty file is somebody's, too
        if held is not None and held != seen:
            if seen is not None:
                raise Passing(f"{host.name}: another publisher is at work there; try again when it is done")
            seen, since = held, time.monotonic()
            if not _is_dead(held):
                tell(f"{host.name}: somebody publishes there, or was stopped; looking whether they still do")
        waited = time.monotonic() - since
        given_up = waited > patience or (held is not None and _is_dead(held))
        if held is not None and given_up and host.replace(LOCK, held, records.encode(claim)):
            return
        if waited > 2 * patience:  # it does not keep what it says of conditions
            raise HostError(f"{host.name}: the lock {LOCK} can neither be made nor taken")
        time.sleep(min(GLANCE, patience / 4))


def _claim(data: bytes) -> Claim | None:
    try:
        return records.decode(data, Claim)
    except records.Mismatch:
        return None


def _is_dead(held: bytes) -> bool:
    """Tell whether a lease was held by a process of this machine that is no more."""
    claim = _claim(held)
    if claim is None or claim.machine != _machine():
        return False
    try:
        os.kill(claim.process, 0)
    except (ProcessLookupError, OverflowError):  # or no machine has processes of that number
        return True
    except PermissionError:  # it lives, and is somebody else's
        return False
    return claim.process == os.getpid() and claim.token not in _LIVE


def _machine() -> str:
    """Name this machine, its boot and its space of process numbers, which containers have of their own.

    The name tells nothing else: in a bucket everybody may read a lease.
    """
    name = node()
    with suppress(OSError):  # not Linux
        boot = Path("/proc/sys/kernel/random/boot_id").read_text()
        name = f"{name} {boot.strip()} {Path('/proc/self/ns/pid').readlink()}"
    return hashlib.blake2b(name.encode(), digest_size=16).hexdigest()
