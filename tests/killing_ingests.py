"""A program that has ingests killed at every single write and commit, or at random moments.

    python tests/killing_ingests.py FOLDER WORKERS [--step N | --random N]

An ingest takes in one of three sets of seeds, each another telling of the one before, in the midst of what people
did to the articles meanwhile. Killed, and once more without harm, it has to leave the content as one does that
nobody stops: the same files, byte for byte, the ledger among them. Between the two a build may go by, or the
catalogue may get lost. It prints JSON, as `killing` does.
"""

import json
import shutil
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import count
from pathlib import Path

from conftest import NOW, Project, quiet
from killing import CONFIG, ENOUGH, Fate, Moments, arm, await_end, doom, freeze, put

from generator import files
from generator.build import build, read_config
from generator.ingest import folder, run
from generator.report import Collector
from generator.workspace import Options

Tree = Mapping[str, bytes]

FERRY = """Ferry returns to Carrow Sound after two years

The ferry across Carrow Sound sailed again on Monday, two years after a storm wrecked its landing stage. Hundreds
of islanders lined the quay at Marlow to cheer the first crossing.

"This is our road," said Tilda Fenwick, who runs the bakery on the island. The council paid for the new stage with
a loan from the regional bank, which it hopes to repay by 2031.

The ferry will make six crossings a day until the autumn. Tickets cost three crowns for residents and nine for
visitors, and the council has promised to freeze both for a year.
"""
NAMESAKE = """Ferry returns to Carrow Sound after two years

A second boat joins the line in June, the harbour master of Marlow announced. Her name is Dora, she carries forty
lorries and a brass band, and she was built in a yard on the other side of the world.
"""
STRIKE = """Strike at the mill

Workers at the paper mill of Lower Brenn walked out on Monday. They want to be paid for nights.
"""
LONGER = f"""{STRIKE}
The owners offered a meeting on Thursday, with coffee. The union said that it prefers an offer, and tea. The mill
has made paper for the atlas of the county for ninety years and has never stood still for more than a day before.
"""


def _entry(number: int, title: str, text: str) -> str:
    return (
        f"<entry><id>urn:courier:{number}</id><title>{title}</title><updated>2025-06-02T14:00:00Z</updated>"
        f'<link href="https://courier.example/{number}"/>'
        f'<content type="html">&lt;p&gt;{text}&lt;/p&gt;</content></entry>'
    )


def _feed(*entries: str) -> bytes:
    head = "<title>The Ellery Courier</title><id>urn:courier</id><updated>2025-06-02T14:00:00Z</updated>"
    return f'<feed xmlns="http://www.w3.org/2005/Atom">{head}{"".join(entries)}</feed>'.encode()


def _records(*titles: str) -> bytes:
    lines = (
        {"title": title, "maintext": f"{title}, {number} people of Lower Brenn say, and {number + 7} do not."}
        for number, title in enumerate(titles, start=3)
    )
    return "".join(f"{json.dumps(line)}\n" for line in lines).encode()


BRIDGE = "The harbour bridge in Port Ellery reopened on Monday after repairs that took the whole spring."
VOTE = _entry(2, "Council votes on the quarry", "The council of Brenn votes on the quarry on Friday at noon.")
CUP = _entry(3, "Harriers win the county cup", "The Brenn Harriers beat Port Ellery by two goals to one.")
PAGE = (
    b"<html><head><title>Lighthouse keeper retires</title></head><body><article><h1>Lighthouse keeper retires</h1>"
    b"<p>The lighthouse keeper of Port Ellery retired on Sunday after forty years, with a boat from the town.</p>"
    b"<p>Her lamp will be lit by a clock from now on, which the town does not trust yet, she said.</p>"
    b"</article></body></html>"
)
OWN = b"---\ntitle: A notice\ndate: 2025-06-01\ntopic: society\n---\n\nThe library is closed on Tuesday.\n"

SEEDS: tuple[Tree, ...] = (
    {
        "01-ferry.txt": FERRY.encode(),
        "02-wire.xml": _feed(_entry(1, "Harbour bridge reopens", BRIDGE), VOTE),
        "03-records.jsonl": _records("The old mill turns again", "A comet was seen", "Goats graze inland"),
        "04-page.html": PAGE,
    },
    {
        "02-wire.xml": _feed(
            _entry(1, "Harbour bridge reopens", f"{BRIDGE} Lorries may cross it again from July on."),
            VOTE,
            CUP,
        ),
        "05-own.md": OWN,
        "06-short.txt": STRIKE.encode(),
        "07-longer.txt": LONGER.encode(),
        "08-namesake.txt": NAMESAKE.encode(),
        "09-twice.txt": FERRY.encode(),
    },
    {
        "03-records.jsonl": _records(
            "The old mill turns again", "A comet was seen", "Goats graze inland", "Snow"
        ),
        "10-cut.txt": FERRY.partition("The ferry will")[0].encode(),
        "11-late.txt": b"Fog closes the harbour\n\nFog closed the harbour of Port Ellery for a day and a night.\n",
    },
)
"""What lies among the seeds after each other, in addition to what lay there."""


def everything(content: Path) -> dict[str, bytes]:
    """Read every file of a content folder, hidden ones, too."""
    found = (path for path in content.rglob("*") if path.is_file())
    return {path.relative_to(content).as_posix(): path.read_bytes() for path in found}


def ingest(root: Path, workers: int = 1) -> list[str]:
    """Ingest the seeds of a site, all of them taken at one moment; tell what became of each story."""
    heard = Collector()
    how = run.Options(now=NOW, captured=NOW, workers=workers)
    run.ingest(root, read_config(root), [(root / "seeds", "seeds")], how, heard.hear, quiet, quiet)
    return [article.status for article in heard.report.articles] + [str(one) for one in heard.report.issues]


def _meddle(root: Path) -> None:
    """Edit an article, remove one, move another, as people do."""
    found = sorted((root / "content").rglob("*.md"))
    edited, removed, moved = (
        next(one for one in found if word in one.name) for word in ("ferry", "vote", "comet")
    )
    edited.write_text(edited.read_text().replace("Monday", "Tuesday"))
    removed.unlink()
    target = root / "content/arts/kept" / moved.name
    target.parent.mkdir(parents=True)
    moved.rename(target)


class Story:
    """A site before each ingest, and what nobody's kill changes about its content afterwards."""

    def __init__(self, place: Path) -> None:
        root = Project(place / "calm").write("dateline.toml", CONFIG).root
        self.place = place
        self.befores: list[Path] = []
        self.afters: list[Tree] = []
        self.wholes: set[bytes] = set()
        add, replace = folder.Folder.add, folder.Folder.replace
        folder.Folder.add = self._heard(add)  # type: ignore[assignment,method-assign]
        folder.Folder.replace = self._heard(replace)  # type: ignore[assignment,method-assign]
        for number, seeds in enumerate(SEEDS):
            put(root / "seeds", seeds)
            if number == 1:
                _meddle(root)
                self.wholes |= set(everything(root / "content").values())
            before = place / f"before-{number}"
            shutil.copytree(root, before)
            self.befores.append(before)
            ingest(root)
            self.afters.append(everything(root / "content"))
        folder.Folder.add, folder.Folder.replace = add, replace  # type: ignore[method-assign]

    def _heard(self, write: Callable[[folder.Folder, str, bytes], object]) -> Callable[..., object]:
        def heard(self_: folder.Folder, path: str, data: bytes) -> object:
            self.wholes.add(data)
            return write(self_, path, data)

        return heard

    def begin(self, number: int) -> Path:
        """Give a site as it is before one of the ingests."""
        root = self.place / "doomed"
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(self.befores[number], root)
        return root

    def faults(
        self, root: Path, number: int, meanwhile: Callable[[Path], object], *, once_more: bool
    ) -> Iterator[str]:
        """Tell what is wrong with a site whose ingest was stopped, and with what the next one makes of it."""
        for path, data in everything(root / "content").items():
            if (
                path.endswith(".md")
                and not path.rpartition("/")[2].startswith(".")
                and data not in self.wholes
            ):
                yield f"{path} is in parts: {data[:60]!r}"
        meanwhile(root)
        try:
            said = ingest(root)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is wrong
            yield f"the next ingest failed: {error!r}"
            return
        yield from _differences(self.afters[number], everything(root / "content"), str(said))
        if once_more:
            again = ingest(root)
            if "written" in again:
                yield f"one more ingest: {again}"
            yield from _differences(self.afters[number], everything(root / "content"), "once more")


def _differences(wanted: Tree, found: Tree, said: str) -> Iterator[str]:
    for path in sorted(wanted.keys() | found.keys()):
        if wanted.get(path) != found.get(path):
            yield f"{path}: {found.get(path)!r} instead of {wanted.get(path)!r} ({said})"


def _build(root: Path) -> None:
    build(root, Options(NOW), quiet, quiet)


def _forget(root: Path) -> None:
    shutil.rmtree(root / files.STATE, ignore_errors=True)


MEANWHILE: tuple[Callable[[Path], object], ...] = (lambda _: None, _build, _forget)
"""What happens between a kill and the next ingest."""


def torture(
    story: Story, workers: int, fates: Iterable[Fate], heard: Callable[[str], None] | None = None
) -> tuple[int, list[str]]:
    """Kill ingests until nothing is left to kill them at; tell how many were, and what was wrong then."""
    killed, unharmed, wrong = 0, 0, list[str]()
    for turn, fate in enumerate(fates):
        number, meanwhile = turn % len(SEEDS), MEANWHILE[turn // len(SEEDS) % len(MEANWHILE)]
        root = story.begin(number)
        how, group, gone = doom(partial(ingest, root, workers), *fate)
        wrong += await_end(group, gone)
        found = [how] if how.startswith("ended") else []
        found += story.faults(root, number, meanwhile, once_more=turn % 4 == 0)
        wrong += [f"{fate}, seeds {number}, {meanwhile.__name__}: {what}" for what in found]
        killed += how == "killed"
        if heard:
            heard(how)
        unharmed = 0 if how == "killed" else unharmed + 1
        if len(wrong) >= ENOUGH or (unharmed == len(SEEDS) and fate[0] is not None):
            break
    return killed, wrong


def main() -> None:
    """Do what the module says and print the outcome."""
    parser = ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("workers", type=int)
    parser.add_argument("--step", type=int, default=1)
    parser.add_argument("--random", type=int)
    given = parser.parse_args()
    sys.dont_write_bytecode = True
    story = Story(given.folder)
    _build(story.begin(0))  # what it loads is loaded, too
    if given.random:
        freeze()
        moments = Moments(given.random, partial(ingest, story.begin(1), given.workers))
        killed, wrong = torture(story, given.workers, moments.fates(), moments.ended)
    else:
        arm()
        fates = ((events, None) for events in count(0, given.step) for _ in SEEDS)
        killed, wrong = torture(story, given.workers, fates)
    json.dump({"killed": killed, "wrong": wrong}, sys.stdout)


if __name__ == "__main__":
    main()
