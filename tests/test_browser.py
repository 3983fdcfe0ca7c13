"""The preview in a real browser: a file is edited on the disk, and the open page shows it without being touched."""

import re
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from browsing import MISSING, PATIENCE_MS, await_keys, launched
from conftest import Project
from playwright.sync_api import Browser, Page, expect
from watching import Watched, eventually

CUP = "content/sport/2025-06-02/cup.md"
BODY = "".join(
    f"Paragraph {number}, long enough to fill a line or two of a page.\n\n" for number in range(60)
)
SEED = "The lighthouse keeper of Port Ellery retired after forty years.\n\nThe town gave her a boat.\n"

pytestmark = pytest.mark.skipif(MISSING, reason="there is no Chromium here to open the preview with")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give an empty page, whose scripts must not fail."""
    context = browser.new_context(viewport={"width": 900, "height": 700})
    context.set_default_timeout(PATIENCE_MS)
    opened = context.new_page()
    failures: list[str] = []
    opened.on("pageerror", lambda error: failures.append(str(error)))
    yield opened
    context.close()
    assert failures == []


@pytest.fixture
def site(project: Project) -> Project:
    project.write("dateline.toml", '[site]\ntitle = "T"\nbase_url = "https://news.example/digest/"\n')
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02T10:00:00Z", BODY)
    return project.article("arts/2025-06-01/film.md", "The film", "2025-06-01T10:00:00Z")


class Served(Watched):
    """A running preview."""

    address: str

    def __init__(self, root: Path, *options: str) -> None:
        super().__init__(root, "serve", "--port", "0", *options)
        self.until(lambda found: found["built"])
        (line,) = eventually(lambda: [line for line in self.said if "the site is at" in line])
        self.address = line.split()[-1]


@pytest.fixture
def served(site: Project) -> Iterator[Served]:
    served = Served(site.root)
    yield served
    assert served.stop() == 0


def test_an_edited_article_shows_and_the_reader_stays_where_they_were(
    site: Project, served: Served, page: Page
) -> None:
    page.goto(f"{served.address}2025/06/02/cup/")
    expect(page.locator("h1")).to_have_text("The cup")
    page.evaluate("scrollTo(0, 1200)")
    site.article("sport/2025-06-02/cup.md", "Another cup", "2025-06-02T10:00:00Z", BODY)

    expect(page.locator("h1")).to_have_text("Another cup")
    page.wait_for_function("scrollY === 1200")
    # What makes the preview live is sent with the page, and no part of the site.
    page_as_built = (site.root / "site/2025/06/02/cup/index.html").read_text()
    assert re.findall(r"<script[^>]*>", page_as_built) == ['<script type="application/ld+json">']


def test_a_page_that_did_not_change_is_left_alone(site: Project, served: Served, page: Page) -> None:
    page.goto(f"{served.address}2025/06/01/film/")
    page.evaluate("window.mark = 1")
    site.article("sport/2025-06-02/cup.md", "Another cup", "2025-06-02T10:00:00Z", "They lost.")
    served.until_written("2025/06/02/cup/index.html")
    site.article("arts/2025-06-01/film.md", "Another film", "2025-06-01T10:00:00Z")
    served.until_written("2025/06/01/film/index.html")
    expect(page.locator("h1")).to_have_text("Another film")
    page.evaluate("window.mark = 2")
    site.article("sport/2025-06-02/cup.md", "A third cup", "2025-06-02T10:00:00Z", "They drew.")
    served.until_written("2025/06/02/cup/index.html")
    page.goto(f"{served.address}2025/06/01/film/#main")

    assert page.evaluate("window.mark") == 2  # one and the same page, gone to a place in it


def test_a_new_story_is_on_the_open_front_page(site: Project, served: Served, page: Page) -> None:
    page.goto(served.address)
    site.write("seeds/2025-06-03-lighthouse.txt", SEED)

    expect(page.get_by_role("link", name=re.compile("lighthouse keeper"))).to_be_visible()


def test_a_stylesheet_is_swapped_in_place(site: Project, served: Served, page: Page) -> None:
    page.goto(f"{served.address}2025/06/02/cup/")
    page.evaluate("window.mark = 1")
    site.write("templates/assets/style.css", "body { background: rgb(1, 2, 3) }")
    expect(page.locator("body")).to_have_css("background-color", "rgb(1, 2, 3)")
    site.write("templates/assets/style.css", "body { background: rgb(4, 5, 6) }")
    expect(page.locator("body")).to_have_css("background-color", "rgb(4, 5, 6)")

    assert page.evaluate("window.mark") == 1
    expect(page.locator("link[rel=stylesheet]")).to_have_count(1)


def test_a_broken_template_is_named_on_the_page_until_it_is_mended(
    site: Project, served: Served, page: Page
) -> None:
    page.goto(f"{served.address}2025/06/02/cup/")
    site.write("templates/article.html", "{% extends 'default/article.html' %}\n\n{% if %}")
    overlay = page.locator("#dateline-preview")
    expect(overlay).to_contain_text("templates/article.html:3: ")
    expect(overlay).to_contain_text("last good site")
    expect(page.locator("h1")).to_have_text("The cup")
    page.reload()
    expect(overlay).to_contain_text("templates/article.html:3: ")

    site.write(
        "templates/article.html", "{% extends 'default/article.html' %}\n{% block kind %}mended{% endblock %}"
    )
    expect(overlay).to_have_count(0)
    expect(page.locator("meta[property='og:type']")).to_have_attribute("content", "mended")


def test_a_broken_article_is_named_on_the_page_until_it_is_mended(
    site: Project, served: Served, page: Page
) -> None:
    page.goto(served.address)
    site.write(CUP, "---\ntitle: [\n---\n")
    overlay = page.locator("#dateline-preview")
    expect(overlay).to_contain_text(f"{CUP}:")
    site.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02T10:00:00Z", BODY)

    expect(overlay).to_have_count(0)


def test_what_is_wrong_is_text_whatever_it_quotes(site: Project, served: Served, page: Page) -> None:
    page.goto(served.address)
    site.write("templates/article.html", "{{ '<img src=x onerror=window.hit=1>' | nosuch }}")
    expect(page.locator("#dateline-preview")).to_contain_text("templates/article.html:1: ")

    assert page.evaluate("window.hit") is None


def test_no_id_in_an_article_takes_the_place_of_the_preview(
    site: Project, served: Served, page: Page
) -> None:
    site.article(
        "sport/2025-06-02/cup.md", "Ids", "2025-06-02T10:00:00Z", '<p id="dateline-preview">Mine</p>'
    )
    page.goto(f"{served.address}2025/06/02/cup/")
    expect(page.locator("p#dateline-preview")).to_have_text("Mine")
    site.write("templates/article.html", "{% if %}")
    expect(page.get_by_role("alert")).to_contain_text("templates/article.html:1: ")
    await_keys(page)
    page.keyboard.press("Escape")

    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator("p#dateline-preview")).to_have_text("Mine")


def test_a_deleted_article_is_gone_and_stays_gone(site: Project, served: Served, page: Page) -> None:
    site.write("seeds/2025-06-03-lighthouse.txt", SEED)
    (story,) = served.until(lambda found: found["ingested"])["ingested"]["articles"]
    written = served.until_written("index.html")["built"]["written"]
    (path,) = (path for path in written if path.startswith("2025/06/03/") and path.count("/") == 4)
    page.goto(f"{served.address}{path.removesuffix('index.html')}")
    expect(page.locator("h1")).to_contain_text("lighthouse keeper")
    site.remove(story["path"])

    expect(page.locator("h1")).to_have_text("This page is not in the paper")
    answer = page.reload()
    assert answer
    assert answer.status == 404
    site.write("seeds/2025-06-03-lighthouse.txt", SEED)
    served.until(lambda found: found["ingested"])
    served.settle()
    answer = page.reload()
    assert answer
    assert answer.status == 404


def test_drafts_and_what_is_not_due_are_there_with_a_mark(site: Project, page: Page) -> None:
    site.article("sport/2025-06-02/draft.md", "A draft", "2025-06-02T12:00:00Z", draft="true")
    site.article("sport/2999-06-02/later.md", "Later", "2999-06-02T12:00:00Z")
    served = Served(site.root, "--drafts")
    try:
        page.goto(f"{served.address}2025/06/02/draft/")
        expect(page.locator(".held")).to_have_text("Draft")
        page.goto(f"{served.address}2999/06/02/later/")
        expect(page.locator(".held")).to_have_text("Not out yet")
        page.goto(served.address)
        expect(page.locator(".held")).to_have_count(2)
        site.article("sport/2025-06-02/draft.md", "A draft", "2025-06-02T12:00:00Z")
        expect(page.locator(".held")).to_have_count(1)
        assert not (site.root / "site").exists()
    finally:
        assert served.stop(signal.SIGINT) == 0


def test_the_preview_follows_the_configuration(site: Project, served: Served, page: Page) -> None:
    config = (site.root / "dateline.toml").read_text()
    site.write("dateline.toml", config.replace("/digest/", "/paper/") + '[build]\noutput = "public"\n')
    served.until_written("index.html")
    page.goto(served.address.replace("/digest/", "/"))

    expect(page).to_have_url(served.address.replace("/digest/", "/paper/"))
    page.get_by_role("link", name="The cup", exact=True).click()
    expect(page.locator("h1")).to_have_text("The cup")


def test_a_site_that_is_not_there_yet_appears(site: Project, page: Page) -> None:
    for number in range(300):
        site.article(f"arts/2025-06-03/{number}.md", f"N{number}", "2025-06-03T10:00:00Z")
    served = Watched(site.root, "serve", "--port", "0")
    try:
        eventually(lambda: served.said)
        page.goto(served.said[0].split()[-1])
        expect(page.locator("h1.name")).to_have_text("T")
    finally:
        assert served.stop() == 0


@pytest.mark.parametrize(
    ("scheme", "media", "accent"),
    [
        ("light", "screen", "#006252"),
        ("dark", "screen", "#5cb09b"),
        ("light", "print", "#000"),
        ("dark", "print", "#000"),
    ],
)
def test_the_accent_follows_the_colour_scheme_and_leaves_paper_alone(
    site: Project,
    page: Page,
    scheme: Literal["light", "dark"],
    media: Literal["screen", "print"],
    accent: str,
) -> None:
    site.write(
        "dateline.toml", '[theme]\naccent = "#0a6e5c"\n[theme.fonts]\ntext = "Courier, serif"\n'
    ).build()
    page.route(
        "**/*", lambda route: route.fulfill(path=f"{site.root}/site{urlsplit(route.request.url).path}")
    )
    page.emulate_media(color_scheme=scheme, media=media)

    page.goto("http://news.example/404.html")

    root = "getComputedStyle(document.documentElement)"
    assert page.evaluate(f"{root}.getPropertyValue('--accent')") == accent
    assert page.evaluate("getComputedStyle(document.body).fontFamily") == "Courier, serif"
