"""Ingests invented news in three forms, and tells what it took: articles a second, and memory."""

import argparse
import html
import json
import platform
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from statistics import median

from measure import Cost, peak_memory, put_aside, run
from news import Story, plan_stories

HERE = Path(__file__).parent
HEAD = "| input | articles | a second | processor time each | peak memory |\n|---|---:|---:|---:|---:|\n"
NOTES = """# Ingest

Articles of some 700 words, invented (`news.py`), from files of three kinds to `content/`, with the report written
to a file: `ingest.py --write`, {date}, two cores ({machine}), medians of {runs} runs, of the large file one. Memory
is the sum of PSS of all processes, in a run of its own.

"""
SEED = 1
ON_A_PAGE = 5
"""Stories on a scraped page: one that leads, and those related to it."""

SETTINGS = '[site]\ntitle = "The Benchmark Digest"\nbase_url = "https://digest.example/"\n'
END = date(2025, 6, 30)

LEAD = (
    "{title}\n{body}\nHashtags\n\nTry Our AI Features\nExplore what Quay9 AI can do for you:\nComments\n"
    "No comments yet...\nRelated Articles\n\n\n"
)
RELATED = "{source}\n9 minutes ago\n- {source}\n{title}\n{body}\n\n\n"
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} - {source}</title>
<meta property="og:site_name" content="{source}"><meta property="article:published_time" content="{date}">
<link rel="canonical" href="https://news.example/{slug}"></head><body><header><nav><ul>{menu}</ul></nav></header>
<main><article><h1>{title}</h1><p class="byline">By Tilda Fenwick</p>{body}</article>
<aside><h2>Most read</h2><ul>{menu}</ul></aside></main>
<footer><p>Copyright {source}. All rights reserved.</p><ul>{menu}</ul></footer></body></html>
"""
Writer = Callable[[Path, Iterable[Story]], None]
"""Writes stories as files to a folder."""

MENU = "".join(
    f'<li><a href="/{name}">{name.title()}</a></li>' for name in ("home", "world", "sport", "arts", "about")
)


def main(arguments: list[str]) -> None:
    """Run the command line; the table goes to standard output."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=2_000, help="of scraped text and of records")
    parser.add_argument("--pages", type=int, default=400, help="of HTML, which take longer")
    parser.add_argument("--megabytes", type=int, default=500, help="of records in one file; 0 for none")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="write INGEST.md, too")
    given = parser.parse_args(arguments)
    table = [HEAD]
    sys.stdout.write(HEAD)
    for row in _rows(given):
        table.append(row)
        sys.stdout.write(row)
        sys.stdout.flush()
    if given.write:
        text = NOTES.format(date=datetime.now(UTC).date(), runs=given.runs, machine=platform.machine())
        (HERE / "INGEST.md").write_text(text + "".join(table), encoding="utf-8")


def _rows(given: argparse.Namespace) -> Iterator[str]:
    kinds: dict[str, tuple[Writer, int]] = {
        "scraped text": (write_text, given.articles),
        "HTML pages": (write_pages, given.pages),
        "JSON Lines": (write_records, given.articles),
    }
    with tempfile.TemporaryDirectory() as work:
        for name, (write, count) in kinds.items():
            site = _site(Path(work) / name)
            write(site / "seeds", plan_stories(count, SEED, END))
            yield measured(name, site, count, given.runs)
        if given.megabytes:
            yield large(_site(Path(work) / "large"), given.megabytes)


def _site(folder: Path) -> Path:
    (folder / "seeds").mkdir(parents=True)
    (folder / "dateline.toml").write_text(SETTINGS)
    return folder


def measured(name: str, site: Path, count: int, runs: int) -> str:
    """Ingest a site's seeds several times, each time from nothing, and give a row of the table."""
    costs = [_cold(site) for _ in range(runs)]
    peak = _peak(site)
    rate = count / median(cost.wall for cost in costs)
    each = 1000 * median(cost.cpu for cost in costs) / count
    return f"| {name} | {count:,} | {rate:.0f} | {each:.1f} ms | {peak >> 20} MB |\n"


def large(site: Path, megabytes: int) -> str:
    """Ingest one file of JSON Lines of a size, its report written to a file."""
    count = 0
    with (site / "seeds" / "large.jsonl").open("w", encoding="utf-8") as file:
        for story in plan_stories(1_000_000, SEED, END):
            file.write(record(story))
            count += 1
            if file.tell() >= megabytes << 20:
                break
    return measured(f"one file of {megabytes} MB", site, count, 1)


def _cold(site: Path) -> Cost:
    put_aside(site / "content", site / ".dateline", into=site / ".aside")
    return run(_command(), site)


def _peak(site: Path) -> int:
    put_aside(site / "content", site / ".dateline", into=site / ".aside")
    return peak_memory(_command(), site)


def _command() -> list[str]:
    return ["sh", "-c", f"exec {Path(sys.executable).parent / 'dateline'} ingest --json > report.json"]


def write_text(folder: Path, stories: Iterable[Story]) -> None:
    """Write pages of scraped text, several stories on each."""
    for number, (lead, *related) in enumerate(_pages(iter(stories))):
        parts = [LEAD.format(title=lead.title, body=plain(lead.body))]
        parts += (RELATED.format(source=one.source, title=one.title, body=plain(one.body)) for one in related)
        (folder / f"2025-06-30-{number:06}.txt").write_text("".join(parts), encoding="utf-8")


def write_pages(folder: Path, stories: Iterable[Story]) -> None:
    """Write one HTML page per story, with what surrounds it on a site."""
    for number, story in enumerate(stories):
        body = "".join(f"<p>{html.escape(part)}</p>" for part in plain(story.body).split("\n"))
        page = PAGE.format(
            title=html.escape(story.title),
            source=html.escape(story.source),
            date=story.date.isoformat(),
            slug=story.slug,
            body=body,
            menu=MENU,
        )
        (folder / f"{number:06}.html").write_text(page, encoding="utf-8")


def write_records(folder: Path, stories: Iterable[Story]) -> None:
    """Write one file of JSON Lines."""
    with (folder / "news.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(map(record, stories))


def record(story: Story) -> str:
    """Give a story as a crawler's record, in a line."""
    fields = {
        "title": story.title,
        "maintext": plain(story.body),
        "date_publish": f"{story.date:%Y-%m-%d %H:%M:%S}",
        "source_domain": "news.example",
        "url": f"https://news.example/{story.slug}-{story.id}",
        "language": "en",
        "authors": ["Tilda Fenwick"],
    }
    return json.dumps(fields, ensure_ascii=False) + "\n"


def plain(markdown: str) -> str:
    """Give the paragraphs of an article's Markdown as lines of plain text."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    text = re.sub(r"(?m)^(?:#+|>|[-*]|\d+\.) ", "", text)
    return re.sub(r"\n+", "\n", re.sub(r"[\\*`]", "", text)).strip()


def _pages(stories: Iterator[Story]) -> Iterator[list[Story]]:
    while page := list(islice(stories, ON_A_PAGE)):
        yield page


if __name__ == "__main__":
    main(sys.argv[1:])
