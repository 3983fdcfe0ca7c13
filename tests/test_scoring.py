"""The measure of extracted text, which floors are held against."""

import runpy
from pathlib import Path

import pytest

MEASURE = runpy.run_path(str(Path(__file__).parent.parent / "benchmarks" / "extraction.py"))
TRUE = "the ferry sails again on monday morning"


@pytest.mark.parametrize(
    ("found", "precision", "recall"),
    [
        (TRUE, 1, 1),
        ("the, ferry\nsails: again on monday morning!", 1, 1),
        ("the ferry sails again", 1, 1 / 4),
        (f"{TRUE} {TRUE}", 4 / 11, 1),
        ("bakers strike over flour", 0, 0),
        ("", 0, 0),
    ],
)
def test_a_text_is_scored_by_its_runs_of_four_words(found: str, precision: float, recall: float) -> None:
    score = MEASURE["page_score"](TRUE, found)

    assert (score.precision, score.recall) == pytest.approx((precision, recall))


def test_pages_count_alike_and_one_not_found_counts_as_empty() -> None:
    score = MEASURE["score"]({"a": TRUE, "b": "one two three four"}, {"a": TRUE, "c": "not asked for"})

    assert tuple(score) == pytest.approx((0.5, 0.5, 0.5))


def test_nothing_to_score_is_an_error() -> None:
    with pytest.raises(ValueError, match="nothing to score"):
        MEASURE["score"]({}, {})
