"""How a site spells its tags: what is kept of them in the catalogue, and new ones brought to it."""

from collections.abc import Collection, Iterable, Mapping

from generator.catalogue import Catalogue, span
from generator.ingest.tagging.merging import merge_tags, tag_keys


class SiteTags:
    """The tags that a site has, by what their spelling variants share.

    Args:
        catalogue: keeps them, and knows the tags of the built site.
        aliases: by slug, the names that the site uses instead; they have the last word.
    """

    def __init__(self, catalogue: Catalogue, aliases: Mapping[str, str]) -> None:
        self._catalogue = catalogue
        self._aliases = aliases
        self._catch_up()

    def merged(self, tags: Collection[str]) -> tuple[str, ...]:
        """Give tags as the site spells them."""
        return merge_tags(tuple(tags), self._known, self._aliases)

    def add(self, tags: Iterable[str]) -> None:
        """Remember tags that the site has now."""
        rows = ((key, tag) for tag in tags for key in tag_keys(tag))
        self._catalogue.run_many("INSERT OR IGNORE INTO spellings VALUES (?, ?)", rows)

    def _known(self, key: str) -> list[str]:
        found = self._catalogue.rows("SELECT tag FROM spellings WHERE variant = ? ORDER BY tag", key)
        return [tag for (tag,) in found]

    def _catch_up(self) -> None:
        """Take in the tags of articles that were built since the last time, whoever wrote them."""
        (count,) = self._catalogue.row("SELECT count(*) FROM names") or (0,)
        if count == self._catalogue.recall("spellings", 0):
            return
        found = self._catalogue.rows(
            "SELECT DISTINCT name FROM names WHERE key BETWEEN ? AND ?", *span(("tag",))
        )
        tags = [tag for (tag,) in found]
        with self._catalogue.transaction():
            self.add(tags)
            self._catalogue.note("spellings", count)
