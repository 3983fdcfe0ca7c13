"""Builds that are killed, interrupted, crowded and lied to. `TORTURE=all` does so at every event, and longer."""

import json
import multiprocessing
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import killing
import pytest
from conftest import NOW, Project, quiet, tree
from killing import CONFIG, FIRST, FOREIGN, HIDDEN, SECOND, Files, clean, finish, put, turn

from generator import files, locks
from generator.build import build
from generator.catalogue import NAME
from generator.commands.options import INTERRUPTED
from generator.model import DatelineError, Severity
from generator.staging import STAGING
from generator.workspace import Options

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks, and looks at processes in /proc")

ALL = os.environ.get("TORTURE") == "all"
AT_MOST = 30.0
"""Seconds after which something should have happened that takes a moment."""

ENDLESS = (
    b"{% for a in range(9999) %}{% for b in range(9999) %}{% for c in range(9999) %}" + 3 * b"{% endfor %}"
)
"""A template that keeps whoever renders it busy for hours."""

REPOSITORY = Path(__file__).parents[1]
T = TypeVar("T")
Start = Callable[..., "subprocess.Popen[str]"]
Damage = Callable[[Path], object]


@pytest.fixture
def memory() -> Iterator[Path]:
    """Give a folder in memory where there is one: none of this is about power cuts."""
    place = "/dev/shm"  # noqa: S108 - the folder in it has a name of its own
    place = place if os.access(place, os.W_OK) else tempfile.gettempdir()
    with tempfile.TemporaryDirectory(prefix="dateline-torture-", dir=place) as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
def first() -> Files:
    return {**clean(FIRST), **FOREIGN}


@pytest.fixture(scope="module")
def second() -> Files:
    return {**clean(SECOND), **FOREIGN}


@pytest.fixture
def project(memory: Path) -> Project:
    """Make a site that stands in its first version, with foreign files in its output folder."""
    project = Project(memory / "project").write("dateline.toml", CONFIG)
    put(project.root, FIRST)
    project.build()
    put(project.root / "site", {**FOREIGN, **HIDDEN})
    return project


@pytest.fixture
def start(project: Project) -> Iterator[Start]:
    """Give what starts the real command, in a process group of its own; nothing of it is left in the end."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # who starts tests in the background ignores it
    started: list[subprocess.Popen[str]] = []
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY)}

    def start(*options: str, before: Sequence[str] = ()) -> "subprocess.Popen[str]":
        command = [*before, sys.executable, "-m", "generator.cli", "build", "--root", str(project.root)]
        command += ["--now", NOW.isoformat(), *options]
        process = subprocess.Popen(
            command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            env=environment,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        if process.stderr and not process.stderr.closed:
            process.communicate()


def until(happened: Callable[[], T]) -> T:
    """Wait for something to be true, and give it."""
    end = time.monotonic() + AT_MOST
    while time.monotonic() < end:
        found = happened()
        if found:
            return found
        time.sleep(0.01)
    pytest.fail("it never happened")


def children(parent: int) -> list[int]:
    """Find the living processes that a process started."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            state, above = (place / "stat").read_text().rpartition(")")[2].split()[:2]
            if int(above) == parent and state != "Z":
                found.append(int(place.name))
    return found


def lives(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def staging(project: Project) -> list[Path]:
    return list((project.root / files.STATE).glob(f"{STAGING}*"))


def get_stuck(project: Project, start: Start, workers: int) -> "tuple[subprocess.Popen[str], list[int]]":
    """Start a build whose pages are never done; give its process and its workers, all of them at work."""
    project.write("templates/base.html", ENDLESS)
    process = start("--workers", str(workers))
    until(lambda: staging(project))
    if workers == 1:
        return process, []
    until(lambda: len(children(process.pid)) == workers)
    return process, children(process.pid)


def get_unstuck(project: Project) -> None:
    project.remove("templates/base.html")


def line(process: "subprocess.Popen[str]") -> str:
    """Read what a command says next."""
    assert process.stderr
    return process.stderr.readline()


def kill_builds(folder: Path, story: str, *hows: Sequence[str]) -> list[dict[str, Any]]:
    """Run the program that kills builds, with one worker and with two at once, each in its own way."""
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY)}
    running = []
    for workers, how in zip(("1", "2"), hows, strict=True):
        (folder / workers).mkdir()
        command = [sys.executable, killing.__file__, str(folder / workers), story, workers, *how]
        running.append(subprocess.Popen(command, stdout=subprocess.PIPE, env=environment))
    return [json.loads(process.communicate()[0]) for process in running]


@pytest.mark.parametrize(
    ("story", "steps"),
    [("an edit", (1, 2)), ("from nothing", (6, 6)), ("without a catalogue", (6, 6))],
)
def test_whatever_write_a_build_is_killed_after_the_next_one_finishes_it(
    memory: Path, story: str, steps: tuple[int, int]
) -> None:
    hows = [() if ALL else ("--step", str(step), "--rounds", "1") for step in steps]
    outcomes = kill_builds(memory, story, *hows)

    assert [outcome["wrong"] for outcome in outcomes] == [[], []]
    assert all(outcome["killed"] > 150 // step for outcome, step in zip(outcomes, steps, strict=True))


@pytest.mark.parametrize("story", sorted(killing.STORIES))
def test_whenever_a_build_is_killed_the_next_one_finishes_it(memory: Path, story: str) -> None:
    outcomes = kill_builds(memory, story, *[("--random", "500" if ALL else "10", "--rounds", "1")] * 2)

    assert [outcome["wrong"] for outcome in outcomes] == [[], []]
    assert all(outcome["killed"] for outcome in outcomes)


def test_whenever_the_command_is_killed_the_next_build_finishes_it(
    project: Project, start: Start, first: Files, second: Files
) -> None:
    begun = time.monotonic()
    start("--workers", "2").communicate()
    length = time.monotonic() - begun
    chance = random.Random(1)
    versions = [(FIRST, first), (SECOND, second)]
    for number in range(100 if ALL else 6):
        (old, _), (new, expected) = versions[number % 2], versions[1 - number % 2]
        turn(project.root, old, new)
        process = start("--workers", "2")
        time.sleep(chance.uniform(length / 2, length))
        process.kill()
        process.wait()

        assert list(finish(project.root, 1 + number % 2, expected)) == []


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_workers_end_when_their_parent_is_killed(
    project: Project, start: Start, first: Files, how: signal.Signals
) -> None:
    parent, workers = get_stuck(project, start, 2)
    parent.send_signal(how)
    parent.wait(AT_MOST)
    until(lambda: not any(lives(worker) for worker in workers))
    get_unstuck(project)
    waited: list[str] = []
    with locks.lock(project.root, "a test", waited.append):
        pass

    assert waited == []
    assert tree(project.root / "site") == first
    assert list(finish(project.root, 1, first)) == []
    assert staging(project) == []


def test_a_worker_that_dies_ends_the_build_with_one_clear_error(
    project: Project, start: Start, first: Files
) -> None:
    parent, workers = get_stuck(project, start, 2)
    os.kill(workers[0], signal.SIGKILL)
    _, said = parent.communicate(timeout=AT_MOST)

    assert parent.returncode == 2
    assert said.startswith("dateline: a worker process was stopped before its work was done")
    assert said.count("\n") == 1
    assert not any(lives(worker) for worker in workers)
    assert staging(project) == []
    assert tree(project.root / "site") == first
    get_unstuck(project)
    assert list(finish(project.root, 2, first)) == []


@pytest.mark.parametrize("hired", [1, 2])
def test_an_interrupt_ends_the_build_at_once_and_leaves_nothing_behind(
    project: Project, start: Start, first: Files, hired: int
) -> None:
    parent, workers = get_stuck(project, start, hired)
    os.killpg(parent.pid, signal.SIGINT)  # as a terminal does, workers and all
    _, said = parent.communicate(timeout=AT_MOST)

    assert parent.returncode == INTERRUPTED
    assert said == "dateline: interrupted; nothing is lost, and the same command does the rest\n"
    assert not any(lives(worker) for worker in workers)
    assert staging(project) == []
    assert tree(project.root / "site") == first
    get_unstuck(project)
    assert list(finish(project.root, 1, first)) == []


INTERRUPTED_FORK = """
import os, signal
os.register_at_fork(after_in_parent=lambda: os.kill(os.getpid(), signal.SIGINT))
from generator.cli import main
main()
"""


def test_an_interrupt_in_the_midst_of_a_fork_is_not_lost(project: Project) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)  # as above
    turn(project.root, FIRST, SECOND)
    command = [sys.executable, "-c", INTERRUPTED_FORK, "build", "--root", str(project.root), "--workers", "2"]
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert done.stderr == "dateline: interrupted; nothing is lost, and the same command does the rest\n"
    assert done.returncode == INTERRUPTED


def test_an_interrupt_while_workers_start_ends_the_build_too(project: Project, start: Start) -> None:
    ends = set()
    project.write("templates/base.html", ENDLESS)
    for number in range(200 if ALL else 8):
        process = start("--workers", "2")
        until(partial(children, process.pid))
        time.sleep(number % 8 / 200)
        os.killpg(process.pid, signal.SIGINT)
        said = process.communicate(timeout=AT_MOST)[1]
        # Where it met a class being made from a string, Python ends by the signal, which shells call 130.
        ends.add(
            (said.count("\n"), INTERRUPTED if process.returncode == -signal.SIGINT else process.returncode)
        )

    assert ends == {(1, INTERRUPTED)}
    assert staging(project) == []


def test_a_reader_sees_whole_files_only(memory: Path) -> None:
    picture, size = "content/sport/a/a.png", 4_000_000
    versions = [{**FIRST, picture: bytes(size)}, {**SECOND, picture: b"1" * size}]
    wholes = [clean(version) for version in versions]
    project = Project(memory / "project").write("dateline.toml", CONFIG)
    builder = multiprocessing.get_context("fork").Process(target=alternate, args=(project.root, versions))
    builder.start()
    seen: set[tuple[str, int]] = set()
    parts: set[str] = set()
    while builder.is_alive():
        for path in wholes[0].keys() | wholes[1].keys():
            data = files.read(project.root / "site" / path)
            which = [number for number, whole in enumerate(wholes) if data == whole.get(path)]
            seen.update((path, number) for number in which)
            if not which and data is not None:
                parts.add(path)

    assert builder.exitcode == 0
    assert parts == set()
    assert {("2025/06/01/cup/a.png", 0), ("2025/06/01/cup/a.png", 1)} <= seen


def alternate(root: Path, versions: Sequence[Files]) -> None:
    """Build one version over the other, time and again."""
    old: Files = {}
    for number in range(400 if ALL else 30):
        new = versions[number % 2]
        turn(root, old, new)
        build(root, Options(NOW, workers=1 + number % 3 % 2), quiet, quiet)
        old = new


def test_a_second_build_waits_for_the_first_and_then_does_its_work(
    project: Project, start: Start, second: Files
) -> None:
    with locks.lock(project.root, "a test", quiet):
        waiting = start()
        said = line(waiting)
        turn(project.root, FIRST, SECOND)

    assert said == f"dateline: waiting for a test, process {os.getpid()}\n"
    assert waiting.wait(AT_MOST) == 0
    assert tree(project.root / "site") == second


def test_the_lock_of_a_killed_build_is_taken_over_at_once(
    project: Project, start: Start, second: Files
) -> None:
    holder, _ = get_stuck(project, start, 1)
    waiting = start()
    said = line(waiting)
    get_unstuck(project)
    turn(project.root, FIRST, SECOND)
    holder.kill()

    assert said == f"dateline: waiting for dateline build, process {holder.pid}\n"
    assert waiting.wait(AT_MOST) == 0
    assert tree(project.root / "site") == second


def test_a_build_that_waited_long_enough_says_who_holds_the_lock(
    project: Project, start: Start, first: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "LOCK_SECONDS", 0.1)
    holder, _ = get_stuck(project, start, 1)

    with pytest.raises(
        DatelineError, match=f"^dateline build, process {holder.pid} still works on this site"
    ):
        project.build()
    assert tree(project.root / "site") == first


def check(
    project: Project, first: Files, second: Files, damages: Iterable[tuple[object, Damage]]
) -> list[str]:
    """Damage the catalogue, once as it is and once with other content, and build: tell what is wrong then."""
    here, there = (FIRST, first), (SECOND, second)
    catalogue, wrong = project.root / files.STATE / NAME, list[str]()
    for number, (name, damage) in enumerate(damages):
        for changed in (False, True):
            damage(catalogue)
            if changed:
                turn(project.root, here[0], there[0])
                here, there = there, here
            found = list(finish(project.root, 1 + number % 2, here[1]))
            if found:
                wrong.append(f"{name}, {changed=}: {found}")
                shutil.rmtree(catalogue.parent)
                project.build()
    return wrong


def set_aside(catalogue: Path, script: str) -> tuple[bytes, bytes]:
    """Change a copy of a catalogue; give the log and the index that SQLite keeps beside it until it is closed."""
    copy = catalogue.with_name("copy")
    shutil.copyfile(catalogue, copy)
    with closing(sqlite3.connect(copy)) as connection:
        connection.executescript(script)
        beside = Path(f"{copy}-wal").read_bytes(), Path(f"{copy}-shm").read_bytes()
    copy.unlink()
    return beside


OTHERS = "UPDATE cards SET card = replace(card, 'A d', 'No d'); DELETE FROM members; DELETE FROM touched"


def leave_log(catalogue: Path, *, index: bool) -> None:
    log, shared = set_aside(catalogue, OTHERS)
    Path(f"{catalogue}-wal").write_bytes(log)
    if index:
        Path(f"{catalogue}-shm").write_bytes(shared)


def change(script: str, catalogue: Path) -> None:
    with closing(sqlite3.connect(catalogue)) as connection:
        connection.executescript(script)


DAMAGES: dict[str, Damage] = {
    "missing": Path.unlink,
    "emptied": lambda path: path.write_bytes(b""),
    "no catalogue": lambda path: path.write_text("Something else."),
    "all of it zeros": lambda path: path.write_bytes(bytes(path.stat().st_size)),
    "another version": partial(change, "PRAGMA user_version = 7"),
    "another version, with other tables": partial(
        change, "PRAGMA user_version = 7; DROP TABLE files; ALTER TABLE names RENAME TO files"
    ),
    "this version, without a table": partial(change, "DROP TABLE members"),
    "a table of other columns": partial(change, "DROP TABLE outputs; CREATE TABLE outputs (path)"),
    "a view in place of a table": partial(change, "PRAGMA user_version = 7; CREATE VIEW spare AS SELECT 1"),
    "no log, but an index": lambda path: Path(f"{path}-shm").write_bytes(b"?" * 32_768),
    "a log that is none": lambda path: Path(f"{path}-wal").write_bytes(b"?" * 50_000),
    "a rollback journal that is none": lambda path: Path(f"{path}-journal").write_bytes(b"?" * 50_000),
}


@pytest.mark.parametrize("damage", sorted(DAMAGES))
def test_a_damaged_catalogue_means_a_clean_build(
    project: Project, first: Files, second: Files, damage: str
) -> None:
    assert check(project, first, second, [(damage, DAMAGES[damage])] * 2) == []


@pytest.mark.parametrize("index", [False, True])
def test_the_log_of_another_catalogue_is_not_taken_for_ones_own(
    project: Project, first: Files, second: Files, *, index: bool
) -> None:
    assert check(project, first, second, [("log", partial(leave_log, index=index))]) == []


def test_a_catalogue_cut_short_anywhere_means_a_clean_build(
    project: Project, first: Files, second: Files
) -> None:
    size = (project.root / files.STATE / NAME).stat().st_size
    chance = random.Random(2)
    page = 16_384
    lengths = {1, 15, 16, 17, 99, 100, 101, page - 1, page, page + 1, size // 2, size - page, size - 1}
    lengths |= {chance.randrange(size) for _ in range(500 if ALL else 7)}
    damages = [(length, partial(os.truncate, length=length)) for length in sorted(lengths)]

    assert check(project, first, second, damages) == []


def test_a_catalogue_with_flipped_bits_means_a_clean_build(
    project: Project, first: Files, second: Files
) -> None:
    chance = random.Random(3)

    def flip(catalogue: Path) -> None:
        data = bytearray(catalogue.read_bytes())
        used = [place for place, byte in enumerate(data) if byte]
        for place in chance.choices(used, k=chance.choice((1, 1, 5, 50))):
            data[place] ^= 1 << chance.randrange(8)
        with catalogue.open("r+b") as file:
            file.write(data)

    assert check(project, first, second, [(number, flip) for number in range(1000 if ALL else 20)]) == []


@pytest.mark.parametrize("sealed", [False, True])
def test_an_older_catalogue_put_back_builds_what_stands_in_the_content_now(
    project: Project, first: Files, second: Files, *, sealed: bool
) -> None:
    state, kept = project.root / files.STATE, project.root / "kept"
    copy = shutil.copy2 if sealed else shutil.copyfile
    shutil.copytree(state, kept)
    turn(project.root, FIRST, SECOND)
    project.build()
    shutil.copytree(kept, state, dirs_exist_ok=True, copy_function=copy)
    again = list(finish(project.root, 1, second))
    shutil.copytree(kept, state, dirs_exist_ok=True, copy_function=copy)
    turn(project.root, SECOND, FIRST)

    assert again == []
    assert list(finish(project.root, 1, first)) == []


GONE = "2025/06/02/gone/index.html"
"""A page that only the first version has."""


@pytest.mark.parametrize("back", [False, True])
def test_an_older_catalogue_does_not_make_a_foreign_file_dateline_s_own(
    project: Project, *, back: bool
) -> None:
    catalogue = project.root / files.STATE / NAME
    older = catalogue.read_bytes()
    without = {path: data for path, data in FIRST.items() if not path.endswith("gone.md")}
    turn(project.root, FIRST, without)
    project.build()
    put(project.root / "site", {GONE: b"theirs"})
    catalogue.write_bytes(older)
    if back:
        turn(project.root, without, FIRST)
    report = project.build()

    assert project.read(GONE) == "theirs"
    assert [issue.path for issue in report.issues] == ([f"site/{GONE}"] if back else [])


def test_a_journal_cut_short_makes_no_foreign_file_dateline_s_own(project: Project, first: Files) -> None:
    journal, line = project.root / "site" / files.JOURNAL, "topics/sport/fresh/index.html"
    wrong = []
    for length in range(1, len(line)):
        path = line[:length].rstrip("/")
        before = journal.read_bytes()
        foreign = {} if project.exists(path) else {path: b"theirs"}
        put(project.root / "site", foreign)
        journal.write_bytes(before + line[:length].encode())
        wrong += [(path, what) for what in finish(project.root, 1, {**first, **foreign})]
        shutil.rmtree(project.root / "site")
        put(project.root / "site", {**HIDDEN, files.JOURNAL: b""})
        project.build()
        put(project.root / "site", FOREIGN)

    assert wrong == []


@pytest.mark.parametrize(
    ("foreign", "pages"),
    [
        ("2025/07/01", ["2025/07/01/fresh/index.html", "2025/07/01/index.html"]),
        ("2025/07/01/fresh", ["2025/07/01/fresh/index.html"]),
        ("2025/07/01/fresh/index.html", ["2025/07/01/fresh/index.html"]),
        ("2025/07/01/fresh/index.html/a.txt", ["2025/07/01/fresh/index.html"]),
        ("robots.txt/a.txt", ["robots.txt"]),
    ],
)
def test_what_stands_in_the_way_of_a_page_stays_and_is_named(
    project: Project, second: Files, foreign: str, pages: list[str]
) -> None:
    site = project.root / "site"
    if foreign.startswith("robots.txt"):
        (site / "robots.txt").unlink()
    put(site, {foreign: b"theirs"})
    turn(project.root, FIRST, SECOND)
    report = project.build()

    assert [issue.path for issue in report.issues] == [f"site/{page}" for page in pages]
    assert all(issue.severity is Severity.ERROR for issue in report.issues)
    assert tree(site) == {path: data for path, data in second.items() if path not in pages} | {
        foreign: b"theirs"
    }
    assert project.build().written == ()
    (site / foreign).unlink()
    with suppress(OSError):
        (site / foreign).parent.rmdir()
    assert list(finish(project.root, 1, second)) == []


def test_a_file_of_ours_may_become_a_folder_and_a_folder_a_file(
    project: Project, first: Files, second: Files
) -> None:
    turn(project.root, FIRST, SECOND)
    there = list(finish(project.root, 1, second))
    turn(project.root, SECOND, FIRST)

    assert there == []
    assert list(finish(project.root, 1, first)) == []


@pytest.mark.parametrize("workers", ["1", "2"])
@pytest.mark.parametrize("blocks", ["0", "32", "512", "4000"])
def test_a_full_disk_ends_the_build_with_one_clear_error(
    project: Project, start: Start, first: Files, second: Files, blocks: str, workers: str
) -> None:
    put(project.root, {"content/sport/a/a.png": b"3" * 4_000_000})
    process = start("--workers", workers, before=("sh", "-c", f'ulimit -f {blocks}; exec "$0" "$@"'))
    _, said = process.communicate(timeout=AT_MOST)

    assert process.returncode == 2
    assert said.startswith("dateline: no room for the site or its catalogue (")
    assert said.count("\n") == 1
    assert tree(project.root / "site") == first
    assert staging(project) == []
    turn(project.root, FIRST, SECOND)
    assert list(finish(project.root, 1, second)) == []
