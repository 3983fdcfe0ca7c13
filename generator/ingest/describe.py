"""A raw story to an article: clean its text, find its date, topic, tags and summary, and give it its id."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from generator import urls
from generator.config import Config
from generator.ingest import clean, datelines, dates, escape, sentences, summary, tags, topics
from generator.model import Article, DateFrom, Dropped, Issue, RawStory, Source

ID_VERSION = 1
"""Enters every id, so that another way to make them could never meet this one's."""

ENOUGH_TAGS = 3
"""A story that names fewer people, places and subjects is tagged with words of its topic, too."""

SHORT_TERM = 3
"""Terms of a topic up to this many letters ("ai", "bid") say too little as tags."""


@dataclass(frozen=True, slots=True)
class Description:
    """An article made of a raw story, and what went into it.

    Attributes:
        story: what it was made of.
        article: ready to file.
        text: its title and paragraphs, plain, to compare it with others.
        dropped: what the cleaning took out of the body.
        issues: what is wrong with the story; it is filed all the same.
        verdict: why it has its topic.
    """

    story: RawStory
    article: Article
    text: str
    dropped: tuple[Dropped, ...]
    issues: tuple[Issue, ...]
    verdict: topics.Verdict


def story_id(story: RawStory) -> str:
    """Give a raw story its id: 16 hexadecimal digits of its version, source, title and text.

    White space does not matter, nor does the time a page gives: the same story found later is the same story.
    """
    texts = (str(ID_VERSION), story.source, story.title.text, *(block.text for block in story.body))
    plain = "\n".join(" ".join(text.split()) for text in texts)
    return hashlib.blake2b(plain.encode(errors="surrogatepass"), digest_size=8).hexdigest()


def describe(story: RawStory, path: str, captured: datetime, config: Config) -> Description:
    """Make an article of a raw story.

    Args:
        story: as the reader of its format found it.
        path: how to name its input in issues.
        captured: when the input was taken, zone-aware.
        config: the site's configuration: its topics, tag aliases and time zone.
    """
    pieces = [clean.cut(block) for block in story.body]
    dropped = tuple(part for _, taken in pieces for part in taken)
    kept = [clean.repair(" ".join(part.text for part in parts)) for parts, _ in pieces]
    paragraphs = _paragraphs([text for text in kept if text])
    title = clean.repair(story.title.text)
    date, date_from, issues = _date(story, paragraphs, path, captured)
    body = "\n\n".join(paragraphs)
    verdict = topics.classify(title, body, tuple(topic.slug for topic in config.taxonomy))
    article = Article(
        title=title,
        date=date,
        body=escape.to_markdown(paragraphs),
        date_from=date_from,
        id=story_id(story),
        topic=verdict.topic,
        tags=_tags(title, paragraphs, story, verdict, config),
        source=Source(clean.repair(story.source)) if story.source else None,
        summary=summary.summarise(paragraphs),
    )
    return Description(story, article, f"{title}\n{body}", dropped, issues, verdict)


def _paragraphs(texts: list[str]) -> list[str]:
    """Keep the paragraphs a page has; a whole body in one line becomes several."""
    return sentences.split_paragraphs(texts[0]) if len(texts) == 1 else texts


def _tags(
    title: str, paragraphs: list[str], story: RawStory, verdict: topics.Verdict, config: Config
) -> tuple[str, ...]:
    """Tag a story with what it names; where that is little, also with the words that decided its topic."""
    aliases = config.aliases
    found = tags.find_tags(title, paragraphs, story.source)
    named = {urls.slug(tag): tag for tag in (aliases.get(urls.slug(tag), tag) for tag in found)}
    for term, _ in verdict.reasons:
        if len(named) < ENOUGH_TAGS and len(term) > SHORT_TERM and "*" not in term and "#" not in term:
            named.setdefault(urls.slug(term), term)
    return tuple(named.values())


def _date(
    story: RawStory, paragraphs: list[str], path: str, captured: datetime
) -> tuple[datetime, DateFrom, tuple[Issue, ...]]:
    """Date a story: what the page says, else its text, else when it was captured; never later than that."""
    issues: tuple[Issue, ...] = ()
    if story.published:
        try:
            found = dates.parse_when(story.published, captured)
        except ValueError as error:
            found = None
            issues = (Issue(path, story.published_line, f"impossible date {story.published!r}: {error}"),)
        if found:
            return (*found, issues)
    in_text = datelines.parse_dateline(paragraphs, captured)
    if in_text:
        return (*in_text, issues)
    return captured, DateFrom.CAPTURE, issues
