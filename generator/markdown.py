"""Markdown to safe HTML: Python-Markdown formats, nh3 has the last word on what may stand in a page."""

import re
import xml.etree.ElementTree as ET
from functools import cache
from html import unescape
from typing import Any

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

EXTENSIONS = ("abbr", "def_list", "fenced_code", "footnotes", "sane_lists", "tables")

_TAGS = nh3.ALLOWED_TAGS | {"figure", "figcaption", "section"}
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"id", "lang", "dir", "title"},
    "a": {"href", "hreflang"},
    "abbr": {"title"},
    "blockquote": {"cite"},
    "code": {"class"},
    "col": {"span"},
    "del": {"cite", "datetime"},
    "div": {"class"},
    "img": {"src", "alt", "width", "height", "loading"},
    "ins": {"cite", "datetime"},
    "li": {"value"},
    "ol": {"start", "reversed"},
    "q": {"cite"},
    "sup": {"class"},
    "td": {"colspan", "rowspan", "headers", "align"},
    "th": {"colspan", "rowspan", "headers", "scope", "align"},
    "time": {"datetime"},
}
_CLASSES = re.compile(r"language-[\w+#-]+|footnote")
_SCHEMES = {"http", "https", "mailto", "tel"}
_RELATIVE = re.compile(r"""(?:href|src|cite)="(?!(?:https?|mailto|tel):)""")
_REFERENCE = re.compile(r"""(?:href|src)="([^"]+)\"""")
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_TAG = re.compile(r"<sup.*?</sup>|<[^>]*>", re.DOTALL)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|[/#?]", re.IGNORECASE)


def render_markdown(text: str) -> str:
    """Format Markdown as safe HTML: Python-Markdown's dialect with the extensions named above.

    What the result may hold: the elements, attributes and address schemes of this module's allow-lists, never
    a script, a style or an event handler. Headings begin at `h2`, since the page's title is its `h1`.
    """
    markdown = _markdown()
    markdown.reset()
    return sanitise(markdown.convert(text))


def sanitise(html: str) -> str:
    """Reduce HTML to what this module allows."""
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_filter,
        url_schemes=_SCHEMES,
        link_rel=None,
    )


def absolutise(html: str, base: str) -> str:
    """Make every address in safe HTML absolute, as feed readers need it (RFC 3986, section 5).

    Args:
        html: what `render_markdown` gave.
        base: the absolute address of the page it stands on.
    """
    if not _RELATIVE.search(html):
        return html
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_filter,
        url_schemes=_SCHEMES,
        link_rel=None,
        url_relative=("rewrite_with_base", base),
    )


def references(html: str) -> tuple[str, ...]:
    """List the relative addresses in safe HTML that may name files beside the article, each once."""
    found = (reference for reference in _REFERENCE.findall(html) if not _ELSEWHERE.match(reference))
    return tuple(dict.fromkeys(reference.replace("&amp;", "&") for reference in found))


def paragraphs(html: str) -> tuple[str, ...]:
    """Give the plain text of each paragraph in safe HTML, for summaries and counting words."""
    texts = (" ".join(unescape(_TAG.sub("", inner)).split()) for inner in _PARAGRAPH.findall(html))
    return tuple(text for text in texts if text)


def _filter(_tag: str, attribute: str, value: str) -> str | None:
    if attribute == "class":
        return " ".join(_CLASSES.findall(value)) or None
    return value


class _Headings(Treeprocessor):
    """Moves a first-level heading down: the page's title is the only one."""

    def run(self, root: ET.Element) -> None:
        for heading in root.iter("h1"):
            heading.tag = "h2"


class _Dateline(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        md.treeprocessors.register(_Headings(md), "dateline-headings", 5)


@cache
def _markdown() -> Markdown:
    # Building one costs a hundred times what `reset` does; without that, footnotes leak into the next text.
    options: dict[str, Any] = {
        "footnotes": {"BACKLINK_TITLE": "Back to the text"},
        "tables": {"use_align_attribute": True},  # the other way is a style, which the sanitiser takes
    }
    extensions: list[str | Extension] = [*EXTENSIONS, _Dateline()]
    return Markdown(extensions=extensions, extension_configs=options, output_format="html")
