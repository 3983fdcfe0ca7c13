"""HTML that could do something in a reader's browser, or to it, and who is to blame for it.

What stands in the text of an article came from elsewhere. The sanitiser lets none of this through (`markdown`), so
that any of it there is an error: scripts, event handlers, addresses that are scripts, frames and plug-ins, `base`,
and `meta` that sends readers away. An article's text is what stands in an element of the class `e-content`
(microformats2, h-entry) or `body`, as in the theme's templates, and all content of feeds.

Elsewhere on a page it is a template's. Its owner may do so, and is told, as a warning: of scripts within the page
(HTML standard, "script", types that run), of scripts of other hosts, of event handlers and of addresses that are
scripts, of a `meta` that reloads a page or sends its readers away later than at once (WCAG 2.2, failures F40, F41).
The theme's own pages have none: its scripts are files of the site, and JSON in `script` is data. Where the page's
own policy gives a script or a style no effect, that is told (`policies`).

A drawing (SVG) is no page, and yet it runs the scripts in it for whoever opens it by itself.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from generator.checking.faults import Fault
from generator.checking.policies import Policy, lets_run, policies
from generator.checking.references import Seen
from generator.model import Severity

FOREIGN = ("iframe", "frame", "object", "embed", "applet", "base")
"""Elements that bring foreign documents into a page or bend its addresses: nothing for an article's text."""

_RISKY = (*FOREIGN, "script", "meta")
_TEXTS = frozenset({"e-content", "body"})
"""Classes of elements that hold the text of an article."""

_HANDLER = re.compile(rb"on(?<![a-z0-9-]on)[a-z]+\s*=")
"""What a page without event handlers hardly ever has."""

_HANDLED = "//*[@*[starts-with(local-name(), 'on')]]"
ORDINARY = "/#.h?"
"""What nearly every address begins with, and no script does."""

_RUNS = frozenset({"", "module", "importmap", "speculationrules"})
"""Types of `script` elements that are no data, beside those of JavaScript."""

_KEPT = ", which the page's own policy gives no effect"
_DRAWN = Fault("is a drawing with a script, which runs for whoever opens it by itself", Severity.WARNING)
_JAVASCRIPT = re.compile(r"(?:text|application)/(?:x-)?(?:java|ecma|live|j)script", re.IGNORECASE)
_SCRIPTED = re.compile(r"(?:javascript|vbscript|data):", re.IGNORECASE)
_SHOWN = re.compile(r"data:image/", re.IGNORECASE)
_BLANK = dict.fromkeys(range(0x21))
"""Control characters and spaces, which browsers drop from the beginning of an address or everywhere."""


def is_scripted(address: str, *, picture: bool = False) -> bool:
    """Tell an address that is a script or a document by itself (`javascript:`, `vbscript:`, `data:`).

    Args:
        address: as a file words it.
        picture: it is shown as a picture, which `data:image/…` may be.
    """
    if address[:1] in ORDINARY:
        return False
    plain = address.translate(_BLANK)
    return bool(_SCRIPTED.match(plain)) and not (picture and _SHOWN.match(plain))


def find_hazards(root: Any, data: bytes, *, text: bool = False) -> Iterator[Seen]:  # noqa: ANN401 - lxml ships no types
    """Find what is unsafe on a page but for its addresses.

    Args:
        root: the page, parsed.
        data: the same, as bytes.
        text: all of it is the text of an article.
    """
    held = () if text else policies(root)
    for element in filter(_is_risky, root.iter(*_RISKY)):
        within = text or in_text(element)
        what = _hazard(element, held, within=within)
        if what:
            yield Seen(fault(what, within=within), element.sourceline)
    if held:
        yield from _useless(root, held)
    if _HANDLER.search(data.lower()):
        for element in root.xpath(_HANDLED):
            yield from _handlers(element, within=text or in_text(element))


def _is_risky(element: Any) -> bool:  # noqa: ANN401 - as above
    """Leave out the `meta` elements that only say something: all but one in ten thousand."""
    return bool(element.tag != "meta" or element.get("http-equiv", "").strip().lower() == "refresh")


def fault(what: str, *, within: bool) -> Fault:
    """Say what is unsafe: an error within an article's text, a warning elsewhere."""
    if within:
        return Fault(f"the text of an article holds {what}", Severity.ERROR)
    return Fault(f"holds {what}", Severity.WARNING)


def scripted(address: str) -> str:
    """Name the kind of address that `is_scripted` found."""
    return f"an address that begins with `{address.translate(_BLANK).partition(':')[0].lower()}:`"


def in_text(element: Any) -> bool:  # noqa: ANN401 - as above
    """Tell whether an element stands within the text of an article."""
    while element is not None:
        if _TEXTS.intersection(element.get("class", "").split()):
            return True
        element = element.getparent()
    return False


def find_in_drawing(root: Any) -> Fault | None:  # noqa: ANN401 - as above
    """Find what runs when a drawing (SVG) is opened by itself, as a page of the site.

    Args:
        root: the drawing, parsed as XML.
    """
    elements = (element for element in root.iter() if isinstance(element.tag, str))
    return _DRAWN if any(map(_is_drawn_to_run, elements)) else None


def _is_drawn_to_run(element: Any) -> bool:  # noqa: ANN401 - as above
    name = element.tag.rpartition("}")[2].lower()
    return name in {"script", "handler", *FOREIGN} or any(map(_runs, element.attrib.items()))


def _runs(attribute: tuple[str, str]) -> bool:
    name, value = attribute
    return name.lower().startswith("on") or any(is_scripted(part, picture=True) for part in value.split(";"))


def _useless(root: Any, held: Sequence[Policy]) -> Iterator[Seen]:  # noqa: ANN401 - as above
    """Find the styles in a page that its policies let have no effect."""
    for element in root.iter("style"):
        if not lets_run(held, "style-src-elem", element.text or "", element.get("nonce", "")):
            yield Seen(
                fault(f"a style that is written into the page{_KEPT}", within=False), element.sourceline
            )
    for element in root.xpath("//*[@style]"):
        if not lets_run(held, "style-src-attr", ""):
            yield Seen(fault(f"an attribute `style`{_KEPT}", within=False), element.sourceline)
            return


def _hazard(element: Any, held: Sequence[Policy], *, within: bool) -> str:  # noqa: ANN401 - as above
    if element.tag == "script":
        return _script(element, held, within=within)
    if element.tag == "meta":
        return _refresh(element, within=within)
    return f"an element `{element.tag}`" if within else ""


def _script(element: Any, held: Sequence[Policy], *, within: bool) -> str:  # noqa: ANN401 - as above
    kind = element.get("type", "").strip().lower()
    if within:
        return "a script"
    if kind not in _RUNS and not _JAVASCRIPT.match(kind):
        return ""
    if element.get("src") is not None:
        return ""
    runs = lets_run(held, "script-src-elem", element.text or "", element.get("nonce", ""))
    return f"a script that is written into the page{'' if runs else _KEPT}"


def _refresh(element: Any, *, within: bool) -> str:  # noqa: ANN401 - as above
    if within:
        return "a `meta` that sends readers elsewhere"
    delay = re.match(r"\s*([\d.]*)(.*)", element.get("content", ""), re.DOTALL)
    if delay and delay[2].strip(" ;,\t\n") and not delay[1].strip("0."):
        return ""  # a page that has moved
    return "a `meta` that takes the page away while it is read"


def _handlers(element: Any, *, within: bool) -> Iterator[Seen]:  # noqa: ANN401 - as above
    for name in sorted(element.keys()):
        if name.startswith("on"):
            yield Seen(fault(f"an event handler, `{name}`", within=within), element.sourceline)
