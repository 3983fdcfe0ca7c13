"""Runs of capitalised words in a sentence: what may be a name, without the offices and dates around it.

Only Latin script is read: elsewhere there are no capitals, or the endings of names change.
"""

from collections.abc import Iterator, Sequence

from generator.ingest.tagging.lexicon import fold, lexicon, spelled
from generator.ingest.tagging.run_parts import Run, parts_of, says_something
from generator.ingest.tagging.tokens import Token, capitals_of, first_tokens, is_headline, tokens_of

_OPENS = frozenset("\"'“‘«„")
_CLOSES = frozenset("\"'”’»")
_CLOSES_OR_PARTS = _CLOSES | {","}
_AT = frozenset({"of", "for", "from", "at"})
_BRIDGES = frozenset({"of", "for", "on", "and", "the"})
_HELD = {". ": ".", ", ": ",", " & ": " &"}  # what a name holds of the gap behind a word
_LONGEST = 9  # words in a name
_LONG_NUMBER = 5  # digits
_FIRST = 3  # words, if the ones before are the numbers of a list
_FURTHEST = 3  # words between two capitals


def find_runs(sentence: str) -> Iterator[Run]:
    """Every run of capitalised words in a sentence; none where nearly all words have capitals, as in headlines."""
    if _opens_only(sentence):
        return
    tokens = tokens_of(sentence)
    capitals = capitals_of(tokens)
    if not capitals or is_headline(tokens):
        return
    asks = "?" in tokens[-1].gap
    end = 0
    for at in capitals:
        if at < end:
            continue
        end = _run_end(tokens, at)
        if not _after_number(tokens, at) and not _reports(tokens, at, end):
            yield from parts_of(_run(tokens, at, end), asks)


def _opens_only(sentence: str) -> bool:
    """Whether no word of a sentence has a capital but a first one that says nothing."""
    if not sentence[1:].islower():
        return False
    return not any(
        token.capital and says_something(token.word, sure=False) for token in first_tokens(sentence)
    )


def _run_end(tokens: Sequence[Token], start: int) -> int:
    last, look = start, start + 1
    while look < len(tokens) and look - start < _LONGEST and _follows(tokens, look):
        if tokens[look].capital:
            if look > last + 1 and not _bridged(tokens[last].word, tokens[last + 1 : look]):
                break
            last = look
        elif not _may_bridge(tokens[look].word) or look - last >= _FURTHEST:
            break
        look += 1
    return last + 1


def _after_number(tokens: Sequence[Token], at: int) -> bool:
    """Whether a number has cut off a name's beginning, as in "iPhone 11 Pro" or "20th Century Films"."""
    if at < 2 or tokens[at].gap != " ":  # noqa: PLR2004 - two words before
        return False
    before, number = tokens[at - 2], tokens[at - 1].word
    if number.isdecimal():
        return before.capital and fold(before.word) not in lexicon().words["months"]
    if number[0].isdecimal() and number[-1].isupper():  # "2B Mindset"
        return True
    return number[:-2].isdecimal() and number.endswith(("st", "nd", "rd", "th"))


def _reports(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether the run is who reported the news elsewhere: "Ada Prowse reports", "Ada Prowse of the Times"."""
    words = lexicon().words["reporting"]
    after, before = tokens[end], tokens[at - 1] if at else Token("", "")
    if tokens[at].gap == " " and before.word in words and before.gap[:1] in _CLOSES_OR_PARTS:
        return True
    if after.gap != " " or not (after.word in words or (after.word in _AT and end - at > 1)):
        return False
    if spelled(tuple(one.word for one in tokens[at:end])):
        return False
    return after.word in words or _is_outlet(tokens, end + 1)


def _is_outlet(tokens: Sequence[Token], at: int) -> bool:
    """Whether a newspaper or broadcaster is named here."""
    at += tokens[at].word == "the"
    end = at
    while tokens[end].capital:
        end += 1
    words, last = lexicon().words, fold(tokens[end - 1].word)
    return end > at and (last in words["outlets"] or (end - at > 1 and last in words["outlet_ends"]))


def _may_bridge(word: str) -> bool:
    return word in _BRIDGES or word in lexicon().words["particles"]


def _follows(tokens: Sequence[Token], at: int) -> bool:
    """Whether nothing but a space parts a word from the one before it, or a stop or comma that names may hold."""
    before, gap = tokens[at - 1], tokens[at].gap
    if before.closed:
        return False
    if gap in (" ", " & "):
        return True
    if gap == ". ":
        short = len(before.word) == 1 or "." in before.word or before.word in ("St", "Mt", "Ft")
        return short or fold(before.word) in lexicon().words["roles"]
    return gap == ", " and _is_list(tokens, at)


def _is_list(tokens: Sequence[Token], at: int) -> bool:
    """Whether a list goes on here that belongs to one name: Department of Agriculture, Fisheries and Forestry."""
    back = [fold(token.word) for token in tokens[max(0, at - 6) : at]]
    if not ({"of", "for"} & set(back) and lexicon().words["list_heads"] & set(back)):
        return False
    for token, after in zip(tokens[at : at + 6], tokens[at + 1 : at + 7], strict=False):
        if not token.capital:
            return False
        if after.word == "and":
            return after.gap == " "
        if after.gap != ", ":
            return False
    return False


def _bridged(before: str, between: Sequence[Token]) -> bool:
    """Whether the small words between two capitalised ones keep a name together."""
    words = lexicon().words
    small = [token.word for token in between]
    if all(word in words["particles"] for word in small):
        return True
    link, rest, head = small[0], small[1:], fold(before)
    if rest not in ([], ["the"]) or link == "the":
        return False
    if link == "and":
        return not rest
    if link == "on":
        return head in words["on_heads"]
    return head in words["heads"] or (
        link == "of" and (head in words["roles"] or head in words["kept_offices"])
    )


def _opens(tokens: Sequence[Token], start: int) -> bool:
    """Whether a run opens its sentence, numbers of a list apart."""
    return start == 0 or (start < _FIRST and all(token.word.isdecimal() for token in tokens[:start]))


def _run(tokens: Sequence[Token], start: int, end: int) -> Run:
    gap = tokens[start].gap
    after = tokens[end]
    sure = gap == " " and not _opens(tokens, start)
    if gap != " ":
        quoted = gap[-1:] in _OPENS
        whole = quoted and end - start > 1 and after.gap[:1] in _CLOSES
        sure = whole or not (quoted or ":" in gap or _opens(tokens, start))
    words = [
        token.word + _HELD.get(tokens[at].gap, "")
        for at, token in enumerate(tokens[start : end - 1], start + 1)
    ]
    words.append(tokens[end - 1].word)
    if words[0] == "The" and gap.strip():
        words = words[1:] or words
    if gap == " " and tokens[start - 1].word in lexicon().words["particles"]:
        words.insert(0, tokens[start - 1].word)
    short = (
        after.word if after.gap == " (" and after.word.isupper() and tokens[end + 1].gap[:1] == ")" else ""
    )
    number = (
        after.word if after.gap == " " and after.word.isdecimal() and len(after.word) < _LONG_NUMBER else ""
    )
    one_of_many = gap == " " and tokens[start - 1].word in ("a", "an")
    return Run(tuple(words), sure, short, number, one_of_many)
