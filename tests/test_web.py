"""The built pages, looked at from outside by real tools: a validator, a browser, an accessibility checker.

The tools of `tests/web` are installed by `make web-tools`. What is missing skips its tests, but fails them in CI.
"""

import gzip
import json
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import extruct
import pytest
import showcase
from browsing import CHROMIUM, PATIENCE_MS, await_keys, launched
from conftest import quiet
from lxml import etree
from playwright.sync_api import Browser, Page, ViewportSize
from showcase import Place, Showcase

from generator import pages
from generator.build import read_config
from generator.check import check

TOOLS = Path(__file__).parent / "web/node_modules"
AXE = TOOLS / "axe-core/axe.min.js"
VNU = TOOLS / "vnu-jar/build/dist/vnu.jar"
JAVA = shutil.which("java") or ""

NARROW: ViewportSize = {"width": 320, "height": 640}
WIDE: ViewportSize = {"width": 1280, "height": 900}
ARTICLE_BYTES, FRONT_BYTES = 15_000, 30_000
REQUESTS = 3
SCRIPTED = frozenset({"search"})
"""Kinds of pages that may have scripts."""

BESIDE = {
    "english": (*showcase.ARTICLES, showcase.EMPTY_TOPIC),
    "arabic": (showcase.FOREIGN, showcase.EMPTY_TOPIC),
}
"""Pages that are looked at beside the largest of each kind."""


def needs(there: object, what: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not there and not os.environ.get("CI"), reason=f"{what} is not here")


needs_browser = needs(CHROMIUM, "Chromium")
needs_axe = needs(CHROMIUM and AXE.exists(), "axe-core, or Chromium,")
needs_vnu = needs(JAVA and VNU.exists(), "the Nu checker, or Java,")


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> list[Showcase]:
    made = (showcase.english, showcase.arabic, showcase.excerpts, showcase.empty, showcase.demo)
    return [make(tmp_path_factory.mktemp("showcase") / "project") for make in made]


@pytest.fixture(scope="module")
def english(sites: list[Showcase]) -> Showcase:
    return sites[0]


@pytest.fixture(scope="module")
def arabic(sites: list[Showcase]) -> Showcase:
    return sites[1]


@pytest.fixture(scope="module")
def looked_at(sites: list[Showcase]) -> list[tuple[Showcase, Place]]:
    """Give the pages a browser looks at: of each kind, and the hardest; of further sites few."""
    front = Place("front", "index.html")
    english, arabic, excerpts, empty, _ = sites
    return [
        *((site, place) for site in (english, arabic) for place in site.specimens(BESIDE[site.name])),
        *((excerpts, place) for place in (front, Place("article", showcase.RICHEST))),
        (empty, front),
    ]


class Host(NamedTuple):
    """A server of all the sites, each below its name, and what it was asked for."""

    address: str
    asked: list[str]

    def of(self, site: Showcase, path: str) -> str:
        # Each site has a host name of its own: browsers take every name below localhost for this machine.
        return self.address.replace("127.0.0.1", f"{site.name}.localhost") + site.below + quote(path)


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder for each host name, without a word."""

    def __init__(self, *arguments: Any, root: Path, asked: list[str], **named: Any) -> None:  # noqa: ANN401
        self._asked = asked
        super().__init__(*arguments, directory=str(root), **named)

    def do_GET(self) -> None:
        self._asked.append(self.path)
        self.path = f"/{self.headers['Host'].partition('.')[0]}{self.path}"
        super().do_GET()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def host(sites: list[Showcase], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    root = tmp_path_factory.mktemp("host")
    for site in sites:
        place = root / site.name / site.below
        place.parent.mkdir(exist_ok=True)
        place.symlink_to(site.folder)
    asked: list[str] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, root=root, asked=asked))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Host(f"http://127.0.0.1:{server.server_address[1]}/", asked)
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=WIDE, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()


def show(page: Page, host: Host, site: Showcase, place: Place) -> None:
    """Open a page; a redirect's without its redirect, so that there is time to look at it."""
    page.goto(host.of(site, "404.html" if place.kind == "redirect" else place.path))
    if place.kind == "redirect":
        html = (site.folder / place.path).read_text()
        page.set_content(re.sub(r"<meta http-equiv=.refresh.[^>]*>", "", html))


def trees(sites: list[Showcase]) -> Iterator[tuple[str, Place, Any]]:
    for site in sites:
        for place in site.pages:
            yield (
                f"{site.name}/{place.path}",
                place,
                etree.fromstring((site.folder / place.path).read_bytes(), etree.HTMLParser(encoding="utf-8")),
            )


def test_there_is_a_page_of_every_kind(english: Showcase, arabic: Showcase) -> None:
    kinds = {row.kind for row in pages.TABLE if any(name.endswith(".html") for name, _ in row.files)}

    for site in (english, arabic):
        assert {place.kind for place in site.pages} == kinds, site.name


def test_every_link_leads_somewhere_and_every_page_is_linked_to(sites: list[Showcase]) -> None:
    found = {
        site.name: check(site.project.root, read_config(site.project.root), quiet, quiet).issues
        for site in sites
    }

    assert found == {site.name: () for site in sites}


MISJUDGED = re.compile(r"(?:Inline script|Resource) violates Content Security Policy \(meta tag\): ")
"""What the checker says of pages that are files, which have no host to be of, and of data in `script`, which does
not run; `test_attacks` has a browser judge the policy."""


@needs_vnu
def test_the_nu_checker_finds_no_error_and_warns_of_nothing(sites: list[Showcase]) -> None:
    command = [JAVA, "-jar", str(VNU), "--also-check-css", "--also-check-svg", "--skip-non-html"]
    result = subprocess.run(
        [*command, "--format", "json", *(str(site.folder) for site in sites)],
        capture_output=True,
        text=True,
        check=False,
    )

    messages = [
        told for told in json.loads(result.stderr)["messages"] if not MISJUDGED.match(told["message"])
    ]
    assert [f"{told['url']}:{told.get('lastLine', 0)}: {told['message']}" for told in messages] == []


def test_a_page_has_one_first_heading_and_skips_no_level(sites: list[Showcase]) -> None:
    wrong = []
    for name, _, tree in trees(sites):
        levels = [int(element.tag[1]) for element in tree.iter("h1", "h2", "h3", "h4", "h5", "h6")]
        steps = zip([0, *levels], levels, strict=False)
        if levels.count(1) != 1 or any(after > before + 1 for before, after in steps):
            wrong.append((name, levels))

    assert wrong == []


NAMELESS = frozenset({"not-found", "redirect"})
"""Kinds of pages that are nothing to find, and say nothing of themselves."""

PROPERTIES = {
    "WebSite": {"name", "url", "inLanguage", "publisher", "potentialAction"},
    "NewsArticle": {
        *("headline", "description", "url", "mainEntityOfPage", "datePublished", "dateModified"),
        *("inLanguage", "author", "publisher", "isPartOf", "articleSection"),
    },
    "CollectionPage": {"name", "url", "inLanguage", "isPartOf"},
    "WebPage": {"name", "url", "inLanguage", "isPartOf"},
    "BreadcrumbList": {"itemListElement"},
}
"""What each thing must say of itself, by its type (schema.org)."""


def things(site: Showcase, place: Place) -> dict[str, dict[str, Any]]:
    """Give what a page says in JSON-LD, by type."""
    html = (site.folder / place.path).read_text()
    found = extruct.extract(html, base_url=site.address, syntaxes=["json-ld"], uniform=False)["json-ld"]
    assert {document["@context"] for document in found} <= {"https://schema.org"}
    return {thing["@type"]: thing for document in found for thing in document["@graph"]}


def test_every_kind_of_page_says_what_it_is(looked_at: list[tuple[Showcase, Place]]) -> None:
    for site, place in looked_at:
        said = things(site, place)
        main = next(iter(said), "")
        expected = {"front": {"WebSite"}, "article": {"NewsArticle"}}.get(
            place.kind, {"CollectionPage", "WebPage"}
        )
        if place.kind in NAMELESS:
            assert said == {}, place
            continue
        assert main in expected, place
        assert ("BreadcrumbList" in said) == (place.kind != "front"), place
        lacking = {kind: PROPERTIES[kind] - thing.keys() for kind, thing in said.items()}
        if not (site.folder / "search").exists():
            lacking.get("WebSite", set()).discard("potentialAction")
        assert not any(lacking.values()), (place, lacking)
        assert said[main]["url"] == f"{site.address}{quote(place.path.removesuffix('index.html'))}"


def test_an_article_says_where_it_comes_from(english: Showcase) -> None:
    article = things(english, Place("article", showcase.PLAIN))["NewsArticle"]

    assert article["isBasedOn"] == "https://c.example/plain"
    assert article["author"][0]["name"] == "The Courier"


def test_only_the_search_page_has_scripts(sites: list[Showcase]) -> None:
    handlers = "//@*[starts-with(name(), 'on')] | //a[starts-with(@href, 'javascript:')]"
    scripted = [
        name
        for name, place, tree in trees(sites)
        if place.kind not in SCRIPTED
        and (
            any(element.get("type") != "application/ld+json" for element in tree.iter("script"))
            or tree.xpath(handlers)
        )
    ]

    assert scripted == []


AXE_RUN = """async () => {
    const rules = Object.fromEntries(axe.getRules().map(rule => [rule.ruleId, {enabled: true}]))
    const found = await axe.run(document, {rules, resultTypes: ["violations"]})
    return found.violations.flatMap(({id, nodes}) => nodes.map(({target}) => `${id}: ${target.join(" ")}`))
}"""


@needs_axe
def test_axe_has_rules_on_that_it_has_off_by_itself(page: Page) -> None:
    page.set_content(
        "<!doctype html><html lang=en><title>T</title><main><h1>T</h1><p style='color: #707070'>Grey on white</p>"
        "<p style='font: 8px/8px serif'><a href='#a'>a</a><br><a href='#b'>b</a></p></main>"
    )
    page.evaluate(AXE.read_text())

    found = {told.partition(":")[0] for told in page.evaluate(AXE_RUN)}

    assert found == {"color-contrast-enhanced", "target-size"}


@needs_axe
def test_axe_finds_nothing_with_all_its_rules_in_light_and_dark(
    looked_at: list[tuple[Showcase, Place]], host: Host, page: Page
) -> None:
    page.set_viewport_size(WIDE)
    axe = AXE.read_text()
    found = []
    for site, place in looked_at:
        show(page, host, site, place)
        page.evaluate(axe)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found += [f"{site.name}/{place.path}, {scheme}: {told}" for told in page.evaluate(AXE_RUN)]

    assert found == []


@needs_axe
def test_axe_finds_enough_contrast_where_colours_are_forced(
    english: Showcase, host: Host, page: Page
) -> None:
    page.emulate_media(forced_colors="active")
    run = """async () => (await axe.run(document, {runOnly: ["color-contrast"], resultTypes: ["violations"]}))
        .violations.flatMap(({nodes}) => nodes.map(({target}) => target.join(" ")))"""
    found = []
    for place in english.specimens():
        show(page, host, english, place)
        page.evaluate(AXE.read_text())
        found += [f"{place.path}: {told}" for told in page.evaluate(run)]
    page.emulate_media(forced_colors="none")

    assert found == []


@needs_browser
def test_no_page_is_wider_than_the_smallest_screen(
    looked_at: list[tuple[Showcase, Place]], host: Host, page: Page
) -> None:
    page.set_viewport_size(NARROW)
    wide = {}
    for site, place in looked_at:
        show(page, host, site, place)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > NARROW["width"]:
            wide[f"{site.name}/{place.path}"] = width
    page.set_viewport_size(WIDE)

    assert wide == {}


@needs_browser
def test_one_line_parts_the_story_of_a_small_topic_from_its_headlines(
    sites: list[Showcase], host: Host, page: Page
) -> None:
    lines = []
    for site in sites:
        page.goto(host.of(site, "index.html"))
        lines += page.evaluate("""[...document.querySelectorAll(".blocks .headlines")].map(list => [
            getComputedStyle(list.previousElementSibling).borderBlockEndWidth,
            getComputedStyle(list.firstElementChild).borderBlockStartWidth,
        ])""")

    assert {tuple(pair) for pair in lines} == {("1px", "0px")}


@needs_browser
def test_a_headline_that_runs_the_other_way_begins_where_its_text_does(
    english: Showcase, host: Host, page: Page
) -> None:
    page.goto(host.of(english, showcase.FOREIGN))
    edges = page.evaluate(
        "[...document.querySelectorAll('.article h1, .body')].map(one => one.getBoundingClientRect().right)"
    )
    turned = page.evaluate("getComputedStyle(document.querySelector('.article h1')).direction")

    assert turned == "rtl"
    assert edges[0] == pytest.approx(edges[1], abs=100)


@needs_browser
def test_nothing_moves_for_who_wants_less_motion(
    looked_at: list[tuple[Showcase, Place]], host: Host, page: Page
) -> None:
    moving = """[...document.querySelectorAll("*")].flatMap(element => ["", "::before", "::after"].flatMap(part => {
        const style = getComputedStyle(element, part || null)
        const still = style.animationName === "none" && !parseFloat(style.transitionDuration)
        return still && style.scrollBehavior === "auto" ? [] : [element.tagName + part]
    }))"""
    found = {}
    for site, place in looked_at:
        show(page, host, site, place)
        elements = page.evaluate(moving)
        if elements:
            found[f"{site.name}/{place.path}"] = elements

    assert found == {}


@needs_browser
def test_the_first_tab_is_the_way_past_the_navigation(english: Showcase, host: Host, page: Page) -> None:
    for place in english.specimens():
        if place.kind == "redirect":
            continue  # it has no navigation
        show(page, host, english, place)
        await_keys(page)
        page.keyboard.press("Tab")
        link = page.locator(":focus")
        box = link.bounding_box()
        assert link.get_attribute("href") == "#main", place
        assert box, place
        assert min(box["x"], box["y"], box["width"] - 24, box["height"] - 24) >= 0, (place, box)
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        inside = page.evaluate("""(() => {
            const main = document.querySelector("#main")
            const here = document.activeElement
            return main.contains(here) || here === document.body
                || !!(main.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING)
        })()""")
        assert inside, place


FOCUSED = """() => {
    const here = document.activeElement
    if (!here || here === document.body) return null
    const style = getComputedStyle(here)
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
    const ways = [here.tagName, here.className, here.textContent.trim().slice(0, 30)].join(" ")
    return {ways, outlined}
}"""


@needs_browser
@pytest.mark.parametrize("forced", ["none", "active"])
def test_focus_is_visible_wherever_it_goes(english: Showcase, host: Host, page: Page, forced: str) -> None:
    page.emulate_media(forced_colors=forced)  # type: ignore[arg-type]
    hidden = []
    for path in ("index.html", showcase.RICHEST, "tags/index.html"):
        page.goto(host.of(english, path))
        await_keys(page)
        for _ in range(40):
            page.keyboard.press("Tab")
            focused = page.evaluate(FOCUSED)
            if focused and not focused["outlined"]:
                hidden.append((path, focused["ways"]))
    page.emulate_media(forced_colors="none")

    assert hidden == []


@needs_browser
@pytest.mark.parametrize(
    ("path", "most"), [(showcase.PLAIN, ARTICLE_BYTES), ("index.html", FRONT_BYTES)], ids=["article", "front"]
)
def test_a_page_is_light_and_asks_for_little(
    english: Showcase, host: Host, browser: Browser, path: str, most: int
) -> None:
    context = browser.new_context()
    opened = context.new_page()
    wanted: list[str] = []
    opened.on("request", lambda request: wanted.append(request.resource_type))
    host.asked.clear()
    opened.goto(host.of(english, path), wait_until="networkidle")
    context.close()

    sheets = [english.folder / asked.lstrip("/") for asked in host.asked if asked.endswith(".css")]
    sent = [(english.folder / path).read_bytes(), *(sheet.read_bytes() for sheet in sheets)]
    assert sum(len(gzip.compress(data, 6)) for data in sent) <= most
    assert len(sheets) == 1
    assert max(len(wanted), len(host.asked)) <= REQUESTS
