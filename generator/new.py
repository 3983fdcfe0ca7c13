"""A new article, or a new page that stands by itself: a file to go on with. Nothing is overwritten."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from generator import files, former, frontmatter, links, locks, urls, writing
from generator.config import Config
from generator.ingest.classifying import topics
from generator.model import UNDATED, Article, DatelineError
from generator.spelling import nearest
from generator.text import xml_text


@dataclass(frozen=True, slots=True)
class Options:
    """What is to be begun.

    Attributes:
        date: the article's, zone-aware; `UNDATED` for a page that stands by itself.
        topic: a topic's slug or label, "" for the one that the words of the title speak for.
        draft: whether it is held back until somebody says otherwise.
    """

    date: datetime
    topic: str = ""
    draft: bool = False


def new(root: Path, config: Config, title: str, options: Options, tell: Callable[[str], None]) -> str:
    """Write a file with front matter and nothing else.

    Args:
        root: the site's folder.
        config: its configuration.
        title: of the article or page.
        options: what is to be begun.
        tell: is called with a sentence when it has to wait for another run.

    Returns: the file's path, relative to the site's folder.

    Raises:
        DatelineError: there is such a file, or another page has its address; the title is empty; the site has no
            such topic.
    """
    named = " ".join(xml_text(title).split())
    if not named:
        raise DatelineError("a title needs words")
    slug = urls.article_slug(named)
    text = frontmatter.render_article(Article(named, options.date, draft=options.draft))
    if options.date == UNDATED:
        path = _page(slug)
    else:
        topic = _topic(config, named, options.topic)
        path = f"{topic}/{options.date.astimezone(config.zone).date().isoformat()}/{slug}.md"
    content = root / config.build.content
    with locks.lock(root, "dateline new", tell):
        _check_free(content, path, config.build.content)
        writing.write_new(content / path, text.encode())
    return f"{config.build.content}/{path}"


def _page(slug: str) -> str:
    if former.is_reserved(f"{slug}/"):
        raise DatelineError(f"/{slug}/ is the address of another kind of page; give this one another title")
    return f"{slug}.md"


def _check_free(content: Path, path: str, shown: str) -> None:
    """Refuse what is there: of two articles of one day and slug one has no address, whatever their topics."""
    place = links.obstacle(content, path)
    if place:  # behind a link no build would find it
        what = links.kind(content / place)
        raise DatelineError(f"{shown}/{place} is {what}; put a folder there, or give another topic")
    folder, _, name = path.partition("/")
    taken = [f"{topic}/{name}" for topic in sorted(files.names(content))] if name else [folder]
    for other in taken:
        if files.is_there(str(content / other)):
            way = "another title or `--date`" if name else "another title"
            raise DatelineError(f"{shown}/{other} is there already; give {way}")


def _topic(config: Config, title: str, wanted: str) -> str:
    """Give the slug of a topic: the one that is wanted, else the one that the words of a title speak for."""
    known = {topic.slug: topic.label for topic in config.taxonomy}
    if not wanted:
        language = urls.language_code(config.site.language)
        return topics.classify(title, "", tuple(known), language=language).topic
    slug = urls.slug(wanted)
    found = next((one for one, label in known.items() if slug in {one, urls.slug(label)}), None)
    if found is None:
        hint = nearest(slug, known) or f"there are {', '.join(known)}"
        raise DatelineError(f"--topic: the site has no topic {wanted!r}; {hint}")
    return found
