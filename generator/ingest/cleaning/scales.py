"""How much of a sentence the page says, and how sure that is: the weight of its words, and of its shape.

The weights are in `languages/*/weights.toml`. A word that is not there speaks for a story, and so do quotation
marks. A call to the reader, an address and the name of the source speak for the page, and "you" and "our" do where
the story itself has none. Where no full stop ends what the page says, the story begins where what follows takes
weight away.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, takewhile
from typing import NamedTuple

from generator.ingest.cleaning.linked import begins_sentence, headline_end, is_lead
from generator.ingest.cleaning.speaking import Own, Scale, begins, own_of
from generator.ingest.rulebook.weights import NAME, PAST, UNKNOWN, Lexicon, Token, said_in, tokens_of

ENOUGH, BESIDE = 5.0, 3.5
"""What a sentence weighs that goes, and one that goes beside such a one."""

_MANY, _FEW_NAMES = -0.8, 4  # one of more names than a few
_CALLED, _CALLED_TOO, _ADDRESSED, _OWN = 2.4, 1.5, 2.0, 1.0
# A call at the start, one in a story that itself speaks to its reader, an address, the source's name.
_SPOKEN, _MOST_SPOKEN = 3.0, 1  # a word to the reader, and how many count
_QUOTED = -12.0
_KNOWN, _DENSE = 1.5, 1.0  # a sentence of known words alone, that weigh so much each
_CREDITED, _LONGEST_CREDIT = 2.5, 14  # a credit, a label with its headline; phrases of a credit
_STRONG, _AGAIN = 4.0, 1.0  # a phrase that is hardly ever a story's, and what each more of them adds
_PLAIN, _TELLING = -0.05, 2.5  # words that are no verbs weigh more, and the word of a credit does
_CERTAIN = 8.0  # a label that takes a whole sentence with it
_MOST_LOST = 4.0  # that a sentence of one voice loses towards its end
_LONGEST = 1_500  # characters of a sentence of a page
_MOST_INSIDE = 40  # phrases before a place where the story begins without a full stop
_FEWEST_TOLD, _TOLD = 5, -1.5  # phrases of a sentence that a story begins with a name, and what they weigh
_SHORTEST = 8  # characters of a word that is all the page says before such a place
_BUTTON = 2  # words of a block so short that rules alone know it
_FEWEST_TITLED = 5  # words of a headline with capitals

_ASKS = re.compile(r"\s*(?:Are|Were|Have|Has|Do|Did|Got|Need|Want|Looking|Fancy|Seen|Spotted)\b[^.!?]+\?\s*")
_ADDRESS = re.compile(
    r"\S{1,60}@\S{1,60}|https?://\S{1,200}|\bwww\.\S{1,100}"
    r"|\b[\w-]{1,40}\.(?:com|org|net|example|co\.uk|tv)\b\S{0,100}|(?<!\w)@\w{3,40}"
    r"|\b0\d{3,4} \d{3} ?\d{3,4}\b|\(\d{3}\) \d{3}-\d{4}|\b\d{3}-\d{3}-\d{4}\b|\+\d{1,3} [\d -]{8,15}\d"
)
_QUOTES = re.compile(  # or what somebody wrote: `…, the banner read.`
    "[\"“”«»„]|(?<!\\w)['‘]|, (?:the|a|an|one|his|her|their) [^,]{3,60} (?:read|called|ran|went)\\."
    "|, read (?:the|a|an|one)\\b"
)
_JOINED = (",", ":", ";", "–", "—", "(", "/", "|", "&", "-")
_OPENERS = "\"'“‘"
_WRITTEN = frozenset(
    ["read", "reads", "reading", "saying", "headlined", "titled", "called"]
)  # before a quotation
_CLOSERS = ")]\"'”’»…"
_BRACKETED = re.compile(r"\s*\[[^\[\]]+\]\s*")
_LABEL = re.compile(r"[\s(\[]{0,3}[^\s:|»][^:|».!?]{2,50} ?[:|»] {0,3}(?=[\"'“‘]?[^\W\da-z_]|\d)")
_CREDITS = re.compile(r"\A\s*[(\[–—-]|\w ?[:/|] ?\w|©|\b(?:by|via|courtesy)\b", re.IGNORECASE)


class _Phrase(NamedTuple):
    """A phrase of a sentence.

    It says where it is, how many words it has, what they weigh, and whether they are an unknown name or the story's
    subject.
    """

    start: int
    end: int
    size: int
    weight: float
    named: bool = False
    subject: bool = False


def is_to_reader(sentence: str, scale: Scale) -> bool:
    """Tell whether a story says "you" or "our" in a sentence, outside quotations."""
    tokens = tokens_of(sentence)
    if _QUOTES.search(sentence) or scale.lexicon.reader.isdisjoint(token.word for token in tokens):
        return False
    return sum(phrase.weight for phrase in _phrases(sentence, tokens, scale)) < 0


def weigh(text: str, scale: Scale, own: Own | None = None, *, alone: bool) -> tuple[int, float]:
    """Find how much of a sentence's beginning the page says.

    `own` is what its block has of a page, where that is known; `alone` says that there is nothing else in it.

    Returns:
        How many characters, up to where they weigh most, and that weight; 0 if nothing of it may be the page's.
    """
    whole = len(text) <= _LONGEST
    quoted = _QUOTES.search(text, 0, _LONGEST)
    before = text[: quoted.start()] if quoted else text[:_LONGEST]  # for no page says what somebody else does
    if not (
        "@" in before
        or _LABEL.match(text)
        or _ASKS.match(text)
        or begins(before, scale, own or own_of(said_in(before), scale))
    ):
        return 0, 0.0
    tokens = tokens_of(text[:_LONGEST])
    phrases = list(_phrases(text[:_LONGEST], tokens, scale))
    sums = list(accumulate((phrase.weight for phrase in phrases), initial=0.0))
    size, best = _labelled(text, phrases, scale)
    bracketed = _BRACKETED.fullmatch(text) is not None
    starts = [at for at, phrase in enumerate(phrases) if at == 0 or text[phrase.start].isupper()]
    for number in range(1, len(phrases) + 1):
        last = whole and number == len(phrases)
        enough = BESIDE if last else _story_follows(text, phrases, number, scale)
        if not enough or (size and enough > ENOUGH):
            continue  # where a headline follows a label only what opens a sentence shows that one begins
        end = len(text) if last else _past_space(text, phrases[number - 1].end)
        weight = sums[number] + _shape(text[:end], phrases[:number]) + _voice(tokens, phrases[:number], scale)
        lost = 0.0 if bracketed else max(sums[at] for at in starts if at <= number) - sums[number]
        if lost <= _MOST_LOST and weight >= enough and weight > best:
            best, size = weight, end
    if alone and size == len(text) and len(tokens) <= _BUTTON and not _CREDITS.search(text):
        best = min(best, BESIDE)
    if not best and not scale.personal and _ASKS.fullmatch(text):
        return len(text), BESIDE
    return size, best


def _phrases(text: str, tokens: Sequence[Token], scale: Scale) -> Iterator[_Phrase]:
    """The phrases of a sentence, in order."""
    addresses = [found.span() for found in _ADDRESS.finditer(text)]
    addressed, names = False, 0
    shouted = text.isupper()
    titled = len(tokens) >= _FEWEST_TITLED and 5 * sum(token.risen for token in tokens) >= 3 * len(tokens)
    for first, behind, weight in scale.lexicon.phrases(tokens):
        token, end, size = tokens[first], tokens[behind - 1].end, behind - first
        span = next((one for one in addresses if one[0] <= token.start < one[1]), None)
        if span:
            yield _Phrase(token.start, max(end, span[1]), 1, 0.0 if addressed else _ADDRESSED)
            addressed = True
        elif weight is not None:
            subject = weight > 0 and any(one.word in scale.about for one in tokens[first:behind])
            yield _Phrase(token.start, end, size, 0.0 if subject else weight, subject=subject)
        elif token.word[0].isdigit():
            yield _Phrase(token.start, end, 1, 0.0)
        elif token.risen and not shouted:
            names += 1
            few = names <= _FEW_NAMES and not titled
            yield _Phrase(token.start, end, 1, NAME if few else _MANY, named=True)
        else:
            yield _Phrase(token.start, end, 1, PAST if token.word.endswith("ed") else UNKNOWN)


def _voice(tokens: Sequence[Token], phrases: Sequence[_Phrase], scale: Scale) -> float:
    """What it weighs that words speak to the reader, and name the source; nothing where they are on the subject."""
    words = {token.word for token in tokens if token.end <= phrases[-1].end}
    if any(phrase.subject for phrase in phrases):
        return 0.0
    spoken = 0.0 if scale.personal else _SPOKEN * min(_MOST_SPOKEN, len(words & scale.lexicon.reader))
    called = _CALLED_TOO if scale.personal else _CALLED
    return spoken + _OWN * bool(words & scale.source) + called * _calls(tokens, scale.lexicon)


def _calls(tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether a sentence begins with a call: a verb that pages use, and a word or a name that goes with it."""
    if len(tokens) < 2 or tokens[0].word not in lexicon.calls:  # noqa: PLR2004 - the verb and what it calls to
        return False
    return tokens[1].word in lexicon.follows or tokens[1].risen


def _shape(text: str, phrases: Sequence[_Phrase]) -> float:
    """What the shape of words weighs: for the story a quotation, for the page known words alone, and a credit."""
    strong = sum(phrase.weight >= _STRONG for phrase in phrases)
    weight = (_QUOTED if _QUOTES.search(text) else 0.0) + _AGAIN * max(0, strong - 1)
    if any(phrase.weight < _PLAIN and not phrase.named for phrase in phrases):
        return weight
    telling = any(phrase.weight >= _TELLING for phrase in phrases)
    if telling and len(phrases) <= _LONGEST_CREDIT and _CREDITS.search(text):
        return weight + _CREDITED
    dense = sum(phrase.weight for phrase in phrases) >= _DENSE * sum(phrase.size for phrase in phrases)
    return weight + (_KNOWN if dense else 0.0)


def _labelled(text: str, phrases: Sequence[_Phrase], scale: Scale) -> tuple[int, float]:
    """A label of a page's words and the headline behind it, which has no full stop: as `weigh` gives it."""
    found = _LABEL.match(text)
    label = (
        [phrase for phrase in phrases if phrase.end <= found.end()]
        if found
        else list(takewhile(lambda phrase: phrase.weight > 0, phrases))
    )
    weight = sum(phrase.weight for phrase in label)
    if weight < (_TELLING if found else ENOUGH) or any(phrase.weight < UNKNOWN for phrase in label):
        return 0, 0.0
    if not found and (len(label) == len(phrases) or not phrases[len(label)].named):
        return 0, 0.0
    end = headline_end(text, found.end() if found else phrases[len(label)].start, scale.guards)
    whole = text[:end].rstrip().endswith(".")
    if (
        not end
        or (whole and all(phrase.weight < _CERTAIN for phrase in label))
        or not (found or end < len(text))
    ):
        return 0, 0.0
    if any(phrase.weight < PAST for phrase in phrases[len(label) :] if phrase.start < end):
        return 0, 0.0  # no headline, but the story tells
    return _past_space(text, end), weight + _CREDITED


def _story_follows(text: str, phrases: Sequence[_Phrase], number: int, scale: Scale) -> float:
    """What phrases must weigh to be the page's where a sentence of the story may follow; 0 where none does.

    Where neither a word that opens sentences nor a verb shows that one begins, they must weigh more.
    """
    at = phrases[number - 1].end
    while at < len(text) and text[at] in _CLOSERS:
        at += 1
    if number > _MOST_INSIDE or (number == 1 and at < _SHORTEST) or not _may_end(text, at, scale):
        return 0.0
    rest = phrases[number:]
    if phrases[number - 1].named and rest and rest[0].named and text[at - 1] not in ")]":
        return 0.0  # where one name ends and the next begins nothing tells
    if begins_sentence(text, at, scale.guards):
        return ENOUGH
    small = text[text.rfind(" ", 0, at) + 1].islower()
    tells = len(rest) >= _FEWEST_TOLD and sum(phrase.weight for phrase in rest) <= _TOLD
    return _CERTAIN if small and tells and text.rstrip().endswith(".") else 0.0


def _may_end(text: str, at: int, scale: Scale) -> bool:
    """Whether a capital, or a quotation, follows a place, and the word before it leads to none."""
    before, follows = text[text.rfind(" ", 0, at) + 1 : at], text[at + 1 : at + 2]
    if text[at : at + 1] != " " or not (
        follows.isupper() or (follows in _OPENERS and before not in _WRITTEN)
    ):
        return False
    return not before.endswith(_JOINED) and not is_lead(before.lower(), scale.guards)


def _past_space(text: str, at: int) -> int:
    while at < len(text) and (text[at].isspace() or text[at] in ")]»…"):
        at += 1
    return at
