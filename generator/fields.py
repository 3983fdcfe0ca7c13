"""Front matter values to the types of their fields, whoever read them: a title is text, a date has its zone."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo
from typing import Any

from generator import urls
from generator.characters import shown
from generator.model import DateFrom, Source
from generator.scalars import Value
from generator.text import LANGUAGE

_PATH = re.compile(r"/(?!/)[^\s\\?#]*")  # on the site itself


class Wrong(Exception):
    """A field's value cannot be used; the sentence says what it should be."""


def _text(value: Value | None, _zone: tzinfo) -> str:
    if not isinstance(value, str):
        raise Wrong("must be text")
    # No space but single ones (others are not printable): what stays as it is need not be taken apart.
    if value.isprintable() and "  " not in value and value == value.strip():
        return value
    return " ".join(value.split())


def _language(value: Value, zone: tzinfo) -> str:
    tag = _text(value, zone)
    if tag and not LANGUAGE.fullmatch(tag):
        raise Wrong(f"is no language: {tag!r}; write a tag such as `de` or `pt-BR`")
    return tag


def _texts(value: Value, zone: tzinfo) -> tuple[str, ...]:
    if isinstance(value, str):
        parts = _text(value, zone).split(",")
    elif isinstance(value, tuple):
        parts = [_text(entry, zone) for entry in value]
    else:
        raise Wrong("must be a list, such as [one, two]")
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _moment(value: Value, zone: tzinfo) -> datetime | None:
    text = _text(value, zone)
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text.replace(" +", "+").replace(" Z", "Z"))
    except ValueError as error:
        reason = str(error) if "must be" in str(error) or "out of range" in str(error) else "not a date"
        raise Wrong(
            f"is no date: {text!r} ({reason}); write 2025-06-02 or 2025-06-02T14:10:00+02:00"
        ) from None
    try:
        aware = moment if moment.tzinfo else moment.replace(tzinfo=zone)
        aware.astimezone(zone)
    except (OverflowError, ValueError):
        raise Wrong(f"is out of range: {text!r}") from None
    return aware


def _yes_or_no(value: Value, zone: tzinfo) -> bool:
    word = _text(value, zone).lower()
    if word not in {"true", "yes", "on", "false", "no", "off", ""}:
        raise Wrong(f"must be true or false, not {word!r}")
    return word in {"true", "yes", "on"}


def _source(value: Value, zone: tzinfo) -> Source | None:
    if isinstance(value, str):
        name = _text(value, zone)
        return Source(name) if name else None
    if not isinstance(value, Mapping):
        raise Wrong("must be a name, or {name: …, url: …}")
    parts = {key: _text(entry, zone) for key, entry in value.items()}
    if not parts.get("name") or parts.keys() - {"name", "url"}:
        raise Wrong("needs a `name`, may have a `url`, and has nothing else")
    return Source(parts["name"], parts.get("url", ""))


def _translations(value: Value, zone: tzinfo) -> tuple[tuple[str, str], ...]:
    if not value:
        return ()
    if not isinstance(value, Mapping):
        raise Wrong("must be a table of languages and addresses, such as {de: /2025/06/02/bruecke/}")
    found = {tag: _text(address, zone) for tag, address in value.items()}
    for tag, address in found.items():
        if not LANGUAGE.fullmatch(tag):
            raise Wrong(f"names a language {tag!r}; write a tag such as `de` or `pt-BR`")
        if not urls.is_web(address) and (not _PATH.fullmatch(address) or shown(address) != address):
            raise Wrong(
                f"needs a path such as /2025/06/02/bruecke/ or an address for `{tag}`, not {address!r}"
            )
    return tuple(found.items())


def _date_from(value: Value, zone: tzinfo) -> DateFrom | None:
    word = _text(value, zone)
    if word and word not in set(DateFrom):
        raise Wrong(f"must be one of {', '.join(DateFrom)}, not {word!r}")
    return DateFrom(word) if word else None


FIELDS: Mapping[str, Callable[[Value, tzinfo], Any]] = {
    "title": _text,
    "date": _moment,
    "date_from": _date_from,
    "id": _text,
    "topic": _text,
    "tags": _texts,
    "source": _source,
    "authors": _texts,
    "dateline": _text,
    "language": _language,
    "summary": _text,
    "updated": _moment,
    "draft": _yes_or_no,
    "expires": _moment,
    "aliases": _texts,
    "canonical": _text,
    "image": _text,
    "translations": _translations,
}
"""Every key this version knows, and what reads its value: the value and the zone of dates that name none go in;
`Wrong` is raised where it cannot be used."""

DECIDING = frozenset({"title", "date", "draft", "expires"})
"""Fields that decide whether and where an article is published: without them it is not."""
