"""The one way to other machines over HTTP: a request and its answer, with a limit to every wait.

Where a request goes may be somebody else's choice: articles hold any address, and an answer may lead on to any
other. So nothing but the public internet is asked, unless the caller says otherwise.
"""

import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from http import HTTPStatus
from http.client import HTTPResponse, IncompleteRead
from threading import Event, Timer, local
from typing import NamedTuple
from urllib.parse import unquote, urlencode
from urllib.request import getproxies, proxy_bypass

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager, ProxyManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    InvalidHeader,
    NameResolutionError,
    NewConnectionError,
    ProxySchemeUnknown,
)
from urllib3.response import BaseHTTPResponse
from urllib3.util import Retry, Timeout, make_headers, parse_url
from urllib3.util.connection import create_connection

from generator import __version__
from generator.internet import is_inner_name, is_public
from generator.model import DatelineError
from generator.unreachable import Failure, Unreachable, failed

AGENT = f"Dateline/{__version__}"
"""How every request is signed (RFC 9110, section 10.1.5)."""

CONNECTING, READING, WHOLE = 10.0, 15.0, 40.0
"""Seconds for a connection, for each piece of an answer, and for all of it, however slowly its pieces come."""

MOST_MACHINES = 4
"""A host may have several addresses; so many are tried."""


class Answer(NamedTuple):
    """What a server said.

    Attributes:
        status: its status code.
        location: where it says to look instead, as it words that; "" where it does not.
        rest: seconds it asks to be left alone (Retry-After), 0 where it does not.
        body: the beginning of its body, as much as was asked for.
    """

    status: int
    location: str = ""
    rest: float = 0.0
    body: bytes = b""

    @property
    def words(self) -> str:
        """The status as people know it: `404 Not Found`."""
        try:
            return f"{self.status} {HTTPStatus(self.status).phrase}"
        except ValueError:
            return f"{self.status}"


class Web:
    """Asks servers, each request over a connection of its own. Threads may share it.

    Args:
        inner: ask machines that are not part of the public internet, too.
        proxies: the address of a proxy by scheme (`http`, `https`), those of the environment if nothing is said.
        waits: what `CONNECTING`, `READING` and `WHOLE` say.
    """

    def __init__(
        self,
        *,
        inner: bool = False,
        proxies: Mapping[str, str] | None = None,
        waits: tuple[float, float, float] = (CONNECTING, READING, WHOLE),
    ) -> None:
        self._inner = inner
        self._proxies = getproxies() if proxies is None else proxies
        connecting, reading, self._whole = waits
        self._timeout = Timeout(connect=connecting, read=reading)
        self._pools = _guarded(self._connect)
        self._trusting = ssl.create_default_context()
        self._own = local()

    def ask(
        self, method: str, address: str, *, most: int = 0, form: tuple[tuple[str, str], ...] = ()
    ) -> Answer:
        """Send a request and wait for the answer. Redirects are answers, too.

        Args:
            method: such as `HEAD`.
            address: an http or https one; its fragment is not sent.
            most: so many bytes of the body are read.
            form: fields to send as a form does (`application/x-www-form-urlencoded`).

        Raises:
            Unreachable: there is no answer.
        """
        with self._watched(), self._manager(address) as manager:
            response = manager.request(
                method,
                address,
                body=urlencode(form) if form else None,
                headers=_headers(form=bool(form)),
                timeout=self._timeout,
                retries=False,
                redirect=False,
                preload_content=False,
            )
            try:
                # As it comes: what was packed although nobody asked for that may unpack to anything.
                return _answer(response, response.read(most, decode_content=False) if most else b"")
            finally:
                response.close()

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """Cut a request off that takes too long, and say what went wrong with any."""
        cut = Event()
        sockets: list[socket.socket] = []
        self._own.sockets, self._own.cut = sockets, cut
        watch = Timer(self._whole, _cut_off, (sockets, cut))
        watch.daemon = True
        watch.start()
        try:
            yield
        except HTTPError as error:
            if not cut.is_set():
                raise failed(error) from error
        except (ValueError, OverflowError) as error:
            raise Unreachable(Failure.BROKEN, "what it answers is no HTTP") from error
        finally:
            watch.cancel()
            while sockets:
                sockets.pop().close()
        if cut.is_set():  # what ends in the midst of its headers is an answer to http.client
            raise Unreachable(Failure.SILENT, "it took too long")

    @contextmanager
    def _manager(self, address: str) -> Iterator[PoolManager]:
        parts = parse_url(address)
        host = (parts.host or "").strip("[]")
        proxy = self._proxies.get(parts.scheme or "", self._proxies.get("all", ""))
        if proxy and not proxy_bypass(host):
            if not self._inner and is_inner_name(host):
                raise Unreachable(Failure.INNER, f"{host} is not part of the public internet")
            manager: PoolManager = _proxied(proxy, self._trusting)
        else:
            manager = PoolManager(ssl_context=self._trusting)
        manager.pool_classes_by_scheme = self._pools
        with manager:
            yield manager

    def _connect(self, connection: HTTPConnection) -> socket.socket:
        """Connect to one of a host's machines that may be asked, and to no other: it is looked up only once."""
        host = connection.host
        try:
            found = socket.getaddrinfo(host, connection.port, type=socket.SOCK_STREAM)
        except (socket.gaierror, UnicodeError) as error:
            known = (
                error
                if isinstance(error, socket.gaierror)
                else socket.gaierror(socket.EAI_NONAME, str(error))
            )
            raise NameResolutionError(host, connection, known) from error
        machines = list(dict.fromkeys(str(place[0]) for *_, place in found))
        if not self._inner and connection.proxy is None:
            machines = [machine for machine in machines if is_public(machine)]
        if not machines:
            raise Unreachable(Failure.INNER, f"{host} is not part of the public internet")
        return self._reach(connection, machines[:MOST_MACHINES])

    def _reach(self, connection: HTTPConnection, machines: list[str]) -> socket.socket:
        last: OSError = OSError("no machine")
        for machine in machines:
            try:
                made = create_connection(
                    (machine, connection.port), connection.timeout, socket_options=connection.socket_options
                )
            except OSError as error:
                last = error
            else:
                self._own.sockets.append(made.dup())
                if self._own.cut.is_set():  # and nobody looks at the sockets any more
                    made.close()
                    raise Unreachable(Failure.SILENT, "it took too long")
                return made
        if isinstance(last, TimeoutError):
            raise ConnectTimeoutError(connection, "no connection in time") from last
        raise NewConnectionError(connection, f"{last.strerror or last}") from last


class _Response(HTTPResponse):
    """An answer whose chunks have lengths: of one below zero, which is none, the library would read to its end."""

    def _safe_read(self, amt: int) -> bytes:
        if amt < 0:
            raise IncompleteRead(b"")
        read: bytes = super()._safe_read(amt)  # type: ignore[misc]
        return read


def _guarded(connect: Callable[[HTTPConnection], socket.socket]) -> dict[str, type[HTTPConnectionPool]]:
    """Make pools whose connections are opened by a function."""

    class Plain(HTTPConnection):
        response_class = _Response

        def _new_conn(self) -> socket.socket:
            return connect(self)

    class Safe(HTTPSConnection):
        response_class = _Response

        def _new_conn(self) -> socket.socket:
            return connect(self)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SafePool(HTTPSConnectionPool):
        ConnectionCls = Safe

    return {"http": PlainPool, "https": SafePool}


def _cut_off(sockets: list[socket.socket], cut: Event) -> None:
    cut.set()
    for opened in list(sockets):
        with suppress(OSError):
            opened.shutdown(socket.SHUT_RDWR)


def _proxied(proxy: str, trusting: ssl.SSLContext) -> ProxyManager:
    parts = parse_url(proxy if "://" in proxy else f"http://{proxy}")
    given = make_headers(proxy_basic_auth=unquote(parts.auth)) if parts.auth else None
    try:
        return ProxyManager(parts._replace(auth=None).url, proxy_headers=given, ssl_context=trusting)
    except ProxySchemeUnknown:
        raise DatelineError(
            f"the environment names a {parts.scheme} proxy; only http and https are known"
        ) from None


def _headers(*, form: bool) -> dict[str, str]:
    sent = {"User-Agent": AGENT, "Accept": "*/*", "Connection": "close"}
    return sent | ({"Content-Type": "application/x-www-form-urlencoded"} if form else {})


def _answer(response: BaseHTTPResponse, body: bytes) -> Answer:
    location = response.headers.get("Location", "")
    with suppress(UnicodeError):  # headers are read as Latin-1, and what is more in them is UTF-8 nowadays
        location = location.encode("latin-1").decode()
    rest = 0.0
    with suppress(InvalidHeader, ValueError, OverflowError):
        rest = Retry().parse_retry_after(response.headers.get("Retry-After", ""))
    return Answer(response.status, location, rest, body)
