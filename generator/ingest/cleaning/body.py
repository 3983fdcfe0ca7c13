"""The body of a story, cleaned: what stays, block by block, what was dropped, and what its opening says."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby

from generator.ingest.cleaning.clean import repair
from generator.ingest.cleaning.junk import sift
from generator.ingest.cleaning.promotions import cut
from generator.ingest.cleaning.voice import drop_voice
from generator.ingest.cleaning.weighing import drop_weighed
from generator.ingest.dating.datelines import read_dateline
from generator.ingest.rulebook.rules import Rules
from generator.ingest.splitting.bylines import authors_of, byline_before
from generator.ingest.splitting.lines import ends_sentence, part_of
from generator.model import Block, Dropped

_CAPTION = 400  # characters of a picture's caption
_CREDIT, _REPORTING = "photo-credit", "reporting"
_REPORTERS = re.compile(
    r"\(?(?:additional )?(?:reporting|writing|written|reported) by (?P<names>[^;)]{3,200})", re.IGNORECASE
)
_BROKEN_BEFORE = re.compile(r"(?:[,;)]|['’]s\b)")
_END = 64  # characters of a paragraph that show whether it goes on
_LONGEST_LINK = 6  # words of a link that stands on a line of its own
_LEADS = re.compile(
    r"\b(?:the|a|an|of|in|by|at|on|to|for|from|with|and|or|that|which|whose|its|their|his|her)\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Body:
    """A cleaned body.

    Attributes:
        texts: its paragraphs, repaired.
        kinds: what each is, as `model.Block` says.
        dropped: the stretches that are in none of them, each with its rule.
        dateline: the place it was reported from.
        authors: who is named at its opening or its end: people, or else an agency.
    """

    texts: tuple[str, ...]
    kinds: tuple[str, ...]
    dropped: tuple[Dropped, ...]
    dateline: str = ""
    authors: tuple[str, ...] = ()


@dataclass(slots=True)
class _Said:
    """What is said about the story beside its text, and what it was cut of."""

    dropped: list[Dropped] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    agency: str = ""
    dateline: str = ""


def clean_body(blocks: Sequence[Block], rules: Rules, title: str = "", source: str = "") -> Body:
    """Clean the blocks of a story's body, as its reader found them, by the rules.

    `title` and `source` are the story's, "" where they are not known.
    """
    sifted, dropped = sift(blocks, rules, title)
    said = _Said(list(dropped))
    cuts = [(block, part) for block in sifted for part in _pieces(block, rules, said, alone=len(sifted) == 1)]
    if not cuts:  # a body of nothing but junk is for a person to judge
        cuts, said = [(block, block) for block in blocks], _Said()
    for drop in (drop_voice, partial(drop_weighed, gone=tuple(said.dropped))):
        kept, spoken = drop([part for _, part in cuts], rules, title, source)
        said.dropped += spoken
        cuts = [(block, part) for (block, _), parts in zip(cuts, kept, strict=True) for part in parts]
    pieces = _grouped(cuts)
    if pieces:
        pieces[0] = (pieces[0][0], _opened(pieces[0][1], rules, said))
    texts, kinds = _joined(pieces)
    authors = tuple(dict.fromkeys(said.authors)) or ((said.agency,) if said.agency else ())
    return Body(texts, kinds, tuple(said.dropped), said.dateline, authors)


def _joined(pieces: Sequence[tuple[Block, list[Block]]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The paragraphs, repaired, and their kinds; a sentence that links broke is one."""
    found: list[tuple[list[str], str]] = []
    end = ""  # of the paragraph so far: a text that grows by a word would be copied and searched for each
    for place, (block, parts) in enumerate(pieces):
        text = " ".join(part.text for part in parts)
        if found and _runs_on(pieces[place - 1][0], block, end, text):
            found[-1][0].append(text)
            end = f"{end} {text}"[-_END:]
        else:
            found.append(([text], block.kind))
            end = text[-_END:]
    whole = [(better, kind) for texts, kind in found if (better := repair(" ".join(texts)))]
    return tuple(text for text, _ in whole), tuple(kind for _, kind in whole)


def _grouped(parts: Sequence[tuple[Block, Block]]) -> list[tuple[Block, list[Block]]]:
    """The parts of each block together."""
    groups = groupby(parts, key=lambda pair: id(pair[0]))
    found = [list(group) for _, group in groups]
    return [(group[0][0], [part for _, part in group]) for group in found]


def _pieces(block: Block, rules: Rules, said: _Said, *, alone: bool) -> list[Block]:
    """What is left of a block without its promotions; a caption goes with its credit."""
    kept, taken = cut(block, rules)
    said.dropped += taken
    left = [part for part in kept if part.text.strip()]
    for part in taken:
        found = _REPORTERS.search(part.block.text) if part.rule == _REPORTING else None
        said.authors += authors_of(found["names"], rules) if found else ()
    captioned = taken and taken[-1].rule == _CREDIT and not alone and rules.drops("caption")
    if (
        captioned
        and len(left) == 1
        and taken[-1].block.start > left[0].start
        and len(left[0].text) <= _CAPTION
    ):
        said.dropped.append(Dropped(left[0], "caption"))
        return []
    return left


def _opened(parts: Sequence[Block], rules: Rules, said: _Said) -> list[Block]:
    """Take a byline, a dateline, or one behind the other, off the first block."""
    first, rest = parts[0], list(parts[1:])
    end = byline_before(first.text, rules) if rules.drops("byline") else 0
    after = part_of(first, end, len(first.text)) if end else None
    byline = part_of(first, 0, end) if after else None
    if after and byline:
        said.dropped.append(Dropped(byline, "byline"))
        said.authors += authors_of(byline.text, rules)
        first = after
    found = read_dateline(first.text) if rules.drops("dateline") else None
    after = part_of(first, found.end, len(first.text)) if found else None
    opening = part_of(first, 0, found.end) if found else None
    if found and after and opening:
        said.dropped.append(Dropped(opening, "dateline"))
        said.dateline, said.agency = repair(found.place), repair(found.agency)
        said.authors += authors_of(found.author, rules) if found.author else ()
        first = after
    return [first, *rest]


def _runs_on(before: Block, block: Block, text: str, more: str) -> bool:
    """Whether a sentence was broken over two blocks by the words that are links in it; `text` is its end so far."""
    if before.kind or block.kind or ends_sentence(text):
        return False
    first = block.text.partition("\n")
    whole = ends_sentence(more) or text.rstrip().endswith(",") or _LEADS.search(more[-_END:]) is not None
    link = bool(first[1]) and len(first[0].split()) <= _LONGEST_LINK and whole
    if link and not text.rstrip().endswith(":"):
        return True
    return _LEADS.search(text) is not None or _BROKEN_BEFORE.match(more) is not None
