"""The patterns of rules, as their files write them, to regular expressions."""

import re
from functools import cache

_PLACE = re.compile(r"\{([a-z]+)\}")
_SPACE = re.compile(r"\[(?:\\.|[^\]\\])*\]|\\.|(?P<space> )", re.DOTALL)
_DEEPEST = 8  # words that may stand in one another


NO_PATTERN = (re.error, RecursionError, OverflowError)
"""What `re.compile` raises for what is no pattern, nests too deep, or repeats too often."""


@cache
def expand(pattern: str, words: tuple[tuple[str, str], ...]) -> str:
    """Make a regular expression of a pattern: `{name}` is the words of that name, a space any white space.

    Raises:
        re.error: nothing is called so; words name each other in a ring.
    """
    known = dict(words)
    for _ in range(_DEEPEST):
        named = set(_PLACE.findall(pattern))
        if not named:
            return _SPACE.sub(lambda found: r"(?:\s{1,9})" if found["space"] else found[0], pattern)
        if missing := named - known.keys():
            raise re.error(f"no words are called {min(missing)!r}")
        pattern = _PLACE.sub(lambda place: known[place[1]], pattern)
    raise re.error("its words name each other in a ring")
