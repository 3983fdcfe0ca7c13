"""Attacks on the preview over a raw connection: nothing but the site's files is given, and it goes on serving."""

import itertools
import logging
import os
import re
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from conftest import write
from test_preview import PAGE, Client, with_a_site

from generator import connections
from generator.news import News

SECRET = b"a secret that lies outside"
HIDDEN = b"a secret that is hidden"
STATUS = re.compile(rb"HTTP/1\.1 ([0-9]{3}) ")

UP = (
    *(
        "..",
        "%2e%2e",
        "%2E%2E",
        ".%2e",
        "%2e.",
        "%252e%252e",
        "%25252e%25252e",
        "..;",
        "..%00",
        "..%20",
        "%20..",
    ),
    *("%c0%ae%c0%ae", "%c0%2e%c0%2e", "%e0%80%ae%e0%80%ae", "%f0%80%80%ae", "%uff0e%uff0e", "%u002e%u002e"),
    *(
        "%ef%bc%8e%ef%bc%8e",
        "\xef\xbc\x8e\xef\xbc\x8e",
        "...",
        "....",
        "..%01",
        "%2e%2e%0a",
        "..%c2%85",
        "...",
    ),
)
"""Spellings of the folder above, and what some servers take for it."""

SLASH = (
    "/",
    "%2f",
    "%2F",
    "%252f",
    "\\",
    "%5c",
    "%5C",
    "%255c",
    "%c0%af",
    "%e0%80%af",
    "%ef%bc%8f",
    "//",
    "/./",
    ";/",
)
"""The same of what parts the names of an address."""

TRAVERSALS = tuple(
    f"{prefix}{slash.join([*3 * [up], name])}"
    for up, slash in itertools.product(UP, SLASH)
    for prefix, name in (("/digest/", "secret.txt"), ("/digest/a/", "secret.txt"))
)

PATHS = (
    *(
        "/digest/../secret.txt",
        "/../secret.txt",
        "/digest/a/../../../secret.txt",
        "/digest/%2e%2e/secret.txt",
    ),
    *(
        "/secret.txt",
        "//secret.txt",
        "///etc/passwd",
        "/etc/passwd",
        "/digest//etc/passwd",
        "/digest/%2fetc%2fpasswd",
    ),
    *(
        "/digest/C:/Windows/win.ini",
        "/digest/c%3a%5cwindows%5cwin.ini",
        "/digest/file:///etc/passwd",
        "file:///etc/passwd",
    ),
    *(
        "/digest/link",
        "/digest/folder/secret.txt",
        "/digest/folder/",
        "/digest/up/secret.txt",
        "/digest/absolute",
    ),
    *(
        "/digest/.dateline",
        "/digest/.git/config",
        "/digest/.htaccess",
        "/digest/a/.hidden",
        "/digest/%2egit/config",
    ),
    *(
        "/digest/.dateline%00",
        "/digest/.DATELINE",
        "/digest/.dateline/",
        "/digest/.dateline/..%2f.git%2fconfig",
    ),
    *("/digest/.dateline/preview.js/../../.git/config", "/digest/.dateline/%2e%2e/.git/config"),
    *(
        "/digest/a/%2e/.hidden",
        "/digest/./.git/config",
        "/digest/.well-known/../.git/config",
        "/digest/.git%2fconfig",
    ),
    *(
        "/digest/journal",
        "/digest/to-hidden",
        "/digest/pipe",
        "/digest/null",
        "/digest/socket",
        "/dev/null",
        "/proc/self/environ",
    ),
    *(
        "/digest/index.html%00.png",
        "/digest/index.html/",
        "/digest/index.html/x",
        "/digest/index.html%20",
        "/digest/index.html.",
    ),
    *(
        "/digest/index.html::$DATA",
        "/digest/INDEX.HTML",
        "/digest/~root",
        "/digest/$(id)",
        "/digest/`id`",
        "/digest/|id",
    ),
    *(
        "http://127.0.0.1/digest/../secret.txt",
        "http://evil.example/digest/",
        "https://evil.example",
        "//evil.example/digest/",
    ),
    *(
        "*",
        "evil.example:443",
        "digest/",
        "",
        "?",
        "#",
        "/digest/#/../secret.txt",
        "/digest/?../../secret.txt",
    ),
    *(
        "/digest/" + 60_000 * "a",
        "/digest/" + 20_000 * "a/",
        "/digest/" + 20_000 * "../",
        "/digest/" + 10_000 * "%2e%2e/",
    ),
    *(
        "/digest/%",
        "/digest/%2",
        "/digest/%zz",
        "/digest/%ff%fe",
        "/digest/%ed%a0%80",
        "/digest/%00",
        "/digest/\x7f",
    ),
    *(
        "/digest/<script>alert(1)</script>",
        "/digest/%3Cscript%3Ealert(1)%3C/script%3E",
        '/digest/"onload="alert(1)',
    ),
    *(
        "/digest/{{7*7}}",
        "/digest/%1b[2J%1b]0;owned%07",
        "/digest/%0d%0aSet-Cookie:%20a=b",
        "/digest/%0aX:%20y/",
    ),
    *(
        "/digest/a%0d%0aLocation:%20//evil.example",
        "/digest/a?%0d%0aSet-Cookie:%20a=b",
        "/digest?\r",
        "/%0d%0a",
    ),
    *(
        "/digest/.dateline/events?page=../../secret.txt&x",
        "/digest/.dateline/eventsx",
        "/digest/.dateline/events/",
    ),
)
"""Further addresses, each given as it stands."""

REDIRECTS = (
    *(
        "//evil.example",
        "//evil.example/",
        "//evil.example/digest",
        "/\\evil.example",
        "/%5cevil.example",
        "/%2fevil.example",
    ),
    *(
        "/%2f%2fevil.example",
        "///evil.example/",
        "/.evil.example",
        "/digest//evil.example",
        "/digest/%2fevil.example",
    ),
    *(
        "/digest/%5c%5cevil.example",
        "/digest?//evil.example",
        "/digest/a?//evil.example",
        "/digest/a?a=\\\\evil.example",
    ),
    *(
        "/digest/evil.example",
        "/digest/%09/evil.example",
        "/%09//evil.example",
        "/@evil.example",
        "/digest@evil.example",
    ),
    *(
        "/;//evil.example",
        "/%20//evil.example",
        "http://evil.example",
        "/digest/javascript:alert(1)",
        "/digest/a%23x",
    ),
    *("/", "/?//evil.example", "/digest", "/digest/a", "/digest/%61", "/digest/a%3f"),
)
"""Addresses that may lead on, to this server only."""

GET = b"GET /digest/ HTTP/1.1\r\nHost: localhost\r\n"
FIELDS = {
    "no host": b"GET /digest/ HTTP/1.1\r\n",
    "two hosts": GET + b"Host: evil.example\r\n",
    "two equal hosts": GET + b"Host: localhost\r\n",
    "a folded field": GET + b"X: a\r\n b: c\r\n",
    "a space before the colon": GET + b"X : a\r\n",
    "a field without a name": GET + b": a\r\n",
    "a field without a colon": GET + b"X\r\n",
    "an end in a field": GET + b"X: a\0b\r\n",
    "a bare return in a field": GET + b"X: a\rY: b\r\n",
    "an escape sequence in a field": GET + b"User-Agent: \x1b]0;owned\x07\x1b[2J\r\n",
    "a field that never ends": GET + b"X: " + 200_000 * b"a" + b"\r\n",
    "a name that never ends": GET + 200_000 * b"a" + b": b\r\n",
    "very many fields": GET + 20_000 * b"X: a\r\n",
    "a hundred fields": GET + 100 * b"X: a\r\n",
    "length and chunks": GET + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
    "chunks in odd spelling": GET + b"Transfer-Encoding: xchunked\r\n",
    "chunks twice": GET + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
    "chunks and identity": GET + b"Transfer-Encoding: chunked, identity\r\n",
    "chunks after a tab": GET + b"Transfer-Encoding:\tchunked\r\n",
    "two lengths": GET + b"Content-Length: 0\r\nContent-Length: 44\r\n",
    "a list of lengths": GET + b"Content-Length: 0, 44\r\n",
    "a negative length": GET + b"Content-Length: -1\r\n",
    "a length with a sign": GET + b"Content-Length: +4\r\n",
    "a length in hexadecimal": GET + b"Content-Length: 0x4\r\n",
    "a length of many digits": GET + b"Content-Length: " + 5_000 * b"9" + b"\r\n",
    "a length that overflows": GET + b"Content-Length: 18446744073709551617\r\n",
    "an upgrade to a socket": GET
    + b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
    + b"Sec-WebSocket-Version: 13\r\n",
    "an upgrade to HTTP/2": GET
    + b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n",
    "another address by a field": GET + b"X-Original-URL: /secret.txt\r\nX-Rewrite-URL: /secret.txt\r\n",
    "another host by a field": GET + b"X-Forwarded-Host: evil.example\r\nForwarded: host=evil.example\r\n",
    "another method by a field": GET + b"X-HTTP-Method-Override: DELETE\r\n",
    "another origin": GET + b"Origin: https://evil.example\r\nSec-Fetch-Site: cross-site\r\n",
    "an expectation": GET + b"Expect: 100-continue\r\n",
    "an odd expectation": GET + b"Expect: the unexpected\r\n",
    "a version to come": b"GET /digest/ HTTP/9.9\r\nHost: localhost\r\n",
    "a version of old": b"GET /digest/\r\n",
    "a version that is none": b"GET /digest/ HTTP/x\r\nHost: localhost\r\n",
    "no version": b"GET /digest/ \r\nHost: localhost\r\n",
    "two spaces": b"GET  /digest/ HTTP/1.1\r\nHost: localhost\r\n",
    "a tab": b"GET\t/digest/\tHTTP/1.1\r\nHost: localhost\r\n",
    "only line feeds": b"GET /digest/ HTTP/1.1\nHost: localhost\nConnection: close\n",
    "empty lines first": b"\r\n\r\n\r\n" + GET,
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0",
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + 500 * b"\0",
    "a request of another protocol": b"EHLO evil.example\r\nMAIL FROM:<a@evil.example>\r\n",
    "a proxy's greeting": b"PROXY TCP4 127.0.0.1 127.0.0.1 1 1\r\n" + GET,
    "noise": bytes(range(256)) * 40,
    "only ends": 5_000 * b"\0",
}
"""Requests, whose head ends where they do, and what is odd about them."""

HOSTS = (
    *(
        "evil.example",
        "evil.example:80",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "evil.example.",
        "",
        ":80",
    ),
    *(
        "localhost@evil.example",
        "evil.example#localhost",
        "evil.example/localhost",
        "localhost\\evil.example",
        "127.1",
    ),
    *(
        "[::1",
        "[evil.example]",
        "0x7f000001",
        "2130706433",
        "0177.0.0.1",
        "localhost:80:80",
        "localhost evil.example",
    ),
    *(
        "localhost,evil.example",
        "%6cocalhost",
        "*",
        "http://localhost",
        "127.0.0.1%00.evil.example",
        5_000 * "a",
    ),
)
"""Other names than the server's own."""

METHODS = (
    "POST",
    "PUT",
    "DELETE",
    "PATCH",
    "OPTIONS",
    "TRACE",
    "TRACK",
    "DEBUG",
    "PROPFIND",
    "MOVE",
    "LOCK",
    "get",
    "A" * 999,
)

RANGES = (
    *(
        "bytes=0-0,0-0,0-0",
        "bytes=" + ",".join(2_000 * ["0-"]),
        "bytes=99999999999999999999-",
        "bytes=-99999999999999999999",
    ),
    *(
        "bytes=0-99999999999999999999",
        "bytes=5-2",
        "bytes=--5",
        "bytes=0x0-0x5",
        "bytes=-",
        "bytes=,",
        "lines=0-1",
        "=",
        "-",
    ),
    *(
        "bytes=0-" + 5_000 * "9",
        "bytes=\u0661-\u0662",
        "bytes=1e3-",
        "bytes= 0 - 1",
        "bytes=0-1;q=1",
        "bytes=-0",
        "none",
    ),
)
CONDITIONS = (
    *(
        '"',
        '""',
        "*",
        "W/",
        'W/"',
        5_000 * '"a",',
        "\xff",
        "yesterday",
        "Mon, 01 Jan 0001 00:00:00 +1400",
        "-1",
        "0",
    ),
    *(
        "Fri, 31 Dec 9999 23:59:59 -2359",
        "Sun, 06 Nov 1994 08:49:37 +99999999",
        "Sun, 99 Nov 1994 99:99:99 GMT",
        999 * "9",
    ),
    *("Sun, 06 Nov 99999999999999999999 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 GMT; a=b", "(" * 999),
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """Serve a site with all sorts of things beside, above and hidden in it."""
    root = tmp_path_factory.mktemp("attacked")
    client = with_a_site(Client(root, "/digest/"))
    for path in ("a/index.html", "a/b.txt", "evil.example/index.html"):
        client.write(path)
    (root / "secret.txt").write_bytes(SECRET)
    site = client.folder
    write(site, ".git/config", ".htaccess", "a/.hidden", ".well-known/security.txt", ".dateline")
    for path in (".git/config", ".htaccess", "a/.hidden", ".dateline"):
        (site / path).write_bytes(HIDDEN)
    links = {"link": "../secret.txt", "folder": "..", "up": "a/../..", "absolute": str(root / "secret.txt")}
    links |= {"journal": ".dateline", "to-hidden": "a/.hidden", "null": "/dev/zero"}
    for name, target in links.items():
        (site / name).symlink_to(target)
    os.mkfifo(site / "pipe")
    yield client
    client.close()


@pytest.fixture(autouse=True)
def _as_before(
    client: Client, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> Iterator[None]:
    """See after every attack that the server serves, and said nothing of what it was sent."""
    yield
    assert client.ask("/digest/")[0].status == 200
    assert [record for record in caplog.get_records("call") if record.levelno >= logging.ERROR] == []
    assert capfd.readouterr() == ("", "")


def send(client: Client, request: bytes) -> bytes:
    """Send bytes, whatever becomes of the connection, and give what comes back until it is closed."""
    answer = bytearray()
    with socket.create_connection(("127.0.0.1", client.server.port), timeout=30) as line:
        try:
            line.sendall(request)
            line.shutdown(socket.SHUT_WR)
            while piece := line.recv(65_536):
                answer += piece
        except OSError:
            pass  # it hung up before it had read all of it
    return bytes(answer)


def ask(client: Client, target: str, method: str = "GET", **fields: str) -> bytes:
    head = {"Host": "localhost", "Connection": "close"} | {
        name.replace("_", "-"): value for name, value in fields.items()
    }
    lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in head.items())]
    return send(client, "".join(f"{line}\r\n" for line in lines).encode("latin-1", "replace") + b"\r\n")


def statuses(answer: bytes) -> set[int]:
    return set(map(int, STATUS.findall(answer)))


def test_there_are_many_attacks() -> None:
    kinds = (TRAVERSALS, PATHS, REDIRECTS, FIELDS, HOSTS, METHODS, RANGES, CONDITIONS)

    assert sum(len(set(kind)) for kind in kinds) > 700


def test_nothing_outside_and_nothing_hidden_is_given(client: Client) -> None:
    given = {}
    for target in {*TRAVERSALS, *PATHS}:
        answer = ask(client, target)
        if (
            SECRET in answer
            or HIDDEN in answer
            or b"root:" in answer
            or not statuses(answer) <= {400, 404, 200, 302, 308}
        ):
            given[target] = answer
        if statuses(answer) == {200} and PAGE[:40].encode() not in answer:
            given[target] = answer
    assert given == {}


def test_what_is_given_is_what_is_there(client: Client) -> None:
    """The attacks would find what they look for if it were served."""
    assert (client.folder / "up/secret.txt").read_bytes() == SECRET
    assert b"security.txt" in ask(client, "/digest/.well-known/security.txt")
    assert b"/digest/a/b.txt" not in ask(client, "/digest/a/b.txt")
    assert statuses(ask(client, "/digest/a/b.txt")) == {200}


@pytest.mark.parametrize("target", REDIRECTS)
def test_no_redirect_leads_to_another_server(client: Client, target: str) -> None:
    head = ask(client, target).partition(b"\r\n\r\n")[0]
    found = re.search(rb"\r\nlocation: (.*)", head)

    assert statuses(head) <= {200, 302, 308, 400, 404}
    assert found is None or found[1].startswith(b"/digest/")


@pytest.mark.parametrize("target", [target for target in PATHS if re.search(r"%0|%1b|<|%3C|\"|{", target)])
def test_what_was_asked_for_comes_back_as_text_or_not_at_all(client: Client, target: str) -> None:
    head, _, body = ask(client, target).partition(b"\r\n\r\n")

    assert not re.search(rb"\r\n(?:set-cookie:|x:|location: //)", head.lower())
    assert not re.search(rb"<script>alert|[\x00-\x08\x0b-\x1f]|\"onload=|{{", body)


@pytest.mark.parametrize("what", FIELDS)
def test_an_odd_request_is_answered_once_or_not_at_all(client: Client, what: str) -> None:
    answer = send(client, FIELDS[what] + b"\r\n")

    assert len(STATUS.findall(answer)) <= 1
    assert statuses(answer) <= {200, 400, 405, 413, 421, 431}
    assert b"upgrade:" not in answer.lower()
    assert b"evil" not in answer.replace(b"evil.example/index.html", b"")


@pytest.mark.parametrize("host", HOSTS)
def test_the_server_goes_by_its_own_name(client: Client, host: str) -> None:
    answer = ask(client, "/digest/", Host=host)

    assert statuses(answer) <= {400, 421}
    assert statuses(answer)
    assert b"Text." not in answer


@pytest.mark.parametrize("method", METHODS)
def test_no_other_method_does_anything(client: Client, method: str) -> None:
    answer = ask(client, "/digest/a/b.txt", method)

    assert statuses(answer) == {405}
    assert b"Host: localhost" not in answer
    assert (client.folder / "a/b.txt").exists()


@pytest.mark.parametrize("asked", RANGES)
def test_no_range_gives_more_than_the_file(client: Client, asked: str) -> None:
    answer = ask(client, "/digest/a/b.txt", Range=asked)

    assert statuses(answer) <= {200, 206, 400, 416}
    assert len(answer) < 1_000


@pytest.mark.parametrize(
    "field", ["If_None_Match", "If_Modified_Since", "If_Range", "If_Match", "Last_Event_ID"]
)
def test_no_condition_breaks_an_answer(client: Client, field: str) -> None:
    answers = [
        statuses(ask(client, "/digest/a/b.txt", **{field: value, "Range": "bytes=0-1"}))
        for value in CONDITIONS
    ]

    assert set().union(*answers) <= {200, 206, 304, 400}


def test_every_answer_says_that_it_is_nothing_else_and_for_no_other_site(client: Client) -> None:
    targets = (
        "/digest/",
        "/digest/a",
        "/digest/a/b.txt",
        "/digest/gone",
        "/gone",
        "/",
        "/digest/.dateline/preview.js",
    )
    answers = [ask(client, target, Origin="https://evil.example") for target in targets]
    answers += [ask(client, "/digest/", "PUT"), ask(client, "/digest/", Host="evil.example")]

    for answer in answers:
        head = answer.partition(b"\r\n\r\n")[0].lower()
        assert b"\r\nx-content-type-options: nosniff" in head
        assert b"\r\ncross-origin-resource-policy: same-origin" in head
        assert b"\r\nx-frame-options: sameorigin" in head
        assert b"access-control" not in head


def test_a_second_request_in_a_body_is_never_answered(client: Client) -> None:
    hidden = b"GET /digest/a/b.txt HTTP/1.1\r\nHost: localhost\r\n\r\n"
    bodies = (
        b"Content-Length: %d\r\n\r\n%b" % (len(hidden), hidden),
        b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (len(hidden), hidden),
        b"Transfer-Encoding: chunked\r\n\r\n0\r\nX: y\r\n\r\n%b" % hidden,
        b"Transfer-Encoding: chunked\r\n\r\nzz\r\n%b" % hidden,
        b"Transfer-Encoding: chunked\r\n\r\n-1\r\n%b" % hidden,
        b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n%b" % hidden,
        b"Content-Length: 5\r\n\r\n%b" % hidden,
    )
    for method, body in itertools.product((b"GET", b"HEAD", b"POST"), bodies):
        answer = send(client, method + b" /digest/ HTTP/1.1\r\nHost: localhost\r\n" + body)
        assert len(STATUS.findall(answer)) == 1
        assert statuses(answer) <= {400, 405, 413}


def test_requests_in_one_go_are_answered_in_turn_up_to_the_first_that_is_none(client: Client) -> None:
    answer = send(client, 50 * (GET + b"\r\n") + b"\x1b[2J nonsense\r\n\r\n" + GET + b"\r\n")

    assert [int(status) for status in STATUS.findall(answer)] == [*50 * [200], 400]


def test_a_body_without_end_is_not_read(client: Client) -> None:
    with socket.create_connection(("127.0.0.1", client.server.port), timeout=30) as line:
        line.sendall(b"POST /digest/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n")
        sent = 0
        with suppress(ConnectionError):
            while sent < 1 << 30:
                sent += line.send(bytes(1 << 16))
        assert sent < 64 << 20


def drip(line: socket.socket) -> int:
    """Send a byte after the other until the server hangs up, and count them."""
    line.settimeout(0.001)
    for sent in range(5_000):
        try:
            line.send(b"a")
            if line.recv(65_536) == b"":
                return sent
        except TimeoutError:
            continue
        except ConnectionError:
            return sent
    return 5_000


def test_who_is_slow_to_say_what_it_wants_is_not_waited_for(
    tmp_path: Path, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = with_a_site(Client(tmp_path, "/"))
    monkeypatch.setattr(connections, "PATIENCE_SECONDS", 1.0)
    try:
        for said in (b"", b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\nGET /", b"GET / HTTP/1.1\r\nX: "):
            with socket.create_connection(("127.0.0.1", slow.server.port), timeout=30) as line:
                line.sendall(said)
                assert drip(line) < 5_000
        stream = slow.listen("/")
        assert stream.next()
        time.sleep(1.5)
        slow.server.tell(News())
        assert stream.next()
    finally:
        slow.close()
    assert client.ask("/digest/")[0].status == 200


def test_slow_ones_hold_nobody_up(client: Client) -> None:
    lines = [socket.create_connection(("127.0.0.1", client.server.port), timeout=30) for _ in range(200)]
    try:
        for line, piece in itertools.product(lines, (b"GET /digest/ HT", b"TP/1.1\r\nHost: loc")):
            line.sendall(piece)
        assert all(client.ask("/digest/")[0].status == 200 for _ in range(20))
        for line in lines:
            line.sendall(b"alhost\r\n\r\n")
        assert {line.recv(12) for line in lines} == {b"HTTP/1.1 200"}
    finally:
        for line in lines:
            line.close()


@pytest.mark.parametrize(
    "query",
    [
        *(
            "page=../../secret.txt",
            "page=//evil.example/",
            "page=http://evil.example/",
            "page=%00",
            "page=" + 9_000 * "/",
        ),
        *(
            "page=/digest/.git/config",
            "page=/digest/link",
            "page=/digest/pipe",
            "page=%0d%0adata:x",
            "heard=%0a%0adata:x",
        ),
        *(
            "heard=99999999999999999999999",
            "heard=-",
            "heard=" + 9_000 * "9",
            "version=%0d%0a%0d%0adata:%20x",
            "page[]=x",
        ),
        *("%", "&" * 9_000, "page=a&page=b", "page=%ff", "heard=%f0%9d%9f%8f", "=", "version=" + 9_000 * "x"),
    ],
)
def test_a_stream_says_nothing_but_its_own(client: Client, query: str) -> None:
    with socket.create_connection(("127.0.0.1", client.server.port), timeout=30) as line:
        line.sendall(f"GET /digest/.dateline/events?{query} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        answer = b""
        while b"data: " not in answer or not answer.endswith(b"\n\n\r\n"):
            piece = line.recv(65_536)
            assert piece
            answer += piece
    told = answer.partition(b"\r\n\r\n")[2]

    assert statuses(answer) == {200}
    assert told.count(b"data:") == 1
    assert SECRET not in told
    assert HIDDEN not in told
    assert b"evil" not in told
