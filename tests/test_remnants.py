import pytest

from generator.ingest.classifying.remnants import without_dateline, without_remnants
from generator.ingest.classifying.topics import classify


@pytest.mark.parametrize(
    "name",
    [
        "amp",
        "quot",
        "apos",
        "lt",
        "gt",
        "nbsp",
        "lsquo",
        "rdquo",
        "mdash",
        "ndash",
        "hellip",
        "pound",
        "euro",
        "#39",
    ],
)
def test_every_entity_is_read_with_its_sign_or_without(name: str) -> None:
    assert f"{name};" not in without_remnants(f"one {name};two &{name}; three")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("S amp;P and Orbis #39;s &quot;best&quot;", 'S &P and Orbis \'s "best"'),
        ("up (ORB.N: Quote, Profile, Research) today", "up   today"),
        ('up <a href="http://x.example/stocks/quote">ORB</a> today', "up  ORB  today"),
        ("up <a href=stocks", "up  "),
        ("see https://x.example/stocks?a=1 now", "see   now"),
        ("5 < 6 and a;b", "5 < 6 and a;b"),
    ],
)
def test_what_is_no_word_is_left_out(text: str, left: str) -> None:
    assert without_remnants(text) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("PORT AMAR (Newswire) - Two men", " Two men"),
        ("LENNA, Osteria - Two men", "Two men"),
        ("VARDHOLM: Two men", "Two men"),
        ("NEW TARN, Tam. -- Two men", "Two men"),
        ("AP - Two men", "Two men"),
        ("Newswire - Two men", "Newswire - Two men"),
        ("Amar/LENNA - Two men", "Amar/LENNA - Two men"),
        ("EU - the union", "EU - the union"),
        ("The Courier (London) wrote", "The Courier (London) wrote"),
        ("Two men - both old", "Two men - both old"),
    ],
)
def test_a_dateline_is_left_out(text: str, left: str) -> None:
    assert without_dateline(text) == left


def test_markup_decides_nothing() -> None:
    link = '&lt;A HREF="http://quotes.example/stocks/shares/dividend" target=/stocks&gt;X&lt;/A&gt; '

    assert classify("Xyzzy", link * 3).reasons == ()


def test_the_place_of_a_dateline_decides_nothing() -> None:
    assert classify("", "BAGHDAD (Newswire) - Xyzzy.").reasons == ()
    assert classify("", "Xyzzy in Baghdad.").topic == "conflict"
    assert classify("BAGHDAD: Xyzzy", "").topic == "conflict"


@pytest.mark.parametrize("unit", ["<", "<a", "&lt;", "#39", "(A: Quote", "A. ", "A ", "http://", "A, ", " "])
def test_a_hostile_text_costs_no_more_than_its_length(unit: str) -> None:
    assert len(without_dateline(without_remnants(unit * 100_000))) <= len(unit) * 100_000
