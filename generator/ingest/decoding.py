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
_STRAY_TAGS = 3  # tags that text may hold and still be text
_SAMPLE = 65_536  # characters that tell what a document is
_MARKUP = re.compile(
    r"<(?:!doctype|!--|\?xml|html|head|body|rss|feed|rdf:rdf|article|div|p|svg|urlset|opml)\b", re.IGNORECASE
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_JSON = re.compile(r"\{\s*[\"}]|\[\s*[\[{\]\"]")


class Refused(Exception):
    """An input that no reader can make stories of; `issue` says why."""

    def __init__(self, issue: Issue) -> None:
        """Keep the issue."""
        super().__init__(str(issue))
        self.issue = issue


def decode(data: bytes, path: str) -> tuple[str, tuple[Issue, ...]]:
    r"""Turn bytes into text with `\n` line ends, without a byte order mark.

    The encoding is what the byte order mark says, else UTF-8. Bytes that are no UTF-8 are read as Windows-1252 one
    by one (those undefined there become U+FFFD) and reported once, at the line of the first.

    Raises:
        Refused: nothing but white space, binary data, or markup and JSON, which have no reader.
    """
    if data.startswith(_BINARY):
        raise _refused(path, "binary data: only text can be read")
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), "")
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
    return data.decode("utf-8", errors=_BY_BYTE), (Issue(path, line, said),)


def _windows_1252(error: UnicodeError) -> tuple[str, int]:
    """Handle a decoding error: the offending bytes one by one."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


_BY_BYTE = "dateline-windows-1252"
codecs.register_error(_BY_BYTE, _windows_1252)


def _refuse_unreadable(text: str, data: bytes, path: str) -> None:
    """Refuse what is no text to read; `data` is its UTF-8 where that is at hand, which spares encoding it."""
    sample = text[:_SAMPLE]
    start = sample.lstrip("\ufeff \t\n\r")
    encoded = data if data and sample is text else sample.encode("utf-8", "replace")
    controls = len(encoded) - len(encoded.translate(None, _CONTROLS))
    if (
        b"\0" in encoded
        or "\0" in text[_SAMPLE:]
        or controls > max(_FEW_CONTROLS, _MOST_CONTROLS * len(sample))
    ):
        raise _refused(path, "binary data: only text can be read")
    if not text.strip():
        raise _refused(path, "empty")
    if _MARKUP.match(start) or (start.startswith("<") and len(_TAG.findall(sample)) > _STRAY_TAGS):
        raise _refused(path, "markup (HTML or XML): no reader for this format")
    if _JSON.match(start) or start.startswith("{\\rtf"):
        raise _refused(path, "JSON or RTF: no reader for this format")


def _refused(path: str, why: str) -> Refused:
    return Refused(Issue(path, 1, why))
