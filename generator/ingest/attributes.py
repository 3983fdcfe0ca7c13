"""How much markup HTML may have: a parser keeps many times the bytes of a tag, and compares attributes."""

import re

MOST_ATTRIBUTES = 1_000
"""Attributes of an element from which on it is read without them."""

MOST_TAGS = 400_000
"""Tags of a page; and of a text in a feed or a record, beyond which it is read without them."""

_SHORTEST = 2  # characters that an attribute takes at least
_SPACE = r"[ \t\n\f\r]"
_VALUE = r"\"[^\"]*+\"|'[^']*+'|[^ \t\n\f\r>\"'][^ \t\n\f\r>]*+"
_ATTRIBUTE = rf"=?+[^ \t\n\f\r/>=]++(?:{_SPACE}*+={_SPACE}*+(?:{_VALUE})?+)?+"
# A start tag as the HTML standard has it; it always matches to its end, so that no character is looked at twice.
_TAG = re.compile(
    rf"(?P<opening><[a-zA-Z][^ \t\n\f\r/>]*+)(?P<attributes>(?:[ \t\n\f\r/]++|{_ATTRIBUTE}|=)*+)"
)
_EACH = re.compile(_ATTRIBUTE)


def thinned(html: str) -> str:
    """Take all attributes from elements that have too many; the text stays as it is."""
    return _TAG.sub(_thin, html) if len(html) > _SHORTEST * MOST_ATTRIBUTES else html


def _thin(found: re.Match[str]) -> str:
    if found.end() - found.start() <= _SHORTEST * MOST_ATTRIBUTES:
        return found[0]
    many = sum(1 for _ in _EACH.finditer(found["attributes"])) > MOST_ATTRIBUTES
    return found["opening"] if many else found[0]
