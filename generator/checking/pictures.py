"""Files of pictures: whether they are what their names say (WHATWG MIME Sniffing, "image type pattern")."""

from generator.checking.documents import parse_xml
from generator.checking.faults import Fault
from generator.checking.hazards import find_in_drawing
from generator.checking.references import Unreadable
from generator.model import Severity

LARGEST = 1_000_000
"""Bytes: as much as all pictures of the median page on the web (HTTP Archive, Web Almanac 2025, "Page Weight")."""

_BYTES = 32
"""So many tell a picture that is no drawing."""

_KINDS = {
    "avif": "AVIF",
    "bmp": "BMP",
    "gif": "GIF",
    "ico": "ICO",
    "jfif": "JPEG",
    "jpeg": "JPEG",
    "jpg": "JPEG",
    "png": "PNG",
    "svg": "SVG",
    "webp": "WebP",
}
"""Kinds of pictures that browsers show, by the ends of their names."""

_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"BM", "BMP"),
    (b"\0\0\1\0", "ICO"),
)

_EMPTY = Fault("this picture is empty", Severity.ERROR)
_SVG = "{http://www.w3.org/2000/svg}svg"


def kind_of(path: str) -> str:
    """Tell which kind of picture a file is by its name; "" for a file that is none."""
    return _KINDS.get(path.rpartition(".")[2].lower(), "")


def judge(kind: str, data: bytes) -> Fault | None:
    """Tell what is wrong with a picture.

    Args:
        kind: which it is by its name.
        data: the beginning of the file, or all of it where it is a drawing (SVG).
    """
    if not data:
        return _EMPTY
    found = _sniffed(data)
    if found == kind:
        return find_in_drawing(parse_xml(data)) if kind == "SVG" else None
    if found:
        return Fault(f"is called a picture of the kind {kind}, and is {found}", Severity.WARNING)
    return Fault(f"is called a picture of the kind {kind}, and is none", Severity.ERROR)


def needed(kind: str) -> int:
    """Give how many bytes tell a picture of a kind; -1 for all."""
    return -1 if kind == "SVG" else _BYTES


def _sniffed(data: bytes) -> str:
    for beginning, kind in _BEGINNINGS:
        if data.startswith(beginning):
            return kind
    if data[:4] == b"RIFF" and data[8:14] == b"WEBPVP":
        return "WebP"
    if data[4:8] == b"ftyp" and (b"avif" in data[8:_BYTES] or b"avis" in data[8:_BYTES]):
        return "AVIF"
    return "SVG" if b"<" in data[:_BYTES] and _is_drawing(data) else ""


def _is_drawing(data: bytes) -> bool:
    try:
        return bool(parse_xml(data).tag == _SVG)
    except Unreadable:
        return False
