"""Which characters a text may hold where it is shown: in pages, in feeds, on a terminal."""

import re
import unicodedata
from collections.abc import Iterable

MOST_MARKS = 30
"""Combining marks in a row: as many as any script needs (Unicode UAX 15, "Stream-Safe Text Format")."""

_PLANES = "".join(f"{chr((plane << 16) + 0xFFFE)}{chr((plane << 16) + 0xFFFF)}" for plane in range(1, 17))
_NEVER = re.compile(
    rf"(?P<space>[\x0b\x0c\x1c-\x1f\x85])|(?P<half>[\ud800-\udfff])|[\x00-\x08\x0e-\x1b\x7f-\x9f]"
    rf"|[\ufdd0-\ufdef\ufffe\uffff{_PLANES}]"
)
_LED = {
    b"\xc2": re.compile(rb"\xc2[\x80-\x9f]"),
    b"\xef": re.compile(rb"\xef(?:\xb7[\x90-\xaf]|\xbf[\xbe\xbf])"),
    b"\xf0": re.compile(rb"\xf0[\x9f\xaf\xbf]\xbf[\xbe\xbf]"),
    **{
        lead: re.compile(lead + rb"[\x8f\x9f\xaf\xbf]\xbf[\xbe\xbf]")
        for lead in (b"\xf1", b"\xf2", b"\xf3", b"\xf4")
    },
}
"""By the byte they begin with in UTF-8, those of these characters that are not ASCII: whole articles come by."""

_CONTROLS = bytes({*range(0x20), 0x7F} - {*b"\t\n\r"})

_OPENING, _ISOLATING = frozenset("\u202a\u202b\u202d\u202e"), frozenset("\u2066\u2067\u2068")
_END, _END_OF_ISOLATE = "\u202c", "\u2069"
_DIRECTED = re.compile("[\u202a-\u202e\u2066-\u2069]")
_FLOOD = re.compile(rf"[^\x00-\x7f\w\s]{{{MOST_MARKS + 1},}}")
_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def shown(text: str) -> str:
    """Give a text as pages and feeds may show it.

    What HTML and XML forbid or advise against goes: control characters and non-characters, of which those that
    part words or lines become a space. Half a surrogate pair becomes U+FFFD. What sets a direction is closed as in
    `balanced`. All else stays as it is: also what nobody sees, or nobody has assigned yet.
    """
    if text.isprintable():
        return text
    return balanced(_NEVER.sub(_instead, text))


def all_shown(names: Iterable[str]) -> tuple[str, ...]:
    """Give names as pages and feeds may show them, without those of which nothing is left."""
    return tuple(name for name in map(shown, names) if name.strip())


def without_controls(html: str) -> str:
    """Give HTML without the characters that `shown` takes away. Directions stay: they end with each block."""
    return _NEVER.sub(_instead, html)


def may_lose(data: bytes) -> bool:
    """Tell whether HTML in UTF-8 holds characters that `without_controls` takes away: hardly any does."""
    if len(data.translate(None, _CONTROLS)) != len(data):
        return True
    return not data.isascii() and any(lead in data and led.search(data) for lead, led in _LED.items())


def _instead(found: re.Match[str]) -> str:
    return {"space": " ", "half": "\ufffd"}.get(found.lastgroup or "", "")


def balanced(text: str) -> str:
    """Close every direction that a text sets and leaves open, and take away what closes none (Unicode UAX 9).

    So that it does not turn around what stands behind it, on a page, in a feed reader or on a terminal.
    """
    if not _DIRECTED.search(text):
        return text
    kept: list[str] = []
    open_: list[str] = []
    isolates = 0  # that are open: to look for one each time would take ages in a text of nothing else
    for character in text:
        if character in _OPENING:
            open_.append(_END)
        elif character in _ISOLATING:
            open_.append(_END_OF_ISOLATE)
            isolates += 1
        elif character == _END:
            if open_[-1:] != [_END]:
                continue
            open_.pop()
        elif character == _END_OF_ISOLATE:
            if not isolates:
                continue
            isolates -= 1
            while open_[-1] == _END:  # the end of an isolate ends what was opened inside
                kept.append(open_.pop())
            open_.pop()
        kept.append(character)
    return "".join((*kept, *reversed(open_)))


def without_floods(text: str) -> str:
    """Leave `MOST_MARKS` combining marks in a row: more hide what stands around, and take ages to be sorted."""
    if text.isascii() or len(text) <= MOST_MARKS:
        return text
    return _FLOOD.sub(_thinned, text)


def _thinned(found: re.Match[str]) -> str:
    kept: list[str] = []
    marks = 0
    for character in found[0]:
        marks = marks + 1 if unicodedata.category(character)[0] == "M" else 0
        if marks <= MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def printed(text: str) -> str:
    """Give a text as a terminal may show it: what would steer it, or turn its line around, becomes U+FFFD."""
    return text if text.isprintable() else _STEERING.sub("\ufffd", text)
