"""Texts and pages that are made to harm an ingest, each of about a given size."""

from collections.abc import Callable

Attack = Callable[[int], bytes]
"""Makes the bytes of an input of about so many bytes."""

PROSE = "The harbour bridge reopened on Monday after repairs, the council said. "
_STORY = f"<h1>Harbour bridge reopens</h1><p>{PROSE * 4}</p>"
_PAGE = f"<!doctype html><title>Harbour bridge reopens</title>{_STORY}"


def repeated(unit: str, around: str = "|") -> Attack:
    """Make one text over and over, in the place of the bar in another."""
    before, _, after = around.partition("|")
    return lambda size: f"{before}{unit * (size // len(unit.encode()))}{after}".encode()


def nested(opening: str, closing: str, around: str = "|", inside: str = "") -> Attack:
    """Make something inside itself, over and over, in the place of the bar."""
    before, _, after = around.partition("|")

    def make(size: int) -> bytes:
        depth = size // (len(opening) + len(closing))
        return f"{before}{opening * depth}{inside}{closing * depth}{after}".encode()

    return make


def numbered(unit: str, around: str = "|", between: str = "") -> Attack:
    """Make one text with another number in each, in the place of the bar."""
    before, _, after = around.partition("|")

    def make(size: int) -> bytes:
        count = size // (len(unit) + 4)
        return f"{before}{between.join(unit.format(number) for number in range(count))}{after}".encode()

    return make


_TEXT = f"A title here\n\n|\n\n{PROSE * 4}\n"
TEXTS: dict[str, tuple[str, str]] = {
    "one line of words": (PROSE, _TEXT),
    "one word": ("a", _TEXT),
    "one letter a line": ("a\n", _TEXT),
    "empty lines": ("\n", _TEXT),
    "spaces": (" ", _TEXT),
    "brackets": ("[", _TEXT),
    "signs of Markdown": ("[*_`<!&", _TEXT),
    "dates in a line": ("12 May 2025, 2025-05-12, 9 minutes ago, ", _TEXT),
    "dates, one a line": ("12 May 2025\n9 minutes ago\n", _TEXT),
    "names in a line": ("Mr Jon Vale of the Ellery Board ", _TEXT),
    "names, one a line": ("Jon Vale\n", _TEXT),
    "capitals": ("HARBOUR BRIDGE ", _TEXT),
    "a sentence without an end": ("and the bridge that ", _TEXT),
    "abbreviations": ("Mr. J. R. R. Vale Inc. e.g. U.S. ", _TEXT),
    "quotation marks": ("“he said ‘", _TEXT),
    "full stops": (".", _TEXT),
    "sentences of a letter": ("A. B! C? ", _TEXT),
    "paragraphs": (f"{PROSE}\n\n", _TEXT),
    "stories": (f"A title here\n\n{PROSE}\n\n", _TEXT),
    "stories of an aggregator": (f"Bridge reopens\nEllery Courier9 minutes ago\n{PROSE}\nShare\n\n", "|"),
    "headers of an aggregator": ("Ellery Courier•9 minutes ago\n", "|"),
    "furniture": ("Read more\n", _TEXT),
    "rules": ("----------\n", _TEXT),
    "addresses": ("https://news.example/a?b=c&d=e ", _TEXT),
    "damaged encoding": ("Ã©â€™", _TEXT),
    "entities": ("&amp;amp;lt;", _TEXT),
    "combining marks": ("a\u0301\u0302\u0303", _TEXT),
    "odd scripts": ("ሀ፩က០ᠠꙀ𐌰𒀀 ", _TEXT),
    "Arabic": ("قال الرئيس إن الجسر افتتح يوم الاثنين، ", "عنوان الخبر\n\n|"),
    "Chinese": ("港口大桥周一重新开放，市议会表示", "标题在这里\n\n|"),
    "numbers": ("1,234.5", _TEXT),
    "a title without an end": ("Harbour bridge reopens ", f"|\n\n{PROSE * 9}"),
}
"""By name, what is repeated, and in what."""

_META = f"<!doctype html><title>Bridge reopens</title><meta |>{_STORY}"
_LINKED = f'{_PAGE}<script type="application/ld+json">|</script>'
PAGES: dict[str, tuple[str, str]] = {
    "closing tags": ("</div>", f"{_PAGE}|"),
    "empty elements": ("<i></i>", f"{_PAGE}|"),
    "paragraphs of a letter": ("<p>a", f"{_PAGE}|"),
    "paragraphs": (f"<p>{PROSE}", f"{_PAGE}|"),
    "breaks": ("<br>", f"{_PAGE}|"),
    "words and breaks": (f"{PROSE}<br>", f"{_PAGE}|"),
    "headings": ("<h2>Harbour bridge reopens</h2>", f"{_PAGE}|"),
    "stories": (_STORY, f"{_PAGE}|"),
    "links": ("<a href=/a>Harbour bridge reopens</a> ", f"{_PAGE}|"),
    "teasers": (f"<div><a href=/a><h3>Harbour bridge</h3></a><p>{PROSE}</p></div>", f"{_PAGE}|"),
    "pictures": ("<img src=a.png alt=x>", f"{_PAGE}|"),
    "drawings and words": ("<svg></svg>Harbour<br>", f"{_PAGE}|"),
    "lines deep in elements": (f"<p>{PROSE}</p>", f"{_PAGE}{'<div>' * 1900}|"),
    "rows of a table": ("<tr><td>a<td>b", f"{_PAGE}<table>|"),
    "items of a list": ("<li>Harbour", f"{_PAGE}<ul>|"),
    "one paragraph": (PROSE, f"{_PAGE}<p>|"),
    "one word": ("a", f"{_PAGE}<p>|"),
    "a headline": ("Harbour bridge ", f"{_PAGE}<h1>|</h1>"),
    "the window's title": ("Harbour bridge - ", f"<title>|</title>{_STORY}"),
    "one attribute often": ("a ", f"{_PAGE}<div |>"),
    "classes": ("share social related ", f"{_PAGE}<div class='|'>x"),
    "an address": ("a", f"{_PAGE}<a href='http://|'>x</a>"),
    "a comment without an end": ("<!-- - ", f"{_PAGE}|"),
    "comments": ("<!-- a -->", f"{_PAGE}|"),
    "CDATA without an end": ("<![CDATA[", f"{_PAGE}|"),
    "quotes without an end": ("<a href='", f"{_PAGE}|"),
    "tags without an end": ("<a ", f"{_PAGE}|"),
    "bare <": ("<", f"{_PAGE}|"),
    "entities": ("&amp;", f"{_PAGE}<p>|"),
    "unknown entities": ("&bomb;", f"{_PAGE}<p>|"),
    "numbers of characters": ("&#99999999999;", f"{_PAGE}<p>|"),
    "instructions": ("<?php x ?>", f"{_PAGE}|"),
    "doctypes": ("<!doctype html>", f"|{_PAGE}"),
    "meta elements": ("<meta property=article:tag content=harbour>", f"<!doctype html>|{_STORY}"),
    "a description": (PROSE, _META.replace("|", 'name=description content="|"')),
    "an author": ("Nina Torvald and ", _META.replace("|", 'name=author content="|"')),
    "a date": ("12 May 2025 ", _META.replace("|", 'property=article:published_time content="|"')),
    "a charset": ("x", _META.replace("|", "charset=|")),
    "a byline": ("Nina Torvald, ", "<!doctype html><h1>Bridge</h1><p class=byline>By |<p>" + PROSE * 4),
    "dates": ("<time datetime=2025-05-12>12 May 2025</time> ", f"{_PAGE}|"),
    "digits": ("2025", f"{_PAGE}|"),
    "scripts": ("<script>x</script>", f"{_PAGE}|"),
    "JSON-LD, blocks": ('<script type="application/ld+json">{"@type":"NewsArticle"}</script>', f"{_PAGE}|"),
    "JSON-LD, a text": (PROSE, _LINKED.replace("|", '{"@type":"NewsArticle","articleBody":"|"}')),
    "JSON-LD, a number": ("9", _LINKED.replace("|", '{"@type":"NewsArticle","x":|}')),
    "JSON-LD without an end": ('{"a":[', _LINKED),
    "microdata": ("<div itemscope itemtype=http://schema.org/Article><b itemprop=author>x</b>", f"{_PAGE}|"),
    "forms": ("<form><input><select><option>x</select></form>", f"{_PAGE}|"),
    "templates and frames": ("<template><iframe><noscript>", f"{_PAGE}|"),
    "MathML and SVG": ("<math><mi><svg><desc><p>x", f"{_PAGE}|"),
}
_NESTS = ("div", "table", "blockquote", "a", "font", "ul", "b", "p", "span", "section", "svg", "li")
"""Elements that stand in themselves."""

ATTACKS: dict[str, tuple[str, Attack]] = {
    **{f"text: {name}": ("a.txt", repeated(*parts)) for name, parts in TEXTS.items()},
    "text: no UTF-8": ("a.txt", lambda size: b"A title here\n\n" + b"\xe9t\xe9 " * (size // 4)),
    "markdown: tags": (
        "a.md",
        repeated("x, ", "---\ntitle: A\ndate: 2025-05-12\ntags: [|z]\n---\n\nText.\n"),
    ),
    "markdown: lists in lists": (
        "a.md",
        nested("[", "]", "---\ntitle: A\ndate: 2025-05-12\nx: |\n---\n\nText.\n"),
    ),
    "markdown: brackets": ("a.md", repeated("[", "---\ntitle: A\ndate: 2025-05-12\n---\n\n|")),
    **{f"page: {name}": ("a.html", repeated(*parts)) for name, parts in PAGES.items()},
    **{
        f"page: {tag} in {tag}": ("a.html", nested(f"<{tag}>", f"</{tag}>", f"{_PAGE}|", "x"))
        for tag in _NESTS
    },
    **{f"page: {tag} without an end": ("a.html", repeated(f"<{tag}>", f"{_PAGE}|x")) for tag in _NESTS},
    "page: cells in cells": ("a.html", nested("<table><tr><td>", "</td></tr></table>", f"{_PAGE}|")),
    "page: items in items": ("a.html", nested("<ul><li>x", "</li></ul>", f"{_PAGE}|")),
    "page: all in each other": (
        "a.html",
        nested("<div><q><ul><li><p><a href=x><b>", "</b></a></div>", f"{_PAGE}|"),
    ),
    "page: many attributes": ("a.html", numbered(" a{}=b", f"{_PAGE}<div|>x")),
    "page: JSON-LD in itself": ("a.html", nested('{"@graph":[', "]}", _LINKED)),
}
"""By name, the file's name, and what makes its bytes."""
