"""News prose into whole sentences, and a one-line body into paragraphs, with nothing lost.

Own code, after a trial of what there is: sentencex keeps most quotations of several sentences whole and takes
minutes over a megabyte of quotation marks; pysbd is a hundred times slower and never looks inside quotations.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

from generator.ingest.wording.abbreviations import (
    DOTTED,
    NAMES_FOLLOW,
    NUMBERS_FOLLOW,
    STARTERS,
    full_stop_ends,
    is_ordinal,
)

_WIDE = "。！？｡"
_PARAGRAPHS = 64  # whose sentences are remembered: tags and summary ask for those of one story
_WIDE_MARKS = frozenset(_WIDE)
_STOP = re.compile(
    r"(?P<stop>[.!?…؟۔।॥。！？｡](?:(?<=[。！？｡])[。！？｡]*|(?<![。！？｡])[.!?…؟۔।॥]*))"
    r"(?P<tail>(?:[\"'”’»」』）)\]]| »|\[\d{1,3}\])*)"
)
_QUOTE = re.compile(r"[\"'“”‘’«»„「」『』]")
_OPENING = "\"'“‘«„‹「『"
_CLOSING = "\"'”’»›」』"
_DASHES = "–—-"
_BEFORE_WORD = _OPENING + "([{¿¡–—-•* "
_LAST_WORD = re.compile(r"[^—–/(\[\"“‘«]*\Z")  # searched in what stands behind the last space
_FIRST_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_ELIDED = re.compile(r"\d|(?:tis|twas|em|n|til|cause|bout)\b", re.IGNORECASE)


_GOES_ON = frozenset(
    "He She It They This That These Those His Her Its Their But And So Yet Then Also Such".split()  # noqa: SIM905
)
_DOMAIN_ENDS = frozenset("Com Net Org Co Io Info Biz Gov Edu Js Py Ai Tv".split())  # noqa: SIM905
_SAYS = "said|says|asked|asks|told|added|adds|replied|wrote|writes|warned|warns|shouted|exclaimed|cried|joked"
_SPEAKS = re.compile(rf"(?:[^\W\d_a-z][\w'’.-]{{0,30}} ){{1,4}}(?:{_SAYS})\b")
_ATTRIBUTED = re.compile(rf"\b(?:{_SAYS}|(?:he|she|they) [a-z]+)\.\Z")  # searched in a few last characters
_IDEOGRAPHIC = "\u3000"  # the first of the characters that no space parts
_REACH = 160  # how far ahead a decision may look
_FEW_QUOTED = 60  # characters
_QUOTED = 200  # characters of a Japanese quotation, which its sentence goes around
_ENOUGH_QUOTED = 6  # sentences after which an opening mark without its partner no longer counts
_FEWEST, _MOST = 2, 4  # sentences in a paragraph
_WORD = 6  # characters, its space included


def split_sentences(text: str) -> list[str]:
    """Split prose into whole sentences, quotation marks and brackets with the sentence they belong to.

    Joined with spaces, the sentences are the text with its white space normalised; only where no space stood
    between two (`ended.The next`, ideographic stops) does the join add one. Where a stop may or may not end a
    sentence (`the U.S. Army`), the two stay together. Takes time linear in the text.
    """
    return list(_split(" ".join(text.split())))


@lru_cache(maxsize=_PARAGRAPHS)
def _split(flat: str) -> tuple[str, ...]:
    return tuple([flat[start:end].strip() for start, end in pairwise([0, *_sentence_ends(flat)])])


def join_sentences(sentences: Sequence[str]) -> str:
    """Put sentences side by side again: a space between them, none after an ideographic full stop."""
    if len(sentences) == 1:
        return sentences[0]
    parts = [part for one in sentences for part in (one, " " if _WIDE_MARKS.isdisjoint(one[-3:]) else "")]
    return "".join(parts[:-1])


def split_paragraphs(text: str) -> list[str]:
    """Partition a body without line breaks into paragraphs of two to four sentences.

    Prefers about three sentences and 60 to 90 words, breaks where a quotation or another speaker begins, and
    avoids breaks inside a quotation. Joined, the paragraphs are what the joined sentences are.
    """
    sentences = split_sentences(text)
    if len(sentences) < 2 * _FEWEST:
        return [join_sentences(sentences)] if sentences else []
    starts = _best_starts(sentences)
    marks = [len(sentences)]
    while marks[-1]:
        marks.append(starts[marks[-1]])
    return [join_sentences(sentences[start:end]) for start, end in pairwise(reversed(marks))]


def _best_starts(sentences: Sequence[str]) -> list[int]:
    """Where the last paragraph of the cheapest partition of the first n sentences starts, for each n."""
    lengths = [0, *accumulate(len(sentence) + 1 for sentence in sentences)]
    breaks = _break_costs(sentences)
    costs, starts = [0.0], [0]
    for end in range(1, len(sentences) + 1):
        best = min(
            (
                (costs[start] + breaks[start] + _size_cost(end - start, lengths[end] - lengths[start]), start)
                for start in range(max(0, end - _MOST), end - _FEWEST + 1)
            ),
            default=(float("inf"), 0),
        )
        costs.append(best[0])
        starts.append(best[1])
    return starts


def open_quotations(text: str) -> list[tuple[int, bool]]:
    """Follow the quotation marks: each offset where one opens (True) or the last one closes (False).

    Tells apostrophes and elisions (`dogs'`, `O'Brien`) from single quotation marks by their neighbours.
    """
    changes: list[tuple[int, bool]] = []
    single = double = low = False
    for match in _QUOTE.finditer(text):
        at, mark = match.start(), match[0]
        before, after = text[at - 1 : at] or " ", text[at + 1 : at + 2] or " "
        if mark in "'‘’":
            single = _single_open(mark, before, text[at + 1 : at + 8] or " ", was_open=single)
        elif mark == '"':
            double = not after.isspace() if before.isspace() else not double and after.isalnum()
        else:
            double = mark in "“«„「『" and not (mark == "“" and low)
            low = mark == "„"
        if (changes[-1][1] if changes else False) != (single or double):
            changes.append((at, single or double))
    return changes


def _single_open(mark: str, before: str, following: str, *, was_open: bool) -> bool:
    after = following[0]
    if before.isalnum() and after.isalnum():
        return was_open
    if mark != "’" and (before.isspace() or before in '([—–-"“') and not after.isspace():
        return was_open or not _ELIDED.match(following)
    if before.isspace():
        return was_open
    return not was_open and after.isalnum() and mark != "’"


def _sentence_ends(flat: str) -> list[int]:
    ends = [0]
    changes = open_quotations(flat)
    for match in _STOP.finditer(flat):
        end = _end_at(flat, match, ends[-1], changes)
        if ends[-1] < end < len(flat) and not _is_inside(flat, end, ends[-1], changes):
            ends.append(end)
    return [*ends[1:], len(flat)] if flat else []


def _is_inside(flat: str, end: int, start: int, changes: Sequence[tuple[int, bool]]) -> bool:
    """Whether a stop is inside a few quoted words around which a sentence goes on: the “Stop. Think.” campaign."""
    index = bisect_right(changes, (end, True)) - 1
    if index < 0 or not changes[index][1] or index + 1 == len(changes):
        return False
    if changes[index][0] <= start + 1 and flat[changes[index][0]] not in "「『":
        return False
    opened, closed = changes[index][0], changes[index + 1][0]
    if flat[opened] in "「『":
        return opened < end and closed - opened <= _QUOTED
    after = flat[closed + 1 : closed + 3]
    return (
        closed - opened <= _FEW_QUOTED
        and flat[closed - 1] in ".!?"
        and after[:1] == " "
        and after[1:].islower()
    )


def _end_at(flat: str, match: re.Match[str], start: int, changes: Sequence[tuple[int, bool]]) -> int:
    """Where the sentence ends, its closing marks included; 0 if this stop ends none."""
    end = match.end()
    if match["stop"][0] in _WIDE or (match["stop"][-1] in "!?" and flat[end : end + 1] >= _IDEOGRAPHIC):
        goes_on = flat[end : end + 1] in "、，,；;" or (match["tail"] and "ぁ" <= flat[end : end + 1] <= "ゟ")
        return 0 if goes_on else end
    near = flat[max(start, match.start() - 40) : match.start()].rpartition(" ")[2]
    word = _LAST_WORD.search(near)
    before = word[0].lstrip(_BEFORE_WORD) if word else ""
    if flat[end : end + 1] != " ":
        return _glued_end(flat, match, before, quoted=_is_open(changes, match.start()))
    after = flat[end + 1 : end + _REACH]
    head = after.lstrip(_BEFORE_WORD)
    if not head or head[0] in ",;:" or (head[0].islower() and not _is_brand(head)):
        return 0
    first = _FIRST_WORD.match(head)
    following = first[0] if first else ""
    if match["stop"] != ".":
        return end if _mark_ends(match, before, following, head) else 0
    at = match.start() - len(before)
    at_start = at <= start + 1
    initial = head[len(following) :].startswith(".")
    starts = after[0] in _OPENING or (following in STARTERS and not initial and after[0] not in _DASHES)
    if is_ordinal(before, flat[max(start, at - 12) : at]):
        return 0
    return end if full_stop_ends(before, following, at_start=at_start, starts=starts) else 0


def _mark_ends(match: re.Match[str], before: str, following: str, head: str) -> bool:
    """Whether a mark other than a full stop ends a sentence: not in `"Where?" Harry asked` or `by E! News`."""
    stop, tail = match["stop"], match["tail"]
    if stop in ("...", "…"):
        return following != "I" and following[:2] not in ("I'", "I’")
    if len(before) == 1 and before.isupper() and not tail:
        return False
    return not (tail and tail[-1] in _CLOSING and following not in STARTERS and _SPEAKS.match(head))


def _glued_end(flat: str, match: re.Match[str], before: str, *, quoted: bool) -> int:
    """Where a sentence ends that the next follows without a space, where no name or address looks so."""
    end, tail = match.end(), match["tail"]
    if tail and tail[-1] in "\"'" and not quoted:
        end -= 1  # the mark opens the next sentence
    rest = flat[end : end + 40]
    head = rest.lstrip(_OPENING)
    first = _FIRST_WORD.match(head)
    following = first[0] if first else ""
    shouted = len(following) > 1 and following.isupper()
    if len(match["stop"]) != 1 or not following[:1].isupper() or shouted or following in _DOMAIN_ENDS:
        return 0
    if len(before) < 2 or before in NUMBERS_FOLLOW | NAMES_FOLLOW or DOTTED.fullmatch(before):  # noqa: PLR2004 - initials
        return 0
    beyond = head[len(following) : len(following) + 2]
    surely = following in STARTERS and not beyond.startswith(".")
    plain = before.isalpha() and before.islower() and not (beyond[:1] == "." and beyond[1:].isalnum())
    return end if surely or plain or tail or head != rest else 0


def _is_open(changes: Sequence[tuple[int, bool]], at: int) -> bool:
    index = bisect_right(changes, (at, True)) - 1
    return index >= 0 and changes[index][1]


def _is_brand(head: str) -> bool:
    word = _FIRST_WORD.match(head)
    return word is not None and not word[0][1:].islower() and any(c.isupper() for c in word[0])


def _break_costs(sentences: Sequence[str]) -> list[float]:
    """What it costs to begin a paragraph at each sentence; the first costs nothing."""
    starts = [0, *accumulate(len(sentence) + 1 for sentence in sentences)]
    changes = open_quotations(" ".join(sentences))
    costs = [0.0]
    open_for = 0
    for index in range(1, len(sentences)):
        open_for = open_for + 1 if _is_open(changes, starts[index] - 1) else 0
        inside = 0 < open_for <= _ENOUGH_QUOTED
        costs.append(_break_cost(sentences[index - 1], sentences[index], inside=inside))
    return costs


def _break_cost(before: str, after: str, *, inside: bool) -> float:
    if after[0] in _OPENING:
        if before[-1] in _CLOSING:
            return -1.5  # one quotation ends and another begins: mostly another speaker
        goes_on = not inside and (before[0] in _OPENING or _ATTRIBUTED.search(before[-24:]))
        return 1.0 if goes_on else -1.2
    if inside:
        return 6.0
    first = _FIRST_WORD.match(after)
    if first and first[0] in _GOES_ON:
        return 0.5
    return -0.5 if _SPEAKS.match(after[:_REACH]) else 0.0


def _size_cost(sentences: int, characters: int) -> float:
    words = characters / _WORD
    off = max(60 - words, words - 90, 0) / 45
    return off * off + 0.2 * (sentences - 3) ** 2
