"""What becomes of a described story: a new file, a longer text in an old one, or a sighting of what is there."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from generator import fingerprint, frontmatter
from generator.config import Config
from generator.ingest import duplicates
from generator.ingest.describe import Description, id_of_another
from generator.ingest.folder import Blocked, Folder
from generator.ingest.places import Places
from generator.ingest.site_tags import SiteTags
from generator.ledger import Filed, Ledger
from generator.model import Article, DateFrom, Issue
from generator.report import Finding, Ingested, Left

UPDATED = 1.1
"""So many times as long as what is filed, a story that its format knows by an identity has been added to."""


class Admission:
    """Admits stories to a site's content.

    Args:
        folder: the files of the content.
        config: the site's configuration.
        ledger: knows every story that was admitted.
        places: knows where their files are.
        site_tags: knows how the site spells its tags.
        hear: is told what became of each.
        again: write stories whose files were removed, too.
    """

    def __init__(  # noqa: PLR0913 - what it works with, and how
        self,
        folder: Folder,
        config: Config,
        ledger: Ledger,
        places: Places,
        site_tags: SiteTags,
        hear: Callable[[Finding], None],
        *,
        again: bool,
    ) -> None:
        self._folder = folder
        self._config = config
        self._ledger = ledger
        self._places = places
        self._site_tags = site_tags
        self._hear = hear
        self._again = again

    def admit(self, made: Description, name: str) -> bool:
        """Put a story where it belongs, and tell what became of it; `name` is its input.

        Returns: whether there was a place for it; what there is in the way is told.
        """
        try:
            self._admit(made, name)
        except Blocked as blocked:
            place = f"{self._config.build.content}/{blocked.place} is {blocked.what}"
            message = f"{made.article.title!r} is not filed: {place}; put a folder there, and ingest again"
            self._hear(Issue(name, 1, message))
            return False
        return True

    def _admit(self, made: Description, name: str) -> None:
        tags = self._site_tags.merged(made.article.tags)
        if tags != made.article.tags:
            made = replace(made, article=replace(made.article, tags=tags), data=b"")
        known = self._ledger.find(made.article.id)
        if known and self._is_another(made, known):
            made = replace(made, article=replace(made.article, id=id_of_another(made)), data=b"")
            known = self._ledger.find(made.article.id)
        if known and known.id == made.article.id:
            made = self._first_captured(made, known.captured, name)
            path, status = self._meet_again(made, known, name)
        else:
            path, status = self._meet(made, known, name)
        article = made.article
        self._hear(
            Ingested(
                input=name,
                path=f"{self._config.build.content}/{path}",
                title=article.title,
                source=article.source.name if article.source else None,
                date=article.date,
                date_from=article.date_from,
                topic=article.topic,
                tags=article.tags,
                status=status,
                confidence=made.verdict.confidence,
                reasons=made.verdict.reasons,
            )
        )

    def _is_another(self, made: Description, known: Filed) -> bool:
        """Tell whether a story has another's identity and title, as each day's briefing at one address has.

        An update shares words, or is much longer, or is of the same day.
        """
        if not made.known or made.article.date_from is not DateFrom.PAGE:
            return False
        day = made.article.date.astimezone(self._config.zone).date().isoformat()
        short, long = sorted((known.words, made.length))
        return (
            f"/{day}/" not in f"/{known.path}"
            and short > duplicates.MUCH * long
            and short > duplicates.OPENING
            and not duplicates.alike(known.sketch, made.sketch)
        )

    def _first_captured(self, made: Description, captured: datetime, name: str) -> Description:
        """Date a story as of when it was seen first."""
        dating = made.wordings.dated(name, captured, self._config.zone)
        article = replace(made.article, date=dating.date, date_from=dating.date_from)
        return replace(made, article=article, captured=captured, data=b"")

    def _meet_again(self, made: Description, known: Filed, name: str) -> tuple[str, str]:
        """Leave a story that was filed before as it is, wherever a person may have put it, unless it has grown."""
        path = self._places.find(known)
        if path is None:
            if not self._again:
                return known.path, "retracted"
            return self._file(made, name, "" if self._folder.holds(known.path) else known.path)
        if made.known and made.length > UPDATED * known.words:
            data = self._longer(made, known, path, name)
            if data:
                return self._replace(made, known, path, name, data)
        self._ledger.see(known.id, name)
        if not made.known and not made.sketch <= known.sketch:  # a person gave one id to two
            self._leave(made, name)
        return path, "unchanged" if self._untouched(path, known) else "edited"

    def _meet(self, made: Description, known: Filed | None, name: str) -> tuple[str, str]:
        """File a story that was never seen, unless it is another telling of one that was."""
        left_over = "" if known else self._places.left_over(made.article.id)
        if left_over:
            return self._file(self._as_left(made, left_over), name, left_over)
        twin, path = (known, self._places.find(known)) if known else self._twin(made)
        if twin is None:
            return self._file(made, name)
        data = self._longer(made, twin, path, name) if path and made.length > twin.words else b""
        if path and data:
            return self._replace(made, twin, path, name, data)
        self._ledger.see(made.article.id, name, of=twin.id)
        self._leave(made, name)
        return path or twin.path, "duplicate"

    def _leave(self, made: Description, name: str) -> None:
        for line, text in made.blocks:
            self._hear(Left(name, line, text, "duplicate"))

    def _twin(self, made: Description) -> tuple[Filed | None, str | None]:
        """Find the filed story that this one tells again, and its file; one with other figures is no such story."""
        for filed in self._ledger.similar(made.sketch, duplicates.ENOUGH):
            if duplicates.alike(filed.sketch, made.sketch):
                path = self._places.find(filed)
                text = self._text_of(path) if path else ""
                if not text or (
                    duplicates.same_story(duplicates.words_of(text), _words_of(made.article))
                    and not duplicates.contradict(made.figures, duplicates.figures(text))
                ):
                    return filed, path
        return None, None

    def _text_of(self, path: str) -> str:
        text = self._folder.read(path).decode(errors="replace")
        article = frontmatter.parse_article(text, path, self._config.zone).article
        return f"{article.title}\n{article.body}" if article else text

    def _longer(self, made: Description, twin: Filed, path: str, name: str) -> bytes:
        """Render a longer telling under the shorter one's id and first capture; b"" if a person was there."""
        dated = self._first_captured(made, twin.captured, name)
        data = _render(replace(dated, article=replace(dated.article, id=twin.id)))
        # It stands there already where a run was stopped before it could tell the ledger.
        written = self._untouched(path, twin) or self._folder.read(path) == data
        return data if written else b""

    def _replace(self, made: Description, twin: Filed, path: str, name: str, data: bytes) -> tuple[str, str]:
        """Put a longer telling where the shorter one stands."""
        self._folder.replace(path, data)
        digest, sketch = fingerprint.digest(data), made.sketch | twin.sketch
        self._ledger.file(Filed(twin.id, twin.captured, path, digest, made.length, name, sketch))
        if made.article.id != twin.id:
            self._ledger.see(made.article.id, name, of=twin.id)
        return path, "written"

    def _as_left(self, made: Description, path: str) -> Description:
        """Date a story as its file is, which a run wrote that was stopped before it could tell the ledger."""
        text = self._folder.read(path).decode(errors="replace")
        left = frontmatter.parse_article(text, path, self._config.zone).article
        if left is None:
            return made
        article = replace(made.article, date=left.date, date_from=left.date_from, updated=left.updated)
        return replace(made, article=article, data=b"")

    def _file(self, made: Description, name: str, path: str = "") -> tuple[str, str]:
        """Write an article to its place, or to `path`, and enter it in the ledger."""
        article = made.article
        data = _render(made)
        # The file comes first: a kill in between leaves a file that the next run knows by its id, never a story
        # that the ledger takes for retracted.
        place = path or self._places.free(article)
        while not self._folder.add(place, data) and not path:  # somebody put one there meanwhile
            place = self._places.free(article)
        self._ledger.file(
            Filed(
                id=article.id,
                captured=made.captured,
                path=place,
                digest=fingerprint.digest(data),
                words=made.length,
                input=name,
                sketch=made.sketch,
            )
        )
        self._site_tags.add(article.tags)
        return place, "written"

    def _untouched(self, path: str, filed: Filed) -> bool:
        return fingerprint.digest(self._folder.read(path)) == filed.digest


def _words_of(article: Article) -> tuple[str, ...]:
    return duplicates.words_of(f"{article.title}\n{article.body}")


def _render(made: Description) -> bytes:
    return made.data or frontmatter.render_article(made.article).encode()
