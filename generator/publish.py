"""The publish: the built site to a host. Plan what differs, show it, apply it in an order that breaks no link."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from generator import files, hosts, locks
from generator.config import NAME as CONFIG
from generator.config import Config
from generator.files import STATE
from generator.internet import is_loopback
from generator.model import DatelineError, Issue, Severity
from generator.publishing.apart import check_sources
from generator.publishing.applying import There, apply, look
from generator.publishing.built import Built
from generator.publishing.host import Host
from generator.publishing.plan import Plan, allowance, plan_publish
from generator.publishing.snapshot import snapshot
from generator.report import PublishReport
from generator.spelling import nearest
from generator.toml_lines import line_of
from generator.workspace import Progress, output_folder, state_folder


@dataclass(frozen=True, slots=True)
class Options:
    """How to publish.

    Attributes:
        target: the name of one of `[publish.NAME]`; "" where there is one.
        dry_run: say what would be done, and change nothing.
        max_delete: how many files may be deleted, as a number or a percentage; "" for the usual.
        adopt: replace what Dateline did not publish, or another site.
        verify: trust no manifest: compare with what the host says it holds.
    """

    target: str = ""
    dry_run: bool = False
    max_delete: str = ""
    adopt: bool = False
    verify: bool = False


def publish(
    root: Path,
    config: Config,
    options: Options,
    outstanding: Callable[[], str],
    progress: Progress,
    tell: Callable[[str], None],
) -> PublishReport:
    """Bring a host to what the built site is.

    Whenever it is stopped, the host has a site whose pages are whole and whose links lead somewhere, and the next
    publish ends as a first one would have.

    Args:
        root: the site's folder.
        config: its configuration.
        options: where to, and how.
        outstanding: says, while the site's lock is held, what a build would still do; "" for nothing.
        progress: is told how far the publish is.
        tell: is called with a sentence when it has to wait for somebody.

    Raises:
        DatelineError: there is no such target, the site is not fit to be published, or the plan is one that the
            options do not allow. Nothing is changed at the host.
        HostError: the host failed; it has a working site nevertheless.
    """
    started = time.perf_counter()
    name, target = _choose(config, options.target)
    _check_sources(target, root, config)
    site = Built(output_folder(root, config, drafts=False), state_folder(root, drafts=False))
    site.check()
    with ExitStack() as stack:
        stack.enter_context(locks.publishing(root))
        host = stack.enter_context(_opened(target, root, tell, looking=options.dry_run))
        held = stack.enter_context(snapshot(site.state))
        with locks.lock(root, "dateline publish", tell):
            wanted = site.files(host.extras, outstanding)
            there = look(
                host, config.site.base_url.rstrip("/"), wanted, adopt=options.adopt, verify=options.verify
            )
            digests = {path: file.digest for path, file in wanted.items()}
            plan = plan_publish(digests, there.published, there.standing)
            _allow(host, plan, there, options)
            if not options.dry_run:
                wanted = site.take(host.extras, held, plan, wanted)
        if not options.dry_run:
            apply(host, plan, wanted, there, progress)
    # Whoever was stopped may have changed feeds and told nobody.
    told = (
        () if options.dry_run else _tell_hubs(root, config, wanted if there.interrupted else plan.to_upload)
    )
    return PublishReport(
        target=name,
        place=host.name,
        uploaded=plan.to_upload,
        deleted=plan.deletions,
        same=len(plan.same),
        foreign=plan.foreign,
        size=sum(wanted[path].size for path in plan.to_upload),
        dry_run=options.dry_run,
        issues=(*_issues(root, config), *told),
        seconds=round(time.perf_counter() - started, 3),
    )


def _choose(config: Config, name: str) -> tuple[str, hosts.Target]:
    targets = config.publish
    known = ", ".join(targets)
    if not targets:
        raise DatelineError(
            f'{CONFIG} names no place to publish to; add one, such as [publish.web] with kind = "folder"'
            ' and path = "/var/www/news"'
        )
    if name in targets:
        return name, targets[name]
    if name:
        hint = nearest(name, targets) or f"known here: {known}"
        raise DatelineError(f"{CONFIG} has no [publish.{name}]; {hint}")
    if len(targets) > 1:
        raise DatelineError(f"there are several places to publish to; name one of them: {known}")
    return next(iter(targets.items()))


def _check_sources(target: hosts.Target, root: Path, config: Config) -> None:
    sources = (config.build.content, config.build.templates, config.ingest.seeds, STATE, ".git")
    match target:
        case hosts.Folder(path=text) | hosts.Rsync(destination=text):
            check_sources(text, root, sources)
        case hosts.Git(repository=text):
            check_sources(text, root, ())
        case hosts.Bucket():
            pass


def _opened(
    target: hosts.Target, root: Path, tell: Callable[[str], None], *, looking: bool
) -> AbstractContextManager[Host]:
    """Open a host by the module for its kind, which alone loads what that takes."""
    match target:
        case hosts.Folder():
            from generator.publishing import folder  # noqa: PLC0415

            return folder.opened(target, root, tell, looking=looking)
        case hosts.Git():
            from generator.publishing.git import branch  # noqa: PLC0415

            return branch.opened(target, root, tell, looking=looking)
        case hosts.Bucket():
            from generator.publishing.bucket import bucket  # noqa: PLC0415

            return bucket.opened(target, root, tell, looking=looking)
        case hosts.Rsync():
            from generator.publishing.rsync import tree  # noqa: PLC0415

            return tree.opened(target, root, tell, looking=looking)


def _allow(host: Host, plan: Plan, there: There, options: Options) -> None:
    """See that a plan does no harm that nobody asked for.

    Raises:
        DatelineError: it would delete more than is allowed, or replace another site or other people's files.
    """
    theirs = (*plan.claimed, *plan.foreign) if host.exclusive else plan.claimed
    if theirs:
        others = f" and {len(theirs) - 1} more" if len(theirs) > 1 else ""
        done = "replaced or deleted" if host.exclusive else "replaced; all else there stays"
        raise DatelineError(
            f"{host.name}: holds {theirs[0]}{others}, which Dateline did not publish; look whether this is the"
            f" right place. With --adopt it is {done} (--adopt --dry-run shows it)"
        )
    if there.tenant not in {"", there.site} and not _is_local(there.tenant) and not options.adopt:
        raise DatelineError(
            f"{host.name}: holds the site of {there.tenant}, and this one is that of {there.site}; if it moved, or"
            " shall take the other one's place, say --adopt"
        )
    allowed = allowance(options.max_delete, len(there.published))
    if len(plan.deletions) > allowed:
        raise DatelineError(
            f"{host.name}: {len(plan.deletions)} of {len(there.published)} files would be deleted, such as"
            f" {plan.deletions[0]}; {allowed} may be. If that is right, say --max-delete {len(plan.deletions)}"
        )


def _tell_hubs(root: Path, config: Config, paths: Iterable[str]) -> tuple[Issue, ...]:
    """Tell WebSub hubs which of the feeds changed, if others can read them."""
    if not config.feeds.hubs or _is_local(config.site.base_url):
        return ()
    from generator.publishing import hubs  # noqa: PLC0415 - a client for HTTP takes long to load

    feeds = hubs.changed_feeds(config.site.base_url, paths)
    return hubs.tell(config.feeds.hubs, feeds, _line(root, ("feeds", "hubs")))


def _is_local(address: str) -> bool:
    """Tell whether an address leads to this machine, whoever follows it; what is no address leads nowhere."""
    try:
        return is_loopback(urlsplit(address).hostname or "")
    except ValueError:
        return False


def _line(root: Path, where: tuple[str, ...]) -> int:
    return line_of((files.read(root / CONFIG) or b"").decode("utf-8", "replace"), where)


def _issues(root: Path, config: Config) -> Iterator[Issue]:
    if _is_local(config.site.base_url):
        line = _line(root, ("site", "base_url"))
        there = f"lead to {config.site.base_url}, where nobody else can go"
        message = f"feeds and sitemaps {there}; set `site.base_url`"
        yield Issue(CONFIG, line, message, Severity.WARNING)
