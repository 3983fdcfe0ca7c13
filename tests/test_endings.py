"""How commands end: output that nobody takes, signals, workers that die, clocks that jump."""

import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import Project
from killing_ingests import FERRY, NAMESAKE, STRIKE, everything
from processes import runs
from watching import Clock, eventually, watching

from generator.commands.options import INTERRUPTED, UNHEARD

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="signals, and how shells close streams")

REPOSITORY = Path(__file__).parents[1]
PATIENCE = 60.0
SEEDS = {"a.txt": FERRY, "b.txt": STRIKE, "c.txt": NAMESAKE}
CHOOSER = """
import os, pathlib, time
def choose(article):
    here = pathlib.Path(__file__).parent
    (here / f"busy-{os.getpid()}").touch()
    while (here / "wait").exists():
        time.sleep(0.01)
"""


@pytest.fixture
def site(project: Project) -> Project:
    for name, text in SEEDS.items():
        project.write(f"seeds/{name}", text)
    return project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02T10:00:00Z")


def dateline(site: Project, *words: str, within: str = "exec {}") -> "subprocess.Popen[str]":
    command = shlex.join([sys.executable, "-m", "generator.cli", *words, "--root", str(site.root)])
    return subprocess.Popen(
        ["bash", "-c", within.format(command)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY), "PYTHONFAULTHANDLER": "1"},
        start_new_session=True,
    )


def said_at_the_end(process: "subprocess.Popen[str]") -> str:
    """Wait for the end of a command, and give what it said; where that does not come, have it say where it is."""
    try:
        return process.communicate(timeout=PATIENCE)[1]
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGABRT)
        pytest.fail(f"it does not end: {process.communicate()[1]}")


FULL = "the report cannot be printed (No space left on device); what it tells of is done"


@pytest.mark.parametrize(
    ("words", "within", "status", "said"),
    [
        ("build", "exec {} >/dev/full", 2, f"dateline: {FULL}\n"),
        ("build", "exec {} 2>&-", 0, ""),
        ("build", "exec {} <&- >&- 2>&-", 0, ""),
        ("ingest --json", "{} | true; exit ${{PIPESTATUS[0]}}", UNHEARD, ""),
        ("ingest", "{} | true; exit ${{PIPESTATUS[0]}}", UNHEARD, ""),
        ("nonsense", "exec {} 2>/dev/full", 2, ""),
    ],
)
def test_output_that_nobody_takes_does_no_harm(
    site: Project, another: Callable[[], Project], words: str, within: str, status: int, said: str
) -> None:
    process = dateline(site, *words.split(), within=within)
    heard = process.communicate(timeout=PATIENCE)[1]

    assert (process.returncode, heard) == (status, said)
    if words == "build":
        clean = another().article("sport/2025-06-02/cup.md", "The cup", "2025-06-02T10:00:00Z")
        clean.build()
        site.build()
        assert site.site() == clean.site()
    site.ingest()
    assert [article.status for article in site.ingest().articles] == ["unchanged"] * len(SEEDS)


@pytest.fixture
def stuck(site: Project) -> Iterator[tuple[Project, "subprocess.Popen[str]", int]]:
    """Give an ingest one of whose two workers waits, and that worker."""
    site.write("chooser.py", CHOOSER).write("wait", "")
    site.configure('[ingest]\nclassifier = "chooser:choose"\n')
    process = dateline(site, "ingest", "--workers", "2")
    (busy,) = eventually(lambda: list(site.root.glob("busy-*")))
    yield site, process, int(busy.name.partition("-")[2])
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def converges(site: Project) -> None:
    """See that an ingest makes of the seeds what it makes of them when nobody is stopped."""
    site.remove("wait")
    first = site.ingest()
    after = site.content()

    assert [article.status for article in first.articles] == ["written"] * len(SEEDS)
    assert len(after) == len(SEEDS) + 1
    assert {article.status for article in site.ingest().articles} == {"unchanged"}
    assert site.content() == after


Stuck = tuple[Project, "subprocess.Popen[str]", int]


def test_what_a_killed_worker_was_reading_is_read_by_another(stuck: Stuck) -> None:
    site, process, worker = stuck
    os.kill(worker, signal.SIGKILL)
    site.remove("wait")
    said = said_at_the_end(process)

    assert (process.returncode, said) == (0, "")
    assert len(site.content()) == len(SEEDS) + 1
    assert {article.status for article in site.ingest().articles} == {"unchanged"}


def test_a_worker_that_is_stopped_is_waited_for(stuck: Stuck) -> None:
    site, process, worker = stuck
    os.kill(worker, signal.SIGSTOP)
    site.remove("wait")
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(0.5)
    os.kill(worker, signal.SIGCONT)

    assert process.wait(PATIENCE) == 0
    assert len(site.content()) == len(SEEDS) + 1


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_an_ingest_that_is_ended_takes_its_workers_with_it(stuck: Stuck, how: signal.Signals) -> None:
    site, process, worker = stuck
    process.send_signal(how)

    assert process.wait(PATIENCE) == -how
    eventually(lambda: not runs(worker))
    converges(site)


def test_a_second_interrupt_changes_nothing(stuck: Stuck) -> None:
    site, process, worker = stuck
    for _ in range(2):
        os.killpg(process.pid, signal.SIGINT)
    said = said_at_the_end(process)

    assert process.returncode in {INTERRUPTED, -signal.SIGINT}
    assert "Traceback" not in said
    eventually(lambda: not runs(worker))
    converges(site)


ONCE_MORE = """
import atexit, signal, sys
from generator import cli
signal.signal(signal.SIGINT, signal.default_int_handler)
atexit.register(signal.raise_signal, signal.SIGINT)
{}
sys.argv = ["dateline", "stop"]
cli.main()
"""


@pytest.mark.parametrize(
    "stop",
    [
        "cli.app.command('stop')(lambda: signal.raise_signal(signal.SIGINT))",
        "cli.app = lambda: signal.raise_signal(signal.SIGINT)",  # when the command was about to end for another
    ],
)
def test_an_interrupt_while_python_ends_is_no_traceback(stop: str) -> None:
    command = [sys.executable, "-c", ONCE_MORE.format(stop)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    said = "dateline: interrupted; nothing is lost, and the same command does the rest\n"
    assert (done.returncode, done.stderr.lstrip("\n")) == (INTERRUPTED, said)


def test_two_ingests_at_once_file_each_story_once(site: Project, another: Callable[[], Project]) -> None:
    processes = [dateline(site, "ingest", "--captured", "2025-06-02T08:00:00Z") for _ in range(2)]
    for process in processes:
        process.communicate(timeout=PATIENCE)
    alone = another().article("sport/2025-06-02/cup.md", "The cup", "2025-06-02T10:00:00Z")
    for name, text in SEEDS.items():
        alone.write(f"seeds/{name}", text)
    dateline(alone, "ingest", "--captured", "2025-06-02T08:00:00Z").communicate(timeout=PATIENCE)

    assert [process.returncode for process in processes] == [0, 0]
    assert everything(site.root / "content") == everything(alone.root / "content")


HEARD = "import signal; signal.signal(signal.SIGHUP, signal.SIG_DFL)"
"""Whoever runs these tests may have it ignored."""


def test_a_terminal_that_is_closed_ends_a_watch_as_a_person_would(site: Project) -> None:
    with watching(site.root, before=HEARD) as watched:
        assert watched.stop(signal.SIGHUP) == 0

    assert watched.said[-1] == "dateline: stopped; the site is whole\n"


def test_a_watch_that_was_begun_to_last_outlives_the_terminal(site: Project) -> None:
    with watching(site.root, within=["nohup"]) as watched:
        watched.settle()
        watched.process.send_signal(signal.SIGHUP)
        site.article("sport/2025-06-02/derby.md", "A derby", "2025-06-02T10:00:00Z")
        watched.until_written("2025/06/02/derby/index.html")


def test_a_watch_whose_log_is_full_goes_on(site: Project) -> None:
    process = dateline(site, "watch", within="exec {} >/dev/full 2>&1")
    try:
        eventually(lambda: site.exists("2025/06/02/cup/index.html"))
        site.article("sport/2025-06-02/derby.md", "A derby", "2025-06-02T10:00:00Z")
        eventually(lambda: site.exists("2025/06/02/derby/index.html"))
        assert process.poll() is None
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE)


ROOM = """
import resource, signal
from generator import rounds, watch
watch.AGAIN_SECONDS = rounds.SECONDS = 0.3
watch.RESTING_NS = 0
least = (2_000, resource.RLIM_INFINITY)
resource.setrlimit(resource.RLIMIT_FSIZE, least)
signal.signal(signal.SIGUSR1, lambda *_: resource.setrlimit(resource.RLIMIT_FSIZE, (least[1], least[1])))
"""


def test_a_watch_goes_on_where_there_is_room_again(site: Project) -> None:
    with watching(site.root, before=ROOM) as watched:
        assert watched.outcomes[-1]["failure"].startswith("no room for ")
        site.article("sport/2025-06-02/derby.md", "A derby", "2025-06-02T10:00:00Z")
        time.sleep(1)
        watched.process.send_signal(signal.SIGUSR1)
        watched.until_written("2025/06/02/derby/index.html")
        eventually(lambda: len(site.content()) == len(SEEDS) + 2)
        watched.settle()
    site.build(datetime.now(UTC))
    stands = site.site()

    assert site.build(datetime.now(UTC), clean=True).written == ()
    assert site.site() == stands


def test_a_watch_whose_clock_jumps_shows_what_is_out_by_then(project: Project, tmp_path: Path) -> None:
    cup, far = "2025/06/02/cup/index.html", "2027/06/01/far/index.html"
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02T10:00:00Z")
    project.article("sport/2027-06-01/far.md", "Far", "2027-06-01T10:00:00Z")
    clock = Clock(tmp_path / "clock", "2026-01-01T00:00")
    with watching(project.root, before=clock.before) as watched:
        assert project.exists(cup)
        assert not project.exists(far)
        clock.set("2400-01-01T00:00")
        watched.until_written(far)
        clock.set("1970-01-01T00:00")
        eventually(lambda: not project.exists(far) and not project.exists(cup))
        project.article("sport/1969-06-02/moon.md", "The moon", "1969-06-02T10:00:00Z")
        watched.until_written("1969/06/02/moon/index.html")
        clock.set("2026-01-01T00:00")
        watched.until_written(cup)
        watched.settle()
        assert not project.exists(far)


@pytest.mark.parametrize("moment", [0, -(10**18), 2**62])
def test_whatever_times_files_have_they_are_read_again_when_they_change(site: Project, moment: int) -> None:
    path = site.root / "content/sport/2025-06-02/cup.md"
    for title in ("The cap", "The cop", "The cup"):
        path.write_text(path.read_text().replace("The cup", title))
        with suppress(OverflowError, OSError):  # no file system may know of such a time
            os.utime(path, ns=(moment, moment))
        site.build()

        assert title in site.read("2025/06/02/cup/index.html")
        path.write_text(path.read_text().replace(title, "The cup"))
