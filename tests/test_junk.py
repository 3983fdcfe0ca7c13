"""Bodies as a whole: blocks that are junk, headlines that run into a sentence, captions, and what a page says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ingest.cleaning.body import Body, clean_body
from generator.ingest.cleaning.junk import sift
from generator.ingest.cleaning.linked import credit_end, headline_end
from generator.ingest.cleaning.promotions import cut
from generator.ingest.cleaning.voice import drop_voice
from generator.ingest.rulebook.rule import Rule
from generator.ingest.rulebook.rules import Rules, load_rules
from generator.model import Block

RULES = load_rules()
GUARDS = RULES.guards["en"]
FIRST = "The council of Port Ellery met on Monday."
LAST = "It will meet again in June, the mayor said."


def blocks_of(*texts: str, kinds: tuple[str, ...] = ()) -> list[Block]:
    found, start = [], 0
    for number, text in enumerate(texts):
        kind = kinds[number] if kinds else ""
        found.append(Block(start, number + 1, text, kind))
        start += len(text) + 1
    return found


def cleaned(*texts: str, title: str = "", source: str = "", rules: Rules = RULES) -> Body:
    return clean_body(blocks_of(*texts), rules, title, source)


def left(*texts: str) -> tuple[str, ...]:
    return cleaned(FIRST, *texts, LAST).texts


def test_what_is_left_and_what_was_dropped_is_the_body() -> None:
    texts = (FIRST, "Recommended", "Why bridges have no names", "(Photo: Rob Finch)", "27 comments", LAST)
    body = cleaned(*texts)

    assert body.texts == (FIRST, LAST)
    assert sorted(one.block.text for one in body.dropped) == sorted(texts[1:-1])


@pytest.mark.parametrize(
    "block",
    [
        "Share this article",
        "Facebook Twitter WhatsApp Copy link",
        "27 comments",
        "Read more",
        "Learn More »",
        "Volume 90%",
        "0:00 / 1:42",
        "View image in fullscreen",
        "https://isles.example/quarry",
        "Article continues after advert",
        "AdChoices",
        "REGISTER NOW",
        "Brenn 21°C Sunny",
        "TSX 4,118.22 +0.41% | OST50 912.07 -1.12%",
        "Photo courtesy of Brenn Baths",
        "(Courtesy of the City Archive)",
        "Emil Stark/Brenn Radio",
        "Ilse Bohm via Getty Images",
        "© Nordlicht Pictures",
        "Image source, Shutterpool",
        "Thank you for subscribing!",
        "MAYOR FOUND ASLEEP AT HIS OWN CURFEW HEARING",
        "Diesen Artikel teilen",
        "Anzeige",
        "Publicité",
        "Publicidad",
        "広告",
        "نسخ الرابط",
    ],
)
def test_a_block_of_the_page_goes_and_nothing_beside_it(block: str) -> None:
    assert left(FIRST + " Nine came.", block, "Then they went home.") == (
        FIRST,
        FIRST + " Nine came.",
        "Then they went home.",
        LAST,
    )


@pytest.mark.parametrize(
    "block",
    [
        "Comments",
        "Transcript",
        "20:00",
        "Spring",
        "Why it matters",
        "WHAT YOU NEED TO MAKE JAM",
        "Attendance: 8,114",
        "Dunmore 3-2 Sandhaven",
        "Related matters",
        "Ding.",
        '"More?"',
        "Salt",
        "The rent rose by 4.2% to 900 crowns.",
    ],
)
def test_a_short_block_of_the_story_stays(block: str) -> None:
    assert block in left(block, "It was late by then.")


def test_what_may_be_the_storys_goes_beside_junk() -> None:
    assert left("Listen · 3:41", "Download", "Transcript") == (FIRST, LAST)
    assert "Transcript" in left("Transcript", "The clerk read it out.")


def test_a_list_goes_with_its_heading_up_to_the_next_sentence() -> None:
    assert left("Further reading", "A short history of sundials", "What is a leap second?") == (FIRST, LAST)
    assert left("Topics", "There were eleven, and three were new.") == (
        FIRST,
        "Topics",
        "There were eleven, and three were new.",
        LAST,
    )


def test_items_of_a_list_that_introduce_something_are_no_links() -> None:
    assert "These are the winners:" in left("More from the show", "These are the winners:", "Ann Holt won.")


def test_the_title_again_and_a_doubled_paragraph_go() -> None:
    long = "The bridge is the dearest item, and it will be closed from June to the end of the year."
    body = cleaned("Town in debt", long, long, LAST, title="Town in debt")

    assert body.texts == (long, LAST)
    assert [one.rule for one in body.dropped] == ["title-repeated", "repeated"]


def test_a_body_of_nothing_but_junk_stays_as_it_is() -> None:
    assert cleaned("Share this article").texts == ("Share this article",)


@pytest.mark.parametrize(
    ("rule", "block"),
    [
        ("share", "Tweet"),
        ("photo-credit", "Greta Bell/Shutterpool"),
        ("ticker", "TSX 4,118.22 +0.41% | OST50 912.07 -1.12%"),
        ("linked-capitals", "MAYOR FOUND ASLEEP AT HIS OWN CURFEW HEARING"),
        ("page-voice", "Our reporters answer your questions in the comments below."),
        ("list", "Recommended"),
    ],
)
def test_each_rule_can_be_switched_off(rule: str, block: str) -> None:
    texts = (
        FIRST,
        "Nine came, and two went.",
        block,
        *(["A headline of ours"] if rule == "list" else []),
        LAST,
    )
    dropped = cleaned(*texts).dropped
    kept = cleaned(*texts, rules=load_rules(without={rule})).texts

    assert {one.rule for one in dropped} == {rule}
    assert block in kept


@pytest.mark.parametrize(
    ("headline", "story"),
    [
        ("Flamingo escapes for the third time in a year", "A taxi driver brought him back."),
        ("Ferry captain, 81, hands over the wheel", "Until Monday the teacher had taught one boy."),
        ("The Copper Rally Nobody Believes In", "The buyer is not known."),
        ("Why Your Next Flat May Float", "Trains were late on Monday."),
        ("Hailstorm ruins harvest in the valley", "Tom Arden, a farmer from Lower Haver, wept."),
        ("Horse enters the senate by the front door", "Senator Thorn bought it in 2019."),
        ("Mayor calls the bridge ‘a ruin’", "The engineers had given it ten years."),
        ("Who pays the tunnel tolls?", "Buses will be slower by a minute."),
        ("What we know of the U.S. visit", "Police closed two roads."),
    ],
)
def test_a_headline_without_an_end_ends_before_the_sentence(headline: str, story: str) -> None:
    text = f"{headline} {story}"

    assert text[headline_end(text, 0, GUARDS) :].strip() == story


@pytest.mark.parametrize(
    "text",
    [
        "How the wall was built",
        "How the wall was built.",
        "Ten questions about heat pumps",
        "A map of twenty pits",
    ],
)
def test_a_headline_alone_is_one_to_its_end(text: str) -> None:
    assert headline_end(text, 0, GUARDS) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "the two words stood on every poster in town. Nobody knew why.",
        "Over the years she had written to every house in the valley and to most on the lake and got none.",
    ],
)
def test_where_a_headline_ends_is_not_made_up(text: str) -> None:
    assert headline_end(text, 0, GUARDS) == 0


@pytest.mark.parametrize(
    ("credit", "story"),
    [
        ("Mats Orban / The Skarrow Post", "A barrel of whisky exploded."),
        ("Greta Bell/Shutterpool", "So she ran 42 kilometres."),
        ("Zoë Brück/NurPhoto via Getty Images", "Ruth Calder was there."),
        ("Rob Finch", "Trains are named by children."),
        ("Pia Lindqvist/AFP", "They had never had to tip."),
    ],
)
def test_a_credit_ends_with_its_names(credit: str, story: str) -> None:
    text = f"{credit} {story}"

    assert text[credit_end(text, 0, GUARDS) :].strip() == story


def test_a_caption_goes_with_its_credit_and_a_paragraph_before_an_agency_stays() -> None:
    caption = "A harpist plays in front of the court in Ashby on May 30. (MW Photo/Tom Arden)"

    assert left(caption) == (FIRST, LAST)
    assert left("The price of oil fell for the fifth day. (Reuters)") == (
        FIRST,
        "The price of oil fell for the fifth day.",
        LAST,
    )


def test_an_opening_is_said_about_the_story() -> None:
    body = cleaned("By Tom Arden BRENN, June 4 (Reuters) - The bank cut its rate.", LAST)

    assert body.texts == ("The bank cut its rate.", LAST)
    assert (body.authors, body.dateline) == (("Tom Arden",), "BRENN")


def test_reporters_are_authors_where_nobody_else_is() -> None:
    credit = "(Reporting by Jette Marr in Brenn and Nina Torvald; Editing by Ola Brenn)"

    assert cleaned("BRENN (Reuters) - The bank cut its rate.", credit).authors == (
        "Jette Marr",
        "Nina Torvald",
    )
    assert cleaned("BRENN (Reuters) - The bank cut its rate.", LAST).authors == ("Reuters",)


@pytest.mark.parametrize(
    "sentence",
    [
        "You can change your privacy settings at any time.",
        "If you would like to get this newsletter, please give us your address.",
        "Stay tuned for more stories like this one.",
        "Have you been affected? You can share your experiences by writing to talk@isles.example.",
        "The Isles Gazette is not responsible for the content of external sites.",
        "This article is republished from The Talk under a Creative Commons license.",
        "Authors and topics you follow will be added to your personal news feed.",
        "Our reporters answer your questions in the comments below.",
        "Sie können unseren Newsletter jederzeit in Ihren Einstellungen abbestellen, wir nutzen Cookies.",
    ],
)
def test_a_page_that_speaks_to_its_reader_is_heard(sentence: str) -> None:
    assert cleaned(FIRST, sentence, LAST, source="The Isles Gazette").texts == (FIRST, LAST)


@pytest.mark.parametrize(
    "sentence",
    [
        "You could hear the bells from our house, and you can hear them still.",
        "The newspaper asked readers to sign up for its newsletter.",
        "“You can unsubscribe from this newsletter,” the letter promised us.",
        "He told us that this article had cost him his job.",
        "The company changed its privacy policy in May and lost a third of its readers.",
        "Sign up for flood alerts at the town hall before Friday.",
        "The cookies were for us, and you could smell them.",
        "Follow the painted line to the town hall.",
    ],
)
def test_a_sentence_of_the_story_is_not_the_pages(sentence: str) -> None:
    assert left(sentence) == (FIRST, sentence, LAST)
    assert drop_voice(blocks_of(f"{FIRST} {sentence} {LAST}"), RULES)[1] == []


def test_what_a_story_is_about_shows_no_page() -> None:
    sentence = "You can refuse all cookies in our browser, and your privacy settings stay."

    assert sentence in cleaned(FIRST, sentence, LAST, title="Ostmark bans cookies and privacy settings").texts
    assert sentence not in left(sentence)


def test_sentences_that_links_broke_are_one_paragraph() -> None:
    assert cleaned("The port was closed because the", "River Orr\nhas fallen.", LAST).texts == (
        "The port was closed because the River Orr has fallen.",
        LAST,
    )


BEGINNINGS = sorted({word.capitalize() for rule in RULES.promotions for word in rule.begins})


@pytest.mark.parametrize("rest", [" ", ": A ", " the A. ", " by A/B, ", " (A "])
def test_long_lines_of_the_rules_own_words_come_through(rest: str) -> None:
    text = rest.join(BEGINNINGS * 8)
    kept, dropped = cut(Block(0, 1, text))
    parts = sorted([*kept, *(one.block for one in dropped)], key=lambda block: block.start)

    assert "".join(part.text for part in parts) == text


@pytest.mark.parametrize("rule", [rule for rule in RULES.promotions if rule.begins], ids=lambda rule: rule.id)
def test_a_long_line_of_a_rules_first_word_comes_through(rule: Rule) -> None:
    word = rule.begins[0].capitalize()
    text = f"{word} " * (20_000 // (len(word) + 1))
    kept, dropped = cut(Block(0, 1, text))

    assert sum(len(part.text) for part in (*kept, *(one.block for one in dropped))) == len(text)


PIECES = [
    FIRST,
    LAST,
    "Recommended",
    "Share",
    "27 comments",
    "Comments",
    "A headline of ours",
    "20:00",
    "Play",
    "X",
]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=9))
def test_sifting_parts_the_blocks(texts: list[str]) -> None:
    blocks = blocks_of(*texts)
    kept, dropped = sift(blocks, RULES)

    assert sorted([*kept, *(one.block for one in dropped)], key=lambda block: block.start) == blocks
    assert {FIRST, LAST} & set(texts) <= {block.text for block in kept}


HOSTILE = [
    ". A/" + "A" * 100 + " ",
    ". More from " + "A" * 60 + " ",
    ". Also on " + "A" * 60 + " ",
    ". ©" + "A" * 100,
    "(A A A A A of the A A/A A A A of A A A A",
    ". " + "A'" * 50 + " contributed ",
    "READ MORE: A ",
    ". Published 1 " + "1 at " * 20,
    "A/" * 60 + " ",
    "() [1]",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_lines_come_through(piece: str) -> None:
    text = piece * (50_000 // len(piece))
    kept, dropped = cut(Block(0, 1, text))

    assert sum(len(part.text) for part in (*kept, *(one.block for one in dropped))) == len(text)
