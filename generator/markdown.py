"""Markdown to safe HTML: Python-Markdown formats, nh3 has the last word on what may stand in a page."""

import re
from collections.abc import Mapping
from html import escape, unescape
from typing import Any

import nh3

from generator.blocks import render_blocks
from generator.characters import may_lose, without_controls
from generator.html_nesting import check_html, has_too_many_references
from generator.metering import TooMuch
from generator.mixed import join_mixed, split_mixed
from generator.paragraphs import enclose, render_plain
from generator.text import attribute_value

_TAGS = nh3.ALLOWED_TAGS | {"figure", "figcaption", "section"}
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"id", "lang", "dir", "title"},
    "a": {"href", "hreflang"},
    "abbr": {"title"},
    "blockquote": {"cite"},
    "code": {"class"},
    "col": {"span"},
    "del": {"cite", "datetime"},
    "div": {"class"},
    "img": {"src", "alt", "width", "height", "loading", "decoding"},
    "ins": {"cite", "datetime"},
    "li": {"value"},
    "ol": {"start", "reversed"},
    "q": {"cite"},
    "sup": {"class"},
    "td": {"colspan", "rowspan", "headers", "class"},
    "th": {"colspan", "rowspan", "headers", "scope", "class"},
    "time": {"datetime"},
}
_CLASSES = re.compile(r"(?<!\S)(?:language-[\w+#-]+|footnote|table|start|center|end)(?!\S)")
_WORDS = {
    "width": re.compile("[0-9]{1,5}"),
    "height": re.compile("[0-9]{1,5}"),
    "loading": re.compile("lazy|eager"),
    "decoding": re.compile("sync|async|auto"),
}
"""Attributes that hold one of few words."""
_REGION = {"div": {"role": {"region"}, "tabindex": {"0"}, "aria-label": {"Table"}}}
_SAID = {
    "table": re.compile(r"""(<div aria-label=")Table(?=")"""),
    "to-the-text": re.compile(r"""(<a href="#fnref[^"]*" title=")Back to the text(?=")"""),
}
"""What the parser says, by its names in `inputs.NAMES`."""

ROUNDS = 10
"""So often HTML is put into the sanitiser, until it stays as it is, which takes hardly any three times."""

_SCHEMES = {"http", "https", "mailto", "tel"}
_RELATIVE = re.compile(r"""(?:href|src)="(?!(?:https?|mailto|tel):)""")
_REFERENCE = re.compile(r"""<[^<>]*?\s(?:href|src)="([^"]+)\"""")
_TITLE = re.compile("(</?)h1(?=[ >])")
_LINE_END = re.compile(r"<pre(?: [^<>]*)?>(?=\n)")
"""A line end right behind the tag, which every parser drops."""

_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_TAG = re.compile(rb"""<sup id="fnref.*?</sup>|<[^>]*>""", re.DOTALL)
_INSIDE = r"""(?:[^<>"]|"[^"]*")*>"""
_INLINE = re.compile(f"<{_INSIDE}")
_BREAK = re.compile(
    r"<sup id=\"fnref.*?</sup>|</?(?:p|h[1-6]|li|ul|ol|dl|dt|dd|div|section|blockquote|pre|br|hr|table|tr|td|th"
    rf"|figure|figcaption|caption|thead|tbody)\b{_INSIDE}",
    re.DOTALL,
)
_SHAPES = bytes(ord(" " if bytes([sign]).isspace() else "x") for sign in range(256))
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|[/#?]", re.IGNORECASE)


def render_markdown(text: str) -> str:
    """Format Markdown as safe HTML; what is too much for that is shown as it is written."""
    return format_markdown(text)[0]


def format_markdown(text: str) -> tuple[str, TooMuch | None]:
    """Format Markdown as safe HTML: Python-Markdown's dialect with the extensions of `markdown_parser`.

    What the result may hold: the elements, attributes and address schemes of this module's allow-lists, never
    a script, a style or an event handler. Headings begin at `h2`, since the page's title is its `h1`.

    Only what is active is parsed: plain paragraphs and the simplest Markdown are formatted directly, with the same
    result many times faster.

    Returns:
        The HTML; and, where reading the text takes more work than any that a person wrote, why: then the HTML is
        the text as it is written, in paragraphs.
    """
    direct = render_plain(text)
    if direct is None:
        direct = render_blocks(text)
    if direct is not None:
        return direct, None
    try:
        active, runs = split_mixed(text)
        html = join_mixed(convert(active), runs)
        return (convert(text) if html is None else html), None
    except TooMuch as found:
        return _as_written(text), found


def convert(text: str) -> str:
    """Format Markdown as safe HTML by the parser, whatever the text holds.

    Raises:
        TooMuch: reading the text takes more work than any that a person wrote.
    """
    from generator import markdown_parser  # noqa: PLC0415 - little news needs it

    html = markdown_parser.parse(text)
    check_html(html)
    return sanitise(html)


def _as_written(text: str) -> str:
    html = enclose(escape(text, quote=False))
    return html if has_too_many_references(html) else sanitise(html)


def sanitise(html: str) -> str:
    """Reduce HTML to what this module allows; the page's title stays its only `h1`.

    Where elements go that had kept others apart, a browser may read what is left as something else than the
    sanitiser did (`<p>` within `<p>`). So what comes out is put in again until it stays: it is read as it was
    judged. HTML that does not settle, or is too much for it, is shown as text.
    """
    before = html
    for _ in () if has_too_many_references(html) else range(ROUNDS):
        clean = _clean(_CLEANER, before)
        if clean == before:
            return _TITLE.sub(r"\1h2", clean)
        before = clean
    return f"<pre>{escape(html, quote=False)}</pre>"


def showable(html: str) -> str:
    """Give safe HTML without the characters that no page may hold (`characters.shown`).

    What it is without them is looked at once more: an address that was none may have become a script's.
    """
    if not may_lose(html.encode("utf-8", "replace")):
        return html
    return sanitise(without_controls(html))


def say(html: str, names: Mapping[str, str]) -> str:
    """Say in the site's language what the parser says in English, of tables and footnotes.

    Args:
        html: what `render_markdown` gave.
        names: those of `inputs.NAMES`.
    """
    if "aria-label=" not in html and "title=" not in html:  # as most news
        return html
    for name, said in _SAID.items():
        words = attribute_value(names[name]).replace("\\", r"\\")
        html = said.sub(rf"\g<1>{words}", html)
    return html


def absolutise(html: str, base: str) -> str:
    """Make every address in safe HTML absolute, as feed readers need it (RFC 3986, section 5).

    Args:
        html: what `render_markdown` gave.
        base: the absolute address of the page it stands on.
    """
    if "=" not in html or not _RELATIVE.search(html):  # as most news
        return html
    return _clean(nh3.Cleaner(**_POLICY, url_relative=("rewrite_with_base", base)), html)


def references(html: str) -> tuple[str, ...]:
    """List the relative addresses in safe HTML that may name files beside the article, each once."""
    if "=" not in html:  # most news has no address at all
        return ()
    found = (reference for reference in _REFERENCE.findall(html) if not _ELSEWHERE.match(reference))
    return tuple(dict.fromkeys(unescape(reference) if "&" in reference else reference for reference in found))


def paragraphs(html: str) -> tuple[str, ...]:
    """Give the plain text of each paragraph in safe HTML, for summaries."""
    inner = (found.replace("<br>", " ").encode() for found in _PARAGRAPH.findall(html))
    texts = (" ".join(unescape(_TAG.sub(b"", text).decode()).split()) for text in inner)
    return tuple(text for text in texts if text)


def plain_text(html: str) -> str:
    """Give the text of safe HTML, for who searches it: one line for each paragraph, heading, cell and the like."""
    lines = unescape(_INLINE.sub("", _BREAK.sub("\n", html.replace("\n", " ")))).split("\n")
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)


def count_words(html: bytes) -> int:
    """Count the words of safe HTML, those of headings and lists included: what spaces and line ends part."""
    if html.count(b"<") > 2 * html.count(b"<p>"):  # more than the bounds of paragraphs
        html = _TAG.sub(b"", html.replace(b"<br>", b" "))
    return (b" " + html).translate(_SHAPES).count(b" x")


def _clean(cleaner: nh3.Cleaner, html: str) -> str:
    clean = cleaner.clean(html)
    return _LINE_END.sub(r"\g<0>\n", clean) if "<pre" in clean else clean


def _filter(_tag: str, attribute: str, value: str) -> str | None:
    if attribute == "cite":  # the sanitiser checks and rewrites `href` and `src` only
        return value if re.match("https?://", value) else None
    if attribute == "class":
        return " ".join(_CLASSES.findall(value)) or None
    if attribute in _WORDS:
        return value if _WORDS[attribute].fullmatch(value) else None
    return value


_POLICY: dict[str, Any] = {
    "tags": _TAGS,
    "attributes": _ATTRIBUTES,
    "attribute_filter": _filter,
    "tag_attribute_values": _REGION,
    "url_schemes": _SCHEMES,
    "link_rel": None,
}
_CLEANER = nh3.Cleaner(**_POLICY)
