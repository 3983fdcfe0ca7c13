"""Values that many tests begin with: a card, an article as filed, settings. All of it invented."""

import struct
import zlib
from datetime import datetime
from typing import Any

from generator import inputs, urls
from generator.config import Config
from generator.inputs import Filed, Given, Settings
from generator.model import Key
from generator.views import Card, Entry, Term

SETTINGS: Settings = inputs.settings(Config())


def card(name: str = "cup", moment: str = "2025-06-02T10:00:00+00:00", **fields: Any) -> Card:  # noqa: ANN401 - any field of a card
    date = datetime.fromisoformat(moment)
    path = f"{date.date().isoformat().replace('-', '/')}/{name}/"
    return Card(
        **{
            "id": f"urn:uuid:{name}",
            "title": name.capitalize(),
            "path": path,
            "date": date,
            "topic": Term("Sport", "sport"),
            **fields,
        }
    )


def terms(*slugs: str) -> tuple[Term, ...]:
    return tuple(Term(slug.capitalize(), slug) for slug in slugs)


def filed(name: str = "cup", content: str = "<p>Text.</p>", **fields: Any) -> Filed:  # noqa: ANN401 - the same
    own = {field: fields.pop(field) for field in ("draft", "expires", "aliases") if field in fields}
    made = card(name, **fields)
    language = urls.language_code(made.language or "en")
    return Filed(f"sport/2025-06-02/{name}.md", Entry(made, content), **own, language=language)


def given(key: Key, *cards: Card, **fields: Any) -> Given:  # noqa: ANN401 - the same
    return Given(**{"key": key, "cards": cards, "total": len(cards), **fields})


def png(width: int, height: int) -> bytes:
    """Begin a picture of a size (PNG): its signature and its header."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))


def gif(width: int, height: int) -> bytes:
    """Begin a picture of a size (GIF)."""
    return b"GIF89a" + struct.pack("<HHBBB", width, height, 0, 0, 0)


def jpeg(width: int, height: int, orientation: int = 1) -> bytes:
    """Begin a picture of a size, as a camera saved it (JPEG) and says to turn it (EXIF)."""
    turned = struct.pack("<HHIHH", 0x112, 3, 1, orientation, 0)
    exif = b"Exif\0\0II*\0" + struct.pack("<IH", 8, 1) + turned + bytes(4)
    frame = struct.pack(">BHHB", 8, height, width, 3) + bytes(9)
    parts = ((0xE1, exif), (0xC0, frame))
    segments = b"".join(struct.pack(">BBH", 0xFF, mark, len(data) + 2) + data for mark, data in parts)
    return b"\xff\xd8" + segments + b"\xff\xd9"
