"""Long lists of names: under which letter one is looked up, and in which order."""

import pytest

from generator import initials
from generator.views import Count


def counts(*names: str) -> list[Count]:
    return [Count(name, f"tags/{number}/", 1) for number, name in enumerate(names)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("rail", "R"),
        ("Élysée", "E"),
        ("Østmark", "O"),
        ("“Zebra”", "Z"),
        ("9 o’clock", "0–9"),
        ("٣ نيسان", "0–9"),
        ("القاهرة", "ا"),
        ("Яндекс", "Я"),
        ("北京", ""),
        ("カブ", ""),
        ("🙂", ""),
    ],
)
def test_a_name_is_looked_up_under(name: str, expected: str) -> None:
    assert initials.initial(name) == expected


def test_names_are_in_order_below_their_initials() -> None:
    names = counts("rail", "北京", "Ärger", "apples", "7 days", "Russia", "Яндекс")
    groups = initials.group(sorted(names, key=initials.order))

    assert [(group.initial, [term.name for term in group.terms]) for group in groups] == [
        ("0–9", ["7 days"]),
        ("A", ["apples", "Ärger"]),
        ("R", ["rail", "Russia"]),
        ("Я", ["Яндекс"]),
        ("", ["北京"]),
    ]


def test_equal_names_are_told_apart_by_their_addresses() -> None:
    first, second = counts("rail", "Rail")
    (group,) = initials.group(sorted([second, first], key=initials.order))

    assert [term.path for term in group.terms] == ["tags/0/", "tags/1/"]
