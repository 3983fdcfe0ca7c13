"""What is fuzzed: every reader of what strangers or files say, with inputs to begin with."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from gzip import compress
from html import escape
from pathlib import Path

import fuzz_checks as checks
from casebook import cases, read_case
from constructs import FAR, LOCAL, PLAIN, TRACES
from readings import CORPUS

ROOT = Path(__file__).parent.parent
FOUND = Path(__file__).parent / "found"
"""Inputs that once broke a reader, in a folder for each target."""

SEEDS = Path(__file__).parent / "seeds"
"""Inputs to begin with."""


@dataclass(frozen=True)
class Target:
    """A reader to fuzz.

    Attributes:
        check: has it read some bytes; raises where it fails.
        seeds: gives inputs to begin with.
        words: what its inputs are made of.
        examples: how many damaged ones an ordinary run of the tests tries.
    """

    check: Callable[[bytes], None]
    seeds: Callable[[], list[bytes]]
    words: tuple[str, ...] = ()
    examples: int = 60


def _corpus(*patterns: str) -> list[bytes]:
    return [path.read_bytes() for pattern in patterns for path in sorted(CORPUS.glob(pattern))]


def _texts() -> list[bytes]:
    return [read_case(path).document.encode() for path in cases()[::4]]


def _pages() -> list[bytes]:
    return [_page(text.decode()) for text in _texts()[::2]]


def _page(text: str) -> bytes:
    title, *lines = filter(str.strip, text.splitlines())
    body = "".join(f"<p>{escape(line)}</p>" for line in lines)
    page = (SEEDS / "page.html").read_text()
    return page.replace("{title}", escape(title)).replace("{body}", body).encode()


def _articles() -> list[bytes]:
    article = (SEEDS / "article.md").read_text()
    bodies = ["", *_markdown_texts()[::4]]
    return [
        *((article + body).encode() for body in bodies),
        b"---\ntitle: T\ndate: 2025-06-02\n---\nBody\n",
        b"---\ntitle: Page\n...\n# Head\n",
    ]


def _markdown_texts() -> list[str]:
    groups = (PLAIN, TRACES, LOCAL, FAR)
    return [*("\n\n".join(group) for group in groups), *(text for group in groups for text in group)]


def _configurations() -> list[bytes]:
    starter = sorted(ROOT.glob("generator/starter/**/dateline.toml"))
    return [
        (ROOT / "dateline.toml").read_bytes(),
        *(path.read_bytes() for path in starter),
        (SEEDS / "dateline.toml").read_bytes(),
    ]


def _rules() -> list[bytes]:
    theirs = ((ROOT / f"generator/ingest/languages/{code}/rules.toml").read_bytes() for code in ("es", "de"))
    return [(SEEDS / "rules.toml").read_bytes(), *theirs]


def _terms() -> list[bytes]:
    return [b'[sport]\nstrong = ["cup", "won the cup"]\nweak = ["they"]\n[aside]\nwords = ["x"]\n']


def _translations() -> list[bytes]:
    words = (ROOT / "templates/languages/de.po").read_bytes()
    return [words[:1500], words[:420]]


def _ledgers() -> list[bytes]:
    line = (
        b'{"captured":"2025-06-02T08:00:00Z","digest":"ab","id":"9f3c","input":"seeds/a.txt","path":"a/b.md",'
        b'"sketch":"000000010000000200000003","words":12}\n'
    )
    return [line + b'{"id":"77","input":"seeds/b.txt","of":"9f3c"}\n', line * 2]


def _memories() -> list[bytes]:
    return [
        b"# dateline manifest 1 form= site=https://a.example/\n"
        + b"a" * 64
        + b"  a/b.html\n\\"
        + b"0" * 64
        + b"  c\\nd\n",
        b"index.html\na/index.html\n- index.html\n",
        b'{"addresses":{"https://a.example/":{"verdict":{"state":"good"},"when":1750000000}},"version":1}',
    ]


def _site_files() -> list[bytes]:
    html = [b"\0" + page for page in _pages()[:6]]
    feeds = [b"\1" + feed for feed in _corpus("feed-a*.xml", "feed-rss*.xml")]
    maps = b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>https://news.example/a/</loc></url></urlset>"
    return [
        *html,
        *feeds,
        *(b"\2" + feed for feed in _corpus("feed-json*.json")),
        b"\3" + maps,
        b"\4User-agent: *\nSitemap: https://news.example/sitemap.xml\n",
        b"\5@import 'a.css'; a { background: url(\"b.png\") }",
        b"\6<opml version='2.0'><body><outline type='rss' xmlUrl='https://news.example/atom.xml'/></body></opml>",
    ]


def _requests() -> list[bytes]:
    return [
        b"/digest/\nheard=1&page=/digest/\nhost: localhost",
        b"/digest/a.txt\n\nhost: news.example\nrange: bytes=0-4\nif-range: x",
        b'/digest/b/../a%2e.txt\n\nif-none-match: "a", W/"b"\nif-modified-since: Mon, 02 Jun 2025 08:00:00 GMT',
        b"/digest/.dateline/events\npage=/digest/&version=1&heard=ab-3\nlast-event-id: x-1\nhost: [::1]:80",
        b"/digest/.dateline/preview.js\n\nif-none-match: *",
        b"/digest\na=b\nhost: 127.0.0.1:8000",
    ]


def _packed() -> list[bytes]:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as opened:
        opened.writestr("a.txt", _texts()[0])
        opened.writestr("b/feed.xml", _corpus("feed-atom.xml")[0], zipfile.ZIP_DEFLATED)
    return [archive.getvalue(), compress(_texts()[1], mtime=0), compress(archive.getvalue(), mtime=0)]


def _names() -> list[bytes]:
    names = (
        "C++ & C#",
        "Zürich",
        "北京",
        "a b-c.d",
        "https://a.example:80/2025/06/02/x?y#z",
        ".NET",
        "9 minutes ago",
    )
    dates = (
        "2 June 2025, 14:10 CEST",
        "capture-2025-06-02T1410Z.html",
        "PORT ELLERY, 2 June (ONA) - The",
        "٢ يونيو ٢٠٢٥",
    )
    return [name.encode() for name in (*names, *dates)]


_MARKUP = (
    "<p>",
    "</p>",
    "<br>",
    "<a href='",
    "&#xD800;",
    "&#0;",
    "&amp;",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<table>",
)
_JSON = (
    '{"',
    '": "',
    '"}',
    "[",
    "]",
    ", ",
    "\\ud800",
    "\\u0000",
    "null",
    "1e999",
    '"title"',
    '"text"',
    '"content_html"',
)
_MARKS = (
    "# ",
    "- ",
    "> ",
    "1. ",
    "```",
    "[a](",
    "](",
    "*",
    "_",
    "\\",
    "&#",
    "    ",
    "\n\n",
    "| - |",
    "<div>",
    "[^1]: ",
)
_YAML = (
    "---\n",
    ": ",
    "- ",
    "!!",
    "&a ",
    "*a",
    "{",
    "}",
    "[",
    "]",
    "|",
    ">",
    '"\\u',
    "? ",
    "<<: ",
    "title: ",
    "date: ",
)
_TOML = (
    "[",
    "]",
    "[[",
    "]]",
    " = ",
    '"""',
    "'''",
    "#",
    "{",
    "}",
    "1979-05-27",
    "\\u0000",
    "nan",
    "true",
    '"',
)
_ODD = (
    "\0",
    "\x1b",
    "\x85",
    "\u2028",
    "\u202e",
    "\u2066",
    "\ufeff",
    "\ufffe",
    "\U0001fffe",
    "\u0301",
    "😀",
    "\r\n",
    "\x0c",
)

TARGETS: dict[str, Target] = {
    "text": Target(partial(checks.check_document, checks.KINDS["text"]), _texts, _ODD),
    "webpage": Target(partial(checks.check_document, checks.KINDS["webpage"]), _pages, (*_MARKUP, *_ODD)),
    "feed": Target(
        partial(checks.check_document, checks.KINDS["feed"]),
        partial(_corpus, "feed-*.xml"),
        (*_MARKUP, *_ODD),
    ),
    "json-feed": Target(
        partial(checks.check_document, checks.KINDS["json-feed"]),
        partial(_corpus, "feed-*.json"),
        (*_JSON, *_ODD),
    ),
    "record": Target(
        checks.check_input, partial(_corpus, "record-*.json", "record-*.jsonl"), (*_JSON, *_MARKUP, *_ODD)
    ),
    "seed": Target(
        partial(checks.check_document, checks.KINDS["markdown"]), _articles, (*_YAML, *_MARKS, *_ODD)
    ),
    "input": Target(checks.check_input, _packed, ("PK\3\4", "PK\1\2", "PK\5\6", "\x1f\x8b\x08")),
    "content": Target(checks.check_content, _articles, (*_YAML, *_MARKS, *_ODD)),
    "configuration": Target(checks.check_configuration, _configurations, (*_TOML, *_ODD)),
    "markdown": Target(
        checks.check_markdown,
        lambda: [text.encode() for text in _markdown_texts()],
        (*_MARKS, *_MARKUP, *_ODD),
    ),
    "name": Target(checks.check_name, _names, _ODD),
    "translation": Target(
        checks.check_translation, _translations, ('msgid "', 'msgstr "', "msgctxt", "%(", ")s", "#, ")
    ),
    "rules": Target(
        checks.check_rules, _rules, (*_TOML, "pattern", "phrases", "(?:", ")+", "[^", "\\b", "{2,}")
    ),
    "terms": Target(checks.check_terms, _terms, (*_TOML, "strong", "weak")),
    "ledger": Target(checks.check_ledger, _ledgers, (*_JSON, "\n")),
    "memory": Target(checks.check_memory, _memories, (*_JSON, "\n", "# dateline manifest 1")),
    "site-file": Target(checks.check_site_file, _site_files, (*_MARKUP, *_JSON, *_ODD)),
    "request": Target(
        checks.check_request, _requests, ("%2f", "%00", "..", "/", "bytes=", "\n", "host: ", "%ff", '"')
    ),
}
"""Every target by its name."""
