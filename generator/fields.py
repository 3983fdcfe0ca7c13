"""Front matter values to the types of their fields, whoever read them: a title is text, a date has its zone."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo
from typing import Any

from generator import urls
from generator.characters import shown
from generator.model import DateFrom, Source
from generator.scalars import Value
from generator.text import LANGUAGE, clipped

MOST = 200
"""Tags, authors, former addresses or translations of an article: each makes a page, or a line of one."""

LONGEST = 1_000
"""Characters of a title, a name or any other text of one line."""

LONGEST_SUMMARY = 5_000
"""Characters of a summary, which stands on a dozen pages."""

LONGEST_ADDRESS = 4_000
"""Characters of an address: browsers and servers end somewhere beyond 2,000."""

_SHOWN = 80
"""Characters of a value that a message shows."""

_PATH = re.compile(r"/(?!/)[^\s\\?#]*")  # on the site itself


class Wrong(Exception):
    """A field's value cannot be used; the sentence says what it should be."""


def quoted(text: str) -> str:
    """Quote a value for a message, its beginning if it is long."""
    return repr(clipped(text, _SHOWN))


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
        raise Wrong(f"is no language: {quoted(tag)}; write a tag such as `de` or `pt-BR`")
    return tag


def _texts(value: Value, zone: tzinfo) -> tuple[str, ...]:
    if isinstance(value, str):
        parts = _text(value, zone).split(",")
    elif isinstance(value, tuple):
        parts = [_text(entry, zone) for entry in dict.fromkeys(value)]
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
            f"is no date: {quoted(text)} ({reason}); write 2025-06-02 or 2025-06-02T14:10:00+02:00"
        ) from None
    try:
        aware = moment if moment.tzinfo else moment.replace(tzinfo=zone)
        aware.astimezone(zone)
    except (OverflowError, ValueError):
        raise Wrong(f"is out of range: {quoted(text)}") from None
    return aware


def _yes_or_no(value: Value, zone: tzinfo) -> bool:
    word = _text(value, zone).lower()
    if word not in {"true", "yes", "on", "false", "no", "off", ""}:
        raise Wrong(f"must be true or false, not {quoted(word)}")
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
            raise Wrong(f"names a language {quoted(tag)}; write a tag such as `de` or `pt-BR`")
        if not urls.is_web(address) and (not _PATH.fullmatch(address) or shown(address) != address):
            raise Wrong(
                f"needs a path such as /2025/06/02/bruecke/ or an address for `{tag}`, not {quoted(address)}"
            )
    return tuple(found.items())


def _date_from(value: Value, zone: tzinfo) -> DateFrom | None:
    word = _text(value, zone)
    if word and word not in set(DateFrom):
        raise Wrong(f"must be one of {', '.join(DateFrom)}, not {quoted(word)}")
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


def fit(name: str, value: Any) -> tuple[Any, str]:  # noqa: ANN401 - a field's value
    """Give as much of a field's value as an article may have, and what is left out, "" for nothing.

    Raises:
        Wrong: nothing of it can be used: half an address leads elsewhere.
    """
    if isinstance(value, str):
        return _fit_text(name, value)
    if isinstance(value, Source):
        title, left_out = _fit_text("source", value.name)
        if len(value.url) <= LONGEST_ADDRESS:
            return Source(title, value.url), left_out
        return Source(title), f"has a `url` of more than {LONGEST_ADDRESS:,} characters; it is left out"
    if isinstance(value, tuple):
        return _fit_entries(name, value)
    return value, ""


def _fit_text(name: str, text: str) -> tuple[str, str]:
    if name in {"canonical", "image"}:
        if len(text) > LONGEST_ADDRESS:
            raise Wrong(f"has more than {LONGEST_ADDRESS:,} characters; name the file or its address")
        return text, ""
    longest = LONGEST_SUMMARY if name == "summary" else LONGEST
    if len(text) <= longest:
        return text, ""
    return f"{text[: longest - 1]}…", f"has more than {longest:,} characters; the rest is left out"


def _fit_entries(name: str, entries: tuple[Any, ...]) -> tuple[tuple[Any, ...], str]:
    longest = LONGEST if name in {"tags", "authors"} else LONGEST_ADDRESS
    short = tuple(entry for entry in entries if sum(map(len, entry)) <= longest)
    if len(short) > MOST:
        return short[:MOST], f"has {len(short):,} entries; the first {MOST} count, the others are left out"
    if len(short) < len(entries):
        return short, f"has entries of more than {longest:,} characters; they are left out"
    return entries, ""


DECIDING = frozenset({"title", "date", "draft", "expires"})
"""Fields that decide whether and where an article is published: without them it is not."""
