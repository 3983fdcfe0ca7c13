"""An object store, through obstore: Amazon S3 and what speaks like it, Google Cloud Storage, Azure Blob Storage.

Every method says what went wrong in a sentence that holds no secret.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError, PreconditionError
from obstore.store import AzureStore, GCSStore, ObjectStore, S3Store

from generator.hosts import Bucket
from generator.internet import is_loopback
from generator.publishing.bucket.aws_profile import endpoint, read_profile
from generator.publishing.bucket.errors import is_no_bucket, is_not_offered, sentence
from generator.publishing.host import HostError
from generator.publishing.redaction import redact

if TYPE_CHECKING:
    from obstore import PutMode, UpdateVersion
    from obstore.store import ClientConfig, RetryConfig

PART = 8 << 20
"""Bytes of a file that is sent in one request; a larger one goes in parts of so many."""

_PARTS_AT_ONCE = 2

_PAGE = 1000
"""Files that a store lists in one answer."""

_HASTY: "RetryConfig" = {
    "max_retries": 4,
    "retry_timeout": timedelta(seconds=10),
    "backoff": {"init_backoff": timedelta(milliseconds=100), "max_backoff": timedelta(seconds=1), "base": 2},
}
"""For questions, the first of which shows whether there is a store at all: an answer in a few seconds."""

_PATIENT: "RetryConfig" = {
    "max_retries": 8,
    "retry_timeout": timedelta(seconds=60),
    "backoff": {"init_backoff": timedelta(milliseconds=200), "max_backoff": timedelta(seconds=8), "base": 2},
}
"""For changes: a store that has too much to do gets half a minute."""

_CLIENT: "ClientConfig" = {
    "connect_timeout": timedelta(seconds=5),
    "timeout": timedelta(seconds=30),
    "user_agent": "dateline",
}

_LONGEST = timedelta(seconds=120)
"""For a change to be taken: as much as may be on its way at a time gets through a slow line."""


class Taken(Exception):
    """A file is there already, or is not as it was."""


class NotOffered(Exception):
    """The store does not know conditions."""


class Version(NamedTuple):
    """What tells one state of a file from another: its entity tag, or its generation (Google)."""

    tag: str | None
    generation: str | None


class Stored(NamedTuple):
    """A file as a listing gives it: path, bytes, entity tag without its quotes."""

    path: str
    size: int
    tag: str


class Store:
    """The files below a prefix of a bucket.

    Args:
        target: which.
        name: what messages call it.
        tell: is called with a sentence when what is sent there can be read on the way.

    Raises:
        HostError: the configuration or the environment does not do.
    """

    def __init__(self, target: Bucket, name: str, tell: Callable[[str], None]) -> None:
        self._name = name
        with self._told():
            options = _options(target)
            client = _client(target.url, _address(target.url, options), name, tell)
            self._hasty = _store(target, options, client, _HASTY)
            if target.url.startswith(
                "s3:"
            ):  # not every store that speaks like S3 knows more than one at a time
                options |= {"disable_bulk_delete": True}
            self._patient = _store(target, options, {**client, "timeout": _LONGEST}, _PATIENT)

    async def read(self, path: str) -> tuple[bytes, Version] | None:
        """Read a small file; `None` where there is none."""
        with self._told():
            try:
                found = await obstore.get_async(self._hasty, path)
                data = await found.bytes_async()
            except FileNotFoundError as error:
                if is_no_bucket(str(error)):
                    raise
                return None
            return bytes(data), Version(found.meta["e_tag"], found.meta["version"])

    async def write(self, path: str, data: bytes | Path, attributes: Mapping[str, str]) -> None:
        """Write a file, or replace it: bytes in one request, a file of this machine in parts."""
        with self._told():
            await obstore.put_async(
                self._patient,
                path,
                data,
                attributes=dict(attributes),
                use_multipart=isinstance(data, Path),
                chunk_size=PART,
                max_concurrency=_PARTS_AT_ONCE,
            )

    async def change(
        self, path: str, data: bytes, attributes: Mapping[str, str], old: Version | None
    ) -> None:
        """Write a file on the condition that it is as it was: `None` for not there.

        Raises:
            Taken: it is not.
            NotOffered: the store cannot tell.
        """
        with self._told():
            try:
                await obstore.put_async(
                    self._hasty,
                    path,
                    data,
                    attributes=dict(attributes),
                    mode=_only_if(old),
                )
            except (AlreadyExistsError, PreconditionError):
                raise Taken from None
            except (BaseError, NotImplementedError) as error:
                if isinstance(error, NotImplementedError) or is_not_offered(str(error)):
                    raise NotOffered from None
                raise

    async def delete(self, path: str) -> None:
        """Delete a file; it may be gone already."""
        with self._told():
            try:
                await obstore.delete_async(self._patient, path)
            except FileNotFoundError as error:
                if is_no_bucket(str(error)):
                    raise

    async def delete_all(self, paths: Sequence[str]) -> bool:
        """Delete files in one request, where the store can; tell whether all are gone now."""
        if not isinstance(self._hasty, S3Store):
            return False
        try:
            await obstore.delete_async(self._hasty, paths)
        except BaseError:  # not every store that speaks like S3 can; whoever asks deletes one by one then
            return False
        return True

    async def list(self) -> list[Stored]:
        """List all files."""
        with self._told():
            found = await obstore.list(self._patient, chunk_size=_PAGE).collect_async()
            return [Stored(one["path"], one["size"], (one["e_tag"] or "").strip('"')) for one in found]

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (BaseError, OSError, ValueError, NotImplementedError) as error:
            raise HostError(sentence(self._name, str(error))) from None


def _only_if(old: Version | None) -> "PutMode":
    if old is None:
        return "create"
    known: UpdateVersion = {}
    if old.tag is not None:
        known["e_tag"] = old.tag
    if old.generation is not None:
        known["version"] = old.generation
    return known


def _store(
    target: Bucket, options: dict[str, Any], client: "ClientConfig", retry: "RetryConfig"
) -> ObjectStore:
    scheme, _, bucket = target.url.rstrip("/").partition("://")
    kinds: dict[str, Callable[..., ObjectStore]] = {"s3": S3Store, "gs": GCSStore, "az": AzureStore}
    return kinds[scheme](
        bucket,
        prefix=target.prefix.strip("/") or None,
        client_options=client,
        retry_config=retry,
        **options,
    )


def _options(target: Bucket) -> dict[str, Any]:
    """Give what the store is told beside what obstore finds in the environment itself."""
    if target.url.startswith("gs:"):
        return {"base_url": target.endpoint} if target.endpoint else {}
    if target.url.startswith("az:"):
        return {"endpoint": target.endpoint} if target.endpoint else {}
    options: dict[str, Any] = dict(read_profile())
    if "profile" in options:
        options["credential_provider"] = _asked(options.pop("profile"))
    if target.region:
        options["region"] = target.region
    if target.endpoint:
        options["endpoint"] = target.endpoint
    if "endpoint" in options:  # under the name that counts before all others
        options["aws_endpoint_url_s3"] = options.pop("endpoint")
    return options


def _asked(profile: str) -> Callable[[], Any]:
    """Have boto3 ask for credentials that a profile gets from elsewhere."""
    try:
        from botocore.exceptions import BotoCoreError  # noqa: PLC0415 - who needs it has it
        from obstore.auth.boto3 import Boto3CredentialProvider  # noqa: PLC0415 - the same
    except ImportError:
        raise HostError(
            f"the profile {profile!r} gets its credentials from elsewhere, which takes boto3: `pip install boto3`,"
            ' or `eval "$(aws configure export-credentials --format env)"`'
        ) from None
    try:
        return Boto3CredentialProvider()
    except (BotoCoreError, ValueError) as error:
        raise HostError(redact(f"the profile {profile!r} gives no credentials: {error}")) from None


def _address(url: str, options: Mapping[str, Any]) -> str:
    """Give the address of a store that is not at its maker's."""
    given = (options.get(key) for key in ("aws_endpoint_url_s3", "base_url", "endpoint"))
    return next(filter(None, given), endpoint() if url.startswith("s3:") else "")


def _client(url: str, address: str, name: str, tell: Callable[[str], None]) -> "ClientConfig":
    """Give the options of the connection, which is encrypted unless the configuration says otherwise."""
    if not address.startswith("http://"):
        return _CLIENT
    if not is_loopback(urlsplit(address).hostname or ""):
        if not url.startswith("s3:"):
            raise HostError(f"{name}: {address} would get credentials in the clear; use https://")
        tell(f"{name}: {address} is not encrypted; whoever is on the way can read what is sent")
    return {**_CLIENT, "allow_http": True}
