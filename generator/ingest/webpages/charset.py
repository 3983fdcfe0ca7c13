"""Bytes of a web page to text, by the rules that browsers follow where no HTTP header says how.

After "Determining the character encoding" of the HTML standard and the labels of https://encoding.spec.whatwg.org/,
with one exception: bytes that are UTF-8 and not plain ASCII are UTF-8, whatever a template's author declared.
"""

import codecs
import re

from generator.ingest import decoding
from generator.model import Issue, Severity

_HEAD = 16_384  # bytes in which a declaration is looked for; the standard's 1,024 are not kept to
_DECLARED = re.compile(
    rb"""<meta\b[^<>]{0,300}?\bcharset\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{2,40})"""
    rb"""|\A\s{0,99}<\?xml\b[^<>]{0,200}?\bencoding\s{0,9}=\s{0,9}["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(rb"""<html\b[^<>]{0,500}?\blang\s{0,9}=\s{0,9}["']?([a-z]{2})\b""", re.IGNORECASE)
_LABELS = {
    **dict.fromkeys(
        ("iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii", "x-user-defined"), "cp1252"
    ),
    **dict.fromkeys(("gb2312", "gbk", "x-gbk", "gb_2312-80", "csgb2312"), "gb18030"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j", "ms_kanji"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "ksc5601", "korean"), "cp949"),
    **dict.fromkeys(("iso-8859-9", "latin5"), "cp1254"),
    **dict.fromkeys(("iso-8859-11", "tis-620"), "cp874"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5", "cn-big5"), "big5hkscs"),
}
_KNOWN = re.compile(
    r"utf-?8|iso-?8859-\d{1,2}|windows-\d{3,4}|cp\d{3,4}|koi8-[ru]|euc-jp|iso-2022-jp|gb18030|macintosh"
)
_OF_LANGUAGE = {
    "ar": "cp1256", "fa": "cp1256", "ur": "cp1256", "bg": "cp1251", "ru": "cp1251", "sr": "cp1251", "uk": "cp1251",
    "be": "cp1251", "cs": "cp1250", "hu": "cp1250", "pl": "cp1250", "sk": "cp1250", "sl": "cp1250", "hr": "cp1250",
    "el": "cp1253", "tr": "cp1254", "he": "cp1255", "et": "cp1257", "lt": "cp1257", "lv": "cp1257", "ja": "cp932",
    "ko": "cp949", "th": "cp874", "vi": "cp1258", "zh": "gb18030",
}  # fmt: skip
_MOST_LOST = 0.01  # share of characters that may be damaged in a text of the declared encoding


def decode_page(data: bytes, path: str) -> tuple[str, tuple[Issue, ...]]:
    """Turn the bytes of a web page into text; `path` goes into the issues.

    The encoding is that of the byte order mark, else UTF-8 if the bytes are, else what the page declares if they
    can be that, else what is usual in the page's language, else Windows-1252. Nothing is refused; a guess and
    damage are reported as warnings.
    """
    marked = decoding.encoding_of(data)
    if marked:
        return data.decode(marked, "replace"), ()
    data = data.removeprefix(codecs.BOM_UTF8)
    declared = _declared(data[:_HEAD])
    if declared == "iso-2022-jp" and b"\x1b" in data:
        return data.decode(declared, "replace"), ()
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
    if declared not in {"", "utf-8", "utf8"}:
        text = data.decode(declared, "replace")
        lost = text.count("\ufffd")
        if not lost:
            return text, ()
        if lost <= _MOST_LOST * len(text):
            return text, (
                _warning(path, line, f"damaged {declared}: what could not be decoded became U+FFFD"),
            )
    return _guessed(data, path, line)


def _declared(head: bytes) -> str:
    """The codec of the encoding a page declares, "" for none and for one that nobody may use."""
    found = _DECLARED.search(head)
    label = (found[1] or found[2]).decode("ascii", "replace").lower() if found else ""
    name = _LABELS.get(label, label if _KNOWN.fullmatch(label) else "")
    try:
        codecs.lookup(name or "ascii")
    except LookupError:
        return ""
    return name


def _guessed(data: bytes, path: str, line: int) -> tuple[str, tuple[Issue, ...]]:
    found = _LANGUAGE.search(data[:_HEAD])
    usual = _OF_LANGUAGE.get(found[1].decode("ascii").lower(), "") if found else ""
    if usual:
        try:
            text = data.decode(usual)
        except UnicodeDecodeError:
            pass
        else:
            return text, (_warning(path, line, f"no UTF-8, and says nothing else: read as {usual}"),)
    said = "no UTF-8: bytes that are none are read as Windows-1252"
    return data.decode("utf-8", decoding.BY_BYTE), (_warning(path, line, said),)


def _warning(path: str, line: int, message: str) -> Issue:
    return Issue(path, line, message, Severity.WARNING)
