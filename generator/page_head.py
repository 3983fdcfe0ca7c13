"""What templates call to fill a page's head for programs: search engines, and whoever shows a link to the page."""

import base64
import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from generator import linked_data

_REGION = re.compile(r"-([A-Za-z]{2})(?=-|\Z)")


def plain(text: str) -> str:
    """Give the text that HTML made by a template stands for; other text is plain already."""
    return text.unescape() if isinstance(text, Markup) else text


def json_ld(
    view: Any,  # noqa: ANN401 - any page's view
    title: str,
    description: str = "",
    trail: Iterable[tuple[str, str]] = (),
) -> Markup:
    """Describe a page as JSON-LD: see `linked_data`. Texts that a template put together may be HTML."""
    steps = [(plain(name), path) for name, path in trail]
    return Markup(linked_data.linked_data(view, plain(title), plain(description), steps))  # noqa: S704 - escaped there


@lru_cache(maxsize=256)
def locale(tag: str) -> str:
    """Write a language tag as OpenGraph wants a locale: `en_GB` for `en-GB`, "" for a tag without a region.

    Args:
        tag: a language tag (BCP 47), such as `zh-Hant-TW`.
    """
    language, _, rest = tag.partition("-")
    region = _REGION.search(f"-{rest}")
    return f"{language.lower()}_{region[1].upper()}" if region else ""


@lru_cache(maxsize=8)
def hash_source(text: str) -> Markup:
    """Name a style or a script in a page by its hash, for its policy (Content Security Policy Level 3, 2.3.1)."""
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return Markup(f"'sha256-{digest}'")  # noqa: S704 - none of its signs means anything in HTML


FILTERS: Mapping[str, Callable[..., Any]] = {
    "hash_source": hash_source,
    "json_ld": json_ld,
    "locale": locale,
    "reading_minutes": linked_data.reading_minutes,
}
