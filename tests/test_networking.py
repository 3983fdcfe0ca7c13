"""Requests: what is sent, what comes back, how long anything may take, and which machines are asked at all."""

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from elsewhere import Elsewhere, broken, elsewhere, status, text
from hypothesis import given
from hypothesis import strategies as st
from urllib3.util.connection import create_connection

from generator import web
from generator.internet import is_inner_name, is_loopback, is_public
from generator.model import DatelineError
from generator.unreachable import Failure, Unreachable
from generator.web import AGENT, Answer, Web


@pytest.fixture
def site() -> Iterator[Elsewhere]:
    with elsewhere() as site:
        yield site


def near(whole: float = 10) -> Web:
    return Web(inner=True, proxies={}, waits=(5, 5, whole))


def failure(asked: Web, address: str) -> tuple[Failure, str]:
    with pytest.raises(Unreachable) as caught:
        asked.ask("GET", address)
    return caught.value.failure, str(caught.value)


def test_an_answer_is_its_status_its_direction_and_the_beginning_of_its_body(site: Elsewhere) -> None:
    site.pages["/a"] = status(503, "0123456789", Location="/b", Retry_After="30")

    assert near().ask("GET", site.at("/a#part"), most=4) == Answer(503, "/b", 30.0, b"0123")
    assert near().ask("GET", site.at("/b")) == Answer(404)
    assert site.asked == ["GET /a", "GET /b"]


@pytest.mark.parametrize(
    ("asked", "rest"),
    [("7", 7), ("-1", 0), ("soon", 0), ("Wed, 21 Oct 2015 07:28:00 GMT", 0), ("9" * 400, float("inf"))],
)
def test_how_long_a_server_asks_to_be_left_alone(site: Elsewhere, asked: str, rest: float) -> None:
    site.pages["/a"] = status(503, Retry_After=asked)

    found = near().ask("GET", site.at("/a")).rest

    assert found == rest or (rest == float("inf") and found > 3600)


def test_a_form_is_sent_as_browsers_do(site: Elsewhere) -> None:
    site.pages["/a"] = status(204)

    near().ask("POST", site.at("/a"), form=(("x", "a b"), ("x", "ü&")))

    assert site.bodies == ["x=a+b&x=%C3%BC%26"]
    assert site.sent["Content-Type"] == "application/x-www-form-urlencoded"
    assert site.sent["User-Agent"] == AGENT


def test_addresses_in_any_script_are_sent_as_http_wants_them(site: Elsewhere) -> None:
    site.pages |= {"/gr%C3%B6%C3%9Fe?q=%20%22": text("fine")}

    assert near().ask("GET", site.at('/größe?q= "')).status == 200


def drip(handler: BaseHTTPRequestHandler) -> None:
    """Send a header that goes on for ever, so slowly that each piece of it comes in time."""
    going = threading.Event()
    handler.connection.sendall(b"HTTP/1.1 200 OK\r\nX-Endless: ")
    try:
        while not going.wait(0.02):
            handler.connection.sendall(b"x")
    except OSError:
        handler.close_connection = True


def test_an_answer_that_comes_too_slowly_is_cut_off(site: Elsewhere) -> None:
    site.pages["/a"] = drip

    assert failure(near(whole=0.3), site.at("/a")) == (Failure.SILENT, "it took too long")


def test_a_connection_that_breaks_is_no_answer(site: Elsewhere) -> None:
    site.pages["/a"] = broken

    assert failure(near(), site.at("/a")) == (Failure.BROKEN, "the connection broke")


@pytest.mark.parametrize(
    "nonsense", ["HTTP/1.1 abc\r\n\r\n", "\r\n\r\n", "HTTP/1.1 200 OK\r\n" + "A: b\r\n" * 200]
)
def test_what_is_no_http_is_no_answer(site: Elsewhere, nonsense: str) -> None:
    site.pages["/a"] = lambda handler: handler.connection.sendall(nonsense.encode())

    assert failure(near(), site.at("/a"))[0] is Failure.BROKEN


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize("length", ["-5", "-1", "+", "9" * 70_000, "x"])
def test_a_length_that_is_none_is_no_answer(site: Elsewhere, length: str) -> None:
    site.pages["/a"] = lambda handler: handler.connection.sendall(
        CHUNKED + length.encode() + b"\r\n" + b"x" * 100_000
    )

    with pytest.raises(Unreachable) as caught:
        near().ask("GET", site.at("/a"), most=400)
    assert caught.value.failure is Failure.BROKEN


def test_what_is_packed_although_nobody_asked_for_that_is_not_unpacked(site: Elsewhere) -> None:
    packed = gzip.compress(bytes(10_000_000), mtime=0)

    def bomb(handler: BaseHTTPRequestHandler) -> None:
        head = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(packed)}\r\n\r\n"
        handler.connection.sendall(head.encode() + packed)

    site.pages["/a"] = bomb

    assert near().ask("GET", site.at("/a"), most=400).body == packed[:400]


def test_a_connection_that_comes_after_the_time_is_over_is_closed(
    site: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.pages["/a"] = drip

    def late(place: tuple[str, int], timeout: float, *, socket_options: Any) -> socket.socket:  # noqa: ANN401
        time.sleep(0.3)
        return create_connection(place, timeout, socket_options=socket_options)

    monkeypatch.setattr(web, "create_connection", late)

    assert failure(near(whole=0.1), site.at("/a")) == (Failure.SILENT, "it took too long")


ANY = (Web(proxies={}), Web(proxies=dict.fromkeys(("http", "https"), "http://127.0.0.1:9/")))


@given(st.text(max_size=20), st.sampled_from(["http://", "https://", "http://[", "http://a@"]))
def test_whatever_the_address_there_is_an_answer_or_a_failure(rest: str, start: str) -> None:
    def nowhere(*_: object, **__: object) -> list[object]:
        raise socket.gaierror(socket.EAI_NONAME, "no")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", nowhere)
        for asked in ANY:
            with pytest.raises(Unreachable):
                asked.ask("GET", start + rest)


@pytest.mark.parametrize("host", ["a..b", f"{'a' * 64}.example"])
def test_a_name_that_no_host_can_have_is_no_trouble(host: str) -> None:
    assert not is_inner_name(host)
    for asked in ANY:
        with pytest.raises(Unreachable):
            asked.ask("GET", f"https://{host}/")


@pytest.mark.parametrize("proxy", ["{address}", "{bare}", "http://us%65r:pass@{bare}"])
def test_a_proxy_of_the_environment_is_asked_instead(
    site: Elsewhere, monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    named = proxy.format(address=site.address, bare=site.address.removeprefix("http://"))
    monkeypatch.setenv("http_proxy", named)
    monkeypatch.delenv("no_proxy", raising=False)
    site.pages["http://far.example/a"] = text("through")

    assert Web().ask("GET", "http://far.example/a", most=99).body == b"through"
    assert site.asked == ["GET http://far.example/a"]
    assert site.sent.get("Proxy-Authorization") == ("Basic dXNlcjpwYXNz" if "@" in proxy else None)
    assert "Authorization" not in site.sent


def test_hosts_that_need_no_proxy_are_asked_themselves(
    site: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    site.pages["/a"] = text("fine")

    assert Web(inner=True).ask("GET", site.at("/a")).status == 200


def test_a_proxy_is_not_asked_for_machines_within(site: Elsewhere) -> None:
    through = Web(proxies={"http": site.address})

    assert failure(through, "http://127.1/a")[0] is Failure.INNER
    assert failure(through, "http://intranet/a")[0] is Failure.INNER
    assert site.asked == []


def test_a_proxy_that_is_not_there_is_said_to_be_the_trouble() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        proxy = f"http://127.0.0.1:{unused.getsockname()[1]}"
        asked = Web(proxies={"http": proxy, "https": proxy})

        assert failure(asked, "http://far.example/a") == (Failure.BROKEN, "the proxy made no connection")
        assert failure(asked, "https://far.example/a") == (Failure.BROKEN, "the proxy made no connection")


def test_a_proxy_of_another_kind_is_told_without_its_password() -> None:
    with pytest.raises(DatelineError) as caught:
        Web(proxies={"http": "socks5://user:secret@127.0.0.1:9"}).ask("GET", "http://far.example/")

    assert str(caught.value) == "the environment names a socks5 proxy; only http and https are known"


PUBLIC = ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"]
INNER = [
    *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),  # noqa: S104
    *("224.0.0.1", "255.255.255.255", "240.0.0.1", "192.0.2.1", "::1", "::", "fe80::1", "fc00::1", "ff02::1"),
    *("::ffff:127.0.0.1", "64:ff9b::127.0.0.1", "2002:7f00:1::", "::127.0.0.1", "2001:db8::1", "fe80::1%1"),
    "fec0::1",
]


@pytest.mark.parametrize("machine", PUBLIC)
def test_a_machine_of_the_public_internet(machine: str) -> None:
    assert is_public(machine)


@pytest.mark.parametrize("machine", INNER)
def test_a_machine_within(machine: str) -> None:
    assert not is_public(machine)


@pytest.mark.parametrize(
    "name",
    [
        "localhost",
        "LOCALHOST.",
        "a.localhost",
        "printer.local",
        "db.internal",
        "router",
        "127.1",
        "127.0.0.1.",
        "::1",
        "0",
    ],
)
def test_a_name_that_means_something_within(name: str) -> None:
    assert is_inner_name(name)


@pytest.mark.parametrize("name", ["a.example", "local.example", "8.8.8.8", "a.example."])
def test_a_name_that_means_the_same_everywhere(name: str) -> None:
    assert not is_inner_name(name)


@pytest.mark.parametrize(
    ("host", "is_here"),
    [
        ("localhost", True),
        ("News.Localhost.", True),
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("", False),
        ("192.168.0.1", False),
        ("notlocalhost", False),
        ("localhost.news.example", False),
    ],
)
def test_this_machine_is_told_from_others(host: str, is_here: bool) -> None:  # noqa: FBT001 - a parameter
    assert is_loopback(host) is is_here
