"""The command line: arguments, exit status, prose and JSON."""

import json
from pathlib import Path

import pytest
from conftest import Project
from typer.testing import CliRunner, Result

from generator import cli


def dateline(*arguments: str) -> Result:
    return CliRunner().invoke(cli.app, arguments)


@pytest.fixture
def site(project: Project) -> Project:
    return project.article("sport/2025-06-02/cup.md", "The cup", "2025-06-02")


def test_build_prints_what_it_did_as_json(site: Project) -> None:
    site.article("sport/2099-01-01/far.md", "Far", "2099-01-01")

    result = dateline("build", "--root", str(site.root), "--json")

    report = json.loads(result.stdout)
    assert result.exit_code == 0
    assert set(report) == {"written", "kept", "deleted", "held_back", "issues", "seconds", "explanation"}
    assert "2025/06/02/cup/index.html" in report["written"]
    assert report["held_back"] == [
        {"path": "content/sport/2099-01-01/far.md", "why": "future", "until": "2099-01-01T00:00:00Z"}
    ]
    assert (report["kept"], report["deleted"], report["issues"]) == (0, [], [])
    assert report["seconds"] > 0


def test_ingest_prints_what_it_did_as_json(project: Project) -> None:
    project.write("seeds/empty.txt", "")

    result = dateline("ingest", "--root", str(project.root), "--json")

    assert result.exit_code == 1
    assert json.loads(result.stdout) == {
        "articles": [],
        "dropped": [],
        "issues": [{"path": "seeds/empty.txt", "line": 1, "severity": "error", "message": "empty"}],
    }


def test_a_refused_file_is_named_and_the_status_is_one(site: Project) -> None:
    site.write("content/sport/2025-06-02/bad.md", "---\ntitle: A\ndate: never\n---\n")

    result = dateline("build", "--root", str(site.root))

    assert result.exit_code == 1
    assert "content/sport/2025-06-02/bad.md:3: `date` is no date" in result.stderr
    assert site.exists("2025/06/02/cup/index.html")


def test_a_warning_fails_only_under_strict(site: Project) -> None:
    site.article("sport/2025-06-02/odd.md", "Odd", "2025-06-02", mood="fine")

    assert dateline("build", "--root", str(site.root)).exit_code == 0
    assert dateline("build", "--root", str(site.root), "--strict").exit_code == 1


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("[site]\ntitel = 1\n", "dateline.toml:2: `site.titel` is not known; did you mean `title`?"),
        ("[site\n", "dateline.toml:1: "),
    ],
)
def test_a_mistake_in_the_configuration_is_a_sentence_and_status_two(
    project: Project,
    toml: str,
    message: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    project.write("dateline.toml", toml)
    monkeypatch.setattr("sys.argv", ["dateline", "build", "--root", str(project.root)])

    with pytest.raises(SystemExit) as stopped:
        cli.main()

    assert stopped.value.code == 2
    assert message in capsys.readouterr().err


def test_a_folder_without_a_site_says_how_to_make_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["dateline", "build", "--root", str(tmp_path)])

    with pytest.raises(SystemExit) as stopped:
        cli.main()

    assert stopped.value.code == 2
    assert "`dateline init` makes a site here" in capsys.readouterr().err


def test_a_folder_within_a_site_says_where_the_site_is(site: Project) -> None:
    result = dateline("build", "--root", str(site.root / "content"))

    assert f"the site around it is {site.root}: go there, or say --root" in str(result.exception)


def test_a_wrong_time_is_a_sentence(site: Project) -> None:
    result = dateline("build", "--root", str(site.root), "--now", "soon")

    assert "--now: 'soon' is no time" in str(result.exception)


def test_explain_says_what_decided(project: Project) -> None:
    project.write(
        "seeds/2025-06-02-cup.txt",
        "Rovers lift the cup\n\nRovers won the football cup on Sunday with two late goals.\n\n"
        "The striker Ola Marsh scored both of them before forty thousand fans.\n",
    )

    result = dateline("ingest", "--root", str(project.root), "--explain")

    assert "sport: " in result.stdout
    assert "tags: " in result.stdout


def test_build_explains_a_page(site: Project) -> None:
    result = dateline("build", "--root", str(site.root), "--explain", "/404.html")

    assert result.exit_code == 0
    assert result.stdout.startswith("404.html\n  written: there was no such page before\n")
    assert "  a page of not-found, made by 404.html from:\n      new  engine: " in result.stdout
