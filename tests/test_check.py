"""`dateline check`: what in the built site leads nowhere, and what nothing leads to."""

import json
import re

import pytest
from checking import checked, list_in_sitemap, newsroom, page, problems
from conftest import Project
from showcase import DOT
from typer.testing import CliRunner

from generator import cli
from generator.checking.documents import read_robots, read_stylesheet, read_xml
from generator.checking.faults import NAMED
from generator.checking.markup import read_page
from generator.checking.references import Unreadable
from generator.checking.targets import OUTSIDE, Map
from generator.model import DatelineError, Severity

CUP = "content/sport/2025-06-02/cup.md"


@pytest.fixture
def built(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    return newsroom(project, tmp_path_factory.getbasetemp())


def test_a_site_as_it_was_built_has_no_problems(built: Project) -> None:
    report = checked(built)

    assert report.issues == ()
    assert report.pages == len([path for path in built.site() if path.endswith(".html")])
    assert report.links > 100


def test_below_a_path_and_in_other_scripts_neither(project: Project) -> None:
    project.write("dateline.toml", '[site]\ntitle = "T"\nbase_url = "https://example.org/a%20b/digest"\n')
    project.article("sport/2025-06-02/كأس.md", "كأس", "2025-06-02", "![](صورة 1.png)", tags="[北京, 50% off]")
    project.write("content/sport/2025-06-02/صورة 1.png", DOT)
    project.build()

    assert problems(project) == []


def test_a_broken_link_of_an_article_is_named_with_its_line_and_file(project: Project) -> None:
    body = "One.\n\nSee [this](/2025/06/01/gone/) and [that](../nor-this/)."
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02", body).build()
    page = "site/2025/06/02/cup/index.html"
    line = project.read("2025/06/02/cup/index.html").split("/gone/")[0].count("\n") + 1

    assert problems(project) == [
        f"{page}:{line}: leads to /2025/06/01/gone/, which is not there ({CUP})",
        f"{page}:{line}: leads to /2025/06/02/nor-this/, which is not there ({CUP})",
    ]


def test_without_a_catalogue_only_the_page_is_named(project: Project) -> None:
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02", "[x](/gone/)").build()
    project.remove(".dateline/catalogue.sqlite")

    (found,) = problems(project)

    assert re.fullmatch(r"site/2025/06/02/cup/index\.html:\d+: leads to /gone/, which is not there", found)
    assert not (project.root / ".dateline/catalogue.sqlite").exists()


def test_a_deleted_page_is_missed_by_what_leads_to_it(built: Project) -> None:
    built.remove("site/topics/sport/index.html")

    found = problems(built)

    assert any(line.startswith("site/index.html:") and "leads to /topics/sport/, " in line for line in found)
    assert "site/topics/sport/2025/06/index.html:1: nothing links to this page" in found


def test_a_fault_that_many_pages_share_is_told_of_the_first(project: Project) -> None:
    for number in range(30):
        project.article(f"sport/2025-06-02/cup-{number}.md", f"Cup {number}", "2025-06-02")
    project.write(
        "templates/_navigation.html",
        "{% macro entry(path, name, here, current, class='') %}<li><a href='/nowhere/'>N</a></li>{% endmacro %}",
    )
    project.build()

    found = [issue for issue in checked(project).issues if "/nowhere/" in issue.message]

    assert len(found) == NAMED
    (last,) = (issue for issue in found if "more files do the same" in issue.message)
    pages = len([path for path in project.site() if path.endswith(".html")])
    assert f"{pages - NAMED} more files" in last.message


def test_pages_that_nothing_links_to_are_warnings(built: Project) -> None:
    built.write("site/alone/index.html", "<!doctype html><title>A</title><a href='/island/'>I</a>")
    built.write("site/island/index.html", "<!doctype html><title>I</title><a href=/>Home</a>")
    built.write(
        "site/hidden.html", "<!doctype html><meta name=robots content='noindex, follow'><title>H</title>"
    )
    list_in_sitemap(built, "alone/", "island/")

    report = checked(built)

    assert [(issue.path, issue.message) for issue in report.issues] == [
        ("site/alone/index.html", "nothing links to this page"),
        ("site/island/index.html", "no way leads to this page from the front page"),
    ]
    assert {issue.severity for issue in report.issues} == {Severity.WARNING}


def test_of_a_page_that_stands_by_itself_and_has_no_way_it_is_said_how_it_gets_one(project: Project) -> None:
    project.write(
        "content/who-we-are.md", "---\ntitle: Who we are\nsummary: Four of us.\n---\n\nFour of us.\n"
    ).build()

    (found,) = problems(project)
    assert found == (
        "site/who-we-are/index.html:1: nothing links to this page; name it below [pages] in dateline.toml, and"
        " every page does (content/who-we-are.md)"
    )
    project.configure('[pages]\nwho-we-are = "Who we are"\n')
    project.build()
    assert problems(project) == []


def test_what_is_only_named_is_no_way(built: Project) -> None:
    head = '<link rel=next href="/named/"><meta property="og:url" content="https://news.example/named/">'
    page(built, "a.html", "", head).write("site/named/index.html", "<!doctype html><title>N</title>")
    list_in_sitemap(built, "named/")

    assert problems(built) == ["site/named/index.html:1: nothing links to this page"]


def test_links_in_pages_that_nothing_leads_to_are_followed_too(built: Project) -> None:
    built.write("site/alone/index.html", "<!doctype html>\n<a href='gone.html'>G</a>")

    assert "site/alone/index.html:2: leads to /alone/gone.html, which is not there" in problems(built)


@pytest.mark.parametrize(
    "markup",
    [
        "<script src=/gone.png></script>",
        '<form action="/gone.png"></form>',
        "<p style=\"background: url('/gone.png')\">x</p>",
        "<style>/* url(/unused.png) */ p { background: url( /gone.png ) }</style>",
        '<iframe src="https://news.example/gone.png"></iframe>',
        '<meta property="og:video" content="https://news.example/gone.png">',
        '<a href="\t/gone.png ">x</a>',
        '<svg><use href="/gone.png"></use></svg>',
    ],
)
def test_whatever_refers_to_a_missing_file_is_found(built: Project, markup: str) -> None:
    page(built, "a.html", markup)

    (found,) = problems(built)

    assert found.startswith("site/a.html:4: leads to ")
    assert found.endswith("gone.png, which is not there")


def test_a_fragment_has_to_be_an_id_or_the_name_of_an_anchor(built: Project) -> None:
    page(built, "b.html", '<p id="here">x</p><a name="old">y</a><p id="größe">z</p>')
    links = ["b.html#here", "b.html#old", "b.html#gr%C3%B6%C3%9Fe", "b.html#:~:text=x", "#", "#top", "#own"]
    page(built, "a.html", '<p id="own">o</p>' + "".join(f'<a href="{link}">x</a>' for link in links))
    page(built, "c.html", '<a href="b.html#gone">x</a>\n<a href="#nor-this">y</a>')

    assert problems(built) == [
        "site/c.html:4: leads to /b.html#gone, where nothing has that id",
        "site/c.html:5: leads to /c.html#nor-this, where nothing has that id",
    ]


def test_an_id_belongs_to_one_element(built: Project) -> None:
    page(built, "a.html", '<p id="x">1</p>\n<p id="x">2</p>\n<p id="x">3</p>')

    assert problems(built) == ["site/a.html:5: two elements have the id 'x'"]


def test_relative_addresses_count_from_the_base_element(built: Project) -> None:
    page(built, "a/b.html", '<a href="style.css">x</a> <a href="/rss.xml">y</a>', '<base href="/assets/">')
    page(built, "c.html", '<a href="/gone/">elsewhere</a>', '<base href="https://other.example/">')

    assert problems(built) == []


def test_a_stylesheet_refers_to_files_beside_it(built: Project) -> None:
    built.write(
        "site/assets/more.css", '@import "style.css";\n\na { background: url(favicon.svg), url(no.png) }'
    )

    assert problems(built) == ["site/assets/more.css:3: leads to /assets/no.png, which is not there"]


def test_feeds_and_sitemaps_lead_to_files_and_repeat_no_fault_of_a_page(project: Project) -> None:
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02", "[x](/gone/)").build()
    feed = project.read("atom.xml").replace(
        "https://news.example/2025/06/02/cup/", "https://news.example/no/"
    )
    project.write("site/atom.xml", feed)
    sitemap = project.read("sitemap-pages.xml").replace("/topics/arts/", "/topics/sports/")
    project.write("site/sitemap-pages.xml", sitemap)

    found = problems(project)

    assert [line for line in found if "/gone/" in line] == [
        line for line in found if line.startswith("site/2025/06/02/cup/index.html")
    ]
    assert any(re.match(r"site/atom\.xml:\d+: leads to /no/, ", line) for line in found)
    assert any(re.match(r"site/sitemap-pages\.xml:\d+: .*/topics/sports/, ", line) for line in found)


def test_a_sitemap_lists_no_page_that_search_engines_should_leave(built: Project) -> None:
    built.write("site/sitemap-pages.xml", built.read("sitemap-pages.xml").replace("/tags/cup/", "/old/film/"))

    found = problems(built)

    assert found[0].endswith("lists /old/film/, which is no page to find")
    assert found[1:] == ["site/tags/cup/index.html:1: stands in no sitemap"]


def test_a_feed_that_is_no_xml_and_an_empty_page_are_named(built: Project) -> None:
    built.write("site/rss.xml", "<rss>\n<channel></rss>")
    built.write("site/feed.json", "{")
    built.write("site/tags/index.html", "")

    found = problems(built)

    assert found[0].startswith("site/feed.json:1: this file is no JSON: ")
    assert found[1].startswith("site/rss.xml:2: this file is no well-formed XML: ")
    assert found[2] == "site/tags/index.html:1: this file is empty"


def test_a_page_that_is_nested_too_deep_is_named_and_not_half_read(built: Project) -> None:
    page(built, "a.html", f'{"<div>" * 3000}\n<a href="/gone/">x</a>')
    page(built, "b.html", f'{"<div>" * 1000}\n<a href="/gone/">x</a>')

    assert problems(built) == [
        "site/a.html:4: this file is nested too deep to be read",
        "site/b.html:5: leads to /gone/, which is not there",
    ]


def test_without_a_front_page_there_is_no_way_to_any(built: Project) -> None:
    built.remove("site/index.html")

    found = problems(built)

    assert "site/index.html:1: this file is not there" in found
    assert any("no way leads to this page" in line for line in found)


def test_a_site_that_is_not_built_says_so(project: Project) -> None:
    with pytest.raises(DatelineError, match="site/ holds no built site yet; `dateline build` makes it"):
        checked(project)


def test_a_check_changes_nothing(built: Project) -> None:
    before = built.times()

    checked(built)

    assert built.times() == before
    assert built.build().written == ()


FILES = {"index.html", "a b/index.html", "über/index.html", "x.png", "404.html"}
BASE = "https://example.org/digest/"


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("", "a b/index.html"),
        ("?q=1", "a b/index.html"),
        ("/digest/", "index.html"),
        ("/digest", "index.html"),
        ("..", "index.html"),
        ("../x.png?v=2#f", "x.png"),
        ("/digest/x.png", "x.png"),
        ("/digest/./a%20b/../x.png", "x.png"),
        ("/digest/a%20b/index.html", "a b/index.html"),
        ("/digest/%C3%BCber/", "über/index.html"),
        ("/digest/über/", "über/index.html"),
        ("HTTPS://EXAMPLE.org:443/digest/x.png", "x.png"),
        ("http://example.org/digest/404.html", "404.html"),
        ("//example.org/digest/x.png", "x.png"),
    ],
)
def test_an_address_is_a_file(address: str, file: str) -> None:
    target = Map(BASE, FILES).find(address, f"{BASE}a%20b/")

    assert (target.file, target.fault) == (file, "")


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/",
        "https://example.org/digestive/",
        "//example.org/",
        "https://example.org:8443/digest/",
        "https://other.example/digest/",
        "mailto:news@example.org",
        "tel:1",
        "data:,x",
        "javascript:void 0",
    ],
)
def test_an_address_leads_out_of_the_site(address: str) -> None:
    assert Map(BASE, FILES).find(address, BASE) == OUTSIDE


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("/", "outside the site, which is served below /digest/"),
        ("/digestive/", "outside the site, which is served below /digest/"),
        ("../", "outside the site, which is served below /digest/"),
        ("/digest/X.png", "which is not there"),
        ("/digest/%ff", "which is not UTF-8"),
        ("http://[x/", "which is no address"),
        ("über", "which is a folder and needs a slash at its end"),
    ],
)
def test_an_address_is_wrong(address: str, fault: str) -> None:
    assert Map(BASE, FILES).find(address, BASE).fault == fault


def test_lines_are_counted_in_every_kind_of_file() -> None:
    sheet = read_page(b"<!doctype html>\n<p>\n<a href=x>x</a>\n\n<img src=y srcset='a,b 1x, c 2x,,d'>")

    assert [(found.address, found.line) for found in sheet.references] == [
        ("x", 3),
        ("y", 5),
        ("a,b", 5),
        ("c", 5),
        ("d", 5),
    ]
    assert [found.line for found in read_stylesheet(b"a{}\nb{background:url(x)}").references] == [2]
    robots = read_robots(b"User-agent: *\n\nSitemap: https://x.example/s.xml")
    assert [found.line for found in robots.references] == [3]
    assert [found.line for found in read_xml(b"<rss>\n<link>x</link></rss>").references] == [2]


def test_xml_fetches_and_expands_nothing() -> None:
    bomb = (
        b'<!DOCTYPE r [<!ENTITY a "x"><!ENTITY f SYSTEM "file:///etc/hostname">]><r><link>&f;&a;</link></r>'
    )

    assert [found.address for found in read_xml(bomb).references] == []
    with pytest.raises(Unreadable):
        read_xml(b"")


def dateline(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli.app, arguments)
    return result.exit_code, result.stdout, result.stderr


def test_the_command_prints_problems_and_how_much_it_looked_at(built: Project) -> None:
    root = str(built.root)
    good = dateline("check", "--root", root)
    page(built, "a.html", '<a href="/tags">folder</a>')
    warned = dateline("check", "--root", root)
    strict = dateline("check", "--root", root, "--strict")
    built.remove("site/rss.xml")
    broken = dateline("check", "--root", root)

    assert (good[0], warned[0], strict[0], broken[0]) == (0, 0, 1, 1)
    assert re.match(
        r"\d+ pages, [\d,]+ links, 0 addresses of other sites \(not followed\): no problems", good[1]
    )
    assert warned[2] == (
        "site/a.html:4: warning: leads to /tags, which is a folder and needs a slash at its end\n"
    )
    assert "leads to /rss.xml, which is not there" in broken[2]


def test_the_command_prints_json(built: Project) -> None:
    page(built, "a.html", '<a href="https://other.example/">x</a><a href="/gone">y</a>')

    status, out, _ = dateline("check", "--root", str(built.root), "--json")

    report = json.loads(out)
    assert status == 1
    assert set(report) == {"pages", "links", "outside", "external", "issues", "seconds"}
    assert report["external"] is None
    assert report["outside"] == 1
    assert report["issues"] == [
        {
            "path": "site/a.html",
            "line": 4,
            "message": "leads to /gone, which is not there",
            "severity": "error",
        }
    ]
