"""Text for XML: what a parser would refuse is gone, everything else is there. Text for messages: it is short."""

import xml.etree.ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from generator.text import attribute_value, clipped, element_text, xml_text

any_text = st.text(st.characters(), max_size=40) | st.text(
    st.sampled_from("\0\7\t\n\r\x1f a\x7f\ud800\ufffe\uffff😀&<>\"'")
)


@given(any_text)
def test_what_stays_can_stand_in_a_document(text: str) -> None:
    root = ET.fromstring(f'<t a="{attribute_value(text)}">{element_text(text)}</t>'.encode())  # noqa: S314 - our own text

    assert (root.text or "", root.get("a")) == (xml_text(text), xml_text(text))


@given(any_text)
def test_cleaning_twice_is_cleaning_once_and_only_takes_away(text: str) -> None:
    once = xml_text(text)

    assert xml_text(once) == once
    assert [c for c in text if c in once] == list(once)


def test_only_the_characters_go_that_xml_forbids() -> None:
    assert xml_text("a\0b\x0b\x1bc\ufffed\uffffe\ud800f") == "abcdef"
    assert xml_text("\t\n\r ~\x7f\x85\xa0\ud7ff\ue000\ufffd😀\U0010ffff") == (
        "\t\n\r ~\x7f\x85\xa0\ud7ff\ue000\ufffd😀\U0010ffff"
    )


def test_of_a_long_text_a_message_shows_the_beginning() -> None:
    assert clipped("a bridge", 8) == "a bridge"
    assert clipped("a bridge", 2) == "a…"
