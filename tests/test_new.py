"""`dateline new`: a file to go on with."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import NOW, Project, quiet
from typer.testing import CliRunner, Result

from generator import cli, frontmatter
from generator.build import read_config
from generator.model import UNDATED, Article, DatelineError
from generator.new import Options, new


def dateline(*arguments: str) -> Result:
    return CliRunner().invoke(cli.app, arguments)


def begin(project: Project, title: str, date: datetime = NOW, topic: str = "sport", **options: bool) -> str:
    """Start an article, and give the path of its file."""
    return new(project.root, read_config(project.root), title, Options(date, topic, **options), quiet)


def article(project: Project, path: str) -> Article:
    parsed = frontmatter.parse_article((project.root / path).read_text(), path, UTC, dated=False)
    assert parsed.issues == ()
    assert parsed.article
    return parsed.article


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Rovers lift the cup", "rovers-lift-the-cup"),
        ("C++ is forty", "c-plus-plus-is-forty"),
        ("عاصفة تضرب الميناء", "عاصفة-تضرب-الميناء"),
        ("???", "story-32e84994"),
        ("word " * 60, "-".join(["word"] * 16)),
        ("  Two \n lines\x07 ", "two-lines"),
        ("2025", "2025"),
        ("No: a 'title' # of \"sorts\"", "no-a-title-sharp-of-sorts"),
    ],
)
def test_the_file_is_called_by_its_title_which_it_holds(project: Project, title: str, name: str) -> None:
    path = begin(project, title)

    assert path == f"content/sport/2025-07-01/{name}.md"
    assert article(project, path) == Article(" ".join(title.replace("\x07", "").split()), NOW)


def test_it_is_published_by_the_next_build(project: Project) -> None:
    begin(project, "Rovers lift the cup")

    assert project.build().issues == ()
    assert "Rovers lift the cup" in project.read("2025/07/01/rovers-lift-the-cup/index.html")


def test_a_draft_is_held_back(project: Project) -> None:
    path = begin(project, "Rovers lift the cup", draft=True)

    assert [(held.path, held.why) for held in project.build().held_back] == [(path, "draft")]


@pytest.mark.parametrize(
    ("title", "topic"),
    [
        ("Rovers win the football cup", "sport"),
        ("Parliament votes on the election law", "politics"),
        ("Untitled", "society"),
    ],
)
def test_the_words_of_the_title_speak_for_its_topic(project: Project, title: str, topic: str) -> None:
    assert begin(project, title, topic="").startswith(f"content/{topic}/")


def test_it_speaks_the_language_of_the_site(project: Project) -> None:
    project.write("dateline.toml", '[site]\nlanguage = "de-AT"\n')

    assert begin(project, "Fußballverein gewinnt die Meisterschaft", topic="").startswith("content/sport/")


@pytest.mark.parametrize("topic", ["space", "Outer space", "SPACE"])
def test_a_topic_is_known_by_its_slug_and_by_its_label(project: Project, topic: str) -> None:
    project.configure('[topics]\nspace = "Outer space"\n')

    assert begin(project, "A star", topic=topic).startswith("content/space/")


@pytest.mark.parametrize(
    ("topic", "hint"),
    [("sprot", "did you mean `sport`?"), ("xyzzy", "there are politics, conflict, economy, ")],
)
def test_a_topic_that_the_site_does_not_have_is_told(project: Project, topic: str, hint: str) -> None:
    with pytest.raises(DatelineError, match=re.escape(f"--topic: the site has no topic '{topic}'; {hint}")):
        begin(project, "A star", topic=topic)

    assert project.content() == {}


def test_the_day_is_that_of_the_sites_zone(project: Project) -> None:
    project.write("dateline.toml", '[site]\ntimezone = "Pacific/Auckland"\n')

    assert (
        begin(project, "A star", datetime(2025, 6, 2, 23, tzinfo=UTC)) == "content/sport/2025-06-03/a-star.md"
    )


def test_a_second_of_the_same_day_and_name_is_refused_whatever_its_topic(project: Project) -> None:
    begin(project, "A star", topic="science")

    with pytest.raises(
        DatelineError, match=r"^content/science/2025-07-01/a-star\.md is there already; give another"
    ):
        begin(project, "A star")

    assert len(project.content()) == 1
    assert begin(project, "A star", datetime(2025, 7, 2, tzinfo=UTC)) == "content/sport/2025-07-02/a-star.md"


def test_a_page_stands_by_itself(project: Project) -> None:
    path = begin(project, "Who we are", UNDATED)

    assert path == "content/who-we-are.md"
    assert (project.root / path).read_text() == "---\ntitle: Who we are\n---\n"
    assert article(project, path).date == UNDATED
    project.build()
    assert project.exists("who-we-are/index.html")
    with pytest.raises(DatelineError, match=r"is there already; give another title$"):
        begin(project, "Who we are", UNDATED)


def test_a_page_cannot_have_the_address_of_another_kind(project: Project) -> None:
    with pytest.raises(DatelineError, match=r"^/search/ is the address of another kind of page"):
        begin(project, "Search", UNDATED)


@pytest.mark.parametrize("what", ["link", "file"])
def test_nothing_is_written_where_no_build_would_find_it(project: Project, tmp_path: Path, what: str) -> None:
    place = project.root / "content/sport"
    if what == "link":
        place.symlink_to(tmp_path)
    else:
        place.write_text("")

    with pytest.raises(DatelineError, match=rf"^content/sport is a {what}; put a folder there"):
        begin(project, "The cup")
    assert not list(tmp_path.rglob("the-cup.md"))


@pytest.mark.parametrize("title", ["", "  ", "\x00"])
def test_a_title_needs_words(project: Project, title: str) -> None:
    with pytest.raises(DatelineError, match="a title needs words"):
        begin(project, title)


def test_the_command_prints_the_path_of_what_it_wrote(project: Project) -> None:
    written = dateline(
        "new",
        "A star",
        "--root",
        str(project.root),
        "--date",
        "2025-06-02T08:00",
        "--topic",
        "Science",
        "--draft",
    )

    path = Path(written.stdout.strip())
    assert path == project.root / "content/science/2025-06-02/a-star.md"
    assert path.read_text() == "---\ntitle: A star\ndate: 2025-06-02T08:00:00+00:00\ndraft: true\n---\n"


def test_the_command_dates_an_article_now_and_a_page_never(project: Project) -> None:
    before = datetime.now(UTC).replace(second=0, microsecond=0)
    root = str(project.root)

    (path,) = dateline("new", "A star", "--root", root).stdout.splitlines()
    page = dateline("new", "Who we are", "--page", "--root", root).stdout.strip()

    assert before <= article(project, path).date <= datetime.now(UTC)
    assert page == str(project.root / "content/who-we-are.md")
    refused = dateline("new", "Who", "--page", "--date", "2025-06-02", "--root", root)
    assert "has neither topic nor date" in str(refused.exception)


def test_a_title_of_several_words_needs_no_quotes(project: Project) -> None:
    root = str(project.root)

    (path,) = dateline(
        "new", "A", "star  is", "--topic", "science", "born", "--root", root
    ).stdout.splitlines()

    assert article(project, path).title == "A star is born"


def test_the_command_says_how_every_page_leads_to_a_page_unless_it_does(project: Project) -> None:
    root = str(project.root)

    said = dateline("new", "--page", 'Who  "we" are', "--root", root).stderr
    other = dateline("new", "--page", "من نحن", "--root", root).stderr

    assert said.endswith(f'below [pages] in {project.root}/dateline.toml: who-we-are = "Who \\"we\\" are"\n')
    entered = "\n".join(one.strip().rpartition("dateline.toml: ")[2] for one in (said, other))
    project.configure(f"[pages]\n{entered}\nhelp = 'Help'\n")
    assert read_config(project.root).pages == {
        "who-we-are": 'Who "we" are',
        "من-نحن": "من نحن",
        "help": "Help",
    }
    assert project.build().issues != ()  # as nobody has written the help yet
    assert dateline("new", "--page", "Help", "--root", root).stderr == ""
    assert project.build().issues == ()


def test_a_wrong_date_is_a_sentence(project: Project) -> None:
    refused = dateline("new", "A star", "--root", str(project.root), "--date", "soon")

    assert "--date: 'soon' is no time" in str(refused.exception)
    refused = dateline("new", "A star", "--root", str(project.root), "--date", "9999-12-31T23:59-12:00")
    assert "is beyond the years 1 to 9999" in str(refused.exception)
