"""The trees that `re` parses regular expressions to, and which characters their sets have."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from re import _constants as c  # type: ignore[attr-defined] # the names of what a tree is made of
from re import _parser  # type: ignore[attr-defined] # there is no public one
from typing import Any

Tree = Any
UNROLLED = 4
"""Rounds of a repeat that are written out."""

REPEATS = (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT)
_NO_ITEM: tuple[Any, Any] = (None, None)
SINGLE = (c.LITERAL, c.NOT_LITERAL, c.ANY)


def parse(pattern: str | bytes, flags: int) -> Tree:
    """Parse an expression."""
    return _parser.parse(pattern, flags)


def branches(tree: list[Any], flags: int) -> Iterator[tuple[list[Any], int]]:
    """The alternatives of which an expression consists, with their flags: each is read for itself."""
    op, value = tree[0] if len(tree) == 1 else _NO_ITEM
    if op is c.BRANCH:
        for one in value[1]:
            yield from branches(list(one), flags)
    elif op is c.SUBPATTERN:
        yield from branches(list(value[3]), changed(flags, value))
    else:
        yield tree, flags


def repeats(tree: Tree) -> bool:
    """Whether anything repeats more than a few times."""
    return any(op in REPEATS and value[1] > UNROLLED for op, value, _ in walk(tree, 0))


def changed(flags: int, group: Any) -> int:  # noqa: ANN401 - of a tree
    return int((flags | group[1]) & ~group[2])


def inside(op: Any, value: Any, flags: int) -> Iterator[tuple[Tree, int]]:  # noqa: ANN401 - of a tree
    if op is c.SUBPATTERN:
        yield value[3], changed(flags, value)
    elif op is c.BRANCH:
        yield from ((one, flags) for one in value[1])
    elif op in REPEATS:
        yield value[2], flags
    elif op in (c.ASSERT, c.ASSERT_NOT):
        yield value[1], flags
    elif op is c.ATOMIC_GROUP:
        yield value, flags
    elif op is c.GROUPREF_EXISTS:
        yield from ((one, flags) for one in value[1:] if one)


def walk(tree: Tree, flags: int) -> Iterator[tuple[Any, Any, int]]:
    for op, value in tree:
        yield op, value, flags
        for part, own in inside(op, value, flags):
            yield from walk(part, own)


def items_of(op: Any, value: Any) -> list[Any]:  # noqa: ANN401 - of a tree
    return list(value) if op is c.IN else [(op, value)]


def single_of(body: Tree) -> list[Any] | None:
    """What a body of one character is made of."""
    op, value = body[0] if len(body) == 1 else _NO_ITEM
    return items_of(op, value) if op is c.IN or op in SINGLE else None


def spellings(char: str, flags: int) -> set[str]:
    if not flags & re.IGNORECASE:
        return {char}
    return {char, *(one for one in (char.lower(), char.upper(), char.swapcase()) if len(one) == 1)}


def _of_category(name: str, char: str, flags: int) -> bool:
    kind = name.removeprefix("CATEGORY_").removeprefix("NOT_")
    held = {"DIGIT": char.isdecimal(), "SPACE": char.isspace(), "WORD": char.isalnum() or char == "_"}[kind]
    held = held and (char.isascii() or not flags & re.ASCII)
    return held != ("NOT_" in name)


def _is(op: Any, value: Any, char: str, flags: int) -> bool:  # noqa: ANN401 - of a tree
    if op is c.CATEGORY:
        return _of_category(str(value), char, flags)
    if op is c.ANY:
        return char != "\n" or bool(flags & re.DOTALL)
    low, high = value if op is c.RANGE else (value, value)
    spelled = {one for each in spellings(char, flags) for one in spellings(each, flags)}
    held = any(low <= ord(one) <= high for one in spelled)
    return held != (op is c.NOT_LITERAL)


SETS: dict[str, tuple[list[Any], int]] = {}


@cache
def has(key: str, char: str) -> bool:
    items, flags = SETS[key]
    negated = items[0][0] is c.NEGATE
    return any(_is(op, value, char, flags) for op, value in items[negated:]) != negated


def bounds_of(items: Iterable[Any]) -> Iterator[int]:
    for op, value in items:
        if op in (c.LITERAL, c.NOT_LITERAL, c.RANGE):
            low, high = value if op is c.RANGE else (value, value)
            yield from (low - 1, low, (low + high) // 2, high, high + 1)
