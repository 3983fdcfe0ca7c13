"""The preview as an ASGI application: the files of a folder, and streams that tell open pages what has changed."""

import asyncio
import os
import secrets
import zlib
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import ExitStack, aclosing
from email.utils import formatdate
from html import escape
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from urllib.parse import parse_qs, quote

from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from generator import addresses
from generator.addresses import Folder, Found, Validators
from generator.media_types import media_type
from generator.news import Bulletin, News
from generator.urls import INDEX, link

OWN = ".dateline"
"""Below the site's address: the preview's own script and streams. No site can have a file there."""

BUILDING = "building"
"""The state of a page while there is no site yet."""

WHOLE = 1 << 20
"""Bytes of a file that is sent at once; a larger one is sent in pieces, unless it is a page."""

PIECE = 1 << 18
"""Bytes of such a piece."""

KEEP_ALIVE_SECONDS = 15.0
"""After so long without news a stream says that it is still there."""

MOST_STREAMS = 1000
"""Pages that can listen at a time."""

_HEADERS = {"cache-control": "no-cache", "x-content-type-options": "nosniff"}
# What is not published yet is for no other site's pages.
_HEADERS |= {"cross-origin-resource-policy": "same-origin", "x-frame-options": "SAMEORIGIN"}
_HANG_UP = {"connection": "close"}  # unread is what else the client may have to send
_NOT_BUILT = (
    b'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The site is being built</title></head>'
    b"<body><p>The site is being built.</p></body></html>\n"
)
_RETRY_MILLISECONDS = 1000
_HTML, _SCRIPT = media_type(INDEX), media_type("preview.js")
_OK = 200


class CutShort(Exception):
    """A file ended before its length said it would."""


class _Stream(StreamingResponse):
    """A response that comes in pieces, and lets go of what it holds however it ends."""

    def __init__(
        self, pieces: AsyncGenerator[bytes], headers: Mapping[str, str], status: int, done: Callable[[], None]
    ) -> None:
        super().__init__(pieces, status, headers)
        self._pieces = pieces
        self._done = done

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            async with aclosing(self._pieces):
                if scope["method"] == "HEAD":
                    self.body_iterator = _nothing()
                await super().__call__(scope, receive, send)
        finally:
            self._done()


class App:
    """The ASGI application that serves one folder.

    Args:
        output: the folder; need not exist yet.
        base_path: what its addresses begin with, with a slash at both ends.
        host: a name that requests may call this server by, other than by a number or as localhost.
    """

    def __init__(self, output: Path, base_path: str, host: str) -> None:
        self.streams = 0  # that are open
        self.move(output, base_path)
        self._bulletin = Bulletin(secrets.token_hex(4))
        self._told = asyncio.Event()  # of the next news; those after them have an event of their own
        self._closed = False
        self._host = host.lower()
        self._script = (Path(__file__).parent / "preview.js").read_bytes()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        try:
            await self._answer(scope)(scope, receive, send)
        except CutShort:
            return  # the server closes the connection, which tells the client that the end is missing

    def move(self, output: Path, base_path: str) -> None:
        """Serve this folder below this path from now on."""
        self._base = (addresses.parse_address(base_path.encode()) or ("",))[:-1]
        self._base_path = "".join(f"/{quote(name)}" for name in self._base) + "/"
        self._folder = Folder(output)

    def tell(self, news: News) -> None:
        """Let every open page know what a build did. Called in the server's loop, as `close` is."""
        css = [link(self._base_path, path) for path in news.changed if path.endswith(".css")]
        embedded = any(addresses.is_embedded(path) for path in news.changed)
        self._bulletin.add(news, css, embedded=embedded)
        self._wake()

    def close(self) -> None:
        """End every stream."""
        self._closed = True
        self._wake()

    def _wake(self) -> None:
        woken, self._told = self._told, asyncio.Event()
        woken.set()

    def _answer(self, scope: Scope) -> Response:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        return self._refusal(scope["method"], headers) or self._answer_to(scope, headers)

    def _answer_to(self, scope: Scope, headers: dict[str, str]) -> Response:
        if scope["method"] == "HEAD":
            headers.pop("range", None)  # RFC 9110, section 14.2: ranges are for GET
        names = addresses.parse_address(scope["raw_path"])
        inside = self._below(names)
        if inside is not None:
            return self._give(inside, scope["query_string"].decode("latin-1"), headers)
        if names == self._base:
            return _redirect(308, self._base_path, scope["query_string"].decode("latin-1"))
        if names == ("",):
            return _redirect(302, self._base_path)
        return _sentence(404, f"There is no such page. The site is at {self._base_path}")

    def _refusal(self, method: str, headers: Mapping[str, str]) -> Response | None:
        if not addresses.is_ours(headers.get("host", "localhost"), self._host):
            return _sentence(
                421, "This server does not go by that name.", _HANG_UP
            )  # RFC 9110, section 15.5.20
        if method not in {"GET", "HEAD"}:
            return _sentence(405, "This server only gives.", {**_HANG_UP, "allow": "GET, HEAD"})
        if "transfer-encoding" in headers or headers.get("content-length", "0") != "0":
            return _sentence(413, "This server takes nothing.", _HANG_UP)  # RFC 9110, section 9.3.1
        return None

    def _below(self, names: tuple[str, ...] | None) -> tuple[str, ...] | None:
        depth = len(self._base)
        return names[depth:] or None if names and names[:depth] == self._base else None

    def _give(self, names: tuple[str, ...], query: str, headers: Mapping[str, str]) -> Response:
        if names == (OWN, "events"):
            return self._events(query, headers)
        if names == (OWN, "preview.js"):
            state = Validators(f'"{zlib.crc32(self._script):x}"', 0, formatdate(0, usegmt=True))
            known = addresses.is_known(headers, state)
            return _not_modified(state) if known else _whole(self._script, _SCRIPT, state, headers)
        found = self._folder.find(names)
        page = self._base_path + quote("/".join(names))
        if found and S_ISDIR(found.look.st_mode) and names[-1]:
            return _redirect(308, f"{page}/", query)
        try:
            return self._file(found, media_type(names[-1] or INDEX), page, headers)
        except OSError:  # it is gone meanwhile, or may not be read
            return self._missing(page)

    def _file(self, found: Found | None, kind: str, page: str, headers: Mapping[str, str]) -> Response:
        with ExitStack() as held:
            handle, look = addresses.open_file(found)
            held.callback(os.close, handle)
            script = self._tag(page, addresses.version(look)) if kind == _HTML else b""
            # A page is another one when its script is.
            state = addresses.validators(look, f"-{zlib.crc32(script):x}" if script else "")
            if addresses.is_known(headers, state):
                return _not_modified(state)
            if script or look.st_size <= WHOLE:
                data = addresses.read_open(handle, range(look.st_size))
                return _whole(_insert(data, script), kind, state, headers)
            status, fields, span = _span(kind, state, look.st_size, headers)
            return _Stream(_pieces(handle, span), fields, status, held.pop_all().close)

    def _missing(self, page: str) -> Response:
        if not self._is_built():
            fields = {**_HEADERS, "retry-after": "1", "content-type": _HTML}
            return Response(_insert(_NOT_BUILT, self._tag(page, BUILDING)), 503, fields)
        try:
            data = addresses.read_file(self._folder.find(("404.html",)))
        except OSError:
            return _sentence(404, "There is no such page.")
        return Response(_insert(data, self._tag(page, "")), 404, {**_HEADERS, "content-type": _HTML})

    def _is_built(self) -> bool:
        found = self._folder.find((INDEX,))
        return found is not None and S_ISREG(found.look.st_mode)

    def _tag(self, page: str, state: str) -> bytes:
        source = f"{self._base_path}{OWN}/preview.js"
        return f'<script src="{source}" data-page="{escape(page)}" data-version="{state}" defer></script>'.encode()

    def _state(self, page: str) -> str:
        inside = self._below(addresses.parse_address(page.encode()))
        found = self._folder.find(inside) if inside else None
        if found and S_ISREG(found.look.st_mode):
            return addresses.version(found.look)
        return "" if self._is_built() else BUILDING

    def _events(self, query: str, headers: Mapping[str, str]) -> Response:
        if self.streams >= MOST_STREAMS:
            return _sentence(503, "Too many pages are open.")
        asked = {name: values[-1] for name, values in parse_qs(query).items()}
        heard = self._bulletin.heard(headers.get("last-event-id") or asked.get("heard", ""))
        pieces = self._listen(asked.get("page", ""), asked.get("version", ""), heard)
        self.streams += 1
        return _Stream(pieces, {**_HEADERS, "content-type": "text/event-stream"}, 200, self._left)

    def _left(self) -> None:
        self.streams -= 1

    async def _listen(self, page: str, loaded: str, heard: int) -> AsyncGenerator[bytes]:
        yield b"retry: %d\n\n" % _RETRY_MILLISECONDS
        while not self._closed:
            told, number = self._told, self._bulletin.number
            yield self._bulletin.event(self._state(page), loaded, heard)
            heard = number
            while not await _happens(told, KEEP_ALIVE_SECONDS):
                yield b":\n\n"


async def _happens(event: asyncio.Event, seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            return await event.wait()
    except TimeoutError:
        return False


async def _pieces(handle: int, span: range) -> AsyncGenerator[bytes]:
    for start in range(span.start, span.stop, PIECE):
        wanted = range(start, min(start + PIECE, span.stop))
        data = addresses.read_open(handle, wanted)
        if len(data) < len(wanted):
            raise CutShort
        yield data
        await asyncio.sleep(0)  # a client that reads as fast as this writes must not keep others waiting


async def _nothing() -> AsyncGenerator[bytes]:
    return
    yield b""


def _whole(data: bytes, kind: str, state: Validators, headers: Mapping[str, str]) -> Response:
    status, fields, span = _span(kind, state, len(data), headers)
    return Response(data if status == _OK else data[span.start : span.stop], status, fields)


def _not_modified(state: Validators) -> Response:
    return Response(None, 304, {**_HEADERS, "etag": state.tag, "last-modified": state.date})


def _span(
    kind: str, state: Validators, size: int, headers: Mapping[str, str]
) -> tuple[int, dict[str, str], range]:
    """Give the status, the header fields and the bytes of an answer that holds all or part of a file."""
    fields = {**_HEADERS, "content-type": kind, "etag": state.tag, "last-modified": state.date}
    span = addresses.part(headers, state, size) if "range" in headers else None
    status = _OK
    if span is None:
        span = range(size)
    elif span:
        status, fields["content-range"] = 206, f"bytes {span[0]}-{span[-1]}/{size}"
    else:
        status, fields["content-range"] = 416, f"bytes */{size}"
    return status, {**fields, "accept-ranges": "bytes", "content-length": str(len(span))}, span


def _insert(page: bytes, script: bytes) -> bytes:
    """Put the script before the end of a page's body, or else of its head, or last."""
    if not script:
        return page
    lowered = page.lower()
    places = (lowered.rfind(b"</body"), lowered.rfind(b"</head"), len(page))
    place = next(place for place in places if place >= 0)
    return page[:place] + script + page[place:]


def _redirect(status: int, path: str, query: str = "") -> Response:
    return Response(None, status, {**_HEADERS, "location": f"{path}?{query}" if query else path})


def _sentence(status: int, text: str, fields: Mapping[str, str] | None = None) -> Response:
    return PlainTextResponse(f"{text}\n", status, {**_HEADERS, **(fields or {})})
