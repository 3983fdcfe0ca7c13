"""What the words of a sentence weigh: a page's in whatever wording, and a story's that uses a page's words."""

import tomllib
from collections import Counter

import pytest

from generator.ingest.cleaning.body import Body, clean_body
from generator.ingest.cleaning.scales import BESIDE, ENOUGH, weigh
from generator.ingest.cleaning.speaking import Scale
from generator.ingest.cleaning.weighing import drop_weighed
from generator.ingest.languages import codes, has_table, read_table
from generator.ingest.rulebook.ownfiles import check_rules
from generator.ingest.rulebook.rules import load_rules
from generator.ingest.rulebook.weights import lexicon, said_in, tokens_of
from generator.model import Block, DatelineError

RULES = load_rules()
ENGLISH = RULES.weights["en"]
SCALE = Scale(ENGLISH, frozenset(), frozenset({"ledger"}), RULES.guards["en"])
FIRST = "The council of Port Ellery met on Monday, and nine came."
LAST = "It will meet again in June, the mayor said."
NAMED = ("reader", "calls", "follows")
WITH_WEIGHTS = [code for code in codes() if has_table(code, "weights")]


def blocks_of(*texts: str) -> list[Block]:
    found, start = [], 0
    for number, text in enumerate(texts):
        found.append(Block(start, number + 1, text))
        start += len(text) + 1
    return found


def cleaned(*texts: str, title: str = "", source: str = "The Ledger") -> Body:
    return clean_body(blocks_of(*texts), RULES, title, source)


def weight(sentence: str, scale: Scale = SCALE) -> float:
    return weigh(sentence, scale, alone=False)[1]


@pytest.mark.parametrize(
    "sentence",
    [
        "Our Thursday bulletin has the best of the harbour, and it lands in your inbox before breakfast.",
        "Members get our app without ads, and can cancel at any time.",
        "Please be kind in the comments, which our moderators read before they are published.",
        "This page refreshes by itself, so please bookmark it for the latest updates.",
        "We may earn a commission if you buy through a link on this page.",
        "An earlier version of this article misspelled a name.",
        "Illustration: Rob Finch",
        "Graphic by Rob Finch, with data from Ostmap",
        "Your email address will not be published, and required fields are marked.",
        "No part of this website may be reproduced without our written permission.",
    ],
)
def test_what_a_page_says_goes_in_whatever_wording(sentence: str) -> None:
    assert cleaned(FIRST, sentence, LAST).texts == (FIRST, LAST)
    assert cleaned(f"{FIRST} {sentence} The clerk wrote it down. {LAST}").texts == (
        f"{FIRST} The clerk wrote it down. {LAST}",
    )


@pytest.mark.parametrize(
    ("said_by_page", "story"),
    [
        ("Sign up for our free weekly newsletter", "The clerk wrote it down."),
        ("Download our app for the latest alerts", "Farmers want cheaper diesel before the harvest."),
        ("More top stories: Ferry captain hands over the wheel", "The clerk wrote it down."),
        ("Related articles: Why ferries float", "Police closed two roads."),
    ],
)
def test_what_a_page_says_without_a_full_stop_ends_where_the_story_begins(
    said_by_page: str, story: str
) -> None:
    size, _ = weigh(f"{said_by_page} {story}", SCALE, alone=False)

    assert f"{said_by_page} {story}"[size:] == story


def test_where_one_name_ends_and_the_next_begins_is_not_made_up() -> None:
    assert weigh("Illustration: Rob Finch Milo Rask has moved into his shed.", SCALE, alone=False)[0] == 0


@pytest.mark.parametrize(
    "sentence",
    [
        "The newsletter, she said, had nine readers and no photos.",
        "His podcast was removed from the app in March.",
        "“Sign up for our newsletter,” the poster read.",
        "Nobody had read the terms and conditions of the bridge.",
        "Subscribers lost nine million crowns when the site was sold.",
    ],
)
def test_a_story_that_uses_a_pages_words_stays(sentence: str) -> None:
    assert weight(sentence) < BESIDE
    assert sentence in cleaned(FIRST, sentence, LAST).texts


def test_what_may_be_the_pages_goes_beside_what_is() -> None:
    doubtful = "Look out for your first bulletin, if it rains on Monday morning elsewhere."

    assert BESIDE <= weight(doubtful) < ENOUGH
    assert doubtful in cleaned(FIRST, doubtful, LAST).texts
    assert cleaned(FIRST, "Thanks for signing up to our newsletter.", doubtful, LAST).texts == (FIRST, LAST)
    assert cleaned(FIRST, doubtful, "Thanks for signing up to our newsletter.", LAST).texts == (FIRST, LAST)


def test_what_the_title_names_shows_no_page() -> None:
    sentence = "Read the newsletters on our website below."

    assert sentence not in cleaned(FIRST, sentence, LAST).texts
    assert sentence in cleaned(FIRST, sentence, LAST, title="Museum of newsletters opens a website").texts


def test_what_a_story_tells_of_often_shows_no_page() -> None:
    told = ("The newsletter was founded by a nun.", "She sold the newsletter for nine crowns in May.")
    sentence = "The newsletter is free for readers."

    assert sentence not in cleaned(FIRST, sentence, LAST).texts
    assert sentence in cleaned(FIRST, *told, sentence, LAST).texts


def test_a_story_that_speaks_to_its_reader_may() -> None:
    personal = (
        "You walk uphill for an hour, and your knees ache by then.",
        "We slept in a barn, and our boots froze to the floor.",
    )
    sentence = "You can get a free map and share our view."

    assert sentence not in cleaned(FIRST, sentence, LAST).texts
    assert sentence in cleaned(FIRST, *personal, sentence, LAST).texts


def test_a_quotation_that_goes_on_in_the_next_paragraph_stays() -> None:
    text = "It rained all day. Please read our free newsletter on the website."

    assert drop_weighed(blocks_of(FIRST, f"“{text}", "“And bring a coat,” the mayor said."), RULES)[1] == []
    assert drop_weighed(blocks_of(FIRST, text, LAST), RULES)[1] != []


def test_a_long_line_of_a_pages_words_comes_through() -> None:
    for text in (
        "Sign up for our newsletter The clerk " * 1_500,
        "newsletter " * 20_000,
        "Our app. " * 9_000,
    ):
        kept, dropped = drop_weighed([Block(0, 1, text)], RULES)
        parts = [*(part for group in kept for part in group), *(one.block for one in dropped)]

        assert sum(len("".join(part.text.split())) for part in parts) == len("".join(text.split()))


def test_the_name_of_the_source_and_an_address_weigh_something() -> None:
    nobody = Scale(ENGLISH, frozenset(), frozenset(), RULES.guards["en"])
    sentence = "The Ledger sends a free newsletter."

    assert weight(sentence) > weight(sentence, nobody)
    assert weight("Send questions to nina@ledger.example.") > weight("Send questions to Nina.")


def test_what_it_drops_can_be_kept() -> None:
    sentence = "We may earn a commission if you buy through a link on this page."
    blocks = blocks_of(FIRST, sentence, LAST)

    assert [one.rule for one in drop_weighed(blocks, RULES)[1]] == ["page-voice"]
    assert drop_weighed(blocks, load_rules(without={"page-voice"})) == ([[block] for block in blocks], [])


def test_what_stays_and_what_goes_are_the_body() -> None:
    blocks = blocks_of(f"{FIRST} Sign up for our free newsletter. {LAST}", "Getty Images", LAST)
    kept, dropped = drop_weighed(blocks, RULES)
    parts = sorted(
        [*(one for part in kept for one in part), *(one.block for one in dropped)], key=lambda one: one.start
    )
    whole = "\n".join(block.text for block in blocks)

    assert all(whole[part.start :].startswith(part.text) for part in parts)
    assert "".join("".join(part.text for part in parts).split()) == "".join(whole.split())


def test_a_body_of_nothing_but_junk_stays() -> None:
    blocks = blocks_of("Sign up for our free newsletter.")

    assert drop_weighed(blocks, RULES) == ([blocks], [])


@pytest.mark.parametrize("code", WITH_WEIGHTS)
def test_each_phrase_is_weighed_once_and_written_as_it_is_met(code: str) -> None:
    rows = {
        name: phrases for name, phrases in read_table(code, "weights")["weights"].items() if name not in NAMED
    }
    phrases = [phrase for group in rows.values() for phrase in group]

    assert [phrase for phrase, count in Counter(phrases).items() if count > 1] == []
    assert [phrase for phrase in phrases if phrase != phrase.lower() or "’" in phrase] == []
    assert [phrase for phrase in phrases if not tokens_of(phrase)] == []


def test_the_longest_phrase_counts_and_a_later_table_holds() -> None:
    found = lexicon([{"3": ["read"], "6": ["read more"], "-2": ["read more than"]}, {"1": ["read"]}])
    tokens = tokens_of("Read, read more. Read more than ever")

    assert [weight for _, _, weight in found.phrases(tokens)] == [1.0, 6.0, -2.0, None]
    assert found.speaks(said_in("Do read, more or less")) is True
    assert found.speaks(said_in("More to say")) is False


def test_a_weight_that_is_no_number_is_refused() -> None:
    with pytest.raises(DatelineError, match=r"own\.toml: .*heavy"):
        check_rules({"weights": {"heavy": ["gazetteer"]}}, "own.toml")


def test_a_site_adds_words_of_its_own() -> None:
    own = tomllib.loads('[weights]\n"6" = ["harbour gazetteer"]\n')
    check_rules(own, "own.toml")
    blocks = blocks_of(FIRST, "The Harbour Gazetteer is out.", LAST)

    assert drop_weighed(blocks, RULES)[1] == []
    assert [one.block.text for one in drop_weighed(blocks, load_rules(own))[1]] == [
        "The Harbour Gazetteer is out."
    ]
