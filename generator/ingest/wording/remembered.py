"""What a function gives for each word of a text, remembered, for words come again and again."""

from collections.abc import Callable, Hashable
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Remembered(dict[Key, Value]):
    """What a function gives, by what it is given; `map(remembered.__getitem__, words)` asks for many at once.

    A look-up so costs a third of a call of a function under `lru_cache`, which notes which key was asked for last.
    Where there are too many keys all are forgotten.

    Args:
        make: gives the value of a key; never the same key's another.
        most: how many keys are remembered.
    """

    def __init__(self, make: Callable[[Key], Value], most: int) -> None:
        super().__init__()
        self._make = make
        self._most = most

    def __missing__(self, key: Key) -> Value:
        """Make what is not remembered yet."""
        if len(self) >= self._most:
            self.clear()
        value = self[key] = self._make(key)
        return value
