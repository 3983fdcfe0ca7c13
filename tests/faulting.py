"""A program that has commands meet what goes wrong with disks, rights and files, and looks at what comes of it.

    python tests/faulting.py FOLDER SUBJECT

Every command is run by a copy of this process, on a site that stands in its first version and is to be brought to
its second. It has to end with the right status and one sentence that names what is wrong, and leave every file of
the site whole; and once that is mended the same command has to bring the site to what a clean build makes. What is
wrong is printed as JSON, with how many commands were run.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from conftest import NOW, Project, quiet, tree
from killing import CONFIG, FIRST, SECOND, Files, clean, freeze, turn
from killing_ingests import SEEDS, everything, ingest
from publishing import dead_links, publish, torn

from generator import cli, pool
from generator.build import build
from generator.commands.options import FAILED
from generator.ledger import NAME as LEDGER
from generator.workspace import Options

ALL = os.environ.get("TORTURE") == "all"

NOBODY = 65_534
"""A user who owns nothing but the site, where this is run by one who may do anything."""

BLOCK = 4096
"""Bytes that a file system in memory takes at once."""

TARGET = '[publish.web]\nkind = "folder"\npath = "public"\n'

MADE = {"build": "site", "ingest": "content", "publish": "public"}
"""The folder that a command fills."""

Change = Callable[[Path], object]


@dataclass(frozen=True, slots=True)
class Said:
    """How a command ended, and what it printed where problems are printed."""

    status: int
    text: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong with a command, and what it has to make of it.

    Attributes:
        name: what it is called here.
        command: one of `MADE`, with options.
        harm: brings it about, before the command runs.
        statuses: how the command may end then.
        says: is in what it prints.
        mend: takes it away again.
        within: brings it about in the process of the command itself, which is told the site's folder.
    """

    name: str
    command: tuple[str, ...]
    harm: Change = lambda _: None
    statuses: tuple[int, ...] = (2,)
    says: tuple[str, ...] = ()
    mend: Change = lambda _: None
    within: Change = lambda _: None


def run(root: Path, command: tuple[str, ...], within: Change = lambda _: None) -> Said:
    """Run a command in a copy of this process, as somebody who owns the site and may not do anything else."""
    hearing, saying = os.pipe()
    child = os.fork()
    if not child:
        _become(command, root, saying, within)
    os.close(saying)
    with open(hearing, errors="replace") as heard:  # noqa: PTH123 - a pipe
        text = heard.read()
    return Said(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), text)


def _become(command: tuple[str, ...], root: Path, saying: int, within: Change) -> None:
    status = 99
    try:
        os.dup2(saying, 2)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        if os.getuid() == 0:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        sys.argv = ["dateline", command[0], "--root", str(root), *command[1:]]
        within(root)
        cli.main()
    except SystemExit as done:
        status = done.code if isinstance(done.code, int) else 0
    except BaseException:  # noqa: BLE001 - as the interpreter would
        import traceback  # noqa: PLC0415

        traceback.print_exc()
    finally:
        with suppress(Exception):
            sys.stderr.flush()
        os._exit(status)


def own(root: Path) -> None:
    """Give a site to who runs commands on it."""
    if os.getuid() == 0:
        for place in (root, *root.rglob("*")):
            os.chown(place, NOBODY, NOBODY, follow_symlinks=False)


class Site:
    """A site in its first version, of which each fault gets a copy, and what it is to become."""

    def __init__(self, place: Path) -> None:
        self.place = place
        standing = Project(place / "standing").write("dateline.toml", f"{CONFIG}\n{TARGET}")
        self.root = standing.root
        turn(self.root, {}, FIRST)
        build(self.root, Options(NOW), quiet, quiet)
        publish(standing)
        self.first, self.second = clean(FIRST), clean(SECOND)
        self.ingested = self._ingested()
        self.count = 0

    def _ingested(self) -> Files:
        root = Project(self.place / "ingested").write("dateline.toml", CONFIG).root
        _sow(root)
        ingest(root)
        return _sorted(everything(root / "content"))

    def faults(self, fault: Fault) -> Iterator[str]:
        """Tell what is wrong with what comes of a fault."""
        root = self.place / "site"
        shutil.rmtree(root, ignore_errors=True)
        if fault.command[0] == "ingest":
            _sow(Project(root).write("dateline.toml", CONFIG).root)
        else:
            shutil.copytree(self.root, root)
            turn(root, FIRST, SECOND)
        if fault.command[0] == "publish":
            build(root, Options(NOW), quiet, quiet)
        own(root)
        fault.harm(root)
        self.count += 1
        said = run(root, _with_options(fault.command), fault.within)
        try:
            if said.status not in fault.statuses or "Traceback" in said.text:
                yield f"ended with {said.status} and said {said.text[-1500:]}"
            elif said.status and not (said.text and all(text in said.text for text in fault.says)):
                yield f"said {said.text}"
            elif said.status == FAILED and said.text.count("\n") != 1:
                yield f"said more than one sentence: {said.text}"
            if said.status == FAILED and fault.command[0] != "ingest":
                yield from self._harmed(tree(root / MADE[fault.command[0]]))
        finally:
            fault.mend(root)
        yield from self._converges(root, fault.command)

    def _harmed(self, found: Files) -> Iterator[str]:
        parts = torn(found, self.first, self.second)
        if parts:
            yield f"neither old nor new: {parts}"
        dead = dead_links(found)
        if dead:
            yield f"lead nowhere: {dead}"

    def _converges(self, root: Path, command: tuple[str, ...]) -> Iterator[str]:
        said = run(root, _with_options(command))
        if said.status or "Traceback" in said.text:
            yield f"the next one ended with {said.status} and said {said.text[-1500:]}"
        made = root / MADE[command[0]]
        wanted = self.ingested if command[0] == "ingest" else self.second
        found = _sorted(everything(made)) if command[0] == "ingest" else tree(made)
        different = {path for path in wanted.keys() | found.keys() if wanted.get(path) != found.get(path)}
        if different:
            yield f"the next one left another site or content: {sorted(different)}"


def _sorted(content: dict[str, bytes]) -> dict[str, bytes]:
    """Give a content with the lines of its ledger in order: what is refused at first is entered later."""
    lines = content.get(LEDGER, b"").splitlines(keepends=True)
    return {**content, LEDGER: b"".join(sorted(lines))}


def _sow(root: Path) -> None:
    for name, data in {**SEEDS[0], "deep/05-own.md": SEEDS[1]["05-own.md"]}.items():
        (root / "seeds" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "seeds" / name).write_bytes(data)


def _with_options(command: tuple[str, ...]) -> tuple[str, ...]:
    if command[0] == "publish":
        return (*command, "--max-delete", "100%")
    given = "--now" if command[0] == "build" else "--captured"
    workers = () if "--workers" in command else ("--workers", "1")
    return (*command, given, NOW.isoformat(), *workers)


def _rights(path: str, mode: int) -> dict[str, Any]:
    """Take rights away, and give them back."""
    before: list[int] = []

    def harm(root: Path) -> None:
        before[:] = [(root / path).stat().st_mode & 0o777]
        (root / path).chmod(mode)

    return {"harm": harm, "mend": lambda root: (root / path).chmod(before[0])}


DENIED = ("Permission denied",)
CUP, PICTURE = "content/sport/a/cup.md", "content/sport/a/a.png"


def rights() -> Iterator[Fault]:
    """Things that may not be read or written."""
    build, ingest = ("build",), ("ingest",)
    yield Fault("an article", build, **_rights(CUP, 0), statuses=(1,), says=(f"{CUP}:1: ", *DENIED))
    yield Fault("a picture", build, **_rights(PICTURE, 0), statuses=(1,), says=(f"{PICTURE}:1: ", *DENIED))
    yield Fault(
        "a folder of articles", build, **_rights("content/sport/a", 0), says=("content/sport/a: ", *DENIED)
    )
    yield Fault("names only", build, **_rights("content/sport/a", 0o444), says=("content/sport/a", *DENIED))
    yield Fault("the content", build, **_rights("content", 0), says=("content: ", *DENIED))
    yield Fault(
        "a template", build, **_rights("templates/404.html", 0), says=("templates/404.html: ", *DENIED)
    )
    yield Fault("the templates", build, **_rights("templates", 0), says=("templates", *DENIED))
    yield Fault(
        "an asset", build, **_rights("templates/assets/form/a.txt", 0), says=("form/a.txt: ", *DENIED)
    )
    yield Fault("the configuration", build, **_rights("dateline.toml", 0), says=("dateline.toml: ", *DENIED))
    yield Fault("the output", build, **_rights("site", 0o555), says=("site/", *DENIED))
    yield Fault("a folder of pages", build, **_rights("site/2025/06", 0o555), says=("site/2025/06/", *DENIED))
    yield Fault("no output", build, **_rights("site", 0), says=("site", *DENIED))
    yield Fault("the state", build, **_rights(".dateline", 0o555), says=(".dateline/", *DENIED))
    yield Fault("no state", build, **_rights(".dateline", 0), says=(".dateline", *DENIED))
    yield Fault("the catalogue", build, **_rights(".dateline/catalogue.sqlite", 0), statuses=(0,))
    yield Fault("its bytes", build, **_rights(".dateline/catalogue.sqlite", 0o444), statuses=(0,))
    yield Fault("the lock", build, **_rights(".dateline/lock", 0), says=(".dateline/lock: ", *DENIED))
    yield Fault("the journal", build, **_rights("site/.dateline", 0), says=("site/.dateline: ", *DENIED))
    yield Fault(
        "a seed",
        ingest,
        **_rights("seeds/01-ferry.txt", 0),
        statuses=(1,),
        says=("01-ferry.txt:1: ", *DENIED),
    )
    yield Fault(
        "a folder of seeds",
        ingest,
        **_rights("seeds/deep", 0),
        statuses=(1,),
        says=("seeds/deep:1: ", *DENIED),
    )
    yield Fault(
        "names of seeds", ingest, **_rights("seeds/deep", 0o444), statuses=(1,), says=("seeds/deep", *DENIED)
    )
    yield Fault("the seeds", ingest, **_rights("seeds", 0), statuses=(1,), says=("seeds", *DENIED))
    yield Fault("the host", ("publish",), **_rights("public", 0o555), says=("public: ", *DENIED))
    yield Fault(
        "a folder there", ("publish",), **_rights("public/2025/06", 0o555), says=("public: ", *DENIED)
    )
    yield Fault(
        "a built page", ("publish",), **_rights("site/index.html", 0), says=("site/index.html", *DENIED)
    )
    yield Fault("new articles", ingest, **_rights("content", 0o555), says=("content/", *DENIED))
    yield Fault("the site", ingest, **_rights("", 0o555), says=(".dateline", *DENIED))


def limits() -> Iterator[Fault]:
    """Too little of something."""

    def limited(kind: int, amount: int) -> Change:
        return lambda _: resource.setrlimit(kind, (amount, amount))

    def little_memory(_: Path) -> None:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        amount = pages * os.sysconf("SC_PAGE_SIZE") + (2 << 20)
        resource.setrlimit(resource.RLIMIT_AS, (amount, amount))

    for size in (0, 9_000):
        within = limited(resource.RLIMIT_FSIZE, size)
        yield Fault(f"{size} bytes", ("publish",), within=within)
    for command in (("build",), ("ingest",)):
        for size in (0, 9_000, 40_000, 120_000):
            within = limited(resource.RLIMIT_FSIZE, size)
            yield Fault(f"{size} bytes", command, statuses=(0, 2), says=("no room for ",), within=within)
        for number in (4, 7):
            within = limited(resource.RLIMIT_NOFILE, number)
            yield Fault(f"{number} open files", command, statuses=(0, 1, 2), within=within)
        yield Fault("little memory", command, statuses=(0, 1, 2), within=little_memory)
        within = limited(resource.RLIMIT_NPROC, 0)
        yield Fault("no processes", (*command, "--workers", "2"), statuses=(0,), within=within)


class Meanwhile:
    """Does something at the moment a file is about to be opened, or a folder to be listed, for the first time."""

    def __init__(self) -> None:
        self._path = ""
        self._do: Change = lambda _: None
        sys.addaudithook(self._hear)

    def when(self, path: str, change: Change) -> Change:
        """Give what arms this in the process of a command."""

        def arm(root: Path) -> None:
            self._path, self._do = str(root / path), change

        return arm

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self._path and event in {"open", "os.scandir", "os.listdir"} and str(arguments[0]) == self._path:
            path, self._path = self._path, ""
            self._do(Path(path))


def _vanish(path: Path) -> None:
    shutil.rmtree(path) if path.is_dir() else path.unlink()


def _become_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _become_another(path: Path) -> None:
    aside = path.with_name(f".{path.name}")
    aside.write_bytes(path.read_bytes() + b"\nMore.\n")
    aside.replace(path)


def _grow(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"\nMore.\n")


def _fail(path: Path) -> None:
    raise OSError(5, "Input/output error", str(path))


def put_aside(path: str) -> dict[str, Any]:
    """Keep a file or a folder of a site, and put it back."""

    def harm(root: Path) -> None:
        kept = root.parent / "aside"
        shutil.rmtree(kept, ignore_errors=True)
        kept.unlink(missing_ok=True)
        (shutil.copytree if (root / path).is_dir() else shutil.copyfile)(root / path, kept)

    def mend(root: Path) -> None:
        kept, place = root.parent / "aside", root / path
        if place.is_dir():
            shutil.rmtree(place)
        place.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if kept.is_dir() else shutil.copyfile)(kept, place)
        own(root)

    return {"harm": harm, "mend": mend, "statuses": (0, 1, 2)}


CHANGES: tuple[Change, ...] = (_vanish, _become_folder, _fail, _become_another, _grow)


def meanwhile() -> Iterator[Fault]:
    """Things that are another when they are read than when they were found."""
    moment = Meanwhile()
    for path, changes in (
        (CUP, CHANGES),
        (PICTURE, CHANGES[:: 1 if ALL else 3]),
        ("templates/404.html", CHANGES[: 5 if ALL else 3]),
        ("templates/assets/form/a.txt", CHANGES[:: 1 if ALL else 2]),
        ("dateline.toml", CHANGES[:: 1 if ALL else 2]),
    ):
        for change in changes:
            within = moment.when(path, change)
            yield Fault(f"{path}: {change.__name__}", ("build",), within=within, **put_aside(path))
    for path in ("seeds/01-ferry.txt", *(("seeds/02-wire.xml", "dateline.toml") if ALL else ())):
        for change in CHANGES[
            :3
        ]:  # a seed that is another by now is another story, which it is right to keep
            within = moment.when(path, change)
            yield Fault(f"{path}: {change.__name__}", ("ingest",), within=within, **put_aside(path))
    for command, path, inside in (
        ("build", "content/sport/a", "cup.md"),
        ("build", "templates/assets/form", "a.txt"),
        ("ingest", "seeds/deep", "05-own.md"),
    ):
        for place in (path, f"{path}/{inside}"):
            within = moment.when(place, lambda place: _vanish(place if place.is_dir() else place.parent))
            yield Fault(f"{path} goes when {place} is read", (command,), within=within, **put_aside(path))


def mounts() -> Iterator[Fault]:
    """File systems that are full, may not be written, or fail."""

    def mount(*words: str) -> None:
        subprocess.run(["mount", *words], check=True)

    def small(name: str, room: int) -> dict[str, Any]:
        def harm(root: Path) -> None:
            aside = root.parent / "aside"
            shutil.rmtree(aside, ignore_errors=True)
            (root / name).mkdir(exist_ok=True)
            shutil.copytree(root / name, aside)
            taken = sum(-(-place.lstat().st_size // BLOCK) for place in aside.rglob("*") if place.is_file())
            size = f"size={taken * BLOCK + room}"
            mount("-t", "tmpfs", "-o", f"{size},mode=777", "none", str(root / name))
            shutil.copytree(aside, root / name, dirs_exist_ok=True)
            own(root)

        return {"harm": harm, "mend": lambda root: mount("-o", "remount,size=50m", str(root / name))}

    def read_only(name: str) -> dict[str, Any]:
        def harm(root: Path) -> None:
            mount("--bind", str(root / name), str(root / name))
            mount("-o", "remount,ro,bind", str(root / name))

        return {"harm": harm, "mend": lambda root: unmount(root / name)}

    build, ingest, room = ("build",), ("ingest",), ("no room for ",)
    yield Fault("a full output", build, **small("site", 100_000), says=room)
    yield Fault("a full state", build, **small(".dateline", 30_000), says=room)
    yield Fault(
        "a full host", ("publish",), **small("public", 16_000), says=("public: No space left on device",)
    )
    yield Fault("a full content", ingest, **small("content", 16_000), says=room)
    yield Fault("a full state", ingest, **small(".dateline", 30_000), says=room)
    written = ("Read-only file system",)
    yield Fault("an output", build, **read_only("site"), says=("site/", *written))
    yield Fault("a state", build, **read_only(".dateline"), says=(".dateline/", *written))
    yield Fault("a content", ingest, **read_only("content"), says=("content/", *written))


def unmount(place: Path) -> None:
    """Take a file system away."""
    subprocess.run(["umount", str(place)], check=True)


@contextmanager
def tidied(place: Path) -> Iterator[None]:
    """Leave no file system behind."""
    try:
        yield
    finally:
        for line in Path("/proc/self/mounts").read_text().splitlines():
            target = line.split()[1]
            if target.startswith(f"{place}/"):
                subprocess.run(["umount", "--lazy", target], check=False)


SUBJECTS: dict[str, Callable[[], Iterator[Fault]]] = {
    "rights": rights,
    "limits": limits,
    "meanwhile": meanwhile,
    "mounts": mounts,
}


def main() -> None:
    """Do what the module says and print the outcome."""
    parser = ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("subject", choices=SUBJECTS)
    parser.add_argument("--only", default="")
    given = parser.parse_args()
    sys.dont_write_bytecode = True
    given.folder.chmod(0o777)
    pool.Pool(1, fork=True).start()  # all that it takes is loaded, which nobody may do later
    site, wrong = Site(given.folder), list[str]()
    freeze()
    with tidied(given.folder):
        for fault in SUBJECTS[given.subject]():
            if given.only in fault.name:
                wrong += [f"{fault.command[0]}, {fault.name}: {what}" for what in site.faults(fault)]
                if given.subject == "mounts":
                    subprocess.run(["umount", "--quiet", *map(str, site.place.glob("site/*"))], check=False)
    json.dump({"run": site.count, "wrong": wrong}, sys.stdout)


if __name__ == "__main__":
    main()
