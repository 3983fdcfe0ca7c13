"""The first half of a build: find out what changed, and touch every key that this may change.

All of it happens in one transaction with the new rows, so that a kill cannot leave a file that looks read and
a page that is stale.
"""

import time
from datetime import datetime

from generator import documents, files, fingerprint, lookup, pages, records, shelf
from generator.engine import engine
from generator.files import Stat
from generator.model import Issue
from generator.workspace import Site

RACY_NS = 2_000_000_000
"""A file written this many nanoseconds before it was read may have changed again within its clock's step."""


def take_in(site: Site) -> None:
    """Find out what changed since the last build, and touch every key that this may change."""
    catalogue, now = site.catalogue, site.options.now
    epoch = fingerprint.digest(engine().encode() + records.encode(site.config))
    anew = catalogue.recall("epoch", "") != epoch
    _take_in_content(site, anew=anew)
    last = catalogue.recall("now", "")
    if last and not anew:
        shelf.settle_due(catalogue, datetime.fromisoformat(last), now)
    if anew:
        catalogue.touch(lookup.everything(catalogue, site.settings))
    _take_in_templates(site)
    catalogue.note("epoch", epoch)
    catalogue.note("now", now.isoformat())


def _take_in_content(site: Site, *, anew: bool) -> None:
    catalogue = site.catalogue
    known = catalogue.files()
    found = files.scan(site.content)
    distrust = anew or site.options.verify
    changed = [path for path, look in found.items() if distrust or not _unchanged(look, known.get(path))]
    for number, path in enumerate(changed):
        site.progress("reading", number, len(changed))
        _take_in_file(
            site, path, found[path], known[path][2] if path in known and not anew else "", anew=anew
        )
    for path in known.keys() - found.keys():
        _forget(site, path)


def _unchanged(look: Stat, known: tuple[Stat, int, str] | None) -> bool:
    if known is None:
        return False
    recorded, read_ns, _ = known
    return look == recorded and max(look.mtime_ns, look.ctime_ns) < read_ns - RACY_NS


def _take_in_file(site: Site, path: str, look: Stat, known: str, *, anew: bool) -> None:
    catalogue, name = site.catalogue, f"{site.config.build.content}/{path}"
    read_ns = time.time_ns()
    try:
        data = files.read(site.content / path)
    except OSError as error:
        _forget(site, path)
        catalogue.set_issues(name, [Issue(name, 1, f"cannot be read: {error.strerror}")])
        return
    if data is None:
        _forget(site, path)
        return
    digest = fingerprint.digest(data)
    catalogue.set_file(path, look, read_ns, digest)
    if digest == known:
        return
    if not path.endswith(".md"):
        catalogue.touch(lookup.users(catalogue, path))
        return
    document = documents.read_document(data, path, name, site.config)
    catalogue.set_issues(name, document.issues)
    shelf.store(catalogue, path, document.filed, site.options.now, silent=anew)


def _forget(site: Site, path: str) -> None:
    catalogue = site.catalogue
    catalogue.run("DELETE FROM files WHERE path = ?", path)
    catalogue.touch(lookup.users(catalogue, path))
    catalogue.set_issues(f"{site.config.build.content}/{path}", ())
    shelf.store(catalogue, path, None, site.options.now)


def _take_in_templates(site: Site) -> None:
    """Touch the pages whose template, or anything it extends, includes or imports, is not what it was."""
    catalogue = site.catalogue
    sources = {
        name: fingerprint.digest(source.text.encode()) for name, source in site.theme.templates.items()
    }
    if catalogue.recall("sources", {"": ""}) != sources:
        known = catalogue.recall("closures", {"": ""})
        closures = {name: site.templates.closure(name) for name in pages.html_templates()}
        for name in (name for name, closure in closures.items() if known.get(name) != closure):
            catalogue.run("INSERT OR IGNORE INTO touched SELECT key FROM outputs WHERE template = ?", name)
        catalogue.note("sources", sources)
        catalogue.note("closures", closures)
    assets = {name: asset.digest for name, asset in site.theme.assets.items()}
    known = catalogue.recall("assets", {"": ""})
    catalogue.touch(
        ("asset", name) for name in assets.keys() | known.keys() if assets.get(name) != known.get(name)
    )
    catalogue.note("assets", assets)


def look_at_output(site: Site, owned: set[str]) -> None:
    """Touch the keys of output files that are missing or not as they were left."""
    catalogue = site.catalogue
    standing = files.scan(site.output)
    suspect = [
        written
        for written in catalogue.outputs()
        if site.options.verify
        or written.path not in owned
        or (look := standing.get(written.path)) is None
        or (look.size, look.mtime_ns) != (written.size, written.mtime_ns)
    ]
    catalogue.run_many("UPDATE outputs SET fingerprint = '' WHERE path = ?", ((w.path,) for w in suspect))
    catalogue.touch(written.key for written in suspect)
