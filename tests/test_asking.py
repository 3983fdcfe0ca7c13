"""Addresses of other sites: what is made of their answers, and how politely they are asked."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from elsewhere import Elsewhere, broken, by_method, elsewhere, in_turn, silent, status, text, to

from generator import web
from generator.checking.asking import GIVEN_UP, MOST_HOPS, TRIES, Asker, Stopped
from generator.checking.verdicts import State, Verdict
from generator.web import AGENT, Answer, Web

FINE = text("fine")


@pytest.fixture
def site() -> Iterator[Elsewhere]:
    with elsewhere() as site:
        yield site


@pytest.fixture
def asker() -> Asker:
    return Asker(Web(inner=True, proxies={}, waits=(30, 30, 60)), threading.Event(), pause=0)


class Clock(threading.Event):
    """Lets no time pass, and records how long somebody wanted to wait."""

    def __init__(self) -> None:
        super().__init__()
        self.waits: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.waits.append(round(timeout or 0.0))
        return False


def test_a_page_that_is_there_is_asked_for_its_head_alone(site: Elsewhere, asker: Asker) -> None:
    site.pages["/a"] = FINE

    assert asker.ask(site.at("/a")) == Verdict(State.GOOD)
    assert site.asked == ["GET /robots.txt", "HEAD /a"]
    assert site.sent["User-Agent"] == AGENT
    assert AGENT.startswith("Dateline/0.")


@pytest.mark.parametrize("code", [400, 401, 403, 404, 405, 410, 500, 501, 503, 999])
def test_where_head_is_refused_a_get_decides(site: Elsewhere, asker: Asker, code: int) -> None:
    site.pages["/a"] = by_method(HEAD=status(code), GET=FINE)

    assert asker.ask(site.at("/a")) == Verdict(State.GOOD)
    assert site.pages_asked() == ["HEAD /a", "GET /a"]


def test_where_head_breaks_the_connection_a_get_decides(site: Elsewhere, asker: Asker) -> None:
    site.pages["/a"] = by_method(HEAD=broken, GET=FINE)

    assert asker.ask(site.at("/a")) == Verdict(State.GOOD)


def test_a_body_is_left_unread(site: Elsewhere, asker: Asker) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        with suppress(OSError):
            while True:
                handler.wfile.write(b"x" * 65536)

    site.pages["/a"] = by_method(HEAD=status(405), GET=endless)

    assert asker.ask(site.at("/a")) == Verdict(State.GOOD)


@pytest.mark.parametrize(
    ("code", "verdict"),
    [
        (404, Verdict(State.GONE, "which is not there (404)")),
        (410, Verdict(State.GONE, "which is gone (410)")),
        (401, Verdict(State.UNSURE, "it answers 401 Unauthorized")),
        (403, Verdict(State.UNSURE, "it answers 403 Forbidden")),
        (500, Verdict(State.UNSURE, "it answers 500 Internal Server Error")),
        (999, Verdict(State.UNSURE, "it answers 999")),
        (204, Verdict(State.GOOD)),
        (300, Verdict(State.GOOD)),
        (304, Verdict(State.GOOD)),
    ],
)
def test_what_an_answer_means(site: Elsewhere, asker: Asker, code: int, verdict: Verdict) -> None:
    site.pages["/a"] = status(code)

    assert asker.ask(site.at("/a")) == verdict


def test_a_permanent_redirect_names_the_new_address(site: Elsewhere, asker: Asker) -> None:
    site.pages |= {"/old": to("/newer"), "/newer": to("new?a=1#part", 308), "/new?a=1": FINE}

    assert asker.ask(site.at("/old")) == Verdict(State.MOVED, site.at("/new?a=1"))


def test_a_passing_redirect_is_followed_and_names_nothing(site: Elsewhere, asker: Asker) -> None:
    site.pages |= {"/today": to("/2025/06/02/", 302), "/2025/06/02/": FINE}

    assert asker.ask(site.at("/today")) == Verdict(State.GOOD)


def test_what_comes_after_a_passing_redirect_is_not_for_good(site: Elsewhere, asker: Asker) -> None:
    site.pages |= {"/a": to("/b"), "/b": to("/c", 307), "/c": to("/d"), "/d": FINE}

    assert asker.ask(site.at("/a")) == Verdict(State.MOVED, site.at("/b"))


def test_a_redirect_to_nowhere_is_an_error_of_the_link(site: Elsewhere, asker: Asker) -> None:
    site.pages |= {"/a": to("/b"), "/c": to("/d"), "/d": status(403)}

    assert asker.ask(site.at("/a")) == Verdict(
        State.GONE, f"which leads on to {site.at('/b')}, which is not there (404)"
    )
    assert asker.ask(site.at("/c")) == Verdict(
        State.UNSURE, f"it leads on to {site.at('/d')}: it answers 403 Forbidden"
    )


def test_redirects_in_a_circle_end(site: Elsewhere, asker: Asker) -> None:
    site.pages |= {"/a": to("/b"), "/b": to("/a")}

    assert asker.ask(site.at("/a")) == Verdict(State.UNSURE, "it leads from one redirect to the next")
    assert len(site.pages_asked()) == MOST_HOPS + 1


@pytest.mark.parametrize(
    "location",
    ["mailto:a@b.example", "https://[x/", "ftp://a.example/", "file:///etc/hosts", f"/{'a' * 9000}"],
)
def test_a_redirect_to_what_is_no_address_is_not_followed(
    site: Elsewhere, asker: Asker, location: str
) -> None:
    site.pages["/a"] = to(location, 302)

    assert asker.ask(site.at("/a")) == Verdict(State.UNSURE, "it leads on to what is no address on the web")


def test_redirects_may_be_written_in_any_script(site: Elsewhere, asker: Asker) -> None:
    site.pages |= {"/a": to("/größe".encode().decode("latin-1")), "/gr%C3%B6%C3%9Fe": FINE}

    assert asker.ask(site.at("/a")) == Verdict(State.MOVED, site.at("/größe"))


def test_robots_txt_is_read_once_and_heeded(site: Elsewhere, asker: Asker) -> None:
    site.pages |= {
        "/robots.txt": text("User-agent: *\nDisallow: /private/\n"),
        "/private/a": FINE,
        "/a": FINE,
        "/b": to("/private/a"),
    }

    assert [asker.ask(site.at(path)) for path in ("/private/a", "/a", "/b")] == [
        Verdict(State.ROBOTS),
        Verdict(State.GOOD),
        Verdict(State.ROBOTS),
    ]
    assert site.asked == ["GET /robots.txt", "HEAD /a", "HEAD /b"]


def test_robots_txt_may_speak_to_dateline_alone(site: Elsewhere, asker: Asker) -> None:
    site.pages |= {
        "/robots.txt": text("User-agent: dateline\nDisallow: /\n\nUser-agent: *\nAllow: /\n"),
        "/a": FINE,
    }

    assert asker.ask(site.at("/a")) == Verdict(State.ROBOTS)


@pytest.mark.parametrize("code", [401, 403, 404, 410])
def test_where_there_is_no_robots_txt_all_is_allowed(site: Elsewhere, asker: Asker, code: int) -> None:
    site.pages |= {"/robots.txt": status(code, "User-agent: *\nDisallow: /"), "/a": FINE}

    assert asker.ask(site.at("/a")) == Verdict(State.GOOD)


def test_where_robots_txt_fails_nothing_is_asked(site: Elsewhere, asker: Asker) -> None:
    site.pages |= {"/robots.txt": status(500), "/a": FINE}
    verdict = Verdict(State.UNSURE, "its robots.txt answers 500 Internal Server Error")

    assert [asker.ask(site.at("/a")), asker.ask(site.at("/b"))] == [verdict, verdict]
    assert site.asked == ["GET /robots.txt"]


def test_a_robots_txt_that_breaks_its_reader_allows_nothing(site: Elsewhere, asker: Asker) -> None:
    site.pages |= {"/robots.txt": text("User-agent: *\nCrawl-delay: ²\n"), "/a": FINE}

    assert asker.ask(site.at("/a")) == Verdict(State.UNSURE, "its robots.txt cannot be read")


def test_robots_txt_may_lie_elsewhere(site: Elsewhere, asker: Asker) -> None:
    site.pages |= {
        "/robots.txt": to("/rules", 302),
        "/rules": text("User-agent: *\nDisallow: /a"),
        "/b": FINE,
    }

    assert [asker.ask(site.at(path)).state for path in ("/a", "/b")] == [State.ROBOTS, State.GOOD]


def test_a_robots_txt_that_leads_nowhere_allows_nothing(site: Elsewhere, asker: Asker) -> None:
    site.pages |= {"/robots.txt": to("mailto:a@b.example"), "/a": FINE}

    assert asker.ask(site.at("/a")) == Verdict(State.UNSURE, "its robots.txt leads nowhere")


def test_there_is_a_pause_after_every_request_to_a_host(site: Elsewhere) -> None:
    clock = Clock()
    asker = Asker(Web(inner=True, proxies={}), clock, pause=3)
    site.pages |= {"/a": by_method(HEAD=status(405), GET=FINE), "/b": FINE}

    asker.ask(site.at("/a"))
    asker.ask(site.at("/b"))

    assert clock.waits == [0, 3, 3, 3]


@pytest.mark.parametrize(
    ("wish", "waits"), [("5", [0, 1, 5]), ("86400", [0, 1, 10]), ("9" * 400, [0, 1, 10]), ("0", [0, 1, 1])]
)
def test_robots_txt_may_wish_for_a_longer_pause(site: Elsewhere, wish: str, waits: list[int]) -> None:
    clock = Clock()
    asker = Asker(Web(inner=True, proxies={}), clock)
    site.pages |= {"/robots.txt": text(f"User-agent: *\nCrawl-delay: {wish}\n"), "/a": FINE, "/b": FINE}

    asker.ask(site.at("/a"))
    asker.ask(site.at("/b"))

    assert clock.waits == waits


@pytest.mark.parametrize("code", [429, 503])
def test_a_host_that_asks_for_a_little_rest_gets_it(site: Elsewhere, code: int) -> None:
    clock = Clock()
    asker = Asker(Web(inner=True, proxies={}), clock, pause=0)
    site.pages["/a"] = in_turn(status(code, Retry_After="7"), FINE)

    assert asker.ask(site.at("/a")) == Verdict(State.GOOD)
    assert clock.waits == [0, 0, 7]


def test_a_host_that_asks_for_much_rest_is_left_alone(site: Elsewhere, asker: Asker) -> None:
    site.pages |= {"/a": status(429, Retry_After="3600"), "/b": FINE}

    assert asker.ask(site.at("/a")) == Verdict(State.UNSURE, "it answers 429 Too Many Requests")
    assert asker.ask(site.at("/b")) == Verdict(State.LATER)
    assert site.pages_asked() == ["HEAD /a"]


def test_only_a_busy_host_is_asked_later(site: Elsewhere, asker: Asker) -> None:
    site.pages |= {"/a": status(200, Retry_After="3600"), "/b": status(404, Retry_After="3600"), "/c": FINE}

    assert [asker.ask(site.at(path)).state for path in ("/a", "/b", "/c")] == [
        State.GOOD,
        State.GONE,
        State.GOOD,
    ]


def test_a_host_that_is_out_of_service_for_long_is_left_alone(site: Elsewhere, asker: Asker) -> None:
    site.pages |= {"/a": status(503, Retry_After="3600"), "/b": FINE}

    assert asker.ask(site.at("/a")) == Verdict(State.UNSURE, "it answers 503 Service Unavailable")
    assert asker.ask(site.at("/b")) == Verdict(State.LATER)


def test_a_host_that_is_always_busy_is_left_alone(site: Elsewhere, asker: Asker) -> None:
    site.pages |= {"/a": status(429, Retry_After="nonsense"), "/b": FINE}

    assert asker.ask(site.at("/a")) == Verdict(State.UNSURE, "it answers 429 Too Many Requests")
    assert asker.ask(site.at("/b")) == Verdict(State.LATER)
    assert site.pages_asked() == ["HEAD /a"] * TRIES


def test_a_host_that_stays_silent_is_given_up(site: Elsewhere) -> None:
    asker = Asker(Web(inner=True, proxies={}, waits=(30, 2, 60)), threading.Event(), pause=0)
    over = threading.Event()
    site.pages |= dict.fromkeys(("/a", "/b", "/c"), silent(over))
    verdict = Verdict(State.UNSURE, "it did not answer in time")

    assert [asker.ask(site.at(path)) for path in ("/a", "/b", "/c")] == [verdict] * 3
    assert len(site.pages_asked()) == GIVEN_UP
    over.set()


def test_a_port_where_nobody_listens_could_not_be_checked(asker: Asker) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{unused.getsockname()[1]}/a"

        assert asker.ask(address) == Verdict(State.UNSURE, "no connection")


def test_a_certificate_that_nobody_vouches_for_could_not_be_checked(site: Elsewhere, asker: Asker) -> None:
    verdict = asker.ask(site.at("/a").replace("http:", "https:"))

    assert verdict.state is State.UNSURE
    assert verdict.detail.startswith("TLS failed: ")


def looked_up(monkeypatch: pytest.MonkeyPatch, **hosts: str | int) -> None:
    """Let names stand for IP addresses, or for errors of looking them up."""
    real = socket.getaddrinfo

    def look_up(host: str, *args: object, **rest: object) -> object:
        found = hosts.get(str(host).removesuffix(".example"), host)
        if isinstance(found, int):
            raise socket.gaierror(found, "no")
        return real(found, *args, **rest)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)


def test_a_name_that_no_host_has_is_a_dead_link(asker: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up(monkeypatch, gone=socket.EAI_NONAME, later=socket.EAI_AGAIN)

    assert asker.ask("http://gone.example/a") == Verdict(
        State.GONE, "which is not there: no host is called so"
    )
    assert asker.ask("http://later.example/a") == Verdict(State.UNSURE, "its name could not be looked up")
    assert asker.ask(f"http://{'ä' * 70}.example/") == Verdict(State.UNSURE, "this is no address")


INNER = [
    *("http://127.0.0.1:{port}/a", "http://localhost:{port}/a", "http://127.1:{port}/a"),
    *("http://2130706433:{port}/a", "http://0x7f.1:{port}/a", "http://[::ffff:127.0.0.1]:{port}/a"),
    *("http://0.0.0.0:{port}/a", "http://inner.example:{port}/a", "http://user@127.0.0.1:{port}/a"),
]


@pytest.mark.parametrize("address", INNER)
def test_this_machine_is_not_asked(site: Elsewhere, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    looked_up(monkeypatch, inner="127.0.0.1")
    asker = Asker(Web(proxies={}), threading.Event())

    assert asker.ask(address.format(port=site.address.rpartition(":")[2])) == Verdict(State.INNER)
    assert site.asked == []


def test_a_redirect_to_a_machine_within_is_not_followed(
    site: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up(monkeypatch, evil="127.0.0.1", metadata="169.254.169.254")
    monkeypatch.setattr(web, "is_public", lambda machine: machine == "127.0.0.1")
    asker = Asker(Web(proxies={}), threading.Event(), pause=0)
    port = site.address.rpartition(":")[2]
    site.pages |= {"/a": to("http://169.254.169.254/latest/"), "/b": to("http://metadata.example/", 302)}

    assert asker.ask(f"http://evil.example:{port}/a") == Verdict(State.INNER)
    assert asker.ask(f"http://evil.example:{port}/b") == Verdict(State.INNER)


def test_when_it_has_to_stop_nothing_more_is_asked(site: Elsewhere) -> None:
    stop = threading.Event()
    asker = Asker(Web(inner=True, proxies={}), stop)
    stop.set()

    with pytest.raises(Stopped):
        asker.ask(site.at("/a"))
    assert site.asked == []


class Counting(Web):
    """Counts how many requests are under way at a time."""

    def __init__(self) -> None:
        super().__init__(inner=True, proxies={})
        self.under_way = 0
        self.most = 0

    def ask(self, *args: Any, **options: Any) -> Answer:  # noqa: ANN401 - whatever Web takes
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        try:
            return super().ask(*args, **options)
        finally:
            self.under_way -= 1


def test_a_host_hears_one_request_at_a_time(site: Elsewhere) -> None:
    counting = Counting()
    asker = Asker(counting, threading.Event(), pause=0)
    paths = [f"/{number}" for number in range(20)]
    site.pages |= dict.fromkeys(paths, FINE)
    threads = [threading.Thread(target=asker.ask, args=(site.at(path),)) for path in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(site.pages_asked()) == len(paths)
    assert counting.most == 1
