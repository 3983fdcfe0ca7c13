"""A web page to the story in it: title and text where they stand in what can be seen, and what is said of them.

trafilatura is asked first which text is the story; `extraction` finds that text among the visible lines and
corrects it by the page's structure.
"""

import logging
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from generator.ingest.formats import Reading
from generator.ingest.rulebook.rules import Rules, fold, load_rules
from generator.ingest.splitting.bylines import authors_of, is_byline
from generator.ingest.splitting.lines import tells
from generator.ingest.webpages import extraction, metadata
from generator.ingest.webpages.charset import decode_page
from generator.ingest.webpages.extraction import TEASER, Extraction
from generator.ingest.webpages.metadata import Metadata
from generator.ingest.webpages.page_markup import around
from generator.ingest.webpages.teasers import find_headed, find_teasers
from generator.ingest.webpages.visible import Element, VisibleLine, parse_page, read_visible, walk
from generator.ingest.webpages.weighing import width
from generator.model import Block, Dropped, Facts, Issue, RawStory, Severity

_BREAKS = frozenset(
    "p head item list quote table row cell lb code body div h1 h2 h3 h4 h5 h6 li td th tr".split()  # noqa: SIM905
)
"""Elements that part the lines of what trafilatura returns."""
_MOST_ELEMENTS = 50_000  # of a page that trafilatura gets to see: beyond, its time grows faster than the page
_POOR = (
    250  # letters of prose, or half the letters of all, below which its quick opinion is worth a second one
)
_PROSE = 0.5  # share of a story that is prose, or the opinion is doubted
_NEATER = 0.6  # of the first one's letters, with nearly all of its prose, make the second opinion better
_RICHER = 1.5  # times as much prose as the first opinion found make the second better
_SHORTEST_PAGE = 160  # width of a story from which a page needs nothing to say that it is an article
_FEWEST_TEASERS, _MANY_TEASERS = (
    3,
    6,
)  # of a page that only leads to stories, and of one that says it is an article
_SOME, _MOSTLY, _NEARLY_ALL = 0.3, 0.6, 0.8  # shares of a body that are teasers
_STUB = 1_500  # letters of a story that may be all a page shows to those who do not pay
_LONGEST_CELL = 80  # characters
_CELLS = frozenset({"td", "th"})
_CELLS_AND_BOXES = _CELLS | {"p", "div", "li"}
_LATEST = "2100-01-01"  # a fixed day, so that no page reads differently tomorrow
_NO_SOUND = logging.CRITICAL + 1


def read_webpage(data: bytes, path: str = "", rules: Rules | None = None) -> Reading:
    """Read a web page; `path` goes into the issues. The package's `rules` hold unless others are given.

    Returns:
        One story at most. The document is the visible text, of which every visible character stands in one block:
        of the story, or of what was dropped. A page without a story has an issue that is an error and says why.
    """
    rules = rules or load_rules()
    text, issues = decode_page(data, path)
    tree, deep = parse_page(text)
    document, lines = ("", []) if tree is None else read_visible(tree)
    if tree is None or not lines:
        return Reading((), (), (*issues, Issue(path, 1, "no story found: the page shows no text")))
    if deep:
        issues += (_warning(path, "elements are nested too deeply: read without their structure"),)
    elements = list(tree.iter())  # lxml makes an element's object anew whenever nobody holds it
    said = metadata.read_metadata(tree)
    asked = tree if len(elements) <= _MOST_ELEMENTS else None
    found = _extract(asked, lines, said, rules)
    if found.title is None and said.titles:
        document, lines, found = _with_title(said.titles[0], document, lines, found)
    if why := _why_no_story(found, said, lines, rules):
        everything = dict.fromkeys(range(len(lines)), "page") | dict(found.rules)
        return Reading((), _dropped(document, lines, everything), (*issues, Issue(path, 1, why)), document)
    bylines = [lines[number].text for number in found.header]
    story = _story(document, lines, found, _completed(said, tree, bylines, rules))
    if not said.is_free and sum(len(block.text) for block in story.body) < _STUB:
        issues += (
            _warning(path, "only the beginning of the story: the page says that the rest is for subscribers"),
        )
    return Reading((story,), _dropped(document, lines, found.rules), issues, document)


def _warning(path: str, message: str) -> Issue:
    return Issue(path, 1, message, Severity.WARNING)


# ---------------------------------------------------------------------------------------------------- the opinions


def _extract(tree: Element | None, lines: Sequence[VisibleLine], said: Metadata, rules: Rules) -> Extraction:
    """Take the quick opinion, which keeps to one container, unless it is poor and another one is richer."""
    best = extraction.extract_story(lines, _opinion(tree, lines, fast=True), said, rules)
    if tree is None or (not _is_poor(best) and best.beside <= best.prose >= _PROSE * best.size):
        return best
    second = extraction.extract_story(lines, _opinion(tree, lines, fast=False), said, rules)
    neater = second.size < _NEATER * best.size and second.prose >= _NEARLY_ALL * best.prose
    best = second if neater or second.prose > _RICHER * best.prose else best
    if not _is_poor(best):
        return best
    third = extraction.extract_story(lines, extraction.paragraphs(lines), said, rules)
    return third if third.prose > _RICHER * best.prose else best


def _is_poor(found: Extraction) -> bool:
    return found.prose < _POOR and found.size < 2 * _POOR


def _opinion(tree: Element | None, lines: Sequence[VisibleLine], *, fast: bool) -> list[str]:
    """What trafilatura takes for the story, line by line; without a tree, or an answer, the page's paragraphs."""
    from trafilatura import bare_extraction  # noqa: PLC0415
    from trafilatura.settings import Extractor, set_date_params  # noqa: PLC0415

    found = None
    if tree is not None:
        dates = {**set_date_params(extensive=False), "max_date": _LATEST}
        options = Extractor(output_format="python", fast=fast, comments=False, dedup=False, date_params=dates)
        found = _quietly(lambda: bare_extraction(tree, options=options))
    return list(_lines_of(found.body)) if found else extraction.paragraphs(lines)


def _quietly(ask: Callable[[], Any]) -> Any:  # noqa: ANN401 - libraries that type little
    """Ask a library that logs and warns, and that strange trees make stumble; None where it does."""
    for name in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(name).setLevel(_NO_SOUND)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ask()
        except (
            ArithmeticError,
            AssertionError,
            AttributeError,
            LookupError,
            RuntimeError,
            TypeError,
            ValueError,
        ):
            return None


def _lines_of(body: Element) -> Iterator[str]:
    parts: list[str] = []
    for event, element in walk(body):
        if element.tag in _BREAKS:
            yield "".join(parts)
            parts.clear()
        parts.append((element.text if event == "start" else element.tail) or "")
    yield "".join(parts)


def _completed(said: Metadata, tree: Element, bylines: Sequence[str], rules: Rules) -> Metadata:
    """Take the author from the bylines, and both from trafilatura, where the page's own words do not say.

    Wordings such as `Nina Torvald and Jette Marr, Ellery Courier` become names.
    """
    authors = _people(said.authors, rules) or _people(
        filter(lambda text: is_byline(text, rules), bylines), rules
    )
    if authors and said.published:
        return replace(said, authors=authors)
    from trafilatura.metadata import extract_metadata  # noqa: PLC0415

    dates = {"original_date": True, "extensive_search": False, "max_date": _LATEST}
    found = _quietly(lambda: extract_metadata(tree, date_config=dates, extensive=False))
    named = (found.author or "").split("; ") if found else []
    authors = authors or tuple(name for text in named for name in authors_of(text, rules))
    return replace(said, authors=authors, published=said.published or (found and found.date) or "")


def _people(texts: Iterable[str], rules: Rules) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for text in texts for name in authors_of(text, rules) or (text,)))


# ----------------------------------------------------------------------------------------------------- the reading


def _why_no_story(found: Extraction, said: Metadata, lines: Sequence[VisibleLine], rules: Rules) -> str:
    texts = [lines[number].text for number in found.body if lines[number].kind != "heading"]
    telling = [text for text in texts if tells(text) and not rules.stubs.find(fold(text))]
    if not telling:
        return "no story found: nothing on the page reads like an article"
    if found.title is None:
        return "no story found: nothing on the page could be a headline"
    if _only_leads_on(found, said, lines, telling):
        return "no story found: a page that only leads to stories"
    dated = said.is_article or said.published
    if not dated and sum(map(width, telling)) < _SHORTEST_PAGE:
        return "no story found: a short notice that no date and no markup calls an article"
    return ""


def _only_leads_on(
    found: Extraction, said: Metadata, lines: Sequence[VisibleLine], telling: Sequence[str]
) -> bool:
    """Whether a page is a front page, a section's or an author's: its paragraphs are about linked stories."""
    dropped = [number for number, rule in found.rules.items() if rule == TEASER]
    teased = len(find_teasers(lines, found.body, None) | find_headed(lines, found.body))
    if said.is_article or said.published:
        return teased >= _MANY_TEASERS and teased >= _NEARLY_ALL * len(telling)
    teased += len(dropped)
    share = teased / (len(telling) + len(dropped))
    if said.is_front:
        return share >= _SOME or len(telling) < _FEWEST_TEASERS
    return said.is_listing or (teased >= _FEWEST_TEASERS and share >= _MOSTLY)


def _story(document: str, lines: Sequence[VisibleLine], found: Extraction, said: Metadata) -> RawStory:
    assert found.title is not None  # noqa: S101 - there is no story without
    return RawStory(
        title=replace(_block(document, lines, [found.title]), kind="heading"),
        body=tuple(_block(document, lines, run) for run in _paragraphs(lines, found.body)),
        header=tuple(_block(document, lines, [number]) for number in found.header),
        source=said.publisher,
        published=said.published,
        facts=Facts(
            identity=said.address,
            address=said.address,
            source_address=said.publisher_address,
            authors=said.authors,
            language=said.language,
            image=said.image,
            keywords=said.keywords,
            summary=said.description,
            updated=said.updated,
        ),
        line=1,
    )


def _paragraphs(lines: Sequence[VisibleLine], body: Sequence[int]) -> Iterator[list[int]]:
    """Put lines together that are one paragraph, parted by a line break only, or one row of a table."""
    run: list[int] = []
    for number in body:
        follows = bool(run) and run[-1] == number - 1
        if follows and (lines[number].joined or _same_row(lines[number - 1], lines[number])):
            run.append(number)
            continue
        if run:
            yield run
        run = [number]
    if run:
        yield run


def _same_row(one: VisibleLine, other: VisibleLine) -> bool:
    """Whether two lines are short cells of one row, as in tables of data and not in those made for layout."""
    first, second = _cell(one.element), _cell(other.element)
    if first is None or second is None or first is second:
        return False
    return first.getparent() is second.getparent() and max(len(one.text), len(other.text)) <= _LONGEST_CELL


def _cell(element: Element) -> Element | None:
    """The cell of a table in which an element directly stands."""
    box = next((outer for outer in around(element) if outer.tag in _CELLS_AND_BOXES), None)
    return box if box is not None and box.tag in _CELLS else None


def _block(document: str, lines: Sequence[VisibleLine], run: Sequence[int]) -> Block:
    first, last = lines[run[0]], lines[run[-1]]
    return Block(first.start, run[0] + 1, document[first.start : last.start + len(last.text)], first.kind)


def _dropped(document: str, lines: Sequence[VisibleLine], rules: Mapping[int, str]) -> tuple[Dropped, ...]:
    """Give what no story holds, neighbouring lines of one rule together."""
    runs: list[list[int]] = []
    for number in sorted(rules):
        if runs and runs[-1][-1] == number - 1 and rules[runs[-1][-1]] == rules[number]:
            runs[-1].append(number)
        else:
            runs.append([number])
    return tuple(Dropped(_plain(_block(document, lines, run)), rules[run[0]]) for run in runs)


def _plain(block: Block) -> Block:
    return replace(block, kind="")


def _with_title(
    title: str, document: str, lines: list[VisibleLine], found: Extraction
) -> tuple[str, list[VisibleLine], Extraction]:
    """Put the title of the window before the visible text of a page that shows no headline."""
    moved = [replace(line, start=line.start + len(title) + 1) for line in lines]
    first = VisibleLine(0, title, lines[0].element, "heading", 0, joined=False, pictured=False)
    shifted = replace(
        found,
        title=0,
        header=tuple(number + 1 for number in found.header),
        body=tuple(number + 1 for number in found.body),
        rules={number + 1: rule for number, rule in found.rules.items()},
    )
    return f"{title}\n{document}", [first, *moved], shifted
