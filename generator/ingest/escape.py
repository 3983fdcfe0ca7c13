"""Plain paragraphs as Markdown that shows them as they are."""

import re
from collections.abc import Iterator, Sequence

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
_SELF_PAIRED = 3  # marks in a row that some versions pair among themselves


def to_markdown(paragraphs: Sequence[str]) -> str:
    r"""Turn plain paragraphs into Markdown for Python-Markdown with tables, footnotes, code fences and definitions.

    Escapes only what would change meaning where it stands: `1986. A great year` becomes `1986\. A great year`,
    while `$200m`, `snake_case`, a lone `*` and `[from Ostmark]` stay. Rendered, and its tags taken away, the result
    is the paragraphs with their white space collapsed. `<` and `&` have no backslash escape: they become entities.
    """
    flat = (" ".join(paragraph.split()) for paragraph in paragraphs)
    return "\n\n".join(_escape(paragraph) for paragraph in flat if paragraph)


def _escape(text: str) -> str:
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
