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
    """

    def __init__(self, content: Path, zone: tzinfo, catalogue: Catalogue) -> None:
        self._content = content
        self._zone = zone
        self._catalogue = catalogue
        self._moved: dict[str, str] | None = None
        self._taken: set[tuple[str, str]] = set()
        self._folders: set[str] | None = None

    def take(self, article: Article, path: str = "") -> str:
        """Give the path of a new article's file, `path` if it has one already, and take it.

        No other article has its address, nor ever gets it by re-filing.
        """
        path = path or self._free(article)
        _, day, name = path.rsplit("/", 2)
        self._taken.add((day, name))
        return path

    def find(self, filed: Filed) -> str | None:
        """Find the file of a filed story: where it was put, or wherever a person moved it to."""
        if (self._content / filed.path).exists():
            return filed.path
        if self._moved is None:
            self._moved = {
                found: path
                for path in files.scan(self._content)
                if path.endswith(".md") and (found := _id_of(self._content / path))
            }
        return self._moved.get(filed.id)

    def _free(self, article: Article) -> str:
        day = article.date.astimezone(self._zone).date().isoformat()
        stem = urls.article_slug(article.title)
        number = 1
        while True:
            name = stem if number == 1 else f"{stem}-{number}"
            path = f"{article.topic}/{day}/{name}.md"
            if self._is_free(article, path, urls.article_path(article.date, name, self._zone)):
                return path
            number += 1

    def _is_free(self, article: Article, path: str, address: str) -> bool:
        _, day, name = path.split("/")
        spots = (f"{self._content}/{topic}/{day}/{name}" for topic in self._topics(path))
        holders = [Path(spot) for spot in spots if files.is_there(spot)]
        if any(_id_of(holder) == article.id and holder == self._content / path for holder in holders):
            return True  # written by a run that was stopped before it could say so
        return (
            (day, name) not in self._taken
            and not holders
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
