"""Stylesheets to the files they use (CSS Syntax 3: `url(…)` and `@import`)."""

import re
from collections.abc import Iterator

_ADDRESS = re.compile(
    r"""/\*(?:[^*]++|\*(?!/))*+(?:\*/)?
    | \burl\(\s*+(?:"([^"\n]*)" | '([^'\n]*)' | ([^"'()\s]*))\s*\)
    | @import\s+(?:"([^"\n]*)" | '([^'\n]*)')""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)


def addresses_of(css: str) -> Iterator[tuple[str, int]]:
    """Give the addresses in a stylesheet, each with its offset; comments hold none."""
    for match in _ADDRESS.finditer(css):
        if match.lastindex:
            yield match[match.lastindex], match.start()
