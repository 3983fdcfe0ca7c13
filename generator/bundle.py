"""The files of a Pagefind index: those it does not write alike twice are written anew, in one order.

Pagefind (1.5) keeps filters in hash maps and writes them as they come, and names files by digests of that. What
its reader needs of the names is only that they lead from one file to the next. Those files are gzip (RFC 1952) of
a mark and CBOR (RFC 8949) of arrays, text and numbers.
"""

import gzip
import json
from collections.abc import Iterator
from typing import Any

MARK = b"pagefind_dcd"
"""Begins what Pagefind compresses."""

META, FILTERS = 6, 3
"""How many fields a `pf_meta` file has, and which of them lists the filters."""

_UNSIGNED, _TEXT, _ARRAY = 0, 3, 4
"""The major types of CBOR that there are here."""

_SHORT, _LONGEST = 24, 27
"""In the first byte of an item: from where on its number follows, in 1, 2, 4 or 8 bytes."""


class Unlike(Exception):
    """A file is not of the form it has in the versions of Pagefind that this knows."""


def settled(files: dict[str, bytes], language: str) -> Iterator[tuple[str, bytes]]:
    """Give files in the place of those that Pagefind writes in any order.

    Args:
        files: `pagefind-entry.json`, the only `pf_meta` file and every `pf_filter` file of an index, by name.
        language: the only one of the index.

    Yields:
        Names and bytes: the same for the same articles, in the same order.

    Raises:
        Unlike: another version wrote them.
    """
    try:
        yield from _settled(files, language)
    except (ValueError, TypeError, LookupError, OSError, EOFError) as error:
        raise Unlike(f"Pagefind wrote files of an unknown form ({error})") from error


def _settled(files: dict[str, bytes], language: str) -> Iterator[tuple[str, bytes]]:
    meta = next(_read(data) for name, data in files.items() if name.endswith(".pf_meta"))
    if len(meta) != META:
        raise Unlike(f"Pagefind wrote an index of {len(meta)} parts, not {META}")
    filters = sorted(_read(data) for name, data in files.items() if name.endswith(".pf_filter"))
    for name, values in filters:
        yield f"filter/{name}.pf_filter", _write([name, sorted(values)])
    meta[FILTERS] = [[name, name] for name, _ in filters]
    yield "pagefind.all.pf_meta", _write(meta)
    entry = json.loads(files["pagefind-entry.json"])
    entry["languages"] = {language: {**entry["languages"][language], "hash": "all"}}
    yield "pagefind-entry.json", json.dumps(entry, ensure_ascii=False, sort_keys=True).encode()


def _read(data: bytes) -> Any:  # noqa: ANN401 - lists of lists, texts and numbers
    data = gzip.decompress(data)
    value, end = decode(data, len(MARK))
    if not data.startswith(MARK) or end != len(data):
        raise ValueError("a mark or an end is missing")
    return value


def _write(value: Any) -> bytes:  # noqa: ANN401 - the same
    return gzip.compress(MARK + encode(value), compresslevel=9, mtime=0)


def decode(data: bytes, at: int) -> tuple[Any, int]:
    """Read one item of CBOR: a number from 0 on, a text, or an array of such; give it and where it ends.

    Raises:
        ValueError: it is another kind of item.
        IndexError: it is cut short.
    """
    kind, number, at = data[at] >> 5, data[at] & 31, at + 1
    if _SHORT <= number <= _LONGEST:
        length = 1 << (number - _SHORT)
        number, at = int.from_bytes(data[at : at + length], "big"), at + length
    elif number > _LONGEST:
        raise ValueError("an array of no given length")
    if kind == _UNSIGNED:
        return number, at
    if kind == _TEXT:
        return data[at : at + number].decode(), at + number
    if kind != _ARRAY:
        raise ValueError(f"an item of type {kind}")
    items = []
    for _ in range(number):
        item, at = decode(data, at)
        items.append(item)
    return items, at


def encode(value: Any) -> bytes:  # noqa: ANN401 - what `decode` gives
    """Write the same in the shortest form (RFC 8949, section 4.2)."""
    if isinstance(value, int):
        return _head(_UNSIGNED, value)
    if isinstance(value, str):
        text = value.encode()
        return _head(_TEXT, len(text)) + text
    return _head(_ARRAY, len(value)) + b"".join(map(encode, value))


def _head(kind: int, number: int) -> bytes:
    if number < _SHORT:
        return bytes([kind << 5 | number])
    power = next(power for power in range(4) if number < 1 << (8 << power))
    return bytes([kind << 5 | (_SHORT + power)]) + number.to_bytes(1 << power, "big")
