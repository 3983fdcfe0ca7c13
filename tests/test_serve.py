"""The preview server: where it is, when it ends, and what it leaves behind."""

import asyncio
import gc
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.request import urlopen

import pytest
from conftest import write

from generator import serve
from generator.model import DatelineError, Issue, Severity
from generator.news import News
from generator.report import BuildReport, IngestReport, Outcome
from generator.serve import Announcer, Preview

SECONDS = 10.0
"""How long anything may take."""


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Callable[..., Preview]]:
    write(tmp_path, "index.html")
    made: list[Preview] = []

    def begin(base: str = "/", **options: str | int) -> Preview:
        made.append(Preview(tmp_path, base, **{"port": 0, **options}))  # type: ignore[arg-type]
        return made[-1]

    yield begin
    for preview in made:
        preview.stop()
    assert [thread.name for thread in threading.enumerate() if thread.name == "preview"] == []


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < end, "it never held"
        time.sleep(0.005)


def handles() -> int:
    gc.collect()  # what earlier tests left open is none of these
    return len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - names are enough


def listen(preview: Preview, query: str = "?page=/&version=") -> socket.socket:
    line = socket.create_connection(("127.0.0.1", preview.port), timeout=SECONDS)
    line.sendall(f"GET /.dateline/events{query} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    return line


def read(line: socket.socket, end: bytes) -> bytes:
    """Read up to some bytes, or until the other side hangs up."""
    data = b""
    while end not in data and (more := line.recv(65_536)):
        data += more
    return data


@pytest.mark.parametrize("base", ["/", "/digest/"])
def test_the_address_is_where_the_site_is(make: Callable[..., Preview], base: str) -> None:
    preview = make(base)
    address = preview.start()

    assert address == preview.address == f"http://127.0.0.1:{preview.port}{base}"
    with urlopen(address, timeout=SECONDS) as response:  # noqa: S310 - our own address
        assert response.read().startswith(b"index.html<script")


@pytest.mark.parametrize(
    ("host", "name"),
    [("localhost", "localhost"), ("::1", "[::1]"), ("0.0.0.0", "localhost"), ("", "localhost")],  # noqa: S104
)
def test_any_address_of_this_machine_will_do(make: Callable[..., Preview], host: str, name: str) -> None:
    if ":" in host and not Path("/proc/net/if_inet6").exists():
        pytest.skip("this machine has no IPv6")
    address = make(host=host).start()

    assert address.startswith(f"http://{name}:")
    with urlopen(address, timeout=SECONDS) as response:  # noqa: S310 - our own address
        assert response.status == 200


def test_the_next_free_port_is_taken(make: Callable[..., Preview]) -> None:
    first = make()
    first.start()
    second = make(port=first.port)
    second.start()

    assert first.port < second.port <= first.port + serve.PORTS
    with urlopen(second.address, timeout=SECONDS) as response:  # noqa: S310 - our own address
        assert response.status == 200


def test_no_free_port_is_said(make: Callable[..., Preview], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "PORTS", 0)
    first = make()
    first.start()

    with pytest.raises(
        DatelineError, match=rf"^cannot serve on 127\.0\.0\.1: every port .* {first.port} is taken"
    ):
        make(port=first.port).start()


@pytest.mark.parametrize(
    ("host", "port"),
    [("192.0.2.1", 0), ("nowhere.invalid", 0), ("a\0b", 0), ("." * 300, 0), ("127.0.0.1", 70_000)],
)
def test_a_host_that_is_not_this_machine_is_said(make: Callable[..., Preview], host: str, port: int) -> None:
    before = handles()
    with pytest.raises(DatelineError, match=r"^cannot serve on"):
        make(host=host, port=port).start()

    assert handles() <= before


def test_a_port_that_was_left_can_be_taken_at_once(make: Callable[..., Preview]) -> None:
    first = make()
    first.start()
    with listen(first) as line:
        read(line, b"data:")
        first.stop()
    second = make(port=first.port)
    second.start()

    assert second.port == first.port


def test_stopping_twice_or_before_the_start_does_nothing(make: Callable[..., Preview]) -> None:
    preview = make()
    preview.stop()
    preview.start()
    preview.stop()
    preview.stop()
    preview.tell(News())

    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", preview.port))


def test_an_interrupt_while_it_starts_leaves_a_server_that_can_be_stopped(
    make: Callable[..., Preview], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    preview = make()
    with monkeypatch.context() as patched:
        patched.setattr(Future, "result", interrupt)
        with pytest.raises(KeyboardInterrupt):
            preview.start()

    preview.tell(News())
    preview.stop()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", preview.port))


def test_what_is_told_before_the_start_is_not_lost(make: Callable[..., Preview]) -> None:
    preview = make()
    preview.tell(News((), ("a.md:1: bad",)))
    preview.start()

    with listen(preview) as line:
        assert b"a.md:1: bad" in read(line, b"}")


def test_it_ends_at_once_whatever_is_open(make: Callable[..., Preview], tmp_path: Path) -> None:
    (tmp_path / "large.bin").write_bytes(bytes(1 << 26))
    before = handles()
    preview = make()
    preview.start()
    port = ("127.0.0.1", preview.port)
    with (
        listen(preview) as stream,
        socket.create_connection(port) as silent,
        socket.create_connection(port) as half,
        socket.create_connection(port) as slow,
        closing(HTTPConnection(*port, timeout=SECONDS)) as kept,
    ):
        read(stream, b"data:")
        half.sendall(b"GET / HT")
        slow.sendall(b"GET /large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert slow.recv(1) == b"H"
        kept.request("GET", "/")
        kept.getresponse().read()
        begun = time.monotonic()
        preview.stop()
        assert time.monotonic() - begun < SECONDS / 2
        assert read(stream, b"never").endswith(b"0\r\n\r\n")
        assert silent.recv(1) == b""
    assert handles() <= before


def test_many_streams_come_and_go_and_leave_nothing(make: Callable[..., Preview]) -> None:
    preview = make()
    preview.start()
    with urlopen(preview.address, timeout=SECONDS) as response:  # noqa: S310 - our own address
        response.read()
    before = handles()
    lines = [listen(preview) for _ in range(200)]
    for line in lines:
        read(line, b"}\n")
    assert preview.streams == 200
    preview.tell(News((), ("a.md:1: bad",)))
    assert all(b"a.md:1: bad" in read(line, b"bad") for line in lines)
    for line in lines:
        line.close()
    until(lambda: preview.streams == 0)
    until(lambda: handles() <= before)


def test_the_head_of_a_stream_is_all_that_is_asked_for(make: Callable[..., Preview]) -> None:
    preview = make()
    preview.start()
    with closing(HTTPConnection("127.0.0.1", preview.port, timeout=SECONDS)) as connection:
        connection.request("HEAD", "/.dateline/events?page=/")
        response = connection.getresponse()
        assert (response.status, response.read()) == (200, b"")
    until(lambda: preview.streams == 0)


def test_downloads_that_are_broken_off_leave_nothing(make: Callable[..., Preview], tmp_path: Path) -> None:
    (tmp_path / "large.bin").write_bytes(bytes(1 << 25))
    preview = make()
    preview.start()
    before = handles()
    for _ in range(20):
        with socket.create_connection(("127.0.0.1", preview.port)) as line:
            line.sendall(b"GET /large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n")
            line.recv(1)
    until(lambda: handles() <= before)


def test_news_come_from_any_thread_and_none_is_lost(make: Callable[..., Preview]) -> None:
    preview = make()
    preview.start()
    with listen(preview) as line:
        read(line, b"}\n")
        tellers = [
            threading.Thread(target=preview.tell, args=(News((f"{number}.css",)),)) for number in range(20)
        ]
        for teller in tellers:
            teller.start()
        for teller in tellers:
            teller.join()
        preview.tell(News((), ("last",)))
        told = read(line, b"last")

    assert [number for number in range(20) if f'"/{number}.css"'.encode() not in told] == []


def test_a_server_that_cannot_begin_says_so(
    make: Callable[..., Preview], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise OSError(24, "Too many open files")

    monkeypatch.setattr(asyncio.events, "new_event_loop", refuse)

    preview = make()
    with pytest.raises(DatelineError, match=r"^cannot serve on 127\.0\.0\.1: Too many open files$"):
        preview.start()
    preview.tell(News())


def test_another_folder_below_another_path_is_served_from_then_on(
    make: Callable[..., Preview], tmp_path: Path
) -> None:
    write(tmp_path / "other", "index.html")
    preview = make("/digest/")
    preview.move(tmp_path / "other", "/paper/")
    address = preview.start()
    assert address.endswith("/paper/")
    with urlopen(address) as answer:  # noqa: S310 - our own
        assert answer.read().startswith(b"index.html")
    preview.move(tmp_path, "/digest/")
    preview.move(tmp_path, "/digest/")

    assert preview.address == address.replace("/paper/", "/digest/")
    until(lambda: "/digest/" in _redirected(preview.port))


def _redirected(port: int) -> str:
    with urlopen(f"http://127.0.0.1:{port}/") as answer:
        return str(answer.url)


BROKEN = Issue("content/a.md", 2, "broken front matter")
ODD = Issue("content/b.md", 1, "odd", Severity.WARNING)
REFUSED = Issue("seeds/c.txt", 1, "not text")


def built(*issues: Issue, written: tuple[str, ...] = (), deleted: tuple[str, ...] = ()) -> Outcome:
    return Outcome((), built=BuildReport(written, 0, deleted, (), issues, 0.1))


def test_open_pages_hear_what_changed_and_what_is_wrong_until_it_is_mended() -> None:
    heard: list[News] = []
    announce = Announcer(heard.append)
    announce(built(BROKEN, ODD, written=("index.html",), deleted=("a/index.html",)))
    announce(Outcome((), ingested=IngestReport((), (), (REFUSED,))))
    announce(Outcome((), failure="templates/base.html:1: no"))
    announce(Outcome((), failure="templates/base.html:2: no"))
    announce(built())

    assert heard == [
        News(("index.html", "a/index.html"), ("content/a.md:2: broken front matter",)),
        News((), ("content/a.md:2: broken front matter", "seeds/c.txt:1: not text")),
        News((), ("templates/base.html:1: no", "content/a.md:2: broken front matter"), failed=True),
        News((), ("templates/base.html:2: no", "content/a.md:2: broken front matter"), failed=True),
        News(),
    ]
