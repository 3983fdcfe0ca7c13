"""An S3 server on loopback, moto's, and what can go wrong on the way to it."""

import socket
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, NamedTuple, NoReturn
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen
from xml.sax.saxutils import escape

from moto.backends import get_backend
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PUBLIC = (
    '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:*",'
    ' "Resource": "arn:aws:s3:::%s/*"}]}'
)


class Asked(NamedTuple):
    """A request: its method, its path with its query, its header fields as WSGI names them."""

    method: str
    path: str
    fields: Mapping[str, str]


Fault = Callable[[Asked], "str | int | None"]
"""From a request to what goes wrong: a status, "cut" or "lost".

Of a request that is cut nothing arrives; of one that is lost only the answer does not.
"""


class Stored(NamedTuple):
    """A file as it stands in a bucket."""

    data: bytes
    encoding: str


class _Quiet(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        """Say nothing."""


class Buckets:
    """A server with buckets, and what went over the line.

    Attributes:
        endpoint: its address.
        fault: what goes wrong.
        asked: every request.
    """

    def __init__(self, server: "WSGIApplication") -> None:
        self.endpoint = ""
        self.fault: Fault = _nothing
        self.asked: list[Asked] = []
        self._server = server
        self._in_turn = threading.Lock()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request, or do not."""
        fields = {name[5:]: value for name, value in environ.items() if name.startswith("HTTP_")}
        asked = Asked(environ["REQUEST_METHOD"], environ["RAW_URI"], fields)
        self.asked.append(asked)
        fault = self.fault(asked)
        if isinstance(fault, int):
            return _refuse(fault, environ, start_response)
        if fault == "cut":
            _hang_up(environ)
        conditional = {"IF_MATCH", "IF_NONE_MATCH"} & fields.keys()
        with self._in_turn if conditional else nullcontext():  # moto looks and writes in two steps
            answer = self._server(environ, start_response)
        if fault == "lost":
            _hang_up(environ)
        return answer

    def make(self, name: str) -> None:
        """Make a bucket that everybody may read, and tests may change."""
        self._ask("PUT", name)
        self._ask("PUT", f"{name}?policy", (PUBLIC % name).encode())

    def put(self, bucket: str, key: str, data: bytes = b"", **fields: str) -> None:
        """Put a file there that somebody else has."""
        self._ask("PUT", f"{bucket}/{quote(key)}", data, **fields)

    def put_quickly(self, bucket: str, key: str, data: bytes) -> None:
        """Put a file there without asking over the line."""
        get_backend("s3")[DEFAULT_ACCOUNT_ID]["aws"].put_object(bucket, key, data)

    def get(self, bucket: str, key: str) -> tuple[bytes, Mapping[str, str]] | None:
        """Read as a visitor does, without a key."""
        try:
            with urlopen(f"{self.endpoint}/{bucket}/{quote(key)}") as answer:  # noqa: S310 - of this process
                return answer.read(), answer.headers
        except HTTPError:
            return None

    def stored(self, bucket: str) -> dict[str, Stored]:
        """Tell what stands there in truth, whatever a listing says."""
        keys = get_backend("s3")[DEFAULT_ACCOUNT_ID]["aws"].buckets[bucket].keys
        return {
            name: Stored(key.value, key.metadata.get("content-encoding", "")) for name, key in keys.items()
        }

    def put_back(self, bucket: str, kept: Mapping[str, Stored]) -> None:
        """Make a bucket as it was."""
        now = self.stored(bucket)
        for key in now.keys() - kept.keys():
            self._ask("DELETE", f"{bucket}/{quote(key)}")
        for key, stored in kept.items():
            if now.get(key) != stored:
                self.put(
                    bucket,
                    key,
                    stored.data,
                    **({"Content-Encoding": stored.encoding} if stored.encoding else {}),
                )

    def forget(self) -> None:
        """Begin anew."""
        self.fault = _nothing
        self._ask("POST", "moto-api/reset")
        self.asked.clear()

    def _ask(self, method: str, path: str, data: bytes = b"", **fields: str) -> None:
        fields = {"Content-Type": "application/octet-stream", **fields}
        with urlopen(Request(f"{self.endpoint}/{path}", data, fields, method=method)):  # noqa: S310 - the same
            pass


@contextmanager
def running() -> Iterator[Buckets]:
    """Have a server run, for as long as it is needed."""
    buckets = Buckets(DomainDispatcherApplication(create_backend_app))
    server = make_server("127.0.0.1", 0, buckets, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    buckets.endpoint = f"http://127.0.0.1:{server.server_port}"
    yield buckets
    server.shutdown()
    thread.join()
    server.server_close()


def _nothing(_asked: Asked) -> None:
    return None


def _refuse(status: int, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    code = {403: "AccessDenied", 501: "NotImplemented", 503: "SlowDown"}.get(status, "InternalError")
    environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    start_response(f"{status} Refused", [("Content-Type", "application/xml")])
    return [f"<Error><Code>{code}</Code><Message>{escape('As asked for.')}</Message></Error>".encode()]


def _hang_up(environ: "WSGIEnvironment") -> NoReturn:
    environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
    raise BrokenPipeError  # which the server takes for a client that is gone
