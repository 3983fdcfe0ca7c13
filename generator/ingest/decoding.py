"""Bytes to text: whatever its encoding, as long as it is text at all."""

import codecs
import re

from generator.model import Issue

_LINE_END = re.compile(rb"\r\n?|\n")
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"BZh",
    b"\xfd7zXZ",
    b"\xd0\xcf\x11\xe0",
)
_CONTROLS = bytes((*range(0x09), *range(0x0E, 0x20), 0x7F))
_FEW_CONTROLS = 8  # control characters that any text may hold
_MOST_CONTROLS = 0.02  # share of control characters above which bytes are no text
_PARITY = 0.3  # share of zeros, all at odd or all at even places, that tells UTF-16 without a mark

SAMPLE = 65_536
"""Bytes, or characters, that tell what an input is."""


class Refused(Exception):
    """An input that no reader can make stories of; `issue` says why."""

    def __init__(self, issue: Issue) -> None:
        """Keep the issue."""
        super().__init__(str(issue))
        self.issue = issue


def decode(data: bytes, path: str) -> tuple[str, tuple[Issue, ...]]:
    r"""Turn bytes into text with `\n` line ends, without a byte order mark.

    The encoding is what the byte order mark says, UTF-16 where every other byte is zero, else UTF-8. Bytes that
    are no UTF-8 are read as Windows-1252 one by one (those undefined there become U+FFFD) and reported once, at
    the line of the first.

    Raises:
        Refused: nothing but white space, or binary data.
    """
    if data.startswith(_BINARY):
        raise refused(path, "binary data: only text can be read")
    encoding = encoding_of(data)
    text, issues = _decode_marked(data, encoding, path) if encoding else _decode_utf8(data, path)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\u2028", "\n").replace("\u2029", "\n")
    _refuse_unreadable(text, b"" if encoding else data, path)
    return text, issues


def _decode_marked(data: bytes, encoding: str, path: str) -> tuple[str, tuple[Issue, ...]]:
    text = data.decode(encoding, errors="replace")
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].decode(encoding, errors="ignore").count("\n") + 1
        return text, (
            Issue(path, line, f"damaged {encoding.upper()}: what could not be decoded became U+FFFD"),
        )
    return text, ()


def _decode_utf8(data: bytes, path: str) -> tuple[str, tuple[Issue, ...]]:
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        line = len(_LINE_END.findall(data[: error.start])) + 1
        said = f"not UTF-8: byte 0x{data[error.start]:02x}, and all others like it, read as Windows-1252"
    return data.decode("utf-8", errors=BY_BYTE), (Issue(path, line, said),)


def _windows_1252(error: UnicodeError) -> tuple[str, int]:
    """Handle a decoding error: the offending bytes one by one."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


BY_BYTE = "dateline-windows-1252"
codecs.register_error(BY_BYTE, _windows_1252)


def _refuse_unreadable(text: str, data: bytes, path: str) -> None:
    """Refuse what is no text to read; `data` is its UTF-8 where that is at hand, which spares encoding it."""
    if is_binary(data if data and len(text) <= SAMPLE else b"", text):
        raise refused(path, "binary data: only text can be read")
    if not text.strip():
        raise refused(path, "empty")


def encoding_of(data: bytes) -> str:
    """Name the encoding that a byte order mark, or zeros at every other place, give; "" where nothing does."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return name
    start = data[:256]
    even, odd = start[::2].count(0), start[1::2].count(0)
    if max(even, odd) > _PARITY * len(start) and not min(even, odd):
        return "utf-16-le" if odd else "utf-16-be"
    return ""


def is_binary(data: bytes, text: str) -> bool:
    """Tell whether bytes are no text: zeros, or too many control characters at the start.

    `text` is what they were decoded to; `data` may be empty, or their UTF-8.
    """
    sample = text[:SAMPLE]
    encoded = data if data and sample is text else sample.encode("utf-8", "replace")
    controls = len(encoded) - len(encoded.translate(None, _CONTROLS))
    return (
        b"\0" in encoded
        or "\0" in text[SAMPLE:]
        or controls > max(_FEW_CONTROLS, _MOST_CONTROLS * len(sample))
    )


def refused(path: str, why: str) -> Refused:
    """Make the refusal of an input, with the reason."""
    return Refused(Issue(path, 1, why))
