"""The build: content to site. Take in what changed, plan what that touches, reconcile it with the disk."""

import shlex
import time
from collections.abc import Callable, Container
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from generator import files, intake, keys, locks, room
from generator.config import NAME as CONFIG
from generator.config import Config, parse_config
from generator.database import Damaged, Misused
from generator.model import DatelineError, Issue, Key, Severity
from generator.records import changed
from generator.report import BuildReport, HeldBack, once_each
from generator.theme import is_english, read_theme
from generator.warm import Warm, discard, opened
from generator.workers import Crew
from generator.workspace import Options, Progress, Run, Site

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from generator.reconcile import Plan


def read_config(root: Path) -> Config:
    """Read a site's configuration.

    Raises:
        DatelineError: there is none, or it has a mistake.
    """
    data = files.read(root / CONFIG)
    if data is None:
        raise DatelineError(f"{root} has no {CONFIG}; {_elsewhere(root)}")
    try:
        return parse_config(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise DatelineError(f"{CONFIG}:{line}: not UTF-8") from None


def _elsewhere(root: Path) -> str:
    """Say what to do in a folder that is no site: in most cases the site is around it."""
    above = next((folder for folder in root.absolute().parents if (folder / CONFIG).is_file()), None)
    if above:
        return f"the site around it is {above}: go there, or say --root {shlex.quote(str(above))}"
    return "go to the site's folder, or name it with --root; `dateline init` makes a site here"


def build(
    root: Path,
    options: Options,
    progress: Progress,
    tell: Callable[[str], None],
    executor: "Executor | None" = None,
    warm: Warm | None = None,
) -> BuildReport:
    """Bring the output folder to what a clean build at the same `now` would make of the content.

    Args:
        root: the site's folder.
        options: how to build.
        progress: is told how far the build is.
        tell: is called with a sentence when the build has to wait for another run.
        executor: does the work instead of local processes; the site's folder must be within its reach.
        warm: keeps the catalogue open for the next build: that of the site, or of its preview with drafts.

    Raises:
        DatelineError: the configuration or a template is broken, or the output folder is not ours. The site
            stands as it was.
    """
    started = time.perf_counter()
    config = read_config(root)
    if not (root / config.build.content).is_dir():
        raise DatelineError(
            f"{config.build.content}/ is not there; nothing is built, and the site stays as it is"
        )
    if config.search.enabled and not _can_index():
        raise DatelineError(
            f"{CONFIG}: `search.enabled` needs Pagefind, which is not installed: pip install 'dateline[search]'"
        )
    with room.wanted("the site", "build"), locks.lock(root, "dateline build", tell):
        theme = read_theme(root, config.build.templates)
        site = Site(root.resolve(), config, theme, drafts=options.drafts)
        site.state.mkdir(parents=True, exist_ok=True)
        if options.clean:
            discard(site.catalogue, warm)
        report = _build_somehow(site, options, progress, executor, warm)
    return changed(report, seconds=round(time.perf_counter() - started, 3))


def _can_index() -> bool:
    """Tell whether Pagefind is installed, without loading it."""
    from importlib.util import find_spec  # noqa: PLC0415 - only who searches pays for it

    return find_spec("pagefind") is not None


def _build_somehow(
    site: Site, options: Options, progress: Progress, executor: "Executor | None", warm: Warm | None
) -> BuildReport:
    """Build, if need be with a new catalogue."""
    try:
        return _build(site, options, progress, executor, warm)
    except Misused:
        raise
    except Damaged:
        discard(site.catalogue, warm)
    return _build(site, options, progress, executor, warm)


def _build(
    site: Site, options: Options, progress: Progress, executor: "Executor | None", warm: Warm | None
) -> BuildReport:
    crew = Crew(options.workers, executor)
    with opened(site.catalogue, warm) as catalogue:
        try:
            few = warm is not None and warm.alone and (site.output / files.JOURNAL).exists()
            run = Run(site, catalogue, crew, options, progress, options.paths if few else None)
            path = _asked(run)
            before = catalogue.output(path) if path else None
            owned, unknown = _take_in(run)
            touched = catalogue.touched()
            later = [keys.INDEX] if site.config.search.enabled and keys.INDEX in touched else []
            plan = None
            if len(touched) > len(later) or unknown:
                _hire(run, len(touched))
                plan = _reconcile(run, touched, owned, unknown, later)
            report = _report(run, plan)
            if later and options.search:
                report = _bring_index(run, report, plan)
            if path:
                from generator.explain import explain  # noqa: PLC0415 - only who asks pays for it

                looked = before is None or before.key in touched
                written = path in report.written if looked else None
                report = changed(report, explanation=explain(run, path, before, written=written))
            return report
        finally:
            crew.dismiss()


def _take_in(run: Run) -> tuple[Container[str], set[str]]:
    """Read what changed, and touch what that changes.

    Returns: the output files that are Dateline's, and those of them that the catalogue does not know.
    """
    if run.paths is not None and not intake.begins_anew(run):
        seen = intake.look(run)
        _hire(run, len(seen.changed))
        with run.catalogue.transaction():
            intake.take_in(run, seen)
        return run.catalogue, set()
    owned = files.read_journal(run.site.output)
    unknown = owned - _take_in_all(run, owned)
    if run.site.config.search.enabled:  # its files go when there are others to take their place
        unknown = {path for path in unknown if not path.startswith(keys.INDEX_FOLDER)}
    return owned, unknown


def _take_in_all(run: Run, owned: set[str]) -> set[str]:
    """Look at everything, and give the output files that the catalogue knows."""
    left = run.catalogue.looks()
    with run.crew.beside(partial(files.unlike, run.site.output, left), list[str], len(left)) as unlike:
        seen = intake.look(run)
        _hire(run, len(seen.changed), prepared=not seen.anew)
        catalogue = run.catalogue
        with catalogue.refounding(intake.FILLED_ANEW) if seen.anew else catalogue.transaction():
            intake.take_in(run, seen)
            return intake.look_at_output(run, owned, left.keys(), unlike)


def _asked(run: Run) -> str:
    """Name the page to explain as the catalogue does, from a path or an address as people type it."""
    path = run.options.explain.strip().removeprefix("./")
    path = path.removeprefix(run.site.config.site.base_url).removeprefix(f"{run.site.config.build.output}/")
    return f"{path}index.html".lstrip("/") if path.endswith("/") else path.lstrip("/")


def _hire(run: Run, amount: int, *, prepared: bool = True) -> None:
    """Hire workers if it is worth it: `prepared` with templates, else those are compiled while they read."""
    if run.crew.wants(amount):
        # Workers begin with everything loaded that they will need.
        from generator import making, reading  # noqa: F401, PLC0415

        if prepared:
            making.prepare(run.site)
        with run.catalogue.closed():
            run.crew.hire()


def _reconcile(
    run: Run, touched: list[Key], owned: Container[str], unknown: set[str], later: list[Key]
) -> "Plan":
    """Make the pages of the touched keys; those that are for later stay touched."""
    from generator import making, reconcile  # noqa: PLC0415 - a build with nothing to do loads nothing heavy
    from generator.staging import Staging  # noqa: PLC0415

    (making.prepare if run.crew.hired else making.make_room)(run.site)
    staging = Staging(run.site.root, run.site.output)
    try:
        try:
            now = [key for key in touched if key not in later]
            plan = reconcile.make_plan(run, now, staging, owned, unknown)
            plan = replace(plan, unplaced=plan.unplaced.union(later))
        finally:
            run.crew.dismiss()  # nobody stages any more when files are moved in, or staging is cleared away
        return reconcile.apply(run, plan, staging, owned)
    finally:
        staging.close()


def _bring_index(run: Run, report: BuildReport, plan: "Plan | None") -> BuildReport:
    """Bring the search index up to date, now that every page is in its place."""
    from generator import searching  # noqa: PLC0415 - as above

    unplaced = plan.unplaced if plan else frozenset[Key]()
    try:
        index = searching.refresh(run, unplaced - {keys.INDEX})
    except searching.Failed as error:  # the pages stand, and the next build tries again
        issue = Issue(CONFIG, 1, f"the search index is as it was: {error}", Severity.ERROR)
        return changed(report, issues=once_each([*report.issues, issue]))
    (standing,) = run.catalogue.row("SELECT count(*) FROM outputs") or (0,)
    written = (*report.written, *index.pending.staged())
    return changed(
        report,
        written=written,
        kept=standing - len(written),
        deleted=tuple(sorted((*report.deleted, *index.unwanted))),
        issues=once_each([*report.issues, *index.issues]),
    )


def _report(run: Run, plan: "Plan | None") -> BuildReport:
    catalogue = run.catalogue
    (standing,) = catalogue.row("SELECT count(*) FROM outputs") or (0,)
    written = list(plan.pending.staged()) if plan else []
    held: tuple[HeldBack, ...] = ()
    issues = [*catalogue.issues(), *(plan.issues if plan else ())]
    linked = [f"{slug}/" for slug in run.site.config.pages]
    if catalogue.holds_more_than_pages() or catalogue.vacant(linked):
        from generator import oddities  # noqa: PLC0415 - as above

        held = tuple(oddities.held_back(run)) if run.paths is None else ()
        issues += oddities.find(run)
    if not (run.site.language.files or is_english(run.site.config.site.language)):
        from generator import oddities  # noqa: PLC0415 - as above

        issues.append(oddities.untranslated(run.site))
    return BuildReport(
        written=tuple(written),
        kept=standing - len(written),
        deleted=plan.unwanted if plan else (),
        held_back=held,
        issues=once_each(issues),
        seconds=0.0,
    )
