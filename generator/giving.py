"""What the catalogue gives to the rows of the page table: the inputs that each declares, and nothing else."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from operator import neg

from generator import keys, listings, lookup, related, totals
from generator.catalogue import DAY, Catalogue, encode, moment
from generator.inputs import Given, Settings
from generator.lookup import Standing
from generator.model import Key
from generator.pages import Input, Row
from generator.records import changed
from generator.syndication import LIMIT
from generator.views import Card, Entry, Mention, Neighbour

AHEAD = 60
"""Days by which a loaded stretch of coverage reaches further than asked: pages are made day by day."""

FEW = 24
"""Articles for which it is quicker to look up who carries their tags than to load a stretch of time."""

MOST = 10_240
"""Cards kept at a time: an article stands on a dozen pages."""


class Giver:
    """Fetches inputs from a catalogue that does not change meanwhile.

    Attributes:
        links: which articles each article's page shows as earlier coverage, both by number.
    """

    def __init__(self, catalogue: Catalogue, settings: Settings) -> None:
        self.links: dict[int, tuple[int, ...]] = {}
        self._catalogue = catalogue
        self._settings = settings
        self._coverage = Coverage(catalogue)
        self._cards: dict[int, Card] = {}
        self._expected: dict[str, Standing] = {}
        self._last: tuple[Key, int, list[int]] = ((), 0, [])

    def expect(self, keys: Sequence[Key]) -> None:
        """Fetch the articles that will be asked for, all at once."""
        addresses = [key[1] for key in keys if key[0] == "article"]
        self._coverage.few = len(addresses) <= FEW
        self._expected = lookup.published_at(self._catalogue, addresses) if addresses else {}

    def give(self, key: Key, row: Row) -> Given:
        """Fetch what a row of the page table declares for a key."""
        if key[0] == "article":
            return self._give_article(key)
        catalogue, given = self._catalogue, Given(key)
        if Input.MEMBERS in row.inputs:
            given = self._give_members(key, row)
        if Input.NEIGHBOURS in row.inputs:
            before, after = (self._neighbour(key, before=before) for before in (True, False))
            given = changed(given, previous=before, next=after)
        if Input.TERMS in row.inputs:
            given = changed(given, terms=tuple(totals.listed(catalogue, key)))
        if Input.PEERS in row.inputs:
            given = changed(given, peers=tuple(totals.beginning_with(catalogue, (key[0], ""))))
        return given

    def _give_article(self, key: Key) -> Given:
        self._cards.clear()  # articles come last, and show none of them
        standing = self._expected.pop(key[1], None) or lookup.published(self._catalogue, key[1])
        if standing is None:
            return Given(key)
        entry = standing.filed.entry
        earlier = tuple(self._coverage.earlier(standing))
        self.links[standing.id] = tuple(number for number, _ in earlier)
        mentions = tuple(mention for _, mention in earlier)
        return Given(key, total=1, above=1, cards=(entry.card,), entries=(entry,), related=mentions)

    def _give_members(self, key: Key, row: Row) -> Given:
        catalogue, term = self._catalogue, keys.parent(key) or key
        above = totals.total(catalogue, encode(term))
        if term is not key and not listings.has_archive(term[0], above):
            return Given(key, above=above)  # most months of most tags have no page
        if term[0] == "language" and not self._has_languages():
            return Given(key)
        limit = self._settings.feed_limit if row.members == LIMIT else row.members
        entries: tuple[Entry, ...] = ()
        if Input.BODY in row.inputs:
            entries = tuple(lookup.bodies(catalogue, key, limit))
            cards = tuple(entry.card for entry in entries)
        else:
            cards = self._leading(limit) if key == keys.FRONT else self._newest(key, limit)
        return Given(
            key,
            name=totals.name(catalogue, encode(term)),
            total=totals.total(catalogue, encode(key)),
            above=above,
            cards=cards,
            entries=entries,
            taken=key[0] == "redirect" and any(map(self._is_published, keys.addresses_above(key[1]))),
        )

    def _leading(self, limit: int) -> tuple[Card, ...]:
        """Give the newest articles of the topics that the front page shows."""
        sections = self._settings.sections
        if not sections:
            return self._newest(keys.FRONT, limit)
        found = [card for slug in sections for card in self._newest(("topic", slug), limit)]
        return tuple(sorted(found, key=lambda card: (-moment(card.date), card.path))[:limit])

    def _has_languages(self) -> bool:
        """Tell whether any article is in another language than the site's."""
        own = ("language", self._settings.language)
        return totals.total(self._catalogue, encode(own)) < totals.total(self._catalogue, encode(keys.FRONT))

    def _newest(self, key: Key, limit: int) -> tuple[Card, ...]:
        # A tag's page and its feed show the same articles, one after the other.
        if self._last[:2] != (key, limit):
            self._last = key, limit, lookup.members(self._catalogue, key, limit)
        numbers = self._last[2]
        missing = [number for number in numbers if number not in self._cards]
        if missing and len(self._cards) + len(missing) > MOST:
            self._cards.clear()
            missing = numbers
        self._cards |= lookup.cards(self._catalogue, missing, Card)
        return tuple([self._cards[number] for number in numbers])

    def _is_published(self, address: str) -> bool:
        return lookup.published(self._catalogue, address) is not None

    def _neighbour(self, key: Key, *, before: bool) -> Neighbour | None:
        found = totals.nearest(self._catalogue, key, before=before)
        return Neighbour(found[1], keys.path(found)) if found else None


class Coverage:
    """Who carries which tag over a stretch of time, kept while pages of that time are made.

    Attributes:
        few: hardly any article will be asked for, so that no stretch of time is worth being kept.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.few = False
        self._catalogue = catalogue
        self._mentions: dict[int, Mention] = {}
        self._load(0, -1)

    def earlier(self, standing: Standing) -> list[tuple[int, Mention]]:
        """Give an article's earlier coverage, each by number and as its page names it."""
        card = standing.filed.card
        low, high = moment(related.earliest(card)), moment(card.date)
        if not card.tags:
            return []
        found = self._among_few(standing, low, high) if self.few else self._among_all(standing, low, high)
        missing = [number for number in found if number not in self._mentions]
        self._mentions |= lookup.cards(self._catalogue, missing, Mention)
        return [(number, self._mentions[number]) for number in found]

    def _among_few(self, standing: Standing, low: int, high: int) -> list[int]:
        """Choose as `related.most_shared` does, from nothing but who carries the article's tags."""
        shared: Counter[int] = Counter()
        moments: dict[int, int] = {}
        for tag in standing.filed.card.tags:
            carriers = dict(lookup.carriers(self._catalogue, encode(("tag", tag.slug)), low, high))
            shared.update(carriers.keys())
            moments |= carriers
        del shared[standing.id]
        rank = {number: (count, moments[number]) for number, count in shared.items()}
        best = sorted(rank, key=rank.__getitem__, reverse=True)
        # Addresses decide between equals, and which of those of the article's own moment come before it.
        enough = related.MOST + sum(moments[number] == high for number in best)
        best = [number for number in best if rank[number] >= rank[best[:enough][-1]]]
        addresses = lookup.addresses(self._catalogue, best)
        own = standing.filed.card.path
        found = [number for number in best if moments[number] < high or addresses[number] > own]
        return sorted(found, key=lambda number: (*map(neg, rank[number]), addresses[number]))[: related.MOST]

    def _among_all(self, standing: Standing, low: int, high: int) -> list[int]:
        card = standing.filed.card
        if not (self._low <= low and high <= self._high):
            self._load(low - DAY, high + AHEAD * DAY)
        first, here = bisect_left(self._moments, low), self._positions[standing.id]
        window = (1 << (here - first)) - 1
        carriers = [self._carriers(tag.slug) >> first & window for tag in card.tags]
        return [self._articles[first + position] for position in related.most_shared(carriers)]

    def _load(self, low: int, high: int) -> None:
        # In the order of listings from their end: later stands for newer, then for the smaller address.
        found = self._catalogue.rows(
            "SELECT id, moment FROM articles WHERE moment BETWEEN ? AND ? AND live"
            " ORDER BY moment, address DESC",
            low,
            high,
        ).fetchall()
        self._low, self._high = low, high
        self._articles = [article for article, _ in found]
        self._moments = [when for _, when in found]
        self._positions = {article: position for position, article in enumerate(self._articles)}
        self._tags: dict[str, int] = {}
        self._mentions = {n: mention for n, mention in self._mentions.items() if n in self._positions}

    def _carriers(self, slug: str) -> int:
        """Give the articles that carry a tag, as a bit each."""
        if slug not in self._tags:
            bits = bytearray(len(self._articles) // 8 + 1)
            for article, _ in lookup.carriers(self._catalogue, encode(("tag", slug)), self._low, self._high):
                position = self._positions[article]
                bits[position >> 3] |= 1 << (position & 7)
            self._tags[slug] = int.from_bytes(bits, "little")
        return self._tags[slug]
