"""The second half of a build: make the pages of every touched key, reconcile the output folder with them."""

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import call
from pathlib import Path

from generator import files, keys, links
from generator.engine import engine
from generator.giving import Giver
from generator.making import Made, Making, make_apart, make_pages, make_with
from generator.model import Issue, Key, Severity
from generator.pending import Pending
from generator.staging import Staging
from generator.workspace import Run

BATCH = 256
"""Keys to a job: enough to share what their pages have in common, few enough to keep all workers busy."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done to the output folder."""

    pending: Pending
    unwanted: tuple[str, ...]
    issues: tuple[Issue, ...]
    unplaced: frozenset[Key]


def make_plan(
    run: Run, touched: Sequence[Key], staging: Staging, owned: Container[str], unknown: set[str]
) -> Plan:
    """Make the pages of every touched key, and stage the files that are not what they should be.

    Args:
        run: with its catalogue outside a transaction, so that workers see what it holds.
        touched: the keys.
        staging: takes what is to be written.
        owned: the files in the output folder that are Dateline's.
        unknown: those of them that the catalogue does not know.

    Raises:
        DatelineError: a template is broken.
    """
    pending = Pending(run.catalogue)
    gone = set(unknown)
    issues: list[Issue] = []
    unplaced: set[Key] = set()
    for made in _make(run, touched, staging):
        strangers = {path for path in made.strangers if path not in owned}
        staged = [written for written in made.staged if written.path not in strangers]
        same = [written for written in made.same if written.path not in strangers]
        pending.add(staged, same, made.links)
        for written in made.staged:
            if written.path in strangers:
                staging.drop(written.path)
        issues += (*made.issues, *(foreign(run, path) for path in sorted(strangers)))
        unplaced.update(made.unplaced, (w.key for w in (*made.staged, *made.same) if w.path in strangers))
        gone.update(made.gone)
    unwanted = tuple(sorted(path for path in gone if path not in pending))
    return Plan(pending, unwanted, tuple(issues), frozenset(unplaced))


def _make(run: Run, touched: Sequence[Key], staging: Staging) -> Iterator[Made]:
    closures = run.catalogue.recall("closures", {"": ""})
    done = 0
    bare = set(files.names(run.site.output)) <= {files.JOURNAL}  # nothing there can be in the way
    jobs = [Making(run.site, part, staging.folder, engine(), closures, bare) for part in _parts(touched)]
    away = make_pages if run.crew.own else make_apart
    work = away if run.crew.hired else _make_here(run)
    meanwhile = map(call, [run.catalogue.tidy])
    for job, made in zip(jobs, run.crew.map(work, jobs, meanwhile), strict=True):
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


def foreign(run: Run, path: str) -> Issue:
    """Report a path that somebody else's file has, or that a link leads elsewhere."""
    link = links.Way(run.site.output).link(path)
    if link:
        message = "is a link, and nothing is written through it; remove it, and build again"
        return Issue(f"{run.site.config.build.output}/{link}", 1, message, Severity.ERROR)
    message = "stands where a page should go and is not Dateline's; move it away"
    return Issue(f"{run.site.config.build.output}/{path}", 1, message, Severity.ERROR)


def apply(run: Run, plan: Plan, staging: Staging, owned: Container[str]) -> Plan:
    """Move what is staged to its place, delete what is unwanted, and only then remember it.

    Returns: the plan, without the files that could not be moved.
    """
    output, catalogue = run.site.output, run.catalogue
    journal = output / files.JOURNAL
    staged = list(plan.pending.staged())
    new = [path for path in staged if path not in owned]
    if new or not journal.exists():
        files.append(journal, new) if new else files.write_journal(output, ())
    run.progress("writing", 0, len(staged))
    in_the_way = _in_the_way(plan)
    files.delete(output, in_the_way)
    refused = sorted(staging.move_in())
    files.delete(output, set(plan.unwanted).difference(in_the_way))
    issues = dict.fromkeys(
        (*plan.issues, *(foreign(run, path) for path in refused))
    )  # many lie behind one link
    with catalogue.transaction():
        unplaced = plan.unplaced | plan.pending.drop(refused)
        catalogue.forget_outputs((*plan.unwanted, *refused))
        plan.pending.remember()
        catalogue.run("DELETE FROM touched")
        catalogue.touch(unplaced)  # they are tried again
    if plan.unwanted or refused:
        _correct_journal(run, (*plan.unwanted, *refused))
    return replace(plan, issues=tuple(issues), unplaced=unplaced)


def _correct_journal(run: Run, gone: Sequence[str]) -> None:
    """Take back what is Dateline's no more, in time that depends on little else where little was looked at."""
    if run.paths is None:
        # Not what the catalogue knows: a new one knows nothing yet of an index that stands and waits for its turn.
        files.write_journal(run.site.output, files.read_journal(run.site.output).difference(gone))
    else:
        files.append(run.site.output / files.JOURNAL, [f"{files.TAKEN_BACK}{path}" for path in gone])


def _in_the_way(plan: Plan) -> list[str]:
    """Find unwanted files where a folder has to be, and unwanted files below where a file has to be."""
    if not plan.unwanted:
        return []
    placed = set(plan.pending.staged())
    folders = {str(parent) for path in placed for parent in Path(path).parents}
    return [
        path
        for path in plan.unwanted
        if path in folders or any(str(parent) in placed for parent in Path(path).parents)
    ]
