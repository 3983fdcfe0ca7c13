"""Content files to what the catalogue keeps of them: bytes in, articles or issues out."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo

from generator import attachments, excerpts, filing, fingerprint, frontmatter, markdown, pictures
from generator.config import Config
from generator.filing import Body
from generator.frontmatter import Parsed
from generator.ingest import decoding
from generator.inputs import NAMES, Filed
from generator.model import Issue, Severity
from generator.pictures import Measure
from generator.records import Value, changed


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
    parsed = [_parse(source, config.zone) for source in sources]
    bodies = [
        _format(source, one, config, measure, names) for source, one in zip(sources, parsed, strict=True)
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


def _format(
    source: Source, parsed: Parsed, config: Config, measure: Measure, names: Mapping[str, str]
) -> Body | None:
    article = parsed.article
    if article is None:
        return None
    html = markdown.say(markdown.showable(markdown.render_markdown(article.body)), names)
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
    if filed.card.image and not placed.card.image:
        message = f"`image` is not shown: {article.image!r} beside this file is no picture"
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
