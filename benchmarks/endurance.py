"""Watches a preview for leaks: hundreds of pages stay open while files change, and what the server holds is noted.

    python benchmarks/endurance.py [--seconds N] [--pages N] [--articles N]

It fails where a page did not hear of a change in the end, where the server keeps connections, threads or memory
that it should have let go of, and where the site is not what a clean build makes of the files. It prints JSON.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from statistics import linear_regression

from corpus import write_corpus
from editor import SHEET, Editor
from load import READY
from measure import Failed, memory_of, processor_time_of, run
from servers import Server, serving
from tools import DATELINE, HERE, find
from trees import digest_of

BEAT = (0.5, 1.5)
"""Seconds, from and to, between two changes."""

LOOK = 5.0
"""Seconds between two looks at what the server holds; fewer in a short run."""

WARM = 0.3
"""Before so much of the time has passed, memory may grow: modules are loaded, caches filled."""

LONG = 300.0
"""Seconds of a run that is long enough to say something about memory."""

GROWTH = 0.5
"""Megabytes a minute by which memory may seem to grow after that: what it varies by anyway."""

SERVER = "from generator import fragments; fragments.MOST = 64; from generator.cli import main; main()"
"""The command, with a small cache of what stories look like: to fill one for half an hour looks like a leak."""

SPARE = 2
"""Descriptors that may be more in the end than before the first page: a connection that has just been used."""

PATIENCE = 120.0
"""Seconds for a server to come to rest, and for its clients to end."""

END = date(2025, 6, 30)
MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Look:
    """What the server holds at a time: bytes of memory (PSS, with what it started; RSS of itself), and so on."""

    second: float
    memory: int
    resident: int
    descriptors: int
    threads: int


@dataclass(slots=True)
class Endured:
    """What came of it.

    Attributes:
        before: what the server held before the first page was open.
        after: what it held after the last one was gone.
        looks: what it held meanwhile.
        growth: megabytes a minute, by a line through the looks after the warm-up.
        processor: seconds of processor time that the server used.
        changes: how often files were changed, by kind.
        pages: what happened to the pages.
        same: the site is in the end what a clean build makes of its files.
    """

    before: Look
    after: Look
    looks: list[Look] = field(default_factory=list)
    growth: float = 0.0
    processor: float = 0.0
    changes: dict[str, int] = field(default_factory=dict)
    pages: dict[str, int] = field(default_factory=dict)
    same: bool = False


def endure(folder: Path, seconds: float, pages: int, articles: int) -> Endured:
    """Serve a new site in a folder for so long, with so many pages open, and change its files.

    Raises:
        Failed: the server did.
    """
    write_corpus(folder, articles, END)
    program = find(DATELINE, ())
    style = folder / SHEET
    style.parent.mkdir(parents=True)
    style.touch()
    run([program, "build"], folder)
    watched = sorted(folder.glob("content/*/*/*.md"), key=lambda path: path.parent.name)[-6:]
    editor = Editor(folder, watched)
    with serving([sys.executable, "-c", SERVER, *DATELINE.serving], folder) as server:
        server.ask("/", PATIENCE)
        server.settle(PATIENCE)
        found = Endured(before=_look(server, 0.0), after=_look(server, 0.0))
        with _open_pages(server, pages, ["/", "/tags/", *map(_page, watched)]) as close:
            _change(server, editor, seconds, found.looks)
            editor.mend()
            server.settle(PATIENCE)
            found.pages = close()
        found.after = _rested(server, found.before)
        found.changes, found.processor = dict(editor.done), processor_time_of(server.pid)
    found.growth = growth_of(found.looks)
    found.same = _is_clean(program, folder)
    return found


def _change(server: Server, editor: Editor, seconds: float, looks: list[Look]) -> None:
    began, chance = time.monotonic(), random.Random(2)
    every = min(LOOK, seconds / 10)
    looks.append(_look(server, 0.0))
    while (now := time.monotonic() - began) < seconds:
        editor.change()
        time.sleep(chance.uniform(*BEAT))
        if now - looks[-1].second >= every:
            looks.append(_look(server, now))


def growth_of(looks: Sequence[Look]) -> float:
    """Give the megabytes a minute by which memory grows, by a line through what was seen after the warm-up."""
    late = [look for look in looks if look.second >= WARM * looks[-1].second]
    if len(late) < 3:  # noqa: PLR2004 - no line without
        return 0.0
    slope, _ = linear_regression([look.second / 60 for look in late], [look.memory / MB for look in late])
    return slope


def _look(server: Server, second: float) -> Look:
    server.check()
    status = dict(
        line.split(":\t", 1)
        for line in Path(f"/proc/{server.pid}/status").read_text(encoding="utf-8").splitlines()
        if ":\t" in line
    )
    return Look(
        second=round(second, 1),
        memory=memory_of(server.pid),
        resident=int(status["VmRSS"].split()[0]) * 1024,
        descriptors=len(os.listdir(f"/proc/{server.pid}/fd")),  # noqa: PTH208 - names are enough
        threads=int(status["Threads"]),
    )


def _rested(server: Server, before: Look) -> Look:
    """Wait until the server has noticed that its clients are gone; give what it holds then or in the end."""
    until = time.monotonic() + PATIENCE
    while (look := _look(server, 0.0)).descriptors > before.descriptors + SPARE and time.monotonic() < until:
        time.sleep(0.2)
    return look


@contextmanager
def _open_pages(server: Server, count: int, paths: list[str]) -> Iterator[Callable[[], dict[str, int]]]:
    """Hold pages open, in a process of its own; gives what closes them and says what became of them."""
    command = [sys.executable, str(HERE / "open_pages.py"), str(server.port), str(count), *paths]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as client:
        try:
            assert client.stdout  # noqa: S101 - a pipe, for mypy
            if client.stdout.readline().strip() != READY:
                raise server.failed("did not give every page a stream")
            yield lambda: dict(json.loads(client.communicate(timeout=PATIENCE)[0]))
        finally:
            client.kill()


def _page(article: Path) -> str:
    return f"/{article.parent.name.replace('-', '/')}/{article.stem}/"


def check(found: Endured) -> None:
    """Raise `Failed` where the server kept what it should not have, or a page missed news, or the site is wrong."""
    before, after = found.before, found.after
    if found.pages["behind"]:
        raise Failed(f"{found.pages['behind']} of {found.pages['listening']} pages did not hear of a change")
    if after.descriptors > before.descriptors + SPARE:
        raise Failed(f"{after.descriptors} descriptors are open, {before.descriptors} were before")
    if after.threads > before.threads:
        raise Failed(f"there are {after.threads} threads, {before.threads} were before")
    if found.looks[-1].second >= LONG and found.growth > GROWTH:
        raise Failed(f"memory grows by {found.growth:.2f} MB a minute")
    if not found.same:
        raise Failed("the site is not what a clean build makes of its files")


def _is_clean(program: str, folder: Path) -> bool:
    """Tell whether the site is what a clean build makes of the same files."""
    site = digest_of(folder / "site")
    for name in ("site", ".dateline"):
        (folder / name).rename(folder / f".{name}-before")
    run([program, "build"], folder)
    return digest_of(folder / "site") == site


def main(arguments: list[str]) -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--articles", type=int, default=300)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as work:
        found = endure(Path(work) / "site", given.seconds, given.pages, given.articles)
    sys.stdout.write(f"{json.dumps(asdict(found))}\n")
    check(found)


if __name__ == "__main__":
    main(sys.argv[1:])
