"""The work of a build that any process can do: read content files, make pages. Values in, values out.

A job reads what it needs and writes nothing but below the staging folder of its build.
"""

import errno
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator import documents, files, fingerprint, lookup, pages, shelf
from generator.catalogue import Catalogue
from generator.files import Stat
from generator.fingerprint import Fingerprint
from generator.giving import Giver
from generator.model import DatelineError, Issue, Key, Page, Written
from generator.render import Templates, load_templates
from generator.shelf import Shelved
from generator.views import CopyView
from generator.workspace import Site

COPY = "copy"
"""The template of pages that are files published as they are."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A job: content files to read, each with how it looks and the digest it had when it was last read."""

    site: Site
    found: Sequence[tuple[str, Stat, str]]


@dataclass(frozen=True, slots=True)
class Read:
    """What a content file holds: `digest` is "" where it could not be read, `same` where it is as it was."""

    path: str
    look: Stat
    read_ns: int
    digest: str = ""
    same: bool = False
    shelved: Shelved | None = None
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Making:
    """A job: the keys whose pages are to be made, and what they are compared with."""

    site: Site
    keys: Sequence[Key]
    staging: Path
    engine: str
    closures: dict[str, str]


@dataclass(frozen=True, slots=True)
class Made:
    """What became of some keys' pages.

    Attributes:
        staged: files that wait below the staging folder, as they will stand.
        same: files whose bytes stand already.
        gone: files that stand and belong to these keys no more.
        strangers: paths of the above where something stands that the catalogue does not know.
        links: which articles each article's page shows as earlier coverage, by their numbers.
        issues: pages that cannot be where they should.
    """

    staged: list[Written] = field(default_factory=list)
    same: list[Written] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    links: dict[int, tuple[int, ...]] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)


def read_files(job: Reading) -> list[Read]:
    """Read, parse and render content files."""
    return [_read_file(job.site, path, look, known) for path, look, known in job.found]


def _read_file(site: Site, path: str, look: Stat, known: str) -> Read:
    name, read_ns = f"{site.config.build.content}/{path}", time.time_ns()
    try:
        data = files.read(site.content / path)
    except OSError as error:
        return Read(path, look, read_ns, issues=(Issue(name, 1, f"cannot be read: {error.strerror}"),))
    if data is None:
        return Read(path, look, read_ns)
    digest = fingerprint.digest(data)
    if digest == known or not path.endswith(".md"):
        return Read(path, look, read_ns, digest, same=digest == known)
    document = documents.read_document(data, path, name, site.config)
    shelved = shelf.shelve(document.filed) if document.filed else None
    return Read(path, look, read_ns, digest, shelved=shelved, issues=document.issues)


def make_pages(job: Making) -> Made:
    """Make the pages of some keys in a worker process, which opens the catalogue for itself."""
    if job.staging not in _openings:
        _openings.clear()
        catalogue = Catalogue(job.site.catalogue)
        _openings[job.staging] = catalogue, Giver(catalogue, job.site.settings)
    return make_with(*_openings[job.staging], job)


def make_with(catalogue: Catalogue, giver: Giver, job: Making) -> Made:
    """Make the pages of some keys: stage every file that is not what it should be.

    Raises:
        DatelineError: a template is broken, or a file beside an article changed meanwhile.
    """
    made = Made()
    giver.links = made.links
    templates = load_templates(job.site.theme.templates)
    with catalogue.reading():
        for key in job.keys:
            standing = {written.path: written for written in catalogue.outputs(key)}
            for page in plan(job.site, catalogue, giver, key):
                closure = job.closures.get(page.template, page.template)
                made_from = fingerprint.fingerprint(page, closure, job.engine)
                left = standing.pop(page.path, None)
                if left is None or left.fingerprint != made_from.whole:
                    _make(job, templates, page, made_from, made, known=left is not None)
            made.gone.extend(standing)
    return made


_ILL_NAMED = {errno.EEXIST, errno.EISDIR, errno.ENOTDIR, errno.ENAMETOOLONG}
"""What the system says of a path that no file can have, perhaps because another page's file is in its way."""

_openings: dict[Path, tuple[Catalogue, Giver]] = {}
"""In a worker process: the catalogue of the build it works for, by that build's staging folder."""


def plan(site: Site, catalogue: Catalogue, giver: Giver, key: Key) -> Iterator[Page]:
    """Plan the pages of a key: files beside articles, assets, or what the page table says."""
    if key[0] == "attachments":
        for name, target, digest in lookup.attachments(catalogue, key[1]):
            source = f"{site.config.build.content}/{target}"
            yield Page(key, key[1] + name, COPY, CopyView(source, digest))
    elif key[0] == "asset":
        asset = site.theme.assets.get(key[1])
        if asset:
            yield Page(key, key[1], COPY, CopyView(key[1], asset.digest, theme=True))
    else:
        yield from pages.plan_pages(key, giver.give, site.settings)


def _make(
    job: Making, templates: Templates, page: Page, made_from: Fingerprint, made: Made, *, known: bool
) -> None:
    data = _render(job.site, templates, page)
    target = job.site.output / page.path
    stands = os.path.lexists(target)
    if stands and not known:
        made.strangers.append(page.path)
    if stands and files.read(target) == data:
        mtime_ns = target.stat().st_mtime_ns
        made.same.append(Written(page.path, page.key, page.template, *made_from, len(data), mtime_ns))
        return
    try:
        size, mtime_ns = files.stage(job.staging, page.path, data)
    except OSError as error:
        if error.errno not in _ILL_NAMED:
            raise
        message = f"cannot be written: {error.strerror}"
        made.issues.append(Issue(f"{job.site.config.build.output}/{page.path}", 1, message))
        return
    made.staged.append(Written(page.path, page.key, page.template, *made_from, size, mtime_ns))


def _render(site: Site, templates: Templates, page: Page) -> bytes:
    view = page.view
    if not isinstance(view, CopyView):
        return templates.render(page)
    source = site.theme.assets[view.source].file if view.theme else site.root / view.source
    data = files.read(source)
    if data is None or fingerprint.digest(data) != view.digest:
        raise DatelineError(f"{view.source}:1: changed while it was being published; build again")
    return data
