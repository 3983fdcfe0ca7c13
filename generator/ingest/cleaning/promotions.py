"""Promotions inside a story's blocks: calls to subscribe, links to other stories, credits, notices."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from generator.ingest.cleaning import clauses
from generator.ingest.cleaning.linked import Guards, begins_sentence, ends_of, is_lead
from generator.ingest.cleaning.melting import story_inside
from generator.ingest.cleaning.quotation import encloses
from generator.ingest.rulebook.rule import Rule
from generator.ingest.rulebook.rules import FIGURE, Rules, fold, load_rules
from generator.model import Block, Dropped

_STOPS = ".!?…。！？؟"
_CLOSERS = "\"'”’»)]"
_ENDED = frozenset(["", *_STOPS, *_CLOSERS])
_FEWEST_WORDS = 5  # with which a story goes on after a promotion that has no end
_REACH = 600  # characters in which the sentence after a promotion ends
_MAY_BEGIN = {  # what rules say of where they hold, by what stands before
    "end": ("sentence", "word", "anywhere", "inside"),
    "closed": ("sentence", "word", "anywhere", "inside"),
    "word": ("word", "anywhere", "inside"),
    "mark": ("anywhere", "inside"),
    "glued": ("inside",),
}
_GUESSED = frozenset(["other-story", "watch", "trending"])  # rules with headlines that have no end
_OWN_END = frozenset(
    ["headline", "credit", "begin"]
)  # groups of patterns whose end is looked for by the words
_SHORTEST_HEADLINE = 20  # characters of one with its label
_STOP = re.compile(r"[.!?…]\)?(?=\s|\Z)")  # that ends a sentence
_GAPS = re.compile(r"\s(?=[\"“'‘]?[A-Z])")
_LONGEST_LABEL = 60  # characters of a button's label
_MOST_OF_LABEL = 7  # words
_MOST_GAPS = 3  # words with capitals in one
_AS_BLOCK = 1_000_000  # stands for the rules of whole blocks, behind all others
# A word that begins with a capital or has none, a figure, a mark; what they begin with is one class of characters,
# for that is what `re` looks for fastest.
_TOKEN = re.compile(r"[^\s_a-zß-öø-ÿ.,;:'’\"“”‘?!](?:(?<=[^\W\d_])[^\W\d_]*|(?<=\d)\d*)?")


def cut(block: Block, rules: Rules | None = None) -> tuple[tuple[Block, ...], tuple[Dropped, ...]]:
    """Take promotions out of a block of a story's body; `rules` are the package's unless others are given.

    Returns:
        What stays and what was dropped, each in order. Put together by their offsets they are the block, to the
        character; the white space after a promotion goes with it.
    """
    kept: list[Block] = []
    dropped: list[Dropped] = []
    line, done = block.line, 0
    found = _apart(block.text, rules or load_rules())
    for start, end, rule in (*found, (len(block.text), len(block.text), "")):
        before, promotion = block.text[done:start], block.text[start:end]
        kept += [Block(block.start + done, line, before)] if before else []
        line += before.count("\n")
        dropped += [Dropped(Block(block.start + start, line, promotion), rule)] if promotion else []
        line += promotion.count("\n")
        done = end
    return tuple(kept), tuple(dropped)


def _apart(text: str, rules: Rules) -> Iterator[tuple[int, int, str]]:
    """The promotions in a text, those that only words end before all others."""
    done = 0
    for start, end, rule in (*clauses.promotions(text, rules), (len(text), len(text), "")):
        between = text[done:start]
        yield from ((done + one, done + other, id_) for one, other, id_ in _promotions(between, rules))
        if rule:
            yield start, end, rule
        done = end


def _promotions(text: str, rules: Rules) -> Iterator[tuple[int, int, str]]:
    """The promotions in a text, with their ends and rules, in order and apart."""
    done = 0
    candidates = _candidates(text, rules)
    for start in sorted(candidates):
        found = _at(text, start, done, candidates[start], rules) if start >= done else None
        if not found:
            continue
        found = _before_next(text, start, found, candidates, rules)
        yield start, (done := _past_space(text, found[0])), found[1]
        while not _at(text, done, done, candidates.get(done, ()), rules) and (
            after := _after(text, done, rules)
        ):
            yield done, (done := _past_space(text, after[0])), after[1]


def _before_next(
    text: str, start: int, found: tuple[int, str], candidates: Mapping[int, Sequence[int]], rules: Rules
) -> tuple[int, str]:
    """A promotion that ends where another begins inside it, if its own end is only guessed."""
    if found[1] not in _GUESSED:
        return found
    for place in range(start + _SHORTEST_HEADLINE, found[0]):
        if (
            place in candidates
            and text[place - 1].isspace()
            and _at(text, place, place, candidates[place], rules)
        ):
            return place, found[1]
    return found


def _candidates(text: str, rules: Rules) -> dict[int, Sequence[int]]:
    """Where a promotion may begin, and the places of the rules that may hold there, in their order.

    A rule that says which words open it is tried at these alone.
    """
    found = dict(_at_tokens(text, rules))
    for words, places in rules.small.items():
        at = text.find(words)
        while at >= 0:
            found[at] = sorted({*found.get(at, ()), *places})
            at = text.find(words, at + 1)
    for place in rules.opening.get("", ()):
        rule = rules.promotions[place]
        for start in _starts(text, rule) if rule.needs in text else ():
            found[start] = sorted({*found.get(start, ()), place})
    return found


def _at_tokens(text: str, rules: Rules) -> Iterator[tuple[int, Sequence[int]]]:
    """The places of the rules that words with capitals, figures and marks open."""
    opening, at_once = rules.opening, rules.at_once
    everywhere = [place for place in opening.get("?", ()) if rules.promotions[place].needs in text]
    figures = opening.get(FIGURE, ())
    for token in _TOKEN.finditer(text):
        start, word = token.start(), token[0]
        places: tuple[int, ...] = opening.get(word, ())
        if figures and word.isdigit():
            word, places = ("", tuple(sorted({*places, *figures}))) if places else (FIGURE, figures)
        if (joined := at_once.get(word)) and not joined.pattern.match(text, start):
            places = ()
        if start == 0 or (text[start - 1].isspace() and text[max(0, start - 2) : start - 1] in _ENDED):
            places = (*sorted((*places, *everywhere)), _AS_BLOCK)
        if places:
            yield start, places


def _starts(text: str, rule: Rule) -> Iterator[int]:
    """Where a rule's pattern is found, overlapping ones too."""
    found = rule.pattern.search(text)
    while found:
        yield found.start()
        found = rule.pattern.search(text, found.start() + 1)


def _at(text: str, start: int, done: int, places: Sequence[int], rules: Rules) -> tuple[int, str] | None:
    """The end and the rule of the promotion that begins at a place, by the first rule that holds."""
    before = _before(text, start, done) if places else ""
    stands = _MAY_BEGIN[before] if before else ()
    for place in places:
        if place == _AS_BLOCK:
            return _as_block(text, start, rules) if before == "end" else None
        rule = rules.promotions[place]
        found = rule.pattern.match(text, start) if rule.where in stands else None
        end = _end(text, rules, rule, found) if found else 0
        if end and (rule.quoted or not encloses(text, start, end)):
            return end, rule.id
    return None


def _as_block(text: str, start: int, rules: Rules) -> tuple[int, str] | None:
    """A short sentence, or words that a sentence follows, that say what a whole block of junk says."""
    end = _label_end(text, start, rules.guards.get("en", {}))
    said = text[start:end]
    stop = None if end else _STOP.search(text, start, start + _LONGEST_LABEL)
    if stop:
        end, words = stop.end(), text[start : stop.start()].lstrip("(")
        closed = (text[start] == "(") == stop[0].endswith(")")
        said = words + ("?" if stop[0][0] == "?" else "") if closed and words[-2:].isalpha() else ""
    if not 0 < len(said.split()) <= _MOST_OF_LABEL:
        return None
    rule = rules.blocks.find(fold(said))
    return (end, rule.id) if rule and rule.where == "sentence" else None


def _label_end(text: str, start: int, guards: Guards) -> int:
    """Where words end that a sentence follows, 0 where none does soon; a single word is none."""
    for gap in islice(_GAPS.finditer(text, start, min(len(text), start + _LONGEST_LABEL)), _MOST_GAPS):
        at = gap.start()
        before = text[text.rfind(" ", start, at) + 1 : at]
        if before[-1:] in _STOPS:
            return 0
        if before[:1].islower() or before[-1:].isdigit():
            if is_lead(before, guards):
                continue
            if begins_sentence(text, at, guards):
                return at
    whole = start > 0 and len(text) - start <= _LONGEST_LABEL and " " in text[start:].rstrip()
    return len(text) if whole else 0


def _after(text: str, at: int, rules: Rules) -> tuple[int, str] | None:
    """The end and the rule of what belongs to the promotion that ended at a place."""
    for rule in rules.promotions:
        found = rule.pattern.match(text, at) if rule.where == "after" else None
        end = _end(text, rules, rule, found) if found else 0
        if end > at:
            return end, rule.id
    return None


def _end(text: str, rules: Rules, rule: Rule, found: re.Match[str]) -> int:
    """Where what a rule has found ends, 0 where it is no promotion.

    A story that begins before the sentence has ended begins with some words: fewer are taken for a name.
    """
    guards = rules.guards[rule.language]
    end = ends_of(text, found, guards)
    weighed = rule.language in rules.weights and _OWN_END.isdisjoint(found.re.groupindex)
    inside = story_inside(text, found.start(), end, rules.weights[rule.language], guards) if weighed else 0
    end = inside or end
    tail = found.groupdict().get("tail") or ""
    if not rule.sure and not inside and "glued" in guards and (glued := guards["glued"].search(tail)):
        end = found.start("tail") + glued.start(glued.lastgroup or 0)
        if len(re.split(r"[.!?]", text[end : end + _REACH], maxsplit=1)[0].split()) < _FEWEST_WORDS:
            return 0
    spoken = not rule.sure and "speaks" in guards and guards["speaks"].search(text, found.start(), end)
    return 0 if spoken else end


def _past_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _before(text: str, start: int, done: int) -> str:
    """What stands before a place: the end of a sentence, a closing mark, a word, other characters, or no space."""
    before = start
    while before > done and text[before - 1].isspace():
        before -= 1
    last = text[before - 1 : before]
    if before == done or last in _STOPS:
        return "end"
    if before == start:
        return "glued"
    if last in _CLOSERS and not text[before - 2 : before - 1].isspace():
        return "closed"
    return "word" if last.isalnum() else "mark"
