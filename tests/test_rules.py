"""Rules: the files of all languages, a site's own beside them, and those that are switched off."""

from pathlib import Path

import pytest
from casebook import cases
from test_split import assert_accounted

from generator.ingest.cleaning.promotions import cut
from generator.ingest.formats import Reading, read_text
from generator.ingest.rulebook.rules import fold, load_rules
from generator.ingest.rulebook.structural import STRUCTURAL
from generator.model import Block, DatelineError

PAGE = """Night ferry to Skarrow returns
The night ferry will sail again from Friday, the harbour office said.
Advertisement
It was suspended two winters ago.
Back to the quay
Comments
No comments yet...
"""


def body_of(reading: Reading) -> list[str]:
    return [block.text for story in reading.stories for block in story.body]


def test_rules_of_all_languages_hold_in_the_order_of_their_codes() -> None:
    languages = [rule.language for rule in load_rules().furniture.patterns]

    assert languages == sorted(languages)
    assert {"ar", "en"} <= set(languages)


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("No comments yet…", "no-comments"),
        ("لا يوجد تعليقات بعد...", "no-comments"),
        ("هاشتاغز", "hashtags"),
        ("جرّب ميزات الذكاء الاصطناعي لدينا", "ai-features"),
        ("استكشف ما يمكن لـ Quay9 AI أن يفعله لك:", "ai-explore"),
        ("اكتشف ما يمكن أن يفعله Quay9 AI من أجلك:", "ai-explore"),
        ("أخبار ذات صلة", "related"),
        ("مقالات ذات صلة", "related"),
    ],
)
def test_a_line_is_found_however_it_is_spelled(line: str, rule: str) -> None:
    found = load_rules().furniture.find(fold(line))

    assert found is not None
    assert found.id == rule


def test_a_sites_own_rules_come_beside_the_packages() -> None:
    own = {
        "line": [{"id": "quay", "phrases": ["Back to the Quay"]}],
        "words": {"port": "skarrow|ellery"},
        "furniture": [{"id": "masthead", "pattern": "the (?:{port}) post"}],
    }
    rules = load_rules(own)
    found = rules.furniture.find("the ellery post")

    assert found is not None
    assert (found.id, found.language) == ("masthead", "own")
    assert "Back to the quay" in body_of(read_text(PAGE))
    assert body_of(read_text(PAGE, rules=rules)) == [
        "The night ferry will sail again from Friday, the harbour office said.",
        "It was suspended two winters ago.",
    ]


def test_a_rule_that_is_switched_off_drops_nothing() -> None:
    kept = body_of(read_text(PAGE, rules=load_rules(without={"advert"})))
    promotion = Block(0, 1, "It rained. Sign up: Ellery Sport newsletter")

    assert "Advertisement" in kept
    assert [dropped.rule for dropped in cut(promotion)[1]] == ["sign-up"]
    assert cut(promotion, load_rules(without={"sign-up"}))[1] == ()


def test_a_title_alone_is_a_story_where_it_is_to_be_kept() -> None:
    reading = read_text("Fire at the old customs house\n", rules=load_rules(without={"title-only"}))

    assert [story.title.text for story in reading.stories] == ["Fire at the old customs house"]
    assert reading.issues == ()


@pytest.mark.parametrize("path", cases(), ids=lambda path: path.stem)
def test_every_rule_that_drops_something_can_be_switched_off(path: Path) -> None:
    _, _, document = path.read_text(encoding="utf-8").partition("#|\n")
    rules = load_rules()
    used = {dropped.rule for dropped in read_text(document).dropped} - {"no-title"}

    assert used <= set(rules.ids())
    for rule in used:
        reading = assert_accounted(document, load_rules(without={rule}))
        assert rule not in {dropped.rule for dropped in reading.dropped}


def test_every_rule_is_known_by_its_id() -> None:
    rules = load_rules(without={"advert"})

    assert {"advert", "hashtags", "sign-up", "more-to-follow", *STRUCTURAL} <= set(rules.ids())
    assert list(rules.ids()) == sorted(set(rules.ids()))
    assert (rules.drops("advert"), rules.drops("share")) == (False, True)


def test_an_id_that_no_rule_has_is_named_with_those_that_are_near() -> None:
    with pytest.raises(DatelineError, match="no rule is called 'adverts': is it advert"):
        load_rules(without={"adverts"})


@pytest.mark.parametrize(
    "rule", [{"id": "x", "pattern": "("}, {"id": "x", "wieght": 2}, {"id": "x", "pattern": "{no}"}]
)
def test_a_rule_that_cannot_be_read_is_named(rule: dict[str, object]) -> None:
    with pytest.raises(DatelineError, match="rule 'x' of 'own' cannot be read"):
        load_rules({"line": [rule]})
