"""The pictures in an article's body: loaded when they come into view, in a place that is kept for them.

Attributes as in the HTML standard, "The img element": a width and a height give the ratio of the place.
"""

import posixpath
import re
from collections.abc import Callable

from generator import attachments, markdown

Size = tuple[int, int]
"""Width and height in pixels, as a picture is shown."""

Measure = Callable[[str], Size | None]
"""Gives the size of a picture by its path below the content folder; `None` where that cannot be known."""

_TAG = re.compile(r'<(?:[^<>"]|"[^"]*+")*+>')
_NAME = re.compile(r'\s([a-z]+)="')
_FIRST = re.compile(r"(?:<(?:p|figure|a [^<>]*)>\s*)*(?=<img )")


def prepare(html: str, file: str, measure: Measure, *, above: bool) -> str:
    """Tell browsers how to load the pictures in safe HTML, and how large those beside the article are.

    Args:
        html: an article's body, as `markdown.render_markdown` gives it.
        file: the article's path below the content folder.
        measure: tells sizes.
        above: whether a picture stands above the body already; if not, one at its beginning is loaded at once.

    Returns: the HTML; what the author said of a picture stays.
    """
    if "<img" not in html:  # as most news
        return html
    first = None if above else _FIRST.match(html)
    at_once = first.end() if first else -1

    def prepared(tag: re.Match[str]) -> str:
        if not tag[0].startswith("<img "):
            return tag[0]
        said = set(_NAME.findall(tag[0]))
        own = {"alt": ""}  # as Markdown has it where no words stand for the picture
        own |= {"decoding": "async"} if tag.start() == at_once else {"loading": "lazy", "decoding": "async"}
        beside = attachments.beside(markdown.references(tag[0]))
        size = measure(path_beside(file, beside[0])) if beside and not said & {"width", "height"} else None
        if size:
            own |= {"width": str(size[0]), "height": str(size[1])}
        added = "".join(f' {name}="{value}"' for name, value in own.items() if name not in said)
        return f"{tag[0][:-1]}{added}>"

    return _TAG.sub(prepared, html)


def path_beside(file: str, name: str) -> str:
    """Give the path below the content folder of a file beside an article."""
    return posixpath.join(posixpath.dirname(file), name)
