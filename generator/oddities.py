"""What is odd about a site as a whole: what of its content is not published and why, what it says in English."""

from collections.abc import Iterator

from generator import files, former, lookup
from generator.config import NAME
from generator.model import Issue, Severity
from generator.report import HeldBack
from generator.theme import LANGUAGES, PO
from generator.toml_lines import line_of
from generator.workspace import Run, Site


def held_back(run: Run) -> Iterator[HeldBack]:
    """List the drafts, the future and the expired articles."""
    content = run.site.config.build.content
    for filed in lookup.held_back(run.catalogue):
        why = filed.held_back(run.options.now)
        if why:
            yield HeldBack(f"{content}/{filed.file}", *why)


def find(run: Run) -> Iterator[Issue]:
    """Report what stands nowhere though it should: articles, files beside them, pages that all others lead to."""
    catalogue, config = run.catalogue, run.site.config
    content = config.build.content
    yield from lookup.claims(catalogue, run.options.now, content)
    for file, name in lookup.missing(catalogue):
        yield Issue(f"{content}/{file}", 1, f"{name!r} is not beside this file", Severity.WARNING)
    for slug in config.pages:
        if catalogue.vacant((f"{slug}/",)):
            message = f"`pages.{slug}` leads nowhere; it needs a page, {content}/{slug}.md, without a `date`"
            if former.is_reserved(f"{slug}/"):
                message = f"`pages.{slug}` is no page of one's own: /{slug}/ belongs to another kind of page"
            yield Issue(NAME, _line(run.site, "pages", slug), message)
    if config.site.body == "excerpt":
        return  # what only the text of others uses is not published, as it should be
    for path in lookup.unused(catalogue):
        message = "no article beside this file uses it; it is not published"
        yield Issue(f"{content}/{path}", 1, message, Severity.WARNING)


def untranslated(site: Site) -> Issue:
    """Report that the theme does not speak the site's language, and what would teach it."""
    tag = site.config.site.language
    file = f"{site.config.build.templates}/{LANGUAGES}{tag}{PO}"
    message = f"nothing translates the theme to {tag!r}, so it speaks English; {file} would"
    return Issue(NAME, _line(site, "site", "language"), message, Severity.WARNING)


def _line(site: Site, *where: str) -> int:
    """Find the line of the configuration that a key stands on."""
    text = files.read(site.root / NAME) or b""
    return line_of(text.decode("utf-8-sig", "replace"), where)
