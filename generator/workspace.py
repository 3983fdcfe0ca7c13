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
from generator.theme import Theme
from generator.workers import Crew

if TYPE_CHECKING:
    from generator.inputs import Settings

Progress = Callable[[str, int, int], None]
"""Is told what is being done, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to build.

    Attributes:
        now: decides what is due.
        clean: forget the catalogue.
        verify: trust no stat, read every input and output again.
        workers: how many processes; 0 for as many as there are processors, once there is enough to do.
        explain: the page to explain, as a path or an address; "" for none.
    """

    now: datetime
    clean: bool = False
    verify: bool = False
    workers: int = 0
    explain: str = ""


@dataclass(frozen=True)
class Site:
    """A site as one build sees it: the same in every process."""

    root: Path
    config: Config
    theme: Theme

    def __getstate__(self) -> dict[str, Any]:
        """Give what travels: one thread sends a site to other processes while another derives more from it."""
        return {"root": self.root, "config": self.config, "theme": self.theme}

    @cached_property
    def settings(self) -> "Settings":
        """What the configuration says to every page."""
        from generator.inputs import settings  # noqa: PLC0415 - a build with nothing to do loads nothing heavy

        return settings(self.config)

    @property
    def content(self) -> Path:
        """The content folder."""
        return self.root / self.config.build.content

    @property
    def output(self) -> Path:
        """The output folder."""
        return self.root / self.config.build.output

    @property
    def catalogue(self) -> Path:
        """The catalogue's file."""
        return self.root / STATE / NAME

    @property
    def compiled(self) -> Path:
        """The folder of compiled templates."""
        return self.root / STATE / "templates"


@dataclass(frozen=True, slots=True)
class Run:
    """One build in the process that is in charge of it: the only one that changes catalogue and output."""

    site: Site
    catalogue: Catalogue
    crew: Crew
    options: Options
    progress: Progress
