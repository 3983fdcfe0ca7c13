"""The mixed way: of news that holds a little Markdown the parser sees only that, not the plain paragraphs."""

import re
from itertools import groupby

from generator.paragraphs import render_plain

_PLACE = "\ue000"  # of the private use area: nothing means it, no parser minds it
_FAR = re.compile(
    r"""[\x00-\x1f\ue000<&\]]             # News has few of these; what stands around one decides.
    (?: (?<=\n) (?: [ ]{0,3}:[ ]          # a definition, of the paragraph before
                  | ``` | ~~~ )           # code that may run over blank lines
      | (?<=<) (?![ ])                    # HTML, which may do so too
      | (?<=&) \#                         # an entity; while it has no end, all that follows is searched for one
      | (?<=\]) [ ]?:                     # what a reference, a footnote or an abbreviation means anywhere
      | (?<![\n<&\]]) )                   # what the parser drops or expands, and our own sign
    """,
    re.VERBOSE,
)


def split_mixed(text: str) -> tuple[str, tuple[str, ...]]:
    r"""Part what the parser has to see from the plain paragraphs.

    The parser's result for the first, completed by `join_mixed`, is byte for byte its result for the whole text:

    - It, too, splits a text at `\n\n` and takes block after block. Before that it only takes out fences and HTML,
      drops or expands control characters, and empties lines of spaces; no plain block has such a line.
    - No block reaches into a plain one behind it: those which take up more blocks want them indented.
    - So each plain block becomes a paragraph at the top level, and what follows asks only whether the element
      before it is a list, a quote, code or a paragraph: one paragraph may stand for a run of them. Only a
      definition wants the paragraph itself.
    - Within its paragraph, a plain block leaves no trace in the parser: with no `\` and no `_` nothing is stashed
      under a running number (some show) or remembered as an opening sign; headings are ranked without paragraphs.
    - Without HTML in the text its elements nest well, so the sanitiser takes each paragraph for itself.

    Where anything in the text reaches farther, all of it is the parser's.

    Returns:
        The text for the parser, with one paragraph in place of each run of plain ones; the HTML of those runs.
    """
    if _FAR.search(text):
        return text, ()
    rest: list[str] = []
    plain: list[str] = []
    formatted = ((block, _render_alone(block)) for block in text.split("\n\n"))
    for is_plain, run in groupby(formatted, key=lambda pair: pair[1] != ""):
        if is_plain:
            rest.append(_PLACE)
            plain.append("\n".join(html for _, html in run))
        else:
            rest.extend(block for block, _ in run)
    return "\n\n".join(rest), tuple(plain)


def join_mixed(html: str, plain: tuple[str, ...]) -> str | None:
    """Put the plain paragraphs back between what the parser and the sanitiser made of the rest.

    Returns:
        The HTML of the whole text; None where the places are not as many as the runs, so that no paragraph can
        ever be lost: then the whole text is the parser's.
    """
    pieces = html.split(f"<p>{_PLACE}</p>")
    if len(pieces) != len(plain) + 1:
        return None
    return "".join(piece + run for piece, run in zip(pieces, (*plain, ""), strict=True))


def _render_alone(block: str) -> str:
    return "" if "\\" in block or "_" in block else render_plain(block) or ""
