"""Colours: how they are written, what contrast is, and that a shade can be read whatever colour it is of."""

import colorsys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import colours
from generator.appearance import DARK, LIGHT
from generator.colours import Colour

BLACK, WHITE = Colour(0, 0, 0), Colour(255, 255, 255)
channel = st.integers(0, 255)
any_colour = st.builds(Colour, channel, channel, channel)


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("#0a6e5c", Colour(10, 110, 92)),
        ("#0A6E5C", Colour(10, 110, 92)),
        ("#0a6", Colour(0, 170, 102)),
        ("#fff", WHITE),
    ],
)
def test_a_colour_is_written_in_hexadecimal_long_or_short(text: str, colour: Colour) -> None:
    assert colours.parse_colour(text) == colour


@given(any_colour)
def test_a_colour_is_read_as_it_was_written(colour: Colour) -> None:
    assert colours.parse_colour(str(colour)) == colour


@pytest.mark.parametrize(
    "text", ["", "#", "0a6e5c", "#0a6e", "#0a6e5c80", "#0a6e5g", " #0a6", "#0a6\n", "red", "#٠٠٠"]
)
def test_anything_else_is_no_colour(text: str) -> None:
    with pytest.raises(ValueError, match="is no colour"):
        colours.parse_colour(text)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000", "#fff", 21.0),
        ("#fff", "#fff", 1.0),
        ("#777", "#fff", 4.48),
        ("#767676", "#fff", 4.54),
        ("#00f", "#fff", 8.59),
        ("#f00", "#fff", 4.0),
    ],
)
def test_contrast_is_what_the_guidelines_say(one: str, other: str, ratio: float) -> None:
    found = colours.contrast(colours.parse_colour(one), colours.parse_colour(other))

    assert round(found, 2) == ratio
    assert found == colours.contrast(colours.parse_colour(other), colours.parse_colour(one))


@given(any_colour)
def test_a_shade_can_be_read_in_either_colour_scheme(colour: Colour) -> None:
    light = colours.legible(colour, LIGHT, lighter=False)
    dark = colours.legible(colour, DARK, lighter=True)

    assert [
        colours.contrast(light, paper) >= wanted for paper, wanted in zip(LIGHT, (7, 4.5), strict=True)
    ] == [True] * 2
    assert [
        colours.contrast(dark, paper) >= wanted for paper, wanted in zip(DARK, (7, 4.5), strict=True)
    ] == [True] * 2


@given(any_colour)
def test_a_colour_that_can_be_read_stays_as_it_is(colour: Colour) -> None:
    shade = colours.legible(colour, LIGHT, lighter=False)

    assert (shade == colour) == colours.is_legible(colour, LIGHT)
    assert colours.legible(shade, LIGHT, lighter=False) == shade


@given(any_colour)
def test_a_shade_is_no_further_off_than_it_has_to_be(colour: Colour) -> None:
    light = colours.legible(colour, LIGHT, lighter=False)
    dark = colours.legible(colour, DARK, lighter=True)

    if light != colour:
        assert colours.contrast(light, next(iter(LIGHT))) < 7.3
        assert colours.luminance(light) < colours.luminance(colour)
    if dark != colour:
        assert colours.contrast(dark, next(iter(DARK))) < 7.3
        assert colours.luminance(dark) > colours.luminance(colour)


@pytest.mark.parametrize("text", ["#fc0", "#0af", "#0f0", "#f0f", "#ff8800", "#e03131"])
def test_a_shade_keeps_its_hue(text: str) -> None:
    colour = colours.parse_colour(text)

    shade = colours.legible(colour, LIGHT, lighter=False)

    turned = abs(_hue(colour) - _hue(shade))
    assert min(turned, 1 - turned) < 0.06


def _hue(colour: Colour) -> float:
    red, green, blue = colour
    return colorsys.rgb_to_hsv(red / 255, green / 255, blue / 255)[0]


@given(st.integers(0, 255))
def test_the_shade_of_a_grey_is_a_grey(level: int) -> None:
    for shade in (
        colours.legible(Colour(level, level, level), LIGHT, lighter=False),
        colours.legible(Colour(level, level, level), DARK, lighter=True),
    ):
        assert max(shade) - min(shade) <= 1
