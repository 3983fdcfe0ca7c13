"""Datelines: what agency reports open with, and the dates they give a story."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.config import Config
from generator.ingest.dating.datelines import Dateline, parse_dateline, read_dateline
from generator.ingest.describe import describe
from generator.ingest.guide import Guide
from generator.model import Block, DateFrom, RawStory

CAPTURED = datetime(2025, 6, 3, 8, 15, tzinfo=UTC)

STORY = "The bridge was closed, officials said."

OPENINGS = {
    "GENEVA, Switzerland, July 4 (Reuters) - ": ("GENEVA, Switzerland", "Reuters", "July 4"),
    "OTTAWA - ": ("OTTAWA", "", ""),
    "DUBAI: ": ("DUBAI", "", ""),
    "MUMBAI : ": ("MUMBAI", "", ""),
    "Aug. 10 (UPI) -- ": ("", "UPI", "Aug. 10"),
    "LONDON (AP) — ": ("LONDON", "AP", ""),
    "LONDON (AP) _ ": ("LONDON", "AP", ""),
    "LONDON (AP) ": ("LONDON", "AP", ""),
    "London (CNN) — ": ("London", "CNN", ""),
    "CNN — ": ("", "CNN", ""),
    "(CNN)": ("", "CNN", ""),
    "(Reuters) - ": ("", "Reuters", ""),
    "BEIJING, June 2 (Xinhua) -- ": ("BEIJING", "Xinhua", "June 2"),
    "NEW DELHI, Jun 2 (PTI) ": ("NEW DELHI", "PTI", "Jun 2"),
    "New Delhi [India], June 2 (ANI): ": ("New Delhi [India]", "ANI", "June 2"),
    "WASHINGTON/MOSCOW (Reuters) - ": ("WASHINGTON/MOSCOW", "Reuters", ""),
    "WASHINGTON, D.C. — ": ("WASHINGTON, D.C.", "", ""),
    "WASHINGTON (States Newsroom) — ": ("WASHINGTON", "States Newsroom", ""),
    "SAN FRANCISCO, Calif. - ": ("SAN FRANCISCO, Calif.", "", ""),
    "JERUSALEM, Israel — ": ("JERUSALEM, Israel", "", ""),
    "ST. LOUIS - ": ("ST. LOUIS", "", ""),
    "THE HAGUE (Reuters) - ": ("THE HAGUE", "Reuters", ""),
    "LOS ANGELES—": ("LOS ANGELES", "", ""),
    "NEW YORK, June 2, 2025 /PRNewswire/ -- ": ("NEW YORK", "PRNewswire", "June 2, 2025"),
    "NEW YORK--(BUSINESS WIRE)--": ("NEW YORK", "BUSINESS WIRE", ""),
    "LONDON, June 2 - ": ("LONDON", "", "June 2"),
    "LAHORE: ": ("LAHORE", "", ""),
    "PORT ELLERY: ": ("PORT ELLERY", "", ""),
    "Sandhafen (nwd) - ": ("Sandhafen", "nwd", ""),
    "وادي النور (وان) - ": ("وادي النور", "وان", ""),
    "HAVERNESS - ": ("HAVERNESS", "", ""),
    "PORT ELLERY - ": ("PORT ELLERY", "", ""),
    "PORT ELLERY (Wire) - ": ("PORT ELLERY", "Wire", ""),
    "HAVERNESS, Ostmark, July 4 (Wire) - ": ("HAVERNESS, Ostmark", "Wire", "July 4"),
    "BERLIN (dpa) - ": ("BERLIN", "dpa", ""),
    "Berlin (dpa/lno) - ": ("Berlin", "dpa/lno", ""),
    "WIEN (APA/dpa) - ": ("WIEN", "APA/dpa", ""),
    "BERLIN, 2. Juni (dpa) - ": ("BERLIN", "dpa", "2. Juni"),
    "PARIS, 2 juin (AFP) - ": ("PARIS", "AFP", "2 juin"),
    "Paris (AFP) – ": ("Paris", "AFP", ""),
    "N'DJAMENA, 2 juin (Reuters) - ": ("N'DJAMENA", "Reuters", "2 juin"),
    "Madrid, 2 jun (EFE).- ": ("Madrid", "EFE", "2 jun"),
    "MADRID, 2 Jun. (EUROPA PRESS) - ": ("MADRID", "EUROPA PRESS", "2 Jun."),
    "القاهرة في 2 يونيو /وكالة/ - ": ("القاهرة", "وكالة", "في 2 يونيو"),
    "دبي (رويترز) - ": ("دبي", "رويترز", ""),
    "واشنطن، 2 يونيو (رويترز) - ": ("واشنطن", "رويترز", "2 يونيو"),
    "الرياض - ": ("الرياض", "", ""),
    "【東京＝2日】": ("東京", "", "2日"),
    "［東京 2日 ロイター］ - ": ("東京", "ロイター", "2日"),
    "【カイロ共同】": ("カイロ", "共同", ""),
    "【6月2日 AFP】": ("", "AFP", "6月2日"),
}

STAYS = [
    "Trump - who won the vote - said so.",
    "TRUMP - who won the vote - said so.",
    "WARNING: This story has pictures of a flood.",
    "UPDATE: The road is open again.",
    "NOTE: This story was corrected.",
    "Q: What is a dateline?",
    "AI - The machine that writes.",
    "NATO - The alliance of 32 states.",
    "UNESCO - The body in Paris.",
    "UNRWA - The agency for refugees, as UNRWA is called.",
    "OPEC+ - The group of exporters.",
    "GDP - The sum of all goods.",
    "US - China talks begin.",
    "COVID-19 - The disease.",
    "BREAKING - The prime minister has resigned.",
    "BREAKING NEWS: The prime minister has resigned.",
    "EXCLUSIVE - The plans for the bridge.",
    "FACT CHECK: The bridge stands.",
    "READ MORE: The bridge stands.",
    "LIVE: Follow the vote.",
    "VOICES - The readers write.",
    "BASEBALL - The baseball season begins.",
    "MPs - The members of the house.",
    "STUNNING: The view from the bridge.",
    "OPENING HOURS: The museum is open daily.",
    "WATER: two litres a day are enough.",
    "LESS IS MORE - that is the motto.",
    "Smith (SPD) - The member for the east.",
    "Kleinert (CDU) - Der Minister.",
    "The dog (pet) - The friend.",
    "RMT: The union calls a strike.",
    "JOBS: The numbers.",
    "Berlin - Die Regierung tagt.",
    "Paris: a city in the rain.",
    "London - home of many - sleeps.",
    "LONDON - home of many - sleeps.",
    "Smith (Labour) - The member for the east.",
    "The bank (HSBC) - one of the largest - said so.",
    "Michael (AP) Smith wrote it.",
    "I (Reuters) - no.",
    "Tap water (map) - where it is safe.",
    "(red) The paint of the year.",
    "AAPL (Apple) - The share of the week.",
    "RSPCA (the society for animals) - The charity.",
    "The council met on 1 June 2025 - and voted.",
    "He said: 1 June 2025 was the day.",
    "Between 1 and 2 June - the last days - it rained.",
    "Independence Day, July 4 - Here is what to know.",
    "He won 6-2 (AP) and left.",
    "【速報】首相が会見した。",
    "【写真】港の橋。",
    "واشنطن: لا نريد الحرب.",
    "قال الوزير - في بيان - إن الجسر مغلق.",
    "أعلن الوزير في 2 يونيو - أن الجسر مغلق.",
    "",
    "-",
    "(",
]


@pytest.mark.parametrize("opening", OPENINGS)
def test_a_dateline_is_cut_off_where_the_story_begins(opening: str) -> None:
    place, agency, date = OPENINGS[opening]

    assert read_dateline(opening + STORY) == Dateline(len(opening), place, agency, date)


def test_a_byline_may_stand_before_the_place() -> None:
    opening = "By Jane Doe and John Roe PARIS (Reuters) - "

    assert read_dateline(opening + STORY) == Dateline(
        len(opening), "PARIS", "Reuters", author="Jane Doe and John Roe"
    )
    assert read_dateline("【カイロ＝架空太郎】橋は閉鎖された。") == Dateline(10, "カイロ", author="架空太郎")


@pytest.mark.parametrize("paragraph", STAYS)
def test_what_opens_a_sentence_or_warns_stays(paragraph: str) -> None:
    assert read_dateline(paragraph) is None


@given(st.text(alphabet="AB cd(),.-–—:/【】= 12日June", max_size=200) | st.text(max_size=200))
def test_any_text_has_a_dateline_inside_it_or_none(text: str) -> None:
    found = read_dateline(text)

    assert found is None or 0 < found.end <= len(text)


@pytest.mark.parametrize(
    ("paragraph", "moment"),
    [
        ("BERLIN, 1. Juni (dpa) - Die Brücke", "2025-06-01"),
        ("PARIS, 2 juin (AFP) - Le pont", "2025-06-02"),
        ("Madrid, 30 dic (EFE).- El puente", "2024-12-30"),
        ("القاهرة في 2 يونيو /وكالة/ - الجسر", "2025-06-02"),
        ("【東京＝2日】橋は", "2025-06-02"),
        ("【東京＝30日】橋は", "2025-05-30"),
        ("2. Juni 2025", "2025-06-02"),
        ("2025年6月2日", "2025-06-02"),
    ],
)
def test_datelines_date_a_story_in_other_languages(paragraph: str, moment: str) -> None:
    found = parse_dateline(paragraph, CAPTURED)

    assert found is not None
    assert (found[0].date().isoformat(), found[1]) == (moment, DateFrom.TEXT)


@pytest.mark.parametrize(
    ("paragraph", "moment"),
    [
        ("PORT ELLERY, 1 June 2025 - The bridge", "2025-06-01"),
        ("PORT ELLERY (1 June 2025) – The bridge", "2025-06-01"),
        ("Port Ellery, Ostmark, June 1, 2025 (Wire) -- The bridge", "2025-06-01"),
        ("PORT ELLERY, June 1, 2025 /Wire/ -- The bridge", "2025-06-01"),
        ("ELLERY, Ostmark, July 4 (Wire) - The bridge", "2024-07-04"),
        ("Aug. 10 (Wire) -- The bridge", "2024-08-10"),
        ("HAVERNESS, Feb 29 - The bridge", "2024-02-29"),
        ("1 June 2025", "2025-06-01"),
    ],
)
def test_datelines_date_a_story(paragraph: str, moment: str) -> None:
    found = parse_dateline(paragraph, CAPTURED)

    assert found is not None
    assert (found[0].date().isoformat(), found[1]) == (moment, DateFrom.TEXT)


@pytest.mark.parametrize(
    "paragraph",
    [
        "The council met on 1 June 2025 - and voted.",
        "PORT ELLERY - The bridge opened on 1 June 2025.",
        "He said: 1 June 2025 was the day.",
        "9 minutes ago",
        "Between 1 and 2 June - the last days - it rained.",
    ],
)
def test_dates_in_prose_date_nothing(paragraph: str) -> None:
    assert parse_dateline(paragraph, CAPTURED) is None


def test_a_date_deep_in_the_text_dates_nothing_unless_it_closes_it() -> None:
    prose = ["The bridge was closed, officials said."] * 4

    assert dated([*prose, "1 June 2025", "It opened again at noon."]) == (CAPTURED, DateFrom.CAPTURE)
    assert dated(["It rained.", *prose[:1], "1 June 2025", *prose]) == (
        datetime(2025, 6, 1, tzinfo=UTC),
        DateFrom.TEXT,
    )
    assert dated([*prose, "1 June 2025"]) == (datetime(2025, 6, 1, tzinfo=UTC), DateFrom.TEXT)


def dated(paragraphs: list[str]) -> tuple[datetime, DateFrom | None]:
    blocks = tuple(Block(0, line, text) for line, text in enumerate(paragraphs, 2))
    guide = Guide(root=".", config=Config(), now=CAPTURED)
    article = describe(RawStory(Block(0, 1, "Bridge closed"), blocks), "a.txt", CAPTURED, guide).article
    return article.date, article.date_from


def test_an_impossible_dateline_is_refused() -> None:
    with pytest.raises(ValueError, match="31 February 2025 is no date in the calendar"):
        parse_dateline("PORT ELLERY, 31 February 2025 - The bridge", CAPTURED)
