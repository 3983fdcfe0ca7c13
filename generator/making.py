"""The second work of a build that any process can do: keys to pages that wait in the staging folder.

A job is a value, and so is what becomes of it; it reads what it needs and writes nothing but below that folder.
"""

import errno
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from stat import S_ISREG

from generator import files, fingerprint, links, lookup, pages
from generator.catalogue import Catalogue
from generator.engine import engine
from generator.feed_views import CopyView
from generator.fingerprint import Fingerprint
from generator.giving import Giver
from generator.model import DatelineError, Issue, Key, Page, Written
from generator.records import Value
from generator.render import Templates, load_templates
from generator.staging import stage
from generator.workspace import Site

COPY = "copy"
"""The template of pages that are files published as they are."""

AT_ONCE = 128
"""Keys whose pages are made together."""

FEW = 4
"""The same of keys that make much."""


class Making(Value, frozen=True):
    """A job: the keys whose pages are to be made, and what they are compared with.

    `bare` tells that nothing stands in the output folder, so that there is nothing to look for.
    """

    site: Site
    keys: Sequence[Key]
    staging: Path
    engine: str
    closures: dict[str, str]
    bare: bool = False


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
        unplaced: their keys.
    """

    staged: list[Written] = field(default_factory=list)
    same: list[Written] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    links: dict[int, tuple[int, ...]] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    unplaced: set[Key] = field(default_factory=set)


class _Stale(Value, frozen=True):
    """A page that has to be made: `known` where the catalogue knows the file that stands in its place."""

    page: Page
    made_from: Fingerprint
    known: bool


def prepare(site: Site) -> None:
    """Load and compile what pages are made with, so that other processes find it done.

    Raises:
        DatelineError: a template has a syntax error.
    """
    for _ in preparing(site):
        pass


def preparing(site: Site) -> Iterator[None]:
    """Do what `prepare` does step by step."""
    make_room(site)
    templates = load_theme(site)
    for name in pages.html_templates():
        yield
        templates.compile([name])
    yield
    templates.frames.prepare(site.settings.site, site.settings.hubs)


def make_room(site: Site) -> None:
    """Make the folder that keeps compiled templates; those of another version of the generator go."""
    kept = _kept(site)
    if not kept.is_dir():
        shutil.rmtree(site.compiled, ignore_errors=True)
        kept.mkdir(parents=True)


def load_theme(site: Site) -> Templates:
    """Give the templates of a site, which one version of the generator compiles once, if there is room for that."""
    kept = _kept(site)
    return load_templates(site.theme.templates, site.language, kept if kept.is_dir() else None)


def _kept(site: Site) -> Path:
    return site.compiled / engine()[:16]


def make_pages(job: Making) -> Made:
    """Make the pages of some keys in a worker process, which opens the catalogue for itself."""
    if job.staging not in _openings:
        _openings.clear()
        catalogue = Catalogue(job.site.catalogue, guest=True)
        _openings[job.staging] = catalogue, Giver(catalogue, job.site.settings)
    return make_with(*_openings[job.staging], job)


def make_apart(job: Making) -> Made:
    """Make them where nobody knows when the build ends: nothing stays open, which would keep the seal off."""
    with closing(Catalogue(job.site.catalogue, guest=True)) as catalogue:
        return make_with(catalogue, Giver(catalogue, job.site.settings), job)


def make_with(catalogue: Catalogue, giver: Giver, job: Making) -> Made:
    """Make the pages of some keys: stage every file that is not what it should be.

    Raises:
        DatelineError: a template is broken, or a file beside an article changed meanwhile.
    """
    made = Made()
    giver.links = made.links
    templates = load_theme(job.site)
    with catalogue.reading():
        for keys in _lots(job.keys):
            _stage(job, templates, _find_stale(catalogue, giver, job, keys, made), made)
    return made


def _lots(keys: Sequence[Key]) -> Iterator[Sequence[Key]]:
    """Share out keys: some at a time, fewer of those with feeds of whole articles, a megabyte for each."""
    for heavy, alike in groupby(keys, key=_is_heavy):
        left = list(alike)
        size = FEW if heavy else AT_ONCE
        yield from (left[start : start + size] for start in range(0, len(left), size))


def _is_heavy(key: Key) -> bool:
    return key[0] != "article" and key[0] in pages.SHOWING_BODIES


def _find_stale(
    catalogue: Catalogue, giver: Giver, job: Making, keys: Sequence[Key], made: Made
) -> list[_Stale]:
    """Plan the pages of some keys, and keep those whose fingerprint is another than that of the file there."""
    giver.expect(keys)
    standing = {written.path: written for written in catalogue.outputs(keys)}
    planned = [page for key in keys for page in plan(job.site, catalogue, giver, key)]
    stale = []
    view, shown = None, None
    for page in planned:
        if shown is None or page.view is not view:
            view, shown = page.view, tuple(fingerprint.view_ingredients(page.view))
        closure = job.closures.get(page.template, page.template)
        made_from = fingerprint.fingerprint(page, closure, job.engine, shown)
        left = standing.get(page.path)
        known = left is not None and left.key == page.key
        if left is None or not known or left.fingerprint != made_from.whole:
            stale.append(_Stale(page, made_from, known=known))
    wanted = {page.path for page in planned}
    made.gone.extend(path for path in standing if path not in wanted)
    return stale


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


def _stage(job: Making, templates: Templates, stale: Sequence[_Stale], made: Made) -> None:
    """Render pages, all before the first is written: one kind of work at a time keeps a processor's caches warm."""
    rendered = [_render(job.site, templates, one.page) for one in stale]
    for one, data in zip(stale, rendered, strict=True):
        _stage_file(job, one, data, made)


def _stage_file(job: Making, stale: _Stale, data: bytes, made: Made) -> None:
    page = stale.page
    target = f"{job.site.output}/{page.path}"
    standing = not job.bare and files.is_there(target)
    if standing:
        if not stale.known:
            made.strangers.append(page.path)
        if S_ISREG(links.mode(target)) and files.read(target) == data:
            look = len(data), Path(target).stat().st_mtime_ns
            made.same.append(Written(page.path, page.key, page.template, *stale.made_from, *look))
            return
    try:
        look = stage(job.staging, page.path, data, standing=standing and stale.known)
    except OSError as error:
        if error.errno not in _ILL_NAMED:
            raise
        message = f"cannot be written: {error.strerror}"
        made.issues.append(Issue(f"{job.site.config.build.output}/{page.path}", 1, message))
        made.unplaced.add(page.key)
        return
    made.staged.append(Written(page.path, page.key, page.template, *stale.made_from, *look))


def _render(site: Site, templates: Templates, page: Page) -> bytes:
    view = page.view
    if not isinstance(view, CopyView):
        return templates.render(page)
    source = site.theme.assets[view.source].file if view.theme else site.root / view.source
    data = files.read(source)
    if data is None or fingerprint.digest(data) != view.digest:
        raise DatelineError(f"{view.source}:1: changed while it was being published; build again")
    return data
