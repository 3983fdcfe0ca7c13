"""Lighthouse's opinion of the built pages, as phones on a slow network have them: scores, and what is missing.

    npm install --prefix benchmarks/.peers --ignore-scripts lighthouse@12.8.2
    python benchmarks/lighthouse.py [SITE] [PATH...]

SITE is a built site, by default this repository's. The pages are served from here, with gzip and lasting assets as
a static host has them, and nothing outside is asked. Needs Node 18.16 and Chromium (`CHROME_PATH` says which).
"""

import argparse
import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from tables import table

from generator.media_types import media_type
from generator.urls import INDEX

HERE = Path(__file__).parent
LIGHTHOUSE = HERE / ".peers/node_modules/lighthouse/cli/index.js"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
PACKED = ("text/", "application/json", "application/xml", "image/svg+xml", "application/atom+xml")
"""Beginnings of the types that are sent compressed."""


class Handler(BaseHTTPRequestHandler):
    """Serves a folder as a static host does."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments: Any, root: Path, **named: Any) -> None:  # noqa: ANN401 - as its base wants it
        self._root = root
        super().__init__(*arguments, **named)

    def do_GET(self) -> None:
        """Send a file, or the page for what is not there."""
        path = unquote(self.path.partition("?")[0])
        file = self._root / (path.lstrip("/") + (INDEX if path.endswith("/") else ""))
        there = file.is_file()
        file = file if there else self._root / "404.html"
        kind = media_type(file.name)
        packed = kind.startswith(PACKED)
        data = _packed(file) if packed else file.read_bytes()
        self.send_response(200 if there else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "max-age=600" if file.suffix == ".html" else "max-age=31536000")
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@lru_cache(maxsize=64)
def _packed(file: Path) -> bytes:
    return gzip.compress(file.read_bytes(), 6)


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a site as long as the block lasts, and give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, root=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


def specimens(site: Path) -> dict[str, str]:
    """Choose a page of each kind that readers come to: the front page, and of the others the largest."""
    kinds = {
        "article": "2[0-9][0-9][0-9]/*/*/*/index.html",
        "topic": "topics/*/index.html",
        "tag": "tags/*/index.html",
        "day": "2[0-9][0-9][0-9]/*/*/index.html",
    }
    chosen = {"front": ""}
    for kind, pattern in kinds.items():
        found = max(site.glob(pattern), key=lambda path: path.stat().st_size, default=None)
        if found:
            chosen[kind] = found.parent.relative_to(site).as_posix() + "/"
    return chosen


def judge(address: str) -> dict[str, Any]:
    """Ask Lighthouse about a page, with its defaults for phones."""
    chrome = os.environ.get("CHROME_PATH") or shutil.which("chromium") or ""
    with tempfile.TemporaryDirectory() as home:
        result = subprocess.run(
            [
                *("node", str(LIGHTHOUSE), address, "--output=json", "--quiet"),
                *(f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={' '.join(FLAGS)}"),
            ],
            env={**os.environ, "CHROME_PATH": chrome, "HOME": home},
            capture_output=True,
            check=False,
        )
    if result.returncode:
        sys.exit(result.stderr.decode()[-2000:])
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def shortcomings(report: dict[str, Any]) -> Iterator[str]:
    """Say which audits cost a page its full score."""
    for category in report["categories"].values():
        for reference in category["auditRefs"]:
            audit = report["audits"][reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < 1:
                yield f"{category['title']}: {audit['title']} {audit.get('displayValue', '')}".strip()


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("site", nargs="?", type=Path, default=HERE.parent / "site")
    parser.add_argument("paths", nargs="*", help="of pages below the site, such as topics/sport/")
    given = parser.parse_args()
    if not LIGHTHOUSE.exists():
        sys.exit(f"Lighthouse is not installed:\n{__doc__}")
    pages = {path: path for path in given.paths} or specimens(given.site)
    rows, missing = [], []
    with served(given.site.resolve()) as address:
        for name, path in pages.items():
            report = judge(address + path)
            scores = (round(100 * (report["categories"][category]["score"] or 0)) for category in CATEGORIES)
            rows.append((f"{name} (`/{path}`)" if name != path else f"`/{path}`", *map(str, scores)))
            missing += [f"- `/{path}`: {told}" for told in shortcomings(report)]
    sys.stdout.write("\n".join([table(("page", *CATEGORIES), rows), "", *missing, ""]))


if __name__ == "__main__":
    main()
