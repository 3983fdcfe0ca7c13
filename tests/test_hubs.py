"""WebSub hubs hear after a publish which feeds changed; one that does not listen is a warning, whatever it does."""

import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from conftest import Project
from elsewhere import Elsewhere, Respond, broken, elsewhere, in_turn, status
from publishing import FolderPlace, publish

from generator.model import Issue, Severity
from generator.pages import is_feed
from generator.publishing import hubs
from generator.publishing.host import MANIFEST, PENDING
from generator.publishing.hubs import TRIES, changed_feeds, tell
from generator.web import Web

FEEDS = ("https://news.example/atom.xml", "https://news.example/tags/a%20b/atom.xml")


@pytest.fixture
def hub() -> Iterator[Elsewhere]:
    with elsewhere() as hub:
        hub.pages["/"] = status(204)
        yield hub


class Waits(list[float]):
    """Records how long somebody sleeps."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def told(*addresses: str, feeds: tuple[str, ...] = FEEDS) -> tuple[Issue, ...]:
    return tell(addresses, feeds, 7, Web(inner=True, proxies={}, waits=(5, 5, 5)), Waits())


def test_the_feeds_among_what_changed_are_addressed_as_they_call_themselves() -> None:
    paths = [
        "tags/a b/atom.xml",
        "index.html",
        "topics/sport/rss.xml",
        "feed.json",
        "sitemap.xml",
        "atom.xml",
    ]
    paths += ["2025/06/02/cup/index.html", "topics/sport/index.html"]
    below = "https://news.example/digest"

    assert changed_feeds(below, paths) == changed_feeds(f"{below}/", reversed(paths))
    assert changed_feeds(below, paths) == tuple(
        f"{below}/{path}" for path in ("atom.xml", "feed.json", "tags/a%20b/atom.xml", "topics/sport/rss.xml")
    )


def test_a_hub_hears_of_each_feed(hub: Elsewhere) -> None:
    assert told(hub.at("/"), hub.at("/")) == ()

    assert [parse_qs(body) for body in hub.bodies] == [
        {"hub.mode": ["publish"], "hub.url": [feed], "hub.topic": [feed]} for feed in FEEDS
    ]
    assert hub.asked == ["POST /", "POST /"]


def test_where_no_feed_changed_no_hub_hears_anything(hub: Elsewhere) -> None:
    assert told(hub.at("/"), feeds=()) == ()
    assert hub.asked == []


@pytest.mark.parametrize("code", [200, 202, 204])
def test_a_hub_may_agree_in_several_ways(hub: Elsewhere, code: int) -> None:
    hub.pages["/"] = status(code)

    assert told(hub.at("/")) == ()


@pytest.mark.parametrize(
    ("refusal", "words"),
    [
        (status(403, "not\n your hub"), "it answers 403 Forbidden (not your hub)"),
        (status(400, "<html>No</html>"), "it answers 400 Bad Request"),
        (status(400, "x" * 5000), f"it answers 400 Bad Request ({'x' * 100}…)"),
        (
            status(301, Location="https://hub.example/"),
            "it leads on to https://hub.example/; name that address in its place",
        ),
    ],
)
def test_a_hub_that_refuses_is_a_warning_and_the_next_one_hears(
    hub: Elsewhere, refusal: Respond, words: str
) -> None:
    hub.pages |= {"/no": refusal}

    (issue,) = told(hub.at("/no"), hub.at("/"))

    message = f"the hub {hub.at('/no')} was told of 0 of 2 changed feeds: {words}"
    assert issue == Issue("dateline.toml", 7, message, Severity.WARNING)
    assert hub.asked == ["POST /no", "POST /no", "POST /", "POST /"]


def test_a_hub_may_refuse_one_feed_alone(hub: Elsewhere) -> None:
    hub.pages["/"] = in_turn(status(400), status(204))

    (issue,) = told(hub.at("/"))

    assert "was told of 1 of 2 changed feeds: it answers 400 Bad Request" in issue.message


@pytest.mark.parametrize("trouble", [status(500), status(503), status(429), broken])
def test_a_hub_in_trouble_is_told_again(hub: Elsewhere, trouble: Respond) -> None:
    hub.pages["/"] = in_turn(trouble, trouble, status(204))

    assert told(hub.at("/")) == ()
    assert len(hub.asked) == 4


def test_a_hub_that_stays_in_trouble_is_given_up(hub: Elsewhere) -> None:
    hub.pages["/"] = status(502)

    (issue,) = told(hub.at("/"))

    assert issue.message.endswith("was told of 0 of 2 changed feeds: it answers 502 Bad Gateway")
    assert len(hub.asked) == TRIES


@pytest.mark.parametrize(("rest", "waits"), [("5", [5.0]), ("3600", [])])
def test_a_hub_gets_a_little_rest_but_not_for_ever(hub: Elsewhere, rest: str, waits: list[float]) -> None:
    hub.pages["/"] = in_turn(status(429, Retry_After=rest), status(204))
    slept = Waits()

    issues = tell([hub.at("/")], FEEDS, 1, Web(inner=True, proxies={}), slept)

    assert slept == waits
    assert len(issues) == (not waits)


def test_a_hub_that_is_not_there_is_a_warning() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        hub = f"http://127.0.0.1:{unused.getsockname()[1]}/"

        (issue,) = told(hub)

    assert issue.message == f"the hub {hub} was told of 0 of 2 changed feeds: no connection"


def test_a_proxy_that_is_of_no_use_is_a_warning() -> None:
    (issue,) = tell(["http://hub.example/"], FEEDS, 1, Web(proxies={"http": "socks5://127.0.0.1:9"}), Waits())

    assert issue.message.endswith("the environment names a socks5 proxy; only http and https are known")


def test_many_feeds_take_no_more_than_their_time(hub: Elsewhere, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hubs, "SECONDS", -1.0)

    (issue,) = told(hub.at("/"))

    assert "was told of 0 of 2 changed feeds: there was no time" in issue.message
    assert hub.asked == []


def publishing(project: Project, hub: Elsewhere, folder: Path) -> Project:
    project.configure(
        f'[feeds]\nlimit = 9\nhubs = ["{hub.at("/")}"]\n[publish.web]\n{FolderPlace(folder).table}\n'
    )
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02", tags="[Cup]").build()
    return project


def heard(hub: Elsewhere) -> set[str]:
    return {feed for body in hub.bodies for feed in parse_qs(body)["hub.url"]}


@pytest.fixture
def direct(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")


@pytest.mark.usefixtures("direct")
def test_a_publish_tells_hubs_which_feeds_it_sent(project: Project, hub: Elsewhere, tmp_path: Path) -> None:
    publishing(project, hub, tmp_path / "web")
    dry = publish(project, dry_run=True)
    assert (dry.issues, hub.asked) == ((), [])

    assert publish(project).issues == ()
    assert heard(hub) == {f"https://news.example/{path}" for path in project.site() if is_feed(path)}

    del hub.bodies[:]
    assert publish(project).issues == ()
    assert hub.bodies == []

    project.article("arts/2025-06-03/film.md", "The film", "2025-06-03").build()
    publish(project)
    assert heard(hub) == {
        f"https://news.example/{folder}{name}"
        for folder in ("", "topics/arts/")
        for name in ("rss.xml", "atom.xml", "feed.json")
    }


@pytest.mark.usefixtures("direct")
def test_after_a_publish_that_was_stopped_hubs_hear_of_all_feeds(
    project: Project, hub: Elsewhere, tmp_path: Path
) -> None:
    publish(publishing(project, hub, tmp_path / "web"))
    del hub.bodies[:]
    (tmp_path / "web" / PENDING).write_bytes((tmp_path / "web" / MANIFEST).read_bytes())

    assert publish(project).issues == ()
    assert "https://news.example/tags/cup/atom.xml" in heard(hub)


@pytest.mark.usefixtures("direct")
def test_a_publish_succeeds_whatever_a_hub_says(project: Project, hub: Elsewhere, tmp_path: Path) -> None:
    hub.pages["/"] = status(403)
    publishing(project, hub, tmp_path / "web")

    (issue,) = publish(project).issues

    assert (issue.path, issue.line, issue.severity) == ("dateline.toml", 7, Severity.WARNING)
    assert (tmp_path / "web/atom.xml").exists()


def test_feeds_that_nobody_else_can_read_are_told_to_nobody(
    project: Project, hub: Elsewhere, tmp_path: Path
) -> None:
    project.write("dateline.toml", '[site]\ntitle = "T"\nbase_url = "http://127.0.0.1:8000/"\n')

    publish(publishing(project, hub, tmp_path / "web"))

    assert hub.asked == []
