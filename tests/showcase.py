"""Sites with a page of every kind, and the hardest of each: what tests of the built pages look at."""

import shutil
import struct
import zlib
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from conftest import Project

from generator import records
from generator.build import read_config
from generator.catalogue import NAME, Catalogue
from generator.files import STATE

NOW = datetime(2025, 7, 1, 12, tzinfo=UTC)
MANY = 56
"""Stories of one topic, tag and source: more than their newest that one page shows."""


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


DOT = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"\0\0"))
    + _chunk(b"IEND", b"")
)
"""A picture (PNG) of one pixel."""

RICH = """The ferry **left** at _noon_, with `42` passengers, as [a timetable](https://ferry.example/times)
says.[^1]

![The quay](quay.png "The quay at noon")

## What the harbour says

> The berth is closed.
>
> Nobody knows for how long.

1. First the pilots,
    - who are two,
    - or three,
2. then everybody else.

### In numbers

| Port | Ships | Tonnes |
|------|------:|-------:|
| Skarrow | 12 | 3,400 |
| Port Ellery | 7 | 900 |

Berth
:   A place for a ship.

```
PORT ELLERY  12:00  closed with_a_word_that_is_much_longer_than_any_line_of_a_small_screen_can_ever_be
```

The HTML standard says so, too:
<https://ferry.example/a/very/long/address/that/does/not/break/anywhere/at/all/of/it.html>

---

#### After the storm

<details><summary>More</summary>Nothing more.</details>

*[HTML]: HyperText Markup Language

[^1]: As of today.
"""

ARABIC_BODY = "غادرت العبارة الميناء ظهرا وعلى متنها 42 راكبا.\n\nقال مدير الميناء Ola Marsh إن الرصيف مغلق."


class Place(NamedTuple):
    """A page of a built site: the kind of its key, and its path."""

    kind: str
    path: str


class Showcase(NamedTuple):
    """A built site, and where it is served below a host: "" or `digest/`."""

    name: str
    project: Project
    below: str

    @property
    def folder(self) -> Path:
        return self.project.root / "site"

    @property
    def address(self) -> str:
        """Where the site says it is."""
        return read_config(self.project.root).site.base_url

    @property
    def pages(self) -> list[Place]:
        """Every HTML page that the site's own catalogue knows, with its kind."""
        with closing(Catalogue(self.project.root / STATE / NAME)) as catalogue:
            rows = catalogue.rows("SELECT key, path FROM outputs ORDER BY path").fetchall()
        return [
            Place(records.decode(key, tuple[str, ...])[0], path)
            for key, path in rows
            if path.endswith(".html")
        ]

    def specimens(self, wanted: tuple[str, ...] = ()) -> list[Place]:
        """Give the largest page of each kind, and pages that are wanted besides."""
        largest: dict[str, Place] = {}
        for place in sorted(self.pages, key=self.size):
            largest[place.kind] = place
        also = [place for place in self.pages if place.path in wanted]
        assert len(also) == len(wanted), f"{self.name} lacks one of {wanted}"
        return sorted({*largest.values(), *also})

    def size(self, place: Place) -> int:
        return (self.folder / place.path).stat().st_size


BARE, RICHEST, FOREIGN, INFERRED, LONG = (
    f"2025/06/{day}/{name}/index.html"
    for day, name in (("02", "bare"), ("30", "rich"), ("29", "foreign"), ("28", "inferred"), ("27", "long"))
)
PLAIN = "2025/06/26/plain/index.html"
"""An article as most are: source, tags, a few paragraphs, earlier coverage."""

EMPTY_TOPIC = "topics/weather/index.html"
ARTICLES = (BARE, RICHEST, FOREIGN, INFERRED, LONG, PLAIN)


def english(root: Path) -> Showcase:
    return Showcase("english", _filled(Project(root), "en", "https://news.example/"), "")


def arabic(root: Path) -> Showcase:
    return Showcase("arabic", _filled(Project(root), "ar", "https://news.example/digest/"), "digest/")


def excerpts(root: Path) -> Showcase:
    """Build a site that shows no texts of others, in German and in other clothes."""
    project = Project(root).write(
        "dateline.toml",
        '[site]\ntitle = "Auszüge"\nlanguage = "de"\nbase_url = "https://news.example/"\nbody = "excerpt"\n'
        '[theme]\naccent = "#0a6"\nfonts = "sans"\nhide = ["reading-time", "related", "briefs"]\n'
        '[pages]\nabout = "Über uns"\n',
    )
    _add_hard_ones(project, "en")
    project.build(NOW)
    return Showcase("excerpts", project, "")


def empty(root: Path) -> Showcase:
    project = Project(root)
    project.build()
    return Showcase("empty", project, "")


def demo(root: Path) -> Showcase:
    """Build the repository's own content."""
    top = Path(__file__).parents[1]
    project = Project(root)
    shutil.rmtree(root / "content")
    shutil.copytree(top / "content", root / "content")
    shutil.copy(top / "dateline.toml", root)
    project.build(datetime(2026, 1, 1, tzinfo=UTC))
    return Showcase("demo", project, "")


def _filled(project: Project, language: str, base_url: str) -> Project:
    title = {"en": "The Skarrow Digest", "ar": "موجز سكارو"}[language]
    project.write(
        "dateline.toml",
        f'[site]\ntitle = "{title}"\nlanguage = "{language}"\nbase_url = "{base_url}"\n'
        'description = "What the papers of a small coast wrote."\ntimezone = "Europe/Oslo"\n'
        '[search]\nenabled = true\n[pages]\nabout = "About"\n',
    )
    _add_many(project, language)
    _add_hard_ones(project, language)
    project.build(NOW)
    return project


def _add_many(project: Project, language: str) -> None:
    """Add stories of every topic but one, in many days, months and two years, with many tags."""
    words = {"en": ("Ferry", "Harbour"), "ar": ("عبارة", "ميناء")}[language]
    body = {"en": "The ferry left at noon.\n\nNobody was on it.", "ar": ARABIC_BODY}[language]
    topics = ("sport", "politics", "economy", "arts", "health", "science", "conflict", "crime")
    for number in range(MANY + 40):
        day = NOW - timedelta(hours=7 * number + (200 * 24 if number >= MANY + 30 else 0))
        topic = "sport" if number < MANY else topics[number % len(topics)]
        project.article(
            f"{topic}/{day:%Y-%m-%d}/story-{number}.md",
            f"{words[0]} {number} {words[1]}",
            f"{day:%Y-%m-%dT%H:%M:%SZ}",
            body,
            tags=f"[Skarrow, {words[0]} {number}, Åre {number % 7}, {number} ways]",
            source=f"{{name: {'The Courier' if number < MANY else f'Paper {number % 5}'}, url: 'https://c.example/{number}'}}",
        )


def _add_hard_ones(project: Project, language: str) -> None:
    foreign, title, body = {
        "en": ("ar", "العبارة تغادر الميناء", ARABIC_BODY),
        "ar": ("de", "Die Fähre verlässt den Hafen", "Die Fähre fuhr am Mittag ab.\n\nNiemand war an Bord."),
    }[language]
    project.article("weather-free/2025-06-02/bare.md", "Bare", "2025-06-02", "")
    project.write("content/about.md", f"---\ntitle: About\nsummary: Who we are.\n---\n\n{RICH}")
    project.write("content/quay.png", DOT).write("content/arts/2025-06-30/quay.png", DOT)
    project.article(
        "arts/2025-06-30/rich.md",
        "'Rich: \"quoted\" & <marked> title'",
        "2025-06-30T10:00:00Z",
        RICH,
        image="quay.png",
        updated="2025-06-30T12:00:00Z",
        authors="[Ola Marsh, Jette Marr]",
        tags="[Skarrow, 'C++', 北京, حصاد]",
        source="{name: صحيفة الميناء, url: 'https://port.example/rich'}",
        aliases="[/old/rich/]",
        translations="{fr: 'https://port.example/fr/riche', de: /2025/06/29/foreign/}",
        dateline="PORT ELLERY, Ostmark",
        summary="A short summary of it.",
    )
    project.article(
        "politics/2025-06-29/foreign.md",
        title,
        "2025-06-29T10:00:00Z",
        body,
        language=foreign,
        tags="[Skarrow]",
    )
    project.article(
        "economy/2025-06-28/inferred.md", "About noon", "2025-06-28T11:00:00Z", date_from="relative"
    )
    word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
    project.article(
        "arts/2025-06-27/long.md",
        f"{word} {'and so on ' * 20}",
        "2025-06-27T10:00:00Z",
        word,
        tags=f"[{word}, {'a tag of many words ' * 6}]",
        source=f"{{name: {word}, url: 'https://{word[:60].lower().replace('ä', 'a')}.example/'}}",
        authors=f"[{word}]",
    )
    project.article(
        "arts/2025-06-26/plain.md",
        "The ferry leaves at noon",
        "2025-06-26T10:00:00Z",
        "The ferry left the harbour at noon, and forty people waved.\n\n" * 8,
        tags="[Skarrow, Harbour]",
        source="{name: The Courier, url: 'https://c.example/plain'}",
    )
