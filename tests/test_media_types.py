"""Media types: what the name of a file tells of it."""

import pytest

from generator.media_types import media_type


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("STYLE.CSS", "text/css; charset=utf-8"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.svg", "image/svg+xml"),
        ("a.png", "image/png"),
        ("a.jpg", "image/jpeg"),
        ("a.webp", "image/webp"),
        ("a.avif", "image/avif"),
        ("a.woff2", "font/woff2"),
        ("favicon.ico", "image/vnd.microsoft.icon"),
        ("robots.txt", "text/plain; charset=utf-8"),
        ("a.pdf", "application/pdf"),
        ("a.mp4", "video/mp4"),
        ("rss.xml", "application/rss+xml"),
        ("atom.xml", "application/atom+xml"),
        ("feed.json", "application/feed+json"),
        ("subscriptions.opml", "text/x-opml; charset=utf-8"),
        ("sitemap.xml", "application/xml"),
        ("a.json", "application/json"),
        ("site.webmanifest", "application/manifest+json"),
        ("a.tar.gz", "application/gzip"),
        ("a.doc", "application/msword"),
        ("a.pf_index", "application/octet-stream"),
        ("CNAME", "application/octet-stream"),
        ("", "application/octet-stream"),
    ],
)
def test_a_name_tells_the_type(name: str, kind: str) -> None:
    assert media_type(name) == kind
