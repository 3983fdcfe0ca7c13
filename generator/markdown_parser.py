"""Python-Markdown as articles are written for it. Loaded when a text needs it, which little news does."""

import re
import xml.etree.ElementTree as ET
from functools import cache
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from generator.blocks import rank_headings
from generator.markdown_metered import Metered

EXTENSIONS = ("abbr", "def_list", "fenced_code", "footnotes", "sane_lists", "tables")

_ALIGNED = {"left": "start", "center": "center", "right": "end"}


def parse(text: str) -> str:
    """Format Markdown as HTML that is not safe yet; headings begin at `h2`, tables stand in a box that scrolls.

    Raises:
        TooMuch: the text takes more work than any that a person wrote.
    """
    markdown = _markdown()
    markdown.reset()
    markdown.parser.state.clear()  # which an error in the text before may have left
    return markdown.convert(text)


class _Headings(Treeprocessor):
    """Moves headings below the page's title, its only `h1`, and lets none skip a level."""

    def run(self, root: ET.Element) -> None:
        headings = [element for element in root.iter() if re.fullmatch("h[1-6]", element.tag)]
        ranks = rank_headings([int(heading.tag[1]) for heading in headings])
        for heading, rank in zip(headings, ranks, strict=True):
            heading.tag = f"h{rank}"


class _Tables(Treeprocessor):
    """Puts tables into a box that scrolls by itself, and turns their alignment from a style into a class."""

    def run(self, root: ET.Element) -> None:
        for parent in list(root.iter()):
            for place, child in enumerate(list(parent)):
                if child.tag == "table":
                    region = {"class": "table", "role": "region", "tabindex": "0", "aria-label": "Table"}
                    box = ET.Element("div", region)
                    box.append(child)
                    parent[place] = box
                side = child.attrib.pop("style", "").removeprefix("text-align: ").rstrip(";")
                if side in _ALIGNED:
                    child.set("class", _ALIGNED[side])


class _Dateline(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        md.treeprocessors.register(_Headings(md), "dateline-headings", 5)
        md.treeprocessors.register(_Tables(md), "dateline-tables", 4)


@cache
def _markdown() -> Metered:
    # Building one costs a hundred times what `reset` does; without that, footnotes leak into the next text.
    options: dict[str, Any] = {"footnotes": {"BACKLINK_TITLE": "Back to the text"}}
    extensions: list[str | Extension] = [*EXTENSIONS, _Dateline()]
    return Metered(extensions=extensions, extension_configs=options, output_format="html")
