"""What one build works with: the site's folder, its configuration, its theme and its catalogue."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from generator.catalogue import Catalogue
from generator.config import Config
from generator.inputs import Settings
from generator.render import Templates
from generator.theme import Theme

Progress = Callable[[str, int, int], None]
"""Is told what is being done, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to build: `now` decides what is due, `clean` forgets the catalogue, `verify` trusts no stat."""

    now: datetime
    clean: bool = False
    verify: bool = False


@dataclass(frozen=True, slots=True)
class Site:
    """Everything one build works with."""

    root: Path
    config: Config
    settings: Settings
    theme: Theme
    templates: Templates
    catalogue: Catalogue
    options: Options
    progress: Progress

    @property
    def content(self) -> Path:
        """The content folder."""
        return self.root / self.config.build.content

    @property
    def output(self) -> Path:
        """The output folder."""
        return self.root / self.config.build.output
