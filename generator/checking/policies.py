"""What a page's own policy, told in a `meta`, keeps browsers from running (Content Security Policy Level 3).

The theme's policy lets files of the site run and nothing else. Who writes a script into a template, or lets it load
one from elsewhere, has to say so in the policy too, and sees nothing on the page until then.
"""

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias
from urllib.parse import SplitResult, urlsplit

Policy: TypeAlias = Mapping[str, tuple[str, ...]]
"""Directives with their sources."""

_INSTEAD = {
    "script-src-elem": "script-src",
    "style-src-elem": "style-src",
    "style-src-attr": "style-src",
    "frame-src": "child-src",
}
"""The directives that hold where a policy has none of this name; `default-src` holds for all others."""

_HASHES = {"sha256": hashlib.sha256, "sha384": hashlib.sha384, "sha512": hashlib.sha512}
_HOST = re.compile(
    r"(?:(?P<scheme>[a-z][a-z0-9+.-]*)://)?(?P<host>\*|(?:\*\.)?[a-z0-9.-]+)(?::[0-9*]+)?(?P<path>/.*)?",
    re.IGNORECASE,
)


def policies(root: Any) -> tuple[Policy, ...]:  # noqa: ANN401 - lxml ships no types
    """Give the policies of a page; all of them hold."""
    metas = root.xpath("/html/head/meta[@http-equiv][@content]")
    return tuple(
        parse_policy(meta.get("content"))
        for meta in metas
        if meta.get("http-equiv").strip().lower() == "content-security-policy"
    )


def parse_policy(text: str) -> Policy:
    """Read a policy; of two directives of one name the first holds."""
    found: dict[str, tuple[str, ...]] = {}
    for directive in text.split(";"):
        name, *sources = directive.split() or [""]
        found.setdefault(name.lower(), tuple(sources))
    return found


def lets_run(held: Sequence[Policy], directive: str, text: str, nonce: str = "") -> bool:
    """Tell whether a script or a style may stand in the page.

    Args:
        held: the page's policies.
        directive: `script-src-elem` or the like.
        text: what stands there.
        nonce: its number that is used once, "" for none.
    """
    return all(_lets_stand(_sources(policy, directive), text, nonce) for policy in held)


def lets_load(held: Sequence[Policy], directive: str, address: str) -> bool:
    """Tell whether something may be loaded from another site.

    Args:
        held: the page's policies.
        directive: `script-src-elem` or the like.
        address: an absolute address.
    """
    parts = urlsplit(address)
    return all(_lets_come(_sources(policy, directive), parts) for policy in held)


def _sources(policy: Policy, directive: str) -> tuple[str, ...] | None:
    """Give the sources that hold for a directive; `None` where anything goes."""
    for name in (directive, _INSTEAD.get(directive, ""), "default-src"):
        if name in policy:
            return policy[name]
    return None


def _lets_stand(sources: tuple[str, ...] | None, text: str, nonce: str) -> bool:
    if sources is None or "'strict-dynamic'" in sources:
        return True
    named = [source.strip("'").partition("-") for source in sources if source.startswith("'")]
    numbers = {value for kind, _, value in named if kind == "nonce"}
    digests = {(kind, value) for kind, _, value in named if kind in _HASHES}
    if not numbers and not digests:
        return "'unsafe-inline'" in sources
    return bool(nonce and nonce in numbers) or any(_digest(kind, text) == value for kind, value in digests)


def _digest(kind: str, text: str) -> str:
    return base64.b64encode(_HASHES[kind](text.encode()).digest()).decode()


def _lets_come(sources: tuple[str, ...] | None, parts: SplitResult) -> bool:
    return sources is None or "'strict-dynamic'" in sources or any(_names(one, parts) for one in sources)


def _names(source: str, parts: SplitResult) -> bool:
    if source.endswith(":"):
        return source[:-1].lower() in {parts.scheme, parts.scheme.removesuffix("s")}
    named = _HOST.fullmatch(source)
    if not named or (named["scheme"] or parts.scheme).lower() not in {
        parts.scheme,
        parts.scheme.removesuffix("s"),
    }:
        return False
    host, path = named["host"].lower(), named["path"] or ""
    known = (parts.hostname or "").endswith(host[1:]) if host.startswith("*") else parts.hostname == host
    return known and (parts.path.startswith(path) if path.endswith("/") else path in {"", parts.path})
