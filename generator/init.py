"""A new site, and the files with which services build it: copies of what is in `starter/`; none is overwritten.

`starter/site` is what every site begins with, `starter/services` what all services need; any other folder there is
called like the service it is for. Names that begin with `dot-` begin with a point in a site: here they would mean
something to this repository's own tools.
"""

import re
import shlex
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from generator import config, files, writing
from generator.model import DatelineError
from generator.origin import FROM_INDEX, Origin
from generator.spelling import nearest

SERVICES = {
    "github": ".github/workflows/dateline.yml",
    "gitlab": ".gitlab-ci.yml",
    "netlify": "netlify.toml",
}
"""Whose files there are, and the one that says what is to be done before the first run."""

USUAL = "github"
"""Whose files a new site has if none is named."""

NO_SERVICE = "none"

STARTER = Path(__file__).parent / "starter"

REQUIREMENTS = "requirements.txt"
"""Names the version of Dateline, for every service."""

WHEELS = "wheels"
"""Holds the wheel of a Dateline that is in no package index."""

_NO_INDEX = """\
# This Dateline came from no package index, so its wheel comes along in this repository. Once, before the first run:
# pip wheel --no-deps --wheel-dir wheels SOURCES (the folder of Dateline's sources); then commit the folder wheels.
"""


class Made(NamedTuple):
    """What became of the files of a site, relative to its folder.

    Attributes:
        written: those that are new.
        kept: those that were there already, and stay as they are.
        guides: the files of services that say what is to be done first.
        advice: what is in the way of these services, in sentences.
    """

    written: tuple[str, ...]
    kept: tuple[str, ...]
    guides: tuple[str, ...]
    advice: tuple[str, ...]


def init(folder: Path, now: datetime, services: Sequence[str] = (), origin: Origin = FROM_INDEX) -> Made:
    """Make a new site that builds at once, or give a site what services need to build it.

    Args:
        folder: where; it is made if need be.
        now: the date of the first articles, zone-aware.
        services: whose files it gets, of `SERVICES`, or `NO_SERVICE`; if none is named, a new site gets `USUAL`.
        origin: where services get Dateline.

    Raises:
        DatelineError: the folder holds a site already and no service is named, or there is no such service.
    """
    is_site = (folder / config.NAME).exists()
    chosen = _chosen(services or (() if is_site else (USUAL,)))
    if is_site and not chosen:
        raise DatelineError(
            f"{folder / config.NAME} is there already; this folder is a site."
            f" `--ci` with {', '.join(SERVICES)} adds what that service needs"
        )
    parts = ([] if is_site else ["site"]) + (["services", *chosen] if chosen else [])
    wanted = {path: text for part in parts for path, text in _starter(part, now, origin)}
    written = [path for path, text in wanted.items() if writing.write_new(folder / path, text.encode())]
    kept = tuple(path for path in wanted if path not in written)
    guides = tuple(SERVICES[name] for name in chosen)
    return Made(tuple(written), kept, guides, tuple(_advice(folder, origin)) if chosen else ())


def _advice(folder: Path, origin: Origin) -> Iterator[str]:
    """Tell what keeps services from building the site: what they cannot install, a repository around it."""
    listed = (files.read(folder / REQUIREMENTS) or b"").decode(errors="replace")
    lines = re.findall(r"^[^#\n]*\bdateline\b[^#\n]*", listed, re.MULTILINE)
    if not lines:
        yield f"{folder / REQUIREMENTS} lacks Dateline, which services install from it: {origin.requirement}"
    needed = not lines or any(origin.requirement in line for line in lines)
    if origin.source and needed and not (folder / origin.requirement).exists():
        command = ("pip", "wheel", "--no-deps", "--wheel-dir", str(folder / WHEELS), origin.source)
        yield (
            "this Dateline came from no package index, so services install its wheel from your repository."
            f" Before the first run, make it, and commit it:\n  {shlex.join(command)}"
        )
    place = folder.resolve()
    above = next((one for one in place.parents if (one / ".git").exists()), None)
    if above and not (place / ".git").exists():
        yield f"{folder} is inside the repository {above}; services look for their files at its top"


def _chosen(services: Sequence[str]) -> tuple[str, ...]:
    """Check the names of services; `NO_SERVICE` alone is none of them."""
    for name in services:
        if name not in (*SERVICES, NO_SERVICE):
            hint = (
                nearest(name, (*SERVICES, NO_SERVICE)) or f"there are {', '.join(SERVICES)}, and {NO_SERVICE}"
            )
            raise DatelineError(f"--ci: nothing is known of {name!r}; {hint}")
    if NO_SERVICE in services and len(set(services)) > 1:
        raise DatelineError(f"--ci: {NO_SERVICE} goes with no other")
    return tuple(dict.fromkeys(name for name in services if name != NO_SERVICE))


def _starter(part: str, now: datetime, origin: Origin) -> Iterator[tuple[str, str]]:
    """Give the files of a folder of `starter/`: where each goes, and its text."""
    moment = now.replace(microsecond=0)
    known = {
        "DAY": moment.date().isoformat(),
        "STAMP": f"{moment:%Y-%m-%d-%H%M}",  # in a seed's name a day alone would mean its noon
        "MOMENT": moment.isoformat(),
        "NOTE": _NO_INDEX if origin.source else "",
        "REQUIREMENT": origin.requirement,
    }
    folder = STARTER / part
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        path = file.relative_to(folder).as_posix()
        path = re.sub(
            r"(?<![^/])dot-", ".", re.sub(r"\b(?:DAY|STAMP)\b", lambda found: known[found[0]], path)
        )
        text = file.read_text(encoding="utf-8")
        yield path, re.sub("%([A-Z]+)%", lambda found: known[found[1]], text)
