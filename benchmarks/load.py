"""Clients for a preview server, in a process of their own: `load.py ask` and `load.py listen`."""

import argparse
import asyncio
import json
import re
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from statistics import median, quantiles

READY = "ready"
"""The line that says that all pages, or all streams, have heard the first news."""

PATIENCE = 60.0
"""Seconds that a stream waits for news, and a client for an answer."""

VERSION = re.compile(rb'data-version="([^"]*)"')
LENGTH = re.compile(rb"(?i)^content-length: *(\d+)", re.MULTILINE)


async def ask(port: int, path: str, connections: int, seconds: float) -> dict[str, float]:
    """Ask for a page over and over on so many connections for so many seconds.

    Returns: requests per second, and the median and the 99th percentile of the seconds to an answer's last byte.
    """
    began = time.monotonic()
    found = await asyncio.gather(*(_ask(port, path, began + seconds) for _ in range(connections)))
    took = time.monotonic() - began
    each = [one for many in found for one in many]
    return {
        "rate": len(each) / took,
        "median": median(each),
        "late": quantiles(each, n=100, method="inclusive")[-1],
    }


async def _ask(port: int, path: str, until: float) -> list[float]:
    took: list[float] = []
    async with connected(port) as (reader, writer):
        began = time.monotonic()
        while began < until:
            await _get(reader, writer, path)
            took.append(time.monotonic() - began)
            began = time.monotonic()
    return took


async def listen(port: int, path: str, streams: int) -> list[float]:
    """Open so many streams of a page, say when they are open, and wait until each is told to load it anew.

    Returns: when each heard it, in seconds of the system's monotonic clock, in order.
    """
    async with connected(port) as (reader, writer):
        page = await _get(reader, writer, path)
    version = VERSION.findall(page)[-1].decode()
    opened = asyncio.Barrier(streams + 1)
    hearing = asyncio.gather(*(_listen(port, path, version, opened) for _ in range(streams)))
    waiting = asyncio.ensure_future(opened.wait())
    await asyncio.wait((hearing, waiting), return_when=asyncio.FIRST_COMPLETED)
    if not hearing.done():
        sys.stdout.write(f"{READY}\n")
        sys.stdout.flush()
    return sorted(await hearing)


async def _listen(port: int, path: str, version: str, opened: asyncio.Barrier) -> float:
    async with connected(port) as (reader, writer):
        request(writer, f"/.dateline/events?page={path}&version={version}")
        if await _news(reader):
            raise ConnectionError(f"{path} changed before the stream was open")
        await opened.wait()
        while not await _news(reader):
            pass
        return time.monotonic()


async def _news(reader: asyncio.StreamReader) -> bool:
    """Wait for the next message, and tell whether it says that the page is to be loaded anew."""
    while not (line := await asyncio.wait_for(reader.readline(), PATIENCE)).startswith(b"data: "):
        if not line:
            raise ConnectionError("a stream ended")
    return bool(json.loads(line[len(b"data: ") :])["reload"])


async def _get(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str) -> bytes:
    request(writer, path)
    head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE)
    length = LENGTH.search(head)
    if b" 200 " not in head[:16] or not length:
        raise ConnectionError(f"{path}: {head.decode(errors='replace')}")
    return await reader.readexactly(int(length[1]))


def request(writer: asyncio.StreamWriter, path: str) -> None:
    """Ask for a path."""
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())


@asynccontextmanager
async def connected(port: int) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """Hold a connection to the server as long as the block lasts."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        yield reader, writer
    finally:
        writer.close()


def main(arguments: list[str]) -> None:
    """Run the command line; what was found goes to standard output as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("ask", "listen"))
    parser.add_argument("port", type=int)
    parser.add_argument("path")
    parser.add_argument("count", type=int, help="connections or streams")
    parser.add_argument("--seconds", type=float, default=5.0, help="how long to ask; default: 5")
    given = parser.parse_args(arguments)
    if given.what == "ask":
        found: object = asyncio.run(ask(given.port, given.path, given.count, given.seconds))
    else:
        found = asyncio.run(listen(given.port, given.path, given.count))
    sys.stdout.write(f"{json.dumps(found)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
