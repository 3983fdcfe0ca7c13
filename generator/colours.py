"""Colours: how light they are, whether text in them can be read, and the nearest shade that can."""

import re
from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

LEGIBLE = 4.5
"""The contrast that text needs (WCAG 2.2, 1.4.3, level AA)."""

CLEAR = 7.0
"""The contrast that suits everybody (WCAG 2.2, 1.4.6, level AAA)."""

STEPS = 20
"""Halvings of an interval within 0 to 1: further ones change no colour of 8 bits a channel."""

ROUNDING = 1e-4
"""What a channel may be out of range by: it is rounded to one of 256 steps."""

_Hue = tuple[float, float]
"""The two axes of Oklab on which a colour differs from grey: direction and chroma in one."""

_HEX = re.compile(r"#(?:[0-9A-Fa-f]{3}){1,2}")


class Colour(NamedTuple):
    """A colour of the sRGB space, 0 to 255 for each channel."""

    red: int
    green: int
    blue: int

    def __str__(self) -> str:
        """Write it as CSS does: `#0a6e5c`."""
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"


def parse_colour(text: str) -> Colour:
    """Read a colour as CSS writes it in hexadecimal, `#0a6e5c` or `#0a6` (CSS Color 4, 5.2), without transparency.

    Raises:
        ValueError: it is no such colour.
    """
    if not _HEX.fullmatch(text):
        raise ValueError(f"{text!r} is no colour")
    size = len(text) // 3
    red, green, blue = (text[start : start + size] * (3 - size) for start in range(1, len(text), size))
    return Colour(int(red, 16), int(green, 16), int(blue, 16))


def luminance(colour: Colour) -> float:
    """Tell how light a colour is, 0 for black to 1 for white (WCAG 2.2, relative luminance)."""
    red, green, blue = map(_linear, colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """Give the contrast of two colours, 1 to 21 (WCAG 2.2, contrast ratio)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def is_legible(colour: Colour, papers: Mapping[Colour, float]) -> bool:
    """Tell whether text in a colour has the contrast that is asked for on each of these papers."""
    return all(contrast(colour, paper) >= wanted for paper, wanted in papers.items())


def legible(colour: Colour, papers: Mapping[Colour, float], *, lighter: bool) -> Colour:
    """Give the nearest shade of a colour that can be read on these papers.

    Args:
        colour: the colour; itself where it can be read.
        papers: what it stands on, each with the contrast that is asked for: so light that black has it on them all,
            or so dark that white has.
        lighter: where to look for the shade: among lighter ones, else among darker ones.

    Returns: the shade, of the same hue and with as much of its chroma as sRGB has there, in the space Oklab
        (CSS Color 4, 9.2).
    """
    lightness, hue = _oklab(colour)
    far = 1.0 if lighter else 0.0
    best, near = _shade(far, hue), lightness
    if is_legible(colour, papers):
        return colour
    for _ in range(STEPS):
        middle = (near + far) / 2
        shade = _shade(middle, hue)
        if is_legible(shade, papers):
            best, far = shade, middle
        else:
            near = middle
    return best


def _shade(lightness: float, hue: _Hue) -> Colour:
    """Give a colour of a lightness and a hue, as colourful as sRGB allows but no more than the hue is long."""
    grey, full = 0.0, 1.0
    channels = partial(_channels, lightness, hue)
    if not _fits(channels(1.0)):
        for _ in range(STEPS):
            middle = (grey + full) / 2
            grey, full = (middle, full) if _fits(channels(middle)) else (grey, middle)
        full = grey
    red, green, blue = (round(255 * _encoded(min(max(value, 0.0), 1.0))) for value in channels(full))
    return Colour(red, green, blue)


def _fits(channels: tuple[float, float, float]) -> bool:
    return all(-ROUNDING <= value <= 1 + ROUNDING for value in channels)


def _linear(channel: int) -> float:
    """Undo the coding of a channel: 0 to 255 to light, 0 to 1 (WCAG 2.2; IEC 61966-2-1)."""
    value = channel / 255
    return float(value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004 - the standard's


def _encoded(light: float) -> float:
    """Code the light of a channel, 0 to 1, to 0 to 1."""
    return float(light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055)  # noqa: PLR2004 - the same


def _oklab(colour: Colour) -> tuple[float, _Hue]:
    """Give lightness and the two axes of hue in Oklab (B. Ottosson, 2020; CSS Color 4, 9.2)."""
    r, g, b = map(_linear, colour)
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    medium = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    return lightness, (
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _channels(lightness: float, hue: _Hue, colourful: float) -> tuple[float, float, float]:
    """Give the light of each channel for a place in Oklab, its hue shortened; beyond 0 to 1 where sRGB ends."""
    a, b = (axis * colourful for axis in hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
