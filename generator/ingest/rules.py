"""The rules by which ingest reads pages, from `rules.toml`, compiled once."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

_PLACE = re.compile(r"\{([a-z]+)\}")
_SPACE = re.compile(r"\[(?:\\.|[^\]\\])*\]|\\.|(?P<space> )", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Rule:
    """A named pattern.

    `weight` counts for furniture; `where`, `quoted` and `sure` for promotions, as `rules.toml` explains them.
    """

    id: str
    pattern: re.Pattern[str]
    weight: int = 1
    where: str = "sentence"
    quoted: bool = False
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules, in the order of the file. `labels` maps a label to what it labels; `guards` veto promotions."""

    furniture: tuple[Rule, ...]
    lines: tuple[Rule, ...]
    stubs: tuple[Rule, ...]
    release: dict[str, Rule]
    labels: dict[str, str]
    promotions: tuple[Rule, ...]
    guards: dict[str, re.Pattern[str]]


@cache
def load_rules() -> Rules:
    """Read and compile the package's rules."""
    data = tomllib.loads(resources.files(__package__).joinpath("languages/en/rules.toml").read_text("utf-8"))
    words = data["words"]
    return Rules(
        furniture=_rules(data["furniture"], words),
        lines=_rules(data["line"], words),
        stubs=_rules(data["stub"], words),
        release={rule.id: rule for rule in _rules(data["release"], words)},
        labels={label: kind for kind, labels in data["labels"].items() for label in labels},
        promotions=_rules(data["promotion"], words),
        guards={name: _compiled(pattern, words) for name, pattern in data["guard"].items()},
    )


def _rules(tables: list[dict[str, Any]], words: dict[str, str]) -> tuple[Rule, ...]:
    return tuple(Rule(**{**table, "pattern": _compiled(table["pattern"], words)}) for table in tables)


def _compiled(pattern: str, words: dict[str, str]) -> re.Pattern[str]:
    while _PLACE.search(pattern):
        pattern = _PLACE.sub(lambda place: words[place[1]], pattern)
    return re.compile(_SPACE.sub(lambda found: r"(?:\s{1,9})" if found["space"] else found[0], pattern))
