"""One story told twice is one, two stories on one event are two: in words and in scripts without spaces."""

from itertools import combinations

import pytest

from generator.ingest.duplicates import alike, contradict, figures, same_story, sketch, words_of

FERRY = """The ferry across Carrow Sound sailed again on Monday, two years after a storm wrecked its landing stage.
Hundreds of islanders lined the quay at Marlow to cheer the first crossing. The council paid for the new stage
with a loan from the regional bank, which it hopes to repay by 2031. The ferry will make six crossings a day until
the autumn. Tickets cost three crowns for residents and nine for visitors, and the council will freeze both."""

REWORDED = """The Carrow Sound ferry sailed again on Monday, two years after a storm wrecked its landing stage.
Hundreds of islanders lined the quay in Marlow to cheer the first crossing. The council has paid for the new stage
with a loan from the regional bank, and hopes to repay it by 2031. The ferry will make six crossings a day until
autumn. Tickets cost three crowns for residents and nine for visitors; the council will freeze both."""

SAME_EVENT = """A storm had cut Marlow off for two years. On Monday the island had its road back, as people call
the boat. Tilda Fenwick shut her bakery for an hour to watch it dock. Her flour had come by helicopter since the
landing stage went under, at four times the price, and half of her customers had moved to the mainland. The council
paid for the new stage with a loan from the regional bank. Some doubt that it will ever be repaid."""

JAPANESE = """港の橋は嵐の後の修理を終えて月曜日に再び開通した。市によると、工事には三か月かかり、費用は予定より
少なかった。住民は朝早くから橋のたもとに集まり、最初の車が渡るのを見守った。市長は式典で職人たちに感謝した。"""

JAPANESE_CUT = JAPANESE.partition("住民は")[0]

JAPANESE_OTHER = """県立図書館は来月から夜九時まで開くことを決めた。働く人にも利用してもらうのが目的で、職員を五人
増やす。館長は、貸し出しが減り続けていることが背景にあると話した。市民団体は以前から延長を求めていた。"""


def one_story(one: str, other: str) -> bool:
    words, others = words_of(one), words_of(other)
    return alike(sketch(words), sketch(others)) and same_story(words, others)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (FERRY, FERRY.upper()),
        (FERRY, REWORDED),
        (FERRY, FERRY.partition("Tickets")[0]),
        (FERRY, FERRY.partition("The council")[0]),
        (FERRY, f"{FERRY} {SAME_EVENT} {REWORDED}"),
        (JAPANESE, JAPANESE_CUT),
    ],
)
def test_one_story(one: str, other: str) -> None:
    assert one_story(one, other)
    assert one_story(other, one)


@pytest.mark.parametrize(
    ("one", "other"), list(combinations([FERRY, SAME_EVENT, JAPANESE, JAPANESE_OTHER, "Ferry sails"], 2))
)
def test_two_stories(one: str, other: str) -> None:
    assert not one_story(one, other)
    assert not one_story(other, one)


def test_a_brief_is_not_the_long_story_it_quotes() -> None:
    brief = (
        "Visitors to Marlow pay most, a reader writes. Tickets cost three crowns for residents and nine for"
        " visitors. Is that how an island treats its guests? She will spend her holidays in the hills next year,"
        " where walks are free, the trains run late into the night and nobody asks where one lives."
    )

    assert not one_story(brief, f"{FERRY} {SAME_EVENT}")


def test_other_figures_make_another_story_unless_one_only_lacks_some() -> None:
    assert contradict(figures("7 dead, 30 hurt"), figures("9 dead, 31 hurt"))
    assert not contradict(figures("7 dead, 30 hurt"), figures("7 dead"))


def test_a_text_of_three_words_has_no_sketch_and_is_like_nothing() -> None:
    assert sketch(words_of("too short indeed")) == frozenset()
    assert not one_story("too short indeed", "too short indeed")
