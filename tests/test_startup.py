"""What a command loads: a small build must not pay for what only a large one, or an odd article, needs."""

import os
import subprocess
import sys

import pytest
from conftest import Project

HEAVY = (
    "babel",
    "feedgen",
    "jinja2",
    "lxml",
    "markdown",
    "multiprocessing",
    "nh3",
    "rich",
    "slugify",
    "yaml",
)

BUILD = """
import sys
from generator import cli, intake
intake.RACY_NS = 0  # or a file written a moment ago is read again
sys.argv = ["dateline", "build", "--workers", "1"]
try:
    cli.main()
finally:
    print("loaded:", *{name.partition(".")[0] for name in sys.modules})
"""


def loaded(project: Project) -> set[str]:
    """Build, and give those of the heavy packages that this took."""
    build = [sys.executable, "-c", BUILD]
    said = subprocess.run(build, cwd=project.root, capture_output=True, text=True, check=False)
    (line,) = (line for line in said.stdout.splitlines() if line.startswith("loaded:"))
    return set(line.split()) & set(HEAVY)


def test_a_build_with_nothing_to_do_loads_nothing_heavy(project: Project) -> None:
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02T10:00:00Z", "They won.")
    loaded(project)

    assert loaded(project) == set()


def test_a_language_is_loaded_for_what_is_to_be_done(project: Project) -> None:
    project.write("dateline.toml", '[site]\ntitle = "Test"\nlanguage = "de"\n')
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02T10:00:00Z", "They won.")

    assert "babel" in loaded(project)
    assert loaded(project) == set()


def test_an_edit_needs_no_feedgen(project: Project) -> None:
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02T10:00:00Z", "They won.")
    first = loaded(project)
    project.article("sport/2025-06-02/cup.md", "Another", "2025-06-02T10:00:00Z", "They won.")

    assert first - loaded(project) == {"feedgen", "lxml"}


def test_plain_news_needs_neither_yaml_nor_a_markdown_parser(project: Project) -> None:
    text = "## Who\n\nThey **won**, [it says](https://courier.example/).\n\n- Ann\n- Ben\n\n> Well done."
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02T10:00:00Z", text, tags="[Cup, Rail]")

    assert loaded(project) & {"markdown", "yaml"} == set()


def test_whatever_needs_them_gets_them(project: Project) -> None:
    project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02T10:00:00Z", "A | B\n- | -\n1 | 2")
    project.article("sport/2025-06-02/own.md", "Own", "2025-06-02T11:00:00Z", "Text.", own="{a: [b]}")

    assert loaded(project) >= {"markdown", "yaml"}


COMPLETE = """
import sys
from generator import cli
sys.argv = ["dateline"]
try:
    cli.main()
finally:
    print("loaded:", *{name.partition(".")[0] for name in sys.modules})
"""


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("dateline bu", ["build"]),
        ("dateline init --ci g", ["github", "gitlab"]),
        ("dateline new --dr", ["--draft"]),
    ],
)
def test_a_shell_completes_commands_options_and_services_at_once(words: str, completed: list[str]) -> None:
    number = str(len(words.split()) - 1)
    asked = {"COMP_WORDS": words, "COMP_CWORD": number, "_DATELINE_COMPLETE": "complete_bash"}
    complete = [sys.executable, "-c", COMPLETE]
    said = subprocess.run(
        complete, env=os.environ | asked, capture_output=True, text=True, check=False
    ).stdout

    *answers, line = said.splitlines()
    assert answers == completed
    assert set(line.split()) & set(HEAVY) == set()
