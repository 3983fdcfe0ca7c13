"""One content file to what the catalogue keeps of it: bytes in, article or issues out."""

from dataclasses import dataclass

from generator import filing, frontmatter, markdown
from generator.config import Config
from generator.ingest import decoding
from generator.inputs import Filed
from generator.model import Issue


@dataclass(frozen=True, slots=True)
class Document:
    """What a content file holds: an article where that can be made out, and every problem with it."""

    filed: Filed | None
    issues: tuple[Issue, ...]


def read_document(data: bytes, file: str, path: str, config: Config) -> Document:
    """Read a content file.

    Args:
        data: its bytes.
        file: its path below the content folder.
        path: how to name it in issues.
        config: the site's configuration.
    """
    try:
        text, damage = decoding.decode(data, path)
    except decoding.Refused as refused:
        return Document(None, (refused.issue,))
    parsed = frontmatter.parse_article(text, path, config.zone)
    issues = (*damage, *parsed.issues)
    if parsed.article is None:
        return Document(None, issues)
    html = markdown.render_markdown(parsed.article.body)
    summary = "" if parsed.article.summary else _summarise(html)
    body = filing.Body(html, markdown.count_words(html), summary)
    filed = filing.file_article(parsed.article, file, body, config)
    filed = filing.with_attachments(filed, markdown.references(html))
    return Document(filed, (*issues, *filing.check_filing(parsed.article, file, path, config)))


def _summarise(html: str) -> str:
    from generator.ingest.summary import summarise  # noqa: PLC0415 - slow to load, and most articles have a summary

    return summarise(markdown.paragraphs(html))
