"""Values to canonical JSON and back, checked against their types on the way in."""

import re
from collections.abc import Hashable
from functools import cache
from typing import Any, TypeVar, cast

import msgspec

T = TypeVar("T")
V = TypeVar("V", bound="Value | Record")

_ENCODER = msgspec.json.Encoder(order="deterministic")
_PACKER = msgspec.msgpack.Encoder()


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A typed table of a configuration: unknown names and wrong types are errors."""


class Value(msgspec.Struct, frozen=True, gc=False):
    """A frozen value made of text, numbers, dates and other such values: compared and encoded by what it holds.

    Thousands of them live at a time, and since none can be part of a cycle, Python need not look for one.
    """


class Mismatch(Exception):
    """A value does not fit its type. `where` is the path to it, such as `("site", "language")`."""

    def __init__(self, message: str, where: tuple[str, ...]) -> None:
        super().__init__(message)
        self.where = where


def encode(value: Any) -> bytes:  # noqa: ANN401 - any of our frozen values
    """Encode a value as JSON (RFC 8259): equal values give equal bytes, whatever the order of their keys."""
    return _ENCODER.encode(value)


def encode_readable(value: Any) -> bytes:  # noqa: ANN401 - the same
    """Encode a value as indented JSON for people, its keys in the order they have."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2)


def encode_plain(value: Any) -> bytes:  # noqa: ANN401 - the same
    """Encode a value as JSON in one line, its keys in the order they have."""
    return msgspec.json.encode(value)


def decode(data: bytes | str, kind: type[T]) -> T:
    """Decode JSON into a value of the given type.

    Raises:
        Mismatch: the data is not JSON, or not of that type.
    """
    try:
        decoder: msgspec.json.Decoder[T] = _decoder(cast("Hashable", kind))
        return decoder.decode(data)
    except msgspec.DecodeError as error:
        raise _mismatch(error) from error
    except UnicodeDecodeError as error:
        raise Mismatch(f"not UTF-8: {error.reason} at byte {error.start + 1}", ()) from error


def pack(value: Any) -> bytes:  # noqa: ANN401 - any of our frozen values
    """Pack a value (MessagePack) for another process of this version: pickle takes ten times as long."""
    return _PACKER.encode(value)


def unpack(data: bytes, kind: type[T]) -> T:
    """Unpack what `pack` gave, into a value of that type.

    Raises:
        Mismatch: the data is cut short, or not of that type.
    """
    unpacker: msgspec.msgpack.Decoder[T] = _unpacker(cast("Hashable", kind))
    try:
        return unpacker.decode(data)
    except msgspec.DecodeError as error:
        raise _mismatch(error) from error


@cache
def _unpacker(kind: Hashable) -> Any:  # noqa: ANN401 - a decoder of that kind
    return msgspec.msgpack.Decoder(kind)


@cache
def _decoder(kind: Hashable) -> Any:  # noqa: ANN401 - a decoder of that kind
    return msgspec.json.Decoder(kind)


def convert(data: Any, kind: type[T]) -> T:  # noqa: ANN401 - what a parser of TOML or YAML gave
    """Turn plain dictionaries, lists and scalars into a value of the given type.

    Raises:
        Mismatch: they do not fit it.
    """
    try:
        return msgspec.convert(data, type=kind)
    except msgspec.ValidationError as error:
        raise _mismatch(error) from error


def changed(value: V, **fields: Any) -> V:  # noqa: ANN401 - of whatever type they are
    """Copy a value, with some fields changed."""
    return msgspec.structs.replace(value, **fields)


def fields(kind: type) -> tuple[str, ...]:
    """Name the fields of a `Record` or `Value` type, as a person writes them; none for another type."""
    return kind.__struct_encode_fields__ if issubclass(kind, msgspec.Struct) else ()


def _mismatch(error: msgspec.DecodeError) -> Mismatch:
    # msgspec words its errors as "Expected `str`, got `int` - at `$.site.title`".
    message, _, place = str(error).partition(" - at `$")
    names = re.sub(r"\[[^\[\]]*\]", "", place.rstrip("`")).split(".")
    return Mismatch(message, tuple(name for name in names if name))
