"""Characters that pages, feeds and terminals cannot have, and those that would turn a text around."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator import urls
from generator.characters import (
    MOST_MARKS,
    balanced,
    may_lose,
    printed,
    shown,
    without_controls,
    without_floods,
)
from generator.config import parse_config
from generator.ingest.cleaning.clean import repair
from generator.locales import speak
from generator.model import DatelineError, Issue, Language, TemplateText
from generator.prose import issues

SPACES = "\x0b\x0c\x1c\x1d\x1e\x1f\x85"
DIRECTIONS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
PLAIN = re.compile(f"[{DIRECTIONS}]")


def expected(character: str) -> str:
    """Say what becomes of a character, by what Unicode says of it."""
    number = ord(character)
    if character in SPACES:
        return " "
    if unicodedata.category(character) == "Cs":
        return "\ufffd"
    if unicodedata.category(character) == "Cc" and character not in "\t\n\r":
        return ""
    return "" if number & 0xFFFE == 0xFFFE or 0xFDD0 <= number <= 0xFDEF else character


def test_of_all_characters_only_those_that_documents_forbid_are_changed() -> None:
    everything = [character for character in map(chr, range(0x110000)) if character not in DIRECTIONS]

    assert shown("".join(everything)) == "".join(map(expected, everything))


def test_html_loses_the_same_characters_wherever_one_stands() -> None:
    unwanted = [one for one in map(chr, range(0x110000)) if expected(one) not in {one, "\ufffd"}]

    assert len(unwanted) == 62 + 66
    for one in unwanted:
        html = f"<p>é{one}</p>"
        assert may_lose(html.encode())
        assert without_controls(html) == f"<p>é{expected(one)}</p>"


def test_html_without_them_stays_as_it_is() -> None:
    everything = "".join(
        map(chr, [*range(0x20, 0x7F), *range(0xA0, 0xD800), *range(0xE000, 0xFDD0), 0x1F600])
    )

    assert not may_lose(everything.encode())
    assert without_controls(everything) == everything


def levels(text: str) -> list[str]:
    """Give what is open at the end of a text; fails where something is closed that is not open."""
    open_: list[str] = []
    for character in text:
        if character in "\u202a\u202b\u202d\u202e":
            open_.append("\u202c")
        elif character in "\u2066\u2067\u2068":
            open_.append("\u2069")
        elif character in "\u202c\u2069":
            assert open_.pop() == character
    return open_


directed = st.text(st.sampled_from(f"aب1 {DIRECTIONS}"), max_size=12)


@given(directed)
@example("\u2067\u202ea\u2069b")
def test_a_text_closes_what_it_opens_and_nothing_else(text: str) -> None:
    closed = balanced(text)

    assert levels(closed) == []
    assert PLAIN.sub("", closed) == PLAIN.sub("", text)
    assert balanced(closed) == closed


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("a \u202eb", "a \u202eb\u202c"),
        ("a \u2067b", "a \u2067b\u2069"),
        ("a\u202c b\u2069", "a b"),
        ("\u2067a \u202eb\u2069 c", "\u2067a \u202eb\u202c\u2069 c"),
        ("\u2067a\u202c", "\u2067a\u2069"),
        ("\u200f\u061ca \u2068b\u2069", "\u200f\u061ca \u2068b\u2069"),
    ],
)
def test_what_sets_a_direction_ends_with_its_text(text: str, closed: str) -> None:
    assert balanced(text) == closed == shown(text)


def test_a_flood_of_marks_is_thinned_and_its_letters_stay() -> None:
    flood = "Z" + "\u0315\u0327" * 5000 + "algo e\u0301"

    thinned = without_floods(flood)

    assert thinned == "Z" + "\u0315\u0327" * (MOST_MARKS // 2) + "algo e\u0301"
    assert repair(flood) == unicodedata.normalize("NFC", thinned)
    assert len(urls.slug(flood)) <= urls.LONGEST_SLUG


@pytest.mark.parametrize("text", ["שָׁלוֹם", "สวัสดี", "བརྒྱུད", "ทั้งนั้น", "👩‍👩‍👧‍👦" * 40, "…" * 100, "‼️" * 100])
def test_scripts_and_signs_are_no_floods(text: str) -> None:
    assert without_floods(text) == text


@pytest.mark.parametrize(
    ("found", "repaired"),
    [
        ("Fer\x00ry\x07 sa\x7fils", "Ferry sails"),
        ("\x84Ferry\x93 sails\x85", "„Ferry“ sails…"),
        ("Ferry\x0bsails\x1fagain\u2028today", "Ferry sails again today"),
        ("Ferry \ud800sails\ufdd0\U0001ffff", "Ferry \ufffdsails"),
        ("Ferry \u202esails", "Ferry sails"),
        ("فتح \u2067الجسر", "فتح \u2067الجسر\u2069"),
        ("فتح\u2069 الجسر", "فتح الجسر"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("Fer\u200bry\ufeff sa\u00adils", "Ferry sails"),
        ("Flag \U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", None),
        ("Hidden\U000e0041\U000e0042 tags", "Hidden tags"),
        ("Ferry ❤\ufe0f 葛\U000e0100 \ue000 \u0378", None),
    ],
)
def test_ingest_keeps_all_but_what_shows_nothing(found: str, repaired: str | None) -> None:
    assert repair(found) == (found if repaired is None else repaired)


def test_what_would_steer_a_terminal_is_not_printed() -> None:
    assert (
        printed("a\x1b[31m\x9b\u202eb\u2067\ud800\u2028\tc\n")
        == "a\ufffd[31m\ufffd\ufffdb\ufffd\ufffd\ufffd\tc\n"
    )
    assert printed("Brücke offen – 北京 می\u200cخواهم") == "Brücke offen – 北京 می\u200cخواهم"


@pytest.mark.parametrize("odd", ["\x07", "\x85", "\x9b", "\ufffe", "\U0001ffff", "\ud800", "\u202e"])
def test_an_address_that_no_document_can_hold_is_none(odd: str) -> None:
    assert not urls.is_web(f"https://a.example/{odd}")
    assert urls.is_web("https://a.example/é\u200d北")


@pytest.mark.parametrize("odd", ["\\u0007", "\\u0085", "\\uFFFE", "\\uFDD0", "\\u202E", "\\u2066"])
@pytest.mark.parametrize(
    ("table", "line"),
    [
        ('[site]\ntitle = "a{}"', 2),
        ('[site]\ndescription = "a{}"', 2),
        ('[topics]\nsport = "a{}"', 2),
        ('[pages]\nabout = "a{}"', 2),
        ('[tags.aliases]\nb = "a{}"', 2),
    ],
)
def test_a_configuration_says_where_such_a_character_stands(table: str, line: int, odd: str) -> None:
    with pytest.raises(DatelineError, match=f"^dateline.toml:{line}: .*without control characters") as caught:
        parse_config(table.replace("{}", odd))

    assert str(caught.value).isprintable()


@pytest.mark.parametrize("odd", ["\x07", "\x7f", "\ufffe", "\u202e"])
def test_a_translation_with_one_is_a_mistake_on_its_line(odd: str) -> None:
    file = TemplateText("de.po", f'msgid ""\nmsgstr ""\n\nmsgid "Tags"\nmsgstr "St{odd}ich"\n')

    with pytest.raises(DatelineError, match=r"^de.po:4: "):
        speak(Language("de", (file,)))


def test_an_issue_prints_in_one_line_that_nothing_turns_around() -> None:
    assert list(issues([Issue("a\n\u202e.txt", 1, "b\x1b")])) == ["a\ufffd\ufffd.txt:1: b\ufffd"]
