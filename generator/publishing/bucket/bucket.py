"""A bucket as a host: of Amazon S3 or what speaks like it, of Google Cloud Storage or Azure Blob Storage."""

import hashlib
import re
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import groupby
from pathlib import Path
from types import MappingProxyType

from generator import hosts
from generator.model import DatelineError
from generator.publishing.bucket import delivery
from generator.publishing.bucket.at_once import Job, answer, done
from generator.publishing.host import OWN, File, HostError
from generator.publishing.lease import Lease, leased
from generator.publishing.manifest import UNKNOWN
from generator.publishing.plan import stage

try:
    from generator.publishing.bucket.store import PART, NotOffered, Store, Stored, Taken, Version
except ModuleNotFoundError as missing:
    if missing.name != "obstore":
        raise
    raise DatelineError("a bucket is published to with obstore: pip install 'dateline[bucket]'") from None

BATCH = 1000
"""Files that a store deletes in one request, at most."""

SETTLING = 1.0
"""Seconds in which two who write the same file without conditions have both done so."""

_MD5 = re.compile(r"[0-9a-f]{32}")
"""An entity tag that may be the MD5 of a file, as it is for one that came in one piece and is not encrypted."""

_OWN_FIELDS = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": delivery.OWN}


@contextmanager
def opened(
    target: hosts.Bucket, _root: Path, tell: Callable[[str], None], *, looking: bool = False
) -> Iterator["Place"]:
    """Open a bucket to publish to. See `host`.

    Raises:
        HostError: there is no such bucket, or no right to it.
        Passing: somebody else publishes there.
    """
    prefix = target.prefix.strip("/")
    name = f"{target.url.rstrip('/')}{f'/{prefix}' if prefix else ''}"
    place = Place(Store(target, name, tell), name, tell, compress=target.compress)
    if looking:
        yield place
        return
    with leased(place, tell) as lease:
        place.lease = lease
        yield place


class Place:
    """A bucket, or what is below a prefix of one, as a `Host` whose lease is kept in it.

    Args:
        store: the files there.
        name: what messages call it.
        tell: is called with a sentence when the store cannot keep two publishers apart as well as others do.
        compress: whether text is stored compressed.
    """

    exclusive = False
    extras: Mapping[str, bytes] = MappingProxyType({})

    def __init__(self, store: Store, name: str, tell: Callable[[str], None], *, compress: bool) -> None:
        self.name = name
        self.form = "gzip" if compress else ""
        self.lease: Lease | None = None
        self._store = store
        self._tell = tell
        self._conditions = True  # as far as is known
        self._in_bulk = True  # the same

    def check(self) -> None:
        """See `Host`."""
        if self.lease:
            self.lease.check()

    def read(self, name: str) -> bytes | None:
        """See `Host`."""
        found = answer(self._store.read(name))
        return found[0] if found else None

    def write(self, name: str, data: bytes) -> None:
        """See `Host`."""
        answer(self._store.write(name, data, _OWN_FIELDS))

    def remove(self, name: str) -> None:
        """See `Host`."""
        answer(self._store.delete(name))

    def create(self, name: str, data: bytes) -> bool:
        """See `Shared`. A store that overlooks the condition is asked first."""
        return self.read(name) is None and self._change(name, data, None)

    def replace(self, name: str, old: bytes, new: bytes) -> bool:
        """See `Shared`. What is new may be there already, where the answer to an earlier try got lost."""
        data, version = answer(self._store.read(name)) or (b"", None)
        return data == new or (data == old and self._change(name, new, version))

    def _change(self, name: str, data: bytes, old: "Version | None") -> bool:
        if self._conditions:
            try:
                answer(self._store.change(name, data, _OWN_FIELDS, old))
            except Taken:
                return self.read(name) == data  # it is where an answer got lost and the request came twice
            except NotOffered:
                self._conditions = False
                self._tell(
                    f"{self.name}: this store keeps two publishers apart less surely; start one at a time"
                )
            else:
                return True
        self.write(name, data)
        time.sleep(SETTLING)
        return self.read(name) == data

    def listing(self, wanted: Mapping[str, File]) -> dict[str, str]:
        """See `Host`. A file that would be stored alike is known by its MD5, which many stores give as its tag."""
        found = answer(self._store.list())
        marked = {"", *(path[:end] for path, *_ in found for end in _ends(path))}
        standing: dict[str, str] = {}
        for stored in found:
            if stored.path in OWN or (not stored.size and stored.path in marked):
                continue  # some tools mark folders by empty files
            known = stored.path not in standing  # else two keys, one of which begins with a slash
            standing[stored.path] = self._digest(stored, wanted.get(stored.path)) if known else UNKNOWN
        return standing

    def _digest(self, stored: "Stored", file: File | None) -> str:
        if file is None or not _MD5.fullmatch(stored.tag) or (not self.form and file.size != stored.size):
            return UNKNOWN
        data, _ = self._packed(file)
        return file.digest if hashlib.md5(data, usedforsecurity=False).hexdigest() == stored.tag else UNKNOWN

    def upload(self, files: Sequence[File]) -> Generator[str, None, None]:
        """See `Host`."""
        yield from done(Job(file.path, file.size, partial(self._upload, file)) for file in files)

    async def _upload(self, file: File) -> None:
        fields = delivery.attributes(file.path)
        if file.size > PART and not (self.form and delivery.shrinks(file.path)):
            await self._store.write(file.path, file.source, fields)
            return
        data, further = self._packed(file)
        await self._store.write(file.path, data, fields | further)

    def _packed(self, file: File) -> tuple[bytes, dict[str, str]]:
        """Give the bytes that are stored of a file, and the header fields that tell their form."""
        try:
            data = file.source.read_bytes()
        except OSError as error:
            raise HostError(f"{file.source}: cannot be read ({error.strerror})") from error
        smaller = delivery.compressed(data) if self.form and delivery.shrinks(file.path) else None
        return (data, {}) if smaller is None else (smaller, {"Content-Encoding": "gzip"})

    def delete(self, paths: Sequence[str]) -> Generator[str, None, None]:
        """See `Host`. What links is gone before what is linked to goes."""
        for _, group in groupby(paths, key=stage):
            together = list(group)
            for start in range(0, len(together), BATCH):
                yield from self._delete(together[start : start + BATCH])

    def _delete(self, paths: Sequence[str]) -> Iterator[str]:
        self._in_bulk = self._in_bulk and answer(self._store.delete_all(paths))
        if self._in_bulk:
            yield from paths
        else:
            yield from done(Job(path, 0, partial(self._store.delete, path)) for path in paths)

    def finish(self, summary: str) -> None:
        """See `Host`: readers have seen each file since it was there."""


def _ends(path: str) -> Iterator[int]:
    """Give where the names of a path's folders end."""
    return (found.start() for found in re.finditer("/", path))
