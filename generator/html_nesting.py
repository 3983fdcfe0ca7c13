"""How long a parser of HTML would take, told before it parses: ever longer for each element that stays open.

Elements as in the HTML standard, "Parsing HTML documents". What closes an element here does so there, too; what is
not certain counts as open, so that nothing is thought shallower than it is.
"""

import re

from generator.metering import DEEPEST_HTML, MOST_BEHIND, TooMuch

MOST_OPEN = 5_000_000
"""Elements that are open, added up over all tags: each tag may look at all of them, or open them again."""

_NAME = r"[a-zA-Z][a-zA-Z0-9:_-]*+"
_VALUE = r"""(?:"[^"<>]*+"|'[^'<>]*+'|[^\s"'=<>`]++)"""
_TAG = re.compile(
    rf"""<(?: (?P<opened>{_NAME}) (?:\s++[^\s"'<>/=]++(?:\s*+=\s*+{_VALUE})?+)*+ \s*+ (?P<empty>/?) >
            | /(?P<closed>{_NAME}) \s*+ >
            | (?P<odd> [a-zA-Z/!?] ) )""",
    re.VERBOSE,
)
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())  # noqa: SIM905
_RAW = frozenset("iframe noembed noframes noscript plaintext script style textarea title xmp".split())  # noqa: SIM905
_OTHER = frozenset(("svg", "math", "template", "select", "frameset"))
_FORMATS = frozenset("a b big code em font i nobr s small strike strong tt u".split())  # noqa: SIM905
_ENDS = {
    **{name: frozenset({name}) for name in ("p", "li", "option")},
    **{name: frozenset({"dt", "dd"}) for name in ("dt", "dd")},
    **{name: frozenset({"td", "th"}) for name in ("td", "th")},
    "tr": frozenset({"td", "th", "tr"}),
}
"""Elements that may have no end of their own, and which of those end where they begin."""


def has_too_many_references(html: str) -> bool:
    """Tell whether HTML has more `&` than nh3 can take; those of `&lt;` and `&gt;` cost nothing."""
    most = MOST_BEHIND // (len(html) or 1)
    return html.count("&") > most and html.count("&") - html.count("&lt;") - html.count("&gt;") > most


def check_html(html: str) -> None:
    """Make sure that HTML nests no deeper than a parser can take, and refers to no more characters.

    Raises:
        TooMuch: it does, or it cannot be told how deep.
    """
    if has_too_many_references(html):
        raise TooMuch('holds far more "&" than a text of its length should', "&")
    if html.count("<") <= DEEPEST_HTML:
        return
    opened: list[str] = []
    total = 0
    certain = True
    for tag in _TAG.finditer(html):
        name = (tag["opened"] or "").lower()
        if tag["closed"]:
            if certain:
                _close(opened, tag["closed"].lower())
            continue
        raw = name in _RAW and not html.startswith(f"</{name}>", tag.end())
        certain = certain and not (raw or name in _OTHER or _is_odd(html, tag))
        if (name or not certain) and name not in _VOID:
            _open(opened, name)
        total += len(opened)
        if len(opened) > DEEPEST_HTML or total > MOST_OPEN:
            near = html[tag.start() : tag.start() + 80].partition("\n")[0]
            raise TooMuch(f"nests HTML deeper than {DEEPEST_HTML}, or closes it oddly", near)


def _is_odd(html: str, tag: re.Match[str]) -> bool:
    """Tell whether it is not certain where a tag or a comment ends."""
    if not tag["odd"]:
        return False
    if html.startswith("<!--", tag.start()):
        end = html.find("-->", tag.start() + 4)
        inner = html[tag.start() + 4 : end] if 0 <= end - tag.start() <= 10_000 else "<"  # noqa: PLR2004
        return "<" in inner or ">" in inner or "--" in inner
    return True


def _open(opened: list[str], name: str) -> None:
    ended = _ENDS.get(name, ())
    while opened and opened[-1] in ended:
        opened.pop()
    opened.append(name)


def _close(opened: list[str], name: str) -> None:
    """Close an element, and with it what may have no end of its own; nothing where another is open."""
    place = len(opened) - 1
    while place >= 0 and opened[place] != name and opened[place] in _ENDS and name not in _FORMATS:
        place -= 1
    if place >= 0 and opened[place] == name:
        del opened[place:]
