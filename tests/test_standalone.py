"""Pages that stand by themselves: a Markdown file without a date, at the top of the content folder."""

from collections.abc import Callable

import pytest
from conftest import Project

from generator.catalogue import Catalogue
from generator.model import DatelineError, Issue, Severity

ABOUT = "---\ntitle: About us\nsummary: Who we are.\n---\n\nWe read *papers*.\n"


@pytest.fixture
def site(project: Project) -> Project:
    project.article("sport/2025-06-02/cup.md", "Ellery wins the cup", "2025-06-02")
    return project.write("content/about.md", ABOUT).configure('[pages]\nabout = "About"\n')


def test_a_file_without_a_date_is_a_page(site: Project) -> None:
    report = site.build()
    page = site.read("about/index.html")

    assert report.issues == ()
    assert "<h1" in page
    assert ">About us</h1>" in page
    assert "<p>We read <em>papers</em>.</p>" in page
    assert '<meta name="description" content="Who we are.">' in page
    assert '<link rel="canonical" href="https://news.example/about/">' in page


def test_every_page_leads_to_it_in_the_order_of_the_configuration(site: Project) -> None:
    site.write("content/imprint.md", ABOUT).configure('imprint = "Imprint"\n').build()
    pages = [path for path in site.site() if path.endswith(".html")]
    footers = {site.read(path).partition('<footer class="colophon">')[2] for path in pages}

    assert all('<a href="/about/">About</a>' in footer for footer in footers)
    assert all(footer.index("/about/") < footer.index("/imprint/") for footer in footers)


def test_it_is_in_the_sitemap_of_standing_pages_and_in_no_list_of_news(site: Project) -> None:
    site.build()
    files = {path: data.decode() for path, data in site.site().items() if not path.startswith("assets/")}
    naming = {path for path, text in files.items() if "About us" in text or "/about/</loc>" in text}

    assert naming == {"about/index.html", "sitemap-pages.xml"}


def test_it_comes_changes_and_goes_as_a_clean_build_has_it(
    site: Project, another: Callable[[], Project]
) -> None:
    def clean() -> object:
        twin = another()
        for path, data in site.content().items():
            twin.write(f"content/{path}", data)
        twin.write("dateline.toml", (site.root / "dateline.toml").read_text()).build()
        return twin.site()

    site.remove("content/about.md").build()
    steps: list[Callable[[], Project]] = [
        lambda: site.write("content/about.md", ABOUT),
        lambda: site.write("content/about.md", ABOUT.replace("papers", "news")),
        lambda: site.write("content/about.md", ABOUT.replace("---\n\n", "draft: true\n---\n\n")),
        lambda: site.write("content/about.md", ABOUT.replace("---\n\n", "aliases: [/us/]\n---\n\n")),
        lambda: site.article("about.md", "About us", "2025-06-03"),
        lambda: site.write("content/about.md", ABOUT),
        lambda: site.move("content/about.md", "content/imprint.md"),
    ]
    for step in steps:
        step()
        site.build()
        assert site.site() == clean()


def test_a_file_with_a_date_at_the_top_stays_an_article(site: Project) -> None:
    site.article("late.md", "Late news", "2025-06-02").build()

    assert site.exists("2025/06/02/late/index.html")
    assert not site.exists("late/index.html")


def test_a_file_without_a_date_in_a_folder_is_a_mistake_as_before(project: Project) -> None:
    project.write("content/sport/about.md", ABOUT)

    assert project.build().issues == (Issue("content/sport/about.md", 1, "no `date` in the front matter"),)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("---\nsummary: Nothing.\n---\n", 1, "no `title` in the front matter"),
        ("---\ntitle: About\ndate: soon\n---\n", 3, "`date` is no date: 'soon'"),
    ],
)
def test_a_page_needs_a_title_and_a_date_that_is_wrong_does_not_make_one(
    project: Project, text: str, line: int, message: str
) -> None:
    (issue,) = project.write("content/about.md", text).build().issues

    assert (issue.path, issue.line) == ("content/about.md", line)
    assert issue.message.startswith(message)
    assert not project.exists("about/index.html")


def test_the_language_of_the_site_is_no_other_by_its_region(project: Project) -> None:
    page = ABOUT.replace("summary:", "language: en\nsummary:")
    project.write("dateline.toml", '[site]\nlanguage = "en-GB"\n').write("content/about.md", page).build()

    assert '<h1 dir="auto">About us</h1>' in project.read("about/index.html")


@pytest.mark.parametrize(
    "name", ["topics", "Tags", "languages", "search", "assets", "pagefind", "trends", "2025"]
)
def test_a_page_may_not_stand_where_others_do(project: Project, name: str) -> None:
    (issue,) = project.write(f"content/{name}.md", ABOUT).build().issues

    assert (issue.path, issue.severity) == (f"content/{name}.md", Severity.ERROR)
    assert "its address is that of another kind of page" in issue.message


def test_of_two_files_with_one_address_the_first_has_it(project: Project) -> None:
    project.write("content/About.md", ABOUT.replace("papers", "first")).write("content/about.md", ABOUT)

    (issue,) = project.build().issues

    assert issue == Issue(
        "content/about.md",
        1,
        "/about/ belongs to content/About.md already; this file is not published",
    )
    assert "first" in project.read("about/index.html")


def test_an_entry_without_its_file_is_named_with_its_line(site: Project) -> None:
    site.configure('imprint = "Imprint"\n')
    text = (site.root / "dateline.toml").read_text().splitlines()

    expected = Issue(
        "dateline.toml",
        text.index('imprint = "Imprint"') + 1,
        "`pages.imprint` leads nowhere; it needs a page, content/imprint.md, without a `date`",
    )

    assert site.build().issues == (expected,)
    assert site.build().issues == (expected,)
    assert site.write("content/imprint.md", ABOUT).build().issues == ()


def test_it_is_named_on_a_site_of_excerpts_too(project: Project) -> None:
    (issue,) = project.configure('body = "excerpt"\n[pages]\nimprint = "Imprint"\n').build().issues

    assert issue.message.startswith("`pages.imprint` leads nowhere")


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ('"About us" = "About"', "is no slug"),
        ('about = ""', "must be text"),
        ("about = 1", "expected `str`"),
    ],
)
def test_a_mistake_in_the_table_of_pages_is_named_with_its_line(
    project: Project, entry: str, message: str
) -> None:
    line = (project.root / "dateline.toml").read_text().count("\n") + 3

    with pytest.raises(DatelineError, match=rf"dateline\.toml:{line}: `pages\..*{message}"):
        project.configure(f"[pages]\n{entry}\n").build()


def test_files_beside_it_come_along(site: Project) -> None:
    site.write("content/about.md", f"{ABOUT}\n![Us](portrait.png)\n").write("content/portrait.png", b"PNG")

    assert site.build().issues == ()
    assert site.read("about/portrait.png") == "PNG"

    site.write("content/portrait.png", b"PNG2").build()
    assert site.read("about/portrait.png") == "PNG2"


def test_a_draft_stands_only_in_a_preview_with_drafts(site: Project) -> None:
    site.write("content/about.md", ABOUT.replace("---\n\n", "draft: true\n---\n\n"))

    report = site.build()
    site.build(drafts=True)
    preview = (site.root / ".dateline/drafts/site/about/index.html").read_text()

    assert [held.path for held in report.held_back] == ["content/about.md"]
    assert not site.exists("about/index.html")
    assert '<p class="held">Draft</p>' in preview


def test_a_former_address_gives_way_to_a_page_and_to_the_files_beside_it(site: Project) -> None:
    site.article("sport/2025-06-01/one.md", "One", "2025-06-01", aliases="[/about/, /about/data/]")
    site.write("content/about.md", f"{ABOUT}\n[Data](data)\n").write("content/data", b"1")

    site.build()
    assert "We read" in site.read("about/index.html")
    assert site.read("about/data") == "1"

    site.remove("content/about.md").build()
    assert "2025/06/01/one/" in site.read("about/index.html")
    assert "2025/06/01/one/" in site.read("about/data/index.html")


def test_when_it_was_changed_is_told(site: Project) -> None:
    site.write("content/about.md", ABOUT.replace("---\n\n", "updated: 2025-06-05\n---\n\n")).build()

    assert '<time datetime="2025-06-05T00:00+00:00">' in site.read("about/index.html")


def test_an_edit_of_a_page_touches_nothing_but_the_page(site: Project) -> None:
    site.build()

    report = site.write("content/about.md", ABOUT.replace("papers", "news")).build()

    assert report.written == ("about/index.html",)


def test_looking_for_linked_pages_loads_nothing_where_all_are_there(site: Project) -> None:
    site.build()
    catalogue = Catalogue(site.root / ".dateline/catalogue.sqlite", guest=True)

    assert (catalogue.vacant(["about/", "imprint/"]), catalogue.holds_more_than_pages()) == (
        ["imprint/"],
        False,
    )


def test_a_link_to_another_kind_of_page_is_told_so(project: Project) -> None:
    project.configure('[pages]\nsearch = "Search"')

    assert [issue.message for issue in project.build().issues] == [
        "`pages.search` is no page of one's own: /search/ belongs to another kind of page"
    ]
