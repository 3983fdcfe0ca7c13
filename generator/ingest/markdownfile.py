"""A Markdown file with front matter among the inputs: checked, and an article as it stands."""

from datetime import tzinfo

from generator.frontmatter import parse_article
from generator.ingest.formats import Reading


def read_markdown(text: str, path: str, zone: tzinfo) -> Reading:
    r"""Read a Markdown file that a person wrote for the site.

    Args:
        text: the whole file, line ends as `\n`.
        path: how to name it in issues.
        zone: the time zone of dates that name none.

    Returns:
        The article, with its Markdown as it is, and every problem with the front matter; no article where title or
        date are missing or broken, which is an error among the issues.
    """
    parsed = parse_article(text, path, zone)
    articles = (parsed.article,) if parsed.article else ()
    return Reading((), (), parsed.issues, text, articles)
