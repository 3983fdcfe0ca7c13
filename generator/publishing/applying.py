"""A plan that is carried out: what is at the host is asked first, and written down there before and after."""

from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass

from generator.publishing.host import MANIFEST, PENDING, File, Host, HostError
from generator.publishing.manifest import UNKNOWN, Manifest, parse_manifest, render_manifest
from generator.publishing.plan import Plan, Stage, plan_pending, settle
from generator.workspace import Progress

CHECKPOINT = 1000
"""Files after which the manifest at the host is brought up to date, so that a publish that is stopped can go on."""


@dataclass(frozen=True, slots=True)
class There:
    """What a host says of itself.

    Attributes:
        site: the address of the site that goes there.
        tenant: that of the one that stands there, by its manifest; "" where nobody knows.
        manifest: as it stands there, `None` where there is none.
        interrupted: a publisher was stopped.
        published: the paths of what Dateline put there, or was about to.
        standing: what stands there, by path: its digest, or `UNKNOWN`.
    """

    site: str
    tenant: str
    manifest: bytes | None
    interrupted: bool
    published: frozenset[str]
    standing: Mapping[str, str]


def look(host: Host, site: str, wanted: Mapping[str, File], *, adopt: bool, verify: bool) -> There:
    """Ask a host what is there: by its manifest; without one, or where it has to be certain, by its listing.

    Args:
        host: the host.
        site: the address of the site.
        wanted: the files of the site, by path.
        adopt: what the site would replace counts as published; where nothing else may stand there, all of it.
        verify: believe the listing and not the manifest.
    """
    data, begun = host.read(MANIFEST), host.read(PENDING)
    manifest, began = parse_manifest(data), parse_manifest(begun)
    pending = began.digests if began else {}
    known = manifest.digests if manifest else {}
    if manifest and manifest.form != host.form:
        known = dict.fromkeys(known, UNKNOWN)
    published = known.keys() | pending.keys()
    standing = settle(known, pending)
    unclear = begun is not None and began is None  # what was being changed, nobody knows
    new = {path: file for path, file in wanted.items() if path not in published}
    if manifest is None or verify or host.exclusive or unclear:
        found = host.listing(wanted)
        if adopt:
            published |= found.keys() if host.exclusive else found.keys() & wanted.keys()
        seen = verify or host.exclusive or unclear
        standing = {path: digest if seen else standing.get(path, digest) for path, digest in found.items()}
    elif new:  # somebody may have put something there since
        found = {path: digest for path, digest in host.listing(new).items() if path in new}
        published |= found.keys() if adopt else set()
        standing |= found
    tenant = manifest.site if manifest else ""
    return There(site, tenant, data if manifest else None, begun is not None, frozenset(published), standing)


def apply(host: Host, plan: Plan, wanted: Mapping[str, File], there: There, progress: Progress) -> None:
    """Carry a plan out, so that it can be stopped anywhere.

    Args:
        host: where.
        plan: what to do.
        wanted: the files of the site, by path.
        there: what is at the host.
        progress: is told how far it is.

    Raises:
        HostError: the host failed, or somebody else took it over.
    """
    _Applying(host, plan, wanted, there, progress).run()


class _Applying:
    def __init__(
        self, host: Host, plan: Plan, wanted: Mapping[str, File], there: There, progress: Progress
    ) -> None:
        self._host = host
        self._plan = plan
        self._wanted = wanted
        self._progress = progress
        self._site = there.site
        self._interrupted = there.interrupted
        self._recorded = there.manifest
        self._done = 0
        self._total = len(plan.to_upload) + len(plan.deletions)
        self._standing = {
            path: digest
            for path, digest in there.standing.items()
            if path in there.published or path in plan.same
        }

    def run(self) -> None:
        plan, host = self._plan, self._host
        begun = bool(plan.uploads or plan.deletions)
        recorded = self._record() if begun and self._recorded is None else False
        if begun:
            digests = {path: file.digest for path, file in self._wanted.items()}
            host.write(PENDING, self._manifest(plan_pending(plan, digests)))
            self._change()
        if self._record() or recorded or begun or self._interrupted:
            host.remove(PENDING)
            host.finish(f"{len(plan.to_upload)} files uploaded, {len(plan.deletions)} deleted")

    def _change(self) -> None:
        try:
            self._delete(self._plan.clearing)
            self._upload()
            cleared = frozenset(self._plan.clearing)
            self._delete([path for path in self._plan.deletions if path not in cleared])
        except BaseException:
            with suppress(HostError):  # else the next publisher does some of it again
                self._record()
            raise

    def _upload(self) -> None:
        known_of = True
        for when, paths in self._plan.uploads:
            if when > Stage.NEW_FEEDS and not known_of:
                known_of = self._record()  # see `plan.settle`
            known_of &= when not in {Stage.NEW_PAGES, Stage.NEW_FEEDS}
            with closing(self._host.upload([self._wanted[path] for path in paths])) as uploaded:
                for path in uploaded:
                    self._standing[path] = self._wanted[path].digest
                    self._step()

    def _delete(self, paths: Sequence[str]) -> None:
        with closing(self._host.delete(paths)) as deleted:
            for path in deleted:
                self._standing.pop(path, None)
                self._step()

    def _step(self) -> None:
        self._host.check()
        self._done += 1
        self._progress("publishing", self._done, self._total)
        if self._done % CHECKPOINT == 0:
            self._record()

    def _record(self) -> bool:
        """Bring the manifest at the host up to date, and tell whether it was not."""
        data = self._manifest(self._standing)
        if data == self._recorded:
            return False
        self._host.check()
        self._host.write(MANIFEST, data)
        self._recorded = data
        return True

    def _manifest(self, digests: Mapping[str, str]) -> bytes:
        return render_manifest(Manifest(digests, self._host.form, self._site))
