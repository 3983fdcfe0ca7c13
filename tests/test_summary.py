"""Summaries: whole sentences that carry the news."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ingest.sentences import split_sentences
from generator.ingest.summary import summarise

LEAD = "The harbour bridge at Port Ellery reopened on Monday after storm repairs that took eleven weeks."
MORE = "Engineers replaced forty cables and the whole of the northern deck, at a cost of nine million crowns."
REST = ["Traders on the quay welcomed the news.", "The ferry that stood in for the bridge stops on Sunday."]
LONG = "word, " * 60 + "and so on without an end that anybody would wait for."

texts = st.lists(
    st.text(st.sampled_from("abA .!?,'“”…。（1"), max_size=80)
    | st.sampled_from([LEAD, MORE, LONG, "He said so.", "By Ada Prowse"]),
    max_size=6,
)


def test_the_first_sentences_are_the_summary() -> None:
    assert summarise([f"{LEAD} {MORE}", *REST]) == f"{LEAD} {MORE} {REST[0]}"


@pytest.mark.parametrize(
    "before",
    [
        "By Ada Prowse",
        "By Ada Prowse, Chief Reporter.",
        "Photograph: Ned Harper/Ellery Courier.",
        "Picture by Ned Harper.",
        "The bridge seen from the quay on Monday. Ned Harper/Getty Images.",
        "Last updated on Monday.",
        "Sign up for our morning briefing.",
        "Will the bridge ever be safe again?",
        "He said it was over.",
        "“It is over,” she said.",
        "BRIDGE OPEN AGAIN",
        "Open. Again.",
    ],
)
def test_what_is_no_lead_does_not_come_first(before: str) -> None:
    assert summarise([before, f"{LEAD} {MORE}", *REST]).startswith(LEAD)


@pytest.mark.parametrize(
    "dateline",
    [
        "PORT ELLERY (Ellery Wire) - ",
        "PORT ELLERY, June 2 — ",
        "Port Ellery – ",
        "(EW) ",
        "Port Ellery, Ostland: ",
        "June 2, 2025: ",
    ],
)
def test_a_dateline_is_left_out(dateline: str) -> None:
    assert summarise([f"{dateline}{LEAD}", MORE]) == f"{LEAD} {MORE}"


def test_captions_before_an_agency_dateline_are_left_out() -> None:
    caption = "A man fishes below the bridge that links both sides of the harbour of Port Ellery in Ostland."

    assert summarise([caption, f"PORT ELLERY (Ellery Wire) - {LEAD}", MORE]) == f"{LEAD} {MORE}"


def test_a_dash_inside_the_lead_is_no_dateline() -> None:
    lead = "Nobody at the council – Ada Prowse least of all – expected the bridge to open before the winter."

    assert summarise([lead, MORE]) == f"{lead} {MORE}"


def test_a_question_does_not_follow_either() -> None:
    assert summarise([f"{LEAD} Who would have thought so?"]) == LEAD


def test_a_quotation_is_not_left_open() -> None:
    assert summarise([f"{LEAD} “It was a long winter. {LONG}”"]) == LEAD


def test_a_sentence_that_does_not_fit_is_passed_over_for_one_that_does() -> None:
    assert summarise([LONG, LONG, "She waved.", LEAD], longest=120) == LEAD


def test_only_where_nothing_fits_a_sentence_is_cut_at_a_clause() -> None:
    summary = summarise([LONG], longest=100)

    assert summary.endswith("word…")
    assert LONG.startswith(summary.removesuffix("…"))
    assert 60 < len(summary) <= 100


def test_a_long_word_is_cut_where_it_must_be() -> None:
    assert summarise(["a" * 500 + "."], longest=10) == "a" * 9 + "…"


def test_text_without_an_end_is_its_own_summary() -> None:
    assert summarise(["Bridge open again"]) == "Bridge open again"


def test_no_text_has_no_summary() -> None:
    assert summarise([]) == ""
    assert summarise(["", " "]) == ""


@given(texts, st.integers(40, 300))
def test_a_summary_fits_and_takes_from_the_text_in_its_order(paragraphs: list[str], longest: int) -> None:
    summary = summarise(paragraphs, longest=longest)
    text = iter("".join(paragraphs))

    assert len(summary) <= longest
    assert all(character in text for character in "".join(summary.removesuffix("…").split()))
    assert len(split_sentences(summary)) <= 3


def test_a_dateline_with_its_date_is_no_part_of_the_news() -> None:
    lead = "The ferry across Carrow Sound sailed again, two years after a storm wrecked its landing stage."

    assert summarise([f"PORT MARLOW, 5 June 2025 - {lead}"]) == lead
    assert summarise([f"MARLOW, June 5, 2025 (Wire) - {lead}"]) == lead
