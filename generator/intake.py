"""The first half of a build: find out what changed, and touch every key that this may change.

All of it happens in one transaction with the new rows, so that a kill cannot leave a file that looks read and
a page that is stale.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from generator import filenames, files, fingerprint, misnamed, records
from generator.catalogue import RACY_NS, Catalogue
from generator.engine import engine
from generator.files import Stat
from generator.misnamed import Scanned
from generator.workspace import Run, Site

if TYPE_CHECKING:
    from generator.reading import Read, Reading
    from generator.shelf import Shelved

BATCH = 128
"""Content files to a job."""

FILLED_ANEW = frozenset(
    ("files", "issues", "articles", "cards", "bodies", "attachments", "totals", "members", "names", "edges")
)
"""The tables that hold nothing but what content files say."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at the content folder shows.

    Attributes:
        anew: the generator, the configuration or a translation is not what the catalogue was made with.
        epoch: what both of them are now.
        changed: the files to read, each with how it looks and the digest it had.
        vanished: the files that are gone.
        ill_named: files and folders whose names are not plain, so that they are left out, as they are shown.
    """

    anew: bool
    epoch: str
    changed: list[tuple[str, Stat, str]]
    vanished: list[str]
    ill_named: list[str]


def look(run: Run) -> Look:
    """Compare the content folder, or what of it may have changed, with what the catalogue remembers."""
    anew = begins_anew(run)
    marked = set() if anew else _marked_anew(run)  # to be read even where they are as they were
    paths = ("",) if run.paths is None else (*run.paths, *marked)
    scanned = _scan_anew(run) if anew else misnamed.scan(run.site.content, paths)
    found, ill_named = scanned.files, scanned.ill_named
    known = {} if anew else run.catalogue.files(RACY_NS, filter(filenames.is_plain, paths))
    differing = {path for path, stat in found.items() if run.options.verify or known.get(path) != stat}
    if not anew:
        marked |= _showing(run, {*differing, *(known.keys() - found.keys())})
        found |= files.scan(run.site.content, marked - found.keys())
    changed = [
        (path, stat, recorded(run.catalogue, path) if path in known and path not in marked else "")
        for path, stat in found.items()
        if path in differing or path in marked
    ]
    if run.paths is not None:
        ill_named = sorted({*ill_named, *misnamed.noted(run.catalogue, paths)})
    return Look(anew, _epoch(run), changed, sorted(known.keys() - found.keys()), ill_named)


def _marked_anew(run: Run) -> set[str]:
    """Name the files of articles whose mark in a preview may be another now."""
    return {file for _, file in _due(run)} if run.site.drafts else set()


def _showing(run: Run, paths: Iterable[str]) -> set[str]:
    """Name the files of articles that show how large some files beside them are, which may be another size now."""
    beside = [path for path in paths if not path.endswith(".md")]
    if not beside:
        return set()
    from generator import lookup  # noqa: PLC0415 - a build with nothing to do does not load it

    return lookup.using(run.catalogue, beside)


def _due(run: Run) -> list[tuple[str, str]]:
    """Give the articles whose moment came since the last build that had any: address, file."""
    last = run.catalogue.recall("now", "")
    return run.catalogue.due(datetime.fromisoformat(last), run.options.now) if last else []


def begins_anew(run: Run) -> bool:
    """Tell whether the generator, the configuration or a translation is not what the catalogue was made with."""
    return bool(run.catalogue.recall("epoch", "") != _epoch(run))


def _epoch(run: Run) -> str:
    config = records.changed(run.site.config, publish={})  # where a site goes to is nothing to its pages
    return fingerprint.digest(engine().encode() + records.encode([config, run.site.language]))


def _scan_anew(run: Run) -> Scanned:
    """Scan the content while everything is loaded that reading all of it takes."""
    with run.crew.beside(partial(misnamed.scan, run.site.content, ("",)), Scanned) as found:
        from generator import making, reading  # noqa: F401, PLC0415 - a build with nothing to do does not load it

        _ = (
            run.site.localised
        )  # for workers to find it done, and what is wrong with it said before there are any
        return found()


def recorded(catalogue: Catalogue, path: str) -> str:
    """Give the digest that a content file had when it was last read, "" where it never was."""
    found = catalogue.row("SELECT digest FROM files WHERE path = ?", path)
    return found[0] if found else ""


def take_in(run: Run, seen: Look) -> None:
    """Read what changed, and touch every key that this may change. The catalogue is in a transaction.

    Where it is to be filled anew, the tables of `FILLED_ANEW` are empty.
    """
    catalogue = run.catalogue
    if seen.anew:
        _take_in_anew(run, seen)
    else:
        _take_in_changes(run, seen)
    if seen.anew or _take_in_time(run):
        catalogue.note("now", run.options.now.isoformat())  # else what was true at the last one still is
    _take_in_theme(run)
    misnamed.note(catalogue, run.site.config.build.content, seen.ill_named)
    catalogue.note("epoch", seen.epoch)


def _take_in_anew(run: Run, seen: Look) -> None:
    """Fill the catalogue from nothing; every page has to be looked at."""
    from generator import lookup, making, shelf  # noqa: PLC0415 - as above

    catalogue = run.catalogue

    def shelved(reads: Iterable[list["Read"]]) -> Iterator[Sequence["Shelved"]]:
        for batch in reads:
            _remember_looks(catalogue, batch)
            catalogue.add_issues(issue for read in batch for issue in read.issues)
            yield [read.shelved for read in batch if read.shelved]

    reads = _read(run, seen.changed, meanwhile=making.preparing(run.site))
    shelf.refill(catalogue, shelved(reads), run.options.now)
    lookup.touch_everything(catalogue, run.site.settings)


def _take_in_changes(run: Run, seen: Look) -> None:
    if not (seen.changed or seen.vanished):
        return
    from generator import lookup, shelf  # noqa: PLC0415 - as above

    catalogue, content = run.catalogue, run.site.config.build.content
    unreadable = []
    for batch in _read(run, seen.changed):
        _remember(run, batch)
        for read in batch:
            if not read.digest:
                unreadable.append(read.path)
            elif not read.same and read.path.endswith(".md"):
                shelf.store(catalogue, read.path, read.shelved, run.options.now)
            elif not read.same:
                catalogue.touch(lookup.users(catalogue, read.path))
    for path in (*seen.vanished, *unreadable):
        catalogue.run("DELETE FROM files WHERE path = ?", path)
        catalogue.touch(lookup.users(catalogue, path))
        shelf.store(catalogue, path, None, run.options.now)
    for path in seen.vanished:
        catalogue.set_issues(f"{content}/{path}", ())


def _take_in_time(run: Run) -> bool:
    """Publish and take down the articles whose moment came since, and tell whether there are any."""
    due = _due(run)
    if due:
        from generator import shelf  # noqa: PLC0415 - as above

        for address in sorted({address for address, _ in due}):
            shelf.settle(run.catalogue, address, run.options.now)
    return bool(due)


def _read(
    run: Run, changed: Sequence[tuple[str, Stat, str]], meanwhile: Iterable[object] = ()
) -> Iterator[list["Read"]]:
    from generator import reading  # noqa: PLC0415 - as above

    now = run.options.now if run.site.drafts else None
    work = (
        reading.Reading(run.site, changed[start : start + BATCH], now)
        for start in range(0, len(changed), BATCH)
    )
    done = 0
    for batch in _batches(run, work, meanwhile):
        done += len(batch)
        run.progress("reading", done, len(changed))
        yield batch


def _batches(run: Run, work: Iterable["Reading"], meanwhile: Iterable[object]) -> Iterable[list["Read"]]:
    from generator import reading  # noqa: PLC0415 - as above

    if run.crew.hired:
        return map(reading.unpack_read, run.crew.map(reading.read_and_pack, work, meanwhile))
    return run.crew.map(reading.read_files, work)


def _remember(run: Run, batch: list["Read"]) -> None:
    """Remember how files looked when they were read, and what is wrong with them."""
    catalogue, content = run.catalogue, run.site.config.build.content
    _remember_looks(catalogue, batch)
    for read in batch:
        if not read.same:
            catalogue.set_issues(f"{content}/{read.path}", read.issues)


def _remember_looks(catalogue: Catalogue, batch: list["Read"]) -> None:
    catalogue.set_files((read.path, read.look, read.read_ns, read.digest) for read in batch if read.digest)


def _take_in_theme(run: Run) -> None:
    """Touch the pages whose template, what it extends, includes or imports, or its language is not what it was."""
    catalogue, theme = run.catalogue, run.site.theme
    sources = {name: fingerprint.digest(source.text.encode()) for name, source in theme.templates.items()}
    sources[""] = fingerprint.digest(records.encode(run.site.language))
    if catalogue.recall("sources", {"": ""}) != sources:
        known = catalogue.recall("closures", {"": ""})
        closures = _closures(run.site)
        for name in (name for name, closure in closures.items() if known.get(name) != closure):
            catalogue.run("INSERT OR IGNORE INTO touched SELECT key FROM outputs WHERE template = ?", name)
        catalogue.note("sources", sources)
        catalogue.note("closures", closures)
    assets = {name: asset.digest for name, asset in theme.assets.items()}
    known = catalogue.recall("assets", {"": ""})
    catalogue.touch(
        ("asset", name) for name in assets.keys() | known.keys() if assets.get(name) != known.get(name)
    )
    catalogue.note("assets", assets)


def _closures(site: Site) -> dict[str, str]:
    from generator import pages  # noqa: PLC0415 - as above
    from generator.making import load_theme  # noqa: PLC0415

    loaded = load_theme(site)
    return {name: loaded.closure(name) for name in pages.html_templates()}


def look_at_output(
    run: Run, owned: set[str], left: AbstractSet[str], unlike: Callable[[], Sequence[str]]
) -> set[str]:
    """Touch the keys of output files that are missing or not as they were left.

    Args:
        run: with its catalogue in a transaction.
        owned: the files in the output folder that are Dateline's.
        left: the files that the last build left there.
        unlike: gives those of them that are missing or not as they were.

    Returns: the files the catalogue knows.
    """
    catalogue = run.catalogue
    suspect = left - owned | set(left if run.options.verify else unlike())
    for path in sorted(suspect):
        catalogue.run("INSERT OR IGNORE INTO touched SELECT key FROM outputs WHERE path = ?", path)
    catalogue.run_many("UPDATE outputs SET fingerprint = '' WHERE path = ?", ((path,) for path in suspect))
    disowned = left - owned  # whatever stands there: the journal does not say that it is ours
    catalogue.run_many("DELETE FROM outputs WHERE path = ?", ((path,) for path in disowned))
    return set(left - disowned)
