"""Follows the links that lead to other sites: a few hosts at a time, until all are asked or the time is up."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread
from time import monotonic
from typing import NamedTuple

from generator.checking import remembered
from generator.checking.asking import PAUSE, Asker, Stopped, host_of
from generator.checking.remembered import Memory
from generator.checking.verdicts import UNASKED, State, Verdict
from generator.web import Web
from generator.workspace import Progress

HOSTS = 8
"""So many are asked at once."""

SEVERAL = 3
"""Where none of so many hosts answers, it is this machine that is cut off."""

_TICK = 0.2
"""Seconds between two looks at the clock."""

_Answered = tuple[str, Verdict | BaseException]
"""An address, and what became of it, or what nobody expected."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How other sites are asked.

    Attributes:
        now: decides what is still believed of what earlier checks found out.
        seconds: how long all of it may take.
        pause: seconds between two requests to a host.
        hosts: how many are asked at once.
        inner: machines that are no part of the public internet are asked, too.
        proxies: the address of a proxy by scheme, those of the environment if nothing is said.
    """

    now: datetime
    seconds: float
    pause: float = PAUSE
    hosts: int = HOSTS
    inner: bool = False
    proxies: Mapping[str, str] | None = None


class Outcome(NamedTuple):
    """What became of the addresses of other sites.

    Attributes:
        verdicts: by address.
        asked: how many of them were asked now.
        known: of how many an earlier check knew.
        offline: no host could be reached, so that nothing is said of what was asked.
    """

    verdicts: dict[str, Verdict]
    asked: int = 0
    known: int = 0
    offline: bool = False

    @property
    def unasked(self) -> dict[str, int]:
        """How many were not asked, by why that was."""
        counted = Counter(verdict.state for verdict in self.verdicts.values())
        return {state.value: counted[state] for state in UNASKED}


def follow(addresses: Collection[str], path: Path, manners: Manners, progress: Progress) -> Outcome:
    """Find out what becomes of readers who follow links to other sites. Whatever ends this, what is known is kept.

    Args:
        addresses: where the links lead, without fragments.
        path: the file of what earlier checks found out.
        manners: how to ask.
        progress: is told how many of those to ask are done.
    """
    memories = remembered.load(path)
    known = {
        address: memories[address].verdict
        for address in addresses
        if address in memories and remembered.is_believed(memories[address], manners.now)
    }
    found: dict[str, Verdict] = {}
    stop = Event()
    asker = Asker(Web(inner=manners.inner, proxies=manners.proxies), stop, manners.pause)
    try:
        hosts = plan_hosts(set(addresses) - known.keys(), memories)
        _ask_all(asker, hosts, found, manners, progress)
    finally:
        stop.set()
        offline = not asker.answers and len({host_of(address) for address in _asked(found)}) >= SEVERAL
        for address in _asked(found) if offline else ():
            del found[address]
        when = int(manners.now.timestamp())
        learnt = {address: Memory(verdict, when) for address, verdict in found.items()}
        remembered.save(path, memories | learnt, addresses)
    verdicts = dict.fromkeys(addresses, Verdict(State.LATER)) | known | found
    return Outcome(verdicts, len(_asked(found)), len(_asked(known)), offline)


def _asked(verdicts: Mapping[str, Verdict]) -> list[str]:
    return [address for address, verdict in verdicts.items() if verdict.state not in UNASKED]


def plan_hosts(addresses: Collection[str], memories: Mapping[str, Memory]) -> list[list[str]]:
    """Give the addresses to ask, host by host; first comes what was never asked, or not for the longest time.

    Of hosts of which that is true alike those with most come first, as they take longest.
    """

    def asked(address: str) -> int:
        return memories[address].when if address in memories else 0

    hosts: dict[str, list[str]] = {}
    for address in sorted(addresses, key=lambda address: (asked(address), address)):
        hosts.setdefault(host_of(address), []).append(address)
    return sorted(hosts.values(), key=lambda named: (asked(named[0]), -len(named), named[0]))


def _ask_all(
    asker: Asker, hosts: list[list[str]], found: dict[str, Verdict], manners: Manners, progress: Progress
) -> None:
    """Ask until all is known or the time is up. What is found is there at once, should anything end this."""
    until = monotonic() + manners.seconds
    waiting: SimpleQueue[list[str]] = SimpleQueue()
    answered: SimpleQueue[_Answered] = SimpleQueue()
    for host in hosts:
        waiting.put(host)
    for _ in range(min(manners.hosts, len(hosts))):
        Thread(target=_work, args=(asker, waiting, answered), daemon=True).start()
    total = done = sum(map(len, hosts))
    while done and monotonic() < until:
        try:
            address, verdict = answered.get(timeout=_TICK)
        except Empty:
            continue
        if isinstance(verdict, BaseException):
            raise verdict
        done -= 1
        progress("asking", total - done, total)
        if verdict.state is not State.LATER:
            found[address] = verdict


def _work(asker: Asker, waiting: "SimpleQueue[list[str]]", answered: "SimpleQueue[_Answered]") -> None:
    """Ask host after host, in a thread that ends with the process: an answer may never come."""
    while True:
        try:
            host = waiting.get_nowait()
        except Empty:
            return
        for address in host:
            try:
                answered.put((address, asker.ask(address)))
            except Stopped:
                return
            except BaseException as error:  # noqa: BLE001 - it is raised where somebody hears of it
                answered.put((address, error))
                return
