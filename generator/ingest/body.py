"""The body of a story, cleaned: what stays, block by block, what was dropped, and what its opening says."""

from collections.abc import Sequence
from dataclasses import dataclass

from generator.ingest import clean
from generator.ingest.datelines import read_dateline
from generator.ingest.lines import part_of
from generator.ingest.rules import Rules
from generator.model import Block, Dropped


@dataclass(frozen=True, slots=True)
class Body:
    """A cleaned body.

    Attributes:
        texts: its paragraphs, repaired.
        kinds: what each is, as `model.Block` says.
        dropped: the stretches that are in none of them, each with its rule.
        dateline: the place it was reported from.
        authors: who is named at its opening: an agency.
    """

    texts: tuple[str, ...]
    kinds: tuple[str, ...]
    dropped: tuple[Dropped, ...]
    dateline: str = ""
    authors: tuple[str, ...] = ()


def clean_body(blocks: Sequence[Block], rules: Rules) -> Body:
    """Clean the blocks of a story's body, as its reader found them, by the rules."""
    opened, dropped, dateline, agency = _open(blocks, rules)
    texts: list[str] = []
    kinds: list[str] = []
    for block in opened:
        kept, taken = clean.cut(block, rules)
        dropped += taken
        text = clean.repair(" ".join(part.text for part in kept))
        if text:
            texts.append(text)
            kinds.append(block.kind)
    return Body(tuple(texts), tuple(kinds), tuple(dropped), dateline, (agency,) if agency else ())


def _open(blocks: Sequence[Block], rules: Rules) -> tuple[list[Block], list[Dropped], str, str]:
    """Take the dateline off the first block: the blocks without it, what was dropped, the place and the agency."""
    found = read_dateline(blocks[0].text) if blocks and rules.drops("dateline") else None
    rest = part_of(blocks[0], found.end, len(blocks[0].text)) if found else None
    opening = part_of(blocks[0], 0, found.end) if found else None
    if not (found and rest and opening):
        return list(blocks), [], "", ""
    return (
        [rest, *blocks[1:]],
        [Dropped(opening, "dateline")],
        clean.repair(found.place),
        clean.repair(found.agency),
    )
