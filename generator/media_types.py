"""What a file is, by its name: for whoever serves it, here or from a host."""

import mimetypes
from collections.abc import Mapping
from functools import cache

OTHER = "application/octet-stream"
"""What a file is when its name does not tell."""

TYPES = {
    "atom": "application/atom+xml",  # RFC 4287
    "avif": "image/avif",
    "bmp": "image/bmp",
    "css": "text/css",
    "csv": "text/csv",
    "gif": "image/gif",
    "gz": "application/gzip",
    "htm": "text/html",
    "html": "text/html",
    "ico": "image/vnd.microsoft.icon",
    "ics": "text/calendar",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "js": "text/javascript",  # RFC 9239
    "json": "application/json",
    "m4a": "audio/mp4",
    "map": "application/json",
    "md": "text/markdown",  # RFC 7763
    "mjs": "text/javascript",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "oga": "audio/ogg",
    "ogg": "audio/ogg",
    "ogv": "video/ogg",
    "opml": "text/x-opml",
    "otf": "font/otf",
    "pdf": "application/pdf",
    "png": "image/png",
    "rss": "application/rss+xml",
    "svg": "image/svg+xml",
    "ttf": "font/ttf",
    "txt": "text/plain",
    "vtt": "text/vtt",
    "wasm": "application/wasm",
    "wav": "audio/wav",
    "webm": "video/webm",
    "webmanifest": "application/manifest+json",
    "webp": "image/webp",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "xhtml": "application/xhtml+xml",
    "xml": "application/xml",  # RFC 7303
    "xsl": "application/xml",
    "zip": "application/zip",
}
"""Media types by extension, for what sites hold: the same on every machine."""

FEEDS = {
    "atom.xml": "application/atom+xml",
    "feed.json": "application/feed+json",  # JSON Feed 1.1
    "rss.xml": "application/rss+xml",
}
"""Media types of files that have a name of their own."""


def media_type(name: str) -> str:
    """Tell the type of a file by its name, as a Content-Type field says it; text is UTF-8."""
    extension = name.rpartition(".")[2].lower()
    kind = FEEDS.get(name) or TYPES.get(extension) or _further_types().get(f".{extension}", OTHER)
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


@cache
def _further_types() -> Mapping[str, str]:
    # A table of one's own begins with what Python knows, without what the machine's mime.types add.
    return mimetypes.MimeTypes().types_map[True]
