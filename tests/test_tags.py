"""Tags: what a reader would click."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ingest.tagging.lexicon import lexicon
from generator.ingest.tagging.tags import find_tags
from generator.ingest.wording.sentences import split_paragraphs

REPOSITORY = Path(__file__).parents[1]
SEED = REPOSITORY.parent / "shared" / "seeds" / "000_f3b5e4b8707da5f5.txt"

STORY = [
    "On Monday President Marta Velling of Karsia met Ostland's premier in Port Ellery for ceasefire talks.",
    "Velling said the truce would hold. “Nobody gains from this war,” Mrs Velling told the Ellery Courier.",
    "While Ostland wants a prisoner swap first, Karsia's envoy, Otto Lind, said on Tuesday it could wait.",
    "Lind left Port Ellery on Wednesday. Velling's office said a ceasefire and a prisoner swap could come by May.",
]
TITLE = "Velling and Ostland's premier near ceasefire"

words = st.sampled_from(
    """The president Velling Marta Monday of and Karsia in said 'No U.S. CRAZY AI tax talks, London. (ICC) - : “We
    won.” May 5 I""".split()  # noqa: SIM905 - prose
)
prose = st.lists(words, max_size=40).map(" ".join) | st.text(max_size=60)


def tags(*paragraphs: str, title: str = "", source: str = "") -> set[str]:
    return set(find_tags(title, paragraphs, source))


def test_a_story_is_tagged_with_its_people_places_and_subjects() -> None:
    assert find_tags(TITLE, STORY)[0] == "Marta Velling"
    assert set(find_tags(TITLE, STORY)) == {
        "Marta Velling",
        "Ostland",
        "ceasefire",
        "prisoner swap",
        "Karsia",
        "Port Ellery",
        "Otto Lind",
    }


def test_straight_and_curly_marks_make_no_difference() -> None:
    straight = [text.replace("“", '"').replace("”", '"') for text in STORY]
    curly = [text.replace("'", "’") for text in STORY]

    assert find_tags(TITLE, straight) == find_tags(TITLE, STORY)
    assert find_tags(TITLE.replace("'", "’"), curly) == find_tags(TITLE, STORY)


def test_the_forms_of_a_name_are_one_tag_in_its_fullest_form() -> None:
    text = (
        "The ship was named by Ada Prowse. Mr Prowse, as Dr. Prowse likes to joke, is her cat. "
        "Prowse's speech was short, and Ada liked it. The mayor thanked Prowse."
    )

    assert tags(text) & {"Ada", "Prowse", "Prowse's", "Mr Prowse", "Dr. Prowse", "Ada Prowse"} == {
        "Ada Prowse"
    }


def test_an_acronym_is_one_with_the_name_it_stands_for() -> None:
    text = (
        "It went to the Ostland Maritime Safety Board (OMSB). The OMSB said that the OMSB would look into it."
    )

    assert tags(text) & {"OMSB", "Ostland Maritime Safety Board"} == {"Ostland Maritime Safety Board"}


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("the US", "United States"),
        ("the U.S.", "United States"),
        ("America", "United States"),
        ("the UK", "United Kingdom"),
        ("Britain", "United Kingdom"),
        ("the European Union", "European Union"),
        ("the EU", "European Union"),
        ("Nato", "NATO"),
        ("Kiev", "Kyiv"),
        ("the Kingdom of Norway", "Norway"),
    ],
)
def test_well_known_names_have_one_spelling(name: str, tag: str) -> None:
    assert tag in tags(
        f"The treaty was signed by {name} in the spring. Ships of {name} sailed, and {name} paid."
    )


@pytest.mark.parametrize("name", ["Jr", "Sr"])
def test_what_stands_behind_names_may_stand_alone(name: str) -> None:
    found = find_tags("Port closes", [f"He saw Jo {name} there. Later {name} said that {name} knew."])
    assert found == (name, f"Jo {name}")


def test_an_adjective_stands_for_its_country() -> None:
    found = tags(
        "The ship carried Norwegian fish. A Norwegian crew of nine, and a Norwegian captain, sailed with the tide."
    )

    assert "Norway" in found
    assert "Norwegian" not in found


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Karsian Defence Minister Rolf Umberg", "Rolf Umberg"),
        ("Prime Minister Ines Valmar", "Ines Valmar"),
        ("Maj Gen Vasil Skibin", "Vasil Skibin"),
        ("Brightwell chief executive officer Tom Farrow", "Tom Farrow"),
        ("Brightwell CEO Tom Farrow", "Brightwell"),
        ("Secretary of State Tom Farrow", "Tom Farrow"),
        ("President-elect Tom Farrow", "Tom Farrow"),
        ("J. K. Tarrow", "J. K. Tarrow"),
        ("Ursel von der Lind", "Ursel von der Lind"),
        ("Bram al-Assar", "Bram al-Assar"),
        ("Kim Jae-ho", "Kim Jae-ho"),
        ("the University of St. Brannock", "University of St. Brannock"),
        (
            "the Department of Ferries, Fisheries and Forestry",
            "Department of Ferries, Fisheries and Forestry",
        ),
        ("the Tamaro Institute for Policy Studies", "Tamaro Institute for Policy Studies"),
        ("the Food and Harbour Commission", "Food and Harbour Commission"),
        ("Orme & Daughters", "Orme & Daughters"),
        ("the Duke of Ellery", "Duke of Ellery"),
        ("Queen Isolde", "Queen Isolde"),
        ("Brightwell-backed", "Brightwell"),
        ("Prowse & Co", "Prowse & Co"),
        ("Australian Nick Weatherby", "Nick Weatherby"),
        ("Ambassador to the United Nations Ada Prowse", "Ada Prowse"),
        ("pro-Brightwell", "Brightwell"),
        ("xTron", "xTron"),
    ],
)
def test_a_name_is_cut_out_whole(words: str, expected: str) -> None:
    text = (
        f"The papers say that {words} scheme was near. Later {words} plan fell. So {words} idea was dropped."
    )

    assert expected in tags(text)


@pytest.mark.parametrize(
    "wrong",
    [
        *[
            "Monday",
            "Tuesday",
            "September",
            "While",
            "Nobody",
            "President",
            "Premier",
            "Mrs",
            "Talks",
            "Courier",
        ],
        *["Defence Minister", "Minister", "New", "St", "However", "He", "Minutes", "Prime Minister", "I"],
    ],
)
def test_no_tag_is_a_day_an_office_a_title_or_an_opener(wrong: str) -> None:
    text = (
        "However, the Defence Minister met the Prime Minister in New York. Minutes later the Minister left. "
        "He said: 'I know.' While the Minister spoke, St Brannock slept. However, the Prime Minister won."
    )

    assert wrong not in tags(*STORY, text)


def test_a_word_with_a_capital_only_where_sentences_start_is_no_name() -> None:
    found = tags(
        "Environmental groups warned of it. Conservatives shrugged. Environmental groups won. Conservatives won."
    )

    assert found & {"Environmental", "Conservatives won", "Environmental groups"} == set()


def test_a_name_that_opens_sentences_counts_where_the_text_shows_it_elsewhere() -> None:
    assert "Grelk" in tags(
        "Grelk fell on Friday. Traders said that it was the worst week of Grelk since May. Grelk makes clocks."
    )


def test_the_first_word_of_a_quotation_is_no_name() -> None:
    text = "“Traders lost,” said a clerk. 'Traders wept,' said another. He added: 'Traders know.' “Traders left.”"

    assert "Traders" not in tags(text)


def test_words_that_are_shouted_or_capitalised_for_effect_are_no_names() -> None:
    found = tags(
        "He has gone CRAZY, they say. It was CRAZY talk. We sell the Best Deal in town, the best deal of all.",
        "What Happens Next To The Harbour Bridge",
    )

    assert found & {"CRAZY", "Best Deal", "Deal", "Happens", "Next"} == set()


def test_a_headline_in_title_case_adds_nothing_of_its_own() -> None:
    found = find_tags("Shocked Residents Slam Greedy Council Over Harbour Bridge Chaos", STORY)

    assert set(found) == set(find_tags("", STORY))


def test_a_name_in_the_title_goes_first() -> None:
    assert find_tags("Lind: swap comes last", STORY)[0] == "Otto Lind"


@pytest.mark.parametrize("source", ["Ellery Courier", "The Ellery Courier", "ellerycourier.com"])
def test_the_source_is_no_tag_of_its_own_story(source: str) -> None:
    text = "The board of the Ellery Courier left. The Ellery Courier said staff of the Ellery Courier would vote."

    assert "Ellery Courier" in tags(text, title="Board of Ellery Courier resigns")
    assert "Ellery Courier" not in tags(text, title="Board of Ellery Courier resigns", source=source)


def test_subjects_are_known_by_many_words_and_count_with_longer_phrases_first() -> None:
    text = "Chatbots lie. Large language models are no oracles, AI is no oracle, and machine learning is not magic."

    assert "artificial intelligence" in tags(text, title="Why AI lies")
    assert tags(text, title="Why AI lies") & {"AI", "Chatbots", "Machine"} == set()


def test_a_subject_in_a_name_or_in_another_case_is_none() -> None:
    text = (
        "The University of Elmford won. Staff of the University of Elmford, and friends of it, paid for us."
    )

    assert tags(text) & {"universities", "United States", "schools"} == set()


def test_a_narrow_subject_makes_a_broad_one_needless() -> None:
    text = "Wildfires spread. Firefighters fought the wildfires. The firefighters said the wildfires were a first."

    assert tags(text, title="Wildfires near Elmford, firefighters say") & {"wildfires", "fires"} == {
        "wildfires"
    }


def test_a_short_text_has_the_nouns_of_its_title() -> None:
    text = "An otter got out. The otters of the zoo are old. They fed an otter, and that otter slept. Nobody wept."

    assert tags(text, title="Otters get out") == {"otter"}


def test_at_most_as_many_as_asked_for() -> None:
    assert len(find_tags(TITLE, STORY, most=4)) == 4
    assert find_tags(TITLE, STORY, most=4) == find_tags(TITLE, STORY)[:4]


@pytest.mark.parametrize(
    "text",
    [
        "قال الرئيس إن المحادثات ستستمر. وقال المتحدث إن الهدنة صامدة.",
        "大統領は協議が続くと述べた。App Storeにない。停戦は維持されている。",
        "Президент заявил, что переговоры продолжатся. Москва молчит. Москва ждет.",
        "Die Elektronische Akte kommt. Der Patient hat Daten in der Akte. Die Akte bleibt, und Daten gehen.",
        "",
    ],
)
def test_where_capitals_mean_nothing_nothing_is_tagged(text: str) -> None:
    assert find_tags("", [text], language="") == ()


@given(prose, st.lists(prose, max_size=4), st.integers(1, 10))
def test_tags_are_few_different_and_never_dates_or_offices(
    title: str, paragraphs: list[str], most: int
) -> None:
    found = find_tags(title, paragraphs, most=most)
    table = lexicon().words

    assert len(found) <= max(most, 3)
    assert len({tag.casefold() for tag in found}) == len(found)
    assert {
        tag
        for tag in found
        if tag.casefold() in table["days"] | table["months"] | table["roles"] | table["openers"]
    } == set()


def test_the_order_of_sets_changes_nothing() -> None:
    program = f"from generator.ingest.tagging.tags import find_tags; print(find_tags({TITLE!r}, {STORY!r}))"
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=REPOSITORY,
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2", "3")
    }

    assert outputs == {f"{find_tags(TITLE, STORY)}\n"}


def test_every_subject_and_alias_is_spelled_in_one_way() -> None:
    table = lexicon()
    subjects = {
        subject for found in [*table.subjects.values(), *table.cased.values()] for _, subject in found
    }

    assert len({subject.casefold() for subject in subjects}) == len(subjects) > 350
    assert {other for others in table.instead.values() for other in others} - subjects == set()
    assert table.instead.keys() - subjects == set()
    assert {name for name in table.known.values() if table.known.get(name.casefold(), name) != name} == set()


@pytest.mark.skipif(not SEED.exists(), reason="the real seed, ../shared/seeds, is not on this machine")
@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (0, {"Donald Trump", "artificial intelligence", "United States", "executive orders"}),
        (1, {"North Korea", "South Korea", "Ukraine", "Russia"}),
        (2, {"beef", "United States", "Australia", "biosecurity"}),
    ],
)
def test_the_one_line_bodies_of_the_real_seed_get_the_tags_an_editor_would_give(
    body: int, expected: set[str]
) -> None:
    lines = SEED.read_text(encoding="utf-8").splitlines()
    at = [number for number, line in enumerate(lines) if len(line) > 2500][body]

    found = find_tags(lines[at - 1], split_paragraphs(lines[at]), "The Guardian")

    assert expected - set(found) == set()
    assert {"Guardian", "The Guardian", "Sunday", "While", "Minutes"} & set(found) == set()


def test_a_people_is_no_tag_where_its_place_is_named() -> None:
    text = [
        "Soldiers from Ketrova and Morland met Ketrovan farmers at the bridge of Ostrel on Friday.",
        "Twenty-four Ketrovan guards left Ostrel with the farmers. A Ketrovan captain praised Ketrova.",
        "In Ostrel the Ketrovan Farmers Union asked Morland for help with the harvest.",
    ]

    found = find_tags("Ketrovan farmers meet soldiers at Ostrel", text)

    assert "Ketrova" in found
    assert not [tag for tag in found if tag.split()[-1] == "Ketrovan"]


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        (
            "Ada Prowse Says Elmford Bridge Will Reopen",
            "The bridge was shut in May. Nobody knew for how long.",
            {"Ada Prowse"},
        ),
        (
            "Death Of Keva Tarrow Ruled An Accident",
            "The officers who met Tarrow were cleared.",
            {"Keva Tarrow"},
        ),
        (
            "Ned Harper-Lind Slams Trump Over Tariffs On Canada",
            "It was a bad day.",
            {"Ned Harper-Lind", "Canada"},
        ),
        (
            "Brightwell Mills Wins Lawsuit Against Its Baker",
            "The mills of Brightwell Mills stay.",
            {"Brightwell Mills"},
        ),
        (
            "How Belgian Bakers Won A Court Case In The Netherlands",
            "They were happy.",
            {"Belgium", "Netherlands"},
        ),
        (
            "J. K. Tarrow's Horse Wins The Cup At Elmford Again",
            "It ran. J. K. Tarrow wept.",
            {"J. K. Tarrow"},
        ),
    ],
)
def test_a_headline_in_capitals_gives_the_names_that_are_sure(
    title: str, text: str, expected: set[str]
) -> None:
    assert expected - tags(text, title=title) == set()


@pytest.mark.parametrize(
    ("title", "text", "wrong"),
    [
        (
            "Mayor Slams Tarrow Over The Elmford Bridge Plan",
            "He met Tarrow there.",
            {"Slams Tarrow", "Mayor Slams"},
        ),
        ("Ada Declares The Elmford Bridge Safe For Everyone", "The bridge is open.", {"Ada Declares"}),
        ("Grace Period For Taxes Ends Without A New Law", "The period is over.", {"Grace Period"}),
        ("Polish Your Silver With These Seven Easy Tricks", "It shines.", {"Poland"}),
        ("Turkey Recipes That Everybody Will Love This Winter", "Roast it.", {"Turkey"}),
        ("Why You Should Never Wake Up With The Sun", "It is early.", {"Wake Up", "Sun", "Never Wake"}),
        ("Ned Opens Up About His Cat", "The cat sleeps.", {"Ned Opens"}),
        ("THE BRIDGE AT ELMFORD WILL OPEN AGAIN", "It was shut.", {"BRIDGE", "Bridge"}),
    ],
)
def test_a_headline_in_capitals_gives_no_ordinary_words(title: str, text: str, wrong: set[str]) -> None:
    assert tags(text, title=title) & wrong == set()


@pytest.mark.parametrize(
    ("text", "expected", "variants"),
    [
        (
            "Ilya Varensky came to Elmford. Varenskyy thanked the town, and Varenskiy's dog barked.",
            "Ilya Varensky",
            {"Varenskyy", "Varenskiy", "Varensky"},
        ),
        (
            "Mohammed Tarrow left. Muhammad Tarrow was early. Mohammed Tarrow came back.",
            "Mohammed Tarrow",
            {"Muhammad Tarrow", "Tarrow"},
        ),
        (
            "Inês Réunard left. Reunard was late, and Réunard's wife too.",
            "Inês Réunard",
            {"Reunard", "Réunard"},
        ),
        (
            "Pia Lindqvist died at 90. P. Lindqvist had worked here.",
            "Pia Lindqvist",
            {"P. Lindqvist", "Lindqvist"},
        ),
        (
            "The U.S. waits. The United States, or US, calls America.",
            "United States",
            {"US", "U.S.", "America"},
        ),
    ],
)
def test_variants_within_an_article_are_one_tag(text: str, expected: str, variants: set[str]) -> None:
    found = tags(text)

    assert expected in found
    assert found & variants == set()


@pytest.mark.parametrize(
    "aside",
    [
        "By Ada Prowse",
        "By Ada Prowse, Chief Reporter",
        "Photograph: Ada Prowse/Getty Images",
        "Reporting by Ada Prowse in Elmford.",
        "The bridge is shut, reports Ada Prowse for the Courier.",
        "“The bridge is shut,” writes Ada Prowse.",
        "Ada Prowse reports from the bridge.",
        "The bridge is shut. (AP Photo/Ada Prowse)",
        "The bridge is shut, according to Ada Prowse of the Ellery Times.",
    ],
)
def test_who_only_wrote_or_pictured_it_is_no_tag(aside: str) -> None:
    assert "Ada Prowse" not in tags(aside, "The bridge at Port Ellery was shut on Monday. Port Ellery waits.")


def test_the_place_of_a_paper_may_be_in_its_news() -> None:
    text = "Haverness is flooded. Boats sail through Haverness, and the Herald was printed in the town hall."

    assert "Haverness" in tags(text, title="Flood in Haverness", source="Haverness Herald")
    assert "Herald" not in tags(text, title="Flood in Haverness", source="Haverness Herald")
    assert "China" in tags("China exports tea. Ships leave China.", source="South China Morning Post")


def test_a_party_before_a_person_falls_away() -> None:
    assert "Ada Prowse" in tags(
        "On Friday, Democrat Ada Prowse won. The seat of Progressive Democrat Ada Prowse is safe."
    )


def test_what_is_short_for_a_subject_is_no_second_tag() -> None:
    found = tags(
        "Cases of COVID rise. COVID is back, and Covid-19 wards fill up.", title="Covid-19 cases rise"
    )

    assert "Covid-19" in found
    assert "COVID" not in found


def test_a_heading_proves_no_name() -> None:
    assert "Mindset" not in tags("Mindset", "Think of the mindset of winners.", "Mindset", title="How to win")


def test_one_of_many_is_no_name() -> None:
    found = tags(
        "Nobody saw a Night Watchman there. The old Harbour Lantern was dark.", "It rained.", "So it goes."
    )

    assert "Night Watchman" not in found
    assert "Harbour Lantern" in found


def test_a_place_behind_its_club_is_no_tag() -> None:
    text = (
        "The Elmford Rovers won in Boston. Boston lost. The Boston Herons were tired. The Boston Herons left."
    )
    found = tags(
        text, "The Boston Herons and the Elmford Rovers meet again.", title="Rovers beat Boston Herons"
    )

    assert "Boston Herons" in found
    assert "Boston" not in found


def test_a_thing_with_capitals_is_a_name_only_if_it_comes_up_again() -> None:
    once = [
        "The firm sells the Brightwell Premiere Edition from May. It rained.",
        "Nobody came.",
        "So it goes.",
    ]

    assert "Brightwell Premiere Edition" not in tags(*once)
    assert "Brightwell Premiere Edition" in tags(*once, "The Brightwell Premiere Edition is blue.")
