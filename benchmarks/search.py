"""Measures the search: how long its index takes to make, and how soon the first result is there after typing.

    python benchmarks/search.py [--articles N] [--rounds N] FOLDER

In FOLDER, which must be empty or new, it makes the benchmark's corpus a site and builds it without and with a
search. Words are typed in Chromium, letter by letter, into a browser that has seen nothing of the site yet; what is
measured is the time from the last key to the first result. It prints JSON.
"""

import argparse
import json
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from corpus import write_corpus
from playwright.sync_api import Browser, sync_playwright

WORDS = (
    "harbour",
    "council",
    "rents",
    "hospital",
    "ferry",
    "electoral reform",
    "observatory",
    "strike",
    "copper",
)
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
MIB = 1024
"""Kilobytes, as the system counts memory."""

FIRST = """
() => new Promise((done) => {
  let last = 0;
  addEventListener("keydown", () => { last = performance.now(); }, true);
  const look = new MutationObserver(() => {
    if (document.querySelector(".found li")) { window.took = performance.now() - last; }
  });
  look.observe(document.querySelector(".found"), { childList: true });
  done();
})
"""


def main() -> None:
    """Measure, and print what came of it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    write_corpus(given.folder, given.articles, date(2025, 6, 1))
    without = build(given.folder)
    config = given.folder / "dateline.toml"
    config.write_text(config.read_text().replace("digest.example/", "digest.example/digest/"))
    config.write_text(f"{config.read_text()}\n[search]\nenabled = true\n")
    build(given.folder, "--clean")
    shutil.rmtree(given.folder / "site/pagefind")
    found = {"articles": given.articles, "without": without, "index": build(given.folder)}
    found["index"]["MiB of memory, the largest process"] = (
        resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // MIB
    )
    some = next((given.folder / "content").rglob("*.md"))
    some.write_text(f"{some.read_text()}\nAnother sentence.\n")
    found["an edit"], found["nothing to do"] = build(given.folder), build(given.folder)
    files = [path for path in (given.folder / "site/pagefind").rglob("*") if path.is_file()]
    found["files"], found["MB"] = len(files), round(sum(path.stat().st_size for path in files) / 1e6, 1)
    found["ms to the first result"] = ask(given.folder / "site", given.rounds)
    print(json.dumps(found, indent=2))  # noqa: T201 - it is a script


def build(folder: Path, *options: str) -> dict[str, Any]:
    """Build, and give the seconds that took."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "generator.cli", "build", "--root", str(folder), *options]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return {"seconds": round(time.perf_counter() - began, 2)}


def ask(site: Path, rounds: int) -> dict[str, Any]:
    """Type every word several times, each time into a browser that has seen nothing."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with served(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        took = [typed(browser, address, word) for _ in range(rounds) for word in WORDS]
        browser.close()
    return {"median": round(statistics.median(took)), "longest": round(max(took)), "times": len(took)}


def typed(browser: Browser, address: str, word: str) -> float:
    """Type a word, and give the milliseconds from its last key to the first result."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}search/")
    page.evaluate(FIRST)
    page.get_by_role("searchbox").press_sequentially(word, delay=80)
    page.wait_for_function(
        f"document.querySelector('.found li') && new URLSearchParams(location.search).get('q') === '{word}'"
    )
    page.wait_for_timeout(1000)
    took = float(page.evaluate("window.took"))
    context.close()
    return took


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a built site at `/digest/`."""
    place = site.parent / "served"
    place.mkdir()
    (place / "digest").symlink_to(site.resolve())
    handler = partial(_Handler, directory=str(place))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/digest/"
        server.shutdown()
        thread.join()


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    main()
