"""What an ingest files, a build takes without an error: else one story would keep all others from readers."""

import json

import pytest
from conftest import Project

from generator import documents

HEAD = "---\ntitle: A bridge\ndate: 2025-06-02\n"
NESTED = "> " * 100


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("source: {name: A, url: 'javascript:alert(1)'}\n", "`source` is no http or https address"),
        ("canonical: 'data:text/html,x'\n", "`canonical` is no http or https address"),
        ("aliases: [/topics/x/]\n", "alias '/topics/x/' is no path"),
    ],
)
def test_an_address_that_a_build_would_find_wrong_is_left_out_and_told(
    project: Project, head: str, said: str
) -> None:
    project.write("seeds/a.md", f"{HEAD}{head}---\n\nText.\n")

    report = project.ingest()

    assert [(issue.path, said in issue.message) for issue in report.issues] == [("seeds/a.md", True)]
    assert len(report.articles) == 1
    assert project.build().issues == ()


def test_markdown_that_is_too_much_for_a_build_is_not_filed(project: Project) -> None:
    project.write("seeds/a.md", f"{HEAD}---\n\n{NESTED}Text.\n")
    project.write("seeds/b.md", f"{HEAD}---\n\nIt sails on the sea.\n")

    report = project.ingest()

    assert [issue.message[:29] for issue in report.issues] == ["not filed: the text nests lis"]
    assert [one.input for one in report.articles] == ["seeds/b.md"]
    assert project.build().issues == ()


def test_a_story_is_not_filed_whose_file_no_build_would_read(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "LARGEST", 4000)
    text = "The ferry sailed to Ostrigg on Monday, and came back in the night. " * 80
    project.write(
        "seeds/a.json", json.dumps({"title": "The ferry sails", "date": "2025-06-02", "text": text})
    )
    project.write("seeds/b.md", f"{HEAD}---\n\n{text}\n")

    report = project.ingest()

    assert [issue.path for issue in report.issues] == ["seeds/a.json", "seeds/b.md"]
    assert all("not filed: its file would be larger" in issue.message for issue in report.issues)
    assert text.strip() in {left.text.strip() for left in report.dropped}
    assert report.articles == ()
