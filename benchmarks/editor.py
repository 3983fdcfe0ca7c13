"""Somebody who changes a site's files without a pause, as editors, scripts and people do."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import cycle
from pathlib import Path

from corpus import without_id

TEXTS = 3
"""How many different texts there are, and how many files are added: so few that all come in a minute or two."""

SHEET = "templates/assets/house.css"
"""A stylesheet of the site, which it changes, too."""


class Editor:
    """Somebody who changes a site's files without a pause.

    What is written comes back after a while, and there are never many files more than before: a preview may keep
    what it has made of the last thousands of texts, and does.

    Args:
        folder: the site.
        watched: articles whose pages are open.
    """

    def __init__(self, folder: Path, watched: Sequence[Path]) -> None:
        self.done: Counter[str] = Counter()
        self._folder = folder
        self._watched = watched
        self._chance = random.Random(1)
        self._added: list[Path] = []
        self._numbers = cycle(range(TEXTS))
        self._changes: tuple[Callable[[], None], ...] = (
            self._body,
            self._body,
            self._title,
            self._add,
            self._add,
            self._remove,
            self._remove,
            self._stylesheet,
            self._come_and_go,
            self._break,
        )

    def change(self) -> None:
        """Change something."""
        chosen = self._chance.choice(self._changes)
        chosen()
        self.done[chosen.__name__.strip("_")] += 1

    def mend(self) -> None:
        """Leave no article broken, and every watched one there."""
        for path in self._watched:
            self._put(path, self._text(path))

    def _text(self, path: Path) -> str:
        hidden = path.with_suffix(".gone")
        text = (hidden if hidden.exists() else path).read_text(encoding="utf-8")
        hidden.unlink(missing_ok=True)
        return text.replace("date: never, ", "date: ")

    def _put(self, path: Path, text: str) -> None:
        """Save as editors do, in place or by a new file that takes the old one's place."""
        place = path.with_name(f".{path.name}.tmp") if self._chance.random() * 2 < 1 else path
        place.write_text(text, encoding="utf-8")
        place.replace(path)

    def _words(self) -> str:
        return f"Put right {next(self._numbers) + 1} times"

    def _body(self) -> None:
        path = self._chance.choice(self._watched)
        text = self._text(path)
        head, _, body = text.rpartition("\n\n")
        # No longer with every edit.
        kept = text if body.startswith("---") or not body.startswith("Put right ") else f"{head}\n"
        self._put(path, f"{kept.rstrip()}\n\n{self._words()}.\n")

    def _title(self) -> None:
        path = self._chance.choice(self._watched)
        lines = self._text(path).split("\n")
        lines[1] = f"title: {self._words()}"
        self._put(path, "\n".join(lines))

    def _add(self) -> None:
        names = (self._watched[0].with_name(f"added-{number}.md") for number in range(TEXTS))
        path = next((path for path in names if not path.exists()), None)
        if path:
            self._added.append(path)
            self._put(path, without_id(self._text(self._watched[0])))

    def _remove(self) -> None:
        if self._added:
            self._added.pop(self._chance.randrange(len(self._added))).unlink()

    def _stylesheet(self) -> None:
        self._put(self._folder / SHEET, f"/* {self._words()} */\n")

    def _come_and_go(self) -> None:
        path = self._watched[-1]
        if path.exists():
            path.rename(path.with_suffix(".gone"))
        else:
            self._put(path, self._text(path))

    def _break(self) -> None:
        path = self._chance.choice(self._watched[:-1])
        text = self._text(path)
        self._put(path, text.replace("date: ", "date: never, ", 1))
