"""The manual as tests read it: pages by name, and the tables under their headings."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
DOCS = REPOSITORY / "docs"

_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_FENCED = re.compile(r"^( *)(`{3,}).*?^\1\2$\n?", re.MULTILINE | re.DOTALL)
_CELLS = re.compile(r"(?<!\\)\|")


def pages() -> list[str]:
    """Name the manual's pages, relative to its folder."""
    return sorted(str(path.relative_to(DOCS)) for path in DOCS.rglob("*.md") if "_build" not in path.parts)


def read(page: str) -> str:
    """Read a page."""
    return (DOCS / page).read_text()


def prose(text: str) -> str:
    """Take the fenced blocks out of a text."""
    return _FENCED.sub("", text)


def sections(page: str) -> Mapping[str, str]:
    """Give what stands under each heading of a page, without fenced blocks and without what its own parts hold."""
    parts = _HEADING.split(prose(read(page)))
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def rows(text: str) -> Iterator[tuple[str, ...]]:
    """Give the cells of the tables in a text, row by row, without their heads."""
    lines = text.splitlines()
    for number, line in enumerate(lines):
        rules = [bool(re.fullmatch(r"\|(?:-+\|)+", near)) for near in (line, *lines[number + 1 : number + 2])]
        if line.startswith("|") and not any(rules):
            yield tuple(cell.strip() for cell in _CELLS.split(line)[1:-1])
