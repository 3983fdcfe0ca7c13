"""The front matter nearly every file has, read without YAML: keys with a value on one line, simply written.

Whatever is not certain is refused as a whole and left to YAML; what is read here, YAML reads the same way.
"""

import re
from collections.abc import Container, Mapping, Sequence
from itertools import pairwise

Value = str | tuple[str | None, ...] | Mapping[str, str | None]
"""What stands in front matter: text, a list, a table; `None` is an entry that is no text, null is empty text."""

# What libyaml reads without complaint (`yaml_parser_update_buffer`), less what ends a line for YAML alone (NEL,
# U+2028, U+2029), tabs and the byte order mark.
_PRINTABLE = re.compile("[\n -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]*+")

_INDICATORS = "-?:,[]{}#&*!|>'\"%@`"
_NULLS = frozenset({"~", "null", "Null", "NULL"})

# The question mark ends a word inside brackets for some versions of libyaml and not for others.
_WORD = r"""((?:'[^']*+')++|"[^"]*+"|[^,\[\]{}?'"][^,\[\]{}?]*+) *+(?:,|\Z)"""
_ENTRY = re.compile(rf" *+(){_WORD}")
_PAIR = re.compile(rf" *+([A-Za-z_]{{1,99}}+): ++{_WORD}")


def read_plain(head: str, known: Container[str]) -> dict[str, tuple[int, Value]] | None:
    r"""Read front matter of the simplest form: scalars, lists and tables on one line, lists of a line per entry.

    Args:
        head: what stands between the fences, line ends as `\n`.
        known: the keys to expect, words of letters and underscores.

    Returns:
        For every key, in order, its line from 0 and its value, exactly as YAML 1.1 (libyaml) has them; `None`
        where anything is not certain: another key or the same one twice, a form not known here, an error.
    """
    if not _PRINTABLE.fullmatch(head):
        return None
    lines = head.split("\n")
    starts = [number for number, line in enumerate(lines) if line and line[0] not in " -#"]
    if not starts or _written(lines[: starts[0]]):
        return None
    fields: dict[str, tuple[int, Value]] = {}
    for start, end in pairwise([*starts, len(lines)]):
        name, colon, text = lines[start].partition(":")
        value = _value(text, lines[start + 1 : end]) if colon else None
        if value is None or name not in known or name in fields:
            return None
        fields[name] = start, value
    return fields


def _written(lines: Sequence[str]) -> list[str]:
    return [line for line in lines if line and line[0] != "#"]


def _value(text: str, below: Sequence[str]) -> Value | None:
    if text and text[0] != " ":
        return None
    text = text.strip(" ")
    entries = below and _written(below)
    if entries:
        return None if text else _block(entries)
    if not text:
        return ""
    return _flow(text) if text[0] in "[{" else _scalar(text)


def _block(lines: Sequence[str]) -> tuple[str, ...] | None:
    mark = " " * (len(lines[0]) - len(lines[0].lstrip(" "))) + "- "
    values = [_scalar(line[len(mark) :].strip(" ")) for line in lines if line.startswith(mark)]
    return _whole(values) if len(values) == len(lines) else None


def _flow(text: str) -> Value | None:
    if text[-1] != ("]" if text[0] == "[" else "}"):
        return None
    pattern = _ENTRY if text[0] == "[" else _PAIR
    names: list[str] = []
    values: list[str | None] = []
    place, end = 1, len(text) - 1
    while place < end:
        match = pattern.match(text, place, end)
        if match is None:
            return None
        names.append(match[1])
        values.append(_scalar(match[2].rstrip(" ")))
        place = match.end()
    whole = _whole(values)
    if pattern is _ENTRY or whole is None:
        return whole
    return dict(zip(names, whole, strict=True)) if len(set(names)) == len(names) else None


def _whole(values: Sequence[str | None]) -> tuple[str, ...] | None:
    texts = tuple(value for value in values if value is not None)
    return texts if len(texts) == len(values) else None


def _scalar(text: str) -> str | None:
    """Read one scalar without space around it; inside brackets it holds no comma, bracket or question mark."""
    if text[:1] == "'":
        inner = text[1:-1]
        closed = len(text) > 1 and text[-1] == "'" and "'" not in inner.replace("''", "")
        return inner.replace("''", "'") if closed else None
    if text[:1] == '"':
        inner = text[1:-1]
        closed = len(text) > 1 and text[-1] == '"' and '"' not in inner and "\\" not in inner
        return inner if closed else None
    if text[:1] in _INDICATORS or text[-1] == ":" or ": " in text or " #" in text:
        return None
    return "" if text in _NULLS else text
