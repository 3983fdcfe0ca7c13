"""Asks addresses of other sites whether they are there, as a polite guest does.

One request at a time goes to a host, with a pause after it, and none that its robots.txt turns away (RFC 9309).
HEAD goes first; where a server does not take that, a GET decides, whose body is left unread. A host that asks for
rest gets it, and one that does not answer is not asked for ever.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from threading import Event, Lock
from time import monotonic
from typing import NamedTuple
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from generator.checking.faults import shown
from generator.checking.verdicts import State, Verdict
from generator.unreachable import Failure, Unreachable
from generator.web import Answer, Web

PROGRAM = "Dateline"
"""What robots.txt may call this program."""

PAUSE = 1.0
"""Seconds between two requests to a host, where its robots.txt wishes for no more."""

LONGEST_PAUSE = 10.0
"""A robots.txt may wish for so many seconds."""

PATIENCE = 30.0
"""A host that asks for more seconds of rest than this is left alone until the next check."""

TRIES = 2
"""How often a host is asked that says it is busy."""

MOST_HOPS = 10
"""So many redirects are followed."""

LONGEST = 8_000
"""Characters of an address that a redirect may lead to (RFC 9110, section 4.1: everybody has to take so many)."""

MOST_ROBOTS = 512_000
"""Bytes of a robots.txt that are read (RFC 9309, section 2.5: at least 500 kibibytes)."""

GIVEN_UP = 3
"""After so many requests in a row without an answer a host is not asked any more."""

_FOR_GOOD = frozenset({HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT})
_REDIRECTS = _FOR_GOOD | {HTTPStatus.FOUND, HTTPStatus.SEE_OTHER, HTTPStatus.TEMPORARY_REDIRECT}
_GONE = {HTTPStatus.NOT_FOUND: "which is not there (404)", HTTPStatus.GONE: "which is gone (410)"}
_NO_HOST = Verdict(State.GONE, "which is not there: no host is called so")


class Stopped(Exception):
    """There is no time for more."""


class Decided(Exception):
    """What became of an address is known, and nothing more has to be asked."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.detail)
        self.verdict = verdict


class Host:
    """What a run learns of a host: when it may be asked, what its robots.txt say, and whether it answers at all."""

    def __init__(self) -> None:
        self.rules: dict[str, RobotFileParser | Verdict] = {}
        self.closed: Verdict | None = None
        self.pause = 0.0
        self.silences = 0
        self.free_at = 0.0
        self.turn = Lock()


class Hop(NamedTuple):
    """How far a chain of redirects has come.

    Attributes:
        here: the address it has come to.
        settled: where those redirects have led that are for good, "" where there is none.
        for_good: all of them were so far.
    """

    here: str
    settled: str = ""
    for_good: bool = True


class Asker:
    """Asks addresses. Threads may share it.

    Args:
        web: sends requests.
        stop: once it is set, nothing more is asked.
        pause: seconds between two requests to a host.

    Attributes:
        answers: how many requests were answered.
    """

    def __init__(self, web: Web, stop: Event, pause: float = PAUSE) -> None:
        self.answers = 0
        self._web = web
        self._stop = stop
        self._pause = pause
        self._hosts: dict[str, Host] = {}
        self._lock = Lock()

    def ask(self, address: str) -> Verdict:
        """Find out what becomes of readers who follow an address.

        Raises:
            Stopped: there was no time for it.
        """
        hop = Hop(address)
        try:
            for _ in range(MOST_HOPS + 1):
                answer = self._look(hop.here)
                if answer.status not in _REDIRECTS or not answer.location:
                    return _told(_judged(answer), hop, address)
                hop = _next(hop, answer)
        except Decided as decided:
            return _told(decided.verdict, hop, address)
        return Verdict(State.UNSURE, "it leads from one redirect to the next")

    def _look(self, address: str) -> Answer:
        """Ask for one address, whatever it leads on to."""
        host = self._host(address)
        if not _allows(self._rules(urljoin(address, "/"), host), address):
            raise Decided(Verdict(State.ROBOTS))
        # Some servers break off, or never answer, where they do not know HEAD.
        try:
            answer = self._patiently("HEAD", address, host)
        except Unreachable as unreachable:
            verdict = self._note(unreachable, host)
            if host.closed or unreachable.failure is Failure.UNSAFE:
                raise Decided(verdict) from unreachable
        else:
            if answer.status < HTTPStatus.BAD_REQUEST or host.closed:
                return answer
        try:
            return self._patiently("GET", address, host)
        except Unreachable as unreachable:
            raise Decided(self._note(unreachable, host)) from unreachable

    def _rules(self, site: str, host: Host) -> RobotFileParser:
        """Give the rules of a site, which are asked for once."""
        rules = host.rules.get(site)
        if rules is None:
            rules = host.rules[site] = self._read_rules(site, host)
        if isinstance(rules, Verdict):
            raise Decided(rules)
        return rules

    def _read_rules(self, site: str, host: Host) -> RobotFileParser | Verdict:
        try:
            answer = self._robots(urljoin(site, "/robots.txt"), host)
        except Unreachable as unreachable:
            return self._note(unreachable, host)
        except Decided as decided:
            return decided.verdict
        # "Complete disallow" (RFC 9309, section 2.3.1.4); where there is no such file, all is allowed (2.3.1.3).
        if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return Verdict(State.UNSURE, f"its robots.txt answers {answer.words}")
        rules = _parsed(answer.body if answer.status < HTTPStatus.MULTIPLE_CHOICES else b"")
        if isinstance(rules, RobotFileParser):
            host.pause = float(min(rules.crawl_delay(PROGRAM) or 0, LONGEST_PAUSE))
        return rules

    def _robots(self, address: str, host: Host) -> Answer:
        """Fetch a robots.txt; five redirects are followed (RFC 9309, section 2.3.1.2), be it to other hosts."""
        answer = self._patiently("GET", address, host, MOST_ROBOTS)
        for _ in range(5):
            if answer.status not in _REDIRECTS or not answer.location:
                break
            try:
                address = _next(Hop(address), answer).here
                answer = self._patiently("GET", address, self._host(address), MOST_ROBOTS)
            except (Unreachable, Decided) as nowhere:
                raise Unreachable(Failure.BROKEN, "its robots.txt leads nowhere") from nowhere
        return answer

    def _host(self, address: str) -> Host:
        with self._lock:
            return self._hosts.setdefault(host_of(address), Host())

    def _patiently(self, method: str, address: str, host: Host, most: int = 0) -> Answer:
        """Send a request, and again where the host asks for a little rest first (RFC 9110, section 10.2.3)."""
        answer = Answer(0)
        for tries in range(1, TRIES + 1):
            with self._turn(host) as owed:
                answer = self._web.ask(method, address, most=most)
                self.answers += 1
                host.silences = 0
                too_many = answer.status == HTTPStatus.TOO_MANY_REQUESTS
                if not (too_many or (answer.status == HTTPStatus.SERVICE_UNAVAILABLE and answer.rest)):
                    return answer
                if answer.rest > PATIENCE or (too_many and tries == TRIES):
                    host.closed = Verdict(State.LATER)
                    return answer
                owed.append(answer.rest)
        return answer

    @contextmanager
    def _turn(self, host: Host) -> Iterator[list[float]]:
        """Wait until it is one's turn to ask a host. Seconds of rest that are added to the list are left to it."""
        owed: list[float] = []
        with host.turn:
            if host.closed:
                raise Decided(host.closed)
            if self._stop.wait(max(0.0, host.free_at - monotonic())) or self._stop.is_set():
                raise Stopped
            try:
                yield owed
            finally:
                host.free_at = monotonic() + max(self._pause, host.pause, *owed)

    def _note(self, unreachable: Unreachable, host: Host) -> Verdict:
        """Remember what a request without an answer says of its host, and say what it says of the address."""
        host.silences += 1
        known = {Failure.UNKNOWN: _NO_HOST, Failure.INNER: Verdict(State.INNER)}.get(unreachable.failure)
        verdict = known or Verdict(State.UNSURE, str(unreachable))
        if known or host.silences >= GIVEN_UP:
            host.closed = verdict
        return verdict


def _parsed(text: bytes) -> RobotFileParser | Verdict:
    rules = RobotFileParser()
    try:
        rules.parse(text.decode(errors="replace").splitlines())
    except ValueError:  # a number that is none, or an address: the parser trusts what it reads
        return Verdict(State.UNSURE, "its robots.txt cannot be read")
    return rules


def _allows(rules: RobotFileParser, address: str) -> bool:
    try:
        return rules.can_fetch(PROGRAM, address)
    except ValueError:  # decoded, as rules are compared, it is no address
        return False


def host_of(address: str) -> str:
    """Name the host of an address, in one way however that words it."""
    return (urlsplit(address).hostname or "").rstrip(".")


def _next(hop: Hop, answer: Answer) -> Hop:
    there = known = ""
    with suppress(ValueError):
        there = urldefrag(urljoin(hop.here, answer.location)).url
        known = host_of(there) if urlsplit(there).scheme in {"http", "https"} else ""
    if not known or len(there) > LONGEST:
        raise Decided(Verdict(State.UNSURE, "it leads on to what is no address on the web"))
    for_good = hop.for_good and answer.status in _FOR_GOOD
    return Hop(there, there if for_good else hop.settled, for_good)


def _judged(answer: Answer) -> Verdict:
    if answer.status in _GONE:
        return Verdict(State.GONE, _GONE[HTTPStatus(answer.status)])
    if answer.status >= HTTPStatus.BAD_REQUEST:
        return Verdict(State.UNSURE, f"it answers {answer.words}")
    return Verdict(State.GOOD)


def _told(verdict: Verdict, hop: Hop, address: str) -> Verdict:
    """Say of the address that was asked what was found at the end of its redirects."""
    if verdict.state is State.GOOD:
        return Verdict(State.MOVED, hop.settled) if hop.settled not in {"", address} else verdict
    if hop.here == address or verdict.state is State.LATER:
        return verdict
    if verdict.state is State.GONE:
        return Verdict(State.GONE, f"which leads on to {shown(hop.here)}, {verdict.detail}")
    if verdict.state is State.UNSURE:
        return Verdict(State.UNSURE, f"it leads on to {shown(hop.here)}: {verdict.detail}")
    return verdict
