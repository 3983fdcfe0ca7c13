"""Whether a build takes what an ingest would file, and finds nothing wrong with it.

Where a workflow builds the site, an error keeps all of it from being published, so no news may bring one along.
"""

from dataclasses import replace

from generator import documents, former, frontmatter, urls
from generator.config import Config
from generator.ingest.describe import Description
from generator.model import Article, Issue, Severity, Source

_FILE = "topic/article.md"
"""An article's place, for what depends on none."""


def fitting(article: Article, name: str, config: Config) -> tuple[Article | None, tuple[Issue, ...]]:
    """Make a build find nothing wrong with an article that is filed as it stands.

    Args:
        article: as somebody wrote it.
        name: how its input is named.
        config: the site's configuration.

    Returns:
        The article without the addresses that are none; `None` where it is not fit to be filed; and why.
    """
    wrong = _wrong(article, name, config)
    if not wrong:
        return article, ()
    fit = replace(
        article,
        source=article.source and Source(article.source.name, _web(article.source.url)),
        canonical=_web(article.canonical),
        aliases=tuple(filter(former.read_alias, article.aliases)),
    )
    if fatal := _wrong(fit, name, config):
        return None, tuple(Issue(name, 1, f"not filed: {message}") for message in fatal)
    return fit, tuple(Issue(name, 1, f"{message}; it is left out") for message in wrong)


def _wrong(article: Article, name: str, config: Config) -> tuple[str, ...]:
    data = frontmatter.render_article(article).encode()
    if len(data) > documents.LARGEST:
        return (_too_large(),)
    (read,) = documents.read_documents([documents.Source(data, _FILE, name)], config, lambda _: None)
    return tuple(issue.message for issue in read.issues if issue.severity is Severity.ERROR)


def _web(address: str) -> str:
    return address if urls.is_web(address) else ""


def check_size(made: Description, name: str) -> Issue | None:
    """Tell that no build would read the file of a story; `name` is its input."""
    if len(made.data) <= documents.LARGEST:
        return None
    return Issue(name, made.blocks[0][0], f"not filed: {_too_large()}")


def _too_large() -> str:
    return f"its file would be larger than {documents.LARGEST // 1024**2} MiB; part it"
