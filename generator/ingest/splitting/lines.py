"""The visible lines of a document, and what a line is when seen alone: a time, a source, a bullet, a rule."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from generator.ingest.dating.dates import reads_as_when
from generator.ingest.rulebook.rule import Rule
from generator.ingest.rulebook.rules import Rules, fold
from generator.model import Block, Dropped

MOST_LINES = 500_000
"""Lines of a text: each is kept as many times its bytes."""

_LINES = (
    1 << 12
)  # whose times are remembered: a page is gone through several times, a site's pages share most
_FOLDED = 200  # characters up to which a line may be something else than prose
_SHOWS_NOTHING = (
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_UNSEEN = dict.fromkeys(map(ord, _SHOWS_NOTHING))
_TIMED = re.compile(r"\Atime\s?(?=\d|\w+ )", re.IGNORECASE)
_PLAIN_TIME_STARTS = re.compile(
    r"\d|an? |just |moments |yesterday|today|vor |gestern|heute|il y a |hier|hace |ayer|hoy|منذ|قبل|أمس|امس|اليوم"
    r"|(?<=[|·•,–—-] )[^\W\d_]|(?<=[|·•,–—-])[^\W\d_]",
    re.IGNORECASE,
)
_TIME_STARTS = re.compile(_PLAIN_TIME_STARTS.pattern + r"|(?<= )[^\W\d_]", re.IGNORECASE)
_MOST_UNITS = 59  # minutes, hours or days that a page counts before it takes the next unit
_JOINTS = " |·•,–—-"
_BULLET = re.compile(r"[-–—•·*]\s*(?P<text>\S.*)", re.DOTALL)
_YEAR = re.compile(r"\d{4}")
_COUNT = re.compile(r"\d{1,4}")
_GLUED = re.compile(r"[A-Za-z]{3}\d")  # no time has a word that runs into a figure
_LONGEST_WHEN = 80  # characters
_SHORTEST_RULE = 3
_CLOSING_MARKS = frozenset([".", "!", "?", ")", ".)", ").", ",", ";"])
_RULE_MARKS = frozenset("-=_*~–—•·⁂")
_SENTENCE_END = re.compile(r"[.!?…。！？؟۔][\"'”’»)\]]*\Z")
_STOPPED = re.compile(r"[.…。۔][\"'”’»)\]]*\Z")
_SHORTENED = (
    r"(?<!\b(?:Mr|Dr|St|Ms|No|Lt|Jr|Sr|vs))(?<!\b(?:Mrs|Gen|Sen|Rep|Gov|Col|Sgt|Rev))(?<!\b(?:Prof|Capt))"
)
_NEXT_SENTENCE = re.compile(rf"[^\s.][^\s.]{_SHORTENED}[.!?…][\"'”’»)\]]* [\"'“‘«(]?[^\W\d_a-z]")
_SHORTEST_SOURCE, _LONGEST_SOURCE, _MOST_SOURCE_WORDS = 2, 60, 8
_MOST_SHOUTED = 2  # words of a source that ends in an exclamation mark
_LONGEST_TITLE = 250
_LONGEST_STOPPED, _LONGEST_OF_SENTENCES, _LONGEST_OF_STOPPED_SENTENCES = (
    120,
    160,
    80,
)  # characters, see is_title
_FEWEST_WORDS, _FEWEST_WORDS_CUT_OFF = 5, 10  # of a sentence of story, and of one that has no end
_FEWEST_OF_CAPTION = 20  # words of a line without an end that is too long for a picture's caption
_FEWEST_OF_PROSE = 25  # words of a line without an end that is too long for a title
_ENOUGH = 600  # characters in which words are counted
_WIDE = re.compile(r"[\u2e80-\uffff]")
_FEWEST_OF_LIST = 3  # lines that may be a list of titles


@dataclass(frozen=True, slots=True)
class Line:
    """A line with something to see on it, and what it is an instance of when seen alone.

    Attributes:
        block: its text without the white space around it.
        gap: how many blank lines stand before it.
        text: the same without characters that show nothing and with single spaces, if the line is short.
        plain: the text folded for comparing, "" where the line is too long to be anything but prose.
        when: the time it consists of, without a label glued to it, or "".
        furniture: the rule by which it may belong to an aggregator's page.
        single: the id of the rule by which it is never a story's, or "".
        stub: whether it only promises a story.
        release: the ids of the parts of a press release that it opens.
    """

    block: Block
    gap: int
    text: str
    plain: str
    when: str = ""
    furniture: Rule | None = None
    single: str = ""
    stub: bool = False
    release: frozenset[str] = frozenset()


def read_lines(document: str, rules: Rules) -> tuple[list[Line], list[Dropped]]:
    """Split a document into its visible lines, and into lines of characters that show nothing."""
    lines: list[Line] = []
    unseen: list[Dropped] = []
    start = gap = 0
    for number, raw in enumerate(document.split("\n"), 1):
        text = raw.strip()
        block = Block(start + len(raw) - len(raw.lstrip()), number, text)
        if text and (any(map(str.isprintable, text)) or not rules.drops("invisible")):
            lines.append(_line(block, gap, rules))
        elif text:
            unseen.append(Dropped(block, "invisible"))
        gap = 0 if lines and lines[-1].block is block else gap + 1
        start += len(raw) + 1
    return lines, unseen


def _line(block: Block, gap: int, rules: Rules) -> Line:
    plain = _fold(block.text)
    if not plain:
        return Line(block, gap, block.text, plain)
    single = rules.lines.find(plain)
    return Line(
        block,
        gap,
        seen(block.text),
        plain,
        when=when_of(block.text),
        furniture=rules.furniture.find(plain),
        single=single.id if single else _without_words(plain, rules),
        stub=rules.stubs.find(plain) is not None,
        release=frozenset(id_ for id_, pattern in rules.release.items() if pattern.match(plain)),
    )


def _without_words(plain: str, rules: Rules) -> str:
    """The rule for a line that rules off (three or more of one mark, with or without spaces) or only has marks."""
    marks = plain.replace(" ", "")
    ruled = (
        len(set(marks)) == 1 and marks[0] in _RULE_MARKS and (len(marks) >= _SHORTEST_RULE or marks == "⁂")
    )
    if ruled:
        return "rule-line" if rules.drops("rule-line") else ""
    goes_on = marks in _CLOSING_MARKS  # of a sentence that a link broke
    kept = goes_on or any(map(str.isalnum, marks)) or not rules.drops("marks-only")
    return "" if kept else "marks-only"


def part_of(block: Block, start: int, end: int) -> Block | None:
    """Cut a stretch out of a block, without the white space around it; None where nothing is left."""
    text = block.text[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    return Block(block.start + start, block.line + block.text.count("\n", 0, start), text) if text else None


def span(document: str, lines: Sequence[Line]) -> Block:
    """Make one block of neighbouring lines."""
    first, last = lines[0].block, lines[-1].block
    return Block(first.start, first.line, document[first.start : last.start + len(last.text)])


def seen(text: str) -> str:
    """Take the characters that show nothing out of a short text, and all white space but single spaces."""
    return " ".join(_without_unseen(text).split())


def _without_unseen(text: str) -> str:
    return text if text.isascii() else text.translate(_UNSEEN)


def unseen_before(text: str) -> int:
    """How many characters that show nothing stand at the front of a text."""
    return len(text) - len(text.lstrip(_SHOWS_NOTHING))


@lru_cache(maxsize=_LINES)
def when_of(text: str) -> str:
    """Return the time a line consists of, without a label glued to it, or ""."""
    bare = _TIMED.sub("", seen(text), count=1)
    return bare if len(bare) <= _LONGEST_WHEN and not _GLUED.search(bare) and reads_as_when(bare) else ""


def glued(text: str, named: str = "", *, apart: bool = False) -> tuple[str, str]:
    """Split a line where a source runs into its time (`Yahoo23-04-2025`, `The Mail | 2 days ago`), or ("", "").

    `named` is the source where something else tells it. A figure that stands apart belongs to the name
    ("Channel 9") unless there is no other and `apart` says that source and time may stand so; one that counts more
    than a page would count is cut ("Channel 925 minutes ago").
    """
    return ("", "") if len(text) > 2 * _LONGEST_SOURCE else _glued(text, named, apart)


@lru_cache(maxsize=_LINES)
def _glued(text: str, named: str, apart: bool) -> tuple[str, str]:  # noqa: FBT001 - a key of the cache
    parted: tuple[str, str] | None = None
    lettered = next((at for at, char in enumerate(text) if char.isalpha()), len(text))
    from_letter = 0 if named else lettered  # a line of figures has no source, nor many times to look for
    for found in (_TIME_STARTS if _YEAR.search(text) else _PLAIN_TIME_STARTS).finditer(text, from_letter):
        when = when_of(text[found.start() :])
        source = text[: found.start()].rstrip(_JOINTS) if when else ""
        if not source:
            continue
        if named and fold(source) in (fold(named), fold(named) + "time"):
            return named, when
        spaced = text[: found.start()] == source + " "
        absolute = _YEAR.search(when) is not None
        counted = _COUNT.search(when)
        most = absolute or not counted or int(counted[0]) <= _MOST_UNITS
        if most and names_source(source):
            if absolute or not spaced:
                return source, when
            parted = parted or (source, when)
    return parted if apart and parted else ("", "")


def bulleted(line: Line) -> str:
    """Return the text after a line's bullet, or ""."""
    match = _BULLET.fullmatch(line.text) if line.plain else None
    return match["text"] if match else ""


def names_source(text: str) -> bool:
    """Whether a text could be a publisher's name: short, no sentence, no time, no bullet."""
    return (
        _SHORTEST_SOURCE <= len(text) <= _LONGEST_SOURCE
        and len(text.split()) <= _MOST_SOURCE_WORDS
        and any(map(str.isalpha, text))
        and (not ends_sentence(text) or (text.endswith("!") and len(text.split()) <= _MOST_SHOUTED))
        and not text.endswith((":", ",", ";"))
        and not text.startswith(("@", "http"))
        and not _BULLET.fullmatch(text)
        and not when_of(text)
    )


def is_rule(line: Line) -> bool:
    """Whether a line only rules off."""
    return line.single == "rule-line"


def is_title(text: str) -> bool:
    """Whether a text can stand as a headline: not too long, shorter if it ends in a full stop or has sentences."""
    several = _NEXT_SENTENCE.search(text[:_LONGEST_TITLE]) is not None
    most = _LONGEST_OF_SENTENCES if several else _LONGEST_TITLE
    if text.endswith("."):
        most = _LONGEST_OF_STOPPED_SENTENCES if several else _LONGEST_STOPPED
    return len(text) <= most


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does."""
    return _SENTENCE_END.search(_tail(text)) is not None


def has_story(lines: Sequence[Line], *, lead: bool = False) -> bool:
    """Whether lines have at least one sentence of story; what only promises one is none, nor is a list of titles.

    In the `lead` of a page a line that has no end may be a picture's caption: it has to be longer.
    """
    texts = [line.block.text for line in lines if not line.stub]
    if len(texts) >= _FEWEST_OF_LIST and not any(map(narrates, texts)):
        return False
    return any(tells(text, _FEWEST_OF_CAPTION if lead else _FEWEST_WORDS_CUT_OFF) for text in texts)


def narrates(text: str) -> bool:
    """Whether a text has a sentence and could not be a title: it ends in a full stop, goes on, or is long."""
    words = _words(text)
    if _NEXT_SENTENCE.search(text):
        return words >= _FEWEST_WORDS
    return words >= (_FEWEST_WORDS if _STOPPED.search(_tail(text)) else _FEWEST_OF_PROSE)


def tells(text: str, cut_off: int = _FEWEST_WORDS_CUT_OFF) -> bool:
    """Whether a text has a sentence: five words that end as one, or `cut_off` that have no end.

    In scripts without spaces two characters count as a word.
    """
    sentence = ends_sentence(text) or _NEXT_SENTENCE.search(text) is not None
    return _words(text) >= (_FEWEST_WORDS if sentence else cut_off)


def _tail(text: str) -> str:
    return _without_unseen(text[-12:]).rstrip()[-8:]


def _words(text: str) -> int:
    text = text[:_ENOUGH]
    return len(text.split()) if text.isascii() else max(len(text.split()), len(_WIDE.findall(text)) // 2)


def _fold(text: str) -> str:
    return "" if len(text) > _FOLDED else fold(text)
