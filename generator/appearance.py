"""`[theme]`: what a site's look is set to without a template, what can be wrong with it, and its style."""

import re
from collections.abc import Iterator, Sequence

from generator import colours
from generator.colours import CLEAR, LEGIBLE, Colour
from generator.records import Record
from generator.spelling import nearest

PARTS = ("briefs", "related", "reading-time", "trends")
"""What a site can do without: see `Theme.hide`."""

LIGHT = {Colour(0xFC, 0xFB, 0xF8): CLEAR, Colour(0xF2, 0xEF, 0xE7): LEGIBLE}
DARK = {Colour(0x17, 0x16, 0x14): CLEAR, Colour(0x22, 0x20, 0x1D): LEGIBLE}
"""What stands behind text in the default theme, `--paper` and `--tint` of its stylesheet, by colour scheme.

All its text has a contrast of 7 to 1 with the paper; the tint stands behind little.
"""

STACKS = {"serif": "", "sans": "var(--sans)"}
"""The fonts for reading that have a name; the serif is what the stylesheet says."""

_IDENTIFIER = r"-?[^\W\d][\w-]*"
_WORDS = rf"{_IDENTIFIER}(?: +{_IDENTIFIER})*"
_FAMILY = "|".join((r'"[^"\\;{}<>\x00-\x1f]+"', r"'[^'\\;{}<>\x00-\x1f]+'", _WORDS))
_FAMILIES = re.compile(rf" *(?:{_FAMILY})(?: *, *(?:{_FAMILY}))* *")
"""A list of font families (CSS Fonts 4, 2.1), without escapes and what could end a declaration or an element."""


class Fonts(Record, frozen=True):
    """`[theme.fonts]`: lists of font families as CSS writes them, "" for the theme's own.

    Attributes:
        text: what is read: headlines, summaries, articles.
        furniture: what surrounds it: navigation, dates, counts.
    """

    text: str = ""
    furniture: str = ""


class Theme(Record, frozen=True):
    """`[theme]`: how the site looks.

    Attributes:
        navigation: the topics in the masthead, in order.
        accent: a colour in hexadecimal, "" for the theme's own.
        fonts: `serif` or `sans` for what is read, or lists of fonts.
        sections: the topics whose stories the front page shows, all if there are none.
        hide: what no page shows, of `PARTS`.
    """

    navigation: tuple[str, ...] = (
        "politics",
        "conflict",
        "economy",
        "environment",
        "health",
        "science",
        "technology",
        "arts",
        "sport",
    )
    accent: str = ""
    fonts: Fonts | str = Fonts()
    sections: tuple[str, ...] = ()
    hide: tuple[str, ...] = ()


def mistakes(theme: Theme, topics: Sequence[str]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Find what is wrong with a theme's settings.

    Args:
        theme: the settings.
        topics: the slugs of the topics there are.

    Yields: for each mistake the key it is in, below `[theme]`, and what is wrong with it.
    """
    for key, names in (("navigation", theme.navigation), ("sections", theme.sections)):
        for name in (name for name in names if name not in topics):
            hint = nearest(name, topics) or "`[topics]` adds others"
            yield (key,), f"names {name!r}, which is no topic of the site; {hint}"
    for name in (name for name in theme.hide if name not in PARTS):
        hint = nearest(name, PARTS) or f"known here: {', '.join(PARTS)}"
        yield ("hide",), f"names {name!r}, which is no part of a page that can be hidden; {hint}"
    if theme.accent and not _is_colour(theme.accent):
        yield ("accent",), "must be a colour such as `#005a4b` or `#0a6`"
    yield from _font_mistakes(theme.fonts)


def _font_mistakes(fonts: Fonts | str) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(fonts, str):
        if fonts not in STACKS:
            yield ("fonts",), 'must be "serif" or "sans"; lists of fonts go into `[theme.fonts]`'
        return
    for name, families in (("text", fonts.text), ("furniture", fonts.furniture)):
        if families and not _FAMILIES.fullmatch(families):
            yield ("fonts", name), 'must be a list of fonts such as `Georgia, "Noto Serif", serif`'


def style(theme: Theme) -> str:
    """Write what a theme's settings add to its stylesheet, as CSS; "" where that is nothing.

    The accent is set for screens alone: paper has its own. In each colour scheme it is the nearest shade that can
    be read there (see `colours.legible`).
    """
    fonts = theme.fonts if isinstance(theme.fonts, Fonts) else Fonts(text=STACKS[theme.fonts])
    families = (("--serif", fonts.text.strip()), ("--sans", fonts.furniture.strip()))
    own = ";".join(f"{name}:{value}" for name, value in families if value)
    return f":root{{{own}}}" * bool(own) + (_accents(theme.accent) if theme.accent else "")


def _accents(accent: str) -> str:
    colour = colours.parse_colour(accent)
    light = colours.legible(colour, LIGHT, lighter=False)
    dark = colours.legible(colour, DARK, lighter=True)
    return (
        f"@media screen{{:root{{--accent:{light}}}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root{{--accent:{dark}}}}}"
    )


def _is_colour(text: str) -> bool:
    try:
        colours.parse_colour(text)
    except ValueError:
        return False
    return True
