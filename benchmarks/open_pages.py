"""Pages that stay open in browsers, in a process of their own: `open_pages.py PORT COUNT PAGE...`.

Most do as the preview's script does: each keeps a stream, loads itself again when it is told to, and connects anew
when the stream ends. Some vanish without a word and come back, some never read what they are sent. When standard
input ends, those that listen have `PATIENCE` to come to the newest state of their pages; then what became of them
is printed as JSON.
"""

import asyncio
import json
import random
import socket
import sys
from collections import Counter
from contextlib import suppress
from itertools import cycle
from urllib.parse import quote

from load import LENGTH, PATIENCE, READY, VERSION, connected, request

RETRY = 1.0
"""Seconds after which a browser connects again, as the server wishes."""

SHARES = {"listening": 15, "vanishing": 3, "deaf": 2}
"""How many of twenty pages do what."""

STAY = (2.0, 10.0)
"""Seconds, from and to, for which pages stay that vanish or are deaf."""

_TCP_REPAIR = 19
_BROKEN = (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError)


class Page:
    """One page in one tab.

    Args:
        port: of the preview.
        path: of the page.
        counts: where it counts what happens to it.

    Attributes:
        state: that of the page as it was loaded last.
        there: set once it has been loaded and has heard something.
    """

    def __init__(self, port: int, path: str, counts: Counter[str]) -> None:
        self.path = path
        self.state = ""
        self.there = asyncio.Event()
        self._port = port
        self._counts = counts
        self._heard = ""
        self._loaded_for = ""

    async def listen(self) -> None:
        """Be open, and follow every change, for ever."""
        while True:
            with suppress(*_BROKEN):
                await self.load()
                while not await self._hear():  # noqa: ASYNC110 - it waits for the stream, not for a flag
                    await asyncio.sleep(RETRY)
                continue
            await asyncio.sleep(RETRY)

    async def vanish(self) -> None:
        """Listen for a while, and be gone without a word; again and again."""
        while True:
            with suppress(*_BROKEN):
                await self.load()
                async with asyncio.timeout(random.uniform(*STAY)):
                    await self._hear(silently=True)
            self._counts["vanished"] += 1
            await asyncio.sleep(RETRY)

    async def ignore(self) -> None:
        """Open a stream with hardly any room for what comes, never read it, and leave; again and again."""
        while True:
            with suppress(*_BROKEN), socket.socket() as line:
                line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
                line.setblocking(False)  # noqa: FBT003 - the library's own
                await asyncio.get_running_loop().sock_connect(line, ("127.0.0.1", self._port))
                line.send(f"GET {self._stream()} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
                self.there.set()
                await asyncio.sleep(random.uniform(*STAY) * 3)
            self._counts["ignored"] += 1

    async def load(self) -> None:
        """Get the page; what it is, and whether it is there at all, is told by its state."""
        async with connected(self._port) as (reader, writer):
            request(writer, quote(self.path))
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE)
            length = LENGTH.search(head)
            body = await reader.readexactly(int(length[1]) if length else 0)
        self.state, self._heard = (VERSION.findall(body) or [b"?"])[-1].decode(), ""
        self._counts["loaded"] += 1

    async def _hear(self, *, silently: bool = False) -> bool:
        """Read the stream until it says that the page is to be loaded again: True; or ends: False."""
        async with connected(self._port) as (reader, writer):
            try:
                request(writer, self._stream())
                while line := await reader.readline():
                    if self._is_news(line.decode().strip()):
                        return True
            finally:
                if silently:
                    _forget(writer)
        self._counts["ended"] += 1
        return False

    def _is_news(self, line: str) -> bool:
        if line.startswith("id: "):
            self._heard = line.removeprefix("id: ")
        if not line.startswith("data: "):
            return False
        self.there.set()
        reload = json.loads(line.removeprefix("data: "))["reload"]
        if not reload or reload == self._loaded_for:  # never twice for one state
            return False
        self._loaded_for = reload
        self._counts["told"] += 1
        return True

    def _stream(self) -> str:
        return f"/.dateline/events?page={quote(self.path)}&version={self.state}&heard={self._heard}"


def _forget(writer: asyncio.StreamWriter) -> None:
    """Have the system forget a connection without telling the other side, or else cut it."""
    line = writer.get_extra_info("socket")
    try:
        line.setsockopt(socket.IPPROTO_TCP, _TCP_REPAIR, 1)
    except OSError:  # that takes a right of its own
        writer.transport.abort()


async def stay(port: int, count: int, paths: list[str]) -> dict[str, int]:
    """Keep so many pages open until standard input ends, and give what became of them; `behind` should be none."""
    counts: Counter[str] = Counter()
    pages = [Page(port, path, counts) for _, path in zip(range(count), cycle(paths), strict=False)]
    kinds = [kind for kind, share in SHARES.items() for _ in range(share)]
    does = {"listening": Page.listen, "vanishing": Page.vanish, "deaf": Page.ignore}
    chosen = [(page, kinds[number * 7 % len(kinds)]) for number, page in enumerate(pages)]
    tabs = [asyncio.ensure_future(does[kind](page)) for page, kind in chosen]
    await asyncio.wait_for(asyncio.gather(*(page.there.wait() for page in pages)), PATIENCE)
    sys.stdout.write(f"{READY}\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.read)
    listening = [page for page, kind in chosen if kind == "listening"]
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            while await _behind(port, listening):  # noqa: ASYNC110 - it is another process that changes it
                await asyncio.sleep(0.1)
    counts["behind"] = await _behind(port, listening)
    counts["listening"] = len(listening)
    failed = [tab for tab in tabs if tab.done()]
    for tab in tabs:
        tab.cancel()
    await asyncio.gather(*failed)
    return counts


async def _behind(port: int, pages: list[Page]) -> int:
    """Count the pages that show another state than a page that is opened now."""
    newest = {page.path: Page(port, page.path, Counter()) for page in pages}
    for page in newest.values():
        await page.load()
    return sum(page.state != newest[page.path].state for page in pages)


if __name__ == "__main__":
    _port, _count, *_paths = sys.argv[1:]
    sys.stdout.write(f"{json.dumps(asyncio.run(stay(int(_port), int(_count), _paths)))}\n")
