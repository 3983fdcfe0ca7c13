"""Measures a publish to a bucket: the first one, one of a changed article, and one with nothing to do.

    python benchmarks/publish.py [--articles N] [--rounds N] FOLDER

In FOLDER, which must be empty or new, it makes the benchmark's corpus a site and publishes it to moto's S3 server,
which runs in this process on loopback. It prints JSON; `requests` is what went over the line.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.request import Request, urlopen

from corpus import write_corpus
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

TARGET = """
[publish.web]
kind = "bucket"
url = "s3://digest"
endpoint = "{endpoint}"
"""


class _Quiet(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        """Say nothing."""


class Server:
    """An S3 server that counts what it is asked."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self._inner = DomainDispatcherApplication(create_backend_app)
        server = make_server("127.0.0.1", 0, self, threaded=True, request_handler=_Quiet)
        self.endpoint = f"http://127.0.0.1:{server.server_port}"
        Thread(target=server.serve_forever, daemon=True).start()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request."""
        self.asked[environ["REQUEST_METHOD"]] += 1
        answer: Iterable[bytes] = self._inner(environ, start_response)
        return answer


def main() -> None:
    """Measure, and print what came of it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    write_corpus(given.folder, given.articles, date(2025, 6, 1))
    server = Server()
    with urlopen(Request(f"{server.endpoint}/digest", method="PUT")):  # noqa: S310 - of this process
        config = given.folder / "dateline.toml"
    config.write_text(config.read_text() + TARGET.format(endpoint=server.endpoint))
    dateline("build", given.folder)
    found = {"articles": given.articles, "first": published(given.folder, server)}
    edits = [edited(given.folder, number, server) for number in range(given.rounds)]
    found["an edit"] = edits[0] | {"seconds": round(statistics.median(edit["seconds"] for edit in edits), 2)}
    found["nothing to do"] = published(given.folder, server)
    print(json.dumps(found, indent=2))  # noqa: T201 - it is a script


def edited(folder: Path, number: int, server: Server) -> dict[str, Any]:
    """Change an article, build, and publish."""
    some = sorted((folder / "content").rglob("*.md"))[number * 7]
    some.write_text(f"{some.read_text()}\nAnother sentence.\n")
    dateline("build", folder)
    return published(folder, server)


def published(folder: Path, server: Server) -> dict[str, Any]:
    """Publish; give the seconds that the whole command took, and what it did."""
    server.asked.clear()
    began = time.perf_counter()
    report = json.loads(dateline("publish", folder, "--json"))
    took = round(time.perf_counter() - began, 2)
    return {"seconds": took, "uploaded": len(report["uploaded"]), "requests": dict(server.asked)}


def dateline(command: str, folder: Path, *options: str) -> str:
    """Run a command, and give what it prints."""
    environ = os.environ | {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret"}
    arguments = [sys.executable, "-m", "generator.cli", command, "--root", str(folder), *options]
    return subprocess.run(arguments, check=True, env=environ, stdout=subprocess.PIPE, text=True).stdout


if __name__ == "__main__":
    main()
