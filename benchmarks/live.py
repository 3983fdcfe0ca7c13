"""Measures a preview: a tool's server that watches a site, what edits take to show, and what it costs meanwhile."""

import json
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from edits import RESTING
from load import PATIENCE, READY
from measure import Failed, memory_of, noting, processor_time_of
from results import Live, Load
from servers import FRONT, Server, serving
from targets import HUNDRED, TEN
from tools import DATELINE, HERE, Tool

ASKING = 0.002
"""Seconds between an answer without the new text and the next request."""

BEAT = 0.5
"""Up to so many seconds, by chance, an edit waits: Hugo looks twice a second whether anything has changed.

Edits that always came as long after its last look would all take as long as the worst of them, or the best.
"""

LOOKING = 0.5
"""Seconds between two looks at the memory: more would slow down what is measured."""

CONNECTIONS, STREAMS = 8, 200
"""How many of each a server has under load."""

RELOADS = 10
"""Edits that all open streams have to hear of."""

Change = Callable[[str, str], str]
"""Gives an article's text with new words in it."""

_TITLE = re.compile(r"^title: .*$", re.MULTILINE)
_TOPIC = re.compile(r"^topics?: \[?([\w-]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Save:
    """A kind of edit whose way to the reader is measured.

    Attributes:
        name: a word for results.json.
        label: how tables call it.
        topic: tells that the page to look at is that of the article's topic, else it is that of the article.
        change: makes the new text.
    """

    name: str
    label: str
    topic: bool
    change: Change


BODY = Save(
    "body", "body saved to its page served", topic=False, change=lambda text, words: f"{text}\n{words}\n"
)
TITLE = Save(
    "title",
    "title saved to its topic's page served",
    topic=True,
    change=lambda text, words: _TITLE.sub(f"title: {words}", text, count=1),
)
SAVES = (BODY, TITLE)


@dataclass(frozen=True, slots=True)
class Plan:
    """How much of everything to measure.

    Attributes:
        saves: edits of each kind.
        starts: starts of the server.
        patience: seconds to wait for anything.
    """

    saves: int
    starts: int
    patience: float


def plan(tool: Tool, count: int) -> Plan:
    """Decide how much to measure of a tool at a number of articles: less where an edit takes seconds."""
    if tool is DATELINE:
        return Plan(30, 5 if count < HUNDRED else 3, 60.0)
    return Plan(30, 5 if count < TEN else 3, 60.0) if count < HUNDRED else Plan(3, 1, 600.0)


class Preview:
    """One tool's preview of one site, to be measured.

    Args:
        tool: the tool.
        command: how its server is run; the port follows.
        folder: the site, which is up to date.
        given: how much to measure.
        tell: is called with what was measured and the seconds that it took.
    """

    def __init__(
        self, tool: Tool, command: list[str], folder: Path, given: Plan, tell: Callable[[str, float], None]
    ) -> None:
        self._tool = tool
        self._command = command
        self._folder = folder
        self._plan = given
        self._tell = tell
        self._articles = _newest_articles(folder)
        self._chance = random.Random(1)
        self._found = Live()

    def measure(self, idle: float) -> Live:
        """Measure everything; `idle`: for how many seconds to watch the server do nothing.

        Raises:
            Failed: the server did, or an edit did not show in time.
        """
        for _ in range(self._plan.starts - 1):
            with self._started():
                pass
        with self._started() as server, noting(lambda: memory_of(server.pid), LOOKING) as held:
            for save in SAVES:
                self._found.saves[save.name] = [self._save(server, save) for _ in range(self._plan.saves)]
            self._found.idle = self._idle(server, idle)
            self._load(server)
        self._found.memory = max(held, default=0)
        return self._found

    @contextmanager
    def _started(self) -> Iterator[Server]:
        """Run the server, note how soon it answered, and go on when it has settled."""
        time.sleep(RESTING)
        began = time.monotonic()
        with serving(self._command, self._folder) as server:
            server.ask(FRONT, self._plan.patience)
            self._found.starts.append(round(time.monotonic() - began, 4))
            self._tell("start to the front page served", self._found.starts[-1])
            server.settle(self._plan.patience)
            yield server

    def _save(self, server: Server, save: Save) -> float:
        """Edit another article, and give the seconds until its change is served."""
        article, words = next(self._articles), _words()
        text = article.read_text(encoding="utf-8")
        page = _topic_page(text) if save.topic else _page(article)
        time.sleep(self._chance.uniform(0, BEAT))
        # Whoever edits a page has it open; Hugo makes only those anew that were asked for lately.
        server.ask(page, self._plan.patience)
        began = time.monotonic()
        article.write_text(save.change(text, words), encoding="utf-8")
        while words.encode() not in server.ask(page, self._plan.patience):
            if time.monotonic() - began > self._plan.patience:
                raise server.failed(f"did not show {words!r} on {page} within {self._plan.patience:g} s")
            time.sleep(ASKING)
        took = round(time.monotonic() - began, 4)
        self._tell(save.label, took)
        server.settle(self._plan.patience)
        return took

    def _idle(self, server: Server, seconds: float) -> float:
        """Give the share of one processor that a server uses while nothing happens."""
        began, used = time.monotonic(), processor_time_of(server.pid)
        time.sleep(seconds)
        share = (processor_time_of(server.pid) - used) / (time.monotonic() - began)
        self._tell("processor time of an idle second", share)
        return round(share, 5)

    def _load(self, server: Server) -> None:
        """Ask for pages as fast as they come, without and with many open streams; then let those hear of edits."""
        article = next(self._articles)
        pages = {"front": FRONT, "article": _page(article)}
        self._found.loads = {name: _ask(server, page) for name, page in pages.items()}
        if self._tool is not DATELINE:
            return
        with _listening(server, _page(article)) as heard:
            self._found.streaming = {name: _ask(server, page) for name, page in pages.items()}
            self._found.reloads.append(self._reload(server, article, heard))
        for article in (next(self._articles) for _ in range(RELOADS - 1)):
            with _listening(server, _page(article)) as heard:
                self._found.reloads.append(self._reload(server, article, heard))

    def _reload(self, server: Server, article: Path, heard: Callable[[], list[float]]) -> float:
        """Edit an article, and give the seconds until the last stream of its page has heard of it."""
        text = BODY.change(article.read_text(encoding="utf-8"), _words())
        server.settle(self._plan.patience)
        began = time.monotonic()
        article.write_text(text, encoding="utf-8")
        took = round(heard()[-1] - began, 4)
        self._tell(f"saved to heard by {STREAMS} streams", took)
        return took


def _ask(server: Server, page: str) -> Load:
    """Load the server with requests for a page, from a process of its own."""
    with _client("ask", server, page, CONNECTIONS) as client:
        return Load(**_answer(server, client))


@contextmanager
def _listening(server: Server, page: str) -> Iterator[Callable[[], list[float]]]:
    """Hold many streams of a page open; gives what waits until each was told to load it anew, and says when."""
    with _client("listen", server, page, STREAMS) as client:
        assert client.stdout  # noqa: S101 - a pipe, for mypy
        if client.stdout.readline().strip() != READY:
            _answer(server, client)
        yield lambda: list(_answer(server, client))


@contextmanager
def _client(what: str, server: Server, page: str, count: int) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, str(HERE / "load.py"), what, str(server.port), page, str(count)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as client:
        try:
            yield client
        finally:
            client.kill()


def _answer(server: Server, client: subprocess.Popen[str]) -> Any:  # noqa: ANN401 - JSON
    """Wait for what a client found.

    Raises:
        Failed: it failed, as it does when the server ends or does not answer.
    """
    try:
        found, words = client.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        raise server.failed(f"kept its clients waiting for {PATIENCE:g} s") from None
    if client.returncode:
        server.check()
        raise Failed(f"load.py ended with status {client.returncode}:\n{words.strip()[-1000:]}")
    return json.loads(found)


def _words() -> str:
    """Make words that no page can have yet."""
    return f"Put right at {time.time_ns():x}"


def _newest_articles(folder: Path) -> Iterator[Path]:
    """Give the articles of the newest day, in the same order for every tool, and again when all were given."""
    newest = max(path.name for path in folder.glob("content/*/*"))
    articles = sorted(folder.glob(f"content/*/{newest}/*.md"), key=lambda path: path.name)
    while True:
        yield from articles


def _page(article: Path) -> str:
    return f"/{article.parent.name.replace('-', '/')}/{article.stem}/"


def _topic_page(text: str) -> str:
    found = _TOPIC.search(text)
    return f"/topics/{found[1] if found else ''}/"
