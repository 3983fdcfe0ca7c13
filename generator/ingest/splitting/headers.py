"""The headers under which stories stand on an aggregator's page: what they say, and copies of the title."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from generator.ingest.rulebook.rules import Rules, fold
from generator.ingest.splitting.bylines import is_byline
from generator.ingest.splitting.lines import Line, bulleted, is_title, names_source, narrates, tells
from generator.ingest.splitting.stamps import Stamp, read_stamp, same_title

_LONGEST_TITLE = 400  # characters of a title that stands twice, or under a header
_OPENING = 8  # lines of furniture among which the head of a page about a hashtag is
_MOST_BYLINES = 4
_MOST_OF_MENU, _LONGEST_OF_MENU = 6, 20  # lines, and characters of each
_MOST_COPIES = 4  # of a title above what stands under it
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
    stamp = read_stamp(lines, at, rules)
    if stamp is None:
        return None
    apart = lines[at].gap > 0 or at == 0 or at - 1 in furniture
    own = _has_title_above(lines, at, furniture)
    if stamp.sure or (loose and not own and _stands(lines, stamp, furniture, rules, apart=apart)):
        return Header(at, stamp.end, stamp.end, stamp.source, stamp.published, stamp.published_line)
    return None


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
    stamp = read_stamp(lines, end, rules, lines[at]) if end < len(lines) and end not in furniture else None
    stop = stamp.end if stamp else end
    again = stop < len(lines) and stop not in furniture and same_title(lines[at], lines[stop])
    first = _is_first(lines, at, furniture)
    long = len(lines[at].text.split()) >= _FEWEST_TITLE_WORDS and not rules.categories.find(lines[at].plain)
    if not (long or first or again or (stamp and stamp.sure)):
        return None
    if stamp is None:
        titled = first or not narrates(lines[at].block.text)
        below = _below(lines, stop + again, furniture, rules)
        if not (titled and (loose or first) and below < len(lines) and tells(lines[below].block.text)):
            return None
        if _copies(lines, below) > 1:
            return None
        stamp = Stamp(end)
    elif not (stamp.sure or loose or first or again or stamp.published):
        return None
    title = stop if again else at
    return Header(at, stop + again, title, stamp.source, stamp.published, stamp.published_line)


def _is_first(lines: Sequence[Line], at: int, furniture: Mapping[int, str]) -> bool:
    """Whether a line is the first below furniture, or only a menu stands between the page's mark and it."""
    place, least = at - 1, max(0, at - _MOST_OF_MENU)
    while place > least and place not in furniture and len(lines[place].text) <= _LONGEST_OF_MENU:
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
    stamp = read_stamp(lines, at, rules)
    if stamp is None or not names_source(lines[at].text):
        return False
    title, below = [*(line.block.text for line in lines[stamp.end : stamp.end + 2]), "", ""][:2]
    return stamp.sure or (bool(stamp.published) and not narrates(title) and narrates(below))


def _stands(
    lines: Sequence[Line], stamp: Stamp, furniture: Mapping[int, str], rules: Rules, *, apart: bool
) -> bool:
    """Whether a stamp that no bullet confirms makes a header: named and timed, above a title and a story."""
    named = names_source(stamp.source) and ":" not in stamp.source and not is_byline(stamp.source, rules)
    if stamp.categories and (stamp.published or "latest" in islice(furniture.values(), _OPENING)):
        return bool(stamp.published) or named
    if not stamp.published or not named:
        return False
    if stamp.end >= len(lines) or stamp.end in furniture:
        return False
    title, at = lines[stamp.end], _below(lines, stamp.end + 1, furniture, rules)
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


def _with_copies(lines: Sequence[Line], header: Header, floor: int) -> Header:
    """Take copies of the title that stand above the source."""
    start = header.start
    title = lines[header.title] if header.title < len(lines) else None
    while title and start > floor and same_title(title, lines[start - 1]):
        start -= 1
    return replace(header, start=start)
