"""The preview over a real connection: what it serves, what it never serves, and what open pages hear."""

import itertools
import json
import logging
import os
import re
import socket
from collections.abc import Callable, Iterator
from contextlib import closing
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from conftest import tree, write

from generator import preview
from generator.news import News
from generator.serve import Preview

PAGE = "<!doctype html><html><head><title>T</title></head><body><p>Text.</p></body></html>"
OUTSIDE = "a secret that lies outside"


class Client:
    """A site's folder, the preview of it, and what a browser would do."""

    def __init__(self, root: Path, base: str) -> None:
        self.folder = root / "site"
        self.folder.mkdir(parents=True)
        self.base = base
        self.server = Preview(self.folder, base, port=0)
        self.server.start()
        self.streams: list[Stream] = []

    def write(self, path: str, text: str | bytes = PAGE) -> str:
        """Replace a file as a build does, and give its address."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        new = target.with_name(".new")
        new.write_bytes(text if isinstance(text, bytes) else text.encode())
        new.replace(target)
        return self.base + path.removesuffix("index.html")

    def ask(self, address: str, method: str = "GET", **fields: str) -> tuple[HTTPResponse, bytes]:
        headers = {name.replace("_", "-"): value for name, value in fields.items()}
        with closing(HTTPConnection("127.0.0.1", self.server.port, timeout=10)) as connection:
            connection.request(method, address, headers=headers)
            response = connection.getresponse()
            return response, response.read()

    def raw(self, request: bytes) -> bytes:
        """Send bytes as they are, and read until the server hangs up."""
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=10) as line:
            line.sendall(request)
            return b"".join(iter(lambda: line.recv(65_536), b""))

    def target(self, target: bytes) -> bytes:
        return self.raw(b"GET " + target + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")

    def version(self, address: str) -> str:
        return attribute("version", self.ask(address)[1])

    def listen(self, page: str, version: str | None = None, heard: str = "", **fields: str) -> "Stream":
        state = self.version(page) if version is None else version
        query = urlencode({"page": page, "version": state, "heard": heard})
        self.streams.append(Stream(self.server.port, f"{self.base}.dateline/events?{query}", fields))
        return self.streams[-1]

    def close(self) -> None:
        for stream in self.streams:
            stream.close()
        self.server.stop()


class Stream:
    """A stream of messages, as an open page reads it."""

    def __init__(self, port: int, address: str, fields: dict[str, str]) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=10)
        headers = {name.replace("_", "-"): value for name, value in fields.items()}
        self.connection.request("GET", address, headers=headers)
        self.response = self.connection.getresponse()
        self.id = ""

    def line(self) -> str:
        return self.response.readline().decode()

    def next(self) -> dict[str, object]:
        """Wait for a message; fails when the stream ends or is silent for long."""
        while (line := self.line()) and not line.startswith("data: "):
            if line.startswith("id: "):
                self.id = line.removeprefix("id: ").strip()
        found: dict[str, object] = json.loads(line.removeprefix("data: "))
        return found

    def close(self) -> None:
        self.response.close()
        self.connection.close()


def attribute(name: str, page: bytes) -> str:
    match = re.search(f'data-{name}="(.*?)"', page.decode())
    assert match
    return match[1]


def message(reload: str = "", css: tuple[str, ...] = (), **rest: object) -> dict[str, object]:
    return {"reload": reload, "css": list(css), "problems": [], "failed": False} | rest


@pytest.fixture(autouse=True)
def _without_errors(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    assert [record for record in caplog.get_records("call") if record.levelno >= logging.ERROR] == []


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[str], Client]]:
    clients: list[Client] = []

    def begin(base: str = "/") -> Client:
        clients.append(Client(tmp_path / str(len(clients)), base))
        return clients[-1]

    yield begin
    for client in clients:
        client.close()


def with_a_site(client: Client) -> Client:
    client.write("index.html")
    client.write("404.html", PAGE.replace("Text", "Nothing here"))
    return client


@pytest.fixture
def fresh(start: Callable[[str], Client]) -> Client:
    return with_a_site(start("/digest/"))


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """Serve one folder to all tests that are only about files."""
    client = with_a_site(Client(tmp_path_factory.mktemp("preview"), "/digest/"))
    yield client
    client.close()


def test_a_file_is_given_with_its_type_and_nothing_is_kept_without_asking(client: Client) -> None:
    response, body = client.ask(client.write("a/style.css", "p{}"))

    assert (response.status, body) == (200, b"p{}")
    assert response.headers["Content-Type"] == "text/css; charset=utf-8"
    assert response.headers["Content-Length"] == "3"
    assert response.headers["Cache-Control"] == "no-cache"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Date"]
    assert not {"Server", "Access-Control-Allow-Origin"} & {*response.headers}


@pytest.mark.parametrize("path", ["北京/a b.txt", "100%.txt", "a+b&c=d.txt", "a;b.txt", "é/?#.txt"])
def test_names_of_any_script_are_found(client: Client, path: str) -> None:
    client.write(path, path)

    assert client.ask("/digest/" + quote(path))[1].decode() == path


def test_a_folder_is_its_index(client: Client) -> None:
    client.write("topics/world/index.html", "<p>World")

    assert client.ask("/digest/topics/world/")[1].startswith(b"<p>World<script")
    assert client.ask("/digest/topics/world/index.html")[0].status == 200
    assert client.ask("/digest/topics/")[0].status == 404


@pytest.mark.parametrize(
    ("asked", "status", "location"),
    [
        ("/", 302, "/digest/"),
        ("/digest", 308, "/digest/"),
        ("/digest?a=b", 308, "/digest/?a=b"),
        ("/digest/topics", 308, "/digest/topics/"),
        ("/digest/topics?a=/&b=//x", 308, "/digest/topics/?a=/&b=//x"),
        ("/digest/%74opics", 308, "/digest/topics/"),
        ("/digest/a%20%22b", 308, "/digest/a%20%22b/"),
        ("/digest/evil.example", 308, "/digest/evil.example/"),
    ],
)
def test_addresses_lead_to_the_one_with_the_slash(
    client: Client, asked: str, status: int, location: str
) -> None:
    for name in ("topics", 'a "b', "evil.example"):
        client.write(f"{name}/index.html")
    response, body = client.ask(asked)

    assert (response.status, response.headers["Location"], body) == (status, location, b"")


def test_no_redirect_leads_elsewhere(start: Callable[[str], Client]) -> None:
    client = start("/")
    client.write("index.html")
    client.write("evil.example/index.html")

    for target in (b"//evil.example", b"//evil.example/", b"/\\evil.example", b"/%2fevil.example"):
        answer = client.target(target)
        assert answer.startswith(b"HTTP/1.1 404")
        assert b"location:" not in answer.lower()


def test_a_site_at_the_root_is_there(start: Callable[[str], Client]) -> None:
    client = start("/")
    client.write("index.html")

    assert client.ask("/")[0].status == 200
    assert client.ask("/gone")[1] == b"There is no such page.\n"


def test_a_base_of_any_script_is_one_address_however_it_is_written(start: Callable[[str], Client]) -> None:
    client = start("/news/é!/")
    client.write("index.html")
    client.write("a/index.html")

    assert client.ask("/news/%C3%A9!/")[0].status == client.ask("/news/%c3%a9%21/")[0].status == 200
    assert client.ask("/")[0].headers["Location"] == "/news/%C3%A9%21/"
    assert client.ask("/news/%C3%A9!/a")[0].headers["Location"] == "/news/%C3%A9%21/a/"


@pytest.mark.parametrize("asked", ["/other", "/digestive/", "/digestive", "/Digest/", "/index.html"])
def test_nothing_is_outside_the_base(client: Client, asked: str) -> None:
    response, body = client.ask(asked)

    assert (response.status, response.headers["Content-Type"]) == (404, "text/plain; charset=utf-8")
    assert b"/digest/" in body


def test_what_is_missing_is_the_sites_own_page(client: Client) -> None:
    response, body = client.ask("/digest/gone/")

    assert (response.status, response.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert b"Nothing here" in body
    assert attribute("version", body) == ""
    assert attribute("page", body) == "/digest/gone/"
    assert "ETag" not in response.headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "get", "BREW"])
def test_the_server_only_gives(client: Client, method: str) -> None:
    response, _ = client.ask("/digest/", method)

    assert (response.status, response.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    "address",
    ["/digest/", "/digest/a.bin", "/digest/large.bin", "/digest/gone", "/", "/digest/.dateline/preview.js"],
)
def test_the_head_is_that_of_the_whole_without_the_rest(client: Client, address: str) -> None:
    client.write("a.bin", "abc")
    client.write("large.bin", 3 * preview.WHOLE * b"x")
    whole, _ = client.ask(address)
    head, body = client.ask(address, "HEAD", Range="bytes=0-1")

    def fields(response: HTTPResponse) -> list[tuple[str, str]]:
        return [(name, value) for name, value in response.headers.items() if name != "date"]

    assert body == b""
    assert head.status == whole.status
    assert fields(head) == fields(whole)
    assert head.headers["Content-Length"] == whole.headers["Content-Length"]


@pytest.mark.parametrize("path", ["index.html", "a.css", "large.bin"])
def test_what_a_client_has_is_not_sent_again(client: Client, path: str) -> None:
    address = client.write(path, PAGE if path != "large.bin" else bytes(2 * preview.WHOLE))
    first, _ = client.ask(address)
    tag, date = first.headers["ETag"], first.headers["Last-Modified"]
    by_tag, nothing = client.ask(address, If_None_Match=f'"x", W/{tag}')

    assert (by_tag.status, nothing) == (304, b"")
    assert (by_tag.headers["ETag"], by_tag.headers["Cache-Control"]) == (tag, "no-cache")
    assert client.ask(address, "HEAD", If_None_Match=tag)[0].status == 304
    assert client.ask(address, If_Modified_Since=date)[0].status == 304
    assert client.ask(address, If_None_Match="*")[0].status == 304
    assert client.ask(address, If_None_Match='"x"', If_Modified_Since=date)[0].status == 200
    client.write(path, "another")
    assert client.ask(address, If_None_Match=tag)[0].status == 200


def test_a_page_is_another_one_when_its_script_is(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    tag = client.ask("/digest/")[0].headers["ETag"]
    monkeypatch.setattr(preview, "OWN", ".other")

    assert client.ask("/digest/", If_None_Match=tag)[0].status == 200


@pytest.mark.parametrize("size", [10, 3 * preview.WHOLE + 10])
@pytest.mark.parametrize(
    ("asked", "first", "stop"),
    [("0-0", 0, 1), ("3-7", 3, 8), ("5-", 5, None), ("-4", -4, None), ("2-99", 2, 100)],
)
def test_parts_of_files_are_given(client: Client, size: int, asked: str, first: int, stop: int) -> None:
    data = bytes(number % 251 for number in range(size))
    response, body = client.ask(client.write("a.bin", data), Range=f"bytes={asked}")

    assert (response.status, body) == (206, data[first:stop])
    begin = first % size
    assert response.headers["Content-Range"] == f"bytes {begin}-{begin + len(body) - 1}/{size}"


@pytest.mark.parametrize("size", [10, 2 * preview.WHOLE])
def test_a_part_that_is_not_there_is_refused(client: Client, size: int) -> None:
    response, body = client.ask(client.write("a.bin", bytes(size)), Range=f"bytes={size}-")

    assert (response.status, body) == (416, b"")
    assert response.headers["Content-Range"] == f"bytes */{size}"


@pytest.mark.parametrize("asked", ["bytes=0-1,3-4", "bytes=x", "lines=1-2", "bytes=5-2"])
def test_parts_that_make_no_sense_are_the_whole(client: Client, asked: str) -> None:
    response, body = client.ask(client.write("a.bin", bytes(10)), Range=asked)

    assert (response.status, body, response.headers["Accept-Ranges"]) == (200, bytes(10), "bytes")


def test_a_part_of_another_state_is_never_given(client: Client) -> None:
    address = client.write("a.bin", "0123456789")
    tag = client.ask(address)[0].headers["ETag"]
    assert client.ask(address, Range="bytes=1-2", If_Range=tag)[1] == b"12"
    client.write("a.bin", "abcdefghijk")

    assert client.ask(address, Range="bytes=1-2", If_Range=tag)[1] == b"abcdefghijk"


def test_a_part_of_a_page_is_of_what_is_served(client: Client) -> None:
    whole = client.ask("/digest/")[1]

    assert client.ask("/digest/", Range="bytes=5-999999")[1] == whole[5:]


def test_large_files_and_pages_come_whole(client: Client) -> None:
    data = os.urandom(8 * preview.WHOLE + 7)
    page = b"<body>" + 5 * preview.WHOLE * b"x" + b"</body>"

    assert client.ask(client.write("a.bin", data))[1] == data
    assert len(client.ask(client.write("a/index.html", page))[1]) > len(page)


def test_a_file_that_is_replaced_while_it_is_sent_is_the_one_it_was(client: Client) -> None:
    data = 64 * preview.WHOLE * b"1"
    address = client.write("a.bin", data)
    with closing(HTTPConnection("127.0.0.1", client.server.port, timeout=10)) as connection:
        connection.request("GET", address)
        response = connection.getresponse()
        client.write("a.bin", 64 * preview.WHOLE * b"2")
        assert response.read() == data


def test_a_file_that_is_cut_short_while_it_is_sent_is_seen_to_be(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger("uvicorn.error"), "disabled", True)
    address = client.write("a.bin", 64 * preview.WHOLE * b"1")
    with socket.create_connection(("127.0.0.1", client.server.port), timeout=10) as line:
        line.sendall(f"GET {address} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        line.recv(1)
        os.truncate(client.folder / "a.bin", 0)
        size = sum(len(part) for part in iter(lambda: line.recv(1 << 20), b""))

    assert size < 64 * preview.WHOLE


DOTS = (
    *(
        "..",
        "%2e%2e",
        ".%2E",
        "%252e%252e",
        "%c0%ae%c0%ae",
        "%e0%80%ae%e0%80%ae",
        "%ef%bc%8e%ef%bc%8e",
        "..;",
    ),
    *("..%00", "%00..", "....", "...", ".", "..%09", "%u002e%u002e", "..%20", "%2e%2e%2f.."),
)
SLASHES = ("/", "//", "%2f", "%5c", "\\", "%252f", "%c0%af", "/./")
STARTS = ("/digest/", "/digest/a/", "/digest/.well-known/", "/", "/digest/.dateline/")
CLIMBS = [
    f"{start}{slash.join([dots] * depth)}{slash}secret"
    for start, dots, slash, depth in itertools.product(STARTS, DOTS, SLASHES, (1, 2))
]
OTHERS = [
    "/digest/.dateline",
    "/digest/%2edateline",
    "/digest/.dateline/",
    "/digest/.dateline/events/..",
    "/digest/.hidden/a",
    "/digest/%2ehidden/a",
    "/digest/a/.b",
    "/digest/link",
    "/digest/link/secret",
    "/digest/linked",
    "/digest/linked/",
    "/digest/linked/secret",
    "/digest/above/secret",
    "/digest/absolute",
    "/digest/journal",
    "/digest/pipe",
    "/digest/null",
    "/digest/round",
    "/digest/locked",
    "/digest//etc/passwd",
    "//etc/passwd",
    "/etc/passwd",
    "/digest/%2fetc%2fpasswd",
    "/digest/file:///etc/passwd",
    "/digest/C:\\secret",
    "/digest/secret%00.html",
    "/digest/secret\0",
    "/digest/\x7f",
    "/digest/secret%0d%0aX-Evil:%201",
    "/digest/secret?/../../secret",
    "/digest/..?",
    "/digest/" + "a/" * 2000,
    "/digest/" + "a" * 5000,
    "/digest/" + "%41" * 300,
    "/digest/\xe9",
    "/digest/%",
    "/digest/%zz",
    "/digest/%e9",
    "/digest/%ed%b2%80",
    "http://localhost/secret",
    "http://localhost/digest/../secret",
    "secret",
    "../secret",
    "*",
    "file:///etc/passwd",
    "~/secret",
]


@pytest.fixture(scope="module")
def besieged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    client = with_a_site(Client(tmp_path_factory.mktemp("besieged"), "/digest/"))
    folder = client.folder
    write(folder, "a/index.html", "a/.b", ".hidden/a", ".dateline", "locked")
    (folder.parent / "secret").write_text(OUTSIDE)
    for name in (".dateline", "locked", ".hidden/a", "a/.b"):
        (folder / name).write_text(OUTSIDE)
    targets = {
        "link": "../secret",
        "linked": "..",
        "above": "a/../..",
        "absolute": str(folder.parent / "secret"),
    }
    targets |= {"journal": ".dateline", "null": "/dev/null", "round": "round"}
    for name, target in targets.items():
        (folder / name).symlink_to(target)
    os.mkfifo(folder / "pipe")
    if os.geteuid():
        (folder / "locked").chmod(0)
    else:  # nothing is locked to the superuser
        (folder / "locked").unlink()
    yield client
    client.close()


def test_nothing_outside_is_ever_served_whatever_the_address(besieged: Client) -> None:
    attacks = CLIMBS + OTHERS
    answers = {attack: besieged.target(attack.encode("latin-1")) for attack in attacks}

    assert len(attacks) > 1000
    assert [attack for attack, answer in answers.items() if OUTSIDE.encode() in answer] == []
    statuses = {attack: answer.split(b" ")[1] for attack, answer in answers.items()}
    assert {attack: found for attack, found in statuses.items() if found not in {b"404", b"400"}} == {}
    assert not any(b"\r\nx-evil" in answer.lower() or b"root:" in answer for answer in answers.values())


@pytest.mark.parametrize("attack", OTHERS[:20] + CLIMBS[::97])
def test_no_stream_tells_of_what_is_outside(besieged: Client, attack: str) -> None:
    assert besieged.listen(attack, "").next() == message()


@pytest.mark.parametrize(
    "fields",
    [
        f"{name}: {value}"
        for name in ("If-None-Match", "If-Modified-Since", "Range", "If-Range", "Last-Event-ID", "Accept")
        for value in (
            "",
            '"',
            "W/",
            "\xff\xfe",
            "," * 9000,
            "9" * 9000,
            "bytes=-",
            "bytes=" + "0-0," * 900,
            "-1",
        )
    ],
)
def test_no_header_confuses_the_server(client: Client, fields: str) -> None:
    request = f"HEAD /digest/ HTTP/1.1\r\nHost: localhost\r\n{fields}\r\nConnection: close\r\n\r\n"

    assert client.raw(request.encode("latin-1")).startswith((b"HTTP/1.1 200", b"HTTP/1.1 304"))


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example:80", "x@localhost", "", "a:b:c"])
def test_a_server_goes_by_no_other_name(client: Client, host: str) -> None:
    for address in ("/digest/", "/digest/.dateline/events"):
        response, body = client.ask(address, Host=host)
        assert (response.status, body) == (421, b"This server does not go by that name.\n")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:1", "[::1]:8000", "a.localhost"])
def test_a_server_goes_by_numbers_and_localhost(client: Client, host: str) -> None:
    assert client.ask("/digest/", Host=host)[0].status == 200


def test_a_request_must_name_the_server(client: Client) -> None:
    assert client.raw(b"GET /digest/ HTTP/1.1\r\n\r\n").startswith(b"HTTP/1.1 400")
    assert client.raw(b"GET /digest/ HTTP/1.0\r\n\r\n").startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize(
    ("page", "before"),
    [
        ("<body>x</body></html>", "</body></html>"),
        ("<BODY>x</BODY>", "</BODY>"),
        ("<body></body><!-- </body> -->", "</body> -->"),
        ("<head></head>x", "</head>x"),
        ("<p>x", ""),
        ("", ""),
    ],
)
def test_pages_carry_the_script_and_files_do_not(client: Client, page: str, before: str) -> None:
    address = client.write("a/index.html", page)
    (response, body), state = client.ask(address), tree(client.folder)
    script = (
        f'<script src="/digest/.dateline/preview.js" data-page="{address}"'
        f' data-version="{attribute("version", body)}" defer></script>'
    )

    assert body.decode() == page.removesuffix(before) + script + before
    assert int(response.headers["Content-Length"]) == len(body)
    assert state["a/index.html"] == page.encode()


def test_nothing_but_pages_carries_the_script(client: Client) -> None:
    for path in ("a.xml", "a.svg", "a.xhtml", "a.txt", "feed.json"):
        assert client.ask(client.write(path))[1].decode() == PAGE


@pytest.mark.parametrize("address", ['/digest/"><script>alert(1)</script>', "/digest/'&<>"])
def test_no_address_becomes_part_of_a_page(client: Client, address: str) -> None:
    answer = client.target(address.encode())

    assert answer.startswith(b"HTTP/1.1 404")
    assert attribute("page", answer) == quote(address, safe="/").replace("&", "&amp;")
    assert b"alert(1)" not in answer


def test_the_script_is_the_packages_own(fresh: Client) -> None:
    response, body = fresh.ask("/digest/.dateline/preview.js")

    assert body == (Path(preview.__file__).parent / "preview.js").read_bytes()
    assert response.headers["Content-Type"] == "text/javascript; charset=utf-8"
    tag = response.headers["ETag"]
    assert fresh.ask("/digest/.dateline/preview.js", If_None_Match=tag)[0].status == 304


def test_a_stream_begins_with_how_things_are(fresh: Client) -> None:
    fresh.server.tell(News((), ("content/a.md:3: bad",), failed=True))
    stream = fresh.listen("/digest/")

    assert stream.response.headers["Content-Type"] == "text/event-stream"
    assert "Access-Control-Allow-Origin" not in stream.response.headers
    assert stream.line() == "retry: 1000\n"
    assert stream.next() == message(problems=["content/a.md:3: bad"], failed=True)
    assert stream.id.endswith("-1")


def test_a_page_loads_itself_again_when_its_file_changed_and_at_no_other_time(fresh: Client) -> None:
    address, other = fresh.write("a/index.html"), fresh.write("b/index.html")
    pages = {path: fresh.listen(path) for path in (address, other, address + "index.html")}
    assert [page.next() for page in pages.values()] == 3 * [message()]
    fresh.write("a/index.html", "new")
    fresh.server.tell(News(("a/index.html", "rss.xml", "feed.json", "a.opml", "robots.txt", "a/x.pf_index")))

    now = fresh.version(address)
    assert {path: page.next()["reload"] for path, page in pages.items()} == {
        address: now,
        other: "",
        address + "index.html": now,
    }


def test_a_page_that_is_old_already_hears_so_at_once(fresh: Client) -> None:
    address = fresh.write("a/index.html")
    old = fresh.version(address)
    fresh.write("a/index.html", "new")

    assert fresh.listen(address, old).next() == message(fresh.version(address))


def test_a_page_hears_that_it_is_gone_and_a_missing_one_that_it_is_there(fresh: Client) -> None:
    address = fresh.write("a/index.html")
    page, missing = fresh.listen(address), fresh.listen("/digest/b/")
    assert page.next() == missing.next() == message()
    (fresh.folder / "a/index.html").unlink()
    fresh.write("b/index.html")
    fresh.server.tell(News(("a/index.html", "b/index.html")))

    assert page.next() == message("none")
    assert missing.next() == message(fresh.version("/digest/b/"))


@pytest.mark.parametrize("path", ["a/photo.webp", "app.js", "font.woff2", "logo.svg"])
def test_every_page_loads_itself_again_when_what_it_may_embed_changed(fresh: Client, path: str) -> None:
    page = fresh.listen("/digest/")
    page.next()
    fresh.server.tell(News((path, "style.css")))

    assert page.next() == message(page.id, ("/digest/style.css",))
    fresh.server.tell(News())
    assert page.next() == message()


def test_only_stylesheets_are_fetched_again_when_nothing_else_changed(fresh: Client) -> None:
    page = fresh.listen("/digest/")
    page.next()
    fresh.server.tell(News(("a b/style.css", "b.css", "other/index.html")))

    assert page.next() == message(css=("/digest/a%20b/style.css", "/digest/b.css"))
    fresh.server.tell(News(("b.css",)))
    assert page.next() == message(css=("/digest/b.css",))


def test_a_page_that_comes_back_hears_what_it_has_missed(fresh: Client) -> None:
    page = fresh.listen("/digest/")
    page.next()
    fresh.server.tell(News(("a.css",)))
    page.next()
    heard = page.id
    page.close()
    fresh.server.tell(News(("b.css",)))

    assert fresh.listen("/digest/", heard=heard).next() == message(css=("/digest/b.css",))
    assert fresh.listen("/digest/", Last_Event_ID=heard).next() == message(css=("/digest/b.css",))
    assert fresh.listen("/digest/", heard="other-7").next() == message(css=("*",))
    fresh.server.tell(News(("b.png",)))
    assert fresh.listen("/digest/", heard=heard).next()["reload"]
    assert fresh.listen("/digest/").next() == fresh.listen("/digest/", heard="other-7").next() | {"css": []}


def test_problems_come_and_go(fresh: Client) -> None:
    page = fresh.listen("/digest/")
    assert page.next() == message()
    fresh.server.tell(News((), ("a.md:1: <b>", "b.md:2: y\nz")))
    assert page.next() == message(problems=["a.md:1: <b>", "b.md:2: y\nz"])
    fresh.server.tell(News((), ("t.html:1: no",), failed=True))
    assert page.next() == message(problems=["t.html:1: no"], failed=True)
    fresh.server.tell(News())
    assert page.next() == message()


def test_a_silent_stream_says_that_it_is_there(fresh: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preview, "KEEP_ALIVE_SECONDS", 0.01)
    page = fresh.listen("/digest/")
    page.next()

    assert [page.line() for _ in range(5)] == ["\n", ":\n", "\n", ":\n", "\n"]
    fresh.server.tell(News((), ("a.md:1: x",)))
    assert page.next()["problems"]


def test_before_there_is_a_site_its_pages_wait_for_it(start: Callable[[str], Client]) -> None:
    client = start("/digest/")
    response, body = client.ask("/digest/")
    waiting = [client.listen(page, attribute("version", body)) for page in ("/digest/", "/digest/gone/")]

    assert (response.status, response.headers["Content-Type"]) == (503, "text/html; charset=utf-8")
    assert b"The site is being built." in body
    assert [page.next() for page in waiting] == 2 * [message()]
    client.write("index.html")
    client.server.tell(News(("index.html",)))
    assert [page.next()["reload"] for page in waiting] == [client.version("/digest/"), "none"]


def test_too_many_streams_are_refused(fresh: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preview, "MOST_STREAMS", 1)
    fresh.listen("/digest/").next()

    assert fresh.listen("/digest/").response.status == 503
