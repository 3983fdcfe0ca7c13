"""The lease: one publisher at a time, whoever is killed."""

import os
import subprocess
import sys
import threading

import pytest
from conftest import quiet

from generator import records
from generator.model import Passing
from generator.publishing import lease
from generator.publishing.host import LOCK, HostError
from generator.publishing.lease import Claim, leased


class Memory:
    """A host that is a dictionary."""

    name = "memory"

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.reachable = True
        self._lock = threading.Lock()

    def create(self, name: str, data: bytes) -> bool:
        with self._lock:
            return self.files.setdefault(name, data) is data

    def read(self, name: str) -> bytes | None:
        return self.files.get(name)

    def replace(self, name: str, old: bytes, new: bytes) -> bool:
        if not self.reachable:
            raise HostError("memory: is away")
        with self._lock:
            if self.files.get(name) != old:
                return False
            self.files[name] = new
            return True

    def remove(self, name: str) -> None:
        self.files.pop(name, None)


@pytest.fixture
def host() -> Memory:
    return Memory()


def claim(process: int, machine: str = "") -> bytes:
    return records.encode(Claim(machine or lease._machine(), process, "theirs"))  # noqa: SLF001 - ours


def dead_process() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_it_is_held_and_given_free(host: Memory) -> None:
    with leased(host, quiet) as held:
        held.check()
        assert LOCK in host.files

    assert host.files == {}


def test_one_that_is_renewed_is_respected(host: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "RENEWAL", 0.01)
    monkeypatch.setattr(lease, "GLANCE", 0.1)

    with (
        leased(host, quiet),
        pytest.raises(Passing, match="memory: another publisher is at work"),
        leased(host, quiet),
    ):
        pass


def test_one_that_a_dead_process_of_this_machine_left_is_taken_at_once(host: Memory) -> None:
    host.files[LOCK] = claim(dead_process())

    with leased(host, quiet) as held:
        held.check()


def test_one_that_an_earlier_publish_of_this_process_left_is_taken_at_once(host: Memory) -> None:
    host.files[LOCK] = claim(os.getpid())

    with leased(host, quiet):
        pass


def test_one_of_a_process_that_no_machine_has_is_taken_at_once(host: Memory) -> None:
    host.files[LOCK] = claim(10**20)

    with leased(host, quiet) as held:
        held.check()


class Forgetful(Memory):
    """A store that does not keep what it says of conditions."""

    def create(self, name: str, data: bytes) -> bool:  # noqa: ARG002 - as inherited
        return False

    def replace(self, name: str, old: bytes, new: bytes) -> bool:  # noqa: ARG002 - the same
        return False


@pytest.mark.parametrize("left", [{}, {LOCK: claim(1, "another machine")}])
def test_where_it_can_neither_be_made_nor_taken_that_is_told(left: dict[str, bytes]) -> None:
    host = Forgetful()
    host.files |= left

    with pytest.raises(HostError, match="can neither be made nor taken"), leased(host, quiet, patience=0.05):
        pass


@pytest.mark.parametrize("left", [b"", claim(1, "another machine"), b"rubbish"])
def test_one_that_nobody_renews_is_taken_after_a_while(host: Memory, left: bytes) -> None:
    host.files[LOCK] = left
    told: list[str] = []

    with leased(host, told.append, patience=0.05):
        assert records.decode(host.files[LOCK], Claim).process == os.getpid()

    assert told == ["memory: somebody publishes there, or was stopped; looking whether they still do"]


def test_of_many_that_come_at_once_one_gets_it(host: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "RENEWAL", 0.01)
    monkeypatch.setattr(lease, "GLANCE", 0.1)
    host.files[LOCK] = claim(dead_process())
    inside, most, got = [0], [0], []
    barrier, gate = threading.Barrier(8), threading.Lock()

    def publish() -> None:
        barrier.wait()
        try:
            with leased(host, quiet):
                with gate:
                    inside[0] += 1
                    most[0] = max(most[0], inside[0])
                threading.Event().wait(0.3)
                with gate:
                    inside[0] -= 1
                got.append(1)
        except Passing:
            pass

    threads = [threading.Thread(target=publish) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert most[0] == 1
    assert got


def test_who_was_taken_for_dead_changes_nothing_more(host: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "RENEWAL", 0.01)
    taken = claim(1, "another machine")

    with leased(host, quiet) as held:
        host.files[LOCK] = taken
        held._renewing.join(5)  # noqa: SLF001 - it ends when it sees that
        with pytest.raises(HostError, match="another publisher took over"):
            held.check()

    assert host.files[LOCK] == taken


def test_who_cannot_renew_for_long_changes_nothing_more(
    host: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    with leased(host, quiet) as held:
        host.reachable = False
        monkeypatch.setattr(lease, "PATIENCE", 0.0)
        with pytest.raises(HostError, match="could not be reached"):
            held.check()


def test_a_renewal_whose_answer_got_lost_is_no_loss(host: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "RENEWAL", 0.01)
    real, lost, again = host.replace, threading.Event(), threading.Event()

    def replace(name: str, old: bytes, new: bytes) -> bool:
        done = real(name, old, new)
        if not lost.is_set():
            lost.set()
            raise HostError("memory: the answer got lost")
        if done:
            again.set()
        return done

    monkeypatch.setattr(host, "replace", replace)
    with leased(host, quiet) as held:
        assert again.wait(5)
        held.check()

    assert host.files == {}
