"""A record whose text is a scraped page: its stories, the first with what the record says."""

from collections.abc import Iterator
from dataclasses import replace

from generator.ingest.feeds.entry import Entry, Found, same
from generator.ingest.feeds.fieldtext import unescaped
from generator.ingest.feeds.htmltext import looks_like_html
from generator.ingest.feeds.transcript import Transcript
from generator.ingest.rulebook.rules import Rules
from generator.ingest.splitting.aggregator import find_furniture
from generator.ingest.splitting.lines import MOST_LINES, read_lines
from generator.ingest.splitting.split import split
from generator.model import Block, Dropped, Issue, RawStory

_MANY_LINES = 8  # from which on a text may be a scraped page


def page_of(text: str, rules: Rules) -> str:
    """Give a text as lines if it is a scraped page with an aggregator's furniture, else ""."""
    lines = unescaped(text).replace("\r\n", "\n").replace("\r", "\n")
    if not _MANY_LINES <= lines.count("\n") <= MOST_LINES or looks_like_html(lines):
        return ""
    return lines if find_furniture(read_lines(lines, rules)[0], rules) else ""


def read_page(entry: Entry, page: str, sheet: Transcript, rules: Rules) -> Iterator[Found]:
    """Read a record whose text is a scraped page: what the record says goes with the page's first story."""
    first = next((line.strip() for line in page.split("\n") if line.strip()), "")
    if entry.title and not same(first, entry.title):
        page = f"{entry.title}\n\n{page.lstrip()}"
    block = sheet.add(page)
    found = list(split(block.text, rules)) if block else []
    header = tuple(block for name, value in entry.fields if (block := sheet.add_field(name, value)))
    for rule, name, value in entry.dropped:
        if field := sheet.add_field(name, value):
            yield Dropped(field, rule)
    told = False
    for item in found:
        if isinstance(item, RawStory) and not told:
            told = True
            yield _told(item, entry, header)
        elif isinstance(item, Issue):
            yield Issue(entry.path, entry.line, item.message, item.severity)
        else:
            yield item
    if not told:
        yield from (Dropped(one, "no-story") for one in header)


def _told(story: RawStory, entry: Entry, header: tuple[Block, ...]) -> RawStory:
    """Add to a story what the record it stands in says of it."""
    line = entry.line if entry.published else story.published_line
    return replace(
        story,
        header=(*story.header, *header),
        source=entry.source or story.source,
        published=entry.published or story.published,
        published_line=line,
        facts=entry.facts,
    )
