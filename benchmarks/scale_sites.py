"""Sites that are far larger than a digest's in one way each: articles, names, one day, one article."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import feedparser
from corpus import without_id
from news import Story, plan_stories
from trial import Size, Tell, Trial

SEED = 1
END = date(2025, 7, 1)
"""The day after the newest story's."""

READABLE = 2_000_000
"""Bytes of a page that search engines read, and people can look through."""

MAPPED = 50_000
"""Addresses that a sitemap may hold (sitemaps.org), and the news sitemap a fiftieth of that."""

SLASHES = "https://digest.example/2025/06/30/slug/".count("/")
_LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def many(folder: Path, size: Size, tell: Tell) -> None:
    """Try a site of very many articles: building it, keeping it, checking it."""
    count = size.count
    trial = Trial(f"{count:,} articles", folder, tell)
    trial.write(plan_stories(count, SEED, END))
    report = trial.build("clean build")
    pages = sum(path.endswith("/index.html") and path[:2].isdigit() for path in report["written"])
    trial.holds(pages >= count, f"only {pages:,} pages for so many articles")
    report = trial.build("nothing to do")
    trial.holds(not report["written"] and not report["deleted"], "a build with nothing to do did something")
    _edit(sorted(trial.folder.glob("content/*/*/*.md"))[count // 2])
    _build_on(trial)


def names(folder: Path, size: Size, tell: Tell) -> None:
    """Try as many tags and sources, or ten times as many tags, and one tag on every article."""
    tags, each = size.count, 1 if size.full else 10
    trial = Trial(f"{tags:,} tags, {tags // each:,} sources", folder, tell)
    trial.write(_named(tags // each, each))
    trial.build("clean build")
    for index, count in (("tags", tags + 1), ("sources", tags // each)):
        page = (trial.site / index / "index.html").read_text(encoding="utf-8")
        trial.note(f"/{index}/", f"{len(page.encode()):,} bytes")
        trial.holds(len(page.encode()) < READABLE, f"/{index}/ is too large")
        trial.holds(f">{count:,} {index}<" in page, f"/{index}/ does not say how many there are")
    trial.note("subscriptions.opml", f"{trial.size('subscriptions.opml'):,} bytes")
    article = min(trial.folder.glob("content/*/*/*.md"))
    text = article.read_text(encoding="utf-8")
    article.write_text(text.replace("tags: [Newswire, ", "tags: [Newswire, Once only, "), encoding="utf-8")
    trial.build("a new tag on one article")
    trial.holds((trial.site / "tags/once-only/index.html").exists(), "the new tag has no page")
    if size.full:
        trial.check()
    trial.equals_clean()


def _named(count: int, each: int) -> Iterator[Story]:
    for number, story in enumerate(plan_stories(count, SEED, END)):
        own = (f"{story.tags[0]} {number * each + one}" for one in range(each))
        source = f"{story.source} {number}"
        yield replace(
            story,
            tags=("Newswire", *own),
            source=source,
            source_url=f"https://paper-{number}.example/news",
        )


def day(folder: Path, size: Size, tell: Tell) -> None:
    """Try a day of very many articles."""
    count = size.count
    trial = Trial(f"{count:,} articles on one day", folder, tell)
    trial.write(_of_one_day(count))
    trial.build("clean build")
    trial.build("nothing to do")
    day_page = f"{END - timedelta(days=1):%Y/%m/%d}/index.html"
    trial.note("the day's page", f"{trial.size(day_page):,} bytes")
    mapped = [_locations(path) for path in trial.site.glob("2025/06/sitemap*.xml")]
    found = [address for one in mapped for address in one if address.count("/") == SLASHES]
    trial.holds(len(set(found)) == len(found) == count, f"{len(found):,} articles are in sitemaps")
    trial.holds(max(map(len, mapped)) <= MAPPED, "a sitemap holds too much")
    news = _locations(trial.site / "news-sitemap.xml")
    trial.holds(len(news) == min(count, MAPPED // 50), f"{len(news):,} articles are in the news sitemap")
    _edit(next(trial.folder.glob("content/*/*/*.md")))
    _build_on(trial)


def _of_one_day(count: int) -> Iterator[Story]:
    newest = END - timedelta(days=1)
    for number, story in enumerate(plan_stories(count, SEED, END)):
        moment = datetime.combine(newest, story.date.timetz())
        yield replace(story, date=moment, slug=f"{story.slug}-{number}")


def large(folder: Path, size: Size, tell: Tell) -> None:
    """Try one article of so many kilobytes, and many of a tenth of that, with all that prose may hold."""
    count, more = size.count, 200 if size.full else 30
    trial = Trial(f"an article of {count:,} kB", folder, tell, "[search]\nenabled = true\n")
    stories = plan_stories(10_000_000, SEED, END)
    trial.write([_long(stories, count)])
    trial.build("clean build of that alone")
    trial.write(_long(stories, count // 10) for _ in range(more))
    report = trial.build(f"{more} more of a tenth")
    biggest = max((path for path in report["written"] if not path.startswith("pagefind/")), key=trial.size)
    trial.note("the largest file", f"{biggest}, {trial.size(biggest):,} bytes")
    for path in ("atom.xml", "rss.xml"):
        feed = feedparser.parse((trial.site / path).read_bytes())
        trial.holds(not feed.bozo and feed.entries, f"{path} is no feed: {feed.get('bozo_exception')}")
        trial.note(path, f"{trial.size(path):,} bytes, {len(feed.entries)} entries")
    article = max(trial.folder.glob("content/*/*/*.md"), key=lambda path: path.stat().st_size)
    _edit(article)
    trial.build("the large one edited")
    page = trial.site / article.parent.name.replace("-", "/") / article.stem / "index.html"
    text = page.read_text(encoding="utf-8")
    trial.holds("Put right." in text and "<table" in text and "<li>" in text, "the page lacks something")
    trial.note("its page", f"{len(text.encode()):,} bytes")
    if size.full:
        trial.check()
    trial.equals_clean()


def _long(stories: Iterator[Story], kilobytes: int) -> Story:
    """Make one story of many, with a table and headings between them."""
    first = next(stories)
    parts = [first.body]
    size = len(first.body)
    while size < kilobytes * 1000:
        story = next(stories)
        rows = "\n".join(f"| {name} | {len(name)} |" for name in story.tags)
        parts += [f"## {story.title}", story.body, f"| Name | Letters |\n|---|---:|\n{rows}"]
        size += len(story.body)
    return replace(first, body="\n\n".join(parts))


def _build_on(trial: Trial) -> None:
    """Build after one edit, then after many, and see that the site is what a clean build makes."""
    trial.build("one body edited")
    _change(trial)
    trial.build("forty files edited, moved, added, removed")
    trial.check()
    trial.equals_clean()


def _change(trial: Trial) -> None:
    """Edit, move, add and remove articles: ten of each."""
    articles = sorted(trial.folder.glob("content/*/*/*.md"))
    some = articles[:: max(len(articles) // 40, 1)][:40]
    for number, path in enumerate(some):
        text = path.read_text(encoding="utf-8")
        if number % 4 == 0:
            lines = text.split("\n")
            lines[1] = f"title: Another title, {number}"
            path.write_text("\n".join(lines), encoding="utf-8")
        elif number % 4 == 1:
            path.rename(path.with_name(f"moved-{path.name}"))
        elif number % 4 == 2:  # noqa: PLR2004 - one of four
            path.with_name(f"added-{path.name}").write_text(without_id(text), encoding="utf-8")
        else:
            path.unlink()


def _edit(path: Path) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write("\nPut right.\n")


def _locations(path: Path) -> list[str]:
    return [element.text or "" for element in ET.parse(path).iter(_LOC)]  # noqa: S314 - our own file
