"""Why a request got no answer, in words of our own: the library's name objects."""

import socket
from enum import StrEnum

from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    LocationValueError,
    NameResolutionError,
    NewConnectionError,
    ProxyError,
    ReadTimeoutError,
    SSLError,
)


class Failure(StrEnum):
    """Why there is no answer: no host is called so, it is not public, nothing came in time, TLS, or any other."""

    UNKNOWN = "unknown"
    INNER = "inner"
    SILENT = "silent"
    UNSAFE = "unsafe"
    BROKEN = "broken"


class Unreachable(Exception):
    """A request got no answer. The message goes on from "it could not be reached:"."""

    def __init__(self, failure: Failure, message: str) -> None:
        super().__init__(message)
        self.failure = failure


_WORDS: tuple[tuple[tuple[type[HTTPError], ...], Failure, str], ...] = (
    ((NameResolutionError,), Failure.UNKNOWN, "no host is called so"),
    ((NewConnectionError,), Failure.BROKEN, "no connection"),  # a kind of timeout, to the library
    ((ConnectTimeoutError, ReadTimeoutError), Failure.SILENT, "it did not answer in time"),
    ((LocationValueError,), Failure.BROKEN, "this is no address"),
    ((ProxyError,), Failure.BROKEN, "the proxy made no connection"),
    ((HTTPError,), Failure.BROKEN, "the connection broke"),
)
"""What the library's errors mean; the first that fits."""


def failed(error: HTTPError) -> Unreachable:
    """Say what went wrong, as the library found."""
    cause = error.__cause__
    if isinstance(cause, socket.gaierror) and cause.errno == socket.EAI_AGAIN:
        return Unreachable(Failure.BROKEN, "its name could not be looked up")
    if isinstance(error, SSLError):
        inner = error.args[0] if error.args else error
        why = getattr(inner, "verify_message", "") or getattr(inner, "reason", "") or "no safe connection"
        return Unreachable(Failure.UNSAFE, f"TLS failed: {why}")
    return next(Unreachable(failure, words) for kinds, failure, words in _WORDS if isinstance(error, kinds))
