"""`docs/templates.md`: it is what the types of views say, says all of it, and its example works."""

import re
import runpy
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import Project
from jinja2 import Environment, nodes

from generator import pages, records
from generator.environment import make_environment
from generator.locales import speak
from generator.model import Language

REPOSITORY = Path(__file__).parents[1]
DOCUMENT = REPOSITORY / "docs" / "templates.md"
TEXT = DOCUMENT.read_text()
MADE = runpy.run_path(str(DOCUMENT.with_name("make_templates.py")))
ENVIRONMENT = make_environment({}, speak(Language("en")))
KINDS: dict[str, type] = {kind.__name__: kind for kind in (*MADE["views"](), *MADE["parts"]())}


def test_the_document_is_what_the_script_makes() -> None:
    assert MADE["document"](TEXT) == TEXT, "run python docs/make_templates.py --write"


@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_field_that_a_template_sees_is_explained(name: str) -> None:
    kind = KINDS[name]

    assert [field for field in records.fields(kind) if not MADE["meaning"](kind, field)] == []
    assert MADE["describe"](kind).fields.keys() - {*records.fields(kind)} == set()
    assert MADE["describe"](kind).whole


def test_every_page_that_has_a_template_is_in_the_document() -> None:
    table = [
        line.split("|")[2].strip(" `")
        for line in TEXT.splitlines()
        if line.endswith(" |") and "View](" in line
    ]

    assert set(table) == pages.html_templates()


def test_a_link_within_the_document_leads_somewhere() -> None:
    anchors = {heading.lower() for heading in re.findall(r"^#+ (\S+)$", TEXT, re.MULTILINE)}

    assert set(re.findall(r"\]\(#(.*?)\)", TEXT)) - anchors == set()


def test_no_table_is_torn_by_what_stands_in_it() -> None:
    tables = re.findall(r"(?:^\|.*\n)+", TEXT, re.MULTILINE)

    for table in tables:
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}) == 1, table


def test_every_block_of_the_frame_is_explained() -> None:
    tree = ENVIRONMENT.parse((REPOSITORY / "templates" / "base.html").read_text())
    blocks = [block.name for block in tree.find_all(nodes.Block)]
    told = re.search(r"^\| block \|.*\n\|-.*\n((?:\|.*\n)+)", TEXT, re.MULTILINE)

    assert told
    assert re.findall(r"^\| `(\w+)`", told[1], re.MULTILINE) == blocks


def test_every_filter_of_ours_is_explained() -> None:
    own = ENVIRONMENT.filters.keys() - Environment(autoescape=True).filters.keys()
    told = re.findall(r"\\\| (\w+)", TEXT)  # as tables write a filter

    assert {name for name in own if " " not in name} - set(told) == set()


EXAMPLE: Mapping[str, str] = dict(
    re.findall(
        r"^`([^`\n]+)`[^\n]*\n\n```\w+\n(.*?)^```",
        TEXT.partition("## An example")[2],
        re.MULTILINE | re.DOTALL,
    )
)


def news(project: Project) -> Project:
    project.article(
        "sport/2025-06-02/cup.md",
        "The cup",
        "2025-06-02",
        "They won again.",
        source="{name: The Courier, url: 'https://courier.example/cup'}",
        tags="[Ellery, Row boats]",
    )
    return project.article("sport/2025-06-01/draw.md", "The draw", "2025-06-01", tags="[Ellery]")


def test_the_example_is_a_theme_of_four_files() -> None:
    assert [*EXAMPLE] == [
        "dateline.toml",
        "templates/base.html",
        "templates/article.html",
        "templates/assets/house.css",
    ]


def test_the_example_does_what_it_says(project: Project) -> None:
    news(project).configure(EXAMPLE["dateline.toml"])
    for path, text in EXAMPLE.items():
        if path.startswith("templates/"):
            project.write(path, text)
    project.build()

    article = project.read("2025/06/02/cup/index.html")
    main = article.partition("<main")[2]

    assert (
        article.index("/assets/style.css")
        < article.index("--accent:#005a4b")
        < article.index("/assets/house.css")
    )
    assert article.count("<title>") == 1
    assert "has it in 3 words." in main
    assert (
        main.index('href="https://courier.example/cup"') < main.index("<h1") < main.index("They won again.")
    )
    assert "/assets/house.css" in project.read("index.html")
    assert 'class="original"' not in project.read("2025/06/01/draw/index.html")
    assert project.read("assets/house.css") == EXAMPLE["templates/assets/house.css"]


def test_the_examples_of_replacing_a_part_work(project: Project) -> None:
    extending, macro = re.findall(r"```jinja\n(.*?)```", TEXT, re.DOTALL)[:2]
    news(project).write("templates/article.html", extending).write("templates/_card.html", macro).build()

    article = project.read("2025/06/02/cup/index.html")

    assert "<title>Read: The cup" in article
    assert '<p class="tags">Ellery, Row boats</p>' in article
    assert "The draw" in article


def test_what_the_document_says_of_filters_is_so(project: Project) -> None:
    told = dict(re.findall(r"^\| `\{\{ (\S+ \\\| \w+) \}\}` \| `([^`]+)`", TEXT, re.MULTILINE))
    text = "".join(f"{{{{ {expression} }}}}\n" for expression in told).replace("\\|", "|")
    project.article(
        "sport/2025-06-02/cup.md",
        "The cup",
        "2025-06-02T14:10:00+00:00",
        authors="[Ann Holt, Jette Marr, Ola Brenn]",
        language="he",
    )

    project.write("templates/article.html", f"{{% set card = page.card %}}{{% set date = card.date %}}{text}")
    project.build()

    shown = project.read("2025/06/02/cup/index.html").replace("\u202f", " ").replace("rtl", "ltr")
    assert len(told) == 11
    assert shown.splitlines() == list(told.values())
