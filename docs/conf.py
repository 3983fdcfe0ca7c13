"""How Sphinx builds the manual: `make docs`.

The pages are plain Markdown, to be read where they lie as well; what only Sphinx needs stands here.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))

from generator import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "Dateline"
version = release = __version__
html_title = f"Dateline {__version__}"
html_theme = "furo"
html_show_copyright = False
html_copy_source = False

extensions = ["myst_parser"]
exclude_patterns = ["_build"]
myst_heading_anchors = 4  # headings have the addresses that code hosts give them

CONTENTS = {
    "Begin": ("tutorial",),
    "How to": (
        "how-to/scraper",
        "how-to/correct",
        "how-to/topics",
        "how-to/theme",
        "how-to/languages",
        "how-to/feeds",
        "how-to/search",
        "how-to/check",
        "how-to/publish",
        "how-to/publish-git",
        "how-to/publish-rsync",
        "how-to/publish-bucket",
        "how-to/every-morning",
        "how-to/trouble",
        "how-to/pelican",
        "how-to/hugo",
    ),
    "Reference": (
        "reference/index",
        "reference/commands",
        "reference/configuration",
        "reference/front-matter",
        "reference/ingest",
        "reference/site",
        "templates",
        "reference/json",
        "reference/files",
        "reference/limits",
        "reference/standards",
    ),
    "Explanation": ("explanation/ideas", "architecture"),
}
"""The manual's pages in their order, by the headings that they stand below beside every page."""


def setup(app: "Sphinx") -> None:
    """Give the first page the table of contents, which its own text has in words."""
    app.connect("source-read", _add_contents)


def _add_contents(_app: "Sphinx", name: str, source: list[str]) -> None:
    if name == "index":
        source[0] += "".join(
            "\n".join(("", "```{toctree}", ":hidden:", f":caption: {caption}", "", *pages, "```", ""))
            for caption, pages in CONTENTS.items()
        )
