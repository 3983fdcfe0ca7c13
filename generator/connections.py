"""Connections of the preview: one that asks for nothing, or too slowly, is not waited for."""

from asyncio import Transport, get_running_loop
from typing import cast

from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

PATIENCE_SECONDS = 20.0
"""How long a connection may take to say what it wants: it is looked at so often, so up to twice as long later."""

_NONSENSE = (
    b"HTTP/1.1 400 Bad Request\r\ncontent-type: text/plain; charset=utf-8\r\nx-content-type-options: nosniff\r\n"
    b"content-length: %d\r\nconnection: close\r\n\r\n%b"
)


class Connection(H11Protocol):
    """A connection that is closed where the head of its next request is not there in time.

    uvicorn closes those that say nothing after an answer, and waits for one that sends a byte now and then.
    """

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._look_later(None)

    def _look_later(self, answered: object) -> None:
        get_running_loop().call_later(PATIENCE_SECONDS, self._look, answered)

    def _look(self, answered: object) -> None:
        """Close the connection if it still waits for a request, as at the last look, after the same answer."""
        if self.transport.is_closing():
            return
        cycle = cast("RequestResponseCycle | None", self.cycle)
        waits = cycle is None or cycle.response_complete
        if waits and cycle is answered:
            self.transport.close()
        else:
            self._look_later(cycle if waits else self)

    def send_400_response(self, msg: str) -> None:
        """Answer what is no request, unless it follows one that is being answered, for nobody any more."""
        cycle = cast("RequestResponseCycle | None", self.cycle)
        if cycle:
            cycle.disconnected = True
        if not (cycle and cycle.response_started and not cycle.response_complete):
            self.transport.write(_NONSENSE % (len(msg), msg.encode()))
        self.transport.close()
