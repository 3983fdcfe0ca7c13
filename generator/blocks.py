"""The direct way for simple Markdown: headings, tight lists, quotes, links and emphasis need no parser either."""

import re
from collections.abc import Iterator, Sequence
from functools import partial

from generator.paragraphs import ACTIVE, SIGNS, enclose, escape

_LINE = r"[ ][^\n]++(?<=\S)"
_WORDS = r"(?=\S) (?: [^\x00-\x1f\\*_`<&\[\]\ud800-\udfff]++ | <(?=[ ]) | &(?!\#|\w++;) )++ (?<=\S)"
_LABEL = "[a-zA-Z0-9]++(?:-[a-zA-Z0-9]++)*+"
_PATH = r"[/?\#](?:[a-zA-Z0-9/?\#._~%=+:@,!$-]|&(?!\#))*+"
_ADDRESS = rf"https?://(?:{_LABEL}\.)++[a-zA-Z]{{2,}}+(?:{_PATH})?+"  # one that the sanitiser takes as it is
_CONSTRUCT = re.compile(
    rf"""[{SIGNS}\[]
    (?: (?<=\n\n)
        (?: (?P<heading> \#{{1,6}}+ [ ][^\n\#]++(?<=\S) )
          | (?P<bulleted> [-+*]{_LINE} (?: \n[-+*]{_LINE} )*+ ) (?! \n++[-+*][ ] )  # a next one would join it
          | (?P<numbered> 1\.{_LINE} (?: \n[0-9]++\.{_LINE} )*+ ) (?! \n++1\.[ ] )
          | (?P<quote> >{_LINE} (?: \n>{_LINE} )*+ ) (?! \n++> )
        ) (?=\n\n)
      | (?<=[^!\\]\[) (?P<words> {_WORDS} ) \]\( (?P<link> {_ADDRESS} ) \)
      | (?<=[^\\]\*) (?: (?P<em> {_WORDS} ) \* | \*(?P<strong> {_WORDS} ) \*\* ) (?!\*)
      | (?P<active> {ACTIVE} )
    )""",
    re.VERBOSE,
)
_LEVEL = re.compile(r"\n(#++)")
_MARKER = re.compile(r"\n(?:[-+*>]|\#++|[0-9]++\.)[ ]")

# Tags and the edges of blocks are written with signs that no plain text holds, until text is escaped.
_OPEN, _CLOSE, _EDGE = "\1", "\2", "\3"
_TAGS = str.maketrans("<>", _OPEN + _CLOSE)
_INLINE = {
    "link": '<a href="{link}">{words}</a>'.translate(_TAGS),
    "em": "<em>{em}</em>".translate(_TAGS),
    "strong": "<strong>{strong}</strong>".translate(_TAGS),
}
_BLOCK = {
    "heading": "<h{level}>{}</h{level}>".translate(_TAGS),
    "bulleted": "<ul>\n<li>{}</li>\n</ul>".translate(_TAGS),
    "numbered": "<ol>\n<li>{}</li>\n</ol>".translate(_TAGS),
    "quote": "<blockquote>\n<p>{}</p>\n</blockquote>".translate(_TAGS),
}
_LISTS = ("bulleted", "numbered")
_ITEM = "</li>\n<li>".translate(_TAGS)


class _Active(Exception):
    """The text holds something else that may be Markdown."""


def render_blocks(text: str) -> str | None:
    r"""Format Markdown of paragraphs and the simplest of the other constructs as safe HTML.

    These are: headings marked by `#`, lists of items of one line each, quotes of one paragraph, links to whole
    addresses without a title, emphasis in one line. Where the result is not None it is, byte for byte, what
    Python-Markdown and the sanitiser make of the text:

    - A block stands between `\n\n`, where the parser, too, begins and ends one. All its lines begin alike, so
      nothing is lazy, indented or of two kinds; what follows the marks is held against the rules of paragraphs,
      as the parser takes it for blocks again.
    - No block reaches into another: only a list after a list and a quote after a quote would be joined, and only
      what is indented or a definition would be taken in; headings ask each other only for their levels.
    - Nothing is defined, so no other bracket means anything before, in or after a link.
    - A pair of `*` or `**` has no other such sign and no bracket in between, so it is the first and the only one
      that the parser can make of the two; it leaves no opening sign to remember.
    - All else is as plain as `render_plain` wants it.

    Returns:
        The HTML, "" for no text; None where the text may hold other Markdown, which the parser has to decide.
    """
    source = "\n\n" + text.strip("\n") + "\n\n"
    levels = rank_headings([len(signs) for signs in _LEVEL.findall(source)])
    try:
        marked = _mark(source, levels)
    except _Active:
        return None
    pieces = escape(marked).split(_EDGE)
    pieces[::2] = map(enclose, pieces[::2])  # what stands between the blocks
    return "\n".join(filter(None, pieces)).replace(_OPEN, "<").replace(_CLOSE, ">")


def rank_headings(levels: Sequence[int]) -> Iterator[int]:
    """Give the levels to show headings at: all below the page's title, its only `h1`, and none skipped."""
    ranks = {level: rank for rank, level in enumerate(sorted(set(levels)), start=2)}
    above = 1
    for level in levels:
        above = min(ranks[level], above + 1)
        yield min(above, 6)


def _mark(text: str, levels: Iterator[int]) -> str:
    """Write tags, as their stand-ins, around every construct; `_Active` where one is not of the simplest."""
    return _CONSTRUCT.sub(partial(_form, levels), text)


def _form(levels: Iterator[int], match: re.Match[str]) -> str:
    """Write one construct; a block's text, without its marks, is held against the same rules again."""
    kind = match.lastgroup or ""
    if kind in _INLINE:
        return _INLINE[kind].format_map(match)
    if kind not in _BLOCK:
        raise _Active
    inner = _mark(_MARKER.sub("\n", "\n" + match[kind]), levels).removeprefix("\n")
    if kind in _LISTS:
        inner = inner.replace("\n", _ITEM)
    level = next(levels) if kind == "heading" else 0
    return f"\n{_EDGE}{_BLOCK[kind].format(inner, level=level)}{_EDGE}"
