"""The check: what in the built site leads nowhere, and what nothing leads to. It changes nothing."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from generator import files, locks, lookup
from generator.catalogue import NAME, Catalogue
from generator.checking.crawl import Crawl
from generator.checking.faults import Found
from generator.config import Config
from generator.database import Damaged
from generator.model import DatelineError, Issue
from generator.report import CheckReport
from generator.urls import INDEX
from generator.workspace import Progress, output_folder, state_folder


def check(root: Path, config: Config, progress: Progress, tell: Callable[[str], None]) -> CheckReport:
    """Look through the built site: links and their fragments, files, ids, sitemaps, ways from the front page.

    Args:
        root: the site's folder.
        config: its configuration; the base URL decides which addresses are the site's own.
        progress: is told how far the check is.
        tell: is called with a sentence when it has to wait for another run.

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
        issues = sorted(_issues(root, config, list(crawl.faults)))
    return CheckReport(
        pages=len(crawl.pages),
        links=crawl.links,
        outside=len(crawl.outside),
        issues=tuple(issues),
        seconds=round(time.perf_counter() - started, 3),
    )


def _issues(root: Path, config: Config, found: list[Found]) -> Iterator[Issue]:
    """Name the content file of each article's page that has a fault, where the catalogue knows it."""
    addresses = sorted({one.path.removesuffix(INDEX) for one in found})
    sources = _sources(state_folder(root, drafts=False) / NAME, addresses)
    for one in found:
        source = sources.get(one.path.removesuffix(INDEX), "")
        yield one.issue(config.build.output, f"{config.build.content}/{source}" if source else "")


def _sources(catalogue: Path, addresses: list[str]) -> dict[str, str]:
    if not addresses or not catalogue.exists():
        return {}
    try:
        with closing(Catalogue(catalogue)) as opened:
            return lookup.files_at(opened, addresses)
    except Damaged:
        return {}
