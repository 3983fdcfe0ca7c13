"""Sentences in which a page speaks of itself to its reader, in languages whose words have no weights yet.

A story tells; a page offers, asks and explains itself: it names what pages are made of (newsletters, cookies, apps,
"this article"), and it says "you" and "our", or begins with a call. Both together, and nobody who is quoted, make a
sentence the page's. What a story is about does not count: a word of its title, or of many of its sentences.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import compress, pairwise

from generator.ingest.cleaning.linked import melted
from generator.ingest.cleaning.quotation import encloses
from generator.ingest.rulebook.rules import Rules
from generator.ingest.splitting.lines import part_of
from generator.model import Block, Dropped

RULE = "page-voice"

_ENOUGH_OF_BLOCK, _ENOUGH_OF_SENTENCE = 4, 4
_CERTAIN, _PAGE, _CALL, _OWN = 5, 2, 2, 1  # what the cues weigh
_MOST_READER = 2  # words that speak to the reader or of the page's makers that count
_SHORT, _LONG = 45, 170  # words of what a page says in a sentence or two, and of its longest notices
_PHRASES_OF_LONG = 3  # phrases that a long one has at least
_WORDS_TO_PHRASE = 22  # and how many words it has at most for each
_OFTEN = 4  # sentences with a word from which on the story is about it
_SHORTEST_SOURCE = 4  # characters of a source whose name says something
_BULLET = re.compile(r"\s*[-–—•·*▪]\s")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_WORDS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+){0,3}")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"\S@\S|https?://|\bwww\.|\w\.(?:com|org|net|example|co\.uk)\b|@\w{3,}")
_ENDS = re.compile(r"[.!?؟。！？]['\"”’)]{0,2}(?=\s)|[。！？]")
_QUOTES = re.compile("[\"“”«»„]|(?<!\\w)['‘]")


_Alone = Mapping[str, tuple[str, ...]]
_InPairs = Mapping[str, Mapping[str, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class _Cues:
    """The cues that a story has and that it is not about."""

    certain: tuple[str, ...]
    page: tuple[str, ...]
    source: str
    rules: Rules


def drop_voice(
    blocks: Sequence[Block], rules: Rules, title: str = "", source: str = ""
) -> tuple[list[list[Block]], list[Dropped]]:
    """Part a body into what the story tells and what the page says, block by block and sentence by sentence.

    `title` and `source` are the story's.

    Returns:
        For each block what is left of it, and what was dropped; put together, they are the blocks, but for white
        space. Where nothing would be left, all stays.
    """
    cues = _cues(blocks, rules, title, source) if rules.drops(RULE) else None
    parted = [list(_parts(block, cues)) for block in blocks] if cues else []
    kept = [[part for part, goes in parts if not goes] for parts in parted]
    if not any(kept):
        return [[block] for block in blocks], []
    return kept, [Dropped(part, RULE) for parts in parted for part, goes in parts if goes]


def _parts(block: Block, cues: _Cues) -> Iterator[tuple[Block, bool]]:
    """A block in stretches, and of each whether the page says it."""
    plain = _plain(block.text)
    listed = block.kind in ("item", "quote") or _BULLET.match(block.text)
    if listed or not any(_has(cue, plain) for cue in (*cues.certain, *cues.page)):
        yield block, False
    elif (
        _speaks(block.text, cues, _ENOUGH_OF_BLOCK)
        and _throughout(block.text, cues)
        and not melted(block.text, cues.rules.guards.get("en", {}))
    ):
        yield block, True
    else:
        for start, end, goes in _stretches(block.text, cues):
            if (part := part_of(block, start, end)) is not None:
                yield Block(part.start, part.line, part.text, block.kind), goes


def _stretches(text: str, cues: _Cues) -> Iterator[tuple[int, int, bool]]:
    """Neighbouring sentences of one voice."""
    begun, voice = 0, None
    for start, _, goes in _judged(text, cues):
        if voice is not None and goes != voice:
            yield begun, start, voice
            begun = start
        voice = goes
    yield begun, len(text), bool(voice)


def _judged(text: str, cues: _Cues) -> Iterator[tuple[int, int, bool]]:
    """The sentences of a text, those that run into one another apart, and whether the page says them."""
    every = (*cues.certain, *cues.page)
    guards = cues.rules.guards.get("en", {})
    for start, end in pairwise([0, *(found.end() for found in _ENDS.finditer(text)), len(text)]):
        plain = _plain(text[start:end])
        if not any(_has(cue, plain) for cue in every):
            yield start, end, False
            continue
        inside = start + melted(text[start:end], guards)
        for one, other in pairwise(dict.fromkeys((start, inside, end))):
            goes = _speaks(text[one:other], cues, _ENOUGH_OF_SENTENCE) and not encloses(text, one, other)
            yield one, other, goes


def _throughout(text: str, cues: _Cues) -> bool:
    """Whether there is something of the page in every sentence of a text."""
    ends = [0, *(found.end() for found in _ENDS.finditer(text)), len(text)]
    return all(_touches(text[start:end], cues) for start, end in pairwise(ends) if text[start:end].strip())


def _touches(text: str, cues: _Cues) -> bool:
    plain = _plain(text)
    words = [word.lower() for word in _WORDS.findall(plain)]
    spoken = _said(text, plain, words, cues, called=_calls(text, cues.rules.voice))
    return spoken > 0 or any(_has(cue, plain) for cue in (*cues.certain, *cues.page))


def _speaks(text: str, cues: _Cues, enough: int) -> bool:
    """Whether the page says a text, rather than the story."""
    plain = _plain(text)
    words = [word.lower() for word in _WORDS.findall(plain)]
    certain = sum(_has(cue, plain) for cue in cues.certain)
    called = _calls(text, cues.rules.voice)
    page = sum(_has(cue, plain) and not (called and plain.lstrip().startswith(cue)) for cue in cues.page)
    told = cues.rules.voice["tells"].intersection(words) or _QUOTES.search(text)
    if not certain and (told or not page):
        return False
    said = _said(text, plain, words, cues, called=called)
    if len(words) <= _SHORT:
        return _CERTAIN * certain + _PAGE * page + said >= enough and (said > 0 or certain > 0)
    dense = _WORDS_TO_PHRASE * (page + certain) >= len(words)
    return len(words) <= _LONG and page + certain >= _PHRASES_OF_LONG and dense and said > 0


def _said(text: str, plain: str, words: Sequence[str], cues: _Cues, *, called: bool) -> int:
    """How much a text addresses its reader, or has the page speak."""
    voice = cues.rules.voice
    reader = min(_MOST_READER, len(voice["reader"].intersection(words)))
    calls = called or any(plain.lstrip().startswith(ask) for ask in voice["asks"])
    own = bool(cues.source and cues.source in plain) + bool(_ADDRESS.search(text))
    own += called and plain.endswith(" here.")
    return reader + _CALL * calls + _OWN * own


def _calls(text: str, voice: Mapping[str, frozenset[str]]) -> bool:
    """Whether a text begins with a call: a verb that pages use, and a word or a name that goes with it."""
    first, second = ([*_WORDS.findall(text[:60]), "", ""])[:2]
    goes_on = second.casefold() in voice["follows"] or second[:1].isupper() or text.find("@", 0, 20) > 0
    return first.casefold() in voice["calls"] and goes_on


def _cues(blocks: Sequence[Block], rules: Rules, title: str, source: str) -> _Cues | None:
    """The cues that count in a story; None where it has none."""
    texts = [_plain(block.text) for block in blocks]
    whole, named = "\n".join(texts), _plain(title)
    words = _FIRST_WORD.findall(whole)
    certain = tuple(_present(rules.voice["certain"], words, whole))
    page = [cue for cue in _present(rules.voice["page"], words, whole) if cue.rstrip("s") not in named]
    page = [cue for cue in page if _sentences_with(cue, texts) < _OFTEN]
    own = _plain(source).rstrip(".") if len(source) >= _SHORTEST_SOURCE else ""
    return _Cues(certain, tuple(page), own, rules) if page or certain else None


def _present(cues: frozenset[str], words: Sequence[str], whole: str) -> Iterator[str]:
    """The phrases that a text has; `words` are its words."""
    alone, in_pairs, unspaced = _by_first_words(cues)
    starts = alone.keys() & words
    pairs = set(compress(pairwise(words), map(in_pairs.__contains__, words)))
    near = (*(alone[word] for word in starts), *(in_pairs[one].get(other, ()) for one, other in pairs))
    yield from (cue for group in near for cue in group if _has(cue, whole))
    yield from (cue for cue in unspaced if cue in whole)


@cache
def _by_first_words(cues: frozenset[str]) -> tuple[_Alone, _InPairs, tuple[str, ...]]:
    """Phrases of one word by that, longer ones by their first and second, and those of scripts without spaces."""
    alone: dict[str, tuple[str, ...]] = {}
    in_pairs: dict[str, dict[str, tuple[str, ...]]] = {}
    unspaced: list[str] = []
    for cue in sorted(cues):
        first, second = [*_FIRST_WORD.findall(cue), "", ""][:2]
        if _UNSPACED.search(cue) or not first:
            unspaced.append(cue)
        elif second:
            seconds = in_pairs.setdefault(first, {})
            seconds[second] = (*seconds.get(second, ()), cue)
        else:
            alone[first] = (*alone.get(first, ()), cue)
    return alone, in_pairs, tuple(unspaced)


def _has(cue: str, plain: str) -> bool:
    """Whether a phrase stands in a text, from the beginning of a word."""
    at = plain.find(cue)
    while at > 0 and plain[at - 1].isalnum() and not _UNSPACED.match(cue):
        at = plain.find(cue, at + 1)
    return at >= 0


def _sentences_with(cue: str, texts: Sequence[str]) -> int:
    """How many blocks have a cue, or, in a body of one block, how many sentences."""
    if len(texts) == 1:
        return sum(_has(cue, sentence) for sentence in _ENDS.split(texts[0]))
    return sum(_has(cue, text) for text in texts)


def _plain(text: str) -> str:
    """Fold a text, and end it in a full stop if it has no end, so that phrases may have one."""
    plain = text.casefold().replace("’", "'").rstrip()
    return plain if plain.endswith((".", "!", "?")) else f"{plain}."
