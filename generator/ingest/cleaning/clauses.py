"""Promotions in Arabic, where neither capitals nor, in headlines, full stops tell where one ends.

A label is known by its pattern (`[[clause]]`); where what stands behind it ends, the words tell. A call or a notice
of a page is known by consisting of the words of pages.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from generator.ingest.cleaning.clause_ends import (
    FEWEST_LEFT,
    goes_on,
    headline_end,
    names_end,
    rest_end,
    sentence,
)
from generator.ingest.cleaning.page_words import is_call, is_page, kind_of, label, run, says_enough
from generator.ingest.cleaning.quotation import encloses
from generator.ingest.rulebook.rule import Rule
from generator.ingest.rulebook.rules import Rules
from generator.ingest.wording.arabic import (
    SURE,
    Word,
    begins,
    folded,
    is_arabic,
    is_past,
    is_present,
    is_subject,
    words_of,
)

_VOICE = "page-voice"
_MOST = 40  # words of a promotion
_MOST_OF_HEADLINE, _MOST_OF_ANSWER = 15, 4
_DOTS, _LEAD_IN = re.compile(r"[^.]\.\.\Z"), 4  # words before two dots
_MARKS = ":.،,|!؟?»…"  # behind the last word of a label
_SAID_BY = ["هكذا", "كما", "بحسب", "حسب", "وفق", "وفقا", "بهذه", "بهذا"]
_SAYS = frozenset(["قال", "قالت", "قالوا", "يقول", "تقول", "يقولون", "كتب", "كتبت", *_SAID_BY])
_BULLETS = frozenset("•*▪►▶»›>|-–—◀◄■●👈📌🔴⬅")


@dataclass(frozen=True, slots=True)
class _Text:
    """A text as it stands and folded, its words, and which of them is the first of its line."""

    text: str
    plain: str
    places: Sequence[int]
    words: tuple[Word, ...]
    breaks: frozenset[int]


def promotions(text: str, rules: Rules) -> Iterator[tuple[int, int, str]]:
    """Give the promotions in a text with Arabic in it: where each begins and ends, and its rule.

    They come in order, and apart.
    """
    if not is_arabic(text):
        return
    story = _read(text)
    words, places = story.words, story.places
    start = at = 0  # a bullet goes with what it stands before
    fresh = True
    while at < len(words):
        if found := _at(story, at, rules, fresh=fresh):
            end = words[found[0]].start if found[0] < len(words) else len(story.plain)
            yield places[words[start].start], places[end], found[1]
            start = at = found[0]
            fresh = True
        else:
            bullet = fresh and _BULLETS.issuperset(words[at].plain)
            fresh = bullet or words[at].stops or at + 1 in story.breaks
            at += 1
            start = start if bullet else at


def _read(text: str) -> _Text:
    plain, places = folded(text)
    words = tuple(words_of(plain))
    pairs = enumerate(pairwise(words), 1)
    breaks = frozenset(n for n, (one, other) in pairs if "\n" in plain[one.end : other.start])
    return _Text(text, plain, places, words, breaks)


def _at(story: _Text, at: int, rules: Rules, *, fresh: bool) -> tuple[int, str] | None:
    """The end, as a word's number, and the rule of the promotion that begins with a word."""
    found = _by_rule(story, at, rules, fresh=fresh)
    if not found and fresh and rules.drops(_VOICE) and (end := _spoken(story, at)):
        found = end, _VOICE
    if not found or found[0] <= at:
        return None
    start, end = story.words[at].start, story.words[found[0] - 1].end
    return None if encloses(story.text, story.places[start], story.places[end]) else found


def _by_rule(story: _Text, at: int, rules: Rules, *, fresh: bool) -> tuple[int, str] | None:
    for rule in rules.clauses:
        if not (fresh or rule.sure):
            continue
        first = story.words[at]
        if first.plain[0] == "(" and rule.where == "headline":
            if rule.pattern.match(story.plain, first.start + 1) and (end := _closed(story, at)):
                return end, rule.id
            continue
        match = rule.pattern.match(story.plain, first.start)
        end = _end(story, at, match.end(), rule) if match else 0
        if end and (rule.where in ("here", "names") or not _is_said(story.words[at : _limit(story, at)])):
            return end, rule.id
    return None


def _closed(story: _Text, at: int) -> int:
    """Behind which word the brackets close that open with a word, 0 where they do not before a headline ends."""
    words = story.words[at : at + _MOST_OF_HEADLINE]
    return next((at + n for n, word in enumerate(words, 1) if ")" in word.plain), 0)


def _end(story: _Text, at: int, place: int, rule: Rule) -> int:
    """Where what a rule has found ends, as a word's number; 0 where it is none."""
    words = story.words
    after = _after(words, at, place)
    if not after or rule.where == "here":
        return after
    limit = _limit(story, after, headline=rule.where == "headline")
    if rule.where == "headline":
        return _headline(story, after, limit, marked=not words[after - 1].plain[-1].isalnum())
    if rule.where == "names":
        return names_end(words, after, limit)
    if rule.where == "rest":
        return rest_end(words, after, limit)
    over = after >= len(words) or after in story.breaks or words[after - 1].stops
    if rule.where == "apart":
        joined = (
            not over and words[after].bare.startswith("و") and begins(words[after:], 0, told=True) == SURE
        )
        return after if after >= len(words) or after in story.breaks or joined else 0
    return after if over or goes_on(words, at, after) else 0


def _after(words: Sequence[Word], at: int, place: int) -> int:
    """The word behind a place in the text; 0 where that is inside of one."""
    last = next((n for n in range(at, len(words)) if words[n].end >= place), len(words) - 1)
    if words[last].start == place:
        return last
    inside = words[last].end > place and words[last].plain[place - words[last].start :].strip(_MARKS)
    return 0 if inside else last + 1


def _headline(story: _Text, at: int, limit: int, *, marked: bool) -> int:
    """Where the headline that begins at a word ends, on the label's line or below it."""
    before = story.words[at - 1]
    if at >= limit or (before.stops and not before.plain.endswith(("..", "…"))):
        return at
    if at in story.breaks:
        return _lines_end(story, at)
    end = headline_end(story.words, at, limit, marked=marked, over=_is_over(story, limit))
    return end + _answer(story, end) if end and story.words[end - 1].plain.endswith("؟") else end


def _answer(story: _Text, at: int) -> int:
    """How many words answer the question that a headline asks: `The ministry explains the truth and he added …`."""
    words = story.words[at : at + _MOST_OF_ANSWER + 1]
    if at in story.breaks or not is_subject(words, 0) or not is_present(words[1].bare):
        return 0
    ends = (n for n in range(2, len(words)) if words[n].bare.startswith("و") and is_past(words[n].bare[1:]))
    end = next(ends, 0)
    return 0 if any(word.stops for word in words[:end]) else end


def _is_over(story: _Text, at: int) -> bool:
    """Whether a sentence, a line or the text ends before a word."""
    return at == len(story.words) or story.words[at - 1].stops or at in story.breaks


def _is_said(words: Sequence[Word], *, verbs: bool = False) -> bool:
    """Whether somebody says what begins with some words: `…, the mayor says`; `verbs` adds `…, warns a teacher`."""
    return any(
        one.plain.endswith(("،", "»", '"'))
        and (
            other.bare in _SAYS
            or (verbs and not kind_of(other) and (is_past(other.bare) or is_present(other.bare)))
        )
        for one, other in pairwise(words)
    )


def _lines_end(story: _Text, at: int) -> int:
    """Where the headlines end that stand on lines of their own: behind one, or with the text behind several."""
    words, ends = story.words, [*sorted(n for n in story.breaks if n > at), len(story.words)]
    bare = list(takewhile(lambda end: not words[end - 1].stops and end - at <= _MOST, ends))
    if not bare or begins(words[at:], 0, told=False) == SURE or bare[0] - at > _MOST_OF_HEADLINE:
        return at
    return bare[-1] if bare[-1] == len(words) else bare[0]


def _limit(story: _Text, at: int, *, headline: bool = False) -> int:
    """The end of the sentence or the line that goes on at a word: the number of the word behind.

    In a headline two dots are like a colon: `Official.. the club says`.
    """
    words = story.words
    for n in range(at, min(len(words), at + _MOST)):
        if n > at and n in story.breaks:
            return n
        if words[n].stops and not (headline and n - at < _LEAD_IN and _DOTS.search(words[n].plain)):
            return n + 1
    return min(len(words), at + _MOST)


def _spoken(story: _Text, at: int) -> int:
    """Where the call or notice that begins with a word ends, 0 where the page does not speak there."""
    limit = _limit(story, at)
    heard = story.words[at:limit]
    if not says_enough(heard) or _is_said(heard, verbs=True):
        return 0
    aim = heard[0].bare.startswith("ل")  # "to see the pictures visit us"
    call = next((n for n, word in enumerate(heard) if kind_of(word) == "call"), 0) if aim else 0
    ends = (n for n in range(call + 1, len(heard) - FEWEST_LEFT + 1) if sentence(heard, 0, n))
    end = next(ends, len(heard))
    if kind_of(heard[0]):
        if is_call(heard[:end], heard[end : end + 2]):
            return at + end
        if size := label(heard[:end]):
            if at + size < limit and not story.words[at + size].bare.isalpha():  # a number to call
                return at + size + 1
            return _headline(story, at + size, limit, marked=True)
    over = _is_over(story, limit) if end == len(heard) else begins(heard, end, told=True) == SURE
    size = run(heard) if kind_of(heard[0]) else 0
    apart = (
        size and heard[size].bare.startswith("و") and not kind_of(heard[size]) if size < len(heard) else False
    )
    if over and not apart and is_page(heard[:end], heard[end : end + 2]):
        return at + end
    return at + size if size else 0
