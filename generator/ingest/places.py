"""Where the files of stories are, and where new ones go."""

import re
from datetime import tzinfo
from pathlib import Path

from generator import files, lookup, urls
from generator.catalogue import Catalogue
from generator.ledger import Filed
from generator.model import Article

_ID = re.compile(r"^id: ['\"]?([0-9a-f]{16})['\"]?$", re.MULTILINE)


class Places:
    """The places of stories in a content folder, during one run.

    Args:
        content: the folder.
        zone: the site's time zone, which decides on an article's day.
        catalogue: knows the addresses of what is published.
        dry_run: what is taken is not written, so that nothing but this knows of it.
        unfinished: an earlier run may have been stopped before it could tell the ledger of all it wrote.
    """

    def __init__(
        self,
        content: Path,
        zone: tzinfo,
        catalogue: Catalogue,
        *,
        dry_run: bool = False,
        unfinished: bool = False,
    ) -> None:
        self._content = content
        self._zone = zone
        self._catalogue = catalogue
        self._dry_run = dry_run
        self._unfinished = unfinished
        self._by_id: dict[str, str] | None = None
        self._taken: set[tuple[str, str]] = set()
        self._numbers: dict[tuple[str, str], int] = {}
        self._folders: set[str] | None = None

    def take(self, article: Article, path: str = "") -> str:
        """Give the path of a new article's file, `path` if it has one already, and take it.

        No other article has its address, nor ever gets it by re-filing.
        """
        path = path or self._free(article)
        if self._dry_run:
            _, day, name = path.rsplit("/", 2)
            self._taken.add((day, name))
        return path

    def find(self, filed: Filed) -> str | None:
        """Find the file of a filed story: where it was put, or wherever a person moved it to.

        Another story's file may stand where it was put; one without an id may have lost it to a person.
        """
        holder = self._content / filed.path
        there = files.is_there(str(holder))
        held = _id_of(holder) if there else ""
        if held == filed.id:
            return filed.path
        return self._found(filed.id) or (filed.path if there and not held else None)

    def left_over(self, story: str) -> str:
        """Find the file of a story that no ledger knows: "" unless a run was stopped before it could say so."""
        return self._found(story) if self._unfinished else ""

    def _found(self, story: str) -> str:
        """Look for a story's file in the whole content, "" if there is none."""
        if self._by_id is None:
            self._by_id = {
                found: path
                for path in files.scan(self._content)
                if path.endswith(".md") and (found := _id_of(self._content / path))
            }
        return self._by_id.get(story, "")

    def _free(self, article: Article) -> str:
        day = article.date.astimezone(self._zone).date().isoformat()
        folder, stem = urls.slug(article.topic), urls.article_slug(article.title)
        # Those before it were taken when it was noted, and ingest takes no file away.
        number = self._numbers.get((day, stem), 1)
        while True:
            name = stem if number == 1 else f"{stem}-{number}"
            path = f"{folder}/{day}/{name}.md"
            if self._is_free(path, urls.article_path(article.date, name, self._zone)):
                if number > 1:
                    self._numbers[day, stem] = number + 1
                return path
            number += 1

    def _is_free(self, path: str, address: str) -> bool:
        _, day, name = path.split("/")
        spots = (f"{self._content}/{topic}/{day}/{name}" for topic in self._topics(path))
        return (
            (day, name) not in self._taken
            and not any(map(files.is_there, spots))
            and lookup.published(self._catalogue, address) is None
        )

    def _topics(self, path: str) -> set[str]:
        """Name the folders of topics there are, a new file's among them."""
        if self._folders is None:
            self._folders = {name for name in files.names(self._content) if not name.startswith(".")}
        self._folders.add(path.partition("/")[0])
        return self._folders


def _id_of(path: Path) -> str:
    head = (files.read(path) or b"")[:4000].decode(errors="replace")
    found = _ID.search(head)
    return found[1] if found else ""
