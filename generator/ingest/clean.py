"""What a story's text is cleaned of: promotions inside its blocks, and damage done to its characters."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import ftfy

from generator.ingest.markup import unmarked
from generator.ingest.rules import Rule, Rules, load_rules
from generator.model import Block, Dropped

_FTFY = ftfy.TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    explain=False,
)
_REPAIRS = 8  # rounds after which a text that still changes is taken as it is

_STOPS = ".!?…。！？؟"
_CLOSERS = "\"'”’»)]"
_MARKS = re.compile(r"[\"'“”‘’«»]")
_ELIDED = re.compile(r"\d|(?:n|em|til|tis|twas|cause|bout|cos|round)\b", re.IGNORECASE)
_FEWEST_WORDS = 5  # with which a story goes on after a promotion that has no end
_REACH = 600  # characters either side in which the other end of a quotation is looked for
_FEW = 20  # marks ahead that decide what an ambiguous one is

_RIGHT_TO_LEFT = re.compile(
    r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u180e\u200b\u202d\u202e\u2060-\u2064\u206a-\u206f\ufeff"
    r"\ufff9-\ufffc\ufffe\uffff\ufdd0-\ufdef\ud800-\udfff\U000e0000-\U000e007f]"
    r"|(?<![^\x00-\x7f\s])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f\s])"
)
_DIRECTION = re.compile(r"[\u061c\u200e\u200f\u202a-\u202c\u2066-\u2069]")
_FRENCH = re.compile(
    r"\b(?:les?|des|une|est|dans|pour|qui|du|et|sur|aux|ce|pas|vous|nous)\b|[éèêàçùœ]|« | »|\b[ldnsc]['’](?=\w)"
)
_STRAY_SPACE = re.compile(
    r"(?<=[^\s.]) (?=\.(?! \.)(?:[\s\"'”’)\]]|\Z))"
    r"|(?<=\S) (?=[,،؛؟](?:[\s\"'”’)\]]|\Z))"
    r"|(?<=\w) (?=[’']s(?:[\s,.;:!?)]|\Z))"
    r"|(?<=\S) (?=[)\]])|(?<=(?<![:;=8xX'-])\() (?=\w)"
)
# A sentence that begins right behind another: no initials, addresses or abbreviations with capitals in them.
_NO_SPACE = re.compile(
    r"(?<![\w/@.:'’-])((?:[^\W\d_][^\W\dA-Z_]{2,40}|\d{4})[.…]|(?:[^\W\d_][^\W\dA-Z_]{1,40}[.]?[”»)]?|\d{2,4})[!?]"
    r"|[^\W\d_][^\W\dA-Z_]{1,40}(?:[.!?…][”»)]|[”»)][.!?…]))"
    r"(?=[“‘«(]?(?:[A-ZÀ-ÖØ-Þ][^\W\dA-Z_]{1,40}(?![\w@/]|\.\w)|[AI] ))(?!(?:Com|Net|Org|Co|Io|Info|Biz|Gov|Edu|Js|Py|Ai|Tv)\b)"
)
_STRAY_SPACE_BUT_FRENCH = re.compile(r"(?<=\S) (?=[!?](?:[\s\"'”’)\]]|\Z)|[;:](?:\s(?!\d)|\Z))")


def cut(block: Block, rules: Rules | None = None) -> tuple[tuple[Block, ...], tuple[Dropped, ...]]:
    """Take promotions out of a block of a story's body; `rules` are the package's unless others are given.

    Returns:
        What stays and what was dropped, each in order. Put together by their offsets they are the block, to the
        character; the white space after a promotion goes with it.
    """
    kept: list[Block] = []
    dropped: list[Dropped] = []
    line, done = block.line, 0
    found = _promotions(block.text, rules or load_rules())
    for start, end, rule in (*found, (len(block.text), len(block.text), "")):
        before, promotion = block.text[done:start], block.text[start:end]
        kept += [Block(block.start + done, line, before)] if before else []
        line += before.count("\n")
        dropped += [Dropped(Block(block.start + start, line, promotion), rule)] if promotion else []
        line += promotion.count("\n")
        done = end
    return tuple(kept), tuple(dropped)


def repair(text: str) -> str:
    """Undo what scraping did to a text, without losing a letter or a digit; what is whole stays as it is.

    Markup that was left in it goes, mojibake is decoded again, characters that show nothing go (joiners and bidirectional marks stay where a script
    needs them), white space becomes single spaces, none before punctuation (but as French has it in French), and a
    quotation that opens curly and closes straight, or the other way, gets its curly partner. Idempotent.
    """
    for _ in range(_REPAIRS):
        better = _repaired(text)
        if better == text:
            break
        text = better
    return text


def _promotions(text: str, rules: Rules) -> Iterator[tuple[int, int, str]]:
    """The promotions in a text, with their ends and rules, in order and apart."""
    done = 0
    candidates = sorted(_candidates(text, rules))
    begun = {start for start, _, _ in candidates}
    for start, place, end in candidates:
        rule = rules.promotions[place]
        if start < done or not _may_begin(text, start, done, rule) or _quoted(text, start, end, rule):
            continue
        yield start, (done := _past_space(text, end)), rule.id
        while done not in begun and (after := _after(text, done, rules)):
            yield done, (done := _past_space(text, after[0])), after[1]


def _candidates(text: str, rules: Rules) -> Iterator[tuple[int, int, int]]:
    """Start, the rule's place among the rules, and end of all that may be a promotion, overlapping ones too."""
    for place, rule in enumerate(rules.promotions):
        found = rule.pattern.search(text) if rule.where != "after" else None
        while found:
            if end := _end(text, rules, rule, found):
                yield found.start(), place, end
            found = rule.pattern.search(text, found.start() + 1)


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
    end = found.end()
    guards = rules.guards[rule.language]
    tail = found.groupdict().get("tail") or ""
    if not rule.sure and "glued" in guards and (glued := guards["glued"].search(tail)):
        end = found.start("tail") + glued.start(glued.lastgroup or 0)
        if len(re.split(r"[.!?]", text[end : end + _REACH], maxsplit=1)[0].split()) < _FEWEST_WORDS:
            return 0
    spoken = not rule.sure and "speaks" in guards and guards["speaks"].search(text, found.start(), end)
    return 0 if spoken else end


def _past_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _may_begin(text: str, start: int, done: int, rule: Rule) -> bool:
    """Whether a promotion may begin here: after a sentence, a quotation, another promotion, or nothing."""
    before = start
    while before > done and text[before - 1].isspace():
        before -= 1
    last = text[before - 1 : before]
    if before == done or last in _STOPS:
        return True
    apart = before < start
    closes = last in _CLOSERS and not text[before - 2 : before - 1].isspace()
    return apart and (rule.where == "anywhere" or closes or (rule.where == "word" and last.isalnum()))


def _quoted(text: str, start: int, end: int, rule: Rule) -> bool:
    """Whether somebody is quoted where a promotion seems to be: the next mark closes what was opened before."""
    if rule.quoted:
        return False
    ahead = next(_quotation_marks(text, end, min(len(text), end + _REACH)), None)
    if ahead is None or ahead.opens:
        return False
    behind = [
        mark for mark in _quotation_marks(text, max(0, start - _REACH), start) if mark.kind == ahead.kind
    ]
    return (bool(behind) and behind[-1].opens) or text[ahead.at - 1] in ",.!?…"


@dataclass(frozen=True, slots=True)
class _Mark:
    """A quotation mark that is no apostrophe: where, which kind ("'" or '"'), and which way it faces."""

    at: int
    kind: str
    opens: bool
    curly: bool


def _quotation_marks(text: str, start: int, end: int) -> Iterator[_Mark]:
    for found in _MARKS.finditer(text, start, end):
        at, mark = found.start(), found[0]
        before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
        opened = (
            (not before or before.isspace() or before in "([{—–-“‘\"'«")
            and bool(after)
            and not after.isspace()
        )
        closed = bool(before) and not before.isspace() and before not in "([{“‘«" and not after.isalnum()
        kind = "'" if mark in "'‘’" else '"'
        if opened and not closed and mark not in "”’»" and not (mark == "'" and _ELIDED.match(text, at + 1)):
            yield _Mark(at, kind, opens=True, curly=mark not in "'\"")
        elif closed and mark not in "“‘«":
            yield _Mark(at, kind, opens=False, curly=mark not in "'\"")


def _repaired(text: str) -> str:
    text = _UNSEEN.sub("", ftfy.fix_text(unmarked(text), _FTFY))
    if not _RIGHT_TO_LEFT.search(text):
        text = _DIRECTION.sub("", text)
    text = _STRAY_SPACE.sub("", " ".join(text.split()))
    text = _NO_SPACE.sub(r"\1 ", text)
    if len(_FRENCH.findall(text)) * 12 <= text.count(" "):
        text = _STRAY_SPACE_BUT_FRENCH.sub("", text)
    return _paired(text)


def _paired(text: str) -> str:
    """Give a quotation with one curly and one straight mark its missing partner."""
    if not any(mark in text for mark in "“”‘’"):
        return text
    chars = list(text)
    marks = list(_quotation_marks(text, 0, len(text)))
    for kind, opening, closing in (("'", "‘", "’"), ('"', "“", "”")):
        ours = [mark for mark in marks if mark.kind == kind and text[mark.at] not in "«»"]
        opened: _Mark | None = None
        for place, mark in enumerate(ours):
            if mark.opens:
                opened = mark
            elif opened and not _stands_aside(text, opened, ours[place : place + _FEW]):
                if opened.curly != mark.curly and mark.at - opened.at <= _REACH:
                    at, curly = (mark.at, closing) if opened.curly else (opened.at, opening)
                    chars[at] = curly
                opened = None
    return "".join(chars)


def _stands_aside(text: str, opened: _Mark, marks: Sequence[_Mark]) -> bool:
    """Whether the first mark is a plural's apostrophe or the sign for inches, because the true end comes later."""
    first = marks[0]
    if first.curly == opened.curly or not (text[first.at - 1] in "sS" or text[first.at - 1].isdigit()):
        return False
    for mark in marks[1:]:
        if mark.opens:
            return False
        if mark.curly == opened.curly:
            return True
    return False
