"""Spelling variants of names: which are one, which never, and how a site's own tags decide."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import urls
from generator.ingest.tagging.merging import merge_tags, tag_keys, variant_key

VARIANTS = [
    ["Zelensky", "Zelenskyy", "Zelenskiy", "Zelenski", "Selenskyj", "ZELENSKY"],
    ["Volodymyr Zelensky", "Volodymyr Zelenskyy", "Wolodymyr Selenskyj"],
    ["Mohammed Tarrow", "Muhammad Tarrow", "Mohamed Tarrow", "Mohammad Tarrow"],
    ["Recep Erdogan", "Recep Erdoğan"],
    ["Muammar Gaddafi", "Muammar Qaddafi", "Muammar Kadhafi", "Muammar Gadafi"],
    ["Kim Jong-un", "Kim Jong Un", "Kim Jong-Un"],
    ["Otto Müller", "Otto Mueller", "Otto Muller"],
    ["Sergei Lavrov", "Sergey Lavrov", "Sergej Lawrow"],
    ["Al-Vesna", "al Vesna", "El-Vesna"],
    ["U.S.", "US"],
    ["World Health Organization", "World Health Organisation"],
    ["Brannock & Lind", "Brannock and Lind"],
    ["The Hague", "Hague"],
    ["start-ups", "startups", "start-up"],
    ["tariffs", "tariff"],
    ["Réunion", "Reunion"],
    ["مصر", "مِصر"],
    ["القاهرة", "القاهره"],
    ["東京", "東京 "],
]

STRANGERS = [
    ["Austria", "Australia"],
    ["Niger", "Nigeria"],
    ["Georgia", "Georgian"],
    ["Slovakia", "Slovenia"],
    ["Iran", "Iraq", "Oman", "Amman"],
    ["Kyiv", "Kiev"],
    ["Guinea", "Guyana", "Ghana"],
    ["Gambia", "Zambia"],
    ["Mali", "Malta", "Malawi", "Malaysia"],
    ["India", "Indiana", "Indian"],
    ["Dominica", "Dominican Republic"],
    ["Congo", "Democratic Republic of Congo"],
    ["North Korea", "South Korea"],
    ["Ann Tarrow", "Anna Tarrow", "Anne Tarrow", "Hanna Tarrow"],
    ["Joe Tarrow", "Jo Tarrow", "John Tarrow"],
    ["George W. Lind", "George H. W. Lind", "George Lind"],
    ["Maria Lind", "Marie Lind", "Mario Lind"],
    ["Ana Lind", "Anna Lind"],
    ["Nadia Mohammed", "Nadia Mohamud"],
    ["Khan", "Han"],
    ["Joseph Lind", "Josef Lind"],
    ["Labour", "Labor"],
    ["Lloyd", "Lloyds"],
    ["poetry", "pottery"],
    ["Paris", "Parris Island"],
    ["パリ", "バリ"],
    ["イラン", "イラク"],
    ["العراق", "ايران"],
    ["C", "C++ ports"],
]


def known(*tags: str) -> dict[str, list[str]]:
    table: dict[str, list[str]] = {}
    for tag in tags:
        for key in tag_keys(tag):
            table.setdefault(key, []).append(tag)
    return table


@pytest.mark.parametrize("names", VARIANTS, ids=lambda names: names[0])
def test_spellings_of_one_name_have_one_key(names: list[str]) -> None:
    assert len({variant_key(name) for name in names}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [pair for names in STRANGERS for pair in combinations(names, 2)], ids=str
)
def test_different_names_have_different_keys(one: str, other: str) -> None:
    assert variant_key(one) != variant_key(other)


@given(st.text(max_size=40))
def test_every_text_has_a_key_and_case_is_no_part_of_it(name: str) -> None:
    assert variant_key(name) == variant_key(f" {name} ")
    assert not variant_key(name).isupper()


def test_a_variant_of_a_tag_of_the_site_becomes_that_tag() -> None:
    assert merge_tags(["Ilya Varenskyy", "Ostland"], known("Ilya Varensky", "Ostmark"), {}) == (
        "Ilya Varensky",
        "Ostland",
    )


def test_a_site_may_be_asked_by_a_function() -> None:
    assert merge_tags(["Varenskyy"], lambda key: ["Varensky"] if key == "varenski" else [], {}) == (
        "Varensky",
    )


def test_a_tag_that_the_site_has_as_found_stays() -> None:
    assert merge_tags(["Varenskyy"], known("Varensky", "Varenskyy"), {}) == ("Varenskyy",)


def test_two_variants_found_end_as_one_tag_in_the_place_of_the_first() -> None:
    assert merge_tags(["Varenskyy", "Ostland", "Varensky"], {}, {}) == ("Varenskyy", "Ostland")


@pytest.mark.parametrize("tag", ["US", "USA", "America", "United States"])
def test_an_acronym_and_its_long_form_are_one(tag: str) -> None:
    assert merge_tags(["United States"], known(tag), {}) == (tag,)


def test_the_aliases_of_the_site_have_the_last_word() -> None:
    aliases = {urls.slug("Varenskyy"): "I. Varensky", urls.slug("Ostland"): "Eastland"}

    assert merge_tags(["Varenskyy"], known("Varensky"), aliases) == ("I. Varensky",)
    assert merge_tags(["Ost-Land"], known("Ostland"), aliases) == ("Eastland",)


def test_a_known_family_name_becomes_the_only_person_of_that_name_on_the_site() -> None:
    assert merge_tags(["Putin"], known("Vladimir Putin"), {}) == ("Vladimir Putin",)
    assert merge_tags(["Putin"], known("Vladimir Putin", "Ada Putin"), {}) == ("Putin",)


def test_a_family_name_that_the_lexicon_does_not_know_stays_alone() -> None:
    assert merge_tags(["Tarrow"], known("Ada Tarrow"), {}) == ("Tarrow",)
    assert merge_tags(["Ned Tarrow"], known("Ada Tarrow"), {}) == ("Ned Tarrow",)


def test_no_tag_is_lost() -> None:
    assert merge_tags(["?", "C++", "C"], {}, {}) == ("?", "C++", "C")
