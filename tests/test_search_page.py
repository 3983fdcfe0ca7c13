"""The search page in a real browser: what is typed is found, sifted and reached, by keyboard alone."""

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from browsing import MISSING, PATIENCE_MS, await_keys, launched
from conftest import Project
from playwright.sync_api import Browser, Page, Request, expect

from generator import parts

pytestmark = pytest.mark.skipif(MISSING, reason="there is no Chromium here to search with")

PLACES = ("Colstrand", "Haverness", "Lindmoor", "Ostrigg", "Skarrow", "Brenmouth")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Build a site in two languages, and serve it below a path."""
    project = Project(tmp_path_factory.mktemp("search") / "project")
    project.write(
        "dateline.toml",
        '[site]\ntitle = "T"\nbase_url = "https://news.example/digest/"\n[search]\nenabled = true\n',
    )
    furnish(project)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "SIZE", 6)
        project.build()
    with served(project.root / "site") as found:
        yield found


def furnish(project: Project) -> None:
    for number in range(24):
        topic, place = ("sport", "economy")[number % 2], PLACES[number % len(PLACES)]
        day = f"2025-0{4 + number // 12}-{1 + number % 12:02}"
        text = f"The ferry came to {place} in the evening. It carried {number + 2} passengers."
        project.article(
            f"{topic}/{day}/s{number}.md", f"Ferry {number} reaches {place}", f"{day}T10:00:00Z", text,
            source=("The Courier", "Wire & Post")[number % 3 == 0],
        )  # fmt: skip
    project.article(
        "economy/2025-05-20/markup.md",
        "Signs",
        "2025-05-20T10:00:00Z",
        "Quoted: `<img src=x onerror=hit=1>` and `<mark>` beside a rare zeppelin.",
    )
    text = "Le traversier est arrivé dans le port avec des passagers."
    project.article("sport/2025-05-21/fr.md", "Un traversier", "2025-05-21T10:00:00Z", text, language="fr-CA")


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a built site below `/digest/`."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "digest").symlink_to(site)
        with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=folder)) as server:
            thread = Thread(target=server.serve_forever)
            thread.start()
            try:
                yield f"http://127.0.0.1:{server.server_port}/digest/"
            finally:
                server.shutdown()
                thread.join()


class _Handler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 900, "height": 700}, locale="en")
    context.set_default_timeout(PATIENCE_MS)
    opened = context.new_page()
    failures: list[str] = []
    opened.on("pageerror", lambda error: failures.append(str(error)))
    yield opened
    context.close()
    assert failures == []


def found(page: Page) -> list[str]:
    return page.locator(".found a").all_inner_texts()


def test_what_is_typed_is_found(page: Page, address: str) -> None:
    page.goto(f"{address}search/")
    box = page.get_by_label("Words in headlines and stories")
    await_keys(page)
    box.press_sequentially("lindmoor")
    expect(box).to_have_value("lindmoor")
    expect(page.get_by_role("status")).to_have_text("4 stories")

    assert sorted(found(page)) == [f"Ferry {number} reaches Lindmoor" for number in (14, 2, 20, 8)]
    expect(page.locator(".found mark").first).to_have_text(re.compile("Lindmoor"))
    expect(page.locator(".found .meta").first).to_contain_text(re.compile(r"(April|May) \d+, 2025"))
    expect(page).to_have_url(f"{address}search/?q=lindmoor")


def test_a_result_leads_to_its_story(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=zeppelin")
    page.get_by_role("link", name="Signs").click()

    expect(page).to_have_url(f"{address}2025/05/20/markup/")
    expect(page.locator("h1")).to_have_text("Signs")


def test_words_are_found_in_whatever_form_in_every_language(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=carrying")
    expect(page.get_by_role("status")).to_have_text("24 stories")
    page.goto(f"{address}search/?q=arriver")
    expect(page.get_by_role("status")).to_have_text("1 story")

    expect(page.locator(".found h2")).to_have_attribute("lang", "fr")


def test_a_choice_narrows_what_is_found_and_says_what_it_leaves(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=ferry")
    expect(page.get_by_role("status")).to_have_text("24 stories")
    topic, date = page.get_by_label("Topic", exact=True), page.get_by_label("Date", exact=True)
    expect(topic.locator("option")).to_have_text(["All topics", "Economy (12)", "Sport (12)"])
    topic.select_option("sport")
    expect(page.get_by_role("status")).to_have_text("12 stories")
    expect(date.locator("option")).to_have_text(
        [*("Any time", "2025 (12)", "May 2025 (6)", "April 2025 (6)")]
    )
    date.select_option("2025-05")
    expect(page.get_by_role("status")).to_have_text("6 stories")
    page.get_by_label("Source").select_option("Wire & Post")
    expect(page.get_by_role("status")).to_have_text("2 stories")

    expect(page).to_have_url(f"{address}search/?q=ferry&topic=sport&date=2025-05&source=Wire+%26+Post")
    page.reload()
    expect(page.get_by_role("status")).to_have_text("2 stories")
    expect(topic.locator("option")).to_have_text(["All topics", "Economy (2)", "Sport (2)"])


def test_an_address_that_asks_for_what_is_no_date_finds_nothing(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=ferry&date=soon&topic=none")

    expect(page.get_by_role("status")).to_have_text("Nothing was found. Try fewer or other words.")
    expect(page.get_by_label("Date", exact=True).locator("option:checked")).to_have_text("soon (0)")


def test_a_language_can_be_chosen_where_there_are_several(page: Page, address: str) -> None:
    page.goto(f"{address}search/?date=2025")
    expect(page.get_by_role("status")).to_have_text("26 stories")
    choice = page.get_by_label("Language")
    expect(choice.locator("option")).to_have_text(["All languages", "English (25)", "French (1)"])
    choice.select_option("fr")

    expect(page.get_by_role("status")).to_have_text("1 story")


def test_further_results_come_when_they_are_asked_for(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: note(asked, request))
    page.goto(f"{address}search/?q=ferry")
    expect(page.locator(".found li")).to_have_count(10)
    assert len(asked) == 10
    button = page.get_by_role("button", name="More results")
    button.focus()
    await_keys(page)
    page.keyboard.press("Enter")
    expect(page.locator(".found li")).to_have_count(20)
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".found li")).to_have_count(24)

    expect(button).to_be_hidden()
    expect(page.locator(".found a").nth(20)).to_be_focused()
    assert len(set(found(page))) == 24


def note(asked: list[str], request: Request) -> None:
    if request.url.endswith(".pf_fragment"):
        asked.append(request.url)


def test_nothing_can_be_chosen_before_something_is_found(page: Page, address: str) -> None:
    page.goto(f"{address}search/")
    expect(page.get_by_role("searchbox")).to_be_visible()
    expect(page.locator(".search select").filter(visible=True)).to_have_count(0)
    await_keys(page)
    page.get_by_role("searchbox").press_sequentially("skarrow")
    expect(page.get_by_role("searchbox")).to_have_value("skarrow")
    expect(page.locator(".search select").filter(visible=True)).to_have_count(1)


def test_a_keyboard_is_enough(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=skarrow")
    expect(page.get_by_role("status")).to_have_text("4 stories")
    expect(page.get_by_label("Date", exact=True)).to_be_visible()  # choices come after what was found
    page.get_by_role("searchbox").focus()
    await_keys(page)
    reached = []
    for _ in range(2 + 4):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.name || document.activeElement.textContent"))
    assert (reached[:2], reached[2:]) == (["Search", "date"], found(page))
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_have_text(reached[-2])


def test_a_choice_is_made_by_keyboard_and_the_focus_stays(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=ferry")
    expect(page.get_by_role("status")).to_have_text("24 stories")
    topic = page.get_by_label("Topic", exact=True)
    expect(topic).to_be_visible()
    topic.focus()
    for _ in range(PATIENCE_MS // 200):
        page.keyboard.press("s")
        page.wait_for_timeout(200)
        if topic.input_value() == "sport":  # on a busy machine a list may take no notice of the first key
            break
    expect(page.get_by_role("status")).to_have_text("12 stories")

    expect(topic).to_be_focused()
    expect(topic).to_have_value("sport")


def test_escape_clears_all_and_stays(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=ferry&topic=sport")
    expect(page.get_by_role("status")).to_have_text("12 stories")
    expect(page.get_by_label("Topic", exact=True)).to_be_visible()
    page.get_by_label("Topic", exact=True).focus()
    await_keys(page)
    page.keyboard.press("Escape")

    expect(page.get_by_role("searchbox")).to_be_focused()
    expect(page.get_by_role("searchbox")).to_have_value("")
    expect(page.locator(".found li")).to_have_count(0)
    expect(page).to_have_url(f"{address}search/")


def test_nothing_found_is_said(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=xylophone")

    expect(page.get_by_role("status")).to_have_text("Nothing was found. Try fewer or other words.")


def test_what_stories_quote_is_text(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=zeppelin")
    expect(page.locator(".found .summary")).to_contain_text(
        "<img src=x onerror=hit=1> and <mark> beside a rare"
    )
    expect(page.locator(".found mark")).to_have_text("zeppelin.")

    assert page.evaluate("window.hit") is None
    assert page.locator(".found img").count() == 0


def test_an_index_that_is_not_there_is_said_and_comes_back(page: Page, address: str) -> None:
    page.route("**/parts.json", lambda route: route.abort())
    page.goto(f"{address}search/?q=ferry")
    expect(page.get_by_role("status")).to_have_text("The search does not answer. Try again in a moment.")
    page.unroute("**/parts.json")
    await_keys(page)
    page.get_by_role("searchbox").press("Enter")

    expect(page.get_by_role("status")).to_have_text("24 stories")


def test_without_scripts_the_page_points_elsewhere(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}search/?q=ferry")
    ways = page.locator("main noscript a")
    there = [link.get_attribute("href") for link in ways.all()]
    context.close()

    assert there == ["/digest/topics/", "/digest/tags/", "/digest/sources/", "/digest/"]


def test_nothing_is_loaded_before_it_is_needed(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(address)))
    page.goto(f"{address}search/")
    page.wait_for_load_state("networkidle")

    assert not [path for path in asked if path.startswith("pagefind/")]


def test_every_page_leads_to_the_search_and_no_other_has_a_script(page: Page, address: str) -> None:
    page.goto(f"{address}2025/05/20/markup/")
    assert page.locator("script:not([type*=json])").count() == 0
    page.get_by_role("navigation").get_by_role("link", name="Search").click()

    expect(page.get_by_role("searchbox")).to_be_visible()
    assert shutil.which("chromium") is None or page.locator("script[type=module]").count() == 1


def test_a_site_from_right_to_left_is_searched_as_well(project: Project, page: Page) -> None:
    project.write(
        "dateline.toml",
        '[site]\ntitle = "T"\nbase_url = "https://news.example/digest/"\nlanguage = "ar"\n'
        "[search]\nenabled = true\n",
    )
    project.article(
        "sport/2025-05-21/a.md", "عودة العبّارة", "2025-05-21T10:00:00Z", "وصلت العبّارة إلى الميناء."
    )
    project.build()
    with served(project.root / "site") as address:
        page.goto(f"{address}search/?q=الميناء")
        expect(page.locator(".found a")).to_have_text("عودة العبّارة")
        width = page.evaluate("document.documentElement.scrollWidth - innerWidth")

    assert width <= 0


def test_what_is_called_as_something_of_the_language_is_counted(browser: Browser, project: Project) -> None:
    site = '[site]\ntitle = "T"\nbase_url = "https://news.example/digest/"\n[search]\nenabled = true\n'
    project.write("dateline.toml", site)
    for number, source in enumerate(("constructor", "constructor", "The Courier")):
        project.article(
            f"arts/2025-06-02/s{number}.md", f"Boat {number}", "2025-06-02", source=source, topic=source
        )
    project.build()
    with served(project.root / "site") as address:
        page = browser.new_page()
        page.goto(f"{address}search/?q=boat")

        expect(page.locator("#by-source option")).to_contain_text(["", "constructor (2)", "The Courier (1)"])
        expect(page.locator("#by-topic option").nth(1)).to_have_text("constructor (2)")
        page.close()
