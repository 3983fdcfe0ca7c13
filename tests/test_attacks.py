"""Attacks in every field of every kind of input: no page, no feed and no list that comes of them does anything.

A browser visits all pages, with the theme's policy and without: the sanitiser and the escaping must hold alone.
That it would see a script run is tried with pages that hold the same strings as they are. `TORTURE=all` takes every
string through every kind of input.
"""

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from html import unescape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import quote

import harmless
import pytest
from attacking import attacks, families, groups, raw, seeds, story, terms
from browsing import MISSING, PATIENCE_MS, launched
from conftest import Project
from playwright.sync_api import Browser, Dialog, Request, expect

from generator import markdown, pictures

in_a_browser = pytest.mark.skipif(MISSING, reason="there is no Chromium here to visit pages with")

CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
"""What makes a file binary, and no news."""

UNSEEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\u202a-\u202e\u2066-\u2069\ufdd0\ufeff\ufffe\uffff]")
"""Controls and what is no character, which go, and marks of direction, which are paired."""

LEAST = 700
"""Distinct strings of the corpus."""

BREAKING = """</title></script><script>hit()</script>"]]>--><img src=x onerror=hit()>"""
CONFIGURATION = f"""
[site]
title = '{BREAKING}'
base_url = "https://news.example/digest/"
[theme]
accent = "#005a4b"
[search]
enabled = true
"""


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Build a site of content that somebody wrote who should not have."""
    project = Project(tmp_path_factory.mktemp("attacks") / "project")
    project.write("dateline.toml", CONFIGURATION)
    strings = attacks()
    plain = [*families()["frontmatter"], *families()["markdown"]]
    files = [
        *(story(number, attack) for number, attack in enumerate(strings)),
        *(raw(number, attack) for number, attack in enumerate(plain)),
        *(terms(number, group) for number, group in enumerate(groups(strings))),
    ]
    for name, text in files:
        project.write(f"content/{name}", text)
    project.build()
    return project


def test_the_corpus_is_large_and_says_each_attack_once() -> None:
    strings = [string for family in families().values() for string in family]

    assert len(strings) - len(set(strings)) < 5
    assert len(set(strings)) >= LEAST
    assert all(len(family) > 20 for family in families().values())


def test_a_page_and_its_data_say_a_title_as_it_was_written(attacked: Project) -> None:
    """Titles are text that nothing in it ends; what no document can hold is left out."""
    shown = {attack: UNSEEN.sub("", " ".join(attack.split())) for attack in attacks()}
    wanted = {title for attack, title in shown.items() if title and not CONTROLS.search(attack)}
    titles = set()
    for path, page in attacked.site().items():
        if path.startswith("2025/06/02/") and path.count("/") == 4:
            data = json.loads(re.findall(b'<script type="application/ld.json">(.*?)</script>', page)[0])
            titles.add(UNSEEN.sub("", data["@graph"][0]["headline"]))
            heading = re.findall(b"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)[0].decode()
            assert unescape(heading) == data["@graph"][0]["headline"]

    assert not [
        title for title in titles.difference(shown.values()) if not title.isdigit()
    ]  # called as its file, for want of a title
    assert wanted <= titles


def test_no_file_of_a_site_made_of_attacks_does_anything(attacked: Project) -> None:
    files = attacked.site()

    assert [*harmless.site(files)] == []
    assert sum(path.endswith("/index.html") and path.startswith("2025/06/02/") for path in files) > LEAST - 50


AUDIT = """
(page) => {
  const odd = [];
  for (const element of page.querySelectorAll("*")) {
    for (const { name } of element.attributes)
      if (/^on|^(style|srcdoc|formaction|ping|target|background)$/.test(name)) odd.push(element.outerHTML);
    const address = element.href?.baseVal ?? element.href ?? element.src ?? element.action ?? "";
    if (address && !/^(https?|mailto|tel):/.test(address)) odd.push(element.outerHTML);
  }
  const never = "script:not([type*=json], [src$='assets/search.js']), iframe, object, embed, base, template, math";
  return [...odd, ...[...page.querySelectorAll(never)].map((element) => element.outerHTML)];
}"""
READ = f"""
async (paths) => {{
  const audit = {AUDIT};
  const parse = (html) => audit(new DOMParser().parseFromString(html, "text/html"));
  const read = async (path) => {{
    const text = await (await fetch(path)).text();
    if (!path.endsWith(".json")) return parse(text);
    return JSON.parse(text).items.flatMap(({{ content_html }}) => parse(content_html ?? ""));
  }};
  const found = [];
  while (paths.length) found.push(...(await Promise.all(paths.splice(0, 8).map(read))));
  return found.flat();
}}"""
LOOK = f"""
async () => {{
  await new Promise(requestAnimationFrame);
  return [document.querySelectorAll("body > main").length, ({AUDIT})(document)];
}}"""
AT_ONCE = 50
"""Pages that are looked at as one."""

STRIDE = 60
"""Of so many pages one is gone to as it is."""


class Visitor:
    """A tab that notes whatever a page does which it must not."""

    def __init__(self, browser: Browser, *, bypass: bool) -> None:
        self.noted: list[str] = []
        context = browser.new_context(bypass_csp=bypass)
        context.set_default_timeout(PATIENCE_MS)
        context.add_init_script("window.hits = 0; window.hit = () => console.log('hit', ++hits)")
        self.page = context.new_page()
        self.page.on("dialog", self._dismiss)
        self.page.on("console", lambda said: self._hear(said.text))
        self.page.on("pageerror", lambda error: self._note(f"failed: {error}"))
        self.page.on("popup", lambda _: self._note("popup"))
        self.page.on("download", lambda _: self._note("download"))
        self.page.on("request", self._ask)

    def look(self) -> tuple[int, list[str]]:
        """Count the pages that are shown as one, and give what is odd."""
        count, odd = self.page.evaluate(LOOK)
        return count, odd

    def _dismiss(self, dialog: Dialog) -> None:
        self._note("dialog")
        dialog.dismiss()

    def _hear(self, text: str) -> None:
        if text.startswith("hit ") or "Content Security Policy" in text:
            self._note(text)

    def _ask(self, asked: Request) -> None:
        # Pictures that articles name may be anywhere.
        if not asked.url.startswith("http://127.0.0.1:") and asked.resource_type != "image":
            self._note(f"asked for {asked.url}")

    def _note(self, what: str) -> None:
        self.noted.append(f"{self.page.url}: {what}")


class _Server(ThreadingHTTPServer):
    request_queue_size = 64

    def handle_error(self, *_: object) -> None:
        """Say nothing of a browser that has gone."""


class _Handler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    with _Server(("127.0.0.1", 0), partial(_Handler, directory=folder)) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def address(attacked: Project) -> Iterator[str]:
    """Serve the site below its path, and beside it all its pages, many as one: whole heads, whole bodies."""
    folder = attacked.root / "served"
    folder.mkdir()
    (folder / "digest").symlink_to(attacked.root / "site")
    for number, some in enumerate(batched(standing(attacked))):
        (folder / f"{number}.html").write_bytes(as_one([page for _, page in some]))
    with served(folder) as found:
        yield found


def standing(project: Project) -> list[tuple[str, bytes]]:
    """Give the pages that send nobody elsewhere."""
    pages = [(path, page) for path, page in project.site().items() if path.endswith(".html")]
    return [(path, page) for path, page in pages if b'http-equiv="refresh"' not in page]


def batched(pages: list[tuple[str, bytes]]) -> list[list[tuple[str, bytes]]]:
    return [pages[start : start + AT_ONCE] for start in range(0, len(pages), AT_ONCE)]


def as_one(pages: list[bytes]) -> bytes:
    """Make a page of the heads and the bodies of several."""
    heads = [re.split(b"</?head>", page)[1] for page in pages]
    bodies = [re.split(b"<body[^>]*>|</body>", page)[1] for page in pages]
    return b"<!doctype html><html><head>%b</head><body>%b</body></html>" % (b"".join(heads), b"".join(bodies))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1") as browser:
        yield browser


@in_a_browser
def test_a_browser_reads_nothing_in_any_page_or_feed_that_could_run(
    attacked: Project, browser: Browser, address: str
) -> None:
    paths = [path for path in attacked.site() if path.endswith((".html", "feed.json"))]
    page = Visitor(browser, bypass=False).page
    page.goto(f"{address}digest/assets/style.css")

    odd = page.evaluate(READ, [f"/digest/{quote(path)}" for path in paths])

    assert len(paths) > 2 * LEAST
    assert odd == []


@in_a_browser
@pytest.mark.parametrize("policy", ["ignored", "held"])
def test_no_page_does_anything_when_it_is_shown(
    attacked: Project, browser: Browser, address: str, policy: str
) -> None:
    visitor = Visitor(browser, bypass=policy == "ignored")
    pages = standing(attacked)
    many = [*enumerate(batched(pages))]
    # Where nothing runs without the policy nothing does with it: that it is in no page's way takes less to see.
    for number, some in many if policy == "ignored" else many[::3]:
        visitor.page.goto(f"{address}{number}.html")
        assert visitor.look() == (len(some), [])
        assert visitor.noted == []
    for path, _ in pages[::STRIDE]:
        visitor.page.goto(f"{address}digest/{quote(path)}")
        assert visitor.look() == (1, [])
        assert visitor.noted == []
    visitor.page.goto(f"{address}digest/search/?q=hit")
    expect(visitor.page.locator(".found li")).to_have_count(10)
    assert visitor.look() == (1, [])
    assert visitor.noted == []


@in_a_browser
@pytest.mark.parametrize("family", ["handlers", "scripts", "foreign"])
def test_the_policy_alone_keeps_attacks_from_running_and_without_it_they_do(
    browser: Browser, attacked: Project, address: str, family: str
) -> None:
    before, after = attacked.read("404.html").split("</main>")
    strings = "\n".join(f"<div>{attack}" for attack in families()[family])
    (attacked.root / f"served/{family}.html").write_text(f"{before}{strings}</main>{after}", errors="ignore")
    seen = {}
    for bypass in (True, False):
        visitor = Visitor(browser, bypass=bypass)
        visitor.page.goto(f"{address}{family}.html")
        if bypass:
            visitor.page.wait_for_function("window.hits > 20")
        seen[bypass] = [said for said in visitor.noted if ": hit " in said]

    assert len(seen[True]) > 20
    assert seen[False] == []


# Ingest


def test_attacks_in_all_kinds_of_news_end_as_text(project: Project) -> None:
    everywhere = os.environ.get("TORTURE") == "all"
    for name, text in seeds(attacks(), everywhere=everywhere):
        project.write(f"seeds/{name}", text)

    report = project.ingest()
    project.build()

    files = project.site()
    assert len(report.articles) > LEAST
    assert [*harmless.site(files)] == []
    assert sum(path.endswith(".html") for path in files) > LEAST


# Markdown


BASE = "https://news.example/2025/06/02/cup/"


def contexts(attack: str) -> Iterator[str]:
    yield attack
    yield f"The ferry came.\n\n{attack}\n\nIt left."
    yield f"The ferry {attack} came.\nAnd *so* on [x](https://x.example/{attack})."
    yield f"# {attack}\n\n- {attack}\n- b\n\n> {attack}\n\n*{attack}*"


def test_the_sanitiser_has_the_last_word_whichever_way_a_text_takes() -> None:
    for text in (text for attack in attacks() for text in contexts(attack)):
        html = markdown.render_markdown(text)
        shown = pictures.prepare(html, "sport/2025-06-02/cup.md", lambda _: (3, 4), above=False)

        assert html == markdown.convert(text)
        assert markdown.sanitise(html) == html
        assert markdown.sanitise(shown) == shown
        assert [*harmless.text(markdown.absolutise(html, BASE))] == []


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("<p>a<button><p>b</button>", "<p>a</p><p>b</p><p></p>"),
        ("<object><p>a<object><p>b</object></object>c", "<p>a</p><p>b</p><p></p>c"),
        ("<pre>\n\n\nx</pre>", "<pre>\n\n\nx</pre>"),
    ],
)
def test_what_the_sanitiser_gives_is_read_as_it_was_judged(source: str, html: str) -> None:
    assert markdown.sanitise(source) == html
    assert markdown.sanitise(html) == html


def test_html_that_does_not_settle_is_shown_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown, "ROUNDS", 1)

    assert markdown.sanitise("<p onclick=hit()>x & y") == "<pre>&lt;p onclick=hit()&gt;x &amp; y</pre>"
