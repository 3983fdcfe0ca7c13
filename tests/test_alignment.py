"""Extracted text is found again among the lines it came from."""

import pytest

from generator.ingest.webpages.alignment import align, key

PAGE = [
    "Sport",
    "Ferry sails again",
    "The ferry sailed on Monday, two years after the storm.",
    "“At last,” said the mayor.",
    "Sport",
    "Ferry sails again",
    "It makes six crossings a day until the late autumn, the harbour trust of the island has said.",
    "Sport",
]
KEYS = [key(line) for line in PAGE]


@pytest.mark.parametrize(
    ("extracted", "lines"),
    [
        (PAGE[1:4], {1, 2, 3}),
        ([PAGE[6]], {6}),
        (["The ferry sailed  on Monday , two years after the storm"], {2}),
        ([PAGE[2] + PAGE[3]], {2, 3}),
        (["two years after the storm"], set()),
        (["The ferry sailed on Monday, two years after"], {2}),
        (["It makes six crossings a day until the harbour trust of the island has said."], {6}),
        ([PAGE[2], "Sport"], {2, 4}),
        ([PAGE[6], "Sport", "Sport", "Sport", "Sport"], {0, 4, 6, 7}),
        ([PAGE[6], PAGE[2]], {2, 6}),
        (["What stands nowhere on the page"], set()),
        (["", "…"], set()),
    ],
)
def test_lines_are_found(extracted: list[str], lines: set[int]) -> None:
    assert align(KEYS, [key(text) for text in extracted]) == lines


def test_nothing_is_found_on_an_empty_page() -> None:
    assert align([], [key(PAGE[2])]) == set()
