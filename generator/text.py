"""Text that documents and messages may hold: what XML cannot carry goes, what is too long for a line is cut."""

import re

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
"""The common shape of a language tag (BCP 47)."""

_CONTROLS = bytes({*range(0x20)} - {*b"\t\n\r"})
_ESCAPED = ((b"&", b"&amp;"), (b"<", b"&lt;"), (b">", b"&gt;"), (b"\r", b"&#13;"))
_NO_CHARACTERS = ("\ufffe".encode(), "\uffff".encode())

# Narrow classes side by side: one with many wide ranges takes Python milliseconds to compile.
_SPECIAL = re.compile('[\x00-\x1f"&<>]|[\ud800-\udfff]|[\ufffe\uffff]')
"""Text without these is the same in an element and in an attribute."""


def clipped(text: str, longest: int) -> str:
    """Give the beginning of a text that has more characters than a message shows."""
    return text if len(text) <= longest else f"{text[:longest].rstrip()}…"


def xml_text(text: str) -> str:
    """Take out the characters that no XML document may hold, escaped or not (XML 1.0, production `Char`)."""
    return _xml_bytes(text).decode()


def element_text(text: str) -> str:
    """Write text as the content of an XML element; line ends stay what they are (XML 1.0, section 2.11)."""
    return element_bytes(text).decode() if _SPECIAL.search(text) else text


def element_bytes(text: str) -> bytes:
    """Write text as `element_text` does, in UTF-8."""
    data = _xml_bytes(text)
    for sign, shown in _ESCAPED:
        data = data.replace(sign, shown)
    return data


def _xml_bytes(text: str) -> bytes:
    # As bytes, since whole articles come by: a regular expression would look at each character for itself.
    data = text.encode("utf-8", "ignore").translate(None, _CONTROLS)
    for sign in _NO_CHARACTERS:
        data = data.replace(sign, b"")
    return data


def attribute_value(text: str) -> str:
    """Write text as the value of an XML attribute in double quotes; white space stays (XML 1.0, section 3.3.3)."""
    if not _SPECIAL.search(text):
        return text
    return element_text(text).replace('"', "&quot;").replace("\t", "&#9;").replace("\n", "&#10;")
