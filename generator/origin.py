"""Where this Dateline was installed from, and how others who build the site get the same one.

Installers note in `direct_url.json` what did not come from a package index (PEP 610). A name and a version that no
index has would be anybody's to take there.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

from generator import __version__, records


class Origin(NamedTuple):
    """What others install, and what has to be done before they can.

    Attributes:
        requirement: a line of a requirements file, without a machine's paths and without credentials.
        source: where the requirement is a wheel in the site's repository: what pip makes that wheel from, a path on
            this machine or an address; "" if nothing has to be done.
    """

    requirement: str
    source: str = ""


FROM_INDEX = Origin(f"dateline=={__version__}")


class _Vcs(records.Value, frozen=True):
    vcs: str
    commit_id: str


class _Archive(records.Value, frozen=True):
    hashes: Mapping[str, str] = {}


class _DirectUrl(records.Value, frozen=True):
    url: str
    subdirectory: str = ""
    vcs_info: _Vcs | None = None
    archive_info: _Archive | None = None


def read() -> Origin:
    """Look where this Dateline came from; one that was never installed is run from its sources."""
    from importlib import metadata  # noqa: PLC0415 - takes longer to load than all of the above

    try:
        found = metadata.distribution("dateline").read_text("direct_url.json")
    except metadata.PackageNotFoundError:
        return _wheel(str(Path(__file__).parents[1]))
    return parse_origin(found) if found else FROM_INDEX


def parse_origin(text: str) -> Origin:
    """Read a `direct_url.json`.

    What others can fetch is required from there: a commit, or an archive with its hash. Of what only this machine
    has, and of an address with a query, which may be a secret, a wheel in the site's repository is required.

    Raises:
        Mismatch: the text is no JSON of that form.
    """
    said = records.decode(text, _DirectUrl)
    place = urlsplit(said.url)
    if place.scheme == "file" and not said.vcs_info:
        return _wheel(unquote(place.path))
    address = _without_credentials(place)
    parts = [f"subdirectory={said.subdirectory}"] if said.subdirectory else []
    if said.vcs_info:
        address = f"{said.vcs_info.vcs}+{address}@{said.vcs_info.commit_id}"
    if said.archive_info and "sha256" in said.archive_info.hashes:
        parts.append(f"sha256={said.archive_info.hashes['sha256']}")
    whole = "#".join(filter(None, (address, "&".join(parts))))
    return _wheel(whole) if place.scheme == "file" or place.query else Origin(f"dateline @ {whole}")


def _wheel(source: str) -> Origin:
    return Origin(f"./wheels/dateline-{__version__}-py3-none-any.whl", source)


def _without_credentials(place: SplitResult) -> str:
    """Write an address without user and password; `git` alone is no secret, and what hosts want over ssh."""
    user, _, host = place.netloc.rpartition("@")
    return place._replace(netloc=f"git@{host}" if user == "git" else host).geturl()
