"""The check: what in the built site leads nowhere, and what nothing leads to. It changes nothing."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from generator import files, locks, lookup
from generator.catalogue import NAME, Catalogue
from generator.checking.crawl import Crawl
from generator.checking.faults import Found
from generator.config import Config
from generator.database import Damaged
from generator.model import DatelineError, Issue, Severity
from generator.report import CheckReport, ExternalReport
from generator.urls import INDEX
from generator.workspace import Progress, output_folder, state_folder

if TYPE_CHECKING:
    from generator.checking.outward import Manners


def check(
    root: Path,
    config: Config,
    progress: Progress,
    tell: Callable[[str], None],
    outward: "Manners | None" = None,
) -> CheckReport:
    """Look through the built site: links and their fragments, files, ids, sitemaps, ways from the front page.

    Args:
        root: the site's folder.
        config: its configuration; the base URL decides which addresses are the site's own.
        progress: is told how far the check is.
        tell: is called with a sentence when it has to wait for another run.
        outward: how to ask other sites whether what links lead to is there, `None` to leave them alone.

    Raises:
        DatelineError: there is no built site.
    """
    started = time.perf_counter()
    output = output_folder(root, config, drafts=False)
    if not (output / files.JOURNAL).is_file():
        raise DatelineError(f"{config.build.output}/ holds no built site yet; `dateline build` makes it")
    with locks.lock(root, "dateline check", tell):
        paths = files.scan(output).keys()
        total = len(paths)
        crawl = Crawl(output, paths, config.site.base_url, lambda done: progress("checking", done, total))
        crawl.run()
        found = list(crawl.faults)
        places = [place.path for place in crawl.outside.values()] if outward else []
        sources = _sources(root, [one.path for one in found] + places)
    external = None
    if outward:
        followed, external = _follow(root, crawl, outward, progress)
        found += followed
    issues = sorted((*_issues(config, found, sources), *_cut_off(config, external)))
    return CheckReport(
        pages=len(crawl.pages),
        links=crawl.links,
        outside=len(crawl.outside),
        external=external,
        issues=tuple(issues),
        seconds=round(time.perf_counter() - started, 3),
    )


def _follow(
    root: Path, crawl: Crawl, outward: "Manners", progress: Progress
) -> tuple[list[Found], ExternalReport]:
    """Ask other sites, while other runs may change this one."""
    from generator.checking import outward as outwards  # noqa: PLC0415 - a client for HTTP takes long to load
    from generator.checking import remembered, verdicts  # noqa: PLC0415 - the same

    kept = state_folder(root, drafts=False) / remembered.NAME
    outcome = outwards.follow(crawl.outside.keys(), kept, outward, progress)
    faults = {address: verdicts.fault(address, outcome.verdicts[address]) for address in crawl.outside}
    found = [crawl.outside[address].found(fault) for address, fault in faults.items() if fault]
    return found, ExternalReport(outcome.asked, outcome.known, outcome.unasked, offline=outcome.offline)


def _cut_off(config: Config, external: ExternalReport | None) -> Iterator[Issue]:
    if external and external.offline:
        message = "none of the addresses of other sites could be reached; is there a network?"
        yield Issue(config.build.output, 1, message, Severity.WARNING)


def _issues(config: Config, found: list[Found], sources: dict[str, str]) -> Iterator[Issue]:
    """Name the content file of each article's page that has a fault, where the catalogue knows it."""
    for one in found:
        source = sources.get(one.path.removesuffix(INDEX), "")
        yield one.issue(config.build.output, f"{config.build.content}/{source}" if source else "")


def _sources(root: Path, paths: list[str]) -> dict[str, str]:
    catalogue = state_folder(root, drafts=False) / NAME
    addresses = sorted({path.removesuffix(INDEX) for path in paths})
    if not addresses or not catalogue.exists():
        return {}
    try:
        with closing(Catalogue(catalogue)) as opened:
            return lookup.files_at(opened, addresses)
    except Damaged:
        return {}
