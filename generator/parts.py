"""Which articles are searched together: parts of the search index, and the texts that are found in them."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from generator import indexer, keys, lookup, markdown, records, urls
from generator.catalogue import Catalogue, encode
from generator.engine import engine
from generator.inputs import Settings
from generator.records import Value
from generator.views import Card

SIZE = 700
"""Articles of a part, at least: Pagefind takes some 350 MB and 2 s for a thousand. A full day ends it.

What is left at the end goes to the last one, since how much a word weighs depends on how many articles a part has.
"""

AT_ONCE = 128
"""Articles that are read together."""

DAY, MONTH = len("2025/06/02"), len("2025/06")
"""How much of an article's path names its day, and its month."""


@dataclass(slots=True)
class Part:
    """Some articles of one language, by their numbers in the catalogue, and the name of their part."""

    language: str
    day: str = ""
    numbers: list[int] = field(default_factory=list)
    hasher: "hashlib.blake2b" = field(default_factory=lambda: hashlib.blake2b(digest_size=10))

    @property
    def name(self) -> str:
        """The name of its folder: equal names, equal files."""
        return f"{self.language}-{self.hasher.hexdigest()}"


class _Noted(Value, frozen=True):
    """What of a card decides to which part its article belongs."""

    path: str
    language: str = ""
    stamp: str = ""


def share_out(catalogue: Catalogue, settings: Settings) -> dict[str, list[Part]]:
    """Cut the published articles into parts, by language, the oldest first: the same ones, whatever was before.

    Raises:
        Failed: Pagefind does not run.
    """
    basis = records.encode((engine(), indexer.version(), settings.topics))
    parts: dict[str, list[Part]] = {}
    query = (
        "SELECT id, card, stamp FROM articles JOIN cards ON cards.article = id"
        " JOIN bodies ON bodies.article = id WHERE live ORDER BY address"
    )
    for number, card, stamp in catalogue.rows(query):
        noted = records.decode(card, _Noted)
        if keys.own(noted.path)[0] != "article":
            continue  # a page that stands by itself
        language, day = urls.language_code(noted.language or settings.site.language), noted.path[:DAY]
        known = parts.setdefault(language, [])
        if not known or (len(known[-1].numbers) >= SIZE and known[-1].day != day):
            known.append(Part(language))
            known[-1].hasher.update(basis)
        part = known[-1]
        part.day = day
        part.numbers.append(number)
        part.hasher.update(f"{noted.stamp} {stamp}\n".encode())
    return {language: _joined(parts[language]) for language in sorted(parts)}


def _joined(parts: list[Part]) -> list[Part]:
    """Add to the last part but one what is too little for a part of its own."""
    if len(parts) == 1 or len(parts[-1].numbers) >= SIZE:
        return parts
    *others, last, rest = parts
    last.day = rest.day
    last.numbers += rest.numbers
    last.hasher.update(rest.hasher.digest())
    return [*others, last]


def texts(catalogue: Catalogue, settings: Settings, part: Part) -> Iterator[indexer.Text]:
    """Give what is to be found of a part's articles, in their order."""
    for start in range(0, len(part.numbers), AT_ONCE):
        numbers = part.numbers[start : start + AT_ONCE]
        cards, bodies = lookup.cards(catalogue, numbers, Card), lookup.contents(catalogue, numbers)
        for number in numbers:
            yield _text(cards[number], bodies[number], settings, part.language)


def _text(card: Card, body: str, settings: Settings, language: str) -> indexer.Text:
    source = card.source.name if card.source else ""
    meta = {
        "title": card.title,
        "topic": settings.label("topic", card.topic.slug, card.topic.name),
        "source": source,
        "tags": ", ".join(tag.name for tag in card.tags),
    }
    filters = {"topic": card.topic.slug, "source": source, "month": card.path[:MONTH].replace("/", "-")}
    return indexer.Text(
        url=card.path,
        content=markdown.plain_text(body) or card.summary or card.title,
        language=language,
        meta={name: value for name, value in meta.items() if value},
        filters={name: (value,) for name, value in filters.items() if value},
    )


def complete(catalogue: Catalogue) -> set[str]:
    """Name the parts of which every file stands as it was left."""
    names = f"substr(path, {len(keys.INDEX_FOLDER) + 1})"
    query = (
        f"SELECT substr({names}, 1, instr({names}, '/') - 1) AS part, count(*), max(made_of), min(fingerprint)"  # noqa: S608 - our own
        f" FROM outputs WHERE key = ? AND instr({names}, '/') GROUP BY part"
    )
    found = catalogue.rows(query, encode(keys.INDEX)).fetchall()
    return {part for part, count, amount, least in found if str(count) == amount and least == part}
