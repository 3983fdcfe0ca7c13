"""The preview server: a site's folder at an address on this machine, in a thread of its own."""

import asyncio
import errno
import socket
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from threading import Thread

from uvicorn.config import Config
from uvicorn.server import Server

from generator.connections import Connection
from generator.model import DatelineError, Issue, Severity
from generator.news import News
from generator.preview import App
from generator.report import Outcome

PORTS = 100
"""How many ports after the wanted one are tried while they are taken."""

BACKLOG = 2048
"""Connections that may wait to be accepted."""

GRACE_SECONDS = 0.3
"""How long an answer that is under way may go on when the server stops."""

_ANY = {"": "localhost", "0.0.0.0": "localhost", "::": "localhost"}  # noqa: S104 - how to name them, not a choice


class Announcer:
    """Turns what came of every turn of watching into news for open pages.

    Args:
        tell: takes the news.
    """

    def __init__(self, tell: Callable[[News], None]) -> None:
        self._tell = tell
        self._failure = ""
        self._errors: tuple[str, ...] = ()

    def __call__(self, outcome: Outcome) -> None:
        """Take one turn. What is wrong with a seed is told once, what is wrong with the site until it is mended."""
        changed: tuple[str, ...] = ()
        if outcome.failure:
            self._failure = outcome.failure
        if outcome.built:
            changed = (*outcome.built.written, *outcome.built.deleted)
            self._failure, self._errors = "", _errors(outcome.built.issues)
        seeds = _errors(outcome.ingested.issues) if outcome.ingested else ()
        failure = (self._failure,) if self._failure else ()
        self._tell(News(changed, (*failure, *self._errors, *seeds), failed=bool(failure)))


def _errors(issues: Iterable[Issue]) -> tuple[str, ...]:
    return tuple(str(issue) for issue in issues if issue.severity is Severity.ERROR)


class Preview:
    """A preview of a site's folder at an address on this machine, served while other work goes on.

    Args:
        output: the folder; need not exist yet. Nothing else is ever served.
        base_path: what the site's addresses begin with, with a slash at both ends: `/` or `/digest/`.
        host: a name or number of this machine; the default is for this machine alone.
        port: from 1 to 65535; the next free one is taken where it is in use. 0 is any free one.

    Attributes:
        port: the one that is served on, once it has started.
        address: where the site is, such as `http://127.0.0.1:8000/digest/`; `""` before it has started.
    """

    def __init__(self, output: Path, base_path: str, host: str = "127.0.0.1", port: int = 8000) -> None:
        self.port = port
        self.address = ""
        self._host = host
        self._output = output
        self._base_path = base_path
        self._app = App(output, base_path, host)
        config = Config(
            self._app,
            http=Connection,
            ws="none",
            lifespan="off",
            interface="asgi3",
            log_config=None,
            log_level="error",
            access_log=False,
            proxy_headers=False,
            server_header=False,
            backlog=BACKLOG,
            workers=1,
            timeout_graceful_shutdown=2,
        )
        self._server = Server(config)
        self._loop: Future[asyncio.AbstractEventLoop] = Future()
        self._thread: Thread | None = None

    @property
    def streams(self) -> int:
        """Count the open pages that listen now."""
        return self._app.streams

    def start(self) -> str:
        """Serve from now on, until `stop`; once in the life of a preview.

        Returns: the site's address.

        Raises:
            DatelineError: no port is free, or the host is none of this machine's.
        """
        listener = _listen(self._host, self.port)
        self.port = listener.getsockname()[1]
        name = _ANY.get(self._host, self._host)
        self.address = f"http://{f'[{name}]' if ':' in name else name}:{self.port}{self._base_path}"
        self._thread = Thread(target=self._run, args=(listener,), name="preview")
        try:
            self._thread.start()
        except RuntimeError as error:
            self._thread = None
            listener.close()
            raise DatelineError(f"cannot serve on {self._host}: {error}") from None
        try:
            self._loop.result()
        except OSError as error:
            raise DatelineError(f"cannot serve on {self._host}: {_reason(error)}") from error
        return self.address

    def tell(self, news: News) -> None:
        """Tell open pages what a build did, once its files are in place; from any thread."""
        self._have(self._app.tell, news)

    def move(self, output: Path, base_path: str) -> None:
        """Serve this folder, below this path, from now on; from any thread."""
        if (output, base_path) == (self._output, self._base_path):
            return
        self.address = self.address.removesuffix(self._base_path) + base_path if self.address else ""
        self._output, self._base_path = output, base_path
        self._have(self._app.move, output, base_path)

    def stop(self) -> None:
        """End every stream and the server, and wait until it has ended; does nothing where none is running."""
        thread, self._thread = self._thread, None
        if thread is not None:
            self._call(self._end)
            thread.join()

    def _have(self, function: Callable[..., None], *values: object) -> None:
        """Have the application do something where it is at home: before it has started, that is here."""
        if self._thread is None and not self._loop.done():
            function(*values)
        else:
            self._call(function, *values)

    def _call(self, function: Callable[..., None], *values: object) -> None:
        with suppress(RuntimeError, OSError):  # the loop has ended, or never began
            self._loop.result().call_soon_threadsafe(function, *values)

    def _run(self, listener: socket.socket) -> None:
        try:
            with listener, asyncio.Runner() as runner:
                self._loop.set_result(runner.get_loop())
                runner.run(self._server.serve([listener]))
        except BaseException as error:
            if self._loop.done():
                raise
            self._loop.set_exception(error)

    def _end(self) -> None:
        self._app.close()
        self._server.should_exit = True
        asyncio.get_running_loop().call_later(GRACE_SECONDS, self._hang_up)

    def _hang_up(self) -> None:
        for connection in list(self._server.server_state.connections):
            connection.transport.abort()


def _listen(host: str, port: int) -> socket.socket:
    """Take the first free port from the given one on."""
    try:
        found = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError, OverflowError) as error:
        raise DatelineError(f"cannot serve on {host}: {_reason(error)}") from None
    family, _, _, _, address = found[0]
    last = min(port + PORTS, 65_535) if port else 0
    for candidate in range(port, last + 1):
        try:
            return _bind(family, (address[0], candidate, *address[2:]))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise DatelineError(f"cannot serve on {host}, port {candidate}: {_reason(error)}") from None
    raise DatelineError(f"cannot serve on {host}: every port from {port} to {last} is taken")


def _bind(family: int, address: tuple[str | int, ...]) -> socket.socket:
    # The protocol is named, or else asyncio does not know that what it writes may be sent at once, without delay.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        # At once: of two that are bound to one port, it is the second to listen that finds it taken.
        listener.listen(BACKLOG)
    except BaseException:
        listener.close()
        raise
    return listener


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
