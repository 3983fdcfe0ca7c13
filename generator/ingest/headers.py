"""The headers under which stories stand on an aggregator's page: source, time, bullets, and copies of the title."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from generator.ingest.bylines import is_byline
from generator.ingest.lines import Line, bulleted, glued, is_title, names_source, narrates, tells
from generator.ingest.rules import Rules, fold

_LONGEST = 100  # characters of a source that its bullet confirms
_LONGEST_TITLE = 400  # characters of a title that stands twice, or under a header
_LONGEST_TIME = 30  # characters of a time that nothing but its place shows
_PROSE = 120  # characters from which a line that ends as a sentence is taken for a story's
_MOST_BULLETS = 3
_OPENING = 8  # lines of furniture among which the head of a page about a hashtag is
_BULLET_MARKS = frozenset("•·-–*")
_SOURCE_ENDS = re.compile(r" [-–—|] .{2,60}")
_MOST_BYLINES = 4
_MOST_OF_MENU, _LONGEST_OF_MENU = 6, 20  # lines, and characters of each
_MOST_COPIES = 4  # of a title above what stands under it
_MOST_NAME_WORDS = 4  # of a source that nothing but its capitals shows
_FEWEST_TITLE_WORDS = 2  # of a title that stands twice with nothing but a story below


@dataclass(frozen=True, slots=True)
class Header:
    """The lines `start` to `end` (not included) that open a story.

    `title` is the line that holds its title: the one at `end`, or one of the header's own.
    """

    start: int
    end: int
    title: int
    source: str = ""
    published: str = ""
    published_line: int = 0


@dataclass(frozen=True, slots=True)
class _Items:
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


def find_headers(lines: Sequence[Line], furniture: Mapping[int, str], rules: Rules) -> dict[int, Header]:
    """Find the headers of stories, by the line each starts on.

    A source, a time and `- source` make a header anywhere, as does a title that stands twice above any of them;
    below the first furniture or header one of the three may be missing.
    """
    headers: dict[int, Header] = {}
    below = min(furniture, default=len(lines))
    at = floor = 0
    while at < len(lines):
        header = None if at in furniture else header_at(lines, at, furniture, rules, loose=at > below)
        if header:
            header = _with_copies(lines, header, floor)
            headers[header.start] = header
            floor = header.end + (header.title == header.end)
            below = min(below, at)
        at = max(floor, at + 1) if header else at + 1
    return headers


def header_at(
    lines: Sequence[Line], at: int, furniture: Mapping[int, str], rules: Rules, *, loose: bool
) -> Header | None:
    """Read the header that starts on a line, None where none does; `loose` asks for fewer signs."""
    copies = _copies(lines, at)
    if copies > 1 and not _is_source_twice(lines, at + copies - 1, rules):
        return _under_twins(lines, at, at + copies, furniture, rules, loose=loose)
    items = _items(lines, at, rules)
    if items is None:
        return None
    apart = lines[at].gap > 0 or at == 0 or at - 1 in furniture
    own = _has_title_above(lines, at, furniture)
    if items.sure or (loose and not own and _stands(lines, items, furniture, rules, apart=apart)):
        return Header(at, items.end, items.end, items.source, items.published, items.published_line)
    return None


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


def _copies(lines: Sequence[Line], at: int) -> int:
    """How often a line stands there in a row; 1 where it could be no title."""
    line, count = lines[at], 1
    if line.when or line.furniture or line.single or bulleted(line):
        return 1
    while count < _MOST_COPIES and at + count < len(lines) and same_title(line, lines[at + count]):
        count += 1
    return count


def _under_twins(
    lines: Sequence[Line], at: int, end: int, furniture: Mapping[int, str], rules: Rules, *, loose: bool
) -> Header | None:
    """The header that a title standing twice opens: what is below it, and perhaps a third copy."""
    items = _items(lines, end, rules, lines[at]) if end < len(lines) and end not in furniture else None
    stop = items.end if items else end
    again = stop < len(lines) and stop not in furniture and same_title(lines[at], lines[stop])
    first = _is_first(lines, at, furniture)
    long = len(lines[at].text.split()) >= _FEWEST_TITLE_WORDS and not rules.categories.find(lines[at].plain)
    if not (long or first or again or (items and items.sure)):
        return None
    if items is None:
        titled = first or not narrates(lines[at].block.text)
        below = _below(lines, stop + again, furniture, rules)
        if not (titled and (loose or first) and below < len(lines) and tells(lines[below].block.text)):
            return None
        if _copies(lines, below) > 1:
            return None
        items = _Items(end)
    elif not (items.sure or loose or first or again or items.published):
        return None
    title = stop if again else at
    return Header(at, stop + again, title, items.source, items.published, items.published_line)


def _is_first(lines: Sequence[Line], at: int, furniture: Mapping[int, str]) -> bool:
    """Whether a line is the first below furniture, or only a menu stands between the page's mark and it."""
    place = at - 1
    while (
        place not in furniture and place > at - _MOST_OF_MENU and len(lines[place].text) <= _LONGEST_OF_MENU
    ):
        place -= 1
    return at == 0 or at - 1 in furniture or furniture.get(place) == "logo"


def _is_credit(line: Line, rules: Rules) -> bool:
    """Whether a line says who wrote the story or when, with a label or as a byline."""
    label, colon, _ = line.text.partition(":")
    return is_byline(line.text, rules) or bool(colon and rules.labels.get(fold(label)))


def _below(lines: Sequence[Line], at: int, furniture: Mapping[int, str], rules: Rules) -> int:
    """The line that a story begins on, bylines aside; the number of lines where none follows."""
    most = at + _MOST_BYLINES
    while at < min(most, len(lines)) and at not in furniture and _is_credit(lines[at], rules):
        at += 1
    return at if at < len(lines) and at not in furniture else len(lines)


def _is_source_twice(lines: Sequence[Line], at: int, rules: Rules) -> bool:
    """Whether a line that stands twice is no title but a source, as what is below the second copy shows."""
    items = _items(lines, at, rules)
    if items is None or not names_source(lines[at].text):
        return False
    title, below = [*(line.block.text for line in lines[items.end : items.end + 2]), "", ""][:2]
    return items.sure or (bool(items.published) and not narrates(title) and narrates(below))


def _items(lines: Sequence[Line], at: int, rules: Rules, title: Line | None = None) -> _Items | None:
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
        return _confirmed(_Items(at + 1, source, when, line.block.line), lines, rules)
    return _named(lines, at, rules, title) if line.plain and len(line.text) <= _LONGEST else None


def _named(lines: Sequence[Line], at: int, rules: Rules, title: Line | None) -> _Items | None:
    """Read a source on a line of its own, perhaps twice, by what is below it."""
    line = lines[at]
    at += at + 1 < len(lines) and lines[at + 1].plain == line.plain
    bullets = [text for text, _ in _bullets(lines, at + 1)]
    if timed := _time(lines, at + 1) or _between(lines, at + 1, line.text):
        return _confirmed(replace(timed, source=line.text), lines, rules)
    confirmed = bullets and (_same(line.text, bullets[0]) or _same(line.text, bullets[-1]))
    if confirmed or (bullets and rules.categories.find(fold(bullets[0]))):
        return _confirmed(_Items(at + 1, line.text), lines, rules)
    below = lines[at + 1] if title and at + 1 < len(lines) else None
    told = bullets or (title and below and (same_title(title, below) or tells(below.block.text)))
    if title and told and _is_name(line) and not is_byline(line.text, rules):
        return _confirmed(_Items(at + 1, line.text), lines, rules)
    return None


def _time(lines: Sequence[Line], at: int) -> _Items | None:
    """The time on a line, or on the next where this one only labels it."""
    at += at < len(lines) and lines[at].plain == "time"
    if at >= len(lines) or not lines[at].when:
        return None
    twice = at + 1 < len(lines) and lines[at + 1].when == lines[at].when
    return _Items(at + 1 + twice, "", lines[at].when, lines[at].block.line)


def _between(lines: Sequence[Line], at: int, source: str) -> _Items | None:
    """A time in words that alone would not show it ("now"): what stands between a source and the bullet of it."""
    named = any(fold(source) == fold(text) for text, _ in _bullets(lines, at + 1))
    if not named or len(lines[at].text) > _LONGEST_TIME or bulleted(lines[at]) or not lines[at].plain:
        return None
    return _Items(at + 1, "", lines[at].text, lines[at].block.line)


def _confirmed(items: _Items, lines: Sequence[Line], rules: Rules) -> _Items:
    """Take the bullets, too: they name the source, or a category, or both."""
    bullets: list[str] = []
    end = items.end
    for text, after in _bullets(lines, items.end):
        if not (_same(items.source, text) or names_source(text)):
            break
        bullets.append(text)
        end = after
    sources = [text for text in bullets if not rules.categories.find(fold(text))]
    sure = any(_same(items.source, text) for text in bullets)
    source = items.source or (sources[-1] if sources else "")
    categories = len(sources) < len(bullets)
    return replace(items, end=end, source=source, bullets=tuple(bullets), categories=categories, sure=sure)


def _bullets(lines: Sequence[Line], at: int) -> Iterator[tuple[str, int]]:
    """The bullets from a line on, each with the line after it; a mark may have a line of its own."""
    for _ in range(_MOST_BULLETS):
        alone = at + 1 < len(lines) and lines[at].text in _BULLET_MARKS
        text = lines[at + 1].text if alone else bulleted(lines[at]) if at < len(lines) else ""
        if not text or len(text) > _LONGEST:
            return
        at += 1 + alone
        yield text, at


def _stands(
    lines: Sequence[Line], items: _Items, furniture: Mapping[int, str], rules: Rules, *, apart: bool
) -> bool:
    """Whether items that no bullet confirms make a header: named and timed, above a title and a story."""
    named = names_source(items.source) and ":" not in items.source and not is_byline(items.source, rules)
    if items.categories and (items.published or "latest" in islice(furniture.values(), _OPENING)):
        return bool(items.published) or named
    if not items.published or not named:
        return False
    if items.end >= len(lines) or items.end in furniture:
        return False
    title, at = lines[items.end], _below(lines, items.end + 1, furniture, rules)
    below = lines[at].block.text if at < len(lines) else ""
    told = narrates(below) or (len(below) > len(title.block.text) and tells(below))
    titled = is_title(title.block.text) or (told and len(title.block.text) <= _LONGEST_TITLE)
    if not titled or bulleted(title) or title.when:
        return False
    return (apart or told) and (told or not title.block.text.endswith("."))


def _has_title_above(lines: Sequence[Line], at: int, furniture: Mapping[int, str]) -> bool:
    """Whether a line below the page's mark is the title of what stands here, so that no other title follows."""
    marked = at > 1 and furniture.get(at - 2) == "logo"
    return marked and at - 1 not in furniture and len(lines[at - 1].block.text) <= _LONGEST_TITLE


def _is_name(line: Line) -> bool:
    """Whether a line without a time reads like a publisher's name: few words, the first and last with a capital."""
    words = line.text.split()
    capitals = all(word[:1].isupper() or word[:1].isdigit() for word in (words[0], words[-1]))
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


def _with_copies(lines: Sequence[Line], header: Header, floor: int) -> Header:
    """Take copies of the title that stand above the source."""
    start = header.start
    title = lines[header.title] if header.title < len(lines) else None
    while title and start > floor and same_title(title, lines[start - 1]):
        start -= 1
    return replace(header, start=start)
