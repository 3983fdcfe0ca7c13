"""A raw story to an article: its text cleaned, its date, language, topic, tags and summary found, its id given."""

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from urllib.parse import urlsplit

from generator import urls
from generator.ingest import duplicates
from generator.ingest.classifying import topics
from generator.ingest.cleaning import clean, escape
from generator.ingest.cleaning.body import clean_body
from generator.ingest.dating import datelines, dates
from generator.ingest.guide import Guide
from generator.ingest.splitting.head import Head
from generator.ingest.splitting.titles import bare_title, without_source
from generator.ingest.summarising import summary
from generator.ingest.tagging import tags
from generator.ingest.tagging.keywords import fitting_keywords
from generator.ingest.tagging.merging import variant_key
from generator.ingest.wording import language, sentences
from generator.model import Article, DateFrom, Dropped, Facts, Issue, RawStory, Source

ID_VERSION = 1
"""Enters every id, so that another way to make them could never meet this one's."""

_OURS = re.compile("[0-9a-f]{16}")
"""What is such an id."""

MOST_TAGS = 8
"""Tags of a story, with the keywords that it was given."""


@dataclass(frozen=True, slots=True)
class Wordings:
    """What a story says of its time: the page, the line it says so on, the address, and paragraphs of the text.

    Of the text these are the first three and the last, each with its line: nowhere else does a story date itself.
    """

    published: str
    line: int
    address: str
    paragraphs: tuple[tuple[int, str], ...]

    def dated(self, path: str, captured: datetime, zone: tzinfo) -> "Dating":
        """Date the story: what the page says, else its address, its text, or when it was captured; never later."""
        issues: list[Issue] = []
        if self.published:
            try:
                found = dates.parse_when(self.published, captured)
            except ValueError as error:
                found = None
                issues.append(Issue(path, self.line, f"impossible date {self.published!r}: {error}"))
            if found:
                return Dating(*found, tuple(issues))
        written = dates.parse_address(self.address, zone) if self.address else None
        if written:
            return Dating(min(written, captured), DateFrom.ADDRESS, tuple(issues))
        in_text = self._in_text(path, captured, issues)
        return Dating(*(in_text or (captured, DateFrom.CAPTURE)), tuple(issues))

    def _in_text(
        self, path: str, captured: datetime, issues: list[Issue]
    ) -> tuple[datetime, DateFrom] | None:
        """Find the first date that the text gives; one that does not exist is an issue, and the next counts."""
        for line, paragraph in self.paragraphs:
            try:
                if found := datelines.parse_dateline(paragraph, captured):
                    return found
            except ValueError as error:
                issues.append(Issue(path, line, f"impossible date in the text: {error}"))
        return None


@dataclass(frozen=True, slots=True)
class Dating:
    """A story's date, how it is known, and what is wrong with what the page says."""

    date: datetime
    date_from: DateFrom
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Description:
    """An article made of a raw story, and what went into it.

    Attributes:
        article: ready to file.
        length: of its title and text, in words.
        figures: the numbers in it.
        sketch: by which those like it are found.
        verdict: why it has its topic.
        wordings: what it says of its time.
        captured: when the input was taken.
        blocks: the lines and texts of what it was made of.
        dropped: what the cleaning took out of the body.
        issues: what is wrong with the story; it is filed all the same.
        known: the format knows the story by an identity of its own, so that another text of it is an update.
        data: the article as the bytes of its file, where that is made already.
    """

    article: Article
    length: int
    figures: frozenset[str]
    sketch: frozenset[int]
    verdict: topics.Verdict
    wordings: Wordings
    captured: datetime
    blocks: tuple[tuple[int, str], ...] = ()
    dropped: tuple[Dropped, ...] = ()
    issues: tuple[Issue, ...] = ()
    known: bool = False
    data: bytes = b""


def story_id(story: RawStory) -> str:
    """Give a raw story its id: 16 hexadecimal digits of its version, source, title and text.

    White space does not matter, nor does the time a page gives: the same story found later is the same story. Where
    the format knows a story by an identity of its own, that counts instead of source and text.
    """
    said = (story.facts.identity,) if story.facts.identity else (story.source,)
    texts = () if story.facts.identity else tuple(block.text for block in story.body)
    return _digest("\n".join((str(ID_VERSION), *said, story.title.text, *texts)))


def id_of_another(made: Description) -> str:
    """Give the id of a story whose own belongs to another of the same identity and title."""
    return _digest("\n".join((made.article.id, *(text for _, text in made.blocks))))


def _digest(text: str) -> str:
    plain = "\n".join(" ".join(line.split()) for line in text.split("\n"))
    return hashlib.blake2b(plain.encode(errors="surrogatepass"), digest_size=8).hexdigest()


def describe(story: RawStory, path: str, captured: datetime, guide: Guide) -> Description:
    """Make an article of a raw story.

    Args:
        story: as the reader of its format found it.
        path: how to name its input in issues.
        captured: when the input was taken, zone-aware.
        guide: how the site wants its news read.
    """
    facts = story.facts
    body = clean_body(story.body, guide.rules, story.title.text, story.source)
    paragraphs = list(body.texts)
    kinds = body.kinds
    if len(paragraphs) == 1:  # a whole body in one line becomes several paragraphs
        paragraphs, kinds = sentences.split_paragraphs(paragraphs[0]), ()
    headline, around, head = bare_title(story.title, Head(source=story.source), guide.rules)
    title = clean.repair(without_source(headline, head)[0].text)
    text = "\n\n".join(paragraphs)
    spoken = language.detect(text or title, facts.language)
    opening = tuple((story.line or one.line, one.text) for one in (*story.body[:3], *story.body[3:][-1:]))
    wordings = Wordings(story.published, story.published_line or story.line, facts.address, opening)
    dating = wordings.dated(path, captured, guide.zone)
    verdict = topics.classify(title, text, guide.topics, language=spoken or "en", own=guide.own_terms)
    article = Article(
        title=title,
        date=dating.date,
        body=escape.to_markdown(paragraphs, kinds),
        date_from=dating.date_from,
        id=story_id(story),
        topic=verdict.topic,
        tags=_tags(title, paragraphs, story, guide, spoken),
        source=_source(story),
        authors=tuple(filter(None, map(clean.repair, facts.authors))) or body.authors,
        dateline=body.dateline,
        language=spoken,
        summary=summary.summarise(
            paragraphs, language=spoken, given=clean.repair(facts.summary), title=title
        ),
        updated=_updated(facts, dating.date, captured),
        image=facts.image if urls.is_web(facts.image) else "",
    )
    described = _described(article, text, verdict, wordings, captured)
    blocks = ((block.line, block.text) for block in (story.title, *story.body))
    return replace(
        described,
        dropped=(*around, *body.dropped),
        issues=dating.issues,
        blocks=tuple(blocks),
        known=bool(facts.identity),
    )


def adopt(article: Article, path: str, captured: datetime, guide: Guide) -> Description:
    """Describe an article that a person wrote: what it does not say of itself is found as for any other.

    Args:
        article: as its Markdown file has it; it stays as it is. But an id as those that are given here is its own
            word for itself: nobody may take the place of another story, which has it or is still to come.
        path: how its input is named.
        captured: when the input was taken.
        guide: as for `describe`.
    """
    text = article.body
    spoken = article.language or language.detect(text or article.title)
    verdict = topics.classify(article.title, text, guide.topics, language=spoken or "en", own=guide.own_terms)
    if article.topic:
        verdict = topics.Verdict(article.topic, 1.0, ())
    said = "\n".join((str(ID_VERSION), article.id or path, article.title, text))
    given = "" if _OURS.fullmatch(article.id) else article.id
    made = replace(article, id=given or _digest(said), topic=verdict.topic)
    wordings = Wordings(article.date.isoformat(), 1, "", ())
    return replace(
        _described(made, text, verdict, wordings, captured), blocks=((1, article.title), (1, text))
    )


def _described(
    article: Article, text: str, verdict: topics.Verdict, wordings: Wordings, captured: datetime
) -> Description:
    words = duplicates.words_of(f"{article.title}\n{text}")
    return Description(
        article=article,
        length=len(words),
        figures=duplicates.figures(f"{article.title}\n{text}"),
        sketch=duplicates.sketch(words),
        verdict=verdict,
        wordings=wordings,
        captured=captured,
    )


def _source(story: RawStory) -> Source | None:
    """Name who published a story: as the page does, else by the host of its address."""
    address = story.facts.address if urls.is_web(story.facts.address) else ""
    host = (urlsplit(address).hostname or "").removeprefix("www.") if address else ""
    name = clean.repair(story.source) or host
    return Source(name, address or story.facts.source_address) if name else None


def _updated(facts: Facts, date: datetime, captured: datetime) -> datetime | None:
    """When a story was last changed, if that is later than its date."""
    try:
        found = dates.parse_when(facts.updated, captured) if facts.updated else None
    except ValueError:
        return None
    return found[0] if found and found[0] > date else None


def _tags(
    title: str,
    paragraphs: list[str],
    story: RawStory,
    guide: Guide,
    spoken: str,
) -> tuple[str, ...]:
    """Tag a story with what it names, then with keywords it was given that its text has."""
    found = tags.find_tags(title, paragraphs, story.source, language=spoken, most=MOST_TAGS)
    given = fitting_keywords(map(clean.repair, story.facts.keywords), title, paragraphs, story.source)
    named: dict[str, str] = {}
    for tag in (*found, *given):
        name = guide.aliases.get(urls.slug(tag), tag)
        named.setdefault(variant_key(name) or name, name)
    return tuple(named.values())[:MOST_TAGS]
