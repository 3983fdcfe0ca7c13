"""The automaton of a regular expression, made from the tree that `re` parses it to.

Characters that no set of the expression tells apart are one; sets of them are the bits of a number.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from re import _constants as c  # type: ignore[attr-defined] # the names of what a tree is made of
from typing import Any

from parse_trees import (
    REPEATS,
    SETS,
    SINGLE,
    UNROLLED,
    Tree,
    bounds_of,
    branches,
    changed,
    has,
    inside,
    items_of,
    repeats,
    single_of,
    spellings,
    walk,
)

NONE = 1
"""The bit of what stands before the first character and behind the last."""

INFINITE = 1 << 60
ANY = -1
_WORDS = [(c.CATEGORY, c.CATEGORY_WORD)]
_SAMPLE = "\u0300\u0660\u0628\u0915\u2028\u212a\u3000\u30ab\u4e2d\uac00\ud800\U0001f600"
_BYTES = 256


@dataclass(frozen=True, slots=True)
class Edge:
    """A step to a place: over a character of `on`, or over none, if what stands before and behind is right.

    `soft` is a condition that fails only where a repeat that gives nothing back goes on.
    """

    target: int
    on: int = 0
    before: int = ANY
    behind: int = ANY
    soft: bool = False

    @property
    def free(self) -> bool:
        """Whether nothing has to be there."""
        return not self.on and (self.soft or (self.before == ANY and self.behind == ANY))


@dataclass(frozen=True, slots=True)
class Loop:
    """A repeat: its head, the places from `low` up to `high` of its body, how often it runs at most."""

    head: int
    low: int
    high: int
    most: int
    text: str
    final: bool = False  # gives back nothing
    searches: bool = False


@dataclass
class Automaton:
    """Places and steps; `atoms` are stretches of places that give nothing back, `looks` are of lookaheads."""

    edges: list[list[Edge]] = field(default_factory=list)
    loops: list[Loop] = field(default_factory=list)
    atoms: list[tuple[int, int]] = field(default_factory=list)
    looks: list[tuple[int, int]] = field(default_factory=list)
    accept: int = -1


class Builder:
    """Makes the automaton of a tree."""

    def __init__(self, tree: Tree, flags: int, widths: Sequence[Any], *, octets: bool) -> None:
        self.made = Automaton()
        self.tree, self.flags, self.widths = tree, flags, widths
        self.chars = self._sorts(octets=octets)
        self.every = sum(2 << n for n in range(len(self.chars)))

    def _sorts(self, *, octets: bool) -> list[str]:
        """One character of each sort."""
        singles = [
            (items_of(op, value), own)
            for op, value, own in walk(self.tree, self.flags)
            if op in (c.IN, *SINGLE)
        ]
        singles += [(_WORDS, self.flags), ([(c.LITERAL, ord("\n"))], 0)]
        keys = list(dict.fromkeys(self._key(items, own) for items, own in singles))
        points = {point for items, _ in singles for point in bounds_of(items) if 0 <= point <= 0x10FFFF}
        pool = {*map(chr, points), *map(chr, range(_BYTES)), *_SAMPLE}
        pool |= {one for char in set(pool) for one in spellings(char, re.IGNORECASE)}
        known: dict[tuple[bool, ...], str] = {}
        for char in sorted(pool):
            if not octets or ord(char) < _BYTES:
                known.setdefault(tuple(has(key, char) for key in keys), char)
        return list(known.values())

    def _key(self, items: list[Any], flags: int) -> str:
        key = f"{items}{flags}"
        SETS.setdefault(key, (items, flags))
        return key

    def bits(self, items: list[Any], flags: int) -> int:
        """The characters of a set."""
        key = self._key(items, flags)
        return sum(2 << n for n, char in enumerate(self.chars) if has(key, char))

    def _node(self) -> int:
        self.made.edges.append([])
        return len(self.made.edges) - 1

    def _link(self, start: int, end: int, **conditions: Any) -> int:  # noqa: ANN401 - as `Edge` has them
        self.made.edges[start].append(Edge(end, **conditions))
        return end

    def build(self, how: str) -> Automaton:
        """Make the automaton for a way to use the expression: `match`, `fullmatch`, or any that searches."""
        start = self._node()
        if how not in ("match", "fullmatch"):
            self._link(start, start, on=self.every)
            self.made.loops.append(Loop(start, start, start + 1, INFINITE, "(search)", searches=True))
        end = self._sequence(self.tree, start, self.flags)
        self.made.accept = self._link(end, self._node(), behind=NONE if how == "fullmatch" else ANY)
        return self.made

    def _sequence(self, tree: Tree, at: int, flags: int) -> int:
        for op, value in tree:
            at = self._item(op, value, at, flags)
        return at

    def _item(self, op: Any, value: Any, at: int, flags: int) -> int:  # noqa: ANN401, PLR0911 - a case each
        if op is c.IN or op in SINGLE:
            return self._link(at, self._node(), on=self.bits(items_of(op, value), flags))
        if op is c.SUBPATTERN:
            return self._sequence(value[3], at, changed(flags, value))
        if op in REPEATS:
            return self._repeat(op, value, at, flags)
        if op is c.AT:
            return self._anchor(str(value), at, flags)
        if op in (c.ASSERT, c.ASSERT_NOT):
            return self._look(op, value, at, flags)
        if op is c.GROUPREF:
            low, high = self.widths[value]
            return self._repeat(c.MAX_REPEAT, (low, high, [(c.IN, [(c.NEGATE, None), *_NOTHING])]), at, flags)
        if op is c.FAILURE:
            return self._node()
        return self._branch(
            [one for one, _ in inside(op, value, flags)], at, flags, final=op is c.ATOMIC_GROUP
        )

    def _branch(self, bodies: Sequence[Tree], at: int, flags: int, *, final: bool) -> int:
        starts = [self._link(at, self._node()) for _ in bodies]
        ends = [self._sequence(body, start, flags) for body, start in zip(bodies, starts, strict=True)]
        out = self._node()
        for end in ends:
            self._link(end, out)
        if final:
            self.made.atoms.append((starts[0], out))
        return out

    def _repeat(self, op: Any, value: Any, at: int, flags: int) -> int:  # noqa: ANN401 - of a tree
        least, most, body = value
        final = op is c.POSSESSIVE_REPEAT
        if most <= UNROLLED:
            return self._few(body, (least, most), at, flags, final=final)
        if least:
            at = self._sequence(body, self._link(at, self._node()), flags)
        head = self._link(at, self._node())
        end = self._sequence(body, self._link(head, self._node()), flags)
        self._link(end, head)
        out = self._node()
        single = single_of(body) if final and most == c.MAXREPEAT else None
        behind = NONE | (self.every & ~self.bits(single, flags)) if single else ANY
        self._link(head, out, behind=behind, soft=bool(single))
        bound = INFINITE if most == c.MAXREPEAT else int(most)
        self.made.loops.append(
            Loop(head, head, out, bound, f"{op}{{{least},{most}}}: {str(body)[:80]}", final)
        )
        if final:
            self.made.atoms.append((head, out))
        return out

    def _few(self, body: Tree, bounds: tuple[int, int], at: int, flags: int, *, final: bool) -> int:
        low = at = self._link(at, self._node())
        ways = []
        for done in range(bounds[1]):
            ways += [at] if done >= bounds[0] else []
            at = self._sequence(body, at, flags)
        out = self._node()
        for end in (at, *ways):
            self._link(end, out)
        if final:
            self.made.atoms.append((low, out))
        return out

    def _anchor(self, name: str, at: int, flags: int) -> int:
        word = self.bits(_WORDS, flags)
        other = NONE | (self.every & ~word)
        line = NONE | self.bits([(c.LITERAL, ord("\n"))], 0)
        edge = line if flags & re.MULTILINE else NONE
        new = self._node()
        ways = {
            "AT_BEGINNING_STRING": [(NONE, ANY)],
            "AT_BEGINNING": [(edge, ANY)],
            "AT_END_STRING": [(ANY, NONE)],
            "AT_END": [(ANY, line)],
            "AT_BOUNDARY": [(word, other), (other, word)],
            "AT_NON_BOUNDARY": [(word, word), (other, other)],
        }[name]
        for before, behind in ways:
            self._link(at, new, before=before, behind=behind)
        return new

    def _look(self, op: Any, value: Any, at: int, flags: int) -> int:  # noqa: ANN401 - of a tree
        direction, body = value
        if direction > 0 and repeats(body):
            low = self._link(at, self._node())
            self._sequence(body, low, flags)
            self.made.looks.append((low, self._node()))
        if op is c.ASSERT_NOT:
            allowed = (NONE | self.every) & ~self._barred(body, flags)
        else:
            allowed = self._first(body, direction, flags)
        return self._link(at, self._node(), **{"behind" if direction > 0 else "before": allowed})

    def _barred(self, body: Tree, flags: int) -> int:
        """What a lookaround bars: its alternatives of one character."""
        barred = 0
        for one, own in branches(list(body), flags):
            single = single_of(one)
            barred |= self.bits(single, own) if single else 0
            barred |= (
                NONE
                if [str(value) for op, value in one if op is c.AT] in ([_END], [_START]) and len(one) == 1
                else 0
            )
        return barred

    def _first(self, body: Tree, direction: int, flags: int) -> int:
        """What a lookaround begins with, or ends with that looks back."""
        allowed = 0
        for one, own in branches(list(body), flags):
            op, value = one[0 if direction > 0 else -1] if one else _NO_ITEM
            if op is c.IN or op in SINGLE:
                allowed |= self.bits(items_of(op, value), own)
            elif op is c.AT and str(value) in (_END, _START):
                allowed |= NONE
            elif op in REPEATS and value[0]:
                allowed |= self._first(value[2], direction, own)
            else:
                return ANY
        return allowed


_NO_ITEM: tuple[Any, Any] = (None, None)
_END, _START = "AT_END_STRING", "AT_BEGINNING_STRING"
_NOTHING = [(c.LITERAL, 0x10FFFF)]
