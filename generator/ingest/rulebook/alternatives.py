"""Many rules that whole lines may be instances of, tried at once: one pattern made of all of theirs."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Generic, TypeVar

T = TypeVar("T")

_NEVER = "(?!)"
_NAMED = re.compile(r"\(\?P<\w+>")
_MOST_SEEN = 16384  # lines that are remembered


@dataclass(frozen=True, slots=True)
class Alternatives(Generic[T]):
    """What whole lines stand for: first their phrases, by look-up, then their patterns, in order.

    `whole` joins all patterns, `opening` those that also meet the beginning of a line too long to be met whole.
    """

    phrases: Mapping[str, T]
    whole: str
    opening: str
    groups: Mapping[str, T]
    seen: dict[str, T | None] = field(default_factory=dict, compare=False, repr=False)

    def find(self, plain: str) -> T | None:
        """Return what a folded line is an instance of; lines are remembered, for pages of a site share most."""
        if found := self.phrases.get(plain):
            return found
        if plain not in self.seen:
            if len(self.seen) >= _MOST_SEEN:
                self.seen.clear()
            match = _compiled(self.whole).fullmatch(plain)
            self.seen[plain] = self.groups[match.lastgroup or ""] if match else None
        return self.seen[plain]

    def find_opening(self, plain: str) -> T | None:
        """Return what the folded beginning of a long line is an instance of."""
        match = _compiled(self.opening).fullmatch(plain)
        return self.groups[match.lastgroup or ""] if match else None


def alternatives(rules: Iterable[tuple[T, Iterable[str], str, bool]]) -> Alternatives[T]:
    """Join rules: for each what it stands for, its folded phrases, its pattern or "", whether that opens lines.

    Patterns must not have groups that are named or numbered.
    """
    phrases: dict[str, T] = {}
    groups: dict[str, T] = {}
    whole: list[str] = []
    opening: list[str] = []
    for value, lines, pattern, opens in rules:
        for line in lines:
            phrases.setdefault(line, value)
        if pattern:
            name = f"r{len(groups)}"
            groups[name] = value
            whole.append(f"(?P<{name}>{pattern})")
            opening += whole[-1:] if opens else []
    return Alternatives(phrases, "|".join(whole) or _NEVER, "|".join(opening) or _NEVER, groups)


def any_of(expressions: Iterable[str]) -> str:
    """Join regular expressions to one that meets what any of them does: mostly none does, which it says at once."""
    return "|".join(_NAMED.sub("(?:", f"(?:{one})") for one in expressions) or _NEVER


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile a long pattern where it is needed: that takes a tenth of a second, and many inputs need none."""
    return re.compile(pattern)
