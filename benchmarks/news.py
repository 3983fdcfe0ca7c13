"""Invented news from a seed: days of a hundred stories each, the same for the same seed and day on any machine."""

import tomllib
from bisect import bisect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import accumulate, product
from pathlib import Path
from random import Random
from string import Formatter
from typing import Any

PER_DAY = 100
TAGS = 1_000
SOURCES = 60
ACTIVE = 10
"""One story in so many uses links, a list, a quotation and headings."""

Part = tuple[str, str]
"""Words, and the slot that follows them: empty at the end of a template."""
Template = tuple[Part, ...]
Slots = dict[str, list[Template]]


@dataclass(frozen=True, slots=True)
class Story:
    """One article, before any generator's own form of it; `body` is Markdown, `tags` begin with the commonest."""

    title: str
    slug: str
    date: datetime
    id: str
    topic: str
    tags: tuple[str, ...]
    source: str
    source_url: str
    summary: str
    body: str


@dataclass(frozen=True, slots=True)
class World:
    """All there is to write about; `tags` and `sources` are in the order of their frequency."""

    slots: Slots
    topics: dict[str, Slots]
    topic_weights: tuple[float, ...]
    tags: tuple[tuple[str, str], ...]
    tag_weights: tuple[float, ...]
    sources: tuple[str, ...]
    source_weights: tuple[float, ...]


def plan_stories(count: int, seed: int, end: date) -> Iterator[Story]:
    """Invent the newest `count` stories before the day `end`, newest day first.

    A day's stories depend on the seed and on how many days it lies back, so a small corpus is the newest part
    of a large one.
    """
    world = _world(seed)
    for back in range(1, -(-count // PER_DAY) + 1):
        # The oldest day may be a part of one: then its latest stories.
        wanted = min(PER_DAY, count - (back - 1) * PER_DAY)
        yield from _day(world, Random(f"{seed}-{back}"), end - timedelta(days=back))[-wanted:]


def slug_of(name: str, longest: int = 80) -> str:
    """Make a file name of a title: lower-case ASCII words joined by `-`, cut between words."""
    plain = name.lower().translate(_LETTERS)
    words = "".join(letter if letter.isalnum() else " " for letter in plain).split()
    joined = "-".join(words)
    return joined if len(joined) <= longest else joined[: longest + 1].rpartition("-")[0]


_LETTERS = str.maketrans(
    {"é": "e", "ø": "o", "’": "", "‘": "", "'": "", "&": " and ", "%": " percent ", "+": " plus "}
)


@cache
def _world(seed: int) -> World:
    words = tomllib.loads(Path(__file__).with_name("lexicon.toml").read_text(encoding="utf-8"))
    chance = Random(seed)
    places = [stem + ending for stem, ending in product(words["stems"], words["endings"])]
    families = [stem + ending for stem, ending in product(words["family"], words["family_endings"])]
    chance.shuffle(places)
    chance.shuffle(families)
    people = [f"{chance.choice(words['given'])} {family}" for family in families]
    firms = [chance.choice(words["firms"]).format(place=place) for place in places]
    papers = [chance.choice(words["papers"]).format(place=place) for place in places[::-1]]
    slots = {name: _templates(entries) for name, entries in words.items() if name != "topics"}
    slots |= _numbers(chance) | {
        "place": _templates(places),
        "org": _templates(firms),
        "person": _templates(people),
        "subject": _templates(words["subjects"]),
        "Opinion": _templates([_capital(text) for text in words["opinion"]]),
    }
    return World(
        slots=slots,
        topics={slug: _topic(entry) for slug, entry in words["topics"].items()},
        topic_weights=tuple(accumulate(entry["weight"] for entry in words["topics"].values())),
        tags=_tags(chance, words["subjects"], places, firms, people),
        tag_weights=tuple(accumulate(1 / rank for rank in range(1, TAGS + 1))),
        sources=tuple(papers[:SOURCES]),
        source_weights=tuple(accumulate(1 / (rank + 5) for rank in range(SOURCES))),
    )


def _topic(entry: dict[str, Any]) -> Slots:
    return {"thing": _templates(entry["things"]), "plan": _templates(entry["plans"])}


def _tags(chance: Random, subjects: list[str], *names: list[str]) -> tuple[tuple[str, str], ...]:
    kinds = zip(("place", "org", "person"), names, strict=True)
    tags = [("subject", name) for name in subjects]
    rest = [(kind, name) for kind, of_kind in kinds for name in of_kind]
    tags += chance.sample(rest, TAGS - len(tags))
    chance.shuffle(tags)
    return tuple(tags)


def _numbers(chance: Random) -> Slots:
    def pool(make: Callable[[], str]) -> list[Template]:
        return _templates([make() for _ in range(500)])

    return {
        "small": pool(lambda: str(chance.randint(4, 59))),
        "number": pool(lambda: f"{int(10 ** chance.uniform(2.1, 5.4)):,}"),
        "pct": pool(lambda: f"{chance.uniform(0.4, 70):.{chance.randint(0, 1)}f}%"),
        "money": pool(lambda: f"£{chance.uniform(1, 90):.1f}{chance.choice(('m', 'm', 'm', 'bn'))}")
        + pool(lambda: f"£{chance.randint(5, 900)},000"),
        "year": pool(lambda: str(chance.randint(1998, 2023))),
    }


def _templates(texts: Sequence[str]) -> list[Template]:
    return [tuple((words, slot or "") for words, slot, _, _ in Formatter().parse(text)) for text in texts]


def _day(world: World, chance: Random, day: date) -> list[Story]:
    taken: set[str] = set()
    step = 24 * 60 / PER_DAY
    stories = []
    for number in range(PER_DAY):
        minute = int(number * step + chance.random() * step)
        moment = datetime.combine(day, time(minute // 60, minute % 60), UTC)
        stories.append(_Desk(world, chance).story(moment, taken))
    return stories


class _Desk:
    """Writes one story: holds its chance, its topic and its cast."""

    def __init__(self, world: World, chance: Random) -> None:
        self.chance = chance
        self.random = chance.random
        self.world = world
        self.topic = list(world.topics)[self._ranked(world.topic_weights)]
        drawn: dict[tuple[str, str], None] = {}
        wanted = chance.randint(3, 5)
        while len(drawn) < wanted:
            drawn[world.tags[self._ranked(world.tag_weights)]] = None
        self.tags = tuple(drawn)
        self.cast = world.slots | world.topics[self.topic] | self._cast()

    def story(self, moment: datetime, taken: set[str]) -> Story:
        title, slug = self._title(taken)
        source = self.world.sources[self._ranked(self.world.source_weights)]
        paragraphs = self._paragraphs(15 + int(self.random() * 26))
        summary = " ".join(paragraphs[0][:2])
        blocks = [" ".join(paragraph) for paragraph in paragraphs]
        if self.random() * ACTIVE < 1:
            blocks = self._active(blocks)
        # Some papers set straight quotation marks, others curly ones.
        style = _STRAIGHT if len(source) % 2 else {}
        return Story(
            title=title.translate(style),
            slug=slug,
            date=moment,
            id=f"{self.chance.getrandbits(64):016x}",
            topic=self.topic,
            tags=tuple(name for _, name in self.tags),
            source=source,
            source_url=f"https://{slug_of(source)}.example/{moment:%Y/%m}/{slug[:40].strip('-')}",
            summary=summary.translate(style),
            body="\n\n".join(blocks).translate(style),
        )

    def _cast(self) -> Slots:
        # Who is named by the tags comes first; a sentence that needs two of a kind takes them from two slots.
        cast: Slots = {}
        for kind, other, wanted in _ROLES:
            known: list[Template] = [((name, ""),) for tag_kind, name in self.tags if tag_kind == kind]
            known += [self._one(self.world.slots[kind]) for _ in range(wanted - len(known))]
            cast[kind], cast[other] = known[: wanted - 1], known[wanted - 1 :]
        surnames: Slots = {
            slot: [((name[0][0].rpartition(" ")[2], ""),) for name in cast[kind]]
            for slot, kind in (("surname", "person"), ("witness_surname", "witness"))
        }
        return cast | surnames | {"Org": cast["org"]}

    def _title(self, taken: set[str]) -> tuple[str, str]:
        while True:
            title = self._write("titles")
            slug = slug_of(title)
            if slug not in taken:
                taken.add(slug)
                return title, slug

    def _paragraphs(self, sentences: int) -> list[list[str]]:
        every = self.cast["sentences"]
        # Each kind of sentence once before any comes again.
        kinds = self.chance.sample(every, len(every)) + self.chance.sample(every, len(every))
        paragraphs: list[list[str]] = []
        while sentences:
            # Never one sentence alone at the end.
            length = min(sentences, 2 + int(self.random() * 4))
            length += sentences - length == 1
            paragraphs.append([_capital(self._fill(kinds.pop())) for _ in range(length)])
            sentences -= length
        return paragraphs

    def _active(self, blocks: list[str]) -> list[str]:
        link = f"[{self._write('org')}](https://{slug_of(self._write('place'))}.example/?a=1&b=2)"
        half = len(blocks) // 2
        items = "\n".join(f"- {self._write('items')}" for _ in range(3 + int(self.random() * 3)))
        return [
            *blocks[:half],
            f"## {self._write('headings')}",
            f"{blocks[half]} More from {link}.",
            items,
            f"> {self._write('opinion')}.",
            f"## {self._write('headings')}",
            *blocks[half + 1 :],
        ]

    def _write(self, slot: str) -> str:
        return _capital(self._fill(self._one(self.cast[slot])))

    def _fill(self, template: Template) -> str:
        if len(template) == 1 and not template[0][1]:
            return template[0][0]
        cast, random, fill = self.cast, self.random, self._fill
        text = ""
        for words, slot in template:
            text += words
            if slot:
                choices = cast[slot]
                text += fill(choices[int(random() * len(choices))])
        return text

    def _one(self, choices: list[Template]) -> Template:
        return choices[int(self.random() * len(choices))]

    def _ranked(self, cumulative: tuple[float, ...]) -> int:
        return bisect(cumulative, self.random() * cumulative[-1])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


_ROLES = (("place", "town", 3), ("org", "rival", 3), ("person", "witness", 3), ("subject", "side", 2))
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'"})
