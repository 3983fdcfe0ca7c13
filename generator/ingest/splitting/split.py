"""One document of scraped text to the stories in it.

Every visible character ends in a story's title, header or body, or in what was dropped, with the rule that did it.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise, repeat

from generator.ingest.finding.mainbody import is_webpage, read_webpage_text
from generator.ingest.rulebook.rules import Rules, load_rules
from generator.ingest.splitting.aggregator import find_furniture
from generator.ingest.splitting.head import Head
from generator.ingest.splitting.headers import Header, find_headers
from generator.ingest.splitting.index import Section, index_page, is_index
from generator.ingest.splitting.lines import Line, has_story, is_rule, is_title, read_lines
from generator.ingest.splitting.release import drop_tail, is_end_mark, is_release, read_release
from generator.ingest.splitting.story import Found, opens_with_title, read_story
from generator.model import Dropped

_OPENING = frozenset(
    {"logo", "background", "latest", "hashtag"}
)  # furniture that may stand above or in a lead


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Lines between two marks that rule off: `mark` is the one before, `ended` whether the next ends a release."""

    mark: Line | None
    lines: tuple[Line, ...]
    ended: bool = False


def split(document: str, rules: Rules | None = None, repeated: Collection[str] = ()) -> Iterator[Found]:
    r"""Split a document with `\n` line ends into stories, dropped stretches and issues.

    The issues carry no path: the reader of the document knows it. Shapes, in the order in which they are tried:
    a whole page of a site, related stories under their headers anywhere, page furniture, releases with their end
    marks, stories between rules, one story. The package's `rules` hold unless others are given; `repeated` are
    lines that other documents have, too.
    """
    rules = rules or load_rules()
    lines, unseen = read_lines(document, rules)
    yield from unseen
    if is_webpage(lines, rules, repeated):
        yield from read_webpage_text(document, lines, rules, repeated)
        return
    furniture = find_furniture(lines, rules)
    headers = find_headers(lines, furniture, rules)
    yield from (Dropped(lines[at].block, rule) for at, rule in furniture.items())
    sections = list(_sections(lines, furniture, headers))
    if rules.drops("index-entry") and is_index(sections, furniture):
        yield from index_page(sections)
        return
    for section in sections:
        yield from _section(document, section.lines, _head(section), rules, foot=section.foot)


def _sections(
    lines: Sequence[Line], furniture: Mapping[int, str], headers: Mapping[int, Header]
) -> Iterator[Section]:
    """The lines between furniture and headers; below what closes a lead they may be the page's foot."""
    closing = [at for at, rule in furniture.items() if rule not in _OPENING]
    first = min(closing, default=len(lines))
    last = max(closing, default=0)
    at = 0
    while at < len(lines):
        if at in furniture:
            at += 1
            continue
        header = headers.get(at)
        start = end = header.end if header else at
        while end < len(lines) and end not in furniture and end not in headers:
            end += 1
        above = tuple(line for n, line in enumerate(lines[at:start], at) if not header or n != header.title)
        title = lines[header.title] if header and header.title < start else None
        yield Section(
            header, above, title, tuple(lines[start:end]), foot=not header and first < at, lead=at < last
        )
        at = end


def _head(section: Section) -> Head:
    header = section.header
    lead = section.lead and not (header and header.published)
    if header is None:
        return Head(lead=lead)
    blocks = tuple(line.block for line in section.above)
    return Head(
        blocks,
        header.source,
        header.published,
        header.published_line,
        above=True,
        title=section.title,
        lead=lead,
    )


def _section(
    document: str, lines: Sequence[Line], head: Head, rules: Rules, *, foot: bool
) -> Iterator[Found]:
    """Read the lines between furniture and headers, with what the header above them said."""
    if foot and rules.drops("page-foot") and not has_story(lines):
        yield from (Dropped(line.block, "page-foot") for line in lines)
        return
    if head.above and not any(map(is_end_mark, lines)):
        yield from read_story(document, lines, head, rules)
        return
    chunks, dropped = _chunks(lines, rules)
    yield from dropped
    released = False
    for chunk, above in zip(chunks, chain([head], repeat(Head())), strict=False):
        below = chunk.mark is not None and is_end_mark(chunk.mark) and not is_release(chunk.lines)
        if (
            below
            and rules.drops("after-end")
            and not above.blocks
            and (released or not _follows(chunk, rules))
        ):
            yield from drop_tail(chunk.lines, rules)
        else:
            yield from _story(document, chunk, above, rules)
            released = is_release(chunk.lines)


def _story(document: str, chunk: _Chunk, head: Head, rules: Rules) -> Iterator[Found]:
    release = read_release(chunk.lines, rules, ended=chunk.ended)
    yield from release.dropped
    for date in release.dates:
        published, line = head.published or date.text, head.published_line or date.line
        head = replace(head, blocks=(*head.blocks, date), published=published, published_line=line)
    if release.lines or head.blocks or head.title:
        yield from read_story(document, release.lines, head, rules)


def _follows(chunk: _Chunk, rules: Rules) -> bool:
    """Whether lines below an end mark are a story of their own."""
    rest = read_release(chunk.lines, rules, ended=True, below=True).lines
    return opens_with_title(rest, rules) and has_story(rest[1:])


def _chunks(lines: Sequence[Line], rules: Rules) -> tuple[list[_Chunk], list[Dropped]]:
    """Cut lines where rules and end marks part stories; the marks are dropped.

    A mark before text without a title is a break within the story, unless its kind parts stories elsewhere.
    """
    chunks: list[_Chunk] = []
    dropped: list[Dropped] = []
    mark, start = None, 0
    for at, line in enumerate(lines):
        ends = is_end_mark(line)
        if ends or (is_rule(line) and not _underlines(lines[start:at], line)):
            chunks.append(_Chunk(mark, tuple(lines[start:at]), ended=ends))
            mark, start = line, at + 1
            dropped.append(Dropped(line.block, "end-mark" if ends else "rule-line"))
    chunks.append(_Chunk(mark, tuple(lines[start:])))
    return _merged([chunk for chunk in chunks if chunk.lines] or chunks[:1], rules), dropped


def _underlines(above: Sequence[Line], line: Line) -> bool:
    """Whether a rule is the underline of a title right above it."""
    return len(above) == 1 and is_title(above[0].block.text) and line.block.line == above[0].block.line + 1


def _merged(chunks: Sequence[_Chunk], rules: Rules) -> list[_Chunk]:
    parting = {chunk.mark.plain[0] for chunk in chunks[1:] if chunk.mark and _opens(chunk, rules)}
    groups: list[list[_Chunk]] = [[chunks[0]]]
    for before, chunk in pairwise(chunks):
        below = before.ended or (chunk.mark is not None and is_end_mark(chunk.mark))
        if below or _opens(chunk, rules) or (chunk.mark and chunk.mark.plain[0] in parting):
            groups.append([chunk])
        else:
            groups[-1].append(chunk)
    return [
        _Chunk(group[0].mark, tuple(line for chunk in group for line in chunk.lines), group[-1].ended)
        for group in groups
    ]


def _opens(chunk: _Chunk, rules: Rules) -> bool:
    return is_release(chunk.lines) or opens_with_title(chunk.lines, rules)
