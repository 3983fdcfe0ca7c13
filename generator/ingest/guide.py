"""How a site wants its news read: what every reader is told, in whatever process it works."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import cached_property
from typing import Any

from generator.config import Config
from generator.ingest.classifying.terms import Terms
from generator.ingest.rulebook.rules import Rules, load_rules


@dataclass(frozen=True)
class Guide:
    """What readers are told.

    Attributes:
        root: the site's folder.
        config: the site's configuration.
        now: the capture time of inputs that tell none.
        captured: the capture time of all inputs, whatever they tell.
        own_rules: the site's own rules, in the form of a language's `rules.toml`.
        own_terms: its own terms for topics, in the form of a language's `topics.toml`.
        keep: the ids of rules that drop nothing.
    """

    root: str
    config: Config
    now: datetime
    captured: datetime | None = None
    own_rules: Mapping[str, Any] = field(default_factory=dict)
    own_terms: Terms = field(default_factory=dict)
    keep: frozenset[str] = frozenset()

    def __getstate__(self) -> dict[str, Any]:
        """Give what travels to other processes; what is derived from it is derived there."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    @property
    def zone(self) -> tzinfo:
        """The site's time zone."""
        return self.config.zone

    @cached_property
    def aliases(self) -> Mapping[str, str]:
        """By slug, the names of tags that the site uses instead."""
        return self.config.aliases

    @cached_property
    def topics(self) -> tuple[str, ...]:
        """The slugs of its topics."""
        return tuple(topic.slug for topic in self.config.taxonomy)

    @cached_property
    def rules(self) -> Rules:
        """The rules that drop, the site's own included."""
        return load_rules(self.own_rules, self.keep)
