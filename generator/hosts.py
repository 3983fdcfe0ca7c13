"""`[publish.NAME]`: where a site is published to, one type for each kind of host. Credentials never stand there."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from generator import records
from generator.records import Record
from generator.spelling import nearest


class Folder(Record, frozen=True, tag_field="kind", tag="folder"):
    """A folder of this machine, or one that is mounted here. `path` counts from the site's folder."""

    path: str


class Git(Record, frozen=True, tag_field="kind", tag="git"):
    """A branch of a repository, as GitHub and Codeberg Pages serve one.

    Attributes:
        repository: an address, a path, or the name of a remote of the repository that the site lies in.
        branch: the branch that is served.
        history: keep what was published before as commits; otherwise the branch has one.
        cname: the domain that the branch is served at, "" for the host's own.
    """

    repository: str = "origin"
    branch: str = "gh-pages"
    history: bool = True
    cname: str = ""


class Rsync(Record, frozen=True, tag_field="kind", tag="rsync"):
    """A folder that rsync reaches: `user@host:/var/www/news`, `rsync://host/module`, or a path."""

    destination: str


class Bucket(Record, frozen=True, tag_field="kind", tag="bucket"):
    """A bucket of an object store.

    Attributes:
        url: `s3://name`, `gs://name` or `az://container`.
        prefix: what the keys of all files begin with, a folder's path; "" for none.
        endpoint: where a store lives that speaks like S3; "" for the one of the environment, or Amazon's.
        region: the region it is in, "" for the environment's.
        compress: store text compressed (gzip), for hosts that do not compress what they serve.
    """

    url: str
    prefix: str = ""
    endpoint: str = ""
    region: str = ""
    compress: bool = False


Target: TypeAlias = Folder | Git | Rsync | Bucket
"""Where a site is published to."""

KINDS: dict[str, type[Record]] = {"folder": Folder, "git": Git, "rsync": Rsync, "bucket": Bucket}

_NAME = re.compile(r"[A-Za-z0-9_-]+")
_ANYTHING = re.compile(r".*")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]")
_PASSWORD = re.compile(r"://[^/@\s:]*:[^/@\s]+@|^https?://[^/@\s]+@|^[^/@\s:]+:[^/@\s]+@[^/\s]+::")
"""An address with a password in it (RFC 3986, 3.2.1), or with a user who may be a token."""

_FORMS = {
    "cname": (
        re.compile(
            r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])", re.IGNORECASE
        ),
        "must be a domain, such as news.example.org",
    ),
    "url": (
        re.compile(r"(?:s3|gs|az)://[^/\s?#@]+/?"),
        "must be an address: s3://name, gs://name or az://container",
    ),
    "prefix": (
        re.compile(r"/?(?:(?!\.{1,2}(?:/|$))[^/]+(?:/|$))+"),
        "must be a path such as news/digest, whose parts are neither empty nor . nor ..",
    ),
    "endpoint": (
        re.compile(r"https?://[^/\s?#@]+(?:/\S*)?"),
        "must be an address such as https://s3.example.org",
    ),
}
"""Keys whose values have a form of their own: it, and what is said of others (domains: RFC 1123, 2.1)."""

_MAY_BE_EMPTY = frozenset({"cname", "prefix", "endpoint", "region"})


def misfit(tables: Mapping[str, Any]) -> tuple[tuple[str, ...], str]:
    """Say which of the tables `[publish.NAME]` does not have the form of a target.

    Args:
        tables: what `[publish]` holds, by name; at least one of them is no target.

    Returns: where the mistake is (the name, and the key if one is to blame), and a sentence about it.
    """
    for name, table in tables.items():
        if not isinstance(table, dict):
            return (name,), f"must be a table: [publish.{name}] with a `kind`"
        kind = KINDS.get(str(table.get("kind", "")))
        if kind is None:
            known = ", ".join(f'"{known}"' for known in KINDS)
            return (name, "kind"), f"must be one of {known}"
        try:
            records.convert(table, kind)
        except records.Mismatch as mismatch:
            return _mismatch(name, kind, mismatch)
    raise AssertionError("every table fits")


def _mismatch(name: str, kind: type[Record], mismatch: records.Mismatch) -> tuple[tuple[str, ...], str]:
    message = str(mismatch)
    unknown = re.search(r"unknown field `(.*)`", message)
    if unknown:
        known = ("kind", *records.fields(kind))
        hint = nearest(unknown[1], known) or f"known here: {', '.join(known)}"
        return (name, unknown[1]), f"is not known; {hint}"
    missing = re.search(r"missing required field `(.*)`", message)
    if missing:
        return (name, missing[1]), "is missing"
    return (name, *mismatch.where), message[:1].lower() + message[1:]


def mistakes(targets: Mapping[str, Target]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Find values that make no sense, as pairs of where one stands and a sentence about it."""
    for name, target in targets.items():
        if not _NAME.fullmatch(name):
            yield (name,), "must have a name of letters, digits, - and _"
        for key in records.fields(type(target)):
            message = _mistake(target, key)
            if message:
                yield (name, key), message


def _mistake(target: Target, key: str) -> str:
    value = getattr(target, key)
    if not isinstance(value, str):
        return ""
    if _UNPRINTABLE.search(value) or value.startswith("-"):
        return "must be plain text that does not begin with -"
    if _PASSWORD.search(value):
        return "must not hold a password; those come from the environment, or from files that the host's tools know"
    if not value:
        return "" if key in _MAY_BE_EMPTY else "must not be empty"
    pattern, message = _FORMS.get(key, (_ANYTHING, ""))
    return "" if pattern.fullmatch(value) else message
