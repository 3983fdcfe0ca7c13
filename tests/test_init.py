"""`dateline init`: a site that builds at once, and what services need to build it."""

import re
import tomllib
from datetime import UTC, datetime
from itertools import takewhile
from pathlib import Path

import pytest
from conftest import Project
from typer.testing import CliRunner, Result

from generator import __version__, cli, config, frontmatter, hosts, origin, records
from generator.config import Config, parse_config
from generator.init import SERVICES, STARTER, init
from generator.model import DatelineError
from generator.origin import Origin

NOW = datetime(2025, 6, 2, 8, 10, 3, 5, tzinfo=UTC)
CONFIG = (STARTER / "site/dateline.toml").read_text()
EXAMPLE = re.compile(r"^#(?=\S)", re.MULTILINE)
ALWAYS = {
    ".gitignore",
    "content/about.md",
    "content/environment/2025-06-02/storks-return-to-the-marsh-of-ostel.md",
    "content/society/2025-06-02/welcome.md",
    "dateline.toml",
    "seeds/2025-06-02-0810-lighthouse.txt",
    "site/.gitignore",
    "templates/.gitkeep",
}


def dateline(*arguments: str) -> Result:
    return CliRunner().invoke(cli.app, arguments)


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_it_makes_a_site_that_ingests_builds_and_has_no_faults(tmp_path: Path) -> None:
    folder = str(tmp_path / "news")

    assert dateline("init", folder).exit_code == 0
    for command in ("ingest", "build", "check"):
        done = dateline(command, "--root", folder, "--strict")
        assert (done.exit_code, done.stderr) == (0, "")
    front = (tmp_path / "news/site/index.html").read_text()
    assert "Welcome to your digest" in front
    assert "Lighthouse at Carrow Point" in front
    assert [path.parts[-3] for path in (tmp_path / "news/content").glob("*/*/lighthouse-*.md")] == ["arts"]


def test_it_says_what_it_wrote_and_what_comes_next(tmp_path: Path) -> None:
    folder = tmp_path / "my news"

    said = dateline("init", str(folder)).stdout

    assert {line.removeprefix("wrote ") for line in said.splitlines() if line.startswith("wrote ")} == {
        str(folder / path) for path in files(folder)
    }
    assert f"dateline serve --root '{folder}'" in said
    assert str(folder / ".github/workflows/dateline.yml") in said


@pytest.mark.parametrize(
    ("chosen", "more"),
    [
        ((), {".github/workflows/dateline.yml", ".github/dateline-matcher.json", "requirements.txt"}),
        (("none",), set[str]()),
        (("gitlab",), {".gitlab-ci.yml", "requirements.txt"}),
        (("netlify", "gitlab"), {"netlify.toml", ".gitlab-ci.yml", "requirements.txt"}),
    ],
)
def test_it_writes_what_the_services_need(tmp_path: Path, chosen: tuple[str, ...], more: set[str]) -> None:
    made = init(tmp_path, NOW, chosen)

    assert files(tmp_path) == set(made.written) == ALWAYS | more


def test_nothing_is_overwritten_and_what_stays_is_named(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("mine")

    said = dateline("init", str(tmp_path)).stdout

    assert (tmp_path / ".gitignore").read_text() == "mine"
    assert f"kept  {tmp_path / '.gitignore'}, which was there already\n" in said


def test_a_folder_that_is_a_site_is_refused(project: Project) -> None:
    before = files(project.root)

    refused = dateline("init", str(project.root))

    assert "is there already; this folder is a site. `--ci` with github, gitlab, netlify" in str(
        refused.exception
    )
    assert "this folder is a site" in str(dateline("init", str(project.root), "--ci", "none").exception)
    assert files(project.root) == before


def test_a_site_that_is_there_gets_the_files_of_a_service_and_no_more(project: Project) -> None:
    init(project.root, NOW, ("github",))
    before = files(project.root)

    made = init(project.root, NOW, ("gitlab",))

    assert made.written == (".gitlab-ci.yml",)
    assert made.kept == ("requirements.txt",)
    assert files(project.root) == before | {".gitlab-ci.yml"}
    assert not (project.root / "content/about.md").exists()


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        (("gihub",), "--ci: nothing is known of 'gihub'; did you mean `github`?"),
        (("xxxxx",), "--ci: nothing is known of 'xxxxx'; there are github, gitlab, netlify, and none"),
        (("none", "github"), "--ci: none goes with no other"),
    ],
)
def test_a_service_that_nobody_knows_is_told(tmp_path: Path, chosen: tuple[str, ...], message: str) -> None:
    with pytest.raises(DatelineError, match=re.escape(message)):
        init(tmp_path / "news", NOW, chosen)

    assert not (tmp_path / "news").exists()


def test_the_version_is_fixed_for_all_services(tmp_path: Path) -> None:
    init(tmp_path, NOW)

    lines = (tmp_path / "requirements.txt").read_text().splitlines()
    assert [line for line in lines if not line.startswith("#")] == [f"dateline=={__version__}"]
    assert not any(re.search("%[A-Z]+%", (tmp_path / path).read_text()) for path in files(tmp_path))


def test_requirements_without_dateline_are_told_of(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("# dateline would be nice\nrequests\n")

    (advice,) = init(tmp_path, NOW).advice

    assert advice == (
        f"{tmp_path / 'requirements.txt'} lacks Dateline, which services install from it: dateline=={__version__}"
    )


WHEEL = Origin(f"./wheels/dateline-{__version__}-py3-none-any.whl", "/home/pat/date line")


def test_a_dateline_that_no_index_has_comes_along_as_a_wheel(tmp_path: Path) -> None:
    folder = tmp_path / "news"

    made = init(folder, NOW, (), WHEEL)

    text = (folder / "requirements.txt").read_text()
    assert text.splitlines()[-1] == WHEEL.requirement
    assert "# pip wheel --no-deps --wheel-dir wheels SOURCES" in text
    assert "/home" not in text
    (advice,) = made.advice
    assert advice.endswith(f"\n  pip wheel --no-deps --wheel-dir {folder}/wheels '/home/pat/date line'")


def test_a_wheel_is_asked_for_as_long_as_it_is_missing(tmp_path: Path) -> None:
    init(tmp_path, NOW, (), WHEEL)
    wheel = tmp_path / WHEEL.requirement

    assert len(init(tmp_path, NOW, ("gitlab",), WHEEL).advice) == 1
    wheel.parent.mkdir()
    wheel.touch()
    assert init(tmp_path, NOW, ("gitlab",), WHEEL).advice == ()


def test_no_wheel_is_asked_for_where_the_requirements_name_another_dateline(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("dateline==0.0.9\n")

    assert init(tmp_path, NOW, (), WHEEL).advice == ()
    (tmp_path / "requirements.txt").write_text("requests\n")
    lacking, command = init(tmp_path, NOW, ("github",), WHEEL).advice
    assert lacking.endswith(f"which services install from it: {WHEEL.requirement}")
    assert "pip wheel" in command
    assert init(tmp_path / "other", NOW, ("none",), WHEEL).advice == ()


def test_the_command_requires_the_dateline_that_is_installed(tmp_path: Path) -> None:
    dateline("init", str(tmp_path))

    assert (tmp_path / "requirements.txt").read_text().splitlines()[-1] == origin.read().requirement


def test_a_site_inside_a_repository_is_told_that_services_look_at_its_top(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()

    assert init(tmp_path, NOW).advice == ()
    (advice,) = init(tmp_path / "news", NOW).advice
    assert advice.endswith(f"is inside the repository {tmp_path}; services look for their files at its top")
    assert init(tmp_path / "other", NOW, ("none",)).advice == ()


def test_its_articles_are_read_without_a_word(tmp_path: Path) -> None:
    init(tmp_path, NOW)

    read = [
        frontmatter.parse_article(path.read_text(), path.name, UTC, dated=False)
        for path in sorted((tmp_path / "content").rglob("*.md"))
    ]

    assert [parsed.issues for parsed in read] == [(), (), ()]
    assert [parsed.article and parsed.article.date for parsed in read if not parsed.standalone] == [
        datetime(2025, 6, 2, tzinfo=UTC),
        datetime(2025, 6, 2, 8, 10, 3, tzinfo=UTC),
    ]


def test_every_service_says_what_is_to_be_done_first() -> None:
    for service, guide in SERVICES.items():
        text = (STARTER / service / guide.replace(".g", "dot-g", 1)).read_text()
        opening = "\n".join(takewhile(lambda line: line.startswith("#"), text.splitlines()))
        assert "Once, before the first run: " in opening
        assert "base_url in dateline.toml" in opening


# The configuration: lines that begin with `#` alone are examples.


def blocks() -> dict[str, str]:
    """Give the text with one table of examples taken in, by the table's name."""
    starts = [match.start() for match in re.finditer(r"^#\[", CONFIG, re.MULTILINE)]
    ends = [*starts[1:], len(CONFIG)]
    return {
        CONFIG[start + 2 : CONFIG.index("]", start)]: (
            CONFIG[:start] + EXAMPLE.sub("", CONFIG[start:end]) + CONFIG[end:]
        )
        for start, end in zip(starts, ends, strict=True)
    }


def test_the_configuration_says_the_defaults_and_one_page() -> None:
    made = parse_config(CONFIG)

    assert made.pages == {"about": "About"}
    assert records.changed(made, site=config.Site(), pages={}) == Config()


@pytest.mark.parametrize("table", blocks())
def test_the_examples_of_a_table_can_be_taken_in(table: str) -> None:
    text = blocks()[table]

    parse_config(text)
    assert table.partition(".")[0] in tomllib.loads(text)


def test_all_examples_can_be_taken_in_together() -> None:
    made = parse_config(EXAMPLE.sub("", CONFIG))

    assert made.site.body == "excerpt"
    assert made.theme.sections == ("politics", "economy")
    assert {type(target) for target in made.publish.values()} == set(hosts.KINDS.values())


def test_every_table_and_key_stands_there() -> None:
    said = tomllib.loads(EXAMPLE.sub("", CONFIG))
    everything = Config()

    assert set(said) == set(records.fields(Config))
    for name in ("site", "tags", "ingest", "build", "feeds", "theme", "search"):
        assert set(records.fields(type(getattr(everything, name)))) <= set(said[name]), name
    for target in said["publish"].values():
        assert {"kind", *records.fields(hosts.KINDS[target["kind"]])} == set(target)
