"""Who wrote a story, as a field of a feed or a record words it, to names."""

import re
from collections.abc import Iterable, Iterator

from generator.ingest.rulebook.bylines import without_addresses
from generator.ingest.rulebook.rules import load_rules

_NAME_FIRST = re.compile(r"[^\W\d_][\w'’-]{0,30}, [^\W\d_][\w'’.-]{0,30}(?: [^\W\d_]\.)?")
_PARTS = re.compile(r"[|/]")
_LONGEST = 80  # characters of a name
_MOST = 8  # words of a name


def read_authors(values: Iterable[str]) -> tuple[str, ...]:
    """Give the names in a byline or in several, each once, in order.

    `By Jane Doe and Joe Bloggs`, `Doe, Jane`, `desk@ellery.example (Jane Doe)`, `Jane Doe; Joe Bloggs | Joan Roe`
    are understood; addresses, offices and places (`Staff Writer`, `in Skarrow`) and what is too long for a name
    are left out.
    """
    return tuple(dict.fromkeys(name for value in values for name in _names(without_addresses(value))))


def _names(byline: str) -> Iterator[str]:
    words = load_rules().byline
    opened = words.field_opening.match(byline)
    byline = byline[opened.end() :] if opened else byline
    if _NAME_FIRST.fullmatch(byline) and not words.joint.search(byline.replace(",", " ")):
        family, _, given = byline.partition(", ")
        yield f"{given} {family}"
        return
    for piece in (piece for part in _PARTS.split(byline) for piece in words.joint.split(part)):
        ends = " ,;" if piece.rstrip().endswith(("Jr.", "Sr.")) else " ,.;:|/·•–—-"
        name = words.field_lead.split(piece.strip(ends))[0]
        if name and _is_name(name) and not name.casefold().endswith(words.ends):
            yield name


def _is_name(text: str) -> bool:
    return (
        len(text) <= _LONGEST
        and len(text.split()) <= _MOST
        and not text[:1].islower()
        and any(map(str.isalpha, text))
    )
