"""The small changes a built site is rebuilt after: each changes one file, for real, and says what must show."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tools import HERE, OUTPUT

RESTING = 2.1
"""Seconds after which a file that was just written is no longer read again only for having been."""

Change = Callable[[Path, int], tuple[Path, str]]
"""Changes the site in a folder for the n-th time; gives an output file, and the words it must hold afterwards."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A small build to measure: `name` for results.json, `label` for tables."""

    name: str
    label: str
    change: Change | None = None


def _change_body(folder: Path, number: int) -> tuple[Path, str]:
    article = _article(folder, number)
    words = f"This sentence was put right {number + 1} times."
    article.write_text(f"{article.read_text(encoding='utf-8')}\n{words}\n", encoding="utf-8")
    return _page(folder, article), words


def _change_title(folder: Path, number: int) -> tuple[Path, str]:
    article = _article(folder, number)
    title = f"Put right {number + 1} times"
    lines = article.read_text(encoding="utf-8").split("\n")
    lines[1] = f"title: {title}"
    article.write_text("\n".join(lines), encoding="utf-8")
    return _page(folder, article), title


def _change_template(folder: Path, number: int) -> tuple[Path, str]:
    words = f"<!-- edition {number + 1} -->"
    theme = (HERE.parent / "templates" / "article.html").read_text(encoding="utf-8")
    own = folder / "templates" / "article.html"
    own.parent.mkdir(exist_ok=True)
    own.write_text(theme.replace("</header>", f"</header>{words}", 1), encoding="utf-8")
    return _page(folder, _article(folder, number)), words


def _article(folder: Path, number: int) -> Path:
    # Articles of the newest day, the ones that get corrected: they stand on the most pages and feeds.
    newest = max(path.name for path in folder.glob("content/*/*"))
    articles = sorted(folder.glob(f"content/*/{newest}/*.md"))
    return articles[(number * 7) % len(articles)]


def _page(folder: Path, article: Path) -> Path:
    return folder / OUTPUT / article.parent.name.replace("-", "/") / article.stem / "index.html"


EDITS = (
    Edit("nothing", "nothing changed"),
    Edit("body", "one body edited", _change_body),
    Edit("title", "one title edited", _change_title),
    Edit("template", "the article template edited", _change_template),
)
