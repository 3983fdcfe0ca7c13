"""The first work of a build that any process can do: content files to what the catalogue keeps of them.

A job is a value, and so is what it gives; it reads files and writes nothing. The other work is `making` pages.
"""

import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial

from generator import documents, files, filing, fingerprint, image_sizes, records, shelf
from generator.files import Stat
from generator.model import Issue
from generator.records import Value, changed
from generator.shelf import Shelved
from generator.workspace import Site

AT_ONCE = 128
"""Files that are read together."""


class Reading(Value, frozen=True):
    """A job: content files to read, each with how it looks and the digest it had when it was last read.

    `now` decides in a preview what is marked as held back.
    """

    site: Site
    found: Sequence[tuple[str, Stat, str]]
    now: datetime | None = None


class Read(Value, frozen=True):
    """What a content file holds: `digest` is "" where it could not be read, `same` where it is as it was."""

    path: str
    look: Stat
    read_ns: int
    digest: str = ""
    same: bool = False
    shelved: Shelved | None = None
    issues: tuple[Issue, ...] = ()


def read_files(job: Reading) -> list[Read]:
    """Read, parse and render content files."""
    read: list[Read] = []
    for start in range(0, len(job.found), AT_ONCE):
        found = [_read_file(job.site, *one) for one in job.found[start : start + AT_ONCE]]
        new = [(one, data) for one, data in found if data is not None]
        articles = iter(_read_articles(job.site, new, job.now))
        read.extend(one if data is None else next(articles) for one, data in found)
    return read


def read_and_pack(job: Reading) -> bytes:
    """Read content files in a worker process: gives what `read_files` does, for `unpack_read`."""
    return records.pack(read_files(job))


def unpack_read(data: bytes) -> list[Read]:
    """Give what another process read: what `read_files` gave there."""
    return records.unpack(data, list[Read])


def _read_file(site: Site, path: str, look: Stat, known: str) -> tuple[Read, bytes | None]:
    """Read a file's bytes, which are given back where they have to be parsed."""
    read_ns = time.time_ns()
    most = documents.LARGEST + 1 if path.endswith(".md") else -1
    try:
        data = files.read(f"{site.content}/{path}", most)
    except OSError as error:
        issue = Issue(f"{site.config.build.content}/{path}", 1, f"cannot be read: {error.strerror}")
        return Read(path, look, read_ns, issues=(issue,)), None
    if data is None:
        return Read(path, look, read_ns), None
    if most == len(data):
        message = (
            f"is larger than {documents.LARGEST // 1024**2} MiB and not read; make several articles of it"
        )
        return Read(
            path, look, read_ns, issues=(Issue(f"{site.config.build.content}/{path}", 1, message),)
        ), None
    digest = fingerprint.digest(data)
    new = digest != known
    return Read(path, look, read_ns, digest, same=not new), data if new and path.endswith(".md") else None


def _read_articles(site: Site, found: Sequence[tuple[Read, bytes]], now: datetime | None) -> Iterator[Read]:
    sources = [
        documents.Source(data, read.path, f"{site.config.build.content}/{read.path}") for read, data in found
    ]
    measure = partial(image_sizes.measure, site.content)
    read_documents = documents.read_documents(sources, site.localised, measure, site.settings.names)
    for (read, _), document in zip(found, read_documents, strict=True):
        filed = document.filed
        if filed and now:
            filed = filing.mark_held(filed, now)
        yield changed(read, shelved=shelf.shelve(filed) if filed else None, issues=document.issues)
