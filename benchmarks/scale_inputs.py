"""What ingest has to take in: thousands of files of every kind, of one title, and in every script there is."""

import gzip
import json
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from html import escape
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import quote

import feedparser
from ingest import MENU, PAGE, plain, record
from news import Story, plan_stories
from scale_sites import END, SEED
from scripts import titles
from servers import serving
from tools import DATELINE, HERE, find
from trees import digest_of
from trial import Size, Tell, Trial, valid

NO_STORY = "no story found: the page is an index or a front page"
VNU = HERE.parent / "tests/web/node_modules/vnu-jar/build/dist/vnu.jar"
SAMPLE = 150
"""Pages that the Nu checker looks at."""

FEED = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>{source}</title>
<link>https://feeds.example/</link><description>News</description>{items}</channel></rss>"""
ITEM = """<item><title>{title}</title><link>https://feeds.example/{slug}-{id}</link>
<pubDate>{date:%a, %d %b %Y %H:%M:%S} GMT</pubDate><description>{body}</description></item>"""

Bundle = Callable[[Path, Sequence[Story]], None]
"""Writes some stories as one input; its name is the path without an ending."""


def inputs(folder: Path, size: Size, tell: Tell) -> None:
    """Try so many inputs of mixed kinds at once, then again, then with ten more."""
    count = size.count
    trial = Trial(f"{count:,} inputs", folder, tell)
    stories = plan_stories(10_000_000, SEED, END)
    written = sum(_write(folder, number, stories) for number in range(count))
    report = trial.ingest("all of them")
    written = _account(trial, report, written, count // 1000)
    before = digest_of(folder / "content")
    trial.ingest("nothing new")
    trial.holds(digest_of(folder / "content") == before, "an ingest of nothing new changed the content")
    more = sum(_write(folder, count + number, stories) for number in range(10))
    trial.ingest("ten new ones")
    articles = sum(1 for _ in folder.glob("content/*/*/*.md"))
    trial.holds(articles == written + more, f"{articles:,} of {written + more:,} stories are there")
    trial.build("clean build")


def _account(trial: Trial, report: dict[str, Any], written: int, most_told: int = 0) -> int:
    """See that every story that was written is filed, or its text is told of; give how many are filed.

    Of many thousand plain texts one or the other is taken for a list of headlines.
    """
    told = [issue["message"] for issue in report["issues"]]
    trial.holds(set(told) <= {NO_STORY} and len(told) <= most_told, f"the ingest said: {told[:3]}")
    if told:
        trial.note("not filed, and told", f"{len(told):,}: {NO_STORY}")
    filed = sum(1 for _ in trial.folder.glob("content/*/*/*.md"))
    trial.holds(filed == written - len(told), f"{filed:,} of {written:,} stories were filed")
    return filed


def _write(folder: Path, number: int, stories: Iterator[Story]) -> int:
    """Write one more input, and give how many stories it holds."""
    write, count = _BUNDLES[number % len(_BUNDLES)]
    path = folder / "seeds" / f"{number % 100:02}" / f"2025-06-30-{number:06}"
    path.parent.mkdir(parents=True, exist_ok=True)
    write(path, [next(stories) for _ in range(count)])
    return count


def _html(path: Path, stories: Sequence[Story]) -> None:
    path.with_suffix(".html").write_text(_page(stories[0]), encoding="utf-8")


def _text(path: Path, stories: Sequence[Story]) -> None:
    path.with_suffix(".txt").write_text(f"{stories[0].title}\n\n{plain(stories[0].body)}\n", encoding="utf-8")


def _records(path: Path, stories: Sequence[Story]) -> None:
    path.with_suffix(".jsonl").write_text("".join(map(record, stories)), encoding="utf-8")


def _zip(path: Path, stories: Sequence[Story]) -> None:
    with zipfile.ZipFile(path.with_suffix(".zip"), "w", zipfile.ZIP_DEFLATED) as archive:
        for story in stories:
            archive.writestr(f"{story.slug}.html", _page(story))


def _nested(path: Path, stories: Sequence[Story]) -> None:
    with zipfile.ZipFile(path.with_suffix(".zip"), "w") as archive:
        for story in stories:
            archive.writestr(f"{story.slug}.jsonl.gz", gzip.compress(record(story).encode(), mtime=0))


def _feed(path: Path, stories: Sequence[Story]) -> None:
    items = "".join(
        ITEM.format(
            title=escape(story.title),
            slug=story.slug,
            id=story.id,
            date=story.date,
            body=escape(_paragraphs(story)),
        )
        for story in stories
    )
    path.with_suffix(".xml").write_text(
        FEED.format(source=escape(stories[0].source), items=items), encoding="utf-8"
    )


def _packed(path: Path, stories: Sequence[Story]) -> None:
    path.with_suffix(".jsonl.gz").write_bytes(gzip.compress("".join(map(record, stories)).encode(), mtime=0))


_BUNDLES: tuple[tuple[Bundle, int], ...] = (
    (_html, 1),
    (_text, 1),
    (_records, 2),
    (_feed, 3),
    (_html, 1),
    (_zip, 2),
    (_records, 1),
    (_nested, 2),
    (_text, 1),
    (_packed, 2),
)


def _page(story: Story) -> str:
    return PAGE.format(
        title=escape(story.title),
        source=escape(story.source),
        date=story.date.isoformat(),
        slug=f"{story.slug}-{story.id}",
        body=_paragraphs(story),
        menu=MENU,
    )


def _paragraphs(story: Story) -> str:
    return "".join(f"<p>{escape(part)}</p>" for part in plain(story.body).split("\n"))


def same(folder: Path, size: Size, tell: Tell) -> None:
    """Try so many different stories of one title and day."""
    count = size.count
    trial = Trial(f"{count:,} stories of one title and day", folder, tell)
    (folder / "seeds").mkdir()
    with (folder / "seeds/all.jsonl").open("w", encoding="utf-8") as file:
        for story in plan_stories(count, SEED, END):
            file.write(_line("In brief", story))
    report = trial.ingest("all of them")
    _account(trial, report, count)
    again = trial.ingest("the same again")
    paths = [[article["path"] for article in found["articles"]] for found in (report, again)]
    trial.holds(not paths[1] or paths[0] == paths[1], "a story got another file")
    with (folder / "seeds/one.jsonl").open("w", encoding="utf-8") as file:
        file.write(_line("In brief", list(plan_stories(count + 100, SEED, END))[-1]))
    trial.ingest("one more", "seeds/one.jsonl")
    trial.holds(len(list(folder.glob("content/*/*/*.md"))) == count + 1, "the last one is lost")
    built = trial.build("clean build")
    pages = sum("/in-brief" in path for path in built["written"])
    trial.holds(pages == count + 1, f"{pages:,} of them have a page")


def _short(story: Story) -> str:
    """Give a story's first paragraphs: what is tried is not how long texts are."""
    return "\n".join(plain(story.body).split("\n")[:3])


def _line(title: str, story: Story) -> str:
    fields = {
        "title": title,
        "date": "2025-06-30",
        "url": f"https://news.example/{story.id}",
        "text": _short(story),
    }
    return json.dumps(fields) + "\n"


def odd(folder: Path, size: Size, tell: Tell) -> None:
    """Try so many titles, and a tenth as many tags, in every script there is."""
    count = size.count
    place = folder / "published"
    settings = f'[search]\nenabled = true\n[publish.web]\nkind = "folder"\npath = "{place}"\n'
    trial = Trial(f"{count:,} titles in all scripts", folder, tell, settings)
    (folder / "seeds").mkdir()
    with (folder / "seeds/all.jsonl").open("w", encoding="utf-8") as file:
        for title, story in zip(titles(count), plan_stories(count, SEED, END), strict=True):
            fields = json.loads(record(story)) | {"title": title, "maintext": _short(story)}
            file.write(json.dumps(fields) + "\n")
    _account(trial, trial.ingest("all of them"), count)
    before = digest_of(folder / "content")
    trial.ingest("the same again")
    trial.holds(digest_of(folder / "content") == before, "the same titles gave other files")
    tagged = list(islice(plan_stories(count + count // 10, SEED + 1, END), count // 10))
    trial.write(_quoted(tagged))
    trial.build("clean build")
    _look_at(trial, count + len(tagged))
    trial.dateline(
        "publish to a folder", "publish", found=lambda report: f"{len(report['uploaded']):,} files"
    )
    trial.holds(digest_of(place) == digest_of(trial.site), "what was published is not the site")
    if size.full:
        trial.check()
    trial.equals_clean()


def _quoted(stories: Sequence[Story]) -> Iterator[Story]:
    for number, (story, title) in enumerate(zip(stories, titles(len(stories), SEED + 1), strict=True)):
        yield replace(story, slug=f"tagged-{number}", tags=(title, title.upper(), title[:3]))


def _look_at(trial: Trial, count: int) -> None:
    """Hold names of files against each other, and look at pages, feeds and the preview."""
    articles = sorted(trial.site.glob("[0-9]*/*/*/*/index.html"))
    trial.holds(len(articles) == count, f"{len(articles):,} of {count:,} articles have a page")
    alike = Counter(unicodedata.normalize("NFKC", f"{path.parent}").casefold() for path in articles)
    trial.holds(max(alike.values()) == 1, "two addresses differ in nothing but case or form")
    for path in sorted({*trial.site.glob("*.xml"), *trial.site.glob("t*/*/atom.xml")})[:SAMPLE]:
        if path.name in {"atom.xml", "rss.xml"}:
            feed = feedparser.parse(path.read_bytes())
            trial.holds(not feed.bozo, f"{path} is no feed: {feed.get('bozo_exception')}")
    indexes = [trial.site / "tags/index.html", *trial.site.glob("tags/*/index.html")]
    sample = [*articles[:: len(articles) // SAMPLE + 1], *indexes[: SAMPLE // 3]]
    said = valid(sample, VNU)
    trial.holds(not said, f"the Nu checker says: {said[:3]}")
    command = [find(DATELINE, ()), "serve", "--no-watch", "--port"]
    with serving(command, trial.folder) as server:
        for path in sample:
            address = quote(f"/{path.relative_to(trial.site).parent}/")
            trial.holds(server.ask(address, 60.0), f"the preview does not give {address}")
    trial.note("looked at by the Nu checker, feedparser and the preview", f"{len(sample)} pages")
