import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ingest.classifying.terms import LEVELS
from generator.ingest.classifying.topics import Verdict, classify
from generator.taxonomy import TAXONOMY

ROOT = Path(__file__).parent.parent
SEED = ROOT.parent / "shared" / "seeds" / "000_f3b5e4b8707da5f5.txt"
TABLES = tomllib.loads(
    (ROOT / "generator" / "ingest" / "languages" / "en" / "topics.toml").read_text(encoding="utf-8")
)
ASIDE = TABLES.pop("aside")["terms"]
TOPICS = sorted(topic.slug for topic in TAXONOMY)
TERMS = [(slug, term) for slug, table in TABLES.items() for terms in table.values() for term in terms]

# Written before the weights were tuned. A line with topic and title, then the text; a blank line between stories.
STORIES = """\
arts | Director of 'The Salt Road' returns with a ghost story
Ines Valmar's second feature opens in cinemas on Friday after a warm reception at the Port Ellery festival.
Critics praised the lead actress and a score recorded with a village choir.

arts | Singer Tilly Marrow calls off summer tour
The pop star told fans on Instagram that she would not perform until the autumn. Her third album, released in
March, spent six weeks at the top of the charts.

arts | Debut novelist takes the Harrow Prize
Judges said the book, about three sisters in a lighthouse, was told with wit and restraint. The author, a former
librarian, will share the stage with poets at the literary festival.

conflict | Shelling resumes hours after Karsia truce
Artillery struck two villages on the Veld river before dawn, the army said, and rebels accused the government of
breaking the ceasefire. At least nine soldiers were wounded.

conflict | Air strike hits fuel depot near Port Amar
Warplanes bombed the depot overnight and drones were shot down over the capital. Both sides said troops were
massing along the front line.

crime | Man jailed for eleven years over warehouse robbery
A judge at Merrow Crown Court heard that Dale Pinnock, 34, threatened a guard with a knife. He had pleaded guilty
to robbery and possessing a weapon.

crime | Detectives appeal for witnesses after stabbing
A teenager was found with knife wounds in a car park on Saturday night. Officers arrested two men on suspicion of
attempted murder and both remain in custody.

disaster | Rescuers search rubble after quake in Tamaro valley
The magnitude 6.1 earthquake brought down hundreds of houses and cut the only road. At least 40 people died and
survivors spent the night in tents.

disaster | Ferry sinks off Lenna with 90 aboard
Coastguard boats pulled 71 passengers from the water and the search for the missing goes on. The vessel capsized
shortly after leaving the harbour.

disaster | Blaze destroys market hall in Old Quarter
Firefighters fought the flames for nine hours and residents were evacuated as smoke spread. The cause of the fire
is not known.

economy | Halden Foods to buy rival in £2bn deal
Shareholders will receive 340p a share, and the board expects savings of £60m a year. Shares in the grocer rose 7%
after the takeover was announced.

economy | Central bank holds interest rates as inflation slows
Consumer prices rose 2.4% in May, less than economists had forecast. The bank said growth was weak but borrowing
costs would not fall before autumn.

economy | Tariffs on imported steel lifted from July
Exporters welcomed the trade agreement, which covers goods worth $3bn a year. Manufacturers said supply chains
would take months to recover.

education | Pupils get exam results a day early by mistake
Three secondary schools in Merrow sent grades to parents on Wednesday. The head teachers apologised and said no
marks would change.

education | University drops tuition fees for nursing degrees
Students who enrol this autumn will pay nothing for the course, the vice-chancellor said. The campus expects
applications to double.

environment | River Aster clear of sewage for first time in decade
Conservationists counted otters and kingfishers along the banks this spring. Pollution from the old tannery had
killed most of the fish.

environment | Emissions fall as last coal plant closes
Carbon dioxide output dropped by a tenth in a year, the climate agency said. Wind and solar power now make most of
the country's electricity.

health | Measles cases rise as vaccination lags
Doctors urged parents to have children immunised after 60 infections were confirmed in a month. The disease can
cause pneumonia.

health | Patients wait nine hours in crowded emergency wards
Nurses at St Brannoc's hospital describe beds in corridors and surgery put off. The health trust said it was
hiring more consultants.

health | New drug slows early dementia in trial
Patients given the treatment kept their memory longer than those on a placebo. Side effects were mild, the
researchers reported in a medical journal.

human-interest | Lost parrot comes home after four years
The bird, which swears in two languages, was spotted by a postman eleven miles away. Its owner cried with joy at
the reunion and baked it a cake.

human-interest | Stranger returns wallet lost in 1978
A plumber found it under floorboards and traced the owner through an old photograph. The two have become friends.

labour | Bus drivers walk out over pay
Union members will strike for three days from Monday after talks with the operator broke down. They want a rise of
6% and shorter shifts.

labour | Shipyard to cut 400 jobs
Workers were told of the redundancies at a meeting on Tuesday morning. The trade union called the layoffs a
betrayal and asked for talks with management.

lifestyle | Five slow weekends by the sea
From a guesthouse in Lenna to a beach hut with a stove, these places reward travellers who leave the car behind.
Book early for the holidays.

lifestyle | A rhubarb tart worth turning on the oven for
Roll the pastry thin, chill it, and bake until golden. The recipe serves six; add a pinch of ginger and a spoonful
of sugar to the filling.

lifestyle | How to wear linen without looking crumpled
Designers showed loose jackets and wide trousers on the catwalk this season. A stylist explains which outfits suit
a summer wedding.

politics | Prime minister calls snap election
Voters in Osteria will go to the polls on 4 May after the coalition lost its majority. Opposition leaders promised
to repeal the housing bill.

politics | Senator Hale drops out of presidential race
The candidate endorsed a rival from her own party on Sunday. Her campaign had trailed in every poll since the
primary debates.

politics | Parliament passes law on second homes
Lawmakers voted 61 to 48 for the bill after a night of debate. The housing minister said the government would
publish guidance for councils.

politics | Foreign ministers meet to mend ties
Diplomats from Korvia and Osteria agreed to reopen embassies after talks in Vardholm. A summit of the two
presidents could follow in the autumn.

religion | Bishop blesses rebuilt chapel on the moor
Worshippers walked four miles in procession for the first Mass in sixty years. The parish raised the money itself.

religion | Mosque and synagogue share a courtyard in Merrow
The imam and the rabbi opened the gate together before Friday prayers. Their congregations will celebrate Ramadan
and Passover meals there.

science | Telescope spots water on distant planet
Astronomers found traces of vapour in the atmosphere of a world 90 light years away. The study appears in a
journal this week.

science | Probe lands near lunar pole
Engineers at the space agency cheered as the spacecraft sent its first pictures. It will drill for ice and
orbiters will relay the data.

technology | Chatbot maker promises clearer labels
The artificial intelligence start-up said its app would mark machine-written text from June. Users had complained
that the software made up sources.

technology | Hackers leak data of 3m users
A cyber attack on the social network exposed passwords and email addresses, the company said. Security researchers
had warned of the flaw in its servers.

society | Families wait years for a home, housing charity says
More than 9,000 people live in hostels in the county, and homelessness has doubled since the spring. Single
mothers and migrants are hit hardest.

society | Asylum seekers moved out of barracks
About 300 refugees will live in flats across Merrow while their claims are heard. Volunteers collected clothes and
furniture for the families.

sport | Late goal sends Ellery Rovers to the final
Striker Tom Adeyo headed in a corner in stoppage time to beat Tarn United 2-1. The manager praised his goalkeeper,
who saved a penalty in the first half.

sport | Osteria collapse to 94 all out on second day
Seamer Ravi Dastur took six wickets before lunch and the captain fell for a duck. Korvia's openers then put on 120
without loss in the second Test.

sport | Marten wins third grand slam in straight sets
The top seed hit 14 aces and broke serve twice in the tennis final. She will be world number one on Monday.

weather | Heatwave to break with thunder on Thursday
Forecasters expect temperatures to fall ten degrees as showers move in from the west. Sunday was the hottest day
of the year, at 36C.

weather | Storm Petra brings gales to the west coast
Winds of 80mph and heavy rain are expected overnight. Forecasters said the low pressure would clear by Tuesday,
leaving sunny spells.
"""


def stories() -> list[tuple[str, str, str]]:
    halves = [story.partition("\n") for story in STORIES.split("\n\n")]
    return [(line.partition(" | ")[0], line.partition(" | ")[2], text) for line, _, text in halves]


def score(verdict: Verdict) -> float:
    return sum(gain for _, gain in verdict.reasons)


def spelled(term: str) -> str:
    return f"Xyzzy. {term.replace('*', '').replace('#', '7')}"


@pytest.mark.parametrize(("topic", "title", "text"), stories())
def test_a_story_is_filed_where_a_reader_looks_for_it(topic: str, title: str, text: str) -> None:
    assert topic == classify(title, text).topic


@pytest.mark.skipif(not SEED.exists(), reason="the real seed, ../shared/seeds, is not on this machine")
def test_the_real_seed_is_filed_where_its_issue_says() -> None:
    lines = SEED.read_text(encoding="utf-8").splitlines()
    lead = "\n".join(lines[: lines.index("Hashtags")]).strip().split("\n", 1)
    related = [lines[number + 1 : number + 3] for number, line in enumerate(lines) if line.startswith("- ")]

    topics = [classify(title, text).topic for title, text in [lead, *related]]

    assert topics[::2] == ["conflict", "conflict"]
    assert topics[1] in {"technology", "politics"}
    assert topics[3] in {"economy", "politics"}


def test_the_terms_cover_the_taxonomy() -> None:
    assert sorted(TABLES) == TOPICS
    assert all(set(table) <= set(LEVELS) for table in TABLES.values())


def test_no_term_stands_twice_under_a_topic() -> None:
    assert len(set(TERMS)) == len(TERMS)


def test_every_term_is_found_as_it_is_written() -> None:
    lost = [
        (slug, term)
        for slug, term in TERMS
        if term not in dict(classify("", spelled(term), allowed=[slug]).reasons)
    ]

    assert lost == []


def test_a_misleading_phrase_speaks_for_no_topic() -> None:
    assert [phrase for phrase in ASIDE if classify("", spelled(phrase)).reasons] == []


def test_nothing_found_is_society_without_confidence() -> None:
    assert Verdict("society", 0.0, ()) == classify("Xyzzy", "Qwertz uiopü.")


def test_nothing_found_where_society_is_not_a_topic_is_the_first_topic() -> None:
    assert Verdict("local", 0.0, ()) == classify("Xyzzy", "", allowed={"sport", "local"})


def test_only_allowed_topics_are_given() -> None:
    title, text = "Striker scores as police watch", "The goalkeeper was arrested after the match."

    assert classify(title, text).topic == "sport"
    assert classify(title, text, allowed=["crime", "weather"]).topic == "crime"


def test_a_tie_goes_to_the_first_slug() -> None:
    twins = {term: {slug for slug in TABLES if term in TABLES[slug]["strong"]} for _, term in TERMS}
    tied = [term for term, slugs in twins.items() if len(slugs) > 1]

    assert tied
    assert [classify("", spelled(term)).topic for term in tied] == [min(twins[term]) for term in tied]


def test_reasons_are_the_terms_of_the_topic_heaviest_first() -> None:
    verdict = classify("Goalkeeper saves penalty", "The referee saw two goals. The goalkeeper smiled.")

    assert verdict.reasons[0][0] == "goalkeeper"
    assert {"goalkeeper", "penalty", "referee", "goals"} <= set(dict(verdict.reasons))
    assert sorted((gain for _, gain in verdict.reasons), reverse=True) == [
        gain for _, gain in verdict.reasons
    ]


def test_the_longest_phrase_uses_up_its_words() -> None:
    assert "court" in dict(classify("", "She left the court.", allowed=["crime"]).reasons)
    assert classify("", "She left the tennis court.", allowed=["crime"]).reasons == ()


def test_no_phrase_runs_across_a_full_stop() -> None:
    assert "prime minister" in dict(classify("", "It was the prime minister.").reasons)
    assert "prime minister" not in dict(classify("", "It was past its prime. Minister Vale agreed.").reasons)


@pytest.mark.parametrize("text", ["strikes", "Strike", "STRIKE", "strike's", "strike\u2019s", "pre-strike"])
def test_a_term_matches_its_plural_its_possessive_and_any_case(text: str) -> None:
    assert classify("", f"The {text} went on.").topic == "labour"


def test_a_capital_letter_tells_the_company_from_the_fruit() -> None:
    assert "Apple" in dict(classify("", "She joined Apple in May.", allowed=["technology"]).reasons)
    assert classify("", "She ate an apple in May.", allowed=["technology"]).reasons == ()


def test_a_text_without_capitals_still_names_names() -> None:
    assert "Apple" in dict(classify("", "she joined apple in may", allowed=["technology"]).reasons)


@pytest.mark.parametrize(
    ("text", "term"),
    [("by 2-1", "#-#"), ("by 2\u20131", "#-#"), ("at 36C", "# c"), ("£2bn", "# bn"), ("£2bn", "£")],
)
def test_figures_are_found_by_their_shape(text: str, term: str) -> None:
    assert term in {term for slug in TOPICS for term, _ in classify("", text, allowed=[slug]).reasons}


def test_a_title_weighs_more_than_the_text() -> None:
    assert classify("Thunderstorm", "goalkeeper").topic == "weather"
    assert classify("Goalkeeper", "thunderstorm").topic == "sport"


def test_an_early_place_weighs_more_than_a_late_one() -> None:
    filler = "nothing much here " * 60

    assert score(classify("", f"goalkeeper {filler}")) > score(classify("", f"{filler} goalkeeper"))


def test_saying_it_ten_times_is_not_ten_times_the_weight() -> None:
    once, often = classify("", "goalkeeper"), classify("", "goalkeeper " * 10)

    assert score(once) < score(often) < 4 * score(once)


def test_a_place_in_a_long_text_weighs_less() -> None:
    assert score(classify("", "goalkeeper " + "so it goes " * 300)) < score(
        classify("", "goalkeeper so it goes")
    )


@pytest.mark.parametrize("unit", ["a", "a.", "a'", "1,", "1-", "_-", "in the "])
def test_a_hostile_line_hides_nothing(unit: str) -> None:
    assert classify("", f"{unit * 200_000} goalkeeper", allowed=["sport", "weather"]).topic == "sport"


@given(st.text(), st.text(), st.none() | st.sets(st.sampled_from([*TOPICS, "local"]), min_size=1))
def test_any_text_gets_an_allowed_topic_with_its_reasons(
    title: str, text: str, allowed: set[str] | None
) -> None:
    verdict = classify(title, text, allowed)

    assert verdict.topic in (allowed or TOPICS)
    assert 0.0 <= verdict.confidence <= 1.0
    assert bool(verdict.reasons) or not verdict.confidence


@given(
    st.lists(st.sampled_from([spelled(term) for _, term in TERMS]), max_size=30),
    st.sets(st.sampled_from(TOPICS)),
)
def test_topics_that_are_not_allowed_change_nothing_for_the_others(
    terms: list[str], banned: set[str]
) -> None:
    text = ". ".join(terms)
    full = classify("", text)

    if full.topic not in banned:
        assert full.reasons == classify("", text, allowed=set(TOPICS) - banned).reasons


@pytest.mark.parametrize("language", ["xx", "x", "", "../en", "en-GB", "EN"])
def test_a_language_without_terms_is_read_as_english(language: str) -> None:
    assert classify("", "The goalkeeper.", language=language) == classify("", "The goalkeeper.")


def test_a_site_adds_topics_and_terms_of_its_own() -> None:
    own = {"allotments": {"sure": ["marrow", "seed potato*"]}, "sport": {"strong": ["conkers"]}}

    assert classify("", "The marrow won.", own=own).reasons[0][0] == "marrow"
    assert classify("", "Two seed potatoes and marrows", own=own).topic == "allotments"
    assert classify("", "A day of conkers", own=own).topic == "sport"
    assert classify("", "A day of conkers").reasons == ()


def test_a_site_has_the_last_word_on_a_term() -> None:
    light = {"sport": {"hint": ["goalkeeper"]}}

    assert score(classify("", "goalkeeper", own=light)) < score(classify("", "goalkeeper"))
    assert classify("", "goalkeeper", own={"aside": {"terms": ["goalkeeper"]}}).reasons == ()


def test_a_level_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(KeyError, match="certain"):
        classify("", "", own={"sport": {"certain": ["conkers"]}})
