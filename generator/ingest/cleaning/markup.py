"""Markup that scraping left in plain text: tags, entities, and either of them percent-encoded."""

import html
import re
from urllib.parse import unquote

_BLOCK = (
    "p|div|br|li|ul|ol|h[1-6]|tr|td|th|table|section|article|blockquote|figure|figcaption|hr|iframe|img|aside"
)
_INLINE = "a|abbr|b|cite|code|em|font|i|q|s|small|span|strong|sub|sup|u|svg|time|wbr"
_SPACE = re.compile(r"(\s+)")
_TAG = re.compile(rf"</?(?:(?P<block>{_BLOCK})|{_INLINE})\b(?:\s[^<>]{{0,2000}}|/)?>", re.IGNORECASE)
_CLOSING = re.compile(r"</[a-z]|<br\b|<img\b|<iframe\b|/>", re.IGNORECASE)
_ENTITY = re.compile(
    r"&(?:amp;)*(?:amp|nbsp|lt|gt|quot|apos|[lr][ds]quo|[bs]dquo|sbquo|[nm]dash|hellip|laquo|raquo|euro|pound|copy"
    r"|reg|deg"
    r"|[a-zA-Z](?:acute|grave|circ|uml|tilde|cedil|ring|slash|caron)|szlig|aelig|oelig|shy|middot|bull|trade"
    r"|#\d{2,6}|#x[0-9a-fA-F]{2,5});"
)


def unmarked(text: str) -> str:
    """Give a text without the markup that was left in it: blocks are parted by a space, entities are characters.

    Only known tags go, and only where one of them is closed; a text that speaks of `<div>` keeps it. Entities may
    be encoded more than once.
    """
    if "%3C" in text or "%3c" in text:
        text = "".join(map(_decoded, _SPACE.split(text)))
    if "<" in text and _CLOSING.search(text):
        text = _without_tags(text)
    if "&" in text:
        text = _ENTITY.sub(_character, text)
    return text


def _decoded(token: str) -> str:
    """Read a word that has percent-encoded tags in it; what stands before and behind them is no part of them."""
    upper = token.upper()
    start, end = upper.find("%3C"), upper.rfind("%3E") + 3
    return (
        f"{token[:start]}{_without_tags(unquote(token[start:end]))}{token[end:]}"
        if 0 <= start < end
        else token
    )


def _without_tags(text: str) -> str:
    return _TAG.sub(lambda tag: " " if tag["block"] else "", text)


def _character(found: re.Match[str]) -> str:
    return html.unescape(f"&{found[0].removeprefix('&').replace('amp;', '') or 'amp;'}")
