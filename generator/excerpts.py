"""What a digest may show of other people's work: a few sentences, never the whole text."""

from collections.abc import Sequence

from generator.model import Article

MOST = 3
"""Sentences of an excerpt."""


def is_ours(article: Article) -> bool:
    """Tell whether an article is the site's own: a person wrote it, and it names no source."""
    return not article.source and not article.id


def excerpt(article: Article, paragraphs: Sequence[str], text: str) -> str:
    """Give what stands for an article's text where that is not shown: its summary, or its first sentences.

    Args:
        article: the article.
        paragraphs: its body, plain text.
        text: all of it in one.

    Returns: whole sentences, at most half of the text together. The first is taken whatever its length, unless it
        is all there is: then half of it is, and an ellipsis.
    """
    if 2 * len(article.summary) <= len(text) and article.summary:
        return article.summary
    from generator.ingest.summarising.summary import summarise  # noqa: PLC0415 - slow to load
    from generator.ingest.wording.sentences import join_sentences, split_sentences  # noqa: PLC0415 - the same

    summary = article.summary or summarise(paragraphs)
    if not text:
        return summary
    sentences = split_sentences(summary)
    if not article.summary:
        sentences = sentences[:MOST]
    while len(sentences) > 1 and 2 * len(join_sentences(sentences)) > len(text):
        sentences = sentences[:-1]
    chosen = join_sentences(sentences)
    return chosen if len(chosen) < len(text) else _half(text)


def _half(text: str) -> str:
    start = text[: len(text) // 2]
    return f"{start.rpartition(' ')[0] or start}…"
