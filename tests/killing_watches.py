"""A program that has a watch killed at random moments, while seeds come in and articles are written.

    python tests/killing_watches.py FOLDER KILLS

Another process goes on writing whatever becomes of the watch. An ingest and a build have to make of it what they
make of a site that nobody watched. It prints JSON, as `killing` does.
"""

import json
import os
import shutil
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from conftest import NOW, Project, quiet, tree
from killing import CONFIG, ENOUGH, Moments, await_end, do_and_exit, doom, freeze, put
from killing_ingests import SEEDS, ingest

from generator import changes, clock, ledger, watch
from generator.build import build
from generator.ripening import Pace
from generator.workspace import Options

Tree = Mapping[str, bytes]

THERE: Tree = {f"seeds/{name}": data for name, data in SEEDS[0].items()} | {
    "content/sport/2025-06-02/cup.md": b"---\ntitle: The cup\ndate: 2025-06-02\ntags: [Rail]\n---\n\nThey won.\n",
    "content/sport/2025-06-02/gone.md": b"---\ntitle: Gone\ndate: 2025-06-02\n---\n\nNot for long.\n",
}
COMING: Tree = {
    **{f"seeds/{name}": data for name, data in SEEDS[1].items() if name not in SEEDS[0]},
    "content/sport/2025-06-02/cup.md": b"---\ntitle: The cup\ndate: 2025-06-02\ntags: [Sea]\n---\n\nThey lost.\n",
    "content/sport/2025-06-03/walk.md": b"---\ntitle: A walk\ndate: 2025-06-03\ntags: [Rail]\n---\n\nIt rained.\n",
    "seeds/11-late.txt": SEEDS[2]["11-late.txt"],
    "templates/404.html": b"{% extends 'default/404.html' %}{# ours #}",
}
"""What comes while the site is watched, in this order."""

BETWEEN = 0.02
"""Seconds between two files that come."""

SETTLED = 60.0
"""Seconds in which a watch that nobody kills has done everything."""


def hurry() -> None:
    """Have seeds wait for a moment only, and all of time be one."""
    clock.now = lambda: NOW
    watch.RESTING_NS = 0
    changes.CAREFUL = Pace(quick=0.0, calm=0.0, quiet=0.0, longest=0.0, still=0.03, open=1.0)


def keep_watching(root: Path) -> None:
    """Watch a site until somebody ends that."""
    watch.Watch(root, watch.Options(), quiet, quiet, quiet).run()


def writer(root: Path) -> int:
    """Start a process that writes what comes, as editors and downloads do; give its number."""
    child = os.fork()
    if not child:
        do_and_exit(partial(_write, root))
    return child


def _write(root: Path) -> None:
    for name, data in COMING.items():
        time.sleep(BETWEEN)
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = target.with_name(f".{target.name}.new")
        aside.write_bytes(data)
        aside.replace(target)
    (root / "content/sport/2025-06-02/gone.md").unlink()


def begin(place: Path, name: str) -> Path:
    """Make a site with what is there at first."""
    shutil.rmtree(place / name, ignore_errors=True)
    root = Project(place / name).write("dateline.toml", CONFIG).root
    put(root, THERE)
    return root


def finish(root: Path) -> None:
    """Ingest and build."""
    ingest(root)
    build(root, Options(NOW), quiet, quiet)


def _faults(root: Path, content: Tree, site: Tree) -> Iterator[str]:
    try:
        finish(root)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is wrong
        yield f"to ingest and build failed: {error!r}"
        return
    for what, wanted, found in (
        ("content", content, tree(root / "content")),
        ("site", site, tree(root / "site")),
    ):
        different = {path for path in wanted.keys() | found.keys() if wanted.get(path) != found.get(path)}
        if different:
            yield f"another {what}: {sorted(different)}"
    lines = [json.loads(line) for line in (root / "content" / ledger.NAME).read_bytes().splitlines()]
    stories = [line["id"] for line in lines if "path" in line]
    again = ingest(root)
    if len(set(stories)) != len({line["path"] for line in lines if "path" in line}) or "written" in again:
        yield f"the ledger tells of {stories}; one more ingest: {again}"


def _until_done(root: Path, site: Tree) -> None:
    """Watch, in a process that ends when the site is as it will be."""
    watched = os.fork()
    if not watched:
        do_and_exit(partial(keep_watching, root))
    end = time.monotonic() + SETTLED
    try:
        while tree(root / "site") != site and time.monotonic() < end:
            time.sleep(0.02)
    finally:
        os.kill(watched, 9)
        os.waitpid(watched, 0)
    if tree(root / "site") != site:
        raise RuntimeError("it never became what it should be")


def torture(place: Path, kills: int) -> tuple[int, list[str]]:
    """Kill watches; tell how many were killed, and what was wrong then."""
    calm = begin(place, "calm")
    os.waitpid(writer(calm), 0)
    finish(calm)
    content, site = tree(calm / "content"), tree(calm / "site")
    root = begin(place, "doomed")
    writing = writer(root)
    moments, wrong = Moments(kills, partial(_until_done, root, site)), list[str]()
    os.waitpid(writing, 0)
    wrong += _faults(root, content, site)
    while moments.left and len(wrong) < ENOUGH:
        root = begin(place, "doomed")
        writing = writer(root)
        how, group, gone = doom(partial(keep_watching, root), None, next(moments))
        moments.ended(how)
        os.waitpid(writing, 0)
        found = [how] if how != "killed" else []
        found += [*await_end(group, gone), *_faults(root, content, site)]
        wrong += [f"{moments}: {what}" for what in found]
    return moments.killed, wrong


def main() -> None:
    """Do what the module says and print the outcome."""
    parser = ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("kills", type=int)
    given = parser.parse_args()
    sys.dont_write_bytecode = True
    hurry()
    freeze()
    killed, wrong = torture(given.folder, given.kills)
    json.dump({"killed": killed, "wrong": wrong}, sys.stdout)


if __name__ == "__main__":
    main()
