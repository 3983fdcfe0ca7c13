"""The build: content to site. Take in what changed, plan what that touches, reconcile it with the disk."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from generator import files, intake, lookup, reconcile
from generator.catalogue import NAME, Catalogue, Damaged, discard
from generator.config import NAME as CONFIG
from generator.config import Config, parse_config
from generator.inputs import settings
from generator.model import DatelineError, Issue, Severity
from generator.render import load_templates
from generator.report import BuildReport, HeldBack, once_each
from generator.theme import read_theme
from generator.workspace import Options, Progress, Site


def read_config(root: Path) -> Config:
    """Read a site's configuration.

    Raises:
        DatelineError: there is none, or it has a mistake.
    """
    data = files.read(root / CONFIG)
    if data is None:
        raise DatelineError(f"{root} has no {CONFIG}; `dateline init` makes a site here")
    try:
        return parse_config(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise DatelineError(f"{CONFIG}:{line}: not UTF-8") from None


def build(root: Path, options: Options, progress: Progress, tell: Callable[[str], None]) -> BuildReport:
    """Bring the output folder to what a clean build at the same `now` would make of the content.

    Args:
        root: the site's folder.
        options: how to build.
        progress: is told how far the build is.
        tell: is called with a sentence when the build has to wait for another run.

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
    with files.lock(root, "dateline build", tell):
        path = root / files.STATE / NAME
        if options.clean:
            discard(path)
        try:
            report = _build(root, config, path, options, progress)
        except Damaged:
            discard(path)
            report = _build(root, config, path, options, progress)
    return replace(report, seconds=round(time.perf_counter() - started, 3))


def _build(root: Path, config: Config, path: Path, options: Options, progress: Progress) -> BuildReport:
    theme = read_theme(root, config.build.templates)
    catalogue = Catalogue(path)
    try:
        site = Site(
            root,
            config,
            settings(config),
            theme,
            load_templates(theme.templates),
            catalogue,
            options,
            progress,
        )
        owned = files.read_journal(site.output)
        with catalogue.transaction():
            intake.take_in(site)
            intake.look_at_output(site, owned)
        staging = files.Staging(root, site.output)
        try:
            with catalogue.transaction():
                plan = reconcile.make_plan(site, staging, owned)
            reconcile.apply(site, plan, staging, owned)
        finally:
            staging.close()
        return _report(site, plan)
    finally:
        catalogue.close()


def _report(site: Site, plan: reconcile.Plan) -> BuildReport:
    catalogue, content, now = site.catalogue, site.config.build.content, site.options.now
    held = [(filed, filed.held_back(now)) for filed in lookup.held_back(catalogue)]
    (standing,) = catalogue.row("SELECT count(*) FROM outputs") or (0,)
    issues = (*catalogue.issues(), *lookup.claims(catalogue, now, content), *plan.issues)
    return BuildReport(
        written=tuple(sorted(written.path for written, _ in plan.staged)),
        kept=standing - len(plan.staged),
        deleted=plan.unwanted,
        held_back=tuple(HeldBack(f"{content}/{filed.file}", *why) for filed, why in held if why),
        issues=once_each((*issues, *_missing(site))),
        seconds=0.0,
    )


def _missing(site: Site) -> Iterator[Issue]:
    """Warn of names articles use that no file beside them has, and of files that no article uses."""
    content = site.config.build.content
    for file, name in lookup.missing(site.catalogue):
        yield Issue(f"{content}/{file}", 1, f"{name!r} is not beside this file", Severity.WARNING)
    for path in lookup.unused(site.catalogue):
        message = "no article beside this file uses it; it is not published"
        yield Issue(f"{content}/{path}", 1, message, Severity.WARNING)
