"""Names that strangers give: none leads out of a folder, none stops the others, and what cannot be is said."""

import io
import json
import os
import re
import zipfile
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from conftest import NOW, Project
from odd_names import BYTES, NAMES, on_disk

from generator import filenames, former, misnamed, urls
from generator.model import DatelineError, Severity

FIELDS = ("topic", "source", "canonical", "image", "language", "id", "slug")
"""Front matter that holds a name."""

LISTS = ("tags", "aliases", "authors")
"""Front matter that holds names."""

WORST = list(NAMES.values())[:36]
"""The names that mean another place, or end too early."""


def quoted(name: str) -> str:
    """Write a name as YAML reads it."""
    return json.dumps(name, ensure_ascii=not filenames.is_plain(name) or "\uffff" in name)


def front(name: str) -> dict[str, str]:
    """Put a name into every field of front matter."""
    single = dict.fromkeys(FIELDS, quoted(name))
    return single | dict.fromkeys(LISTS, f"[{quoted(name)}]") | {"translations": f"{{de: {quoted(name)}}}"}


def around(project: Project) -> list[str]:
    """Name everything around and in a site's folder that no command should have made."""
    known = {"content", "site", "seeds", "templates", ".dateline", "dateline.toml"}
    outside = [str(path) for path in project.root.parent.iterdir() if path != project.root]
    return outside + [path.name for path in project.root.iterdir() if path.name not in known]


def below(folder: Path) -> set[str]:
    """Give every file below a folder, hidden ones too, but for what is Dateline's own at its top."""
    found = (path for path in folder.rglob("*") if not path.is_dir())
    return {
        path.relative_to(folder).as_posix()
        for path in found
        if not path.name.startswith((".dateline", ".ledger"))
    }


def is_fit(path: str) -> bool:
    """Tell whether a host can hold a file at a path and every reader come to it."""
    parts = path.split("/")
    return filenames.is_plain(path) and all(
        part and part[0] != "." and len(part.encode()) <= 255 for part in parts
    )


@pytest.mark.parametrize("make", [urls.slug, urls.article_slug])
def test_every_slug_is_a_name_that_any_host_can_hold(make: Callable[[str], str]) -> None:
    slugs = {what: make(name) for what, name in NAMES.items()}

    assert {what: slug for what, slug in slugs.items() if not is_fit(slug) or len(slug.encode()) > 100} == {}
    assert {
        what
        for what, slug in slugs.items()
        if not re.fullmatch(r"[\w\u0301\u200d]+(?:-[\w\u0301\u200d]+)*", slug)
    } == set()


def test_no_name_in_front_matter_leads_out_of_the_site(project: Project) -> None:
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02")
    for number, name in enumerate(NAMES.values()):
        address = {"source": f"{{name: The Courier, url: {quoted(name)}}}"}
        project.article(f"arts/2025-06-02/a{number}.md", "A title", "2025-06-02", **front(name))
        project.article(f"arts/2025-06-02/b{number}.md", "A title", "2025-06-02", **address)

    report = project.build()

    assert around(project) == []
    assert [path for path in below(project.root / "site") if not is_fit(path)] == []
    pages = {path for path in project.site() if re.fullmatch(r"2025/06/02/[^/]+/index.html", path)}
    assert len(pages) >= 2 * len(NAMES)
    again = project.build()
    assert (again.written, again.deleted, again.issues) == ((), (), report.issues)


def test_a_file_of_any_name_is_published_or_refused(project: Project) -> None:
    for number, name in enumerate(on_disk().values()):
        project.article(
            f"arts/{number}/{name}.md", "A title", f"2024-{number % 12 + 1:02}-{number // 12 + 1:02}"
        )
        project.article(f"{name}/in a folder/{number}.md", "A title", "2025-06-02")
        project.article(f"sport/{number}/n{number}.md", "A title", "2025-06-03", image=quoted(name))
        project.write(f"content/sport/{number}/{name}", "A file beside it.")

    report = project.build()

    refused = {issue.path for issue in report.issues if issue.message == filenames.ILL_NAMED}
    plain = [filenames.is_plain(name) for name in on_disk().values()]
    assert around(project) == []
    assert [path for path in below(project.root / "site") if not is_fit(path)] == []
    assert len(refused) == 3 * plain.count(False)
    for number, (name, published) in enumerate(zip(on_disk().values(), plain, strict=True)):
        slug = urls.article_slug(name, urls.LONGEST_SLUG)
        day = f"2024/{number % 12 + 1:02}/{number // 12 + 1:02}"
        assert project.exists(f"{day}/{slug}/index.html") == published
        assert project.exists(f"2025/06/02/{number}/index.html") == published
        if name == name.strip() and name != "index.html":
            assert project.exists(f"2025/06/03/n{number}/{name}") == published
    assert project.build().written == ()


def test_a_page_of_ones_own_of_any_name_is_published_or_refused(project: Project) -> None:
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02").build()
    front_page, topics = project.read("index.html"), project.read("topics/index.html")
    for name in on_disk().values():
        project.write(f"content/{name}.md", "---\ntitle: A page\n---\nText.\n")

    report = project.build()

    told = {issue.path for issue in report.issues}
    lost = [
        name
        for name in map(filenames.escaped, on_disk().values())
        if not project.exists(f"{urls.article_slug(name, urls.LONGEST_SLUG)}/index.html")
        and f"content/{name}.md" not in told
    ]
    assert lost == []
    assert [path for path in below(project.root / "site") if not is_fit(path)] == []
    assert (project.read("index.html"), project.read("topics/index.html")) == (front_page, topics)


def test_files_that_are_named_like_markup_are_found_beside_their_article(project: Project) -> None:
    names = ("a'\"b.png", "<b>.png", "a&amp;b.png", "a&b.png")
    body = " ".join(f"![x]({quote(name)})" for name in names) + ' <img src="a\'&quot;b.png">'
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02", body)
    for name in names:
        project.write(f"content/sport/2025-06-02/{name}", name)

    assert project.build().issues == ()
    assert [project.read(f"2025/06/02/cup/{name}") for name in names] == list(names)


def test_a_folder_too_deep_to_be_read_is_told_and_the_rest_is_built(project: Project) -> None:
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02")
    project.write("seeds/a.html", page("A ship", 7))
    here = Path.cwd()
    for folder in ("content", "seeds"):
        os.chdir(project.root / folder)
        for _ in range(25):
            Path(200 * "x").mkdir()
            os.chdir(200 * "x")
    os.chdir(here)

    (issue,) = project.build().issues

    assert issue.path.startswith(f"content/{200 * 'x'}/")
    assert issue.message == filenames.ILL_NAMED
    assert project.exists("2025/06/02/cup/index.html")
    report = project.ingest()
    assert [article.status for article in report.articles] == ["written"]
    assert "too long" in report.issues[0].message


def test_an_asset_of_any_name_is_published_or_refused(project: Project) -> None:
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02")
    plain = {name for name in on_disk().values() if filenames.is_plain(name)}
    for name in plain:
        project.write(f"templates/assets/{name}", name)

    assert project.build().issues == ()
    assert {name for name in plain if project.read(f"assets/{name}") == name} == plain
    project.write("templates/assets/a\nb.css", "")
    with pytest.raises(DatelineError, match=r"^templates/assets/a\\nb.css: the name of this file"):
        project.build()


@pytest.mark.parametrize("what", sorted(BYTES))
def test_a_name_that_no_list_can_hold_is_left_out_and_told_as_long_as_it_is_there(
    project: Project, what: str
) -> None:
    folder = project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02").root / "content/sport"
    target = os.fsencode(folder) + b"/2025-06-02/" + BYTES[what] + b".md"
    Path(os.fsdecode(target)).write_text("---\ntitle: Odd\ndate: 2025-06-02\n---\nText.\n")
    name = filenames.escaped(os.fsdecode(BYTES[what]))

    report = project.build()

    assert [(issue.path, issue.message) for issue in report.issues] == [
        (f"content/sport/2025-06-02/{name}.md", filenames.ILL_NAMED)
    ]
    assert filenames.is_plain(name)
    assert project.exists("2025/06/02/cup/index.html")
    assert project.build().issues == report.issues
    Path(os.fsdecode(target)).unlink()
    assert project.build().issues == ()


def test_what_is_left_out_is_remembered_where_only_some_paths_are_looked_at(tmp_path: Path) -> None:
    class Memory(dict[str, Any]):
        def recall(self, name: str, default: Any) -> Any:  # noqa: ANN401 - as the catalogue's
            return self.get(name, default)

        note = dict.__setitem__
        set_issues = dict.__setitem__

    memory: Any = Memory()
    for name in ("a\nb/c.md", "d\te.md", "f\rg.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    misnamed.note(memory, "content", misnamed.scan(tmp_path, ("",)).ill_named)

    assert misnamed.noted(memory, ("x.md",)) == {"a\\nb", "d\\te.md", "f\\rg.md"}
    assert misnamed.noted(memory, ("a\nb", "d\te.md")) == {"f\\rg.md"}
    assert misnamed.scan(tmp_path, ("a\nb/c.md", "gone\n")).ill_named == ["a\\nb/c.md"]
    misnamed.note(memory, "content", ["f\\rg.md"])
    assert [len(memory[f"content/{name}"]) for name in ("a\\nb", "d\\te.md", "f\\rg.md")] == [0, 0, 1]


@pytest.mark.parametrize(
    ("alias", "file"),
    [
        ("/old/cup.html", "old/cup.html"),
        ("/cup.htm", "cup.htm"),
        ("/Old/CUP.HTML/", "Old/CUP.HTML"),
        ("/old/cup.php", "old/cup.php/index.html"),
        ("/old/html", "old/html/index.html"),
    ],
)
def test_a_former_address_of_a_file_is_a_file(project: Project, alias: str, file: str) -> None:
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02", aliases=f"[{alias}]")

    assert project.build().issues == ()
    assert 'url=/2025/06/02/cup/"' in project.read(file)
    assert (project.root / "site" / file).is_file()


@pytest.mark.parametrize(
    "alias", ["/.git/hooks/x", "/a/.b", "/.htaccess", "/.well-known/.x", "/a\x1b", f"/{'a/' * 501}"]
)
def test_no_former_address_is_hidden_or_holds_what_no_list_can(project: Project, alias: str) -> None:
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02", aliases=json.dumps([alias]))

    (issue,) = project.build().issues

    assert issue.severity is Severity.ERROR
    assert issue.message.startswith("alias ")
    assert {path.name for path in (project.root / "site").glob(".*")} == {".dateline"}


@pytest.mark.parametrize("alias", ["/x.html/y/", "/x.HTM/y.html"])
def test_no_former_address_lies_behind_a_file(project: Project, alias: str) -> None:
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02", aliases=f"[/x.html, /x.HTM, {alias}]")

    (issue,) = project.build().issues

    assert issue.message.startswith(f"alias '{alias}' ")


def test_a_former_address_may_be_as_long_as_every_host_allows(project: Project) -> None:
    longest = "a/" * (former.LONGEST_PATH // 2 - 1) + "ab"
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02", aliases=f"[/{longest}]")

    assert project.build().issues == ()
    assert project.exists(f"{longest}/index.html")


STORY = (
    "The harbour office counted {n} ships on Monday, more than in any week since the new pier was opened, and the"
    " number {n} was painted on its door.\n\nThe pilots of number {n} said that they would ask for a second boat."
)


def page(name: str, n: int) -> str:
    head = "".join(
        f'<meta {kind}="{field}" content="{escape(name)}">'
        for kind, field in (
            ("property", "og:site_name"),
            ("property", "og:url"),
            ("property", "og:image"),
            ("property", "article:section"),
            ("property", "article:tag"),
            ("name", "author"),
            ("name", "keywords"),
        )
    )
    linked = json.dumps({"@type": "NewsArticle", "headline": name, "url": name, "articleSection": name})
    linked = linked.replace("<", "\\u003c")
    told = "".join(f"<p>{part}</p>" for part in STORY.format(n=n).split("\n\n"))
    return (
        f'<html lang="{escape(name[:90])}"><head><title>{escape(name)} {n}</title>{head}'
        f'<link rel="canonical" href="{escape(name)}">'
        f'<script type="application/ld+json">{linked}</script></head><body><article>'
        f"<h1>{escape(name)} {n}</h1>{told}"
        "</article></body></html>"
    )


def feed(name: str, n: int) -> str:
    told = escape("".join(character for character in name if character >= " " and character != "\uffff"))
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>{told}</title><link>{told}</link>'
        f"<item><title>{told} {n}</title><link>{told}</link><guid>{told}</guid><category>{told}</category>"
        f'<author>{told}</author><enclosure url="{told}" type="image/png" length="1"/>'
        f"<description>{STORY.format(n=n)}</description></item></channel></rss>"
    )


def record(name: str, n: int) -> str:
    fields = (
        "url",
        "id",
        "source",
        "section",
        "category",
        "topic",
        "author",
        "image",
        "language",
        "slug",
        "path",
    )
    return json.dumps(
        dict.fromkeys(fields, name) | {"title": f"{name} {n}", "text": STORY.format(n=n), "tags": [name]}
    )


def markdown(name: str, n: int) -> str:
    head = "".join(f"{field}: {value}\n" for field, value in front(name).items())
    return f"---\ntitle: {quoted(f'{name} {n}')}\ndate: 2025-06-02\n{head}---\n\n{STORY.format(n=n)}\n"


FORMATS: dict[str, Callable[[str, int], str]] = {"html": page, "xml": feed, "json": record, "md": markdown}


@pytest.mark.parametrize("ending", sorted(FORMATS))
def test_nothing_that_a_story_says_of_itself_decides_where_it_stands(project: Project, ending: str) -> None:
    for number, name in enumerate(WORST, start=1000):
        project.write(f"seeds/{number}.{ending}", FORMATS[ending](name, number))

    report = project.ingest()

    assert around(project) == []
    told = {article.input for article in report.articles} | {issue.path for issue in report.issues}
    assert [name for name in range(1000, 1000 + len(WORST)) if f"seeds/{name}.{ending}" not in told] == []
    assert sum(article.status == "written" for article in report.articles) > len(WORST) / 2
    shape = re.compile(r"[^/.-][^/.]*/\d{4}-\d\d-\d\d/[^/.-][^/.]*\.md")
    written = below(project.root / "content")
    assert [path for path in written if not shape.fullmatch(path) or not is_fit(path)] == []
    project.build()
    assert around(project) == []
    assert [path for path in below(project.root / "site") if not is_fit(path)] == []


def test_an_archive_is_read_and_never_unpacked_under_its_names(project: Project) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for number, name in enumerate(WORST, start=1000):
            member = zipfile.ZipInfo()
            member.filename = name  # as it is: the library would cut it
            archive.writestr(member, f"A ship called number {number}\n\n{STORY.format(n=number)}")
        link = zipfile.ZipInfo("link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    project.write("seeds/all.zip", data.getvalue())

    report = project.ingest()

    assert around(project) == []
    assert len(report.articles) > len(WORST) / 2
    assert "root:" not in "".join(map(str, project.content().values()))
    assert [path for path in below(project.root / "content") if not is_fit(path)] == []


@pytest.mark.parametrize("title", ["Con", "NUL", "aux", "COM1", "lpt9"])
def test_no_story_is_filed_under_the_name_of_a_device(project: Project, title: str) -> None:
    project.write("seeds/a.md", f"---\ntitle: {title}\ndate: 2025-06-02\n---\n\n{STORY.format(n=7)}\n")

    (article,) = project.ingest().articles

    assert article.path.endswith(f"/{title.lower()}-2.md")


def test_what_its_name_calls_unfinished_is_no_seed_yet(project: Project) -> None:
    for name in ("a.html.part", "b.html.crdownload", "c.txt~"):
        project.write(f"seeds/{name}", page("A ship", 7))
    project.write("seeds/d.html", page("A boat", 8))

    report = project.ingest()

    assert [article.input for article in report.articles] == ["seeds/d.html"]
    assert [(issue.path, issue.severity) for issue in report.issues] == [
        (f"seeds/{name}", Severity.WARNING) for name in ("a.html.part", "b.html.crdownload", "c.txt~")
    ]
    assert len(project.ingest("seeds/a.html.part").articles) == 1


def test_articles_whose_names_are_equal_but_for_case_or_unicode_form_claim_one_address(
    project: Project,
) -> None:
    for name in ("cafe\u0301", "caf\u00e9", "CAFE\u0301"):
        project.article(f"arts/2025-06-02/{name}.md", name, "2025-06-02")

    report = project.build(NOW)

    assert len([issue for issue in report.issues if issue.severity is Severity.ERROR]) == 2
    assert project.exists("2025/06/02/cafe/index.html")
