"""The text that a field of a feed or a record holds to paragraphs: HTML, escaped HTML, text with line ends."""

import html
import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from urllib.parse import unquote

from generator.ingest.feeds.htmltext import Fragment, looks_like_html, read_fragment
from generator.ingest.splitting.lines import ends_sentence

_ESCAPED_TAG = re.compile(
    r"&(?:amp;)?lt;/?(?:p|br|div|a|h[1-6]|ul|li|strong|em|b|i|img|span)\b", re.IGNORECASE
)
_PERCENT_TAG = re.compile(r"%3C/?(?:p|br|div|a|h[1-6]|ul|li|strong|em|b|i|img|span)(?:%|/)", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_WRITTEN_END = re.compile(r"(?:\\r)?\\n|\\r")
_PATH = re.compile(r"[A-Za-z]:\\")
_WIDEST, _NARROWEST = 110, 40  # characters of a line in hard-wrapped text
_FULL = 0.6  # share of the widest line that all lines but the last of wrapped text fill
_ROUNDS = 2  # times a text may have been escaped


def read_field(value: str) -> Fragment:
    r"""Read the text of a field: its paragraphs with their kinds, its first picture.

    Escaped line ends (`\\n` written out), escaped and percent-encoded HTML and left-over entities are undone.
    Text without markup is parted at empty lines; where lines stand without empty ones, each is a paragraph,
    unless they were wrapped at a width or the next goes on in mid-sentence.
    """
    text = unescaped(value)
    if looks_like_html(text):
        found = read_fragment(text)
        parts = [(kind, part) for kind, lines in found.paragraphs for part in _joined(lines.split("\n"))]
        return Fragment(tuple(parts), found.image)
    return Fragment(tuple(("", part) for part in _paragraphs(_entities(text))))


def read_line(value: str) -> str:
    """Read a field that holds one line, such as a title: no markup, no entities, single spaces."""
    text = unescaped(value)
    if looks_like_html(text) or re.search(r"</[a-z]{1,10}>|<br ?/?>", text):
        text = " ".join(part for _, part in read_fragment(text).paragraphs)
    return " ".join(_entities(text).split())


def unescaped(text: str) -> str:
    r"""Undo what a careless writer did to a text: `\\n` for a line end, `&lt;p&gt;` or `%3Cp%3E` for a tag."""
    if "\\n" in text and "\n" not in text and not _PATH.search(text):
        text = _WRITTEN_END.sub("\n", text).replace("\\t", " ").replace('\\"', '"')
    if len(_PERCENT_TAG.findall(text)) > 1:
        text = unquote(text)
    for _ in range(_ROUNDS):
        if "<" in text or len(_ESCAPED_TAG.findall(text)) < 2:  # noqa: PLR2004 - one may be what the text is about
            break
        text = html.unescape(text)
    return text


def _entities(text: str) -> str:
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text) if "&" in text else text


def _paragraphs(text: str) -> Iterator[str]:
    lines = [line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    for filled, group in groupby(lines, key=bool):
        if filled:
            yield from _joined(list(group))


def _joined(lines: Sequence[str]) -> list[str]:
    """Put neighbouring lines together where a paragraph goes on, with their line ends; part them elsewhere."""
    if _is_wrapped(lines):
        return ["\n".join(lines)]
    found: list[str] = []
    for line in lines:
        if found and line[:1].islower() and not ends_sentence(found[-1]):
            found[-1] += "\n" + line
        else:
            found.append(line)
    return found


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Tell whether lines were wrapped at a width: all full but the last, and many break off in a sentence."""
    if len(lines) < 2:  # noqa: PLR2004 - one line is not wrapped
        return False
    widest = max(map(len, lines))
    inner = lines[:-1]
    broken = sum(not ends_sentence(line) for line in inner)
    return (
        _NARROWEST <= widest <= _WIDEST
        and all(len(line) >= _FULL * widest for line in inner)
        and 2 * broken >= len(inner)
    )
