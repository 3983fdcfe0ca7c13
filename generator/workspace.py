"""What one build works with: values that travel to every process, and what only the parent process holds."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.catalogue import NAME, Catalogue
from generator.config import Config
from generator.files import STATE
from generator.model import Language
from generator.theme import Theme
from generator.workers import Crew

if TYPE_CHECKING:
    from generator.inputs import Settings

DRAFTS = "drafts"
"""Below the state folder: a preview with drafts, and what is remembered of it."""

Progress = Callable[[str, int, int], None]
"""Is told what is being done, how much of it is done, and how much there is."""


def state_folder(root: Path, *, drafts: bool) -> Path:
    """Give the folder of what is remembered of a site, or of its preview with drafts, from build to build."""
    return root / STATE / DRAFTS if drafts else root / STATE


def output_folder(root: Path, config: Config, *, drafts: bool) -> Path:
    """Give the folder that a site, or its preview with drafts, is built to."""
    return (state_folder(root, drafts=True) if drafts else root) / config.build.output


@dataclass(frozen=True, slots=True)
class Options:
    """How to build.

    Attributes:
        now: decides what is due.
        clean: forget the catalogue.
        verify: trust no stat, read every input and output again.
        workers: how many processes; 0 for as many as there are processors, once there is enough to do.
        explain: the page to explain, as a path or an address; "" for none.
        paths: the files and folders below the content folder that may have changed; `None` for any. It is heeded
            where nobody else changed anything since the last build.
        drafts: build a preview that has drafts and whatever else is held back, in a folder of its own.
        search: bring the search index up to date too, where the site has one; else a later build does.
    """

    now: datetime
    clean: bool = False
    verify: bool = False
    workers: int = 0
    explain: str = ""
    paths: tuple[str, ...] | None = None
    drafts: bool = False
    search: bool = True


@dataclass(frozen=True)
class Site:
    """A site as one build sees it: the same in every process.

    `drafts` makes it a preview: what is held back is there, marked, in a folder of its own.
    """

    root: Path
    config: Config
    theme: Theme
    drafts: bool = False

    def __getstate__(self) -> dict[str, Any]:
        """Give what travels: one thread sends a site to other processes while another derives more from it."""
        return {name: getattr(self, name) for name in ("root", "config", "theme", "drafts")}

    @cached_property
    def settings(self) -> "Settings":
        """What the configuration says to every page."""
        from generator.inputs import settings  # noqa: PLC0415 - a build with nothing to do loads nothing heavy
        from generator.localising import languages, names  # noqa: PLC0415 - the same

        return settings(self.localised, names(self.language), languages(self.language))

    @cached_property
    def localised(self) -> Config:
        """The configuration with topics named in the site's language.

        Raises:
            DatelineError: a translation is broken; the message begins with its path and line.
        """
        from generator.localising import localise  # noqa: PLC0415 - the same

        return localise(self.config, self.language)

    @cached_property
    def language(self) -> Language:
        """The site's language, as its theme speaks it."""
        return self.theme.language(self.config.site.language)

    @property
    def content(self) -> Path:
        """The content folder."""
        return self.root / self.config.build.content

    @property
    def output(self) -> Path:
        """The output folder."""
        return output_folder(self.root, self.config, drafts=self.drafts)

    @property
    def state(self) -> Path:
        """The folder of what is remembered from build to build."""
        return state_folder(self.root, drafts=self.drafts)

    @property
    def catalogue(self) -> Path:
        """The catalogue's file."""
        return self.state / NAME

    @property
    def compiled(self) -> Path:
        """The folder of compiled templates."""
        return self.root / STATE / "templates"


@dataclass(frozen=True, slots=True)
class Run:
    """One build in the process that is in charge of it: the only one that changes catalogue and output.

    `paths` are the only ones that may have changed since the last build, `None` where anything may have.
    """

    site: Site
    catalogue: Catalogue
    crew: Crew
    options: Options
    progress: Progress
    paths: tuple[str, ...] | None = None
