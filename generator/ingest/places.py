"""Where the files of stories are, and where new ones go."""

import re
from datetime import tzinfo

from generator import files, lookup, urls
from generator.catalogue import Catalogue
from generator.ingest.folder import Folder
from generator.ledger import Filed, Ledger
from generator.model import Article

_ID = re.compile(r"^id: ['\"]?([0-9a-f]{16})['\"]?$", re.MULTILINE)

_DEVICE = re.compile("con|prn|aux|nul|com[0-9]|lpt[0-9]")
"""Names that Windows keeps for its devices, so that no file can be called so where content is taken there."""


class Places:
    """The places of stories in a content folder, during one run.

    Args:
        folder: the files in it.
        zone: the site's time zone, which decides on an article's day.
        catalogue: knows the addresses of what is published.
        unfinished: an earlier run may have been stopped before it could tell the ledger of all it wrote.
    """

    def __init__(
        self, folder: Folder, zone: tzinfo, catalogue: Catalogue, *, unfinished: bool = False
    ) -> None:
        self._folder = folder
        self._zone = zone
        self._catalogue = catalogue
        self._unfinished = unfinished
        self._by_id: dict[str, str] | None = None
        self._numbers: dict[tuple[str, str], int] = {}
        self._folders: set[str] | None = None

    def find(self, filed: Filed) -> str | None:
        """Find the file of a filed story: where it was put, or wherever a person moved it to.

        Another story's file may stand where it was put; one without an id may have lost it to a person.
        """
        there = self._folder.holds(filed.path)
        held = self._id_of(filed.path) if there else ""
        if held == filed.id:
            return filed.path
        return self._found(filed.id) or (filed.path if there and not held else None)

    def left_over(self, story: str) -> str:
        """Find the file of a story that no ledger knows: "" unless a run was stopped before it could say so."""
        return self._found(story) if self._unfinished else ""

    def all_known(self, ledger: Ledger) -> bool:
        """Tell whether the ledger tells of every file with an id, as it does but for what a stopped run left."""
        return not self._unfinished or all(map(ledger.find, self._ids()))

    def _found(self, story: str) -> str:
        """Look for a story's file in the whole content, "" if there is none."""
        return self._ids().get(story, "")

    def _ids(self) -> dict[str, str]:
        if self._by_id is None:
            self._by_id = {
                found: path
                for path in files.scan(self._folder.content)
                if path.endswith(".md") and (found := self._id_of(path))
            }
        return self._by_id

    def free(self, article: Article) -> str:
        """Give a path for a new article's file: no other has its address, nor ever gets it by re-filing."""
        day = article.date.astimezone(self._zone).date().isoformat()
        folder, stem = urls.slug(article.topic), urls.article_slug(article.title)
        # Those before it were taken when it was noted, and ingest takes no file away.
        number = self._numbers.get((day, stem), 2 if _DEVICE.fullmatch(stem) else 1)
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
        spots = (f"{topic}/{day}/{name}" for topic in self._topics(path))
        held = any(map(self._folder.holds, spots))
        return not held and lookup.published(self._catalogue, address) is None

    def _topics(self, path: str) -> set[str]:
        """Name the folders of topics there are, a new file's among them."""
        if self._folders is None:
            self._folders = self._folder.folders()
        self._folders.add(path.partition("/")[0])
        return self._folders

    def _id_of(self, path: str) -> str:
        found = _ID.search(self._folder.read(path)[:4000].decode(errors="replace"))
        return found[1] if found else ""
