"""The second half of a build: plan the pages of every touched key, reconcile the output folder with them."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from generator import files, fingerprint, lookup, pages, shelf
from generator.engine import engine
from generator.model import DatelineError, Issue, Key, Page, Severity, Written
from generator.views import ArticleView, CopyView
from generator.workspace import Site

COPY = "copy"
"""The template of pages that are files published as they are."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done to the output folder."""

    staged: tuple[tuple[Written, Path], ...]
    same: tuple[Written, ...]
    unwanted: tuple[str, ...]
    issues: tuple[Issue, ...]


def make_plan(site: Site, staging: files.Staging, owned: set[str]) -> Plan:
    """Look at every touched key, and stage the files that are not what they should be.

    Args:
        site: with its catalogue in a transaction.
        staging: takes what is to be written.
        owned: the files in the output folder that are Dateline's.

    Raises:
        DatelineError: a template is broken.
    """
    staged: list[tuple[Written, Path]] = []
    same: list[Written] = []
    issues: list[Issue] = []
    unwanted = owned - {written.path for written in site.catalogue.outputs()}
    wanted: set[str] = set()
    closures = site.catalogue.recall("closures", {"": ""})
    touched = site.catalogue.touched()
    for number, key in enumerate(touched):
        site.progress("building", number, len(touched))
        standing = {written.path: written.fingerprint for written in site.catalogue.outputs(key)}
        unwanted |= standing.keys()
        for page in _pages(site, key):
            wanted.add(page.path)
            made_of = fingerprint.fingerprint(page, closures.get(page.template, page.template), engine())
            if standing.get(page.path) == made_of:
                continue
            if page.path not in owned and os.path.lexists(site.output / page.path):
                issues.append(_foreign(site, page.path))
                continue
            data = _render(site, page)
            written = Written(page.path, key, page.template, made_of, len(data), 0)
            if files.read(site.output / page.path) == data:
                same.append(written)
            else:
                staged.append((written, staging.put(data)))
    return Plan(tuple(staged), tuple(same), tuple(sorted(unwanted - wanted)), tuple(issues))


def _foreign(site: Site, path: str) -> Issue:
    message = "stands where a page should go and is not Dateline's; move it away"
    return Issue(f"{site.config.build.output}/{path}", 1, message, Severity.ERROR)


def _pages(site: Site, key: Key) -> Iterator[Page]:
    """Make the pages of a key: files beside articles, assets, or what the page table says."""
    catalogue = site.catalogue
    if key[0] == "attachments":
        for name, target, digest in lookup.attachments(catalogue, key[1]):
            source = f"{site.config.build.content}/{target}"
            yield Page(key, key[1] + name, COPY, CopyView(source, digest))
    elif key[0] == "asset":
        asset = site.theme.assets.get(key[1])
        if asset:
            yield Page(key, key[1], COPY, CopyView(key[1], asset.digest, theme=True))
    else:
        for page in pages.plan_pages(
            key, lambda key, row: lookup.give(catalogue, key, row, site.settings), site.settings
        ):
            if isinstance(page.view, ArticleView):
                shelf.link_related(catalogue, key[1], page.view.related)
            yield page


def _render(site: Site, page: Page) -> bytes:
    if not isinstance(page.view, CopyView):
        return site.templates.render(page)
    if page.view.theme:
        return site.theme.assets[page.view.source].data
    data = files.read(site.root / page.view.source)
    if data is None or fingerprint.digest(data) != page.view.digest:
        raise DatelineError(f"{page.view.source}:1: changed while it was being published; build again")
    return data


def apply(site: Site, plan: Plan, staging: files.Staging, owned: set[str]) -> None:
    """Move what is staged to its place, delete what is unwanted, and only then remember it."""
    output, catalogue = site.output, site.catalogue
    journal = output / files.JOURNAL
    new = [written.path for written, _ in plan.staged if written.path not in owned]
    if new or not journal.exists():
        files.append(journal, new) if new else files.write_journal(output, ())
    files.delete(output, _in_the_way(plan))
    done = []
    for number, (written, staged) in enumerate(plan.staged):
        site.progress("writing", number, len(plan.staged))
        look = staging.place(staged, written.path)
        done.append(replace(written, size=look.size, mtime_ns=look.mtime_ns))
    for written in plan.same:
        standing = files.stat(output / written.path)
        done.append(replace(written, mtime_ns=standing.mtime_ns if standing is not None else 0))
    files.delete(output, plan.unwanted)
    with catalogue.transaction():
        catalogue.set_outputs(done, plan.unwanted)
        catalogue.run("DELETE FROM touched")
        if plan.issues:  # a page that could not be placed is tried again
            catalogue.note("epoch", "")
    if plan.unwanted:
        files.write_journal(output, (written.path for written in catalogue.outputs()))


def _in_the_way(plan: Plan) -> list[str]:
    """Find unwanted files where a folder has to be, and unwanted files below where a file has to be."""
    placed = {written.path for written, _ in plan.staged}
    folders = {str(parent) for path in placed for parent in Path(path).parents}
    return [
        path
        for path in plan.unwanted
        if path in folders or any(str(parent) in placed for parent in Path(path).parents)
    ]
