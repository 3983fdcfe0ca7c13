"""Another site, on this machine: answers as a test says, and remembers what it was asked."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Respond = Callable[[BaseHTTPRequestHandler], None]


class Elsewhere:
    """A site whose pages are functions; a page that is none is not there.

    Attributes:
        pages: what answers, by path.
        asked: method and path of every request, in order.
        sent: the headers of the last request.
        bodies: of requests that have one.
    """

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.pages: dict[str, Respond] = {}
        self.asked: list[str] = []
        self.sent = Message()
        self.bodies: list[str] = []
        self._lock = threading.Lock()

    def at(self, path: str) -> str:
        return self.address + path

    def pages_asked(self) -> list[str]:
        return [asked for asked in self.asked if not asked.endswith("/robots.txt")]

    def take(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer a request."""
        with self._lock:
            self.asked.append(f"{handler.command} {handler.path}")
            self.sent = handler.headers
        length = int(handler.headers.get("Content-Length", 0))
        if length:
            self.bodies.append(handler.rfile.read(length).decode())
        self.pages.get(handler.path, status(404))(handler)


def status(code: int, body: str = "", **headers: str) -> Respond:
    """Answer with a status."""

    def respond(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body.encode())))
        handler.end_headers()
        if handler.command != "HEAD":
            handler.wfile.write(body.encode())

    return respond


def text(body: str) -> Respond:
    """Answer with a text."""
    return status(200, body, Content_Type="text/plain")


def to(address: str, code: int = 301) -> Respond:
    """Lead on to another address."""
    return status(code, Location=address)


def by_method(**responses: Respond) -> Respond:
    """Answer HEAD and GET in different ways."""
    return lambda handler: responses[handler.command](handler)


def in_turn(*responses: Respond) -> Respond:
    """Answer one request after the other; the last answer stays."""
    left = list(responses)

    def respond(handler: BaseHTTPRequestHandler) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(handler)

    return respond


def silent(until: threading.Event) -> Respond:
    """Say nothing until something is over."""

    def respond(handler: BaseHTTPRequestHandler) -> None:
        until.wait(20)
        handler.close_connection = True

    return respond


def broken(handler: BaseHTTPRequestHandler) -> None:
    """Break off without an answer."""
    handler.close_connection = True


class _Handler(BaseHTTPRequestHandler):
    site: Elsewhere

    def _take(self) -> None:
        self.site.take(self)

    do_GET = do_HEAD = do_POST = _take  # noqa: N815 - http.server finds them by these names

    def log_message(self, *_: Any) -> None:  # noqa: ANN401 - what a server has to say
        """Say nothing."""


@contextmanager
def elsewhere() -> Iterator[Elsewhere]:
    """Serve another site on a port of its own."""

    class Handler(_Handler):
        pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Handler.site = Elsewhere(server.server_port)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield Handler.site
        finally:
            server.shutdown()
            thread.join()
