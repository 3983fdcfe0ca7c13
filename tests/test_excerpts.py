"""A digest of other people's work: with `[site] body = "excerpt"` none of their text is anywhere on the site."""

from datetime import UTC, datetime

import pytest
from conftest import Project
from hypothesis import given
from hypothesis import strategies as st
from samples import png

from generator import excerpts
from generator.ingest.wording.sentences import split_sentences
from generator.model import Article, DatelineError, Severity, Source

SENTENCES = (
    "The bridge over the harbour of Port Ellery reopened on Monday after three weeks of repairs.",
    "Some four hundred cars crossed it within the first hour, the harbour office said.",
    "The mayor promised that the ferries would go on for another month.",
    "A second pillar will be looked at in autumn, when the tides are low.",
    "Fishermen had asked for that since the spring.",
)
BODY = "\n\n".join(SENTENCES)
PARTS = BODY.split("\n\n")


@pytest.fixture
def site(project: Project) -> Project:
    project.write(
        "dateline.toml",
        '[site]\ntitle = "Test"\nbase_url = "https://news.example/"\nbody = "excerpt"\n',
    )
    return project


def published(project: Project) -> dict[str, str]:
    project.build()
    return {path: data.decode() for path, data in project.site().items() if not path.startswith("assets/")}


def showing(project: Project, text: str) -> list[str]:
    return [path for path, page in published(project).items() if text in page]


@pytest.mark.parametrize(
    "front", [{"source": "{name: Courier, url: https://courier.example/a}"}, {"id": "0123"}]
)
def test_the_text_of_others_is_nowhere(site: Project, front: dict[str, str]) -> None:
    site.article("politics/2025-06-02/a.md", "Bridge", "2025-06-02", body=BODY, summary=SENTENCES[0], **front)

    assert showing(site, SENTENCES[3]) == []
    assert {"2025/06/02/a/index.html", "rss.xml", "atom.xml", "feed.json", "index.html"} <= set(
        showing(site, SENTENCES[0])
    )


def test_what_the_site_wrote_itself_stays_whole(site: Project) -> None:
    site.article("politics/2025-06-02/a.md", "Bridge", "2025-06-02", body=BODY)

    assert {"2025/06/02/a/index.html", "rss.xml", "atom.xml", "feed.json"} <= set(showing(site, SENTENCES[3]))


def test_a_page_that_stands_by_itself_stays_whole(site: Project) -> None:
    site.write("content/about.md", f"---\ntitle: About\nsource: Courier\n---\n\n{BODY}\n")

    assert showing(site, SENTENCES[3]) == ["about/index.html"]


def test_by_default_all_of_it_is_shown(project: Project) -> None:
    project.article("politics/2025-06-02/a.md", "Bridge", "2025-06-02", body=BODY, source="Courier")

    assert "2025/06/02/a/index.html" in showing(project, SENTENCES[3])


def test_the_page_shows_the_summary_and_leads_to_the_source(site: Project) -> None:
    source = "{name: Courier, url: https://courier.example/a}"
    site.article("politics/2025-06-02/a.md", "Bridge", "2025-06-02", body=BODY, source=source).build()

    page = site.read("2025/06/02/a/index.html")

    assert SENTENCES[0] in page
    assert 'href="https://courier.example/a"' in page
    assert '"wordCount"' not in page


def test_files_that_only_the_text_uses_are_not_published(site: Project) -> None:
    for name in ("own.png", "theirs.png"):
        site.write(f"content/politics/2025-06-02/{name}", png(640, 480))
    site.article(
        "politics/2025-06-02/a.md",
        "Bridge",
        "2025-06-02",
        body=f"![A bridge](theirs.png)\n\n{BODY}",
        source="Courier",
        image="own.png",
    )

    report = site.build()

    assert report.issues == ()
    assert [site.exists(f"2025/06/02/a/{name}") for name in ("own.png", "theirs.png")] == [True, False]


def test_switching_it_on_takes_back_what_was_shown(project: Project) -> None:
    project.article("politics/2025-06-02/a.md", "Bridge", "2025-06-02", body=BODY, source="Courier").build()
    toml = (project.root / "dateline.toml").read_text()

    project.write("dateline.toml", toml.replace("[site]", '[site]\nbody = "excerpt"'))

    assert showing(project, SENTENCES[3]) == []


def test_no_other_value_will_do(site: Project) -> None:
    site.write("dateline.toml", '[site]\nbody = "none"\n')

    with pytest.raises(DatelineError, match=r'dateline.toml:2: `site.body` must be "full" or "excerpt"'):
        site.build()


def article(summary: str = "") -> Article:
    return Article("Bridge", datetime(2025, 6, 2, tzinfo=UTC), summary=summary, source=Source("Courier"))


def shown(parts: list[str], summary: str = "") -> str:
    return excerpts.excerpt(article(summary), parts, " ".join(parts))


def test_a_summary_that_is_short_stays_as_it_is() -> None:
    assert (
        shown(PARTS, "Cars cross the harbour again. All is well.")
        == "Cars cross the harbour again. All is well."
    )


def test_without_one_it_is_the_first_sentences_but_not_half_of_all() -> None:
    assert shown(PARTS) == " ".join(SENTENCES[:2])
    assert shown(PARTS[:3]) == SENTENCES[0]


def test_a_summary_that_is_all_of_the_text_is_cut() -> None:
    assert shown(PARTS[:3], " ".join(PARTS[:3])) == SENTENCES[0]


def test_a_text_of_one_sentence_is_shown_by_half() -> None:
    assert shown(PARTS[:1]) == "The bridge over the harbour of Port Ellery…"


def test_where_there_is_no_text_there_is_nothing_to_hold_back() -> None:
    assert shown([], "All there is. Really all.") == "All there is. Really all."
    assert shown([]) == ""


@given(st.lists(st.sampled_from(SENTENCES), max_size=6), st.text(max_size=200) | st.sampled_from(SENTENCES))
def test_an_excerpt_is_never_the_whole_text(parts: list[str], summary: str) -> None:
    found = shown(parts, " ".join(summary.split()))

    assert not parts or len(found) < len(" ".join(parts))
    assert summary.strip() or len(split_sentences(found)) <= excerpts.MOST


def test_nothing_is_said_of_files_that_the_text_of_others_uses(site: Project) -> None:
    site.write("content/politics/2025-06-02/theirs.png", b"picture")

    assert [issue for issue in site.build().issues if issue.severity is Severity.WARNING] == []
