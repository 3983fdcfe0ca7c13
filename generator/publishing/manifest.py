r"""What stands at a host, as a file kept there, in the format of `sha256sum` (GNU coreutils, "sha2 utilities").

So a person can check a published folder with `sha256sum -c .dateline-manifest`. A line begins with `\` where its
path holds a backslash or a line's end, which are written `\\`, `\n` and `\r` then. The first line is a comment: it
tells the version, the form in which files are stored, and the address of the site.
"""

import re
from collections.abc import Iterator, Mapping

from generator.records import Value

VERSION = "1"
UNKNOWN = "0" * 64
"""Stands for a digest that nobody knows: a publisher was stopped, or the file is somebody else's."""

HIDDEN = frozenset({".nojekyll", ".domains"})
"""The hidden files that a publish puts anywhere: see `git`."""

_HEAD = re.compile(r"# dateline manifest (?P<version>\S+)(?: form=(?P<form>\S*))?(?: site=(?P<site>.*))?")
_LINE = re.compile(r"(?P<escaped>\\?)(?P<digest>[0-9a-f]{64})  (?P<path>.+)")
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r"}
_UNESCAPES = {escape: character for character, escape in _ESCAPES.items()}
_ESCAPE = re.compile(r"\\[\\nr]")
_PLAIN = re.compile(r"(?!\.)[^/\0]+(?:/(?!\.)[^/\0]+)*")
"""The path of a file that a publish may have put there: it leads nowhere else, and no part of it is hidden."""


class Manifest(Value, frozen=True):
    """What a host holds: the SHA-256 of every file by its path, as it was before it took on the host's form.

    `site` is the address of the site (`base_url`) that was published there, "" where nobody wrote it down.
    """

    digests: Mapping[str, str]
    form: str = ""
    site: str = ""


def render_manifest(manifest: Manifest) -> bytes:
    """Write a manifest down; equal ones give equal bytes."""
    lines = [f"# dateline manifest {VERSION} form={manifest.form} site={manifest.site}"]
    lines += [_line(path, digest) for path, digest in sorted(manifest.digests.items())]
    return "".join(f"{line}\n" for line in lines).encode()


def _line(path: str, digest: str) -> str:
    if _ESCAPES.keys().isdisjoint(path):
        return f"{digest}  {path}"
    return f"\\{digest}  {''.join(_ESCAPES.get(character, character) for character in path)}"


def parse_manifest(data: bytes | None) -> Manifest | None:
    """Read a manifest.

    Returns: `None` where there is none, or where it is not whole or names what no publish can have put there: the
        host's own listing has to do then.
    """
    if not data or not data.endswith(b"\n"):
        return None
    head, *lines = data.decode("utf-8", "replace").split("\n")[:-1]
    found = _HEAD.fullmatch(head)
    if not found or found["version"] != VERSION:
        return None
    digests = dict(_parsed(lines))
    return Manifest(digests, found["form"] or "", found["site"] or "") if len(digests) == len(lines) else None


def _parsed(lines: list[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        found = _LINE.fullmatch(line)
        if found:
            path = found["path"]
            if found["escaped"]:
                path = _ESCAPE.sub(lambda match: _UNESCAPES[match[0]], path)
            if path in HIDDEN or _PLAIN.fullmatch(path):
                yield path, found["digest"]
