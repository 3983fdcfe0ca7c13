"""The second half of a build: make the pages of every touched key, reconcile the output folder with them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from generator import files, keys
from generator.engine import engine
from generator.giving import Giver
from generator.jobs import Made, Making, make_pages, make_with
from generator.model import Issue, Key, Severity, Written
from generator.staging import Staging
from generator.workspace import Run

BATCH = 256
"""Keys to a job: enough to share what their pages have in common, few enough to keep all workers busy."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done to the output folder."""

    staged: tuple[Written, ...]
    same: tuple[Written, ...]
    unwanted: tuple[str, ...]
    links: dict[int, tuple[int, ...]]
    issues: tuple[Issue, ...]
    unplaced: frozenset[Key]


def make_plan(run: Run, touched: Sequence[Key], staging: Staging, owned: set[str], known: set[str]) -> Plan:
    """Make the pages of every touched key, and stage the files that are not what they should be.

    Args:
        run: with its catalogue outside a transaction, so that workers see what it holds.
        touched: the keys.
        staging: takes what is to be written.
        owned: the files in the output folder that are Dateline's.
        known: those of them the catalogue knows.

    Raises:
        DatelineError: a template is broken.
    """
    plan = Made()
    for made in _make(run, touched, staging):
        strangers = set(made.strangers) - owned
        plan.issues.extend(made.issues)
        plan.unplaced.update(
            made.unplaced, (w.key for w in (*made.staged, *made.same) if w.path in strangers)
        )
        plan.issues.extend(_foreign(run, path) for path in sorted(strangers))
        for written in made.staged:
            if written.path in strangers:
                (staging.folder / written.path).unlink()
            else:
                plan.staged.append(written)
        plan.same.extend(written for written in made.same if written.path not in strangers)
        plan.gone.extend(made.gone)
        plan.links.update(made.links)
    wanted = {written.path for written in (*plan.staged, *plan.same)}
    unwanted = (set(plan.gone) | (owned - known)) - wanted
    return Plan(
        tuple(plan.staged),
        tuple(plan.same),
        tuple(sorted(unwanted)),
        plan.links,
        tuple(plan.issues),
        frozenset(plan.unplaced),
    )


def _make(run: Run, touched: Sequence[Key], staging: Staging) -> Iterator[Made]:
    closures = run.catalogue.recall("closures", {"": ""})
    done = 0
    jobs = [Making(run.site, part, staging.folder, engine(), closures) for part in _parts(touched)]
    work = make_pages if run.crew.hired else _make_here(run)
    for job, made in zip(jobs, run.crew.map(work, jobs), strict=True):
        done += len(job.keys)
        run.progress("building", done, len(touched))
        yield made


def _make_here(run: Run) -> Callable[[Making], Made]:
    giver = Giver(run.catalogue, run.site.settings)
    return lambda job: make_with(run.catalogue, giver, job)


def _parts(touched: Sequence[Key]) -> Iterator[Sequence[Key]]:
    """Share out keys: those of a month together, since they show the same stories; articles last."""
    others = sorted((keys.order(key), key) for key in touched if key[0] != "article")
    for month, group in groupby(others, key=lambda item: item[0][0]):
        part = [key for _, key in group]
        size = len(part) if month else BATCH // 4
        yield from _cut(part, max(size, 1))
    yield from _cut(sorted(key for key in touched if key[0] == "article"), BATCH)


def _cut(part: Sequence[Key], size: int) -> Iterator[Sequence[Key]]:
    return (part[start : start + size] for start in range(0, len(part), size))


def _foreign(run: Run, path: str) -> Issue:
    message = "stands where a page should go and is not Dateline's; move it away"
    return Issue(f"{run.site.config.build.output}/{path}", 1, message, Severity.ERROR)


def apply(run: Run, plan: Plan, staging: Staging, owned: set[str]) -> Plan:
    """Move what is staged to its place, delete what is unwanted, and only then remember it.

    Returns: the plan, without the files that could not be moved.
    """
    output, catalogue = run.site.output, run.catalogue
    journal = output / files.JOURNAL
    new = [written.path for written in plan.staged if written.path not in owned]
    if new or not journal.exists():
        files.append(journal, new) if new else files.write_journal(output, ())
    run.progress("writing", 0, len(plan.staged))
    in_the_way = _in_the_way(plan)
    files.delete(output, in_the_way)
    refused = set(staging.move_in())
    files.delete(output, set(plan.unwanted).difference(in_the_way))
    if refused:
        plan = _without(run, plan, refused)
    with catalogue.transaction():
        catalogue.set_outputs((*plan.staged, *plan.same), (*plan.unwanted, *refused))
        catalogue.set_links(plan.links)
        catalogue.run("DELETE FROM touched")
        catalogue.touch(plan.unplaced)  # they are tried again
    if plan.unwanted or refused:
        files.write_journal(output, catalogue.looks())
    return plan


def _without(run: Run, plan: Plan, refused: set[str]) -> Plan:
    return replace(
        plan,
        staged=tuple(written for written in plan.staged if written.path not in refused),
        issues=(*plan.issues, *(_foreign(run, path) for path in sorted(refused))),
        unplaced=plan.unplaced | {written.key for written in plan.staged if written.path in refused},
    )


def _in_the_way(plan: Plan) -> list[str]:
    """Find unwanted files where a folder has to be, and unwanted files below where a file has to be."""
    if not plan.unwanted:
        return []
    placed = {written.path for written in plan.staged}
    folders = {str(parent) for path in placed for parent in Path(path).parents}
    return [
        path
        for path in plan.unwanted
        if path in folders or any(str(parent) in placed for parent in Path(path).parents)
    ]
