"""What must hold of any bytes that a reader is given: it reads them or refuses them, and loses nothing."""

import asyncio
import tomllib
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from readings import assert_accounted

from generator import addresses, catalogue, files, frontmatter, ledger, locales, markdown, records, urls
from generator import documents as content
from generator.checking import documents as others
from generator.checking import markup, remembered
from generator.checking.crawl import Crawl
from generator.checking.feedrules import Rules
from generator.checking.others import Others
from generator.checking.references import Unreadable
from generator.checking.survey import Survey
from generator.config import Config, parse_config
from generator.ingest import adapters, decoding
from generator.ingest import documents as inputs
from generator.ingest.dating import datelines, dates
from generator.ingest.describe import adopt, describe
from generator.ingest.formats import Document
from generator.ingest.guide import Guide
from generator.ingest.kinds import Kind
from generator.ingest.rulebook import ownfiles
from generator.ingest.rulebook.rules import load_rules
from generator.model import Article, DatelineError, Issue, Language, Severity, TemplateText
from generator.preview import App
from generator.publishing.manifest import parse_manifest, render_manifest

NOW = datetime(2025, 7, 24, 6, tzinfo=UTC)
GUIDE = Guide(root=".", config=Config(), now=NOW)
MEMORY = Path("/dev/shm") if Path("/dev/shm").is_dir() else None  # noqa: S108 - folders of our own are made there
KINDS = {str(kind).replace(" ", "-"): kind for kind in Kind if kind not in {Kind.ZIP, Kind.GZIP}}


def check_document(kind: Kind, data: bytes) -> None:
    """A document gives stories or says why not, each of them a file that reads back, and all is accounted for."""
    try:
        reading = adapters.read(Document("seeds/a", 1, kind, data), GUIDE)
    except decoding.Refused as refused:
        assert_told([refused.issue])
        return
    made = [describe(story, "seeds/a", NOW, GUIDE) for story in reading.stories]
    made += [adopt(article, "seeds/a", NOW, GUIDE) for article in reading.articles]
    if kind is not Kind.MARKDOWN:
        assert_accounted(reading)
        for one in made:
            assert_reads_back(one.article)
    assert made or reading.issues or reading.dropped or not reading.document.strip()
    assert_told([*reading.issues, *(issue for one in made for issue in one.issues)])
    records.encode([[part.block.text, part.rule] for part in reading.dropped])
    for story in reading.stories:
        with suppress(ValueError):
            dates.parse_when(story.facts.captured, NOW)


def assert_reads_back(article: Article) -> None:
    """An article is what its file holds."""
    parsed = frontmatter.parse_article(
        frontmatter.render_article(article).encode().decode(), "a.md", GUIDE.zone
    )
    assert parsed.article == article
    assert parsed.issues == ()


def assert_told(issues: list[Issue]) -> None:
    """Every issue has a line and can be printed and written as JSON."""
    assert all(issue.line >= 1 and issue.message for issue in issues)
    records.encode(issues)


def check_input(data: bytes) -> None:
    """A file of any kind gives documents and issues, however deep they are packed."""
    with TemporaryDirectory(dir=MEMORY) as folder:
        path = Path(folder, "seed")
        path.write_bytes(data)
        found = list(inputs.documents(path, "seeds/a"))
    assert found or not data.strip()
    assert_told([one for one in found if isinstance(one, Issue)])
    for one in found[:20]:
        if isinstance(one, Document):
            check_document(one.kind, one.data)


def check_content(data: bytes) -> None:
    """A content file gives an article or an error on one of its lines; an article is written as it was read."""
    [document] = content.read_documents(
        [content.Source(data, "arts/a.md", "content/arts/a.md")], Config(), _no_size
    )
    assert document.filed or any(issue.severity is Severity.ERROR for issue in document.issues)
    assert_told(list(document.issues))
    if document.filed:
        records.pack(document.filed)
    with suppress(decoding.Refused):
        text, _ = decoding.decode(data, "a.md")
        assert all(1 <= issue.line <= text.count("\n") + 1 for issue in document.issues)
        parsed = frontmatter.parse_article(text, "a.md", GUIDE.zone)
        if parsed.article:
            again = frontmatter.parse_article(frontmatter.render_article(parsed.article), "a.md", GUIDE.zone)
            # What is no number equals nothing, not even itself; pairs are written as lists.
            assert again.article == parsed.article or "nan" in repr(parsed.article.extra) or "!!" in text


def _no_size(_path: str) -> None:
    """No file has a size."""


def check_configuration(data: bytes) -> None:
    """Any text is a configuration, or an error on one of its lines."""
    text = data.decode("utf-8", "replace").replace("\r\n", "\n")
    try:
        config = parse_config(text)
    except DatelineError as error:
        assert_points(str(error), "dateline.toml", text)
        return
    assert config.zone is not None
    assert config.taxonomy is not None
    assert config.aliases is not None
    records.encode(config)


def assert_points(message: str, name: str, text: str) -> None:
    """A message names a file and one of its lines, and is one line itself."""
    file, line, _ = message.split(":", 2)
    assert file == name
    assert 1 <= int(line) <= len(text.splitlines()) + 1
    assert "\n" not in message


def check_markdown(data: bytes) -> None:
    """The direct ways give what the parser and the sanitiser give."""
    text = data.decode("utf-8", "replace").replace("\r", "")
    html, too_much = markdown.format_markdown(text)
    assert too_much or html == markdown.convert(text)
    markdown.count_words(html.encode())
    markdown.plain_text(html)
    markdown.references(html)


_DIGEST = 9
"""Bytes at the end of a slug that was cut, or stands for signs that have no words."""


def check_name(data: bytes) -> None:
    """Any name has a slug that is one name of a file, the slug of itself; any address is web or not."""
    text = data.decode("utf-8", "surrogateescape")
    for slug in (urls.slug(text), urls.article_slug(text)):
        assert 1 <= len(slug.encode()) <= urls.LONGEST_SLUG
        assert not set("/\\\0. ") & set(slug)
    slug = urls.slug(text)
    assert urls.slug(slug) == slug or len(slug.encode()) > urls.LONGEST_SLUG - _DIGEST
    if urls.is_web(text):
        text.encode()
        urls.absolute("https://a.example/", text)
    urls.unquoted(text)
    dates.capture_from_name(text, GUIDE.zone)
    dates.parse_address(text, GUIDE.zone)
    for read in (dates.parse_when, datelines.parse_dateline):
        with suppress(ValueError):
            read(text, NOW)


def check_translation(data: bytes) -> None:
    """Any PO file translates or is an error on one of its lines."""
    text = data.decode("utf-8", "replace")
    try:
        words = locales.Locale(Language("de", (TemplateText("de.po", text),))).words
    except DatelineError as error:
        assert_points(str(error), "de.po", text)
        return
    words.gettext("Tags")
    words.ngettext("%(count)s story", "%(count)s stories", 3)


def check_rules(data: bytes) -> None:
    """Any TOML is a file of rules or an error."""
    tables = _toml(data)
    with suppress(DatelineError):
        ownfiles.check_rules(tables, "rules.toml")
        load_rules(tables)


def check_terms(data: bytes) -> None:
    """Any TOML is a file of terms or an error."""
    tables = _toml(data)
    with suppress(DatelineError):
        ownfiles.check_terms(tables, "terms.toml")
        guide = Guide(root=".", config=Config(), now=NOW, own_terms=tables)
        adopt(Article("The cup", NOW, "They won the cup."), "a", NOW, guide)


def _toml(data: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(data.decode("utf-8", "replace"))
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}


def check_ledger(data: bytes) -> None:
    """Any ledger is read, what is wrong with it told by its lines."""
    with TemporaryDirectory(dir=MEMORY) as folder:
        Path(folder, ledger.NAME).write_bytes(data)
        opened = catalogue.Catalogue(Path(folder, "catalogue"))
        book = ledger.Ledger(Path(folder), "content", opened)
        assert_told(book.issues)
        for (story,) in opened.rows("SELECT id FROM sightings").fetchall():
            book.find(story)
        list(book.similar([1, 2, 3], 1))
        opened.close()


def check_memory(data: bytes) -> None:
    """What is remembered on the disk or at a host is read, or taken for nothing."""
    manifest = parse_manifest(data)
    if manifest:
        assert parse_manifest(render_manifest(manifest)) == manifest
    with TemporaryDirectory(dir=MEMORY) as folder:
        Path(folder, files.JOURNAL).write_bytes(data)
        files.read_journal(Path(folder))
        Path(folder, remembered.NAME).write_bytes(data)
        for memory in remembered.load(Path(folder, remembered.NAME)).values():
            remembered.is_believed(memory, NOW)


SITE = (
    "index.html",
    "atom.xml",
    "feed.json",
    "sitemap.xml",
    "robots.txt",
    "a/style.css",
    "subscriptions.opml",
)


def check_site_file(data: bytes) -> None:
    """A built file of any content is checked: the first byte says which it is."""
    name = SITE[data[0] % len(SITE)] if data else SITE[0]
    with TemporaryDirectory(dir=MEMORY) as folder:
        path = Path(folder, name)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data[1:])
        survey = Survey(Path(folder), files.scan(Path(folder)), "https://news.example/")
        Crawl(survey, _quiet).run()
        Others(survey, Rules(50, NOW)).run()
        records.encode([found.issue("site", "") for found in survey.faults])


def _quiet(_done: int) -> None:
    """Nobody listens."""


def check_reader(data: bytes) -> None:
    """The check's readers read or say why not."""
    for name in SITE:
        read = others.reader(name)
        with suppress(Unreadable):
            if read:
                read(data)
    with suppress(Unreadable):
        markup.read_page(data)


def check_request(data: bytes) -> None:
    """Any request gets an answer: a line of an address, one of a query, then header fields."""
    path, query, *fields = [*data.split(b"\n"), b""][:12]
    names = addresses.parse_address(path)
    assert names is None or not any("/" in name or "\0" in name for name in names)
    pairs = [line.partition(b":") for line in fields]
    scope = {
        "type": "http",
        "method": "GET",
        "raw_path": path,
        "query_string": query,
        "headers": [(name.lower(), value.strip()) for name, _, value in pairs],
    }
    statuses = asyncio.run(_answer(scope))
    assert len(statuses) == 1
    assert statuses[0] in {200, 206, 302, 304, 308, 404, 416, 421}


async def _answer(scope: dict[str, Any]) -> list[int]:
    statuses = []

    async def send(message: Any) -> None:  # noqa: ANN401 - any message of ASGI
        if message["type"] == "http.response.start":
            statuses.append(message["status"])
            assert all(
                b"\n" not in value and b"\r" not in value for pair in message["headers"] for value in pair
            )

    async def receive() -> dict[str, str]:
        await asyncio.sleep(3600)
        return {"type": "http.disconnect"}

    app = App(_served(), "/digest/", "news.example")
    app.close()  # so that streams end at once
    await app(scope, receive, send)
    return statuses


@cache
def _served() -> Path:
    folder = TemporaryDirectory()
    _kept.append(folder)
    place = Path(folder.name)
    for name in ("index.html", "404.html", "a.txt", "b/index.html", ".hidden"):
        (place / name).parent.mkdir(exist_ok=True)
        (place / name).write_text("<!doctype html><title>T</title><body>Text</body>")
    return place


_kept: list[TemporaryDirectory[str]] = []
