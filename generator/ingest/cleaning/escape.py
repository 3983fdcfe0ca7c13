"""Plain paragraphs as Markdown that shows them as they are."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, repeat, starmap

_ESCAPED = re.compile(r"\\(?=[\\`*_{}\[\]()>#+.!|-])")
_ENTITY = re.compile(r"&(?=#[0-9A-Za-z]|[0-9A-Za-z][-.0-9A-Za-z]*;)|<(?=[A-Za-z/!?])")
_ENTITY_BY_MAIL = re.compile(_ENTITY.pattern + r"|<(?=\S)")  # `<5@a.example>` is a link
_LINK = re.compile(r"\](?=[(\[])")
_STARS = re.compile(r"(?<![\s*])\*+|\*+(?![\s*]|\Z)|\*{4,}")
_LOW_LINES = re.compile(r"(?<![\w])_+(?=\S)|(?<=\S)_+(?![\w])|_{4,}")
_TICKS = re.compile(r"`")
_OPENING = re.compile(
    r"(?P<mark>#|>|[-+*](?= )|[-_*](?=(?: ?[-_*]){2,}\Z)|\*(?=\[[^\]]*\] ?:)|\[(?=[^\]]*\]:))"
    r"|\d+(?P<dot>\.)(?= )|(?P<sign>:(?= )|~(?=~~))"
)
_MARKED = re.compile(r"[\\\]*_`&<]")
"""Text without any of these has nothing to escape but what opens it."""

_MARKS = {"heading": "## ", "item": "- ", "quote": "> "}
_TOGETHER = frozenset({"item"})
"""Kinds whose neighbours make one block."""

_SELF_PAIRED = 3  # marks in a row that some versions pair among themselves


def to_markdown(paragraphs: Sequence[str], kinds: Sequence[str] = ()) -> str:
    r"""Turn plain paragraphs into Markdown for Python-Markdown with tables, footnotes, code fences and definitions.

    `kinds` are those of the paragraphs, as `model.Block` has them: headings, items of lists and quotations are
    written as such. Without them all are plain.

    Escapes only what would change meaning where it stands: `1986. A great year` becomes `1986\. A great year`,
    while `$200m`, `snake_case`, a lone `*` and `[from Ostmark]` stay. Rendered, and its tags taken away, the result
    is the paragraphs with their white space collapsed. `<` and `&` have no backslash escape: they become entities.
    """
    flat = (" ".join(paragraph.split()) for paragraph in paragraphs)
    typed = [(kind, text) for text, kind in zip(flat, kinds or repeat(""), strict=False) if text]
    groups = groupby(typed, key=lambda one: one[0] if one[0] in _TOGETHER else object())
    return "\n\n".join("\n".join(starmap(_block, group)) for _, group in groups)


def _block(kind: str, text: str) -> str:
    escaped = _escape(text)
    if kind == "heading" and escaped.endswith("#"):
        escaped = f"{escaped[:-1]}\\#"  # else it would be the heading's own closing mark
    return f"{_MARKS.get(kind, '')}{escaped}"


def _escape(text: str) -> str:
    if not _MARKED.search(text) and not _OPENING.match(text):
        return text
    edits = dict(_edits(text))
    pieces, done = [], 0
    for at in sorted(edits):
        pieces += [text[done:at], edits[at]]
        done = at + 1
    return "".join((*pieces, text[done:]))


def _edits(text: str) -> Iterator[tuple[int, str]]:
    """Which characters to write otherwise, by their place."""
    for shape in (_ESCAPED, _LINK):
        yield from ((found.start(), "\\" + found[0]) for found in shape.finditer(text))
    for shape in (_STARS, _LOW_LINES, _TICKS):
        runs = list(shape.finditer(text))
        for found in runs if len(runs) > 1 or any(len(run[0]) >= _SELF_PAIRED for run in runs) else ():
            yield from ((at, "\\" + text[at]) for at in range(found.start(), found.end()))
    for found in (_ENTITY_BY_MAIL if "@" in text else _ENTITY).finditer(text):
        yield found.start(), "&amp;" if found[0] == "&" else "&lt;"
    if opening := _OPENING.match(text):
        group = opening.lastgroup or "mark"
        at = opening.start(group)
        yield at, f"&#{ord(text[at])};" if group == "sign" else "\\" + text[at]
