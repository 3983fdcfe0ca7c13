"""Writes the benchmark's corpus as a Dateline site, or as Hugo, Pelican or Eleventy want the same articles."""

import argparse
import re
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from news import Story, plan_stories

TITLE = "The Benchmark Digest"
BASE_URL = "https://digest.example/"
SEED = 1
"""Another seed is another corpus; the results in the repository are of this one."""

_ID = re.compile(r"^id: .*\n", re.MULTILINE)


def write_corpus(folder: Path, count: int, end: date, form: str = "dateline", seed: int = SEED) -> None:
    """Write `count` articles that end the day before `end` below `folder`, in the form of one generator.

    The same arguments give the same bytes. Nothing that lies in the folder already is removed.
    """
    made: set[Path] = set()
    for story in plan_stories(count, seed, end):
        path, text = FORMS[form](story)
        file = folder / path
        if file.parent not in made:
            file.parent.mkdir(parents=True, exist_ok=True)
            made.add(file.parent)
        file.write_bytes(text.encode())
    if form == "dateline":
        settings = f'[site]\ntitle = "{TITLE}"\nbase_url = "{BASE_URL}"\n'
        (folder / "dateline.toml").write_text(settings, encoding="utf-8")


def render_dateline(story: Story) -> tuple[str, str]:
    """Give the path and the text of an article as `dateline ingest` files it."""
    head = (
        f"title: {_scalar(story.title)}\n"
        f"date: {story.date.isoformat()}\n"
        "date_from: page\n"
        f"id: {_scalar(story.id)}\n"
        f"topic: {story.topic}\n"
        f"tags: {_flow(story.tags)}\n"
        f"source: {{name: {_scalar(story.source)}, url: '{story.source_url}'}}\n"
        f"summary: {_scalar(story.summary)}\n"
    )
    path = f"content/{story.topic}/{story.date:%Y-%m-%d}/{story.slug}.md"
    return path, f"---\n{head}---\n\n{story.body}\n"


def without_id(article: str) -> str:
    """Give the text of an article without its id, as a copy needs it: of two with one id readers see one."""
    return _ID.sub("", article, count=1)


def render_hugo(story: Story) -> tuple[str, str]:
    """Give the path and the text of an article for Hugo: taxonomies are lists, all else of ours are parameters."""
    head = (
        f"title: {_scalar(story.title)}\n"
        f"date: {story.date.isoformat()}\n"
        f"topics: [{story.topic}]\n"
        f"tags: {_flow(story.tags)}\n"
        f"source: {{name: {_scalar(story.source)}, url: '{story.source_url}'}}\n"
        f"summary: {_scalar(story.summary)}\n"
    )
    return f"content/news/{story.date:%Y-%m-%d}/{story.slug}.md", f"---\n{head}---\n\n{story.body}\n"


def render_pelican(story: Story) -> tuple[str, str]:
    """Give the path and the text of an article for Pelican, whose head is Python-Markdown's own `meta` form."""
    head = (
        f"Title: {story.title}\n"
        f"Date: {story.date.isoformat()}\n"
        f"Category: {story.topic}\n"
        f"Tags: {', '.join(story.tags)}\n"
        f"Slug: {story.slug}\n"
        f"Source: {story.source}\n"
        f"Source_url: {story.source_url}\n"
        f"Summary: {story.summary}\n"
    )
    return f"content/{story.topic}/{story.date:%Y-%m-%d}/{story.slug}.md", f"{head}\n{story.body}\n"


def render_eleventy(story: Story) -> tuple[str, str]:
    """Give the path and the text of an article for Eleventy, which would make a collection of every `tags`."""
    head = (
        f"title: {_scalar(story.title)}\n"
        f"date: {story.date.isoformat()}\n"
        f"topic: {story.topic}\n"
        f"terms: {_flow(story.tags)}\n"
        f"source: {{name: {_scalar(story.source)}, url: '{story.source_url}'}}\n"
        f"summary: {_scalar(story.summary)}\n"
    )
    return f"news/{story.date:%Y-%m-%d}/{story.slug}.md", f"---\n{head}---\n\n{story.body}\n"


FORMS: dict[str, Callable[[Story], tuple[str, str]]] = {
    "dateline": render_dateline,
    "hugo": render_hugo,
    "pelican": render_pelican,
    "eleventy": render_eleventy,
}


_NUMBER = re.compile(r"0[0-7]*|[1-9][0-9]*")


def _flow(items: tuple[str, ...]) -> str:
    return f"[{', '.join(_scalar(item) for item in items)}]"


def _scalar(text: str) -> str:
    # Quoted where PyYAML quotes; an id of nothing but digits would read as a number.
    if _NUMBER.fullmatch(text) or text[0] in "'\"&%@-" or ": " in text or " #" in text or text[-1] == ":":
        return "'" + text.replace("'", "''") + "'"
    return text


def main(arguments: list[str]) -> None:
    """Run the command line: `corpus.py FOLDER N`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument(
        "--end", type=date.fromisoformat, default=datetime.now(UTC).date(), help="default: today"
    )
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--for", dest="form", choices=FORMS, default="dateline")
    given = parser.parse_args(arguments)
    write_corpus(given.folder, given.count, given.end, given.form, given.seed)


if __name__ == "__main__":
    main(sys.argv[1:])
