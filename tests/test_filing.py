"""Where an article stands: address, topic, terms, summary and an id for ever."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import attachments, filing, former, pages
from generator.config import Config, parse_config
from generator.inputs import Filed
from generator.model import Article, Issue, Severity, Source
from generator.views import Card, Term

ARTICLE = Article("The cup", datetime(2025, 6, 2, 23, 30, 5, 999, tzinfo=UTC))
FILE = "sport/2025-06-02/the-cup.md"
BODY = filing.Body("<p>Text.</p>", 1)
SITE = '[site]\ntimezone = "{}"\n'


def place(article: Article = ARTICLE, file: str = FILE, config: Config | None = None) -> Filed:
    return filing.file_article(article, file, BODY, config or Config())


def odd(article: Article = ARTICLE, file: str = FILE) -> tuple[Issue, ...]:
    return filing.check_filing(place(article, file), article, "a.md", Config())


def card(file: str = FILE, config: Config | None = None, **fields: object) -> Card:
    return place(replace(ARTICLE, **fields), file, config).card  # type: ignore[arg-type]


def test_the_file_names_the_address_and_the_folder_the_topic() -> None:
    assert card().path == "2025/06/02/the-cup/"
    assert card().topic == Term("Sport", "sport")
    assert card("arts/2020-01-01/the-cup.md").path == "2025/06/02/the-cup/"


def test_the_day_is_the_sites() -> None:
    auckland = card(config=parse_config(SITE.format("Pacific/Auckland")))

    assert auckland.path == "2025/06/03/the-cup/"
    assert auckland.date.isoformat() == "2025-06-03T11:30:05+12:00"


@pytest.mark.parametrize(
    ("topic", "file", "expected"),
    [
        ("Sport", "a.md", Term("Sport", "sport")),
        ("SPORT", "arts/a.md", Term("Sport", "sport")),
        ("", "human-interest/a.md", Term("Human interest", "human-interest")),
        ("", "odd-topic/x/a.md", Term("Odd topic", "odd-topic")),
        ("Space & Time", "a.md", Term("Space & Time", "space-and-time")),
        ("", "a.md", Term("General", "general")),
    ],
)
def test_a_topic_comes_from_the_front_matter_then_the_folder(topic: str, file: str, expected: Term) -> None:
    assert card(file, topic=topic).topic == expected


def test_tags_merge_by_slug_and_alias() -> None:
    config = parse_config('[tags.aliases]\nzelenskyy = "Zelensky"\n')

    tags = card(config=config, tags=("Rail", "rail", "Zelenskyy", "zelensky", "C++")).tags

    assert {tag.slug for tag in tags} == {"rail", "zelensky", "c-plus-plus"}


def test_a_summary_is_the_articles_own_or_what_stands_for_it() -> None:
    article, shown = replace(ARTICLE, summary="Own."), filing.Body("", summary="Shown.")

    assert place(article).card.summary == "Own."
    assert filing.file_article(article, FILE, shown, Config()).card.summary == "Shown."


def test_the_sites_language_is_not_repeated() -> None:
    assert (card(language="en").language, card(language="ar").language) == ("", "ar")


@pytest.mark.parametrize(
    ("site", "language", "marked"),
    [
        ("en-GB", "en", ""),
        ("en-GB", "EN-gb", ""),
        ("en-GB", "en-US", "en-US"),
        ("en", "en-US", ""),
        ("de", "den", "den"),
        ("pt-BR", "pt", ""),
        ("pt-BR", "", ""),
    ],
)
def test_what_the_sites_language_is_a_kind_of_is_its_own(site: str, language: str, marked: str) -> None:
    config = parse_config(f'[site]\nlanguage = "{site}"\n')

    assert card(config=config, language=language).language == marked


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        ("a.png", "2025/06/02/the-cup/a.png"),
        ("/assets/a.png", "assets/a.png"),
        ("https://i.example/a.png", "https://i.example/a.png"),
        ("", ""),
    ],
)
def test_an_image_is_an_address_or_a_path(image: str, expected: str) -> None:
    assert card(image=image).image == expected


def test_the_id_survives_refiling_retitling_and_another_zone() -> None:
    known = replace(ARTICLE, id="9f3c2a7be1d04c55")
    ids = {
        place(known).card.id,
        place(replace(known, title="Other"), "arts/x.md").card.id,
        place(known, config=parse_config(SITE.format("Pacific/Auckland"))).card.id,
    }

    assert ids == {filing.entry_id(known, "")}
    assert place().card.id == place(file="arts/2025-06-02/the-cup.md").card.id
    assert place().card.id != place(file="sport/2025-06-02/another.md").card.id


def test_an_entry_id_never_changes() -> None:
    by_id = filing.entry_id(replace(ARTICLE, id="a"), "2025/06/02/the-cup/")
    by_hand = filing.entry_id(ARTICLE, "2025/06/02/the-cup/")

    assert by_id == "urn:uuid:94fc8151-d92a-5dff-a4d8-fc0cc8f47ae4"
    assert by_hand == "urn:uuid:1d6ff160-598f-5446-98d9-a06377453252"


@pytest.mark.parametrize(
    "alias", ["/2024/old/", "old", "/2025/06/02/other/", "/an/old one/", "/.well-known/x/"]
)
def test_a_former_address_is_a_path(alias: str) -> None:
    assert place(replace(ARTICLE, aliases=(alias,))).aliases == (alias.strip("/") + "/",)
    assert odd(replace(ARTICLE, aliases=(alias,))) == ()


@pytest.mark.parametrize(
    "alias",
    [
        *(
            "/",
            "",
            "/topics/",
            "/tags/x/",
            "/sources",
            "/assets/a.css",
            "/2025/",
            "/2025/06/",
            "/2025/06/02/",
        ),
        *("/a//b/", "/../x", "/a/./b", "/a?b", "/a#b", "https://o.example/x", "a\\b", "a\0b"),
    ],
)
def test_a_former_address_that_is_none_is_reported_and_left_out(alias: str) -> None:
    article = replace(ARTICLE, aliases=(alias,))

    (issue,) = odd(article)

    assert (issue.path, issue.severity) == ("a.md", Severity.ERROR)
    assert place(article).aliases == ()


def test_no_former_address_takes_the_place_of_a_file_of_the_page_table() -> None:
    assert {name for row in pages.TABLE for name, _ in row.files} == former.FILES


def test_an_articles_own_address_is_no_former_one() -> None:
    assert place(replace(ARTICLE, aliases=("/2025/06/02/the-cup/",))).aliases == ()


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "ftp://x.example/", "//x.example/", "x", "http:///", "https:// x"]
)
def test_only_web_addresses_are_addresses(address: str) -> None:
    article = replace(ARTICLE, source=Source("S", address), canonical=address)

    entry = place(article).entry

    assert (entry.source_url, entry.canonical) == ("", "")
    assert len(odd(article)) == 2


@pytest.mark.parametrize(
    ("file", "message"), [("a.md", "no topic"), ("odd/a.md", "topic `odd` is not in the")]
)
def test_a_topic_outside_the_taxonomy_works_and_is_a_warning(file: str, message: str) -> None:
    (issue,) = odd(file=file)

    assert issue.severity is Severity.WARNING
    assert message in issue.message


def test_names_used_by_the_body_join_the_attachments() -> None:
    filed = attachments.with_attachments(
        place(replace(ARTICLE, image="a.png")), ("b.png", "../c.png", "b.png")
    )

    assert "b.png" in filed.attachments
    assert "../c.png" not in filed.attachments


@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_any_file_name_gives_an_address_of_its_own_day(name: str) -> None:
    path = card(f"sport/{name.replace('/', '')}.md").path

    assert path.startswith("2025/06/02/")
    assert path.count("/") == 4
    assert path.endswith("/")
    assert not path.endswith("//")


@given(st.lists(st.text(max_size=8), max_size=6))
def test_no_two_tags_have_one_slug(names: list[str]) -> None:
    slugs = [tag.slug for tag in card(tags=tuple(names)).tags]

    assert len(set(slugs)) == len(slugs)
