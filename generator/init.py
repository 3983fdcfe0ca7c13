"""A new site: a configuration, its folders, a page, a first article and a first seed. Nothing is overwritten."""

from datetime import datetime
from pathlib import Path

from generator import config, files, frontmatter
from generator.model import Article, DatelineError

CONFIG = """\
# The configuration of a Dateline site. Every key may be left out.

[site]
title = "News digest"
description = "What the papers wrote, by topic and day."
# Where the site will be served; feeds and canonical addresses need it. A path is fine: https://example.org/digest/
base_url = "http://127.0.0.1:8000/"
language = "en"
timezone = "UTC"

# [topics]                 # rename, drop and add topics
# economy = "Business"
# weather = false
# space = "Space"

# [tags.aliases]           # spellings that mean the same
# "Zelensky" = "Volodymyr Zelenskyy"

# [feeds]
# full = true              # false: summaries only
# limit = 50

[pages]                    # pages without a date that every page leads to: content/about.md is /about/
about = "About"

# [theme]
# navigation = ["politics", "economy", "sport"]
# accent = "#005a4b"
"""

IGNORED = """\
/.dateline/
"""

WELCOME = """\
This is an article written by hand. It is a Markdown file with a `title` and a `date`; change it, or remove it,
and run `dateline build` again.

Raw news goes into `seeds/`. `dateline ingest` makes articles of it and files them here, by topic and day. What
you correct in them stays corrected, and what you remove stays away.
"""

ABOUT = """\
---
title: About this digest
summary: What this digest is, and where its stories come from.
---

This page is `content/about.md`: a file without a date is no article but a page that stands by itself. Say here who
makes this digest, which papers it reads, and how to reach you.

Every story names the paper that it was published in first.
"""

SEED = """\
Lighthouse at Carrow Point to open as a museum

The lighthouse at Carrow Point will open as a museum on Saturday, the harbour trust said. Its first exhibition shows
paintings and letters of the keepers, and anybody may go up the 212 steps for the first time in forty years.

"People have asked for this since I was a child," said Edda Marling, who chairs the trust. Groups of twelve will
be led up every hour, weather permitting.

Tickets cost four crowns and go towards a new lantern room, which the trust hopes to open before the winter.
"""


def init(folder: Path, now: datetime) -> tuple[str, ...]:
    """Make a new site that builds at once.

    Args:
        folder: where; it is made if need be.
        now: the date of the first article, zone-aware.

    Returns:
        The files written, relative to the folder.

    Raises:
        DatelineError: the folder holds a site already.
    """
    if (folder / config.NAME).exists():
        raise DatelineError(f"{folder / config.NAME} is there already; this folder is a site")
    moment = now.replace(microsecond=0)
    article = Article(title="Welcome to your digest", date=moment, tags=("Dateline",), body=WELCOME.strip())
    wanted = {
        config.NAME: CONFIG,
        ".gitignore": IGNORED,
        "content/about.md": ABOUT,
        f"content/society/{moment.date().isoformat()}/welcome.md": frontmatter.render_article(article),
        f"seeds/{moment:%Y-%m-%d-%H%M}-lighthouse.txt": SEED,  # a day alone would mean its noon
        "templates/.gitkeep": "",
        "site/.gitignore": "*\n!.gitignore\n",
    }
    return tuple(path for path, text in wanted.items() if files.write_new(folder / path, text.encode()))
