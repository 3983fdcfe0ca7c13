"""Keywords that a publisher gave: which of them are tags."""

import pytest

from generator.ingest.tagging.keywords import fitting_keywords
from generator.ingest.tagging.lexicon import fold

TITLE = "Harbour bridge at Port Ellery reopens"
BODY = ["The bridge was repaired by Brightwell & Sons. Ada Prowse praised the U.S. engineers and their art."]


def fitting(*keywords: str) -> list[str]:
    return list(fitting_keywords(keywords, TITLE, BODY, "The Ellery Courier"))


def test_what_the_text_speaks_of_is_a_tag_spelled_as_the_lexicon_has_it() -> None:
    assert fitting("port ellery", "#Ada Prowse", "Brightwell & Sons") == [
        "port ellery",
        "Ada Prowse",
        "Brightwell & Sons",
    ]
    assert list(fitting_keywords(["Britain"], "Ships of Britain", [], "")) == ["United Kingdom"]


@pytest.mark.parametrize(
    "keyword",
    [
        "World",
        "News",
        "sport",
        "Monday",
        "president",
        "Reuters",
        "Ellery Courier",
        "Karsia",
        "our",
        "rt",
        "1",
        "",
        "bri",
    ],
)
def test_sections_outlets_days_and_what_the_text_has_not_are_none(keyword: str) -> None:
    assert fitting(keyword) == []


def test_two_spellings_are_one_tag() -> None:
    assert fitting("Ada Prowse", "ada prowse", "Ada-Prowse") == ["Ada Prowse"]


def test_a_script_without_spaces_has_keywords_too() -> None:
    assert list(fitting_keywords(["橋"], "港の橋が再開", [], "")) == []
    assert list(fitting_keywords(["大橋"], "港の大橋が再開", [], "")) == ["大橋"]


def test_no_text_is_remembered() -> None:
    def find(number: int) -> list[str]:
        return list(fitting_keywords(["Port Ellery"], f"{TITLE} on day {number}", BODY, ""))

    assert find(0) == ["Port Ellery"]
    before = fold.cache_info().currsize

    assert all(find(number) for number in range(100))
    assert fold.cache_info().currsize == before
