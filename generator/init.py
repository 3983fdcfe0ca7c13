"""A new site, and the files with which hosts build it: copies of what lies in `starter/`. Nothing is overwritten.

A folder there is `site`, what every site begins with; `hosts`, what all hosts need; or a host's name. Names in them
that begin with `dot-` begin with a point in a site, where no tool of this repository's own takes them for its own.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from generator import __version__, config, files
from generator.model import DatelineError
from generator.spelling import nearest

HOSTS = {
    "github": ".github/workflows/dateline.yml",
    "gitlab": ".gitlab-ci.yml",
    "netlify": "netlify.toml",
}
"""Whose files there are, and the one that says what is to be done before the first run."""

USUAL = "github"
"""Whose files a new site has if none is named."""

NO_HOST = "none"

STARTER = Path(__file__).parent / "starter"

REQUIREMENTS = "requirements.txt"
"""Names the version of Dateline for every host."""


class Made(NamedTuple):
    """What became of the files of a site, relative to its folder.

    Attributes:
        written: those that are new.
        kept: those that were there already, and stay as they are.
        guides: the files of hosts that say what is to be done first.
        advice: what is in the way of these hosts, in sentences.
    """

    written: tuple[str, ...]
    kept: tuple[str, ...]
    guides: tuple[str, ...]
    advice: tuple[str, ...]


def init(folder: Path, now: datetime, hosts: Sequence[str] = ()) -> Made:
    """Make a new site that builds at once, or give a site what hosts need to build it.

    Args:
        folder: where; it is made if need be.
        now: the date of the first articles, zone-aware.
        hosts: whose files it gets, of `HOSTS`, or `NO_HOST`. Where there are none: GitHub's, for a new site.

    Raises:
        DatelineError: the folder holds a site already and no host is named, or there is no such host.
    """
    is_site = (folder / config.NAME).exists()
    chosen = _chosen(hosts or (() if is_site else (USUAL,)))
    if is_site and not chosen:
        raise DatelineError(
            f"{folder / config.NAME} is there already; this folder is a site."
            f" `--ci` with {', '.join(HOSTS)} adds what that host needs"
        )
    parts = ([] if is_site else ["site"]) + (["hosts", *chosen] if chosen else [])
    wanted = {path: text for part in parts for path, text in _starter(part, now)}
    written = [path for path, text in wanted.items() if files.write_new(folder / path, text.encode())]
    kept = tuple(path for path in wanted if path not in written)
    return Made(tuple(written), kept, tuple(HOSTS[name] for name in chosen), tuple(_advice(folder, chosen)))


def _advice(folder: Path, hosts: Sequence[str]) -> Iterator[str]:
    """Tell what keeps hosts from building the site: requirements without Dateline, a repository around it."""
    if not hosts:
        return
    listed = (files.read(folder / REQUIREMENTS) or b"").decode(errors="replace")
    if not re.search(r"^[^#\n]*\bdateline\b", listed, re.MULTILINE):
        yield f"{folder / REQUIREMENTS} lacks Dateline, which hosts install from it: dateline=={__version__}"
    place = folder.resolve()
    above = next((one for one in place.parents if (one / ".git").exists()), None)
    if above and not (place / ".git").exists():
        yield f"{folder} is inside the repository {above}; hosts look for their files at the top of one"


def _chosen(hosts: Sequence[str]) -> tuple[str, ...]:
    """Check the names of hosts; `NO_HOST` alone is none of them."""
    for name in hosts:
        if name not in (*HOSTS, NO_HOST):
            hint = nearest(name, (*HOSTS, NO_HOST)) or f"there are {', '.join(HOSTS)}, and {NO_HOST}"
            raise DatelineError(f"--ci: nothing is known of {name!r}; {hint}")
    if NO_HOST in hosts and len(set(hosts)) > 1:
        raise DatelineError(f"--ci: {NO_HOST} goes with no other")
    return tuple(dict.fromkeys(name for name in hosts if name != NO_HOST))


def _starter(part: str, now: datetime) -> Iterator[tuple[str, str]]:
    """Give the files of a folder of `starter/`: where each goes, and its text."""
    moment = now.replace(microsecond=0)
    known = {
        "DAY": moment.date().isoformat(),
        "STAMP": f"{moment:%Y-%m-%d-%H%M}",  # in a seed's name a day alone would mean its noon
        "MOMENT": moment.isoformat(),
        "VERSION": __version__,
    }
    folder = STARTER / part
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        path = file.relative_to(folder).as_posix()
        path = re.sub(
            r"(?<![^/])dot-", ".", re.sub(r"\b(?:DAY|STAMP)\b", lambda found: known[found[0]], path)
        )
        text = file.read_text(encoding="utf-8")
        yield path, re.sub("%([A-Z]+)%", lambda found: known[found[1]], text)
