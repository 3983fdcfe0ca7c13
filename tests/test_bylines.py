"""Bylines: what is one, whom it names, and where the story begins that follows one on the same line."""

import pytest

from generator.ingest.feeds.authors import read_authors
from generator.ingest.formats import read_text
from generator.ingest.rulebook.rules import load_rules
from generator.ingest.splitting.bylines import authors_of, byline_before, is_byline

RULES = load_rules()
TEXT = "It has stood empty since the storm, the harbour office said. Nobody minded."


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("By Jette Marr", ["Jette Marr"]),
        ("By JETTE MARR, Staff Writer", ["Jette Marr"]),
        ("By JETTE MCMARR AND OLA O'BRENN", ["Jette McMarr", "Ola O'Brenn"]),
        ("By Jette Marr, Ola Brenn and Nina Torvald", ["Jette Marr", "Ola Brenn", "Nina Torvald"]),
        ("By Jette Marr & Ola Brenn", ["Jette Marr", "Ola Brenn"]),
        ("By Jette Marr in Port Ellery", ["Jette Marr"]),
        ("By Jette Marr for the Ostmark Daily", ["Jette Marr"]),
        ("By Jette Marr, political correspondent", ["Jette Marr"]),
        ("By Jette Marr | Ostmark Daily", ["Jette Marr"]),
        ("By Jette Marr jette@daily.example", ["Jette Marr"]),
        ("By J. R. Marr and Ola de Brenn", ["J. R. Marr", "Ola de Brenn"]),
        ("Words by Jette Marr", ["Jette Marr"]),
        ("Von Jette Marr", ["Jette Marr"]),
        ("by jette marr", ["Jette Marr"]),
        ("By our political staff", []),
        ("By Staff and agencies", []),
        ("By Associated Press", []),
        ("بقلم: سلمى حداد", ["سلمى حداد"]),
        ("بقلم سلمى حداد", ["سلمى حداد"]),
    ],
)
def test_a_byline_names_its_authors(byline: str, authors: list[str]) -> None:
    assert is_byline(byline, RULES)
    assert list(authors_of(byline, RULES)) == authors


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("By Jette Marr, Ola Brenn, and Nina Torvald", ["Jette Marr", "Ola Brenn", "Nina Torvald"]),
        ("By Jette Marr <jette@daily.example> and Ola Brenn", ["Jette Marr", "Ola Brenn"]),
        ("By Jette Marr https://daily.example/marr", ["Jette Marr"]),
        ("By desk@daily.example (Jette Marr)", ["Jette Marr"]),
        ("By Jette Marr, Jr., and Ola Brenn", ["Jette Marr Jr.", "Ola Brenn"]),
        ("By Jette Marr in Port Ellery", ["Jette Marr"]),
        ("Von Jette Marr und Ola von Brenn", ["Jette Marr", "Ola von Brenn"]),
        ("Text von Jette Marr, Redakteurin", ["Jette Marr"]),
        ("Par Luc Andé et Zoé Vidal, envoyés spéciaux", ["Luc Andé", "Zoé Vidal"]),
        ("Por Ana Ruiz y Luz Vega", ["Ana Ruiz", "Luz Vega"]),
        ("Por Ana Ortega y Gasset y Luz Vega", ["Ana Ortega y Gasset", "Luz Vega"]),
        ("Escrito por Ana Ruiz, corresponsal", ["Ana Ruiz"]),
        ("بقلم سلمى حداد", ["سلمى حداد"]),
    ],
)
def test_a_line_and_a_field_name_the_same_authors(byline: str, authors: list[str]) -> None:
    assert [name.replace(",", "") for name in authors_of(byline, RULES)] == authors
    assert [name.replace(",", "") for name in read_authors([byline])] == authors


@pytest.mark.parametrize(
    "line", ["Von Jette Marr und Ola Brenn", "Par Luc Andé et Zoé Vidal", "Por Ana Ruiz"]
)
def test_each_language_has_words_that_open_a_byline(line: str) -> None:
    assert is_byline(line, RULES)


@pytest.mark.parametrize(
    "line", ["Posted by the harbour office", "كتب رئيس الميناء رسالة", "Text: Marr in full"]
)
def test_what_opens_a_byline_only_in_a_field_opens_none_in_a_text(line: str) -> None:
    assert not is_byline(line, RULES)


@pytest.mark.parametrize(
    "line",
    [
        "By noon it has passed the mill.",
        "By Friday the wall had held for a week",
        "By the time Ann Holt arrived, nobody was there",
        "By: the numbers say it all, and they say it every single year.",
        "Bylaws of Port Ellery",
        "By-election in Brenmouth South",
        "By Orrin lake the swans are gone",
        "",
    ],
)
def test_a_line_that_begins_with_by_may_be_none(line: str) -> None:
    assert not is_byline(line, RULES)


@pytest.mark.parametrize(
    ("byline", "text"),
    [
        ("By Jette Marr", "The bridge opened at nine."),
        ("By Jette Marr", "“We had nine minutes,” said Ann Holt."),
        ("By Jette Marr", "PORT ELLERY (Wire) - The bridge opened at nine."),
        ("By Jette Marr |", "Bakers of Ostmark strike over flour."),
        ("By Jette Marr, Staff Writer", "Bakers of Ostmark strike over flour."),
        ("By Jette Marr and Ola Brenn", "The bridge opened at nine."),
        ("By JETTE MARR", "Bakers of Ostmark strike over flour."),
        ("By JETTE MARR", "U.N. observers have left Skarrow."),
        ("By Jette Marr", "Ostmark's bakers have won."),
    ],
)
def test_a_byline_before_the_first_sentence_goes_to_the_head(byline: str, text: str) -> None:
    (story,) = read_text(f"Bridge opens\n{byline} {text}\n{TEXT}\n").stories

    assert [block.text for block in story.body] == [text, TEXT]
    assert story.header[0].text == byline
    assert story.facts.authors[0] == "Jette Marr"


@pytest.mark.parametrize(
    "text",
    [
        "By Friday Harbour officials had left the island.",
        "By Lake Orrin the swans are gone.",
        "By Jette Marr Ola Brenn will not be beaten again.",
        "By Monday The Ellery Courier had printed it.",
        "By JETTE MARR AND ALL THE OTHERS IN THE TOWN IT WAS SAID.",
        "Bystanders Ann Holt and Ola Brenn saw it.",
    ],
)
def test_a_sentence_that_begins_with_by_stays(text: str) -> None:
    assert byline_before(text, RULES) == 0


def test_authors_come_from_lines_above_and_below_and_from_labels() -> None:
    page = f"Bridge opens\nAuthor: Jette Marr\n2 June 2025\n{TEXT}\nBy Ola Brenn and Jette Marr\n"
    (story,) = read_text(page).stories

    assert story.facts.authors == ("Jette Marr", "Ola Brenn")


def test_a_name_above_its_role_is_a_byline_of_two_lines() -> None:
    (story,) = read_text(f"Bridge opens\nJette Marr\nPolitical correspondent\n{TEXT}\n").stories

    assert story.facts.authors == ("Jette Marr",)
    assert [block.text for block in story.body] == [TEXT]


def test_a_name_above_anything_else_stays() -> None:
    (story,) = read_text(f"Bridge opens\nJette Marr\nA life on the quay\n{TEXT}\n").stories

    assert story.facts.authors == ()
    assert [block.text for block in story.body] == ["Jette Marr", "A life on the quay", TEXT]
