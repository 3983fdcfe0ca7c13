"""A program that has publishes killed at random moments, what they run with them or not, and looks at the host.

    python tests/killing_publishes.py FOLDER KIND KILLS

KIND is one of `PLACES`. What a reader finds after a kill is whole, and every link leads somewhere; the next publish
ends as one that nobody stops. It prints JSON, as `killing` does.
"""

import json
import os
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle
from pathlib import Path

import pytest
from conftest import Project
from killing import CONFIG, ENOUGH, FIRST, SECOND, Moments, await_end, doom, freeze, turn
from publishing import BranchPlace, FolderPlace, Place, RsyncPlace, dead_links, publish, shown, torn
from repositories import set_apart

from generator.publishing.host import HostError

PLACES: dict[str, Callable[[Path], Place]] = {
    "folder": FolderPlace,
    "branch": BranchPlace,
    "rsync": RsyncPlace,
}

EACH = 5
"""So many publishes of one version are killed before there is another one to publish."""

PATIENCE = 10.0
"""Seconds after which nothing that a killed publisher ran is at work any more; they end when it does."""


def send(project: Project) -> None:
    """Publish a site, whatever that deletes."""
    publish(project, max_delete="100%")


def torture(project: Project, place: Place, kills: int) -> tuple[int, list[str]]:
    """Kill publishes of one version over the other; tell how many were killed, and what was wrong then."""
    turn(project.root, {}, FIRST)
    project.build()
    kept, before = place.keep(), shown(place.files())
    moments, wrong = Moments(kills, partial(send, project)), list[str]()
    versions = cycle(((FIRST, SECOND), (SECOND, FIRST)))
    place.put_back(kept)
    while moments.left and len(wrong) < ENOUGH:
        after = dict(project.site())
        for _ in range(EACH):
            place.put_back(kept)
            whole = moments.tried % 2 == 0
            how, group, gone = doom(partial(send, project), None, next(moments), all_of_it=whole)
            moments.ended(how)
            found = [how] if how.startswith("ended") else []
            found += [*_faults(place, before, after), *await_end(group, gone)]
            found += _finish(project, place, after, once_more=moments.tried % EACH == 0)
            wrong += [f"{moments}, all killed: {whole}: {what}" for what in found]
        kept, before = place.keep(), after
        turn(project.root, *next(versions))
        project.build()
    return moments.killed, wrong


def _faults(place: Place, before: dict[str, bytes], after: dict[str, bytes]) -> Iterator[str]:
    """Tell what a reader of a half published site finds wrong."""
    found = shown(place.files())
    dead = dead_links(found)
    if dead and ("index.html" in found or before):
        yield f"lead nowhere: {dead}"
    parts = torn(found, before, after)
    if parts:
        yield f"neither old nor new: {parts}"


def _finish(project: Project, place: Place, after: dict[str, bytes], *, once_more: bool) -> Iterator[str]:
    """Publish again and tell what is not as it should be; where what was killed still ends, a little later."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            send(project)
            break
        except HostError as error:
            if time.monotonic() > end:
                yield f"the next publish failed: {error}"
                return
            time.sleep(0.1)
    if shown(place.files()) != after:
        yield "the next publish left another site"
    if once_more and publish(project).uploaded:
        yield "one more publish had something to do"


def main() -> None:
    """Do what the module says and print the outcome."""
    parser = ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("kind", choices=PLACES)
    parser.add_argument("kills", type=int)
    given = parser.parse_args()
    sys.dont_write_bytecode = True
    with pytest.MonkeyPatch.context() as patch:
        set_apart(given.folder, patch)
        os.environ["GIT_AUTHOR_DATE"] = "2025-06-02T12:00:00Z"
        place = PLACES[given.kind](given.folder / "public")
        text = f"{CONFIG}\n\n[publish.web]\n{place.table}\n"
        project = Project(given.folder / "site").write("dateline.toml", text)
        freeze()
        killed, wrong = torture(project, place, given.kills)
    json.dump({"killed": killed, "wrong": wrong}, sys.stdout)


if __name__ == "__main__":
    main()
