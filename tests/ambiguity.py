"""Whether a regular expression takes time in proportion to its text, whatever the text: a proof from its automaton.

Python tries one path through an expression after the other. That takes long where a text can be read on many paths,
or where a search begins a long reading anew at each character. Both show in the automaton of the expression:

- *twice*: a word leads from a place in a repeat back to it on two paths. The time grows exponentially.
- *shared*: a word leads from a place in one repeat back to it, from it to a place in another, and from that back to
  it. The time is multiplied by the times the second may run. A search is itself a repeat, of any character.

A repeat from which the whole is met without further condition is never tried in vain. What is not modelled counts
as possible, so that an answer may be too bad, never too good: lookarounds of more than a character, back
references, how often a repeat with a bound has run. A repeat that runs at most a thousand times is not *shared*.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from automata import Automaton, Builder, Loop
from parse_trees import branches, parse, repeats

SHORT = 1000
_MOST_STATES = 60_000  # more are not gone through: the answer is that it may be slow
_MOST_PATHS = 64


@dataclass(frozen=True)
class Finding:
    """Why an expression may be slow: the repeats, and what to repeat in a text to see it."""

    kind: str
    loops: tuple[str, ...]
    word: str


@dataclass(frozen=True)
class _Part:
    """An alternative of an expression; parts of equal text and flags are equal."""

    tree: Any = field(compare=False)
    widths: Any = field(compare=False)
    text: str
    flags: int


def judge(pattern: str | bytes, flags: int = 0, how: str = "search") -> list[Finding]:
    """Find why an expression may be slow that is used with `search` (or any like it), `match` or `fullmatch`."""
    tree = parse(pattern, flags)
    found: list[Finding] = []
    for part, own in branches(list(tree), tree.state.flags):
        if repeats(part):
            found += _judged(
                _Part(part, tree.state.groupwidths, repr(part), own), how, isinstance(pattern, bytes)
            )
    return found


@cache
def _judged(part: _Part, how: str, octets: bool) -> tuple[Finding, ...]:  # noqa: FBT001 - a key of the cache
    builder = Builder(part.tree, part.flags, part.widths, octets=octets)
    return tuple(_Judge(builder.build(how), builder.chars).findings())


class _Judge:
    """Finds what is read twice or shared in an automaton."""

    def __init__(self, made: Automaton, chars: Sequence[str]) -> None:
        self.made = made
        self.chars = chars
        self.letters = [2 << n for n in range(len(chars))]
        self.back: dict[int, list[int]] = {}
        for node, edges in enumerate(made.edges):
            for edge in edges:
                self.back.setdefault(edge.target, []).append(node)
        self.read = {edge.target for edges in made.edges for edge in edges if edge.on}
        self.steps: dict[tuple[int, int, int], tuple[int, ...]] = {}
        self.seen_as = self._grouped()
        self.befores = sorted(set(self.seen_as.values()))
        self.safe = self._safe()

    def _grouped(self) -> dict[int, int]:
        """For each character one of those that count the same where they stand before another."""
        masks = sorted({edge.before for edges in self.made.edges for edge in edges})
        first: dict[tuple[bool, ...], int] = {}
        return {
            letter: first.setdefault(tuple(bool(mask & letter) for mask in masks), letter)
            for letter in self.letters
        }

    def _safe(self) -> set[int]:
        """Places from which the end is reached without reading, on no condition but that a repeat is done."""
        found, todo = {self.made.accept}, [self.made.accept]
        while todo:
            target = todo.pop()
            for node in self.back.get(target, ()):
                free = any(edge.target == target and edge.free for edge in self.made.edges[node])
                if free and node not in found:
                    found.add(node)
                    todo.append(node)
        return found

    def findings(self) -> Iterator[Finding]:
        loops = self.made.loops
        for loop in loops:
            inner = any(one is not loop and loop.low < one.low < loop.high for one in loops)
            if (loop.most > SHORT or inner) and (word := self._twice(loop)):
                yield Finding("twice", (loop.text,), word)
        long = [loop for loop in loops if loop.most > SHORT]
        for first in long:
            for second in long:
                if first is not second and (word := self._shared(first, second)):
                    yield Finding("shared", (first.text, second.text), word)

    def _step(self, node: int, before: int, letter: int) -> tuple[int, ...]:
        """The places behind a character where another stood before it, each as often as paths lead there."""
        key = (node, before, letter)
        if key not in self.steps:
            found: list[int] = []
            self._follow(node, before, letter, (node,), found)
            self.steps[key] = tuple(found)
        return self.steps[key]

    def _follow(self, node: int, before: int, letter: int, path: tuple[int, ...], found: list[int]) -> None:
        for edge in self.made.edges[node]:
            if not edge.before & before or not edge.behind & letter:
                continue
            if not edge.on:
                if edge.target not in path and len(found) < _MOST_PATHS:
                    self._follow(edge.target, before, letter, (*path, edge.target), found)
            elif edge.on & letter:
                found.append(edge.target)

    def _ends(self, loop: Loop) -> set[int]:
        """The places in a repeat behind the last character of a round."""
        found, todo = {loop.head}, [loop.head]
        while todo:
            target = todo.pop()
            for node in self.back.get(target, ()):
                bare = any(edge.target == target and not edge.on for edge in self.made.edges[node])
                if bare and node not in found and loop.low <= node < loop.high:
                    found.add(node)
                    todo.append(node)
        return found & self.read

    def _reaching(self, node: int) -> set[int]:
        found, todo = {node}, [node]
        while todo:
            for one in self.back.get(todo.pop(), ()):
                if one not in found:
                    found.add(one)
                    todo.append(one)
        return found

    def _twice(self, loop: Loop) -> str:
        if loop.head in self.safe or loop.final or loop.searches:
            return ""
        starts = [(place, before) for place in sorted(self._ends(loop)) for before in self.befores]
        return next((word for place, before in starts if (word := self._twice_from(loop, place, before))), "")

    def _twice_from(self, loop: Loop, place: int, first: int) -> str:
        """The word that leads from a place of a repeat to itself on two paths, or ""."""
        inside = range(loop.low, loop.high)
        start = (place, place, first, False)
        came: dict[Any, tuple[Any, int] | None] = {start: None}
        todo = deque([start])
        while todo:
            state = todo.popleft()
            for letter in self.letters:
                for new in self._pairs(state, letter, inside):
                    if new in came:
                        continue
                    came[new] = (state, letter)
                    if new == (place, place, first, True):
                        return self._word(came, new)
                    todo.append(new)
            if len(came) > _MOST_STATES:
                return "(too large)"
        return ""

    def _pairs(self, state: tuple[int, int, int, bool], letter: int, inside: range) -> Iterator[Any]:
        one, two, before, parted = state
        ones = [node for node in self._step(one, before, letter) if node in inside]
        twos = [node for node in self._step(two, before, letter) if node in inside] if one != two else ones
        seen_as = self.seen_as[letter]
        for at, new in enumerate(ones):
            for other_at, other in enumerate(twos):
                yield new, other, seen_as, parted or one != two or at != other_at

    def _shared(self, first: Loop, second: Loop) -> str:
        within = first.low <= second.head < first.high
        looks = any(low <= second.head < high for low, high in self.made.looks)
        if (second.head in self.safe and not looks) or (first.head in self.safe and not within):
            return ""
        final = any(
            low <= first.head < high and not low <= second.head < high for low, high in self.made.atoms
        )
        towards = self._reaching(second.head)
        if (final and not within) or first.head not in towards:
            return ""
        towards |= set(range(second.low, second.high))
        places = sorted(self.read & set(range(second.low, second.high)))
        firsts = [first.head] if first.searches else sorted(self._ends(first))
        for one in firsts:
            for two in places:
                for before in self.befores if one != two else ():
                    if word := self._shared_from((first, second), (one, two), before, towards):
                        return word
        return ""

    def _shared_from(
        self, loops: tuple[Loop, Loop], places: tuple[int, int], first: int, towards: set[int]
    ) -> str:
        """The word that leads from one place to itself, to another, and from that to itself, or ""."""
        one, two = places
        start = (one, one, two, first)
        came: dict[Any, tuple[Any, int] | None] = {start: None}
        todo = deque([start])
        while todo:
            state = todo.popleft()
            for letter in self.letters:
                for new in self._triples(state, letter, loops, towards):
                    if new in came:
                        continue
                    came[new] = (state, letter)
                    if new == (one, two, two, first):
                        return self._word(came, new)
                    todo.append(new)
            if len(came) > _MOST_STATES:
                return "(too large)"
        return ""

    def _triples(
        self, state: tuple[int, int, int, int], letter: int, loops: tuple[Loop, Loop], towards: set[int]
    ) -> Iterator[Any]:
        one, way, two, before = state
        first, second = loops
        twos = {node for node in self._step(two, before, letter) if second.low <= node < second.high}
        ones = (
            {node for node in self._step(one, before, letter) if first.low <= node < first.high}
            if twos
            else set()
        )
        ways = {node for node in self._step(way, before, letter) if node in towards} if ones else set()
        for new in ones:
            for new_way in ways:
                for new_two in twos:
                    yield new, new_way, new_two, self.seen_as[letter]

    def _word(self, came: dict[Any, tuple[Any, int] | None], state: Any) -> str:  # noqa: ANN401 - a state
        letters: list[str] = []
        while step := came[state]:
            state, letter = step
            letters.append(self.chars[letter.bit_length() - 2])
        return "".join(reversed(letters))
