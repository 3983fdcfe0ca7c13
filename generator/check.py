"""The check: what is wrong with the built site for readers, programs and search engines. It changes nothing."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from generator import clock, files, locks, lookup
from generator.catalogue import NAME, Catalogue
from generator.checking import remembered, verdicts
from generator.checking.crawl import ORPHAN, Crawl
from generator.checking.faults import Found
from generator.checking.feedrules import Rules
from generator.checking.markup import is_page
from generator.checking.others import Others
from generator.checking.survey import Survey
from generator.config import Config
from generator.database import Damaged
from generator.model import DatelineError, Issue, Severity
from generator.report import CheckReport, ExternalReport
from generator.urls import INDEX
from generator.workspace import Progress, output_folder, state_folder

_UNNAMED = "; name it below [pages] in dateline.toml, and every page does"

if TYPE_CHECKING:
    from generator.checking.outward import Manners


def check(
    root: Path,
    config: Config,
    progress: Progress,
    tell: Callable[[str], None],
    manners: "Manners | None" = None,
    now: datetime | None = None,
) -> CheckReport:
    """Look through the built site: links, pictures, titles, unsafe HTML, feeds, sitemaps, sizes, ways to its pages.

    Args:
        root: the site's folder.
        config: its configuration; the base URL decides which addresses are the site's own.
        progress: is told how far the check is.
        tell: is called with a sentence when it has to wait for another run.
        manners: how to ask other sites whether what links lead to is there, `None` to leave them alone.
        now: dates after it lie in the future; the clock's time where it is not given.

    Raises:
        DatelineError: there is no built site.
    """
    started = time.perf_counter()
    output = output_folder(root, config, drafts=False)
    if not (output / files.JOURNAL).is_file():
        raise DatelineError(f"{config.build.output}/ holds no built site yet; `dateline build` makes it")
    with locks.lock(root, "dateline check", tell):
        survey = Survey(output, files.scan(output), config.site.base_url)
        total = len(survey.found)
        Crawl(survey, lambda done: progress("checking", done, total)).run()
        Others(survey, Rules(config.feeds.limit, now or clock.now())).run()
        found = list(survey.faults)
        places = [place.path for place in survey.outside.values()] if manners else []
        sources = _sources(root, [one.about or one.path for one in found] + places)
    external = None
    if manners:
        followed, external = _follow(root, survey, manners, progress)
        found += followed
    issues = sorted((*_issues(config, found, sources), *_cut_off(config, external)))
    return CheckReport(
        pages=len(survey.pages),
        links=survey.links,
        outside=len(survey.outside),
        external=external,
        issues=tuple(issues),
        seconds=round(time.perf_counter() - started, 3),
    )


def _follow(
    root: Path, survey: Survey, manners: "Manners", progress: Progress
) -> tuple[list[Found], ExternalReport]:
    """Ask other sites, while other runs may change this one."""
    from generator.checking import outward  # noqa: PLC0415 - a client for HTTP takes long to load

    kept = state_folder(root, drafts=False) / remembered.NAME
    outcome = outward.follow(survey.outside.keys(), kept, manners, progress)
    faults = {address: verdicts.fault(address, outcome.verdicts[address]) for address in survey.outside}
    found = [survey.outside[address].found(fault) for address, fault in faults.items() if fault]
    return found, ExternalReport(outcome.asked, outcome.known, outcome.unasked, offline=outcome.offline)


def _cut_off(config: Config, external: ExternalReport | None) -> Iterator[Issue]:
    if external and external.offline:
        message = "none of the addresses of other sites could be reached; is there a network?"
        yield Issue(config.build.output, 1, message, Severity.WARNING)


def _issues(config: Config, found: list[Found], sources: dict[str, str]) -> Iterator[Issue]:
    """Name the content file that each file with a fault was made from, where the catalogue knows it."""
    for one in found:
        source = sources.get(one.about or one.path, "")
        told = one._replace(detail=_UNNAMED) if one.fault == ORPHAN and _stands_alone(one, source) else one
        yield told.issue(config.build.output, f"{config.build.content}/{source}" if source else "")


def _stands_alone(found: Found, source: str) -> bool:
    """Tell whether a file is a page that stands by itself: of those with a content file they alone lie so high."""
    return bool(source) and found.path.count("/") == 1


def _sources(root: Path, paths: list[str]) -> dict[str, str]:
    """Give the content files of pages and of files beside articles, by their paths in the output folder."""
    catalogue = state_folder(root, drafts=False) / NAME
    if not paths or not catalogue.exists():
        return {}
    addresses = {path.removesuffix(INDEX): path for path in sorted(set(paths))}
    beside = [path for path in addresses.values() if not is_page(path)]
    try:
        with closing(Catalogue(catalogue)) as opened:
            articles = lookup.files_at(opened, list(addresses))
            return lookup.attached_at(opened, beside) | {addresses[one]: articles[one] for one in articles}
    except Damaged:
        return {}
