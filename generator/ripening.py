"""When to look at what changed: not while it is being written, soon when it is whole, many changes together.

Pure: whoever uses it says what time it is, and how a path looks.
"""

from collections.abc import Callable
from dataclasses import dataclass

CLOCK_ERROR = 1e-6
"""Seconds: a moment reached to within this is reached."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How long to wait for more, in seconds.

    Attributes:
        quick: before what is whole is given out, where nothing had changed for `calm`: a person saved a file.
        calm: that.
        quiet: the same since the last change, where many come, or where a path is gone and may be about to be back.
        longest: the same since the first change, however many more come.
        still: a path of which only a beginning was seen has to look the same for this long.
        open: the same where somebody has it open for writing.
    """

    quick: float
    calm: float
    quiet: float
    longest: float
    still: float
    open: float


@dataclass(slots=True)
class _Begun:
    """A path that may not be whole: when to look again, since when it looks so, how, and whether it was closed."""

    due: float
    since: float
    look: object
    closed: bool


class Ripening:
    """Paths that changed and wait until they are ripe.

    Args:
        pace: how long they wait.
        look: tells how a path looks, in a way that compares; it changes with the path's size and time.
        is_open: tells whether somebody has it open for writing.
    """

    def __init__(self, pace: Pace, look: Callable[[str], object], is_open: Callable[[str], bool]) -> None:
        self._pace = pace
        self._look = look
        self._is_open = is_open
        self._whole: dict[str, object] = {}
        self._begun: dict[str, _Begun] = {}
        self._first = 0.0
        self._last = -pace.calm
        self._ripe = 0.0

    def __bool__(self) -> bool:
        """Tell whether anything waits."""
        return bool(self._whole or self._begun)

    def add_whole(self, path: str, now: float, *, gone: bool = False) -> None:
        """Note that a path changed and is whole: it was closed, moved there, or is gone."""
        self._begun.pop(path, None)
        if not self._whole:
            self._first = now
        quick = not gone and (self._whole.keys() <= {path} and now - self._last >= self._pace.calm)
        self._ripe = now + (self._pace.quick if quick else self._pace.quiet)
        self._last = now
        self._whole[path] = self._look(path)

    def add_begun(self, path: str, now: float, *, closed: bool = False) -> None:
        """Note that a path changed and may not be whole; `closed`: who wrote it has closed it, but may go on."""
        look, begun = self._look(path), self._begun.get(path)
        if path in self._whole and self._whole[path] == look:
            return  # what is told of now came before it was whole
        self._whole.pop(path, None)
        if begun is None or (begun.look, begun.closed) != (look, closed):
            self._begun[path] = _Begun(now + self._pace.still, now, look, closed)

    def next(self) -> float | None:
        """Give the moment at which something may be ripe, `None` while nothing waits."""
        moments = [begun.due for begun in self._begun.values()]
        return min([*moments, self._ripe_at()] if self._whole else moments, default=None)

    def take(self, now: float) -> tuple[str, ...]:
        """Give out what is ripe, in order; what was begun is if it has been still. The rest goes on waiting."""
        self._look_again(now)
        if not self._whole or self._ripe_at() > now + CLOCK_ERROR:
            return ()
        ripe = tuple(sorted(self._whole))
        self._whole.clear()
        return ripe

    def _ripe_at(self) -> float:
        return min(self._ripe, self._first + self._pace.longest)

    def _look_again(self, now: float) -> None:
        for path, begun in list(self._begun.items()):
            if begun.due > now + CLOCK_ERROR:
                continue
            look = self._look(path)
            since = begun.since if look == begun.look else now
            waits = not begun.closed and now - since < self._pace.open
            if look != begun.look or (waits and self._is_open(path)):
                self._begun[path] = _Begun(now + self._pace.still, since, look, begun.closed)
                continue
            del self._begun[path]
            self._first = self._first if self._whole else now - self._pace.longest
            self._whole[path] = look
