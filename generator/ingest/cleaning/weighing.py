"""Sentences that are the page's by the weight of their words, in whatever wording (see `scales.py`).

What is the page's by far goes; what may be the page's goes where it stands beside that, or beside what a rule took.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice, pairwise

from generator.ingest.cleaning.quotation import encloses
from generator.ingest.cleaning.scales import BESIDE, ENOUGH, is_to_reader, weigh
from generator.ingest.cleaning.speaking import Scale, may_speak, own_of
from generator.ingest.cleaning.voice import RULE
from generator.ingest.rulebook.rules import Rules
from generator.ingest.rulebook.weights import Said, said_in, words_of
from generator.ingest.splitting.lines import part_of
from generator.model import Block, Dropped

_KNOWN = 0.2  # share of a body's words that a language weighs, if the body is written in it
_OFTEN = 2  # sentences of a story with a word of a page's from which on it is about that
_PERSONAL = 2  # sentences to its reader from which on a story speaks so itself
_SHORTEST_SOURCE = 4  # characters of a word of a source's name that says something
_REACH = 3  # characters of white space between what goes and what is beside it
_QUOTATION = 400  # characters in which a quotation that was opened goes on
_OPEN = re.compile(r"(?<![^\s(])[\"“«](?=\w)[^\"”»]*\Z")
# What it begins with is one class of characters, for that is what `re` looks for fastest.
_ENDS = re.compile(
    r"[.!?…\n\])](?:(?<=\n)|(?<=[\])])(?=\s)|(?<=[.!?…])(?<!\bRep.)(?<!\bSen.)(?<!\bGov.)(?<!\bGen.)(?<!\bCol.)"
    r"(?<!\bRev.)(?<!\bSgt.)(?<!\bMrs.)(?<!\bM[rs].)(?<!\bDr.)(?<!\bLt.)(?<!\bSt.)"
    r"(?<!\b[A-WYZ].)(?<!\b[A-Z][a-z]{2}\.(?= \d))['\"”’)\]]{0,2}(?=\s+[^\sa-z]))"
)


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of a block: a sentence, or what the page says in one; what it weighs, and whether it goes."""

    block: int
    start: int
    end: int
    weight: float = 0.0
    goes: bool = False


def drop_weighed(
    blocks: Sequence[Block], rules: Rules, title: str = "", source: str = "", gone: Sequence[Dropped] = ()
) -> tuple[list[list[Block]], list[Dropped]]:
    """Part a body into what the story tells and what the page says, as `voice.drop_voice` does.

    A body in a language that has no weights stays. `title` and `source` are the story's; `gone` is what
    was dropped of it before.
    """
    said = [said_in(block.text) for block in blocks] if rules.drops(RULE) else []
    code = _language(frozenset[str]().union(*(one.words for one in said)), rules)
    if not code:
        return [[block] for block in blocks], []
    lexicon = rules.weights[code]
    named = frozenset(word for word in words_of(source) if len(word) >= _SHORTEST_SOURCE)
    scale = Scale(lexicon, words_of(title) & lexicon.keys.keys(), named, rules.guards.get(code, {}))
    if not any(may_speak(block.text, one, scale) for block, one in zip(blocks, said, strict=True)):
        return [[block] for block in blocks], []
    return _parted(_settled_parts(blocks, said, scale, gone), blocks)


def _language(words: frozenset[str], rules: Rules) -> str:
    """The language that has the most of some words among those it weighs, if these are enough; else ""."""
    shares = {code: len(words & lexicon.longest.keys()) for code, lexicon in rules.weights.items()}
    code = max(shares, key=shares.__getitem__, default="")
    return code if code and shares[code] >= _KNOWN * len(words) > 0 else ""


def _settled_parts(
    blocks: Sequence[Block], said: Sequence[Said], scale: Scale, gone: Sequence[Dropped]
) -> list[_Part]:
    """The stretches of a body, once more where they show what the story is about."""
    scale = replace(scale, personal=_is_personal(blocks, said, scale))
    parts = _settled(_weighed(blocks, said, scale), blocks, gone)
    often = _often(parts, blocks, scale)
    if not often:
        return parts
    return _settled(_weighed(blocks, said, replace(scale, about=scale.about | often)), blocks, gone)


def _parted(parts: Sequence[_Part], blocks: Sequence[Block]) -> tuple[list[list[Block]], list[Dropped]]:
    """What stays of each block, and what goes; where nothing would stay, all does."""
    kept: list[list[Block]] = [[] for _ in blocks]
    dropped: list[Dropped] = []
    for (number, goes), group in groupby(parts, key=lambda part: (part.block, part.goes)):
        run, block = list(group), blocks[number]
        part = part_of(block, run[0].start, run[-1].end)
        if part is None:
            continue
        whole = Block(part.start, part.line, part.text, block.kind)
        if goes:
            dropped.append(Dropped(whole, RULE))
        else:
            kept[number].append(whole)
    return (kept, dropped) if any(kept) else ([[block] for block in blocks], [])


def _weighed(blocks: Sequence[Block], said: Sequence[Said], scale: Scale) -> list[_Part]:
    both = enumerate(zip(blocks, said, strict=True))
    return [part for number, (block, words) in both for part in _of_block(block, words, number, scale)]


def _of_block(block: Block, words: Said, number: int, scale: Scale) -> Iterator[_Part]:
    """The sentences of a block, what the page says without a full stop apart."""
    text = block.text
    if block.kind in ("item", "quote") or not may_speak(text, words, scale):
        yield _Part(number, 0, len(text))
        return
    own = own_of(words, scale)
    for start, end in pairwise(
        dict.fromkeys((0, *(found.end() for found in _ENDS.finditer(text)), len(text)))
    ):
        at = start
        while at < end:
            size, weight = weigh(text[at:end], scale, own, alone=end - at == len(text))
            if not size or encloses(text, at, at + size) or _OPEN.search(text, max(0, at - _QUOTATION), at):
                break
            yield _Part(number, at, at + size, weight)
            at += size
        if at < end:
            yield _Part(number, at, end)


def _settled(parts: Sequence[_Part], blocks: Sequence[Block], gone: Sequence[Dropped]) -> list[_Part]:
    """Say which parts go: those that weigh enough, and lighter ones beside what goes or is gone."""
    ends = {one.block.start + len(one.block.text) for one in gone}
    starts = {one.block.start for one in gone}
    goes = [part.weight >= ENOUGH for part in parts]
    for order in (range(len(parts)), range(len(parts) - 1, -1, -1)):
        for at in order:
            part = parts[at]
            if goes[at] or part.weight < BESIDE:
                continue
            first, last = (blocks[part.block].start + place for place in (part.start, part.end))
            beside = any(0 <= near < len(parts) and goes[near] for near in (at - 1, at + 1))
            goes[at] = beside or any(first - gap in ends or last + gap in starts for gap in range(_REACH))
    return [replace(part, goes=went) for part, went in zip(parts, goes, strict=True)]


def _often(parts: Sequence[_Part], blocks: Sequence[Block], scale: Scale) -> frozenset[str]:
    """The words of a page's in what goes that a story has in sentences that stay, too."""
    went = (
        frozenset[str]().union(*(_words(part, blocks) for part in parts if part.goes))
        & scale.lexicon.keys.keys()
    )
    if not went:
        return frozenset()
    counts = Counter(word for part in parts if not part.goes for word in _words(part, blocks) & went)
    return frozenset(word for word, count in counts.items() if count >= _OFTEN)


def _words(part: _Part, blocks: Sequence[Block]) -> frozenset[str]:
    return words_of(blocks[part.block].text[part.start : part.end])


def _is_personal(blocks: Sequence[Block], said: Sequence[Said], scale: Scale) -> bool:
    """Whether a story itself says "you" and "our" outside quotations."""
    both = zip(blocks, said, strict=True)
    texts = (block.text for block, words in both if not scale.lexicon.reader.isdisjoint(words.words))
    spoken = (sentence for text in texts for sentence in _ENDS.split(text) if is_to_reader(sentence, scale))
    return len(tuple(islice(spoken, _PERSONAL))) == _PERSONAL
