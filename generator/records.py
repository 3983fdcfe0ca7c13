"""Values to canonical JSON and back, checked against their types on the way in."""

import re
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A typed table of a configuration: unknown names and wrong types are errors."""


class Mismatch(Exception):
    """A value does not fit its type. `where` is the path to it, such as `("site", "language")`."""

    def __init__(self, message: str, where: tuple[str, ...]) -> None:
        super().__init__(message)
        self.where = where


def encode(value: Any) -> bytes:  # noqa: ANN401 - any of our frozen values
    """Encode a value as JSON (RFC 8259): equal values give equal bytes, whatever the order of their keys."""
    return msgspec.json.encode(value, order="deterministic")


def encode_readable(value: Any) -> str:  # noqa: ANN401 - the same
    """Encode a value as indented JSON for people, its keys in the order they have."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()


def decode(data: bytes | str, kind: type[T]) -> T:
    """Decode JSON into a value of the given type.

    Raises:
        Mismatch: the data is not JSON, or not of that type.
    """
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.DecodeError as error:
        raise _mismatch(error) from error


def convert(data: Any, kind: type[T]) -> T:  # noqa: ANN401 - what a parser of TOML or YAML gave
    """Turn plain dictionaries, lists and scalars into a value of the given type.

    Raises:
        Mismatch: they do not fit it.
    """
    try:
        return msgspec.convert(data, type=kind)
    except msgspec.ValidationError as error:
        raise _mismatch(error) from error


def fields(kind: type) -> tuple[str, ...]:
    """Name the fields of a `Record` type, as a person writes them."""
    return kind.__struct_encode_fields__ if issubclass(kind, msgspec.Struct) else ()


def _mismatch(error: msgspec.DecodeError) -> Mismatch:
    # msgspec words its errors as "Expected `str`, got `int` - at `$.site.title`".
    message, _, place = str(error).partition(" - at `$")
    names = re.sub(r"\[.*?\]", "", place.rstrip("`")).split(".")
    return Mismatch(message, tuple(name for name in names if name))
