"""Odd characters by every way in and through every field: what comes out is valid, and the law holds."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC
from html import unescape
from pathlib import Path
from random import Random

import feedparser
import pytest
from conftest import Project
from lxml import etree

from generator import records
from generator.characters import balanced, shown
from generator.frontmatter import parse_article, render_article
from generator.model import Severity

ODD = {
    "bell": "\x07",
    "vertical tab": "\x0b",
    "form feed": "\x0c",
    "escape": "\x1b[31m",
    "separator": "\x1f",
    "delete": "\x7f",
    "next line": "\x85",
    "string introducer": "\x9b",
    "line separator": "\u2028",
    "byte order mark": "\ufeff",
    "override": "\u202e",
    "embedding": "\u202b",
    "isolate": "\u2067",
    "end of isolate": "\u2069",
    "end of embedding": "\u202c",
    "space of no width": "\u200b",
    "joiner": "\u200d",
    "tag": "\U000e0041",
    "variation": "\ufe0f",
    "no character": "\ufffe",
    "none in Arabic": "\ufdd0",
    "none of a plane": "\U0001fffe",
    "the last": "\U0010ffff",
    "private": "\ue000",
    "unassigned": "\u0378",
    "astral": "😀",
    "flood": "\u0315\u0327" * 150,
}
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff"
    + "".join(map(chr, (plane * 0x10000 + last for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))))
    + "]"
)
"""What HTML takes for a mistake (HTML standard, "parse errors"), and XML for one, or advises against (2.2)."""

SENTENCE = (
    "The ferry {} sailed again on Monday after the storm. A hundred people saw it, said the harbour master."
)


def flaws(project: Project) -> Iterator[str]:
    """Say what is wrong with the files of a site for those who read them."""
    for path, data in project.site().items():
        if not path.endswith((".html", ".xml", ".json", ".opml")):
            continue
        text = data.decode()
        yield from (f"{path}: {found[0]!a}" for found in FORBIDDEN.finditer(text))
        if path.endswith(".json"):
            json.loads(text)
        elif path.endswith(".html"):
            linked = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
            yield from (f"{path}: {part}" for part in map(json.loads, linked) if "@context" not in part)
            yield from (f"{path}: open {one!a}" for one in spoken(text) if balanced(one) != one)
        else:
            etree.fromstring(data)
            if path.endswith(("atom.xml", "rss.xml")) and feedparser.parse(data).bozo:
                yield f"{path}: bozo"


def spoken(page: str) -> list[str]:
    """Give what a page says outside an article's own text, each piece: titles, names, summaries."""
    frame = re.sub(r'<div class="body.*?</div>', "", page, flags=re.DOTALL)
    return [unescape(one) for one in re.findall(r'>([^<>]+)<|="([^"]*)"', frame) for one in one if one]


def code(text: str) -> str:
    return "".join(f"\\U{ord(character):08x}" for character in text)


def test_what_a_person_writes_makes_valid_pages_and_the_same_ones_again(project: Project) -> None:
    project.configure("[search]\nenabled = true\n")
    for number, odd in enumerate(ODD.values()):
        name = {
            field: f'"{field} a{code(odd)}b"'
            for field in ("title", "summary", "tag", "author", "source", "topic")
        }
        project.article(
            f"arts/2025-06-02/a{number}.md",
            name["title"],
            "2025-06-02",
            f"Body a{odd}b &#{ord(odd[0])}; **x{odd}y** [l{odd}m](https://e.example/{odd}) ![al{odd}t](https://e.example/x)"
            f"\n\n## He{odd}ad\n\n- `co{odd}de`\n\n```\nco{odd}de\n```\n\n"
            f"<a href='java{odd}script:go()' title='t{odd}'>x</a>",
            summary=name["summary"],
            tags=f"[{name['tag']}]",
            authors=f"[{name['author']}]",
            topic=name["topic"],
            source=f'{{name: {name["source"]}, url: "https://s.example/{code(odd)}"}}',
            canonical=f'"https://c.example/{code(odd)}"',
            image=f'"https://i.example/{code(odd)}.png"',
            translations=f'{{de: "https://t.example/{code(odd)}"}}',
            aliases=f'["/former{code(odd)}/"]',
        )
    project.article("arts/2025-06-02/b.md", "Plain", "2025-06-02").build()

    assert list(flaws(project)) == []
    assert not re.search(r"(?:href|src)=[\"']javascript:", "".join(map(str, project.site().values())))
    for number, odd in enumerate(ODD.values()):
        page = project.read(f"2025/06/02/a{number}/index.html")
        assert f'<h1 class="p-name" dir="auto">{" ".join(shown(f"title a{odd}b").split())}</h1>' in page
    before = project.site()
    assert project.build().written == ()
    assert project.article("arts/2025-06-02/b.md", "Other", "2025-06-02").build().written
    project.article("arts/2025-06-02/b.md", "Plain", "2025-06-02").build()
    assert project.site() == before
    project.build(clean=True)
    assert project.site() == before


WORDS = """
amber anchor barley beacon bridge canal cedar copper cotton dune ember falcon fiddle flint garnet
glacier harvest hazel island jasper juniper kettle lantern ledger linen maple meadow mill nectar oak
orchard otter pebble pewter quarry quilt raven ribbon saddle silver sparrow tallow thistle timber
velvet walnut willow wool yarrow
"""


def story(number: int, form: int, odd: str) -> str:
    """Give a story like no other, so that none is taken for the same; the character stands in and between words."""
    words = Random(number * 10 + form).sample(WORDS.split(), 14)
    first, second = " ".join(words[:7]), " ".join(words[7:])
    return (
        f"The {first} x{odd}y sailed on Monday. A hundred people {odd} saw {second}, said the harbour master."
    )


def seeds(number: int, odd: str) -> dict[str, bytes]:
    """Give a story in every form that ingest reads, with the character wherever it can stand."""
    title, entities = f"Ferry {number} a{odd}b", "".join(f"&#{ord(one)};" for one in odd)
    record = {
        "title": title,
        "text": story(number, 0, odd),
        "url": f"https://r.example/{number}/{odd}",
        "authors": [f"Nina a{odd}b"],
        "source": f"Daily {odd}b",
        "tags": [f"Ferry{odd}"],
        "language": f"en{odd}",
        "image": f"https://r.example/{odd}.png",
        "summary": f"Short {odd}b.",
    }
    other = record | {"text": story(number, 1, odd), "url": f"https://r.example/{number}/2"}
    page = (
        f"<html lang='en{odd}'><head><title>{title}</title><meta name='author' content='Nina {entities}b'>"
        f"<link rel=canonical href='https://h.example/{number}/{odd}'></head><body><article><h1>{title}</h1>"
        f"<p>{story(number, 2, odd)}</p><p>{story(number, 3, entities)}</p></article></body></html>"
    )
    item = (
        f"<item><title>{title}</title><link>https://f.example/{number}/{odd}</link><author>Nina {odd}b</author>"
        f"<category>Ferry{odd}</category><description>&lt;p&gt;{story(number, 4, odd)}&lt;/p&gt;</description>"
        "</item>"
    )
    head = f'---\ntitle: "Ferry {number} a{code(odd)}b"\ndate: 2025-06-02\ntags: ["{code(odd)}t"]\n---\n'
    texts = {
        "a.txt": f"{title}\n\n{story(number, 5, odd)}\n\n{story(number, 6, odd)}",
        "b.html": page,
        "c.xml": f'<rss version="2.0"><channel><title>Daily {odd}</title>{item}</channel></rss>',
        "d.json": json.dumps(record),
        "e.jsonl": json.dumps(other, ensure_ascii=False),
        "f.md": f"{head}{story(number, 7, odd)}\n",
    }
    return {name: text.encode() for name, text in texts.items()}


def test_what_comes_in_is_read_back_as_it_was_written(project: Project) -> None:
    for number, odd in enumerate(ODD.values()):
        for name, data in seeds(number, odd).items():
            project.write(f"seeds/{number}/{name}", data)

    report = project.ingest()

    records.encode([*report.articles, *report.dropped, *report.issues])
    assert "please report" not in str(report.issues)
    told = {one.input for one in report.articles} | {issue.path for issue in report.issues}
    assert len(told) == len(list((project.root / "seeds").rglob("*.*")))
    for path, data in project.content().items():
        parsed = parse_article(data.decode(), path, UTC)
        assert parsed.issues == ()
        assert parsed.article
        assert render_article(parsed.article) == data.decode()
    for line in (project.root / "content/.ledger.jsonl").read_bytes().splitlines():
        json.loads(line)
    project.build()
    assert list(flaws(project)) == []


HALVES = {
    "a.json": '{"title": "Ferry \\ud83d sails", "text": "%s", "authors": ["N\\udc00"],'
    ' "url": "https://a.example/\\ud800"}',
    "b.html": "<title>Ferry &#xD800; sails</title><meta property='article:published_time' content='2025-06-02'>"
    "<article><h1>Ferry &#xD800; sails</h1><p>%s &#55357;</p></article>",
    "c.xml": "<rss><channel><item><title>Ferry &#xD800; sails</title><description>%s</description></item></channel>"
    "</rss>",
    "d.json": '{"version": "https://jsonfeed.org/version/1.1", "title": "D\\ud800", "items":'
    ' [{"content_text": "%s", "title": "Ferry \\udfff sails"}]}',
}


@pytest.mark.parametrize("name", HALVES)
def test_half_a_character_becomes_the_sign_for_one_or_goes(project: Project, name: str) -> None:
    project.write(
        f"seeds/{name}", HALVES[name] % SENTENCE.format("\\udc00" if "json" in name else "&#xDC00;")
    )

    report = project.ingest()

    assert [re.sub(r"\s*\ufffd\s*", " ", one.title) for one in report.articles] == ["Ferry sails"]
    assert "please report" not in str(report.issues)
    assert [issue for issue in project.build().issues if issue.severity is Severity.ERROR] == []
    assert list(flaws(project)) == []


def test_a_translation_with_half_a_character_is_a_mistake_in_yaml(project: Project) -> None:
    report = project.article("arts/x/a.md", '"a \\uD800"', "2025-06-02").build()

    assert [issue.severity for issue in report.issues] == [Severity.ERROR]


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_json_is_utf_8_whatever_the_terminal_speaks(project: Project, encoding: str) -> None:
    project.write("seeds/a.txt", f"Fähre – 北京 fährt\n\n{SENTENCE.format('北京 ü')}")
    (project.root / os.fsdecode(b"seeds/b\xff\x1b.txt")).write_text(f"Other ferry\n\n{SENTENCE.format('Ü')}")

    done = dateline(project.root, encoding, "ingest", "--json")

    assert "Traceback" not in done.stderr.decode()
    assert {article["title"] for article in json.loads(done.stdout.decode())["articles"]} >= {
        "Fähre – 北京 fährt"
    }


def test_words_for_a_terminal_that_speaks_little(project: Project) -> None:
    project.article("arts/2025-06-02/ü–北.md", "Ü", "2025-06-02", größe="1")

    for arguments in (
        ["build", "--explain", os.fsdecode(b"x\xff/")],
        ["build"],
        ["publish", os.fsdecode(b"x\xff")],
    ):
        assert b"Traceback" not in dateline(project.root, "latin-1", *arguments).stderr


def dateline(root: Path, encoding: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "generator", *arguments]
    environment = {
        **os.environ,
        "PYTHONIOENCODING": f"{encoding}:strict",
        "PYTHONPATH": str(Path(__file__).parents[1]),
    }
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, check=False)
