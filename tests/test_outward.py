"""`dateline check --external`: links to other sites are followed, and what is found out is remembered."""

import json
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from conftest import NOW, Project, quiet
from elsewhere import Elsewhere, elsewhere, silent, status, text, to
from typer.testing import CliRunner

from generator import cli
from generator.build import read_config
from generator.check import check
from generator.checking import outward, remembered
from generator.checking.outward import Manners, plan_hosts
from generator.checking.remembered import Memory
from generator.checking.verdicts import State, Verdict
from generator.report import CheckReport
from generator.unreachable import Failure, Unreachable
from generator.web import Web

FINE = text("fine")
CUP = "content/sport/2025-06-02/cup.md"
MEMORY = ".dateline/outside.json"


@pytest.fixture
def site() -> Iterator[Elsewhere]:
    with elsewhere() as site:
        yield site


def article(project: Project, *links: str, name: str = "cup") -> Project:
    body = "\n\n".join(f"See [this]({link})." for link in links)
    project.article(f"sport/2025-06-02/{name}.md", f"The {name}", "2025-06-02", body).build()
    return project


def checked(project: Project, now: datetime = NOW, seconds: float = 60) -> CheckReport:
    manners = Manners(now, seconds, pause=0, inner=True, proxies={})
    return check(project.root, read_config(project.root), quiet, quiet, manners)


def told(report: CheckReport) -> list[str]:
    return [f"{issue.severity}: {issue}" for issue in report.issues]


def counts(report: CheckReport) -> tuple[int, int, dict[str, int]]:
    found = report.external
    assert found is not None
    return found.asked, found.known, {why: number for why, number in found.not_asked.items() if number}


def test_a_dead_link_is_named_with_its_page_its_line_and_its_file(project: Project, site: Elsewhere) -> None:
    site.pages |= {"/fine": FINE, "/old": to("/fine"), "/busy": status(500)}
    article(project, site.at("/fine"), site.at("/gone"), site.at("/old"), site.at("/busy"))
    page = "site/2025/06/02/cup/index.html"
    lines = [
        project.read("2025/06/02/cup/index.html").split(f"{path}")[0].count("\n") + 1
        for path in ("/gone", "/old", "/busy")
    ]

    report = checked(project)

    moved = f"which moved for good to {site.at('/fine')}"
    busy = "which could not be checked: it answers 500 Internal Server Error"
    assert told(report) == [
        f"error: {page}:{lines[0]}: leads to {site.at('/gone')}, which is not there (404) ({CUP})",
        f"warning: {page}:{lines[1]}: leads to {site.at('/old')}, {moved} ({CUP})",
        f"warning: {page}:{lines[2]}: leads to {site.at('/busy')}, {busy} ({CUP})",
    ]
    assert counts(report) == (4, 0, {})


def test_a_long_address_is_shown_in_short(project: Project, site: Elsewhere) -> None:
    long = "x" * 500
    site.pages |= {f"/{long}": to(f"/new/{long}"), f"/new/{long}": FINE}
    article(project, site.at(f"/{long}"))

    (issue,) = checked(project).issues

    assert issue.message.count("…") == 2
    assert len(issue.message) < 600


def test_one_dead_link_on_many_pages_is_told_once(project: Project, site: Elsewhere) -> None:
    for name in ("a", "b", "c"):
        article(project, site.at("/gone"), site.at("/gone#part"), name=name)

    report = checked(project)

    assert len(report.issues) == report.outside == 1
    assert "which is not there (404) (content/sport/2025-06-02/" in report.issues[0].message
    assert report.issues[0].message.endswith("; 2 more files do the same")
    assert site.pages_asked() == ["HEAD /gone", "GET /gone"]


def test_addresses_without_a_scheme_and_in_feeds_alone_are_followed_too(
    project: Project, site: Elsewhere
) -> None:
    article(project)
    front = project.read("index.html").replace("</main>", f'<a href="{site.address[5:]}/a">x</a></main>')
    project.write("site/index.html", front.replace("<head>", '<head><base href="http://news.example/">'))
    rss = project.read("rss.xml").replace("</channel>", f"<comments>{site.at('/b')}</comments></channel>")
    project.write("site/rss.xml", rss)

    report = checked(project)

    assert [(issue.path, issue.message.split(",")[0]) for issue in report.issues] == [
        ("site/index.html", f"leads to {site.at('/a')}"),
        ("site/rss.xml", f"leads to {site.at('/b')}"),
    ]


def test_hubs_are_no_links(project: Project, site: Elsewhere) -> None:
    project.configure(f'[feeds]\nhubs = ["{site.address}/"]')
    article(project)

    assert checked(project).outside == 0


def test_what_is_known_is_not_asked_again_for_a_while(project: Project, site: Elsewhere) -> None:
    site.pages |= {"/fine": FINE, "/robots.txt": text("User-agent: *\nDisallow: /closed")}
    article(project, site.at("/fine"), site.at("/gone"), site.at("/closed"))
    first = checked(project)
    del site.asked[:]

    again = checked(project, NOW + timedelta(hours=23))

    assert again.issues == first.issues
    assert site.asked == []
    assert (counts(first), counts(again)) == ((2, 0, {"robots": 1}), (0, 2, {"robots": 1}))

    next_day = checked(project, NOW + timedelta(hours=25))
    assert site.pages_asked() == ["HEAD /gone", "GET /gone"]
    assert counts(next_day) == (1, 1, {"robots": 1})

    site.pages["/gone"] = FINE
    assert checked(project, NOW + timedelta(days=8)).issues == ()
    assert site.pages_asked()[2:] == ["HEAD /fine", "HEAD /gone"]


def test_a_memory_from_the_future_is_not_believed(project: Project, site: Elsewhere) -> None:
    article(project, site.at("/a"))
    checked(project, NOW + timedelta(days=300))

    assert counts(checked(project)) == (1, 0, {})


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"addresses": {}, "version": 2}', b"\xff\x00"])
def test_a_damaged_memory_is_none(project: Project, site: Elsewhere, damage: bytes) -> None:
    site.pages["/a"] = FINE
    article(project, site.at("/a")).write(MEMORY, damage)

    assert counts(checked(project)) == (1, 0, {})
    assert counts(checked(project)) == (0, 1, {})


def test_only_what_the_site_still_names_is_remembered(project: Project, site: Elsewhere) -> None:
    article(project, site.at("/a"), site.at("/b"))
    checked(project)
    article(project, site.at("/b"))
    checked(project)

    assert remembered.load(project.root / MEMORY).keys() == {site.at("/b")}


def test_machines_within_are_not_asked_and_said_to_be_left_out(project: Project, site: Elsewhere) -> None:
    article(project, site.at("/a"), "http://169.254.169.254/latest/meta-data/")
    manners = Manners(NOW, 60, pause=0, proxies={})

    report = check(project.root, read_config(project.root), quiet, quiet, manners)

    assert report.issues == ()
    assert counts(report) == (0, 0, {"inner": 2})
    assert remembered.load(project.root / MEMORY) == {}
    assert site.asked == []


def test_when_time_is_up_the_rest_is_left_for_the_next_check(project: Project, site: Elsewhere) -> None:
    site.pages |= {"/a": FINE, "/b": FINE}
    article(project, site.at("/a"), site.at("/b"))

    assert counts(checked(project, seconds=0)) == (0, 0, {"later": 2})
    assert counts(checked(project)) == (2, 0, {})


def test_what_was_learnt_before_an_interrupt_is_kept(project: Project, site: Elsewhere) -> None:
    site.pages |= {"/a": FINE, "/b": FINE}
    article(project, site.at("/a"), site.at("/b"))

    def stop(what: str, done: int, _total: int) -> None:
        if (what, done) == ("asking", 2):
            raise KeyboardInterrupt

    manners = Manners(NOW, 60, pause=0, inner=True, proxies={})
    with pytest.raises(KeyboardInterrupt):
        check(project.root, read_config(project.root), stop, quiet, manners)

    asked, known, _ = counts(checked(project))
    assert (asked, known) == (1, 1)


def test_what_nobody_expects_is_not_swallowed(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Web, "ask", fail)
    article(project, "https://a.example/")

    with pytest.raises(ZeroDivisionError):
        checked(project)


@pytest.mark.parametrize(("hosts", "offline"), [("ab", False), ("abc", True)])
def test_where_no_host_answers_it_is_this_machine_that_is_cut_off(
    project: Project, monkeypatch: pytest.MonkeyPatch, hosts: str, *, offline: bool
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise Unreachable(Failure.UNKNOWN, "no host is called so")

    monkeypatch.setattr(Web, "ask", fail)
    article(project, *(f"https://{name}.example/" for name in hosts))

    report = checked(project)

    assert report.external is not None
    assert report.external.offline == offline
    if offline:
        assert told(report) == [
            "warning: site:1: none of the addresses of other sites could be reached; is there a network?"
        ]
        assert remembered.load(project.root / MEMORY) == {}
    else:
        assert {issue.severity.value for issue in report.issues} == {"error"}


def test_what_was_never_asked_comes_first_however_many_addresses_other_hosts_have() -> None:
    memories = {f"https://a.example/{number}": Memory(Verdict(State.UNSURE), 10) for number in (1, 2)}

    assert plan_hosts({*memories, "https://b.example/"}, memories) == [
        ["https://b.example/"],
        ["https://a.example/1", "https://a.example/2"],
    ]


def test_hosts_with_most_addresses_come_first_and_of_each_what_was_never_asked() -> None:
    addresses = {f"https://a.example/{number}" for number in (1, 2, 3)} | {"https://b.example/"}
    memories = {
        "https://a.example/1": Memory(Verdict(State.GOOD), 20),
        "https://a.example/3": Memory(Verdict(State.GONE), 10),
    }

    assert plan_hosts(addresses, memories) == [
        ["https://a.example/2", "https://a.example/3", "https://a.example/1"],
        ["https://b.example/"],
    ]


def test_an_answer_that_never_ends_holds_nothing_up(
    project: Project, site: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    over = threading.Event()
    site.pages["/a"] = silent(over)
    article(project, site.at("/a"))
    monkeypatch.setattr(outward, "_TICK", 0.01)

    assert counts(checked(project, seconds=0.2)) == (0, 0, {"later": 1})
    over.set()


def dateline(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli.app, arguments)
    return result.exit_code, result.stdout, result.stderr


def test_the_command_leaves_other_sites_alone_unless_it_is_told_to(
    project: Project, site: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outward, "Web", lambda **_: Web(inner=True, proxies={}))
    site.pages["/old"] = to("/fine")
    site.pages["/fine"] = FINE
    article(project, site.at("/old"))
    root = str(project.root)

    alone = dateline("check", "--root", root)
    assert (alone[0], site.asked) == (0, [])
    assert "1 address of another site (not followed)" in alone[1]

    warned = dateline("check", "--root", root, "--external")
    assert warned[0] == 0
    assert "1 address of another site (1 asked): no problems, 1 warning" in warned[1]
    assert warned[2].endswith(f"which moved for good to {site.at('/fine')} ({CUP})\n")

    strict = dateline("check", "--root", root, "--external", "--strict")
    assert (strict[0], "(0 asked, 1 known from an earlier check)" in strict[1]) == (1, True)


def test_the_command_says_so_in_json(
    project: Project, site: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outward, "Web", lambda **_: Web(inner=True, proxies={}))
    article(project, site.at("/gone"))

    status, out, _ = dateline("check", "--root", str(project.root), "--external", "--json")

    assert status == 1
    assert json.loads(out)["external"] == {
        "asked": 1,
        "known": 0,
        "not_asked": {"robots": 0, "inner": 0, "later": 0},
        "offline": False,
    }


def test_where_nothing_leads_out_nothing_is_asked(project: Project, tmp_path: Path) -> None:
    article(project)

    assert counts(checked(project)) == (0, 0, {})
    assert not list(tmp_path.glob("outside*"))
