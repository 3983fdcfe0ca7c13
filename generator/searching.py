"""The search index: one output of many files, cut into parts that stand or fall as a whole.

A part holds some hundred articles of one language, day after day. Its folder is named by a digest of all it is
made from, so that what stands there need not be made again, and a reader who has one state of the index never meets
files of another. A list names the parts that count; it is the last to be replaced. Of a part Pagefind needs memory
for no more than its own articles, and an edit makes one part anew, not all of them.
"""

import shutil
import tempfile
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from generator import bundle, files, indexer, keys, parts, reconcile, records
from generator.catalogue import Catalogue
from generator.indexer import Text
from generator.model import Key, Written
from generator.parts import Part
from generator.pending import Pending
from generator.staging import NEW, Staging, stage
from generator.workspace import Run, Site

LIST = f"{keys.INDEX_FOLDER}parts.json"
"""Names the parts of every language, the newest first: what a search begins with."""

MADE = "index"
"""Below a site's state: parts that are made and wait for a build to move them to their places."""

KIND = "search index"
"""Stands in the catalogue where the files of pages have their template."""

Failed = indexer.Failed


def find_work(site: Site, catalogue: Catalogue) -> tuple[Part, list[Text]] | None:
    """Give a part that neither stands nor waits, with its texts; `None` where there is none.

    Raises:
        Failed: Pagefind does not run.
    """
    with catalogue.reading():
        whole = parts.complete(catalogue)
        shared = parts.share_out(catalogue, site.settings)
        for part in (part for known in shared.values() for part in known):
            if part.name not in whole and not (site.state / MADE / part.name).is_dir():
                return part, list(parts.texts(catalogue, site.settings, part))
    return None


def make_part(site: Site, part: Part, texts: list[Text]) -> None:
    """Make a part's files, which wait then for a build.

    Raises:
        Failed: Pagefind could not.
    """
    made = site.state / MADE
    made.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=made, prefix=".", ignore_cleanup_errors=True) as folder:
        whole = Path(folder) / part.name
        for path, data in _settled(indexer.make_index(texts), part.language):
            (whole / path).parent.mkdir(parents=True, exist_ok=True)
            (whole / path).write_bytes(data)
        with suppress(OSError):  # another process was faster
            whole.rename(made / part.name)


def _settled(found: Iterable[tuple[str, bytes]], language: str) -> Iterator[tuple[str, bytes]]:
    """Give those of Pagefind's files that a search needs, the same ones for the same articles."""
    files_of = dict(found)
    stems = f"wasm.{language}.pagefind"
    needed = {"pagefind.js", stems if stems in files_of else "wasm.unknown.pagefind"}
    unsettled = {}
    for path, data in files_of.items():
        if path.endswith((".pf_meta", ".pf_filter", ".json")):
            unsettled[path] = data
        elif path in needed or path.startswith(("index/", "fragment/")):
            yield path, data
    try:
        yield from bundle.settled(unsettled, language)
    except bundle.Unlike as error:
        raise Failed(str(error)) from error


def refresh(run: Run, unplaced: frozenset[Key]) -> "reconcile.Plan":
    """Bring the index in the output folder to what the catalogue's articles ask for.

    Args:
        run: with its pages in their places.
        unplaced: the keys of those that could not be there, which stay touched.

    Returns: what was done.

    Raises:
        Failed: an index could not be made; the one there is stands as it was.
    """
    site, catalogue = run.site, run.catalogue
    shared = parts.share_out(catalogue, site.settings)
    made = list(_make_missing(run, shared))
    owned, staging = files.read_journal(site.output), Staging(site.root, site.output)
    try:
        staged = [written for folder in made for written in _stage_part(folder, staging)]
        staged += _stage_list(run, staging, shared, owned)
        strangers = _strangers(site, staged, owned)
        for path in strangers:
            staging.drop(path)
        pending = Pending(catalogue)
        pending.add((written for written in staged if written.path not in strangers), (), {})
        gone = tuple(sorted(_unwanted(run, shared, owned)))
        issues = tuple(reconcile.foreign(run, path) for path in sorted(strangers))
        again = unplaced | ({keys.INDEX} if strangers else set())
        return reconcile.apply(run, reconcile.Plan(pending, gone, issues, again), staging, owned)
    finally:
        staging.close()
        shutil.rmtree(site.state / MADE, ignore_errors=True)


def _make_missing(run: Run, shared: Mapping[str, list[Part]]) -> Iterator[Path]:
    """Give the folders of the parts that do not stand as they should, made if they do not wait there."""
    site, whole = run.site, parts.complete(run.catalogue)
    missing = [part for known in shared.values() for part in known if part.name not in whole]
    for number, part in enumerate(missing):
        run.progress("indexing", number, len(missing))
        if not (site.state / MADE / part.name).is_dir():
            make_part(site, part, list(parts.texts(run.catalogue, site.settings, part)))
        yield site.state / MADE / part.name


def _stage_part(folder: Path, staging: Staging) -> Iterator[Written]:
    """Move a part's files to where they wait for their place."""
    place = staging.folder / NEW / keys.INDEX_FOLDER / folder.name
    place.parent.mkdir(exist_ok=True)
    shutil.move(folder, place)
    found = files.scan(place)
    for path, look in found.items():
        target = f"{keys.INDEX_FOLDER}{folder.name}/{path}"
        yield Written(target, keys.INDEX, KIND, folder.name, str(len(found)), look.size, look.mtime_ns)


def _stage_list(
    run: Run, staging: Staging, shared: Mapping[str, list[Part]], owned: Container[str]
) -> Iterator[Written]:
    """Stage the list of parts, if it is another one: what stands is replaced when all parts are in place."""
    counted = {
        language: {
            "stories": sum(len(part.numbers) for part in known),
            "parts": [p.name for p in reversed(known)],
        }
        for language, known in shared.items()
    }
    data = records.encode({"languages": counted})
    known = run.catalogue.output(LIST)
    standing = files.read(run.site.output / LIST)
    if known and known.fingerprint and standing == data:
        return
    size, moment = stage(staging.folder, LIST, data, standing=standing is not None and LIST in owned)
    yield Written(LIST, keys.INDEX, KIND, "list", "1", size, moment)


def _strangers(site: Site, staged: list[Written], owned: Container[str]) -> set[str]:
    """Find the files that would take the place of somebody else's."""
    if not (site.output / keys.INDEX_FOLDER).exists():
        return set()
    return {w.path for w in staged if w.path not in owned and files.is_there(f"{site.output}/{w.path}")}


def _unwanted(run: Run, shared: Mapping[str, list[Part]], owned: set[str]) -> set[str]:
    """Name the files of the index that stand, as the journal or the catalogue knows them, and should no more."""
    wanted = {LIST, *(f"{keys.INDEX_FOLDER}{part.name}" for known in shared.values() for part in known)}
    found = {written.path for written in run.catalogue.outputs([keys.INDEX])}
    found |= {path for path in owned if path.startswith(keys.INDEX_FOLDER)}
    return {path for path in found if not wanted & {path, "/".join(path.split("/")[:2])}}
