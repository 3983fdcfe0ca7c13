"""Strings that would run a script, and files that hold them in every field.

`attacks/README.md` says how they are written.
"""

import json
import random
import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import islice
from pathlib import Path

FOLDER = Path(__file__).parent / "attacks"
TOGETHER = 16
"""Strings of one term: a page for each of all would say no more."""

_SIGNS = {"␀": "\0", "␉": "\t", "␊": "\n", "␌": "\f", "␍": "\r"}
_SIGN = re.compile(r"[␀␉␊␌␍]|⟨([0-9a-f]+)⟩")
_PAIR = re.compile(r"\\ud[89ab]..\\ud[c-f]..")
_NO_NAME = re.compile(r"[/\x00-\x1f\x85\u2028\u2029]")


def families() -> dict[str, list[str]]:
    """Give the strings of each file."""
    return {file.stem: [*_strings(file)] for file in sorted(FOLDER.glob("*.txt"))}


def attacks() -> list[str]:
    """Give all strings, each once."""
    return [*dict.fromkeys(string for strings in families().values() for string in strings)]


def _strings(file: Path) -> Iterator[str]:
    first, *lines = file.read_text(encoding="utf-8").splitlines()
    if not first.startswith("#| description: "):
        raise ValueError(f"{file.name} does not say what it is")
    yield from map(read, lines)


def read(line: str) -> str:
    """Read a line of a file: signs that cannot be seen are written as others."""
    return _SIGN.sub(lambda sign: chr(int(sign[1], 16)) if sign[1] else _SIGNS[sign[0]], line)


def groups(strings: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Give the strings, some together."""
    waiting = iter(strings)
    while group := tuple(islice(waiting, TOGETHER)):
        yield group


def quoted(value: object) -> str:
    """Write a value into front matter so that it is read as it is: JSON is YAML, but for pairs of surrogates."""
    return _PAIR.sub(_whole, json.dumps(value))


def _whole(pair: re.Match[str]) -> str:
    character: str = json.loads('"' + pair[0] + '"')
    return f"\\U{ord(character):08x}"


def story(number: int, attack: str) -> tuple[str, str]:
    """Give the name and the text of a content file that has an attack in every field, and in its body."""
    web = "https://x.example/" + "".join(sign for sign in attack if sign > " ")
    fields = {
        "title": attack,
        "date": f"2025-06-02T{number // 60 % 24:02}:{number % 60:02}:00Z",
        "id": attack,
        "topic": "world",
        "authors": [attack, "B. Holt"],
        "source": {"name": "The Courier", "url": (attack, web)[number % 2]},
        "summary": attack,
        "dateline": attack,
        "canonical": (web, attack)[number % 2],
        "image": (attack, web, f"/{attack}")[number % 3],
        "aliases": [(attack, f"former/{number}/{attack}")[number % 2]],
        "translations": {"de": f"/{attack}"} if number % 2 else {attack: "/x/"},
        "language": attack if number % 3 else "de",
        "updated": attack,
        attack: attack,
    }
    # Files are known as Markdown by a key `title` that is not quoted.
    keys = (name if name.isidentifier() else quoted(name) for name in fields)
    head = "".join(f"{key}: {quoted(value)}\n" for key, value in zip(keys, fields.values(), strict=True))
    name = _NO_NAME.sub("_", attack).encode()[:60].decode(errors="ignore")
    return f"world/2025-06-02/{number}{name}.md", f"---\n{head}---\n\n{attack}\n"


def terms(number: int, group: Sequence[str]) -> tuple[str, str]:
    """Give the name and the text of a content file that has attacks as its topic, its source and its tags."""
    fields = {
        "title": f"Terms {number}",
        "date": "2025-06-01T10:00:00Z",
        "topic": " ".join(group),
        "source": {"name": " ".join(group), "url": "https://x.example/"},
        "tags": [" ".join(group)],
    }
    head = "".join(f"{name}: {quoted(value)}\n" for name, value in fields.items())
    return f"world/2025-06-01/terms-{number}.md", f"---\n{head}---\n\nA text.\n"


def raw(number: int, attack: str) -> tuple[str, str]:
    """Give a content file that has an attack as its title without any quotes, and after plain text in its body."""
    head = f"title: {attack}\ndate: 2025-05-30T10:00:00Z\n"
    return (
        f"world/2025-05-30/raw-{number}.md",
        f"---\n{head}---\n\nThe ferry came.\n\nIt left {attack} again.\n",
    )


def prose(number: int, kind: str) -> list[str]:
    """Write paragraphs that no other story has: the same text twice would be one story."""
    chance = random.Random(f"{kind} {number}")
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 3))) for _ in range(90)]
    sentences = [" ".join(words[start : start + 9]).capitalize() + "." for start in range(0, 90, 9)]
    return [" ".join(sentences[:5]), " ".join(sentences[5:])]


SYLLABLES = (
    "ba",
    "den",
    "fir",
    "gol",
    "hum",
    "jan",
    "kel",
    "lor",
    "mit",
    "nes",
    "quen",
    "ras",
    "sim",
    "tor",
    "vet",
)


def rss_items(attack: str, number: int) -> str:
    """Write an item of an RSS feed, what it says as text, and its body as HTML."""
    first, second = prose(number, "rss")
    text = xml(attack)
    body = xml(f"<p>{first}</p>{attack}<p>{second}</p>")
    return (
        f"<item><title>{text}</title><link>https://x.example/{number}{text}</link><author>{text}</author>"
        f"<dc:creator>{text}</dc:creator><category>{text}</category><guid>{text}{number}</guid>"
        f"<description>{text}</description><pubDate>Mon, 02 Jun 2025 10:00:00 GMT</pubDate>"
        f'<source url="{text}">{text}</source><enclosure url="{text}" type="image/png" length="1"/>'
        f"<content:encoded>{body}</content:encoded></item>\n"
    )


def rss(strings: Sequence[str]) -> str:
    """Write an RSS feed of attacks."""
    items = "".join(rss_items(attack, number) for number, attack in enumerate(strings))
    spaces = (
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    )
    return (
        f'<?xml version="1.0"?><rss version="2.0" {spaces}><channel><title>The Courier</title>'
        f"<link>https://x.example/</link><description>x</description>{items}</channel></rss>"
    )


def atom(strings: Sequence[str]) -> str:
    """Write an Atom feed of attacks."""
    return (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Herald</title><id>urn:x</id>'
        f"<updated>2025-06-02T10:00:00Z</updated>{''.join(map(_entry, strings, range(len(strings))))}</feed>"
    )


def _entry(attack: str, number: int) -> str:
    first, second = prose(number, "atom")
    text, body = xml(attack), xml(f"<div>{attack}</div><p>{first}</p><p>{second} {attack}</p>")
    return (
        f'<entry><title type="html">{xml(xml(attack))}</title><id>urn:{number}{text}</id>'
        f'<link href="https://y.example/{number}{text}"/><link rel="enclosure" type="image/png" href="{text}"/>'
        f"<author><name>{text}</name><uri>{text}</uri></author><updated>2025-06-03T10:00:00Z</updated>"
        f'<category term="{text}" label="{text}"/><summary type="html">{text}</summary>'
        f'<content type="html">{body}</content></entry>\n'
    )


def records(strings: Sequence[str]) -> str:
    """Write JSON records of attacks, one a line."""
    return "\n".join(
        json.dumps(
            {
                "title": attack,
                "authors": [attack],
                "text": "\n\n".join([prose(number, "record")[0], attack, prose(number, "record")[1]]),
                "date": f"2025-06-04T{number % 24:02}:00:00Z",
                "url": f"https://z.example/{number}{attack}",
                "image": attack,
                "source": attack,
                "language": attack,
                "description": attack,
                "keywords": [attack],
                "id": attack,
            }
        )
        for number, attack in enumerate(strings)
    )


def json_feed(strings: Sequence[str]) -> str:
    """Write a JSON Feed of attacks."""
    items = [
        {
            "id": f"{number}{attack}",
            "url": f"https://w.example/{number}{attack}",
            "title": attack,
            "content_html": f"<p>{prose(number, 'json')[0]}</p>{attack}<p>{prose(number, 'json')[1]}</p>",
            "summary": attack,
            "image": attack,
            "date_published": "2025-06-05T10:00:00Z",
            "authors": [{"name": attack, "url": attack}],
            "tags": [attack],
            "language": attack,
        }
        for number, attack in enumerate(strings)
    ]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "The Post", "items": items})


def web_page(attack: str, number: int) -> str:
    """Write a web page that says an attack wherever a page says something of itself."""
    value, (first, second) = escape(attack), prose(number, "page")
    data = {
        "@type": "NewsArticle",
        "headline": attack,
        "author": {"name": attack, "url": attack},
        "image": attack,
    }
    data |= {"datePublished": "2025-06-06T10:00:00Z", "publisher": {"name": attack}, "description": attack}
    linked = json.dumps(data | {"@context": "https://schema.org"}).replace("<", "\\u003c")
    metas = "".join(
        f'<meta {kind}="{name}" content="{value}">'
        for kind, name in (
            *(
                ("property", f"og:{one}")
                for one in ("title", "description", "image", "site_name", "url", "locale")
            ),
            *(
                ("name", one)
                for one in ("author", "keywords", "description", "news_keywords", "twitter:image")
            ),
            ("property", "article:section"),
        )
    )
    return (
        f'<!doctype html><html lang="{value}"><head><title>{value}</title>{metas}'
        f'<link rel="canonical" href="{value}">'
        f'<script type="application/ld+json">{linked}</script></head><body><article>'
        f'<h1>{value}</h1><p class="byline">By {value}</p><p>{first}</p><p>{value}</p>'
        f"<p>{second}</p>{attack}</article></body></html>"
    )


def seed(attack: str, number: int) -> str:
    """Write a Markdown file with front matter, as a stranger may hand one in."""
    _, text = story(number, attack)
    head, _, _ = text.rpartition("---\n\n")
    first, second = prose(number, "markdown")
    return f"{head}---\n\n{first}\n\n{attack}\n\n{second}\n"


def xml(text: str) -> str:
    """Write text into XML, which holds no control characters."""
    return escape("".join(sign for sign in text if sign >= " " and sign not in "\ufffe\uffff"))


def seeds(strings: Sequence[str], *, everywhere: bool = False) -> Iterator[tuple[str, str]]:
    """Give the names and the texts of inputs: each string in one of the feeds and records, or in every input."""
    step = 1 if everywhere else 4
    many = {"rss.xml": rss, "atom.xml": atom, "records.jsonl": records, "feed.json": json_feed}
    for place, (name, write) in enumerate(many.items()):
        yield f"2025-06-07-{name}", write(strings[place % step :: step])
    for number in range(0, len(strings), step):
        yield f"2025-06-07-{number}.md", seed(strings[number], number)
    for number in range(1, len(strings), 3 * step):
        yield f"2025-06-07-{number}.html", web_page(strings[number], number)
