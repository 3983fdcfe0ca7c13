"""A rule, and rules that whole lines are instances of."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.ingest.rulebook.alternatives import any_of

_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True)
class Rule:
    """A named pattern, or phrases, or both.

    `expression` is the pattern as a regular expression, "" where there is none. `phrases` are whole lines, folded.
    `weight` counts for furniture. What the rest says, `languages/en/junk.toml` explains for promotions (`where`,
    `begins`, `small`, `needs`, `quoted`, `sure`) and blocks (`where`), and `rules.toml` beside it for lines of
    pages (`role`, `opens`). `language` is the folder that the rule is from, or "own".
    """

    id: str
    expression: str = ""
    phrases: tuple[str, ...] = ()
    weight: int = 1
    where: str = "sentence"
    quoted: bool = False
    sure: bool = False
    role: str = "line"
    opens: bool = False
    begins: tuple[str, ...] = ()
    small: tuple[str, ...] = ()
    needs: str = ""
    language: str = ""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, compiled when it is first tried: an input needs few of hundreds, and each takes a while."""
        return re.compile(self.expression) if self.expression else _NEVER


@dataclass(frozen=True)
class WholeLines:
    """Rules that whole lines are instances of: phrases first, by look-up, then patterns in their order."""

    phrases: Mapping[str, Rule]
    patterns: tuple[Rule, ...]

    @cached_property
    def _any(self) -> re.Pattern[str]:
        return re.compile(any_of(rule.expression for rule in self.patterns))

    def find(self, plain: str) -> Rule | None:
        """Return the first rule that a folded line is an instance of."""
        if found := self.phrases.get(plain):
            return found
        if not plain or not self._any.fullmatch(plain):
            return None
        return next((rule for rule in self.patterns if rule.pattern.fullmatch(plain)), None)
