"""Content files to what the catalogue keeps of them: bytes in, articles or issues out."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo

from generator import attachments, excerpts, filing, fingerprint, frontmatter, markdown, pictures
from generator.config import Config
from generator.fields import quoted
from generator.filing import Body
from generator.frontmatter import Parsed
from generator.ingest import decoding
from generator.inputs import NAMES, Filed
from generator.model import Issue, Severity
from generator.pictures import Measure
from generator.records import Value, changed
from generator.syndication import LARGEST_BODY

LARGEST = 6 * 1024 * 1024
"""Bytes of an article's file: a book has one or two million."""


class Source(Value, frozen=True):
    """A content file: its bytes, its path below the content folder, and how to name it in issues."""

    data: bytes
    file: str
    path: str


class Document(Value, frozen=True):
    """What a content file holds: an article where that can be made out, and every problem with it."""

    filed: Filed | None
    issues: tuple[Issue, ...]


def read_documents(
    sources: Sequence[Source], config: Config, measure: Measure, names: Mapping[str, str] = NAMES
) -> list[Document]:
    """Read content files, each step with all of them: one kind of work at a time keeps a processor's caches warm.

    Args:
        sources: the files.
        config: the site's configuration.
        measure: gives the size of a picture by its path below the content folder.
        names: those of `NAMES`, in the site's language.
    """
    read = [_parse(source, config.zone) for source in sources]
    rendered = [_render(source, one) for source, one in zip(sources, read, strict=True)]
    parsed = [one for one, _ in rendered]
    bodies = [
        _format(source, one, markdown.say(html, names), config, measure)
        for source, (one, html) in zip(sources, rendered, strict=True)
    ]
    filed = [
        _file(source, one, body, config, names)
        for source, one, body in zip(sources, parsed, bodies, strict=True)
    ]
    return [_document(*work, config, measure) for work in zip(sources, parsed, filed, strict=True)]


def _parse(source: Source, zone: tzinfo) -> Parsed:
    try:
        text, damage = decoding.decode(source.data, source.path)
    except decoding.Refused as refused:
        return Parsed(None, (refused.issue,))
    parsed = frontmatter.parse_article(text, source.path, zone, dated="/" in source.file)
    return changed(parsed, issues=(*damage, *parsed.issues)) if damage else parsed


def _render(source: Source, parsed: Parsed) -> tuple[Parsed, str]:
    """Give an article's body as HTML that may be shown, and what is wrong with it beside all else that is."""
    if parsed.article is None:
        return parsed, ""
    html, too_much = markdown.format_markdown(parsed.article.body)
    if too_much:
        line = _line_near(source, parsed.article.body, too_much.near)
        message = f"the text {too_much.reason}; it is shown as it is written, until its Markdown is simpler"
        parsed = changed(parsed, issues=(*parsed.issues, Issue(source.path, line, message)))
    return parsed, markdown.showable(html)


def _line_near(source: Source, body: str, near: str) -> int:
    """Find the line of a file on which something in its body stands, or else the first of its body."""
    text, _ = decoding.decode(source.data, source.path)
    start = max(0, len(text.rstrip()) - len(body))
    wanted = next((line for line in near.split("\n") if line.strip()), "")
    place = text.find(wanted, start) if wanted else start
    return text.count("\n", 0, max(place, start)) + 1


def _format(source: Source, parsed: Parsed, html: str, config: Config, measure: Measure) -> Body | None:
    article = parsed.article
    if article is None:
        return None
    if config.site.body == "excerpt" and not (parsed.standalone or excerpts.is_ours(article)):
        # What is not shown is not kept either, so that no page, feed or index can show it.
        shown = excerpts.excerpt(
            article, markdown.paragraphs(html), markdown.plain_text(html).replace("\n", " ")
        )
        return Body("", 0, shown, fingerprint.digest(b""))
    html = pictures.prepare(html, source.file, measure, above=bool(article.image))
    data = html.encode()
    summary = "" if article.summary else _summarise(html)
    return Body(html, markdown.count_words(data), summary, fingerprint.digest(data))


def _file(
    source: Source, parsed: Parsed, body: Body | None, config: Config, names: Mapping[str, str]
) -> Filed | None:
    if parsed.article is None or body is None:
        return None
    if parsed.standalone:
        return filing.file_page(parsed.article, source.file, body, config)
    return filing.file_article(parsed.article, source.file, body, config, names)


def _document(
    source: Source, parsed: Parsed, filed: Filed | None, config: Config, measure: Measure
) -> Document:
    article = parsed.article
    if article is None:
        return Document(None, parsed.issues)
    if filed is None or parsed.standalone:
        odd = filing.check_page(filed, article, source.path)
    else:
        odd = filing.check_filing(filed, article, source.path, config)
    if filed is None:
        return Document(None, (*parsed.issues, *odd))
    placed = _beside(filed, source, article.image, measure)
    if len(filed.entry.content) > LARGEST_BODY and config.feeds.full:
        message = f"the text is longer than {LARGEST_BODY // 1024} KiB of HTML; feeds give its summary alone"
        odd = (*odd, Issue(source.path, 1, message, Severity.WARNING))
    if filed.card.image and not placed.card.image:
        message = f"`image` is not shown: {quoted(article.image)} beside this file is no picture"
        odd = (*odd, Issue(source.path, 1, message, Severity.WARNING))
    return Document(placed, (*parsed.issues, *odd))


def _beside(filed: Filed, source: Source, image: str, measure: Measure) -> Filed:
    """Add the files beside an article, and the size of its picture."""
    filed = attachments.with_attachments(filed, markdown.references(filed.entry.content))
    if image in filed.attachments:
        filed = attachments.with_size(filed, measure(pictures.path_beside(source.file, image)))
    return filed


def _summarise(html: str) -> str:
    from generator.ingest.summarising.summary import summarise  # noqa: PLC0415 - slow to load, and most articles have a summary

    return summarise(markdown.paragraphs(html))
