"""What the header of a story says on an aggregator's page: source, time and bullets, each perhaps missing."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from generator.ingest.rulebook.rules import Rules, fold
from generator.ingest.splitting.bylines import is_byline
from generator.ingest.splitting.lines import Line, bulleted, glued, names_source, tells

_LONGEST = 100  # characters of a source that its bullet confirms
_LONGEST_TITLE = 400  # characters of a title that stands twice
_LONGEST_TIME = 30  # characters of a time that nothing but its place shows
_MOST_BULLETS = 3
_BULLET_MARKS = frozenset("•·-–*")
_SOURCE_ENDS = re.compile(r" [-–—|] .{2,60}")
_MOST_NAME_WORDS = 4  # of a source that nothing but its capitals shows


@dataclass(frozen=True, slots=True)
class Stamp:
    """What stands between two places: a source, a time, bullets.

    `sure` says that a bullet repeats the source, `categories` that one names a section of the aggregator.
    """

    end: int
    source: str = ""
    published: str = ""
    published_line: int = 0
    bullets: tuple[str, ...] = ()
    categories: bool = False
    sure: bool = False


def read_stamp(lines: Sequence[Line], at: int, rules: Rules, title: Line | None = None) -> Stamp | None:
    """Read a source, a time and bullets, each of which may be missing; None where there is none of them.

    A source alone counts only below a `title` that stands twice, and if it looks like a name.
    """
    line, bullets = lines[at], [text for text, _ in _bullets(lines, at + 1)]
    known = next((text for text in bullets if glued(line.text, text)[0]), "")
    timed = None if known else _time(lines, at)
    if timed:
        source = "Time" if title and line.text.startswith("Time") else ""
        return _confirmed(replace(timed, source=source), lines, rules)
    source, when = glued(line.text, known, apart=title is not None)
    if when and fold(source) not in rules.labels:
        return _confirmed(Stamp(at + 1, source, when, line.block.line), lines, rules)
    return _named(lines, at, rules, title) if line.plain and len(line.text) <= _LONGEST else None


def _named(lines: Sequence[Line], at: int, rules: Rules, title: Line | None) -> Stamp | None:
    """Read a source on a line of its own, perhaps twice, by what is below it."""
    line = lines[at]
    at += at + 1 < len(lines) and lines[at + 1].plain == line.plain
    bullets = [text for text, _ in _bullets(lines, at + 1)]
    if timed := _time(lines, at + 1) or _between(lines, at + 1, line.text):
        return _confirmed(replace(timed, source=line.text), lines, rules)
    confirmed = bullets and (_same(line.text, bullets[0]) or _same(line.text, bullets[-1]))
    if confirmed or (bullets and rules.categories.find(fold(bullets[0]))):
        return _confirmed(Stamp(at + 1, line.text), lines, rules)
    below = lines[at + 1] if title and at + 1 < len(lines) else None
    told = bullets or (title and below and (same_title(title, below) or tells(below.block.text)))
    if title and told and _is_name(line) and not is_byline(line.text, rules):
        return _confirmed(Stamp(at + 1, line.text), lines, rules)
    return None


def _time(lines: Sequence[Line], at: int) -> Stamp | None:
    """The time on a line, or on the next where this one only labels it."""
    at += at < len(lines) and lines[at].plain == "time"
    if at >= len(lines) or not lines[at].when:
        return None
    twice = at + 1 < len(lines) and lines[at + 1].when == lines[at].when
    return Stamp(at + 1 + twice, "", lines[at].when, lines[at].block.line)


def _between(lines: Sequence[Line], at: int, source: str) -> Stamp | None:
    """A time in words that alone would not show it ("now"): what stands between a source and the bullet of it."""
    named = any(fold(source) == fold(text) for text, _ in _bullets(lines, at + 1))
    if not named or len(lines[at].text) > _LONGEST_TIME or bulleted(lines[at]) or not lines[at].plain:
        return None
    return Stamp(at + 1, "", lines[at].text, lines[at].block.line)


def _confirmed(stamp: Stamp, lines: Sequence[Line], rules: Rules) -> Stamp:
    """Take the bullets, too: they name the source, or a category, or both."""
    bullets: list[str] = []
    end = stamp.end
    for text, after in _bullets(lines, stamp.end):
        if not (_same(stamp.source, text) or names_source(text)):
            break
        bullets.append(text)
        end = after
    sources = [text for text in bullets if not rules.categories.find(fold(text))]
    sure = any(_same(stamp.source, text) for text in bullets)
    source = stamp.source or (sources[-1] if sources else "")
    categories = len(sources) < len(bullets)
    return replace(stamp, end=end, source=source, bullets=tuple(bullets), categories=categories, sure=sure)


def _bullets(lines: Sequence[Line], at: int) -> Iterator[tuple[str, int]]:
    """The bullets from a line on, each with the line after it; a mark may have a line of its own."""
    for _ in range(_MOST_BULLETS):
        alone = at + 1 < len(lines) and lines[at].text in _BULLET_MARKS
        text = lines[at + 1].text if alone else bulleted(lines[at]) if at < len(lines) else ""
        if not text or len(text) > _LONGEST:
            return
        at += 1 + alone
        yield text, at


def same_title(one: Line, other: Line) -> bool:
    """Whether two lines are one title, one perhaps cut off with an ellipsis or with the source at its end."""
    if not one.plain or not other.plain:
        most = max(len(one.block.text), len(other.block.text))
        return most <= _LONGEST_TITLE and fold(one.block.text) == fold(other.block.text)
    return one.plain == other.plain or _goes_on(one.plain, other.plain) or _goes_on(other.plain, one.plain)


def _goes_on(whole: str, part: str) -> bool:
    """Whether one title is the other cut off with an ellipsis, or without the source at its end."""
    cut = part.removesuffix("...").rstrip()
    if 2 * len(cut) < len(whole) or not whole.startswith(cut):
        return False
    return cut != part or _SOURCE_ENDS.fullmatch(whole, len(cut)) is not None


def _is_name(line: Line) -> bool:
    """Whether a line without a time reads like a publisher's name: few words, the first and last with a capital."""
    words = line.text.split()
    capitals = bool(words) and all(
        word[:1].isupper() or word[:1].isdigit() for word in (*words[:1], *words[-1:])
    )
    return (
        names_source(line.text)
        and ":" not in line.text
        and len(words) <= _MOST_NAME_WORDS
        and (capitals or "." in words[0])
    )


def _same(one: str, other: str) -> bool:
    """Whether a bullet repeats a source, one perhaps shortened."""
    one, other = fold(one), fold(other)
    return bool(one and other) and len(one) <= _LONGEST and (one.startswith(other) or other.startswith(one))
