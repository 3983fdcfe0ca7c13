"""Pages to bytes: Jinja2 templates for HTML, one function each for feeds, sitemaps and the rest."""

import hashlib
import re
import traceback
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError, pass_context
from jinja2.runtime import Context

from generator import feeds, records, sitemaps, urls
from generator.environment import make_environment
from generator.fragments import set_scope
from generator.frames import Frames
from generator.locales import speak
from generator.model import DatelineError, Language, Page, TemplateText
from generator.references import Reference, find_references, original
from generator.spelling import nearest
from generator.views import Site

FRAMED: Mapping[str, Callable[..., bytes]] = {
    "feed.rss": feeds.render_rss,
    "feed.atom": feeds.render_atom,
}
RENDERERS: Mapping[str, Callable[[Any], bytes]] = {
    "feed.json": feeds.render_json,
    "opml": feeds.render_opml,
    "sitemap": sitemaps.render_sitemap,
    "sitemap.index": sitemaps.render_index,
    "sitemap.news": sitemaps.render_news,
    "robots": sitemaps.render_robots,
}
"""What renders the templates that are no files; those of `FRAMED` put entries into a frame."""


ENGLISH = Language("en")
"""What templates speak without any translation."""


def load_templates(
    sources: Mapping[str, TemplateText], language: Language = ENGLISH, kept: Path | None = None
) -> "Templates":
    """Give the templates of these sources; those of the last few are kept compiled.

    Args:
        sources: as for `Templates`.
        language: the same.
        kept: a folder that keeps them compiled for other processes too; it belongs to one version of the generator.
    """
    return _compiled(tuple(sorted(sources.items(), key=lambda item: item[0])), language, kept)


class Templates:
    """The templates of one site, compiled once.

    Args:
        sources: every template by name; the theme's own also under `default/`.
        language: what the templates say their texts in.
        kept: a folder that keeps them compiled.

    Attributes:
        frames: those of feeds, which are kept there too.
    """

    def __init__(
        self, sources: Mapping[str, TemplateText], language: Language = ENGLISH, kept: Path | None = None
    ) -> None:
        self._sources = sources
        self._language = language
        self.frames = Frames(kept)
        framed = {name: partial(render, frames=self.frames) for name, render in FRAMED.items()}
        self._renderers: Mapping[str, Callable[[Any], bytes]] = {**RENDERERS, **framed}
        self._environment = make_environment(sources, speak(language), kept)
        self._environment.filters |= {"url": self._url, "address": self._address}
        self._site: Site | None = None
        self._referenced: dict[str, tuple[Reference, ...]] = {}

    def closure(self, name: str) -> str:
        """Digest a template, all it extends, includes and imports, however deep, and what translates it.

        A name that is decided only while rendering counts as every template there is. For templates that are
        no files the digest is their name: their code counts as the generator's own.

        Raises:
            DatelineError: one of them has a syntax error or does not exist.
        """
        if name in self._renderers:
            return name
        hasher = hashlib.blake2b(digest_size=16)
        for member in self.members(name):
            text = self._sources[member].text.encode()
            hasher.update(f"{member} {len(text)}\n".encode())
            hasher.update(text)
        hasher.update(records.encode(self._language))
        return hasher.hexdigest()

    def members(self, name: str) -> list[str]:
        """Name a template and all it extends, includes and imports, however deep.

        Raises:
            DatelineError: as `closure`.
        """
        return sorted(self._reach(name))

    def compile(self, names: Iterable[str]) -> None:
        """Compile templates before they are needed.

        Raises:
            DatelineError: as `closure`.
        """
        for member in (member for name in names for member in self.members(name)):
            try:
                self._environment.get_template(member)
            except TemplateSyntaxError as error:
                raise self._slip(error) from None

    def render(self, page: Page) -> bytes:
        """Turn a page into the bytes of its file.

        Raises:
            DatelineError: the template is missing, broken, or uses a name its view does not have; the message
                begins with the template's path and line.
        """
        renderer = self._renderers.get(page.template)
        if renderer:
            return renderer(page.view)
        environment = self._environment
        if page.view.site != self._site:
            self._site = page.view.site
            set_scope(environment, object())
        try:
            template = environment.get_template(page.template)
            text = template.render(site=page.view.site, page=page.view)
        except Exception as error:
            raise self._problem(error, page) from error
        return text.encode("utf-8", "replace")

    @pass_context  # without it Jinja would work out the addresses of constants while it compiles
    def _url(self, _context: Context, path: str, folder: str = "") -> str:
        """Turn a path, or a folder below it, into an address on the site; what is absolute stays."""
        return _link(self._site.base_path if self._site else "/", f"{path}{folder}/" if folder else path)

    @pass_context  # the same
    def _address(self, _context: Context, path: str) -> str:
        """Turn a path into an address that holds anywhere; what is absolute stays."""
        return _link(self._site.base_url if self._site else "/", path)

    def _reach(self, name: str) -> set[str]:
        if name not in self._sources:
            raise DatelineError(f"templates/{name}:1: there is no template of this name")
        reached: set[str] = set()
        waiting = [name]
        while waiting:
            member = waiting.pop()
            if member not in reached:
                reached.add(member)
                for reference in self._references(member):
                    waiting += self._named(member, reference)
        return reached

    def _named(self, name: str, reference: Reference) -> Iterable[str]:
        """Give the templates that a reference in a template may mean."""
        if reference.name is None:
            return self._sources
        if reference.name in self._sources:
            return (reference.name,)
        if reference.optional:
            return ()
        raise DatelineError(f"{self._sources[name].path}:{reference.line}: {self._absent(reference.name)}")

    def _references(self, name: str) -> tuple[Reference, ...]:
        if name not in self._referenced:
            source = self._sources[name]
            try:
                tree = self._environment.parse(source.text, name, source.path)
            except TemplateSyntaxError as error:
                raise self._slip(error) from None
            theirs = original(self._sources, name)
            filling = (Reference(theirs, 1, optional=False),) if theirs else ()
            self._referenced[name] = (*find_references(tree), *filling)
        return self._referenced[name]

    def _absent(self, name: str) -> str:
        return "; ".join(
            (f"there is no template called `{name}`", nearest(name, self._sources, likeness=0.85))
        ).removesuffix("; ")

    def _slip(self, error: TemplateSyntaxError) -> DatelineError:
        """Name a mistake that Jinja finds without rendering: of syntax, or a filter or test that is not there."""
        unknown = re.fullmatch(r"No (filter|test) named '(.*)'\.", error.message or "")
        known = {"filter": self._environment.filters, "test": self._environment.tests}
        hint = nearest(unknown[2], known[unknown[1]]) if unknown else ""
        message = f"{error.message} {hint[:1].upper()}{hint[1:]}".rstrip()
        return DatelineError(f"{error.filename}:{error.lineno}: {message}")

    def _problem(self, error: Exception, page: Page) -> DatelineError:
        """Say which line of which template failed, and on which page."""
        if isinstance(error, TemplateSyntaxError):
            return self._slip(error)
        paths = {source.path for source in self._sources.values()}
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename in paths]
        if not frames and not isinstance(error, TemplateError):
            raise error
        place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else f"templates/{page.template}:1"
        told = str(error) or type(error).__name__
        if isinstance(error, RecursionError):
            told = "extends, includes or calls itself; the theme's own template is `default/…`"
        said = self._absent(str(error.name)) if isinstance(error, TemplateNotFound) else told
        return DatelineError(f"{place}: {said} (while rendering {page.path})")


@lru_cache(maxsize=4)
def _compiled(
    sources: tuple[tuple[str, TemplateText], ...], language: Language, kept: Path | None
) -> Templates:
    return Templates(dict(sources), language, kept)


@lru_cache(maxsize=16_384)
def _link(base_path: str, path: str) -> str:
    return urls.absolute(base_path, path) if path else base_path
