"""The direct way for plain news: paragraphs that hold no Markdown become HTML without a parser."""

import re

SIGNS = r"\x00-\x1f\\*_`<&\]\ud800-\udfff"
"""News has few of these; what stands around one decides."""

LINE = r"""
    (?: [^\S\n] | [-+=:|~\#>] | \d++\.[ ]             # begins like a block
      | \[[^\]\n]*+ (?: \]: | \n )                    # or like a definition, maybe over two lines
      | (?<=[ ][ ]\n) )                               # or comes after a line break
"""
"""What makes a line, the end of the one before it included, more than text; written verbosely."""

ENTITY = r"(?: [\#\\] | \w++; )"
"""What follows an `&` that is more than the sign itself: also `&\\#38;` is an entity."""

ACTIVE = rf"""
    (?: (?<=\n) {LINE}
      | (?<!\n)
        (?: (?<=[\x00-\x1f\ud800-\udfff])             # what the parser drops or expands, or nobody can encode
          | (?<=\\) (?![!\#()*+.>\[\]_`{{}}|-])       # a backslash, but before one of these
          | (?<=[^\\][*`])                            # emphasis, code
          | (?<=[^\\]_) (?: (?<=[\W_]_) | (?![^\W_])) # emphasis: `_` anywhere but within a word
          | (?<=<) (?![ ])                            # a tag, a comment, an address
          | (?<=&) {ENTITY}
          | (?<=[^\\]\])\( )                          # a link, a picture
    )
"""
"""What makes one of those signs, the one before it, Markdown."""

_ACTIVE = re.compile(f"[{SIGNS}]{ACTIVE}", re.VERBOSE)
_ACTIVE_LINE = re.compile(rf"\n{LINE}", re.VERBOSE)
_ENTITY = re.compile(f"&{ENTITY}", re.VERBOSE)
_RARE = "\\*_`<]" + "".join(sign for sign in map(chr, range(0x20)) if sign != "\n")
_SHOWN = (("\\", ""), ("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\xa0", "&nbsp;"))
_BLANK = re.compile("\n\n+")
_BETWEEN = "</p>\n<p>"


def render_plain(text: str) -> str | None:
    r"""Format Markdown that is nothing but paragraphs, the bulk of news, as safe HTML.

    Backslash escapes such as `1986\. A great year` are plain too. Where the result is not None it is, byte for
    byte, what Python-Markdown and the sanitiser make of the text: no line begins like a block, so each belongs
    to a paragraph; none defines anything, so brackets refer to nothing; every backslash escapes a sign.

    Returns:
        The HTML, "" for no text; None where the text may hold Markdown, which the parser has to decide.
    """
    return None if _is_active("\n" + text) else enclose(escape(text))


def _is_active(text: str) -> bool:
    # Looking for one sign after the other is done faster than for all of them at once, unless there are some.
    if any(map(text.__contains__, _RARE)) or not _can_be_encoded(text):
        return _ACTIVE.search(text) is not None
    return bool(_ACTIVE_LINE.search(text) or ("&" in text and _ENTITY.search(text)))


def _can_be_encoded(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def escape(text: str) -> str:
    """Write text in which nothing is Markdown as HTML, its backslash escapes included."""
    for sign, shown in _SHOWN:
        if sign in text:
            text = text.replace(sign, shown)
    return text


def enclose(html: str) -> str:
    """Put what stands between blank lines into paragraphs."""
    inner = _BLANK.sub(_BETWEEN, html.strip("\n"))
    return f"<p>{inner}</p>" if inner else ""
